"""Lives at random, lived by the compiled loop and by the plain one, and where the two differ; a run of any size is
`python -m tests.invariants.reference_comparison 500`."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from rothwell.law.landscape_shocks import shock_terms
from rothwell.lifetime.health_records import care_begins
from rothwell.lifetime.household_arrays import household_arrays
from rothwell.lifetime.mortality import last_years
from rothwell.lifetime.records import PASSED_ON
from rothwell.lifetime.scenario import RunOptions
from rothwell.lifetime.strategies import Strategy, strategy_records
from tests.invariants.random_households import random_household
from tests.invariants.reference_accounts import Estate, is_young, opened
from tests.invariants.reference_law import LawOfPath, plain
from tests.invariants.reference_loop import Future, Household, Lived, live_a_year
from tests.lifetime.runs import EVERY_WAY, START, drawn_laws, drawn_market, load_landscape, tables_of, unchecked

LANDSCAPES = ("default", "pessimist", "historical", "current-law")
CENT = 0.01
OF_OWNERS = {
    "pre_tax_plan": "plan", "former_plan": "former", "traditional_ira": "ira", "ira_basis": "ira_basis", "hsa": "hsa",
    "roth_plan": "roth_plan", "roth_ira": "roth_ira", "after_tax": "after_tax", "after_tax_basis": "after_tax_basis",
}  # fmt: skip


@dataclass
class Compared:
    """What a run of comparisons found."""

    lives: int = 0
    years: int = 0
    worst: float = 0.0
    differ: list[str] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)


def one_life(seed: int, strategies: tuple[Strategy, ...] = EVERY_WAY) -> tuple[Any, ...]:
    """A household, a path and a strategy at random: the first simulator's year records, and what the second needs."""
    generator = np.random.default_rng(seed)
    one = random_household(generator)
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
        one,
        Household(household_arrays(one, START)),
        future,
        law,
        plain(strategy_records((strategy,), one)[0]),
        outcome,
    )


def compare(seed: int, found: Compared, strategies: tuple[Strategy, ...] = EVERY_WAY) -> None:
    """One life, year by year; the first year that differs ends it."""
    one, home, future, law, strategy, outcome = one_life(seed, strategies)
    name = outcome.strategies[0].name
    flows, steps = outcome.flows[0, 0], outcome.steps[0, 0]
    estate = opened(home.arrays.state[0], START, START)
    found.lives += 1
    for number in range(max(future.last_year) + 1):
        try:
            lived = live_a_year(home, future, law, strategy, (estate, number))
        except NotImplementedError as missing:
            found.skipped[str(missing)] += 1
            return
        estate = lived.estate
        found.years += 1
        off = differences(lived, flows[number], steps[number, PASSED_ON])
        worst = max(off.values())
        if not worst < CENT:
            words = ", ".join(f"{field} {amount:+,.4f}" for field, amount in off.items() if not abs(amount) < CENT)
            found.differ.append(f"seed {seed}, {name}, year {number} of {max(future.last_year) + 1}: {words}")
            return
        found.worst = max(found.worst, worst)


def differences(lived: Lived, flows: Any, state: Any) -> dict[str, float]:
    """By how much a year differs: every account, what they remember, and the main flows; dollars."""
    estate, trial = lived.estate, lived.trial
    mine = accounts(estate, lived.year.calendar + 1)
    off = {}
    for field, value in mine.items():
        name, _, place = field.partition(" ")
        off[field] = abs(value - float(state[name] if not place else state[name][int(place)]))
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
    for field, value in (
        ("spending", lived.spending), ("goals", lived.goals), ("conversion", trial.conversion),
        ("income_tax", trial.form.total_tax), ("early_tax", trial.form.early_distribution_tax), ("agi", trial.form.agi),
        ("benefits", lived.benefits), ("payroll_tax", lived.payroll_tax),
    ):  # fmt: skip
        off[field] = abs(value - float(flows[field]))
    return off


def accounts(estate: Estate, _year: int) -> dict[str, float]:
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
    import time

    begin = time.time()
    result = run(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    for words in result.differ:
        print(words)
    print(f"{result.lives} lives, {result.years} years, worst {result.worst:.2e}, {len(result.differ)} differ")
    print(dict(result.skipped), f"{time.time() - begin:.0f} s")
