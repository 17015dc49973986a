"""Many returns at once: `rothwell tax` from the file of returns to the file of taxes, and one return explained."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rothwell.errors import InputError, nearest_name
from rothwell.law import Law, law_for
from rothwell.law.states import state
from rothwell.provision import Line, Worksheet, explain
from rothwell.tax.facts import RETURN, parts_of
from rothwell.tax.federal import best_return
from rothwell.tax.many_returns import RATES, compute_prepared, prepare
from rothwell.tax.marginal_rates import AllIn, all_in_of_returns
from rothwell.tax.needs import WORDS, Needs, needs_of
from rothwell.tax.return_file import STATE, Returns, read_returns, write_taxes
from rothwell.tax.state_explained import worksheets_of_state
from rothwell.tax.state_facts import StateFacts
from rothwell.tax.state_returns import laws_of, not_held, taxes_of_states

RESULTS = (
    *("agi", "taxable_ss", "itemizes", "deduction", "senior_deduction", "taxable_income", "regular_tax", "amt"),
    *("niit", "additional_medicare", "nonrefundable_credits", "refundable_credits", "income_tax", "total_tax"),
    *("self_employment_tax", "early_distribution_tax", "qbi_deduction", "child_tax_credit", "savers_credit"),
    *("earned_income_credit", "premium_tax_credit", "minimum_tax_credit_used", "minimum_tax_credit_carried"),
    *("taxable_ira", "ira_deduction", "ira_basis_carried1", "ira_basis_carried2", "st_loss_carried"),
    *("lt_loss_carried", "qbi_loss_carried", "gifts_carried", "earned_income", "elderly_credit"),
)
SECTIONS = (  # of the law, that a return reads
    *("rate_schedule", "capital_gains", "standard_deduction", "personal_exemption", "senior_deduction"),
    *("alternative_minimum", "net_investment_income", "child_tax_credit", "earned_income_credit", "oasdi"),
    *("medicare", "additional_medicare", "self_employment", "benefit_taxation", "charitable_gift"),
    *("itemized_deductions", "state_and_local_tax", "qualified_business_income", "savers_credit"),
    *("elderly_credit", "premium_tax_credit", "ira", "ira_deduction", "roth_ira", "early_distribution"),
    *("qualified_charitable_distribution", "tax_table", "excess_business_loss"),
)
WITHOUT = {"tax_with_preferential_rates": "line_4"}  # worksheets that nobody fills in while this line is nothing
NUMBER_OF_LINE = re.compile(r"line_(\d+)([a-z]*)$")
DONE = 0  # exit status: every return was computed
REFUSED = 2  # exit status: some returns need what is not computed


@dataclass(frozen=True, slots=True)
class ReturnOptions:
    """How returns are computed.

    by_table    by the Tax Table, as on paper
    rates       with the marginal rates beside, and the all-in rate of so many dollars of a conversion; 0: without
    """

    by_table: bool = False
    rates: float = 0.0


PLAIN = ReturnOptions()
Floats = NDArray[np.float64]


def run(
    returns_file: Path,
    year: int,
    out: Path | None,
    explain_id: str | None,
    say: Callable[[str], None],
    show: Callable[[list[Worksheet]], None] | None = None,
    options: ReturnOptions = PLAIN,
) -> int:
    """Compute the returns of a file; write those that can be computed, say what the others need; the exit status.

    `say` takes a line for standard error, `show` the worksheets of the return to explain; where nothing is written,
    only that return is spoken of. With a return to explain, the exit status tells whether that one was computed.
    """
    law = law_for(year)
    returns = read_returns(returns_file)
    if out is not None and out.resolve() == returns_file.resolve():
        raise InputError("this would overwrite the returns", file=str(returns_file), field="--out", found=str(out))
    results, needed = _computed(returns, law, options)
    if returns.absent and explain_id is None:
        say(f"columns not given, taken as 0: {', '.join(returns.absent)}")
    for note in _notes(returns, law):
        say(note)
    explained = _row(returns, explain_id) if explain_id is not None else -1
    asked = [explained] if out is None and explain_id is not None else range(len(returns))
    unknown = not_held(returns.states)
    if unknown:
        say(f"states whose income tax is not held yet, so their returns are not computed: {', '.join(unknown)}")
    refused = [row for row in asked if needed[row].any() or returns.states[row] in unknown]
    for row in refused:
        if needed[row].any():
            say(_refusal(returns.household_ids[row], needed[row]))
    if out is not None:
        kept = sorted(set(asked) - set(refused))
        names = [_with_state(returns, row) for row in kept]
        amounts = np.stack(list(results.values()), axis=1)
        head = ("household_id", STATE) if returns.has_state else ("household_id",)
        write_taxes(out, (head, tuple(results)), names, amounts[kept])
    if explain_id is not None and show is not None and explained not in refused:
        show(_explained(returns, explained, law, options))
    decisive = refused if explain_id is None else [row for row in refused if row == explained]
    return REFUSED if decisive else DONE


def _computed(returns: Returns, law: Law, options: ReturnOptions) -> tuple[dict[str, Floats], NDArray[np.bool_]]:
    """The results of every return by name, and what it needs that is not computed [return, field of Needs]."""
    federal = {name: values for name, values in returns.amounts.items() if name not in StateFacts._fields}
    prepared = prepare(federal, returns.status, law.record)
    results = compute_prepared(prepared, law.record, RESULTS, by_table=options.by_table)
    if returns.has_state:
        results |= taxes_of_states(returns.amounts, results, returns.status, returns.states, law)
    if options.rates > 0.0:
        results |= compute_prepared(prepared, law.record, RATES) | _all_in(returns, options.rates, law)
    needs = needs_of(returns.amounts, results, returns.status, law.record)
    return results, np.stack(needs, axis=1)


def explain_return(returns_file: Path, year: int, household_id: str) -> tuple[list[Worksheet], list[str]]:
    """The worksheets of one return, Form 1040 first, or what it needs that is not computed yet."""
    law = law_for(year)
    returns = read_returns(returns_file)
    row = _row(returns, household_id)
    _, needed = _computed(returns, law, PLAIN)
    if needed[row].any():
        return [], [_refusal(household_id, needed[row])]
    return _explained(returns, row, law, PLAIN), []


def _all_in(returns: Returns, dollars: float, law: Law) -> dict[str, Floats]:
    """The all-in rate of every return's next conversion, and the cliffs ahead of it."""
    records = np.zeros(len(returns), RETURN)
    for name in RETURN.names or ():
        if name in returns.amounts:
            records[name] = returns.amounts[name]
    found = np.empty((len(returns), len(AllIn._fields)))
    all_in_of_returns(records, returns.status, dollars, law.record, found)
    return dict(zip(AllIn._fields, found.T, strict=True))


def _of_the_choice(sheets: list[Worksheet], best: Any) -> list[Worksheet]:
    """The worksheets of the choice of deductions that was taken, where both were tried."""
    begins = [place for place, sheet in enumerate(sheets) if sheet.name == "return_by_choice"]
    first, second = begins[0], begins[-1]
    if first == second:
        return sheets
    of_first = _sheet(sheets[first:second], "return_of_income")
    total = next(line.value for line in of_first.lines if line.name == "tax_less_refundable_credits")
    return sheets[first:second] if total == best.total_tax else sheets[second:]


def _row(returns: Returns, household_id: str) -> int:
    """Where a return stands in its file."""
    if household_id in returns.household_ids:
        return returns.household_ids.index(household_id)
    near = nearest_name(household_id, returns.household_ids)
    hint = f"; did you mean {near!r}?" if near else ""
    raise InputError(f"no such return{hint}", file=returns.file, field="household_id", found=household_id)


def _with_state(returns: Returns, row: int) -> tuple[str, ...]:
    """What names a return in the file of taxes."""
    name = returns.household_ids[row]
    return (name, returns.states[row]) if returns.has_state else (name,)


def _refusal(household_id: str, needed: NDArray[np.bool_]) -> str:
    """What a return needs, in words."""
    needs = [WORDS[name] for name, wanted in zip(Needs._fields, needed, strict=True) if wanted]
    return f"household {household_id}: needs {'; '.join(needs)}"


def _notes(returns: Returns, law: Law) -> list[str]:
    """What a reader of the taxes must know about the input and the law."""
    notes = []
    if returns.unknown_spouse_ages:
        notes.append(f"age2 is 0 in {returns.unknown_spouse_ages} joint returns: the spouse counts as under 65")
    projected = [name for name in law.projected if name.split(".")[0] in SECTIONS]
    if projected:
        notes.append(f"figures of {law.year} that are projected, not official: {', '.join(projected)}")
    for code, one in laws_of(returns.states, law.year).items():
        if one.projected:
            notes.append(f"{code}: figures of {law.year} that are projected, not official: {', '.join(one.projected)}")
        if state(code).not_modeled:
            notes.append(f"{code}: left out: {'; '.join(state(code).not_modeled)}")
    return notes


def _explained(returns: Returns, row: int, law: Law, options: ReturnOptions) -> list[Worksheet]:
    """The worksheets of a return in the order in which a person reads them, without those that do not apply."""
    facts = returns.facts(row)
    parts = parts_of(facts, law.record)._replace(tax_table=options.by_table)
    best, found = explain(best_return, facts, parts, int(returns.status[row]), law.record)
    found = _of_the_choice(found, best)
    of_form = [_sheet(found, name) for name in ("income_of", "return_by_choice", "return_of_income")]
    lines: dict[str, Line] = {}
    for line in (line for sheet in of_form for line in sheet.lines):
        lines.setdefault(line.name, line)
    first = replace(_sheet(found, "return_by_choice"), lines=tuple(lines.values()))
    rest: list[Worksheet] = []
    for sheet in found:
        again = sheet.name == "tax_by_rate_schedule" and sheet in rest  # the whole of taxable income is ordinary
        if sheet not in of_form and not again and _applies(sheet, found):
            rest.append(sheet)
    federal = [replace(sheet, lines=_in_form_order(sheet.lines)) for sheet in (first, *rest)]
    return federal + worksheets_of_state(returns, row, best, law)


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
