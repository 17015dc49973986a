"""Agreement with independent engines: returns in the repository, and the 1,500 that may lie beside it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from oracle.columns import COLUMNS as FACTS
from oracle.columns import read_rows
from oracle.compare import Difference, answering, difference, read_ledger
from rothwell.tax.returns import run

SAMPLES = Path(__file__).resolve().parents[1] / "oracles"
BESIDE = Path(__file__).resolve().parents[2].parent / "shared" / "oracle"
DOLLAR = 1.0
COLUMNS = ("agi", "niit", "amt", "additional_medicare", "total_tax")
LOSS_IN_PROVISIONAL_INCOME = {("1197", "agi")}  # see tests/oracles/README.md
OF_ENGINES = [  # engine, its version, year, returns at least
    ("taxcalc", "taxcalc-6.8.0", 2025, 550),
    ("policyengine", "policyengine-us-2.68.0", 2026, 250),
]
SHARE_THAT_AGREES = 0.8  # the samples hold some returns of every class of differences, by design


@cache
def ours(returns: Path, year: int, folder: Path) -> dict[str, dict[str, str]]:
    """Our results for a file of returns, by the identifier of the return."""
    out = folder / f"{returns.stem}-{year}.csv"
    run(returns, year, out, None, lambda line: None)
    return {row["household_id"]: row for row in read_rows(out)}


@pytest.fixture(params=["sample", "whole"])
def folder(request: pytest.FixtureRequest) -> Path:
    """The 104 returns in the repository, and all 1,500 where they lie beside it."""
    found = {"sample": SAMPLES, "whole": BESIDE}[request.param]
    if not (found / "returns.csv").exists():
        pytest.skip("the 1,500 returns of ../shared/oracle are not beside this checkout")
    return found


@pytest.mark.parametrize("year", [2025, 2026])
def test_workers_and_retirees_agree_to_the_dollar(folder: Path, year: int, tmp_path: Path) -> None:
    got = ours(folder / "returns.csv", year, tmp_path)
    expected = read_rows(folder / f"expected_{year}.csv")
    assert len(got) == len(expected) > 100
    for want in expected:
        name = want["household_id"]
        for column in COLUMNS:
            if (name, column) not in LOSS_IN_PROVISIONAL_INCOME:
                assert float(got[name][column]) == pytest.approx(float(want[column]), abs=DOLLAR), (name, column)


def differences(engine: str, version: str, year: int, folder: Path) -> list[Difference | None]:
    """Every return of a sample with its difference, or None where we agree."""
    returns = SAMPLES / f"{version}-{year}-returns.csv"
    got = ours(returns, year, folder)
    theirs = {row["household_id"]: row for row in read_rows(SAMPLES / f"{version}-{year}-results.csv")}
    found = []
    for facts in read_rows(returns):
        name = facts["household_id"]
        absent = dict.fromkeys((entry for entry in FACTS if entry not in facts), "0")
        found.append(difference(facts | absent, got[name], theirs[name], engine))
    return found


@pytest.mark.parametrize(("engine", "version", "year", "at_least"), OF_ENGINES)
def test_every_difference_from_an_engine_has_its_entry_in_the_ledger(
    engine: str, version: str, year: int, at_least: int, tmp_path: Path
) -> None:
    found = differences(engine, version, year, tmp_path)
    entries = read_ledger()
    for one in found:
        assert one is None or answering(one, entries, engine, year), one
    assert len(found) >= at_least
    assert sum(one is None for one in found) >= SHARE_THAT_AGREES * len(found)


def test_the_ledger_cites_the_law_and_bounds_every_entry() -> None:
    for entry in read_ledger():
        assert entry.wrong in ("ours", "nobody", entry.engine)
        assert entry.statute.startswith("IRC ") or entry.name.endswith("single_precision")
        assert entry.bound
        assert entry.what
