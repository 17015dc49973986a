"""The record of rates since 1954, and what the historical landscape draws from it."""

from __future__ import annotations

import csv
from importlib import resources

import numpy as np
import pytest

from rothwell.law.landscape import LawDraws, law_paths, load_landscape
from rothwell.law.landscape_drift import record

SURTAXES = {1968: 0.075, 1969: 0.10, 1970: 0.025, 1981: -0.0125}  # the last is the credit of 1.25 percent
EXEMPT = 15_000  # of the surtaxes
TOP_RATES = {  # IRS SOI, Historical Table 23
    1954: 91.0, 1963: 91.0, 1964: 77.0, 1965: 70.0, 1968: 75.25, 1969: 77.0, 1970: 71.75, 1971: 70.0, 1981: 69.125,
    1982: 50.0, 1987: 38.5, 1988: 28.0, 1991: 31.0, 1993: 39.6, 2001: 39.1, 2002: 38.6, 2003: 35.0, 2013: 39.6,
    2018: 37.0, 2026: 37.0,
}  # fmt: skip


def table(name: str) -> list[dict[str, str]]:
    text = resources.files("rothwell.law").joinpath(f"tables/{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def schedule_of(year: int) -> list[tuple[float, float]]:
    """Rates and the incomes above which they apply, of the last year of change."""
    rows = table("joint_schedules_since_1954")
    latest = max(int(row["first_year"]) for row in rows if int(row["first_year"]) <= year)
    return [(float(row["rate"]), float(row["over"])) for row in rows if int(row["first_year"]) == latest]


def test_the_table_of_rates_follows_from_the_schedules_and_the_prices() -> None:
    rows = {int(row["year"]): row for row in table("rates_since_1954")}
    assert sorted(rows) == list(range(1954, 2027))
    for year, row in rows.items():
        schedule = schedule_of(year)
        untaxed = schedule[1][1] if schedule[0][0] == 0.0 else 0.0
        for name in (name for name in row if name.startswith("at_")):
            income = int(name.removeprefix("at_"))
            nominal = income * float(row["cpi_u"]) / float(rows[2026]["cpi_u"]) + untaxed
            rate = [rate for rate, over in schedule if nominal > over][-1]
            surtax = 0.0 if income == EXEMPT and year != 1981 else SURTAXES.get(year, 0.0)
            assert float(row[name]) == pytest.approx(rate * (1.0 + surtax), abs=1e-3), (year, name)


def test_the_top_rates_are_those_of_the_statistics_of_income() -> None:
    rows = {int(row["year"]): row for row in table("rates_since_1954")}
    for year, rate in TOP_RATES.items():
        assert float(rows[year]["top"]) == pytest.approx(rate), year
    tops = np.array([float(rows[year]["top"]) for year in range(1954, 2010)])
    assert (
        int((np.diff(tops) != 0.0).sum()) >= 15
    )  # "changed in 15 of the 55 years": here surtaxes and the credit count too


def test_the_incomes_of_the_record_lie_one_within_each_bracket_of_today() -> None:
    assert record()[-1] == pytest.approx([0.10, 0.12, 0.22, 0.24, 0.32, 0.35, 0.37, 0.20])
    assert record().shape == (73, 8)


def test_changes_are_drawn_in_blocks_of_consecutive_years_of_the_record() -> None:
    points = law_paths(load_landscape("historical"), 2026, 31, LawDraws(400, 31, 2)).points
    moves = np.diff(points, axis=1)  # the moves of years 1 to 30: six blocks of five
    changes = np.diff(record(), axis=0)
    ring = np.concatenate([changes, changes[:4]])
    bounds_touched = matched = 0
    for path in range(100):
        for block in range(6):
            drawn = moves[path, 5 * block : 5 * block + 5]
            found = any(
                np.allclose(drawn, sign * ring[year : year + 5], atol=1e-12)
                for sign in (1.0, -1.0)
                for year in range(len(changes))
            )
            matched += found
            bounds_touched += not found
    assert matched > 5 * bounds_touched  # the others have met a bound
    now = record()[-1]
    assert (points + now).min() >= -1e-15
    assert (points + now - record().max(axis=0)).max() <= 1e-15
    assert (points[:, 0] == 0.0).all()


def test_rates_go_up_as_often_as_down() -> None:
    points = law_paths(load_landscape("historical"), 2026, 31, LawDraws(20_000, 31, 4)).points
    early = points[:, 6]
    errors = early.std(axis=0) / np.sqrt(len(early))
    assert (np.abs(early.mean(axis=0)) < 4.0 * errors + 0.002).all()  # the floor of the lowest rate moves it a little
