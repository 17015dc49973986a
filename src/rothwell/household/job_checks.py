"""What must hold between the values of a job: its plan, its pay, its pay dates and what has gone in so far."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rothwell.household.deferred_compensation import slips_of_457b
from rothwell.household.jobs import Job, PaySchedule
from rothwell.household.problem import Problem
from rothwell.household.source import shown
from rothwell.household.toml_lines import Path

BY_A_DATE = ("weekly", "biweekly")
DAYS_OF_FEBRUARY = 28  # days that every month has, whatever the year


def problems_of_a_job(path: Path, job: Job, start_year: int | None) -> Iterator[Problem]:
    """All problems within one [[jobs]] table; `start_year` is None when the file does not say it in a usable way."""
    yield from _pay(path, job, start_year)
    yield from _plan(path, job)
    if job.pay_schedule is not None:
        yield from _pay_schedule((*path, "pay_schedule"), job.pay_schedule)
    yield from _so_far((*path, "year_to_date"), job, start_year)


def _pay(path: Path, job: Job, start_year: int | None) -> Iterator[Problem]:
    if job.plan_pay is not None and job.plan_pay > job.pay:
        yield Problem((*path, "plan_pay"), "is more than the pay", shown(job.plan_pay), f"0 to {job.pay:,.0f} dollars")
    parts = sum(one.amount for one in job.bonuses) + sum(one.amount for one in job.equity_pay)
    if parts > job.pay:
        message = f"is less than the bonuses and the equity pay, {parts:,.0f} dollars, which are part of it"
        yield Problem((*path, "pay"), message, job.pay, "all pay of the year: salary, bonuses and stock")
    counted = sum(one.amount for one in job.bonuses if one.plan_counts)
    if job.plan_pay is not None and counted > job.plan_pay:
        message = f"is less than the bonuses that the plan counts, {counted:,.0f} dollars"
        yield Problem((*path, "plan_pay"), message, job.plan_pay, "plan_counts = false at a bonus, or more plan_pay")
    if job.start_date is not None and job.end_date is not None and job.end_date < job.start_date:
        yield Problem((*path, "end_date"), "is before the start_date of the job", job.end_date, "a later day")
    days: list[tuple[Path, date | None]] = [(("bonuses", place), one.date) for place, one in enumerate(job.bonuses)]
    days += [(("equity_pay", place), one.date) for place, one in enumerate(job.equity_pay)]
    for place, day in days:
        if day is not None and start_year is not None and day.year != start_year:
            allowed = f"a day in {start_year}: pay of another year is not part of this year's pay"
            yield Problem((*path, *place, "date"), "is not in the start year", day, allowed)


def _plan(path: Path, job: Job) -> Iterator[Problem]:
    if job.plan is None:
        return
    path, plan = (*path, "plan"), job.plan
    if not plan.roth_deferrals and plan.deferral_kind == "roth":
        message = "is roth, but the plan takes no Roth deferrals"
        yield Problem((*path, "deferral_kind"), message, "roth", "pre_tax, or roth_deferrals = true")
    if not plan.roth_deferrals and plan.conversion != "none":
        message = "needs a plan that takes Roth deferrals (IRC 402A(c)(4)(B))"
        yield Problem((*path, "conversion"), message, plan.conversion, "none, or roth_deferrals = true")
    for field in ("after_tax_dollar_cap", "after_tax_pay_cap", "match_after_tax"):
        if getattr(plan, field) not in (None, False) and not plan.after_tax_contributions:
            message = "is given, but the plan takes no after-tax contributions"
            allowed = f"after_tax_contributions = true, or no {field}"
            yield Problem((*path, field), message, getattr(plan, field), allowed)
    for field in ("match_dollar_cap", "match_after_tax", "true_up"):
        if getattr(plan, field) not in (None, False) and not plan.match:
            allowed = "match tiers, or no cap" if field == "match_dollar_cap" else f"match tiers, or no {field}"
            yield Problem((*path, field), "is given, but there is no match", getattr(plan, field), allowed)
    for slip in slips_of_457b(plan) if plan.kind == "457b" else ():
        yield Problem((*path, *slip.field), slip.message, slip.found, slip.allowed)
    last = 0.0
    for number, tier in enumerate(plan.match):
        if tier.up_to <= last:
            message = "must be above the end of the tier before" if number else "must be above zero"
            yield Problem((*path, "match", number, "up_to"), message, tier.up_to, f"above {last:g}, up to 1")
        last = tier.up_to


def _pay_schedule(path: Path, schedule: PaySchedule) -> Iterator[Problem]:
    every = schedule.frequency
    wanted = "pay_date" if every in BY_A_DATE else "days" if every == "semimonthly" else "day"
    forms = {"pay_date": "any one pay date, such as 2026-01-09", "days": 'two days, such as [15, "last"]'}
    if getattr(schedule, wanted) is None:
        allowed = forms.get(wanted, 'the day of the month, 1 to 31 or "last"')
        yield Problem((*path, wanted), f"is required for pay that is {every}", None, allowed)
    for other in ("pay_date", "days", "day"):
        if other != wanted and getattr(schedule, other) is not None:
            found = getattr(schedule, other)
            yield Problem((*path, other), f"is given, but pay is {every}", found, f"{wanted} instead of {other}")
    days = schedule.days
    if wanted == "days" and days is not None:
        if len(days) != len(set(days)) or len(days) != 2:
            yield Problem((*path, "days"), "must be two different days", list(days), forms["days"])
        elif all(not isinstance(day, int) or day >= DAYS_OF_FEBRUARY for day in days):
            message = "fall on one day in February, whose last day stands for those that it lacks"
            yield Problem((*path, "days"), message, list(days), f"one of the two before the {DAYS_OF_FEBRUARY}th")


def _so_far(path: Path, job: Job, start_year: int | None) -> Iterator[Problem]:
    facts = job.year_to_date
    if facts.as_of is not None and start_year is not None and facts.as_of.year != start_year:
        allowed = f"a day in {start_year}, the year that the sums belong to"
        yield Problem((*path, "as_of"), "is not in the start year", facts.as_of, allowed)
    if job.pay_schedule is not None and facts.as_of is None and facts.holds_amounts:
        message = "is required beside a pay schedule: the day up to which these sums run"
        day = date(start_year, 1, 1).isoformat() if start_year is not None else "2026-01-01"
        yield Problem((*path, "as_of"), message, None, f"the last pay date in the sums, such as {day}")
    if facts.pay is not None and facts.elective_deferrals > facts.pay:
        allowed = f"0 to {facts.pay:,.0f} dollars, the pay so far that the plan counts"
        yield Problem((*path, "elective_deferrals"), "is more than the pay so far", facts.elective_deferrals, allowed)
    if facts.roth_deferrals > facts.elective_deferrals:
        allowed = f"0 to {facts.elective_deferrals:,.0f} dollars, the elective deferrals so far"
        message = "is more than the elective deferrals so far, of which it is a part"
        yield Problem((*path, "roth_deferrals"), message, facts.roth_deferrals, allowed)
    if facts.match and "employer_contributions" not in facts.model_fields_set:
        message = "is given without employer_contributions, and so more than the employer contributions so far"
        allowed = "employer_contributions as well: the match so far and all other money of the employer"
        yield Problem((*path, "match"), message, facts.match, allowed)
    elif facts.match is not None and facts.match > facts.employer_contributions:
        message = "is more than the employer contributions so far, of which it is a part"
        allowed = f"0 to {facts.employer_contributions:,.0f} dollars, the employer contributions so far"
        yield Problem((*path, "match"), message, facts.match, allowed)
    if facts.pay is not None and facts.pay > job.plan_compensation:
        allowed = f"0 to {job.plan_compensation:,.0f} dollars, the pay of the year that the plan counts"
        yield Problem((*path, "pay"), "is more than the pay of the whole year", facts.pay, allowed)
