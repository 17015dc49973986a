"""The fan of a household's own marginal rate by year, from which a reader can judge a landscape."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rothwell.lifetime.scenario import Outcome
from rothwell.lifetime.year_record import TABLE_COLUMNS

RATE_FAN = (10, 25, 50, 75, 90)  # percentiles


def rate_fan(outcome: Outcome) -> NDArray[np.float64]:
    """Percentiles of the rate on the next dollar converted, among the futures in which anybody lives.

    [strategy, RATE_FAN, year]; rates that occur, never a number between two of them. The rate is that of the federal
    bracket of the law in force in each future, 0 where deductions leave no ordinary income to tax, and what the state
    adds. Phase-ins of taxable benefits, the 3.8% tax and Medicare premiums are not in it. NaN once everybody has died
    in every future.
    """
    strategies, years = outcome.table.shape[:2]
    price, rate, of_state, income = (
        TABLE_COLUMNS.index(name) for name in ("price_level", "marginal_rate", "state_rate", "ordinary_taxable_income")
    )
    fan = np.full((strategies, len(RATE_FAN), years), np.nan)
    for strategy in range(strategies):
        for year in range(years):
            flows = outcome.table[strategy, year]
            lives = flows[price] > 0.0
            if lives.any():
                rates = (np.where(flows[income] > 0.0, flows[rate], 0.0) + flows[of_state])[lives]
                fan[strategy, :, year] = np.percentile(rates, RATE_FAN, method="inverted_cdf")
    return fan
