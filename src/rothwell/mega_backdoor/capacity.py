"""How much a household can put into its employers' plans in a year: per person, per employer, line by line.

Law:    IRC 402(g), 414(v), 415(c), 401(a)(17), 401(m) through the plan's ACP limit.
Units:  dollars of the year; pay, planned deferrals and caps are those of the household file.
Not modeled: related employers, which share one 415(c) limit (IRC 415(h)); earned income of the self-employed; 457(b)
        plans; the 15-year catch-up of a 403(b); plan years that are not calendar years; leaving a job in mid-year.
Tests:  test_worked_examples_of_the_room, test_room_is_never_negative.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rothwell.household import Household, Job, Person
from rothwell.mega_backdoor.capacity_lines import Line, lines, notes
from rothwell.mega_backdoor.employer_plan import LIMITED_BY, NOT_ALLOWED, annual_additions_limit
from rothwell.mega_backdoor.excess import Correction, corrections
from rothwell.mega_backdoor.expected_return import ExpectedReturn, expected_returns
from rothwell.mega_backdoor.hsa_room import HsaRoom, hsa_room
from rothwell.mega_backdoor.ira_room import IraRoom, ira_room
from rothwell.mega_backdoor.job_year import JobYear, LawOfYear, rule, years_of_jobs

__all__ = ["Capacity", "Correction", "EmployerCapacity", "Line", "PersonCapacity", "Total", "capacity_of"]


@dataclass(frozen=True, slots=True)
class EmployerCapacity:
    """What one person can put into one employer's plan, dollars of the year; `limited_by` is one of LIMITED_BY.

    `catch_up_must_be_roth` is None when last year's wages decide and are not known. `after_tax_room` is the room of the
    whole year, `left_this_year` what is left of it after the contributions so far.
    """

    employer: str
    annual_additions_limit: float
    elective_deferrals: float
    catch_up: float
    catch_up_must_be_roth: bool | None
    match: float
    nonelective: float
    employer_contributions: float
    after_tax_room: float
    limited_by: str
    after_tax_so_far: float
    left_this_year: float
    lines: tuple[Line, ...]
    corrections: tuple[Correction, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """A person's sums over all employers, dollars of the year."""

    elective_deferrals: float
    catch_up: float
    employer_contributions: float
    after_tax_room: float
    left_this_year: float


@dataclass(frozen=True, slots=True)
class PersonCapacity:
    """One person: the age on 31 December, each employer and the sums; IRAs, and an HSA where there is one."""

    name: str
    age: int
    employers: tuple[EmployerCapacity, ...]
    total: Total
    ira: IraRoom
    hsa: HsaRoom | None


@dataclass(frozen=True, slots=True)
class Capacity:
    """The room of everybody in a household in a year; `projected` when it rests on figures not yet published."""

    year: int
    people: tuple[PersonCapacity, ...]
    projected: bool
    notes: tuple[str, ...]


def capacity_of(household: Household, year: int | None = None) -> Capacity:
    """The room of a household in a year, the start year when none is given.

    Raises InputError for a planned election above a limit, at the line of its field; what has already gone in above a
    limit is a result with its correction. Contributions so far count in the start year alone.
    """
    chosen = household.start_year if year is None else year
    law = LawOfYear.of(chosen, household.market.growth)
    expected = expected_returns(household, law)
    people = tuple(_person(household, person, expected[person.name]) for person in household.people)
    projected = any(line.projected for one in people for line in _lines(one))
    return Capacity(chosen, people, projected, tuple(_notes(household, people, chosen)))


def _lines(one: PersonCapacity) -> Iterator[Line]:
    """Every line of a person's answer."""
    for employer in one.employers:
        yield from employer.lines
    yield from one.ira.lines
    yield from one.hsa.lines if one.hsa is not None else ()


def _person(household: Household, person: Person, expected: ExpectedReturn) -> PersonCapacity:
    law = expected.law
    with_plan = {year.index: year for year in years_of_jobs(household, person, law)}
    employers = []
    for index, job in enumerate(household.jobs):
        if index in with_plan:
            employers.append(_employer(with_plan[index], law))
        elif job.person == person.name and job.plan is None:
            _no_facts_without_a_plan(household, index, job)
            employers.append(_without_plan(job, law))
    return PersonCapacity(
        name=person.name,
        age=person.age_in(law.year),
        employers=tuple(employers),
        total=_total(employers),
        ira=ira_room(household, person, expected),
        hsa=hsa_room(household, person, law),
    )


def _employer(year: JobYear, law: LawOfYear) -> EmployerCapacity:
    found = corrections(year, law)
    return EmployerCapacity(
        employer=year.job.employer,
        annual_additions_limit=year.additions_limit,
        elective_deferrals=year.deferral.base,
        catch_up=year.deferral.catch_up,
        catch_up_must_be_roth=year.must_be_roth,
        match=year.employer.match,
        nonelective=year.employer.nonelective,
        employer_contributions=year.employer.match + year.employer.nonelective,
        after_tax_room=year.room.room,
        limited_by=LIMITED_BY[year.room.limited_by],
        after_tax_so_far=year.so_far.after_tax,
        left_this_year=year.left_this_year,
        lines=lines(year, law),
        corrections=found,
        notes=notes(year, law, [one.limit for one in found]),
    )


def _without_plan(job: Job, law: LawOfYear) -> EmployerCapacity:
    limit = float(rule(annual_additions_limit, job.pay, law.record))
    no_room = {"match": 0.0, "nonelective": 0.0, "employer_contributions": 0.0, "after_tax_room": 0.0}
    return EmployerCapacity(
        employer=job.employer,
        annual_additions_limit=limit,
        elective_deferrals=0.0,
        catch_up=0.0,
        catch_up_must_be_roth=False,
        **no_room,
        limited_by=LIMITED_BY[NOT_ALLOWED],
        after_tax_so_far=0.0,
        left_this_year=0.0,
        lines=(),
        corrections=(),
        notes=("This job has no retirement plan.",),
    )


def _no_facts_without_a_plan(household: Household, index: int, job: Job) -> None:
    facts = job.year_to_date
    if facts.elective_deferrals or facts.employer_contributions or facts.after_tax:
        raise household.source.error(
            f"jobs[{index}].year_to_date",
            "is given, but the job has no plan",
            allowed="a [jobs.plan] table for the plan",
        )


def _total(employers: Sequence[EmployerCapacity]) -> Total:
    return Total(
        sum(one.elective_deferrals for one in employers),
        sum(one.catch_up for one in employers),
        sum(one.employer_contributions for one in employers),
        sum(one.after_tax_room for one in employers),
        sum(one.left_this_year for one in employers),
    )


def _notes(household: Household, people: Sequence[PersonCapacity], year: int) -> list[str]:
    found = []
    if year != household.start_year:
        found.append(
            f"Pay, planned deferrals and the plan's terms are those written for {household.start_year}; contributions "
            f"so far and last year's wages belong to {household.start_year} and are not used."
        )
    for one in people:
        if sum(bool(employer.lines) for employer in one.employers) > 1:
            found.append(
                f"{one.name}'s employers are taken as unrelated; each has its own limit on annual additions, "
                "while related employers share one (IRC 415(c), (h))."
            )
    return found
