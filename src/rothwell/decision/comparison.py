"""Strategies compared under one landscape: same lives, markets and laws; and with the law locked to each regime."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

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
from rothwell.decision.mega_value import MegaBackdoor, mega_backdoor
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
from rothwell.lifetime.year_record import TABLE_COLUMNS

LATE_AGE = 85  # of the younger spouse, at which buckets are shown a second time
CONVERTED = 10_000.0  # dollars more of a conversion, whose cost in all is shown
HALF = 2
FAN = (10, 25, 50, 75, 90)  # percentiles of spending
SMALLEST_PRICE = 1e-9  # a year after the last death has no price level, and no flows
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
    estate            after the heirs' flat rate
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


def compare(one: Study, landscape: Landscape) -> Comparison:
    """Every strategy under one landscape, with differences against brokerage on the same futures."""
    household, years = one.household, one.market.returns.shape[1]
    tables, projected = landscape_tables(
        landscape, one.start_year, years, household.market.growth, statuses_of(household), LAW_READ
    )
    laws = law_paths(landscape, one.start_year, years, one.uniforms)
    options = one.options(flows_kept=1, table_kept=SECONDARY_PATHS, progress=one.progress)
    outcome = run(household, one.start_year, one.market, laws, tables, one.strategies, options)
    value, no_bequest = worth_with_and_without_bequest(outcome, household.beliefs)
    regimes = _by_regime(one, landscape, tables, outcome)
    lived = int(outcome.living[:SECONDARY_PATHS].any(axis=0).sum())
    results = tuple(
        _result(one, outcome, value, no_bequest, regimes, position) for position in range(len(one.strategies))
    )
    return Comparison(
        landscape=landscape,
        results=results,
        paths=one.paths,
        mega_backdoor=mega_backdoor(one, landscape, tables, value, no_bequest),
        best=one.strategies[int(np.argmax(value.certainty_equivalent))].name,
        regime_shares=_shares(landscape, laws),
        table=_median_years(outcome)[:, :lived],
        spending_fan=_spending_fan(outcome)[:, :, :lived],
        rate_fan=rate_fan(outcome)[:, :, :lived],
        first_year=outcome.flows[:, 0, 0].copy(),
        next_dollars=tuple(_next_dollars(one, landscape, outcome.flows[:, 0, 0])),
        first_retired=outcome.first_retired,
        passes=outcome.passes,
        projected=projected,
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
    price, rate = TABLE_COLUMNS.index("price_level"), TABLE_COLUMNS.index("marginal_rate")
    for strategy in range(strategies):
        for year in range(years):
            flows = outcome.table[strategy, year]
            np.divide(flows, np.maximum(flows[price], SMALLEST_PRICE), out=real)
            real[[price, rate]] = flows[[price, rate]]
            alive = flows[price] > 0.0
            if alive.all():
                medians[strategy, year] = _medians(real)
            elif alive.any():
                medians[strategy, year] = _medians(real[:, alive])
            else:
                medians[strategy, year] = 0.0
    return medians


def _medians(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The median of each row: a partition, several times as fast as numpy's median."""
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


def _by_regime(one: Study, landscape: Landscape, tables: LawTables, outcome: Outcome) -> dict[str, Worth]:
    """Worth of the strategies on the first paths with the law locked to each regime."""
    found: dict[str, Worth] = {}
    stays = [landscape.stays_current(position) for position in range(len(landscape.regimes))]
    for position in sorted(range(len(landscape.regimes)), key=lambda regime: stays[regime]):
        name = landscape.regimes[position].name
        if stays[position] and one.unchanged:  # another landscape has just lived through the same
            found[name] = one.unchanged[0]
        else:
            found[name] = worth(_locked(one, landscape, name, tables, outcome), one.household.beliefs)
        if stays[position] and not one.unchanged:
            one.unchanged.append(found[name])
    return {regime.name: found[regime.name] for regime in landscape.regimes}


def _locked(one: Study, landscape: Landscape, regime: str, tables: LawTables, outcome: Outcome) -> Outcome:
    """The first paths with the law locked to a regime; of the whole outcome where no other law is possible."""
    first = one.first(SECONDARY_PATHS)
    paths, years = first.market.returns.shape[:2]
    if landscape.is_certain:
        return replace(
            outcome,
            spending=outcome.spending[:, :paths],
            estate=outcome.estate[:, :paths],
            living=outcome.living[:paths],
            counted=None if outcome.counted is None else outcome.counted[:paths],
        )
    laws = law_paths(landscape.locked(regime), one.start_year, years, first.uniforms)
    options = one.options(progress=one.progress)
    return run(one.household, one.start_year, first.market, laws, tables, one.strategies, options)


def _result(
    one: Study, outcome: Outcome, value: Worth, no_bequest: Worth, regimes: Mapping[str, Worth], position: int
) -> StrategyResult:
    rival = outcome.position(BROKERAGE)
    return StrategyResult(
        strategy=one.strategies[position],
        certainty_equivalent=value.estimate(position),
        paired_difference=value.difference(position, rival),
        without_bequest=no_bequest.difference(position, rival),
        behind_best=value.difference(int(np.argmax(value.certainty_equivalent)), position),
        by_regime={
            name: InRegime(locked.estimate(position), locked.difference(position, rival))
            for name, locked in regimes.items()
        },
        shortfall=shortfall(outcome, one.household.beliefs, one.household.spending.essential, position),
        estate=mean(outcome.estate[position]),
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
