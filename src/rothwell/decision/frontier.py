"""Roth shares of the deferrals from none to all: expected living against the spread between laws, and what mixing is
worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from rothwell.decision.measures import RELIABLE, Estimate, Worth, estimate
from rothwell.decision.view import View, tables_of
from rothwell.law.landscape import Landscape
from rothwell.lifetime.records import HouseholdArrays
from rothwell.lifetime.strategies import NEVER, Strategy

ROTH_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)  # of the deferrals
NEAR_ZERO = 0.001  # of a certainty equivalent: a mix worth less than this is worth nothing


@dataclass(frozen=True, slots=True)
class RothShare:
    """One Roth share of the deferrals, all else as in the strategy in view.

    above_none     certainty equivalent above that of no Roth deferrals, on the same futures
    law_spread     the certainty equivalent with the law locked to the best regime less that of the worst; None: not
                   asked for, or there is one law only
    """

    share: float
    certainty_equivalent: Estimate
    above_none: Estimate
    law_spread: Estimate | None
    best_law: str | None
    worst_law: str | None


@dataclass(frozen=True, slots=True)
class Diversification:
    """What mixing pre-tax and Roth deferrals is worth: the best mix less the better of all pre-tax and all Roth.

    level    certainty equivalent of that corner
    """

    best_mix: float
    best_corner: float
    value: Estimate
    level: float

    @property
    def worthless(self) -> bool:
        """Whether it is near zero: within two standard errors, or below a thousandth of the certainty equivalent."""
        small = self.value.value < NEAR_ZERO * self.level
        return small or self.value.value <= RELIABLE * self.value.standard_error


@dataclass(frozen=True, slots=True)
class Frontier:
    """The shares in their order, and what mixing is worth under the beliefs of the landscape and, where it was asked
    for, under the same landscape with every rate's mean kept at that of current law."""

    shares: tuple[RothShare, ...]
    diversification: Diversification
    mean_preserving: Diversification | None


def frontier(view: View, by_regime: bool, mean_preserving: Landscape | None = None) -> Frontier | None:
    """The frontier of a household; None where no deferral may be Roth.

    `by_regime` asks for the spread between laws, `mean_preserving` is the landscape for the second diversification.
    """
    arrays = _free_to_choose(view.study.arrays)
    if arrays is None:
        return None
    mixes = mixes_of(view.strategy)
    value = view.worth_of(mixes, arrays=arrays)
    locked: dict[str, Worth] = {}
    if by_regime and len(view.landscape.regimes) > 1:
        for regime in view.landscape.regimes:
            locked[regime.name] = view.worth_of(mixes, view.landscape.locked(regime.name), arrays)
    other = None
    if mean_preserving is not None:
        tables = tables_of(view.study, mean_preserving)
        other = diversification(view.worth_of(mixes, mean_preserving, arrays, tables))
    return Frontier(
        tuple(_share(value, locked, position) for position in range(len(mixes))), diversification(value), other
    )


def _free_to_choose(arrays: HouseholdArrays) -> HouseholdArrays | None:
    """The household with deferrals that are Roth only as far as a strategy says; None where none may be."""
    plans = arrays.jobs["plan"]
    if not ((plans["roth_feature"] > 0.0) & (plans["planned_deferral"] > 0.0)).any():
        return None
    if not arrays.jobs["planned_roth"].any():
        return arrays
    jobs = arrays.jobs.copy()
    jobs["planned_roth"] = 0.0
    return arrays._replace(jobs=jobs)


def mixes_of(strategy: Strategy) -> tuple[Strategy, ...]:
    """A strategy with each of ROTH_SHARES."""
    return tuple(_with_share(strategy, share) for share in ROTH_SHARES)


def mixes_on_own_arrays(view: View) -> tuple[Strategy, ...]:
    """The mixes, where the household may choose between them as its file stands; else nothing."""
    return mixes_of(view.strategy) if _free_to_choose(view.study.arrays) is view.study.arrays else ()


def _with_share(strategy: Strategy, share: float) -> Strategy:
    return replace(strategy, name=f"{strategy.name}_{share:g}", roth_deferrals=share, late_career_age=NEVER)


def _share(value: Worth, locked: Mapping[str, Worth], position: int) -> RothShare:
    spread, best, worst = law_spread(locked, position)
    return RothShare(
        share=ROTH_SHARES[position],
        certainty_equivalent=value.estimate(position),
        above_none=value.difference(position, 0),
        law_spread=spread,
        best_law=best,
        worst_law=worst,
    )


def law_spread(locked: Mapping[str, Worth], position: int) -> tuple[Estimate | None, str | None, str | None]:
    """The certainty equivalent under the best law less that under the worst, and the names of both."""
    if not locked:
        return None, None, None
    levels = {name: float(one.certainty_equivalent[position]) for name, one in locked.items()}
    best, worst = max(levels, key=lambda name: levels[name]), min(levels, key=lambda name: levels[name])
    gap = locked[best].influence[position] - locked[worst].influence[position]
    return estimate(levels[best] - levels[worst], gap), best, worst


def diversification(value: Worth) -> Diversification:
    """The best mix less the better corner, of strategies in the order of ROTH_SHARES."""
    levels = value.certainty_equivalent
    last = levels.size - 1
    mix = 1 + int(np.argmax(levels[1:last]))
    corner = 0 if levels[0] >= levels[last] else last
    return Diversification(ROTH_SHARES[mix], ROTH_SHARES[corner], value.difference(mix, corner), float(levels[corner]))
