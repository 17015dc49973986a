"""Incomes and costs of a household's file as the year loop reads them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rothwell.household import Cost, Household, Income
from rothwell.law.indexing import MEDICAL_COSTS, PRICES

NOBODY, NO_INDEX = -1, -1  # a flow that lasts while anybody lives; an amount that stays in dollars
INDEXES = {"prices": PRICES, "medical_prices": MEDICAL_COSTS, "nothing": NO_INDEX}
FLOW = np.dtype(
    (
        np.record,
        [
            ("person", "i8"),  # with whose life it ends, or NOBODY
            ("first", "i8"),  # index of its first and of its last year
            ("last", "i8"),
            ("index", "i8"),  # what it rises with, or NO_INDEX
            ("amount", "f8"),
            ("for_life", "f8"),  # 1: the file gives it no last year
            ("survivor_share", "f8"),
            ("ordinary", "f8"),  # the share that is taxed, as other income or as interest
            ("investment", "f8"),
        ],
    )
)


def flow_records(household: Household, flows: tuple[Income, ...] | tuple[Cost, ...], start_year: int) -> NDArray[Any]:
    """One record for each income or cost that lasts into the plan."""
    names = [person.name for person in household.people]
    rows = np.zeros(len(flows), FLOW)
    end = max(person.last_year for person in household.people)
    for row, one in zip(rows, flows, strict=True):
        row["person"] = NOBODY if one.person is None else names.index(one.person)
        row["first"] = (start_year if one.first is None else one.first) - start_year
        row["last"] = (end if one.last is None else one.last) - start_year
        row["index"] = INDEXES[one.rises_with]
        row["amount"], row["for_life"] = one.amount, float(one.last is None)
        if isinstance(one, Income):
            taxed = 0.0 if one.kind == "untaxed" else one.taxable_share
            row["survivor_share"] = one.survivor_share
            row["ordinary"] = taxed if one.kind == "ordinary" else 0.0
            row["investment"] = taxed if one.kind == "investment" else 0.0
    return rows[rows["last"] >= 0].copy()
