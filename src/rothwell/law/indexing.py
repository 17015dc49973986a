"""Statutory indexing: price and wage index series, and the rounding each section orders.

Published years are stored with the figures; the same rules recompute them in the tests and compute every later year. An
index beyond its last known value grows with the inflation it is given (the household's, or a simulated path's).
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rothwell.provision import interpreted, provision

PRICES, CHAINED_PRICES, WAGES, MEDICAL_COSTS = 0, 1, 2, 3
GROWTH_COUNT = 4
GROWTH_OF_INDEX = {
    "c_cpi_u": CHAINED_PRICES,
    "c_cpi_u_march": CHAINED_PRICES,
    "c_cpi_u_june": CHAINED_PRICES,
    "cpi_u_third_quarter": PRICES,
    "cpi_u_august": PRICES,
    "awi": WAGES,
    "medical": MEDICAL_COSTS,
}


class Growth(NamedTuple):
    """Assumed yearly growth of the index series beyond their last known values (fractions; beliefs)."""

    inflation: float = 0.025
    chained_cpi_gap: float = 0.0025
    wage_growth_over_inflation: float = 0.01
    medical_growth_over_inflation: float = 0.02

    def rates(self, inflation: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """Growth of each kind of index, [..., kind], for given inflation [...]."""
        points = np.array(
            [0.0, -self.chained_cpi_gap, self.wage_growth_over_inflation, self.medical_growth_over_inflation]
        )
        return np.asarray(np.asarray(inflation, dtype=np.float64)[..., None] + points)


@dataclass(frozen=True, slots=True)
class Series:
    """One index: its known values by year, which of them are our estimates, and, where held, the values as first
    published, before BLS revised them."""

    name: str
    values: dict[int, float]
    estimated: frozenset[int]
    first_published: dict[int, float]

    @property
    def last_year(self) -> int:
        """The last year with a known (published, computed or estimated) value."""
        return max(self.values)

    def level(self, year: int, growth: Growth) -> tuple[float, bool]:
        """The index of a year and whether it is official (False: estimated or projected)."""
        if year in self.values:
            return self.values[year], year not in self.estimated
        if year < self.last_year:
            raise KeyError(f"index {self.name} has no value for {year}")
        rate = float(growth.rates(growth.inflation)[GROWTH_OF_INDEX[self.name]])
        return self.values[self.last_year] * (1.0 + rate) ** (year - self.last_year), False

    def announced(self, year: int, growth: Growth) -> tuple[float, bool]:
        """The index of a year as it stood when the next year's amounts were announced, IRC 1(f)(6)(A)."""
        known, official = self.level(year, growth)
        return self.first_published.get(year, known), official


@cache
def series(name: str) -> Series:
    """The index series of that name, from `tables/index_series.csv`."""
    text = resources.files("rothwell.law").joinpath("tables/index_series.csv").read_text()
    rows = [row for row in csv.DictReader(text.splitlines()) if row["index"] == name]
    if not rows:
        raise KeyError(f"no index series {name}")
    first = {int(row["year"]): float(row["value"]) for row in rows if row["status"] == "first published"}
    values = {int(row["year"]): float(row["value"]) for row in rows if row["status"] != "first published"}
    estimated = frozenset(int(row["year"]) for row in rows if row["status"] == "estimated")
    return Series(name, values, estimated, first)


@dataclass(frozen=True, slots=True)
class Rule:
    """How a figure is indexed: base * I(year - lag) / I(base_year), then rounded; I(year - lag) as it was announced.

    `of_increase`: the increase over the base is rounded; otherwise the amount. `down`: to the next lower multiple;
    otherwise to the nearest. `after`: the last year that is legislated rather than indexed.
    """

    index: str
    base_year: int
    base: NDArray[np.float64]
    step: NDArray[np.float64]
    down: bool
    of_increase: bool
    lag: int
    statute: str
    after: int
    growing: NDArray[np.bool_] | None = None  # of a row, where not all of its numbers grow

    def value(self, year: int, growth: Growth) -> tuple[NDArray[np.float64], bool]:
        """The indexed amount of a year and whether it rests on official index values only."""
        now, official = series(self.index).announced(year - self.lag, growth)
        then, _ = series(self.index).level(self.base_year, growth)
        offset = self.base if self.of_increase else np.zeros_like(self.base)
        amount = self.base * (now / then)
        bias = 0.0 if self.down else 0.5
        steps = np.broadcast_to(self.step, amount.shape)
        plain: Callable[..., float] = interpreted(rounded)
        flat = [plain(*row, bias) for row in zip(amount.flat, offset.flat, steps.flat, strict=True)]
        grown = np.array(flat).reshape(amount.shape)
        return (grown if self.growing is None else np.where(self.growing, grown, self.base)), official


@provision
def rounded(amount, offset, step, bias):  # type: ignore[no-untyped-def]
    """An indexed amount rounded as its section orders.

    Law:    the rounding sentence of each section, e.g. IRC 1(f)(7), 415(d)(4), 402(g)(4).
    Units:  dollars; `offset` is the base where the increase is rounded, else 0; `bias` 0 rounds
            down, one half to the nearest.
    Tests:  test_the_statutory_rule_reproduces_the_published_amount.
    """
    return offset + np.floor((amount - offset) / step + bias) * step
