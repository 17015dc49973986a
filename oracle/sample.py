"""Write the sample for the tests after a run: `python -m oracle.sample`; some returns of each set and the results.

Some returns of every entry of the ledger are among them.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from oracle.columns import COLUMNS, RESULTS, read_rows
from oracle.compare import answering, difference, read_ledger, represented
from oracle.run import OUT, ROOT

FOLDER = ROOT / "tests" / "oracles"
SAMPLES = {  # engine, year: how many returns of each set
    ("taxcalc", 2025): {"random": 300, "boundary": 200, "constructed": 100},
    ("policyengine", 2026): {"policyengine": 200, "boundary": 50, "constructed": 50},
}
OF_EACH_ENTRY = 3  # returns


def sample(engine: str, year: int, name: str, count: int) -> list[tuple[dict[str, str], dict[str, str]]]:
    """Returns of a set with the engine's results: some for each entry of the ledger, the others evenly."""
    returns = OUT / f"{name}-{year}.csv"
    theirs, ours = (
        {row["household_id"]: row for row in read_rows(returns.with_name(f"{returns.stem}-{whose}.csv"))}
        for whose in (engine, "ours")
    )
    entries = read_ledger()
    kept, taken, plain = [], Counter[str](), []
    for facts in read_rows(returns):
        household = facts["household_id"]
        if household not in ours or not represented(facts, engine):
            continue
        found = difference(facts, ours[household], theirs[household], engine)
        answers = answering(found, entries, engine, year) if found else ()
        if found is None:
            plain.append((facts, theirs[household]))
        elif answers and taken[answers[0].name] < OF_EACH_ENTRY:
            taken[answers[0].name] += 1
            kept.append((facts, theirs[household]))
    step = max(1, len(plain) // max(1, count - len(kept)))
    return (kept + plain[::step])[:count]


def short(text: str) -> str:
    """A number without zeros behind the point."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def used(columns: tuple[str, ...], rows: list[dict[str, str]]) -> tuple[str, ...]:
    """The columns in which anything stands."""
    return tuple(name for name in columns if any(row.get(name, "0") not in ("0", "") for row in rows))


def write(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    """Write some columns, without zeros that say nothing."""
    lines = [",".join(short(row.get(name, "0")) for name in columns) for row in rows]
    path.write_text("\n".join([",".join(columns), *lines]) + "\n", encoding="utf-8")


def main() -> None:
    """Write every sample."""
    for (engine, year), sets in SAMPLES.items():
        chosen = [pair for name, count in sets.items() for pair in sample(engine, year, name, count)]
        pin = (ROOT / "oracle" / f"requirements-{engine}.txt").read_text(encoding="utf-8").strip().replace("==", "-")
        returns, results = [facts for facts, _ in chosen], [found for _, found in chosen]
        write(FOLDER / f"{pin}-{year}-returns.csv", used(COLUMNS, returns), returns)
        write(FOLDER / f"{pin}-{year}-results.csv", ("household_id", *RESULTS), results)


if __name__ == "__main__":
    main()
