"""The year's conversion of pre-tax money to Roth, and gains realized and bought back: up to a level of income."""

from __future__ import annotations

import math

from rothwell.lifetime.accounts import PEOPLE, pre_tax_balance
from rothwell.lifetime.ira_basis import basis_recovered
from rothwell.lifetime.year_rule import parts_of_rule
from rothwell.provision import provision
from rothwell.tax.federal import ordinary_taxable_income
from rothwell.tax.income import income_of, self_employment_of

PASS_LIMIT = 120  # of the search for the amount: far above what is ever needed
FILL_TOLERANCE = 1e-7  # dollars of income
PASSES_BEFORE_HALVING = 8  # where a step makes the secant slow
HALVES = 2.0  # an interval is cut in two
BELOW_A_STEP = 1e-5  # dollars: beyond what sums in another order could differ by
NOTHING, ORDINARY, TAXABLE, ADJUSTED_GROSS = range(4)
"""Which income is brought to a level: none, ordinary taxable income, all taxable income, adjusted gross income."""


@provision
def conversion_to_fill(facts, y, state, rule, early, law):  # type: ignore[no-untyped-def]
    """The conversion that brings an income exactly to the level of the year, as far as money is there.

    Law:    IRC 408A(d)(3), 402A(c)(4); 1(j)(2) where the level is the top of a bracket; under a ban above an income, up
            to it.
    Units:  dollars of the year; the money of somebody below the age of access is converted only while taxable money
            above the cash floor, which pays the tax, is left.
    Tests:  test_conversion_fills_the_bracket_exactly,
            test_money_below_the_age_of_access_is_converted_only_while_taxable_money_pays_the_tax,
            test_no_conversion_brings_taxable_income_above_the_amount_of_a_ban.
    """
    most = _most(y, state, law)
    before = facts.ira_distributions
    missing = _missing(y, facts, rule, law)
    of_need = most if rule.has_basis else missing  # every dollar converted adds at least a dollar, but for basis
    low, high = 0.0, min(most, max(0.0, of_need))
    high = 0.0 if missing <= 0.0 else high
    amount, missing_at_low = high, missing
    settled = 0.0
    for tries in range(PASS_LIMIT):
        facts.ira_distributions = before + amount
        if rule.has_basis:
            facts.ira_distributions -= basis_recovered(amount, y, state, early) - y.basis_recovered
        missing = _missing(y, facts, rule, law)
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
        halve = tries >= PASSES_BEFORE_HALVING or (rule.has_basis and tries % HALVES > 0.0)
        amount = low + (high - low) / HALVES if halve else guess
    facts.ira_distributions = before
    return amount if settled > 0.0 else max(0.0, low - BELOW_A_STEP)  # at a step of exemptions: below it


@provision
def _missing(y, facts, rule, law):  # type: ignore[no-untyped-def]
    """By how much income is below the level of the year; under a ban above an income, below that where it is nearer.

    Law:    IRC 63(b); the amount of a ban is one of taxable income.
    """
    missing = y.fill_level - income_level(y.fill_measure, facts, rule, law)
    if y.conversion_income_limit < math.inf:
        missing = min(missing, y.conversion_income_limit - income_level(TAXABLE, facts, rule, law))
    return missing


@provision
def _most(y, state, law):  # type: ignore[no-untyped-def]
    """All that may be converted; `y.convertible` is each person's share of it.

    Of those below the age of access only so much that the taxable money left after the year's sales could pay even the
    highest rate on it: as that money runs out, conversions end without a jump. The highest rate need not be that of the
    last bracket where rates have drifted.

    Law:    IRC 1(j)(2).
    Tests:  test_the_dearest_rate_need_not_be_the_last_where_rates_have_drifted.
    """
    left = y.room_taxable[0] - y.sold_taxable
    young, old = 0.0, 0.0
    for person in range(PEOPLE):
        balance = y.alive[person] * (pre_tax_balance(state, person) - y.rmd[person])
        old += y.accessible[person] * balance
        young += (1.0 - y.accessible[person]) * balance
    share = 0.0
    if young > 0.0:
        highest = 0.0
        for bracket in range(law.rate_schedule.rate.size):
            highest = max(highest, law.rate_schedule.rate[bracket])
        share = min(1.0, max(0.0, left) / (highest * young)) if highest > 0.0 else 1.0
    for person in range(PEOPLE):
        y.convertible[person] = max(y.accessible[person], y.alive[person] * share)
    early = y.withdrawal_pre_tax - y.free_pre_tax
    return max(0.0, old - y.free_pre_tax) + max(0.0, min(share * young, young - early))


@provision
def gain_to_harvest(facts, y, state, rule, law):  # type: ignore[no-untyped-def]
    """The gain that, sold and bought back, brings taxable income exactly to the year's level, as far as there is gain.

    Law:    IRC 1(h)(1)(B), 1001, 1012; 1091 bars losses alone.
    Units:  dollars of the year, at average basis.
    Not modeled: the cost of trading.
    Tests:  test_harvested_gains_end_where_the_zero_rate_ends_and_cost_no_tax,
            test_gains_that_old_losses_absorb_are_harvested_besides.
    """
    realized = y.gain_realized + y.short_term_gain
    unrealized = state.taxable - state.taxable_basis - realized  # what this year's sales leave
    return amount_up_to(y.harvest_level, TAXABLE, max(0.0, unrealized), 1.0, facts, rule, law)


@provision
def amount_up_to(level, measure, most, of_gains, facts, rule, law):  # type: ignore[no-untyped-def]
    """What brings an income to a level, between 0 and `most`: a distribution (of_gains 0) or a long-term gain (1).

    Law:    IRC 1211(b): a gain that meets losses beyond the limit of the year adds nothing to income.
    """
    converted, gains = facts.ira_distributions, facts.lt_gain
    missing = level - income_level(measure, facts, rule, law)
    losses = facts.st_loss_carryover + facts.lt_loss_carryover - facts.st_gain - gains
    absorbed = min(most, of_gains * max(0.0, losses - law.capital_gains.loss_limit[rule.status]))
    low, high = absorbed, min(most, absorbed + max(0.0, missing))  # beyond, every dollar adds at least a dollar
    high = high if missing > 0.0 else 0.0
    amount, missing_at_low = high, missing
    for _ in range(PASS_LIMIT if high > 0.0 else 0):
        facts.ira_distributions = converted + (1.0 - of_gains) * amount
        facts.lt_gain = gains + of_gains * amount
        missing = level - income_level(measure, facts, rule, law)
        if abs(missing) <= FILL_TOLERANCE or high - low <= FILL_TOLERANCE or (missing >= 0.0 and amount >= high):
            break
        if missing < 0.0:
            high = amount
            amount = low + (high - low) * missing_at_low / (missing_at_low - missing)
        else:
            low, missing_at_low = amount, missing
            amount = min(high, amount + missing)
    facts.ira_distributions, facts.lt_gain = converted, gains
    return amount


@provision
def income_level(measure, facts, rule, law):  # type: ignore[no-untyped-def]
    """An income of the year's return by its measure; taxable income is negative where deductions are left over.

    Law:    IRC 62(a), 63(b), 1(h)(3), (11).
    Units:  dollars of the year.
    """
    level, parts = 0.0, parts_of_rule(rule)
    if measure != ADJUSTED_GROSS:
        level = ordinary_taxable_income(facts, parts, rule.status, law)
    if measure != ORDINARY:
        income = income_of(facts, parts, self_employment_of(facts, parts, law), rule.status, law)
        level = income.agi if measure == ADJUSTED_GROSS else level + income.preferential
    return level
