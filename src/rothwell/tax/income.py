"""Income down to adjusted gross income."""

from __future__ import annotations

from typing import NamedTuple

from rothwell.provision import provision
from rothwell.tax.capital_gains import capital_gain_or_loss, net_capital_gain
from rothwell.tax.ira_basis import excluded_gift, form_8606_part_1
from rothwell.tax.ira_contributions import ira_deductions
from rothwell.tax.payroll import self_employment_earnings, self_employment_tax
from rothwell.tax.social_security_benefits import taxable_benefits


class SelfEmployment(NamedTuple):
    """Self-employment tax of both spouses, the deduction for half of it by person, and the earnings taxed."""

    tax: float
    deduction1: float
    deduction2: float
    earnings: float


class Iras(NamedTuple):
    """What Forms 8606 and gifts out of IRAs add to income, the deduction, and the basis that stays, in dollars."""

    taxable: float
    deduction: float
    basis_carried1: float
    basis_carried2: float


class Income(NamedTuple):
    """Income down to adjusted gross income, and the parts of it that later lines need."""

    agi: float
    taxable_benefits: float
    preferential: float
    investment: float
    earned: float
    capital_gain: float
    short_term: float
    long_term: float
    iras: Iras


@provision
def income_of(facts, parts, self_employment, status, law):  # type: ignore[no-untyped-def]
    """Income and adjusted gross income (Form 1040, lines 1z to 11a).

    Law:    IRC 61, 62(a), 86, 1211(b), 1411(c).
    Form:   Form 1040 (2025), lines 1z to 11a; Schedule 1, Part II; Form 8960, line 8.
    Units:  dollars of the year; `law` the whole law record.
    Not modeled: allocation of deductions to investment income on Form 8960, line 9.
    Tests:  test_official_form_1040_examples, test_workers_and_retirees_agree_to_the_dollar.
    """
    line_1z = facts.wages1 + facts.wages2  # wages, Forms W-2, box 1; 61(a)(1)
    line_2b = facts.taxable_interest  # taxable interest, 61(a)(4)
    line_3b = facts.ordinary_dividends  # ordinary dividends, 61(a)(7)
    line_5b = facts.pension  # pensions and annuities, 72(a), 402(a)
    short_term = facts.st_gain - facts.st_loss_carryover  # Schedule D, line 7; 1212(b)(1)(A)
    long_term = facts.lt_gain - facts.lt_loss_carryover  # Schedule D, line 15; 1212(b)(1)(B)
    line_7a = capital_gain_or_loss(short_term, long_term, status, law.capital_gains)  # gain or loss; 1211(b)
    business = facts.self_employment1 + facts.self_employment2  # Schedule C; 61(a)(2)
    line_8 = business + facts.other_income  # additional income, Schedule 1, line 10; 61(a)
    before_iras = line_1z + line_2b + line_3b + line_5b + line_7a + line_8  # all but IRAs and benefits
    half = self_employment.deduction1 + self_employment.deduction2  # Schedule 1, line 15; 164(f)
    plans = facts.self_employed_plan1 + facts.self_employed_plan2  # Schedule 1, line 16; 404(a)(8), 62(a)(6)
    health = facts.self_employed_health1 + facts.self_employed_health2  # Schedule 1, line 17; 162(l)
    adjustments = half + plans + health + facts.hsa_deduction + facts.other_adjustments  # without IRAs; 62(a)
    benefits = facts.ss1 + facts.ss2  # benefits, line 6a; 86(d)(1)
    iras = _iras(facts, parts, (before_iras, adjustments), self_employment, status, law)  # Form 8606; 219
    line_4b = facts.ira_distributions + iras.taxable  # IRA distributions, 408(d)(1)
    other = before_iras + line_4b  # all but benefits, for 86(b)(2)
    line_10 = adjustments + iras.deduction  # adjustments, Schedule 1, line 26; 62(a)
    line_6b = 0.0  # taxable benefits, 86(a)
    if parts.benefits:
        line_6b = taxable_benefits(  # taxable benefits, 86(a)
            benefits, other, facts.tax_exempt_interest, line_10, status, law.benefit_taxation
        )
    line_9 = other + line_6b  # total income, 61(a)
    line_11a = line_9 - line_10  # adjusted gross income, 62(a)
    net_gain = net_capital_gain(short_term, long_term)  # 1222(11)
    preferential = facts.qualified_dividends + net_gain  # preferential income, 1(h)(3), (11)
    investment = line_2b + line_3b + line_7a  # investment income, Form 8960, line 8; 1411(c)(1)(A)
    earned = line_1z + business - half  # earned income, 32(c)(2)(A)
    return Income(line_11a, line_6b, preferential, investment, earned, line_7a, short_term, long_term, iras)


@provision
def _iras(facts, parts, other, self_employment, status, law):  # type: ignore[no-untyped-def]
    """Traditional IRAs: the deduction, the taxable part of what came out, gifts out of them (Form 8606).

    The deduction depends on income, income on the taxable part, and that on what is not deducted. Pub. 590-B ends the
    circle: for the deduction, the taxable part is figured as if nothing were deducted.

    Law:    IRC 219(g)(3)(A), 408(d)(1), (2), (8), 408(o).
    Form:   Form 8606 (2025); Worksheet 1-1 of Pub. 590-B (2024).
    Units:  dollars of the year; `other` the income without IRAs and benefits, and the other adjustments.
    """
    added, deduction, basis1, basis2 = 0.0, 0.0, 0.0, 0.0  # nothing without IRAs
    if parts.iras:
        before, adjustments = other  # income without IRAs and benefits, adjustments; 62(a)
        gifts = excluded_gift(facts.qcd1, facts.age1, law.qualified_charitable_distribution)  # 408(d)(8)
        gifts += excluded_gift(facts.qcd2, facts.age2, law.qualified_charitable_distribution)  # 408(d)(8)
        income = before + facts.ira_distributions - gifts  # without Form 8606
        one, two = facts.ira_contributions1, facts.ira_contributions2  # as if none were deducted, Pub. 590-B
        first = form_8606_part_1(  # Worksheet 1-1, filer
            one, facts.ira_basis1, facts.ira_year_end1, facts.ira_withdrawals1, facts.ira_conversions1
        )
        second = form_8606_part_1(  # Worksheet 1-1, spouse
            two, facts.ira_basis2, facts.ira_year_end2, facts.ira_withdrawals2, facts.ira_conversions2
        )
        taxable = first.taxable_withdrawals + first.taxable_conversion  # for the deduction alone, filer
        taxable += second.taxable_withdrawals + second.taxable_conversion  # and spouse
        benefits = taxable_benefits(  # for the deduction alone, 219(g)(3)(A)(i)
            facts.ss1 + facts.ss2,
            income + taxable,
            facts.tax_exempt_interest,
            adjustments,
            status,
            law.benefit_taxation,
        )
        magi = income + taxable + benefits - adjustments  # 219(g)(3)(A)
        profit1 = facts.self_employment1 - self_employment.deduction1 - facts.self_employed_plan1  # 401(c)(2)
        profit2 = facts.self_employment2 - self_employment.deduction2 - facts.self_employed_plan2  # 401(c)(2)
        pay1 = facts.wages1 + max(0.0, profit1)  # compensation, 219(f)(1)
        pay2 = facts.wages2 + max(0.0, profit2)  # compensation, 219(f)(1)
        found = ira_deductions(facts, magi, pay1, pay2, status, law)  # Schedule 1, line 20; 219
        first_final = form_8606_part_1(  # Form 8606, filer
            found.nondeductible1, facts.ira_basis1, facts.ira_year_end1, facts.ira_withdrawals1, facts.ira_conversions1
        )
        second_final = form_8606_part_1(  # Form 8606, spouse
            found.nondeductible2, facts.ira_basis2, facts.ira_year_end2, facts.ira_withdrawals2, facts.ira_conversions2
        )
        of_first = first_final.taxable_withdrawals + first_final.taxable_conversion  # lines 15c and 18, filer
        of_second = second_final.taxable_withdrawals + second_final.taxable_conversion  # lines 15c and 18, spouse
        added = of_first + of_second - gifts  # 408(d)(1), (8)
        deduction = found.deduction1 + found.deduction2  # Schedule 1, line 20; 219(a)
        basis1, basis2 = first_final.basis_carried, second_final.basis_carried  # line 14
    return Iras(added, deduction, basis1, basis2)


@provision
def self_employment_of(facts, parts, law):  # type: ignore[no-untyped-def]
    """Schedule SE of both spouses and the deductions for half of the tax.

    Law:    IRC 1401, 1402, 164(f).
    Form:   Schedule SE (Form 1040) (2025), lines 4a to 13.
    """
    line_12, half_of_first, half_of_second, earnings = 0.0, 0.0, 0.0, 0.0  # none without a business
    if parts.business:
        section = law.self_employment
        first = self_employment_tax(facts.self_employment1, facts.medicare_wages1, law.oasdi, section)  # filer
        second = self_employment_tax(facts.self_employment2, facts.medicare_wages2, law.oasdi, section)  # spouse
        line_12 = first + second  # 1401(a), (b)(1)
        half_of_first = section.deductible_share * first  # line 13, filer; 164(f)(1)
        half_of_second = section.deductible_share * second  # line 13, spouse; 164(f)(1)
        first_earnings = self_employment_earnings(facts.self_employment1, section)  # line 6, filer
        second_earnings = self_employment_earnings(facts.self_employment2, section)  # line 6, spouse
        earnings = first_earnings + second_earnings  # Form 8959, line 8
    return SelfEmployment(line_12, half_of_first, half_of_second, earnings)
