"""Lives at random, lived by the compiled loop and by the plain one, and where the two differ; a run of any size is
`python -m tests.invariants.reference_comparison 500`."""

from __future__ import annotations

import sys
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from rothwell import household as written
from rothwell.errors import InputError
from rothwell.law.landscape_shocks import shock_terms
from rothwell.lifetime.health_records import care_begins
from rothwell.lifetime.household_arrays import household_arrays
from rothwell.lifetime.mortality import last_years
from rothwell.lifetime.records import OPENED, PASSED_ON, HouseholdArrays
from rothwell.lifetime.scenario import Outcome, RunOptions
from rothwell.lifetime.strategies import Strategy, strategy_records
from tests.invariants.random_households import random_household
from tests.invariants.reference_accounts import Estate, is_young, opened
from tests.invariants.reference_law import LawOfPath, plain
from tests.invariants.reference_loop import Household, Lived, live_a_year
from tests.invariants.reference_plans import Future
from tests.invariants.reference_year import (
    ADJUSTED_GROSS,
    BY_THE_RULES,
    NOTHING,
    ORDINARY,
    TAXABLE,
    Otherwise,
    Place,
    Trial,
)
from tests.lifetime.runs import (
    EVERY_WAY,
    SMALLER_CONVERSIONS,
    START,
    drawn_laws,
    drawn_market,
    load_landscape,
    tables_of,
    unchecked,
)

LANDSCAPES = ("default", "pessimist", "historical", "current-law")
CENT = 0.01
OTHER_ANSWERS = (
    "a conversion ends elsewhere",
    "a step begins where a conversion ends",
    "other lots",
    "other lots, and a conversion ends elsewhere",
)
ELSEWHERE, AT_A_STEP, OTHER_LOTS, LOTS_AND_ELSEWHERE = OTHER_ANSWERS
SAME = 1e-9  # of a basis
NEAR_TIE = 0.05  # dollars that a conversion may gain less at the place where it ends than at the best one
CLOSE_BY = 1e-3  # dollars: beyond it another answer is looked for
ACCURACY = 1e-6  # dollars, of the first simulator's searches
WAITS = Strategy("mega_waits", "after-tax money stays in the plan", after_tax_share=1.0, conversion_waits=2.0)
STRATEGIES = (*EVERY_WAY, *SMALLER_CONVERSIONS, WAITS)
MEASURES = (NOTHING, ORDINARY, TAXABLE, ADJUSTED_GROSS)
OF_OWNERS = {
    "pre_tax_plan": "plan", "former_plan": "former", "traditional_ira": "ira", "ira_basis": "ira_basis",
    "state_basis": "state_basis", "hsa": "hsa", "roth_plan": "roth_plan", "roth_ira": "roth_ira",
    "after_tax": "after_tax", "after_tax_basis": "after_tax_basis",
}  # fmt: skip


@dataclass
class Compared:
    """What a run of comparisons found.

    worst      the largest difference of any account or flow in years that count as equal, dollars
    differ     lives that differ, in words, each with its first year that does
    otherwise  years that have another answer which meets the rule too, by the reason: shown by living them again so
    regret     what a conversion that ends at another place gains less than the best one, dollars: the largest
    by_rate    years in which a conversion is decided by its rate
    """

    lives: int = 0
    years: int = 0
    worst: float = 0.0
    differ: list[str] = field(default_factory=list)
    otherwise: Counter[str] = field(default_factory=Counter)
    regret: float = 0.0
    by_rate: int = 0

    @property
    def words(self) -> str:
        """The figures of a run."""
        text = f"{self.lives} lives, {self.years} years, worst {self.worst:.1e}, {len(self.differ)} differ; "
        text += f"by rate {self.by_rate}, at most ${self.regret:,.2f} lost; "
        return text + f"otherwise {dict(self.otherwise)}"


def _accepted(generator: np.random.Generator, rarer: bool) -> tuple[written.Household, HouseholdArrays]:
    """The next household that is not refused, such as for elections above a limit."""
    while True:
        one = random_household(generator, rarer=rarer)
        flat = one.beliefs.model_copy(update={"heirs_tax_rate": 0.24})  # test_heirs has a second computation of theirs
        one = one.model_copy(update={"beliefs": flat})
        try:
            return one, household_arrays(one, START)
        except InputError:
            continue


@dataclass
class Life:
    """A household, a path and a strategy at random: what the second simulator needs, and the first one's records."""

    home: Household
    future: Future
    law: LawOfPath
    strategy: Any
    outcome: Outcome

    @property
    def years(self) -> int:
        return max(self.future.last_year) + 1

    def flows(self, number: int) -> Any:
        return self.outcome.flows[0, 0, number]

    def accounts(self, number: int, step: int) -> Any:
        return self.outcome.steps[0, 0, number, step]

    def lived(self, estate: Estate, number: int, otherwise: Otherwise = BY_THE_RULES) -> tuple[Lived, dict[str, float]]:
        """A year by the second simulator, which changes the estate, and by how much it differs from the first."""
        found = live_a_year(self.home, self.future, self.law, self.strategy, (estate, number), otherwise)
        left = float(self.outcome.estate[0, 0])
        return found, differences(found, self.flows(number), self.accounts(number, PASSED_ON), left)


def one_life(seed: int, strategies: tuple[Strategy, ...] = STRATEGIES) -> Life:
    """The life of a seed, as the first simulator lives it; every other one has what is rare."""
    generator = np.random.default_rng(seed)
    one, arrays = _accepted(generator, rarer=bool(seed % 2))
    landscape = load_landscape(str(generator.choice(LANDSCAPES)))
    strategy = strategies[int(generator.integers(len(strategies)))]
    market, laws = drawn_market(one, 1, seed), drawn_laws(landscape, one, 1, seed)
    outcome, _ = unchecked(one, landscape, (strategy,), market, laws, RunOptions(threads=1, only=0, seed=seed))
    future = Future(
        returns=market.returns[0],
        levels=market.levels[0],
        regime=laws.regime[0],
        shock_from=laws.shock_from[0].tolist(),
        points=laws.points[0] if len(laws.points) else None,
        terms=shock_terms(laws.shocks, START, one.market.growth),
        last_year=tuple(last_years(one, START, 1, seed)[0].tolist()),
        care_from=tuple(care_begins(one, START, 1, seed)[0].tolist()),
    )
    law = LawOfPath(tables_of(landscape, one.market.growth), future.regime, future.levels, future.points)
    return Life(Household(arrays, future.levels), future, law, plain(strategy_records((strategy,), one)[0]), outcome)


def compare(seed: int, found: Compared, strategies: tuple[Strategy, ...] = STRATEGIES) -> None:
    """One life, year by year, to its end or to the first year that differs."""
    life = one_life(seed, strategies)
    estate = opened(life.home.arrays.state[0], START, START)
    found.lives += 1
    alike = False  # whether the lots that are kept were ever open to chance
    for number in range(life.years):
        state, before = life.accounts(number, OPENED), deepcopy(estate)
        alike = alike or _lots_may_differ(state)
        lived, off = life.lived(estate, number)
        found.by_rate += bool(lived.year.gains)
        if not max(off.values()) < CLOSE_BY:
            lived, off = _lived_otherwise(life, before, (lived, off), alike, found)
        if not max(off.values()) < CENT:
            words = ", ".join(f"{name} {amount:+,.4f}" for name, amount in off.items() if not abs(amount) < CENT)
            name, cash = life.outcome.strategies[0].name, _words_of_cash(lived.trial, life.flows(number))
            found.differ.append(f"seed {seed}, {name}, year {number} of {life.years}, {cash}: {words}")
            return
        estate = lived.estate
        found.years += 1
        found.worst = max(found.worst, *off.values())


def _lots_may_differ(state: Any) -> bool:
    """Whether two lots have the same basis a share but for the last digits."""
    rates = state["lot_rate"][: int(state["lots"])]
    return bool((np.diff(rates) > -SAME * rates[1:]).any())


def _lived_otherwise(
    life: Life, before: Estate, by_the_rules: tuple[Lived, dict[str, float]], alike: bool, found: Compared
) -> tuple[Lived, dict[str, float]]:
    """A year that differs, in another way that agrees and that the rules have too, if there is one.

    A conversion by rate may end at another place, or within the solver's accuracy above it, where a step of a credit
    begins. Of lots with the same basis a share any may be one of the two with the lowest.
    """
    lived, number = by_the_rules[0], by_the_rules[0].number
    flows, gains = life.flows(number), lived.year.gains
    place = MEASURES[int(flows["fill_measure"])], float(flows["fill_level"])
    regret = max(0.0, *gains.values()) - gains.get(place, 0.0) if gains else 0.0
    ways: list[tuple[str, Place | None, bool]] = []
    if gains and place != lived.year.fill and regret <= NEAR_TIE:
        ways.append((ELSEWHERE, place, False))
    if place[0] != NOTHING:
        ways.append((AT_A_STEP, (place[0], place[1] + ACCURACY), False))
    if before.taxable.by_lot and alike:
        ways.append((OTHER_LOTS, None, True))
        if gains:
            ways.append((LOTS_AND_ELSEWHERE, place, True))
    for words, end, other_lots in ways:
        estate = deepcopy(before)
        if other_lots:
            estate.taxable = opened(life.accounts(number, OPENED), START, lived.year.calendar).taxable
        again, off = life.lived(estate, number, Otherwise(end))
        if max(off.values()) < CLOSE_BY:
            found.otherwise.update([words])
            found.regret = max(found.regret, regret if words == ELSEWHERE else 0.0)
            return again, off
    return by_the_rules


def _words_of_cash(trial: Trial, flows: Any) -> str:
    """What both simulators take out of the accounts for the year's cash."""
    mine = trial.raised - trial.taken["after-tax contributions"] - trial.taken["deferrals"]
    its = flows["sold_taxable"] + flows["withdrawal_pre_tax"] + flows["withdrawal_roth"] + flows["withdrawal_hsa"]
    return f"takes {mine:,.2f}, not {its:,.2f}"


def differences(lived: Lived, flows: Any, state: Any, left: float) -> dict[str, float]:
    """By how much a year differs: every account, what they remember, and the main flows; dollars."""
    estate = lived.estate
    off = {}
    for known, value in accounts(estate).items():
        name, _, place = known.partition(" ")
        off[known] = abs(value - float(state[name] if not place else state[name][int(place)]))
    for who, one in enumerate(estate.owners):
        if lived.year.number < lived.last_year[who]:
            off[f"first_roth_year {who}"] = abs(one.first_roth_year - float(state["first_roth_year"][who]))
            off[f"first_plan_year {who}"] = abs(one.first_plan_year - float(state["first_plan_year"][who]))
        basis = state["contributions"][who] + state["rolled_seasoned"][who] + state["seasoned"][who]
        basis += state["rolled"][who].sum() + state["conversions"][who].sum()
        young = sum(sum(parts) for begun, parts in one.conversions.items() if is_young(begun, lived.year.calendar + 1))
        off[f"roth_ira_basis {who}"] = abs(one.roth_ira_basis - basis)
        off[f"young conversions {who}"] = abs(young - state["conversions"][who].sum())
        basis = state["plan_contributions"][who] + state["in_plan_seasoned"][who] + state["in_plan"][who].sum()
        off[f"plan_basis {who}"] = abs(one.plan_basis - basis)
    for name, value in lived.flows.items():
        off[name] = abs(value - float(np.sum(flows[name])))
    if lived.left is not None:
        off["estate"] = abs(lived.left - left)
    return off


def accounts(estate: Estate) -> dict[str, float]:
    """Every account by the name that the first simulator has for it."""
    found = {"taxable": estate.taxable.value, "taxable_basis": estate.taxable.basis, "old_gain": estate.old_gain}
    found |= {f"loss_carryover {place}": value for place, value in enumerate(estate.losses)}
    for who, one in enumerate(estate.owners):
        found |= {f"{name} {who}": float(getattr(one, known)) for name, known in OF_OWNERS.items()}
    return found


def run(lives: int, first: int = 0, words_every: int = 0) -> Compared:
    """Many lives, with the figures so far after every so many, if any."""
    found = Compared()
    for seed in range(first, first + lives):
        differ = len(found.differ)
        compare(seed, found)
        if words_every and ((seed - first + 1) % words_every == 0 or len(found.differ) > differ):
            sys.stdout.write("\n".join([*found.differ[differ:], found.words, ""]))
            sys.stdout.flush()
    return found


if __name__ == "__main__":
    result = run(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0, words_every=100)
    sys.exit(1 if result.differ else 0)
