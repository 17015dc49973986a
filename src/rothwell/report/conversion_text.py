"""A year of after-tax contributions, converted more or less often, as terminal text and as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from rich.console import Console

from rothwell.errors import InputError
from rothwell.household.amounts import Dollars, Rate
from rothwell.mega_backdoor.conversion import (
    EVERY_PAYCHECK,
    MONTHS_BETWEEN,
    Contribution,
    ConversionSchedule,
    Route,
    conversion_schedule,
    notes_of_conversions,
)
from rothwell.mega_backdoor.distribution_notes import Note
from rothwell.report.capacity_text import dollars
from rothwell.report.distribution_text import aligned_table, print_points
from rothwell.report.typed_options import read_option

HOW_OFTEN = {
    "every_paycheck": "At every paycheck",
    "monthly": "Each month",
    "quarterly": "Each quarter",
    "half_yearly": "Twice a year",
    "yearly": "Once a year",
}
LAW = "IRC 402A(c)(4), 408A(d)(3)(A)"
MOST_PAYCHECKS = 366


@dataclass(frozen=True, slots=True)
class ConversionOptions:
    """The options of the command as they were typed."""

    after_tax: str
    yearly_return: str
    rate: str
    paychecks: int
    aside: bool
    year: int


@dataclass(frozen=True, slots=True)
class ConversionAnswer:
    """What each frequency costs, the most frequent first, and what to know."""

    year: int
    after_tax: float
    yearly_return: float
    rate: float
    schedules: tuple[tuple[Route, ConversionSchedule], ...]
    notes: tuple[Note, ...]


def conversions_of(options: ConversionOptions) -> ConversionAnswer:
    """The answer to what was typed. Raises InputError, whose field is the option."""
    amount = float(read_option("--after-tax", options.after_tax, Dollars(above_zero=True)))
    yearly_return = float(read_option("--return", options.yearly_return, Rate(-0.9, 1.0)))
    rate = float(read_option("--rate", options.rate, Rate(0.0, 0.9)))
    if not 1 <= options.paychecks <= MOST_PAYCHECKS:
        allowed = f"1 to {MOST_PAYCHECKS} a year"
        raise InputError("is no number of paychecks", field="--paychecks", found=options.paychecks, allowed=allowed)
    paid_in = [Contribution(day, amount / options.paychecks) for day in paydays(options.year, options.paychecks)]
    schedules = []
    for how_often in (EVERY_PAYCHECK, *MONTHS_BETWEEN):
        route = Route(how_often, "roth_ira", "traditional_ira") if options.aside else Route(how_often)
        schedules.append((route, conversion_schedule(paid_in, route, yearly_return, rate, date(options.year, 12, 31))))
    last, rarest = schedules[-1]
    notes = notes_of_conversions(rarest, last)
    return ConversionAnswer(options.year, amount, yearly_return, rate, tuple(schedules), notes)


def paydays(year: int, count: int) -> list[date]:
    """Days that cut the year into so many equal parts, each at the end of its part."""
    days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return [date(year, 1, 1) + timedelta(days=days * (part + 1) // count - 1) for part in range(count)]


def conversions_json(answer: ConversionAnswer) -> dict[str, Any]:
    """The answer as data for JSON, dollars rounded to cents; the keys are documented in docs/json.md."""
    return {
        "year": answer.year,
        "after_tax": answer.after_tax,
        "return": answer.yearly_return,
        "rate": answer.rate,
        "schedules": [_schedule_json(route, schedule) for route, schedule in answer.schedules],
        "notes": [asdict(one) for one in answer.notes],
    }


def _schedule_json(route: Route, schedule: ConversionSchedule) -> dict[str, Any]:
    names = ("contributions", "earnings", "taxable", "tax", "to_roth", "to_traditional_ira")
    days = [
        {"day": one.day.isoformat()} | {name: round(getattr(one, name), 2) for name in names} for one in schedule.days
    ]
    return {"how_often": route.how_often} | {name: round(getattr(schedule, name), 2) for name in names} | {"days": days}


def print_conversions(answer: ConversionAnswer, console: Console) -> None:
    """What the frequencies cost in a sentence, then a table, then what to know."""
    first, last = answer.schedules[0][1], answer.schedules[-1][1]
    aside = last.to_traditional_ira > 0.0
    words = (
        f"{dollars(round(answer.after_tax))} of after-tax money in {answer.year}: moved once a year it takes "
        f"{dollars(round(last.earnings))} of earnings along, at every paycheck {dollars(round(first.earnings))}."
    )
    if aside:
        words += " In a traditional IRA they are not taxed now."
    elif last.tax > 0.0:
        words += f" Once a year costs {dollars(round(last.tax))} of tax."
    console.print(words, style="bold", highlight=False, soft_wrap=not console.is_terminal)
    console.print()
    names = ("How often", "Conversions", "Earnings", "Taxable", "Tax", "To Roth") + ("To traditional IRA",) * aside
    table = aligned_table("What moves in the year", names, range(1, len(names)))
    for route, schedule in answer.schedules:
        amounts = [schedule.earnings, schedule.taxable, schedule.tax, schedule.to_roth]
        amounts += [schedule.to_traditional_ira] * aside
        cells = [dollars(round(one)) for one in amounts]
        table.add_row(HOW_OFTEN[route.how_often], str(len(schedule.days)), *cells)
    console.print(table)
    console.print(f"Earnings are value less contributions when the money moves ({LAW}).", highlight=False)
    print_points("What to know", answer.notes, console)
