"""No strategy, spending rule or tax of a year knows what comes later: not markets, prices, laws or deaths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from rothwell.law.landscape import NEVER, Landscape, LawPaths, read_landscape
from rothwell.lifetime.markets import Market
from rothwell.lifetime.mortality import last_years
from rothwell.lifetime.scenario import RunOptions
from tests.lifetime.runs import EVERY_WAY, KEEP_ALL, START, couple, drawn_laws, drawn_market, load_landscape, unchecked

PATHS = 10_000
CHUNK = 500  # paths whose every flow is held at once
YEARS_KNOWN = (0, 6, 16, 19, 20, 24, 37, 44)  # work, one retired, conversions, benefits, RMDs
EVERY_FIELD = np.uint64  # flows are compared as bits


def bits(flows: NDArray[np.void], years: int) -> NDArray[np.uint64]:
    """The flows of the first years as bits."""
    size = flows.dtype.itemsize // np.dtype(EVERY_FIELD).itemsize
    return flows[:, :, :years].view((EVERY_FIELD, size))


def changed_after(
    year: int, market: Market, laws: LawPaths, lives: NDArray[np.int64], generator: np.random.Generator
) -> tuple[Market, LawPaths, NDArray[np.int64]]:
    """The same past through a year, and everything after it drawn anew: returns, prices, laws, shocks and deaths."""
    paths, years, mixes = market.returns.shape
    after = year + 1
    returns, levels, regime = market.returns.copy(), market.levels.copy(), laws.regime.copy()
    returns[:, after:] = generator.uniform(-0.5, 0.6, (paths, years - after, mixes))
    levels[:, after:] *= generator.uniform(0.5, 2.0, (paths, years - after, levels.shape[2]))
    regime[:, after:] = generator.integers(0, regime.max() + 1, (paths, years - after))
    drawn = generator.choice([after, after + 2, NEVER], laws.shock_from.shape)
    shocks = np.where(laws.shock_from > year, drawn, laws.shock_from)
    points = laws.points.copy()
    points[:, after:] += generator.uniform(-0.1, 0.1, points[:, after:].shape)
    deaths = year + generator.integers(0, 4, lives.shape)  # in that year or in one of the next three
    return Market(returns, levels), LawPaths(regime, shocks, points, laws.shocks), np.minimum(deaths, years - 1)


def every_layer() -> Landscape:
    """The pessimist's regimes and shocks, with amounts low enough to bite, and a drift of rates."""
    one = "{ deviation = 1.0, reversion = 0.1 }"
    drift = f"[regimes.a]\n[drift]\nordinary = {one}\ngains = {one}\n"
    landscape = load_landscape("pessimist")
    low = {"taxable_income_over": (150_000.0,) * 6, "balance_over": 3e6, "roth_first_over": 5e6, "probability": 0.9}
    shocks = tuple(replace(one, grandfathered=number % 2 == 1, **low) for number, one in enumerate(landscape.shocks))
    return replace(landscape, shocks=shocks, drift=read_landscape(drift, "d.toml").drift)


def chunks() -> Iterator[tuple[Market, LawPaths]]:
    """Markets and laws of all paths, chunk by chunk."""
    market, laws = drawn_market(couple(), PATHS), drawn_laws(every_layer(), couple(), PATHS)
    for first in range(0, PATHS, CHUNK):
        part = slice(first, first + CHUNK)
        yield (
            Market(market.returns[part], market.levels[part]),
            LawPaths(laws.regime[part], laws.shock_from[part], laws.points[part], laws.shocks),
        )


@pytest.mark.slow
def test_every_flow_through_a_year_is_the_same_whatever_follows() -> None:
    one, generator = couple(), np.random.default_rng(11)
    compared = 0
    for number, (market, laws) in enumerate(chunks()):
        lives = last_years(one, START, CHUNK)
        base, _ = unchecked(one, "pessimist", EVERY_WAY, market, laws, RunOptions(flows_kept=KEEP_ALL))
        for year in YEARS_KNOWN[number % 2 :: 2]:
            other_market, other_laws, deaths = changed_after(year, market, laws, lives, generator)
            options = RunOptions(flows_kept=KEEP_ALL, last_year=deaths)
            other, _ = unchecked(one, "pessimist", EVERY_WAY, other_market, other_laws, options)
            assert (bits(base.flows, year + 1) == bits(other.flows, year + 1)).all(), (number, year)
            later = min(year + 1, base.flows.shape[2] - 1)
            assert (bits(base.flows, later + 1) != bits(other.flows, later + 1)).any()
            compared += CHUNK
    assert compared == PATHS * len(YEARS_KNOWN) // 2
