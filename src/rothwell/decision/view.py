"""The strategy in view: one strategy on the first futures, and others run on the same ones to be held beside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rothwell.decision.comparison import Comparison
from rothwell.decision.measures import Worth, worth
from rothwell.decision.study import SECONDARY_PATHS, Study
from rothwell.law.landscape import Landscape, law_paths
from rothwell.law.timeline import LawTables, law_tables
from rothwell.lifetime.household_arrays import statuses_of
from rothwell.lifetime.markets import Market
from rothwell.lifetime.records import HouseholdArrays
from rothwell.lifetime.scenario import LAW_READ, Outcome, RunOptions, run
from rothwell.lifetime.strategies import Strategy
from rothwell.lifetime.year_record import TABLE_COLUMNS
from rothwell.tax.marginal_rates import MarginalRates


@dataclass(frozen=True, slots=True)
class View:
    """A strategy under one landscape on the first SECONDARY_PATHS futures.

    rates     what the next dollar costs in the first year
    outcome   of this strategy alone, with the flows that a report shows
    value     its certainty equivalent
    """

    study: Study
    landscape: Landscape
    tables: LawTables
    strategy: Strategy
    rates: MarginalRates
    outcome: Outcome
    value: Worth

    @property
    def market(self) -> Market:
        """The markets of the futures that are seen."""
        return self.study.market

    def column(self, name: str) -> NDArray[np.float64]:
        """A flow of the report's year, [year, path], in dollars of the year."""
        return np.asarray(self.outcome.table[0, :, TABLE_COLUMNS.index(name)])

    def worth_of(
        self,
        strategies: tuple[Strategy, ...],
        landscape: Landscape | None = None,
        arrays: HouseholdArrays | None = None,
    ) -> Worth:
        """What strategies are worth on the same futures; with the same regimes under another chain, or other arrays."""
        options = self.study.options(arrays=arrays, progress=self.study.progress)
        outcome = _run(self.study, landscape or self.landscape, self.tables, strategies, options)
        return worth(outcome, self.study.household.beliefs)


def view_of(one: Study, comparison: Comparison, name: str) -> View:
    """The strategy of that name under the landscape of a comparison."""
    position = [result.strategy.name for result in comparison.results].index(name)
    strategy, landscape = comparison.results[position].strategy, comparison.landscape
    one, household, years = one.first(SECONDARY_PATHS), one.household, one.market.returns.shape[1]
    tables, _ = law_tables(
        landscape.regimes, one.start_year, years, household.market.growth, statuses_of(household), LAW_READ
    )
    options = one.options(table_kept=SECONDARY_PATHS, progress=one.progress)
    outcome = _run(one, landscape, tables, (strategy,), options)
    return View(
        study=one,
        landscape=landscape,
        tables=tables,
        strategy=strategy,
        rates=comparison.next_dollars[position].rates,
        outcome=outcome,
        value=worth(outcome, household.beliefs),
    )


def _run(
    one: Study, landscape: Landscape, tables: LawTables, strategies: tuple[Strategy, ...], options: RunOptions
) -> Outcome:
    laws = law_paths(landscape, one.start_year, one.market.returns.shape[1], one.uniforms)
    return run(one.household, one.start_year, one.market, laws, tables, strategies, options)
