"""How much a household can put into its employers' plans in a year: per person, per employer, line by line.

Law:    IRC 402(g), 414(v), 415(c), 401(a)(17), 401(m) through the plan's ACP limit.
Units:  dollars of the year; pay, planned deferrals and caps are those of the household file.
Not modeled: the 15-year catch-up of a 403(b) and the last three years of a 457(b); plan years that are not calendar
        years; leaving a job in mid-year.
Tests:  test_worked_examples_of_the_room, test_room_is_never_negative.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

from rothwell.household import Business, Household, Job, Person, is_457b
from rothwell.mega_backdoor.acp_test import AcpOutcome, acp_lines, acp_notes, acp_outcome, earnings_note
from rothwell.mega_backdoor.capacity_lines import Line, lines, notes
from rothwell.mega_backdoor.deferred_compensation_lines import lines_of_457b, notes_of_457b
from rothwell.mega_backdoor.employer_plan import LIMITED_BY, NOT_ALLOWED, annual_additions_limit
from rothwell.mega_backdoor.excess import Correction, corrections, counted_twice
from rothwell.mega_backdoor.expected_return import ExpectedReturn, expected_returns
from rothwell.mega_backdoor.hsa_room import HsaRoom, hsa_room
from rothwell.mega_backdoor.ira_room import IraRoom, ira_room
from rothwell.mega_backdoor.job_year import JobYear, LawOfYear, is_over, rule, works
from rothwell.mega_backdoor.owner_contributions import earned_income
from rothwell.mega_backdoor.owner_lines import owner_lines, owner_notes
from rothwell.mega_backdoor.paychecks import Paycheck, Variant, schedule_of
from rothwell.mega_backdoor.related_employers import shared_limit
from rothwell.mega_backdoor.self_employed_plan import OwnerYear, owner_corrections, wages_of
from rothwell.mega_backdoor.set_elections import Election

__all__ = [
    "Capacity",
    "Correction",
    "Election",
    "EmployerCapacity",
    "Line",
    "Paycheck",
    "PersonCapacity",
    "Total",
    "Variant",
    "capacity_of",
]


@dataclass(frozen=True, slots=True)
class EmployerCapacity:
    """What one person can put into one employer's plan, dollars of the year; `limited_by` is one of LIMITED_BY.

    `catch_up_must_be_roth` is None when last year's wages decide and are not known. `after_tax_room` is the room of the
    whole year, `left_this_year` what is left of it after the contributions so far. What follows `notes` is
    the schedule, empty or None without pay dates.
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
    acp: AcpOutcome | None = None
    paychecks: tuple[Paycheck, ...] = ()
    match_total: float | None = None
    match_lost: float | None = None
    true_up: float | None = None
    elections: tuple[Election, ...] = ()
    achievable: bool | None = None
    variants: tuple[Variant, ...] = ()
    extra_paycheck: bool | None = None
    paycheck_notes: tuple[str, ...] = ()


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
    years, owner = expected.years[person.name]
    with_plan = {year.index: year for year in years}
    employers = []
    for index, job in enumerate(household.jobs):
        if index in with_plan:
            employers.append(_employer(with_plan[index], household, law))
        elif job.person == person.name and job.plan is None and job.held_in(law.year):
            _no_facts_without_a_plan(household, index, job)
            employers.append(_without_plan(job, law))
    if owner is not None:
        employers.append(_own_business(owner, household, law))
    for business in household.businesses:
        if business.person == person.name and business.plan is None and works(person, law.year):
            employers.append(_business_without_plan(business, wages_of(household, person, law), law))
    return PersonCapacity(
        name=person.name,
        age=person.age_in(law.year),
        employers=tuple(employers),
        total=_total(employers),
        ira=ira_room(household, person, expected),
        hsa=hsa_room(household, person, law),
    )


def _employer(year: JobYear, household: Household, law: LawOfYear) -> EmployerCapacity:
    found = corrections(year, law)
    schedule = schedule_of(year, law)
    apart = is_457b(year.job)
    acp = acp_outcome(year, household.start_year, law)
    of_plan = lines_of_457b(year, law) if apart else lines(year, law)
    beside = notes(year, law, [one.limit for one in found]) + (notes_of_457b(year) if apart else ())
    capacity = EmployerCapacity(
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
        lines=of_plan if acp is None else (*of_plan, *acp_lines(year, acp, law)),
        corrections=found,
        notes=(*counted_twice(found), *beside, *_acp_notes(year, acp, household, law)),
        acp=acp,
    )
    if schedule is None:
        return capacity
    of_schedule = {one.name: getattr(schedule, one.name) for one in fields(schedule)}
    return replace(capacity, **of_schedule)


def _acp_notes(year: JobYear, acp: AcpOutcome | None, household: Household, law: LawOfYear) -> tuple[str, ...]:
    if acp is None:
        return ()
    return (*acp_notes(year, acp, law), *earnings_note(acp, household.expected_return, law.year))


def _own_business(year: OwnerYear, household: Household, law: LawOfYear) -> EmployerCapacity:
    given = year.contributions
    return EmployerCapacity(
        employer=year.business.name,
        annual_additions_limit=year.additions_limit,
        elective_deferrals=given.base,
        catch_up=given.catch_up,
        catch_up_must_be_roth=False,  # no Social Security wages from the own business, IRC 414(v)(7)(A)
        match=0.0,
        nonelective=given.profit_sharing,
        employer_contributions=given.profit_sharing,
        after_tax_room=year.room.room,
        limited_by=LIMITED_BY[year.room.limited_by],
        after_tax_so_far=year.so_far.after_tax,
        left_this_year=year.left_this_year,
        lines=owner_lines(year, law),
        corrections=owner_corrections(year, law),
        notes=owner_notes(year, household, law),
    )


def _without_plan(job: Job, law: LawOfYear) -> EmployerCapacity:
    limit = float(rule(annual_additions_limit, job.pay, law.record))
    return _nothing(job.employer, limit, "This job has no retirement plan.")


def _business_without_plan(business: Business, wages: float, law: LawOfYear) -> EmployerCapacity:
    earned = float(rule(earned_income, business.net_profit, wages, law.record))
    limit = float(rule(annual_additions_limit, earned, law.record))
    return _nothing(business.name, limit, "This business has no retirement plan.")


def _nothing(employer: str, limit: float, why: str) -> EmployerCapacity:
    return EmployerCapacity(
        employer=employer,
        annual_additions_limit=limit,
        elective_deferrals=0.0,
        catch_up=0.0,
        catch_up_must_be_roth=False,
        match=0.0,
        nonelective=0.0,
        employer_contributions=0.0,
        after_tax_room=0.0,
        limited_by=LIMITED_BY[NOT_ALLOWED],
        after_tax_so_far=0.0,
        left_this_year=0.0,
        lines=(),
        corrections=(),
        notes=(why,),
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
            f"Pay, profit, planned deferrals and the plan's terms are those written for {household.start_year}; "
            f"contributions so far and last year's wages belong to {household.start_year} and are not used."
        )
    law = LawOfYear.of(year, household.market.growth)
    for one in people:
        if _unrelated(household, household.person_named(one.name), law):
            found.append(
                f"{one.name}'s employers without a `controlled_group` in common are taken as unrelated; each has its "
                "own limit on annual additions, while related employers share one (IRC 415(c), (h))."
            )
    paid = {(job.person, job.employer) for job in household.jobs_now if not is_over(job)}
    without = [
        one.employer
        for person in people
        for one in person.employers
        if one.lines and one.achievable is None and (person.name, one.employer) in paid
    ]
    if without:
        found.append(
            "Contributions paycheck by paycheck and the elections to set need the pay dates: [jobs.pay_schedule] for "
            f"{', '.join(without)}."
        )
    return found


def _unrelated(household: Household, person: Person, law: LawOfYear) -> bool:
    """Whether two employers of a person with plans under IRC 415(c) have limits of their own."""
    jobs = [job for job in household.jobs_of(person.name) if job.plan is not None and not is_457b(job)]
    owned = [one for one in household.businesses if one.person == person.name and one.plan is not None]
    employers: list[Job | Business] = [*jobs, *owned]
    keys = [shared_limit(household, person, one, law) or ("alone", place) for place, one in enumerate(employers)]
    return len(set(keys)) > 1
