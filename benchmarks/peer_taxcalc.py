"""How long Tax-Calculator takes for a file of returns: `python -m benchmarks.peer_taxcalc RETURNS.csv YEAR REPEATS`.

Runs in the environment of its own that `make oracle` makes; prints the seconds of each repetition.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import taxcalc

from oracle.by_taxcalc import EVERY_CREDIT_IS_CLAIMED, records_of
from oracle.engine_files import read_returns


def main() -> None:
    """Read the returns, then time the whole computation again and again: the first times compile."""
    returns, year, repeats = read_returns(Path(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3])
    policy = taxcalc.Policy()
    policy.implement_reform(EVERY_CREDIT_IS_CLAIMED)
    policy.set_year(year)
    units = taxcalc.Records(
        data=records_of(returns, year),
        start_year=year,
        gfactors=None,
        weights=None,
        adjust_ratios=None,
        exact_calculations=True,
    )
    calculator = taxcalc.Calculator(policy=policy, records=units, verbose=False)
    calculator.advance_to_year(year)
    for _ in range(repeats):
        before = time.perf_counter()
        calculator.calc_all()
        print(time.perf_counter() - before)


if __name__ == "__main__":
    main()
