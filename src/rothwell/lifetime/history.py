"""Past years of US markets: futures that repeat them from each start year on, or in blocks drawn at random.

Returns and inflation of a past year stay together. After the last year of the table comes the first one again (the
table is a circle), so that every past year counts equally often and a life of any length finds its years.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from rothwell.lifetime.markets import YEARS_DRAWN, generator_of

ASSETS_IN_ORDER = ("stocks", "bonds", "cash")
INFLATION = 3  # the place of the series after those of the assets
SERIES = (*ASSETS_IN_ORDER, "inflation")
_BLOCK_STREAM = 21  # of the random numbers; apart from those of other rooms
PERCENT = 100.0  # the table is in percent


@dataclass(frozen=True, slots=True)
class History:
    """Past years in order, and the returns of stocks, bonds and cash and the inflation of each, [year, series]."""

    first_year: int
    rates: NDArray[np.float64]

    @property
    def years(self) -> int:
        """How many past years there are."""
        return int(self.rates.shape[0])

    @property
    def last_year(self) -> int:
        """The last past year."""
        return self.first_year + self.years - 1


@cache
def history() -> History:
    """The past years of `tables/annual_returns.csv`."""
    text = resources.files("rothwell.lifetime").joinpath("tables/annual_returns.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    rates = np.array([[float(row[name]) / PERCENT for name in SERIES] for row in rows])
    return History(int(rows[0]["year"]), rates)


def sequences(paths: int, years: int, start: int | None) -> NDArray[np.float64]:
    """Past years in their order, [path, year, series]: path 0 begins with the first past year, path 1 with the next.

    With a `start`, every path begins with that year. There are as many different paths as past years at most.
    """
    past = history()
    first = np.arange(paths) if start is None else np.full(paths, start - past.first_year)
    return np.asarray(past.rates[(first[:, None] + np.arange(years)) % past.years])


def blocks(paths: int, years: int, block_years: int, seed: int) -> NDArray[np.float64]:
    """Blocks of successive past years, each begun in a past year drawn at random, [path, year, series].

    The circular block bootstrap of Politis and Romano (1992): every past year begins a block with the same chance.
    """
    past = history()
    drawn = generator_of(seed, _BLOCK_STREAM).random((paths, YEARS_DRAWN))
    begins = (drawn * past.years).astype(np.int64)
    year = np.arange(years)
    return np.asarray(past.rates[(begins[:, year // block_years] + year % block_years) % past.years])
