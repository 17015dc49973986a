"""Traditional against Roth: the published threshold of growth, and the same from simulated years."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from rothwell.decision.account_variance import ratio_of_variances, variation_threshold
from rothwell.law.landscape import NEVER, Landscape, LawPaths
from rothwell.lifetime.markets import market_of
from rothwell.lifetime.strategies import Strategy
from tests.lifetime.runs import QUIET, START, account, flat_law, household, person, simulate, single

# Hulse 2023 (Journal of Financial Planning, March): $10,000 before tax at 24%; later 24%, 28% or 32%.
RATE_NOW = 0.24
LATER = {0.24: 0.2, 0.28: 0.4, 0.32: 0.4}
MEAN, DEVIATION = 0.288, 0.02993
THRESHOLD = 0.113
PATHS, YEARS = 20_000, 4
PLAIN = Strategy("plain", "no after-tax money, no conversions")


def moments() -> tuple[float, float]:
    """The mean and the variance of the later rate."""
    mean = sum(rate * chance for rate, chance in LATER.items())
    return mean, sum(chance * (rate - mean) ** 2 for rate, chance in LATER.items())


def test_the_published_moments_and_threshold() -> None:
    mean, variance = moments()
    assert mean == pytest.approx(MEAN)
    assert math.sqrt(variance) == pytest.approx(DEVIATION, abs=1e-5)
    assert variation_threshold(RATE_NOW, mean, variance) ** 2 == pytest.approx(0.01285, abs=1e-5)
    assert variation_threshold(RATE_NOW, mean, variance) == pytest.approx(THRESHOLD, abs=5e-4)


def test_where_the_rate_expected_is_not_above_the_rate_of_today_the_traditional_account_always_varies_more() -> None:
    assert variation_threshold(0.24, 0.24, 0.001) == math.inf
    assert variation_threshold(0.24, 0.20, 0.0) == math.inf
    assert variation_threshold(0.24, 0.30, 0.0) == 0.0  # no risk of the rate at all


def uncertain_law() -> Landscape:
    """Three flat laws, one for each later rate."""
    laws = [flat_law(rate).regimes[0] for rate in LATER]
    named = tuple(replace(one, name=f"{rate:.0%}") for one, rate in zip(laws, LATER, strict=True))
    return replace(flat_law(RATE_NOW), regimes=named, initial=np.array([1.0, 0.0, 0.0]), hazards=np.zeros((3, 3)))


def after_tax(kind: str, balance: float, variation: float, seed: int) -> np.ndarray:
    """What is left after tax when all of an account is taken out after YEARS of lognormal growth, on every path."""
    text = single() + person(to_age=60 + YEARS) + account(kind, balance) + QUIET
    text += '[spending]\nrule = "flat"\nflat_amount = 0\n'
    text += f'[[goals]]\nname = "all of it"\nyear = {START + YEARS}\namount = 1_000_000\n'
    one = household(text)
    generator = np.random.default_rng(seed)
    each = math.log1p(variation**2) / YEARS  # of the logarithm of a year's growth
    growth = np.exp(generator.normal(0.05, math.sqrt(each), (PATHS, YEARS + 1)))
    regime = np.zeros((PATHS, YEARS + 1), dtype=np.int64)
    regime[:, 1:] = generator.choice(3, PATHS, p=list(LATER.values()))[:, None]
    laws = LawPaths(regime, np.full(PATHS, NEVER, dtype=np.int64))
    market = market_of(growth - 1.0, np.zeros((PATHS, YEARS + 1)), one.market.growth)
    outcome = simulate(one, uncertain_law(), (PLAIN,), market, laws)
    return np.asarray(outcome.flows["goals"][0, :, YEARS])


@pytest.mark.parametrize("variation", [0.07, THRESHOLD, 0.16, 0.40])
def test_the_simulated_traditional_account_has_the_lower_variance_above_the_threshold(variation: float) -> None:
    traditional = after_tax("traditional_ira", 10_000, variation, seed=5)
    roth = after_tax("roth_ira", 7_600, variation, seed=5)
    found = ratio_of_variances(traditional, roth)
    mean, variance = moments()
    square = variation**2
    analytic = ((1 - mean) ** 2 + variance) * (1 + square) - (1 - mean) ** 2
    analytic /= (1 - RATE_NOW) ** 2 * square
    assert found.value == pytest.approx(analytic, abs=4 * found.standard_error)
    if variation == THRESHOLD:
        assert found.value == pytest.approx(1.0, abs=4 * found.standard_error + 0.01)  # the threshold is rounded
    else:
        assert (found.value < 1.0 - 4 * found.standard_error) == (variation > THRESHOLD)
    assert traditional.mean() / roth.mean() == pytest.approx(7_120 / 7_600, abs=0.002)


def test_without_growth_only_the_traditional_account_varies() -> None:
    traditional = after_tax("traditional_ira", 10_000, 0.0, seed=6)
    roth = after_tax("roth_ira", 7_600, 0.0, seed=6)
    assert (traditional / roth).std() * 7_600 == pytest.approx(299.3, rel=0.02)
    assert roth.std() < 0.01


def test_the_ratio_of_variances_has_the_standard_error_of_a_bootstrap() -> None:
    generator = np.random.default_rng(9)
    other = generator.lognormal(0.0, 0.4, 1_500)
    one = other * generator.normal(0.9, 0.05, 1_500)
    found = ratio_of_variances(one, other)
    drawn = []
    for _ in range(500):
        chosen = generator.integers(0, 1_500, 1_500)
        drawn.append(one[chosen].var() / other[chosen].var())
    assert found.standard_error == pytest.approx(float(np.std(drawn)), rel=0.2)
    doubled = ratio_of_variances(2.0 * one, 2.0 * other)
    assert doubled.value == pytest.approx(found.value)
    assert doubled.standard_error == pytest.approx(found.standard_error)
