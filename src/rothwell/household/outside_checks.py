"""What must hold between the values of health savings accounts and of tax payments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from rothwell.household.models import Person
from rothwell.household.outside_plans import Payments
from rothwell.household.problem import Problem
from rothwell.household.toml_lines import Path

SUPPLEMENTAL = ("vest", "bonus")
"""Income that an employer pays and withholds from at the flat rates."""


def problems_of_hsas(people: Mapping[int, Person]) -> Iterator[Problem]:
    """Months of coverage do not overlap, and spouses do not share out more than the whole family limit."""
    for index, person in people.items():
        if person.hsa is None:
            continue
        path: Path = ("people", index, "hsa", "coverage")
        taken: set[int] = set()
        for place, part in enumerate(person.hsa.coverage):
            months = set(range(part.first_month, part.last_month + 1))
            if not months:
                message = "is before the first_month"
                yield Problem((*path, place, "last_month"), message, part.last_month, f"{part.first_month} to 12")
            elif months & taken:
                message = "has months that are listed before"
                yield Problem((*path, place), message, None, "each month once")
            taken |= months
    shares = {index: one.hsa.share_of_family_limit for index, one in people.items() if one.hsa is not None}
    given = {index: share for index, share in shares.items() if share is not None}
    if sum(given.values()) > 1.0:
        last = max(given)
        allowed = f"0 to {1.0 - sum(given.values()) + given[last]:g}"
        message = "makes more than the whole family limit with the other spouse's share"
        yield Problem(("people", last, "hsa", "share_of_family_limit"), message, given[last], allowed)


def problems_of_payments(payments: Payments | None, start_year: int | None) -> Iterator[Problem]:
    """Payments and income belong to the start year; what has been paid is not after the day of counting."""
    if payments is None or start_year is None:
        return
    begin, end = date(start_year, 1, 1), date(start_year + 1, 1, 31)
    if not begin <= payments.as_of <= end:
        allowed = f"{begin.isoformat()} to {end.isoformat()}"
        yield Problem(("payments", "as_of"), f"is not a day of paying tax for {start_year}", payments.as_of, allowed)
    for place, paid in enumerate(payments.estimates):
        path: Path = ("payments", "estimates", place, "date")
        if paid.date > payments.as_of:
            yield Problem(path, "is after as_of: list payments already made", paid.date, "a day up to as_of")
        elif paid.date < begin:
            allowed = f"{begin.isoformat()} or later"
            yield Problem(path, f"is before the year {start_year}: not a payment for it", paid.date, allowed)
    for place, item in enumerate(payments.income):
        path = ("payments", "income", place)
        if item.date.year != start_year:
            yield Problem((*path, "date"), "is not in the start year", item.date, f"a day in {start_year}")
        if item.employer is not None and item.kind not in SUPPLEMENTAL:
            allowed = "an employer only for a vest or a bonus"
            yield Problem((*path, "employer"), f"is given for a {item.kind}", item.employer, allowed)
        if item.withheld is not None and item.withheld > item.amount:
            allowed = f"0 to {item.amount:,.0f} dollars"
            yield Problem((*path, "withheld"), "is more than the income", item.withheld, allowed)
