"""More income never lowers the tax and more deductions never raise it, but for what the law itself says; the order of
filing statuses.
"""

from __future__ import annotations

import numpy as np
import pytest

from rothwell.law.figures import HEAD, JOINT, SINGLE
from rothwell.tax.capital_gains import tax_with_preferential_rates
from rothwell.tax.itemized_deductions import itemized_deductions
from rothwell.tax.net_investment_income import net_investment_income_tax
from rothwell.tax.rate_schedule import tax_by_rate_schedule
from tests.tax.build import law
from tests.tax.generated_returns import Floats, Returns, generated_returns
from tests.tax.relations_mutants import Compute, Results, computed, mutant
from tests.tax.relations_steps import all_dollars

RETURNS = 12_500  # for each year and item: more than a million in all
OF_STATUS = 100_000  # for each year
OF_CODE = 600  # computed one by one
BOTH_YEARS = pytest.mark.parametrize("year", [2025, 2026])
INCOMES = [
    *(("wages1", "medicare_wages1"), ("wages2", "medicare_wages2"), ("self_employment1",), ("self_employment2",)),
    *(("taxable_interest",), ("tax_exempt_interest",), ("tax_exempt_interest", "private_activity_interest")),
    *(("ordinary_dividends",), ("ordinary_dividends", "qualified_dividends"), ("ordinary_dividends", "reit_dividends")),
    *(("st_gain",), ("lt_gain",), ("ira_distributions",), ("pension",), ("ira_withdrawals1",), ("ira_conversions2",)),
    *(("early_ira1",), ("early_plan2",), ("ss1",), ("ss2",), ("other_income",), ("incentive_stock_spread",)),
]
DEDUCTIONS = [
    *(("st_loss_carryover",), ("lt_loss_carryover",), ("hsa_deduction",), ("other_adjustments",)),
    *(("self_employed_plan1",), ("self_employed_health2",), ("mortgage_interest",), ("charity_cash",)),
    *(("charity_appreciated",), ("real_estate_tax",), ("state_income_tax_paid",), ("medical_expenses",)),
    *(("ira_contributions1",), ("ira_contributions2",), ("qcd1",), ("ira_basis1",), ("early_exception1",)),
    *(("minimum_tax_credit",), ("retirement_savings1",), ("benchmark_premium",)),
]
EXCEPTIONS = {  # why a dollar more of income may lower the tax, or one of deductions raise it
    "earned_income_credit": "IRC 32(a)(1): a share of earned income",
    "refundable_child_credit": "IRC 24(d)(1)(B): a share of earned income, or the payroll taxes beyond IRC 32",
    "premium_tax_credit": "IRC 36B(c)(1)(A): none below the poverty line",
    "self_employment_tax": "IRC 1402(b)(1): wages use up the contribution base",
    "ira_deduction": "IRC 219(b)(1)(B), (c)(1): compensation, less what the spouse puts in, is its limit",
    "qbi_deduction": "IRC 199A(a)(2), (b)(1), (i): a share of income, from a least income on",
    "deduction": "IRC 170(b)(1): the ceilings of gifts are shares of adjusted gross income",
    "gifts": "IRC 170(b)(1), as under the minimum tax, which a smaller deduction of gifts may make cheaper",
    "minimum_tax_credit_used": "IRC 53(c): down to the tentative tax; what is not used is carried",
}
SPOUSE_PUTS_IN = {  # on a joint return it lowers the compensation that is left for the other, IRC 219(c)(1)(B)(ii)
    "ira_contributions1": "ira_contributions2",
    "ira_contributions2": "ira_contributions1",
}
A_DOLLAR = 1.0


def refundable_child_credit(results: Results) -> Floats:
    """What of the refundable credits is neither the earned-income credit nor the premium tax credit."""
    premium = np.maximum(results["premium_tax_credit"], 0.0)
    return np.asarray(results["refundable_credits"] - results["earned_income_credit"] - premium)


def in_favor(returns: Returns, before: Results, after: Results) -> dict[str, Floats]:
    """By how much the tax may fall for each of the exceptions; a dollar deducted saves at most a dollar."""

    def rise(name: str) -> Floats:
        return np.maximum(after[name] - before[name], 0.0)

    gives = returns.columns["charity_cash"] + returns.columns["charity_appreciated"] > 0.0
    child = refundable_child_credit(after) - refundable_child_credit(before)
    return {
        "earned_income_credit": rise("earned_income_credit"),
        "refundable_child_credit": np.maximum(child, 0.0),
        "premium_tax_credit": rise("premium_tax_credit"),
        "self_employment_tax": np.maximum(before["self_employment_tax"] - after["self_employment_tax"], 0.0),
        "ira_deduction": rise("ira_deduction"),
        "qbi_deduction": rise("qbi_deduction"),
        "deduction": gives * rise("deduction"),
        "gifts": np.maximum(before["gifts_carried"] - after["gifts_carried"], 0.0),
        "minimum_tax_credit_used": rise("minimum_tax_credit_used"),
    }


def with_a_dollar_more(
    compute: Compute, returns: Returns, year: int, names: tuple[str, ...]
) -> tuple[Returns, Results, Results]:
    """The returns that may have such an item, their results, and those with a dollar more of it."""
    joint_only = any(name.endswith("2") for name in names)
    chosen = returns.some(returns.status == JOINT) if joint_only else returns
    for name in set(names) & set(SPOUSE_PUTS_IN):
        chosen = chosen.some(chosen.columns[SPOUSE_PUTS_IN[name]] == 0.0)
    return chosen, compute(chosen, law(year)), compute(chosen.add(A_DOLLAR, *names), law(year))


def noise(returns: Returns) -> Floats:
    """What rounding may do to a tax."""
    return 1e-8 + 2e-15 * all_dollars(returns)


def against_income(compute: Compute, returns: Returns, year: int, names: tuple[str, ...]) -> int:
    """Returns whose tax falls by more than the exceptions of the law allow when income rises by a dollar."""
    chosen, before, after = with_a_dollar_more(compute, returns, year, names)
    fall = before["total_tax"] - after["total_tax"]
    return int((fall > sum(in_favor(chosen, before, after).values()) + noise(chosen)).sum())


def against_deduction(compute: Compute, returns: Returns, year: int, names: tuple[str, ...]) -> int:
    """Returns whose tax rises by more than the exceptions of the law allow when a deduction rises by a dollar."""
    chosen, before, after = with_a_dollar_more(compute, returns, year, names)
    rise = after["total_tax"] - before["total_tax"]
    return int((rise > sum(in_favor(chosen, after, before).values()) + noise(chosen)).sum())


@BOTH_YEARS
@pytest.mark.parametrize("names", INCOMES, ids=lambda names: names[-1])
def test_a_dollar_of_income_never_lowers_the_tax(names: tuple[str, ...], year: int) -> None:
    assert against_income(computed, generated_returns(RETURNS, year), year, names) == 0


@BOTH_YEARS
@pytest.mark.parametrize("names", DEDUCTIONS, ids=lambda names: names[-1])
def test_a_dollar_of_deductions_never_raises_the_tax(names: tuple[str, ...], year: int) -> None:
    assert against_deduction(computed, generated_returns(RETURNS, year), year, names) == 0


def test_every_exception_is_the_law_s() -> None:
    """The exceptions that the comparison makes are those listed with their law."""
    returns = generated_returns(RETURNS, 2026)
    one = computed(returns, law(2026))
    assert set(in_favor(returns, one, one)) == set(EXCEPTIONS)


@pytest.mark.parametrize(
    ("rule", "right", "wrong", "item"),
    [
        (tax_with_preferential_rates, "gains.rate[1] * line_17", "-gains.rate[1] * line_17", "lt_gain"),
        (tax_by_rate_schedule, "at_rate_3 = to_top_3 - to_top_2", "at_rate_3 = to_top_2 - to_top_3", "pension"),
        (
            net_investment_income_tax,
            "magi_niit - law.threshold[status]",
            "law.threshold[status] - magi_niit",
            "taxable_interest",
        ),
    ],
    ids=["middle rate of gains", "third bracket", "threshold of investment income"],
)
def test_income_that_lowers_the_tax_is_found(rule: object, right: str, wrong: str, item: str) -> None:
    returns = generated_returns(OF_STATUS, 2026)
    returns = returns.some(np.flatnonzero(returns.columns[item] > 0.0)[:OF_CODE])
    assert against_income(mutant(rule, right, wrong), returns, 2026, (item,)) > 0  # type: ignore[arg-type]
    assert against_income(mutant(rule, right, right), returns, 2026, (item,)) == 0  # type: ignore[arg-type]


def test_a_deduction_that_raises_the_tax_is_found() -> None:
    returns = generated_returns(OF_STATUS, 2026)
    returns = returns.some(np.flatnonzero(returns.columns["medical_expenses"] > 10_000.0)[:OF_CODE])
    right, name = "line_4 + line_7 + line_10 + line_14", ("medical_expenses",)
    wrong = mutant(itemized_deductions, right, "line_7 + line_10 + line_14 - line_4")
    assert against_deduction(wrong, returns, 2026, name) > 0
    assert against_deduction(mutant(itemized_deductions, right, right), returns, 2026, name) == 0


def before_credits(results: Results) -> Floats:
    """The taxes on income before credits."""
    return np.asarray(results["regular_tax"] + results["amt"] + results["niit"] + results["additional_medicare"])


def out_of_order(compute: Compute, returns: Returns, year: int) -> int:
    """Returns of one person that pay more as head of household than single, or more on a joint return than as head.

    Without items of the minimum tax: for its credit a head of household may rather itemize less than the standard
    deduction, which lowers the whole tax though not that before credits.
    """
    none = dict.fromkeys(("incentive_stock_spread", "private_activity_interest", "minimum_tax_credit"), 0.0)
    alone = returns.some(returns.status == SINGLE).change(spouse_age=0.0, spouse_itemizes=0.0, **none)
    single, head, joint = (
        before_credits(compute(Returns(alone.columns, np.full(len(alone), status)), law(year)))
        for status in (SINGLE, HEAD, JOINT)
    )
    return int(((head > single + noise(alone)) | (joint > head + noise(alone))).sum())


@BOTH_YEARS
def test_single_pays_no_less_than_head_of_household_and_that_no_less_than_joint(year: int) -> None:
    assert out_of_order(computed, generated_returns(OF_STATUS, year), year) == 0


def test_brackets_of_another_status_are_found() -> None:
    returns = generated_returns(OF_CODE, 2026)
    right, wrong = "schedule.bracket_top[status]", "schedule.bracket_top[1 - status]"
    assert out_of_order(mutant(tax_by_rate_schedule, right, wrong), returns, 2026) > 0
    assert out_of_order(mutant(tax_by_rate_schedule, right, right), returns, 2026) == 0
