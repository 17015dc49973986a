"""The measures as JSON; the keys are documented in docs/json.md."""

from __future__ import annotations

import math
from typing import Any

from rothwell.decision.all_measures import Measures
from rothwell.decision.frontier import Diversification, Frontier, RothShare
from rothwell.decision.measures import Estimate
from rothwell.decision.placements import PLACED

RATE_DIGITS, CENT_DIGITS = 6, 2


def measures_json(measures: Measures) -> dict[str, Any]:
    """The measures as a tree of dictionaries, lists, numbers and texts."""
    return {
        "landscape": measures.landscape,
        "strategy": measures.strategy,
        "paths": measures.paths,
        "all": measures.complete,
        "next_dollar": _next_dollar(measures),
        "break_even_rate": _break_even(measures),
        "account_variance": _variance(measures),
        "frontier": None if measures.frontier is None else _frontier(measures.frontier),
        "headroom": [
            {
                "year": one.year,
                **{name: None if room is None else _dollars(room) for name, room in one.room.items()},
            }
            for one in measures.headroom
        ],
        "late_conversion": [
            {"how_late": one.how_late, "cost": money(one.cost.value), "standard_error": money(one.cost.standard_error)}
            for one in measures.late_conversions
        ],
        "ban_to_come": [
            {
                "years": one.years,
                "value": money(one.value.value),
                "standard_error": money(one.value.standard_error),
                "lost_by_waiting": money(one.lost_by_waiting.value),
                "standard_error_of_loss": money(one.lost_by_waiting.standard_error),
            }
            for one in measures.acting_now
        ],
    }


def money(value: float) -> float:
    """Dollars in cents, without a negative zero."""
    return round(float(value), CENT_DIGITS) + 0.0


def rate(value: float) -> float:
    """A rate or share in six digits."""
    return round(float(value), RATE_DIGITS) + 0.0


def _dollars(one: Estimate) -> dict[str, float]:
    return {"value": money(one.value), "standard_error": money(one.standard_error)}


def _rates(one: Estimate) -> dict[str, float]:
    return {"value": rate(one.value), "standard_error": rate(one.standard_error)}


def _next_dollar(measures: Measures) -> dict[str, Any]:
    found = measures.placements
    return {
        "person": found.person,
        "rate_now": rate(found.rate_now),
        "rate_of_indifference": _rates(found.rate_of_indifference),
        "accounts": [
            {
                "account": row.account,
                "dollars": None if row.dollars is None else rate(row.dollars),
                "value": rate(row.value.value * PLACED),
                "standard_error": rate(row.value.standard_error * PLACED),
                "beside_taxable": _rates(row.beside_taxable),
            }
            for row in found.rows
        ],
    }


def _break_even(measures: Measures) -> dict[str, Any]:
    found = measures.break_even
    return {
        "rate_now": rate(found.rate_now),
        "years": found.years,
        "sources": [
            {
                "source": one.source,
                "rate": rate(one.rate),
                "exceeded": rate(one.exceeded.value),
                "standard_error": rate(one.exceeded.standard_error),
            }
            for one in found.sources
        ],
    }


def _variance(measures: Measures) -> dict[str, Any]:
    found = measures.variance
    return {
        "years": found.years,
        "mean_rate": rate(found.mean_rate),
        "deviation_of_rate": rate(found.deviation_of_rate),
        "variation_of_growth": rate(found.variation_of_growth),
        "threshold": rate(found.threshold) if math.isfinite(found.threshold) else None,
        "ratio": _rates(found.ratio) if math.isfinite(found.ratio.value) else None,
        "mean_ratio": _rates(found.mean_ratio),
    }


def _frontier(found: Frontier) -> dict[str, Any]:
    return {
        "shares": [_share(one) for one in found.shares],
        "diversification": _diversification(found.diversification),
        "diversification_mean_preserving": None
        if found.mean_preserving is None
        else _diversification(found.mean_preserving),
    }


def _share(one: RothShare) -> dict[str, Any]:
    return {
        "roth_share": rate(one.share),
        "certainty_equivalent": _dollars(one.certainty_equivalent),
        "above_none": _dollars(one.above_none),
        "law_spread": None if one.law_spread is None else _dollars(one.law_spread),
        "best_law": one.best_law,
        "worst_law": one.worst_law,
    }


def _diversification(one: Diversification) -> dict[str, Any]:
    return {
        "best_mix": rate(one.best_mix),
        "best_corner": rate(one.best_corner),
        "value": money(one.value.value),
        "standard_error": money(one.value.standard_error),
        "worthless": one.worthless,
    }
