"""What a household spends in a year: the living cost, the spending rule of retirement, and meeting them."""

from __future__ import annotations

import math

from rothwell.lifetime.accounts import PEOPLE, spendable_wealth
from rothwell.lifetime.credit_cliff import smallest_withdrawal
from rothwell.lifetime.records import FLAT, GUARDRAILS
from rothwell.provision import provision

ATTEMPTS = 2  # at the year's cash: with the contributions planned, and with those that the cash floor leaves
UNPAID_TOLERANCE = 0.005  # dollars: below half a cent the living cost counts as paid


@provision
def plan_spending(y, year, state, household, strategy, position):  # type: ignore[no-untyped-def]
    """Spending of the year: the living cost until nobody works any more, then the spending rule.

    Both rest on what is known today. A year without work before a job of the file that somebody living still has ahead
    is no retirement: it costs the living cost.
    """
    couple = household.couple[0]
    if y.working > 0.0:
        y.spending = couple.living_cost * y.price_level
        state.spent_real = 0.0
    else:
        y.spending = _spending_after_work(y, state, household, strategy, position)
        state.spent_real = y.spending / y.price_level
    y.goals = household.goals[year] * y.price_level
    after_tax = y.after_tax[0] + y.after_tax[1]
    deferrals = y.deferral_pre_tax[0] + y.deferral_pre_tax[1] + y.deferral_roth[0] + y.deferral_roth[1]
    income = y.pay[0] + y.pay[1] + y.benefits + y.pension + y.incomes + y.rmd[0] + y.rmd[1]
    outside = y.backdoor[0] + y.backdoor[1] + y.hsa_contribution[0] + y.hsa_contribution[1]
    income += y.hsa_paid - outside + y.rmd_roth[0] + y.rmd_roth[1]
    costs = y.payroll_tax + y.premiums + y.medical + y.spending + y.goals + y.costs
    y.cash_fixed = income - deferrals - after_tax - costs


@provision
def _spending_after_work(y, state, household, strategy, position):  # type: ignore[no-untyped-def]
    """The spending rule: amortized, within guardrails around that, or flat.

    What a law takes out of Roth accounts is wealth on its way to the taxable account, untaxed.
    """
    couple = household.couple[0]
    youngest = math.inf
    for person in range(PEOPLE):
        youngest = min(youngest, y.age[person]) if y.alive[person] > 0.0 else youngest
    years_left = int(max(1.0, strategy.spend_to_age - youngest + 1.0))
    wealth = spendable_wealth(state, strategy.deferred_weight) + y.rmd_roth[0] + y.rmd_roth[1]
    amortized = y.benefits + y.pension + y.incomes_for_life + wealth / household.annuity[position, years_left]
    before = state.spent_real * y.price_level
    guarded = amortized
    if couple.spending_rule == GUARDRAILS and before > 0.0:
        guarded = within_guardrails(before, amortized, strategy.guardrail_width, couple.guardrail_step)
    return couple.flat_spending * y.price_level if couple.spending_rule == FLAT else guarded


@provision
def within_guardrails(before, amortized, width, step):  # type: ignore[no-untyped-def]
    """Spending that stays what it was in real terms until it leaves a band around the amortized amount.

    Above the band it is cut by the step, below it raised by the step, never past the amortized amount itself. After
    Guyton and Klinger, Decision Rules and Maximum Initial Withdrawal Rates, Journal of Financial Planning, March 2006
    (20% and 10%); the amortized amount stands here for their first withdrawal rate.

    Units:  dollars of the year; `before` is last year's plan at this year's prices; width and step are shares.
    Not modeled: their rule that a year of losses brings no raise for inflation, and that cuts end 15 years before the
            end.
    Tests:  test_guardrails_by_hand.
    """
    cut = max(amortized, before * (1.0 - step))
    raised = min(amortized, before * (1.0 + step))
    below = raised if before < (1.0 - width) * amortized else before
    return cut if before > (1.0 + width) * amortized else below


@provision
def meet_spending(y, state, facts, rule, early, law):  # type: ignore[no-untyped-def]
    """Raise the cash that the year needs; while somebody works, the cash floor comes before after-tax contributions.

    Returns the cash left over, negative where everything was not enough.
    """
    left, cut = 0.0, 0.0
    for _ in range(ATTEMPTS):
        after_tax = y.after_tax[0] + y.after_tax[1]
        for person in range(PEOPLE):
            y.after_tax[person] -= cut * (y.after_tax[person] / after_tax) if after_tax > 0.0 else 0.0
        y.cash_fixed += cut
        left = smallest_withdrawal(y, state, facts, rule, early, law)
        planned = y.after_tax[0] + y.after_tax[1]
        missing = y.cash_floor - (state.taxable - y.sold_taxable) - max(0.0, left)
        cut = min(planned, missing + y.after_tax_share_cut * planned)
        if y.jobs <= 0.0 or missing <= UNPAID_TOLERANCE or planned <= 0.0 or y.after_tax_share_cut >= 1.0:
            break
    _leave_unpaid(y, max(0.0, -left))
    y.saved = max(0.0, left)
    return left


@provision
def _leave_unpaid(y, unmet):  # type: ignore[no-untyped-def]
    """What cannot be paid: living first, never below nothing, then dated goals, costs, health, and premiums."""
    y.spending_unmet = unmet
    from_living = min(unmet, y.spending)
    from_goals = min(unmet - from_living, y.goals)
    y.spending -= from_living
    y.goals -= from_goals
    from_costs = min(unmet - from_living - from_goals, y.costs)
    from_health = min(unmet - from_living - from_goals - from_costs, y.medical)
    y.costs -= from_costs
    y.medical -= from_health
    y.premiums -= unmet - from_living - from_goals - from_costs - from_health
