"""What must hold between a person's working life and the jobs of the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rothwell.household.jobs import Job
from rothwell.household.models import Person
from rothwell.household.problem import Problem
from rothwell.household.source import shown
from rothwell.household.toml_lines import Path

if TYPE_CHECKING:
    from rothwell.household.checks import Draft


def begins_after(job: Job, start_year: int | None) -> bool:
    """Whether a job begins after the start year."""
    return start_year is not None and job.start_date is not None and job.start_date.year > start_year


def problems_of_working_lives(draft: Draft) -> Iterator[Problem]:
    """A person with a job that has no end of its own retires, after the start year; one without work does not."""
    for index, person in draft.people.items():
        if person.name in draft.names[:index]:
            continue  # the repeated name is the problem to show
        field: Path = ("people", index, "retirement_age")
        works = person.name in draft.workers
        misspelled = not draft.workers <= set(draft.names)  # then the job of nobody is the problem to show
        ends_by_itself = works and _jobs_end(draft, person)
        if works and person.retirement_age is None and not ends_by_itself:
            allowed = "the age on 31 December of the first year without work"
            yield Problem(field, f"is required: {person.name} has a job", None, allowed)
        elif not works and not misspelled and person.retirement_age is not None:
            message = f"is given, but {person.name} has no job"
            yield Problem(field, message, person.retirement_age, "a [[jobs]] table for the job, or no retirement_age")
        elif works and draft.start_year is not None and person.birth_date.year <= draft.start_year:
            age = person.age_in(draft.start_year)
            if person.retirement_age is not None and person.retirement_age <= age and not ends_by_itself:
                message = f"leaves no year of work: {person.name} is {age} in {draft.start_year}"
                allowed = f"{age + 1} or more, or no [[jobs]] of {person.name}"
                yield Problem(field, message, person.retirement_age, allowed)
    for index, job in draft.jobs.items():
        yield from _job_over_the_years(draft, ("jobs", index), job)


def _jobs_end(draft: Draft, person: Person) -> bool:
    """Whether each of a person's jobs has an end of its own; a business has none."""
    jobs = [job for job in draft.jobs.values() if job.person == person.name]
    owns = any(business.person == person.name for business in draft.businesses.values())
    return bool(jobs) and all(job.end_date is not None for job in jobs) and not owns


def _job_over_the_years(draft: Draft, path: Path, job: Job) -> Iterator[Problem]:
    """Raises and stock pay of later years lie within the job; a job that begins after retirement has an end."""
    start = draft.start_year
    owner = next((one for one in draft.people.values() if one.name == job.person), None)
    retires = owner.retirement_year if owner is not None else None
    if job.start_date is not None and job.end_date is None and retires is not None and job.start_date.year >= retires:
        message = f"is after {job.person} retires, and the job has no end of its own"
        yield Problem((*path, "start_date"), message, job.start_date, f"an end_date, or a day before {retires}")
    seen: set[int] = set()
    for place, one in enumerate(job.raises):
        field: Path = (*path, "raises", place)
        if (one.growth is None) == (one.pay is None):
            yield Problem(field, "needs either growth or pay", None, "one of the two")
        if one.year in seen:
            yield Problem((*field, "year"), "is listed before", one.year, "each year once")
        yield from _within(job, (*field, "year"), one.year, start)
        seen.add(one.year)
    if job.raises and job.pay == 0.0:
        yield Problem((*path, "pay"), "is nothing, and raises rest on it", shown(job.pay), "pay above zero")
    for place, stock in enumerate(job.equity_by_year):
        yield from _within(job, (*path, "equity_by_year", place, "year"), stock.year, start)


def _within(job: Job, path: Path, year: int, start_year: int | None) -> Iterator[Problem]:
    """A year of a job that is neither the start year, which `pay` tells, nor outside the job."""
    if start_year is not None and year <= start_year:
        yield Problem(path, "is not after the start year, which pay tells", year, f"{start_year + 1} or later")
    elif not job.held_in(year):
        yield Problem(path, "is a year in which the job is not held", year, "a year between start_date and end_date")
