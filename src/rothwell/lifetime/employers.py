"""Businesses of one's own, related employers and the ACP test as the year loop reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from rothwell.household import Business, Household, Job
from rothwell.lifetime.contributions import JOB
from rothwell.mega_backdoor.acp_test import acp_outcome
from rothwell.mega_backdoor.employer_plan import recognized_pay
from rothwell.mega_backdoor.job_year import LawOfYear, rule
from rothwell.mega_backdoor.plan_terms import no_plan
from rothwell.mega_backdoor.related_employers import shared_limit, years_of
from rothwell.mega_backdoor.self_employed_plan import owner_terms, sharing_of

ALONE = -1  # a limit on annual additions that no other employer shares


def owner_row(household: Household, business: Business, start_year: int) -> Any:
    """A business as a JOB record: its pay is the net profit."""
    law = LawOfYear.of(start_year, household.market.growth)
    person = household.person_named(business.person)
    row = np.zeros(1, JOB)[0]
    row.person = household.people.index(person)
    row.last_year = household.last_year_of_work(business) - start_year
    row.pay = row.plan_pay = business.net_profit
    row.own_business = 1.0
    row.specified_service, row.wages_paid = float(business.specified_service), business.wages_paid
    if business.plan is None:
        row.plan = no_plan()
        return row
    row.plan, row.sharing = owner_terms(business.plan), sharing_of(business.plan, law.record)
    row.planned_roth = float(business.plan.deferral_kind == "roth")
    row.moves_to_roth = float(business.plan.conversion != "none" or business.plan.in_service_rollover)
    return row


def shared_positions(household: Household, employers: Sequence[Job | Business], start_year: int) -> list[int]:
    """For each employer the place of the first that shares its limit on annual additions, ALONE for none."""
    law = LawOfYear.of(start_year, household.market.growth)
    keys = [(one.person, shared_limit(household, household.person_named(one.person), one, law)) for one in employers]
    return [ALONE if key[1] is None else keys.index(key) for key in keys]


def expected_acp(household: Household, job: Job, start_year: int) -> tuple[float, float]:
    """What the ACP test leaves in the plan, as a share of plan pay, and the chance of a refund; both of the start year,
    and no chance where nothing is paid back then.

    Not modeled: averages and ranks that change over the years, tax on the earnings of a refund.
    """
    if job.plan is None or job.plan.acp_test is None:
        return 0.0, 0.0
    law = LawOfYear.of(start_year, household.market.growth)
    years, _ = years_of(household, household.person_named(job.person), law)
    for year in years:
        outcome = acp_outcome(year, household.start_year, law) if year.job == job else None
        pay = float(rule(recognized_pay, job.plan_compensation, law.record))
        if outcome is not None and outcome.refund > 0.0:
            given = year.employer.match + max(year.room.room, year.so_far.after_tax)
            return max(0.0, given - outcome.refund) / pay, outcome.chance
    return 0.0, 0.0
