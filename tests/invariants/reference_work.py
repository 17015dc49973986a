"""The working year in plain Python: what every job pays, takes and allows, for the second simulator."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rothwell.law.indexing import PRICES, WAGES
from rothwell.mega_backdoor import deferred_compensation, employer_plan
from rothwell.provision import plainly
from rothwell.tax.payroll import employee_payroll_tax

PEOPLE = (0, 1)
NOTHING = 1e-6  # dollars: what limits leave over by the rounding of sums is no contribution


@dataclass
class JobYear:
    """What one job allows in a year, dollars."""

    job: Any
    deferral: float
    must_be_roth: float
    may_be_roth: float
    unmatched_share: float
    after_tax: float
    additions: float


@dataclass
class Work:
    """Pay of a year and what goes into plans, dollars, by person where there are two numbers."""

    working: bool = False  # somebody living has a job in the file, now or still to come
    held: list[JobYear] = field(default_factory=list)
    pay: list[float] = field(default_factory=lambda: [0.0, 0.0])
    employer: list[float] = field(default_factory=lambda: [0.0, 0.0])
    payroll_tax: float = 0.0
    pre_tax: list[float] = field(default_factory=lambda: [0.0, 0.0])
    roth: list[float] = field(default_factory=lambda: [0.0, 0.0])
    unmatched_pre_tax: list[float] = field(default_factory=lambda: [0.0, 0.0])
    unmatched_roth: list[float] = field(default_factory=lambda: [0.0, 0.0])
    after_tax: list[float] = field(default_factory=lambda: [0.0, 0.0])
    stays: bool = False  # after-tax money waits until the job ends


def work_of_year(household: Any, plans: list[Any], year: int, alive: list[bool], ages: list[float], now: Any) -> Work:
    """Every job of a year in the order of the file; `now` has the law and the index levels of the path."""
    found, law = Work(), now.law
    deferred, caught_up = [0.0, 0.0], [0.0, 0.0]  # of each person over all plans, IRC 402(g), 414(v)
    deferred_457b, caught_up_457b = [0.0, 0.0], [0.0, 0.0]
    share_limit: dict[int, list[JobYear]] = {}
    for position, job in enumerate(plans):
        who = int(job.person)
        found.working = found.working or (alive[who] and year <= job.last_year)
        if not (alive[who] and job.first_year <= year <= job.last_year):
            continue
        if job.own_business > 0.0:
            raise NotImplementedError("a business of one's own")
        factors, stock = household.wage_factors[position], household.stock[position]
        last = max(0, year - 1)
        growth = float(now.levels[year, WAGES] * factors[year])
        listed = bool(job.stock_by_year > 0.0)
        pay = job.pay * growth + (float(stock[year] * now.levels[year, PRICES]) if listed else 0.0)
        before = job.pay * float(now.levels[last, WAGES] * factors[last])
        before += float(stock[last] * now.levels[last, PRICES]) if listed else 0.0
        prior = job.prior_year_wages if year == 0 else before
        plan_pay, plan = job.plan_pay * growth, job.plan
        catch_up = call(employer_plan.catch_up_limit, ages[who], plan.higher_catch_up, law)
        if job.is_457b > 0.0:
            by_employer = plan.nonelective * call(employer_plan.recognized_pay, plan_pay, law)
            limit = call(deferred_compensation.deferred_compensation_limit, pay, by_employer, law)
            base_left = max(0.0, limit - deferred_457b[who])
            more_left = max(0.0, catch_up - caught_up_457b[who]) if job.governmental > 0.0 else 0.0
            so_far, more_so_far = deferred_457b, caught_up_457b
        else:
            base_left = max(0.0, call(employer_plan.elective_deferral_limit, law) - deferred[who])
            more_left = max(0.0, catch_up - caught_up[who])
            so_far, more_so_far = deferred, caught_up
        elected = call(employer_plan.elective_deferral, plan_pay, base_left, more_left, growth, prior, plan, law)
        one = call(employer_plan.deferral_within_annual_additions, elected, more_left, pay, plan_pay, plan, law)
        so_far[who] += one.base
        more_so_far[who] += one.catch_up
        job_year = _job_year(found, job, pay, plan_pay, one, law)
        found.held.append(job_year)
        if job.shares_with >= 0:
            share_limit.setdefault(int(job.shares_with), []).append(job_year)
    for together in share_limit.values():  # related employers have one limit, IRC 415(h)
        left = law.annual_additions.limit - sum(one.additions for one in together)
        for one in together:
            one.after_tax = max(0.0, min(one.after_tax, left))
            left -= one.after_tax
    return found


def _job_year(found: Work, job: Any, pay: float, plan_pay: float, deferral: Any, law: Any) -> JobYear:
    """What a job allows, its pay and payroll tax put down."""
    who, plan = int(job.person), job.plan
    deferred = deferral.base + deferral.catch_up
    employer = call(employer_plan.employer_contributions, deferred, plan_pay, plan, law)
    room = call(employer_plan.after_tax_room, pay, plan_pay, deferral, employer, plan, law).room
    kept = max(0.0, job.acp_kept * call(employer_plan.recognized_pay, plan_pay, law) - employer.match)
    room -= job.acp_chance * max(0.0, room - kept)
    paid = pay if job.paid > 0.0 else 0.0
    payroll = call(employee_payroll_tax, found.pay[who] + paid, law.oasdi, law.medicare)
    payroll -= call(employee_payroll_tax, found.pay[who], law.oasdi, law.medicare)
    found.pay[who] += paid
    found.payroll_tax += payroll
    given = employer.match + employer.nonelective
    found.employer[who] += min(given, call(employer_plan.annual_additions_limit, pay, law))
    matched = call(employer_plan.matched_deferral, plan_pay, plan, law)
    return JobYear(
        job=job,
        deferral=deferred,
        must_be_roth=deferral.catch_up if deferral.catch_up_must_be_roth > 0.0 else 0.0,
        may_be_roth=deferred if plan.roth_feature > 0.0 else 0.0,
        unmatched_share=max(0.0, deferred - matched) / deferred if deferred > 0.0 else 0.0,
        after_tax=min(room if job.moves_to_roth > 0.0 else 0.0, max(0.0, paid - deferred - payroll)),
        additions=deferral.base + given,
    )


def contribute(found: Work, roth_shares: list[float], after_tax_share: float, waits: float, year: int) -> None:
    """Deferrals by kind and after-tax money, as a strategy has them; `year` is that of the calendar."""
    for one in found.held:
        who = int(one.job.person)
        share = max(roth_shares[who], one.job.planned_roth)
        roth = max(share * one.may_be_roth, one.must_be_roth)
        found.roth[who] += roth
        found.pre_tax[who] += one.deferral - roth
        found.unmatched_roth[who] += one.unmatched_share * roth
        found.unmatched_pre_tax[who] += one.unmatched_share * (one.deferral - roth)
        if year >= one.job.after_tax_from and one.after_tax > NOTHING:
            found.after_tax[who] += after_tax_share * one.after_tax
    found.stays = waits >= 2.0


def call(rule: Any, *arguments: Any) -> Any:
    """A rule of the law as plain Python."""
    return plainly(rule)(*arguments)
