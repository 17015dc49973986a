"""Write the returns of a set and a year: `python -m oracle.generate SET YEAR FILE.csv`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from oracle.boundary_returns import boundary_returns
from oracle.columns import COLUMNS, SHARED, Row, write_rows
from oracle.constructed_returns import constructed_returns
from oracle.random_returns import random_returns
from rothwell.law import law_for

RANDOM, BOUNDARY, FOR_POLICYENGINE = 100_000, 20_000, 2_000  # how many returns


def rows_of(name: str, year: int) -> Iterable[Row]:
    """The returns of a set; the year is the seed."""
    law = law_for(year).record
    if name == "boundary":
        return boundary_returns(BOUNDARY, law, year)
    if name == "constructed":
        return constructed_returns(law, year)
    alone = name == "policyengine"
    columns = random_returns(FOR_POLICYENGINE if alone else RANDOM, year, with_policyengine_only=alone)
    names = [column for column in COLUMNS if column in columns]
    return (dict(zip(names, values, strict=True)) for values in zip(*(columns[name] for name in names), strict=True))


def main() -> None:
    """Write one set."""
    name, year, path = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    write_rows(path, COLUMNS if name == "policyengine" else SHARED, rows_of(name, year))


if __name__ == "__main__":
    main()
