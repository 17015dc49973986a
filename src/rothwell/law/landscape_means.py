"""The law of a landscape, with its rates moved where the landscape keeps their mean.

What is kept: for each year, each bracket of the ordinary rates and each rate on gains, the exact expectation over the
regimes and the drift is the statutory rate of current law of that year. It rests on the chain's own probabilities,
never on sampled paths. What is not kept: brackets, deductions, exemptions, whatever else a regime changes.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable

import numpy as np
from numpy.typing import NDArray

from rothwell.errors import InputError
from rothwell.law.indexing import Growth
from rothwell.law.landscape_drift import drift_deviations
from rothwell.law.landscape_paths import Landscape, chances
from rothwell.law.landscape_regimes import GAINS_RATE, ORDINARY_RATE
from rothwell.law.timeline import LawTables, figures_stored, law_tables, slots_of

HALVINGS = 80  # of an interval of rates, beyond what a float can tell apart
WIDEST = 2.0  # the shift of a rate, as a fraction, is looked for within this on either side
NEARLY = 1e-12
BELOW_ZERO = -1e-15  # in place of an exact zero, which would mean that a rate never moves
Array = NDArray[np.float64]


def landscape_tables(
    landscape: Landscape,
    start_year: int,
    years: int,
    growth: Growth,
    statuses: Iterable[int],
    sections: Collection[str] | None = None,
) -> tuple[LawTables, tuple[str, ...]]:
    """The law of each regime of a landscape, and the names of the start year's projected figures; see `law_tables`."""
    tables, projected = law_tables(landscape.regimes, start_year, years, growth, statuses, sections)
    if landscape.mean_preserving:
        kept_means(tables, landscape, start_year, growth)
    return tables, projected


def kept_means(tables: LawTables, landscape: Landscape, start_year: int, growth: Growth) -> None:
    """Move the stored rates of every regime, year by year, so that their expectation is the rate of current law."""
    years = tables.stored.shape[1]
    likely = chances(landscape, start_year, years)
    deviations = np.zeros((years, 1 + 1))
    if landscape.drift is not None:
        deviations = drift_deviations(landscape.drift, years, lambda year: landscape.may_change(start_year + year))
    current = figures_stored(start_year, years, growth)
    for which, name in enumerate((ORDINARY_RATE, GAINS_RATE)):
        for slot in slots_of(name):
            rates, target = tables.stored[:, :, slot], current[:, slot]
            tables.stored[:, :, slot] = _moved(rates, likely.T, deviations[:, which], target, name)


def expected_rate(rates: Array, likely: Array, deviations: Array) -> Array:
    """The exact expectation of a rate in each year: rates and chances [regime, year], the drift's deviation [year].

    A rate of zero stays zero; another is floored at zero after the drift: E max(0, r + X) = r N(r/s) + s n(r/s).
    """
    safe = np.where(deviations > 0.0, deviations, 1.0)
    scaled = np.clip(rates / safe, -1e3, 1e3)
    below = (1.0 + np.vectorize(math.erf)(scaled / math.sqrt(1 + 1))) / (1 + 1)
    density = np.exp(-(scaled**2) / (1 + 1)) / math.sqrt((1 + 1) * math.pi)
    floored = np.where(deviations > 0.0, rates * below + safe * density, np.maximum(0.0, rates))
    return np.asarray((likely * np.where(rates == 0.0, 0.0, floored)).sum(axis=0))


def _moved(rates: Array, likely: Array, deviations: Array, target: Array, name: str) -> Array:
    """The rates moved by one shift a year, found by halving; where current law's rate is zero they become zero."""
    low, high = np.full(target.shape, -WIDEST), np.full(target.shape, WIDEST)
    for _ in range(HALVINGS):
        middle = (low + high) / (1 + 1)
        enough = expected_rate(_shifted(rates, middle), likely, deviations) >= target
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    moved = np.where(target > 0.0, _shifted(rates, high), 0.0)
    if (np.abs(expected_rate(moved, likely, deviations) - target) > NEARLY).any():
        raise InputError(f"no shift of {name} keeps its mean: a regime sets it to zero", field="mean_preserving")
    return np.where(deviations > 0.0, moved, np.maximum(0.0, moved))


def _shifted(rates: Array, by: Array) -> Array:
    moved = rates + by
    return np.where(rates == 0.0, 0.0, np.where(moved == 0.0, BELOW_ZERO, moved))
