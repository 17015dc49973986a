"""Credits on a state's return."""

from __future__ import annotations

import math
from typing import NamedTuple

from rothwell.provision import provision, seldom
from rothwell.tax.deductions import people_of_age
from rothwell.tax.state_couples import marriage_credit
from rothwell.tax.state_facts import all_retirement_of, dependents_of


@provision
def credits_against_tax(facts, own, federal, taxable_income, status, state):  # type: ignore[no-untyped-def]
    """The credits that only reduce the tax, the earned-income credit apart.

    Law:    each state's own.
    Units:  dollars of the year.
    """
    against = exemption_credits(facts, federal, status, state.exemption_credit)
    against += property_tax_credit(facts, federal, status, state.property_tax_credit)
    against += itemizer_credit(facts, federal, state.itemizer_credit)
    against += senior_credit(facts, federal, status, state.senior_credit)
    if state.retirement_credit.share > 0.0:
        against += retirement_credit(facts, own, federal, status, state.retirement_credit)
    of_two = state.marriage_credit.most > 0.0 and facts.age2 > 0.0
    if of_two and taxable_income >= state.marriage_credit.taxable_income:
        against += marriage_credit(facts, own, federal, taxable_income, status, state)
    return against


@provision
def exemption_credits(facts, federal, status, law):  # type: ignore[no-untyped-def]
    """Credits for filers, dependents and the old, as far as income leaves them.

    Law:    each state's own; Cal. Rev. & Tax. Code 17054; Or. Rev. Stat. 316.085.
    Units:  dollars of the year; `law` the state's section of exemption credits.
    """
    over = max(0.0, federal.agi - law.phase_out_start[status])
    steps = math.ceil(over / law.phase_out_step[status]) if over > 0.0 else 0.0
    lost = steps * law.phase_out_amount  # from each credit
    filers = 1.0 + (1.0 if facts.age2 > 0.0 else 0.0)
    old = people_of_age(facts.age1, facts.age2, law.aged_from)
    blind = facts.blind1 + facts.blind2
    dependents = dependents_of(facts)
    of_filers = max(0.0, law.filer[status] + law.aged * old + law.blind * blind - lost * (filers + old + blind))
    of_dependents = max(0.0, dependents * (law.dependent - lost))
    return (of_filers + of_dependents) if federal.agi <= law.income_limit[status] else 0.0


@provision
def property_tax_credit(facts, federal, status, law):  # type: ignore[no-untyped-def]
    """A share of real estate taxes as a credit.

    Law:    each state's own; 35 ILCS 5/208.
    Units:  dollars of the year; `law` the state's section of the credit.
    """
    return law.share * facts.real_estate_tax if federal.agi <= law.income_limit[status] else 0.0


@provision
def itemizer_credit(facts, federal, law):  # type: ignore[no-untyped-def]
    """A credit for those who itemize on both returns.

    Law:    O.C.G.A. 48-7-27.1.
    Units:  dollars of the year; `law` the state's section of the credit.
    Tests:  test_georgia_pays_each_itemizer.
    """
    filers = 1.0 + (1.0 if facts.age2 > 0.0 else 0.0)
    return law.each * filers * federal.itemizes


@provision
def senior_credit(facts, federal, status, law):  # type: ignore[no-untyped-def]
    """A credit for the old up to an income.

    Law:    Md. Code, Tax-Gen. 10-754.
    Units:  dollars of the year; `law` the state's section of the credit.
    Tests:  test_maryland_has_a_credit_for_the_old.
    """
    old = people_of_age(facts.age1, facts.age2, law.age)
    amount = law.both if old > 1.0 else (law.one[status] if old > 0.0 else 0.0)
    return amount if federal.agi <= law.income_limit[status] else 0.0


class EarnedIncomeCredit(NamedTuple):
    """A state's earned-income credit, in dollars: what only reduces the tax, and what is paid out."""

    nonrefundable: float
    refundable: float


@provision
def earned_income_credit_of_state(facts, federal, tax, law):  # type: ignore[no-untyped-def]
    """A share of the federal earned-income credit: paid out or not, or a smaller share paid out above the tax.

    Law:    each state's own; Md. Code, Tax-Gen. 10-704.
    Units:  dollars of the year; `law` the state's section of the credit.
    """
    of_federal = federal.earned_income_credit
    if of_federal <= 0.0:
        return EarnedIncomeCredit(0.0, 0.0)
    of_federal = 0.0 if people_of_age(facts.age1, facts.age2, law.not_from_age) > 0.0 else of_federal
    children = facts.n_children_u17 + facts.n_older_children
    alone = law.alone_share > 0.0 and facts.age2 <= 0.0 and children <= 0.0
    share = law.alone_share if alone else law.share
    share += law.with_child * share if facts.n_children_u17 > 0.0 else 0.0
    paid_out = max(0.0, law.paid_out_share * of_federal - tax)
    refundable = share * of_federal if law.refundable > 0.0 or alone else 0.0
    nonrefundable = share * of_federal - refundable
    return EarnedIncomeCredit(nonrefundable, refundable + (0.0 if alone else paid_out))


@provision
def or_low_income_credit(facts, income, earned, tax, state):  # type: ignore[no-untyped-def]
    """The credit for people below the poverty line where it is larger than the earned-income credit.

    Law:    Va. Code 58.1-339.8.
    Units:  dollars of the year; `income` the state's adjusted gross income; `tax` before credits.
    """
    law = state.low_income_credit
    dependents = dependents_of(facts)
    people = 1.0 + (1.0 if facts.age2 > 0.0 else 0.0) + dependents
    old = people_of_age(facts.age1, facts.age2, state.earned_income_credit.not_from_age)
    line = law.line_one + law.line_each_more * (people - 1.0)
    low = min(tax, law.each * people) if income <= line and old <= 0.0 else 0.0
    larger = low > earned.refundable + earned.nonrefundable
    return EarnedIncomeCredit(low if larger else earned.nonrefundable, 0.0 if larger else earned.refundable)


@seldom
def retirement_credit(facts, own, federal, status, law):  # type: ignore[no-untyped-def]
    """A credit for retirement income of the old with small incomes.

    Law:    Or. Rev. Stat. 316.157.
    Units:  dollars of the year; `law` the state's section of the credit.
    Tests:  test_oregon_credits_small_retirement_incomes.
    """
    of_first, of_second = all_retirement_of(facts, own, federal, 0), all_retirement_of(facts, own, federal, 1)
    received = (of_first if facts.age1 >= law.age else 0.0) + (of_second if facts.age2 >= law.age else 0.0)
    income = federal.agi - federal.taxable_benefits + facts.tax_exempt_interest
    counted = law.most[status] - facts.ss1 - facts.ss2 - max(0.0, income - law.income[status])
    return law.share * max(0.0, min(received, counted))
