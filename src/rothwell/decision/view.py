"""The strategy in view: one strategy on the first futures, and others run on the same ones to be held beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rothwell.decision.comparison import Lived
from rothwell.decision.measures import Worth, counted_lives, worth
from rothwell.decision.study import SECONDARY_PATHS, Study
from rothwell.law.landscape import Landscape, law_paths
from rothwell.law.landscape_means import landscape_tables
from rothwell.law.timeline import LawTables
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
    known     what the strategies that were compared are worth on the same futures
    """

    study: Study
    landscape: Landscape
    tables: LawTables
    strategy: Strategy
    rates: MarginalRates
    outcome: Outcome
    value: Worth
    compared: tuple[Strategy, ...]
    known: Worth

    @property
    def market(self) -> Market:
        """The markets of the futures that are seen."""
        return self.study.market

    def column(self, name: str) -> NDArray[np.float64]:
        """A flow of the report's year, [year, path], in dollars of the year."""
        return np.asarray(self.outcome.table[0, :, TABLE_COLUMNS.index(name)])

    @property
    def own_rates(self) -> NDArray[np.float64]:
        """The federal bracket of the next ordinary dollar and what the state adds on a conversion, [year, path]."""
        return self.column("marginal_rate") + self.column("state_rate")

    @property
    def after_work(self) -> NDArray[np.bool_]:
        """The years after the last work in which somebody lives, [path, year]."""
        return np.asarray(counted_lives(self.outcome)[1] > 0.0)

    @property
    def middle_year(self) -> int:
        """The mean of these years over all futures, counted from the start, 1 at least."""
        first, lives = counted_lives(self.outcome)
        counted = (lives > 0.0).sum(axis=0)
        years = first + np.arange(counted.size)
        mean = float((years * counted).sum() / max(1, counted.sum()))
        return min(max(1, round(mean)), self.study.years_of_plan - 1)

    def worth_of(
        self,
        strategies: tuple[Strategy, ...],
        landscape: Landscape | None = None,
        arrays: HouseholdArrays | None = None,
        tables: LawTables | None = None,
    ) -> Worth:
        """What strategies are worth on the same futures, with other arrays or under another landscape.

        Without its own `tables` that landscape has the regimes of this one. A strategy that was compared with the same
        arrays under the same landscape is not run again.
        """
        one = self.study
        known: dict[int, int] = {}
        if landscape is None and (arrays is None or arrays is one.arrays):
            numbers = [each.numbers() for each in self.compared]
            known = {
                place: numbers.index(each.numbers())
                for place, each in enumerate(strategies)
                if each.numbers() in numbers
            }
        new = tuple(each for place, each in enumerate(strategies) if place not in known)
        if not new:
            return self.known.of(known.values())
        options = one.options(arrays=arrays or one.arrays, progress=one.progress)
        outcome = _run(one, landscape or self.landscape, tables or self.tables, new, options)
        found = worth(outcome, one.household.beliefs)
        return found if not known else found.with_known(self.known, known)

    def knowing(self, strategies: Iterable[Strategy]) -> View:
        """The same, with these strategies run side by side: in one run the law of a year is looked up once for all."""
        compared = [each.numbers() for each in self.compared]
        new = tuple(each for each in strategies if each.numbers() not in compared)
        if not new:
            return self
        return replace(self, compared=(*self.compared, *new), known=self.known.and_of(self.worth_of(new)))


def view_of(lived: Lived, name: str) -> View:
    """The strategy of that name under the landscape of a comparison."""
    position = lived.outcome.position(name)
    return View(
        study=lived.study.first(SECONDARY_PATHS),
        landscape=lived.landscape,
        tables=lived.tables,
        strategy=lived.study.strategies[position],
        rates=lived.comparison.next_dollars[position].rates,
        outcome=lived.outcome.first(SECONDARY_PATHS).alone(position),
        value=lived.first.of((position,)),
        compared=lived.study.strategies,
        known=lived.first,
    )


def tables_of(one: Study, landscape: Landscape) -> LawTables:
    """The law of a landscape over the years of a study."""
    household, years = one.household, one.market.returns.shape[1]
    growth, statuses = household.market.growth, statuses_of(household)
    return landscape_tables(landscape, one.start_year, years, growth, statuses, LAW_READ)[0]


def _run(
    one: Study, landscape: Landscape, tables: LawTables, strategies: tuple[Strategy, ...], options: RunOptions
) -> Outcome:
    laws = law_paths(landscape, one.start_year, one.market.returns.shape[1], one.uniforms)
    return run(one.household, one.start_year, one.market, laws, tables, strategies, options)
