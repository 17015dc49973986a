"""Cases C1 and C2: Roth shares of the deferrals from none to all, on the same futures under several laws."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rothwell.decision.frontier import ROTH_SHARES, Diversification, diversification
from rothwell.decision.measures import Estimate, Worth, ratio, worth
from rothwell.household import Household
from rothwell.law.landscape import Landscape, law_paths
from rothwell.law.landscape_means import landscape_tables
from rothwell.lifetime.household_arrays import statuses_of, years_of_plan
from rothwell.lifetime.household_market import draw_household_market
from rothwell.lifetime.markets import draw_uniforms
from rothwell.lifetime.scenario import LAW_READ, Outcome, RunOptions, run
from rothwell.lifetime.strategies import BROKERAGE, PRESETS
from rothwell.lifetime.year_record import TABLE_COLUMNS
from validation.inputs import SEED

NONE, ALL = 0, len(ROTH_SHARES) - 1
NOTHING = 1_000.0  # dollars: less is as good as nothing
PARTS = 4  # of the futures by their returns
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shares:
    """The certainty equivalents of the five shares on the same futures, and what lies behind them.

    growth   [path], the mean logarithm of a year's growth after inflation
    """

    value: Worth
    outcome: Outcome
    growth: Array

    @property
    def best(self) -> float:
        """The share with the highest certainty equivalent."""
        return ROTH_SHARES[int(np.argmax(self.value.certainty_equivalent))]

    def above_none(self, position: int) -> Estimate:
        """What a share adds to no Roth deferrals."""
        return self.value.difference(position, NONE)

    @property
    def mixing(self) -> Diversification:
        """The best mix less the better of none and all."""
        return diversification(self.value)


def shares(household: Household, landscape: Landscape, futures: int, after_work: bool = False) -> Shares:
    """The five shares, all else as in `brokerage`; neither household has after-tax money.

    With `after_work` the first regime holds until work ends, then one of the other two with the same chance.
    """
    start = household.start_year
    years = years_of_plan(household, start)
    tables = landscape_tables(landscape, start, years, household.market.growth, statuses_of(household), LAW_READ)[0]
    market = draw_household_market(household, start, years, futures, SEED)
    laws = law_paths(landscape, start, years, draw_uniforms(futures, years, SEED))
    if after_work:
        laws = replace(laws, regime=_from_retirement_on(laws.regime, household))
    base = next(one for one in PRESETS if one.name == BROKERAGE)
    strategies = tuple(replace(base, name=f"{share:.0%}", roth_deferrals=share) for share in ROTH_SHARES)
    outcome = run(household, start, market, laws, tables, strategies, RunOptions(seed=SEED, table_kept=futures))
    prices = outcome.table[0, :, TABLE_COLUMNS.index("price_level")]
    last = np.log(prices[-1]) / (years - 1)
    growth = np.log1p(market.returns[:, :years].reshape(futures, years, -1)[:, :, 0]).mean(axis=1) - last
    return Shares(worth(outcome, household.beliefs), outcome, growth)


def _from_retirement_on(regime: NDArray[np.int64], household: Household) -> NDArray[np.int64]:
    """The first regime until work ends, then the second in every other future and the third in the rest."""
    first = max(household.last_year_of_work(job) for job in household.jobs) + 1 - household.start_year
    found = np.zeros_like(regime)
    found[:, first:] = 1 + np.arange(regime.shape[0])[:, None] % 2
    return found


def _after_work(outcome: Outcome, position: int, *names: str) -> Array:
    """Flows of all years after work, dollars of the start year, [path]."""
    table = outcome.table[position, outcome.first_retired :]
    prices = table[:, TABLE_COLUMNS.index("price_level")]
    return np.asarray(sum(table[:, TABLE_COLUMNS.index(name)] for name in names) / prices).sum(axis=0)


def tax_on_deferred(one: Shares, futures: Array | None = None) -> Estimate:
    """Income tax after work with no Roth deferrals above that with all, for each dollar more of deferred money."""
    drawn, tax = (
        _after_work(one.outcome, NONE, *names) - _after_work(one.outcome, ALL, *names)
        for names in (("rmd", "withdrawal_pre_tax"), ("income_tax",))
    )
    if futures is not None:
        drawn, tax = drawn[futures], tax[futures]
    return ratio(float(tax.mean()), float(drawn.mean()), (tax - tax.mean(), drawn - drawn.mean()))


def by_returns(one: Shares) -> tuple[list[Estimate], Estimate]:
    """The tax on deferred money in each quarter of the futures, worst returns first, and the last less the first."""
    order = np.argsort(one.growth, kind="stable")
    parts = [tax_on_deferred(one, part) for part in np.array_split(order, PARTS)]
    first, last = parts[0], parts[-1]
    error = float(np.hypot(first.standard_error, last.standard_error))
    return parts, Estimate(last.value - first.value, error)


def saved_at_work(one: Shares) -> float:
    """Income tax at work with all Roth deferrals above that with none, for each dollar more of income."""
    work = one.outcome.table[:, : one.outcome.first_retired]
    prices = work[:, :, TABLE_COLUMNS.index("price_level")]
    tax, income = (
        (work[:, :, TABLE_COLUMNS.index(name)] / prices).sum(axis=1).mean(axis=1) for name in ("income_tax", "agi")
    )
    return float((tax[ALL] - tax[NONE]) / (income[ALL] - income[NONE]))


def last_years(one: Shares, position: int, count: int) -> tuple[float, float, float]:
    """Mean spending of the first and of the last years after work, dollars of the start year, and the share of futures
    in which nothing is left for the last year."""
    spent = one.outcome.spending[position, :, one.outcome.first_retired :]
    table = one.outcome.table[position, -2]
    left = sum(table[TABLE_COLUMNS.index(name)] for name in ("end_taxable", "end_pre_tax", "end_roth"))
    return float(spent[:, :count].mean()), float(spent[:, -count:].mean()), float(np.mean(left < NOTHING))
