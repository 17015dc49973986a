"""Strategies compared under one landscape: same lives, markets and laws; and with the law locked to each regime."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rothwell.decision.measures import (
    Estimate,
    Shortfall,
    Worth,
    break_even_fee,
    mean,
    median,
    shortfall,
    worth,
    worth_with_and_without_bequest,
)
from rothwell.household import Household
from rothwell.law import law_record
from rothwell.law.landscape import Landscape, LawPaths, Regime, law_paths
from rothwell.law.timeline import LawTables, law_tables
from rothwell.lifetime.household_arrays import (
    household_arrays,
    statuses_of,
    years_of_plan,
)
from rothwell.lifetime.household_market import draw_household_market
from rothwell.lifetime.markets import Market, draw_uniforms
from rothwell.lifetime.next_dollar import NextDollar, next_dollar
from rothwell.lifetime.scenario import LAW_READ, Outcome, RunOptions, run
from rothwell.lifetime.strategies import BROKERAGE, PRESETS, SMALLER_CONVERSIONS, Strategy
from rothwell.lifetime.year_record import TABLE_COLUMNS

SECONDARY_PATHS = 2_000  # for medians, regimes and the year table
FEE_PATHS = 1_000  # for the search of the break-even fee
LATE_AGE = 85  # of the younger spouse, at which buckets are shown a second time
RELIABLE = 2.0  # standard errors beyond which a difference counts
CONVERTED = 10_000.0  # dollars more of a conversion, whose cost in all is shown
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
class MegaBackdoor:
    """What after-tax contributions are worth: the best strategy with them less the best without.

    Only twins count: a strategy with them stands here if another does the same in all else. Roth deferrals have no such
    twin among the presets, so their worth is not taken for that of after-tax contributions.

    break_even_fee   the yearly plan fee at which mega_in_plan and brokerage are worth the same; None: the difference is
                     not above zero now, or still above it at the widest fee searched
    """

    best_with: str
    best_without: str
    value: Estimate
    value_without_bequest: Estimate
    break_even_fee: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every strategy that applies to the household, under one landscape.

    regime_shares   the share of path-years under each regime, after the start year
    table           flows of a report, the median path-year [strategy, year, TABLE_COLUMNS] in real dollars; years in
                    which nobody lives in any future are left out
    spending_fan    the 10th, 25th, 50th, 75th and 90th percentile of real spending [strategy, percentile, year]
    first_year      flows of the first year of the first path, a record of year_record.YEAR per strategy
    next_dollars    what the next dollar costs in that first year, for each strategy
    passes          evaluations of the tax per household-year
    """

    landscape: Landscape
    results: tuple[StrategyResult, ...]
    mega_backdoor: MegaBackdoor | None
    best: str
    regime_shares: Mapping[str, float]
    table: NDArray[np.float64]
    spending_fan: NDArray[np.float64]
    first_year: NDArray[np.void]
    next_dollars: tuple[NextDollar, ...]
    first_retired: int
    passes: float
    projected: tuple[str, ...]

    def result(self, name: str) -> StrategyResult:
        """The result of the strategy of that name."""
        return next(one for one in self.results if one.strategy.name == name)


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
    """Whether anybody has a job in the start year."""
    return any(
        (household.person_named(job.person).retirement_year or start_year) > start_year
        for job in household.jobs_and_businesses
    )


def applies(strategy: Strategy, household: Household, start_year: int) -> bool:
    """Whether a preset is open to the household: after-tax money needs a plan that takes it and moves it to Roth."""
    working = [
        job
        for job in household.jobs_and_businesses
        if job.plan is not None and (household.person_named(job.person).retirement_year or 0) > start_year
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


def work_units(one: Study, landscape: Landscape) -> int:
    """How many paths `compare` simulates, for a progress bar."""
    paths = int(one.market.returns.shape[0])
    regimes = len(landscape.regimes) if len(landscape.regimes) > 1 else 0
    return paths + regimes * min(paths, SECONDARY_PATHS)


def compare(one: Study, landscape: Landscape) -> Comparison:
    """Every strategy under one landscape, with differences against brokerage on the same futures."""
    household, years = one.household, one.market.returns.shape[1]
    tables, projected = law_tables(
        landscape.regimes, one.start_year, years, household.market.growth, statuses_of(household), LAW_READ
    )
    laws = law_paths(landscape, one.start_year, years, one.uniforms)
    options = RunOptions(one.threads, flows_kept=1, table_kept=SECONDARY_PATHS, progress=one.progress, seed=one.seed)
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
        mega_backdoor=_mega_backdoor(one, tables, laws, results, value, no_bequest),
        best=one.strategies[int(np.argmax(value.certainty_equivalent))].name,
        regime_shares=_shares(landscape, laws),
        table=_median_years(outcome)[:, :lived],
        spending_fan=_spending_fan(outcome)[:, :, :lived],
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
                medians[strategy, year] = np.median(real, axis=-1, overwrite_input=True)
            elif alive.any():
                medians[strategy, year] = np.median(real[:, alive], axis=-1)
            else:
                medians[strategy, year] = 0.0
    return medians


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
    stays = [bool(chance == 1.0 and not regime.changes) for regime, chance in _with_chances(landscape)]
    for position in sorted(range(len(landscape.regimes)), key=lambda regime: stays[regime]):
        name = landscape.regimes[position].name
        if stays[position] and one.unchanged:  # another landscape has just lived through the same
            found[name] = one.unchanged[0]
        else:
            found[name] = worth(_locked(one, landscape, name, tables, outcome), one.household.beliefs)
        if stays[position] and not one.unchanged:
            one.unchanged.append(found[name])
    return {regime.name: found[regime.name] for regime in landscape.regimes}


def _with_chances(landscape: Landscape) -> Iterator[tuple[Regime, float]]:
    """Each regime with the chance that the law begins in it."""
    yield from zip(landscape.regimes, landscape.initial.tolist(), strict=True)


def _locked(one: Study, landscape: Landscape, regime: str, tables: LawTables, outcome: Outcome) -> Outcome:
    """The first paths with the law locked to a regime; of the whole outcome where no other law is possible."""
    paths, years = min(SECONDARY_PATHS, one.market.returns.shape[0]), one.market.returns.shape[1]
    if len(landscape.regimes) == 1 and landscape.ban is None:
        return replace(
            outcome,
            spending=outcome.spending[:, :paths],
            estate=outcome.estate[:, :paths],
            living=outcome.living[:paths],
            counted=None if outcome.counted is None else outcome.counted[:paths],
        )
    laws = law_paths(landscape.locked(regime), one.start_year, years, one.uniforms[:paths])
    options = RunOptions(one.threads, progress=one.progress, seed=one.seed)
    market = one.market.first(paths)
    return run(one.household, one.start_year, market, laws, tables, one.strategies, options)


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


def _mega_backdoor(
    one: Study, tables: LawTables, laws: LawPaths, results: tuple[StrategyResult, ...], value: Worth, no_bequest: Worth
) -> MegaBackdoor | None:
    strategies = [result.strategy for result in results]
    names = [strategy.name for strategy in strategies]
    without = [position for position, one in enumerate(strategies) if not one.uses_after_tax]
    twins = {_all_else(strategies[position]) for position in without}
    with_it = [position for position, one in enumerate(strategies) if one.uses_after_tax and _all_else(one) in twins]
    if not with_it:
        return None
    best_with = max(with_it, key=lambda position: value.certainty_equivalent[position])
    best_without = max(without, key=lambda position: value.certainty_equivalent[position])
    return MegaBackdoor(
        names[best_with],
        names[best_without],
        value.difference(best_with, best_without),
        no_bequest.difference(best_with, best_without),
        _break_even_fee(one, tables, laws),
    )


def _all_else(strategy: Strategy) -> tuple[float, int]:
    """What a strategy does besides after-tax contributions and the way they move to Roth."""
    return strategy.roth_deferrals, strategy.fill_bracket


def _break_even_fee(one: Study, tables: LawTables, laws: LawPaths) -> float | None:
    """The plan fee, on all plan money under both strategies, at which mega_in_plan is worth no more than brokerage."""
    paths = min(FEE_PATHS, one.market.returns.shape[0])
    market = one.market.first(paths)
    first_laws = LawPaths(laws.regime[:paths], laws.ban_from[:paths])
    pair = tuple(strategy for strategy in one.strategies if strategy.name in (BROKERAGE, "mega_in_plan"))
    arrays = household_arrays(one.household, one.start_year)

    def difference(fee: float) -> float:
        people = arrays.people.copy()
        people["plan_fee"] = fee
        options = RunOptions(one.threads, arrays=arrays._replace(people=people), seed=one.seed)
        outcome = run(one.household, one.start_year, market, first_laws, tables, pair, options)
        return worth(outcome, one.household.beliefs).difference(1, 0).value

    return break_even_fee(difference, float(arrays.people["plan_fee"].max()))
