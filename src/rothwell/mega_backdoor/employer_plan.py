"""The room in an employer's plan: 402(g), 414(v), 415(c), 401(a)(17) and the plan's own caps.

`capacity`, the desk and the simulator call these same scalar functions.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rothwell.provision import provision

MATCH_TIERS = 6  # tiers a match formula may have; unused tiers have rate zero
ANNUAL_ADDITIONS, COMPENSATION, PLAN_CAP, ACP, NOT_ALLOWED = range(5)
LIMITED_BY = ("annual_additions", "compensation", "plan_cap", "acp", "not_allowed")
NO_CAP = np.inf

PLAN = np.dtype(
    (
        np.record,
        [
            ("planned_deferral", "f8"),  # dollars of the year, catch-up included; infinite for the maximum
            ("roth_feature", "f8"),
            ("higher_catch_up", "f8"),
            ("after_tax_allowed", "f8"),
            ("after_tax_dollar_cap", "f8"),
            ("after_tax_pay_cap", "f8"),
            ("acp_limit", "f8"),
            ("nonelective", "f8"),
            ("match_dollar_cap", "f8"),
            ("match_after_tax", "f8"),  # 1: after-tax contributions earn match as deferrals do
            ("match_rate", "f8", (MATCH_TIERS,)),
            ("match_up_to", "f8", (MATCH_TIERS,)),
        ],
    )
)


class Deferral(NamedTuple):
    """Elective deferrals of a year in one plan, in dollars; `matched` is the part that earns match."""

    base: float
    catch_up: float
    catch_up_must_be_roth: float


class EmployerMoney(NamedTuple):
    """What the employer puts in, in dollars of the year."""

    match: float
    nonelective: float


class AfterTaxRoom(NamedTuple):
    """Room for after-tax contributions in dollars, and which limit binds (an index of LIMITED_BY)."""

    room: float
    limited_by: int


@provision
def elective_deferral_limit(law):  # type: ignore[no-untyped-def]
    """The limit on a person's elective deferrals over all plans, without catch-up.

    Law:    IRC 402(g)(1), (3), (4).
    Units:  dollars of the calendar year, one limit per person.
    Tests:  test_worked_examples_of_the_room.
    """
    return law.elective_deferral.limit


@provision
def catch_up_limit(age, higher_adopted, law):  # type: ignore[no-untyped-def]
    """Catch-up contributions of a person by the age attained on 31 December.

    Law:    IRC 414(v)(2)(B), (E); Reg. 1.414(v)-1(g).
    Units:  dollars; the amount of 60 to 63 replaces the other where the plan has adopted it.
    Tests:  test_catch_up_by_age.
    """
    section = law.catch_up
    higher = age >= section.higher_age_first and age < section.higher_age_last + 1.0 and higher_adopted > 0.0
    amount = section.limit_60_63 if higher else section.limit_50
    return amount if age >= section.age else 0.0


@provision
def catch_up_must_be_roth(prior_year_wages, law):  # type: ignore[no-untyped-def]
    """Whether catch-up money must be designated Roth: 1 yes, 0 no.

    Law:    IRC 414(v)(7)(A); Social Security wages of the year before from the employer of the plan exceed the amount.
    Units:  dollars (Form W-2, box 3, of the year before); 0 for somebody hired this year.
    Tests:  test_roth_catch_up_threshold.
    """
    return 1.0 if prior_year_wages > law.catch_up.roth_wage_threshold else 0.0


@provision
def elective_deferral(pay, limit_left, catch_up_left, wage_level, prior_year_wages, plan, law):  # type: ignore[no-untyped-def]
    """Elective deferrals of a year in one plan, split into those under 402(g) and catch-up.

    Law:    IRC 402(g)(1), 414(v)(2), (3), (7)(B): no Roth feature, no catch-up for those who must use Roth.
    Units:  dollars; `limit_left` and `catch_up_left` are what the person's other plans leave; `wage_level` is 1 in the
            year for which the planned amount was written, and carries it to later years.
    Tests:  test_worked_examples_of_the_room, test_no_roth_feature_no_catch_up.
    """
    must = catch_up_must_be_roth(prior_year_wages, law)
    barred = must > 0.0 and plan.roth_feature <= 0.0
    allowed = 0.0 if barred else catch_up_left
    planned = min(plan.planned_deferral * wage_level, pay)
    base = min(planned, limit_left)
    return Deferral(base, min(planned - base, allowed), must)


@provision
def recognized_pay(plan_pay, law):  # type: ignore[no-untyped-def]
    """Pay that a plan may count in its formulas.

    Law:    IRC 401(a)(17)(A); Reg. 1.401(a)(17)-1.
    Units:  dollars of the plan year.
    Tests:  test_match_stops_at_the_pay_limit.
    """
    return min(plan_pay, law.compensation.limit)


@provision
def employer_contributions(deferral, plan_pay, plan, law):  # type: ignore[no-untyped-def]
    """Match by tiers of pay deferred, and nonelective contributions.

    Law:    the plan's formula on pay up to IRC 401(a)(17).
    Units:  dollars; a tier reaches from the end of the one before to `match_up_to` (a share of pay).
    Not modeled: match per paycheck (a whole-year match equals one with a true-up); matched catch-up is assumed.
    Tests:  test_match_by_tiers, test_match_stops_at_the_pay_limit.
    """
    pay = recognized_pay(plan_pay, law)
    match = 0.0
    below = 0.0
    for tier in range(plan.match_rate.size):
        if plan.match_up_to[tier] <= 0.0:
            break  # tiers that are not used
        top = max(below, plan.match_up_to[tier])
        match += plan.match_rate[tier] * max(0.0, min(deferral, top * pay) - below * pay)
        below = top
    return EmployerMoney(min(match, plan.match_dollar_cap), plan.nonelective * pay)


@provision
def matched_deferral(plan_pay, plan, law):  # type: ignore[no-untyped-def]
    """The deferrals that earn match: what should never be cut first.

    Law:    the plan's formula on pay up to IRC 401(a)(17).
    Units:  dollars of the year.
    Tests:  test_match_by_tiers.
    """
    top = 0.0
    for tier in range(plan.match_rate.size):
        if plan.match_up_to[tier] <= 0.0:
            break  # tiers that are not used
        top = max(top, plan.match_up_to[tier] if plan.match_rate[tier] > 0.0 else 0.0)
    return top * recognized_pay(plan_pay, law)


@provision
def annual_additions_limit(pay, law):  # type: ignore[no-untyped-def]
    """The limit on annual additions to one employer's plans: dollars or 100 percent of compensation.

    Law:    IRC 415(c)(1)(A), (B), (c)(3)(D).
    Units:  dollars of the limitation year.
    Tests:  test_worked_examples_of_the_room.
    """
    return min(law.annual_additions.limit, law.annual_additions.compensation_share * pay)


@provision
def deferral_within_annual_additions(deferral, catch_up_left, pay, plan_pay, plan, law):  # type: ignore[no-untyped-def]
    """Elective deferrals that leave room for the employer's money under the limit on annual additions.

    Law:    IRC 415(c)(1), (2); what 415(c) does not allow is catch-up where any is left, Reg. 1.414(v)-1(a)-(b).
    Units:  dollars of the limitation year; `catch_up_left` is what the person's other plans leave.
    Not modeled: the match that falls with the cut (the cut is then a little more than needed; a case of low pay only).
    Tests:  test_all_money_stays_within_the_limit_on_annual_additions.
    """
    employer = employer_contributions(deferral.base + deferral.catch_up, plan_pay, plan, law)
    excess = max(0.0, deferral.base + employer.match + employer.nonelective - annual_additions_limit(pay, law))
    barred = deferral.catch_up_must_be_roth > 0.0 and plan.roth_feature <= 0.0
    allowed = 0.0 if barred else catch_up_left
    excess = min(excess, deferral.base)
    reclassified = min(excess, max(0.0, allowed - deferral.catch_up))
    return Deferral(deferral.base - excess, deferral.catch_up + reclassified, deferral.catch_up_must_be_roth)


@provision
def after_tax_beside_its_match(room, deferral, plan_pay, plan, law):  # type: ignore[no-untyped-def]
    """After-tax contributions that fill an amount together with the match that they earn.

    Law:    the plan's formula on pay up to IRC 401(a)(17); both are annual additions, IRC 415(c)(2), and both count in
            the ACP test, 401(m)(3).
    Units:  dollars of the year; `deferral` is all that is deferred, which is matched first.
    Tests:  test_matched_after_tax_money_and_its_match_fill_the_room.
    """
    pay = recognized_pay(plan_pay, law)
    left = room  # for after-tax money and its match
    reached = deferral  # dollars that earn match so far
    after_tax = 0.0
    match_left = max(0.0, plan.match_dollar_cap - employer_contributions(deferral, plan_pay, plan, law).match)
    for tier in range(plan.match_rate.size):
        if plan.match_up_to[tier] <= 0.0 or plan.match_after_tax <= 0.0:
            break  # tiers that are not used
        rate = plan.match_rate[tier]
        length = max(0.0, plan.match_up_to[tier] * pay - reached)
        until_cap = match_left / rate if rate > 0.0 else length
        matched = min(left / (1.0 + rate), length, until_cap)
        unmatched = min(left - (1.0 + rate) * matched, length - matched)
        after_tax += matched + unmatched
        left -= (1.0 + rate) * matched + unmatched
        match_left -= rate * matched
        reached += matched + unmatched
    return after_tax + left


@provision
def after_tax_room(pay, plan_pay, deferral, employer, plan, law):  # type: ignore[no-untyped-def]
    """Room for after-tax contributions in one employer's plan.

    Law:    IRC 415(c)(1), (2); catch-up does not count, 414(v)(3)(A)(i); 401(m)(2) through the user's ACP limit.
    Units:  dollars of the limitation year, never below zero; `deferral` is a Deferral, `employer` an EmployerMoney with
            the match of the deferral alone.
    Not modeled: the ACP test itself (the share of pay it leaves is an input).
    Tests:  test_worked_examples_of_the_room, test_room_is_never_negative.
    """
    used = deferral.base + employer.match + employer.nonelective
    every = deferral.base + deferral.catch_up
    room = max(0.0, annual_additions_limit(pay, law) - used)
    room = after_tax_beside_its_match(room, every, plan_pay, plan, law)
    by_pay = law.annual_additions.compensation_share * pay < law.annual_additions.limit
    limited_by = COMPENSATION if by_pay else ANNUAL_ADDITIONS
    counted = recognized_pay(plan_pay, law)
    cap = min(plan.after_tax_dollar_cap, plan.after_tax_pay_cap * counted)
    limited_by = PLAN_CAP if cap < room else limited_by
    room = min(room, cap)
    acp = max(0.0, plan.acp_limit * counted - employer.match)  # (match + after-tax) / pay, 401(m)(3)
    acp = after_tax_beside_its_match(acp, every, plan_pay, plan, law)
    limited_by = ACP if acp < room else limited_by
    room = min(room, acp)
    allowed = plan.after_tax_allowed > 0.0
    return AfterTaxRoom(room if allowed else 0.0, limited_by if allowed else NOT_ALLOWED)
