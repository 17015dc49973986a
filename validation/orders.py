"""Case B1: how long the money lasts under the five orders of withdrawal, worked out without the compiler.

The product draws taxable, then tax-deferred, then Roth money; no strategy can draw Roth money first, as order 1 does.
So the year of the simulator is run as plain Python, with the one function that spreads a withdrawal over its sources in
another order and all else as it is. `python -m validation.orders` does that and writes JSON; it wants
NUMBA_DISABLE_JIT=1.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import numpy as np

from rothwell.household import Household
from rothwell.law.landscape import Landscape, load_landscape
from rothwell.lifetime.scenario import Outcome
from rothwell.lifetime.strategies import BROKERAGE
from tests.lifetime.runs import BY_NAME, simulate
from validation.inputs import FOLDER, changed, flat_tax, household_of, law_of_2017

SHORT = 0.01  # dollars of spending that are missing when the money is gone
LOW = "low"  # tax-deferred money up to the top of the strategy's bracket
USUAL = ("taxable", "deferred", "roth")
NO_TAX = 0.0


@dataclass(frozen=True, slots=True)
class Order:
    """A way to draw: its number in the README, its words, the sources in order, and the strategy that does the rest."""

    number: str
    words: str
    sources: tuple[str, ...]
    strategy: str = BROKERAGE


ORDERS = (
    Order("1", "Roth, deferred, taxable", ("roth", "deferred", "taxable")),
    Order("2", "taxable, deferred, Roth", USUAL),
    Order("3", "deferred to the top of 12%, taxable, Roth", (LOW, "taxable", "roth", "deferred"), "deferred_first"),
    Order("4", "as 2, conversions to the top of 12%", USUAL, "convert_to_12"),
    Order("5", "as 2, conversions to the top of 10%", USUAL, "convert_to_10"),
    Order("2r", "taxable, Roth, deferred", ("taxable", "roth", "deferred")),
)
"""The five of the README, and for the flat tax the second with deferred and Roth money in the other order."""
OF_THE_PRODUCT = ("2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class Lasted:
    """How long an order lasted in years, and the income tax and the premiums of all its years, dollars of 2026."""

    years: float
    tax: float
    premiums: float


def spread_in(sources: tuple[str, ...]) -> Callable[..., float]:
    """A twin of `spread_over_sources` that draws in this order, for a household past 59 1/2 without work."""

    def spread(y: Any, raised: float, state: Any, early: Any, place: int) -> float:
        low = min(y.pre_tax_first, y.room_pre_tax) if LOW in sources else 0.0
        rooms = {
            "taxable": y.room_taxable[0] + y.room_taxable[1],
            LOW: low,
            "deferred": y.room_pre_tax - low,
            "roth": y.room_roth,
        }
        drawn = dict.fromkeys(rooms, 0.0)
        left = raised
        for source in sources:
            drawn[source] = min(left, rooms[source])
            left -= drawn[source]
        y.sold_taxable = drawn["taxable"]
        y.free_pre_tax = y.withdrawal_pre_tax = drawn[LOW] + drawn["deferred"]
        y.free_roth = y.withdrawal_roth = drawn["roth"]
        y.after_tax_share_cut = y.deferral_share_cut = y.early_raised = 0.0
        y.withdrawal_hsa = y.roth_earnings = y.early_subject = 0.0
        return 0.0

    return spread


def settings() -> Mapping[str, tuple[Household, Landscape]]:
    """The case as it is written, under the flat tax, and with one thing changed at a time to examine it."""
    cook, today = household_of("cook"), load_landscape("current-law")
    interest = {"dividend_yield": 0.0, "interest_yield": cook.market.mean_return}
    return {
        "as written": (cook, today),
        "flat tax": (cook, flat_tax()),
        "no income tax at all": (cook, flat_tax(NO_TAX)),
        "no dividends": (changed(cook, market={"dividend_yield": 0.0}), today),
        "flat tax, no dividends": (changed(cook, market={"dividend_yield": 0.0}), flat_tax()),
        "the taxable account pays interest": (changed(cook, market=interest), today),
        "the law of 2017": (cook, law_of_2017()),
        "both": (changed(cook, market=interest), law_of_2017()),
    }


def lasted(outcome: Outcome, planned: float) -> Lasted:
    """How long the money of one run lasted: full years, and the part of the spending met in the first year short."""
    met, flows = outcome.spending[0, 0], outcome.flows[0, 0]
    short = np.flatnonzero(met < planned - SHORT)
    assert short.size, "the money lasts longer than the plan"
    prices = flows["price_level"]
    real = {name: float((flows[name] / prices).sum()) for name in ("income_tax", "premiums")}
    return Lasted(float(short[0] + met[short[0]] / planned), real["income_tax"], real["premiums"])


def in_order(order: Order, household: Household, landscape: Landscape) -> Lasted:
    """One order in the patched year; needs the compiler to be off."""
    with patch("rothwell.lifetime.withdrawal.spread_over_sources", spread_in(order.sources)):
        outcome = simulate(household, landscape, (BY_NAME[order.strategy],))
    return lasted(outcome, household.spending.flat_amount or 0.0)


def in_the_product(order: Order) -> Lasted:
    """The same order as the compiled product has it."""
    household = household_of("cook")
    outcome = simulate(household, load_landscape("current-law"), (BY_NAME[order.strategy],))
    return lasted(outcome, household.spending.flat_amount or 0.0)


def all_orders() -> dict[str, dict[str, Lasted]]:
    """Every setting under every order, computed by a process of its own without the compiler."""
    command = [sys.executable, "-m", "validation.orders"]
    path = os.pathsep.join(entry for entry in sys.path if entry)
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": path}
    done = subprocess.run(command, cwd=FOLDER.parent, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout)
    return {name: {key: Lasted(**one) for key, one in row.items()} for name, row in found.items()}


def main() -> None:
    """Write what `all_orders` reads."""
    found = {}
    for name, (household, landscape) in settings().items():
        rows = ((order.number, in_order(order, household, landscape)) for order in ORDERS)
        found[name] = {number: {"years": one.years, "tax": one.tax, "premiums": one.premiums} for number, one in rows}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
