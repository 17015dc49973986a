"""The whole federal return on one page, in Form 1040 order."""

from __future__ import annotations

from rothwell.provision import provision
from rothwell.tax.alternative_minimum import (
    MinimumTaxBase,
    minimum_tax,
    minimum_tax_credit,
    minimum_tax_credit_generated,
)
from rothwell.tax.capital_gains import capital_loss_carried, tax_with_preferential_rates
from rothwell.tax.child_tax_credit import CreditBase, child_tax_credit
from rothwell.tax.deductions import is_smaller, personal_exemptions, senior_deduction, standard_deduction
from rothwell.tax.early_distributions import early_distribution_tax
from rothwell.tax.earned_income_credit import disqualified_income, earned_income_credit
from rothwell.tax.elderly_credit import elderly_credit
from rothwell.tax.facts import ALL_PARTS, RETURN, Facts, Parts, parts_of
from rothwell.tax.form_lines import Credits, Deductions, Form1040, OtherTaxes, TaxLines
from rothwell.tax.income import income_of, self_employment_of
from rothwell.tax.itemized_deductions import gift_without_itemizing, itemized_deductions, overall_limit
from rothwell.tax.net_investment_income import net_investment_income_tax
from rothwell.tax.payroll import additional_medicare_tax, employee_payroll_tax
from rothwell.tax.premium_tax_credit import premium_tax_credit
from rothwell.tax.qualified_business_income import qualified_business_income, qualified_business_income_deduction
from rothwell.tax.savers_credit import savers_credit

__all__ = ["ALL_PARTS", "RETURN", "Facts", "Form1040", "Parts", "form_1040", "parts_of"]


@provision
def form_1040(facts, status, law):  # type: ignore[no-untyped-def]
    """The federal return (Form 1040), with the deductions, itemized or not, that make the tax smaller.

    Law:    IRC 1, 21 to 26, 32, 36B, 53, 55, 61 to 63, 86, 151, 199A, 1401, 1411, 3101(b)(2).
    Form:   Form 1040 (2025), lines 1z to 28, and Schedules 1 to 3.
    Units:  dollars of the year, unrounded; `status` as the index of the law's filing statuses.
    Not modeled: credits for education, child and dependent care, energy and foreign tax; student loan interest and the
            deductions for tips, overtime and car loans as such (`other_adjustments` takes the first).
    Tests:  test_official_form_1040_examples, test_workers_and_retirees_agree_to_the_dollar.
    """
    return best_return(facts, parts_of(facts, law), status, law)


@provision
def best_return(facts, parts, status, law):  # type: ignore[no-untyped-def]
    """The return with the larger deduction, or with the other one where the minimum tax makes that cheaper.

    Law:    IRC 63(b), (d), (e): itemizing, even nothing, is an election; it raises the limit of 199A(a)(2).
    Units:  dollars of the year; `parts` are those of `parts_of`.
    Tests:  test_smaller_itemized_deductions_win_under_the_minimum_tax, test_itemizing_nothing_under_the_minimum_tax.
    """
    form = return_by_choice(facts, parts, 0.0, status, law)
    if form.amt > 0.0 and (form.other_choice > 0.0 or parts.business):
        other = return_by_choice(facts, parts, 1.0, status, law)
        if is_smaller(other.total_tax, form.total_tax):
            form = other
    return form


@provision
def return_by_choice(facts, parts, other_choice, status, law):  # type: ignore[no-untyped-def]
    """The federal return (Form 1040).

    Law:    IRC 1, 21 to 26, 32, 36B, 53, 55, 61 to 63, 86, 151, 199A, 1401, 1411, 3101(b)(2).
    Form:   Form 1040 (2025), lines 1z to 32, and Schedules 1 to 3.
    Units:  dollars of the year, unrounded; `other_choice` 0 for the larger of standard and itemized deductions, 1 for
            the smaller.
    """
    schedule_se = self_employment_of(facts, parts, law)
    income = income_of(facts, parts, schedule_se, status, law)
    return return_of_income(facts, parts, (income, schedule_se), other_choice, status, law)


@provision
def return_of_income(facts, parts, sources, other_choice, status, law):  # type: ignore[no-untyped-def]
    """The federal return from adjusted gross income on (Form 1040, lines 11a to 32).

    Law:    IRC 1, 21 to 26, 32, 36B, 53, 55, 63, 151, 199A, 1401, 1411, 3101(b)(2).
    Form:   Form 1040 (2025), lines 11a to 32, and Schedules 1 to 3.
    Units:  dollars of the year; `sources` the income and the self-employment of the return.
    """
    income, schedule_se = sources
    line_11a = income.agi  # adjusted gross income, 62(a)
    deductions = _deductions(facts, parts, (income, schedule_se), other_choice, status, law)
    line_12e = deductions.taken  # standard or itemized deductions, 63(b), (c), (d)
    line_13a = deductions.business  # qualified business income, 199A
    line_13b = deductions.senior  # senior deduction, Schedule 1-A, line 37; 151(d)(5)(C)
    exemptions = deductions.exemptions  # none under current law, 151(d)(5)
    line_14 = line_12e + line_13a + line_13b + exemptions  # deductions, 63(b)
    line_15 = max(0.0, line_11a - line_14)  # taxable income, 63(b)
    preferential = income.preferential  # qualified dividends and net capital gain, 1(h)(3), (11)
    line_16 = tax_with_preferential_rates(line_15, preferential, parts.tax_table, status, law)  # tax, 1(h), (j), 3
    base = MinimumTaxBase(
        income=line_11a - line_14,
        taxable=line_15,
        preferential=preferential,
        exclusions=deductions.added_back + facts.private_activity_interest,
        deferrals=facts.incentive_stock_spread,
    )
    minimum = minimum_tax(base, line_16, status, law)  # Form 6251; 55(a)
    premium_credit, repayment = 0.0, 0.0  # Form 8962; 36B
    if parts.premiums:
        premiums = _premium_credit(facts, income, status, law)  # Form 8962; 36B
        premium_credit, repayment = premiums.net, premiums.repayment  # lines 26 and 29
    line_17 = minimum.tax + repayment  # minimum tax and repaid advance credit, 55(a), 36B(f)(2)
    line_18 = line_16 + line_17  # income tax before credits, 26(b)
    against = _credits(facts, parts, (income, schedule_se), (line_18, line_16, minimum, base), status, law)
    line_19 = against.child  # child tax credit, Schedule 8812, line 14; 24(a)
    line_20 = against.savers + against.minimum_tax + against.elderly  # Schedule 3, lines 4, 6b, 6d; 25B, 53, 22
    line_22 = line_18 - line_19 - line_20  # tax less nonrefundable credits, 26(a)
    others = _other_taxes(facts, parts, income, schedule_se, status, law)  # Schedule 2, Part II
    line_23 = others.self_employment + others.early + others.additional_medicare + others.investment  # line 21
    line_24 = line_22 + line_23  # total tax
    line_27 = against.earned_income  # earned-income credit, 32
    line_28 = against.child_refundable  # refundable child tax credit, Schedule 8812, line 27; 24(d)
    line_31 = premium_credit  # net premium tax credit, Schedule 3, line 9; 36B
    line_32 = line_27 + line_28 + line_31  # refundable credits
    income_tax = line_22 + others.investment - line_32  # taxes of chapters 1 and 2A less credits
    tax_less_refundable_credits = line_24 - line_32  # line 24 less line 32: what the return costs
    losses = capital_loss_carried(  # 1212(b)
        income.short_term, income.long_term, line_11a - line_14, status, law.capital_gains
    )
    lines = TaxLines(line_15, line_16, minimum.tax, line_19 + line_20, line_32, income_tax, tax_less_refundable_credits)
    return _results(income, deductions, others, against, losses, line_31 - repayment, lines)


@provision
def _results(income, deductions, others, against, losses, premium_credit, lines):  # type: ignore[no-untyped-def]
    """The parts of a return as its results.

    Law:    IRC 6011(a): what a return shows.
    """
    return Form1040(
        agi=income.agi,
        taxable_ss=income.taxable_benefits,
        itemizes=deductions.itemizes,
        deduction=deductions.taken,
        senior_deduction=deductions.senior,
        qbi_deduction=deductions.business,
        taxable_income=lines.taxable_income,
        preferential_income=min(income.preferential, lines.taxable_income),
        regular_tax=lines.regular_tax,
        amt=lines.amt,
        niit=others.investment,
        additional_medicare=others.additional_medicare,
        self_employment_tax=others.self_employment,
        early_distribution_tax=others.early,
        nonrefundable_credits=lines.nonrefundable,
        refundable_credits=lines.refundable,
        income_tax=lines.income_tax,
        total_tax=lines.total_tax,
        earned_income=income.earned,
        child_tax_credit=against.child + against.child_refundable,
        elderly_credit=against.elderly,
        savers_credit=against.savers,
        earned_income_credit=against.earned_income,
        premium_tax_credit=premium_credit,
        minimum_tax_credit_used=against.minimum_tax,
        minimum_tax_credit_carried=against.minimum_tax_carried,
        taxable_ira=income.iras.taxable,
        ira_deduction=income.iras.deduction,
        ira_basis_carried1=income.iras.basis_carried1,
        ira_basis_carried2=income.iras.basis_carried2,
        st_loss_carried=losses.short_term,
        lt_loss_carried=losses.long_term,
        qbi_loss_carried=deductions.business_loss,
        gifts_carried=deductions.gifts_carried,
        other_choice=deductions.other_choice,
    )


@provision
def _other_taxes(facts, parts, income, schedule_se, status, law):  # type: ignore[no-untyped-def]
    """Other taxes (Schedule 2, Part II).

    Law:    IRC 72(t), 1401, 1411, 3101(b)(2).
    Form:   Schedule 2 (Form 1040) (2025), lines 4 to 12.
    Units:  dollars of the year.
    """
    line_4 = schedule_se.tax  # self-employment tax, Schedule SE, line 12; 1401
    line_8 = 0.0  # additional tax on early distributions, Form 5329, line 4; 72(t)
    if parts.early:
        line_8 = early_distribution_tax(facts, law.early_distribution)  # Form 5329, line 4; 72(t)
    medicare_wages = facts.medicare_wages1 + facts.medicare_wages2  # Forms W-2, box 5
    line_11 = 0.0  # additional Medicare tax, Form 8959, line 18; 3101(b)(2), 1401(b)(2)
    if parts.earners:
        line_11 = additional_medicare_tax(  # Form 8959, line 18; 3101(b)(2), 1401(b)(2)
            medicare_wages, schedule_se.earnings, status, law.additional_medicare
        )
    line_12 = net_investment_income_tax(  # Schedule 2, line 12: net investment income tax, Form 8960; 1411(a)(1)
        income.investment, income.agi, status, law.net_investment_income
    )
    return OtherTaxes(line_4, line_8, line_11, line_12)


@provision
def _deductions(facts, parts, sources, other_choice, status, law):  # type: ignore[no-untyped-def]
    """Deductions from adjusted gross income (Form 1040, lines 12e to 13b; exemptions where a law has them).

    Law:    IRC 63(b) to (e), 68, 151(d)(5), 170(p), 199A.
    Form:   Form 1040 (2025), lines 12e to 13b.
    Units:  dollars of the year; `sources` the income and the self-employment of the return.
    """
    income, schedule_se = sources
    standard = standard_deduction(facts, status, law.standard_deduction)  # 63(c)
    senior = senior_deduction(facts.age1, facts.age2, income.agi, status, law.senior_deduction)  # 151(d)(5)(C)
    exemptions = 0.0  # 151(d)(5)
    if parts.exemptions:
        filers = (1.0 if facts.age1 > 0.0 else 0.0) + (1.0 if facts.age2 > 0.0 else 0.0)  # 151(b)
        people = filers + facts.n_children_u17 + facts.n_older_children + facts.n_other_dependents  # 151(c)
        exemptions = personal_exemptions(people, income.agi, status, law.personal_exemption)  # 151(d)(5)
    total, taxes, carried = 0.0, 0.0, 0.0  # Schedule A: all deductions, taxes among them, gifts for later years
    gift = 0.0  # of those who do not itemize, 170(p)
    first_limit = 0.0  # the overall limit before section 199A, for the choice alone; 68
    after_others = income.agi - senior - exemptions  # before the deductions of either way
    if parts.itemized:
        itemized = itemized_deductions(facts, income.agi, status, law)  # Schedule A, 63(d)
        total, taxes = itemized.total, itemized.taxes  # lines 17 and 7
        carried = itemized.gifts_carried_cash + itemized.gifts_carried_property  # 170(d)(1)
        gift = gift_without_itemizing(facts.charity_cash, income.agi, status, law)  # 170(p)
        first_limit = overall_limit(total, after_others - total, status, law)  # 68(a)
    without = standard + gift  # not itemizing, 63(b)
    larger = 1.0 if total - first_limit > without else 0.0  # itemizing is the larger, 63(e)
    itemizes = larger + other_choice - (1.0 + 1.0) * larger * other_choice  # one or the other
    chosen = total if itemizes > 0.0 else without  # 63(b), (d)
    not_chosen = without if itemizes > 0.0 else total  # what the other way would deduct
    business, loss = 0.0, 0.0  # qualified business income, 199A
    if parts.business:
        found = _business_deduction(facts, schedule_se, after_others - chosen, income.preferential, status, law)
        business, loss = found.deduction, found.loss_carried  # Form 8995, lines 15 and 16
    limit = 0.0  # 68
    if parts.itemized:
        reduction = overall_limit(total, after_others - chosen - business, status, law)  # 68(a)
        limit = itemizes * reduction  # 68
    taken = chosen - limit  # Form 1040, line 12e
    of_way = standard if itemizes <= 0.0 else taxes  # not for the minimum tax, 56(b)(1)(A)(ii), (D)
    of_people = senior + exemptions  # deductions of section 151, not for the minimum tax, 56(b)(1)(D)
    added_back = of_way + of_people - limit  # and no overall limit in it, 56(b)(1)(E)
    return Deductions(taken, senior, exemptions, business, loss, itemizes, added_back, carried, not_chosen)


@provision
def _business_deduction(facts, schedule_se, taxable_income_before, net_capital_gain, status, law):  # type: ignore[no-untyped-def]
    """The deduction for qualified business income of both spouses' businesses (Form 1040, line 13a).

    Law:    IRC 199A.
    Form:   Form 8995 or 8995-A (2025).
    """
    first = qualified_business_income(  # Form 8995, line 1i; 199A(c)
        facts.self_employment1, schedule_se.deduction1, facts.self_employed_plan1, facts.self_employed_health1
    )
    second = qualified_business_income(  # Form 8995, line 1ii; 199A(c)
        facts.self_employment2, schedule_se.deduction2, facts.self_employed_plan2, facts.self_employed_health2
    )
    return qualified_business_income_deduction(
        facts, first, second, taxable_income_before, net_capital_gain, status, law
    )


@provision
def _credits(facts, parts, sources, taxes, status, law):  # type: ignore[no-untyped-def]
    """Credits against the tax, in the order in which they use it up, and refundable ones.

    Law:    IRC 22, 24, 25B, 26(a), 32, 53.
    Form:   Schedule 3 (Form 1040) (2025), lines 4, 6b and 6d; Form 1040, lines 19, 27 and 28.
    Units:  dollars of the year; `sources` the income and the self-employment of the return; `taxes` the tax before
            credits, the regular tax, the minimum tax and what that was figured from.
    """
    income, schedule_se = sources
    tax, regular_tax, minimum, base = taxes  # Form 1040, lines 18 and 16, and Form 6251
    benefits = income.taxable_benefits  # Form 1040, line 6b
    elderly = 0.0  # Schedule R, line 22; 22
    if parts.elderly:
        elderly = elderly_credit(facts, income.agi, benefits, tax, status, law.elderly_credit)  # line 22; 22
    savers = 0.0  # Form 8880; 25B
    if parts.savings:
        savers = savers_credit(facts, income.agi, tax - elderly, status, law.savers_credit)  # Schedule 3, line 4; 25B
    earned = 0.0  # earned-income credit, 32
    if parts.earnings:
        investment = disqualified_income(facts, income.capital_gain)  # 32(i)(2)
        earned = earned_income_credit(  # line 27; 32
            facts, income.agi, income.earned, investment, parts.tax_table, status, law.earned_income_credit
        )
    nonrefundable, refundable = 0.0, 0.0  # child tax credit, Schedule 8812; 24
    if parts.dependents:
        payroll = _payroll_taxes(facts, schedule_se.deduction1 + schedule_se.deduction2, law)  # 24(d)(2)
        of_return = CreditBase(income.agi, tax - elderly - savers, income.earned, payroll, earned)
        child = child_tax_credit(facts, of_return, status, law.child_tax_credit)  # Schedule 8812; 24
        nonrefundable, refundable = child.nonrefundable, child.refundable  # lines 14 and 27
    used, carried = 0.0, 0.0  # credit for minimum tax of earlier years, Form 8801; 53
    if parts.carryovers:
        used = minimum_tax_credit(  # Form 8801, line 25
            facts.minimum_tax_credit, regular_tax - elderly - savers - nonrefundable, minimum.tentative
        )
        generated = minimum_tax_credit_generated(base, minimum.tax, regular_tax, status, law)  # line 18
        carried = facts.minimum_tax_credit - used + generated  # line 26; 53(b)
    return Credits(elderly, savers, nonrefundable, refundable, earned, used, carried)


@provision
def _premium_credit(facts, income, status, law):  # type: ignore[no-untyped-def]
    """The premium tax credit (Form 8962).

    Law:    IRC 36B(d)(2).
    Form:   Form 8962 (2025), lines 1 to 3.
    """
    untaxed_benefits = facts.ss1 + facts.ss2 - income.taxable_benefits  # 36B(d)(2)(B)(iii)
    magi_ptc = income.agi + facts.tax_exempt_interest + untaxed_benefits  # line 3; 36B(d)(2)(B)
    spouse = 1.0 if facts.age2 > 0.0 else 0.0  # 36B(d)(1)
    people = 1.0 + spouse + facts.n_children_u17 + facts.n_older_children + facts.n_other_dependents  # 36B(d)(1)
    line_1 = facts.household_size if facts.household_size > 0.0 else people  # tax family, 36B(d)(1)
    return premium_tax_credit(facts, magi_ptc, line_1, status, law.premium_tax_credit)


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
def ordinary_taxable_income(facts, parts, status, law):  # type: ignore[no-untyped-def]
    """Taxable income other than qualified dividends and net capital gain, negative where deductions are left over.

    Law:    IRC 63(b), 1(h)(1)(A).
    Form:   Qualified Dividends and Capital Gain Tax Worksheet (2025), line 5, before its floor at zero.
    Units:  dollars of the year.
    Tests:  test_conversion_fills_the_bracket_exactly.
    """
    schedule_se = self_employment_of(facts, parts, law)
    income = income_of(facts, parts, schedule_se, status, law)
    deductions = _deductions(facts, parts, (income, schedule_se), 0.0, status, law)
    whole = deductions.taken + deductions.senior + deductions.exemptions + deductions.business  # 63(b)
    return income.agi - whole - income.preferential
