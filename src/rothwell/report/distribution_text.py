"""A distribution from a plan as terminal text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from rothwell.errors import InputError
from rothwell.mega_backdoor.distribution import DESTINATIONS, DIRECT, Destination, Distribution, distribute
from rothwell.mega_backdoor.distribution_notes import Note, checks_of, notes_of
from rothwell.mega_backdoor.forms import Form1099R, additional_tax, forms_1099r
from rothwell.report.capacity_text import dollars
from rothwell.report.distribution_options import DistributionOptions, request_of

INDENT = "  "
CONTRACTS = {
    "plan": "the plan",
    "separate_subaccount": "the after-tax sub-account",
    "designated_roth": "the designated Roth account",
}
LAW_OF_MIX = {
    "plan": "IRC 72(e)(8), pro rata",
    "separate_subaccount": "IRC 72(d)(2), 72(e)(8), pro rata",
    "designated_roth": "IRC 402A(d)(4), 72(e)(8), pro rata",
}


@dataclass(frozen=True, slots=True)
class DistributionAnswer:
    """The whole answer: the distribution placed, the additional tax, the forms, what to do and what to check."""

    distribution: Distribution
    year: int
    additional_tax: float | None
    forms: tuple[Form1099R, ...]
    notes: tuple[Note, ...]
    checks: tuple[Note, ...]


def answer_of(options: DistributionOptions) -> DistributionAnswer:
    """The answer to what was typed. Raises InputError, whose field is the option."""
    request, recipient, law = request_of(options)
    try:
        placed = distribute(request, law.record.eligible_rollover_distribution)
    except InputError as problem:
        option = f"--{(problem.field or '').replace('_', '-')}"
        raise InputError(problem.message, field=option, found=problem.found, allowed=problem.allowed) from None
    forms = forms_1099r(placed, recipient, law)
    return DistributionAnswer(
        placed,
        law.year,
        additional_tax(placed, recipient, law),
        forms,
        notes_of(placed, recipient, law),
        checks_of(placed, forms),
    )


def distribution_json(answer: DistributionAnswer) -> dict[str, Any]:
    """The answer as data for JSON, dollars to the cent; the keys are documented in docs/json.md."""
    placed = answer.distribution
    return {
        "year": answer.year,
        "contract": placed.request.source.contract,
        "amount": round(placed.pre_tax + placed.after_tax, 2),
        "pre_tax": placed.pre_tax,
        "after_tax": placed.after_tax,
        "destinations": [asdict(one) for one in placed.destinations],
        "cash": asdict(placed.cash),
        "taxable_income": placed.taxable_income,
        "withholding": placed.withholding,
        "additional_tax": answer.additional_tax,
        "net_unrealized_appreciation": placed.net_unrealized_appreciation,
        "left": {"pre_tax": placed.left_pre_tax, "after_tax": placed.left_after_tax},
        "form_1099r": [asdict(one) for one in answer.forms],
        "notes": [asdict(one) for one in answer.notes],
        "checks": [asdict(one) for one in answer.checks],
    }


def print_distribution(answer: DistributionAnswer, console: Console) -> None:
    """What happens in three sentences, then where the money goes, the forms, what to do and what to check."""
    for words in sentences(answer):
        _say(words, console)
    console.print()
    console.print(_money_table(answer.distribution, answer.additional_tax))
    console.print()
    console.print(_forms_table(answer.forms))
    print_points("What to do", answer.notes, console)
    print_points("When the forms arrive", answer.checks, console)


def sentences(answer: DistributionAnswer) -> Iterator[str]:
    """The answer in words."""
    placed = answer.distribution
    kinds = ("earnings", "basis") if placed.request.source.contract == "designated_roth" else ("pre-tax", "after-tax")
    where = CONTRACTS[placed.request.source.contract]
    parts = f"{dollars(placed.pre_tax)} of it {kinds[0]}, {dollars(placed.after_tax)} {kinds[1]}"
    yield f"{dollars(placed.pre_tax + placed.after_tax)} leaves {where}: {parts}."
    words = f"{dollars(placed.taxable_income)} of it is income of {answer.year}"
    words = f"Nothing of it is income of {answer.year}" if placed.taxable_income == 0.0 else words
    withheld = f"{dollars(placed.withholding)} is withheld" if placed.withholding else "nothing is withheld"
    yield f"{words}; {withheld}."
    cash = placed.cash
    if cash.from_other_money > 0.0:
        yield f"You add {dollars(cash.from_other_money)} of other money to roll over so much."
    elif cash.amount > 0.0:
        yield f"You keep {dollars(cash.net)}."
    if answer.additional_tax:
        yield f"The additional tax on early distributions is {dollars(answer.additional_tax)}."


def _money_table(placed: Distribution, early: float | None) -> Table:
    names = ("Earnings", "Basis") if placed.request.source.contract == "designated_roth" else ("Pre-tax", "After-tax")
    table = aligned_table("Where it goes", ("", "Dollars", *names, "Taxable", "Law"), numbers=range(1, 5))
    source, cash = placed.request.source, placed.cash
    whole = source.pre_tax + source.after_tax
    held = _capital(CONTRACTS[source.contract])
    table.add_row(held, *_cells(whole, source.pre_tax, source.after_tax), "", "")
    law = LAW_OF_MIX[source.contract]
    total = placed.pre_tax + placed.after_tax
    table.add_row(
        "Distribution",
        *_cells(total, placed.pre_tax, placed.after_tax, placed.taxable_income),
        law,
        style="bold",
        end_section=True,
    )
    for one in placed.destinations:
        way = "directly" if one.method == DIRECT else "within 60 days"
        name = f"{_capital(DESTINATIONS[one.to].words)}, {way}"
        table.add_row(name, *_cells(one.amount, one.pre_tax, one.after_tax, one.taxable), _law_of(one, placed))
    kept = "Cash and shares" if placed.request.shares else "Cash"
    law = "IRC 402(a)" if not placed.net_unrealized_appreciation else "IRC 402(a), (e)(4)"
    table.add_row(kept, *_cells(cash.amount, cash.pre_tax, cash.after_tax, cash.taxable), law if cash.amount else "")
    if placed.withholding:
        table.add_row("Tax withheld", *_cells(-placed.withholding), "", "", "", "IRC 3405(c)")
        if cash.from_other_money:
            table.add_row("Added from other money", *_cells(cash.from_other_money), "", "", "", "IRC 402(c)(3)")
        table.add_row("You keep", *_cells(cash.net), "", "", "", "", style="bold")
    if early is not None:
        table.add_row("Additional tax", *_cells(early), "", "", "", "IRC 72(t)(1)")
    table.add_section()
    left = (placed.left_pre_tax + placed.left_after_tax, placed.left_pre_tax, placed.left_after_tax)
    table.add_row(f"Left in {CONTRACTS[source.contract]}", *_cells(*left), "", "")
    return table


def _law_of(one: Destination, placed: Distribution) -> str:
    """What decides whether a rollover is taxed."""
    if placed.request.source.contract == "designated_roth":
        return "IRC 402A(c)(3); Reg. 1.402A-1, Q&A-5"
    if one.to == "roth_ira":
        return "IRC 408A(d)(3)(A), (e); Notice 2014-54"
    return "IRC 402A(c)(4)(A); Notice 2014-54" if DESTINATIONS[one.to].roth else "IRC 402(c)(1); Notice 2014-54"


def _forms_table(forms: Sequence[Form1099R]) -> Table:
    names = ["Form 1099-R for", "1 Gross", "2a Taxable", "4 Withheld", "5 After-tax"]
    appreciation = any(one.box_6 for one in forms)
    first_year = any(one.box_11 for one in forms)
    names += ["6 Growth"] * appreciation + ["7 Code"] + ["11 First year"] * first_year
    table = aligned_table("The forms to expect, by box", names, numbers=range(1, len(names)))
    for one in forms:
        to = DESTINATIONS[one.to].words if one.to in DESTINATIONS else "what is paid to you"
        cells = [_capital(to), *_cells(one.box_1, one.box_2a, one.box_4, one.box_5)]
        cells += _cells(one.box_6) if appreciation else []
        cells += [one.box_7 or "1, 2 or 7"] + ([str(one.box_11 or "")] if first_year else [])
        table.add_row(*cells)
    return table


def aligned_table(title: str, names: Sequence[str], numbers: range) -> Table:
    """An empty table whose numbers stand at the right of their columns."""
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        show_edge=False,
        padding=(0, 2, 0, 0),
    )
    for position, name in enumerate(names):
        is_number = position in numbers
        table.add_column(name, justify="right" if is_number else "left", no_wrap=is_number, overflow="fold")
    return table


def _cells(*amounts: float) -> list[str]:
    return [dollars(one) for one in amounts]


def print_points(title: str, notes: Sequence[Note], console: Console) -> None:
    """A list of notes with their law, its lines aligned; nothing where there is none."""
    if not notes:
        return
    console.print()
    console.print(Text(title, style="bold"))
    for one in notes:
        row = Table.grid(padding=(0, 1))
        row.add_column(width=len(INDENT) + 1, justify="right")
        row.add_column()
        row.add_row("•", Text(f"{one.words} ({one.law})"))
        console.print(row)


def _say(words: str, console: Console) -> None:
    """A sentence, wrapped on a terminal and whole in a pipe."""
    console.print(Text(words, style="bold"), soft_wrap=not console.is_terminal)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
