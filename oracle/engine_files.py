"""The files of an engine: returns in, results out (in the environment of an engine, which has pandas)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from oracle.columns import CENTS, COLUMNS, RESULTS, WORDS

AT_ONCE = 25_000  # returns computed together: what fits in memory


def read_returns(path: Path) -> pd.DataFrame:
    """The returns, with zero in every column that the file lacks."""
    returns = pd.read_csv(path, dtype=dict.fromkeys(WORDS, str), keep_default_na=False)
    for name in COLUMNS:
        if name not in returns:
            returns[name] = 0.0
    return returns


def run(results_of: Callable[[pd.DataFrame, int], pd.DataFrame]) -> None:
    """Read the returns of the command line, compute them in parts and write the results."""
    returns, year = read_returns(Path(sys.argv[1])), int(sys.argv[2])
    parts = [returns.iloc[first : first + AT_ONCE] for first in range(0, len(returns), AT_ONCE)]
    results = pd.concat([results_of(part.reset_index(drop=True), year) for part in parts], ignore_index=True)
    results = results.round(CENTS) + 0.0
    results.insert(0, "household_id", returns.household_id)
    results[["household_id", *RESULTS]].to_csv(sys.argv[3], index=False, float_format="%.2f")
