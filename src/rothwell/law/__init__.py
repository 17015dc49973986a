"""The law as data: `law_for(year)` gives every figure of a year and says which of them are projected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from rothwell.errors import InputError
from rothwell.law.figures import (
    HEAD,
    JOINT,
    SEPARATE_APART,
    SEPARATE_TOGETHER,
    SINGLE,
    STATUSES,
    SURVIVING,
    Dated,
    Figure,
    figure,
    figures,
    layout_of,
)
from rothwell.law.indexing import Growth

__all__ = [
    "HEAD",
    "JOINT",
    "SEPARATE_APART",
    "SEPARATE_TOGETHER",
    "SINGLE",
    "STATUSES",
    "SURVIVING",
    "Dated",
    "Figure",
    "Growth",
    "Law",
    "figure",
    "figures",
    "first_complete_year",
    "law_for",
    "law_record",
    "record_type",
]


@dataclass(frozen=True, slots=True)
class Law:
    """The law of one year: a record `record.section.figure` for the provisions, and what in it is projected."""

    year: int
    record: Any
    projected: tuple[str, ...]


@cache
def record_type() -> np.dtype[Any]:
    """The layout of a law record: one sub-record per section, every field float64."""
    return layout_of({name: one.shape for name, one in figures().items()})


@cache
def first_complete_year() -> int:
    """The first year for which every figure is held that current law uses; single figures reach further back."""
    latest = max(figures()["rate_schedule.bracket_top"].values)
    return max(one.first_year for one in figures().values() if one.first_year <= latest)


def law_record(year: int, known: Mapping[str, Figure], growth: Growth) -> tuple[Any, tuple[str, ...]]:
    """A law record of a year from given figures (NaN where a figure does not exist yet), and the names projected."""
    record = np.zeros(1, record_type())
    projected = []
    for name, one in known.items():
        section, _, field = name.partition(".")
        try:
            dated = one.value(year, growth)
        except InputError:
            record[section][field] = np.nan
            continue
        record[section][field] = dated.value
        if dated.projected:
            projected.append(name)
    return record[0], tuple(projected)


def law_for(year: int, growth: Growth = Growth()) -> Law:  # noqa: B008 (immutable)
    """The federal law of a year; later years are projected by the statutory rules under the given growth.

    Raises InputError for a year in which a figure of current law is still missing.
    """
    first = first_complete_year()
    if year < first:
        raise InputError(f"the law is held from {first} on", field="year", found=year)
    record, projected = law_record(year, figures(), growth)
    return Law(year, record, projected)
