"""The income tax return of a state: one interpreter for all of them, and the oddities of some as rules of their own."""

from __future__ import annotations

from typing import NamedTuple

from rothwell.provision import provision
from rothwell.tax.capital_gains import net_capital_gain
from rothwell.tax.early_distributions import early_distributions_subject
from rothwell.tax.state_brackets import tax_by_brackets
from rothwell.tax.state_couples import marriage_credit, spouse_adjustment
from rothwell.tax.state_credits import (
    child_credit,
    credit_instead_of_deduction,
    earned_income_credit_of_state,
    exemption_credits,
    itemizer_credit,
    or_low_income_credit,
    property_tax_credit,
    retirement_credit,
    senior_credit,
    tax_forgiven,
    tax_of_small_incomes,
    working_family_credit,
)
from rothwell.tax.state_deductions import smaller_deductions, state_deductions, state_exemptions
from rothwell.tax.state_gains import gains_and_large_incomes
from rothwell.tax.state_income import income_from_federal
from rothwell.tax.state_minimum_tax import state_minimum_tax
from rothwell.tax.state_new_york import city_tax, recaptured
from rothwell.tax.state_parts import deductions_of_parts, medical_exemption, parts_of_income, short_term_taxed


class StateReturn(NamedTuple):
    """The results of a state's return, in dollars of the year."""

    income: float  # the state's adjusted gross income
    deductions: float  # standard or itemized, and the smaller ones
    exemptions: float  # that reduce income
    taxable_income: float  # never below zero
    tax_before_credits: float  # by the brackets, with surtaxes
    nonrefundable_credits: float  # as far as there is tax
    refundable_credits: float  # paid out where there is no tax left
    local_tax: float  # of a county or city
    tax: float  # the state's income tax less all credits; local tax is not in it


@provision
def state_return(facts, own, federal, status, law, state):  # type: ignore[no-untyped-def]
    """The income tax of a state for a resident of the whole year.

    Law:    each state's own: the statute of every figure stands in its file.
    Units:  dollars of the year, unrounded; `own` what the state asks beyond `facts`, `federal` what it takes from the
            federal return; `law` the federal law, `state` the state's.
    Not modeled: part-year and nonresident returns, credits for tax paid to other states.
    Tests:  test_states_agree_with_the_independent_returns.
    """
    income = income_from_federal(facts, own, federal, status, state)
    deduction = state_deductions(facts, federal, income.total, status, law, state)
    deductions = deduction.taken + smaller_deductions(facts, federal, status, law, state)
    exemptions = state_exemptions(facts, federal, status, state.exemption)
    of_parts = 0.0  # what a part of income bears beyond the rates of the others
    if state.income.parts > 0.0:
        parts = parts_of_income(facts, own, federal, state)
        deductions = min(parts.rest, deductions_of_parts(facts, federal, law, state))
        exemptions += medical_exemption(facts, federal, state)
        short_term = short_term_taxed(parts, deductions, exemptions)
        of_parts = (state.parts.short_term_rate - state.brackets.rate[status, 0]) * short_term
    taxable = max(0.0, income.total - deductions - exemptions)
    tax = tax_by_brackets(taxable, status, state.brackets) + of_parts
    if state.spouse_adjustment.most > 0.0 and facts.age2 > 0.0:
        tax -= spouse_adjustment(facts, own, federal, income.total, taxable, status, state)
    if state.recapture.length > 1.0:
        tax += recaptured(income.total, taxable, status, state)
    tax += state.surtax.rate * max(0.0, taxable - state.surtax.start[status])
    short_term = facts.st_gain - facts.st_loss_carryover
    long_term = facts.lt_gain - facts.lt_loss_carryover
    over = 1.0 if federal.agi > state.gains.surtax_start[status] else 0.0
    tax += over * state.gains.surtax * net_capital_gain(short_term, long_term)
    investment = facts.taxable_interest + facts.ordinary_dividends + max(0.0, short_term + long_term)
    tax += state.investment_tax.rate * max(0.0, investment - state.investment_tax.start[status])
    if state.gains_tax.rate > 0.0:
        tax += gains_and_large_incomes(facts, own, federal, state)
    if state.minimum_tax.rate > 0.0:
        tax += state_minimum_tax(facts, federal, income.total, (deduction.itemizes, tax), status, state)
    if state.tax_forgiveness.share > 0.0:
        tax -= tax * tax_forgiven(facts, income.total, status, state.tax_forgiveness)
    if state.no_tax_status.limited_up_to > 0.0:
        tax = tax_of_small_incomes(facts, income.total, tax, status, state.no_tax_status)
    against = exemption_credits(facts, federal, status, state.exemption_credit)
    against += property_tax_credit(facts, federal, status, state.property_tax_credit)
    against += itemizer_credit(facts, federal, state.itemizer_credit)
    against += senior_credit(facts, federal, status, state.senior_credit)
    if state.retirement_credit.share > 0.0:
        against += retirement_credit(facts, own, federal, status, state.retirement_credit)
    if state.marriage_credit.most > 0.0 and facts.age2 > 0.0:
        against += marriage_credit(facts, own, federal, taxable, status, state)
    earned = earned_income_credit_of_state(facts, federal, tax, state.earned_income_credit)
    if state.low_income_credit.each > 0.0:
        earned = or_low_income_credit(facts, income.total, earned, tax, state)
    refundable = earned.refundable
    if state.working_family_credit.child > 0.0:
        refundable += working_family_credit(facts, federal, status, state.working_family_credit)
    if state.child_credit.each > 0.0:
        refundable += child_credit(facts, federal, status, state.child_credit)
    if state.property_tax_credit.instead[status] > 0.0:
        refundable += credit_instead_of_deduction(facts, taxable, tax, status, state)
    refundable += state.kicker.share * (own.last_years_tax if own.last_years_tax > 0.0 else tax)
    against = min(tax, against + earned.nonrefundable)
    other = state.early_distribution.rate * early_distributions_subject(facts, law.early_distribution)
    earnings = facts.wages1 + facts.wages2 + max(0.0, facts.self_employment1 + facts.self_employment2)
    local = own.new_york_city * city_tax(income.total, taxable, status, state.city) if own.new_york_city > 0.0 else 0.0
    local += own.local_rate * (
        state.local.rate_of_taxable_income * taxable + state.local.rate_of_earned_income * earnings
    )
    whole = tax - against + other - refundable
    if income.total < state.filing_threshold.income[status]:
        whole, local = min(0.0, -refundable), 0.0
    return StateReturn(income.total, deductions, exemptions, taxable, tax, against, refundable, local, whole)
