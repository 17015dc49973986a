"""Run a household through many futures: arrays in, one `Outcome` out, the same bytes on any number of threads."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import Lock, Semaphore

import numpy as np
from numpy.typing import NDArray

from rothwell import household as written
from rothwell.errors import ConvergenceError, LedgerError
from rothwell.law import record_type
from rothwell.law.landscape import KINDS, NO_POINTS, LawPaths
from rothwell.law.landscape_shocks import shock_terms
from rothwell.law.state_timeline import both_laws
from rothwell.law.timeline import LawTables, no_tables
from rothwell.lifetime.accounts import PEOPLE, STATE
from rothwell.lifetime.bequest import YEARS_OF_HEIRS
from rothwell.lifetime.contributions import JOB_YEAR
from rothwell.lifetime.early_access import EARLY
from rothwell.lifetime.growth import GROWTH
from rothwell.lifetime.health_records import care_begins
from rothwell.lifetime.heir_records import ways_of_drawing
from rothwell.lifetime.heir_return import DRAWS
from rothwell.lifetime.household_arrays import annuities, household_arrays, years_of_futures, years_of_plan
from rothwell.lifetime.legacy import LEGACY
from rothwell.lifetime.markets import Market
from rothwell.lifetime.mortality import last_years
from rothwell.lifetime.records import STEPS, Futures, HouseholdArrays, Results, Scenario, Scratch
from rothwell.lifetime.simulate import simulate_paths
from rothwell.lifetime.strategies import Strategy, strategy_records
from rothwell.lifetime.year_record import TABLE_COLUMNS, YEAR
from rothwell.lifetime.year_rule import YEAR_RULE
from rothwell.tax.state_facts import BOTH_RETURNS

BLOCK = 250  # paths a thread takes at a time; results do not depend on it
LARGEST_IMBALANCE = 0.01  # dollars in a household-year
AUDITS = 4  # numbers kept for each path by the always-on checks
UNPAID = 2  # where among them the years of unpaid living stand
LAW_READ = (
    "rate_schedule", "capital_gains", "standard_deduction", "personal_exemption", "senior_deduction",
    "alternative_minimum", "net_investment_income", "child_tax_credit", "oasdi", "medicare", "additional_medicare",
    "self_employment", "benefit_taxation", "part_b", "irmaa", "elective_deferral", "catch_up", "annual_additions",
    "compensation", "early_distribution", "elderly_credit", "premium_tax_credit",
    "roth_five_years", "ira", "hsa", "state_and_local_tax", "itemized_deductions", "charitable_gift",
    "estate_tax", "trust_income", "unearned_income_of_children",
)  # fmt: skip
"""The sections of the law that a simulated year reads."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run gives. Dollars of the start year ("real") for spending and estate, of each year for the flows.

    spending [strategy, path, year]   spending met; NaN after the last death
    estate   [strategy, path]         what heirs keep after their own taxes, and charities; or after a flat rate
    heirs    [strategy, path, heir]   of it, heirs who are alike together
    ways     [strategy, heir]         how their pre-tax money is drawn, of bequest.LEVEL, FILL, LAST
    estate_tax  [strategy, path]      and inheritance taxes
    flows    [strategy, path, year]   every flow of the first paths, a record of year_record.YEAR
    steps    [strategy, 1, year, STEPS]   the accounts of the only path after each step of a year, for a ledger
    table    [strategy, year, TABLE_COLUMNS, path]   the flows that a report shows, of the first paths
    living   [path, year]             persons alive
    passes   evaluations of the tax per household-year
    counted  [path, year]             persons alive in the years that the measures count, those after the last work
                                      (None: in the years from the first retired one on)
    """

    start_year: int
    first_retired: int
    strategies: tuple[Strategy, ...]
    spending: NDArray[np.float64]
    estate: NDArray[np.float64]
    flows: NDArray[np.void]
    steps: NDArray[np.void]
    table: NDArray[np.float64]
    living: NDArray[np.float64]
    passes: float
    counted: NDArray[np.float64] | None = None
    heirs: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 0, 0)))
    ways: NDArray[np.int64] = field(default_factory=lambda: np.zeros((0, 0), np.int64))
    estate_tax: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 0)))

    def position(self, name: str) -> int:
        """Where a strategy stands in the arrays."""
        return [one.name for one in self.strategies].index(name)

    def first(self, paths: int) -> Outcome:
        """The same of the first paths alone."""
        return replace(
            self,
            spending=self.spending[:, :paths],
            estate=self.estate[:, :paths],
            heirs=self.heirs[:, :paths],
            estate_tax=self.estate_tax[:, :paths],
            flows=self.flows[:, :paths],
            table=self.table[..., :paths],
            living=self.living[:paths],
            counted=None if self.counted is None else self.counted[:paths],
        )

    def alone(self, position: int) -> Outcome:
        """The same of one strategy alone."""
        one = slice(position, position + 1)
        return replace(
            self,
            strategies=self.strategies[one],
            spending=self.spending[one],
            estate=self.estate[one],
            heirs=self.heirs[one],
            ways=self.ways[one],
            estate_tax=self.estate_tax[one],
            flows=self.flows[one],
            steps=self.steps[one],
            table=self.table[one],
        )


def run(
    household: written.Household,
    start_year: int,
    market: Market,
    laws: LawPaths,
    tables: LawTables,
    strategies: tuple[Strategy, ...],
    options: RunOptions | None = None,
) -> Outcome:
    """Simulate every path under every strategy.

    Raises LedgerError or ConvergenceError where the model fails its own checks, InputError where living cannot be paid.
    """
    options = options or RunOptions()
    scenario = _scenario(household, start_year, market, laws, tables, strategies, options)
    table = run_scenario(scenario, options)
    arrays, lives, results = scenario.household, scenario.futures.last_year, scenario.results
    _check(results, household)
    years = results.spending.shape[-1]
    living = (np.arange(years)[None, :, None] <= lives[:, None, :]).sum(axis=-1).astype(np.float64)
    ways = ways_of_drawing(results.heirs, household)
    heirs = np.take_along_axis(results.heirs, ways[:, None, :, None], axis=-1)[..., 0]
    return Outcome(
        start_year=start_year,
        first_retired=int(arrays.couple[0].first_retired),
        strategies=strategies,
        spending=results.spending,
        estate=results.estate + heirs.sum(axis=-1),
        heirs=heirs,
        ways=ways,
        estate_tax=results.estate_tax,
        flows=results.flows,
        steps=results.steps,
        table=table,
        living=living,
        counted=np.where(_nobody_works(arrays, lives, years), living, 0.0),
        passes=float(results.audit[:, :, 1].sum() / (len(strategies) * living.astype(bool).sum())),
    )


def load_compiled_year(
    household: written.Household, start_year: int, strategies: tuple[Strategy, ...], arrays: HouseholdArrays
) -> None:
    """Read the compiled year from its cache, or compile it, by living through no future at all: while others draw the
    futures, so that the first run need not wait."""
    years = years_of_futures(household, start_year)
    market = Market(np.zeros((0, years, 1)), np.zeros((0, years, 1)))
    laws = LawPaths(np.zeros((0, years), np.int64), np.zeros((0, len(KINDS)), np.int64), NO_POINTS, ())
    tables = no_tables(years)
    scenario = _scenario(household, start_year, market, laws, tables, strategies, RunOptions(seed=0, arrays=arrays))
    simulate_paths(0, 0, scenario, _scratch(scenario.strategies.size, scenario.household))


def _scenario(
    household: written.Household,
    start_year: int,
    market: Market,
    laws: LawPaths,
    tables: LawTables,
    strategies: tuple[Strategy, ...],
    options: RunOptions,
) -> Scenario:
    """All that a run reads, and room for what it writes."""
    paths = market.returns.shape[0]
    years = years_of_plan(household, start_year)
    arrays = options.arrays or household_arrays(household, start_year)
    records = strategy_records(strategies, household)
    arrays = arrays._replace(annuity=annuities(records["spend_at_rate"]))
    lives = options.last_year
    if lives is None:
        lives = last_years(household, start_year, paths, options.seed)
    held = min(market.returns.shape[1], market.levels.shape[1], laws.regime.shape[1], tables.stored.shape[1])
    if arrays.couple[0].heirs_tax_rate < 0.0 and held < years + YEARS_OF_HEIRS:
        raise ValueError(f"markets and laws go on for {YEARS_OF_HEIRS} years after the plan, for the heirs")
    terms = shock_terms(laws.shocks, start_year, household.market.growth)
    care = care_begins(household, start_year, paths, options.seed)
    futures = Futures(market.returns, market.levels, laws.regime, laws.shock_from, laws.points, terms, lives, care)
    results = Results(
        spending=np.full((len(strategies), paths, years), np.nan),
        estate=np.zeros((len(strategies), paths)),
        heirs=np.zeros((len(strategies), paths, arrays.heirs.size, DRAWS)),
        estate_tax=np.zeros((len(strategies), paths)),
        table=np.zeros((len(strategies), years, len(TABLE_COLUMNS), 0)),
        columns=_columns(),
        flows=np.zeros((len(strategies), min(options.flows_kept, paths) if options.only is None else 1, years), YEAR),
        steps=np.zeros((len(strategies), 0 if options.only is None else 1, years, STEPS), STATE),
        kept_from=0 if options.only is None else options.only,
        audit=np.zeros((len(strategies), paths, AUDITS)),
    )
    return Scenario(arrays, futures, tables, records, results)


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How to run: threads (None: all cores), how many paths keep every flow, how many the flows of a report, a call per
    block done (for a progress bar), prepared arrays or lives in place of the household's own, and the seed of lives and
    of long-term care by chance. `only` simulates one path alone, by its number among all, and keeps its flows and the
    steps of its years. `turns` are shared by runs side by side, so that together they keep no more cores busy. `spare`
    holds tables of earlier runs that nobody reads any more: fresh memory costs more than a simulated year."""

    threads: int | None = None
    flows_kept: int = 0
    table_kept: int = 0
    progress: Callable[[int], None] | None = None
    arrays: HouseholdArrays | None = None
    last_year: NDArray[np.int64] | None = None
    only: int | None = None
    seed: int | None = None
    turns: Semaphore | None = None
    spare: list[NDArray[np.float64]] | None = None


def _nobody_works(arrays: HouseholdArrays, lives: NDArray[np.int64], years: int) -> NDArray[np.bool_]:
    """The years after the last in which somebody works, [path, year]; work ends with life."""
    last_work = np.full(lives.shape[0], -1)
    for job in arrays.jobs:
        last_work = np.maximum(last_work, np.minimum(job["last_year"], lives[:, job["person"]]))
    return np.asarray(np.arange(years) > last_work[:, None])


def _columns() -> NDArray[np.int64]:
    """Where the numbers of the report's flows stand in a year's record, [column, person]."""
    assert YEAR.fields is not None
    size = np.dtype(np.float64).itemsize
    found = np.full((len(TABLE_COLUMNS), PEOPLE), -1, dtype=np.int64)
    for position, name in enumerate(TABLE_COLUMNS):
        kind, offset = YEAR.fields[name][:2]
        count = kind.itemsize // size
        found[position, :count] = offset // size + np.arange(count)
    return found


def run_scenario(scenario: Scenario, options: RunOptions) -> NDArray[np.float64]:
    """Fill a scenario's results, path block by path block, over threads that share nothing but what they read.

    The table of a report's flows, of the first paths: they come last, when an earlier run's may be free.
    """
    paths = scenario.futures.returns.shape[0]
    kept = min(options.table_kept, paths)
    blocks = [*_blocks(kept, paths), *_blocks(0, kept)]
    if options.only is not None:
        blocks = [(options.only, options.only + 1)]
    threads = options.threads or cores()
    turns = options.turns or Semaphore(threads)
    table_of_run = _Table(scenario.results, kept, options.spare)

    def work(block: tuple[int, int]) -> int:
        scratch = _scratch(scenario.strategies.size, scenario.household)
        results = scenario.results if block[0] >= kept else table_of_run.results_of(block)
        with turns:
            simulate_paths(block[0], block[1], scenario._replace(results=results), scratch)
        return block[1] - block[0]

    with ThreadPoolExecutor(min(threads, len(blocks) or 1)) as pool:
        for done in pool.map(work, blocks):
            if options.progress is not None:
                options.progress(done)
    return table_of_run.results().table


def _blocks(first: int, end: int) -> list[tuple[int, int]]:
    return [(begin, min(begin + BLOCK, end)) for begin in range(first, end, BLOCK)]


class _Table:
    """The table of a run: room for it is found when the first block asks."""

    def __init__(self, results: Results, paths: int, spare: list[NDArray[np.float64]] | None) -> None:
        self._without, self._with = results, results
        self._shape = (*results.table.shape[:-1], paths)
        self._spare = spare
        self._used = False
        self._turn = Lock()

    def results(self) -> Results:
        """The results with the table."""
        with self._turn:
            if self._with.table.shape != self._shape:
                table = self._spare.pop() if self._spare else None  # not shared while it is taken
                if table is None or table.shape != self._shape:
                    table = np.zeros(self._shape)
                else:
                    self._used = True
                self._with = self._without._replace(table=table)
        return self._with

    def results_of(self, block: tuple[int, int]) -> Results:
        """The results with the table, blank where a block will write."""
        found = self.results()
        if self._used:
            found.table[..., slice(*block)] = 0.0
        return found


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _scratch(strategies: int, household: HouseholdArrays) -> Scratch:
    law, facts, year = np.zeros(1, both_laws()), np.zeros(1, BOTH_RETURNS), np.zeros(1, YEAR)
    flat = (law.view(np.float64), facts.view(np.float64), year.view(np.float64))
    federal = record_type().itemsize // np.dtype(np.float64).itemsize
    return Scratch(
        law=law,
        law_flat=flat[0][:federal],
        state_law_flat=flat[0][federal:],
        amounts=np.zeros_like(flat[0]),
        facts=facts,
        facts_flat=flat[1],
        year=year,
        year_flat=flat[2],
        opened_flat=np.zeros_like(flat[2]),
        opened_facts_flat=np.zeros_like(flat[1]),
        growth=np.zeros(1, GROWTH),
        rule=np.zeros(1, YEAR_RULE),
        job_years=np.zeros(household.jobs.size, JOB_YEAR),
        early=np.zeros(1, EARLY),
        states=np.zeros(strategies, STATE),
        legacy=np.zeros(strategies, LEGACY),
        inherited=np.zeros((strategies, household.heirs.size, DRAWS)),
        received=np.zeros((strategies, household.heirs.size, DRAWS)),
        taxes_of_heirs=np.zeros((strategies, household.heirs.size, DRAWS)),
        left_to=np.zeros((strategies, household.heirs.size)),
        on_shares=np.zeros((strategies, household.heirs.size)),
        portable_exclusion=np.zeros(1),
    )


def _check(results: Results, household: written.Household) -> None:
    """The checks that are always on: balance in every year, withdrawals solved, living paid while somebody works."""
    worst = float(results.audit[:, :, 0].max(initial=0.0))
    if not worst <= LARGEST_IMBALANCE:
        raise LedgerError(f"the flows of a year miss the change of balances by {worst:,.2f} dollars")
    failures = int(results.audit[:, :, 3].sum())
    if failures:
        raise ConvergenceError(f"{failures} withdrawals could not be solved")
    unpaid = (results.audit[:, :, UNPAID] > 0.0).any(axis=0)
    if unpaid.any():
        raise household.source.error(
            "spending.living_cost",
            f"cannot be paid in every year of work: {unpaid.sum():,} of {unpaid.size:,} futures run out of taxable "
            "money although contributions were cut",
            found=household.spending.living_cost,
            allowed="a lower living cost, higher pay or a larger taxable account",
        )


__all__ = ["PEOPLE", "Outcome", "RunOptions", "cores", "load_compiled_year", "run", "run_scenario"]
