"""The inputs of this folder as they were fixed before the first run, and changes of one thing to examine them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from rothwell.household import Household, load_household
from rothwell.law.landscape import Landscape, load_landscape, read_landscape
from tests.lifetime.runs import flat_law, held

FOLDER = Path(__file__).resolve().parent
TODAY = date(2026, 11, 23)
FLAT_RATE = 0.22
FUTURES, SEED = 2_000, 1
LARGER = 480_000.0  # dollars: the larger deferred balance of C1, four times that of the file; the README names none


def household_of(name: str) -> Household:
    """A household of this folder."""
    return load_household(FOLDER / f"{name}.toml", TODAY)


def flat_tax(rate: float = FLAT_RATE) -> Landscape:
    """The flat tax of the tests; Social Security benefits are still taxed by their own rule."""
    return flat_law(rate)


def flat_tax_without_benefits() -> Landscape:
    """The same, with no tax on Social Security benefits."""
    none = (held(f"benefit_taxation.{part}", 0.0) for part in ("half", "top_share"))
    return flat_law(FLAT_RATE, 0.0, *none)


def spread() -> Landscape:
    """Every ordinary rate six points up or down, with the same chance, from the start."""
    return load_landscape("spread.toml", FOLDER)


def spread_after_work() -> Landscape:
    """The laws of the spread and current law first: for a run in which the spread begins when work ends."""
    regimes = "".join(
        f"[regimes.{name}]\nordinary_points = {points}\n" for name, points in (("up", 6.0), ("down", -6.0))
    )
    return read_landscape(f'name = "spread after work"\n[regimes.now]\n{regimes}', "spread_after_work.toml")


def law_of_2017() -> Landscape:
    """The law that was to return in 2026, from the start."""
    return read_landscape('name = "law of 2017"\n[regimes.back]\npatch = "law_of_2017"\n', "law_of_2017.toml")


def without_premiums() -> Landscape:
    """Current law without premiums of Medicare."""
    rows = held("part_b.standard_premium", 0.0)
    rows += held("irmaa.part_b_surcharge", [0.0] * 5) + held("irmaa.part_d_surcharge", [0.0] * 5)
    return read_landscape(f'name = "no premiums"\n[regimes.only]\n{rows}', "no_premiums.toml")


def changed(household: Household, **tables: Mapping[str, Any]) -> Household:
    """A household with other values in some of its tables."""
    return household.model_copy(
        update={name: getattr(household, name).model_copy(update=dict(values)) for name, values in tables.items()}
    )


def with_deferred_balance(household: Household, balance: float) -> Household:
    """A household with another balance in its plan's pre-tax account."""
    accounts = [
        one.model_copy(update={"balance": balance}) if one.kind == "pre_tax_plan" else one for one in household.accounts
    ]
    return household.model_copy(update={"accounts": tuple(accounts)})
