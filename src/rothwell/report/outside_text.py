"""The room outside the plans as terminal text: IRAs, the ordinary backdoor, health savings accounts."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from rothwell.mega_backdoor.capacity import Capacity, Line, PersonCapacity
from rothwell.mega_backdoor.excess_contributions import Excess
from rothwell.mega_backdoor.hsa_room import HsaRoom
from rothwell.mega_backdoor.ira_room import IraRoom
from rothwell.mega_backdoor.ordinary_backdoor import Backdoor
from rothwell.report.capacity_text import dollars, print_capacity, table_row

HALF_A_CENT = 0.005  # dollars: less than that is nothing
KINDS = {"traditional_ira": "traditional IRAs", "roth_ira": "Roth IRAs", "hsa": "the HSA"}


def print_desk(capacity: Capacity, console: Console) -> None:
    """The room in the plans, then what can go in outside them."""
    print_capacity(capacity, console)
    print_outside(capacity, console)


def print_outside(capacity: Capacity, console: Console) -> None:
    """A section for each person: sentences, the lines, corrections and notes; a note that two share stands once."""
    said: set[str] = set()
    for person in capacity.people:
        console.print()
        console.print(f"[bold]Outside the plans: {escape(person.name)}[/bold]", highlight=False)
        for sentence in sentences(person, capacity.year):
            _say(escape(sentence), console)
        if person.ira.limit > 0.0 or person.hsa is not None or person.ira.corrections:
            console.print(_table(person))
        for excess in _excesses(person):
            _say(f"[bold]{escape(_over(excess))}[/bold] {escape(f'{excess.action} ({excess.law}).')}", console)
        for note in (*person.ira.notes, *(person.hsa.notes if person.hsa else ())):
            if note not in said:
                _say(escape(note), console)
            said.add(note)
    if any(line.projected for person in capacity.people for line in _lines(person)):
        _say(f"* Not published for {capacity.year}: projected by the statute's own rule.", console)


def sentences(person: PersonCapacity, year: int) -> Iterator[str]:
    """What may go into IRAs and the health savings account."""
    yield _of_ira(person.name, person.ira, year)
    if person.ira.backdoor is not None:
        yield _of_backdoor(person.ira.backdoor)
    if person.hsa is not None:
        yield _of_hsa(person.name, person.hsa, year)


def _of_ira(name: str, room: IraRoom, year: int) -> str:
    if room.limit < HALF_A_CENT:
        return f"{name} has no compensation in {year}: nothing can go into an IRA."
    if room.left < HALF_A_CENT:
        return f"{name} can put nothing more into IRAs for {year}."
    words = f"{name} can put {dollars(room.left)} into IRAs for {year}, by {room.last_day}"
    if room.roth_left is None:
        return f"{words}; how much of it straight into a Roth IRA depends on income that is not known."
    if room.roth_left > room.left - HALF_A_CENT:
        return f"{words}: all of it straight into a Roth IRA."
    if room.roth_left < HALF_A_CENT:
        return f"{words}: none of it straight into a Roth IRA, by income."
    return f"{words}: {dollars(room.roth_left)} of it straight into a Roth IRA, by income."


def _of_backdoor(backdoor: Backdoor) -> str:
    words = "The backdoor: "
    if backdoor.contribution > HALF_A_CENT:
        words += f"put {dollars(backdoor.contribution)} into a traditional IRA, do not deduct it, and convert it; "
    else:
        words += f"convert the {dollars(backdoor.nondeductible)} put in without a deduction; "
    if backdoor.taxable is None:
        return words + "whether that is taxed depends on the other IRAs, which are not known."
    if backdoor.taxable < HALF_A_CENT:
        return words + "no tax."
    tax = f", about {dollars(round(backdoor.tax))} of federal tax" if backdoor.tax else ""
    pre_tax = "because other IRA money is pre-tax and counts pro rata"
    return f"{words}{dollars(backdoor.taxable)} of the {dollars(backdoor.converted)} is taxable{tax}, {pre_tax}."


def _of_hsa(name: str, room: HsaRoom, year: int) -> str:
    if room.left < HALF_A_CENT:
        return f"{name} can put nothing more into the HSA for {year}."
    words = f"{name} can put {dollars(room.left)} into the HSA for {year}, by {room.last_day}"
    return words + (f", of {dollars(room.limit)} in all." if room.left < room.limit - HALF_A_CENT else ".")


def _table(person: PersonCapacity) -> Table:
    table = Table(expand=False)
    table.add_column("")
    table.add_column("Dollars", justify="right", no_wrap=True)
    table.add_column("Law; source", overflow="fold")
    for line in person.ira.lines if person.ira.limit > 0.0 or person.ira.corrections else ():
        table.add_row(*table_row(line), style="bold" if line.name == "IRA contributions left" else "")
    if person.hsa is not None:
        table.add_section()
        for line in person.hsa.lines:
            table.add_row(*table_row(line), style="bold" if line.name == "HSA contributions left" else "")
    return table


def _lines(person: PersonCapacity) -> Iterator[Line]:
    yield from person.ira.lines
    yield from person.hsa.lines if person.hsa is not None else ()


def _excesses(person: PersonCapacity) -> tuple[Excess, ...]:
    return (*person.ira.corrections, *(person.hsa.corrections if person.hsa is not None else ()))


def _over(excess: Excess) -> str:
    amount = dollars(excess.amount + excess.earlier)
    return f"{amount} too much in {KINDS[excess.kind]}, {dollars(excess.yearly_tax)} a year while it stays:"


def _say(words: str, console: Console) -> None:
    """A sentence, wrapped on a terminal and whole in a pipe."""
    console.print(words, highlight=False, soft_wrap=not console.is_terminal)
