"""The break-even future tax rate of a conversion, by where the money for its tax comes from, and how often a future
exceeds it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rothwell.decision.measures import Estimate, estimate
from rothwell.decision.view import View
from rothwell.household import taxable_income
from rothwell.lifetime.household_market import mean_return_of

IRA, EFFICIENT, INEFFICIENT, CASH = "ira", "taxable_efficient", "taxable_inefficient", "cash"


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The rate at which converting a dollar today and leaving it are the same, if the tax comes from one source.

    rate       at the horizon in view
    exceeded   the share of the years after work, over all futures, whose own rate exceeds the break-even of that year
    """

    source: str
    rate: float
    exceeded: Estimate


@dataclass(frozen=True, slots=True)
class BreakEvenRates:
    """Break-even rates of one household.

    rate_now    tax on one more dollar of a conversion in the first year
    years       the horizon in view: from the start to the mean of the years after work
    """

    rate_now: float
    years: int
    sources: tuple[BreakEven, ...]


@dataclass(frozen=True, slots=True)
class Yields:
    """What a dollar earns a year: total return, dividends in it, interest on cash; and the rates of tax on ordinary
    income and on dividends and gains. Fractions."""

    total: float
    dividends: float
    cash: float
    ordinary_rate: float
    gains_rate: float


def break_even_rate(source: str, rate_now: float, years: int, yields: Yields) -> float:
    """Rate now x what a dollar of the source grows to after tax / what a dollar grows to untaxed.

    Source: Passman et al., "A BETR approach to Roth conversions" (Vanguard, 2025); docs/method.md.
    """
    return rate_now * _after_tax_growth(source, years, yields) / (1.0 + yields.total) ** years


def _after_tax_growth(source: str, years: int, yields: Yields) -> float:
    if source == IRA:
        return float((1.0 + yields.total) ** years)  # the converted dollar itself pays
    if source == INEFFICIENT:
        return float((1.0 + yields.total * (1.0 - yields.ordinary_rate)) ** years)
    if source == CASH:
        return float((1.0 + yields.cash * (1.0 - yields.ordinary_rate)) ** years)
    paid_out = yields.dividends * (1.0 - yields.gains_rate)
    growth = yields.total - yields.dividends + paid_out
    value, basis = 1.0, 1.0  # bought today
    for _ in range(years):
        basis += paid_out * value
        value *= 1.0 + growth
    return value - yields.gains_rate * (value - basis)


def break_even_rates(view: View) -> BreakEvenRates:
    """The break-even rates of a household under the strategy in view, and the chance that its own rate exceeds them."""
    household, years_planned = view.study.household, view.study.years_of_plan
    total = mean_return_of(household)
    yields = Yields(
        total=total,
        dividends=min(taxable_income(household).dividends, total),
        cash=household.market.inflation,
        ordinary_rate=view.rates.ordinary,
        gains_rate=view.rates.gains,
    )
    rate_now, horizon = view.rates.conversion, view.middle_year
    lives = view.after_work
    begin = years_planned - lives.shape[1]
    own = view.own_rates[begin:].T
    sources = []
    for source in (IRA, EFFICIENT, INEFFICIENT, CASH):
        of_year = np.array([break_even_rate(source, rate_now, year, yields) for year in range(begin, years_planned)])
        exceeded = share_above(own, of_year, lives)
        sources.append(BreakEven(source, break_even_rate(source, rate_now, horizon, yields), exceeded))
    return BreakEvenRates(rate_now, horizon, tuple(sources))


def share_above(rates: NDArray[np.float64], limits: NDArray[np.float64], lives: NDArray[np.bool_]) -> Estimate:
    """The share of years lived, over all paths, whose rate [path, year] exceeds the year's limit [year].

    The years of a path hang together, so the standard error is that of whole paths.
    """
    above = ((rates > limits) & lives).sum(axis=1).astype(np.float64)
    lived = lives.sum(axis=1).astype(np.float64)
    if lived.sum() == 0.0:
        return Estimate(0.0, 0.0)
    share = float(above.sum() / lived.sum())
    return estimate(share, (above - share * lived) / lived.mean())
