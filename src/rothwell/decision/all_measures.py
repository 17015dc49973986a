"""Every measure beside the headline, for the strategy to follow, on the first SECONDARY_PATHS futures."""

from __future__ import annotations

from dataclasses import dataclass

from rothwell.decision.account_variance import AccountVariance, account_variance
from rothwell.decision.break_even_rate import BreakEvenRates, break_even_rates
from rothwell.decision.comparison import Comparison
from rothwell.decision.frontier import Frontier, frontier
from rothwell.decision.headroom import Headroom, headroom
from rothwell.decision.placements import Placements, placements
from rothwell.decision.recommendation import recommended
from rothwell.decision.study import SECONDARY_PATHS, Study
from rothwell.decision.timing import BAN_AFTER, LateConversion, UnderBan, acting_now, late_conversions
from rothwell.decision.view import view_of

RUNS = 4  # the view, the placements, late conversions, Roth shares


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


def measure(one: Study, comparison: Comparison, complete: bool) -> Measures:
    """The measures of a household under the landscape of a comparison; `complete` asks for the long ones too."""
    view = view_of(one, comparison, recommended(comparison))
    return Measures(
        landscape=comparison.landscape.name,
        strategy=view.strategy.name,
        paths=view.study.paths,
        complete=complete,
        placements=placements(view),
        break_even=break_even_rates(view),
        variance=account_variance(view),
        headroom=headroom(view),
        late_conversions=late_conversions(view, comparison),
        frontier=frontier(view, by_regime=complete),
        acting_now=acting_now(view, comparison) if complete else (),
    )


def units_of_measures(paths: int, regimes: int, complete: bool) -> int:
    """About how many paths `measure` simulates, for a progress bar."""
    runs = RUNS
    if complete:
        runs += (regimes if regimes > 1 else 0) + len(BAN_AFTER) + len(BAN_AFTER)
    return min(paths, SECONDARY_PATHS) * runs
