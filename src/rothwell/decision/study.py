"""What all landscapes of a household share: the futures, and the strategies that are open to the household."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cache
from threading import Semaphore, Thread
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from rothwell.decision.measures import Worth
from rothwell.household import Household
from rothwell.law.landscape import LawDraws
from rothwell.lifetime.compared import compared_strategies
from rothwell.lifetime.household_arrays import household_arrays, years_of_futures, years_of_plan
from rothwell.lifetime.household_market import draw_household_market
from rothwell.lifetime.markets import Market, draw_uniforms
from rothwell.lifetime.records import HouseholdArrays
from rothwell.lifetime.scenario import RunOptions, cores, load_compiled_year
from rothwell.lifetime.strategies import Strategy

Found = TypeVar("Found")
SECONDARY_PATHS = 2_000  # for medians, regimes, the year table, the measures, and landscapes beside the headline's


@dataclass(frozen=True, slots=True)
class Study:
    """What all landscapes of a household share: markets, lives and the numbers that draw the law.

    arrays      the household as the compiled year reads it
    unchanged   gives what the strategies are worth on the first paths if the law stays, once a landscape has begun it
    spare       tables of years that nobody reads any more
    turns       as many as threads may simulate at a time, whatever runs side by side
    pool        where work goes on that nothing waits for yet; None: it is done when it is asked for
    """

    household: Household
    arrays: HouseholdArrays
    start_year: int
    market: Market
    uniforms: LawDraws
    strategies: tuple[Strategy, ...]
    threads: int | None
    progress: Callable[[int], None] | None
    unchanged: list[Callable[[], Worth]]
    seed: int
    spare: list[NDArray[np.float64]]
    turns: Semaphore
    pool: Executor | None = None

    def options(self, **further: Any) -> RunOptions:
        """How to run these futures: their threads and lives, and what else is asked for."""
        own = {"arrays": self.arrays, "seed": self.seed, "turns": self.turns, "spare": self.spare}
        return RunOptions(self.threads, **{**own, **further})

    def beside(self, work: Callable[[], Found]) -> Callable[[], Found]:
        """Begin work that waits for no other work begun so; what is returned gives what it finds."""
        return cache(work) if self.pool is None else self.pool.submit(work).result

    @property
    def paths(self) -> int:
        """How many futures there are."""
        return int(self.market.returns.shape[0])

    @property
    def years_of_plan(self) -> int:
        """The years in which somebody of the household may live; the futures go on for the heirs."""
        return years_of_plan(self.household, self.start_year)

    def first(self, paths: int) -> Study:
        """The same of the first paths alone, all where there are no more."""
        if paths >= self.paths:
            return self
        return replace(self, market=self.market.first(paths), uniforms=self.uniforms.first(paths))


def study(household: Household, start_year: int, paths: int, seed: int, threads: int | None = None) -> Study:
    """Draw the futures of a household, in which its strategies are compared; the compiled year is loaded beside."""
    years = years_of_futures(household, start_year)
    arrays, strategies = household_arrays(household, start_year), compared_strategies(household, start_year)
    if threads != 1:
        Thread(target=load_compiled_year, args=(household, start_year, strategies, arrays)).start()
    return Study(
        household=household,
        arrays=arrays,
        start_year=start_year,
        market=draw_household_market(household, start_year, years, paths, seed),
        uniforms=draw_uniforms(paths, years, seed),
        strategies=strategies,
        threads=threads,
        progress=None,
        unchanged=[],
        seed=seed,
        spare=[],
        turns=Semaphore(threads or cores()),
    )
