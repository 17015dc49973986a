"""The paychecks of a job as terminal text: what to set in a sentence, then a table with equal paychecks in one row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rothwell.mega_backdoor.capacity import Election, EmployerCapacity, Paycheck
from rothwell.report.words import listed

CENT = 0.0101  # amounts that differ by a cent are shown in one row
KINDS = {"pre_tax": "pre-tax", "roth": "Roth", "after_tax": "after-tax"}
VARIANTS = {"recommended": "as set above", "even_spread": "the same all year", "front_loaded": "as early as possible"}


def print_paychecks(employer: EmployerCapacity, year: int, console: Console) -> None:
    """The elections, the paychecks and the ways to spread the year; nothing without a pay schedule."""
    if employer.achievable is None:
        return
    console.print()
    console.print(Text(f"Paychecks of {employer.employer} in {year}", style="bold"))
    for sentence in sentences(employer):
        console.print(sentence, highlight=False, markup=False, soft_wrap=not console.is_terminal)
    if employer.paychecks:
        console.print(Padding(_table(employer), (1, 0, 0, 0), expand=False))
    if any(one.match_lost != employer.match_lost for one in employer.variants):
        console.print(Padding(_variants(employer), (1, 0, 0, 0), expand=False))
    for position, note in enumerate(employer.paycheck_notes):
        if position == 0:
            console.print()
        console.print(note, highlight=False, markup=False, soft_wrap=not console.is_terminal)
    console.print()


def sentences(employer: EmployerCapacity) -> Iterator[str]:
    """What to set, and what comes of it."""
    if employer.elections:
        yield f"Set {_in_words(employer.elections)}."
    else:
        yield "Nothing to set: nothing more is to go in."
    if employer.match:
        lost = f"{_cents(employer.match_lost or 0.0)} is lost" if employer.match_lost else "none is lost"
        true_up = f", {_cents(employer.true_up)} of it as a true-up" if employer.true_up else ""
        yield f"The match of the year is {_cents(employer.match_total or 0.0)}{true_up}; {lost}."
    if employer.achievable and (employer.after_tax_room or employer.elective_deferrals):
        yield "The planned deferrals and the room for after-tax contributions can be reached."


def _in_words(elections: Sequence[Election]) -> str:
    """Elections by the day from which they hold: "8% pre-tax and 13% after-tax from the paycheck of 2026-01-09"."""
    days = sorted({(one.from_paycheck, one.on == "bonus") for one in elections})
    parts: list[str] = []
    pre_tax = any(one.kind == "pre_tax" for one in elections)
    for day, bonus in days:
        held = [_amount(one, pre_tax) for one in elections if (one.from_paycheck, one.on == "bonus") == (day, bonus)]
        each = "in each paycheck " if any(one.dollars is not None for one in elections) else ""
        place = f"from the paycheck of {day}" if not parts and not each else f"{each}from {day}"
        place = f"out of the bonus of {day}" if bonus else place
        parts.append(f"{listed(held)} {place}")
    return "; ".join(parts)


def _amount(one: Election, pre_tax: bool) -> str:
    """A rate or dollars with their kind; Roth beside pre-tax deferrals is catch-up."""
    kind = KINDS[one.kind] + (" (catch-up)" if one.kind == "roth" and pre_tax else "")
    if one.rate is not None:
        return f"{one.rate:.4%}".rstrip("%").rstrip("0").rstrip(".") + f"% {kind}"
    return f"{_cents(one.dollars or 0.0)} {kind}"


def _table(employer: EmployerCapacity) -> Table:
    table = _plain_table()
    table.add_column("Pay date", no_wrap=True)
    for name in ("Count", "Gross", "Deferral", "After-tax", "Match"):
        table.add_column(name, justify="right", no_wrap=True)
    for group in folded(employer.paychecks):
        table.add_row(*_row(group))
    money = [
        round(sum(getattr(one, field) for one in employer.paychecks), 2)
        for field in ("gross", "elective_deferral", "after_tax", "match")
    ]
    table.add_section()
    count = str(len(employer.paychecks))
    table.add_row("All of them", count, *(_cents(amount) for amount in money), style="bold")
    return table


def _row(group: Sequence[Paycheck]) -> tuple[str, ...]:
    first, last = group[0], group[-1]
    days = first.date if len(group) == 1 else f"{first.date} to {last.date}"
    days += " bonus" if first.kind == "bonus" else ""
    amounts = (first.gross, first.elective_deferral, first.after_tax, first.match)
    return days, str(len(group)), *(_cents(amount) for amount in amounts)


def folded(paychecks: Sequence[Paycheck]) -> list[list[Paycheck]]:
    """Paychecks in a row whose amounts are the same but for a cent."""
    groups: list[list[Paycheck]] = []
    for one in paychecks:
        if groups and _alike(groups[-1][0], one):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _alike(one: Paycheck, other: Paycheck) -> bool:
    fields = ("gross", "elective_deferral", "after_tax", "match")
    near = all(abs(getattr(one, field) - getattr(other, field)) < CENT for field in fields)
    return one.kind == other.kind and near


def _variants(employer: EmployerCapacity) -> Table:
    table = _plain_table()
    table.add_column("Elections")
    for name in ("Deferrals", "After-tax", "Match", "Match lost"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in employer.variants:
        money = (one.elective_deferrals, one.after_tax, one.match_total, one.match_lost)
        table.add_row(VARIANTS[one.name], *(_cents(amount) for amount in money))
    return table


def _plain_table() -> Table:
    return Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))


def _cents(amount: float) -> str:
    """Dollars with cents where there are any."""
    cents = round(amount, 2) + 0.0
    return f"${cents:,.0f}" if cents == round(cents) else f"${cents:,.2f}"
