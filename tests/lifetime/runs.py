"""Households, laws and runs that the tests of the year loop share: small TOML texts in, an `Outcome` out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from rothwell.household import Household, load_household, parse_household
from rothwell.law.indexing import Growth
from rothwell.law.landscape import (
    KINDS,
    NEVER,
    NO_POINTS,
    SHIPPED,
    Landscape,
    LawPaths,
    Shock,
    law_paths,
    load_landscape,
    read_landscape,
)
from rothwell.law.landscape_means import landscape_tables
from rothwell.law.timeline import LawTables
from rothwell.lifetime.household_arrays import years_of_futures
from rothwell.lifetime.household_market import draw_household_market
from rothwell.lifetime.markets import Market, draw_uniforms, market_of
from rothwell.lifetime.scenario import LAW_READ, Outcome, RunOptions, run
from rothwell.lifetime.strategies import OTHER_WAYS, PRESETS, SMALLER_CONVERSIONS, Strategy

TODAY = date(2026, 11, 23)
START = 2026
STATUSES = (0, 1, 2, 3)  # single, joint, head of household, surviving spouse: those that a plan can meet
LONGEST = 100  # years of law held for every test, whatever the household
KEEP_ALL = 1_000_000  # flows of every path
COUPLE = Path(__file__).resolve().parents[2] / "examples" / "couple.toml"
BY_NAME = {strategy.name: strategy for strategy in (*PRESETS, *SMALLER_CONVERSIONS, *OTHER_WAYS)}
MANY_NUMBERS = Strategy(
    "many_numbers",
    "every number away from its default",
    roth_deferrals=0.3,
    late_career_age=50.0,
    late_roth_deferrals=0.8,
    after_tax_share=0.6,
    conversion_waits=0.5,
    rate_before_claiming=0.3,
    rate_after_claiming=0.23,
    rate_after_rmds=0.15,
    gain_harvest=0.9,
    deferred_first=0,
    deferred_share=0.2,
    spend_to_age=97.0,
    spend_at_rate=0.03,
    deferred_weight=0.7,
    guardrail_width=0.15,
)
EVERY_WAY = (*PRESETS, *OTHER_WAYS, MANY_NUMBERS)
WORST_IMBALANCE, PASSES, UNPAID, FAILURES = range(4)  # what the audit of a run holds
CENT = 0.01
HUGE = 1e12  # dollars: above every income of the tests

QUIET = """
[market]
kind = "fixed"
mean_return = 0.0
inflation = 0.0
inflation_deviation = 0.0
dividend_yield = 0.0
wage_growth_over_inflation = 0.0
medical_growth_over_inflation = 0.0
chained_cpi_gap = 0.0
plan_fee = 0.0
taxable_fee = 0.0
ira_fee = 0.0
"""
"""A market in which nothing moves and nothing costs."""


def couple() -> Household:
    """The couple of the examples."""
    return load_household(COUPLE, TODAY)


def household(text: str) -> Household:
    """A household from TOML text."""
    return parse_household(text, TODAY)


def person(name: str = "Ann", born: int = 1966, to_age: int = 95, retires: int | None = None) -> str:
    """A [[people]] table."""
    retirement = "" if retires is None else f"retirement_age = {retires}\n"
    return f'[[people]]\nname = "{name}"\nbirth_date = {born}-06-15\nplanning_age = {to_age}\n{retirement}'


def account(kind: str, balance: float, owner: str = "Ann", basis: float | None = None) -> str:
    """An [[accounts]] table; a taxable account has full basis unless given."""
    needs = kind in ("taxable", "after_tax_plan")
    known = balance if needs and basis is None else basis
    line = "" if known is None else f"basis = {known}\n"
    return f'[[accounts]]\nkind = "{kind}"\nowner = "{owner}"\nbalance = {balance}\n{line}'


def single(state: str = "FL", status: str = "single") -> str:
    """The [household] table."""
    return f'[household]\nfiling_status = "{status}"\nstate = "{state}"\nstart_year = {START}\n'


def held(figure: str, value: object) -> str:
    """A row of a synthetic law: a figure held at one value for ever."""
    return f'[[regimes.only.set]]\nfigure = "{figure}"\nvalue = {value}\n'


def flat_law(rate: float, gains: float = 0.0, *rows: str) -> Landscape:
    """One regime for ever: every dollar of ordinary income taxed at one rate, gains at another, nothing else."""
    none_by_status = "{ other = 0, separate = 0 }"
    table = 'name = "flat"\ninitial = { only = 1.0 }\n[regimes.only]\n'
    table += held("rate_schedule.rate", [rate] * 7)
    table += held("rate_schedule.bracket_top", "{ other = %s, separate = %s }" % (([HUGE] * 6,) * 2))
    table += held("capital_gains.rate", [gains] * 3)
    for name in ("standard_deduction.basic", "standard_deduction.additional", "senior_deduction.amount"):
        table += held(name, none_by_status)
    for name in ("net_investment_income.rate", "oasdi.rate", "medicare.rate", "additional_medicare.rate"):
        table += held(name, 0.0)
    for name in ("part_b.standard_premium", "child_tax_credit.per_child", "child_tax_credit.refundable_cap"):
        table += held(name, 0.0)
    table += held("elderly_credit.rate", 0.0)
    table += held("alternative_minimum.rate", [0.0, 0.0])
    table += held("irmaa.part_b_surcharge", [0.0] * 5) + held("irmaa.part_d_surcharge", [0.0] * 5)
    return read_landscape(table + "".join(rows), "flat.toml")


@cache
def _tables(name: str, growth: Growth) -> LawTables:
    return landscape_tables(load_landscape(name), START, LONGEST, growth, STATUSES, LAW_READ)[0]


def tables_of(landscape: Landscape, growth: Growth) -> LawTables:
    """The law of a landscape for the longest plan, prepared once for those that are shipped."""
    if landscape.name in SHIPPED:
        return _tables(landscape.name, growth)
    return landscape_tables(landscape, START, LONGEST, growth, STATUSES, LAW_READ)[0]


def fixed_market(one: Household, returns: list[float] | NDArray[np.float64]) -> Market:
    """One path: a return for each year, with the household's mean inflation."""
    years = years_of_futures(one, START)
    series = np.zeros((1, years))
    series[0, : len(returns)] = returns[:years]
    return market_of(series, np.full((1, years), one.market.inflation), one.market.growth)


def drawn_market(one: Household, paths: int, seed: int = 1) -> Market:
    """Markets at random, as the household assumes them."""
    return draw_household_market(one, START, years_of_futures(one, START), paths, seed)


def drawn_laws(landscape: Landscape, one: Household, paths: int, seed: int = 1) -> LawPaths:
    """The law of each path."""
    years = years_of_futures(one, START)
    return law_paths(landscape, START, years, draw_uniforms(paths, years, seed))


def one_law(paths: int, years: int, regime: int = 0, ban_from: int = NEVER, *shocks: tuple[Shock, int]) -> LawPaths:
    """The same law on every path, with or without a ban and other shocks, each from a year index on."""
    shock_from = np.full((paths, len(KINDS)), NEVER)
    shock_from[:, 0] = ban_from
    for shock, year in shocks:
        shock_from[:, KINDS.index(shock.kind)] = year
    known = tuple(shock for shock, _ in shocks)
    return LawPaths(np.full((paths, years), regime, dtype=np.int64), shock_from, NO_POINTS, known)


def for_heirs(one: Household, market: Market, laws: LawPaths) -> tuple[Market, LawPaths]:
    """A market and laws that end with the plan go on as they end, for the heirs."""

    def longer(found: NDArray[Any]) -> NDArray[Any]:
        missing = max(0, years_of_futures(one, START) - found.shape[1]) if found.size else 0
        widths = [(0, missing if axis == 1 else 0) for axis in range(found.ndim)]
        return np.pad(found, widths, mode="edge")

    market = replace(market, returns=longer(market.returns), levels=longer(market.levels))
    return market, replace(laws, regime=longer(laws.regime), points=longer(laws.points))


def simulate(
    one: Household,
    landscape: Landscape | str = "current-law",
    strategies: tuple[Strategy, ...] = PRESETS[:1],
    market: Market | None = None,
    laws: LawPaths | None = None,
    options: RunOptions | None = None,
) -> Outcome:
    """A run that keeps every flow; one path of the fixed market unless a market is given."""
    known = load_landscape(landscape) if isinstance(landscape, str) else landscape
    chosen = market or drawn_market(one, 1)
    law = laws or drawn_laws(known, one, chosen.returns.shape[0])
    tables = tables_of(known, one.market.growth)
    chosen, law = for_heirs(one, chosen, law)
    options = options or RunOptions(threads=1, flows_kept=KEEP_ALL)
    options = options if options.seed is not None else replace(options, seed=1)
    return run(one, START, chosen, law, tables, strategies, options)


def unchecked(*arguments: Any, **named: Any) -> tuple[Outcome, NDArray[np.float64]]:
    """As `simulate`, but a life that cannot be paid is no error; also gives the audit [strategy, path, 4]."""
    with patch("rothwell.lifetime.scenario._check") as check:
        outcome = simulate(*arguments, **named)
    results = check.call_args.args[0]
    assert results.audit[:, :, WORST_IMBALANCE].max() < CENT
    assert results.audit[:, :, FAILURES].max() == 0.0
    return outcome, results.audit
