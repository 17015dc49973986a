"""Mistakes caught before they cost money: what a household is about to do, or has done, and how it is put right.

Law:    IRC 72(t), 402(g), 408(d)(2), 415(c), 4973; 42 USC 1395r(i); IRC 36B.
Not modeled: mistakes in what the file does not tell, such as rollovers of the past twelve months (IRC 408(d)(3)(B)).
Tests:  test_money_in_a_traditional_ira_spoils_the_backdoor, test_the_rule_of_55_is_not_lost_by_a_rollover,
        test_deferrals_too_small_for_the_match_are_caught, test_a_cliff_within_2000_dollars_is_caught.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rothwell.household import Household, Person
from rothwell.mega_backdoor.capacity import Capacity, EmployerCapacity, PersonCapacity
from rothwell.mega_backdoor.due_dates import last_day
from rothwell.mega_backdoor.employer_plan import employer_contributions
from rothwell.mega_backdoor.expected_return import ExpectedReturn, expected_return
from rothwell.mega_backdoor.job_year import HALF_A_CENT, LawOfYear, rule
from rothwell.mega_backdoor.plan_terms import plain_plan_of
from rothwell.provision import plainly
from rothwell.tax.marginal_rates import Cliffs, next_cliffs

HUNDRED = 100.0  # dollars: the scale of the next line, not law
NEAR_A_CLIFF = 20.0 * HUNDRED  # dollars of income: a cliff that is nearer is told; not law
CLIFF_WORDS = {
    "medicare_premiums": ("a higher tier of Medicare premiums", "42 USC 1395r(i)(3)"),
    "premium_tax_credit": ("the end of the premium tax credit", "IRC 36B(c)(1)(A)"),
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: `kind` names its sort, `person` who makes it ("" for the household); words, law and cure.

    `dollars` is what is at stake: an amount above a limit, match not earned, tax or premiums; None where the file does
    not tell.
    """

    kind: str
    person: str
    words: str
    dollars: float | None
    law: str
    cure: str


def mistakes_of(household: Household, capacity: Capacity) -> tuple[Mistake, ...]:
    """Every mistake that the file shows, for each person and for the household."""
    law = LawOfYear.of(capacity.year, household.market.growth)
    found = [one for person in capacity.people for one in _of_person(household, person, law)]
    return (*found, *_cliffs(household, law))


def _of_person(household: Household, one: PersonCapacity, law: LawOfYear) -> Iterator[Mistake]:
    person = household.person_named(one.name)
    for employer in one.employers:
        yield from _above_limits(one, employer)
        yield from _match_not_earned(household, one, employer, law)
    yield from _excess_outside(one)
    yield from _spoiled_backdoor(one, law)
    yield from _rule_of_55(household, person, law)


def _above_limits(one: PersonCapacity, employer: EmployerCapacity) -> Iterator[Mistake]:
    """What has gone into a plan above a limit."""
    for correction in employer.corrections:
        yield Mistake(
            kind=correction.limit,
            person=one.name,
            words=f"More has gone into the plan of {employer.employer} than may.",
            dollars=correction.amount,
            law=correction.law,
            cure=correction.action,
        )


def _excess_outside(one: PersonCapacity) -> Iterator[Mistake]:
    """What has gone into IRAs or a health savings account above a limit."""
    for excess in (*one.ira.corrections, *(one.hsa.corrections if one.hsa else ())):
        yield Mistake(
            kind=f"{excess.kind}_excess",
            person=one.name,
            words="More has gone in than may; the excess is taxed each year until it is out.",
            dollars=excess.amount + excess.earlier,
            law=excess.law,
            cure=excess.action,
        )


def _match_not_earned(
    household: Household, one: PersonCapacity, employer: EmployerCapacity, law: LawOfYear
) -> Iterator[Mistake]:
    """Deferrals too small for the whole match, or so early that later paychecks earn none."""
    job = next((job for job in household.jobs_of(one.name) if job.employer == employer.employer), None)
    if job is None or job.plan is None or not job.plan.match:
        return
    pay = job.plan_compensation
    most = float(rule(employer_contributions, pay, pay, plain_plan_of(job), law.record).match)
    if most - employer.match > HALF_A_CENT:
        yield Mistake(
            kind="match_not_earned",
            person=one.name,
            words=f"The planned deferrals earn ${employer.match:,.0f} of ${most:,.0f} of match.",
            dollars=most - employer.match,
            law="the plan's terms",
            cure="defer as much as is matched before anything else goes into a plan",
        )
    if employer.match_lost is not None and employer.match_lost > HALF_A_CENT:
        yield Mistake(
            kind="match_lost",
            person=one.name,
            words="Some paychecks have, or had, too little deferral to earn the whole match of the year.",
            dollars=employer.match_lost,
            law="the plan's terms",
            cure="ask whether the plan makes up missed match at the year's end; for the paychecks to come set the "
            "elections of the checklist, which lose none that can still be earned",
        )


def _spoiled_backdoor(one: PersonCapacity, law: LawOfYear) -> Iterator[Mistake]:
    """Pre-tax money in any IRA makes the ordinary backdoor taxable."""
    backdoor = one.ira.backdoor
    if backdoor is None or backdoor.taxable is None or backdoor.taxable <= HALF_A_CENT:
        return
    yield Mistake(
        kind="spoiled_backdoor",
        person=one.name,
        words="Pre-tax money in traditional, SEP or SIMPLE IRAs makes the conversion of the ordinary backdoor taxable: "
        f"${backdoor.taxable:,.0f} of ${backdoor.converted:,.0f}.",
        dollars=backdoor.tax,
        law="IRC 408(d)(2); Form 8606, line 6",
        cure=f"roll the pre-tax money into an employer's plan by {last_day(law.year)}, and never roll pre-tax plan "
        "money or the earnings of after-tax money into a traditional IRA",
    )


def _rule_of_55(household: Household, person: Person, law: LawOfYear) -> Iterator[Mistake]:
    """Money of the plan that is left between 55 and 59 1/2 is free of the 10% tax only while it stays there."""
    section = law.record.early_distribution
    leaves = person.retirement_age
    if leaves is None or not section.separation_age <= leaves < section.age:
        return
    for employer in dict.fromkeys(job.employer for job in household.jobs_of(person.name) if job.plan is not None):
        yield Mistake(
            kind="rule_of_55",
            person=person.name,
            words=f"Who leaves {employer} at {leaves} may take money from its plan without the 10% tax; rolled into an "
            "IRA it loses that.",
            dollars=None,
            law="IRC 72(t)(2)(A)(v), (3)(A)",
            cure=f"leave in the plan what you need before {section.age:g}; roll older plans into it before you leave",
        )


def _cliffs(household: Household, law: LawOfYear) -> Iterator[Mistake]:
    """Cliffs that a little more income would cross, by the year's expected return."""
    expected = expected_return(household, household.people[0], law)
    if not expected.known:
        return
    for kind, cliff in cliffs_ahead(expected)._asdict().items():
        if kind in CLIFF_WORDS and cliff.distance <= NEAR_A_CLIFF:
            words, statute = CLIFF_WORDS[kind]
            yield Mistake(
                kind=f"near_{kind}",
                person="",
                words=f"${cliff.distance:,.0f} more of income leads to {words}.",
                dollars=cliff.cost,
                law=statute,
                cure="convert less, defer more, or put off income of December to January",
            )


def cliffs_ahead(expected: ExpectedReturn) -> Cliffs:
    """The next cliff of each kind above the income that is expected."""
    form = expected.form(expected.conversions)
    found: Cliffs = plainly(next_cliffs)(form, expected.facts, expected.status, expected.law.record)
    return found
