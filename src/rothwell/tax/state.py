"""The income tax return of a state: one interpreter for all of them, and the oddities of some as rules of their own."""

from __future__ import annotations

from typing import NamedTuple

from rothwell.provision import provision
from rothwell.tax.early_distributions import early_distributions_subject
from rothwell.tax.state_credits import credits_against_tax, earned_income_credit_of_state, or_low_income_credit
from rothwell.tax.state_deductions import (
    medical_subtraction,
    smaller_deductions,
    state_deductions,
    state_exemptions,
)
from rothwell.tax.state_family_credits import credits_paid_out
from rothwell.tax.state_income import income_from_federal
from rothwell.tax.state_local import local_income_tax
from rothwell.tax.state_new_jersey import childless_credit, is_below_threshold
from rothwell.tax.state_new_york import household_credit
from rothwell.tax.state_parts import Parts, deductions_of_parts, medical_exemption, parts_of_income
from rothwell.tax.state_taxes import TaxBase, taxes_before_credits


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
    parts = Parts(0.0, 0.0, 0.0, 0.0)
    if state.income.parts > 0.0:
        parts = parts_of_income(facts, own, federal, state)
        income = parts.rest + parts.interest + parts.short_term + parts.long_term
    else:
        income = income_from_federal(facts, own, federal, status, law, state)  # the state's adjusted gross income
    deduction = state_deductions(facts, federal, income, status, law, state)  # standard or itemized
    deductions = deduction.taken + smaller_deductions(
        facts, federal, status, law, state
    )  # standard or itemized, others
    if state.medical_subtraction.amount[0] > 0.0:
        deductions += medical_subtraction(facts, federal, deduction.itemizes, status, state)
    exemptions = state_exemptions(facts, federal, status, state.exemption)  # that reduce income
    if state.income.parts > 0.0:
        deductions = deductions_of_parts(facts, federal, parts, law, state)
        exemptions += medical_exemption(facts, federal, state)
    taxable_income = max(0.0, income - deductions - exemptions)  # what the brackets apply to
    base = TaxBase(income, deductions, exemptions, taxable_income, deduction.itemizes, parts)
    tax = taxes_before_credits(facts, own, federal, base, status, state)  # by the brackets, with surtaxes
    against = credits_against_tax(facts, own, federal, taxable_income, status, state)  # credits that reduce the tax
    earned = earned_income_credit_of_state(facts, federal, tax, state.earned_income_credit)
    if state.low_income_credit.each > 0.0:
        earned = or_low_income_credit(facts, income, earned, tax, state)
    amounts = (income, taxable_income, tax)
    refundable = earned.refundable + credits_paid_out(facts, own, federal, amounts, status, law, state)  # paid out
    if federal.agi <= state.household_credit.income_limit[status]:  # it comes off the earned-income credit
        household = household_credit(facts, federal, status, state.household_credit)  # of small incomes
        against += household
        refundable -= min(earned.refundable, min(household, tax))
    if state.earned_income_credit.without_age > 0.0 and federal.earned_income > 0.0:
        refundable += childless_credit(facts, federal, status, law, state.earned_income_credit)
    nonrefundable = min(tax, against + earned.nonrefundable)  # as far as there is tax
    subject = early_distributions_subject(facts, law.early_distribution)  # early distributions that bear a tax
    early = state.early_distribution.rate * subject  # the state's own tax on them
    tax_less_credits = tax - nonrefundable + early - refundable  # what the state's return costs
    of_return = (income, taxable_income, tax_less_credits)
    local_tax = local_income_tax(facts, own, federal, of_return, status, state)  # of a county or city, beside it
    if is_below_threshold(income, status, state.filing_threshold):  # nothing is owed, credits are paid out still
        tax_less_credits, local_tax = min(0.0, -refundable), 0.0
    return StateReturn(
        income, deductions, exemptions, taxable_income, tax, nonrefundable, refundable, local_tax, tax_less_credits
    )
