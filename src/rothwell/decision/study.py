"""What all landscapes of a household share: the futures, and the strategies that are open to the household."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from rothwell.decision.measures import Worth
from rothwell.household import Household
from rothwell.law.landscape import LawDraws
from rothwell.lifetime.compared import compared_strategies
from rothwell.lifetime.household_arrays import years_of_plan
from rothwell.lifetime.household_market import draw_household_market
from rothwell.lifetime.markets import Market, draw_uniforms
from rothwell.lifetime.scenario import RunOptions
from rothwell.lifetime.strategies import Strategy

SECONDARY_PATHS = 2_000  # for medians, regimes, the year table, the measures, and landscapes beside the headline's


@dataclass(frozen=True, slots=True)
class Study:
    """What all landscapes of a household share: markets, lives and the numbers that draw the law.

    `unchanged` keeps what the strategies are worth on the first paths if the law stays, once a landscape has found it.
    """

    household: Household
    start_year: int
    market: Market
    uniforms: LawDraws
    strategies: tuple[Strategy, ...]
    threads: int | None
    progress: Callable[[int], None] | None
    unchanged: list[Worth]
    seed: int

    def options(self, **further: Any) -> RunOptions:
        """How to run these futures: their threads and lives, and what else is asked for."""
        return RunOptions(self.threads, seed=self.seed, **further)

    @property
    def paths(self) -> int:
        """How many futures there are."""
        return int(self.market.returns.shape[0])

    def first(self, paths: int) -> Study:
        """The same of the first paths alone, all where there are no more."""
        if paths >= self.paths:
            return self
        return replace(self, market=self.market.first(paths), uniforms=self.uniforms.first(paths))


def study(household: Household, start_year: int, paths: int, seed: int, threads: int | None = None) -> Study:
    """Draw the futures of a household, in which its strategies are compared."""
    years = years_of_plan(household, start_year)
    market = draw_household_market(household, start_year, years, paths, seed)
    strategies = compared_strategies(household, start_year)
    return Study(household, start_year, market, draw_uniforms(paths, years, seed), strategies, threads, None, [], seed)
