"""Each rule of the return at its edges."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from rothwell.law.figures import HEAD, JOINT, SEPARATE_APART, SEPARATE_TOGETHER, SINGLE, STATUSES, patch
from rothwell.provision import explain
from rothwell.tax.alternative_minimum import MinimumTaxBase, minimum_tax, tentative_minimum_tax
from rothwell.tax.capital_gains import capital_gain_or_loss, net_capital_gain, tax_with_preferential_rates
from rothwell.tax.child_tax_credit import CreditBase, child_tax_credit
from rothwell.tax.deductions import personal_exemptions, senior_deduction
from rothwell.tax.earned_income_credit import earned_income_credit
from rothwell.tax.facts import ALL_PARTS
from rothwell.tax.federal import ordinary_taxable_income
from rothwell.tax.payroll import employee_payroll_tax
from rothwell.tax.rate_schedule import marginal_rate_of_schedule, tax_by_rate_schedule
from rothwell.tax.required_minimum import (
    applicable_age,
    divisor,
    first_distribution_year,
    joint_divisor,
    uniform_divisor,
)
from tests.tax.build import facts, form, law

EVERY_STATUS = range(len(STATUSES))
CENT = 0.01


@pytest.mark.parametrize("status", EVERY_STATUS, ids=STATUSES)
def test_tax_is_continuous_at_every_bracket(status: int) -> None:
    schedule = law(2026).rate_schedule
    for top in schedule.bracket_top[status]:
        below, at, above = (tax_by_rate_schedule(top + step, status, schedule) for step in (-CENT, 0.0, CENT))
        assert 0.0 < at - below < CENT
        assert 0.0 < above - at < CENT


@pytest.mark.parametrize("status", EVERY_STATUS, ids=STATUSES)
def test_marginal_rate_is_the_slope_of_the_schedule(status: int) -> None:
    schedule = law(2026).rate_schedule
    for income in [1.0, *schedule.bracket_top[status], *(schedule.bracket_top[status] - 1.0), 5e6]:
        slope = tax_by_rate_schedule(income + 1.0, status, schedule) - tax_by_rate_schedule(income, status, schedule)
        assert marginal_rate_of_schedule(income, status, schedule) == pytest.approx(slope, abs=1e-6)


def test_all_income_ordinary_is_the_schedule() -> None:
    of_year = law(2026)
    for income in (0.0, 12_345.0, 150_000.0, 900_000.0):
        got = tax_with_preferential_rates(income, 0.0, 0.0, JOINT, of_year)
        assert got == tax_by_rate_schedule(income, JOINT, of_year.rate_schedule)


def test_gains_fill_the_zero_rate_first() -> None:
    """IRC 1(h)(1)(B): gains alone up to the end of the zero rate bear no tax, the next dollar 15 percent."""
    of_year = law(2026)
    top = of_year.capital_gains.zero_rate_top[JOINT]
    got = [tax_with_preferential_rates(income, income, 0.0, JOINT, of_year) for income in (top, top + 100.0)]
    assert got == pytest.approx([0.0, 15.0])


def test_loss_is_limited() -> None:
    """Schedule D (2025), line 21: 3,000, or 1,500 on a separate return."""
    gains = law(2025).capital_gains
    assert capital_gain_or_loss(-5_000.0, 1_000.0, SINGLE, gains) == -3_000.0
    assert capital_gain_or_loss(-5_000.0, 1_000.0, SEPARATE_APART, gains) == -1_500.0
    assert capital_gain_or_loss(-1_000.0, 400.0, SINGLE, gains) == -600.0
    assert capital_gain_or_loss(2_000.0, -400.0, SINGLE, gains) == 1_600.0


def test_short_term_losses_eat_long_term_gains() -> None:
    """IRC 1222(11)."""
    assert net_capital_gain(-4_000.0, 10_000.0) == 6_000.0
    assert net_capital_gain(4_000.0, 10_000.0) == 10_000.0
    assert net_capital_gain(4_000.0, -10_000.0) == 0.0
    assert net_capital_gain(-14_000.0, 10_000.0) == 0.0


def test_senior_deduction_edges() -> None:
    """IRC 151(d)(5)(C): 6,000 each to 75,000 (joint 150,000), gone at 175,000 (250,000); none separately; 2025-2028."""
    section = law(2026).senior_deduction
    assert senior_deduction(65.0, 0.0, 75_000.0, SINGLE, section) == 6_000.0
    assert senior_deduction(64.0, 0.0, 75_000.0, SINGLE, section) == 0.0
    assert senior_deduction(65.0, 0.0, 175_000.0, SINGLE, section) == pytest.approx(0.0)
    assert senior_deduction(65.0, 65.0, 150_000.0, JOINT, section) == 12_000.0
    assert senior_deduction(65.0, 65.0, 160_000.0, JOINT, section) == pytest.approx(10_800.0)
    assert senior_deduction(65.0, 65.0, 250_000.0, JOINT, section) == pytest.approx(0.0)
    assert senior_deduction(65.0, 0.0, 10_000.0, SEPARATE_APART, section) == 0.0
    assert senior_deduction(65.0, 0.0, 10_000.0, SINGLE, law(2024).senior_deduction) == 0.0
    assert senior_deduction(65.0, 0.0, 10_000.0, SINGLE, law(2029).senior_deduction) == 0.0


def test_exemptions_of_2017_phase_out() -> None:
    """Deduction for Exemptions Worksheet, Form 1040 instructions (2017): 2% for each 2,500 or part over 261,500."""
    figures = patch("law_of_2017")
    section = SimpleNamespace(
        amount=4_050.0,  # Rev. Proc. 2016-55
        phase_out_start=np.array([261_500.0, 313_800.0]),
        phase_out_step=figures["personal_exemption.phase_out_step"].value(2017).value,
        phase_out_rate=float(figures["personal_exemption.phase_out_rate"].value(2017).value),
    )

    def exemptions(people: float, agi: float) -> float:
        return float(explain(personal_exemptions, people, agi, SINGLE, section)[0])

    assert exemptions(2.0, 261_500.0) == 8_100.0
    assert exemptions(1.0, 261_501.0) == pytest.approx(4_050.0 * 0.98)
    assert exemptions(1.0, 300_000.0) == pytest.approx(4_050.0 * 0.68)  # 38,500 is sixteen steps
    assert exemptions(1.0, 384_001.0) == pytest.approx(0.0)


def test_exemption_at_600_000() -> None:
    """IRC 55(d)(2) for 2026: 90,100 less half of 100,000 is 40,100; 26 percent to 244,500, 28 above."""
    got = tentative_minimum_tax(600_000.0, 0.0, 583_900.0, SINGLE, law(2026))
    assert got == pytest.approx(0.26 * 244_500.0 + 0.28 * (600_000.0 - 40_100.0 - 244_500.0))


def test_exemption_is_gone_at_the_top() -> None:
    """2026: no exemption is left from 680,200 (single) and 1,280,400 (joint)."""
    for status, end in ((SINGLE, 680_200.0), (JOINT, 1_280_400.0)):
        got = tentative_minimum_tax(end, 0.0, end - 40_000.0, status, law(2026))
        assert got == pytest.approx(0.26 * 244_500.0 + 0.28 * (end - 244_500.0))


def test_minimum_tax_bounds() -> None:
    """Never below zero, none for wages alone, never above the rate of the minimum tax on all income."""
    of_year = law(2026)
    for income in np.linspace(0.0, 3e6, 61):
        assert form(2026, SINGLE, wages1=income).amt == 0.0
        taxable = max(0.0, income - 16_100.0)
        amt = minimum_tax(MinimumTaxBase(income, taxable, 0.0, 0.0, 0.0), 0.0, SINGLE, of_year).tax
        assert 0.0 <= amt <= 0.28 * income


def test_gains_above_taxable_income_keep_their_rates_in_the_minimum_tax() -> None:
    """Form 6251 (2025), line 13 is line 4 of the worksheet: the minimum tax is 20 percent of the standard deduction."""
    got = form(2025, SINGLE, lt_gain=1_000_000.0)
    assert got.amt == pytest.approx(0.2 * 15_750.0)


def test_separate_returns_add_to_minimum_income() -> None:
    """IRC 55(d)(2), last sentence: from 640,200 in 2026, and by the whole exemption of 70,100 at most."""
    of_year = law(2026)
    at, far = (
        minimum_tax(MinimumTaxBase(income, income, 0.0, 0.0, 0.0), 0.0, SEPARATE_TOGETHER, of_year).tax
        for income in (640_200.0, 2e6)
    )
    assert at == pytest.approx(0.26 * 122_250.0 + 0.28 * (640_200.0 - 122_250.0))
    assert far == pytest.approx(0.26 * 122_250.0 + 0.28 * (2e6 + 70_100.0 - 122_250.0))


def credit(children: float, base: CreditBase, status: int) -> Any:
    """The child tax credit of 2025."""
    return child_tax_credit(facts(n_children_u17=children), base, status, law(2025).child_tax_credit)


def test_child_credit_phases_out_in_steps() -> None:
    """Schedule 8812 (2025), line 10: 425 counts as 1,000 and 1,025 as 2,000; 50 for each 1,000 over 400,000 joint."""
    for over, lost in ((0.0, 0.0), (0.01, 50.0), (425.0, 50.0), (1_000.0, 50.0), (1_025.0, 100.0), (88_000.0, 4_400.0)):
        got = credit(2.0, CreditBase(400_000.0 + over, 90_000.0, 400_000.0, 20_000.0, 0.0), JOINT)
        assert (got.nonrefundable, got.refundable) == (4_400.0 - lost, 0.0)


def test_refundable_part_of_the_child_credit() -> None:
    """Schedule 8812 (2025), lines 16b to 27: 1,700 a child, 15% of earnings above 2,500, or payroll taxes for three."""
    got = credit(2.0, CreditBase(20_000.0, 500.0, 20_000.0, 1_530.0, 0.0), SINGLE)
    assert (got.nonrefundable, got.refundable) == (500.0, 0.15 * 17_500.0)
    capped = credit(1.0, CreditBase(40_000.0, 0.0, 40_000.0, 3_060.0, 0.0), HEAD)
    assert (capped.nonrefundable, capped.refundable) == (0.0, 1_700.0)
    low = credit(2.0, CreditBase(2_400.0, 0.0, 2_400.0, 183.6, 0.0), HEAD)
    assert low.refundable == 0.0
    three = credit(3.0, CreditBase(2_400.0, 0.0, 2_400.0, 183.6, 0.0), HEAD)
    assert three.refundable == 183.6


def test_childless_credit_needs_age_25_to_64() -> None:
    """IRC 32(c)(1)(A)(ii)(II), (d), (i)."""
    section = law(2025).earned_income_credit

    def allowed(status: int, investment: float = 0.0, **family: float) -> bool:
        return earned_income_credit(facts(**family), 9_000.0, 9_000.0, investment, 0.0, status, section) > 0.0

    assert [allowed(SINGLE, age1=age) for age in (24.0, 25.0, 64.0, 65.0)] == [False, True, True, False]
    assert allowed(JOINT, age1=70.0, age2=64.0)
    assert not allowed(JOINT, age1=70.0, age2=65.0)
    assert allowed(SINGLE, age1=70.0, n_children_u17=1.0)
    assert allowed(SINGLE, age1=70.0, n_older_children=1.0)
    assert allowed(SINGLE, age1=40.0, investment=11_950.0)
    assert not allowed(SINGLE, age1=40.0, investment=11_950.01)
    assert not allowed(SEPARATE_TOGETHER, age1=40.0, n_children_u17=1.0)
    assert not allowed(SEPARATE_APART, age1=40.0)
    assert allowed(SEPARATE_APART, age1=40.0, n_children_u17=1.0)


def test_payroll_tax_around_the_wage_base() -> None:
    """Form W-2 (2026), boxes 4 and 6: 6.2 percent to 184,500 and 1.45 percent of all wages."""
    of_year = law(2026)
    for wages in (0.0, 100_000.0, 184_499.99, 184_500.0, 184_500.01, 400_000.0):
        got = employee_payroll_tax(wages, of_year.oasdi, of_year.medicare)
        assert got == pytest.approx(0.062 * min(wages, 184_500.0) + 0.0145 * wages)


def test_conversion_fills_the_bracket_exactly() -> None:
    """Income of a conversion up to the top of a bracket brings ordinary taxable income to that top."""
    top = law(2026).rate_schedule.bracket_top[SINGLE, 2]
    before = facts(wages1=60_000.0, lt_gain=5_000.0, age1=50.0)
    room = top - ordinary_taxable_income(before, ALL_PARTS, SINGLE, law(2026))
    after = form(2026, SINGLE, wages1=60_000.0, lt_gain=5_000.0, age1=50.0, ira_distributions=room)
    assert after.taxable_income - after.preferential_income == pytest.approx(top, abs=1e-6)


@pytest.mark.parametrize(
    ("birth_date", "age", "year"),
    [
        (date(1948, 12, 31), 70.5, 2019),
        (date(1949, 6, 30), 70.5, 2019),
        (date(1949, 7, 1), 72.0, 2021),
        (date(1950, 12, 31), 72.0, 2022),
        (date(1951, 1, 1), 73.0, 2024),
        (date(1959, 6, 15), 73.0, 2032),
        (date(1960, 1, 1), 75.0, 2035),
    ],
)
class TestBeginning:
    """IRC 401(a)(9)(C)(v); Reg. 1.401(a)(9)-2(b)(2), and as proposed for births of 1959."""

    def test_applicable_age_by_birth_date(self, birth_date: date, age: float, year: int) -> None:
        assert applicable_age(birth_date) == age
        assert year

    def test_first_distribution_year(self, birth_date: date, age: float, year: int) -> None:
        assert first_distribution_year(birth_date) == year
        assert age


def test_joint_table_only_for_a_spouse_more_than_ten_years_younger() -> None:
    assert divisor(75, 65) == uniform_divisor(75)
    assert divisor(75, 64) == joint_divisor(75, 64) > uniform_divisor(75)
    assert divisor(75, 80) == divisor(75, None) == uniform_divisor(75)


def test_joint_table_is_symmetric() -> None:
    for owner, spouse in ((75, 60), (72, 25), (100, 110)):
        assert joint_divisor(owner, spouse) == joint_divisor(spouse, owner)


def test_ages_after_the_table_use_its_end() -> None:
    assert uniform_divisor(125) == uniform_divisor(120) == 2.0  # Reg. 1.401(a)(9)-9(c), 120 and older
    assert joint_divisor(125, 60) == joint_divisor(120, 60)
