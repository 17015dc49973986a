"""Parts of a return by hand: what a return lacks adds nothing, and what it has counts for everybody and every kind."""

from __future__ import annotations

import numpy as np
import pytest

from rothwell.law.figures import JOINT, SINGLE
from rothwell.tax.elderly_credit import elderly_credit
from rothwell.tax.facts import parts_of
from rothwell.tax.federal import form_1040, ordinary_taxable_income
from rothwell.tax.marginal_rates import income_related_premiums
from rothwell.tax.needs import needs_of
from rothwell.tax.payroll import self_employment_earnings
from rothwell.tax.savers_credit import savers_match
from tests.tax.build import facts, form, law

NOTHING = (
    *("taxable_ss", "itemizes", "senior_deduction", "qbi_deduction", "amt", "niit", "additional_medicare"),
    *("self_employment_tax", "early_distribution_tax", "nonrefundable_credits", "refundable_credits"),
    *("child_tax_credit", "elderly_credit", "savers_credit", "earned_income_credit", "premium_tax_credit"),
    *("minimum_tax_credit_used", "minimum_tax_credit_carried", "taxable_ira", "ira_deduction", "ira_basis_carried1"),
    *("ira_basis_carried2", "st_loss_carried", "lt_loss_carried", "qbi_loss_carried", "gifts_carried"),
)


def test_a_return_of_wages_alone_has_wages_alone() -> None:
    """2026, single, 100,000: taxable 83,900 and tax 13,170 (Rev. Proc. 2025-32); everything else is nothing."""
    got = form(2026, SINGLE, wages1=100_000.0)
    assert (got.taxable_income, got.total_tax) == (83_900.0, pytest.approx(13_170.0))
    assert {name: getattr(got, name) for name in NOTHING} == dict.fromkeys(NOTHING, 0.0)
    assert got.preferential_income == 0.0


def test_the_elderly_credit_counts_benefits_that_are_not_taxed() -> None:
    """IRC 22(c), (d): 5,000 - (4,000 - 3,400) - (8,000 - 7,500) / 2 = 4,150, of which 15% is 622.50."""
    one = facts(age1=70.0, ss1=3_000.0, ss2=1_000.0)
    section = law(2026).elderly_credit
    assert elderly_credit(one, 8_000.0, 3_400.0, 1_000.0, SINGLE, section) == pytest.approx(622.50)


def test_a_business_loss_of_earlier_years_alone_is_carried_on() -> None:
    """IRC 199A(c)(2): a qualified business loss counts against the income of the next year."""
    assert form(2026, SINGLE, wages1=50_000.0, qbi_loss_carryover=10_000.0).qbi_loss_carried == 10_000.0


def test_basis_as_large_as_a_withdrawal_is_still_pro_rata() -> None:
    """Form 8606: 1,000 / (9,000 + 1,000) of 1,000 is untaxed; 900 of basis stays."""
    got = form(2026, SINGLE, wages1=50_000.0, ira_basis1=1_000.0, ira_withdrawals1=1_000.0, ira_year_end1=9_000.0)
    assert (got.taxable_ira, got.ira_basis_carried1) == pytest.approx((900.0, 900.0))


def test_withdrawals_and_conversions_both_count_against_the_ira_deduction() -> None:
    """IRC 219(g)(3)(A), Pub. 590-B: 7,500 / (85,000 + 15,000) is untaxed, so 13,875 of 15,000 is income; at 83,875 of
    81,000 to 91,000 the deduction is 7,500 x 0.7125 = 5,343.75, rounded up to 5,350."""
    got = form(
        2026,
        SINGLE,
        age1=45.0,
        wages1=70_000.0,
        covered1=1.0,
        ira_contributions1=7_500.0,
        ira_withdrawals1=5_000.0,
        ira_conversions1=10_000.0,
        ira_year_end1=85_000.0,
    )
    assert got.ira_deduction == pytest.approx(5_350.0)


@pytest.mark.parametrize(
    ("status", "people", "taxable"),
    [
        (JOINT, {"age2": 40.0, "n_children_u17": 1.0, "n_older_children": 1.0, "n_other_dependents": 1.0}, 47_550.0),
        (SINGLE, {}, 79_850.0),
    ],
)
def test_exemptions_are_of_filers_and_dependents(status: int, people: dict[str, float], taxable: float) -> None:
    """IRC 151(b), (c) with 4,050 each, as in 2017: 100,000 less 32,200 and five of them, or 16,100 and one."""
    record = law(2026).copy()
    record["personal_exemption"]["amount"] = 4_050.0
    one = facts(wages1=100_000.0, **people)
    assert form_1040(one, status, record).taxable_income == pytest.approx(taxable)
    assert ordinary_taxable_income(one, parts_of(one, record), status, record) == pytest.approx(taxable)


def test_every_kind_of_saving_of_both_spouses_earns_the_match() -> None:
    """IRC 6433(a): half of 500 + 400 + 300 and of 200 + 100 + 50, below every phase-out."""
    one = facts(
        retirement_savings1=500.0,
        ira_contributions1=400.0,
        roth_contributions1=300.0,
        retirement_savings2=200.0,
        ira_contributions2=100.0,
        roth_contributions2=50.0,
    )
    assert savers_match(one, 20_000.0, JOINT, law(2027).savers_match) == pytest.approx((600.0, 175.0))


def test_losses_of_both_spouses_together_are_beyond_the_limit() -> None:
    """IRC 461(l)(3): 626,000 on a joint return of 2025 (Rev. Proc. 2024-40)."""
    amounts = {"age1": np.array([40.0, 40.0])}
    amounts |= {"self_employment1": np.array([-400_000.0, -300_000.0])}
    amounts |= {"self_employment2": np.array([-300_000.0, -300_000.0])}
    results = dict.fromkeys(("taxable_income", "agi", "earned_income"), np.zeros(2))
    found = needs_of(amounts, results, np.array([JOINT, JOINT]), law(2025))
    assert found.business_loss.tolist() == [True, False]


@pytest.mark.parametrize(("profit", "earnings"), [(0.0, 0.0), (433.0, 0.0), (434.0, 434.0 * 0.9235)])
def test_earnings_below_400_are_none(profit: float, earnings: float) -> None:
    """IRC 1402(a)(12), (b)(2): 92.35% of the profit, nothing below 400."""
    assert self_employment_earnings(profit, law(2026).self_employment) == pytest.approx(earnings)


def test_savings_of_either_spouse_in_any_account_earn_the_credit() -> None:
    """IRC 25B: half of 1,000 and 500, up to the tax of 10% on 40,000 less 500 (IRA) and 32,200, 730."""
    got = form(2026, JOINT, age2=40.0, wages1=40_000.0, retirement_savings2=1_000.0, ira_contributions2=500.0)
    assert got.savers_credit == pytest.approx(730.0)


def test_both_parts_of_the_child_credit_are_shown_together() -> None:
    """IRC 24(d), (h)(5): 780 against the tax of 7,800 of taxable income, and 1,700 for each of two, refunded."""
    assert form(2026, JOINT, age2=40.0, wages1=40_000.0, n_children_u17=2.0).child_tax_credit == pytest.approx(4_180.0)


def test_exempt_interest_counts_for_medicare_premiums() -> None:
    """42 USC 1395r(i)(4)(A): 215,000 and 10,000 are above 218,000 (CMS 2026): 12 x 2 x (81.20 + 14.50)."""
    amounts = {"age1": 66.0, "age2": 66.0, "pension": 215_000.0, "tax_exempt_interest": 10_000.0}
    got = income_related_premiums(form(2026, JOINT, **amounts), facts(**amounts), JOINT, law(2026))
    assert got == pytest.approx(2_296.80)
