"""What rows of several parts of the household file have in common."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.household.changes import Changes, Row


def adder(rows: list[Row]) -> Callable[..., None]:
    """A function that adds a row: the key's path, the example, the outputs as words, the values; `given` first."""

    def row(path: str, base: str, outputs: str, *values: Any, given: Changes | None = None) -> None:
        rows.append(Row(path, base, values, tuple(outputs.split()), given or {}))

    return row


def day(text: str) -> date:
    """A day of the file."""
    return date.fromisoformat(text)


PAYMENTS: Changes = {
    "payments": {
        "as_of": day("2026-10-31"),
        "prior_year_tax": 60_000,
        "prior_year_agi": 260_000,
        "withheld_so_far": 20_000,
        "withholding_to_come": 3_000,
    }
}
DIES: Changes = {"people[0].planning_age": 75}  # Robert, ten years into the plan
LIVES: Changes = {"mortality.kind": "table", "people[0].sex": "male", "people[1].sex": "female"}
GUARDED: Changes = {"spending.rule": "guardrails"}
EVERY = ("none", "every_paycheck", "monthly", "quarterly", "half_yearly", "yearly")
MIXES: Changes = {
    "mixes": [
        {"name": "savings", "stocks": 0.6, "bonds": 0.3, "cash": 0.1},
        {"name": "all stocks", "stocks": 1.0},
    ],
}
