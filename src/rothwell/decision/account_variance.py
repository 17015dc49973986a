"""Which account's after-tax value varies more: the traditional one, which bears the risk of the rate, or the Roth."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rothwell.decision.measures import Estimate, estimate
from rothwell.decision.view import View
from rothwell.law.indexing import PRICES


@dataclass(frozen=True, slots=True)
class AccountVariance:
    """A dollar of pay put in pre-tax or, after today's tax, into a Roth account, and taken out after so many years.

    mean_rate, deviation_of_rate   of the household's own rate in that year
    variation_of_growth            deviation of real growth until then, beside its mean
    threshold                      the variation of growth above which the traditional account has the lower variance if
                                   rate and growth are independent; infinite where it never has
    ratio                          variance of the traditional account / variance of the Roth account, as simulated
    mean_ratio                     the same of the means
    """

    years: int
    mean_rate: float
    deviation_of_rate: float
    variation_of_growth: float
    threshold: float
    ratio: Estimate
    mean_ratio: Estimate


def variation_threshold(rate_now: float, mean_rate: float, variance_of_rate: float) -> float:
    """The coefficient of variation of growth above which the traditional account has the lower total variance.

    With growth G and rate T independent, Var((1 - T) G) < Var((1 - t) G) if and only if
    CV(G)^2 x ((1 - t)^2 - (1 - E T)^2 - Var T) > Var T.
    Source: Hulse, "Roth Versus Traditional Account Contributions and Tax Rate Uncertainty" (2023); docs/method.md.
    """
    room = (1.0 - rate_now) ** 2 - (1.0 - mean_rate) ** 2 - variance_of_rate
    if room <= 0.0:
        return math.inf
    return math.sqrt(variance_of_rate / room)


def account_variance(view: View) -> AccountVariance:
    """Variances at the mean of the years after work, from the paths of the strategy in view that live then."""
    year = view.middle_year
    lives = view.outcome.living[:, year] > 0.0
    growth = (np.prod(1.0 + view.market.returns[:, :year, 0], axis=1) / view.market.levels[:, year, PRICES])[lives]
    rate, rate_now = view.own_rates[year][lives], view.rates.conversion
    variance = float(rate.var())
    return AccountVariance(
        years=year,
        mean_rate=float(rate.mean()),
        deviation_of_rate=math.sqrt(variance),
        variation_of_growth=float(growth.std() / growth.mean()),
        threshold=variation_threshold(rate_now, float(rate.mean()), variance),
        ratio=ratio_of_variances((1.0 - rate) * growth, (1.0 - rate_now) * growth),
        mean_ratio=_ratio_of_means((1.0 - rate) * growth, (1.0 - rate_now) * growth),
    )


def ratio_of_variances(one: NDArray[np.float64], other: NDArray[np.float64]) -> Estimate:
    """The variance of one amount beside another's on the same paths, with its standard error (the delta method)."""
    below = float(other.var())
    if below == 0.0:
        return Estimate(math.inf if one.var() > 0.0 else 1.0, 0.0)
    value = float(one.var()) / below
    squares = (one - one.mean()) ** 2 - value * (other - other.mean()) ** 2
    return estimate(value, squares / below)


def _ratio_of_means(one: NDArray[np.float64], other: NDArray[np.float64]) -> Estimate:
    value = float(one.mean() / other.mean())
    return estimate(value, (one - value * other) / other.mean())
