"""Strategies compared under one landscape: same lives, markets and laws; and with the law locked to each regime."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from rothwell.decision.bequests import Bequest, bequest_of
from rothwell.decision.measures import (
    Estimate,
    Shortfall,
    Worth,
    mean,
    median,
    shortfall,
    worth,
    worth_with_and_without_bequest,
)
from rothwell.decision.mega_value import MegaBackdoor, fee_search, mega_backdoor
from rothwell.decision.rate_fan import rate_fan
from rothwell.decision.study import SECONDARY_PATHS, Study
from rothwell.law import law_record
from rothwell.law.landscape import Landscape, LawPaths, law_paths
from rothwell.law.landscape_means import landscape_tables
from rothwell.law.timeline import LawTables
from rothwell.lifetime.household_arrays import statuses_of
from rothwell.lifetime.next_dollar import NextDollar, next_dollar
from rothwell.lifetime.scenario import LAW_READ, Outcome, run
from rothwell.lifetime.strategies import BROKERAGE, Strategy
from rothwell.lifetime.year_record import NOT_DOLLARS, TABLE_COLUMNS

LATE_AGE = 85  # of the younger spouse, at which buckets are shown a second time
CONVERTED = 10_000.0  # dollars more of a conversion, whose cost in all is shown
HALF = 2
FAN = (10, 25, 50, 75, 90)  # percentiles of spending
SMALLEST_PRICE = 1e-9  # a year after the last death has no price level, and no flows
NOT_YET = np.empty((0, 0, 0))
BUCKETS = ("end_taxable", "end_pre_tax", "end_roth", "end_after_tax")


@dataclass(frozen=True, slots=True)
class InRegime:
    """A strategy with the law locked to one regime from its first possible year."""

    certainty_equivalent: Estimate
    paired_difference: Estimate


@dataclass(frozen=True, slots=True)
class StrategyResult:
    """One strategy under one landscape. Real dollars; a year per equivalent adult for the certainty equivalents.

    without_bequest   paired difference if the estate had no weight at all
    behind_best       by how much the best strategy exceeds this one, on the same futures
    estate            what heirs keep after their own taxes, and charities
    bequest           of whom, and the estate tax; None where a flat rate stands for the heirs' returns
    buckets           median balances by moment ("at retirement", "at 85") and bucket
    """

    strategy: Strategy
    certainty_equivalent: Estimate
    paired_difference: Estimate
    without_bequest: Estimate
    behind_best: Estimate
    by_regime: Mapping[str, InRegime]
    shortfall: Shortfall
    estate: Estimate
    bequest: Bequest | None
    buckets: Mapping[str, Mapping[str, Estimate]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every strategy that applies to the household, under one landscape.

    regime_shares   the share of path-years under each regime, after the start year
    table           flows of a report, the median path-year [strategy, year, TABLE_COLUMNS] in real dollars; years in
                    which nobody lives in any future are left out
    spending_fan    the 10th, 25th, 50th, 75th and 90th percentile of real spending [strategy, percentile, year]
    rate_fan        the same percentiles of the statutory rate on the next ordinary dollar [strategy, percentile, year]
    first_year      flows of the first year of the first path, a record of year_record.YEAR per strategy
    next_dollars    what the next dollar costs in that first year, for each strategy
    passes          evaluations of the tax per household-year
    """

    landscape: Landscape
    paths: int
    results: tuple[StrategyResult, ...]
    mega_backdoor: MegaBackdoor | None
    best: str
    regime_shares: Mapping[str, float]
    table: NDArray[np.float64]
    spending_fan: NDArray[np.float64]
    rate_fan: NDArray[np.float64]
    first_year: NDArray[np.void]
    next_dollars: tuple[NextDollar, ...]
    first_retired: int
    passes: float
    projected: tuple[str, ...]

    def result(self, name: str) -> StrategyResult:
        """The result of the strategy of that name."""
        return next(one for one in self.results if one.strategy.name == name)


def work_units(one: Study, landscape: Landscape) -> int:
    """How many paths `compare` simulates, for a progress bar."""
    regimes = len(landscape.regimes) if len(landscape.regimes) > 1 else 0
    return one.paths + regimes * min(one.paths, SECONDARY_PATHS)


@dataclass(frozen=True, slots=True)
class Lived:
    """The strategies lived through under one landscape: all that follows from this run alone.

    comparison   still without regimes, break-even fee, and the tables and fans of the years
    first        what the strategies are worth on the first SECONDARY_PATHS
    fee          gives the break-even fee, whose search goes on beside
    regimes      gives what they are worth on the same first paths with the law locked to each regime, where another law
                 is possible
    """

    study: Study
    tables: LawTables
    outcome: Outcome
    comparison: Comparison
    first: Worth
    fee: Callable[[], float | None]
    regimes: Callable[[], Mapping[str, Worth]]

    @property
    def landscape(self) -> Landscape:
        """The landscape lived through."""
        return self.comparison.landscape


def compare(one: Study, landscape: Landscape) -> Comparison:
    """Every strategy under one landscape, with differences against brokerage on the same futures."""
    lived = live(one, landscape)
    found = completed(lived)
    one.spare.append(lived.outcome.table)
    return found


def live(one: Study, landscape: Landscape) -> Lived:
    """Live through all futures under one landscape with every strategy."""
    household, years = one.household, one.market.returns.shape[1]
    tables, projected = landscape_tables(
        landscape, one.start_year, years, household.market.growth, statuses_of(household), LAW_READ
    )
    laws = law_paths(landscape, one.start_year, years, one.uniforms)
    fee = one.beside(fee_search(one, landscape, tables))
    options = one.options(flows_kept=1, table_kept=SECONDARY_PATHS, progress=one.progress)
    outcome = run(household, one.start_year, one.market, laws, tables, one.strategies, options)
    regimes = _by_regime(one, landscape, tables)
    value, no_bequest = worth_with_and_without_bequest(outcome, household.beliefs)
    first = value if one.paths <= SECONDARY_PATHS else worth(outcome.first(SECONDARY_PATHS), household.beliefs)
    if landscape.is_certain and landscape.stays_current(0) and not one.unchanged:
        one.unchanged.append(lambda: first)
    comparison = Comparison(
        landscape=landscape,
        results=tuple(_result(one, outcome, value, no_bequest, place) for place in range(len(one.strategies))),
        paths=one.paths,
        mega_backdoor=mega_backdoor(one, value, no_bequest),
        best=one.strategies[int(np.argmax(value.certainty_equivalent))].name,
        regime_shares=_shares(landscape, laws),
        table=NOT_YET,
        spending_fan=NOT_YET,
        rate_fan=NOT_YET,
        first_year=outcome.flows[:, 0, 0].copy(),
        next_dollars=tuple(_next_dollars(one, landscape, outcome.flows[:, 0, 0])),
        first_retired=outcome.first_retired,
        passes=outcome.passes,
        projected=projected,
    )
    return Lived(one, tables, outcome, comparison, first, fee, regimes)


def completed(lived: Lived) -> Comparison:
    """The comparison with all that needs further runs, and its tables of the years."""
    found, outcome, mega = lived.comparison, lived.outcome, lived.comparison.mega_backdoor
    years = int(outcome.living[:SECONDARY_PATHS].any(axis=0).sum())  # in which somebody lives
    table, fan, rates = _median_years(outcome), _spending_fan(outcome), rate_fan(outcome)
    worths = lived.regimes() or {lived.landscape.regimes[0].name: lived.first}
    return replace(
        found,
        results=tuple(_in_regimes(outcome, one, worths) for one in found.results),
        mega_backdoor=None if mega is None else replace(mega, break_even_fee=lived.fee()),
        table=table[:, :years],
        spending_fan=fan[:, :, :years],
        rate_fan=rates[:, :, :years],
    )


def _next_dollars(one: Study, landscape: Landscape, first_year: NDArray[np.void]) -> Iterator[NextDollar]:
    """What the next dollar costs in the first year under each strategy, by the law of the first path."""
    regime = landscape.regimes[int(first_year["regime"][0])]
    law, _ = law_record(one.start_year, regime.figures(), one.household.market.growth)
    for flows in first_year:
        yield next_dollar(flows, one.household, law, CONVERTED)


def _median_years(outcome: Outcome) -> NDArray[np.float64]:
    """The median of each flow of each year over the paths in which somebody lives, in real dollars (the price level and
    the rate as they are)."""
    strategies, years, columns, paths = outcome.table.shape
    medians = np.empty((strategies, years, columns))
    real = np.empty((columns, paths))
    price = TABLE_COLUMNS.index("price_level")
    as_they_are = [TABLE_COLUMNS.index(name) for name in NOT_DOLLARS]
    for strategy in range(strategies):
        for year in range(years):
            flows = outcome.table[strategy, year]
            np.divide(flows, np.maximum(flows[price], SMALLEST_PRICE), out=real)
            real[as_they_are] = flows[as_they_are]
            alive = flows[price] > 0.0
            if alive.all():
                medians[strategy, year] = _medians(real)
            elif alive.any():
                medians[strategy, year] = _medians(real[:, alive])
            else:
                medians[strategy, year] = 0.0
    return medians


def _medians(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The median of each row: a partition, several times as fast as numpy's median, and none where all is zero."""
    some = rows.any(axis=-1)
    medians = np.zeros(some.shape)
    medians[some] = _middles(rows if some.all() else rows[some])
    return medians


def _middles(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    middle = rows.shape[-1] // HALF
    parted = np.partition(rows, middle, axis=-1)
    if rows.shape[-1] % HALF:
        return np.asarray(parted[..., middle])
    return np.asarray((parted[..., middle] + parted[..., :middle].max(axis=-1)) / HALF)


def _spending_fan(outcome: Outcome) -> NDArray[np.float64]:
    """Percentiles of real spending while anybody lives, [strategy, percentile, year]."""
    paths = min(SECONDARY_PATHS, outcome.spending.shape[1])
    ordered = np.ascontiguousarray(np.moveaxis(outcome.spending[:, :paths], 1, -1))
    if (outcome.living[:paths].min(axis=0) > 0.0).all():
        return np.asarray(np.moveaxis(np.percentile(ordered, FAN, axis=-1, overwrite_input=True), 0, 1))
    fan = np.full((ordered.shape[0], len(FAN), ordered.shape[1]), np.nan)
    for year in range(ordered.shape[1]):
        alive = outcome.living[:paths, year] > 0.0
        if alive.any():
            fan[:, :, year] = np.percentile(ordered[:, year, alive], FAN, axis=-1).T
    return fan


def _shares(landscape: Landscape, laws: LawPaths) -> dict[str, float]:
    counts = np.bincount(laws.regime[:, 1:].ravel(), minlength=len(landscape.regimes))
    return {regime.name: float(count / counts.sum()) for regime, count in zip(landscape.regimes, counts, strict=True)}


def _by_regime(one: Study, landscape: Landscape, tables: LawTables) -> Callable[[], Mapping[str, Worth]]:
    """Begin to find what the strategies are worth on the first paths with the law locked to each regime; nothing where
    no other law is possible."""
    if landscape.is_certain:
        return dict
    first = one.first(SECONDARY_PATHS)
    begun: dict[str, Callable[[], Worth]] = {}
    for position, regime in enumerate(landscape.regimes):
        stays = landscape.stays_current(position)
        if stays and one.unchanged:  # another landscape has lived through the same
            begun[regime.name] = one.unchanged[0]
        else:
            begun[regime.name] = one.beside(partial(_locked, first, landscape, tables, regime.name))
        if stays and not one.unchanged:
            one.unchanged.append(begun[regime.name])
    return lambda: {name: found() for name, found in begun.items()}


def _locked(one: Study, landscape: Landscape, tables: LawTables, regime: str) -> Worth:
    """What the strategies are worth with the law locked to a regime."""
    laws = law_paths(landscape.locked(regime), one.start_year, one.market.returns.shape[1], one.uniforms)
    options = one.options(progress=one.progress)
    outcome = run(one.household, one.start_year, one.market, laws, tables, one.strategies, options)
    return worth(outcome, one.household.beliefs)


def _in_regimes(outcome: Outcome, result: StrategyResult, regimes: Mapping[str, Worth]) -> StrategyResult:
    position, rival = outcome.position(result.strategy.name), outcome.position(BROKERAGE)
    by_regime = {
        name: InRegime(locked.estimate(position), locked.difference(position, rival))
        for name, locked in regimes.items()
    }
    return replace(result, by_regime=by_regime)


def _result(one: Study, outcome: Outcome, value: Worth, no_bequest: Worth, position: int) -> StrategyResult:
    rival = outcome.position(BROKERAGE)
    return StrategyResult(
        strategy=one.strategies[position],
        certainty_equivalent=value.estimate(position),
        paired_difference=value.difference(position, rival),
        without_bequest=no_bequest.difference(position, rival),
        behind_best=value.difference(int(np.argmax(value.certainty_equivalent)), position),
        by_regime={},
        shortfall=shortfall(outcome, one.household.beliefs, one.household.spending.essential, position),
        estate=mean(outcome.estate[position]),
        bequest=bequest_of(outcome, position, one.household),
        buckets=_buckets(one, outcome, position),
    )


def _buckets(one: Study, outcome: Outcome, position: int) -> dict[str, dict[str, Estimate]]:
    """Median balances, in real dollars, at the end of the first retired year and of the year of the late age."""
    youngest = max(person.birth_date.year for person in one.household.people)
    late = youngest + LATE_AGE - one.start_year
    moments = {"at retirement": outcome.first_retired, f"at {LATE_AGE}": late}
    price = TABLE_COLUMNS.index("price_level")
    table = outcome.table[position]
    return {
        moment: {
            bucket.removeprefix("end_"): median(
                table[year, TABLE_COLUMNS.index(bucket)][table[year, price] > 0.0]
                / table[year, price][table[year, price] > 0.0]
            )
            for bucket in BUCKETS
        }
        for moment, year in moments.items()
        if 0 <= year < table.shape[0] and (table[year, price] > 0.0).any()
    }
