"""The measures as tables: one row for each number, and one for each year's headroom."""

from __future__ import annotations

from collections.abc import Iterator

from rothwell.decision.all_measures import Measures
from rothwell.decision.frontier import Frontier
from rothwell.decision.measures import Estimate
from rothwell.decision.placements import PLACED
from rothwell.lifetime.headroom import HEADROOMS
from rothwell.report.measures_json import money, rate

MEASURES = ("landscape", "strategy", "measure", "of", "value", "standard_error", "unit")
HEADROOM = ("landscape", "strategy", "year", *HEADROOMS)
DOLLARS, RATE, TIMES = "real dollars a year", "rate", "times"
NOTHING = ""


def measures_rows(measures: Measures) -> Iterator[tuple[str | float, ...]]:
    """Each number with its standard error and unit."""
    for name, of, found, unit in _every(measures):
        numbers = rate(found.value), rate(found.standard_error)
        yield measures.landscape, measures.strategy, name, of, *numbers, unit


def _every(measures: Measures) -> Iterator[tuple[str, str, Estimate, str]]:
    for row in measures.placements.rows:
        placed = Estimate(row.value.value * PLACED, row.value.standard_error * PLACED)
        yield "next_dollar", row.account, placed, DOLLARS
        yield "next_dollar_beside_taxable", row.account, row.beside_taxable, TIMES
    yield "rate_of_indifference", NOTHING, measures.placements.rate_of_indifference, RATE
    for source in measures.break_even.sources:
        yield "break_even_rate", source.source, Estimate(source.rate, 0.0), RATE
        yield "break_even_exceeded", source.source, source.exceeded, "share of years"
    yield "variance_ratio", "traditional_to_roth", measures.variance.ratio, TIMES
    for late in measures.late_conversions:
        yield "late_conversion", late.how_late, late.cost, DOLLARS
    for ban in measures.acting_now:
        yield "ban_to_come", str(ban.years), ban.value, DOLLARS
        yield "lost_by_waiting", str(ban.years), ban.lost_by_waiting, DOLLARS
    if measures.frontier is not None:
        yield from _of_frontier(measures.frontier)


def _of_frontier(found: Frontier) -> Iterator[tuple[str, str, Estimate, str]]:
    for one in found.shares:
        yield "roth_share", f"{one.share:g}", one.certainty_equivalent, DOLLARS
        yield "roth_share_above_none", f"{one.share:g}", one.above_none, DOLLARS
        if one.law_spread is not None:
            yield "law_spread", f"{one.share:g}", one.law_spread, DOLLARS
    yield "diversification", NOTHING, found.diversification.value, DOLLARS
    if found.mean_preserving is not None:
        yield "diversification_mean_preserving", NOTHING, found.mean_preserving.value, DOLLARS


def headroom_rows(measures: Measures) -> Iterator[tuple[str | float, ...]]:
    """The median room below each threshold; empty where most futures have none ahead."""
    for one in measures.headroom:
        rooms = [one.room.get(name) for name in HEADROOMS]
        cells = [NOTHING if room is None else money(room.value) for room in rooms]
        yield measures.landscape, measures.strategy, one.year, *cells
