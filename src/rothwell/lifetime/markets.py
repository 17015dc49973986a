"""Return and inflation paths from a seed: common random numbers for every strategy.

A path's numbers depend only on (seed, path): every path draws the same fixed block of numbers from one counter-based
stream, in path order, whatever the horizon, the number of paths or of threads.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rothwell.law.indexing import Growth
from rothwell.law.landscape_draws import LONGEST_PLAN, LawDraws

YEARS_DRAWN = LONGEST_PLAN  # fixed, so that a longer plan keeps the numbers of a shorter one
SERIES_DRAWN = 2  # of normal numbers a year: returns and inflation
_MARKET_STREAM = 0  # of a seed's streams; 1 is the law's


@dataclass(frozen=True, slots=True)
class MarketAssumptions:
    """What is assumed of markets and prices (fractions a year; beliefs). Deviations of 0 give the fixed market."""

    mean_return: float
    deviation: float
    inflation: float
    inflation_deviation: float
    growth: Growth


@dataclass(frozen=True, slots=True)
class Market:
    """Total return of each asset mix before fees, [path, year, mix]; index levels, [path, year, kind], 1 in the start
    year. The first mix is that of every account which names no other.

    The inflation of a year is the growth of prices from the year before: what a year's law and prices rest on is known
    when the year begins.
    """

    returns: NDArray[np.float64]
    levels: NDArray[np.float64]

    def first(self, paths: int) -> Market:
        """The same market on its first paths."""
        return Market(self.returns[:paths], self.levels[:paths])


def generator_of(seed: int, stream: int) -> np.random.Generator:
    """The random numbers of one stream: those of a room never move those of another."""
    return np.random.Generator(np.random.Philox(np.random.SeedSequence((seed, stream))))


def draw_market(assumptions: MarketAssumptions, paths: int, years: int, seed: int) -> Market:
    """Lognormal returns and inflation, independent over years and of one another (fixed where the deviation is 0)."""
    draws = generator_of(seed, _MARKET_STREAM).standard_normal((paths, YEARS_DRAWN, SERIES_DRAWN))[:, :years]
    returns = lognormal(draws[:, :, 0], assumptions.mean_return, assumptions.deviation)
    inflation = lognormal(draws[:, :, 1], assumptions.inflation, assumptions.inflation_deviation)
    return market_of(returns, inflation, assumptions.growth)


def market_of(returns: NDArray[np.float64], inflation: NDArray[np.float64], growth: Growth) -> Market:
    """A market from returns, [path, year, mix] or of one mix [path, year], and inflation, [path, year].

    The start year's inflation lies before the start.
    """
    levels = growth.rates(inflation)
    levels += 1.0
    levels[:, 0] = 1.0
    np.cumprod(levels, axis=1, out=levels)
    of_mixes = returns if returns.ndim == levels.ndim else returns[:, :, None]
    return Market(np.ascontiguousarray(of_mixes), levels)


def draw_uniforms(paths: int, years: int, seed: int) -> LawDraws:
    """The random numbers for the law of each path; a path's depend only on the seed and the path."""
    return LawDraws(paths, years, seed)


def lognormal(draws: NDArray[np.float64], mean: float, deviation: float) -> NDArray[np.float64]:
    """Rates x with 1 + x lognormal, of the given arithmetic mean and standard deviation of x, from normal draws."""
    variance = np.log1p((deviation / (1.0 + mean)) ** 2)
    log_mean = np.log((1.0 + mean) / np.sqrt(1.0 + (deviation / (1.0 + mean)) ** 2))
    return np.asarray(np.expm1(log_mean + np.sqrt(variance) * draws))
