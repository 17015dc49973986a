"""The forms that a year's plan brings, as they should arrive: Forms W-2, 1099-R and 5498, Forms 8606 and 5329, and
lines 4a to 5b of Form 1040; and what to check when they come.

Law:    IRC 6047(d), 6051(a), 408(i), 408(o)(4), 402A(c)(4), 408A(d)(3).
Form:   General Instructions for Forms W-2 and W-3 (2025); Instructions for Forms 1099-R and 5498 (2025); Form 1040
        (2025), lines 4a to 5b.
Units:  dollars of the year. The whole room for after-tax money is taken to be used, and the ordinary backdoor done.
Not modeled: payers who split or join forms otherwise; payments from plans other than moves of after-tax money to Roth
        (`rothwell distribution` shows those); state boxes.
Tests:  test_the_form_of_a_yearly_conversion_by_hand, test_the_forms_of_the_ordinary_backdoor,
        test_lines_of_form_1040_are_those_of_the_forms.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rothwell.household import Household, Person
from rothwell.mega_backdoor.after_tax_moves import ROTH_IRA, PlanForm, after_tax_move, plan_form
from rothwell.mega_backdoor.capacity import Capacity, PersonCapacity, capacity_of
from rothwell.mega_backdoor.distribution_notes import Note
from rothwell.mega_backdoor.due_dates import next_business_day
from rothwell.mega_backdoor.expected_return import expected_returns
from rothwell.mega_backdoor.form_5329 import Received, form_1040_lines
from rothwell.mega_backdoor.form_line import FormLine
from rothwell.mega_backdoor.form_w2 import FormW2, forms_w2
from rothwell.mega_backdoor.forms_checks import checks_of_iras, checks_of_plans, checks_of_w2
from rothwell.mega_backdoor.ira_forms import IraForms, ira_forms
from rothwell.mega_backdoor.job_year import LawOfYear

W2_AND_1099R = (1, 31)  # month and day of the next year, IRC 6051(a); Reg. 1.408-7(c)
FORM_5498 = (5, 31)  # month and day of the next year, Reg. 1.408-5(b)


@dataclass(frozen=True, slots=True)
class PersonForms:
    """The forms of one person."""

    name: str
    w2: tuple[FormW2, ...]
    of_plans: tuple[PlanForm, ...]
    of_iras: IraForms


@dataclass(frozen=True, slots=True)
class Return1040:
    """Lines 4a to 5b of the return of one or two persons."""

    filers: tuple[str, ...]
    lines: tuple[FormLine, ...]


@dataclass(frozen=True, slots=True)
class FormsOfYear:
    """All forms of a year; `by` and `form_5498_by` are the days by which they should be there, as ISO dates."""

    year: int
    by: str
    form_5498_by: str
    people: tuple[PersonForms, ...]
    returns: tuple[Return1040, ...]
    checks: tuple[Note, ...]


def forms_of(household: Household, year: int | None = None) -> FormsOfYear:
    """The forms of a household for a year, the start year when none is given.

    Raises InputError where the capacity of the year does.
    """
    capacity = capacity_of(household, year)
    law = LawOfYear.of(capacity.year, household.market.growth)
    people = tuple(_person(household, one, capacity, law) for one in household.people)
    filers = {tuple(filer.name for filer in one.filers): None for one in expected_returns(household, law).values()}
    returns = tuple(_return(together, people) for together in filers)
    return FormsOfYear(
        year=law.year,
        by=next_business_day(date(law.year + 1, *W2_AND_1099R)).isoformat(),
        form_5498_by=next_business_day(date(law.year + 1, *FORM_5498)).isoformat(),
        people=people,
        returns=returns,
        checks=tuple(_checks(household, capacity, people)),
    )


def _person(household: Household, person: Person, capacity: Capacity, law: LawOfYear) -> PersonForms:
    found = _found(capacity, person.name)
    years, _ = expected_returns(household, law)[person.name].years[person.name]
    moves = [(one.employer, after_tax_move(household, found, one, law.year)) for one in found.employers]
    of_plans = tuple(plan_form(employer, move, law) for employer, move in moves if move is not None)
    rolled_over = sum((one.form.box_1 for one in of_plans if one.move.to == ROTH_IRA), 0.0)
    return PersonForms(
        name=person.name,
        w2=forms_w2(household, person, years, found, law),
        of_plans=of_plans,
        of_iras=ira_forms(household, person, found, rolled_over, law),
    )


def _found(capacity: Capacity, name: str) -> PersonCapacity:
    return next(one for one in capacity.people if one.name == name)


def _return(filers: Sequence[str], people: Sequence[PersonForms]) -> Return1040:
    """Lines 4a and 4b are left out where what is taxable of an IRA is not known."""
    ones = [one for one in people if one.name in filers]
    received = [
        Received(form.box_1, form.box_2a, from_ira=False, rolled_over=form.box_1)
        for one in ones
        for form in (each.form for each in one.of_plans)
    ]
    of_iras = [one.of_iras.received for one in ones]
    known = [each for received_of_iras in of_iras for each in received_of_iras or ()]
    lines = form_1040_lines([*received, *known])
    unknown = any(one is None for one in of_iras)
    return Return1040(tuple(filers), tuple(line for line in lines if not (unknown and line.number.startswith("4"))))


def _checks(household: Household, capacity: Capacity, people: Sequence[PersonForms]) -> Iterator[Note]:
    own = {business.name for business in household.businesses}
    for one in people:
        yield from checks_of_w2(one.name, one.w2, _found(capacity, one.name))
        yield from checks_of_plans(one.name, one.of_plans, household.expected_return, own)
        yield from checks_of_iras(one.name, one.of_iras, _found(capacity, one.name))
