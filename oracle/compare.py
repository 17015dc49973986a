"""What differs between an engine's results and ours, and which entry of the ledger answers for it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from oracle.columns import WORDS, read_rows
from oracle.expression import value

LEDGER = Path(__file__).with_name("ledger.csv")
COMPARED = (  # in the order in which a return is figured: a difference carries down
    *("self_employment_tax", "taxable_ss", "agi", "senior_deduction", "qbi_deduction", "taxable_income"),
    *("regular_tax", "amt", "niit", "additional_medicare", "nonrefundable_credits", "refundable_credits"),
    *("income_tax", "total_tax"),
)
OF_THE_CHOICE = ("qbi_deduction", "taxable_income", "regular_tax", "amt")  # equal tax with and without itemizing
CENT, DOLLAR = 0.01, 1.0
TOLERANCES = {"taxcalc": CENT, "policyengine": DOLLAR}
NOISE = 1e-6  # of dollars written with cents
SINGLE_PRECISION = 3e-7  # of an amount: PolicyEngine's numbers have 24 bits
NOT_REPRESENTED = {  # a return with any of these is not given to the engine
    "taxcalc": ("reit_dividends", "retirement_savings1", "retirement_savings2"),
    "policyengine": ("incentive_stock_spread", "private_activity_interest"),
}

Names = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """A class of differences: of which engine and years, where it begins, on which returns, how large it can be."""

    name: str
    engine: str
    years: tuple[int, ...]
    begins_at: tuple[str, ...]
    condition: str
    bound: str
    wrong: str
    statute: str
    what: str


@dataclass(frozen=True)
class Difference:
    """A return on which the engine and we differ."""

    household_id: str
    begins_at: str
    columns: dict[str, tuple[float, float]]  # ours, the engine's
    names: Names = field(repr=False)

    @property
    def in_tax(self) -> float:
        """By how much the whole tax differs."""
        return abs(self.names["ours_total_tax"] - self.names["total_tax"])


def read_ledger(path: Path = LEDGER) -> list[Entry]:
    """The entries in the order in which they are tried."""
    with path.open(newline="", encoding="utf-8") as stream:
        return [
            Entry(
                name=row["name"],
                engine=row["engine"],
                years=tuple(int(year) for year in row["years"].split()),
                begins_at=tuple(row["begins_at"].split()),
                condition=row["condition"],
                bound=row["bound"],
                wrong=row["wrong"],
                statute=row["statute"],
                what=row["what"],
            )
            for row in csv.DictReader(stream)
        ]


def represented(row: Mapping[str, str], engine: str) -> bool:
    """Whether the engine knows everything that stands on the return."""
    return not any(float(row.get(name) or 0.0) for name in NOT_REPRESENTED[engine])


def names_of(facts: Mapping[str, str], ours: Mapping[str, str], theirs: Mapping[str, str]) -> Names:
    """The columns of a return: the facts and the engine's results by their names, ours after `ours_`."""
    names: Names = {name: text if name in WORDS else float(text or 0.0) for name, text in facts.items()}
    names |= {name: float(text) for name, text in theirs.items() if name not in WORDS}
    return names | {f"ours_{name}": float(text) for name, text in ours.items() if name not in WORDS}


def allowance(amount: float, engine: str) -> float:
    """What the engine's numbers cannot hold of an amount."""
    return NOISE + (SINGLE_PRECISION * abs(amount) if engine == "policyengine" else 0.0)


def difference(facts: Mapping[str, str], ours: Mapping[str, str], theirs: Mapping[str, str], engine: str) -> Any:
    """The difference of one return, or None."""
    names = names_of(facts, ours, theirs)

    def differs(name: str) -> bool:
        allowed = TOLERANCES[engine] + allowance(names[name], engine)
        return bool(abs(names[name] - names["ours_" + name]) > allowed)

    compared = [name for name in COMPARED if name in theirs and name in ours]
    other_choice = names["itemizes"] != names["ours_itemizes"] or names["amt"] > 0.0 or names["ours_amt"] > 0.0
    before_credits = abs(names["ours_regular_tax"] + names["ours_amt"] - names["regular_tax"] - names["amt"])
    if other_choice and before_credits <= TOLERANCES[engine] + allowance(names["regular_tax"], engine):
        compared = [name for name in compared if name not in OF_THE_CHOICE]
    found = {name: (names["ours_" + name], names[name]) for name in compared if differs(name)}
    if not found:
        return None
    return Difference(str(names["household_id"]), next(iter(found)), found, names)


def differences(returns: Path, ours: Path, theirs: Path, engine: str) -> Iterator[tuple[str, Difference | None]]:
    """Every return that both computed: its id, and its difference or None where they agree."""
    our_results = {row["household_id"]: row for row in read_rows(ours)}
    their_results = {row["household_id"]: row for row in read_rows(theirs)}
    for facts in read_rows(returns):
        name = facts["household_id"]
        if name in our_results and represented(facts, engine):
            yield name, difference(facts, our_results[name], their_results[name], engine)


def answering(found: Difference, entries: list[Entry], engine: str, year: int) -> tuple[Entry, ...]:
    """The first entry that speaks of this difference and whose bound holds, else two that do together, else none."""
    here = [
        entry
        for entry in entries
        if entry.engine == engine and year in entry.years and value(entry.condition, found.names)
    ]
    for together in (*zip(here), *combinations(here, 2)):
        begins_here = any(found.begins_at in entry.begins_at for entry in together)
        bounds = sum(float(value(entry.bound, found.names)) for entry in together)
        if begins_here and found.in_tax <= bounds + TOLERANCES[engine] + NOISE:
            return together
    return ()
