"""IRAs: contributions, deductions, Form 8606, gifts; and capital losses that go to the next year."""

from __future__ import annotations

import numpy as np
import pytest

from rothwell.law.figures import JOINT, SEPARATE_APART, SEPARATE_TOGETHER, SINGLE
from rothwell.tax.capital_gains import capital_loss_carried
from rothwell.tax.excess_contributions import excess_contribution_tax
from rothwell.tax.ira_basis import excluded_gift, form_8606_part_1, form_8606_part_3
from rothwell.tax.ira_contributions import (
    ira_compensation,
    ira_deductions,
    ira_limit,
    reduced_limit,
    roth_ira_limit,
)
from tests.tax.build import facts, form, law

CENT = 0.01


@pytest.mark.parametrize(
    ("nondeductible", "basis", "year_end", "withdrawals", "conversions", "taxable", "carried", "within"),
    [
        # Pub. 590-B, Rose Green, Worksheet 1-1: contributions of 2,000 whether or not deductible, line 7 is 0.092
        (2_000.0, 300.0, 20_000.0, 0.0, 5_000.0, 4_540.0, 1_840.0, CENT),
        (2_000.0, 300.0, 20_000.0, 5_000.0, 0.0, 4_540.0, 1_840.0, CENT),  # IRC 408A(d)(3)(A): a distribution alike
        (7_000.0, 0.0, 0.0, 0.0, 7_050.0, 50.0, 0.0, CENT),  # the ordinary backdoor, IRC 408(d)(2)
        (0.0, 7_000.0, 0.0, 0.0, 7_000.0, 0.0, 0.0, CENT),  # other IRA money went to a plan before 31 December
        (7_000.0, 0.0, 93_000.0, 0.0, 7_000.0, 6_510.0, 6_510.0, CENT),  # pro rata: 7% of the conversion is basis
        (0.0, 9_000.0, 0.0, 4_000.0, 0.0, 0.0, 5_000.0, CENT),  # value below basis: line 10 is 1.000
        (0.0, 5_000.0, 0.0, 0.0, 0.0, 0.0, 5_000.0, CENT),  # nothing came out
    ],
)
def test_official_form_8606_examples(
    nondeductible: float,
    basis: float,
    year_end: float,
    withdrawals: float,
    conversions: float,
    taxable: float,
    carried: float,
    within: float,
) -> None:
    got = form_8606_part_1(nondeductible, basis, year_end, withdrawals, conversions)
    assert got.taxable_withdrawals + got.taxable_conversion == pytest.approx(taxable, abs=within)
    assert got.basis_carried == pytest.approx(carried, abs=within)


def test_basis_is_conserved() -> None:
    for amounts in np.random.default_rng(1).exponential(10_000.0, (2_000, 5)):
        got = form_8606_part_1(*amounts)
        assert got.nontaxable + got.basis_carried == pytest.approx(amounts[0] + amounts[1])
        assert got.nontaxable + got.taxable_withdrawals + got.taxable_conversion == pytest.approx(
            amounts[3] + amounts[4]
        )
        assert min(got) >= -1e-9


def test_roth_distributions_come_in_their_order() -> None:
    """IRC 408A(d)(4): contributions, then conversions, then earnings; 10,000 for a first home, 72(t)(8)(B)."""
    section = law(2026).early_distribution
    found = form_8606_part_3(40_000.0, 0.0, 15_000.0, 20_000.0, section)
    assert tuple(found) == (5_000.0, 15_000.0, 20_000.0)
    assert form_8606_part_3(12_000.0, 0.0, 15_000.0, 20_000.0, section).taxable == 0.0
    home = form_8606_part_3(40_000.0, 25_000.0, 5_000.0, 5_000.0, section)
    assert home.taxable == 20_000.0


def test_gifts_out_of_an_ira() -> None:
    """IRC 408(d)(8): from 70 1/2, up to 108,000 in 2025 (Notice 2024-80) and 111,000 in 2026 for each person."""
    section = law(2025).qualified_charitable_distribution
    assert [excluded_gift(5_000.0, age, section) for age in (69.0, 70.0, 75.0)] == [0.0, 5_000.0, 5_000.0]
    assert excluded_gift(200_000.0, 75.0, section) == 108_000.0
    assert excluded_gift(200_000.0, 75.0, law(2026).qualified_charitable_distribution) == 111_000.0
    couple = {"age1": 75.0, "age2": 75.0, "ira_distributions": 300_000.0, "qcd1": 120_000.0, "qcd2": 10_000.0}
    assert form(2026, JOINT, **couple).agi == pytest.approx(300_000.0 - 111_000.0 - 10_000.0)


@pytest.mark.parametrize(
    ("magi", "age", "status", "limit"),
    [  # by hand, IRC 408A(c)(3) and Notice 2025-67; 2026
        (160_000.0, 45.0, SINGLE, 4_000.0),
        (160_000.0, 50.0, SINGLE, 4_590.0),
        (245_000.0, 45.0, JOINT, 5_250.0),
        (167_900.0, 45.0, SINGLE, 200.0),
        (168_000.0, 45.0, SINGLE, 0.0),
        (153_000.0, 45.0, SINGLE, 7_500.0),
        (251_999.99, 45.0, JOINT, 200.0),
        (252_000.0, 45.0, JOINT, 0.0),
        (9_999.99, 45.0, SEPARATE_TOGETHER, 200.0),
        (10_000.0, 45.0, SEPARATE_TOGETHER, 0.0),
        (160_000.0, 45.0, SEPARATE_APART, 4_000.0),
    ],
)
def test_official_roth_phase_outs(magi: float, age: float, status: int, limit: float) -> None:
    assert roth_ira_limit(magi, age, 200_000.0, 0.0, status, law(2026)) == limit


def test_traditional_contributions_use_up_the_roth_limit() -> None:
    assert roth_ira_limit(100_000.0, 45.0, 200_000.0, 3_000.0, SINGLE, law(2026)) == 4_500.0
    assert roth_ira_limit(160_000.0, 45.0, 200_000.0, 5_000.0, SINGLE, law(2026)) == 2_500.0


def test_phase_out_ends_to_the_cent() -> None:
    section = law(2026).ira_deduction
    assert reduced_limit(7_500.0, 81_000.0, 81_000.0, 10_000.0, section) == 7_500.0
    assert reduced_limit(7_500.0, 81_000.01, 81_000.0, 10_000.0, section) == 7_500.0  # up to the next ten dollars
    assert reduced_limit(7_500.0, 81_013.34, 81_000.0, 10_000.0, section) == 7_490.0
    assert reduced_limit(7_500.0, 90_999.99, 81_000.0, 10_000.0, section) == 200.0
    assert reduced_limit(7_500.0, 91_000.0, 81_000.0, 10_000.0, section) == 0.0
    assert reduced_limit(150.0, 90_999.99, 81_000.0, 10_000.0, section) == 150.0  # never above the contribution


def test_the_lower_earner_may_use_the_compensation_of_the_spouse() -> None:
    """IRC 219(c)(1)(B), (2)(B): the spouse's compensation less the spouse's contributions, for who earns less alone."""
    assert ira_compensation(1_500.0, 70_000.0, 5_500.0) == 66_000.0  # IRS, Link and Learn Taxes: Gene and Sue
    assert ira_compensation(70_000.0, 1_500.0, 0.0) == 70_000.0
    assert ira_compensation(5_000.0, 5_000.0, 0.0) == 5_000.0
    assert ira_compensation(3_000.0, 5_000.0, 5_000.0) == 3_000.0
    assert ira_compensation(-3_000.0, 0.0, 0.0) == 0.0


def test_official_excess_contributions() -> None:
    """Pub. 590-A (2016), page 38, Teri: 1,400 put in, 1,000 allowed; then 1,100 of 1,500 absorbs 400."""
    section = law(2026).excess_contribution
    first = excess_contribution_tax(0.0, 0.0, 400.0, 0.0, np.inf, section)
    assert tuple(first) == pytest.approx((0.0, 400.0, 24.0))
    second = excess_contribution_tax(400.0, 1_500.0 - 1_100.0, 0.0, 0.0, np.inf, section)
    assert tuple(second) == pytest.approx((400.0, 0.0, 0.0))


def test_an_excess_is_taxed_each_year_until_it_is_gone() -> None:
    """IRC 4973(a), (b): 7,000 through two year-ends is 840; 300 left of 1,000 in an account of 200 is taxed on 200."""
    section = law(2026).excess_contribution
    first = excess_contribution_tax(0.0, 0.0, 7_000.0, 0.0, np.inf, section)
    second = excess_contribution_tax(first.excess, 0.0, 0.0, 0.0, np.inf, section)
    assert first.tax + second.tax == pytest.approx(840.0)
    found = excess_contribution_tax(1_000.0, 500.0, 0.0, 200.0, 200.0, section)
    assert tuple(found) == pytest.approx((500.0, 300.0, 12.0))
    assert excess_contribution_tax(1_000.0, 500.0, 0.0, 900.0, np.inf, section).absorbed == pytest.approx(100.0)


def test_ira_limit_at_49_and_50() -> None:
    """Notice 2025-67: 7,500 and 1,100 more from 50; never above compensation, IRC 219(b)(1)(B)."""
    section = law(2026).ira
    assert [ira_limit(age, 90_000.0, section) for age in (49.0, 50.0)] == [7_500.0, 8_600.0]
    assert ira_limit(50.0, 4_000.0, section) == 4_000.0
    assert ira_limit(50.0, -4_000.0, section) == 0.0


@pytest.mark.parametrize(
    ("status", "magi", "covered", "spouse_covered", "deduction"),
    [  # Notice 2025-67, IRC 219(g); 2026, contribution 7,500
        (SINGLE, 85_000.0, 1.0, 0.0, 4_500.0),
        (JOINT, 140_000.0, 1.0, 1.0, 3_380.0),
        (SINGLE, 500_000.0, 0.0, 0.0, 7_500.0),  # covered by nothing
        (JOINT, 247_000.0, 0.0, 1.0, 3_750.0),  # the spouse alone is covered: 242,000 to 252,000
        (JOINT, 252_000.0, 0.0, 1.0, 0.0),
        (JOINT, 242_000.0, 0.0, 1.0, 7_500.0),
        (JOINT, 150_000.0, 1.0, 0.0, 0.0),
        (SEPARATE_TOGETHER, 5_000.0, 1.0, 0.0, 3_750.0),
        (SEPARATE_TOGETHER, 5_000.0, 0.0, 1.0, 3_750.0),
        (SEPARATE_APART, 85_000.0, 1.0, 0.0, 4_500.0),
    ],
)
def test_official_ira_deductions(
    status: int, magi: float, covered: float, spouse_covered: float, deduction: float
) -> None:
    one = facts(age1=45.0, ira_contributions1=7_500.0, covered1=covered, covered2=spouse_covered)
    got = ira_deductions(one, magi, 90_000.0, 0.0, status, law(2026))
    assert (got.deduction1, got.nondeductible1) == (deduction, 7_500.0 - deduction)


def test_deductions_and_basis_are_the_contributions() -> None:
    """A spouse without pay may use the other's, IRC 219(c); what is not deducted is basis, 408(o)."""
    couple = {"age1": 45.0, "age2": 45.0, "wages1": 140_000.0, "covered1": 1.0, "covered2": 1.0}
    couple |= {"ira_contributions1": 7_500.0, "ira_contributions2": 7_500.0}
    got = form(2026, JOINT, **couple)
    assert got.ira_deduction == 2 * 3_380.0
    assert (got.ira_basis_carried1, got.ira_basis_carried2) == (4_120.0, 4_120.0)
    assert got.agi == 140_000.0 - 2 * 3_380.0


@pytest.mark.parametrize(
    ("short", "long", "taxable", "carried"),
    [  # Capital Loss Carryover Worksheet, Schedule D instructions (2025); Pub. 550: 3,000 a year
        (-5_000.0, 0.0, 50_000.0, (2_000.0, 0.0)),
        (0.0, -5_000.0, 50_000.0, (0.0, 2_000.0)),
        (-1_000.0, -5_000.0, 50_000.0, (0.0, 3_000.0)),  # short-term losses are used first
        (-5_000.0, 1_000.0, 50_000.0, (1_000.0, 0.0)),
        (2_000.0, -9_000.0, 50_000.0, (0.0, 4_000.0)),
        (-5_000.0, 0.0, -1_000.0, (3_000.0, 0.0)),  # 2,000 of the 3,000 absorbed, IRC 1212(b)(2)(B)
        (-5_000.0, 0.0, -9_000.0, (5_000.0, 0.0)),  # nothing to absorb it
        (-2_000.0, 0.0, 50_000.0, (0.0, 0.0)),
        (3_000.0, -1_000.0, 50_000.0, (0.0, 0.0)),
    ],
)
def test_official_capital_loss_carryover_examples(
    short: float, long: float, taxable: float, carried: tuple[float, float]
) -> None:
    got = capital_loss_carried(short, long, taxable, SINGLE, law(2026).capital_gains)
    assert tuple(got) == carried


def test_separate_filers_carry_more() -> None:
    """IRC 1211(b)(1): 1,500 on a separate return."""
    got = capital_loss_carried(-5_000.0, 0.0, 50_000.0, SEPARATE_TOGETHER, law(2026).capital_gains)
    assert got.short_term == 3_500.0


def test_every_dollar_of_loss_is_used_or_carried() -> None:
    for short, long in np.random.default_rng(1).normal(0.0, 8_000.0, (2_000, 2)):
        got = capital_loss_carried(short, long, 90_000.0, SINGLE, law(2026).capital_gains)
        used = min(3_000.0, max(0.0, -short - long))
        assert got.short_term + got.long_term == pytest.approx(max(0.0, -short - long) - used)


def test_carried_losses_come_back_on_the_next_return() -> None:
    first = form(2026, SINGLE, wages1=90_000.0, st_gain=-4_000.0, lt_gain=-6_000.0)
    assert (first.st_loss_carried, first.lt_loss_carried) == (1_000.0, 6_000.0)
    carried = {"st_loss_carryover": 1_000.0, "lt_loss_carryover": 6_000.0}
    second = form(2026, SINGLE, wages1=90_000.0, lt_gain=9_000.0, **carried)
    assert second.agi == 92_000.0
    assert (second.st_loss_carried, second.lt_loss_carried) == (0.0, 0.0)
