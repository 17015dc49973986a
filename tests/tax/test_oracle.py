"""Agreement with an independent engine: every return, within a dollar."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from rothwell.law import law_for
from rothwell.tax.many_returns import compute
from rothwell.tax.return_file import read_returns

SAMPLE = Path(__file__).resolve().parents[1] / "oracles"
WHOLE = Path(__file__).resolve().parents[2].parent / "shared" / "oracle"
DOLLAR = 1.0
COLUMNS = ("agi", "niit", "amt", "additional_medicare", "total_tax")
LOSS_IN_PROVISIONAL_INCOME = {("1197", "agi")}  # see tests/oracles/README.md


@pytest.fixture(params=["sample", "whole"])
def folder(request: pytest.FixtureRequest) -> Path:
    """The returns in the repository, and all of them where they lie beside it."""
    found = {"sample": SAMPLE, "whole": WHOLE}[request.param]
    if not (found / "returns.csv").exists():
        pytest.skip("the 1,500 returns of ../shared/oracle are not beside this checkout")
    return found


def computed(folder: Path, year: int) -> Iterator[tuple[str, dict[str, float], dict[str, str]]]:
    """Each return: its name, what was computed, what is expected."""
    returns = read_returns(folder / "returns.csv")
    results = compute(returns.amounts, returns.status, law_for(year).record, COLUMNS)
    with (folder / f"expected_{year}.csv").open(newline="", encoding="utf-8") as stream:
        expected = {row["household_id"]: row for row in csv.DictReader(stream)}
    for row, name in enumerate(returns.household_ids):
        yield name, {column: results[column][row] for column in COLUMNS}, expected[name]


@pytest.mark.parametrize("year", [2025, 2026])
def test_agreement_with_the_oracle(folder: Path, year: int) -> None:
    count = 0
    for name, got, want in computed(folder, year):
        count += 1
        for column in COLUMNS:
            if (name, column) not in LOSS_IN_PROVISIONAL_INCOME:
                assert got[column] == pytest.approx(float(want[column]), abs=DOLLAR), (name, column)
    assert count >= 100
