"""What can be taken out of retirement accounts, as terminal text, as a section of a report and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from rich.console import Console
from rich.markup import escape

from rothwell.mega_backdoor.roth_access import Access, AccountAccess, Period, PersonAccess
from rothwell.report.blocks import Grid, Section
from rothwell.report.capacity_text import dollars, rounded
from rothwell.report.terminal import print_section

COLUMNS = ("When", "Age", "First, at no cost", "At no cost", "10% tax alone", "Income tax alone", "Income and 10% tax")

BESIDE = {
    "free": "",
    "ten_percent": " (10% tax alone)",
    "income": " (income)",
    "income_and_ten_percent": " (income, with the 10% tax)",
}


def access_json(access: Access) -> dict[str, Any]:
    """The answer as data for JSON, dollars rounded to cents; the keys are documented in docs/json.md."""
    plain = rounded(access)
    assert isinstance(plain, dict)
    return plain


def print_access(access: Access, console: Console) -> None:
    """A sentence for each Roth account, then the tables, then what is taken for granted."""
    for person in access.people:
        for sentence in sentences(person):
            console.print(escape(sentence), highlight=False, soft_wrap=not console.is_terminal)
    print_section(replace(access_section(access), paragraphs=()), console)


def access_section(access: Access) -> Section:
    """The section of a report: sentences, a table for each account, the clocks, and what is taken for granted."""
    words = tuple(sentence for person in access.people for sentence in sentences(person))
    grids = tuple(grid for person in access.people for grid in _grids(access, person))
    clocks = tuple(
        f"{person.name}, {clock.words}: the five years are {clock.first_year} to {clock.over_from - 1}, over from "
        f"{clock.over_from} on."
        for person in access.people
        for clock in person.clocks
    )
    halves = tuple(_half(person) for person in access.people if any(one.accounts for one in person.periods))
    notes = tuple(note for person in access.people for note in person.notes)
    points = (*_orders(access), *clocks, *halves, *notes, *access.notes)
    return Section("access", "What can be taken out, and when", words, grids, points=points)


def _orders(access: Access) -> Iterator[str]:
    """The parts of Roth IRAs in the order in which they come out in the first period, where there are conversions."""
    for person in access.people:
        for account in person.periods[0].accounts:
            if any("conversion" in step.words for step in account.steps):
                parts = (f"{step.words} {dollars(step.amount)}{BESIDE[step.cost]}" for step in account.steps)
                yield f"{person.name}'s {account.account} come out in this order: {'; '.join(parts)}."


def _half(person: PersonAccess) -> str:
    return f"{person.name} is 59 1/2 from {person.day_of_59_and_a_half.isoformat()} on."


def sentences(person: PersonAccess) -> Iterator[str]:
    """What a person can take out of each Roth account in the first period."""
    period = person.periods[0]
    roth = [account for account in period.accounts if account.kind.startswith("roth")]
    if not roth:
        yield f"{person.name} has no Roth account."
    for account in roth:
        yield _sentence(person.name, period.year, account)


def _sentence(name: str, year: int, account: AccountAccess) -> str:
    whose = f"{name}'s {account.account}"
    if account.free > account.value - 0.005:
        return f"All of {dollars(account.value)} in {whose} can be taken out in {year} without tax or 10% tax."
    if account.kind == "roth_ira":
        first = f"{dollars(account.free_first)} of {dollars(account.value)}"
        return f"{first} in {whose} comes out first in {year}, without tax or 10% tax."
    taxed = account.income + account.income_and_ten_percent
    words = f"Every dollar out of {whose} in {year} is a mixture: {taxed / account.value:.1%} of it is income"
    words += ", with the 10% tax." if account.income_and_ten_percent > 0.0 else "."
    if account.free_first_after_rollover:
        words += f" Rolled over directly to a Roth IRA, {dollars(account.free_first_after_rollover)} comes out first."
    return words


def _grids(access: Access, person: PersonAccess) -> Iterator[Grid]:
    """A table for each account; periods that do not differ are one row."""
    for position, account in enumerate(person.periods[0].accounts):
        rows: list[tuple[Period, Period, AccountAccess]] = []
        for period in person.periods:
            now = period.accounts[position]
            if rows and _amounts(rows[-1][2]) == _amounts(now):
                rows[-1] = (rows[-1][0], period, now)
            else:
                rows.append((period, period, now))
        last = person.periods[-1]
        shown = tuple(
            (_when(access, first, end, end is last), _ages(access, first, end, end is last), *_amounts(now))
            for first, end, now in rows
        )
        yield Grid(f"{account.account} of {person.name}: {dollars(account.value)}", COLUMNS, shown)


def _amounts(account: AccountAccess) -> tuple[str, ...]:
    amounts = (
        account.free_first, account.free, account.ten_percent, account.income, account.income_and_ten_percent,
    )  # fmt: skip
    return tuple(dollars(amount) if amount > 0.0 else "" for amount in amounts)


def _when(access: Access, first: Period, end: Period, last: bool) -> str:
    start = str(first.year) if _is_new_year(first.first_day) else first.first_day.isoformat()
    if last and access.first_year != access.last_year:
        return f"from {start}"
    if not _is_new_year(date.fromordinal(end.last_day.toordinal() + 1)):
        return f"to {end.last_day.isoformat()}" if first is end else f"{start} to {end.last_day.isoformat()}"
    return start if first.year == end.year else f"{start} to {end.year}"


def _is_new_year(day: date) -> bool:
    return (day.month, day.day) == (1, 1)


def _ages(access: Access, first: Period, end: Period, last: bool) -> str:
    if last and access.first_year != access.last_year:
        return f"{first.age}+"
    return str(first.age) if first.age == end.age else f"{first.age} to {end.age}"
