"""Everything in turn: returns, engines, our taxes, the comparison; `python -m oracle.run` fails on what is unexplained.

A step whose input has not changed since its result was written is passed over.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from oracle.columns import write_rows
from oracle.compare import COMPARED, Difference, answering, differences, read_ledger

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "out" / "oracle"
ROTHWELL = Path(sys.executable).with_name("rothwell")
ENVIRONMENTS = ROOT / ".venv-oracle"
TALLIES = OUT / "tallies.json"
YEARS = (2025, 2026)
SETS = ("random", "boundary", "constructed", "policyengine")
ENGINES = {  # the sets that each computes
    "taxcalc": ("random", "boundary", "constructed"),
    "policyengine": ("boundary", "constructed", "policyengine"),
}
MOST_SHOWN = 20  # unexplained differences of a set on the terminal; all are written to a file


@dataclass
class Tally:
    """What a comparison came to."""

    engine: str
    name: str
    year: int
    compared: int = 0
    equal: int = 0
    explained: Counter[str] = field(default_factory=Counter)
    largest: dict[str, float] = field(default_factory=dict)
    unexplained: list[Difference] = field(default_factory=list)
    kinds: dict[str, Counter[str]] = field(default_factory=dict)  # the same counts for each kind of constructed return


def say(line: str) -> None:
    """A line on the terminal."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def done(result: Path, inputs: list[Path], words: str = "") -> bool:
    """Whether a result stands for these inputs; the stamp beside it is their digest."""
    return result.exists() and _stamp(result).exists() and _stamp(result).read_text() == _digest(inputs, words)


def finish(result: Path, inputs: list[Path], words: str = "") -> None:
    """Note what a result was made from."""
    _stamp(result).write_text(_digest(inputs, words))


def _stamp(result: Path) -> Path:
    return result.with_suffix(".made-from")


def _digest(inputs: list[Path], words: str) -> str:
    digest = hashlib.sha256(words.encode())
    for path in inputs:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def generate(name: str, year: int) -> Path:
    """The returns of a set and a year; the product's law is an input of those at the boundaries."""
    returns = OUT / f"{name}-{year}.csv"
    sources = [
        *(ROOT / "oracle" / f"{module}.py" for module in ("columns", "generate", "random_returns")),
        *(ROOT / "oracle" / f"{module}_returns.py" for module in ("boundary", "constructed")),
        *sorted((ROOT / "src" / "rothwell" / "law").glob("*.toml")),
    ]
    if not done(returns, sources):
        subprocess.run([sys.executable, "-m", "oracle.generate", name, str(year), returns], cwd=ROOT, check=True)
        finish(returns, sources)
    return returns


def compute(engine: str, returns: Path, year: int) -> Path:
    """The results of an engine for these returns."""
    results = returns.with_name(f"{returns.stem}-{engine}.csv")
    pins = ROOT / "oracle" / f"requirements-{engine}.txt"
    sources = [
        returns,
        pins,
        *(ROOT / "oracle" / f"{module}.py" for module in (f"by_{engine}", "engine_files", "columns")),
    ]
    if not done(results, sources, engine):
        python = ENVIRONMENTS / engine / "bin" / "python"
        subprocess.run([python, "-m", f"oracle.by_{engine}", returns, str(year), results], cwd=ROOT, check=True)
        finish(results, sources, engine)
    return results


def ours(returns: Path, year: int) -> Path:
    """Our results, always new."""
    results = returns.with_name(f"{returns.stem}-ours.csv")
    command = [ROTHWELL, "tax", returns, "--year", str(year), "--out", results]
    told = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if not results.exists() or told.returncode not in (0, 2):
        raise SystemExit(f"rothwell tax {returns}: {told.stderr}")
    refused = [line for line in told.stderr.splitlines() if line.startswith("household ")]
    if refused:
        say(f"  {returns.stem}: {len(refused)} returns refused, for example: {refused[0]}")
    return results


def compare(engine: str, name: str, year: int) -> Tally:
    """Compare one set of one year with one engine."""
    returns = OUT / f"{name}-{year}.csv"
    theirs, our_results = (returns.with_name(f"{returns.stem}-{whose}.csv") for whose in (engine, "ours"))
    entries = read_ledger()
    tally = Tally(engine, name, year)
    for household_id, found in differences(returns, our_results, theirs, engine):
        tally.compared += 1
        answers = answering(found, entries, engine, year) if found else ()
        outcome = "equal" if found is None else "explained" if answers else "unexplained"
        if name == "constructed":
            tally.kinds.setdefault(household_id.partition("-")[0], Counter()).update(("compared", outcome))
        if found is None:
            tally.equal += 1
            continue
        if not answers:
            tally.unexplained.append(found)
            continue
        name_of_both = " + ".join(entry.name for entry in answers)
        tally.explained[name_of_both] += 1
        tally.largest[name_of_both] = max(tally.largest.get(name_of_both, 0.0), found.in_tax)
    return tally


def report(tally: Tally) -> None:
    """The line of a comparison, its entries, and what is unexplained; the latter to a file too."""
    left = len(tally.unexplained)
    counts = f"{tally.compared:>7,} compared {tally.equal:>7,} equal {sum(tally.explained.values()):>6,} explained"
    word = "UNEXPLAINED" if left else "unexplained"
    say(f"{tally.engine:<13} {tally.name:<13} {tally.year} {counts} {left:>6,} {word}")
    for name, count in tally.explained.most_common():
        say(f"      {count:>6,}  {name} (at most {tally.largest[name]:,.2f})")
    for found in tally.unexplained[:MOST_SHOWN]:
        columns = "; ".join(f"{name} {ours:,.2f} not {theirs:,.2f}" for name, (ours, theirs) in found.columns.items())
        say(f"      {found.household_id} {found.names['filing_status']}: {columns}")
    sides = [f"{side}{name}" for name in COMPARED for side in ("ours_", "")]
    rows = [
        {"household_id": found.household_id, "begins_at": found.begins_at, "in_tax": found.in_tax}
        | {side: found.names.get(side, "") for side in sides}
        for found in tally.unexplained
    ]
    path = OUT / f"{tally.name}-{tally.year}-{tally.engine}-unexplained.csv"
    write_rows(path, ("household_id", "begins_at", "in_tax", *sides), rows)


def keep(tally: Tally) -> None:
    """Note the counts of a comparison for the findings."""
    known = json.loads(TALLIES.read_text()) if TALLIES.exists() else {}
    known[f"{tally.engine} {tally.name} {tally.year}"] = {
        "compared": tally.compared,
        "equal": tally.equal,
        "explained": tally.explained,
        "largest": tally.largest,
        "unexplained": len(tally.unexplained),
        "kinds": tally.kinds,
    }
    TALLIES.write_text(json.dumps(known, indent=1, sort_keys=True))


def main() -> None:
    """Run what is asked for; without arguments everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", nargs="+", choices=SETS, default=SETS)
    parser.add_argument("--years", nargs="+", type=int, choices=YEARS, default=YEARS)
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=tuple(ENGINES))
    asked = parser.parse_args()
    unexplained = 0
    for year in asked.years:
        for name in asked.sets:
            engines = [engine for engine in asked.engines if name in ENGINES[engine]]
            returns = generate(name, year)
            for engine in engines:
                compute(engine, returns, year)
            ours(returns, year)
            for engine in engines:
                tally = compare(engine, name, year)
                report(tally)
                keep(tally)
                unexplained += len(tally.unexplained)
    if unexplained:
        raise SystemExit(f"{unexplained:,} differences that the ledger does not explain")
    say("every difference is explained")


if __name__ == "__main__":
    main()
