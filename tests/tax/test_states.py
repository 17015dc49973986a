"""States: agreement with an independent engine, what the file of returns does with a state, the shape of the data."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from oracle.columns import read_rows
from rothwell.law.states import places, read_state, state, state_law_for, states
from rothwell.tax.returns import run

ORACLES = Path(__file__).resolve().parents[1] / "oracles"
YEARS = (2025, 2026)
SHARE, LEAST = 0.01, 50.0  # of the tax, and in dollars: what counts as agreement
SHARE_THAT_AGREES = 0.97
DOUBTFUL = {("MD", "34")}  # the engine tests the surtax on the state's income; the law says federal


@cache
def expected() -> dict[tuple[int, str, str], float]:
    """The independent engine's taxes by year, state and return."""
    rows = read_rows(ORACLES / "state_taxes.csv")
    return {(int(row["year"]), row["state"], row["household_id"]): float(row["state_income_tax"]) for row in rows}


@cache
def explained() -> set[tuple[int, str, str]]:
    """The differences that a statute answers for."""
    rows = read_rows(ORACLES / "state_differences.csv")
    assert all(row["statute"] and row["why"] for row in rows)
    return {(int(row["year"]), row["state"], row["household_id"]) for row in rows}


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[int, str, str], float]:
    """Our taxes of the same returns."""
    folder = tmp_path_factory.mktemp("states")
    returns = read_rows(ORACLES / "state_returns.csv")
    with (folder / "returns.csv").open("w", newline="") as stream:
        writer = csv.DictWriter(stream, [*returns[0], "state"])
        writer.writeheader()
        writer.writerows({**row, "state": code} for code in states() for row in returns)
    found = {}
    for year in YEARS:
        out = folder / f"taxes-{year}.csv"
        assert run(folder / "returns.csv", year, out, None, lambda line: None) == 0
        for row in read_rows(out):
            found[year, row["state"], row["household_id"]] = float(row["state_income_tax"])
    return found


@pytest.mark.parametrize("code", states())
def test_states_agree_with_the_independent_returns(code: str, ours: dict[tuple[int, str, str], float]) -> None:
    wanted = {key: tax for key, tax in expected().items() if key[1] == code and key[1:] not in DOUBTFUL}
    assert len(wanted) >= 78
    off = {key for key, tax in wanted.items() if abs(ours[key] - tax) > max(LEAST, SHARE * abs(tax))}
    assert len(off) <= (1.0 - SHARE_THAT_AGREES) * len(wanted), sorted(off)
    assert off <= explained(), f"no statute answers for {sorted(off - explained())}"


@pytest.mark.parametrize("code", states())
def test_every_figure_of_a_state_has_its_statute(code: str) -> None:
    for figure in state(code).figures.values():
        assert figure.statute, figure.name
        if places()[figure.name].unit == "USD" and figure.rule is not None:
            assert any(figure.sources.values()), f"{figure.name}: an amount that changes needs the paper it stands in"


@pytest.mark.parametrize("code", states())
def test_a_later_year_is_projected_and_not_smaller(code: str) -> None:
    now, later = state_law_for(code, YEARS[-1]), state_law_for(code, YEARS[-1] + 5)
    tops = (law.record.brackets.top for law in (now, later))
    assert all((after >= before).all() for before, after in [tuple(tops)])
    grows = any(figure.rule is not None for figure in state(code).figures.values())
    assert bool(later.projected) == grows


def test_a_figure_that_no_state_may_have_is_refused() -> None:
    text = '[state]\nname = "Nowhere"\n[income.taxd]\nstatute = "none"\n2025 = 1\n'
    with pytest.raises(ValueError, match=r"income\.taxd is not in the schema"):
        read_state("XX", text)


def taxes(folder: Path, text: str) -> tuple[int, list[dict[str, str]], list[str]]:
    """Exit status, rows written and words said for a file of returns."""
    (folder / "returns.csv").write_text(text)
    said: list[str] = []
    status = run(folder / "returns.csv", 2026, folder / "taxes.csv", None, said.append)
    return status, read_rows(folder / "taxes.csv"), said


def test_a_return_without_a_state_owes_no_state_tax(tmp_path: Path) -> None:
    text = "household_id,filing_status,age1,wages1,state\none,single,40,90000,CA\ntwo,single,40,90000,\n"
    status, rows, _ = taxes(tmp_path, text)
    assert status == 0
    assert float(rows[0]["state_income_tax"]) > 0.0
    assert float(rows[1]["state_income_tax"]) == 0.0
    assert rows[0]["total_tax"] == rows[1]["total_tax"]


def test_a_state_that_is_not_held_is_refused_and_the_others_are_computed(tmp_path: Path) -> None:
    text = "household_id,filing_status,age1,wages1,state\none,single,40,90000,HI\none,single,40,90000,CA\n"
    status, rows, said = taxes(tmp_path, text)
    assert status == 2
    assert [row["state"] for row in rows] == ["CA"]
    assert any("HI" in line and "not held" in line for line in said)


@pytest.mark.parametrize("written", ["Cal", "XX", "C A"])
def test_a_state_that_is_none_is_refused_with_line_and_column(tmp_path: Path, written: str) -> None:
    (tmp_path / "returns.csv").write_text(f"household_id,filing_status,age1,state\none,single,40,{written}\n")
    with pytest.raises(Exception, match="is not a state") as caught:
        run(tmp_path / "returns.csv", 2026, tmp_path / "taxes.csv", None, lambda line: None)
    assert "line 2" in str(caught.value) or ":2" in str(caught.value)
