"""What a landscape may bring, in words and as JSON, and the rate that the household itself would pay under it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from rothwell.answer import Answer
from rothwell.decision.comparison import Comparison
from rothwell.decision.rate_fan import RATE_FAN
from rothwell.decision.recommendation import recommended
from rothwell.law.landscape import Landscape, Shock
from rothwell.law.landscape_drift import Reverting
from rothwell.report.blocks import Grid, Section
from rothwell.report.reading import headline
from rothwell.report.words import dollars, percent, title

EVERY = 5  # years between the rows of the terminal's table
LOW, MIDDLE, HIGH = (RATE_FAN.index(level) for level in (10, 50, 90))
NONE = "–"
WHAT = {
    "mega_backdoor_ban": "new moves of after-tax money to Roth are banned",
    "conversion_ban": "conversions are banned in years of high taxable income",
    "roth_distribution_required": "large retirement balances must be distributed, Roth money first",
    "step_up_repeal": "heirs take over the basis: the step-up at death is repealed",
    "social_security_cut": "benefits of Social Security are cut",
    "payout_limit": "heirs who have ten years to empty an inherited retirement account have less",
}


def shock_points(landscape: Landscape) -> Iterator[str]:
    """A sentence for each shock, for a drift and for what is drawn from the record."""
    for shock in landscape.shocks:
        yield (
            f"Besides, with a chance of {percent(shock.probability)} (a belief), {_what(shock)} from a year of "
            f"{shock.first_year} to {shock.last_year} on{_spared(shock)}."
        )
    if landscape.drift is not None:
        moves = [
            f"{name} by {one.deviation:g} points a year, {percent(one.reversion)} of the distance taken back each year"
            for name, one in (("ordinary rates", landscape.drift.ordinary), ("rates on gains", landscape.drift.gains))
            if one.deviation > 0.0
        ]
        yield f"Rates drift (a belief): {'; '.join(moves)}."
    if landscape.history is not None:
        signs = "as likely up as down (a belief)" if landscape.history.either_sign else "with their signs"
        yield (
            f"Rates change as in the record since 1954, in blocks of {landscape.history.block} years drawn at random, "
            f"{signs}."
        )
    if landscape.mean_preserving:
        yield (
            "The rates of every regime are moved so that in each year each statutory rate is on average that of "
            "current law; brackets and deductions are not, and one-way shocks are off."
        )


def _what(shock: Shock) -> str:
    """What a shock does, with its amounts."""
    words = WHAT[shock.kind]
    if shock.kind == "social_security_cut":
        return f"{words} by {percent(shock.size)}"
    if shock.kind == "payout_limit":
        return f"{words} ({shock.years:g})"
    if shock.kind == "conversion_ban":
        single, joint, head = (dollars(amount) for amount in shock.taxable_income_over[:3])
        return f"{words} (above {single} single, {joint} joint, {head} head of household, dollars of {shock.base_year})"
    if shock.kind == "roth_distribution_required":
        return f"{words} (above {dollars(shock.balance_over)} a person, dollars of {shock.base_year})"
    return words


def _spared(shock: Shock) -> str:
    return "; what is old then is spared" if shock.grandfathered else ""


def rate_section(answer: Answer) -> Section:
    """The fan of the household's own marginal rate by year under each landscape, under the strategy to follow."""
    fans = [_fan(one) for one in answer.comparisons]
    years = [year for year in range(fans[0].shape[1]) if any(np.isfinite(fan[MIDDLE, year]) for fan in fans)]
    shown = [year for year in years if (answer.start_year + year) % EVERY == 0 or year in (years[0], years[-1])]
    rows = tuple((str(answer.start_year + year), *(_cell(fan[:, year]) for fan in fans)) for year in shown)
    followed = title(recommended(headline(answer)), headline(answer))
    lead = (
        f"The bracket of your next ordinary dollar by the law in force, under '{followed}': one future in ten is below "
        "the first rate, half are below the second, one in ten above the third. It is the statutory rate, without "
        "taxable benefits, the 3.8% tax and Medicare premiums. If you find these rates absurd, so are the chances of "
        "that landscape: change them."
    )
    names = tuple(f"'{one.landscape.name}'" for one in answer.comparisons)
    grid = Grid("10% – median – 90% of the futures", ("Year", *names), rows)
    alone = [one.landscape for one in answer.comparisons if len(one.landscape.regimes) == 1]  # without a table of laws
    points = tuple(f"'{one.name}': {words}" for one in alone for words in shock_points(one))
    return Section("rates", "The rate you would pay", (lead,), (grid,), ("rates",), points)


def _fan(comparison: Comparison) -> Any:
    names = [one.strategy.name for one in comparison.results]
    return comparison.rate_fan[names.index(recommended(comparison))]


def _cell(fan: Any) -> str:
    if not np.isfinite(fan[MIDDLE]):
        return NONE
    digits = (
        0 if all(abs(100.0 * fan[level] - round(100.0 * fan[level])) < 0.05 for level in (LOW, MIDDLE, HIGH)) else 1
    )
    return " – ".join(percent(float(fan[level]), digits) for level in (LOW, MIDDLE, HIGH))


def shocks_json(landscape: Landscape) -> list[dict[str, Any]]:
    """The shocks of a landscape with their amounts; what a kind has not is null."""
    return [
        {
            "kind": shock.kind,
            "probability": shock.probability,
            "first_year": shock.first_year,
            "last_year": shock.last_year,
            "grandfathered": shock.grandfathered,
            "size": shock.size if shock.kind == "social_security_cut" else None,
            "years": _finite(shock.years),
            "taxable_income_over": dict(zip(("single", "joint", "head"), shock.taxable_income_over, strict=False))
            if shock.kind == "conversion_ban"
            else None,
            "balance_over": _finite(shock.balance_over),
            "roth_first_over": _finite(shock.roth_first_over),
            "share_of_excess": shock.share_of_excess if shock.kind == "roth_distribution_required" else None,
            "base_year": shock.base_year or None,
        }
        for shock in landscape.shocks
    ]


def _finite(amount: float) -> float | None:
    return amount if np.isfinite(amount) else None


def drift_json(landscape: Landscape) -> dict[str, Any] | None:
    """The drift of a landscape, in points."""
    if landscape.drift is None:
        return None

    def words(one: Reverting) -> dict[str, float]:
        return {"deviation": one.deviation, "reversion": one.reversion}

    return {"ordinary": words(landscape.drift.ordinary), "gains": words(landscape.drift.gains)}


def rate_fan_json(answer: Answer, comparison: Comparison) -> list[dict[str, Any]]:
    """The fan of the marginal rate, a row for each year, under the strategy to follow."""
    rows = []
    for index, fan in enumerate(_fan(comparison).T):
        levels = {
            f"p{level}": float(value) if np.isfinite(value) else None
            for level, value in zip(RATE_FAN, fan, strict=True)
        }
        rows.append({"year": answer.start_year + index, **levels})
    return rows
