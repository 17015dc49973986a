"""Which employers of a person share one limit on annual additions, and how they share it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

from rothwell.errors import InputError
from rothwell.household import Business, Household, Job, Person, is_457b
from rothwell.mega_backdoor.employer_plan import (
    ANNUAL_ADDITIONS,
    NOT_ALLOWED,
    AfterTaxRoom,
    Deferral,
    EmployerMoney,
    after_tax_room,
    deferral_within_annual_additions,
    employer_contributions,
)
from rothwell.mega_backdoor.job_year import HALF_A_CENT, JobYear, LawOfYear, Related, rule, years_of_jobs
from rothwell.mega_backdoor.self_employed_plan import OwnerYear, owner_year


def shared_limit(household: Household, person: Person, one: Job | Business, law: LawOfYear) -> Hashable | None:
    """What names the limit on annual additions that an employer of a person shares; None for one of its own.

    Law:    IRC 414(b), (c), (m), 415(f)(1)(B), (h): related employers are one; Reg. 1.415(f)-1(f)(1): a 403(b) is apart
            from other plans of the employer that offers it, and 403(b)s of unrelated employers are apart (Pub. 571);
            415(k)(4), Reg. 1.415(f)-1(f)(2): once the person controls an employer with a plan, every 403(b) of the
            person counts with the plans of the employers so controlled; a 457(b) plan counts nowhere.
    Not modeled: who is related (the file says it), attribution of ownership, leased employees.
    """
    if one.plan is None or (isinstance(one, Job) and is_457b(one)):
        return None
    control = float(law.record.annual_additions.control_share)
    work = [other for other in household.jobs_and_businesses if other.person == person.name and other.plan is not None]
    with_403b = any(_is_403b(other) for other in work)
    with_control = any(_controlled(other, control) for other in work)
    if with_403b and with_control and (_is_403b(one) or _controlled(one, control)):
        return "403(b) and controlled employers"
    return None if one.controlled_group is None else (_is_403b(one), one.controlled_group)


def _is_403b(one: Job | Business) -> bool:
    return isinstance(one, Job) and one.plan is not None and one.plan.kind == "403b"


def _controlled(one: Job | Business, control: float) -> bool:
    """Whether a person controls an employer whose plan is one under IRC 415(c) and no 403(b)."""
    if isinstance(one, Business):
        return True
    return one.ownership > control and not _is_403b(one) and not is_457b(one)


def years_of(household: Household, person: Person, law: LawOfYear) -> tuple[list[JobYear], OwnerYear | None]:
    """A person's year in each job with a plan and in the own business, with shared limits shared.

    Law:    IRC 415(f)(1)(B): all defined contribution plans of one employer are one plan; limits in the order of the
            file, jobs before the business, with room for after-tax money where it comes first.
    Not modeled: pay of one related employer for contributions at another; related employers' pay together for 100%.
    Tests:  test_related_employers_share_one_limit, test_a_403b_is_counted_with_a_business_that_its_owner_controls.
    """
    years = years_of_jobs(household, person, law)
    keys = [shared_limit(household, person, year.job, law) for year in years]
    owned = [one for one in household.businesses if one.person == person.name and one.plan is not None]
    own_key = shared_limit(household, person, owned[0], law) if owned else None
    for key in dict.fromkeys(key for key in keys if key is not None):
        places = [place for place, one in enumerate(keys) if one == key]
        if len(places) + (own_key == key) > 1:
            for place in places:
                before = [years[other] for other in places if other < place]
                later = [years[other] for other in places if other > place]
                years[place] = _fitted(household, years[place], (before, later), law)
    group = [year for year, key in zip(years, keys, strict=True) if key is not None and key == own_key]
    planned = sum(_additions(year) + year.so_far.after_tax for year in group)
    so_far = sum(_so_far(year) for year in group)
    owner = owner_year(household, person, years, Related(planned, so_far), law)
    for key in dict.fromkeys(key for key in keys if key is not None):
        places = [place for place, one in enumerate(keys) if one == key]
        last = owner if own_key == key else None
        if len(places) > 1 or last is not None:
            shared, owner_related = _shared([years[place] for place in places], last, law)
            for place, year in zip(places, shared, strict=True):
                years[place] = year
            if last is not None:
                owner = owner_year(household, person, years, owner_related, law)
    return years, owner


def _additions(year: JobYear) -> float:
    """Annual additions of a job's year before after-tax money, in dollars."""
    return year.deferral.base + year.employer.match + year.employer.nonelective


def _so_far(year: JobYear) -> float:
    return year.facts.base + year.so_far.employer_contributions + year.so_far.after_tax


def _fitted(
    household: Household, year: JobYear, others: tuple[Sequence[JobYear], Sequence[JobYear]], law: LawOfYear
) -> JobYear:
    """A job's year with its deferral cut to what related employers leave: all of those listed before, and the
    employer's money of those listed later."""
    before, later = others
    left = max(0.0, float(law.record.annual_additions.limit) - sum(_additions(one) for one in before))
    dollars = max(0.0, left - sum(one.employer.match + one.employer.nonelective for one in later))
    if _additions(year) <= dollars + HALF_A_CENT:
        return year
    counted, pay = year.job.plan_compensation, min(year.job.pay, dollars)
    fits = rule(
        deferral_within_annual_additions, year.deferral, year.left.catch_up, pay, counted, year.plan, law.record
    )
    base, catch_up = float(fits.base), float(fits.catch_up)
    if year.terms.elective_deferral != "max" and base + catch_up < year.deferral.base + year.deferral.catch_up:
        raise _too_much(household, year, "elective_deferral", base + catch_up)
    money = rule(employer_contributions, base + catch_up, counted, year.plan, law.record)
    employer = EmployerMoney(
        float(money.match), year.employer.nonelective - year.formula.nonelective + float(money.nonelective)
    )
    if base + employer.match + employer.nonelective > left + HALF_A_CENT:
        raise _too_much(household, year, "match" if employer.match else "nonelective", left)
    deferral = Deferral(base, catch_up, year.deferral.catch_up_must_be_roth)
    room = rule(after_tax_room, year.job.pay, counted, deferral, employer, year.plan, law.record)
    return replace(
        year, deferral=deferral, employer=employer, room=AfterTaxRoom(float(room.room), int(room.limited_by))
    )


def _too_much(household: Household, year: JobYear, field: str, most: float) -> InputError:
    message = (
        "and what related employers listed before add are more than the one limit that they share (IRC 415(f), (h))"
    )
    place = f"jobs[{year.index}].plan.{field}"
    return household.source.error(place, message, allowed=f"up to {most:,.0f} dollars here")


def _shared(years: Sequence[JobYear], owner: OwnerYear | None, law: LawOfYear) -> tuple[list[JobYear], Related]:
    """Rooms for after-tax money under one limit, in the order of the file, and what the jobs take before the owner."""
    dollars = float(law.record.annual_additions.limit)
    own = 0.0 if owner is None else owner.contributions.profit_sharing + owner.contributions.base
    own_facts = 0.0 if owner is None else owner.so_far.after_tax
    done: list[JobYear] = []
    for place, year in enumerate(years):
        later = sum(_additions(one) + one.so_far.after_tax for one in years[place + 1 :]) + own + own_facts
        before = sum(_additions(one) + max(one.room.room, one.so_far.after_tax) for one in done)
        left = max(0.0, dollars - before - later - _additions(year))
        binds = left < year.room.room and year.room.limited_by != NOT_ALLOWED
        room = AfterTaxRoom(left, ANNUAL_ADDITIONS) if binds else year.room
        so_far = sum(_so_far(one) for one in done)
        done.append(replace(year, room=room, related=Related(before + later, so_far)))
    total = sum(_additions(one) + max(one.room.room, one.so_far.after_tax) for one in done)
    return done, Related(total, sum(_so_far(one) for one in done))
