"""Index values are averages of the months that BLS published; one value of an index gives every amount of a year."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from rothwell.law import STATUSES, Growth, figure, figures
from rothwell.law.indexing import Rule, series

HERE = Path(__file__).parent
TABLES = resources.files("rothwell.law").joinpath("tables")
AUGUST, MARCH, JUNE = 8, 3, 6
LINK_YEAR = 2016  # the last year that CPI-U carries: IRC 1(f)(3)(B)
SHIFT_OF_REVISIONS = 0.002  # by how much C-CPI-U has been revised at most since 2018
NOT_THE_RULE = {  # amounts of a year that another provision set
    ("earned_income_credit.earned_income_amount", 2021),  # IRC 32(n)(4), without children
    ("earned_income_credit.phase_out_start", 2021),
}
LOWEST = {"rate_schedule.bracket_top": 2, "trust_income.bracket_top": 3}  # brackets of another base before 2026
SUMS = ("earned_income_credit.joint_addition",)  # IRC 32(j)(2) rounds the start and the addition together


def months(name: str) -> dict[tuple[int, int], float]:
    """A monthly table as (year, month) to value."""
    text = TABLES.joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return {
        (int(row["month"][:4]), int(row["month"][5:])): float(row["value"]) for row in csv.DictReader(text.splitlines())
    }


PRICES, CHAINED = months("cpi_u_monthly"), months("c_cpi_u_monthly")


def mean(table: dict[tuple[int, int], float], year: int, last: int) -> float:
    """The average of the published months among the 12 that end with the month `last` of a year."""
    window = [(year - (month > last), month) for month in range(1, 13)]
    return float(np.mean([table[month] for month in window if month in table]))


def expected(index: str, year: int) -> float:
    """An index value from the monthly tables."""
    link = mean(CHAINED, LINK_YEAR, AUGUST) / mean(PRICES, LINK_YEAR, AUGUST)
    if index == "cpi_u_third_quarter":
        return float(np.mean([PRICES[year, month] for month in (7, 8, 9)]))
    if index == "cpi_u_august":
        return mean(PRICES, year, AUGUST)
    last = {"c_cpi_u": AUGUST, "c_cpi_u_march": MARCH, "c_cpi_u_june": JUNE}[index]
    return mean(CHAINED, year, last) if year >= LINK_YEAR else link * mean(PRICES, year, last)


@pytest.mark.parametrize("index", ["c_cpi_u", "c_cpi_u_march", "c_cpi_u_june", "cpi_u_third_quarter", "cpi_u_august"])
def test_index_values_that_are_not_estimated_are_averages_of_published_months(index: str) -> None:
    known = series(index)
    for year in set(known.values) - known.estimated:
        assert known.values[year] == pytest.approx(expected(index, year), abs=1e-6), year


def test_the_third_quarter_of_2026_lacks_only_september() -> None:
    september = PRICES[2026, 8] * 330.654 / 328.481  # CPI-W, SSA, cost-of-living notice of October 2026
    quarter = (PRICES[2026, 7] + PRICES[2026, 8] + september) / 3
    assert series("cpi_u_third_quarter").values[2026] == pytest.approx(quarter, abs=1e-6)


def test_chained_prices_to_august_2026_lack_two_months_and_the_month_never_published() -> None:
    assert (2025, 10) not in PRICES
    assert (2025, 10) not in CHAINED
    grown = {(2026, month): CHAINED[2026, 6] * PRICES[2026, month] / PRICES[2026, 6] for month in (7, 8)}
    assert series("c_cpi_u").values[2026] == pytest.approx(mean(CHAINED | grown, 2026, AUGUST), abs=1e-6)


class Span(NamedTuple):
    """The index values (low included, high not) that give one published amount by its rule."""

    low: float
    high: float
    what: str


def span(rule: Rule, base: float, step: float, amount: float, what: str) -> Span:
    """The index values for which a base grows to a published amount; an increase is rounded from the base."""
    then = series(rule.index).values[rule.base_year] / base
    below, above = (0.0, step) if rule.down else (0.5 * step, 0.5 * step)
    return Span((amount - below) * then, (amount + above) * then, what)


def spans_of_current_rules(year: int) -> Iterator[Span]:
    """Of every amount of a year that chained prices index under the rules in force."""
    for name, one in figures().items():
        rule = one.rule
        if rule is None or rule.index != "c_cpi_u" or year not in one.values or (name, year) in NOT_THE_RULE:
            continue
        legislated = rule.after if rule.after < max(one.values) else 0
        if year <= max(legislated, rule.base_year + 1) or name in SUMS:
            continue
        steps = np.broadcast_to(rule.step, rule.base.shape)
        for place in np.ndindex(rule.base.shape):
            lowest_brackets = place[-1:] < (LOWEST.get(name, 0),) and year < 2026
            if rule.base[place] > 0.0 and not lowest_brackets:
                yield span(rule, rule.base[place], steps[place], one.values[year][place], f"{name} {place}")


def spans_of_sums(year: int) -> Iterator[Span]:
    """Of the joint starts of the earned-income credit's phase-out: start and addition rounded together."""
    start, addition = (figure(f"earned_income_credit.{name}") for name in ("phase_out_start", "joint_addition"))
    assert start.rule is not None
    assert addition.rule is not None
    if year not in start.values or (start.name, year) in NOT_THE_RULE:
        return
    for place in range(len(start.rule.base)):
        growth = sum(
            rule.base[place] / series(rule.index).values[rule.base_year] for rule in (start.rule, addition.rule)
        )
        amount = start.values[year][place] + addition.values[year][place]
        half = 0.5 * float(start.rule.step)
        yield Span((amount - half) / growth, (amount + half) / growth, f"joint start {place}")


def spans_of_earlier_rules(year: int) -> Iterator[Span]:
    """Of the amounts that other rules gave before P.L. 119-21."""
    with (HERE / "earlier_rules.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if not int(row["first"]) <= year <= int(row["last"]):
            continue
        value = figure(row["figure"]).value(year).value[STATUSES.index(row["status"])]
        amount = float(value[int(row["place"])] if row["place"] else value)
        base, step = np.asarray(float(row["base"])), float(row["round"])
        down, of_increase = row["direction"] == "down", row["of"] == "increase"
        rule = Rule("c_cpi_u", int(row["base_year"]), base, np.asarray(step), down, of_increase, 1, row["statute"], 0)
        yield span(rule, float(base), step, amount, f"{row['figure']} {row['status']} {row['place']}")


@pytest.mark.parametrize("year", range(2018, 2027))
def test_one_value_of_chained_prices_gives_every_amount_of_a_year(year: int) -> None:
    found = [*spans_of_current_rules(year), *spans_of_sums(year), *spans_of_earlier_rules(year)]
    assert len(found) > 8
    low, high = max(found, key=lambda one: one.low), min(found, key=lambda one: one.high)
    assert low.low < high.high, f"{low.what} and {high.what} need different index values"
    revised = series("c_cpi_u").values[year - 1]
    assert low.low == pytest.approx(revised, rel=SHIFT_OF_REVISIONS)


@pytest.mark.parametrize("year", [2023, 2024, 2026])
def test_chained_prices_as_first_published_give_every_amount_of_a_year(year: int) -> None:
    announced, _ = series("c_cpi_u").announced(year - 1, Growth())
    for one in (*spans_of_current_rules(year), *spans_of_sums(year), *spans_of_earlier_rules(year)):
        assert one.low <= announced < one.high, one.what


def test_deferral_limits_of_2026_by_hand() -> None:
    """Law: IRC 402(g)(4), 415(d), 414(v)(2)(C), (E); published in Notice 2025-67."""
    now, base = 323.9413, {2005: 196.8667, 2001: 177.7667, 2024: 314.879}  # CPI-U, third quarters
    assert 15_000 + 15_000 * (now / base[2005] - 1) // 500 * 500 == figure("402g").by_rule(2026).value == 24_500
    assert 40_000 + 40_000 * (now / base[2001] - 1) // 1000 * 1000 == figure("415c").by_rule(2026).value == 72_000
    assert 11_250 + 11_250 * (now / base[2024] - 1) // 500 * 500 == 11_250
    assert figure("catch_up.limit_60_63").by_rule(2026).value == 11_250


def test_brackets_of_2026_by_hand() -> None:
    """Law: IRC 1(j)(3)(B) as amended by P.L. 119-21, section 70101; published in Rev. Proc. 2025-32."""
    now, of_2016, of_2017 = 177.11375, 135.993, 138.23675  # C-CPI-U, twelve months to August
    by_rule = figure("brackets").by_rule(2026, Growth()).value
    assert 38_700 * now / of_2016 // 25 * 25 == by_rule[0, 1] == 50_400
    assert 82_500 * now / of_2017 // 25 * 25 == by_rule[0, 2] == 105_700
    assert 165_000 * now / of_2017 // 50 * 50 == by_rule[1, 2] == 211_400
