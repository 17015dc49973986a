"""What of a plan's after-tax money moves to Roth in a year: contributions and the earnings that move with them.

What has gone in so far is in the file's after_tax_plan account of the employer where one is listed, with what earlier
years have left; where none is, it is taken as moved already, its earnings not known. What is still to come goes in at
the paychecks of the schedule, or in equal parts, and earns the market's mean return until it moves.

Law:    IRC 402A(c)(4), 402(c), 408A(e); 72(d)(2), 72(e)(8).
Units:  dollars of the year.
Not modeled: what the account of the file earns until it moves.
Tests:  test_the_form_of_a_yearly_conversion_by_hand, test_earlier_after_tax_money_is_on_the_form.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rothwell.household import Household
from rothwell.mega_backdoor.capacity import EmployerCapacity, PersonCapacity
from rothwell.mega_backdoor.conversion import Contribution, Route, conversion_schedule
from rothwell.mega_backdoor.distribution import Request, Rollover, Source, distribute
from rothwell.mega_backdoor.due_dates import last_day
from rothwell.mega_backdoor.forms import Form1099R, Recipient, forms_1099r
from rothwell.mega_backdoor.job_year import HALF_A_CENT, LawOfYear
from rothwell.mega_backdoor.savings_order import moves_to_roth, plan_with

PARTS = 24  # equal contributions of a year without pay dates: the calendar, not law
AFTER_TAX = "after_tax_plan"
IN_PLAN, ROTH_IRA = "in_plan_roth", "roth_ira"


@dataclass(frozen=True, slots=True)
class AfterTaxMove:
    """What moves to Roth, to `in_plan_roth` or `roth_ira`: contributions and earnings, dollars.

    `how_often` is the plan's frequency; `unknown_earnings` tells that money has moved of which the earnings are not in
    the file.
    """

    to: str
    contributions: float
    earnings: float
    how_often: str
    unknown_earnings: bool


@dataclass(frozen=True, slots=True)
class PlanForm:
    """Form 1099-R of an employer's plan, and the move that it reports."""

    employer: str
    form: Form1099R
    move: AfterTaxMove


def plan_form(employer: str, move: AfterTaxMove, law: LawOfYear) -> PlanForm:
    """The form of a year's direct rollovers out of the after-tax sub-account."""
    source = Source(round(move.earnings, 2), round(move.contributions, 2), "separate_subaccount")
    amount = round(source.pre_tax + source.after_tax, 2)
    request = Request(source, amount, (Rollover(move.to, amount),))
    placed = distribute(request, law.record.eligible_rollover_distribution)
    return PlanForm(employer, forms_1099r(placed, Recipient(), law)[0], move)


def after_tax_move(
    household: Household, person: PersonCapacity, employer: EmployerCapacity, year: int
) -> AfterTaxMove | None:
    """What moves in a year if the whole room is used; None where nothing can move or goes in."""
    if not moves_to_roth(household, person, employer):
        return None
    plan = plan_with(household, person.name, employer.employer)
    assert plan is not None
    how_often = plan.conversion if plan.conversion != "none" else "yearly"
    ends = [job.end_date for job in household.jobs_of(person.name) if job.employer == employer.employer]
    separation = next((day for day in ends if day is not None and day.year == year), None)
    route = Route(how_often, separation=separation)
    coming = conversion_schedule(
        list(_to_come(household, person, employer, year)), route, household.expected_return, 0.0, last_day(year)
    )
    accounts = [
        one
        for one in household.accounts_of(person.name)
        if one.kind == AFTER_TAX and one.employer == employer.employer and year == household.start_year
    ]
    value = sum(one.balance for one in accounts) if accounts else employer.after_tax_so_far
    basis = min(value, sum(one.basis or 0.0 for one in accounts) if accounts else employer.after_tax_so_far)
    if coming.contributions + value <= HALF_A_CENT:
        return None
    return AfterTaxMove(
        to=IN_PLAN if plan.conversion != "none" else ROTH_IRA,
        contributions=coming.contributions + basis,
        earnings=coming.earnings + value - basis,
        how_often=how_often,
        unknown_earnings=not accounts and employer.after_tax_so_far > HALF_A_CENT,
    )


def _to_come(
    household: Household, person: PersonCapacity, employer: EmployerCapacity, year: int
) -> Iterator[Contribution]:
    """What is still to go in: by the paychecks, or in equal parts over the rest of the year and of the job."""
    if employer.paychecks:
        yield from (Contribution(date.fromisoformat(one.date), one.after_tax) for one in employer.paychecks)
        return
    jobs = [job for job in household.jobs_of(person.name) if job.employer == employer.employer]
    first, last = date(year, 1, 1), last_day(year)
    for job in jobs:
        first = max([first, *(day for day in (job.start_date, job.year_to_date.as_of) if day and day.year == year)])
        last = min([last, *(day for day in (job.end_date,) if day and day.year == year)])
    days = max(0, (last - first).days)
    for part in range(PARTS):
        yield Contribution(first + timedelta(days=days * (part + 1) // PARTS), employer.left_this_year / PARTS)
