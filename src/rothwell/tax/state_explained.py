"""The return of a state line by line, below the federal worksheets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rothwell.law import Law
from rothwell.law.states import state, state_law_for
from rothwell.provision import Worksheet, explain
from rothwell.tax.return_file import Returns
from rothwell.tax.state import state_return
from rothwell.tax.state_facts import FederalFigures, StateFacts
from rothwell.tax.state_returns import FEDERAL_RESULTS, not_held

BELOW = ("income_from_federal", "two_income_subtraction", "gross_income_exclusion", "age_deduction")
"""The worksheets shown below the return: how the state's income comes out of the federal one."""


def worksheets_of_state(returns: Returns, row: int, federal: Any, law: Law) -> list[Worksheet]:
    """The worksheets of the state of a return, its own return first; none where there is no state or no law of it.

    `federal` is the federal return (Form1040). Lines that have no amount are left out.
    """
    code = returns.states[row] if returns.has_state else ""
    if not code or not_held([code]) or not state(code).figures:
        return []
    amounts = returns.amounts
    own = StateFacts(*(float(amounts[name][row]) if name in amounts else 0.0 for name in StateFacts._fields))
    figures = FederalFigures(**{name: getattr(federal, FEDERAL_RESULTS[name]) for name in FederalFigures._fields})
    of_state = state_law_for(code, law.year).record
    status = int(returns.status[row])
    _, found = explain(state_return, returns.facts(row), own, figures, status, law.record, of_state)
    title = f"The income tax return of {state(code).name}, a resident of the whole year"
    head = replace(found[0], title=title, law=f"the statute of every figure stands in docs/states/{code}.md.")
    return [_with_amounts(sheet) for sheet in (head, *(one for one in found if one.name in BELOW)) if sheet.lines]


def _with_amounts(sheet: Worksheet) -> Worksheet:
    return replace(sheet, lines=tuple(line for line in sheet.lines if line.value))
