"""How long Owl takes for random futures of one household: `python -m benchmarks.peer_owl FUTURES REPEATS`.

Runs in an environment of its own (`make .venv-oracle/owl/.ready`). The wheel holds no case, so the household is that
of the published case A9: single, born in 1967, three buckets, one plan solved for each future. Prints household-years,
then the seconds of each repetition.
"""

from __future__ import annotations

import contextlib
import io
import sys
import time

import owlplanner

FIRST_YEAR, LAST_AGE, BORN = 2026, 89, 1967


def plan() -> owlplanner.Plan:
    """The household with returns and inflation at random."""
    one = owlplanner.Plan(["Charles"], [f"{BORN}-01-15"], [LAST_AGE], "A9", verbose=False)
    one.setAccountBalances(taxable=[250], taxDeferred=[600], taxFree=[600], startDate="01-01")
    one.setSocialSecurity([3000], [70])
    one.setSpendingProfile("flat")
    one.setReproducible(True, 1)
    one.setAllocationRatios("individual", generic=[[[100, 0, 0, 0], [100, 0, 0, 0]]])
    one.setRates("histogaussian", 1928, 2024)
    return one


def main() -> None:
    """Time the futures, each solved for its largest flat spending with that future known."""
    futures, repeats = int(sys.argv[1]), int(sys.argv[2])
    with contextlib.redirect_stdout(io.StringIO()):
        one = plan()
    print(futures * (BORN + LAST_AGE - FIRST_YEAR + 1))
    for _ in range(repeats):
        before = time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()):
            one.runMC("maxSpending", {"maxRothConversion": 100, "bequest": 0, "withMedicare": "None"}, futures)
        print(time.perf_counter() - before)


if __name__ == "__main__":
    main()
