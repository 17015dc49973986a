"""The year's conversion of pre-tax money to Roth."""

from __future__ import annotations

from rothwell.lifetime.accounts import PEOPLE, pre_tax_balance
from rothwell.provision import provision
from rothwell.tax.federal import ordinary_taxable_income

PASS_LIMIT = 100  # of the search for the amount: far above what is ever needed
FILL_TOLERANCE = 1e-7  # dollars of taxable income
PASSES_BEFORE_HALVING = 8  # where a step makes the secant slow
HALVES = 2.0  # an interval is cut in two
BELOW_A_STEP = 1e-5  # dollars: beyond what sums in another order could differ by


@provision
def conversion_to_fill(facts, y, state, rule, law):  # type: ignore[no-untyped-def]
    """The conversion that brings ordinary taxable income exactly to the top of a bracket, as far as money is there.

    Law:    IRC 408A(d)(3), 402A(c)(4); 1(j)(2) for the bracket; under a ban above an income, up to it.
    Units:  dollars of the year; the money of somebody below the age of access is converted only while taxable money,
            which pays the tax, is left.
    Tests:  test_conversion_fills_the_bracket_exactly,
            test_no_conversion_brings_taxable_income_above_the_amount_of_a_ban.
    """
    top = law.rate_schedule.bracket_top[rule.status, rule.fill_bracket]
    preferential = facts.qualified_dividends + max(0.0, facts.lt_gain)
    top = min(top, y.conversion_income_limit - preferential)  # infinite unless conversions are banned above an income
    most = 0.0
    taxable_left = 1.0 if y.sold_taxable < state.taxable else 0.0
    for person in range(PEOPLE):
        y.convertible[person] = max(y.accessible[person], y.alive[person] * taxable_left)
        most += y.convertible[person] * (pre_tax_balance(state, person) - y.rmd[person])
    most = max(0.0, most - y.withdrawal_pre_tax)
    before = facts.ira_distributions
    missing = top - ordinary_taxable_income(facts, rule.parts, rule.status, law)
    low, high = 0.0, min(most, max(0.0, missing))  # every dollar converted adds at least a dollar
    amount, missing_at_low = high, missing
    settled = 0.0
    for tried in range(PASS_LIMIT):
        facts.ira_distributions = before + amount
        missing = top - ordinary_taxable_income(facts, rule.parts, rule.status, law)
        if abs(missing) <= FILL_TOLERANCE or (missing >= 0.0 and amount >= high):
            settled = 1.0
            break
        if high - low <= FILL_TOLERANCE:
            break
        if missing < 0.0:
            high = amount
            guess = low + (high - low) * missing_at_low / (missing_at_low - missing)
        else:
            low, missing_at_low = amount, missing
            guess = min(high, amount + missing)
        amount = guess if tried < PASSES_BEFORE_HALVING else low + (high - low) / HALVES
    facts.ira_distributions = before
    return amount if settled > 0.0 else max(0.0, low - BELOW_A_STEP)  # at a step of exemptions: below it
