"""Audit random plans: `python -m tests.invariants.audit_plans PLANS WHAT SEED WORKERS`; `make audit` audits a million.

WHAT is `paychecks` (the whole desk: the limits of the year and each paycheck) or `limits` (the limits of the year
alone, several times as fast).
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from datetime import date
from functools import partial
from multiprocessing import Pool, cpu_count
from typing import Any

import numpy as np

from rothwell.errors import InputError
from rothwell.household import Household, Market
from rothwell.household.checks import Draft, problems_between
from rothwell.law import figure
from rothwell.mega_backdoor.capacity import capacity_of
from rothwell.report.capacity_text import capacity_json
from tests.invariants.paycheck_auditor import YEAR, audited, held
from tests.invariants.random_plans import random_plans
from tests.invariants.statute_auditor import Limits

TODAY = date(2026, 12, 31)
BATCH = 100  # households in one piece of work


def limits() -> Limits:
    """The law's numbers of the year."""
    names = (
        "elective_deferral.limit", "catch_up.limit_50", "catch_up.limit_60_63", "catch_up.roth_wage_threshold",
        "annual_additions.limit", "compensation.limit",
    )  # fmt: skip
    growth = Market().growth
    return Limits(*(float(figure(name).value(YEAR, growth).value) for name in names))


def audit(seed: int, households: int, paychecks: bool = True) -> tuple[int, int, Counter[str], list[tuple[Any, str]]]:
    """Plans audited, plans refused as input, refusals by message, and what was found wrong."""
    generator, law = np.random.default_rng(seed), limits()
    plans = refused = 0
    reasons: Counter[str] = Counter()
    wrong: list[tuple[Any, str]] = []
    for _ in range(households):
        file = random_plans(generator, paychecks)
        count = sum(held(job) for job in file["jobs"])
        try:
            if list(problems_between(Draft.of(file, TODAY))):
                raise InputError("does not hold together", field="jobs[].file")
            answer = capacity_json(capacity_of(Household.model_validate(file)))
        except InputError as problem:
            refused += count
            reasons[f"{(problem.field or '').partition('.')[2]} {problem.message[:40]}"] += 1
            continue
        plans += count
        wrong += [(file, finding) for finding in audited(file, answer, law)]
    return plans, refused, reasons, wrong


def main(wanted: int, what: str, seed: int, workers: int) -> int:
    """Audit pieces until so many plans are done; the exit status."""
    plans = refused = 0
    reasons: Counter[str] = Counter()
    start = time.monotonic()
    piece = partial(audit, households=BATCH, paychecks=what == "paychecks")
    with Pool(workers) as pool:
        for number, found in enumerate(pool.imap_unordered(piece, range(seed * 10**6, (seed + 1) * 10**6))):
            plans, refused, reasons = plans + found[0], refused + found[1], reasons + found[2]
            for file, finding in found[3][:3]:
                sys.stdout.write(f"{finding}\n  {file}\n")
            if found[3] or plans >= wanted:
                pool.terminate()
                break
            if number % 100 == 99:
                sys.stderr.write(f"{plans:,} plans, {time.monotonic() - start:,.0f} seconds\n")
    breaches = len(found[3])
    sys.stdout.write(f"{plans:,} plans audited ({what}), {breaches} breaches, {refused:,} refused as input\n")
    sys.stdout.write(f"{time.monotonic() - start:,.0f} seconds, {workers} workers, seed {seed}\n")
    for reason, times in reasons.most_common():
        sys.stdout.write(f"  refused {times:,} households: {reason}\n")
    return 1 if breaches else 0


def _asked(words: list[str]) -> tuple[int, str, int, int]:
    """What the command line asks for, and for the rest what it is usually."""
    usual = ["1000000", "paychecks", "1", str(cpu_count())]
    plans, what, seed, workers = [*words, *usual[len(words) :]]
    if what not in ("paychecks", "limits"):
        raise SystemExit("WHAT is paychecks or limits")
    return int(plans), what, int(seed), int(workers)


if __name__ == "__main__":
    sys.exit(main(*_asked(sys.argv[1:])))
