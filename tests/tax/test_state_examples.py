"""Worked examples, tables and rate schedules that the states print, to the dollar; each row names its paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from oracle.columns import read_rows
from rothwell.tax.returns import run

EXAMPLES = read_rows(Path(__file__).resolve().parents[1] / "oracles" / "state_examples.csv")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda row: f"{row['state']}-{row['year']}-{row['source'][:40]}")
def test_what_the_state_prints(tmp_path: Path, example: dict[str, str]) -> None:
    given = {"state": example["state"], **dict(item.split("=") for item in example["given"].split(";"))}
    text = f"household_id,{','.join(given)}\none,{','.join(given.values())}\n"
    (tmp_path / "returns.csv").write_text(text)
    assert run(tmp_path / "returns.csv", int(example["year"]), tmp_path / "taxes.csv", None, lambda line: None) == 0
    ours = float(read_rows(tmp_path / "taxes.csv")[0][example["what"]])
    assert ours == pytest.approx(float(example["expected"]), abs=float(example["tolerance"])), example["source"]
