"""A hundred thousand returns of all kinds on one thread, and Tax-Calculator on the same ones where it is installed."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from oracle.random_returns import random_returns
from rothwell.law import law_for
from rothwell.tax.facts import Facts
from rothwell.tax.many_returns import RATES, compute_prepared, prepare
from rothwell.tax.return_file import STATUS_NAMES

ROOT = Path(__file__).resolve().parents[1]
PEER = ROOT / ".venv-oracle" / "taxcalc" / "bin" / "python"
PEER_RETURNS = ROOT / "out" / "oracle" / "random-2025.csv"
YEAR, RETURNS = 2025, 100_000
PEER_REPEATS = 8
WANTED = (
    *("agi", "taxable_ss", "taxable_income", "regular_tax", "amt", "niit", "additional_medicare"),
    *("self_employment_tax", "nonrefundable_credits", "refundable_credits", "total_tax"),
)


def many_returns(best: Callable[..., float], line: Callable[[str, str], None]) -> None:
    """Print what the returns cost alone and with their marginal rates, and the peer's time in the same run."""
    print("100,000 federal returns at random (2025, one thread)")
    drawn = random_returns(RETURNS, YEAR)
    status = np.array([STATUS_NAMES[name] for name in drawn["filing_status"]])
    columns: dict[str, Any] = {name: np.asarray(drawn[name], np.float64) for name in Facts._fields if name in drawn}
    columns["medicare_wages1"], columns["medicare_wages2"] = columns["wages1"], columns["wages2"]
    law = law_for(YEAR).record
    prepared = prepare(columns, status, law)
    alone = best(lambda: compute_prepared(prepared, law, WANTED, threads=1), 10)
    with_rates = best(lambda: compute_prepared(prepared, law, (*WANTED, *RATES), threads=1), 10)
    preparing = best(lambda: prepare(columns, status, law), 3)
    line("returns per second", f"{RETURNS / alone:,.0f}")
    line("with four marginal rates, times the tax alone", f"{with_rates / alone:.2f}")
    line("putting them into tiles, once for all laws, milliseconds", f"{preparing * 1e3:,.0f}")
    if not (PEER.exists() and PEER_RETURNS.exists()):
        line("Tax-Calculator", "make oracle first")
        return
    command = [str(PEER), "-m", "benchmarks.peer_taxcalc", str(PEER_RETURNS), str(YEAR), str(PEER_REPEATS)]
    found = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    peer = min(float(seconds) for seconds in found.split())
    line("Tax-Calculator, returns per second", f"{RETURNS / peer:,.0f}")
    line("times as fast as Tax-Calculator", f"{peer / alone:.1f}")
