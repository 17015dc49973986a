"""`python -m mutants.run`: every mutant of the law and a sample of those of operators, against the tests of behaviour.

A result is written as soon as it is known; a run that was broken off goes on where it stopped. Results count for the
sources and tests they were found with; a change of any of them begins anew, the tests that killed a mutant first.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numba
import pytest

from mutants.mutant import Mutant
from mutants.of_operators import operator_mutants
from mutants.of_the_law import law_mutants
from mutants.trials import HANGS, KILLED, NOT_READ, SURVIVED, Known, Outcome, Trials
from mutants.without_compiler import use_plain_returns

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "out" / "mutants"
TESTS = ("tests/tax", "tests/mega_backdoor", "tests/household/test_bad_input.py")
SOURCES = (
    *(f"src/rothwell/{room}" for room in ("law", "tax", "mega_backdoor", "household", "lifetime")),
    *("oracle", "mutants", "tests/tax", "tests/mega_backdoor", "tests/household"),
    *("tests/worksheets", "tests/oracles"),
)
NOT_USED = ("many_returns.py", "reasons.csv")  # without the compiler; for the table alone
COLUMNS = ("sources", "key", "kind", "of", "outcome", "by", "seconds")
EXCLUDED = Path(__file__).with_name("excluded.csv")  # tests that do not count, and why
REASONS = Path(__file__).with_name("reasons.csv")  # mutants that no test can kill, and why
KINDS = {"law": law_mutants, "operators": operator_mutants}


@cache
def digest() -> str:
    """What the results are found with."""
    found = hashlib.sha256()
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".toml", ".csv") and path.name not in NOT_USED:
                found.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return found.hexdigest()[:16]


def say(line: str) -> None:
    """A line on the terminal."""
    sys.__stdout__.write(line + "\n")  # type: ignore[union-attr]
    sys.__stdout__.flush()  # type: ignore[union-attr]


@dataclass
class Results:
    """The results of one sort of mutants, on file."""

    name: str
    asked: str = ""
    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    begin: float = field(default_factory=time.monotonic)

    @property
    def path(self) -> Path:
        """The file."""
        return OUT / f"{self.name}.csv"

    def read(self, known: Known) -> None:
        """Take over what was found with the same sources; of all others only which test killed what."""
        if self.path.exists():
            with self.path.open(newline="", encoding="utf-8") as stream:
                for row in csv.DictReader(stream):
                    if row["by"]:
                        killed = known.killed.setdefault(row["of"], Counter())
                        killed[row["by"]] += 1
                        killed[row["key"] + row["by"]] += 1
                    if row["sources"] == digest():
                        self.rows[row["key"]] = row

    def tell(self, outcome: Outcome) -> None:
        """Write a result at once."""
        mutant = outcome.mutant
        found = (digest(), mutant.key, mutant.kind, mutant.of, outcome.outcome, outcome.by, f"{outcome.seconds:.1f}")
        self.rows[mutant.key] = dict(zip(COLUMNS, found, strict=True))
        fresh = not self.path.exists()
        with self.path.open("a", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            if fresh:
                writer.writerow(COLUMNS)
            writer.writerow(found)
        if outcome.outcome != KILLED:
            say(f"  {outcome.outcome}: {mutant.kind}: {mutant.key}")

    def left(self) -> Sequence[Mutant]:
        """The mutants that have no result yet."""
        every = [mutant for mutant in KINDS[self.name]() if self.asked in mutant.key]
        left = [mutant for mutant in every if mutant.key not in self.rows]
        known = {mutant.key for mutant in every}
        self.rows = {key: row for key, row in self.rows.items() if key in known}
        say(f"{self.name}: {len(every)} mutants, {len(left)} to try")
        return left

    def table(self) -> int:
        """How many of each kind were killed, hung, survived or are read by no test; how many lack a reason."""
        known = reasons(REASONS, "begins", self.name)
        words = (KILLED, HANGS, SURVIVED, NOT_READ, "no reason")
        counts: dict[str, Counter[str]] = {}
        for row in self.rows.values():
            count = counts.setdefault(row["kind"], Counter())
            count[row["outcome"]] += 1
            if row["outcome"] in (SURVIVED, NOT_READ) and not reason(row["key"], known):
                count["no reason"] += 1
        counts["all"] = sum(counts.values(), Counter[str]())
        say(f"\n{self.name:<24}" + "".join(f"{word:>10}" for word in words))
        for kind, count in counts.items():
            say(f"  {kind:<22}" + "".join(f"{count[word]:>10}" for word in words))
        say(f"  {time.monotonic() - self.begin:.0f} seconds")
        return counts["all"]["no reason"]


def reasons(path: Path, column: str, name: str) -> list[tuple[str, str]]:
    """Beginnings of names, of tests or of mutants, for a sort of mutants, with the reason."""
    with path.open(newline="", encoding="utf-8") as stream:
        return [(row[column], row["reason"]) for row in csv.DictReader(stream) if row["mutants"] in (name, "all")]


def reason(name: str, known: Sequence[tuple[str, str]]) -> str:
    """The reason that is known for a name, or nothing."""
    return next((words for begin, words in known if name.startswith(begin)), "")


def known_tests() -> tuple[Known, Path]:
    """What was recorded of the tests with these sources."""
    path = OUT / "tests.json"
    found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if found.get("sources") != digest():
        return Known(), path
    reads = {name: set(words) for name, words in found["reads"].items()}
    return Known(reads, found["seconds"], found["failing"]), path


def keep_tests(known: Known, path: Path) -> None:
    """Keep what was recorded of the tests."""
    reads = {name: sorted(words) for name, words in known.reads.items()}
    found = {"sources": digest(), "reads": reads, "seconds": known.seconds, "failing": known.failing}
    path.write_text(json.dumps(found), encoding="utf-8")


def try_all(name: str, asked: str, workers: int) -> Results:
    """Every mutant of a sort whose words contain what is asked for."""
    known, path = known_tests()
    results = Results(name, asked)
    results.read(known)
    excluded = reasons(EXCLUDED, "test", name)

    def left() -> Sequence[Mutant]:
        keep_tests(known, path)
        say(f"{len(known.reads)} tests recorded; not usable without the compiler: {len(known.failing)}")
        return results.left()

    trials = Trials(
        mutants=left,
        excluded=lambda test: reason(test, excluded),
        tell=results.tell,
        workers=workers,
        known=known,
    )
    options = ["-qq", "--capture=sys", "--tb=no", "--assert=plain", "-p", "no:cacheprovider"]
    if pytest.main([*options, *TESTS], plugins=[trials]) not in (0, 1):
        raise SystemExit("the tests could not be collected")
    return results


def main() -> None:
    """Try what is asked for; without arguments everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--of", nargs="+", choices=KINDS, default=tuple(KINDS))
    parser.add_argument("--only", default="", help="mutants whose words contain this")
    parser.add_argument("--workers", type=int, default=1)
    asked = parser.parse_args()
    if not numba.config.DISABLE_JIT:
        parser.error("set NUMBA_DISABLE_JIT=1: a mutant must not need a compilation")
    OUT.mkdir(parents=True, exist_ok=True)
    use_plain_returns()
    found = [try_all(name, asked.only, asked.workers) for name in asked.of]
    if unknown := sum(results.table() for results in found):
        raise SystemExit(f"{unknown} mutants are not noticed, and mutants/reasons.csv does not say why")


if __name__ == "__main__":
    main()
