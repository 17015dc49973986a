"""The break-even rate against its published figures, and the chance of exceeding it by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from rothwell.decision.break_even_rate import (
    CASH,
    EFFICIENT,
    INEFFICIENT,
    IRA,
    Yields,
    break_even_rate,
    share_above,
)

# Passman et al., "A BETR approach to Roth conversions" (Vanguard, August 2025): 35% today; inputs reconstructed.
PUBLISHED = Yields(total=0.06, dividends=0.01, cash=0.02, ordinary_rate=0.35, gains_rate=0.188)
SOURCES = (IRA, EFFICIENT, INEFFICIENT, CASH)


@pytest.mark.parametrize(("source", "rate"), [(IRA, 0.35), (EFFICIENT, 0.301), (INEFFICIENT, 0.235), (CASH, 0.141)])
def test_the_published_break_even_rates_are_reproduced(source: str, rate: float) -> None:
    assert break_even_rate(source, 0.35, 20, PUBLISHED) == pytest.approx(rate, abs=0.001)


def test_break_even_rates_by_hand_after_one_year() -> None:
    """Inefficient: 0.35 x (1 + 0.06 x 0.65) / 1.06; cash: 0.35 x (1 + 0.02 x 0.65) / 1.06. Efficient: the dollar pays
    0.01 x 0.812 out and grows by 0.05; of the value 1.05812 the gain is 0.05, taxed at 18.8%."""
    assert break_even_rate(INEFFICIENT, 0.35, 1, PUBLISHED) == pytest.approx(0.35 * 1.039 / 1.06)
    assert break_even_rate(CASH, 0.35, 1, PUBLISHED) == pytest.approx(0.35 * 1.013 / 1.06)
    assert break_even_rate(EFFICIENT, 0.35, 1, PUBLISHED) == pytest.approx(0.35 * (1.05812 - 0.188 * 0.05) / 1.06)


def test_without_tax_on_the_source_or_without_years_the_break_even_is_the_rate_of_today() -> None:
    untaxed = replace(PUBLISHED, ordinary_rate=0.0, gains_rate=0.0, cash=PUBLISHED.total)
    for source in SOURCES:
        assert break_even_rate(source, 0.24, 30, untaxed) == pytest.approx(0.24)
        assert break_even_rate(source, 0.24, 0, PUBLISHED) == pytest.approx(0.24)


@pytest.mark.parametrize("source", SOURCES)
def test_the_break_even_scales_with_the_rate_of_today_and_never_rises_with_time_or_tax(source: str) -> None:
    rates = [break_even_rate(source, 0.3, years, PUBLISHED) for years in range(1, 40)]
    assert all(later <= before + 1e-12 for before, later in pairwise(rates))
    assert break_even_rate(source, 0.15, 20, PUBLISHED) == pytest.approx(rates[19] / 2.0)
    dearer = replace(PUBLISHED, ordinary_rate=0.45, gains_rate=0.25)
    assert break_even_rate(source, 0.3, 20, dearer) <= rates[19] + 1e-12


def test_the_share_of_years_above_the_limit_counts_the_years_that_are_lived() -> None:
    rates = np.array([[0.10, 0.22, 0.30], [0.22, 0.22, 0.99], [0.10, 0.10, 0.10]])
    lives = np.array([[True, True, True], [True, True, False], [True, True, True]])
    found = share_above(rates, np.array([0.20, 0.22, 0.25]), lives)
    assert found.value == pytest.approx(2 / 8)  # 0.30 above 0.25 and 0.22 above 0.20, of eight years
    moves = (np.array([1.0, 1.0, 0.0]) - found.value * np.array([3.0, 2.0, 3.0])) / (8 / 3)
    assert found.standard_error == pytest.approx(moves.std(ddof=1) / np.sqrt(3))
    assert share_above(rates, np.array([1.0, 1.0, 1.0]), lives).value == 0.0
    assert share_above(rates, np.zeros(3), lives).value == 1.0


def test_a_higher_limit_is_exceeded_no_more_often() -> None:
    generator = np.random.default_rng(2)
    rates, lives = generator.choice([0.1, 0.12, 0.22, 0.24], (300, 20)), np.ones((300, 20), dtype=bool)
    shares = [share_above(rates, np.full(20, limit), lives).value for limit in (0.05, 0.11, 0.2, 0.23, 0.3)]
    assert shares == sorted(shares, reverse=True)
    assert (shares[0], shares[-1]) == (1.0, 0.0)
