"""Every measure beside the headline, for the strategy to follow, on the first SECONDARY_PATHS futures."""

from __future__ import annotations

from dataclasses import dataclass

from rothwell.decision.account_variance import AccountVariance, account_variance
from rothwell.decision.break_even_rate import BreakEvenRates, break_even_rates
from rothwell.decision.comparison import Comparison, Lived
from rothwell.decision.frontier import Frontier, frontier, mixes_on_own_arrays
from rothwell.decision.headroom import Headroom, headroom
from rothwell.decision.placements import Placements, placements
from rothwell.decision.recommendation import recommended
from rothwell.decision.study import SECONDARY_PATHS
from rothwell.decision.timing import (
    BAN_AFTER,
    LateConversion,
    UnderBan,
    acting_now,
    late_conversions,
    ways_of_conversion,
)
from rothwell.decision.view import View, view_of

RUNS = 3  # the placements, late conversions, Roth shares


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of one landscape.

    complete     whether the long ones were asked for: the spread between laws, and a ban to come
    frontier     None where no deferral may be Roth
    acting_now   the value under a sure ban; empty where no plan takes after-tax money, or where it was not asked for
    """

    landscape: str
    strategy: str
    paths: int
    complete: bool
    placements: Placements
    break_even: BreakEvenRates
    variance: AccountVariance
    headroom: tuple[Headroom, ...]
    late_conversions: tuple[LateConversion, ...]
    frontier: Frontier | None
    acting_now: tuple[UnderBan, ...]


def measure(lived: Lived, complete: bool) -> Measures:
    """The measures of a household under a landscape lived through; `complete` asks for the long ones too."""
    comparison, one = lived.comparison, lived.study
    view = view_of(lived, recommended(comparison))
    placed = one.beside(lambda: placements(view))
    others = one.beside(lambda: _side_by_side(view, comparison, complete))
    banned = one.beside(lambda: acting_now(view, comparison) if complete else ())
    return Measures(
        landscape=comparison.landscape.name,
        strategy=view.strategy.name,
        paths=view.study.paths,
        complete=complete,
        break_even=break_even_rates(view),
        variance=account_variance(view),
        headroom=headroom(view),
        placements=placed(),
        late_conversions=others()[0],
        frontier=others()[1],
        acting_now=banned(),
    )


def _side_by_side(
    view: View, comparison: Comparison, complete: bool
) -> tuple[tuple[LateConversion, ...], Frontier | None]:
    """What late conversions cost and the Roth shares: in one run where both go by the household as its file stands."""
    view = view.knowing((*ways_of_conversion(comparison), *mixes_on_own_arrays(view)))
    means = view.landscape.keeping_means() if complete else None
    return late_conversions(view, comparison), frontier(view, complete, means)


def units_of_measures(paths: int, regimes: int, complete: bool) -> int:
    """About how many paths `measure` simulates, for a progress bar."""
    runs = RUNS
    if complete:
        runs += (regimes if regimes > 1 else 0) + len(BAN_AFTER) + len(BAN_AFTER)
    return min(paths, SECONDARY_PATHS) * runs
