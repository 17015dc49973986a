"""Deductions and exemptions on a state's return."""

from __future__ import annotations

from rothwell.provision import provision
from rothwell.tax.deductions import people_of_age
from rothwell.tax.itemized_deductions import (
    charitable_gifts,
    medical_deduction,
    mortgage_interest_deduction,
    state_and_local_tax_limit,
)


@provision
def state_deductions(facts, federal, status, law, state):  # type: ignore[no-untyped-def]
    """The standard deduction or itemized deductions of a state's return.

    Law:    each state's own, see its file.
    Units:  dollars of the year; `law` the federal law, `state` the state's.
    Tests:  test_states_agree_with_the_independent_returns, test_california_reduces_itemized_deductions.
    """
    standard = state.standard_deduction.basic[status]
    rule, itemized = state.itemized_deductions, 0.0
    if rule.allowed > 0.0:
        medical = rule.medical * medical_deduction(facts.medical_expenses, federal.agi, rule)
        total = medical + itemized_without_medical(facts, federal, status, law, rule)
        limit = state.deduction_limit
        itemized = total - reduction_of(total - limit.medical_spared * medical, federal.agi, status, limit)
    larger = max(standard, itemized)
    as_federal = itemized if federal.itemizes > 0.0 else standard
    return as_federal if rule.follows_federal_choice > 0.0 else larger


@provision
def itemized_without_medical(facts, federal, status, law, rule):  # type: ignore[no-untyped-def]
    """Interest, real estate taxes and gifts as a state deducts them; never its own income tax.

    Law:    each state's own; IRC 163(h)(3), 164(a)(1), (b)(6), 170 where it follows the federal return.
    Units:  dollars of the year; `law` the federal law, `rule` the state's section of itemized deductions.
    """
    interest = rule.interest * mortgage_interest_deduction(facts.mortgage_interest, facts.mortgage_debt, status, rule)
    within = state_and_local_tax_limit(federal.agi, status, law.state_and_local_tax)
    taxes = facts.real_estate_tax
    taxes = min(taxes, within) if rule.within_federal_tax_limit > 0.0 else taxes
    home = min(interest + rule.property_taxes * taxes, rule.interest_and_property_cap[status])
    gifts = charitable_gifts(facts.charity_cash, facts.charity_appreciated, federal.agi, rule)
    return home + rule.gifts * gifts.deduction


@provision
def reduction_of(deductions, agi, status, law):  # type: ignore[no-untyped-def]
    """By how much income reduces deductions: a rate above a start, at most a share of them.

    Law:    each state's own; Cal. Rev. & Tax. Code 17077.
    Units:  dollars of the year; `law` the state's limit on deductions.
    Tests:  test_california_reduces_itemized_deductions.
    """
    return max(0.0, min(law.rate * max(0.0, agi - law.start[status]), law.most * deductions))


@provision
def state_exemptions(facts, federal, status, law):  # type: ignore[no-untyped-def]
    """The personal exemptions of a state, as far as income leaves them.

    Law:    each state's own.
    Units:  dollars of the year; `law` the state's section of exemptions; who is old or blind counts whatever the
            income, unless the tiers are for them too.
    """
    dependents = facts.n_children_u17 + facts.n_older_children + facts.n_other_dependents
    persons = law.filer[status] + law.dependent * dependents
    share = law.tier_share[0]
    for tier in range(law.tier_share.size - 1):
        share = law.tier_share[tier + 1] if federal.agi > law.tier_top[status, tier] else share
    of_age = people_of_age(facts.age1, facts.age2, law.aged_from)
    old = law.aged * of_age + law.blind * (facts.blind1 + facts.blind2)
    return share * persons + (share if law.aged_too > 0.0 else 1.0) * old


@provision
def child_deduction(facts, federal, status, law):  # type: ignore[no-untyped-def]
    """A deduction for each child of the federal child tax credit, by income.

    Law:    each state's own; N.C. Gen. Stat. 105-153.5(a1).
    Units:  dollars of the year; `law` the state's section of it.
    Tests:  test_north_carolina_deducts_for_children_by_income.
    """
    amount = law.amount[0]
    for tier in range(law.amount.size - 1):
        amount = law.amount[tier + 1] if federal.agi > law.tier_top[status, tier] else amount
    return amount * facts.n_children_u17
