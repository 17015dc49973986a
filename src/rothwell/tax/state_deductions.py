"""Deductions and exemptions on a state's return."""

from __future__ import annotations

import math
from typing import NamedTuple

from rothwell.provision import provision, seldom
from rothwell.tax.deductions import people_of_age
from rothwell.tax.early_distributions import early_distributions_subject
from rothwell.tax.itemized_deductions import (
    charitable_gifts,
    gift_without_itemizing,
    medical_deduction,
    mortgage_interest_deduction,
    overall_limit,
    state_and_local_tax_limit,
)
from rothwell.tax.state_facts import dependents_of
from rothwell.tax.state_new_york import reduced_at_high_incomes


class StateDeduction(NamedTuple):
    """The deduction of a state's return, in dollars, and whether it is itemized (1) or standard (0)."""

    taken: float
    itemizes: float


@provision
def state_deductions(facts, federal, income, status, law, state):  # type: ignore[no-untyped-def]
    """The standard deduction or itemized deductions of a state's return.

    Law:    each state's own, see its file.
    Units:  dollars of the year; `income` the state's adjusted gross income, `law` the federal law, `state` the state's.
    Not modeled: the deduction for qualified business income in what the federal overall limit is figured from.
    Tests:  test_states_agree_with_the_independent_returns, test_california_reduces_itemized_deductions.
    """
    standard = standard_deduction_of_state(facts, status, state.standard_deduction)
    limit = state.deduction_limit
    standard -= limit.standard_too * reduction_of(standard, 0.0, federal.agi, status, limit)
    if facts.charity_cash + facts.charity_appreciated > 0.0:
        standard += gifts_beside_standard(facts, federal, status, law, state)
    itemized = 0.0
    rule = state.itemized_deductions
    given = facts.charity_cash + facts.charity_appreciated + facts.medical_expenses + facts.mortgage_interest
    given += facts.real_estate_tax + facts.self_employed_health1 + facts.self_employed_health2
    if rule.allowed > 0.0 and given + rule.income_taxes * facts.state_income_tax_paid > 0.0:
        of = income if rule.medical_floor_of_state > 0.0 else federal.agi
        medical = rule.medical * medical_deduction(facts.medical_expenses, of, rule)
        total = medical + itemized_without_medical(facts, federal, status, law, rule)
        total -= rule.overall_limit * overall_limit(total, federal.agi - total, status, law)
        within = state_and_local_tax_limit(federal.agi, status, law.state_and_local_tax)
        beside = limit.income_tax_shares * min(facts.state_income_tax_paid, within)  # reduced too, then left out
        reduced = reduction_of(total + beside, limit.medical_spared * medical, federal.agi, status, limit)
        itemized = total - (reduced * (total / (total + beside)) if total > 0.0 else 0.0)
    if state.high_income_reduction.share > 0.0 and itemized > 0.0:
        itemized = reduced_at_high_incomes(facts, federal, income, itemized, status, state)
    own_choice = 1.0 if itemized > standard else 0.0
    follows = 1.0 if rule.follows_federal_choice > 0.0 else 0.0
    open_to_all = 1.0 if rule.follows_federal_choice + rule.only_if_federal <= 0.0 else 0.0
    itemizes = max(follows, own_choice) if federal.itemizes > 0.0 else open_to_all * own_choice
    return StateDeduction(itemized if itemizes > 0.0 else standard, itemizes)


@provision
def standard_deduction_of_state(facts, status, law):  # type: ignore[no-untyped-def]
    """The standard deduction of a state.

    Law:    each state's own.
    Units:  dollars of the year; `law` the state's section of it.
    """
    of_age = people_of_age(facts.age1, facts.age2, law.additional_age)
    whole = law.basic[status] + law.additional[status] * (of_age + facts.blind1 + facts.blind2)
    return whole * (1.0 - law.none_beside_itemizing * facts.spouse_itemizes)


@provision
def gifts_beside_standard(facts, federal, status, law, state):  # type: ignore[no-untyped-def]
    """Gifts to charity that are deducted beside the standard deduction.

    Law:    Minn. Stat. 290.0132, subd. 7; Or. Rev. Stat. 316.048, IRC 170(p).
    Form:   Schedule M1M (2025), line 11.
    Units:  dollars of the year; `law` the federal law, `state` the state's.
    Tests:  test_minnesota_subtracts_half_of_gifts_beside_the_standard_deduction,
            test_oregon_allows_the_federal_deduction_for_gifts_from_2026.
    """
    rule = state.standard_deduction
    gifts = charitable_gifts(facts.charity_cash, facts.charity_appreciated, federal.agi, state.itemized_deductions)
    own = rule.gifts_share * max(0.0, gifts.deduction - rule.gifts_above)
    of_federal = gift_without_itemizing(facts.charity_cash, federal.agi, status, law)
    return own + rule.gifts_as_federal * (1.0 - federal.itemizes) * of_federal


@provision
def itemized_without_medical(facts, federal, status, law, rule):  # type: ignore[no-untyped-def]
    """Interest, taxes and gifts as a state deducts them; its own income tax in few.

    Law:    each state's own; IRC 163(h)(3), 164(a)(1), (b)(6), 170 where it follows the federal return.
    Units:  dollars of the year; `law` the federal law, `rule` the state's section of itemized deductions.
    """
    interest = rule.interest * mortgage_interest_deduction(facts.mortgage_interest, facts.mortgage_debt, status, rule)
    within = state_and_local_tax_limit(federal.agi, status, law.state_and_local_tax)
    taxes = min(facts.real_estate_tax, rule.property_tax_cap[status])
    taxes = rule.property_taxes * taxes + rule.income_taxes * facts.state_income_tax_paid
    taxes = min(taxes, within) if rule.within_federal_tax_limit > 0.0 else taxes
    home = min(interest + taxes, rule.interest_and_property_cap[status])
    gifts = charitable_gifts(facts.charity_cash, facts.charity_appreciated, federal.agi, rule)
    health = rule.self_employed_health * (facts.self_employed_health1 + facts.self_employed_health2)
    return home + health + rule.gifts * gifts.deduction


@provision
def reduction_of(deductions, spared, agi, status, law):  # type: ignore[no-untyped-def]
    """By how much income reduces deductions: a rate above each start, at most a share of them.

    Law:    each state's own; Cal. Rev. & Tax. Code 17077; Minn. Stat. 290.0122, 290.0123.
    Units:  dollars of the year; `spared` of the deductions is not reduced; `law` the state's limit on deductions.
    Tests:  test_california_reduces_itemized_deductions.
    """
    first = max(0.0, min(agi, law.start[status, 1]) - law.start[status, 0])
    second = max(0.0, agi - law.start[status, 1])
    reduced = law.rate[0] * first + law.rate[1] * second
    most = law.most * (deductions - spared)
    return max(0.0, most if agi > law.most_from else min(reduced, most))


@provision
def state_exemptions(facts, federal, status, law):  # type: ignore[no-untyped-def]
    """The personal exemptions of a state, as far as income leaves them.

    Law:    each state's own.
    Units:  dollars of the year; `law` the state's section of exemptions; who is old or blind counts whatever the
            income, unless the tiers are for them too.
    """
    dependents = dependents_of(facts)
    persons = law.filer[status] + law.dependent * dependents
    share = law.tier_share[0]
    for tier in range(law.tier_share.size - 1):
        share = law.tier_share[tier + 1] if federal.agi > law.tier_top[status, tier] else share
    over = max(0.0, federal.agi - law.phase_out_start[status])
    steps = math.ceil(over / law.phase_out_step[status]) if over > 0.0 else 0.0
    share *= max(0.0, 1.0 - law.phase_out_share * steps)
    of_age = people_of_age(facts.age1, facts.age2, law.aged_from)
    old = law.aged * of_age + law.blind * (facts.blind1 + facts.blind2)
    return share * persons + (share if law.aged_too > 0.0 else 1.0) * old


@provision
def smaller_deductions(facts, federal, status, law, state):  # type: ignore[no-untyped-def]
    """Deductions beside the standard or itemized ones: federal tax up to a cap, and for children, both by income.

    Federal tax is that before what is paid out, with the additional tax on early distributions.

    Law:    N.C. Gen. Stat. 105-153.5(a1); Or. Rev. Stat. 316.680, 316.695.
    Form:   Form OR-40 instructions (2025), line 10 worksheet and Table 4.
    Units:  dollars of the year; `law` the federal law.
    Not modeled: recaptures; advance premium credits that are paid back.
    Tests:  test_north_carolina_deducts_for_children_by_income, test_oregon_deducts_federal_tax_up_to_a_cap,
            test_oregon_counts_federal_tax_before_the_earned_income_credit.
    """
    federal_tax, deducted = state.federal_tax, 0.0
    if federal_tax.cap[status, 0] > 0.0:
        deducted += _federal_tax_deducted(facts, federal, status, law, federal_tax)
    children = state.child_deduction
    if facts.n_children_u17 > 0.0:
        amount = children.amount[0]
        for tier in range(children.amount.size - 1):
            amount = children.amount[tier + 1] if federal.agi > children.tier_top[status, tier] else amount
        deducted += amount * facts.n_children_u17
    return deducted


@provision
def _federal_tax_deducted(facts, federal, status, law, rule):  # type: ignore[no-untyped-def]
    """Federal tax up to a cap that falls with income.

    Law:    Or. Rev. Stat. 316.680, 316.695.
    Units:  dollars of the year; `law` the federal law, `rule` the state's section of it.
    """
    cap = rule.cap[status, 0]
    for tier in range(rule.tier_top.shape[1]):
        cap = rule.cap[status, tier + 1] if federal.agi >= rule.tier_top[status, tier] else cap
    owed = federal.income_tax + federal.earned_income_credit  # what is paid out for children leaves none
    owed += law.early_distribution.rate * early_distributions_subject(facts, law.early_distribution)
    return max(0.0, min(owed, cap))


@seldom
def medical_subtraction(facts, federal, itemizes, status, state):  # type: ignore[no-untyped-def]
    """Medical costs of the old that are not itemized, up to an amount for each, by income.

    Law:    Or. Rev. Stat. 316.693.
    Form:   Publication OR-17 (2025), special Oregon medical subtraction, Table 11.
    Units:  dollars of the year; `itemizes` 1 where deductions are itemized here; of a couple's costs half are each's.
    Not modeled: costs of dependents, which do not count.
    Tests:  test_oregon_subtracts_medical_costs_of_the_old.
    """
    law = state.medical_subtraction
    most = law.amount[0]
    for tier in range(law.tier_top.shape[1]):
        most = law.amount[tier + 1] if federal.agi >= law.tier_top[status, tier] else most
    itemized = itemizes * medical_deduction(facts.medical_expenses, federal.agi, state.itemized_deductions)
    filers = 1.0 + (1.0 if facts.age2 > 0.0 else 0.0)
    each = max(0.0, facts.medical_expenses - itemized) / filers
    return people_of_age(facts.age1, facts.age2, law.age) * min(most, each)
