"""The working year in plain Python: what every job pays, takes and allows, for the second simulator."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rothwell.law.indexing import PRICES, WAGES
from rothwell.mega_backdoor import deferred_compensation, employer_plan, owner_contributions
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
    # of a business of one's own: its profit, the part of pay that it is, deferrals before tax
    profit: list[float] = field(default_factory=lambda: [0.0, 0.0])
    owner_pay: list[float] = field(default_factory=lambda: [0.0, 0.0])
    owner_pre_tax: list[float] = field(default_factory=lambda: [0.0, 0.0])
    stays: bool = False  # after-tax money waits until the job ends


@dataclass
class Deferred:
    """What a person has deferred so far in a year, over all plans: IRC 402(g), 414(v), and 457(b) apart."""

    base: float = 0.0
    catch_up: float = 0.0
    base_457b: float = 0.0
    catch_up_457b: float = 0.0


def work_of_year(household: Any, jobs: list[Any], now: Any) -> Work:
    """Every job of a year in the order of the file; `now` has the year, who lives, the law and the index levels."""
    found, deferred, year = Work(), [Deferred(), Deferred()], now.number
    share_limit: dict[int, list[JobYear]] = {}
    for position, job in enumerate(jobs):
        who = int(job.person)
        found.working = found.working or (now.alive[who] and year <= job.last_year)
        if not (now.alive[who] and job.first_year <= year <= job.last_year):
            continue
        growth = float(now.levels[year, WAGES] * household.wage_factors[position][year])
        if job.own_business > 0.0:
            one = _own_business(found, job, growth, deferred[who], now)
        else:
            one = _at_work(
                found, job, (growth, *_stock_and_pay_before(household, position, job, now)), deferred[who], now
            )
        found.held.append(one)
        if job.shares_with >= 0:
            share_limit.setdefault(int(job.shares_with), []).append(one)
    for together in share_limit.values():  # related employers have one limit, IRC 415(h)
        left = now.law.annual_additions.limit - sum(one.additions for one in together)
        for one in together:
            one.after_tax = max(0.0, min(one.after_tax, left))
            left -= one.after_tax
    return found


def _stock_and_pay_before(household: Any, position: int, job: Any, now: Any) -> tuple[float, float]:
    """Stock pay of the year that the file lists, and the pay of the year before."""
    year, last = now.number, max(0, now.number - 1)
    before = job.pay * float(now.levels[last, WAGES] * household.wage_factors[position][last])
    stock = 0.0
    if job.stock_by_year > 0.0:
        stock = float(household.stock[position][year] * now.levels[year, PRICES])
        before += float(household.stock[position][last] * now.levels[last, PRICES])
    return stock, job.prior_year_wages if year == 0 else before


def _at_work(found: Work, job: Any, grown: tuple[float, float, float], so_far: Deferred, now: Any) -> JobYear:
    """One job: `grown` is the growth of its amounts, the year's stock pay, and the wages of the year before."""
    law, plan, (growth, stock, prior) = now.law, job.plan, grown
    pay, plan_pay = job.pay * growth + stock, job.plan_pay * growth
    catch_up = call(employer_plan.catch_up_limit, now.ages[int(job.person)], plan.higher_catch_up, law)
    apart = job.is_457b > 0.0
    if apart:
        by_employer = plan.nonelective * call(employer_plan.recognized_pay, plan_pay, law)
        limit = call(deferred_compensation.deferred_compensation_limit, pay, by_employer, law)
        base_left = max(0.0, limit - so_far.base_457b)
        more_left = max(0.0, catch_up - so_far.catch_up_457b) if job.governmental > 0.0 else 0.0
    else:
        base_left = max(0.0, call(employer_plan.elective_deferral_limit, law) - so_far.base)
        more_left = max(0.0, catch_up - so_far.catch_up)
    elected = call(employer_plan.elective_deferral, plan_pay, base_left, more_left, growth, prior, plan, law)
    one = call(employer_plan.deferral_within_annual_additions, elected, more_left, pay, plan_pay, plan, law)
    if apart:
        so_far.base_457b, so_far.catch_up_457b = so_far.base_457b + one.base, so_far.catch_up_457b + one.catch_up
    else:
        so_far.base, so_far.catch_up = so_far.base + one.base, so_far.catch_up + one.catch_up
    return _job_year(found, job, pay, plan_pay, one, law)


def _own_business(found: Work, job: Any, growth: float, so_far: Deferred, now: Any) -> JobYear:
    """A business of one's own: what it puts in for its owner is not pay; its taxes are in the return."""
    who, law, plan = int(job.person), now.law, job.plan
    profit, dollars = job.pay * growth, now.law.annual_additions.limit
    earned = call(owner_contributions.earned_income, profit, found.pay[who], law)
    base_left = max(0.0, call(employer_plan.elective_deferral_limit, law) - so_far.base)
    catch_up = call(employer_plan.catch_up_limit, now.ages[who], plan.higher_catch_up, law)
    more_left = max(0.0, catch_up - so_far.catch_up)
    sharing = owner_contributions.ProfitSharing(job.sharing[0] * growth, job.sharing[1], job.sharing[-1])
    planned = plan.planned_deferral * growth
    rule = owner_contributions.owner_contributions
    given = call(rule, earned, planned, base_left, more_left, sharing, dollars, law)
    room = call(owner_contributions.owner_after_tax_room, earned, given, dollars, plan, law).room
    so_far.base, so_far.catch_up = so_far.base + given.base, so_far.catch_up + given.catch_up
    pay, deferred, half = profit - given.profit_sharing, given.base + given.catch_up, profit - earned
    found.profit[who] += profit
    found.owner_pay[who] += pay
    found.pay[who] += pay
    found.employer[who] += given.profit_sharing
    return JobYear(
        job=job,
        deferral=deferred,
        must_be_roth=0.0,
        may_be_roth=deferred if plan.roth_feature > 0.0 else 0.0,
        unmatched_share=1.0,
        after_tax=min(room if job.moves_to_roth > 0.0 else 0.0, max(0.0, pay - deferred - half - half)),
        additions=given.base + given.profit_sharing,
    )


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
        if one.job.own_business > 0.0:
            found.owner_pre_tax[who] += one.deferral - roth
        found.unmatched_roth[who] += one.unmatched_share * roth
        found.unmatched_pre_tax[who] += one.unmatched_share * (one.deferral - roth)
        if year >= one.job.after_tax_from and one.after_tax > NOTHING:
            found.after_tax[who] += after_tax_share * one.after_tax
    found.stays = waits >= 2.0


def call(rule: Any, *arguments: Any) -> Any:
    """A rule of the law as plain Python."""
    return plainly(rule)(*arguments)
