"""Credits of states that are paid out where there is no tax left, the earned-income credit apart."""

from __future__ import annotations

import math

from rothwell.law.figures import SEPARATE_APART, SEPARATE_TOGETHER
from rothwell.provision import provision, seldom
from rothwell.tax.deductions import people_of_age
from rothwell.tax.earned_income_credit import disqualified_income
from rothwell.tax.state_brackets import tax_by_brackets
from rothwell.tax.state_facts import dependents_of
from rothwell.tax.state_new_jersey import is_below_threshold


@provision
def credits_paid_out(facts, own, federal, of_return, status, law, state):  # type: ignore[no-untyped-def]
    """All of them; a kicker without last year's tax is estimated from this year's.

    Law:    each state's own; Or. Const. art. IX, section 14.
    Units:  dollars of the year; `of_return` the state's income, taxable income and tax before credits; `law` the
            federal law.
    Tests:  test_oregon_pays_the_kicker_on_last_years_tax.
    """
    income, taxable_income, tax = of_return
    paid_out = state.kicker.share * (own.last_years_tax if own.last_years_tax > 0.0 else tax)
    children = facts.n_children_u17 + facts.n_older_children
    if state.working_family_credit.child > 0.0 and children + max(0.0, federal.earned_income) > 0.0:
        paid_out += working_family_credit(facts, federal, status, law, state.working_family_credit)
    if state.child_credit.each > 0.0:
        paid_out += child_credit(facts, own, federal, status, state.child_credit)
    if state.young_child_credit.amount[0] > 0.0 and status < SEPARATE_APART:
        paid_out += young_child_credit(own, taxable_income, state.young_child_credit)
    if state.circuit_breaker.share > 0.0:
        paid_out += circuit_breaker(facts, federal, income, status, state)
    if state.property_tax_credit.instead[status] > 0.0 and facts.real_estate_tax > 0.0:
        paid_out += credit_instead_of_deduction(facts, of_return, status, state)
    return paid_out


@seldom
def working_family_credit(facts, federal, status, federal_law, law):  # type: ignore[no-untyped-def]
    """A credit for children and for earned income that is paid out, and falls with income.

    Law:    Minn. Stat. 290.0661, 290.0671; IRC 32(d), (i).
    Form:   Schedule M1CWFC (2025).
    Units:  dollars of the year; `federal_law` the federal law, `law` the state's section of the credit.
    Not modeled: children of 17, who are taken for 18 and over; the credit paid in advance.
    Tests:  test_minnesota_pays_families, test_minnesotas_working_family_credit_needs_age_and_a_joint_return,
            test_minnesota_pays_for_older_children.
    """
    younger, older = facts.n_children_u17, facts.n_older_children
    first = facts.age1 >= law.age_from and facts.age1 < law.age_below
    second = facts.age2 >= law.age_from and facts.age2 < law.age_below
    gains = facts.st_gain + facts.lt_gain - facts.st_loss_carryover - facts.lt_loss_carryover
    little = disqualified_income(facts, gains) <= federal_law.earned_income_credit.investment_income_limit
    separate = status == SEPARATE_TOGETHER or (status == SEPARATE_APART and younger + older <= 0.0)
    if separate or not little:
        return 0.0
    earned = max(0.0, federal.earned_income)
    of_earnings = law.share * min(earned, law.earnings) if younger + older > 0.0 or first or second else 0.0
    of_older = 0.0
    for number in range(law.older.size):
        of_older = law.older[number] if older > number else of_older
    over = max(0.0, max(earned, federal.agi) - law.start[status])
    rate = law.rate_of_older if older > 0.0 and younger <= 0.0 else law.rate
    return max(0.0, law.child * younger + of_earnings + of_older - rate * over)


@seldom
def child_credit(facts, own, federal, status, law):  # type: ignore[no-untyped-def]
    """A credit for children that is paid out, and falls by whole steps of income.

    Law:    M.G.L. c. 62, section 6(x); N.Y. Tax Law 606(c-1).
    Form:   Form IT-213 (2025), lines 1 to 9: line 6 is rounded down to a thousand.
    Units:  dollars of the year; `law` the state's section of the credit.
    Tests:  test_new_york_pays_for_children_by_income.
    """
    over = max(0.0, federal.agi - law.start[status])
    steps = math.floor(over / law.step)
    whole = law.each * facts.n_children_u17 + law.under_four * own.n_children_u4
    return max(0.0, whole - law.lost * steps)


@seldom
def young_child_credit(own, taxable_income, law):  # type: ignore[no-untyped-def]
    """A credit for each child under 6 that is paid out, by the state's taxable income.

    Law:    N.J.S.A. 54A:4-17.1.
    Form:   Form NJ-1040 instructions (2025), line 65.
    Units:  dollars of the year; `law` the state's section of the credit.
    Tests:  test_new_jersey_pays_for_children_under_six.
    """
    amount = law.amount[0]
    for tier in range(law.top.size):
        amount = law.amount[tier + 1] if taxable_income > law.top[tier] else amount
    return amount * own.n_children_u6


@seldom
def credit_instead_of_deduction(facts, of_return, status, state):  # type: ignore[no-untyped-def]
    """What a credit in the place of the deduction for real estate taxes is worth beyond the deduction.

    Whose income is too small for any tax has the credit only if old or blind.

    Law:    N.J.S.A. 54A:3A-17, 54A:3A-20.
    Units:  dollars of the year; `of_return` the state's income, taxable income and tax with the deduction.
    Tests:  test_new_jersey_pays_the_property_tax_credit_where_the_deduction_is_worth_less.
    """
    income, taxable_income, tax = of_return
    credit = state.property_tax_credit.instead[status]
    if is_below_threshold(income, status, state.filing_threshold):
        old = people_of_age(facts.age1, facts.age2, state.exemption.aged_from)
        return credit if old + facts.blind1 + facts.blind2 > 0.0 else 0.0
    deducted = min(facts.real_estate_tax, state.itemized_deductions.property_tax_cap[status])
    saved = tax_by_brackets(taxable_income + deducted, status, state.brackets) - tax
    return max(0.0, credit - saved)


@seldom
def circuit_breaker(facts, federal, income, status, state):  # type: ignore[no-untyped-def]
    """Real estate taxes of the old above a share of their income, paid back.

    Law:    M.G.L. c. 62, section 6(k).
    Form:   Schedule CB of Form 1 (2025).
    Units:  dollars of the year; `income` the state's adjusted gross income.
    Not modeled: the assessed value above which there is none; rent.
    Tests:  test_massachusetts_pays_real_estate_tax_back_to_the_old.
    """
    law, exemption = state.circuit_breaker, state.exemption
    dependents = dependents_of(facts)
    old = people_of_age(facts.age1, facts.age2, exemption.aged_from)
    of_people = (
        exemption.aged * old + exemption.blind * (facts.blind1 + facts.blind2) + exemption.dependent * dependents
    )
    whole = max(0.0, income + facts.ss1 + facts.ss2 + facts.tax_exempt_interest - of_people)
    allowed = people_of_age(facts.age1, facts.age2, law.age) > 0.0 and whole <= law.income_limit[status]
    return min(law.most, max(0.0, facts.real_estate_tax - law.share * whole)) if allowed else 0.0
