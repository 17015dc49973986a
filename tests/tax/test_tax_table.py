"""The Tax Table: rows that the IRS prints, and every row by the rule by which they are made."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from rothwell.law.figures import STATUSES
from rothwell.tax.rate_schedule import tax_by_tax_table
from rothwell.tax.return_file import STATUS_NAMES
from tests.tax.build import law, worksheet

CENT = 0.01
YEARS = (2024, 2025, 2026)
ROWS = 2_062  # of the printed table
WIDTHS = ((0, 5, 5), (5, 25, 10), (25, 3_000, 25), (3_000, 100_000, 50))  # from, to, width of a row


def by_table(income: float, status: int, year: int) -> float:
    """What the product says."""
    return float(tax_by_tax_table(income, status, law(year).rate_schedule, law(year).tax_table))


def rows() -> Iterator[tuple[int, int]]:
    """Every row of the table: at least, but less than."""
    for first, last, width in WIDTHS:
        yield from ((low, low + width) for low in range(first, last, width))


def printed(low: int, high: int, tops: list[Decimal], rates: list[Decimal]) -> int:
    """The tax of a row: that on its middle, half a dollar rounded up; the first row has none."""
    middle = Decimal(low + high) / 2 if low > 0 else Decimal(0)
    floors = [Decimal(0), *tops]
    parts = [
        rate * max(Decimal(0), min(middle, top) - floor)
        for rate, floor, top in zip(rates, floors, [*tops, middle], strict=True)
    ]
    return int(sum(parts).quantize(Decimal(1), rounding=ROUND_HALF_UP))


@pytest.mark.parametrize("row", worksheet("tax_table"), ids=lambda row: str(row["id"]))
@pytest.mark.parametrize("name", ["single", "mfj", "mfs", "hoh"])
def test_rows_of_the_printed_tax_table(row: dict[str, Any], name: str) -> None:
    for income in (row["at_least"], (row["at_least"] + row["less_than"]) / 2, row["less_than"] - CENT):
        assert by_table(income, STATUS_NAMES[name], 2025) == row[name], row["source"]


@pytest.mark.parametrize("row", worksheet("tax_computation"), ids=lambda row: str(row["id"]))
def test_rows_of_the_printed_tax_computation_worksheet(row: dict[str, Any]) -> None:
    last = row["less_than"] - CENT if row["less_than"] else 2.0 * row["at_least"]
    for income in (row["at_least"], last):
        expected = row["rate"] * income - row["subtraction"]
        assert by_table(income, row["filing_status"], 2025) == pytest.approx(expected, abs=CENT), row["source"]


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("status", range(len(STATUSES)), ids=STATUSES)
def test_every_row_of_the_tax_table(year: int, status: int) -> None:
    schedule = law(year).rate_schedule
    tops = [Decimal(str(float(top))) for top in schedule.bracket_top[status]]
    rates = [Decimal(str(float(rate))) for rate in schedule.rate]
    count = 0
    for low, high in rows():
        expected = printed(low, high, tops, rates)
        quarter = (high - low) / 4
        for income in (low, low + CENT, low + quarter, low + 2 * quarter, high - CENT):
            assert by_table(income, status, year) == expected, income
        count += 1
    assert count == ROWS


def test_a_surviving_spouse_reads_the_column_of_joint_returns() -> None:
    for income in (12_345.0, 54_321.0, 98_765.0):
        assert by_table(income, STATUS_NAMES["qss"], 2025) == by_table(income, STATUS_NAMES["mfj"], 2025)
