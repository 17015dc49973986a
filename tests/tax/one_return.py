"""One return, written as a file, and what `rothwell tax` makes of it."""

from __future__ import annotations

import csv
from pathlib import Path

from oracle.columns import read_rows
from rothwell.tax.returns import run


def returned(folder: Path, year: int, **columns: object) -> dict[str, float]:
    """The results of one return, of a single filer unless something else is said."""
    given = {"household_id": "one", "filing_status": "single", **columns}
    with (folder / "one.csv").open("w", newline="") as stream:
        writer = csv.DictWriter(stream, given)
        writer.writeheader()
        writer.writerow(given)
    assert run(folder / "one.csv", year, folder / "out.csv", None, lambda line: None) == 0
    row = read_rows(folder / "out.csv")[0]
    return {name: float(value) for name, value in row.items() if name not in ("household_id", "state")}


def result(folder: Path, code: str, year: int, words: str, column: str = "state_income_tax") -> float:
    """A result of one return in a state, of a single filer of 40 unless `words`, `column=amount;...`, say otherwise."""
    given = {"age1": "40", **dict(item.split("=") for item in words.split(";"))}
    return returned(folder, year, state=code, **given)[column]
