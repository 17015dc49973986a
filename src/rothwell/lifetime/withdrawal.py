"""The withdrawal that meets the year's spending after the tax it causes, and the conversion that fills a bracket.

Cash is raised in one order: taxable money above the cash floor, then after-tax contributions are cut, then unmatched
deferrals, then the cash floor itself, then tax-deferred money and Roth of those who are past 59 1/2, then what others
can reach, in the order of `early_access`. A strategy may, once nobody works, draw some tax-deferred money before or
beside taxable money. The smallest amount that leaves no cash missing is found by a safeguarded secant on the exact tax;
where a cliff makes cash jump, the smallest that still meets the need.
"""

from __future__ import annotations

import math

from rothwell.lifetime.conversions import NOTHING, conversion_to_fill, gain_to_harvest
from rothwell.lifetime.ira_basis import basis_recovered
from rothwell.lifetime.sources import spread_over_sources, total_room
from rothwell.lifetime.state_steps import state_step_within
from rothwell.lifetime.state_year import set_state_facts
from rothwell.lifetime.taxable_account import gain_of_sale, gains_of_turnover
from rothwell.lifetime.year_rule import parts_of_rule
from rothwell.provision import provision, seldom
from rothwell.tax.both_returns import STATE_FIRST, both_returns

PASS_LIMIT = 120  # of the solver: far above what is ever needed; reaching it is an error of ours
FAILED = 1e9  # passes that stand for a search that did not settle
CASH_TOLERANCE = 1e-6  # dollars: the solver's accuracy
WIDTH_TOLERANCE = 1e-7  # dollars: a bracket this narrow stands on a cliff
LEAST_CASH_PER_DOLLAR = 0.3  # the solver's first guess of the slope stays above this
LEAST_SLOPE = 1e-3  # a secant flatter than this is not followed
MOST_INCOME_PER_DOLLAR = 2.0  # a dollar raised adds less than this to income, benefits that become taxable included
CLIFFS_LOOKED_BACK = 4.0  # the search for a smaller withdrawal begins this many steps' worth below
HALVES = 2.0  # an interval is cut in two
MOST_LEFT_PER_DOLLAR = 2.0  # a dollar raised ends a conversion whose tax is at most a dollar, besides itself
PASSES_BEFORE_HALVING = 8.0  # where the secant is slow, some later passes halve the interval
HALVE_EVERY = 4.0  # of those later passes, every so many


@seldom
def cash_left(raised, y, state, facts, rule, early, law):  # type: ignore[no-untyped-def]
    """Cash left at the end of the year if this much is raised: the year's whole return is worked out on the way.

    Units:  dollars of the year; `rule` is a YEAR_RULE; the choice is written into `y`;
            `early` has the sources before 59 1/2, found when one is first needed.
    Tests:  test_spending_is_met_after_tax_to_a_millionth, test_conservation_in_a_million_random_household_years.
    """
    parts = parts_of_rule(rule)
    deferral_cut = spread_over_sources(y, raised, state, early, rule.place)
    paying = rule.held_before + rule.held_after * (state.taxable - y.sold_taxable)
    y.dividends = rule.dividend_yield * paying
    y.interest = rule.interest_yield * paying
    after_tax = (y.after_tax[0] + y.after_tax[1]) * (1.0 - y.after_tax_share_cut)
    y.conversion_earnings = rule.converted_earnings + rule.waiting_gain * after_tax
    _realize_gains_of_year(y, state, facts, rule)
    of_owners = y.deferral_share_cut * (y.owner_deferral[0] + y.owner_deferral[1])
    facts.wages1 = rule.wages + deferral_cut - of_owners
    kept = 1.0 - y.deferral_share_cut
    facts.self_employed_plan1 = y.business[0] - y.owner_pay[0] + kept * y.owner_deferral[0]  # 404(a)(8), 62(a)(6)
    facts.self_employed_plan2 = y.business[1] - y.owner_pay[1] + kept * y.owner_deferral[1]
    facts.taxable_interest = y.interest + y.incomes_investment
    facts.ordinary_dividends = y.dividends
    y.qualified_dividends = rule.qualified_share * y.dividends
    facts.qualified_dividends = y.qualified_dividends
    facts.ira_distributions = y.rmd[0] + y.rmd[1] + y.withdrawal_pre_tax + y.conversion_earnings
    facts.ira_distributions += y.withdrawal_hsa  # ordinary income too, 223(f)(2)
    if rule.early:
        facts.ira_distributions += y.roth_earnings
        facts.early_ira1 = y.early_subject
    facts.state_income_tax_paid = 0.0
    if rule.turns >= STATE_FIRST:
        facts.pension, facts.other_income = y.pension, y.incomes_ordinary
    y.conversion = 0.0
    if rule.has_basis:
        facts.ira_distributions += y.backdoor[0] + y.backdoor[1]
        y.basis_recovered = basis_recovered(0.0, y, state, early)
        facts.ira_distributions -= y.basis_recovered
    if y.fill_measure != NOTHING:
        y.conversion = conversion_to_fill(facts, y, state, rule, early, law)
        facts.ira_distributions += y.conversion
        if rule.has_basis:
            facts.ira_distributions += y.basis_recovered
            y.basis_recovered = basis_recovered(y.conversion, y, state, early)
            facts.ira_distributions -= y.basis_recovered
    y.gain_harvested = 0.0
    if y.harvest_level > 0.0:
        y.gain_harvested = gain_to_harvest(facts, y, state, rule, law)
        y.gain_realized += y.gain_harvested
        facts.lt_gain += y.gain_harvested
    if rule.turns >= STATE_FIRST:
        facts.deferrals = rule.deferrals - (deferral_cut - of_owners)
        set_state_facts(y, state, facts, rule, early, law)
    both = both_returns(facts, parts, rule.turns, rule.status, law)
    form = both.federal
    y.state_tax, y.local_tax = both.state_tax, both.local_tax
    y.state_income, y.state_taxable_income = both.state_income, both.state_taxable_income
    y.income_tax = form.total_tax
    y.early_tax = form.early_distribution_tax
    y.agi = form.agi
    y.taxable_income = form.taxable_income
    y.ordinary_taxable_income = form.taxable_income - form.preferential_income
    if rule.premiums:
        y.magi_ptc = form.agi + facts.ss1 + facts.ss2 - form.taxable_ss  # 36B(d)(2)(B)
        y.premium_tax_credit = form.premium_tax_credit
    return y.cash_fixed + raised + y.dividends + y.interest - form.total_tax - both.state_tax - both.local_tax


@provision
def _realize_gains_of_year(y, state, facts, rule):  # type: ignore[no-untyped-def]
    """The gains of the year: of sales, and of turnover in what is left.

    Law:    IRC 1001, 1222.
    """
    y.gain_realized = gain_of_sale(state, y.sold_taxable)
    if rule.turnover > 0.0:
        y.turnover_gain = gains_of_turnover(state, y.gain_realized, rule.turnover)
        y.short_term_gain = rule.short_term_share * y.turnover_gain
        y.gain_realized += y.turnover_gain - y.short_term_gain
        facts.st_gain = y.short_term_gain
    facts.lt_gain = y.gain_realized


@provision
def solve_withdrawal(y, state, facts, rule, early, law):  # type: ignore[no-untyped-def]
    """Raise the smallest cash that leaves none missing; returns the cash left (negative: everything was not enough).

    A secant from last year's withdrawal, moved by what the year's cash has changed, and kept between what proved too
    little and what proved enough. The number of evaluations is added to `y.passes`; FAILED of them mean that it did not
    settle.
    Tests:  test_spending_is_met_after_tax_to_a_millionth, test_no_smaller_withdrawal_would_do_in_households_at_random.
    """
    most = total_room(y)
    too_little, enough = -1.0, most + 1.0  # bounds not yet tried lie outside the range
    slope = state.cash_per_dollar
    raised = max(0.0, min(most, state.raised - (y.cash_fixed - state.cash_needed) / slope))
    raised_before, left_before, left = raised, 0.0, 0.0
    tries = 0.0
    while tries < PASS_LIMIT:
        tries += 1.0
        left = cash_left(raised, y, state, facts, rule, early, law)
        at_end = (raised <= 0.0 and left >= 0.0) or (raised >= most and left <= 0.0)
        narrow = enough - too_little <= WIDTH_TOLERANCE and left >= 0.0
        if abs(left) <= CASH_TOLERANCE or at_end or narrow:
            break
        if tries > 1.0 and raised != raised_before:
            slope = (left - left_before) / (raised - raised_before)
        too_little = raised if left < 0.0 else too_little
        enough = raised if left > 0.0 else enough
        raised_before, left_before = raised, left
        raised = _next_try(raised, left, slope, too_little, enough, most, tries)
    y.passes += tries if tries < PASS_LIMIT else FAILED
    state.cash_per_dollar = max(LEAST_CASH_PER_DOLLAR, min(1.0, slope))
    reach = 0.0
    if rule.dependents or rule.exemptions:
        reach = _cliff_within(y, facts, rule, state.cash_per_dollar, law)
    if rule.turns >= STATE_FIRST and raised > 0.0:
        income_of_lost = MOST_INCOME_PER_DOLLAR / state.cash_per_dollar
        reach = max(reach, state_step_within(y, facts, rule, income_of_lost, law))
    if raised > 0.0 and reach > 0.0:
        raised, left = _smallest_up_to((raised, reach), y, state, facts, rule, early, law)
    state.raised = raised
    state.cash_needed = y.cash_fixed - left
    return left


@provision
def _cliff_within(y, facts, rule, cash_per_dollar, law):  # type: ignore[no-untyped-def]
    """How far below the answer a smaller one may lie; 0 where no step of a credit or of exemptions is near.

    Law:    IRC 24(b)(1), 151(d)(3)(B): "for each ... (or fraction thereof)".
    """
    credit, exemption = law.child_tax_credit, law.personal_exemption
    children = facts.n_children_u17 + facts.n_older_children
    lost = credit.phase_out_per_step if children > 0.0 else 0.0
    reach = MOST_INCOME_PER_DOLLAR * lost / cash_per_dollar
    near = _is_near_a_step(y.agi - credit.phase_out_start[rule.status], credit.phase_out_step, reach)
    people = (1.0 if facts.age1 > 0.0 else 0.0) + (1.0 if facts.age2 > 0.0 else 0.0) + children
    rate = law.rate_schedule.rate[law.rate_schedule.rate.size - 1]
    lost_too = rate * exemption.phase_out_rate * exemption.amount * people
    reach_too = MOST_INCOME_PER_DOLLAR * lost_too / cash_per_dollar
    over = y.agi - exemption.phase_out_start[rule.status]
    near_too = _is_near_a_step(over, exemption.phase_out_step[rule.status], reach_too)
    return max(near * reach, near_too * reach_too)


@provision
def _is_near_a_step(over, step, reach):  # type: ignore[no-untyped-def]
    """Whether income has just passed the begin of a step: 1 yes, 0 no."""
    return 1.0 if over > 0.0 and reach > 0.0 and over - math.floor(over / step) * step <= reach else 0.0


@provision
def _smallest_up_to(bounds, y, state, facts, rule, early, law):  # type: ignore[no-untyped-def]
    """The smallest withdrawal that leaves no cash missing, up to one that is enough, and the cash that it leaves.

    `bounds` are what is enough, and how far below it the answer may lie.

    A dollar more raised leaves at most a dollar more: raising what is missing, from too little on, passes no answer.
    Where conversions before 59 1/2 end as taxable money does, it leaves up to two, and half of it is raised. Where what
    is left goes on as before to exactly nothing, no step lies between, and that is the answer.
    """
    enough, reach = bounds
    step = 1.0 / MOST_LEFT_PER_DOLLAR if y.conversion > 0.0 and y.room_early > 0.0 else 1.0
    start = max(0.0, enough - CLIFFS_LOOKED_BACK * reach)
    raised, left = start, 0.0
    raised_before, left_before = start, 0.0
    for _ in range(PASS_LIMIT):
        y.passes += 1.0
        left = cash_left(raised, y, state, facts, rule, early, law)
        if raised >= enough or (left >= -CASH_TOLERANCE and (raised != start or start == 0.0)):
            break
        above_all = left >= -CASH_TOLERANCE  # the start was not too little: begin at nothing
        start = 0.0 if above_all else start
        slope = (left - left_before) / (raised - raised_before) if raised > raised_before else 1.0
        raised_before, left_before = raised, left
        straight = raised - left / slope if slope > LEAST_SLOPE else enough
        raised = 0.0 if above_all else min(enough, raised - step * left)
        if raised < straight < enough and not above_all:
            y.passes += 1.0
            left = cash_left(straight, y, state, facts, rule, early, law)
            if abs(left) <= CASH_TOLERANCE:
                raised = straight
                break
            enough = straight if left > 0.0 else enough
            raised = min(enough, raised)
    return raised, left


@provision
def _next_try(raised, left, slope, too_little, enough, most, tries):  # type: ignore[no-untyped-def]
    """The secant's next point, kept inside what is known; some late passes halve the interval."""
    low, high = max(0.0, too_little), min(most, enough)
    guess = raised - left / max(LEAST_SLOPE, slope)
    guess = max(low, min(high, guess))
    known = (guess == low and low == too_little) or (guess == high and high == enough)
    halve = tries > PASSES_BEFORE_HALVING and tries % HALVE_EVERY == 0.0
    middle = low + (high - low) / HALVES
    narrow = enough - too_little <= WIDTH_TOLERANCE
    return high if narrow else (middle if known or halve else guess)
