"""Many returns of states at once, each in its own state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rothwell.law import Law
from rothwell.law.states import StateLaw, state_law_for, state_record_type, states
from rothwell.provision import kernel
from rothwell.tax.facts import RETURN
from rothwell.tax.state import StateReturn, state_return
from rothwell.tax.state_facts import FEDERAL_FIGURES, STATE_RETURN, FederalFigures

Floats = NDArray[np.float64]
STATE_RESULTS = {
    "state_income_tax": "tax",
    "local_income_tax": "local_tax",
    "state_agi": "income",
    "state_deductions": "deductions",
    "state_exemptions": "exemptions",
    "state_taxable_income": "taxable_income",
    "state_nonrefundable_credits": "nonrefundable_credits",
    "state_refundable_credits": "refundable_credits",
}
"""The columns of results, and where each stands in a state's return."""
FEDERAL_RESULTS = {
    "agi": "agi",
    "taxable_benefits": "taxable_ss",
    "taxable_ira": "taxable_ira",
    "itemizes": "itemizes",
    "income_tax": "income_tax",
    "earned_income": "earned_income",
    "earned_income_credit": "earned_income_credit",
}
"""What a state takes from the federal results, by its name there."""


def not_held(codes: Sequence[str]) -> tuple[str, ...]:
    """The states among these whose law is not held yet."""
    return tuple(sorted({code for code in codes if code and code not in states()}))


def laws_of(codes: Sequence[str], year: int) -> dict[str, StateLaw]:
    """The law of a year of each state among these that is held."""
    return {code: state_law_for(code, year) for code in sorted(set(codes)) if code in states()}


def taxes_of_states(
    columns: Mapping[str, Floats],
    results: Mapping[str, Floats],
    status: NDArray[np.int64],
    codes: Sequence[str],
    law: Law,
) -> dict[str, Floats]:
    """The state's results of every return by column; NaN where the state's law is not held, 0 where there is no state.

    Units:  dollars of the year; `columns` are fields of Facts and StateFacts, `results` the federal ones by name.
    """
    facts, own = np.zeros(status.size, RETURN), np.zeros(status.size, STATE_RETURN)
    for name, values in columns.items():
        target = facts if name in facts.dtype.names else own  # type: ignore[operator]
        target[name] = values
    federal = np.zeros(status.size, FEDERAL_FIGURES)
    for name in FederalFigures._fields:
        federal[name] = results[FEDERAL_RESULTS[name]]
    laws = laws_of(codes, law.year)
    records = np.zeros(max(1, len(laws)), state_record_type())
    for place, one in enumerate(laws.values()):
        records[place] = one.record
    places = {code: place for place, code in enumerate(laws)}
    state_of = np.array([places.get(code, -1) for code in codes], dtype=np.int64)
    found = np.zeros((status.size, len(StateReturn._fields)))
    found[[code != "" and code not in laws for code in codes]] = np.nan
    fill_states(facts, own, federal, (status, state_of), law.record, records, found)
    named = dict(zip(StateReturn._fields, found.T, strict=True))
    return {column: named[field] for column, field in STATE_RESULTS.items()}


@kernel
def fill_states(facts, own, federal, kinds, law, records, found):  # type: ignore[no-untyped-def]
    """Write the return of the state of each row, [row, field of StateReturn]; a row without a state is left alone.

    Units:  dollars of the year; `kinds` are the filing status and the place of the state's record, -1 for none.
    """
    status, state_of = kinds
    for row in range(status.size):
        if state_of[row] >= 0:
            result = state_return(facts[row], own[row], federal[row], status[row], law, records[state_of[row]])
            for field in range(len(result)):
                found[row, field] = result[field]
