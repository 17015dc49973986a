"""One job's year in its plan: what is planned, what has already gone in, what the employer adds, the room that is left.

What is planned and breaks a limit is refused at its field in the household file; what has already happened and breaks a
limit is a fact, kept here and put right in `excess`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from rothwell.errors import InputError
from rothwell.household import Household, Job, Person, Plan, YearToDate, is_457b
from rothwell.law import Dated, Growth, figure, figures, law_record
from rothwell.mega_backdoor.deferred_compensation import limits_of_457b
from rothwell.mega_backdoor.employer_plan import (
    NO_CAP,
    AfterTaxRoom,
    Deferral,
    EmployerMoney,
    after_tax_room,
    annual_additions_limit,
    catch_up_limit,
    deferral_within_annual_additions,
    elective_deferral,
    elective_deferral_limit,
    employer_contributions,
)
from rothwell.mega_backdoor.paycheck_pay import paychecks_to_come
from rothwell.mega_backdoor.plan_terms import plain_plan_of
from rothwell.provision import plain_record, plainly

HALF_A_CENT = 0.005  # differences below it are arithmetic of floats, not dollars


@dataclass(frozen=True, slots=True)
class LawOfYear:
    """The law of the year in question: its record for the provisions and its figures with their sources."""

    year: int
    growth: Growth
    record: Any

    @classmethod
    def of(cls, year: int, growth: Growth) -> LawOfYear:
        """The law of a year, projected under the given growth where it is not published.

        Raises InputError for a year before the limits begin.
        """
        figure("annual_additions.limit").value(year, growth)
        return cls(year, growth, _record(year, growth))

    def figure(self, name: str) -> Dated:
        """A figure in this year."""
        return _dated(name, self.year, self.growth)


@cache
def _dated(name: str, year: int, growth: Growth) -> Dated:
    return figure(name).value(year, growth)


@cache
def _record(year: int, growth: Growth) -> Any:
    return plain_record(law_record(year, figures(), growth)[0])


@dataclass(frozen=True, slots=True)
class DeferralFacts:
    """Elective deferrals already made in one plan, in dollars: under 402(g), as catch-up, and above both."""

    base: float = 0.0
    catch_up: float = 0.0
    excess: float = 0.0


@dataclass(frozen=True, slots=True)
class Left:
    """What a person's other plans leave to one plan, in dollars; `catch_up_limit` is the limit by age in this plan."""

    base: float
    catch_up_limit: float
    catch_up: float


@dataclass(frozen=True, slots=True)
class Related:
    """What related employers of the person take of one limit on annual additions, in dollars: planned, and so far."""

    additions: float = 0.0
    so_far: float = 0.0


@dataclass(frozen=True, slots=True)
class JobYear:
    """A job's year, dollars of the year; `employer` holds the formula's money and what has gone in beyond it."""

    index: int
    job: Job
    terms: Plan
    age: int
    plan: Any
    left: Left
    must_be_roth: bool | None
    deferral: Deferral
    formula: EmployerMoney
    employer: EmployerMoney
    additions_limit: float
    room: AfterTaxRoom
    facts: DeferralFacts
    so_far: YearToDate
    related: Related = Related()

    @property
    def catch_up_barred(self) -> bool:
        """Whether the person may make no catch-up contributions for want of a Roth feature, IRC 414(v)(7)(B)."""
        return self.must_be_roth is True and not self.terms.roth_deferrals

    @property
    def left_this_year(self) -> float:
        """After-tax contributions that can still go in, in dollars; none once the job is over."""
        over = self.so_far.as_of is not None and is_over(self.job)
        return 0.0 if over else max(0.0, self.room.room - self.so_far.after_tax)

    @property
    def roth_deferrals(self) -> float:
        """Elective deferrals of the year that are designated Roth, in dollars.

        What has gone in as the file says, what is to come as planned; catch-up that must be Roth, or may have to be,
        counts as Roth, and Roth deferrals made earlier in the year count for it (Reg. 1.414(v)-2).
        """
        every = self.deferral.base + self.deferral.catch_up
        all_roth = self.terms.deferral_kind == "roth"
        told = "roth_deferrals" in self.so_far.model_fields_set
        so_far = self.so_far.elective_deferrals if all_roth and not told else self.so_far.roth_deferrals
        if all_roth:
            return min(every, so_far + max(0.0, every - self.so_far.elective_deferrals))
        return min(every, max(so_far, 0.0 if self.must_be_roth is False else self.deferral.catch_up))


def is_over(job: Job) -> bool:
    """Whether the facts of a job run to its end: no paycheck is to come."""
    as_of = job.year_to_date.as_of
    return job.end_date is not None and as_of is not None and job.end_date <= as_of


def rule(provision: Callable[..., Any], *arguments: Any) -> Any:
    """The result of a provision run as plain Python: a desk with a handful of jobs need not wait for the compiler."""
    return plainly(provision)(*arguments)


def must_be_roth(job: Job, age: int, start_year: int, law: LawOfYear) -> bool | None:
    """Whether catch-up money must be Roth; None when last year's wages decide and are not known.

    Law:    IRC 414(v)(7)(A).
    """
    threshold = float(law.record.catch_up.roth_wage_threshold)
    if age < law.record.catch_up.age or not np.isfinite(threshold):  # not enforced before 2026, Notice 2023-62
        return False
    if job.prior_year_wages is None and job.start_date is not None and job.start_date.year >= law.year:
        return False  # no wages of the year before from this employer
    if job.prior_year_wages is None or law.year != start_year:
        return None
    return job.prior_year_wages > threshold


def years_of_jobs(household: Household, person: Person, law: LawOfYear) -> list[JobYear]:
    """The year of each of a person's jobs with a plan; what has already gone in counts before what is planned."""
    held = [
        (index, job)
        for index, job in enumerate(household.jobs)
        if job.person == person.name and job.plan is not None and holds(person, job, law.year)
    ]
    counted = law.year == household.start_year
    so_far = [job.year_to_date if counted else YearToDate() for _, job in held]
    age = person.age_in(law.year)
    facts = _split_facts(held, so_far, age, household.start_year, law)
    owned = owner_facts(household, person, law) if counted else DeferralFacts()
    done: list[JobYear] = []
    for position, (index, job) in enumerate(held):
        planned = [(one.job, DeferralFacts(one.deferral.base, one.deferral.catch_up)) for one in done]
        later = [(one, facts[place]) for place, (_, one) in enumerate(held) if place > position]
        left = _left(job, age, _same_limit(job, [*planned, *later], owned), law)
        done.append(_job_year(household, (index, job), age, left, (facts[position], so_far[position]), law))
    return done


def works(person: Person, year: int) -> bool:
    """Whether a person still works in a year."""
    return person.retirement_year is None or year < person.retirement_year


def holds(person: Person, job: Job, year: int) -> bool:
    """Whether a person works in a job in a year."""
    return job.held_in(year) and (job.end_date is not None or works(person, year))


def _split_facts(
    held: Sequence[tuple[int, Job]], so_far: Sequence[YearToDate], age: int, start_year: int, law: LawOfYear
) -> list[DeferralFacts]:
    """Deferrals already made, split in the order of the file: under 402(g), catch-up (414(v)(2)), excess."""
    done: list[DeferralFacts] = []
    for (_, job), facts in zip(held, so_far, strict=True):
        before = [(one, taken) for (_, one), taken in zip(held, done, strict=False)]
        left = _left(job, age, _same_limit(job, before, DeferralFacts()), law)
        barred = (
            must_be_roth(job, age, start_year, law) is True and job.plan is not None and not job.plan.roth_deferrals
        )
        base = min(facts.elective_deferrals, left.base)
        catch_up = min(facts.elective_deferrals - base, 0.0 if barred else left.catch_up)
        done.append(DeferralFacts(base, catch_up, facts.elective_deferrals - base - catch_up))
    return done


def owner_facts(household: Household, person: Person, law: LawOfYear) -> DeferralFacts:
    """Deferrals already made in the plan of a person's own business; they count after those of the jobs."""
    made = sum(one.year_to_date.elective_deferrals for one in household.businesses if one.person == person.name)
    if made <= 0.0:
        return DeferralFacts()
    held = [(index, job) for index, job in enumerate(household.jobs) if job.person == person.name and job.plan]
    before = _split_facts(
        held, [job.year_to_date for _, job in held], person.age_in(law.year), household.start_year, law
    )
    counted = [one for (_, job), one in zip(held, before, strict=True) if not is_457b(job)]
    limit = float(rule(elective_deferral_limit, law.record))
    base = min(made, max(0.0, limit - sum(one.base for one in counted)))
    most = float(rule(catch_up_limit, person.age_in(law.year), 1.0, law.record))
    catch_up = min(made - base, max(0.0, most - sum(one.catch_up for one in counted)))
    return DeferralFacts(base, catch_up, made - base - catch_up)


def _same_limit(job: Job, others: Sequence[tuple[Job, DeferralFacts]], owned: DeferralFacts) -> list[DeferralFacts]:
    """What other plans take of the limit that a job's plan is under: IRC 402(g)(1), or 457(e)(15) by itself."""
    taken = [facts for other, facts in others if is_457b(other) == is_457b(job)]
    return taken if is_457b(job) else [*taken, owned]


def _left(job: Job, age: int, taken: Sequence[DeferralFacts], law: LawOfYear) -> Left:
    if is_457b(job):
        limit, catch_up = limits_of_457b(job, age, law.record)
    else:
        limit = float(rule(elective_deferral_limit, law.record))
        catch_up = float(rule(catch_up_limit, age, plain_plan_of(job).higher_catch_up, law.record))
    return Left(
        max(0.0, limit - sum(one.base for one in taken)),
        catch_up,
        max(0.0, catch_up - sum(one.catch_up for one in taken)),
    )


def _job_year(
    household: Household,
    place: tuple[int, Job],
    age: int,
    left: Left,
    done: tuple[DeferralFacts, YearToDate],
    law: LawOfYear,
) -> JobYear:
    index, job = place
    facts, so_far = done
    assert job.plan is not None
    plan, counted_pay = plain_plan_of(job), job.plan_compensation
    roth = must_be_roth(job, age, household.start_year, law)
    wages = (job.prior_year_wages or 0.0) if roth is not None else 0.0
    level = 1.0  # the planned amount is in dollars of this year
    pay = min(counted_pay, _most_that_paychecks_carry(job, so_far, law))
    elected = rule(elective_deferral, pay, left.base, left.catch_up, level, wages, plan, law.record)
    fits = rule(deferral_within_annual_additions, elected, left.catch_up, job.pay, counted_pay, plan, law.record)
    limit = float(rule(annual_additions_limit, job.pay, law.record))
    deferral = Deferral(
        max(float(fits.base), facts.base), max(float(fits.catch_up), facts.catch_up), float(roth is True)
    )
    formula, employer, room = _employer_and_room(job, deferral, so_far, plan, law)
    year = JobYear(
        index=index,
        job=job,
        terms=job.plan,
        age=age,
        plan=plan,
        left=left,
        must_be_roth=roth,
        deferral=deferral,
        formula=formula,
        employer=employer,
        additions_limit=limit,
        room=room,
        facts=facts,
        so_far=so_far,
    )
    _check_employer(household, year)
    _check_election(household, year, fits, law)
    return year


def _employer_and_room(
    job: Job, deferral: Deferral, so_far: YearToDate, plan: Any, law: LawOfYear
) -> tuple[EmployerMoney, EmployerMoney, AfterTaxRoom]:
    """The formula's money with the whole room used, the employer's money with what went in beyond it, and the room.

    Money beyond the formula leaves less room; where after-tax money is matched, less room earns less match.
    """
    counted, every = job.plan_compensation, deferral.base + deferral.catch_up
    on_deferrals = rule(employer_contributions, every, counted, plan, law.record)
    beyond = of_match = 0.0
    for _ in range(2):
        nonelective = float(on_deferrals.nonelective) + beyond - of_match
        before = EmployerMoney(float(on_deferrals.match) + of_match, nonelective)
        room = rule(after_tax_room, job.pay, counted, deferral, before, plan, law.record)
        matched = every + float(room.room) * float(plan.match_after_tax)
        money = rule(employer_contributions, matched, counted, plan, law.record)
        formula = EmployerMoney(float(money.match), float(money.nonelective))
        if beyond > 0.0:
            break
        of_match = max(0.0, (so_far.match or 0.0) - formula.match)
        beyond = max(of_match, so_far.employer_contributions - formula.match - formula.nonelective)
    employer = EmployerMoney(formula.match + of_match, formula.nonelective + beyond - of_match)
    return formula, employer, AfterTaxRoom(float(room.room), int(room.limited_by))


def _most_that_paychecks_carry(job: Job, so_far: YearToDate, law: LawOfYear) -> float:
    """Deferrals that a job ending in the year can hold: those so far and the pay still to come."""
    assert job.plan is not None
    if job.end_date is None or job.end_date.year != law.year or job.plan.elective_deferral != "max":
        return float(NO_CAP)
    if so_far.as_of is not None and job.end_date <= so_far.as_of:
        return so_far.elective_deferrals
    if job.pay_schedule is None:
        return float(NO_CAP)
    coming = paychecks_to_come(job, law.year, so_far, float(law.record.compensation.limit))
    return so_far.elective_deferrals + sum(one.elected_from for one in coming)


def _check_employer(household: Household, year: JobYear) -> None:
    """A plan's formula may not by itself break the limit on annual additions (Reg. 1.415(a)-1(d))."""
    money = year.formula.match + year.formula.nonelective
    if money > year.additions_limit + HALF_A_CENT:
        field = "nonelective" if year.formula.nonelective > year.formula.match else "match"
        raise household.source.error(
            f"jobs[{year.index}].plan.{field}",
            f"makes employer contributions of {money:,.0f} dollars, more than may be added in a year (IRC 415(c)(1))",
            allowed=f"terms that give up to {year.additions_limit:,.0f} dollars",
        )


def _check_election(household: Household, year: JobYear, fits: Deferral, law: LawOfYear) -> None:
    """A planned number of dollars above what the law allows is refused at its line."""
    planned = year.terms.elective_deferral
    if planned == "max":
        return
    if planned > year.job.plan_compensation + HALF_A_CENT:
        message = "is more than the pay that the plan counts"
        raise _refused(household, year, planned, message, year.job.plan_compensation)
    catch_up = 0.0 if year.catch_up_barred else year.left.catch_up
    allowed = year.left.base + catch_up
    if planned > allowed + HALF_A_CENT:
        raise _refused(household, year, planned, _too_much(year, law), allowed)
    if planned > fits.base + fits.catch_up + HALF_A_CENT:
        message = (
            f"and the employer's contributions are more than the {year.additions_limit:,.0f} dollars that may be added "
            f"in {law.year} (IRC 415(c)(1))"
        )
        raise _refused(household, year, planned, message, fits.base + fits.catch_up)


def _too_much(year: JobYear, law: LawOfYear) -> str:
    """Why a planned deferral is above 402(g) and catch-up."""
    limit = float(rule(elective_deferral_limit, law.record))
    words = (
        f"is more than {year.job.person} may defer in {law.year}: {limit:,.0f} dollars over all plans (IRC 402(g)(1))"
    )
    if year.catch_up_barred:
        wages = float(law.record.catch_up.roth_wage_threshold)
        return (
            f"{words} and no catch-up, which must be Roth for wages of the year before above {wages:,.0f} dollars in a "
            "plan that takes no Roth deferrals (IRC 414(v)(7))"
        )
    if year.left.catch_up_limit > 0.0:
        words += f" and {year.left.catch_up_limit:,.0f} of catch-up at age {year.age} (IRC 414(v)(2))"
    taken = limit - year.left.base + year.left.catch_up_limit - year.left.catch_up
    return words + (f", of which other plans take {taken:,.0f}" if taken > HALF_A_CENT else "")


def _refused(household: Household, year: JobYear, planned: float, message: str, most: float) -> InputError:
    return household.source.error(
        f"jobs[{year.index}].plan.elective_deferral",
        message,
        found=int(planned) if planned == int(planned) else planned,
        allowed=f'0 to {most:,.0f} dollars, or "max"',
    )
