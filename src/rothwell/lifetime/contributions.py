"""The working year: pay, deferrals, match and after-tax contributions within the limits of the law in force."""

from __future__ import annotations

import numpy as np

from rothwell.law.indexing import WAGES
from rothwell.lifetime.accounts import PEOPLE
from rothwell.mega_backdoor.employer_plan import (
    PLAN,
    after_tax_room,
    annual_additions_limit,
    catch_up_limit,
    deferral_within_annual_additions,
    elective_deferral,
    elective_deferral_limit,
    employer_contributions,
    matched_deferral,
)
from rothwell.provision import provision
from rothwell.tax.payroll import employee_payroll_tax

JOB = np.dtype(
    (
        np.record,
        [
            ("person", "i8"),
            ("last_year", "i8"),  # index of the last year of work
            ("pay", "f8"),  # of the start year
            ("plan_pay", "f8"),
            ("prior_year_wages", "f8"),
            ("planned_roth", "f8"),
            ("moves_to_roth", "f8"),  # 1: the plan lets after-tax money move to Roth in service
            ("plan", PLAN),
        ],
    )
)


@provision
def jobs_held(y, jobs, year):  # type: ignore[no-untyped-def]
    """How many jobs the living hold this year."""
    held = 0.0
    for position in range(jobs.size):
        job = jobs[position]
        held += y.alive[job.person] if year <= job.last_year else 0.0
    return held


@provision
def contribute(y, year, action, jobs, wage_factors, levels, law):  # type: ignore[no-untyped-def]
    """Pay, deferrals, employer money and after-tax contributions of every job, in the file's order of jobs.

    Law:    IRC 402(g), 414(v), 415(c), 401(a)(17) of the path's law of the year; one deferral limit per person.
    Units:  dollars of the year.
    Not modeled: several jobs at related employers (each has its own 415(c) limit here), leaving in mid-year.
    Tests:  test_contributions_never_break_a_limit.
    """
    for position in range(jobs.size):
        job = jobs[position]
        if year <= job.last_year and y.alive[job.person] > 0.0:
            level = levels[year, WAGES] * wage_factors[position, year]
            last = max(0, year - 1)
            before = job.pay * levels[last, WAGES] * wage_factors[position, last]
            prior_wages = job.prior_year_wages if year == 0 else before
            _contribute_to(y, level, prior_wages, action, job, law)


@provision
def _contribute_to(y, wage_level, prior_wages, action, job, law):  # type: ignore[no-untyped-def]
    """One job's year; `wage_level` carries its amounts from the start year to this one."""
    person = job.person
    pay = job.pay * wage_level
    plan_pay = job.plan_pay * wage_level
    base_left = max(0.0, elective_deferral_limit(law) - y.deferred_base[person])
    catch_up = catch_up_limit(y.age[person], job.plan.higher_catch_up, law)
    catch_up_left = max(0.0, catch_up - y.deferred_catch_up[person])
    elected = elective_deferral(plan_pay, base_left, catch_up_left, wage_level, prior_wages, job.plan, law)
    deferral = deferral_within_annual_additions(elected, catch_up_left, pay, plan_pay, job.plan, law)
    y.deferred_base[person] += deferral.base
    y.deferred_catch_up[person] += deferral.catch_up
    total = deferral.base + deferral.catch_up
    employer = employer_contributions(total, plan_pay, job.plan, law)
    room = after_tax_room(pay, plan_pay, deferral.base, employer, job.plan, law).room
    roth_share = max(action.roth_deferrals, job.planned_roth) if job.plan.roth_feature > 0.0 else 0.0
    roth = roth_share * total
    roth = max(roth, deferral.catch_up * deferral.catch_up_must_be_roth)
    unmatched = max(0.0, total - matched_deferral(plan_pay, job.plan, law)) / total if total > 0.0 else 0.0
    payroll = employee_payroll_tax(y.pay[person] + pay, law.oasdi, law.medicare)
    y.payroll_tax += payroll - employee_payroll_tax(y.pay[person], law.oasdi, law.medicare)
    y.pay[person] += pay
    y.deferral_roth[person] += roth
    y.deferral_pre_tax[person] += total - roth
    y.unmatched_roth[person] += unmatched * roth
    y.unmatched_pre_tax[person] += unmatched * (total - roth)
    y.employer[person] += min(employer.match + employer.nonelective, annual_additions_limit(pay, law))
    y.after_tax_room += room
    paid_net = max(0.0, pay - total - payroll)
    y.after_tax[person] += min(action.after_tax_share * job.moves_to_roth * room, paid_net)


@provision
def cut_contributions(y):  # type: ignore[no-untyped-def]
    """Apply the cuts that the year's cash made necessary: after-tax money first, then unmatched deferrals."""
    for person in range(PEOPLE):
        y.after_tax[person] -= y.after_tax_share_cut * y.after_tax[person]
        y.deferral_pre_tax[person] -= y.deferral_share_cut * y.unmatched_pre_tax[person]
        y.deferral_roth[person] -= y.deferral_share_cut * y.unmatched_roth[person]
