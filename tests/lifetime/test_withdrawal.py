"""The withdrawal of a year: spending met to a millionth, the smallest that does it, few passes, cliffs, ruin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from rothwell.lifetime import credit_cliff, scenario, spending
from rothwell.lifetime import simulate as year_loop
from rothwell.lifetime.scenario import RunOptions
from rothwell.lifetime.strategies import PRESETS, Strategy
from rothwell.provision import _plain
from tests.invariants.random_households import random_household
from tests.lifetime.runs import (
    KEEP_ALL,
    QUIET,
    account,
    couple,
    drawn_laws,
    drawn_market,
    fixed_market,
    flat_law,
    held,
    household,
    load_landscape,
    person,
    simulate,
    single,
    unchecked,
)

PLAIN = Strategy("plain", "no after-tax money, no conversions")
MILLIONTH = 1e-6  # dollars
FEW_PASSES = 60  # of the solver in any year, among cliffs; elsewhere two are usual


class Watched:
    """The interpreted twin of the year loop, with every solved withdrawal tried again a little smaller."""

    def __init__(self) -> None:
        self.solved = self.raised = self.smaller_would_do = 0
        self.worst_left = 0.0
        self.most_passes = 0.0

    def paths(self, first: int, last: int, one: Any, scratch: Any) -> None:
        """In the place of `simulate_paths`."""
        names: dict[int, dict[str, Any]] = {}
        plain = _plain(year_loop.simulate_paths, names)
        names_of_loop = names[id(spending.meet_spending.py_func.__globals__)]
        names_of_solver = names[id(credit_cliff.solve_withdrawal.py_func.__globals__)]
        solve, cash = names_of_loop["smallest_withdrawal"], names_of_solver["cash_left"]

        def watched(y: Any, state: Any, facts: Any, rule: Any, early: Any, law: Any) -> float:
            before = float(y.passes)
            left = float(solve(y, state, facts, rule, early, law))
            raised = float(state.raised)
            self.solved += 1
            self.most_passes = max(self.most_passes, float(y.passes) - before)
            if raised > 0.0:
                self.raised += 1
                kept = y.copy(), facts.copy()
                for less in (1.0, 10.0, 40.0, 150.0):
                    if raised > less and left >= -MILLIONTH:
                        self.smaller_would_do += float(cash(raised - less, y, state, facts, rule, early, law)) >= 0.0
                again = float(cash(raised, y, state, facts, rule, early, law))
                assert again == left
                assert y.tobytes() == kept[0].tobytes()
            return left

        names_of_loop["smallest_withdrawal"] = watched
        plain(first, last, one, scratch)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    """Runs go through the interpreted twin."""
    one = Watched()
    monkeypatch.setattr(scenario, "simulate_paths", one.paths)
    with np.errstate(all="ignore"):
        yield one


def test_the_interpreted_twin_is_bit_for_bit_the_compiled_loop_and_finds_no_smaller_withdrawal(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    market, laws = drawn_market(couple(), 1), drawn_laws(load_landscape("default"), couple(), 1)
    options = RunOptions(threads=1, flows_kept=KEEP_ALL)
    interpreted = simulate(couple(), "default", PRESETS, market, laws, options)
    monkeypatch.undo()
    compiled = simulate(couple(), "default", PRESETS, market, laws, options)
    for field in compiled.flows.dtype.names:
        assert interpreted.flows[field].tobytes() == compiled.flows[field].tobytes(), field
    assert watched.raised > 100
    assert watched.smaller_would_do == 0
    assert watched.most_passes <= FEW_PASSES


def test_no_smaller_withdrawal_would_do_in_households_at_random(watched: Watched) -> None:
    generator = np.random.default_rng(5)
    for number in range(10):
        one = random_household(generator)
        laws = drawn_laws(load_landscape("default"), one, 1, number)
        unchecked(one, "default", PRESETS[:2], drawn_market(one, 1, number), laws, RunOptions(threads=1, seed=number))
    assert watched.raised > 200
    assert watched.smaller_would_do == 0


def test_spending_is_met_after_tax_to_a_millionth() -> None:
    outcome = simulate(
        couple(), "default", PRESETS, drawn_market(couple(), 300), drawn_laws(load_landscape("default"), couple(), 300)
    )
    flows = outcome.flows
    money = flows["sold_taxable"] + flows["withdrawal_pre_tax"] + flows["withdrawal_roth"] + flows["rmd"].sum(axis=-1)
    money += flows["pay"].sum(axis=-1) + flows["benefits"] + flows["pension"] + flows["dividends"]
    for put_away in ("deferral_pre_tax", "deferral_roth", "after_tax"):
        money -= flows[put_away].sum(axis=-1)
    went = flows["income_tax"] + flows["state_tax"] + flows["payroll_tax"] + flows["premiums"] + flows["goals"]
    went += flows["spending"]
    raised = flows["sold_taxable"] + flows["withdrawal_pre_tax"] + flows["withdrawal_roth"]
    drawn = (raised > 0.0) & (flows["saved"] == 0.0)
    assert np.abs(money - went)[drawn].max() <= MILLIONTH
    assert drawn.sum() > 30_000
    assert flows["passes"].max() <= FEW_PASSES
    assert flows["passes"][flows["price_level"] > 0.0].min() >= 1.0
    assert outcome.passes == pytest.approx(flows["passes"].sum() / (flows["price_level"] > 0.0).sum())


def retired_with_children(spending: float, children: int) -> str:
    """A single parent of 60 with tax-deferred money alone: each dollar spent is a dollar of income."""
    text = single(status="hoh") + person() + account("traditional_ira", 3_000_000)
    text += "".join(f'[[children]]\nname = "C{number}"\nbirth_date = 2024-01-01\n' for number in range(children))
    return text + f'[spending]\nrule = "flat"\nflat_amount = {spending}\n' + QUIET


@pytest.mark.parametrize("earlier_goal", [0, 30_000, 800])
def test_at_a_cliff_the_smallest_withdrawal_that_still_meets_spending_is_taken(earlier_goal: int) -> None:
    # 24(b): the credit falls by $50 for each $1,000 begun above the threshold, so cash jumps down there.
    one_law = flat_law(
        0.25,
        0.0,
        held("child_tax_credit.per_child", 2_000.0),
        held("child_tax_credit.phase_out_start", "{ other = 200_000, separate = 200_000 }"),
    )
    for cents in range(-12_000, 30_000, 1_700):
        spending = 0.75 * 200_000 + 2 * 2_000 + cents / 100
        goal = f'[[goals]]\nname = "car"\nyear = 2026\namount = {earlier_goal}\n'
        one = household(retired_with_children(spending, 2) + goal)
        row = simulate(one, one_law, (PLAIN,)).flows[0, 0, 1]  # the solver starts from the year before

        def kept(income: np.ndarray) -> np.ndarray:
            beyond = np.ceil(np.maximum(0.0, income - 200_000) / 1_000)
            return income - np.maximum(0.0, 0.25 * income - np.maximum(0.0, 4_000 - 50 * beyond))

        tried = np.arange(190_000.0, 215_000.0, 0.01)
        smallest = tried[kept(tried) >= spending - 1e-9][0]
        assert row["withdrawal_pre_tax"] == pytest.approx(smallest, abs=0.02), spending
        assert row["spending"] == pytest.approx(spending, abs=MILLIONTH)


def test_unmet_spending_is_a_result_with_its_year() -> None:
    text = single() + person(to_age=69) + account("traditional_ira", 100_000) + account("taxable", 10_000) + QUIET
    one = household(text + '[spending]\nrule = "flat"\nflat_amount = 30_000\n')
    outcome, audit = unchecked(one, flat_law(0.2), (PLAIN,), fixed_market(one, [0.0] * 10))
    flows = outcome.flows[0, 0]
    assert flows["spending"].tolist() == pytest.approx([30_000.0] * 3 + [0.0] * 7, abs=1e-5)  # 10,000 + 0.8 x 100,000
    assert flows["spending_unmet"].tolist() == pytest.approx([0.0] * 3 + [30_000.0] * 7, abs=1e-5)
    assert flows["year"][flows["spending_unmet"] > 1.0][0] == 2029
    assert audit[..., 2].max() == 0.0  # no error: nobody works


def test_living_that_cannot_be_paid_is_never_negative_and_goals_go_unpaid_before_premiums() -> None:
    text = single() + "prior_magi = { 2024 = 0, 2025 = 0 }\n" + person(born=1950, to_age=78) + account("taxable", 5_000)
    text += '[[goals]]\nname = "roof"\nyear = 2026\namount = 50_000\n' + QUIET
    one = household(text + '[spending]\nrule = "flat"\nflat_amount = 1_000\n')
    flows = simulate(one, "current-law", (PLAIN,)).flows[0, 0]
    assert flows["spending"][0] == 0.0
    assert flows["goals"][0] == pytest.approx(5_000 - flows["premiums"][0], abs=1e-5)
    assert flows["premiums"][0] > 2_000.0
    assert flows["premiums"][1] == pytest.approx(0.0, abs=1e-5)  # nothing is left
    assert flows["spending_unmet"][0] == pytest.approx(46_000 + flows["premiums"][0], abs=1e-5)


def test_everything_is_spent_before_anything_goes_unpaid() -> None:
    text = single() + person(to_age=62) + account("traditional_ira", 50_000) + account("roth_ira", 7_000) + QUIET
    one = household(text + '[spending]\nrule = "flat"\nflat_amount = 1_000_000\n' + account("taxable", 3_000))
    flows = simulate(one, flat_law(0.1), (PLAIN,)).flows[0, 0, 0]
    assert flows["spending"] == pytest.approx(3_000 + 45_000 + 7_000)
    assert flows["end_taxable"] + flows["end_pre_tax"] + flows["end_roth"] == pytest.approx(0.0, abs=1e-6)
