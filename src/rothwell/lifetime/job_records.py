"""The jobs and businesses of a household as the year loop reads them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rothwell import household as written
from rothwell.lifetime.contributions import JOB
from rothwell.lifetime.employers import expected_acp, owner_row, shared_positions
from rothwell.mega_backdoor.plan_terms import no_plan, plan_of

Floats = NDArray[np.float64]


def job_records(
    household: written.Household, start_year: int, years: int
) -> tuple[NDArray[Any], NDArray[np.float64], NDArray[np.float64]]:
    """The work of the plan's years, what each job's pay is to that of the start year, and its stock pay by year.

    The pay of a year is that of the start year times the growth of wages times the second, [job, year], and the third,
    [job, year], which rises with prices.
    """
    rows, factors, stock = [], [], []
    employers: list[written.Job | written.Business] = []
    for work in household.jobs_and_businesses:
        if household.last_year_of_work(work) < start_year:
            continue
        employers.append(work)
        if isinstance(work, written.Business):
            rows.append(owner_row(household, work, start_year))
            factors.append((1.0 + work.growth) ** np.arange(years))
            stock.append(np.zeros(years))
        else:
            rows.append(_job_row(household, work, start_year))
            factors.append(_pay_factors(work, rows[-1], start_year, years))
            stock.append(_stock_by_year(work, start_year, years))
    jobs = np.zeros(len(rows), JOB)
    for position, row in enumerate(rows):
        jobs[position] = row
    jobs["shares_with"] = shared_positions(household, employers, start_year)
    none = np.zeros((0, years))
    return jobs, np.array(factors) if rows else none, np.array(stock) if rows else none


def _job_row(household: written.Household, job: written.Job, start_year: int) -> Any:
    """A job as a JOB record."""
    row = np.zeros(1, JOB)[0]
    row.person = [person.name for person in household.people].index(job.person)
    row.first_year = 0 if job.start_date is None else max(0, job.start_date.year - start_year)
    row.last_year = household.last_year_of_work(job) - start_year
    row.pay, row.plan_pay = _pay_that_grows(job), job.plan_compensation
    begins_now = job.start_date is not None and job.start_date.year >= start_year
    row.payroll_free = job.stock_without_payroll_tax
    before = 0.0 if begins_now else job.pay - row.payroll_free
    row.prior_year_wages = before if job.prior_year_wages is None else job.prior_year_wages
    row.stock_by_year = float(bool(job.equity_by_year))
    if job.plan is None:
        row.plan = no_plan()
    else:
        row.plan = plan_of(job)
        row.planned_roth = float(job.plan.deferral_kind == "roth")
        row.moves_to_roth = float(job.plan.conversion != "none" or job.plan.in_service_rollover)
    row.acp_kept, row.acp_chance = expected_acp(household, job, start_year)
    row.paid, row.is_457b = float(job in written.paid_jobs(household.jobs)), float(written.is_457b(job))
    row.governmental = float(job.plan is not None and job.plan.governmental)
    return row


def _stock_of_start_year(job: written.Job) -> float:
    """Stock pay that does not come again in later years because they are listed, dollars."""
    return sum(one.amount for one in job.equity_pay) if job.equity_by_year else 0.0


def _pay_that_grows(job: written.Job) -> float:
    """Pay of the start year without stock that is listed by year, dollars."""
    return job.pay - _stock_of_start_year(job)


def _stock_by_year(job: written.Job, start_year: int, years: int) -> Floats:
    """Stock pay that is listed by year, dollars of the start year; that of the start year is in its pay."""
    found = np.zeros(years)
    for one in job.equity_by_year:
        if 0 < one.year - start_year < years:
            found[one.year - start_year] += one.amount
    found[0] = _stock_of_start_year(job)
    return found


def _pay_factors(job: written.Job, row: Any, start_year: int, years: int) -> Floats:
    """What a year's pay is to the pay of the file, beyond the growth of wages: raises, and days of work.

    The pay of the file is that of the start year, or of a whole year for a job that begins later. Bonuses and stock are
    paid whole in a year with fewer days; growth counts from the first year of the job.
    """
    factors = np.zeros(years)
    pay = _pay_that_grows(job)
    if pay == 0.0:
        return factors
    first = int(row.first_year)
    once = min(pay, job.pay - _salary(job) - _stock_of_start_year(job))
    now = _share_of_year(job, start_year) if first == 0 else 1.0
    whole = ((pay - once) / now + once) / pay if now > 0.0 else 1.0
    raises = {one.year - start_year: one for one in job.raises}
    for year in range(first, min(years, int(row.last_year) + 1)):
        raised = raises.get(year)
        if raised is not None and raised.pay is not None:
            whole = raised.pay / pay
        elif year > first:
            whole *= 1.0 + (job.growth if raised is None or raised.growth is None else raised.growth)
        factors[year] = 1.0 if year == 0 else whole * _share_of_year(job, start_year + year)
    return factors


def _salary(job: written.Job) -> float:
    """Pay of the start year without bonuses and stock, dollars."""
    return job.pay - sum(one.amount for one in job.bonuses) - sum(one.amount for one in job.equity_pay)


def _share_of_year(job: written.Job, year: int) -> float:
    """The share of a year's days on which a job is held."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    begin = first if job.start_date is None else max(first, job.start_date)
    end = after if job.end_date is None else min(after, job.end_date + timedelta(days=1))
    return max(0.0, (end - begin).days / (after - first).days)
