"""What to do this year, by day: elections, calls, conversions, deadlines, forms to check, records to keep.

Law:    IRC 219(f)(3), 223, 402(g)(2)(A), 408(d)(3), 408A, 6654; Notice 2014-54; Notice 2010-84.
Not modeled: deadlines of the plan itself, which its documents tell.
Tests:  test_the_elections_are_the_first_things_to_do, test_every_dated_task_is_in_order,
        test_a_plan_without_after_tax_money_asks_no_call, test_the_questions_are_those_that_the_file_leaves_open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rothwell.household import Household, Job, is_457b
from rothwell.mega_backdoor.capacity import Capacity, Election, EmployerCapacity, PersonCapacity
from rothwell.mega_backdoor.due_dates import last_day, return_due
from rothwell.mega_backdoor.job_year import HALF_A_CENT, is_over
from rothwell.mega_backdoor.mistakes import Mistake, mistakes_of
from rothwell.mega_backdoor.ordinary_backdoor import Backdoor
from rothwell.mega_backdoor.payments import payments_of
from rothwell.mega_backdoor.savings_order import Against, Step, moves_to_roth, plan_with, reasons_against, savings_order

ELECTED = {"pre_tax": "pre-tax deferrals", "roth": "Roth deferrals", "after_tax": "after-tax contributions"}
AFTER_A_PAYCHECK = timedelta(7)  # days in which a contribution and its conversion should show; not law
FORMS_ARRIVE = (2, 1)  # month and day about which the year's Forms W-2 and 1099-R are there
EXCESS_TOLD = (3, 1)  # month and day by which a plan wants to hear of excess deferrals, Reg. 1.402(g)-1(e)(2)(i)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: by which day (an ISO date; None: any time), who ("" for the household), what, and the law."""

    by: str | None
    person: str
    words: str
    law: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """Everything to do in a year, dated tasks first by day; what to ask the plan; records to keep.

    The order of savings, the reasons against after-tax money and the mistakes caught stand beside them.
    """

    year: int
    tasks: tuple[Task, ...]
    questions: tuple[str, ...]
    records: tuple[str, ...]
    order: tuple[Step, ...]
    against: tuple[Against, ...]
    mistakes: tuple[Mistake, ...]


def checklist_of(household: Household, capacity: Capacity) -> Checklist:
    """The checklist of a household for the year of its capacity."""
    tasks = [task for person in capacity.people for task in _of_person(household, person, capacity.year)]
    tasks += _payments(household, capacity.year)
    return Checklist(
        year=capacity.year,
        tasks=tuple(sorted(tasks, key=lambda one: (one.by is None, one.by or ""))),
        questions=tuple(question for job in household.jobs_now for question in _questions(job)),
        records=tuple(_records(household, capacity)),
        order=savings_order(household, capacity),
        against=reasons_against(household, capacity),
        mistakes=mistakes_of(household, capacity),
    )


def _of_person(household: Household, person: PersonCapacity, year: int) -> Iterator[Task]:
    for employer in person.employers:
        for election in employer.elections:
            yield _elect(person, employer, election)
        yield from _conversions(household, person, employer, year)
    yield from _outside(household, person, year)
    yield from _stock(household, person, year)


def _stock(household: Household, person: PersonCapacity, year: int) -> Iterator[Task]:
    """Stock is withheld from at a flat rate, which the file's [payments] would hold against the year's tax."""
    if household.payments is not None or year != household.start_year:
        return
    for job in household.jobs_of(person.name):
        stock = sum(one.amount for one in job.equity_pay)
        if stock > HALF_A_CENT:
            words = (
                f"{job.employer}: ${stock:,.0f} of stock pay has a flat rate withheld, or nothing, often less than its "
                "tax: give [payments], and `rothwell payments` says what is short and by when to pay it"
            )
            yield Task(None, person.name, words, "IRC 6654; Reg. 31.3402(g)-1")


def _elect(person: PersonCapacity, employer: EmployerCapacity, election: Election) -> Task:
    amount = f"{election.rate:.1%}" if election.rate is not None else f"${election.dollars:,.2f}"
    paychecks = "" if election.on == "every" else f" ({election.on} paychecks)"
    words = f"{employer.employer}: {amount} {ELECTED[election.kind]} from this paycheck on{paychecks}"
    return Task(election.from_paycheck, person.name, words, "the plan's terms")


def _conversions(household: Household, person: PersonCapacity, employer: EmployerCapacity, year: int) -> Iterator[Task]:
    """The call that starts the conversion, the check that it worked, and the forms of next year."""
    if not moves_to_roth(household, person, employer):
        return
    plan = plan_with(household, person.name, employer.employer)
    assert plan is not None
    first = next((one for one in employer.paychecks if one.after_tax > HALF_A_CENT), None)
    if plan.conversion == "every_paycheck":
        words = "ask for the automatic in-plan Roth conversion; a choice made once may hold for every paycheck"
        law = "IRC 402A(c)(4); Notice 2010-84"
    elif plan.conversion != "none":
        words = f"convert after-tax money to Roth inside the plan at every chance ({plan.conversion.replace('_', '-')})"
        law = "IRC 402A(c)(4); Notice 2010-84"
    else:
        words = "roll the after-tax money to a Roth IRA, and its earnings there too or into the plan's pre-tax account"
        law = "IRC 402(c)(2); Notice 2014-54"
    yield Task(str(first.date) if first else None, person.name, f"{employer.employer}: {words}", law)
    if first is not None:
        seen = (date.fromisoformat(str(first.date)) + AFTER_A_PAYCHECK).isoformat()
        yield Task(
            seen, person.name, f"{employer.employer}: see that the first conversion is done, and of how much", law
        )
    words = f"{employer.employer}: convert what after-tax money is left, so that its earnings of next year are untaxed"
    yield Task(last_day(year).isoformat(), person.name, words, law)
    yield Task(
        date(year + 1, *FORMS_ARRIVE).isoformat(),
        person.name,
        f"{employer.employer}: on Form 1099-R box 5 must show the contributions converted, box 2a their earnings (not "
        "zero if there were any), box 7 the code G",
        "Instructions for Forms 1099-R and 5498",
    )


def _outside(household: Household, person: PersonCapacity, year: int) -> Iterator[Task]:
    """IRAs and the health savings account, and excess deferrals of several plans."""
    backdoor = person.ira.backdoor
    end = last_day(year).isoformat()
    if backdoor is not None and backdoor.converted > HALF_A_CENT:
        yield from _roll_into_plan(household, person, backdoor)
        words = f"ordinary backdoor: put in ${backdoor.contribution:,.0f} undeducted and convert them"
        yield Task(end, person.name, words, "IRC 408(o), 408A(d)(3)")
        words = "Form 8606 with the return: line 1 the contribution, line 8 the conversion"
        yield Task(return_due(year).isoformat(), person.name, words, "IRC 408(o)(4)")
    elif person.ira.left > HALF_A_CENT:
        words = f"${person.ira.left:,.0f} may still go into IRAs for {year}"
        yield Task(person.ira.last_day, person.name, words, "IRC 219(f)(3), 408A(c)(7)")
    if person.hsa is not None and person.hsa.left > HALF_A_CENT:
        words = f"${person.hsa.left:,.0f} may still go into the health savings account for {year}"
        yield Task(person.hsa.last_day, person.name, words, "IRC 223(d)(4)(B)")
    if any(one.limit == "elective_deferrals" for employer in person.employers for one in employer.corrections):
        words = "tell one of the plans how much of its deferrals is too much"
        yield Task(date(year + 1, *EXCESS_TOLD).isoformat(), person.name, words, "IRC 402(g)(2)(A)(i)")


def _roll_into_plan(household: Household, person: PersonCapacity, backdoor: Backdoor) -> Iterator[Task]:
    """Pre-tax IRA money into an employer's plan before the backdoor, unless the file says that none takes it."""
    takes = household.person_named(person.name).ira.plan_takes_rollovers
    if not backdoor.roll_into_plan or takes is False:
        return
    ask = "" if takes else "ask whether an employer's plan takes pre-tax IRA money, and "
    words = (
        f"{ask}roll ${backdoor.roll_into_plan:,.0f} of it into the plan"
        if ask
        else (f"roll ${backdoor.roll_into_plan:,.0f} of pre-tax IRA money into the employer's plan")
    )
    yield Task(backdoor.roll_by, person.name, words, "IRC 408(d)(3)(A)(ii), (2)")


def _payments(household: Household, year: int) -> Iterator[Task]:
    """Vouchers of estimated tax, where the file tells what has been paid."""
    if household.payments is None or year != household.start_year:
        return
    found = payments_of(household)
    for one in found.installments:
        if one.to_pay > HALF_A_CENT and not one.past:
            yield Task(one.due, "", f"pay ${one.to_pay:,.0f} of estimated tax", "IRC 6654(c), (d)")
    if found.raise_withholding_by > HALF_A_CENT:
        words = f"or, in the place of every voucher: have ${found.raise_withholding_by:,.0f} more withheld this year"
        yield Task(last_day(year).isoformat(), "", words, "IRC 6654(g)(1)")


def _questions(job: Job) -> Iterator[str]:
    """What only the plan's document can answer, for a plan that takes after-tax money or might."""
    plan = job.plan
    if plan is None or is_457b(job) or is_over(job):
        return
    place = f"{job.employer}: "
    if not plan.after_tax_contributions:
        yield f"{place}does the plan take after-tax (non-Roth) contributions, and who may make them?"
        return
    yield f"{place}are after-tax contributions and their earnings kept in a sub-account of their own?"
    if plan.conversion == "none" and not plan.in_service_rollover:
        yield f"{place}may after-tax money be converted inside the plan, or leave it while at work, and how often?"
    if plan.after_tax_dollar_cap is None and plan.after_tax_pay_cap is None:
        yield f"{place}does the plan cap after-tax contributions, in dollars or as a share of pay?"
    if plan.acp_limit is None:
        yield f"{place}has the ACP test paid after-tax contributions back in past years, and is a cap announced?"
    if plan.match and "true_up" not in plan.model_fields_set:
        yield f"{place}is there a true-up of the match at the end of the year, and must one be employed then?"
    if job.plan_pay is None:
        yield f"{place}which pay does the plan count (bonuses, stock, commissions)?"
    yield f"{place}what happens when pay so far this year passes the limit on compensation?"


def _records(household: Household, capacity: Capacity) -> Iterator[str]:
    """What to keep for good."""
    uses = any(moves_to_roth(household, person, one) for person in capacity.people for one in person.employers)
    if uses:
        yield "Each Form 1099-R of a conversion or rollover, and the plan's statement of after-tax contributions."
        yield "The first year of each Roth account: its five years, and those of each conversion, run from it."
    if any(person.ira.backdoor is not None for person in capacity.people):
        yield "Every Form 8606: the basis that it carries is proved by nothing else."
    if uses or any(person.ira.left < person.ira.limit for person in capacity.people):
        yield "Forms 5498: contributions to Roth IRAs come out first and untaxed, if they can be shown."
