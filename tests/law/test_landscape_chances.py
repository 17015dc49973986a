"""The chances of a landscape worked by hand, and drawn paths that agree with them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rothwell.law.indexing import Growth, series
from rothwell.law.landscape import KINDS, NEVER, LawDraws, Shock, chances, law_paths, load_landscape, read_landscape
from rothwell.law.landscape_shocks import first_years, shock_terms

START, YEARS, PATHS = 2026, 40, 40_000
STANDARD_ERRORS = 4.0

TWO = """
[regimes.a]
[regimes.b]
[[transitions]]
from = "a"
to = "b"
hazard = 0.1
"""


def test_two_years_of_a_hazard_meet_after_each_election() -> None:
    # By hand: in 2027, the year after an election, two years have passed since 2025: 1 - 0.9^2 = 0.19.
    exact = chances(read_landscape(TWO, "t.toml"), START, 8)[:, 1]
    assert exact == pytest.approx([0.0, 0.19, 0.19, 1 - 0.9**4, 1 - 0.9**4, 1 - 0.9**6, 1 - 0.9**6, 1 - 0.9**8])


def test_without_elections_the_hazard_is_met_every_year() -> None:
    yearly = chances(read_landscape("elections_only = false\n" + TWO, "t.toml"), START, 5)[:, 1]
    assert yearly == pytest.approx([0.0, 0.1, 0.19, 0.271, 0.3439])


def test_a_plan_that_begins_after_an_election_waits_two_years() -> None:
    assert chances(read_landscape(TWO, "t.toml"), 2027, 4)[:, 1] == pytest.approx([0.0, 0.0, 0.19, 0.19])


def test_the_chance_that_the_default_law_is_still_in_force_by_hand() -> None:
    # From `current` with 0.015 + 0.010 + 0.010 + 0.005 = 0.04 a year; 2027: 1 - 0.96^2 = 0.0784 leave, 0.9216 stay.
    # 2029: of those 0.9216 stay again. Seven eighths of the others leave their regime at 0.025 a year, that is
    # 1 - 0.975^2 = 0.049375, four fifths of it for `current`; the eighth under `cut` returns with 1 - 0.98^2 = 0.0396.
    exact = chances(load_landscape("default"), START, 4)[:, 0]
    assert exact[1] == pytest.approx(0.9216)
    returned = 0.0784 * 7 / 8 * 0.049375 * 0.8 + 0.0784 / 8 * 0.0396
    assert exact[3] == pytest.approx(0.9216**2 + returned)


@pytest.mark.parametrize("name", ["default", "pessimist"])
def test_drawn_regimes_are_as_frequent_as_the_exact_chances(name: str) -> None:
    landscape = load_landscape(name)
    regime = law_paths(landscape, START, YEARS, LawDraws(PATHS, YEARS, 3)).regime
    exact = chances(landscape, START, YEARS)
    assert exact.sum(axis=1) == pytest.approx(np.ones(YEARS))
    for year in (1, 2, 3, 10, 25, 39):
        for position in range(exact.shape[1]):
            p = exact[year, position]
            error = max(np.sqrt(p * (1 - p) / PATHS), 1e-9)
            assert abs((regime[:, year] == position).mean() - p) < STANDARD_ERRORS * error, (year, position)


def test_the_first_regime_is_drawn_with_the_initial_chances() -> None:
    landscape = read_landscape("initial = { a = 0.3, b = 0.7 }\n" + TWO, "t.toml")
    share = (law_paths(landscape, START, 3, LawDraws(PATHS, 3, 1)).regime[:, 0] == 1).mean()
    assert abs(share - 0.7) < STANDARD_ERRORS * np.sqrt(0.21 / PATHS)


BAN = Shock("mega_backdoor_ban", 0.30, 2029, 2040)


@pytest.mark.parametrize(
    ("year", "chance"),
    [
        (2028, 0.0),
        (2029, 0.025),  # 0.30 / 12: the first of twelve years
        (2034, 0.15),  # six of the twelve
        (2040, 0.30),
        (2060, 0.30),
    ],
)
def test_the_chance_that_a_shock_has_come_by_a_year(year: int, chance: float) -> None:
    assert BAN.chance_by(year, START) == pytest.approx(chance)


def test_a_plan_that_begins_within_the_window_knows_that_nothing_has_happened_yet() -> None:
    # By hand, start 2034: six of twelve years have passed without it, so 0.15 of the remaining 0.85 are left.
    assert BAN.chance_by(2034, 2034) == 0.0
    assert BAN.chance_by(2035, 2034) == pytest.approx(0.025 / 0.85)
    assert BAN.chance_by(2040, 2034) == pytest.approx(0.15 / 0.85)
    assert BAN.chance_by(2050, 2041) == 0.0
    begins = first_years(BAN, 2034, np.random.default_rng(1).random(PATHS))
    happens = begins != NEVER
    assert begins[happens].min() == 1
    assert begins[happens].max() == 6
    share = 0.15 / 0.85
    assert abs(happens.mean() - share) < STANDARD_ERRORS * np.sqrt(share * (1 - share) / PATHS)
    assert (first_years(BAN, 2041, np.random.default_rng(1).random(PATHS)) == NEVER).all()
    certain = replace(BAN, probability=1.0)
    assert (first_years(certain, 2050, np.random.default_rng(1).random(9)) == NEVER).all()


@pytest.mark.parametrize("name", ["default", "pessimist"])
def test_every_shock_comes_as_often_and_when_its_file_says(name: str) -> None:
    landscape = load_landscape(name)
    found = law_paths(landscape, START, YEARS, LawDraws(PATHS, YEARS, 7)).shock_from
    for shock in landscape.shocks:
        begins = found[:, KINDS.index(shock.kind)]
        for year in range(shock.first_year - 1, shock.last_year + 2):
            p = shock.chance_by(year, START)
            share = (begins <= year - START).mean()
            assert abs(share - p) <= STANDARD_ERRORS * np.sqrt(p * (1 - p) / PATHS), (shock.kind, year)


def test_shocks_are_independent_and_each_draws_from_its_own_stream() -> None:
    landscape = load_landscape("pessimist")
    whole = law_paths(landscape, START, YEARS, LawDraws(PATHS, YEARS, 7))
    for number, shock in enumerate(landscape.shocks):
        others = replace(landscape, shocks=landscape.shocks[:number] + landscape.shocks[number + 1 :])
        without = law_paths(others, START, YEARS, LawDraws(PATHS, YEARS, 7))
        kept = [kind for kind in range(len(KINDS)) if KINDS[kind] != shock.kind]
        assert (without.shock_from[:, kept] == whole.shock_from[:, kept]).all()
        assert (without.regime == whole.regime).all()
    happens = (whole.shock_from != NEVER).astype(float)
    correlations = np.corrcoef(happens.T) - np.eye(len(KINDS))
    assert np.abs(correlations).max() < STANDARD_ERRORS / np.sqrt(PATHS)


def test_a_path_keeps_its_law_whatever_the_number_of_paths_and_years() -> None:
    for name in ("default", "historical"):
        landscape = load_landscape(name)
        few = law_paths(landscape, START, 20, LawDraws(100, 20, 5))
        many = law_paths(landscape, START, 60, LawDraws(300, 60, 5))
        assert (many.regime[:100, :20] == few.regime).all()
        assert (many.shock_from[:100] == few.shock_from).all()
        if few.points.size:
            assert (many.points[:100, :20] == few.points).all()
        first = many.first(100)
        assert (first.regime == many.regime[:100]).all()
        assert first.shocks == many.shocks


def test_amounts_of_a_base_year_before_and_after_the_start() -> None:
    ban = Shock("conversion_ban", 1.0, 2027, 2027, taxable_income_over=(100.0,) * 6, base_year=2026)
    now = shock_terms((ban,), START, Growth())
    # The amount of 2026 is indexed by the prices of 2025, so that of 2027 has grown by those of 2026 over 2025.
    index = series("c_cpi_u")
    expected = 100.0 * index.level(2026, Growth())[0] / index.level(2025, Growth())[0]
    assert now.taxable_income_over == pytest.approx([expected] * 6)
    assert now.income_since == 0
    later = shock_terms((replace(ban, base_year=2031),), START, Growth())
    assert (later.taxable_income_over[0], later.income_since) == (100.0, 4)  # prices of 2030 are those of its base
    none = shock_terms((), START, Growth())
    assert np.isinf([*none.taxable_income_over, none.balance_over, none.roth_first_over]).all()
    assert none.benefits_kept == 1.0
