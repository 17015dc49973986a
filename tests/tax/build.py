"""Builds returns and reads worksheets for the tests of the tax code."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from rothwell.law import law_for
from rothwell.tax.facts import RETURN
from rothwell.tax.federal import form_1040
from rothwell.tax.return_file import STATUS_NAMES

TESTS = Path(__file__).resolve().parents[1]


@cache
def law(year: int) -> Any:
    """The law record of a year."""
    return law_for(year).record


def facts(**amounts: float) -> Any:
    """A return's facts: what is not named is 0; wages count for Medicare too."""
    record = np.zeros(1, RETURN).view(np.recarray)[0]
    record.age1 = 40.0
    for name, value in amounts.items():
        record[name] = value
    for person in ("1", "2"):
        if f"medicare_wages{person}" not in amounts:
            record["medicare_wages" + person] = record["wages" + person]
    return record


def form(year: int, status: int, **amounts: float) -> Any:
    """The computed return."""
    return form_1040(facts(**amounts), status, law(year))


def worksheet(name: str) -> list[dict[str, Any]]:
    """The rows of a table of worked examples: numbers as numbers, the filing status as its index."""
    with (TESTS / "worksheets" / f"{name}.csv").open(newline="", encoding="utf-8") as stream:
        return [{key: _read(key, text) for key, text in row.items()} for row in csv.DictReader(stream)]


def _read(key: str, text: str) -> Any:
    if key == "filing_status":
        return STATUS_NAMES[text]
    if key in ("id", "source"):
        return text
    return float(text) if text else None
