"""The taxes on a state's return before its credits: by the brackets, and what some states add to them or spare."""

from __future__ import annotations

from typing import NamedTuple

from rothwell.provision import provision
from rothwell.tax.capital_gains import net_capital_gain
from rothwell.tax.state_brackets import tax_by_brackets
from rothwell.tax.state_couples import spouse_adjustment
from rothwell.tax.state_flat import tax_by_flat_rates
from rothwell.tax.state_gains import gains_and_large_incomes
from rothwell.tax.state_minimum_tax import state_minimum_tax
from rothwell.tax.state_new_york import recaptured
from rothwell.tax.state_parts import Parts, more_on_short_term_gains
from rothwell.tax.state_small_incomes import tax_forgiven, tax_of_small_incomes


class TaxBase(NamedTuple):
    """What a state's taxes are worked from, in dollars of the year; `itemizes` 1 where deductions are itemized here;
    `parts` of income where the state has them."""

    income: float
    deductions: float
    exemptions: float
    taxable_income: float
    itemizes: float
    parts: Parts


@provision
def taxes_before_credits(facts, own, federal, base, status, state):  # type: ignore[no-untyped-def]
    """The tax by the brackets with what a state adds at high incomes, on gains or for all, less what it forgives.

    Law:    each state's own; Cal. Rev. & Tax. Code 17041, 17043; Md. Code, Tax-Gen. 10-105; Minn. Stat. 290.033.
    Units:  dollars of the year; `base` a TaxBase.
    Tests:  test_states_agree_with_the_independent_returns.
    """
    tax = tax_by_brackets(base.taxable_income, status, state.brackets)
    tax += state.surtax.rate * max(0.0, base.taxable_income - state.surtax.start[status])
    if base.parts.short_term > 0.0:
        tax += more_on_short_term_gains(base, status, state)
    if state.recapture.length > 1.0:
        tax += recaptured(base.income, base.taxable_income, status, state)
    if state.spouse_adjustment.most > 0.0 and facts.age2 > 0.0:
        tax -= spouse_adjustment(facts, own, federal, base, status, state)
    if state.gains_tax.rate > 0.0:
        tax += gains_and_large_incomes(facts, own, federal.agi, status, state)
    if state.flat_rates.income + state.flat_rates.gains + state.flat_rates.retirement > 0.0:
        tax += tax_by_flat_rates(facts, own, federal, state.flat_rates)
    if state.minimum_tax.rate > 0.0:
        tax += state_minimum_tax(facts, federal, base, tax, status, state)
    tax += _on_gains_and_investments(facts, federal, status, state)  # no part of what the minimum is compared with
    if state.tax_forgiveness.share > 0.0:
        tax -= tax * tax_forgiven(facts, own, base.income, status, state.tax_forgiveness)
    if state.no_tax_status.limited_up_to > 0.0:
        tax = tax_of_small_incomes(facts, base.income, tax, status, state.no_tax_status)
    return tax


@provision
def _on_gains_and_investments(facts, federal, status, state):  # type: ignore[no-untyped-def]
    """Surtaxes on net capital gain above an income, and on investment income above an amount.

    Law:    Md. Code, Tax-Gen. 10-105(a)(5); Minn. Stat. 290.033.
    Units:  dollars of the year.
    Tests:  test_marylands_surtax_is_on_all_gains_above_an_income, test_minnesota_taxes_large_investment_income_again.
    """
    short_term = facts.st_gain - facts.st_loss_carryover
    long_term = facts.lt_gain - facts.lt_loss_carryover
    over = 1.0 if federal.agi > state.gains.surtax_start[status] else 0.0
    on_gains = over * state.gains.surtax * net_capital_gain(short_term, long_term)
    investment = facts.taxable_interest + facts.ordinary_dividends + max(0.0, short_term + long_term)
    return on_gains + state.investment_tax.rate * max(0.0, investment - state.investment_tax.start[status])
