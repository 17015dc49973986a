"""From after-tax contributions to Roth: how often they move, by which route, and what the earnings in between cost.

Law:    IRC 402A(c)(4) in the plan, 402(c) and 408A(e) to a Roth IRA; 72(d)(2), 72(e)(8); Notice 2010-84, 2014-54.
Units:  dollars of the year of each day; returns and rates are fractions.
Not modeled: a plan that converts some time after the day it names; employer money, of which only the vested part may
        move (after-tax money and its earnings are always vested, IRC 411(a)(1)); state tax.
Tests:  test_the_more_often_it_moves_the_less_is_taxed, test_money_put_in_evenly_waits_half_a_year.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rothwell.errors import InputError
from rothwell.mega_backdoor.distribution_notes import Note
from rothwell.mega_backdoor.job_year import rule
from rothwell.provision import provision

DAYS_OF_A_YEAR = 365.0  # the calendar, not law: how a yearly return is spread over days
MONTHS_BETWEEN: Mapping[str, int] = {
    "monthly": 1,
    "quarterly": 3,  # the calendar, not law
    "half_yearly": 6,  # the calendar, not law
    "yearly": 12,  # the calendar, not law
}
EVERY_PAYCHECK, AT_SEPARATION = "every_paycheck", "at_separation"
FREQUENCIES = (EVERY_PAYCHECK, *MONTHS_BETWEEN, AT_SEPARATION)


@dataclass(frozen=True, slots=True)
class Contribution:
    """After-tax dollars that go into the plan on a day."""

    day: date
    amount: float


@dataclass(frozen=True, slots=True)
class Route:
    """How after-tax money reaches Roth.

    how_often    one of FREQUENCIES; conversions by the calendar are on the last day of the period
    to           `in_plan_roth` or `roth_ira`
    earnings_to  `roth`, where they are taxed, or `traditional_ira`, where they are not; only on the way to a Roth IRA
    separation   the day of leaving the employer, when everything left moves
    """

    how_often: str
    to: Literal["in_plan_roth", "roth_ira"] = "in_plan_roth"
    earnings_to: Literal["roth", "traditional_ira"] = "roth"
    separation: date | None = None


@dataclass(frozen=True, slots=True)
class ConversionDay:
    """What moves on one day, in dollars: contributions, their earnings until then, and what of it is income."""

    day: date
    contributions: float
    value: float
    earnings: float
    to_roth: float
    to_traditional_ira: float
    taxable: float
    tax: float


@dataclass(frozen=True, slots=True)
class ConversionSchedule:
    """All conversions in order, their sums in dollars, and what has not moved by the end."""

    days: tuple[ConversionDay, ...]
    contributions: float
    earnings: float
    taxable: float
    tax: float
    to_roth: float
    to_traditional_ira: float
    not_moved: float


@provision
def converted_earnings(value, basis):  # type: ignore[no-untyped-def]
    """Earnings in after-tax money that moves out of its sub-account: value less contributions, never below zero.

    Law:    IRC 402A(c)(4)(A)(i), 408A(d)(3)(A)(i); 72(d)(2), 72(e)(8).
    Units:  dollars, or for each dollar contributed.
    Not modeled: what becomes of contributions above a value that has fallen.
    Tests:  test_a_loss_is_no_negative_income,
            test_earlier_after_tax_money_is_converted_with_its_earnings_taxed.
    """
    return max(0.0, value - basis)


def conversion_schedule(
    contributions: Sequence[Contribution], route: Route, yearly_return: float, rate: float, until: date
) -> ConversionSchedule:
    """What moves on each day of conversion up to and on `until`, at a steady return, taxed at a marginal rate.

    Raises InputError for a route that does not exist or needs a day that is not given.
    """
    _check(route, yearly_return, rate)
    waiting: dict[date, list[Contribution]] = {}
    not_moved = 0.0
    for one in sorted(contributions, key=lambda each: each.day):
        moves = day_of_conversion(one.day, route)
        if moves is None or moves > until:
            not_moved += one.amount
        else:
            waiting.setdefault(moves, []).append(one)
    days = tuple(_conversion(day, waiting[day], route, yearly_return, rate) for day in sorted(waiting))
    return ConversionSchedule(
        days=days,
        contributions=sum(one.contributions for one in days),
        earnings=sum(one.earnings for one in days),
        taxable=sum(one.taxable for one in days),
        tax=sum(one.tax for one in days),
        to_roth=sum(one.to_roth for one in days),
        to_traditional_ira=sum(one.to_traditional_ira for one in days),
        not_moved=not_moved,
    )


def day_of_conversion(paid_in: date, route: Route) -> date | None:
    """The day on which a contribution moves: the end of its period, or separation if that is earlier.

    None for a contribution after separation, or where it moves at separation and no day is given.
    """
    if route.separation is not None and paid_in > route.separation:
        return None
    if route.how_often == AT_SEPARATION:
        return route.separation
    day = paid_in if route.how_often == EVERY_PAYCHECK else _end_of_period(paid_in, MONTHS_BETWEEN[route.how_often])
    return day if route.separation is None else min(day, route.separation)


def _end_of_period(day: date, months: int) -> date:
    last = day.month + (months - day.month % months) % months
    return date(day.year, last, calendar.monthrange(day.year, last)[1])


def _conversion(
    day: date, moved: Sequence[Contribution], route: Route, yearly_return: float, rate: float
) -> ConversionDay:
    basis = sum(one.amount for one in moved)
    value = sum(one.amount * (1.0 + yearly_return) ** ((day - one.day).days / DAYS_OF_A_YEAR) for one in moved)
    earnings = float(rule(converted_earnings, value, basis))
    aside = earnings if route.earnings_to == "traditional_ira" else 0.0
    taxable = earnings - aside
    return ConversionDay(day, basis, value, earnings, value - aside, aside, taxable, rate * taxable)


def _check(route: Route, yearly_return: float, rate: float) -> None:
    if route.how_often not in FREQUENCIES:
        raise InputError("is not a frequency", field="how_often", found=route.how_often, allowed=", ".join(FREQUENCIES))
    if route.how_often == AT_SEPARATION and route.separation is None:
        raise InputError("is missing", field="separation", allowed="the day of leaving the employer")
    if route.earnings_to == "traditional_ira" and route.to != "roth_ira":
        message = "earnings leave the plan for a traditional IRA only where the contributions leave it for a Roth IRA"
        raise InputError(message, field="earnings_to", found=route.earnings_to, allowed='"roth", or to = "roth_ira"')
    if not -1.0 < yearly_return < float("inf"):
        raise InputError("is no yearly return", field="yearly_return", found=yearly_return, allowed="above -1")
    if not 0.0 <= rate < 1.0:
        raise InputError("is no marginal rate", field="rate", found=rate, allowed="0 up to 1")


def compared(
    contributions: Sequence[Contribution],
    routes: Sequence[Route],
    yearly_return: float,
    rate: float,
    until: date,
) -> tuple[tuple[Route, ConversionSchedule], ...]:
    """The same contributions by several routes, the one with the least tax first; equal ones as they were given."""
    every = [(route, conversion_schedule(contributions, route, yearly_return, rate, until)) for route in routes]
    return tuple(sorted(every, key=lambda each: each[1].tax))


def notes_of_conversions(schedule: ConversionSchedule, route: Route) -> tuple[Note, ...]:
    """What to know about a route before it is chosen."""
    return tuple(_notes(schedule, route))


def _notes(schedule: ConversionSchedule, route: Route) -> Iterator[Note]:
    yield Note(
        "After-tax contributions and their earnings are always vested; unvested employer money stays where it is.",
        "IRC 411(a)(1), 72(e)(8)(C)",
    )
    if route.to == "in_plan_roth":
        yield Note("A conversion inside the plan cannot be undone.", "Notice 2010-84; IRC 408A(d)(6)")
    if schedule.taxable > 0.0:
        yield Note(
            "Nothing is withheld from a direct conversion: the tax on its earnings is paid by withholding from pay or "
            "by estimated payments.",
            "IRC 3405(c)(2); Notice 2010-84, Q&A-8",
        )
    if schedule.to_traditional_ira > 0.0:
        yield Note(
            "Earnings in a traditional IRA are not taxed now, but an ordinary backdoor Roth of the year and of later "
            "years is taxed pro rata over them.",
            "IRC 408(d)(2), 72(e)(8); Form 8606, line 6",
        )
    if schedule.not_moved > 0.0:
        yield Note("What has not moved keeps earning money that is taxed later.", "IRC 72(e)(8)")
