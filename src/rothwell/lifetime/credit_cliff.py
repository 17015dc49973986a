"""The end of the premium tax credit, where cash falls as income rises: the smaller withdrawal that keeps the credit."""

from __future__ import annotations

from rothwell.lifetime.withdrawal import (
    LEAST_CASH_PER_DOLLAR,
    MOST_INCOME_PER_DOLLAR,
    cash_left,
    solve_withdrawal,
)
from rothwell.provision import provision, seldom
from rothwell.tax.premium_tax_credit import premium_credit_ends

PASS_LIMIT = 64  # of the search: above what halving down to its tolerance can need
TOLERANCE = 1e-3  # dollars of the withdrawal
HALVES = 2.0  # an interval is cut in two


@provision
def smallest_withdrawal(y, state, facts, rule, early, law):  # type: ignore[no-untyped-def]
    """Raise the smallest cash that leaves none missing, also across the end of the premium tax credit; returns the cash
    left.

    Tests:  test_no_smaller_withdrawal_would_do_in_households_at_random.
    """
    left = solve_withdrawal(y, state, facts, rule, early, law)
    if rule.parts.premiums:
        left = keep_the_credit(left, y, state, facts, rule, early, law)
    return left


@seldom
def keep_the_credit(left, y, state, facts, rule, early, law):  # type: ignore[no-untyped-def]
    """The smallest withdrawal up to the end of the premium tax credit that leaves no cash missing, if there is one.

    The solver has found a withdrawal that is enough, or everything that there is. Where income lies beyond the end of
    the credit by less than the credit can make up, a smaller one is searched: up to the end of the credit cash only
    rises with the withdrawal, and beyond it every trial is too high. Writes the choice into `y` and returns the cash
    left. A kernel of its own, so that a search that is rarely needed does not fill the year's code.

    Law:    IRC 36B(c)(1)(A): no credit above a multiple of the poverty line.
    Tests:  test_a_smaller_withdrawal_keeps_the_premium_credit.
    """
    spouse = 1.0 if facts.age2 > 0.0 else 0.0
    family = 1.0 + spouse + facts.n_children_u17 + facts.n_older_children  # 36B(d)(1)
    end = premium_credit_ends(family, law.premium_tax_credit)
    reach = min(facts.marketplace_premiums, facts.benchmark_premium) / LEAST_CASH_PER_DOLLAR
    over = y.magi_ptc - end
    if state.raised <= 0.0 or over <= 0.0 or over > MOST_INCOME_PER_DOLLAR * reach:
        return left
    low, high, best = max(0.0, state.raised - reach), state.raised, state.raised
    trial = low
    for _ in range(PASS_LIMIT):
        y.passes += 1.0
        left = cash_left(trial, y, state, facts, rule, early, law)
        if trial == best and high - low <= TOLERANCE:
            break
        if y.magi_ptc > end:
            high = trial
        elif left >= 0.0:
            high, best = trial, trial
        else:
            low = trial
        trial = best if high - low <= TOLERANCE else low + (high - low) / HALVES
    state.raised = best
    return left
