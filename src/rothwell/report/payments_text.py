"""The payments of a year's tax as terminal text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from rothwell.mega_backdoor.expected_return import GIVEN
from rothwell.mega_backdoor.payments import LAST_YEAR, NOTHING, TaxPayments
from rothwell.report.capacity_text import dollars, rounded

HALF_A_CENT = 0.005  # dollars: less than that is nothing


def payments_json(payments: TaxPayments) -> dict[str, Any]:
    """The answer as data for JSON, dollars rounded to cents; the keys are documented in docs/json.md."""
    found = rounded(payments)
    assert isinstance(found, dict)
    return found


def print_payments(payments: TaxPayments, console: Console) -> None:
    """What to pay and by when first, then the dates, the income that causes it, and the notes."""
    for sentence in sentences(payments):
        _say(escape(sentence), console)
    console.print()
    console.print(_dates(payments))
    if payments.income:
        console.print()
        console.print(_income(payments))
    for note in payments.notes:
        _say(escape(note), console)


def sentences(payments: TaxPayments) -> Iterator[str]:
    """What to pay, what it rests on, what is due with the return."""
    vouchers = [one for one in payments.installments if one.to_pay > HALF_A_CENT]
    missed = [one for one in payments.installments if one.underpaid > HALF_A_CENT]
    if vouchers:
        each = ", ".join(f"{_whole(one.to_pay)} by {one.due}" for one in vouchers)
        penalty = "no further penalty" if missed else "no penalty"
        yield f"For {penalty} on the tax of {payments.year}, pay {each}."
    elif all(one.past for one in payments.installments):
        yield f"All dates for estimated payments of {payments.year} are gone by: nothing more can be paid in time."
    else:
        yield f"No more estimated payments are needed for {payments.year}: what is withheld and paid is enough."
    if missed:
        yield "Missed: " + ", ".join(f"{_whole(one.underpaid)} in all by {one.due}" for one in missed) + "."
    yield _rests_on(payments)
    if payments.balance > HALF_A_CENT:
        yield f"With the return, by {payments.return_due}, {_whole(payments.balance)} more is due."
    elif payments.balance < -HALF_A_CENT:
        yield f"After that the return brings {_whole(-payments.balance)} back."


def _rests_on(payments: TaxPayments) -> str:
    source = "as given" if payments.tax_source == GIVEN else "computed from the file"
    if all(one.past for one in payments.installments):
        whose = f"the tax of {payments.year - 1 if payments.rests_on == LAST_YEAR else payments.year}"
        required = f"{_whole(payments.required)} was required" if payments.required else "Nothing was required"
        by = f", by {whose}" if payments.required else ""
        return f"{required} for {payments.year}{by}; the tax of {payments.year}, {source}, is {_whole(payments.tax)}."
    tax = f"this year's tax, {source}, is {_whole(payments.tax)}"
    if payments.rests_on == NOTHING:
        return f"Nothing is required during the year: {tax}, and {_whole(payments.withholding)} is withheld."
    whose = "last year's tax" if payments.rests_on == LAST_YEAR else "this year's tax"
    return f"{_whole(payments.required)} is required during the year, by {whose}; {tax}."


def _dates(payments: TaxPayments) -> Table:
    table = Table(title=f"Due dates of {payments.year}, dollars", title_justify="left", title_style="bold")
    table.add_column("Due", no_wrap=True)
    for words in ("Required so far", "Withheld", "Estimates", "Missed", "To pay"):
        table.add_column(words, justify="right")
    for one in payments.installments:
        missed = dollars(round(one.underpaid)) if one.past else "–"
        to_pay = "–" if one.past else dollars(round(one.to_pay))
        amounts = (_whole(amount) for amount in (one.required, one.withheld, one.estimates))
        table.add_row(one.due, *amounts, missed, to_pay)
    return table


def _income(payments: TaxPayments) -> Table:
    table = Table(title="What adds to the tax, dollars", title_justify="left", title_style="bold")
    for words in ("Income", "Date"):
        table.add_column(words)
    for words in ("Amount", "Federal tax", "Withheld", "Short"):
        table.add_column(words, justify="right")
    for one in payments.income:
        amounts = (_whole(amount) for amount in (one.amount, one.tax, one.withheld, one.short))
        table.add_row(escape(f"{one.name} ({one.kind})"), one.date, *amounts)
    return table


def _whole(amount: float) -> str:
    return dollars(float(round(amount)))


def _say(words: str, console: Console) -> None:
    """A sentence, wrapped on a terminal and whole in a pipe."""
    console.print(words, highlight=False, soft_wrap=not console.is_terminal)
