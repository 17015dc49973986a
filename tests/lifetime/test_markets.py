"""Markets at random have the moments that the household believes in, and each path keeps its numbers."""

from __future__ import annotations

import numpy as np
import pytest

from rothwell.law.indexing import CHAINED_PRICES, MEDICAL_COSTS, PRICES, WAGES, Growth
from rothwell.lifetime.markets import MarketAssumptions, draw_market

STANDARD_ERRORS = 4.0
PATHS, YEARS = 20_000, 40
USUAL = MarketAssumptions(0.06, 0.12, 0.025, 0.01, Growth())


def close(found: float, expected: float, standard_error: float) -> bool:
    """Within four standard errors."""
    return abs(found - expected) < STANDARD_ERRORS * standard_error


def test_returns_and_inflation_have_the_moments_believed_within_four_standard_errors() -> None:
    market = draw_market(USUAL, PATHS, YEARS, 1)
    inflation = market.levels[:, 1:, PRICES] / market.levels[:, :-1, PRICES] - 1.0
    for drawn, mean, deviation in ((market.returns[:, :, 0], 0.06, 0.12), (inflation, 0.025, 0.01)):
        count = drawn.size
        assert close(float(drawn.mean()), mean, deviation / np.sqrt(count))
        squares = (drawn - mean) ** 2
        assert close(float(squares.mean()), deviation**2, float(squares.std()) / np.sqrt(count))
        logs = np.log1p(drawn)
        cubes = ((logs - logs.mean()) / logs.std()) ** 3  # the logarithm is normal: no skew
        assert close(float(cubes.mean()), 0.0, float(cubes.std()) / np.sqrt(count))
        paired = (drawn[:, 1:] - mean) * (drawn[:, :-1] - mean)  # years are independent
        assert close(float(paired.mean()), 0.0, float(paired.std()) / np.sqrt(paired.size))
    both = (market.returns[:, 1:, 0] - 0.06) * (inflation - 0.025)  # of one another too
    assert close(float(both.mean()), 0.0, float(both.std()) / np.sqrt(both.size))


def test_every_index_moves_with_the_prices_of_its_path() -> None:
    market = draw_market(USUAL, 200, YEARS, 1)
    grown = market.levels[:, 1:] / market.levels[:, :-1] - 1.0
    assert (market.levels[:, 0] == 1.0).all()
    for kind, gap in ((CHAINED_PRICES, -0.0025), (WAGES, 0.01), (MEDICAL_COSTS, 0.02)):
        assert grown[:, :, kind] - grown[:, :, PRICES] == pytest.approx(gap)


def test_a_path_keeps_its_numbers_whatever_the_horizon_and_the_number_of_paths() -> None:
    small, large = draw_market(USUAL, 100, 30, 9), draw_market(USUAL, 1_000, 60, 9)
    assert small.returns.tobytes() == np.ascontiguousarray(large.returns[:100, :30]).tobytes()
    assert small.levels.tobytes() == large.levels[:100, :30].tobytes()
    assert (draw_market(USUAL, 100, 30, 10).returns != small.returns).all()


def test_without_deviation_every_year_is_the_mean() -> None:
    market = draw_market(MarketAssumptions(0.05, 0.0, 0.02, 0.0, Growth()), 3, 10, 1)
    assert market.returns == pytest.approx(0.05)
    assert market.levels[:, :, PRICES] == pytest.approx(np.tile(1.02 ** np.arange(10), (3, 1)))
