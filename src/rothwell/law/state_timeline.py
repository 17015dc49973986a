"""The law of the states in which a household lives, as tables that a path's own prices index, like the federal law."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np

from rothwell.law import record_type
from rothwell.law.indexing import Growth
from rothwell.law.states import State, places, state_record_type
from rothwell.law.timeline import LawTables, entries_of, slots_of, store, tables_of

ASKS_FEDERAL_TAX = "federal_tax.cap"
FOLLOWS_FEDERAL_CHOICE = "itemized_deductions.follows_federal_choice"


def state_tables(
    laws: Sequence[State], start_year: int, years: int, growth: Growth, statuses: Iterable[int]
) -> LawTables:
    """The law of each state from the start year on: a state stands where the federal tables have a regime.

    A figure is absent before its first year: the law of the state does not have it yet.
    """
    layout, wanted = state_record_type(), list(statuses)
    size = layout.itemsize // np.dtype("f8").itemsize
    stored, entries = np.zeros((len(laws), years, size)), {}
    for position, one in enumerate(laws):
        for place in places().values():
            stored[position][:, slots_of(place.name, layout)] = place.absent
        store(stored[position], one.figures, start_year, growth, layout)
        for status in wanted:
            entries[position, status] = entries_of(one.figures, (status, wanted), start_year, growth, layout)
    return tables_of(stored, entries, np.zeros(0, np.int64))


@cache
def both_laws() -> np.dtype[Any]:
    """The layout of the law of a year in one record: the federal sections, and the state's in `state`."""
    federal = record_type()
    sections = [(name, federal.fields[name][0]) for name in federal.names or ()] if federal.fields else []
    return np.dtype((np.record, [*sections, ("state", state_record_type())]))


def asks_federal_tax(one: State) -> bool:
    """Whether the state's tax rests on the year's federal tax."""
    return ASKS_FEDERAL_TAX in one.figures


def follows_federal_choice(one: State) -> bool:
    """Whether whoever itemizes on the federal return must itemize on the state's, and nobody else may."""
    return FOLLOWS_FEDERAL_CHOICE in one.figures


def taxes_income(one: State) -> bool:
    """Whether the state taxes income at large, and not gains or large incomes alone."""
    return "brackets.rate" in one.figures or "flat_rates.income" in one.figures
