"""The federal return of a simulated year: what no withdrawal changes, and what stays fixed while it is solved."""

from __future__ import annotations

from rothwell.lifetime.accounts import PEOPLE
from rothwell.mega_backdoor.conversion import converted_earnings
from rothwell.provision import provision
from rothwell.tax.both_returns import STATE_FIRST


@provision
def fill_in_return(y, year, facts, household):  # type: ignore[no-untyped-def]
    """The parts of the year's return that no strategy changes."""
    both = y.alive[0] + y.alive[1] == PEOPLE
    facts.age1 = y.age[0] if y.alive[0] > 0.0 else y.age[1]
    facts.age2 = y.age[1] if both else 0.0
    facts.n_children_u17 = household.children[year]
    facts.n_older_children = household.older_children[year]
    facts.other_income = y.incomes_ordinary
    facts.taxable_interest += y.incomes_investment
    facts.marketplace_premiums = y.marketplace_premiums
    facts.benchmark_premium = y.benchmark_premium
    facts.medicare_wages1 = y.pay[0] - y.owner_pay[0] - y.payroll_free[0]
    facts.medicare_wages2 = y.pay[1] - y.owner_pay[1] - y.payroll_free[1]
    facts.self_employment1 = y.business[0]
    facts.self_employment2 = y.business[1]
    for position in range(household.jobs.size):
        job = household.jobs[position]
        if job.own_business > 0.0 and y.business[job.person] > 0.0:
            paid = job.wages_paid * y.business[job.person] / job.pay
            facts.sstb1 = job.specified_service if job.person == 0 else facts.sstb1
            facts.sstb2 = job.specified_service if job.person > 0 else facts.sstb2
            facts.business_wages1 = paid if job.person == 0 else facts.business_wages1
            facts.business_wages2 = paid if job.person > 0 else facts.business_wages2
    facts.pension = y.pension
    of_both = household.benefits_together[year]
    facts.ss2 = y.benefits * household.benefits_second[year] / of_both if both and of_both > 0.0 else 0.0
    facts.ss1 = y.benefits - facts.ss2


@provision
def open_rule(rule, y, facts, growth, couple, home, law):  # type: ignore[no-untyped-def]
    """Write what stays fixed in the year under every strategy: yields, and which parts the year's return has."""
    rule.turns = home.turns
    rule.itemized = home.turns >= STATE_FIRST and home.itemizes > 0.0
    start = couple.spend_at_start > 0.0
    rule.status, rule.place = int(y.status), int(y.place)
    rule.held_after = 1.0 if start else 0.0
    rule.dividend_yield, rule.interest_yield = growth.dividend_yield, growth.interest_yield
    rule.qualified_share, rule.turnover = couple.qualified_share, couple.turnover
    rule.short_term_share = couple.short_term_share
    for person in range(PEOPLE):
        y.ira_growth[person] = growth.traditional_ira[person] if start else 1.0
    rule.business = facts.self_employment1 + facts.self_employment2 > 0.0
    rule.benefits = y.benefits > 0.0
    rule.dependents = facts.n_children_u17 + facts.n_older_children > 0.0
    rule.premiums = y.marketplace_premiums > 0.0
    rule.exemptions = law.personal_exemption.amount > 0.0
    rule.elderly = max(facts.age1, facts.age2) >= law.elderly_credit.age
    rule.earners = y.pay[0] + y.pay[1] > 0.0


@provision
def set_rule(rule, y, state, action, growth, law):  # type: ignore[no-untyped-def]
    """Write what stays fixed while the withdrawal is solved, but for the earnings converted of earlier years and for
    the money before 59 1/2."""
    wages = y.pay[0] + y.pay[1] - y.deferral_pre_tax[0] - y.deferral_pre_tax[1]
    rule.wages = wages - (y.owner_pay[0] + y.owner_pay[1] - y.owner_deferral[0] - y.owner_deferral[1])
    rule.deferrals = y.deferral_pre_tax[0] + y.deferral_pre_tax[1] - (y.owner_deferral[0] + y.owner_deferral[1])
    rule.held_before = 0.0 if rule.held_after > 0.0 else state.taxable
    rule.waiting_gain = _waiting_gain(y, action, growth)
    y.waiting_gain = rule.waiting_gain
    has_basis = False
    for person in range(PEOPLE):
        has_basis = has_basis or state.ira_basis[person] + y.backdoor[person] > 0.0
    rule.has_basis = has_basis
    rule.has_state_basis = False
    if rule.turns >= STATE_FIRST:
        of_state = law.state.state_basis
        held = state.state_basis[0] + state.state_basis[1]
        rule.has_state_basis = held > 0.0 and of_state.first + of_state.in_proportion > 0.0


@provision
def _waiting_gain(y, action, growth):  # type: ignore[no-untyped-def]
    """Earnings per dollar of the year's after-tax money that waits for its conversion, never below zero."""
    after_tax = y.after_tax[0] + y.after_tax[1]
    waiting_gain = 0.0
    if action.conversion_waits > 0.0 and after_tax > 0.0 and y.after_tax_stays <= 0.0:
        for person in range(PEOPLE):
            gain = converted_earnings(growth.half_after_tax[person], 1.0)
            waiting_gain += action.conversion_waits * y.after_tax[person] / after_tax * gain
    return waiting_gain
