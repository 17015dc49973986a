"""Rates that drift: percentage points around the rates of the regime in force, the same for every strategy.

A path's points [path, year, series] hold one series for each bracket of the ordinary rates, lowest first, then one for
the rates on gains. They are added to rates above zero; no rate falls below zero, and a rate of zero stays zero.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rothwell.law.figures import figures
from rothwell.law.landscape_draws import LawDraws
from rothwell.law.landscape_file import LandscapeFile
from rothwell.law.landscape_regimes import GAINS_RATE, ORDINARY_RATE
from rothwell.toml_lines import Path

_POINT = 0.01  # a percentage point
FASTEST_REVERSION = 1.0
LONGEST_BLOCK = 30  # years
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reverting:
    """A mean-reverting number of points: each year it loses the share `reversion` of itself and takes a normal step.

    Ornstein-Uhlenbeck in discrete time: x[t] = (1 - reversion) x[t-1] + deviation e[t], and 0 in the start year.
    """

    deviation: float
    reversion: float

    def path(self, normals: Array) -> Array:
        """The points of each year from standard normal numbers [path, year]; the first year's are not used."""
        points = np.zeros_like(normals)
        for year in range(1, normals.shape[1]):
            points[:, year] = (1.0 - self.reversion) * points[:, year - 1] + self.deviation * normals[:, year]
        return points

    def deviation_after(self, years: int) -> float:
        """The standard deviation of the points after so many years."""
        kept = (1.0 - self.reversion) ** 2
        return float(self.deviation * np.sqrt(sum(kept**year for year in range(years))))


@dataclass(frozen=True, slots=True)
class Drift:
    """One drift of all ordinary rates, and one of the rates on gains, independent of each other."""

    ordinary: Reverting
    gains: Reverting


@dataclass(frozen=True, slots=True)
class History:
    """Changes of rates drawn in blocks of consecutive years from the record since 1954.

    either_sign   each block with its signs turned with even chance: as large and as clustered as in the record, but up
                  as likely as down; otherwise as they were
    """

    block: int
    either_sign: bool


def read_drift(file: LandscapeFile) -> Drift | None:
    """The drift of a landscape, if its file gives one."""
    table = file.table.get("drift")
    if table is None:
        return None
    file.check_keys(("drift",), table, {"ordinary", "gains"})
    return Drift(*(_reverting(file, ("drift", name), table.get(name)) for name in ("ordinary", "gains")))


def _reverting(file: LandscapeFile, path: Path, row: Any) -> Reverting:
    if row is None:
        return Reverting(0.0, 0.0)
    file.check_keys(path, row, {"deviation", "reversion"})
    deviation = file.number((*path, "deviation"), row.get("deviation"), 0.0, FASTEST_REVERSION / _POINT)
    return Reverting(deviation, file.number((*path, "reversion"), row.get("reversion"), 0.0, FASTEST_REVERSION))


def read_history(file: LandscapeFile) -> History | None:
    """How a landscape draws from the record of rates, if it does."""
    table = file.table.get("history")
    if table is None:
        return None
    path: Path = ("history", "block")
    file.check_keys(("history",), table, {"block", "either_sign"})
    block = file.number(path, table.get("block"), 1.0, LONGEST_BLOCK)
    if block != int(block):
        raise file.error(path, "not a whole number of years", found=block, allowed=f"1 to {LONGEST_BLOCK}")
    return History(int(block), file.switch(("history", "either_sign"), table.get("either_sign", True)))


@cache
def record() -> Array:
    """The rates of the record, [year, series], as fractions; see `tables/rates_since_1954.csv`."""
    text = resources.files("rothwell.law").joinpath("tables/rates_since_1954.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    columns = [name for name in rows[0] if name.startswith("at_")] + ["gains"]
    return np.array([[float(row[name]) for name in columns] for row in rows]) * _POINT


def drift_points(drift: Drift, draws: LawDraws, may_change: Callable[[int], bool]) -> Array:
    """The points of a drift on each path and year, as fractions; they take effect only in years of change."""
    ordinary = drift.ordinary.path(draws.normals(0)) * _POINT
    gains = drift.gains.path(draws.normals(1)) * _POINT
    _hold(ordinary, may_change)
    _hold(gains, may_change)
    brackets = figures()[ORDINARY_RATE].shape[0]
    return np.concatenate([np.repeat(ordinary[:, :, None], brackets, axis=2), gains[:, :, None]], axis=2)


def _hold(points: Array, may_change: Callable[[int], bool]) -> None:
    """Keep the points of the year before in every year in which the law may not change."""
    for year in range(1, points.shape[1]):
        if not may_change(year):
            points[:, year] = points[:, year - 1]


def drift_deviations(drift: Drift, years: int, may_change: Callable[[int], bool]) -> Array:
    """The exact standard deviation of the points in force in each year, [year, (ordinary, gains)], as fractions."""
    found = np.zeros((years, 1 + 1))
    for year in range(1, years):
        now = [one.deviation_after(year) for one in (drift.ordinary, drift.gains)]
        found[year] = np.array(now) * _POINT if may_change(year) else found[year - 1]
    return found


def history_points(history: History, draws: LawDraws) -> Array:
    """The points of each path and year: changes of the record in blocks, added up from the year after the start.

    Each block begins in any year of the record with equal chance; the record is a ring. Rates stay between zero and the
    highest of the record at the same income.
    """
    rates = record()
    changes = np.diff(rates, axis=0)
    starts, signs = draws.blocks(history.block)
    paths, years = draws.paths, draws.years
    points = np.zeros((paths, years, rates.shape[1]))
    now = np.concatenate([_rates_now(ORDINARY_RATE), _rates_now(GAINS_RATE)[-1:]])
    highest = np.maximum(rates.max(axis=0), now)
    for year in range(1, years):
        block, within = divmod(year - 1, history.block)
        place = (np.floor(starts[:, block] * len(changes)).astype(np.int64) + within) % len(changes)
        sign = np.where(signs[:, block] < 1.0 / (1 + 1), -1.0, 1.0) if history.either_sign else np.ones(paths)
        moved = now + points[:, year - 1] + sign[:, None] * changes[place]
        points[:, year] = np.clip(moved, 0.0, highest) - now
    return points


def _rates_now(name: str) -> Array:
    values = figures()[name].values
    return values[max(values)]
