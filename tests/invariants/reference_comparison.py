"""Lives at random, lived by the compiled loop and by the plain one, and where the two differ; a run of any size is
`python -m tests.invariants.reference_comparison 500`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from rothwell.law.landscape_shocks import shock_terms
from rothwell.lifetime.health_records import care_begins
from rothwell.lifetime.household_arrays import household_arrays
from rothwell.lifetime.mortality import last_years
from rothwell.lifetime.records import OPENED, PASSED_ON
from rothwell.lifetime.scenario import RunOptions
from rothwell.lifetime.strategies import Strategy, strategy_records
from tests.invariants.random_households import random_household
from tests.invariants.reference_accounts import Estate, is_young, opened
from tests.invariants.reference_choices import Place
from tests.invariants.reference_law import LawOfPath, plain
from tests.invariants.reference_loop import Household, Lived, live_a_year
from tests.invariants.reference_plans import Future, NotCompared
from tests.invariants.reference_year import ADJUSTED_GROSS, NOTHING, ORDINARY, TAXABLE, Trial
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
DIFFERENT_RULES = (
    "contributions to IRAs above what pay includible in income allows",
    "gains harvested that losses absorb",
    "Roth money that a law on large balances pays out counts as wealth",
)
ELSEWHERE, AT_A_STEP, OTHER_LOTS, LOTS_AND_ELSEWHERE = OTHER_ANSWERS
CLOSE_BY = 1e-3  # dollars: beyond it another answer is looked for
ACCURACY = 1e-6  # dollars, of the first simulator's searches
WAITS = Strategy("mega_waits", "after-tax money stays in the plan", after_tax_share=1.0, conversion_waits=2.0)
STRATEGIES = (*EVERY_WAY, *SMALLER_CONVERSIONS, WAITS)
MEASURES = (NOTHING, ORDINARY, TAXABLE, ADJUSTED_GROSS)
OF_OWNERS = {
    "pre_tax_plan": "plan", "former_plan": "former", "traditional_ira": "ira", "ira_basis": "ira_basis", "hsa": "hsa",
    "roth_plan": "roth_plan", "roth_ira": "roth_ira", "after_tax": "after_tax", "after_tax_basis": "after_tax_basis",
}  # fmt: skip


@dataclass
class Compared:
    """What a run of comparisons found.

    worst      the largest difference of any account or flow in years that count as equal, dollars
    differ     lives that differ, in words, each with its first year that does
    otherwise  years that have another answer which meets the rule too, by the reason: shown by living them again so
    regret     what a conversion that ends at another place gains less than the best one, dollars: the largest
    by_rate    years in which a conversion is decided by its rate
    skipped    lives that end where the two simulators are known to follow different rules, by the reason
    """

    lives: int = 0
    years: int = 0
    worst: float = 0.0
    differ: list[str] = field(default_factory=list)
    otherwise: Counter[str] = field(default_factory=Counter)
    regret: float = 0.0
    by_rate: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    @property
    def words(self) -> str:
        """The figures of a run."""
        text = f"{self.lives} lives, {self.years} years, worst {self.worst:.1e}, {len(self.differ)} differ; "
        text += f"by rate {self.by_rate}, at most ${self.regret:,.2f} lost; "
        return text + f"otherwise {dict(self.otherwise)}; skipped {dict(self.skipped)}"


def one_life(seed: int, strategies: tuple[Strategy, ...] = STRATEGIES) -> tuple[Any, ...]:
    """A household, a path and a strategy at random: the first simulator's year records, and what the second needs."""
    generator = np.random.default_rng(seed)
    one = random_household(generator, rarer=bool(seed % 2))
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
    return (
        Household(household_arrays(one, START)),
        future,
        law,
        plain(strategy_records((strategy,), one)[0]),
        outcome,
    )


def compare(seed: int, found: Compared, strategies: tuple[Strategy, ...] = STRATEGIES) -> None:
    """One life, year by year, to its end or to the first year that differs."""
    home, future, law, strategy, outcome = one_life(seed, strategies)
    flows, steps = outcome.flows[0, 0], outcome.steps[0, 0]
    estate = opened(home.arrays.state[0], START, START)
    found.lives += 1
    crumbs = False  # whether a lot of less than a cent was ever kept
    for number in range(max(future.last_year) + 1):

        def lives_on(
            estate: Estate, place: Place | None = None, number: int = number
        ) -> tuple[Lived, dict[str, float]]:
            lived = live_a_year(home, future, law, strategy, (estate, number), place)
            return lived, differences(lived, flows[number], steps[number, PASSED_ON], float(outcome.estate[0, 0]))

        before = deepcopy(estate)
        state = steps[number, OPENED]
        values = (state["lot_share"] * state["taxable"])[: int(state["lots"])]
        crumbs = crumbs or any(value < CENT for value in values)
        try:
            lived, off = lives_on(estate)
        except NotCompared as reason:
            found.skipped[str(reason)] += 1
            return
        found.by_rate += bool(lived.year.gains)
        if not max(off.values()) < CLOSE_BY:
            for word, changed, place in _others(before, lived, flows[number], state, crumbs):
                again = lives_on(changed, place)
                if max(again[1].values()) < CLOSE_BY:
                    gains = lived.year.gains
                    if word == ELSEWHERE:
                        found.regret = max(found.regret, max(0.0, *gains.values()) - gains.get(place, 0.0))
                    lived, off = again
                    found.otherwise[word] += 1
                    break
        if not max(off.values()) < CENT:
            if lived.year.notes:
                found.skipped.update(lived.year.notes)
                return
            words = ", ".join(f"{name} {amount:+,.4f}" for name, amount in off.items() if not abs(amount) < CENT)
            name = outcome.strategies[0].name
            cash = _words_of_cash(lived.trial, flows[number])
            found.differ.append(f"seed {seed}, {name}, year {number} of {max(future.last_year) + 1}, {cash}: {words}")
            return
        estate = lived.estate
        found.years += 1
        found.worst = max(found.worst, *off.values())


def _words_of_cash(trial: Trial, flows: Any) -> str:
    """What both simulators take out of the accounts for the year's cash."""
    mine = trial.raised - trial.taken["after-tax contributions"] - trial.taken["deferrals"]
    its = flows["sold_taxable"] + flows["withdrawal_pre_tax"] + flows["withdrawal_roth"] + flows["withdrawal_hsa"]
    return f"takes {mine:,.2f}, not {its:,.2f}"


def _others(
    before: Estate, lived: Lived, flows: Any, state: Any, crumbs: bool
) -> Iterator[tuple[str, Estate, Place | None]]:
    """Other answers of a year that a rule may have: in words, the accounts as it opens, and where its conversion ends.

    A conversion by rate may end at another place, or within the solver's accuracy above it, where a step of a credit
    begins. Lots of less than a cent, which the solver's accuracy leaves, count among the lots that are kept.
    """
    place = MEASURES[int(flows["fill_measure"])], float(flows["fill_level"])
    if lived.year.gains and place != lived.year.fill:
        yield ELSEWHERE, deepcopy(before), place
    if place[0] != NOTHING:
        yield AT_A_STEP, deepcopy(before), (place[0], place[1] + ACCURACY)
    if before.taxable.by_lot and crumbs:
        other = deepcopy(before)
        other.taxable = opened(state, START, lived.year.calendar).taxable
        yield OTHER_LOTS, other, None
        if lived.year.gains:
            yield LOTS_AND_ELSEWHERE, deepcopy(other), place


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


def run(lives: int, first: int = 0) -> Compared:
    """Many lives."""
    found = Compared()
    for seed in range(first, first + lives):
        compare(seed, found)
    return found


if __name__ == "__main__":
    result = run(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    sys.stdout.write("\n".join([*result.differ, result.words, ""]))
