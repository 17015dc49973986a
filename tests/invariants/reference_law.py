"""The law of a path's year as plain numbers, for the second simulator."""

from __future__ import annotations

from collections import namedtuple
from functools import cache
from typing import Any

import numpy as np

from rothwell.law import record_type
from rothwell.law.timeline import LawTables, set_law_of_year
from rothwell.provision import plainly


class Row(tuple[float, ...]):
    """A row of numbers that knows how many they are, as an array does."""

    __slots__ = ()

    @property
    def size(self) -> int:
        return len(self)

    @property
    def shape(self) -> tuple[int, ...]:
        return (len(self),)


class Grid:
    """Rows of numbers, read as `grid[row, column]` or `grid[row]`."""

    def __init__(self, rows: Any) -> None:
        self.rows = [Row(row) for row in rows]
        self.shape = (len(self.rows), len(self.rows[0]))

    def __getitem__(self, place: Any) -> Any:
        return self.rows[place[0]][place[1]] if isinstance(place, tuple) else self.rows[place]


def plain(value: Any) -> Any:
    """A record, an array or a number as plain Python, which reads it many times as fast."""
    if isinstance(value, np.void):
        names = value.dtype.names or ()
        return _record(names)._make(plain(value[name]) for name in names)
    if isinstance(value, np.ndarray) and value.ndim == 1:
        return Row(value.tolist())
    if isinstance(value, np.ndarray) and value.ndim > 1:
        return Grid(value.tolist())
    return value.item() if hasattr(value, "item") else value


@cache
def _record(names: tuple[str, ...]) -> Any:
    return namedtuple("PlainLaw", names)


class LawOfPath:
    """The law of one path, year by year and by filing status."""

    def __init__(self, tables: LawTables, regime: Any, levels: Any, points: Any) -> None:
        self.tables, self.regime, self.levels, self.points = tables, regime, levels, points
        self.known: dict[tuple[int, int], Any] = {}

    def of(self, year: int, status: int) -> Any:
        """The law of a year for a status, the points of a drift added to the rates of its regime."""
        if (year, status) not in self.known:
            found = np.zeros(1, record_type())
            flat = found.view(np.float64)
            regime = int(self.regime[year])
            plainly(set_law_of_year)(flat, np.zeros_like(flat), self.tables, regime, status, year, self.levels)
            if self.points is not None:
                self._move(found[0], year)
            self.known[year, status] = plain(found[0])
        return self.known[year, status]

    def _move(self, law: Any, year: int) -> None:
        """Points of a drift: no rate falls below zero, and a rate of zero stays zero."""
        rates, gains = law["rate_schedule"]["rate"], law["capital_gains"]["rate"]
        for place, rate in enumerate(rates.tolist()):
            rates[place] = max(0.0, rate + self.points[year, place]) if rate != 0.0 else 0.0
        for place, rate in enumerate(gains.tolist()):
            gains[place] = max(0.0, rate + self.points[year, len(rates)]) if rate != 0.0 else 0.0
