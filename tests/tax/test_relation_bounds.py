"""Two halves of a couple, items that mean nothing to a return, and what no result can be."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from rothwell.law.figures import JOINT, SEPARATE_APART, SEPARATE_TOGETHER
from rothwell.tax.alternative_minimum import tentative_minimum_tax
from rothwell.tax.capital_gains import capital_gain_or_loss
from rothwell.tax.child_tax_credit import child_tax_credit
from rothwell.tax.earned_income_credit import earned_income_credit
from rothwell.tax.itemized_deductions import medical_deduction
from rothwell.tax.social_security_benefits import taxable_benefits
from tests.tax.build import law
from tests.tax.generated_returns import CENT, Columns, Returns, generated_returns
from tests.tax.relations_mutants import Compute, Results, computed, mutant
from tests.tax.relations_steps import all_dollars

RETURNS = 100_000  # for each year
IN_BOUNDS = 500_000  # for each year: a million in all
OF_CODE = 1_500  # computed one by one
BOTH_YEARS = pytest.mark.parametrize("year", [2025, 2026])
Rows = NDArray[np.bool_]

HALVED = (  # of a couple, who live apart: half with each; no benefits, whose base amounts are not a couple's
    *("wages1", "medicare_wages1", "taxable_interest", "tax_exempt_interest", "private_activity_interest"),
    *("ordinary_dividends", "qualified_dividends", "st_gain", "lt_gain", "ira_distributions", "pension"),
    *("other_income", "hsa_deduction", "other_adjustments", "mortgage_interest", "mortgage_debt", "charity_cash"),
    *("charity_appreciated", "real_estate_tax", "state_income_tax_paid", "medical_expenses", "incentive_stock_spread"),
)
OF_EACH = ("wages1", "medicare_wages1")
NOT_OF_HALVES = {  # thresholds of separate returns that are not half of the joint ones, and their law
    "gains": "IRC 1(h)(1)(C)(ii), (j)(5)(B): the end of the middle rate is rounded for each status by itself",
    "credit": "IRC 32(d): the earned-income credit needs a joint return",
    "taxes": "IRC 164(b)(6)(B), (7)(B): the reduced limit is halved, so the reduction is at half the rate",
    "addition": "IRC 55(d)(2): a separate return adds back what is above the end of the exemption",
}


def unequal_halves(compute: Compute, returns: Returns, year: int) -> int:
    """Couples whose joint tax is not twice that of a half, apart from the exceptions."""
    columns = {name: np.zeros(len(returns)) for name in returns.columns} | {"age1": np.full(len(returns), 40.0)}
    half = Returns(columns | {name: returns.columns[name] for name in HALVED}, np.full(len(returns), SEPARATE_APART))
    both = {name: half.columns[name] * (1.0 if name in OF_EACH else 2.0) for name in HALVED}
    both |= {name[:-1] + "2": half.columns[name] for name in OF_EACH} | {"age2": half.columns["age1"]}
    one = compute(half, law(year))
    couple = compute(Returns(half.columns | both, np.full(len(returns), JOINT)), law(year))
    gains, minimum = law(year).capital_gains, law(year).alternative_minimum
    odd = 2.0 * abs(gains.fifteen_rate_top[SEPARATE_APART] - gains.fifteen_rate_top[JOINT] / 2.0)
    allowed = (gains.rate[2] - gains.rate[1]) * odd * (1.0 + minimum.phase_out_rate) + CENT
    end = minimum.phase_out_start[SEPARATE_APART] + minimum.exemption[SEPARATE_APART] / minimum.phase_out_rate
    added_back = one["agi"] + half.columns["private_activity_interest"] + half.columns["incentive_stock_spread"] > end
    apart = np.abs(couple["total_tax"] + couple["earned_income_credit"] - 2.0 * one["total_tax"])
    taxes = half.columns["real_estate_tax"] + half.columns["state_income_tax_paid"]
    limit = law(year).state_and_local_tax
    reduced = (one["agi"] > limit.phase_down_start[SEPARATE_APART]) & (taxes > limit.floor[SEPARATE_APART])
    return int((~added_back & ~reduced & (apart > allowed + 4e-15 * all_dollars(half))).sum())


@BOTH_YEARS
def test_a_couple_pays_twice_what_each_half_pays_apart(year: int) -> None:
    assert unequal_halves(computed, generated_returns(RETURNS, year), year) == 0


@pytest.mark.parametrize(
    ("rule", "right", "wrong"),
    [
        (capital_gain_or_loss, "law.loss_limit[status]", "law.loss_limit[0]"),
        (tentative_minimum_tax, "section.exemption[status] -", "section.exemption[0] -"),
    ],
    ids=["limit of losses", "exemption"],
)
def test_a_threshold_of_another_status_breaks_the_halves(rule: object, right: str, wrong: str) -> None:
    returns = generated_returns(RETURNS, 2026).some(slice(0, OF_CODE))
    assert unequal_halves(mutant(rule, right, wrong), returns, 2026) > 0  # type: ignore[arg-type]
    assert unequal_halves(mutant(rule, right, right), returns, 2026) == 0  # type: ignore[arg-type]


def any_return(columns: Columns, _results: Results) -> Rows:
    """Every return."""
    return columns["age1"] > 0.0


def without(*names: str) -> Callable[[Columns, Results], Rows]:
    """Returns that have none of these items."""
    return lambda columns, _results: np.all([columns[name] == 0.0 for name in names], axis=0)


def medical_expenses_below_the_floor(columns: Columns, results: Results) -> Rows:
    """IRC 213(a): 7.5 percent of adjusted gross income, whatever the year."""
    return columns["medical_expenses"] <= law(2026).itemized_deductions.medical_floor * results["agi"]


OF_FIRST_IRA = ("ira_basis1", "ira_contributions1", "ira_withdrawals1", "ira_conversions1")
NOTHING: list[tuple[str, float, Callable[[Columns, Results], Rows]]] = [
    ("medical_expenses", 0.0, medical_expenses_below_the_floor),
    ("ira_year_end1", 0.0, without(*OF_FIRST_IRA)),
    ("covered1", 1.0, without("ira_contributions1", "ira_contributions2")),
    ("benchmark_premium", 0.0, without("marketplace_premiums", "advance_premium_credit")),
    ("household_size", 9.0, without("marketplace_premiums", "advance_premium_credit")),
    ("early_exception1", 0.0, without("early_ira1", "early_plan1")),
    ("left_job_at1", 55.0, without("early_plan1")),
    ("mortgage_debt", 5e6, without("mortgage_interest")),
    ("business_wages1", 0.0, lambda columns, _results: columns["self_employment1"] <= 0.0),
    ("business_property1", 0.0, lambda columns, _results: columns["self_employment1"] <= 0.0),
    ("qualified_dividends", 0.0, without("ordinary_dividends")),
    ("spouse_without_income", 1.0, lambda columns, _results: columns["spouse_age"] == 0.0),
]


def changed_by_nothing(compute: Compute, returns: Returns, year: int, case: int) -> int:
    """Returns in which an item without meaning changes a result by a bit."""
    name, other, meaningless = NOTHING[case]
    one = compute(returns, law(year))
    chosen = np.flatnonzero(meaningless(returns.columns, one))
    assert chosen.size > 0
    after = compute(returns.some(chosen).change(**{name: other}), law(year))
    return int(np.any([one[result][chosen] != after[result] for result in one], axis=0).sum())


@BOTH_YEARS
@pytest.mark.parametrize("case", range(len(NOTHING)), ids=lambda case: NOTHING[case][0])
def test_an_item_without_meaning_changes_nothing(case: int, year: int) -> None:
    assert changed_by_nothing(computed, generated_returns(RETURNS, year), year, case) == 0


def test_an_expense_below_its_floor_that_counts_is_found() -> None:
    returns = generated_returns(RETURNS, 2026)
    few = returns.some(np.flatnonzero(returns.columns["medical_expenses"] > 0.0)[:OF_CODE])
    right = "law.medical_floor * max(0.0, agi)"
    assert changed_by_nothing(mutant(medical_deduction, right, "0.01 * max(0.0, agi)"), few, 2026, 0) > 0
    assert changed_by_nothing(mutant(medical_deduction, right, right), few, 2026, 0) == 0


def barred_credits(results: Results, status: NDArray[np.int64]) -> Rows:
    """Separate returns of spouses who lived together that have a credit which the status bars.

    IRC 32(d)(2)(B): no earned-income credit; IRC 36B(c)(1)(C): no premium tax credit on a separate return.
    """
    together = (status == SEPARATE_TOGETHER) & (results["earned_income_credit"] != 0.0)
    return together | ((status >= SEPARATE_APART) & (results["premium_tax_credit"] > 0.0))


def out_of_bounds(compute: Compute, returns: Returns, year: int) -> dict[str, int]:
    """How many returns break each bound that no result can break."""
    found = compute(returns, law(year))
    benefits = returns.columns["ss1"] + returns.columns["ss2"]
    noise = 1e-8 + 4e-15 * all_dollars(returns)
    top = law(year).benefit_taxation.top_share
    before = found["regular_tax"] + found["amt"] + np.maximum(-found["premium_tax_credit"], 0.0)
    against_tax = ("nonrefundable_credits", "refundable_credits", "child_tax_credit", "savers_credit")
    never_negative = (*against_tax, "earned_income_credit", "minimum_tax_credit_used", "taxable_income", "amt", "niit")
    broken: dict[str, Rows] = {
        "benefits within 0 and 85 percent, IRC 86(a)(2)(B)": (found["taxable_ss"] < 0.0)
        | (found["taxable_ss"] > top * benefits + noise),
        "nonrefundable credits within the tax, IRC 26(a)": found["nonrefundable_credits"] > before + noise,
        "regular tax within taxable income, IRC 1": found["regular_tax"] > found["taxable_income"] + noise,
        "credits that the status bars": barred_credits(found, returns.status),
    }
    broken |= {name: found[name] < -noise for name in never_negative}
    return {name: int(rows.sum()) for name, rows in broken.items() if rows.any()}


@BOTH_YEARS
def test_no_result_leaves_its_bounds(year: int) -> None:
    assert out_of_bounds(computed, generated_returns(IN_BOUNDS, year), year) == {}


@pytest.mark.parametrize(
    ("rule", "right", "wrong", "item"),
    [
        (taxable_benefits, "min(line_16, line_17)", "line_16", "ss1"),
        (child_tax_credit, "min(line_12, max(0.0, base.tax))", "line_12", "n_children_u17"),
        (earned_income_credit, "return credit * allowed", "return credit", "wages1"),
    ],
    ids=["85 percent of benefits", "credit within the tax", "credit of separate filers"],
)
def test_a_result_out_of_bounds_is_found(rule: object, right: str, wrong: str, item: str) -> None:
    returns = generated_returns(RETURNS, 2026)
    few = returns.some(np.flatnonzero(returns.columns[item] > 0.0)[:OF_CODE])
    assert out_of_bounds(mutant(rule, right, wrong), few, 2026) != {}  # type: ignore[arg-type]
    assert out_of_bounds(mutant(rule, right, right), few, 2026) == {}  # type: ignore[arg-type]
