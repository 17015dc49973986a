"""Write docs/findings.md from the ledger and the counts of the last run: `python -m oracle.findings`."""

from __future__ import annotations

import json
from typing import Any

from oracle.compare import Entry, read_ledger
from oracle.run import ROOT, TALLIES

PAGE = ROOT / "docs" / "findings.md"
ENGINE_NAMES = {"taxcalc": "Tax-Calculator 6.8.0", "policyengine": "policyengine-us 2.68.0"}
SETS = {
    "random": "random, realistic",
    "boundary": "at the boundaries of the law, a cent below, at and above",
    "constructed": "constructed: minimum tax, separate returns, heads of household",
    "policyengine": "random, with saver's credit and REIT dividends",
}
KINDS = {
    "minimum_tax": "minimum tax due, or nearly so",
    "separate": "married, filing separately",
    "head": "head of household",
}
OUTCOMES = ("compared", "equal", "explained", "unexplained")
HEAD = """# Findings: our taxes against two independent engines

`make oracle` computes the same returns with rothwell, Tax-Calculator and PolicyEngine-US, each engine in an environment
of its own. Adjusted gross income, taxable benefits, taxable income, regular and minimum tax, net investment income tax,
additional Medicare tax, self-employment tax, credits and the whole tax agree to a cent (Tax-Calculator) or a dollar
(PolicyEngine, which computes with 24 bits), or one entry of
[the ledger](../oracle/ledger.csv) answers for the difference: on which returns, by how much at most, who is wrong,
and by which law. Anything else fails the run. A difference is presumed to be ours until the statute says otherwise.

This page is written by `python -m oracle.findings` after a run.

"""


def counts(tallies: dict[str, Any]) -> list[str]:
    """The table of what was compared."""
    lines = ["| engine | returns | year | compared | equal | explained | unexplained |", "| --- " * 7 + "|"]
    for key, tally in tallies.items():
        engine, name, year = key.split()
        explained = sum(tally["explained"].values())
        numbers = " | ".join(f"{number:,}" for number in (tally["compared"], tally["equal"], explained))
        lines.append(f"| {ENGINE_NAMES[engine]} | {SETS[name]} | {year} | {numbers} | {tally['unexplained']:,} |")
    return lines


def kinds(tallies: dict[str, Any]) -> list[str]:
    """The table of the constructed returns of each kind."""
    lines = ["| engine | kind | year | compared | equal | explained | unexplained |", "| --- " * 7 + "|"]
    for key, tally in tallies.items():
        engine, _, year = key.split()
        for kind, found in tally["kinds"].items():
            numbers = " | ".join(f"{found.get(outcome, 0):,}" for outcome in OUTCOMES)
            lines.append(f"| {ENGINE_NAMES[engine]} | {KINDS[kind]} | {year} | {numbers} |")
    return lines


def of_entry(entry: Entry, tallies: dict[str, Any]) -> tuple[int, int, float]:
    """How many returns an entry answers for, of how many, and the largest difference in tax."""
    found = [
        tally for key, tally in tallies.items() if key.split()[0] == entry.engine and int(key.split()[2]) in entry.years
    ]
    answered = sum(
        count for tally in found for names, count in tally["explained"].items() if entry.name in names.split(" + ")
    )
    largest = max((tally["largest"].get(entry.name, 0.0) for tally in found), default=0.0)
    return answered, sum(tally["compared"] for tally in found), largest


def entries(tallies: dict[str, Any]) -> list[str]:
    """The table of the ledger with its counts."""
    lines = [
        "| what differs | engine | year | wrong | law | returns | at most (tax) | bound |",
        "| --- " * 8 + "|",
    ]
    for entry in read_ledger():
        answered, compared, largest = of_entry(entry, tallies)
        years = ", ".join(str(year) for year in entry.years)
        cells = (
            f"{entry.what} (`{entry.name}`)",
            ENGINE_NAMES[entry.engine],
            years,
            ENGINE_NAMES.get(entry.wrong, entry.wrong),
            entry.statute,
            f"{answered:,} of {compared:,}",
            f"{largest:,.2f}",
            f"`{entry.bound}`",
        )
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def main() -> None:
    """Write the page; what stands below the heading on ourselves is kept."""
    tallies = json.loads(TALLIES.read_text())
    ours = "## Where we were wrong\n"
    old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    kept = ours + old.partition(ours)[2] if ours in old else ours
    compared = [*counts(tallies), "\nThe constructed returns by kind:\n", *kinds(tallies)]
    parts = [HEAD, "## What was compared\n", *compared, "\n## The ledger\n", *entries(tallies), "", kept]
    PAGE.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
