"""Write the sample for the tests after a run: `python -m oracle.sample`; some returns of each set and the results.

Some returns of every entry of the ledger are among them, and as few more as it takes that a change of a value of the
law by one percent or a year shows in at least one: see `mutants`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mutants.of_the_law import law_mutants
from oracle.columns import COLUMNS, RESULTS, read_rows
from oracle.compare import TOLERANCES, answering, difference, read_ledger, represented
from oracle.run import OUT, ROOT
from rothwell.law import Figure, figures, law_for
from rothwell.tax.return_file import read_returns
from rothwell.tax.returns import compute_prepared, prepare

FOLDER = ROOT / "tests" / "oracles"
SAMPLES = {  # engine, year: how many returns of each set
    ("taxcalc", 2025): {"random": 300, "boundary": 200, "constructed": 100},
    ("policyengine", 2026): {"policyengine": 200, "boundary": 50, "constructed": 50},
}
OF_EACH_ENTRY = 3  # returns
SHOWING = {"boundary", "constructed", "policyengine"}  # sets among which changes of the law are looked for
CLEARLY = 2.0  # tolerances by which a mutant must move the tax

Pair = tuple[dict[str, str], dict[str, str]]  # a return, and what the engine made of it


class Compared:
    """A set of returns with the engine's results and ours."""

    def __init__(self, engine: str, year: int, name: str) -> None:
        returns = OUT / f"{name}-{year}.csv"
        self.engine, self.year, self.file = engine, year, returns
        self.theirs, self.ours = (
            {row["household_id"]: row for row in read_rows(returns.with_name(f"{returns.stem}-{whose}.csv"))}
            for whose in (engine, "ours")
        )
        self.facts = [
            row for row in read_rows(returns) if row["household_id"] in self.ours and represented(row, engine)
        ]

    def pair(self, facts: dict[str, str]) -> Pair:
        """A return with the engine's results."""
        return facts, self.theirs[facts["household_id"]]

    def difference(self, facts: dict[str, str]) -> Any:
        """How our results differ from the engine's."""
        name = facts["household_id"]
        return difference(facts, self.ours[name], self.theirs[name], self.engine)


def sample(compared: Compared, count: int) -> list[Pair]:
    """Returns of a set with the engine's results: some for each entry of the ledger, the others evenly."""
    entries = read_ledger()
    kept, taken, plain = [], Counter[str](), []
    for facts in compared.facts:
        found = compared.difference(facts)
        answers = answering(found, entries, compared.engine, compared.year) if found else ()
        if found is None:
            plain.append(compared.pair(facts))
        elif answers and taken[answers[0].name] < OF_EACH_ENTRY:
            taken[answers[0].name] += 1
            kept.append(compared.pair(facts))
    step = max(1, len(plain) // max(1, count - len(kept)))
    return (kept + plain[::step])[:count]


def telling(compared: Compared) -> Iterator[tuple[str, set[str]]]:
    """Each change of the law and the returns, of those on which we agree, in which it shows."""
    returns = read_returns(compared.file)
    agreed = {row["household_id"] for row in compared.facts if compared.difference(row) is None}
    names = np.array(returns.household_ids)
    usable = np.array([name in agreed for name in names])
    prepared = prepare(returns.amounts, returns.status, law_for(compared.year).record)

    def taxes() -> NDArray[np.float64]:
        return compute_prepared(prepared, law_for(compared.year).record, ("total_tax",))["total_tax"]

    plain = taxes()
    known: dict[str, Figure] = figures()  # type: ignore[assignment]
    for mutant in law_mutants():
        before = known[mutant.of]
        mutant.apply()
        moved = np.abs(taxes() - plain) > CLEARLY * TOLERANCES[compared.engine]
        known[mutant.of] = before
        yield mutant.key, set(names[moved & usable].tolist())


def fewest(shows: dict[str, set[str]]) -> list[str]:
    """A few returns in which every change shows: each time the one that shows most of what is left."""
    chosen, left = [], dict(shows)
    while left:
        counts = Counter(name for names in left.values() for name in sorted(names))
        best = max(sorted(counts), key=lambda name: counts[name])
        chosen.append(best)
        left = {key: names for key, names in left.items() if best not in names}
    return chosen


def short(text: str) -> str:
    """A number without zeros behind the point."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def used(columns: tuple[str, ...], rows: list[dict[str, str]]) -> tuple[str, ...]:
    """The columns in which anything stands."""
    return tuple(name for name in columns if any(row.get(name, "0") not in ("0", "") for row in rows))


def write(path: Any, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    """Write some columns, without zeros that say nothing."""
    lines = [",".join(short(row.get(name, "0")) for name in columns) for row in rows]
    path.write_text("\n".join([",".join(columns), *lines]) + "\n", encoding="utf-8")


def chosen(engine: str, year: int, counts: dict[str, int]) -> list[Pair]:
    """The returns of an engine and a year: those of each set, and those that show changes of the law."""
    sets = {name: Compared(engine, year, name) for name in counts}
    pairs = [pair for name, count in counts.items() for pair in sample(sets[name], count)]
    kept = {facts["household_id"] for facts, _ in pairs}
    shows: dict[str, set[str]] = {}
    for name in SHOWING & set(sets):
        for key, names in telling(sets[name]):
            shows.setdefault(key, set()).update(names)
    more = fewest({key: names for key, names in shows.items() if names and not names & kept})
    by_name = {row["household_id"]: one.pair(row) for one in sets.values() for row in one.facts}
    return pairs + [by_name[name] for name in more]


def main() -> None:
    """Write every sample."""
    for (engine, year), counts in SAMPLES.items():
        pairs = chosen(engine, year, counts)
        pin = (ROOT / "oracle" / f"requirements-{engine}.txt").read_text(encoding="utf-8").strip().replace("==", "-")
        returns, results = [facts for facts, _ in pairs], [found for _, found in pairs]
        write(FOLDER / f"{pin}-{year}-returns.csv", used(COLUMNS, returns), returns)
        write(FOLDER / f"{pin}-{year}-results.csv", ("household_id", *RESULTS), results)


if __name__ == "__main__":
    main()
