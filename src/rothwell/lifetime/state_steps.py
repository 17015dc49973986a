"""Where a state's tax jumps as income rises: below such a step a smaller withdrawal may be enough."""

from __future__ import annotations

import math

from rothwell.lifetime.year_rule import parts_of_rule
from rothwell.provision import provision, seldom
from rothwell.tax.both_returns import state_tax_of
from rothwell.tax.deductions import people_of_age

STEEPEST = 0.16  # of state and local tax on a dollar without a step: a bound of the search, not law
WIDEST = 14_900.0  # dollars of income below the answer that are searched for a step of the state's own income
NARROWER = 6.0  # each search is this many times as narrow as the one before
SEARCHES = 3  # a count, not law
NO_END = 0.0  # of steps that take amounts rather than shares


@seldom
def state_step_within(y, facts, rule, income_of_lost, law):  # type: ignore[no-untyped-def]
    """How far below the answer a smaller one may lie because of a step of the state; 0 where none is near.

    Steps that rest on federal adjusted gross income are known by their places; where a state's own income decides, the
    tax is looked at from below.

    Law:    each state's own: exemptions and credits by tiers, limits and steps of income.
    Units:  dollars raised; `income_of_lost` is the income that a dollar lost at a step can be worth.
    Tests:  test_no_smaller_withdrawal_would_do_in_households_at_random.
    """
    state, status = law.state, rule.status
    rate = 0.0
    for bracket in range(state.brackets.rate.shape[1]):
        rate = max(rate, state.brackets.rate[status, bracket])
    children = facts.n_children_u17 + facts.n_older_children
    exemption, credit = state.exemption, state.exemption_credit
    whole = exemption.filer[status] + exemption.dependent * children
    whole += exemption.aged * people_of_age(facts.age1, facts.age2, exemption.aged_from)
    reach = 0.0
    for tier in range(exemption.tier_top.shape[1]):
        reach = _nearer(reach, y.agi - exemption.tier_top[status, tier], rate * whole * income_of_lost)
    over = y.agi - exemption.phase_out_start[status]
    over = _above_a_step(over, exemption.phase_out_step[status], exemption.phase_out_share)
    reach = _nearer(reach, over, rate * exemption.phase_out_share * whole * income_of_lost)
    filers = 1.0 + (1.0 if facts.age2 > 0.0 else 0.0)
    of_credits = credit.filer[status] + credit.dependent * children
    reach = _nearer(reach, y.agi - credit.income_limit[status], of_credits * income_of_lost)
    old = people_of_age(facts.age1, facts.age2, credit.aged_from)
    over = _above_a_step(y.agi - credit.phase_out_start[status], credit.phase_out_step[status], NO_END)
    reach = _nearer(reach, over, credit.phase_out_amount * (filers + old + children) * income_of_lost)
    most = max(state.senior_credit.both, state.senior_credit.one[status])
    reach = _nearer(reach, y.agi - state.senior_credit.income_limit[status], most * income_of_lost)
    for tier in range(state.federal_tax.tier_top.shape[1]):
        lost = rate * (state.federal_tax.cap[status, tier] - state.federal_tax.cap[status, tier + 1])
        reach = _nearer(reach, y.agi - state.federal_tax.tier_top[status, tier], lost * income_of_lost)
    medical = state.medical_subtraction
    people = people_of_age(facts.age1, facts.age2, medical.age)
    for tier in range(medical.tier_top.shape[1]):
        lost = rate * people * (medical.amount[tier] - medical.amount[tier + 1])
        reach = _nearer(reach, y.agi - medical.tier_top[status, tier], lost * income_of_lost)
    for tier in range(state.child_deduction.tier_top.shape[1]):
        lost = rate * state.child_deduction.amount[tier] * facts.n_children_u17
        reach = _nearer(reach, y.agi - state.child_deduction.tier_top[status, tier], lost * income_of_lost)
    reach = max(reach, _step_of_family_credits(y, facts, status, income_of_lost, state))
    benefits = state.social_security
    over = y.agi - benefits.phase_out_start[status]
    over = _above_a_step(over, benefits.phase_out_step[status], benefits.phase_out_share)
    lost = rate * benefits.taxed * benefits.phase_out_share * (facts.ss1 + facts.ss2)
    reach = _nearer(reach, over, lost * income_of_lost)
    highest = _highest_own_step(facts, state, status)
    below_highest = highest > 0.0 and y.state_taxable_income - WIDEST < highest
    if below_highest or _is_near_a_bracket(y, state, status):
        reach = max(reach, _own_step_within(y, facts, rule, law))
    return reach


@provision
def _step_of_family_credits(y, facts, status, income_of_lost, state):  # type: ignore[no-untyped-def]
    """The reach of a step of the credits for households with small incomes and for children.

    Law:    N.Y. Tax Law 606(b), (c-1).
    """
    law, reach = state.household_credit, 0.0
    beyond_first = facts.n_children_u17 + facts.n_older_children + (1.0 if facts.age2 > 0.0 else 0.0)
    for tier in range(law.top.shape[1]):
        lost = law.amount[status, tier] - law.amount[status, tier + 1]
        reach = _nearer(reach, y.agi - law.top[status, tier], lost * income_of_lost)
    for tier in range(law.each_top.shape[1]):
        lost = beyond_first * (law.each[status, tier] - law.each[status, tier + 1])
        reach = _nearer(reach, y.agi - law.each_top[status, tier], lost * income_of_lost)
    over = _above_a_step(y.agi - state.child_credit.start[status], state.child_credit.step, NO_END)
    return _nearer(reach, over, state.child_credit.lost * income_of_lost)


@provision
def _is_near_a_bracket(y, state, status):  # type: ignore[no-untyped-def]
    """Whether a bracket is near whose benefit is taken back by all income, once taxable income passes its begin.

    Law:    N.Y. Tax Law 601(d-4).
    """
    near = False
    if state.recapture.length > 1.0:
        for place in range(int(state.recapture.together[status]), state.brackets.top.shape[1]):
            near = near or abs(y.state_taxable_income - state.brackets.top[status, place]) <= WIDEST
    return near


@provision
def _highest_own_step(facts, state, status):  # type: ignore[no-untyped-def]
    """The state's own income above which none of its steps lies; 0 where it has none for these people.

    The circuit breaker of Massachusetts needs real estate taxes, which a plan over a life does not know.

    Law:    N.J.S.A. 54A:6-10; M.G.L. c. 62, section 5(a).
    """
    exclusion, small = state.gross_income_exclusion, state.no_tax_status
    old = max(facts.age1, facts.age2) >= exclusion.age
    highest = exclusion.tier_top[exclusion.tier_top.size - 1] if old else 0.0
    dependents = facts.n_children_u17 + facts.n_older_children
    free = small.income[status] + small.dependent[status] * dependents
    return max(highest, small.limited_up_to * free)


@provision
def _nearer(reach, over, of_step):  # type: ignore[no-untyped-def]
    """The larger reach, with that of a step if income has just passed it.

    Law:    each state's own.
    """
    return max(reach, of_step) if 0.0 < over <= of_step else reach


@provision
def _above_a_step(over, step, share):  # type: ignore[no-untyped-def]
    """By how much income has passed the last begin of a step; nothing below the first, nor where steps that each take
    a share have taken the whole.

    Law:    each state's own: "for each ... or part of it".
    """
    steps = math.floor(over / step) if over > 0.0 else 0.0
    return over - steps * step if over > 0.0 and share * steps < 1.0 else 0.0


@seldom
def _own_step_within(y, facts, rule, law):  # type: ignore[no-untyped-def]
    """How far below there is a step, found by the tax of smaller incomes: more is lost than the steepest rate takes.

    Where a conversion ends with the money that pays its tax, a smaller withdrawal has the larger income.

    Law:    N.J.S.A. 54A:6-10; M.G.L. c. 62, section 5(a); N.Y. Tax Law 601(d-4).
    """
    now = y.state_tax + y.local_tax
    width, found = WIDEST, 0.0
    for _ in range(SEARCHES):
        lost = now - _tax_with(-width, y, facts, rule, law)
        if y.conversion > 0.0 and y.room_early > 0.0:
            lost = max(lost, _tax_with(width, y, facts, rule, law) - now)
        found = max(found, width) if lost > STEEPEST * width else found
        width /= NARROWER
    return found


@seldom
def _tax_with(more, y, facts, rule, law):  # type: ignore[no-untyped-def]
    """State and local tax with so much more income; where losses of a class do not count, it is the state's alone.

    Law:    N.J.S.A. 54A:5-2.
    Units:  dollars of the year; `more` may be below zero.
    """
    by_classes = 1.0 if law.state.income.classes > 0.0 else 0.0
    other, added = facts.other_income, facts.other_additions
    facts.other_income, facts.other_additions = other + (1.0 - by_classes) * more, added + by_classes * more
    tax = state_tax_of(facts, parts_of_rule(rule), rule.turns, y.income_tax, rule.status, law)
    facts.other_income, facts.other_additions = other, added
    return tax
