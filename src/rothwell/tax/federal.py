"""The whole federal return on one page, in Form 1040 order."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rothwell.provision import provision
from rothwell.tax.alternative_minimum import alternative_minimum_tax
from rothwell.tax.capital_gains import capital_gain_or_loss, net_capital_gain, tax_with_preferential_rates
from rothwell.tax.credits import ChildTaxCredit, child_tax_credit
from rothwell.tax.deductions import personal_exemptions, senior_deduction, standard_deduction
from rothwell.tax.net_investment_income import net_investment_income_tax
from rothwell.tax.payroll import (
    additional_medicare_tax,
    employee_payroll_tax,
    self_employment_earnings,
    self_employment_tax,
)
from rothwell.tax.social_security_benefits import taxable_benefits

RETURN_FIELDS = (
    "age1",
    "age2",
    "n_children_u17",
    "wages1",
    "wages2",
    "medicare_wages1",  # Form W-2, box 5: pay before deferrals
    "medicare_wages2",
    "taxable_interest",
    "tax_exempt_interest",
    "ordinary_dividends",
    "qualified_dividends",
    "st_gain",
    "lt_gain",
    "ira_distributions",
    "pension",
    "ss1",
    "ss2",
    "self_employment1",
    "self_employment2",
    "spouse_itemizes",
)
RETURN = np.dtype((np.record, [(name, "f8") for name in RETURN_FIELDS]))


class SelfEmployment(NamedTuple):
    """Self-employment tax of both spouses, the deduction for half of it, and the earnings taxed."""

    tax: float
    deduction: float
    earnings: float


class Income(NamedTuple):
    """Income down to adjusted gross income, and the parts of it that later lines need."""

    agi: float
    taxable_benefits: float
    preferential: float
    investment: float
    earned: float


class Deductions(NamedTuple):
    """Deductions from adjusted gross income."""

    standard: float
    senior: float
    exemptions: float


class Form1040(NamedTuple):
    """The results of a return, in dollars of the year."""

    agi: float
    taxable_ss: float
    deduction: float
    senior_deduction: float
    taxable_income: float
    preferential_income: float
    regular_tax: float
    amt: float
    niit: float
    additional_medicare: float
    self_employment_tax: float
    nonrefundable_credits: float
    refundable_credits: float
    income_tax: float
    total_tax: float
    earned_income: float


NO_SELF_EMPLOYMENT = SelfEmployment(0.0, 0.0, 0.0)
NO_CHILD_TAX_CREDIT = ChildTaxCredit(0.0, 0.0)


@provision
def form_1040(facts, status, law):  # type: ignore[no-untyped-def]
    """The federal return (Form 1040).

    Law:    IRC 1, 24, 55, 61, 62, 63, 86, 151, 1401, 1411, 3101(b)(2).
    Form:   Form 1040 (2025), lines 1z to 28, and Schedule 2.
    Units:  dollars of the year, unrounded; `status` as the index of the law's filing statuses.
    Not modeled: itemized deductions, IRC 199A, the charitable deduction of 170(p), other credits (see `needs`).
    Tests:  test_official_form_1040_examples, test_agreement_with_the_oracle.
    """
    self_employed = facts.self_employment1 > 0.0 or facts.self_employment2 > 0.0
    schedule_se = _self_employment(facts, law) if self_employed else NO_SELF_EMPLOYMENT
    income = _income(facts, schedule_se.deduction, status, law)
    line_11a = income.agi  # adjusted gross income, 62(a)
    deductions = _deductions(facts, line_11a, status, law)
    line_12e = deductions.standard + deductions.exemptions  # standard deduction, 63(c)
    line_13b = deductions.senior  # senior deduction, Schedule 1-A, line 37; 151(d)(5)(C)
    line_14 = line_12e + line_13b  # deductions, 63(b)
    line_15 = max(0.0, line_11a - line_14)  # taxable income, 63(b)
    preferential = income.preferential  # qualified dividends and net capital gain, 1(h)(3), (11)
    line_16 = tax_with_preferential_rates(  # tax, 1(h), (j)
        line_15, preferential, status, law.rate_schedule, law.capital_gains
    )
    line_17 = alternative_minimum_tax(line_11a, line_16, preferential, line_15, status, law)  # minimum tax, 55(a)
    line_18 = line_16 + line_17  # income tax before credits, 26(b)
    credit = NO_CHILD_TAX_CREDIT
    if facts.n_children_u17 > 0.0:
        payroll = _payroll_taxes(facts, schedule_se.deduction, law)  # payroll taxes, Schedule 8812, line 23; 24(d)(2)
        credit = child_tax_credit(
            facts.n_children_u17, line_11a, line_18, income.earned, payroll, status, law.child_tax_credit
        )
    line_19 = credit.nonrefundable  # child tax credit, Schedule 8812, line 14; 24(a)
    line_22 = line_18 - line_19  # tax less nonrefundable credits, 26(a)
    medicare_wages = facts.medicare_wages1 + facts.medicare_wages2  # Forms W-2, box 5
    schedule_2_line_4 = schedule_se.tax  # self-employment tax, Schedule SE, line 12; 1401
    schedule_2_line_11 = additional_medicare_tax(  # additional Medicare tax, Form 8959, line 18; 3101(b)(2), 1401(b)(2)
        medicare_wages, schedule_se.earnings, status, law.additional_medicare
    )
    schedule_2_line_12 = net_investment_income_tax(  # net investment income tax, Form 8960, line 17; 1411(a)(1)
        income.investment, line_11a, status, law.net_investment_income
    )
    line_23 = schedule_2_line_4 + schedule_2_line_11 + schedule_2_line_12  # other taxes, Schedule 2, line 21
    line_24 = line_22 + line_23  # total tax
    line_28 = credit.refundable  # refundable child tax credit, Schedule 8812, line 27; 24(d)
    income_tax = line_22 + schedule_2_line_12 - line_28  # taxes of chapters 1 and 2A less credits
    tax_less_refundable_credits = line_24 - line_28  # line 24 less line 28: what the return costs
    return Form1040(
        line_11a,
        income.taxable_benefits,
        line_12e,
        line_13b,
        line_15,
        min(preferential, line_15),
        line_16,
        line_17,
        schedule_2_line_12,
        schedule_2_line_11,
        schedule_2_line_4,
        line_19,
        line_28,
        income_tax,
        tax_less_refundable_credits,
        income.earned,
    )


@provision
def _payroll_taxes(facts, half_of_self_employment_tax, law):  # type: ignore[no-untyped-def]
    """Payroll taxes of both spouses for the additional child tax credit (Schedule 8812, lines 21 to 23).

    Law:    IRC 24(d)(2).
    Form:   Schedule 8812 (Form 1040) (2025), Part II-B.
    """
    first = employee_payroll_tax(facts.medicare_wages1, law.oasdi, law.medicare)  # Forms W-2 of the filer
    second = employee_payroll_tax(facts.medicare_wages2, law.oasdi, law.medicare)  # Forms W-2 of the spouse
    line_21 = first + second  # 24(d)(2)(A)(i)
    line_22 = half_of_self_employment_tax  # 24(d)(2)(A)(ii)
    line_23 = line_21 + line_22  # 24(d)(2)(A)
    return line_23


@provision
def _deductions(facts, agi, status, law):  # type: ignore[no-untyped-def]
    """Deductions from adjusted gross income (Form 1040, lines 12e and 13b; exemptions where a law has them).

    Law:    IRC 63(b), (c), 151(d)(5).
    Form:   Form 1040 (2025), lines 12e and 13b.
    """
    section = law.standard_deduction
    standard = standard_deduction(facts.age1, facts.age2, status, facts.spouse_itemizes, section)  # 63(c)
    senior = senior_deduction(facts.age1, facts.age2, agi, status, law.senior_deduction)  # 151(d)(5)(C)
    filers = (1.0 if facts.age1 > 0.0 else 0.0) + (1.0 if facts.age2 > 0.0 else 0.0)  # 151(b)
    people = filers + facts.n_children_u17  # 151(c)
    exemptions = 0.0  # 151(d)(5)
    if law.personal_exemption.amount > 0.0:
        exemptions = personal_exemptions(people, agi, status, law.personal_exemption)  # 151(d)(5)
    return Deductions(standard, senior, exemptions)


@provision
def ordinary_taxable_income(facts, status, law):  # type: ignore[no-untyped-def]
    """Taxable income other than qualified dividends and net capital gain, negative where deductions are left over.

    Law:    IRC 63(b), 1(h)(1)(A).
    Form:   Qualified Dividends and Capital Gain Tax Worksheet (2025), line 5, before its floor at zero.
    Units:  dollars of the year; wage earners' and retirees' returns (self-employment is not looked at).
    Tests:  test_conversion_fills_the_bracket_exactly.
    """
    income = _income(facts, 0.0, status, law)
    deductions = _deductions(facts, income.agi, status, law)
    return income.agi - deductions.standard - deductions.senior - deductions.exemptions - income.preferential


@provision
def _income(facts, half_of_self_employment_tax, status, law):  # type: ignore[no-untyped-def]
    """Income and adjusted gross income (Form 1040, lines 1z to 11a).

    Law:    IRC 61, 62(a), 86, 1211(b), 1411(c).
    Form:   Form 1040 (2025), lines 1z to 11a; Schedule 1, line 15; Form 8960, line 8.
    """
    line_1z = facts.wages1 + facts.wages2  # wages, Forms W-2, box 1; 61(a)(1)
    line_2b = facts.taxable_interest  # taxable interest, 61(a)(4)
    line_3b = facts.ordinary_dividends  # ordinary dividends, 61(a)(7)
    line_4b = facts.ira_distributions  # IRA distributions, 408(d)(1)
    line_5b = facts.pension  # pensions and annuities, 72(a), 402(a)
    line_7a = capital_gain_or_loss(facts.st_gain, facts.lt_gain, status, law.capital_gains)  # gain or loss; 1211(b)
    line_8 = facts.self_employment1 + facts.self_employment2  # business profit, Schedule C; 61(a)(2)
    line_10 = half_of_self_employment_tax  # half of self-employment tax, 164(f)
    other = line_1z + line_2b + line_3b + line_4b + line_5b + line_7a + line_8  # all but benefits, for 86(b)(2)
    benefits = facts.ss1 + facts.ss2  # benefits, line 6a; 86(d)(1)
    line_6b = 0.0  # taxable benefits, 86(a)
    if benefits > 0.0:
        line_6b = taxable_benefits(  # taxable benefits, 86(a)
            benefits, other, facts.tax_exempt_interest, line_10, status, law.benefit_taxation
        )
    line_9 = other + line_6b  # total income, 61(a)
    line_11a = line_9 - line_10  # adjusted gross income, 62(a)
    preferential = facts.qualified_dividends + net_capital_gain(
        facts.st_gain, facts.lt_gain
    )  # preferential income, 1(h)(3), (11)
    investment = line_2b + line_3b + line_7a  # investment income, Form 8960, line 8; 1411(c)(1)(A)
    earned = line_1z + line_8 - line_10  # earned income, 32(c)(2)(A)
    return Income(line_11a, line_6b, preferential, investment, earned)


@provision
def _self_employment(facts, law):  # type: ignore[no-untyped-def]
    """Schedule SE of both spouses and the deduction for half of the tax.

    Law:    IRC 1401, 1402, 164(f).
    Form:   Schedule SE (Form 1040) (2025), lines 4a to 13.
    """
    section = law.self_employment
    first = self_employment_tax(facts.self_employment1, facts.medicare_wages1, law.oasdi, section)  # line 12, filer
    second = self_employment_tax(facts.self_employment2, facts.medicare_wages2, law.oasdi, section)  # line 12, spouse
    line_12 = first + second  # 1401(a), (b)(1)
    line_13 = section.deductible_share * line_12  # 164(f)(1)
    first_earnings = self_employment_earnings(facts.self_employment1, section)  # line 6, filer
    second_earnings = self_employment_earnings(facts.self_employment2, section)  # line 6, spouse
    earnings = first_earnings + second_earnings  # Form 8959, line 8
    return SelfEmployment(line_12, line_13, earnings)
