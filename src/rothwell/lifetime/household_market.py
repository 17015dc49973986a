"""The market of a household: from what its file assumes to returns and prices on every path."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from rothwell import household as written
from rothwell.lifetime.asset_mixes import Mixes, mixes_of, returns_of_mixes
from rothwell.lifetime.history import ASSETS_IN_ORDER, INFLATION, blocks, history, sequences
from rothwell.lifetime.markets import (
    YEARS_DRAWN,
    Market,
    MarketAssumptions,
    draw_market,
    generator_of,
    lognormal,
    market_of,
)

_ASSET_STREAM = 20  # of the random numbers; apart from those of other rooms
SMALLEST_EIGENVALUE = -1e-9  # of rounding: below it correlations contradict one another


def draw_household_market(household: written.Household, start_year: int, years: int, paths: int, seed: int) -> Market:
    """The market that a household assumes, on every path.

    Without [[mixes]] there is one portfolio. With them, the returns of stocks, bonds and cash and the inflation of a
    year belong together: that inflation is in the prices of the next year, when it is known.

    Raises InputError for correlations that contradict one another and for a start year without a past.
    """
    assumed = household.market
    if not household.mixes:
        chance = assumed.kind == "lognormal"
        deviation = assumed.deviation if chance else 0.0
        of_prices = assumed.inflation_deviation if chance else 0.0
        one = MarketAssumptions(assumed.mean_return, deviation, assumed.inflation, of_prices, assumed.growth)
        return draw_market(one, paths, years, seed)
    rates = asset_rates(household, years, paths, seed)
    return market_of_assets(rates, mixes_of(household, start_year, years), household)


def market_of_assets(rates: NDArray[np.float64], mixes: Mixes, household: written.Household) -> Market:
    """A market from the returns of stocks, bonds and cash and the inflation of each year, [path, year, series]."""
    inflation = np.zeros(rates.shape[:2])
    inflation[:, 1:] = rates[:, :-1, INFLATION]
    return market_of(returns_of_mixes(mixes, rates[:, :, :INFLATION]), inflation, household.market.growth)


def asset_rates(household: written.Household, years: int, paths: int, seed: int) -> NDArray[np.float64]:
    """Returns of stocks, bonds and cash and inflation, [path, year, series], by the kind of the household's market."""
    assumed = household.market
    if assumed.kind == "bootstrap":
        return blocks(paths, years, assumed.block_years, seed)
    if assumed.kind == "historical":
        start, past = assumed.historical_start, history()
        if start is not None and not past.first_year <= start <= past.last_year:
            message = "is not a year of the history"
            allowed = f"{past.first_year} to {past.last_year}"
            raise household.source.error("market.historical_start", message, found=start, allowed=allowed)
        return sequences(paths, years, start)
    means, deviations = means_and_deviations(assumed)
    if assumed.kind == "fixed":
        return np.broadcast_to(means, (paths, years, means.size)).copy()
    factor = _factor(household, means, deviations)
    draws = generator_of(seed, _ASSET_STREAM).standard_normal((paths, YEARS_DRAWN, means.size))[:, :years]
    rates = np.empty_like(draws)
    for series in range(means.size):
        mixed = np.zeros(draws.shape[:2])
        for part in range(series + 1):
            mixed += factor[series, part] * draws[:, :, part]
        rates[:, :, series] = lognormal(mixed, float(means[series]), float(deviations[series]))
    return rates


def mean_return_of(household: written.Household) -> float:
    """The mean return of a year on what the household holds at the start, before fees; of past years, their mean."""
    if household.market.kind not in written.FROM_HISTORY:
        return household.expected_return
    return float(np.array(household.mixes[0].weights) @ history().rates.mean(axis=0)[:INFLATION])


def means_and_deviations(assumed: written.Market) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Of stocks, bonds, cash and inflation."""
    assets = [getattr(assumed, name) for name in ASSETS_IN_ORDER]
    means = np.array([*(asset.mean_return for asset in assets), assumed.inflation])
    return means, np.array([*(asset.deviation for asset in assets), assumed.inflation_deviation])


def correlations_of(assumed: written.Market) -> NDArray[np.float64]:
    """The correlations of stocks, bonds, cash and inflation, [series, series]."""
    names = (*ASSETS_IN_ORDER, "inflation")
    found = np.eye(len(names))
    for row, first in enumerate(names):
        for column in range(row + 1, len(names)):
            value = getattr(assumed.correlations, f"{first}_{names[column]}")
            found[row, column] = found[column, row] = value
    return found


def _factor(
    household: written.Household, means: NDArray[np.float64], deviations: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The lower triangle that turns independent normal numbers into logarithms of growth.

    The correlations of the file are those of the yearly rates; those of the logarithms follow from them exactly.
    """
    relative = deviations / (1.0 + means)
    logs = np.sqrt(np.log1p(relative**2))
    given = correlations_of(household.market)
    products = np.outer(logs, logs)
    moving = products > 0.0
    inside = np.where(moving, 1.0 + given * np.outer(relative, relative), 1.0)
    found = np.where(moving, np.log(np.maximum(inside, np.finfo(float).tiny)) / np.where(moving, products, 1.0), given)
    np.fill_diagonal(found, 1.0)
    if np.linalg.eigvalsh(found).min() < SMALLEST_EIGENVALUE:
        message = "contradict one another: no returns can move together in this way"
        raise household.source.error("market.correlations", message, allowed="correlations nearer to 0")
    factor = np.zeros_like(found)
    for row in range(found.shape[0]):
        for column in range(row):
            left = found[row, column] - sum(factor[row, part] * factor[column, part] for part in range(column))
            factor[row, column] = left / factor[column, column] if factor[column, column] > 0.0 else 0.0
        factor[row, row] = math.sqrt(max(0.0, 1.0 - sum(factor[row, part] ** 2 for part in range(row))))
    return factor
