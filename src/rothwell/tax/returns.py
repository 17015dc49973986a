"""Many returns at once: `rothwell tax` from the file of returns to the file of taxes, and one return explained."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rothwell.errors import InputError, nearest_name
from rothwell.law import Law, law_for
from rothwell.provision import Line, Worksheet, explain, kernel
from rothwell.tax.federal import form_1040
from rothwell.tax.needs import WORDS, Needs, needs_of
from rothwell.tax.return_file import Returns, read_returns, write_taxes

RESULTS = (
    *("agi", "taxable_ss", "itemizes", "deduction", "senior_deduction", "taxable_income", "regular_tax", "amt"),
    *("niit", "additional_medicare", "nonrefundable_credits", "refundable_credits", "income_tax", "total_tax"),
    "self_employment_tax",
)
SECTIONS = (  # of the law, that a return reads
    *("rate_schedule", "capital_gains", "standard_deduction", "personal_exemption", "senior_deduction"),
    *("alternative_minimum", "net_investment_income", "child_tax_credit", "earned_income_credit", "oasdi"),
    *("medicare", "additional_medicare", "self_employment", "benefit_taxation", "charitable_gift"),
)
WITHOUT = {"tax_with_preferential_rates": "line_4"}  # worksheets that nobody fills in while this line is nothing
NUMBER_OF_LINE = re.compile(r"line_(\d+)([a-z]*)$")
DONE = 0  # exit status: every return was computed
REFUSED = 2  # exit status: some returns need what is not computed


@kernel
def _compute(facts, further, status, law, results, needed):  # type: ignore[no-untyped-def]
    """Every return and what it needs; the columns are those of RESULTS and of Needs."""
    for row in range(status.size):
        form = form_1040(facts[row], status[row], law)
        amounts = (
            form.agi,
            form.taxable_ss,
            0.0,
            form.deduction,
            form.senior_deduction,
            form.taxable_income,
            form.regular_tax,
            form.amt,
            form.niit,
            form.additional_medicare,
            form.nonrefundable_credits,
            form.refundable_credits,
            form.income_tax,
            form.total_tax,
            form.self_employment_tax,
        )
        for column in range(len(amounts)):
            results[row, column] = amounts[column]
        needs = needs_of(form, facts[row], further[row], status[row], law)
        for column in range(len(needs)):
            needed[row, column] = needs[column]


def compute(returns: Returns, law: Law) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The results of every return [return, column of RESULTS] and what it needs [return, field of Needs]."""
    results = np.zeros((len(returns), len(RESULTS)))
    needed = np.zeros((len(returns), len(Needs._fields)))
    _compute(returns.facts, returns.further, returns.status, law.record, results, needed)
    return results, needed > 0.0


def run(
    returns_file: Path,
    year: int,
    out: Path | None,
    explain_id: str | None,
    say: Callable[[str], None],
    show: Callable[[list[Worksheet]], None] | None = None,
) -> int:
    """Compute the returns of a file; write those that can be computed, say what the others need; the exit status.

    `say` takes a line for standard error, `show` the worksheets of the return to explain; where nothing is written,
    only that return is spoken of. With a return to explain, the exit status tells whether that one was computed.
    """
    law = law_for(year)
    returns = read_returns(returns_file)
    if out is not None and out.resolve() == returns_file.resolve():
        raise InputError("this would overwrite the returns", file=str(returns_file), field="--out", found=str(out))
    results, needed = compute(returns, law)
    if returns.absent and explain_id is None:
        say(f"columns not given, taken as 0: {', '.join(returns.absent)}")
    for note in _notes(returns, law):
        say(note)
    explained = _row(returns, explain_id) if explain_id is not None else -1
    asked = [explained] if out is None and explain_id is not None else range(len(returns))
    refused = [row for row in asked if needed[row].any()]
    for row in refused:
        say(_refusal(returns.household_ids[row], needed[row]))
    if out is not None:
        kept = sorted(set(asked) - set(refused))
        names = [returns.household_ids[row] for row in kept]
        write_taxes(out, ("household_id", *RESULTS), names, results[kept])
    if explain_id is not None and show is not None and explained not in refused:
        show(_explained(returns, explained, law))
    decisive = refused if explain_id is None else [row for row in refused if row == explained]
    return REFUSED if decisive else DONE


def explain_return(returns_file: Path, year: int, household_id: str) -> tuple[list[Worksheet], list[str]]:
    """The worksheets of one return, Form 1040 first, or what it needs that is not computed yet."""
    law = law_for(year)
    returns = read_returns(returns_file)
    row = _row(returns, household_id)
    _, needed = compute(returns, law)
    if needed[row].any():
        return [], [_refusal(household_id, needed[row])]
    return _explained(returns, row, law), []


def _row(returns: Returns, household_id: str) -> int:
    """Where a return stands in its file."""
    if household_id in returns.household_ids:
        return returns.household_ids.index(household_id)
    near = nearest_name(household_id, returns.household_ids)
    hint = f"; did you mean {near!r}?" if near else ""
    raise InputError(f"no such return{hint}", file=returns.file, field="household_id", found=household_id)


def _refusal(household_id: str, needed: NDArray[np.bool_]) -> str:
    """What a return needs, in words."""
    needs = [WORDS[name] for name, wanted in zip(Needs._fields, needed, strict=True) if wanted]
    return f"household {household_id}: needs {'; '.join(needs)}"


def _notes(returns: Returns, law: Law) -> list[str]:
    """What a reader of the taxes must know about the input and the law."""
    notes = []
    if returns.has_state:
        notes.append("state: state income tax is not computed yet")
    if returns.unknown_spouse_ages:
        notes.append(f"age2 is 0 in {returns.unknown_spouse_ages} joint returns: the spouse counts as under 65")
    projected = [name for name in law.projected if name.split(".")[0] in SECTIONS]
    if projected:
        notes.append(f"figures of {law.year} that are projected, not official: {', '.join(projected)}")
    return notes


def _explained(returns: Returns, row: int, law: Law) -> list[Worksheet]:
    """The worksheets of a return in the order in which a person reads them, without those that do not apply."""
    _, found = explain(form_1040, returns.facts[row], int(returns.status[row]), law.record)
    form, income = _sheet(found, "form_1040"), _sheet(found, "_income")
    known = {line.name for line in income.lines}
    lines = (*income.lines, *(line for line in form.lines if line.name not in known))
    first = replace(form, lines=lines)
    rest: list[Worksheet] = []
    for sheet in found:
        again = sheet.name == "tax_by_rate_schedule" and sheet in rest  # the whole of taxable income is ordinary
        if sheet not in (form, income) and not again and _applies(sheet, found):
            rest.append(sheet)
    return [replace(sheet, lines=_in_form_order(sheet.lines)) for sheet in (first, *rest)]


def _sheet(sheets: Sequence[Worksheet], name: str) -> Worksheet:
    return next(sheet for sheet in sheets if sheet.name == name)


def _in_form_order(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Lines by their number; a value that has none stands before the line that it is for."""
    keys: list[tuple[float, str]] = []
    key = (math.inf, "")
    for line in reversed(lines):
        number = NUMBER_OF_LINE.match(line.name)
        key = (float(number[1]), number[2]) if number else key
        keys.append(key)
    order = sorted(range(len(lines)), key=lambda position: keys[-1 - position])
    return tuple(lines[position] for position in order)


def _applies(sheet: Worksheet, found: Sequence[Worksheet]) -> bool:
    """A worksheet that begins and ends with nothing does not apply; payroll taxes count for the child credit alone."""
    if not sheet.lines or not (sheet.lines[0].value or sheet.lines[-1].value):
        return False
    if sheet.name in WITHOUT:
        return any(line.value for line in sheet.lines if line.name == WITHOUT[sheet.name])
    if "payroll" in sheet.name:
        return bool(_sheet(found, "child_tax_credit").lines[0].value)
    return True
