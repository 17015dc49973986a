"""What all landscapes of a household share: the futures, and the strategies that are open to the household."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rothwell.decision.measures import Worth
from rothwell.household import Household
from rothwell.lifetime.household_arrays import years_of_plan
from rothwell.lifetime.household_market import draw_household_market
from rothwell.lifetime.markets import Market, draw_uniforms
from rothwell.lifetime.scenario import RunOptions
from rothwell.lifetime.strategies import PRESETS, SMALLER_CONVERSIONS, Strategy

SECONDARY_PATHS = 2_000  # for medians, regimes, the year table, the measures, and landscapes beside the headline's


@dataclass(frozen=True, slots=True)
class Study:
    """What all landscapes of a household share: markets, lives and the numbers that draw the law.

    `unchanged` keeps what the strategies are worth on the first paths if the law stays, once a landscape has found it.
    """

    household: Household
    start_year: int
    market: Market
    uniforms: NDArray[np.float64]
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
        return replace(self, market=self.market.first(paths), uniforms=self.uniforms[:paths])


def study(household: Household, start_year: int, paths: int, seed: int, threads: int | None = None) -> Study:
    """Draw the futures of a household.

    Where nobody works from the start, conversions of three sizes are compared.
    """
    years = years_of_plan(household, start_year)
    presets = PRESETS if somebody_works(household, start_year) else (*PRESETS, *SMALLER_CONVERSIONS)
    market = draw_household_market(household, start_year, years, paths, seed)
    strategies = tuple(one for one in presets if applies(one, household, start_year))
    return Study(household, start_year, market, draw_uniforms(paths, years, seed), strategies, threads, None, [], seed)


def somebody_works(household: Household, start_year: int) -> bool:
    """Whether anybody has a job in the start year or later."""
    return any(household.last_year_of_work(job) >= start_year for job in household.jobs_and_businesses)


def applies(strategy: Strategy, household: Household, start_year: int) -> bool:
    """Whether a preset is open to the household: after-tax money needs a plan that takes it and moves it to Roth."""
    working = [
        job
        for job in household.jobs_and_businesses
        if job.plan is not None and household.last_year_of_work(job) >= start_year
    ]
    takes_after_tax = any(
        job.plan is not None
        and job.plan.after_tax_contributions
        and (job.plan.conversion != "none" or job.plan.in_service_rollover)
        for job in working
    )
    changes_deferrals = any(
        job.plan is not None and job.plan.roth_deferrals and job.plan.deferral_kind != "roth" for job in working
    )
    return (takes_after_tax or not strategy.uses_after_tax) and (changes_deferrals or strategy.roth_deferrals == 0.0)
