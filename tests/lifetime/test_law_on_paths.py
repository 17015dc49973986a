"""The law on paths: what the loop computes from a path's own prices is what the loader projects, regime by regime."""

from __future__ import annotations

import numba
import numpy as np
import pytest

from rothwell.law import HEAD, JOINT, SINGLE, law_record, record_type
from rothwell.law.indexing import Growth
from rothwell.law.landscape import NEVER, law_paths, load_landscape
from rothwell.law.timeline import LawTables, law_tables, set_law_of_year, write_changes, write_indexed, write_stored
from rothwell.lifetime.markets import draw_uniforms, market_of
from rothwell.lifetime.scenario import LAW_READ
from tests.lifetime.runs import LONGEST, START

GROWTHS = (Growth(), Growth(0.04, 0.001, 0.02, -0.01), Growth(-0.01, 0.0, 0.0, 0.0))
YEARS = (0, 1, 2, 3, 7, 20, 45)
PATHS = 40_000
STANDARD_ERRORS = 4.0


@numba.njit
def _law_of_year(flat: np.ndarray, tables: LawTables, regime: int, status: int, year: int, levels: np.ndarray) -> None:
    set_law_of_year(flat, np.empty_like(flat), tables, regime, status, year, levels)


def read_by_a_life(record: np.void, status: int) -> dict[str, np.ndarray]:
    """Every figure that a simulated year reads, for one filing status."""
    found = {}
    for section in LAW_READ:
        for field in record[section].dtype.names:
            value = np.asarray(record[section][field])
            by_status = value.ndim > 0 and value.shape[0] == 6  # the filing statuses
            found[f"{section}.{field}"] = value[status] if by_status else value
    return found


@pytest.mark.parametrize("growth", GROWTHS, ids=("usual", "fast", "falling"))
def test_the_law_of_a_path_with_steady_prices_is_the_projected_law(growth: Growth) -> None:
    regimes = load_landscape("default").regimes
    tables, _ = law_tables(regimes, START, LONGEST, growth, (SINGLE, JOINT, HEAD), LAW_READ)
    levels = market_of(np.zeros((1, LONGEST)), np.full((1, LONGEST), growth.inflation), growth).levels[0]
    compared = 0
    for position, regime in enumerate(regimes):
        for year in YEARS:
            expected, _ = law_record(START + year, regime.figures(), growth)
            for status in (SINGLE, JOINT, HEAD):
                law = np.zeros(1, record_type())
                _law_of_year(law.view(np.float64), tables, position, status, year, levels)
                wanted, found = read_by_a_life(expected, status), read_by_a_life(law[0], status)
                for name, value in wanted.items():
                    if np.isnan(value).any():
                        continue  # not in the law of that year
                    same = np.isclose(found[name], value, rtol=1e-9, atol=0.0).all()
                    assert same, (regime.name, START + year, status, name)
                    compared += value.size
    assert compared > 10_000


def test_the_law_of_the_year_before_becomes_that_of_the_year() -> None:
    """Written year after year by its changes alone, with rates that drift in between, the law is that written whole."""
    regimes = load_landscape("default").regimes
    growth = GROWTHS[0]
    tables, _ = law_tables(regimes, START, LONGEST, growth, (SINGLE, JOINT, HEAD), LAW_READ)
    levels = market_of(np.zeros((1, LONGEST)), np.full((1, LONGEST), growth.inflation), growth).levels[0]
    for position in range(len(regimes)):
        law = np.zeros(1, record_type())
        flat, amounts = law.view(np.float64), np.empty(law.view(np.float64).size)
        for year in range(LONGEST):
            whole = np.zeros(1, record_type())
            _law_of_year(whole.view(np.float64), tables, position, JOINT, year, levels)
            if year == 0:
                write_stored(flat, tables, position, year)
            else:
                write_changes(flat, tables, position, year)
            write_indexed(flat, amounts, tables, position, JOINT, year, levels)
            wanted, found = read_by_a_life(whole[0], JOINT), read_by_a_life(law[0], JOINT)
            assert all(np.array_equal(found[name], value, equal_nan=True) for name, value in wanted.items()), year
            law["rate_schedule"]["rate"] += 0.01
            law["capital_gains"]["rate"] += 0.01


def test_the_points_of_the_regimes_are_added_to_every_rate() -> None:
    landscape = load_landscape("default")
    rates = {one.name: one.figures()["rate_schedule.rate"].value(2031).value for one in landscape.regimes}
    assert rates["plus5"] - rates["current"] == pytest.approx([0.05] * 7)
    assert rates["cut"] - rates["current"] == pytest.approx([-0.03] * 7)
    assert rates["high_income"] - rates["current"] == pytest.approx([0, 0, 0, 0.04, 0.06, 0.08, 0.10])
    assert rates["pre2018"] == pytest.approx([0.10, 0.15, 0.25, 0.28, 0.33, 0.35, 0.396])  # Rev. Proc. 2017-58
    gains = {one.name: one.figures()["capital_gains.rate"].value(2031).value for one in landscape.regimes}
    assert gains["high_income"] - gains["current"] == pytest.approx([0.0, 0.05, 0.05])  # zero stays zero


def test_changes_of_law_start_in_odd_years_and_as_often_as_the_landscape_says() -> None:
    landscape, years = load_landscape("default"), 31
    paths = law_paths(landscape, START, years, draw_uniforms(PATHS, years, 5))
    changed = paths.regime[:, 1:] != paths.regime[:, :-1]
    calendar = START + 1 + np.arange(years - 1)
    assert changed[:, calendar % 2 == 0].sum() == 0
    assert (paths.regime[:, 0] == 0).all()
    names = [one.name for one in landscape.regimes]
    yearly = {"plus5": 0.015, "pre2018": 0.010, "high_income": 0.010, "cut": 0.005}  # from `current`, the shipped file
    from_current = {"any": 1.0 - (1.0 - sum(yearly.values())) ** 2}  # two years lie between elections
    for name, hazard in yearly.items():
        from_current[name] = from_current["any"] * hazard / sum(yearly.values())
    before, after = paths.regime[:, :-1][:, calendar % 2 == 1], paths.regime[:, 1:][:, calendar % 2 == 1]
    in_current = before == 0
    for name, chance in from_current.items():
        moved = in_current & ((after != 0) if name == "any" else (after == names.index(name)))
        count = in_current.sum()
        error = np.sqrt(chance * (1 - chance) / count)
        assert abs(moved.sum() / count - chance) < STANDARD_ERRORS * error, name
    back = before == names.index("plus5")
    chance = (1 - (1 - 0.025) ** 2) * 0.020 / 0.025  # to `current` at 0.020, to `cut` at 0.005
    share = (back & (after == 0)).sum() / back.sum()
    assert abs(share - chance) < STANDARD_ERRORS * np.sqrt(chance * (1 - chance) / back.sum())


def test_the_ban_comes_as_often_and_in_the_years_that_the_landscape_says() -> None:
    years = 31
    ban = law_paths(load_landscape("default"), START, years, draw_uniforms(PATHS, years, 6)).ban_from
    happens = ban != NEVER
    assert abs(happens.mean() - 0.30) < STANDARD_ERRORS * np.sqrt(0.3 * 0.7 / PATHS)
    begins = START + ban[happens]
    assert begins.min() == 2029
    assert begins.max() == 2040
    counts = np.bincount(begins - 2029)
    expected = happens.sum() / 12
    assert np.abs(counts - expected).max() < STANDARD_ERRORS * np.sqrt(expected)
    assert (law_paths(load_landscape("current-law"), START, years, draw_uniforms(9, years, 6)).ban_from == NEVER).all()


def test_a_locked_regime_holds_from_the_first_year_after_an_election() -> None:
    landscape = load_landscape("default")
    for position, regime in enumerate(landscape.regimes):
        paths = law_paths(landscape.locked(regime.name), START, 20, draw_uniforms(500, 20, 1))
        assert (paths.regime[:, 0] == 0).all()
        assert (paths.regime[:, 1:] == position).all()  # from 2027
        assert (paths.ban_from == NEVER).all()
    assert landscape.first_change(2026) == 2027
    assert landscape.first_change(2027) == 2029


def test_the_law_of_a_longer_plan_begins_with_that_of_a_shorter_one() -> None:
    landscape = load_landscape("default")
    short = law_paths(landscape, START, 20, draw_uniforms(300, 20, 1))
    long = law_paths(landscape, START, 60, draw_uniforms(500, 60, 1))
    assert (long.regime[:300, :20] == short.regime).all()
    assert (long.ban_from[:300] == short.ban_from).all()
