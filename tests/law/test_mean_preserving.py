"""Landscapes that keep the mean: the expectation by the chain's exact chances is current law, each year, each rate."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from rothwell.errors import InputError
from rothwell.law import law_record
from rothwell.law.figures import figures
from rothwell.law.indexing import Growth
from rothwell.law.landscape import Landscape, load_landscape, read_landscape
from rothwell.law.landscape_drift import Reverting, drift_deviations
from rothwell.law.landscape_means import landscape_tables
from rothwell.law.timeline import slots_of

START, YEARS = 2026, 30
RATES = ("rate_schedule.rate", "capital_gains.rate")
TIGHT = 1e-12
DRIFT = """
[drift]
ordinary = { deviation = 1.5, reversion = 0.05 }
gains = { deviation = 1.0, reversion = 0.2 }
"""


def keeping(name: str, drift: str = "") -> Landscape:
    """A shipped landscape that keeps its mean, with a drift or without."""
    landscape = replace(load_landscape(name), mean_preserving=True, shocks=())
    return landscape if not drift else replace(landscape, drift=read_landscape("[regimes.a]\n" + drift, "d.toml").drift)


def stored_rates(landscape: Landscape, name: str) -> np.ndarray:
    """The rates of every regime, [regime, year, rate]."""
    tables, _ = landscape_tables(landscape, START, YEARS, Growth(), (0, 1))
    return tables.stored[:, :, slots_of(name)]


def chances_by_hand(landscape: Landscape) -> np.ndarray:
    """The chance of each regime in each year, by walking over years one by one; shares no code with the product."""
    leaving = [sum(row) for row in landscape.hazards.tolist()]
    now, found, waiting = landscape.initial.tolist(), [], 1.0 if START % 2 else 2.0
    for year in range(START, START + YEARS):
        if year > START and year % 2 == 1:
            after = [0.0] * len(now)
            for source, chance in enumerate(now):
                goes = 1.0 - math.pow(1.0 - leaving[source], waiting)
                after[source] += chance * (1.0 - goes)
                for target, hazard in enumerate(landscape.hazards[source].tolist()):
                    if hazard > 0.0:
                        after[target] += chance * goes * hazard / leaving[source]
            now, waiting = after, 1.0
        elif year > START:
            waiting += 1.0
        found.append(now)
    return np.array(found)


def current_rates(name: str) -> np.ndarray:
    """The statutory rates of current law by year."""
    section, field = name.split(".")
    records = [law_record(START + year, figures(), Growth())[0] for year in range(YEARS)]
    return np.array([record[section][field] for record in records])


@pytest.mark.parametrize("name", ["default", "pessimist"])
@pytest.mark.parametrize("figure", RATES)
def test_the_expectation_of_every_rate_is_that_of_current_law_in_every_year(name: str, figure: str) -> None:
    landscape = keeping(name)
    rates, likely = stored_rates(landscape, figure), chances_by_hand(landscape)
    expected = np.einsum("yk,kyj->yj", likely, rates)
    assert np.abs(expected - current_rates(figure)).max() < TIGHT
    spread = rates.max(axis=0) - rates.min(axis=0)
    assert spread[5:].max() > 0.02  # the risk is still there


def test_before_the_shift_the_expectation_is_not_that_of_current_law() -> None:
    landscape = replace(keeping("default"), mean_preserving=False)
    expected = np.einsum("yk,kyj->yj", chances_by_hand(landscape), stored_rates(landscape, RATES[0]))
    assert np.abs(expected - current_rates(RATES[0]))[10:].min() > 1e-3


def test_another_hazard_than_that_of_the_chain_would_be_seen() -> None:
    landscape = keeping("default")
    likely = chances_by_hand(replace(landscape, hazards=landscape.hazards * 1.01))
    expected = np.einsum("yk,kyj->yj", likely, stored_rates(landscape, RATES[0]))
    assert np.abs(expected - current_rates(RATES[0])).max() > 1e-5


def floored_mean(rate: float, deviation: float) -> float:
    """E max(0, rate + X) for a normal X, by the upper tail and the density."""
    if deviation == 0.0:
        return max(0.0, rate)
    z = rate / deviation
    return rate * 0.5 * math.erfc(-z / math.sqrt(2.0)) + deviation * math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)


def test_the_formula_of_the_floored_mean_agrees_with_an_integral() -> None:
    grid = np.linspace(-12.0, 12.0, 2_000_001)
    weights = np.exp(-0.5 * grid**2) / math.sqrt(2.0 * math.pi) * (grid[1] - grid[0])
    for rate, deviation in itertools.product((-0.02, 0.0, 0.1, 0.37), (0.005, 0.05)):
        integral = float((np.maximum(0.0, rate + deviation * grid) * weights).sum())
        assert floored_mean(rate, deviation) == pytest.approx(integral, abs=1e-9)


@pytest.mark.parametrize(
    ("figure", "which", "deviation", "reversion"), [(RATES[0], 0, 1.5, 0.05), (RATES[1], 1, 1.0, 0.2)]
)
def test_with_a_drift_the_floor_at_zero_is_in_the_expectation(
    figure: str, which: int, deviation: float, reversion: float
) -> None:
    landscape = keeping("pessimist", DRIFT)
    rates, likely = stored_rates(landscape, figure), chances_by_hand(landscape)
    current = current_rates(figure)
    for year in range(YEARS):
        since = year if (START + year) % 2 == 1 else max(0, year - 1)  # the points of the last year of change hold
        kept = (1.0 - reversion) ** 2
        variance = sum(kept**step for step in range(since))
        points = 0.01 * deviation * math.sqrt(variance)
        for bracket in range(current.shape[1]):
            mean = sum(
                float(chance) * (floored_mean(float(rate), points) if rate != 0.0 else 0.0)
                for chance, rate in zip(likely[year], rates[:, year, bracket], strict=True)
            )
            assert mean == pytest.approx(current[year, bracket], abs=TIGHT), (year, bracket)
    assert drift_deviations(landscape.drift, 3, lambda _: True)[2, which] > 0.0  # type: ignore[arg-type]


def test_a_rate_of_zero_in_current_law_stays_zero_in_every_regime() -> None:
    assert (stored_rates(keeping("pessimist", DRIFT), RATES[1])[:, :, 0] == 0.0).all()


def test_shocks_are_off_where_the_mean_is_kept() -> None:
    shock = '[[shocks]]\nkind = "step_up_repeal"\nwindow = [2029, 2030]\nprobability = 1.0\n'
    text = f"mean_preserving = true\n[regimes.current]\n{shock}"
    assert read_landscape(text, "m.toml").shocks == ()
    assert read_landscape(text.replace("true", "false"), "m.toml").shocks != ()


def test_a_mean_that_cannot_be_kept_is_refused() -> None:
    none = '[[regimes.none.set]]\nfigure = "capital_gains.rate"\nvalue = [0.0, 0.0, 0.0]\n'
    text = f"mean_preserving = true\n[regimes.none]\n{none}"
    with pytest.raises(InputError, match=r"no shift of capital_gains\.rate keeps its mean"):
        landscape_tables(read_landscape(text, "m.toml"), START, 5, Growth(), (0,))


def test_the_deviation_of_a_drift_is_that_of_its_recursion() -> None:
    one = Reverting(1.5, 0.1)
    paths = one.path(np.random.default_rng(3).standard_normal((200_000, 12)))
    assert (paths[:, 0] == 0.0).all()
    for year in (1, 5, 11):
        exact = one.deviation_after(year)
        assert exact == pytest.approx(1.5 * math.sqrt((1 - 0.81**year) / (1 - 0.81)))  # the sum of a geometric series
        assert paths[:, year].std() == pytest.approx(exact, rel=4.0 / math.sqrt(2.0 * 200_000))
        assert abs(paths[:, year].mean()) < 4.0 * exact / math.sqrt(200_000)
    slow = np.corrcoef(paths[:, 10], paths[:, 11])[0, 1]
    assert slow == pytest.approx(0.9 * one.deviation_after(10) / one.deviation_after(11), abs=0.005)
