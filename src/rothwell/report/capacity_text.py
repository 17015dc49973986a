"""The room in a household's plans as terminal text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from rothwell.mega_backdoor.capacity import Capacity, Correction, EmployerCapacity, Line, PersonCapacity
from rothwell.report.paycheck_text import print_paychecks
from rothwell.report.words import listed

BINDING = {
    "annual_additions": "the 415(c) limit binds",
    "compensation": "100% of pay binds, as the 415(c) limit",
    "plan_cap": "the plan's own cap binds",
    "acp": "the ACP limit binds",
}
A_CENT = 0.01  # dollars: less than that is arithmetic
OVER = {
    "elective_deferrals": "the limit on elective deferrals",
    "annual_additions": "the limit on annual additions",
    "plan_cap": "the plan's own cap",
    "acp": "the ACP limit",
    "not_allowed": "what the plan allows",
    "deduction": "the deductible profit sharing",
}


def capacity_json(capacity: Capacity) -> dict[str, Any]:
    """The answer as data for JSON, dollars rounded to cents; the keys are documented in docs/json.md."""
    found = rounded(capacity)
    assert isinstance(found, dict)
    return found


def rounded(value: Any) -> Any:
    """An answer as plain data, its dollars rounded to cents and its days as texts."""
    if isinstance(value, float):
        return round(value, 2) + 0.0  # no negative zero
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, (list, tuple)):
        return [rounded(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: part if key == "rate" else rounded(part) for key, part in value.items()}
    parts = ((name, getattr(value, name)) for name in value.__dataclass_fields__)
    return {name: part if name == "rate" else rounded(part) for name, part in parts}


def print_capacity(capacity: Capacity, console: Console) -> None:
    """The room first in a sentence for each employer, then a table for each person."""
    for person in capacity.people:
        for sentence in sentences(person, capacity.year):
            _say(escape(sentence), console)
    for person in capacity.people:
        if any(employer.lines for employer in person.employers):
            console.print()
            console.print(_table(person, capacity.year))
        for employer in person.employers:
            print_paychecks(employer, capacity.year, console)
        for words in _beside(person):
            _say(words, console)
    if capacity.projected or capacity.notes:
        console.print()
    if capacity.projected:
        _say(f"* Not published for {capacity.year}: projected by the statute's own rule.", console)
    for note in capacity.notes:
        _say(escape(note), console)


def _say(words: str, console: Console) -> None:
    """A sentence, wrapped on a terminal and whole in a pipe."""
    console.print(words, highlight=False, soft_wrap=not console.is_terminal)


def sentences(person: PersonCapacity, year: int) -> Iterator[str]:
    """What a person can put in, one sentence for each employer."""
    if not person.employers:
        yield f"{person.name} has no job in {year}: no room."
    for employer in person.employers:
        yield _sentence(person, employer, year)
    yield from _deferrals_of_several(person, year)


def _deferrals_of_several(person: PersonCapacity, year: int) -> Iterator[str]:
    """What may be deferred at each of several employers: one limit for all plans but those of a 457(b)."""
    with_plan = [one for one in person.employers if one.lines]
    if len(with_plan) > 1:
        each = [f"{dollars(one.elective_deferrals + one.catch_up)} at {one.employer}" for one in with_plan]
        yield (
            f"Elective deferrals of {person.name} in {year}, catch-up in them: {listed(each)}. One limit holds for all "
            "plans of a person together (a 457(b) has its own), and the first in the file takes it first: "
            "elective_deferral in [jobs.plan] leaves some of it to the next (IRC 402(g)(1), 457(c))."
        )


def _sentence(person: PersonCapacity, employer: EmployerCapacity, year: int) -> str:
    into = f"into the plan of {employer.employer} in {year}"
    if employer.limited_by == "not_allowed":
        why = "it takes none" if employer.lines else "there is none"
        return f"{person.name} can put no after-tax money {into}: {why}."
    if employer.after_tax_room < 0.005:
        return f"{person.name} can put no after-tax money {into}: {BINDING[employer.limited_by]}."
    room = dollars(employer.after_tax_room)
    words = f"{person.name} can put {room} of after-tax money {into}; {BINDING[employer.limited_by]}."
    if employer.after_tax_so_far:
        words += f" {dollars(employer.after_tax_so_far)} is already in: {dollars(employer.left_this_year)} is left."
    if employer.after_tax_room - employer.after_tax_so_far > employer.left_this_year + A_CENT:
        words += " The job is over: no more can go in."
    return words


def _table(person: PersonCapacity, year: int) -> Table:
    title = f"{person.name}, {person.age} at the end of {year}"
    table = Table(title=escape(title), title_justify="left", title_style="bold", expand=False)
    table.add_column("")
    table.add_column("Dollars", justify="right", no_wrap=True)
    table.add_column("Law; source", overflow="fold")
    for employer in person.employers:
        if not employer.lines:
            continue
        table.add_section()
        table.add_row(f"[bold]{escape(employer.employer)}[/bold]")
        for line in employer.lines:
            table.add_row(*table_row(line), style="bold" if _is_result(line, employer) else "")
    return table


def _is_result(line: Line, employer: EmployerCapacity) -> bool:
    return line.name in ("Room for after-tax contributions", "Left this year") and bool(employer.lines)


def table_row(line: Line) -> tuple[str, str, str]:
    """A line as a row of a table: its name, dollars (a star when projected), the law and source."""
    beside = [words for words in (line.law, line.source) if words and words != "computed"]
    return escape(line.name), dollars(line.value) + ("*" if line.projected else ""), escape("; ".join(beside))


def _beside(person: PersonCapacity) -> Iterator[str]:
    """Corrections and notes below a person's table."""
    several = len(person.employers) > 1
    for employer in person.employers:
        place = f"{employer.employer}: " if several else ""
        for correction in employer.corrections:
            yield f"[bold]{escape(place + _over(correction))}[/bold] {escape(_remedy(correction))}"
        if employer.lines:
            for note in employer.notes:
                yield escape(place + note)


def _over(correction: Correction) -> str:
    return f"{dollars(correction.amount)} above {OVER[correction.limit]}:"


def _remedy(correction: Correction) -> str:
    return f"{correction.action} ({correction.law})."


def dollars(amount: float) -> str:
    """An amount with separators; cents only where there are any."""
    cents = round(amount, 2)
    text = f"{abs(cents):,.0f}" if cents == round(cents) else f"{abs(cents):,.2f}"
    return f"-${text}" if cents < 0.0 else f"${text}"
