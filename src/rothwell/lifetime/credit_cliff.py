"""The end of the premium tax credit, where cash falls as income rises: the smaller withdrawal that keeps the credit."""

from __future__ import annotations

from rothwell.lifetime.withdrawal import (
    CASH_TOLERANCE,
    LEAST_CASH_PER_DOLLAR,
    MOST_INCOME_PER_DOLLAR,
    cash_left,
    solve_withdrawal,
)
from rothwell.provision import provision, seldom
from rothwell.tax.premium_tax_credit import poverty_line

TRIES = 200  # of the search: above what its steps can need
TOLERANCE = 1e-3  # dollars of the withdrawal
HALVES = 2.0  # an interval is cut in two


@provision
def smallest_withdrawal(y, state, facts, rule, early, law):  # type: ignore[no-untyped-def]
    """Raise the smallest cash that leaves none missing, also across the end of the premium tax credit; returns the cash
    left.

    Tests:  test_no_smaller_withdrawal_would_do_in_households_at_random.
    """
    left = solve_withdrawal(y, state, facts, rule, early, law)
    if rule.premiums:
        left = keep_the_credit(left, y, state, facts, rule, early, law)
    return left


@seldom
def keep_the_credit(left, y, state, facts, rule, early, law):  # type: ignore[no-untyped-def]
    """The smallest withdrawal that leaves no cash missing where the premium tax credit begins, steps or ends below it.

    The solver has found a withdrawal that is enough, or everything that there is. Where it brings no credit, or one
    just above the step between the first tiers, a smaller one is searched from as far below as the credit can make up:
    a dollar more raised leaves at most about a dollar, so raising what is missing passes no answer but where a credit
    begins on the way; there the interval is halved. Income may rise with what is raised or, where a conversion ends as
    the money that pays its tax does, fall. Writes the choice into `y` and returns the cash left.

    Law:    IRC 36B(b)(3)(A), (c)(1)(A): no credit below the poverty line and above a multiple of it.
    Units:  dollars of the year; a tax evaluation for each try, counted in `y.passes`.
    Tests:  test_a_smaller_withdrawal_keeps_the_premium_credit,
            test_a_smaller_withdrawal_brings_the_credit_where_income_falls_with_it.
    """
    credit = law.premium_tax_credit
    spouse = 1.0 if facts.age2 > 0.0 else 0.0
    line = poverty_line(1.0 + spouse + facts.n_children_u17 + facts.n_older_children, credit)  # 36B(d)(1)
    most = min(facts.marketplace_premiums, facts.benchmark_premium)
    step = (credit.initial_percentage[1] - credit.final_percentage[0]) * credit.poverty_ratio[1] * line
    above = y.magi_ptc - credit.poverty_ratio[1] * line
    near_step = 0.0 < above <= MOST_INCOME_PER_DOLLAR * step / LEAST_CASH_PER_DOLLAR
    if state.raised <= 0.0 or most <= 0.0 or (y.premium_tax_credit > 0.0 and not near_step):
        return left
    enough = state.raised
    start = max(0.0, enough - (most if y.premium_tax_credit <= 0.0 else step) / LEAST_CASH_PER_DOLLAR)
    longest = line / MOST_INCOME_PER_DOLLAR  # a step that cannot pass over all incomes with a credit
    raised, too_little = start, -1.0
    for _ in range(TRIES):
        y.passes += 1.0
        left = cash_left(raised, y, state, facts, rule, early, law)
        begin_at_nothing = left >= 0.0 and raised == start and start > 0.0
        if (left >= -CASH_TOLERANCE or raised >= enough) and not begin_at_nothing:
            break
        too_little = -1.0 if begin_at_nothing else raised
        start = 0.0 if begin_at_nothing else start
        raised = 0.0 if begin_at_nothing else min(enough, raised + min(longest, -left))
    high = raised
    while left > TOLERANCE and 0.0 <= too_little < high - TOLERANCE:  # a credit has begun on the way
        y.passes += 1.0
        raised = too_little + (high - too_little) / HALVES
        left_there = cash_left(raised, y, state, facts, rule, early, law)
        too_little = raised if left_there < 0.0 else too_little
        high, left = (high, left) if left_there < 0.0 else (raised, left_there)
    if raised != high:
        left = cash_left(high, y, state, facts, rule, early, law)
    state.raised = high
    return left
