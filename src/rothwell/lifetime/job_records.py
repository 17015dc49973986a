"""The jobs and businesses of a household as the year loop reads them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rothwell import household as written
from rothwell.lifetime.contributions import JOB
from rothwell.lifetime.employers import expected_acp, owner_row, shared_positions
from rothwell.mega_backdoor.plan_terms import no_plan, plan_of


def job_records(household: written.Household, start_year: int) -> tuple[NDArray[Any], NDArray[np.float64]]:
    """The jobs still held in the start year, and the growth of each one's pay above the growth of wages."""
    names = [person.name for person in household.people]
    rows, growth = [], []
    employers: list[written.Job | written.Business] = []
    paid = written.paid_jobs(household.jobs)
    for job in household.jobs:
        person = names.index(job.person)
        retires = household.people[person].retirement_year
        row = np.zeros(1, JOB)[0]
        row.person = person
        row.last_year = (start_year if retires is None else retires) - start_year - 1
        row.pay, row.plan_pay = job.pay, job.plan_compensation
        row.prior_year_wages = job.pay if job.prior_year_wages is None else job.prior_year_wages
        if job.plan is None:
            row.plan = no_plan()
        else:
            row.plan = plan_of(job)
            row.planned_roth = float(job.plan.deferral_kind == "roth")
            row.moves_to_roth = float(job.plan.conversion != "none" or job.plan.in_service_rollover)
        row.acp_kept, row.acp_chance = expected_acp(household, job, start_year)
        row.paid, row.is_457b = float(job in paid), float(written.is_457b(job))
        row.governmental = float(job.plan is not None and job.plan.governmental)
        if row.last_year >= 0:
            rows.append(row)
            growth.append(job.growth)
            employers.append(job)
    for business in household.businesses:
        row = owner_row(household, business, start_year)
        if row.last_year >= 0:
            rows.append(row)
            growth.append(business.growth)
            employers.append(business)
    jobs = np.zeros(len(rows), JOB)
    for position, row in enumerate(rows):
        jobs[position] = row
    jobs["shares_with"] = shared_positions(household, employers, start_year)
    return jobs, np.array(growth)
