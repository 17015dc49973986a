"""Where a state's tax jumps as income rises: below such a step a smaller withdrawal may be enough."""

from __future__ import annotations

import math

from rothwell.provision import provision, seldom
from rothwell.tax.deductions import people_of_age
from rothwell.tax.state_brackets import tax_by_brackets
from rothwell.tax.state_classes import income_by_classes
from rothwell.tax.state_facts import FederalFigures
from rothwell.tax.state_new_jersey import gross_income_exclusion

NO_END = 0.0  # of steps that take amounts rather than shares


@seldom
def state_step_within(y, facts, rule, income_of_lost, law):  # type: ignore[no-untyped-def]
    """How far below the answer a smaller one may lie because of a step of the state; 0 where none is near.

    Every step has its place in federal adjusted gross income or in the state's own; what is lost there is worth so much
    income.

    Law:    each state's own: exemptions and credits by tiers, limits and steps of income.
    Units:  dollars raised; `income_of_lost` is the income that a dollar lost at a step can be worth.
    Tests:  test_no_smaller_withdrawal_would_do_in_households_at_random.
    """
    state, status = law.state, rule.status
    rate = state.brackets.rate[status, state.brackets.rate.shape[1] - 1]  # the highest
    reach = _step_of_exemptions(y, facts, status, rate, income_of_lost, state)
    most = max(state.senior_credit.both, state.senior_credit.one[status])
    reach = _nearer(reach, y.agi - state.senior_credit.income_limit[status], most * income_of_lost)
    if state.federal_tax.cap[status, 0] + state.medical_subtraction.amount[0] > 0.0:
        reach = max(reach, _step_of_subtractions(y, facts, status, rate, income_of_lost, state))
    if facts.n_children_u17 > 0.0:
        for tier in range(state.child_deduction.tier_top.shape[1]):
            lost = rate * state.child_deduction.amount[tier] * facts.n_children_u17
            reach = _nearer(reach, y.agi - state.child_deduction.tier_top[status, tier], lost * income_of_lost)
    if state.household_credit.amount[status, 0] + state.child_credit.lost > 0.0:
        reach = max(reach, _step_of_family_credits(y, facts, status, income_of_lost, state))
    benefits = state.social_security
    if facts.ss1 + facts.ss2 > 0.0 and benefits.phase_out_start[status] < math.inf:
        over = y.agi - benefits.phase_out_start[status]
        over = _above_a_step(over, benefits.phase_out_step[status], benefits.phase_out_share)
        lost = rate * benefits.taxed * benefits.phase_out_share * (facts.ss1 + facts.ss2)
        reach = _nearer(reach, over, lost * income_of_lost)
    if state.recapture.length > 1.0:
        reach = max(reach, _step_of_recapture(y, status, income_of_lost, state))
    exclusion = state.gross_income_exclusion
    within = y.state_income <= exclusion.tier_top[exclusion.tier_top.size - 1] + exclusion.most[status] * income_of_lost
    if max(facts.age1, facts.age2) >= exclusion.age and within:
        reach = max(reach, _step_of_exclusion(y, facts, status, income_of_lost, state))
    return max(reach, _step_of_small_incomes(y, facts, status, income_of_lost, state))


@provision
def _step_of_exemptions(y, facts, status, rate, income_of_lost, state):  # type: ignore[no-untyped-def]
    """The reach of a step of exemptions, and of the credits that some states have in their place.

    Law:    Md. Code, Tax-Gen. 10-211; Cal. Rev. & Tax. Code 17054.1; Or. Rev. Stat. 316.085; Minn. Stat. 290.0121.
    """
    children = facts.n_children_u17 + facts.n_older_children
    exemption, credit, reach = state.exemption, state.exemption_credit, 0.0
    if min(exemption.tier_top[status, 0], exemption.phase_out_start[status]) < math.inf:
        whole = exemption.filer[status] + exemption.dependent * children
        whole += exemption.aged * people_of_age(facts.age1, facts.age2, exemption.aged_from)
        for tier in range(exemption.tier_top.shape[1]):
            reach = _nearer(reach, y.agi - exemption.tier_top[status, tier], rate * whole * income_of_lost)
        over = y.agi - exemption.phase_out_start[status]
        over = _above_a_step(over, exemption.phase_out_step[status], exemption.phase_out_share)
        reach = _nearer(reach, over, rate * exemption.phase_out_share * whole * income_of_lost)
    if credit.filer[status] > 0.0:
        filers = 1.0 + (1.0 if facts.age2 > 0.0 else 0.0)
        of_credits = credit.filer[status] + credit.dependent * children
        reach = _nearer(reach, y.agi - credit.income_limit[status], of_credits * income_of_lost)
        old = people_of_age(facts.age1, facts.age2, credit.aged_from)
        over = _above_a_step(y.agi - credit.phase_out_start[status], credit.phase_out_step[status], NO_END)
        reach = _nearer(reach, over, credit.phase_out_amount * (filers + old + children) * income_of_lost)
    return reach


@provision
def _step_of_subtractions(y, facts, status, rate, income_of_lost, state):  # type: ignore[no-untyped-def]
    """The reach of a step of the federal tax and the medical costs that are subtracted.

    Law:    Or. Rev. Stat. 316.693, 316.695.
    """
    reach = 0.0
    for tier in range(state.federal_tax.tier_top.shape[1]):
        lost = rate * (state.federal_tax.cap[status, tier] - state.federal_tax.cap[status, tier + 1])
        reach = _nearer(reach, y.agi - state.federal_tax.tier_top[status, tier], lost * income_of_lost)
    medical = state.medical_subtraction
    people = people_of_age(facts.age1, facts.age2, medical.age)
    for tier in range(medical.tier_top.shape[1]):
        lost = rate * people * (medical.amount[tier] - medical.amount[tier + 1])
        reach = _nearer(reach, y.agi - medical.tier_top[status, tier], lost * income_of_lost)
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
    credit = state.child_credit
    whole = credit.each * facts.n_children_u17 + credit.under_four * facts.n_children_u4
    if whole > 0.0:
        over = _above_a_step(y.agi - credit.start[status], credit.step, credit.lost / whole)
        reach = _nearer(reach, over, credit.lost * income_of_lost)
    return reach


@provision
def _step_of_recapture(y, status, income_of_lost, state):  # type: ignore[no-untyped-def]
    """The reach of the begin of a bracket whose benefit is taken back by all income, once taxable income passes it.

    Law:    N.Y. Tax Law 601(d-4).
    """
    law, brackets, reach = state.recapture, state.brackets, 0.0
    for place in range(int(law.together[status]), brackets.top.shape[1]):
        begin = brackets.top[status, place]
        over = _either_side(y.state_taxable_income - begin, y)
        if over > 0.0 and begin < math.inf:
            step = brackets.rate[status, place + 1] - brackets.rate[status, place]
            part = max(0.0, min(1.0, (y.state_income - begin) / law.length))
            reach = _nearer(reach, over, begin * step * part * income_of_lost)
    last = brackets.rate.shape[1] - 1
    flat = brackets.rate[status, last] * y.state_taxable_income - y.state_tax  # at the most what is taken back at once
    flat = max(flat, y.state_tax - tax_by_brackets(y.state_taxable_income, status, brackets))
    return _nearer(reach, _either_side(y.state_income - law.flat_from, y), flat * income_of_lost)


@seldom
def _step_of_exclusion(y, facts, status, income_of_lost, state):  # type: ignore[no-untyped-def]
    """The reach of an income at which a part of the exclusion of the old is lost.

    Law:    N.J.S.A. 54A:6-10.
    """
    law, reach = state.gross_income_exclusion, 0.0
    figures = FederalFigures(y.agi, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    income = income_by_classes(facts, facts, figures, 0.0, state)
    tax = tax_by_brackets(y.state_taxable_income, status, state.brackets)
    for tier in range(law.tier_top.size):
        over = _either_side(income - law.tier_top[tier], y)
        if 0.0 < over <= law.most[status] * income_of_lost:
            before = gross_income_exclusion(facts, facts, figures, law.tier_top[tier], status, law)
            after = gross_income_exclusion(facts, facts, figures, law.tier_top[tier] + 1.0, status, law)
            lost = max(0.0, before - after)
            of_more = tax_by_brackets(y.state_taxable_income + lost, status, state.brackets) - tax
            reach = _nearer(reach, over, of_more * income_of_lost)
    return reach


@provision
def _step_of_small_incomes(y, facts, status, income_of_lost, state):  # type: ignore[no-untyped-def]
    """The reach of an income up to which nothing is owed, or less than by the brackets.

    Law:    N.J.S.A. 54A:2-4; Va. Code 58.1-321(A); M.G.L. c. 62, section 5(a).
    """
    reach, tax = 0.0, y.state_tax + y.local_tax
    if state.filing_threshold.income[status] > 0.0:
        over = _either_side(y.state_income - state.filing_threshold.income[status], y)
        reach = _nearer(reach, over, tax * income_of_lost)
    small = state.no_tax_status
    if small.income[status] > 0.0:
        free = small.income[status] + small.dependent[status] * (facts.n_children_u17 + facts.n_older_children)
        lost = tax - small.limited_rate * (small.limited_up_to - 1.0) * free
        over = _either_side(y.state_income - small.limited_up_to * free, y)
        reach = _nearer(reach, over, lost * income_of_lost)
    return reach


@provision
def _either_side(over, y):  # type: ignore[no-untyped-def]
    """How far income is above a place; where a conversion ends with the money that pays its tax, a smaller withdrawal
    has the larger income, and below it counts too.

    Law:    each state's own.
    """
    return abs(over) if y.conversion > 0.0 and y.room_early > 0.0 else over


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
