"""Social Security before any plan: primary insurance amounts, claiming, survivors."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from rothwell.law.figures import figure
from rothwell.law.indexing import Growth, series
from rothwell.law.lives import MONTHS, contribution_and_benefit_base, full_retirement_months
from rothwell.tax.claiming import (
    claiming_month,
    full_month_of_survivor,
    full_retirement_month,
    month_of_age,
    months_credited,
    retirement_share,
    spouse_share,
    survivor_amount,
    survivor_share,
)
from rothwell.tax.primary_insurance import (
    amount_of_earnings,
    average_indexed_monthly_earnings,
    computation_years,
    down_to,
    eligible_year,
    fully_insured,
    primary_insurance_amount,
    quarters_of_coverage,
    with_cost_of_living,
    year_of_age,
)

WORKSHEETS = Path(__file__).resolve().parents[1] / "worksheets"
GROWTH = Growth()


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a worksheet of expected values."""
    with (WORKSHEETS / f"{name}.csv").open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("row", rows("primary_insurance"), ids=lambda row: row["id"])
def test_primary_insurance_amounts_of_the_worksheet(row: dict[str, str]) -> None:
    eligible, through = int(row["eligible"]), int(row["through"])
    amount = primary_insurance_amount(float(row["monthly_earnings"]), eligible, GROWTH)
    assert with_cost_of_living(amount, eligible, through, GROWTH) == float(row["amount"])


@pytest.mark.parametrize("row", rows("claiming_shares"), ids=lambda row: row["id"])
def test_claiming_shares_of_the_worksheet(row: dict[str, str]) -> None:
    born, years, months = date.fromisoformat(row["birth_date"]), int(row["years"]), int(row["months"])
    full = full_retirement_month(born)
    claimed = month_of_age(born, years, months)
    if row["kind"] == "own":
        claimed = claiming_month(born, years, months)
        share = retirement_share(claimed, full, months_credited(claimed, born))
    elif row["kind"] == "spouse":
        share = spouse_share(claimed, full)
    else:
        share = survivor_share(claimed, born)
    assert share == pytest.approx(float(row["share"]), abs=1e-10)


@pytest.mark.parametrize("row", rows("maximum_benefits"), ids=lambda row: row["id"])
def test_the_largest_benefits_that_the_government_publishes(row: dict[str, str]) -> None:
    born = date.fromisoformat(row["birth_date"])
    year, month = (int(part) for part in row["retires"].split("-"))
    earned = {of: contribution_and_benefit_base(of) for of in range(year_of_age(born, 22), year)}
    claimed, full = MONTHS * year + month - 1, full_retirement_month(born)
    amount, eligible = amount_of_earnings(born, earned, None, year, GROWTH)
    paid = amount * retirement_share(claimed, full, months_credited(claimed, born))
    assert down_to(paid, 1.0) == float(row["benefit"])
    if row["monthly_earnings"]:
        average = average_indexed_monthly_earnings(earned, eligible, computation_years(born, eligible), GROWTH)
        assert average == float(row["monthly_earnings"])


def test_cost_of_living_increases_of_the_worksheet() -> None:
    # M7 of the collection, 42 USC 415(i)(2)(A): 2,008.00 x 1.036 = 2,080.288; paid 2,080, 42 USC 415(g).
    increased = with_cost_of_living(2_008.0, 2026, 2027, GROWTH)
    assert increased == 2_080.20
    assert down_to(increased, float(figure("pia.rounding_of_payment").value(2026).value)) == 2_080.0
    assert with_cost_of_living(1_000.0, 2027, 2029, Growth(inflation=0.01)) == 1_020.1


def test_contribution_base_by_rule() -> None:
    # M8: 60,600 x 72,800.33 / 22,935.42 = 192,353, to the nearest 300; earlier ones as published.
    assert contribution_and_benefit_base(2027) == 192_300.0
    assert float(figure("oasdi.wage_base").by_rule(2027).value) == 192_300.0
    assert [contribution_and_benefit_base(year) for year in (1951, 1972, 1990, 2019, 2020)] == [
        3_600.0,
        9_000.0,
        51_300.0,
        132_900.0,
        137_700.0,
    ]
    wages = series("awi")
    for year in (1995, 2003, 2009, 2014, 2019):  # 42 USC 430(b), in years with a cost-of-living increase
        raw = 60_600 * wages.values[year - 2] / wages.values[1992]
        assert contribution_and_benefit_base(year) == round(raw / 300) * 300


def test_bend_points_since_1979_follow_from_their_rule() -> None:
    # SSA, benefit formula bend points: first of each decade, and 2011, in which the wage index had fallen.
    published = {1979: (180, 1_085), 1990: (356, 2_145), 2000: (531, 3_202), 2009: (744, 4_483), 2011: (749, 4_517)}
    for year, points in published.items():
        assert tuple(figure("pia.bend_point").by_rule(year).value) == points


@pytest.mark.parametrize(
    ("born", "year", "month"),
    [
        (date(1960, 1, 1), 2021, 12),
        (date(1960, 1, 2), 2022, 1),
        (date(1960, 6, 1), 2022, 5),
        (date(1960, 6, 2), 2022, 6),
    ],
)
def test_an_age_is_attained_on_the_day_before_the_birthday(born: date, year: int, month: int) -> None:
    # 20 CFR 404.2(c)(4): somebody born on 1 January 1960 reached 62 on 31 December 2021.
    assert eligible_year(born) == year
    assert month_of_age(born, 62) == MONTHS * year + month - 1


def test_nobody_is_paid_for_a_month_in_which_62_is_reached() -> None:
    # 42 USC 402(a)(B): the first month throughout which one is 62; on the 1st or 2nd that is the month of the birthday.
    for day, first in ((1, 6), (2, 6), (3, 7), (30, 7)):
        assert claiming_month(date(1964, 6, day), 62, 0) == MONTHS * 2026 + first - 1
        assert claiming_month(date(1964, 6, day), 62, 1) == MONTHS * 2026 + first - 1 + (day == 2)
    assert claiming_month(date(1964, 6, 30), 64, 2) == MONTHS * 2028 + 7


def test_full_retirement_months_by_birth() -> None:
    # 20 CFR 404.409(a): born 2 January 1959 to 1 January 1960: 66 and 10 months; survivors: two years of birth later.
    assert full_retirement_months(1943) == 66 * 12
    assert full_retirement_month(date(1960, 1, 1)) == MONTHS * (1959 + 66) + 11 + 10
    assert full_retirement_month(date(1960, 1, 2)) == MONTHS * (1960 + 67)
    survivors = {1956: 66 * 12, 1957: 66 * 12 + 2, 1961: 66 * 12 + 10, 1962: 67 * 12, 1990: 67 * 12}
    for year, age in survivors.items():
        assert full_month_of_survivor(date(year, 6, 15)) == MONTHS * year + 5 + age


def test_a_worker_who_dies_young_averages_fewer_years() -> None:
    # 42 USC 415(b)(2)(A): elapsed years after 21 less five; 40 less 5 at 62, 30 less 5 for a death ten years earlier.
    born = date(1960, 6, 15)
    assert [computation_years(born, year) for year in (2022, 2021, 2012, 1990, 1985)] == [35, 34, 25, 3, 2]


def test_indexed_earnings_by_hand() -> None:
    # Two years of 50,000: one indexed to 2024, the second year before 62, one after it; 420 months.
    wages = series("awi").values
    earnings = {2010: 50_000.0, 2025: 50_000.0}
    by_hand = int((50_000 * wages[2024] / wages[2010] + 50_000) / 420)
    assert average_indexed_monthly_earnings(earnings, 2026, 35, GROWTH) == by_hand
    with_excess = {**earnings, 2024: 900_000.0}  # no more counts than the base, 168,600
    of_three = int((50_000 * wages[2024] / wages[2010] + 50_000 + 168_600) / 420)
    assert average_indexed_monthly_earnings(with_excess, 2026, 35, GROWTH) == of_three
    assert average_indexed_monthly_earnings(with_excess, 2026, 1, GROWTH) == 168_600 // 12


def test_forty_quarters_make_a_worker_insured() -> None:
    # 42 USC 413(d)(2): 1,810 of 2025 for a quarter, 7,240 for four; 414(a): 40 in all, or one a year after 21 at death.
    assert quarters_of_coverage({2025: 7_240.0, 2024: 7_000.0, 2023: 1_639.0}, GROWTH) == 4 + 4 + 0
    assert quarters_of_coverage({1970: 200.0, 1971: 120.0, 1978: 1_000.0}, GROWTH) == 4 + 2 + 4
    born = date(1964, 6, 15)
    assert not fully_insured(39, born, None)
    assert fully_insured(40, born, None)
    assert fully_insured(6, born, 1990)  # four years from 22 to 1989, but no fewer than six
    assert not fully_insured(23, born, 2010)  # 24 years from 22 to 2009
    ten_years = dict.fromkeys(range(2016, 2026), 30000.0)
    assert amount_of_earnings(born, ten_years, None, 2026, GROWTH)[0] > 0.0
    del ten_years[2016]
    assert amount_of_earnings(born, ten_years, None, 2026, GROWTH)[0] == 0.0


def test_a_survivor_of_somebody_who_claimed_early_has_at_least_82_5_percent() -> None:
    # 42 USC 402(e)(2)(D), SSR 86-1a: the reduced amount, at most the larger of what was paid and 82.5 percent.
    assert survivor_amount(1_000.0, 700.0, True, 1.0) == 825.0
    assert survivor_amount(1_000.0, 900.0, True, 1.0) == 900.0
    assert survivor_amount(1_000.0, 700.0, True, 0.75) == 750.0
    assert survivor_amount(1_240.0, 1_240.0, False, 1.0) == 1_240.0
    assert survivor_amount(1_240.0, 1_240.0, False, 0.715) == pytest.approx(886.60)
