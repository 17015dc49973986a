"""Agreement with an independent engine: every return that is computed, within a dollar."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rothwell.law import law_for
from rothwell.tax.needs import Needs
from rothwell.tax.return_file import read_returns
from rothwell.tax.returns import RESULTS, compute

SAMPLE = Path(__file__).resolve().parents[1] / "oracles"
WHOLE = Path(__file__).resolve().parents[2].parent / "shared" / "oracle"
DOLLAR = 1.0
COLUMNS = ("agi", "niit", "additional_medicare", "total_tax")
ITEMIZED = ("mortgage_interest", "charity_cash", "real_estate_tax", "state_income_tax_paid", "medical_expenses")
LOSS_IN_PROVISIONAL_INCOME = {("1197", "agi")}  # see tests/oracles/README.md


@pytest.fixture(params=["sample", "whole"])
def folder(request: pytest.FixtureRequest) -> Path:
    """The returns in the repository, and all of them where they lie beside it."""
    found = {"sample": SAMPLE, "whole": WHOLE}[request.param]
    if not (found / "returns.csv").exists():
        pytest.skip("the 1,500 returns of ../shared/oracle are not beside this checkout")
    return found


def computed(folder: Path, year: int) -> Iterator[tuple[dict[str, Any], dict[str, str], set[str]]]:
    """Each return: what was computed, what is expected, what it needs."""
    returns = read_returns(folder / "returns.csv")
    results, needed = compute(returns, law_for(year))
    with (folder / f"expected_{year}.csv").open(newline="", encoding="utf-8") as stream:
        expected = {row["household_id"]: row for row in csv.DictReader(stream)}
    for name, amounts, needs in zip(returns.household_ids, results, needed, strict=True):
        wanted = {need for need, is_needed in zip(Needs._fields, needs, strict=True) if is_needed}
        yield dict(zip(RESULTS, amounts, strict=True)), expected[name], wanted


@pytest.mark.parametrize("year", [2025, 2026])
def test_agreement_with_the_oracle(folder: Path, year: int) -> None:
    count = 0
    for got, want, needs in computed(folder, year):
        if not needs:
            count += 1
            for column in COLUMNS:
                if (want["household_id"], column) not in LOSS_IN_PROVISIONAL_INCOME:
                    assert got[column] == pytest.approx(float(want[column]), abs=DOLLAR), (want["household_id"], column)
    assert count > 60


@pytest.mark.parametrize("year", [2025, 2026])
def test_returns_without_itemized_amounts_and_children_need_only_the_minimum_tax_or_the_credit(
    folder: Path, year: int
) -> None:
    returns = read_returns(folder / "returns.csv")
    plain = (returns.facts["n_children_u17"] == 0.0) & (sum(returns.further[name] for name in ITEMIZED) == 0.0)
    for is_plain, (_, _, needs) in zip(plain, computed(folder, year), strict=True):
        assert not is_plain or needs <= {"alternative_minimum_tax", "earned_income_credit"}


@pytest.mark.parametrize("year", [2025, 2026])
def test_what_is_refused_would_have_been_wrong_or_could_have_been(folder: Path, year: int) -> None:
    """The engine finds a credit where one is refused for it, and minimum tax where that is the only need."""
    for got, want, needs in computed(folder, year):
        if needs == {"earned_income_credit"}:
            assert float(want["refundable_credits"]) > got["refundable_credits"]
        if needs == {"alternative_minimum_tax"}:
            assert float(want["amt"]) == pytest.approx(got["amt"], abs=DOLLAR)
        if needs == {"charitable_deduction"}:
            assert float(want["total_tax"]) < got["total_tax"] + DOLLAR
        if not needs:
            assert float(want["amt"]) == 0.0
