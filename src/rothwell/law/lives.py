"""Tables of the law that go by birth: full retirement age, and the chances of death in each year of age; and the
earnings that Social Security taxed and counted in each year."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from rothwell.law.figures import figure
from rothwell.law.indexing import Growth

SEXES = ("female", "male")
MONTHS = 12  # of a year: the calendar


@cache
def rows_of_table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table of the law, by its name in law/tables."""
    text = resources.files("rothwell.law").joinpath(f"tables/{name}.csv").read_text()
    return tuple(csv.DictReader(text.splitlines()))


@cache
def _full_ages() -> dict[int, int]:
    rows = rows_of_table("full_retirement_age")
    return {int(row["birth_year"]): MONTHS * int(row["years"]) + int(row["months"]) for row in rows}


def full_retirement_months(birth_year: int) -> int:
    """Full retirement age in months of age, for a year of birth (a birth on 1 January counts as of the year before).

    Law:    42 USC 416(l)(1), (3); 20 CFR 404.409.
    Units:  months.
    Tests:  test_full_retirement_age_rises_from_65_to_67.
    """
    ages = _full_ages()
    return ages[min(max(birth_year, min(ages)), max(ages))]


@cache
def _earlier_bases() -> dict[int, float]:
    return {int(row["year"]): float(row["base"]) for row in rows_of_table("contribution_and_benefit_base")}


def first_year_of_earnings() -> int:
    """The first year whose earnings count for an average indexed to wages, 42 USC 415(b)(2)(B)(ii)."""
    return min(_earlier_bases())


def contribution_and_benefit_base(year: int, growth: Growth = Growth()) -> float:  # noqa: B008 (immutable)
    """The most of a year's earnings that Social Security taxes and counts.

    Law:    42 USC 430; earlier years by the Acts of their time.
    Units:  dollars of the year.
    Tests:  test_contribution_base_by_rule.
    """
    earlier = _earlier_bases()
    return earlier[year] if year in earlier else float(figure("oasdi.wage_base").value(year, growth).value)


@cache
def death_probabilities(sex: str) -> NDArray[np.float64]:
    """The probability that somebody who reaches an age dies before the next one, [age], of the period life table."""
    return np.array([float(row[sex]) for row in rows_of_table("period_life")])
