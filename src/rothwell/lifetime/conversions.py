"""The year's conversion of pre-tax money to Roth."""

from __future__ import annotations

from rothwell.lifetime.accounts import PEOPLE, pre_tax_balance
from rothwell.lifetime.ira_basis import basis_recovered
from rothwell.provision import provision
from rothwell.tax.federal import ordinary_taxable_income

PASS_LIMIT = 100  # of the search for the amount: far above what is ever needed
FILL_TOLERANCE = 1e-7  # dollars of taxable income
HALVES = 2.0  # an interval is cut in two


@provision
def conversion_to_fill(facts, y, state, rule, early, law):  # type: ignore[no-untyped-def]
    """The conversion that brings ordinary taxable income exactly to the top of a bracket, as far as money is there.

    Law:    IRC 408A(d)(3), 402A(c)(4); 1(j)(2) for the bracket.
    Units:  dollars of the year; the money of somebody below the age of access is converted only while taxable money
            above the cash floor, which pays the tax, is left.
    Tests:  test_conversion_fills_the_bracket_exactly,
            test_money_below_the_age_of_access_is_converted_only_while_taxable_money_pays_the_tax.
    """
    top = law.rate_schedule.bracket_top[rule.status, rule.fill_bracket]
    most = _most(y, state, law)
    before = facts.ira_distributions
    missing = top - ordinary_taxable_income(facts, rule.parts, rule.status, law)
    of_need = most if rule.has_basis else missing  # every dollar converted adds at least a dollar, but for basis
    low, high = 0.0, min(most, max(0.0, of_need))
    high = 0.0 if missing <= 0.0 else high
    amount, missing_at_low = high, missing
    for tries in range(PASS_LIMIT):
        facts.ira_distributions = before + amount
        if rule.has_basis:
            facts.ira_distributions -= basis_recovered(amount, y, state, early) - y.basis_recovered
        missing = top - ordinary_taxable_income(facts, rule.parts, rule.status, law)
        if abs(missing) <= FILL_TOLERANCE or high - low <= FILL_TOLERANCE or (missing >= 0.0 and amount >= high):
            break
        if missing < 0.0:
            high = amount
            amount = low + (high - low) * missing_at_low / (missing_at_low - missing)
        else:
            low, missing_at_low = amount, missing
            amount = min(high, amount + missing)
        if rule.has_basis and tries % HALVES > 0.0:
            amount = low + (high - low) / HALVES
    facts.ira_distributions = before
    return amount


@provision
def _most(y, state, law):  # type: ignore[no-untyped-def]
    """All that may be converted; `y.convertible` is each person's share of it.

    Of those below the age of access only so much that the taxable money left after the year's sales could pay even the
    highest rate on it: as that money runs out, conversions end without a jump.

    Law:    IRC 1(j)(2).
    """
    rates = law.rate_schedule.rate
    left = y.room_taxable[0] - y.sold_taxable
    young, old = 0.0, 0.0
    for person in range(PEOPLE):
        balance = y.alive[person] * (pre_tax_balance(state, person) - y.rmd[person])
        old += y.accessible[person] * balance
        young += (1.0 - y.accessible[person]) * balance
    payable = max(0.0, left) / max(rates[rates.size - 1], FILL_TOLERANCE)
    share = min(1.0, payable / young) if young > 0.0 else 0.0
    for person in range(PEOPLE):
        y.convertible[person] = max(y.accessible[person], y.alive[person] * share)
    early = y.withdrawal_pre_tax - y.free_pre_tax
    return max(0.0, old - y.free_pre_tax) + max(0.0, min(share * young, young - early))
