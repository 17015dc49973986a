"""Credits by hand from the statute: earned income, savers, premiums; and the tax on early distributions."""

from __future__ import annotations

import numpy as np
import pytest

from rothwell.law.figures import HEAD, JOINT, SEPARATE_APART, SEPARATE_TOGETHER, SINGLE, SURVIVING
from rothwell.tax.child_tax_credit import CreditBase, child_tax_credit
from rothwell.tax.early_distributions import early_amount_subject, early_distribution_tax
from rothwell.tax.earned_income_credit import disqualified_income, earned_income_credit
from rothwell.tax.elderly_credit import elderly_credit
from rothwell.tax.premium_tax_credit import premium_credit_ends, premium_tax_credit
from rothwell.tax.savers_credit import savers_credit, savers_match
from tests.tax.build import facts, form, law

CENT = 0.01


@pytest.mark.parametrize(
    ("status", "children", "earned", "agi", "credit"),
    [  # IRC 32(a), (b) with the amounts of Rev. Proc. 2024-40 for 2025
        (SINGLE, 0.0, 5_000.0, 5_000.0, 382.50),  # 7.65% of earnings
        (SINGLE, 0.0, 12_000.0, 12_000.0, 0.0765 * 8_490.0 - 0.0765 * (12_000.0 - 10_620.0)),
        (HEAD, 1.0, 10_000.0, 10_000.0, 3_400.0),  # 34%
        (HEAD, 1.0, 30_000.0, 30_000.0, 0.34 * 12_730.0 - 0.1598 * (30_000.0 - 23_350.0)),
        (HEAD, 2.0, 30_000.0, 30_000.0, 0.40 * 17_880.0 - 0.2106 * (30_000.0 - 23_350.0)),
        (HEAD, 3.0, 17_880.0, 17_880.0, 0.45 * 17_880.0),
        (JOINT, 3.0, 40_000.0, 40_000.0, 0.45 * 17_880.0 - 0.2106 * (40_000.0 - 30_470.0)),
        (HEAD, 1.0, 20_000.0, 35_000.0, 0.34 * 12_730.0 - 0.1598 * (35_000.0 - 23_350.0)),  # AGI above earnings
        (HEAD, 1.0, 20_000.0, 60_000.0, 0.0),
    ],
)
def test_the_credit_by_the_statute(status: int, children: float, earned: float, agi: float, credit: float) -> None:
    section = law(2025).earned_income_credit
    got = earned_income_credit(facts(n_children_u17=children), agi, earned, 0.0, 0.0, status, section)
    assert got == pytest.approx(credit, abs=CENT)


def test_investment_income_bars_the_credit() -> None:
    """IRC 32(i): 11,950 in 2025 (Rev. Proc. 2024-40), tax-exempt interest and net gains included."""
    one = facts(taxable_interest=5_000.0, tax_exempt_interest=3_000.0, ordinary_dividends=2_000.0)
    assert disqualified_income(one, 1_950.0) == 11_950.0
    assert disqualified_income(one, -3_000.0) == 10_000.0
    family = {"age1": 30.0, "n_children_u17": 1.0, "wages1": 20_000.0}
    assert form(2025, HEAD, **family, taxable_interest=11_950.0).earned_income_credit > 0.0
    assert form(2025, HEAD, **family, taxable_interest=11_950.01).earned_income_credit == 0.0


def test_other_dependents_have_a_credit_of_their_own() -> None:
    """IRC 24(h)(4): 500 for each, not refundable, phased out with the rest."""
    section = law(2025).child_tax_credit
    family = facts(n_children_u17=1.0, n_older_children=1.0, n_other_dependents=1.0)
    got = child_tax_credit(family, CreditBase(100_000.0, 9_000.0, 100_000.0, 0.0, 0.0), JOINT, section)
    assert tuple(got) == (3_200.0, 0.0)
    got = child_tax_credit(family, CreditBase(410_000.5, 90_000.0, 100_000.0, 0.0, 0.0), JOINT, section)
    assert tuple(got) == (3_200.0 - 11 * 50.0, 0.0)
    alone = facts(n_other_dependents=2.0)
    got = child_tax_credit(alone, CreditBase(30_000.0, 300.0, 30_000.0, 0.0, 0.0), HEAD, section)
    assert tuple(got) == (300.0, 0.0)


def test_payroll_taxes_of_large_families_count_less_the_earned_income_credit() -> None:
    """IRC 24(d)(1)(B)(ii): three children or more."""
    section = law(2025).child_tax_credit
    base = CreditBase(9_000.0, 0.0, 3_500.0, 2_000.0, 600.0)
    assert child_tax_credit(facts(n_children_u17=3.0), base, HEAD, section).refundable == 1_400.0
    assert child_tax_credit(facts(n_children_u17=2.0), base, HEAD, section).refundable == 150.0


@pytest.mark.parametrize(
    ("status", "agi", "first", "second", "credit"),
    [  # Form 8880 and Notice 2024-80, 2025
        (SINGLE, 23_750.0, 2_000.0, 0.0, 1_000.0),
        (SINGLE, 23_750.01, 2_000.0, 0.0, 400.0),
        (SINGLE, 25_500.0, 2_000.0, 0.0, 400.0),
        (SINGLE, 25_500.01, 2_000.0, 0.0, 200.0),
        (SINGLE, 39_500.0, 1_500.0, 0.0, 150.0),
        (SINGLE, 39_500.01, 1_500.0, 0.0, 0.0),
        (JOINT, 47_500.0, 2_500.0, 3_000.0, 2_000.0),  # 2,000 of each
        (JOINT, 79_000.0, 2_500.0, 500.0, 250.0),
        (HEAD, 35_625.0, 2_000.0, 0.0, 1_000.0),
        (HEAD, 38_250.0, 2_000.0, 0.0, 400.0),
        (HEAD, 59_250.01, 2_000.0, 0.0, 0.0),
    ],
)
def test_official_savers_credit_examples(status: int, agi: float, first: float, second: float, credit: float) -> None:
    one = facts(age1=30.0, age2=30.0 * (status == JOINT), retirement_savings1=first, retirement_savings2=second)
    assert savers_credit(one, agi, 9_000.0, status, law(2025).savers_credit) == pytest.approx(credit)


def test_savers_credit_tiers_to_the_cent() -> None:
    """Notice 2025-67, 2026; the tax limits it; under 18 there is none, IRC 25B(c)(1)."""
    section = law(2026).savers_credit
    one = facts(age1=18.0, roth_contributions1=1_000.0, ira_contributions1=400.0)
    tops = {24_250.0: 700.0, 24_250.01: 280.0, 26_250.01: 140.0, 40_250.01: 0.0}
    for agi, credit in tops.items():
        assert savers_credit(one, agi, 9_000.0, SINGLE, section) == pytest.approx(credit)
    assert savers_credit(one, 24_000.0, 300.0, SINGLE, section) == 300.0
    one.age1 = 17.0
    assert savers_credit(one, 24_000.0, 9_000.0, SINGLE, section) == 0.0


@pytest.mark.parametrize(
    ("status", "amounts", "agi", "credit"),
    [  # IRC 22, as in Schedule R (2025), lines 10 to 20: 15 percent of what is left of the initial amount
        (SINGLE, {"age1": 65.0}, 7_500.0, 0.15 * 5_000.0),
        (SINGLE, {"age1": 64.0}, 7_500.0, 0.0),
        (SINGLE, {"age1": 65.0}, 10_000.0, 0.15 * (5_000.0 - 1_250.0)),
        (SINGLE, {"age1": 65.0, "ss1": 3_000.0}, 10_000.0, 0.15 * (5_000.0 - 3_000.0 - 1_250.0)),
        (SINGLE, {"age1": 65.0}, 17_500.0, 0.0),
        (HEAD, {"age1": 70.0}, 12_000.0, 0.15 * (5_000.0 - 2_250.0)),
        (SURVIVING, {"age1": 70.0}, 12_000.0, 0.15 * (5_000.0 - 2_250.0)),
        (JOINT, {"age1": 66.0, "age2": 60.0}, 14_000.0, 0.15 * (5_000.0 - 2_000.0)),
        (JOINT, {"age1": 60.0, "age2": 66.0}, 14_000.0, 0.15 * (5_000.0 - 2_000.0)),
        (JOINT, {"age1": 66.0, "age2": 65.0}, 14_000.0, 0.15 * (7_500.0 - 2_000.0)),
        (JOINT, {"age1": 66.0, "age2": 65.0, "ss1": 3_000.0, "ss2": 900.0}, 9_000.0, 0.15 * (7_500.0 - 3_900.0)),
        (SEPARATE_APART, {"age1": 70.0}, 6_000.0, 0.15 * (3_750.0 - 500.0)),
        (SEPARATE_TOGETHER, {"age1": 70.0}, 6_000.0, 0.0),  # 22(e)(1)
    ],
)
def test_the_elderly_credit_by_the_statute(status: int, amounts: dict[str, float], agi: float, credit: float) -> None:
    section = law(2026).elderly_credit
    assert elderly_credit(facts(**amounts), agi, 0.0, 9_000.0, status, section) == pytest.approx(credit)
    assert elderly_credit(facts(**amounts), agi, 0.0, 100.0, status, section) == pytest.approx(min(credit, 100.0))


@pytest.mark.parametrize(("status", "credit"), [(SEPARATE_APART, 487.50), (SEPARATE_TOGETHER, 0.0)])
def test_the_elderly_credit_of_separate_filers(status: int, credit: float) -> None:
    """IRC 22(e)(1), 63(c)(6)(A): no standard deduction as the spouse itemizes, so 10 percent of 6,000 is due."""
    got = form(2026, status, age1=70.0, pension=6_000.0, spouse_itemizes=1.0)
    assert got.elderly_credit == pytest.approx(credit)
    assert got.total_tax == pytest.approx(600.0 - credit)


def test_the_elderly_credit_goes_before_the_others() -> None:
    """Form 8880, line 11, Schedule 8812, line 13, and Form 8801, line 22, subtract it from the tax of 600."""
    alone = {"age1": 70.0, "wages1": 6_000.0, "spouse_itemizes": 1.0}
    got = form(2026, SEPARATE_APART, **alone, retirement_savings1=2_000.0, n_other_dependents=1.0)
    assert (got.elderly_credit, got.savers_credit, got.child_tax_credit) == pytest.approx((487.50, 112.50, 0.0))
    assert got.nonrefundable_credits == pytest.approx(600.0)
    got = form(2026, SEPARATE_APART, **alone, n_other_dependents=1.0)
    assert got.child_tax_credit == pytest.approx(112.50)
    got = form(2026, SEPARATE_APART, **alone, minimum_tax_credit=1_000.0)
    assert got.minimum_tax_credit_used == pytest.approx(112.50)


def test_savers_match_phases_out_by_whole_percentage_points() -> None:
    """IRC 6433(b): half of 2,000, in 2027 from 20,500 to 35,500 for a single filer, 41,000 to 71,000 joint; "reduced
    by the number of percentage points which bears the same ratio to 50 percentage points", "rounded to the next lowest
    whole percentage point": 8,700 over of 15,000 are 29 points, a cent less 28.
    """
    section = law(2027).savers_match
    one = facts(age1=30.0, age2=30.0, retirement_savings1=3_000.0, retirement_savings2=1_000.0)
    assert savers_match(one, 20_500.0, SINGLE, section).first == 1_000.0
    assert savers_match(one, 28_000.0, SINGLE, section).first == pytest.approx(500.0)
    assert savers_match(one, 35_500.0, SINGLE, section).first == pytest.approx(0.0)
    for magi, points in ((20_799.99, 50), (20_800.0, 49), (29_199.99, 22), (29_200.0, 21), (35_499.99, 1), (6e4, 0)):
        assert savers_match(one, magi, SINGLE, section).first == pytest.approx(2_000 * points / 100)
    assert tuple(savers_match(one, 56_000.0, JOINT, section)) == pytest.approx((500.0, 250.0))


@pytest.mark.parametrize(
    ("year", "people", "magi", "benchmark", "premiums", "credit"),
    [  # IRC 36B(b), the tables in force: Rev. Proc. 2025-25 for 2026; poverty line 15,060 in 2025, 15,650 in 2026
        (2025, 1.0, 15_060.0, 6_000.0, 6_000.0, 6_000.0),  # up to 150%: nothing to pay
        (2025, 1.0, 30_120.0, 6_000.0, 9_000.0, 6_000.0 - 0.02 * 30_120.0),  # 200%
        (2025, 1.0, 60_240.0, 9_000.0, 9_000.0, 9_000.0 - 0.085 * 60_240.0),  # 400%
        (2025, 1.0, 90_000.0, 9_000.0, 9_000.0, 9_000.0 - 0.085 * 90_000.0),  # and above
        (2025, 2.0, 30_660.0, 9_000.0, 5_000.0, 5_000.0),  # never above the premiums; 150% of 20,440
        (2025, 1.0, 15_059.0, 6_000.0, 6_000.0, 0.0),  # below the poverty line
        (2026, 1.0, 31_300.0, 6_000.0, 6_000.0, 6_000.0 - 0.066 * 31_300.0),  # 200%
        (2026, 1.0, 46_950.0, 9_000.0, 9_000.0, 9_000.0 - 0.0996 * 46_950.0),  # 300%
        (2026, 1.0, 54_775.0, 9_000.0, 9_000.0, 9_000.0 - 0.0996 * 54_775.0),  # 350%
        (2026, 1.0, 39_125.0, 9_000.0, 9_000.0, 9_000.0 - 0.0844 * 39_125.0),  # 250%
        (2026, 1.0, 20_814.50, 6_000.0, 6_000.0, 6_000.0 - 0.0314 * 20_814.50),  # 133%
        (2026, 1.0, 18_000.0, 6_000.0, 6_000.0, 6_000.0 - 0.021 * 18_000.0),  # below 133%
        (2026, 4.0, 96_450.0, 20_000.0, 20_000.0, 20_000.0 - 0.0996 * 96_450.0),  # 300% of 32,150
    ],
)
def test_official_premium_credit_examples(
    year: int, people: float, magi: float, benchmark: float, premiums: float, credit: float
) -> None:
    one = facts(benchmark_premium=benchmark, marketplace_premiums=premiums)
    got = premium_tax_credit(one, magi, people, SINGLE, law(year).premium_tax_credit)
    assert tuple(got) == pytest.approx((credit, credit, 0.0), abs=CENT)


def test_the_credit_ends_at_four_times_the_poverty_line() -> None:
    section = law(2026).premium_tax_credit
    assert premium_credit_ends(1.0, section) == 62_600.0
    assert premium_credit_ends(2.0, section) == 4 * 21_150.0
    assert premium_credit_ends(1.0, law(2025).premium_tax_credit) == np.inf
    one = facts(benchmark_premium=12_000.0, marketplace_premiums=12_000.0)
    at, beyond = (premium_tax_credit(one, magi, 1.0, SINGLE, section).credit for magi in (62_600.0, 62_600.01))
    assert at == pytest.approx(12_000.0 - 0.0996 * 62_600.0)
    assert beyond == 0.0


def test_advance_payments_are_settled() -> None:
    """IRC 36B(f): Form 8962 Table 5 of 2025 (Rev. Proc. 2024-40); without a limit from 2026 (P.L. 119-21 s.71305)."""
    one = facts(benchmark_premium=6_000.0, marketplace_premiums=6_000.0, advance_premium_credit=6_000.0)
    ratios = {1.9: 375.0, 2.5: 975.0, 3.5: 1_625.0}
    for ratio, limit in ratios.items():
        got = premium_tax_credit(one, ratio * 15_060.0, 1.0, SINGLE, law(2025).premium_tax_credit)
        excess = 6_000.0 - got.credit
        assert got.repayment == pytest.approx(min(excess, limit))
        got = premium_tax_credit(one, ratio * 15_060.0, 1.0, JOINT, law(2025).premium_tax_credit)
        assert got.repayment == pytest.approx(min(excess, 2 * limit))
    high = premium_tax_credit(one, 70_000.0, 1.0, SINGLE, law(2025).premium_tax_credit)
    assert high.repayment == pytest.approx(6_000.0 - high.credit)
    assert premium_tax_credit(one, 62_700.0, 1.0, SINGLE, law(2026).premium_tax_credit).repayment == 6_000.0
    apart = premium_tax_credit(one, 40_000.0, 1.0, SEPARATE_TOGETHER, law(2026).premium_tax_credit)
    assert (apart.credit, apart.repayment) == (0.0, 6_000.0)
    one.advance_premium_credit = 1_000.0
    got = premium_tax_credit(one, 31_300.0, 1.0, SINGLE, law(2026).premium_tax_credit)
    assert got.net == pytest.approx(6_000.0 - 0.066 * 31_300.0 - 1_000.0)


@pytest.mark.parametrize(
    ("ira", "plan", "left_at", "excepted", "tax"),
    [  # Form 5329, Part I; IRC 72(t)
        (10_000.0, 0.0, 0.0, 0.0, 1_000.0),
        (10_000.0, 0.0, 56.0, 0.0, 1_000.0),
        (0.0, 10_000.0, 0.0, 0.0, 1_000.0),
        (0.0, 10_000.0, 54.0, 0.0, 1_000.0),
        (0.0, 10_000.0, 55.0, 0.0, 0.0),
        (4_000.0, 6_000.0, 55.0, 0.0, 400.0),
        (10_000.0, 0.0, 0.0, 10_000.0, 0.0),  # a first home, out of an IRA
        (10_000.0, 0.0, 0.0, 12_000.0, 0.0),
        (10_000.0, 0.0, 0.0, 2_500.0, 750.0),
    ],
)
def test_official_early_distribution_examples(
    ira: float, plan: float, left_at: float, excepted: float, tax: float
) -> None:
    one = facts(early_ira1=ira, early_plan1=plan, left_job_at1=left_at, early_exception1=excepted)
    assert early_distribution_tax(one, law(2026).early_distribution) == pytest.approx(tax)


def test_the_rule_of_55_is_for_plans_alone() -> None:
    """IRC 72(t)(2)(A)(v), (3)(A): lost by a rollover to an IRA; it is part of the whole return's total tax."""
    section = law(2026).early_distribution
    assert early_amount_subject(56.0, 9_000.0, 1.0, 55.0, 0.0, section) == 0.0
    assert early_amount_subject(56.0, 9_000.0, 0.0, 55.0, 0.0, section) == 9_000.0
    assert early_amount_subject(52.0, 9_000.0, 1.0, 50.0, 1.0, section) == 0.0
    assert early_amount_subject(52.0, 9_000.0, 1.0, 50.0, 0.0, section) == 9_000.0
    with_tax = form(2026, SINGLE, age1=50.0, ira_distributions=30_000.0, early_ira1=30_000.0)
    without = form(2026, SINGLE, age1=50.0, ira_distributions=30_000.0)
    assert with_tax.total_tax - without.total_tax == pytest.approx(3_000.0)


def test_age_on_the_day_decides() -> None:
    section = law(2026).early_distribution
    assert [early_amount_subject(age, 9_000.0, 0.0, 0.0, 0.0, section) for age in (59.49, 59.5)] == [9_000.0, 0.0]
