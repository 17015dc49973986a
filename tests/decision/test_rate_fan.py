"""The fan of the household's own marginal rate: percentiles of statutory rates that occur, among the living."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from rothwell.decision.rate_fan import RATE_FAN, rate_fan
from rothwell.lifetime.year_record import TABLE_COLUMNS


def outcome(rates: list[float], income: list[float], price: list[float]) -> Any:
    """One strategy, one year, a path for each number."""
    table = np.zeros((1, 1, len(TABLE_COLUMNS), len(rates)))
    for name, values in (("marginal_rate", rates), ("ordinary_taxable_income", income), ("price_level", price)):
        table[0, 0, TABLE_COLUMNS.index(name)] = values
    return SimpleNamespace(table=table)


def test_the_percentiles_are_rates_that_occur() -> None:
    rates = [0.22] * 3 + [0.24] * 5 + [0.37] * 2
    fan = rate_fan(outcome(rates, [1.0] * 10, [1.0] * 10))[0, :, 0]
    assert dict(zip(RATE_FAN, fan.tolist(), strict=True)) == {10: 0.22, 25: 0.22, 50: 0.24, 75: 0.24, 90: 0.37}


def test_the_dead_pay_no_rate_and_do_not_count() -> None:
    rates, price = [0.37] * 4 + [0.10] * 6, [1.0] * 4 + [0.0] * 6
    assert rate_fan(outcome(rates, [1.0] * 10, price))[0, :, 0].tolist() == [0.37] * 5
    assert np.isnan(rate_fan(outcome(rates, [1.0] * 10, [0.0] * 10))).all()


def test_where_deductions_leave_no_ordinary_income_the_rate_is_zero() -> None:
    fan = rate_fan(outcome([0.10] * 10, [0.0] * 6 + [5.0] * 4, [1.0] * 10))[0, :, 0]
    assert fan.tolist() == [0.0, 0.0, 0.0, 0.10, 0.10]
