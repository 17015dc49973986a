"""A landscape, and the law of each simulated path under it.

Law is known only when it takes effect: a path holds the regime, the points and the shocks in force in each year, and no
strategy sees more than the year at hand.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rothwell.errors import InputError
from rothwell.law.landscape_draws import LawDraws
from rothwell.law.landscape_drift import Drift, History, drift_points, history_points
from rothwell.law.landscape_regimes import Regime
from rothwell.law.landscape_shocks import KINDS, MEGA_BACKDOOR_BAN, NEVER, Shock, first_years

NO_POINTS = np.zeros((0, 0, 0))


@dataclass(frozen=True, slots=True)
class Landscape:
    """Regimes, the yearly hazards of moving between them [from, to], when a change may start, shocks and drift.

    start_year        the first year for which the beliefs are meant, if its file says so
    mean_preserving   the rates of every regime are moved so that their expectation is that of current law in each year
    """

    name: str
    start_year: int | None
    regimes: tuple[Regime, ...]
    initial: NDArray[np.float64]
    hazards: NDArray[np.float64]
    elections_only: bool
    mean_preserving: bool
    shocks: tuple[Shock, ...]
    drift: Drift | None
    history: History | None
    note: str

    @property
    def ban(self) -> Shock | None:
        """The ban of the mega backdoor, if it may come."""
        return next((one for one in self.shocks if one.kind == KINDS[MEGA_BACKDOOR_BAN]), None)

    def with_ban(self, year: int) -> Landscape:
        """The same with a ban of the mega backdoor that is sure to begin in a year."""
        others = tuple(one for one in self.shocks if one.kind != KINDS[MEGA_BACKDOOR_BAN])
        return replace(self, shocks=(Shock(KINDS[MEGA_BACKDOOR_BAN], 1.0, year, year), *others))

    def keeping_means(self) -> Landscape | None:
        """The same with its rates on average those of current law, and so without shocks; None where that says nothing
        (one law, or means kept already) or cannot be (a history)."""
        moves = len(self.regimes) > 1 or self.drift is not None
        possible = moves and self.history is None and not self.mean_preserving
        return replace(self, mean_preserving=True, shocks=()) if possible else None

    @property
    def is_certain(self) -> bool:
        """Whether one law holds for ever: one regime, no shock, no drift."""
        return len(self.regimes) == 1 and not self.shocks and self.drift is None and self.history is None

    def stays_current(self, position: int) -> bool:
        """Whether a regime is current law itself, in force from the start."""
        return bool(self.initial[position] == 1.0 and not self.regimes[position].changes and not self.mean_preserving)

    def first_change(self, start_year: int) -> int:
        """The first year after the start in which the law may change."""
        year = start_year + 1
        while not self.may_change(year):
            year += 1
        return year

    def may_change(self, year: int) -> bool:
        """Whether a new regime may take effect in this year (the odd years, where only elections change the law)."""
        return not self.elections_only or year % 2 == 1

    def locked(self, regime: str) -> Landscape:
        """The same regimes with the law going to one of them at its first possible year, without shocks and drift."""
        names = [one.name for one in self.regimes]
        hazards = np.zeros_like(self.hazards)
        hazards[:, names.index(regime)] = 1.0
        return replace(self, hazards=hazards, shocks=(), drift=None, history=None)


@dataclass(frozen=True, slots=True)
class LawPaths:
    """The law of each path.

    regime       the regime in force [path, year]
    shock_from   the year, counted from the start, from which each kind of shock is in force [path, KINDS]; NEVER: not
    points       what is added to the rates [path, year, series] (see landscape_drift); empty where nothing is
    shocks       the shocks that the landscape knows
    """

    regime: NDArray[np.int64]
    shock_from: NDArray[np.int64]
    points: NDArray[np.float64]
    shocks: tuple[Shock, ...]

    @property
    def ban_from(self) -> NDArray[np.int64]:
        """From which year on the ban of the mega backdoor holds, [path]."""
        return self.shock_from[:, MEGA_BACKDOOR_BAN]

    def first(self, paths: int) -> LawPaths:
        """The law of the first paths alone."""
        return LawPaths(self.regime[:paths], self.shock_from[:paths], self.points[:paths], self.shocks)


def law_paths(landscape: Landscape, start_year: int, years: int, draws: LawDraws) -> LawPaths:
    """The law of each path, from its random numbers."""
    if landscape.start_year is not None and start_year < landscape.start_year:
        words = f"the landscape {landscape.name!r} begins later than the plan"
        raise InputError(words, field="start_year", found=start_year, allowed=f"{landscape.start_year} or later")
    draws = replace(draws, years=years)
    shock_from = np.full((draws.paths, len(KINDS)), NEVER)
    for shock in landscape.shocks:
        kind = KINDS.index(shock.kind)
        shock_from[:, kind] = first_years(shock, start_year, draws.shock(kind))
    points = NO_POINTS
    if landscape.drift is not None:
        points = drift_points(landscape.drift, draws, lambda year: landscape.may_change(start_year + year))
    if landscape.history is not None:
        drawn = history_points(landscape.history, draws)
        points = drawn + points if points.size else drawn
    return LawPaths(_regime_paths(landscape, start_year, draws), shock_from, points, landscape.shocks)


def _regime_paths(landscape: Landscape, start_year: int, draws: LawDraws) -> NDArray[np.int64]:
    """The regime in force, [path, year].

    A change may start only in certain years; its chance there is that of the years since the last such year.
    """
    count, years = len(landscape.regimes), draws.years
    regime = np.zeros((draws.paths, years), dtype=np.int64)
    if count == 1:
        return regime
    uniforms = draws.regimes()
    current = np.searchsorted(np.cumsum(landscape.initial), uniforms[:, 0], side="right")
    current = np.minimum(current, count - 1)
    for year, since in enumerate(years_since_change(landscape, start_year, years)):
        if since > 0:
            reached = np.cumsum(_moves(landscape, since), axis=1)
            draw = uniforms[:, year]
            target = np.minimum((reached[current] <= draw[:, None]).sum(axis=1), count - 1)
            current = np.where(draw < reached[current, -1], target, current)
        regime[:, year] = current
    return regime


def chances(landscape: Landscape, start_year: int, years: int) -> NDArray[np.float64]:
    """The exact chance of each regime in each year, [year, regime]."""
    found = np.empty((years, len(landscape.regimes)))
    now = landscape.initial
    for year, since in enumerate(years_since_change(landscape, start_year, years)):
        if since > 0:
            moves = _moves(landscape, since)
            now = now * (1.0 - moves.sum(axis=1)) + now @ moves
        found[year] = now
    return found


def years_since_change(landscape: Landscape, start_year: int, years: int) -> list[int]:
    """For each year of a plan, how many years' chances a change in it has; 0 where the law cannot change."""
    found = [0]
    last = start_year
    while not landscape.may_change(last):
        last -= 1
    for year in range(start_year + 1, start_year + years):
        found.append(year - last if landscape.may_change(year) else 0)
        last = year if landscape.may_change(year) else last
    return found


def _moves(landscape: Landscape, since: int) -> NDArray[np.float64]:
    """The chance of moving from each regime to each other one, [from, to], with the chances of so many years."""
    leaving = landscape.hazards.sum(axis=1)
    chance = 1.0 - (1.0 - np.minimum(leaving, 1.0)) ** since
    moves: NDArray[np.float64] = landscape.hazards * (chance / np.where(leaving > 0.0, leaving, 1.0))[:, None]
    return moves
