"""Up to which level of income a year converts, harvests gains and draws tax-deferred money first; the all-in rate."""

from __future__ import annotations

import math

from rothwell.lifetime.conversions import ADJUSTED_GROSS, NOTHING, ORDINARY, TAXABLE, amount_up_to
from rothwell.lifetime.credit_cliff import smallest_withdrawal
from rothwell.lifetime.strategies import NO_BRACKET
from rothwell.lifetime.withdrawal import cash_left
from rothwell.provision import provision, seldom
from rothwell.tax.marginal_rates import income_related_premiums

BELOW_THE_EDGE = 0.01  # dollars: a conversion ends a cent below an edge that costs something to cross
EDGES = 5  # places that are neither a bracket nor a tier: no taxable income, and four edges; a count
GAINED = 1e-6  # dollars: a level that gains no more than this over another is not better


@provision
def set_levels(y, state, action, facts, rule, early, law):  # type: ignore[no-untyped-def]
    """The levels of income of the year's action, before its cash is raised."""
    y.harvest_level = action.gain_harvest * law.capital_gains.zero_rate_top[rule.status]
    y.pre_tax_beside = action.deferred_share
    if action.deferred_first != NO_BRACKET:
        y.pre_tax_first = _deferred_up_to_a_bracket(y, state, action.deferred_first, facts, rule, law)
    if action.fill_bracket != NO_BRACKET:
        y.fill_measure = ORDINARY
        y.fill_level = _end_of_bracket(action.fill_bracket, rule.status, law.rate_schedule)
    if action.conversion_rate > 0.0:
        choose_level(y, state, action.conversion_rate, facts, rule, early, law)


@provision
def _end_of_bracket(bracket, status, law):  # type: ignore[no-untyped-def]
    """Where a bracket ends; the last has no end."""
    return law.bracket_top[status, bracket] if bracket + 1 < law.rate.size else math.inf


@provision
def _deferred_up_to_a_bracket(y, state, bracket, facts, rule, law):  # type: ignore[no-untyped-def]
    """The tax-deferred money that, drawn before anything is sold, brings ordinary income to the end of a bracket.

    Units:  dollars of the year, within what is accessible.
    """
    paying = rule.held_before + rule.held_after * state.taxable
    facts.taxable_interest = rule.interest_yield * paying + y.incomes_investment
    facts.ordinary_dividends = rule.dividend_yield * paying
    facts.qualified_dividends = rule.qualified_share * facts.ordinary_dividends
    facts.ira_distributions = y.rmd[0] + y.rmd[1] + rule.converted_earnings
    level = _end_of_bracket(bracket, rule.status, law.rate_schedule)
    return amount_up_to(level, ORDINARY, y.room_pre_tax, 0.0, facts, rule, law)


@seldom
def choose_level(y, state, rate, facts, rule, early, law):  # type: ignore[no-untyped-def]
    """Where a conversion "while the all-in rate is below m" ends: written into `y` as a measure and a level of income.

    A conversion can end where the law makes the next dollar dearer: where deductions are used up, at the end of each
    bracket below m, where the zero and the middle rate on gains end, where the senior deduction begins to fall, and a
    cent below the threshold of the tax on net investment income and below each tier of the Medicare premiums of two
    years later. Of these the one is taken at which m times the conversion exceeds its whole cost (the year's tax with
    all that it sets off, and those premiums) the most: a dearer stretch is crossed where what lies beyond makes up for
    it, and nothing is converted where nothing gains. The premiums of two years later are counted by the tiers and
    amounts of the year's own law, for everybody who will be 65 by then, as nobody knows the later ones yet. The places
    are weighed at the withdrawal that the year would need without a conversion; the year's solve then ends the
    conversion exactly at the level chosen.

    Law:    IRC 1(j)(2), 1(h)(1), 1411, 151(d)(5)(C), 86; 42 USC 1395r(i), 1395w-113(a)(7).
    Units:  dollars of the year; a tax evaluation for each place that lies within reach, counted in `y.passes`.
    Not modeled: ends inside a stretch in which benefits become taxable, at a step of the child tax credit, at the
            minimum tax and at the end of the premium tax credit: their cost is counted, no conversion ends there.
    Tests:  test_the_all_in_level_is_the_best_of_a_search_by_hand.
    """
    rates, brackets = law.rate_schedule.rate, 0
    for bracket in range(rates.size):  # the last that is cheaper: where rates have drifted, one before it may be dearer
        brackets = bracket + 1 if rates[bracket] < rate else brackets
    tiers = law.irmaa.threshold.shape[1]
    y.fill_measure = NOTHING
    smallest_withdrawal(y, state, facts, rule, early, law)
    raised = state.raised
    tax, premiums = _all_tax(y), income_related_premiums(y, facts, rule.status, law)  # without a conversion
    adjusted, taxable, ordinary = y.agi, y.taxable_income, y.ordinary_taxable_income
    most_adjusted, most_taxable = 0.0, 0.0  # with the largest worth a look
    best, best_measure, best_level = GAINED, NOTHING, 0.0
    for place in range(brackets + EDGES + tiers):
        measure, level = _place(place, brackets, facts, rule, law)
        if measure == ADJUSTED_GROSS and not adjusted < level < most_adjusted:
            continue
        if measure == TAXABLE and not taxable < level < most_taxable:
            continue
        if measure == ORDINARY and (level < ordinary or (place < brackets and rates[brackets - 1 - place] >= rate)):
            continue
        y.fill_measure, y.fill_level = measure, level
        cash_left(raised, y, state, facts, rule, early, law)
        y.passes += 1.0
        later = income_related_premiums(y, facts, rule.status, law)
        if place == 0:
            most_adjusted, most_taxable = y.agi, y.taxable_income
        gained = rate * y.conversion - (_all_tax(y) - tax) - (later - premiums)
        if gained > best:
            best, best_measure, best_level = gained, measure, level
    y.fill_measure, y.fill_level = best_measure, best_level
    y.conversion = 0.0


@provision
def _all_tax(y):  # type: ignore[no-untyped-def]
    """The year's federal, state and local income tax."""
    return y.income_tax + y.state_tax + y.local_tax


@provision
def _place(place, brackets, facts, rule, law):  # type: ignore[no-untyped-def]
    """A place where a conversion may end, as a measure and a level: brackets from the dearest down, none, then edges.

    An edge that does not matter to the return has no level.
    """
    measure, level = NOTHING, 0.0
    edge = place - brackets - 1
    if 0 <= place < brackets:
        measure, level = ORDINARY, _end_of_bracket(brackets - 1 - place, rule.status, law.rate_schedule)
    elif place == brackets:
        measure = ORDINARY
    elif edge == 0:
        measure, level = TAXABLE, law.capital_gains.zero_rate_top[rule.status]
    elif edge == 1:
        measure, level = TAXABLE, law.capital_gains.fifteen_rate_top[rule.status]
    elif edge == 1 + 1:
        measure, level = ADJUSTED_GROSS, law.net_investment_income.threshold[rule.status] - BELOW_THE_EDGE
    elif edge == EDGES - 1 - 1:
        oldest = max(facts.age1, facts.age2)
        measure = ADJUSTED_GROSS
        level = law.senior_deduction.magi_start[rule.status] if oldest >= law.senior_deduction.age else 0.0
    elif edge > 0:
        later = max(facts.age1, facts.age2) + law.irmaa.lookback_years  # the age when the premiums are due
        tier = edge - (EDGES - 1)
        measure = ADJUSTED_GROSS
        level = law.irmaa.threshold[rule.status, tier] - BELOW_THE_EDGE if later >= law.irmaa.eligible_age else 0.0
    return measure, level
