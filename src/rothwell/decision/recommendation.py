"""Which difference a household has to decide by, and which strategy follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rothwell.decision.comparison import Comparison
from rothwell.decision.measures import Estimate, gains
from rothwell.law.landscape import Landscape
from rothwell.lifetime.strategies import BROKERAGE


class AskedAbout(NamedTuple):
    """Two strategies, by how much the first exceeds the second, and the same if the estate had no weight."""

    with_it: str
    without_it: str
    difference: Estimate
    without_bequest: Estimate


def how_open(landscape: Landscape) -> tuple[int, bool]:
    """What ranks landscapes by how many laws are possible in them."""
    return len(landscape.regimes), not landscape.is_certain


def most_laws(comparisons: Iterable[Comparison]) -> Comparison:
    """The comparison under the landscape with most possible laws."""
    return max(comparisons, key=lambda one: how_open(one.landscape))


def asked_about(comparison: Comparison) -> AskedAbout:
    """What has to be decided: the mega backdoor where a plan allows it, else conversions after retirement."""
    mega = comparison.mega_backdoor
    if mega is not None:
        return AskedAbout(mega.best_with, mega.best_without, mega.value, mega.value_without_bequest)
    rivals = [one for one in comparison.results if one.strategy.conversions_alone]
    best = max(rivals, key=lambda one: one.certainty_equivalent.value)
    return AskedAbout(best.strategy.name, BROKERAGE, best.paired_difference, best.without_bequest)


def recommended(comparison: Comparison) -> str:
    """The strategy to follow: the best, unless a simpler one is as good by two standard errors."""
    asked = asked_about(comparison)
    if gains(asked.difference):
        return comparison.best if gains(comparison.result(asked.with_it).behind_best) else asked.with_it
    if asked.without_it != BROKERAGE and gains(comparison.result(asked.without_it).paired_difference):
        return asked.without_it
    if comparison.mega_backdoor is None and gains(comparison.result(BROKERAGE).behind_best):
        return comparison.best
    return BROKERAGE
