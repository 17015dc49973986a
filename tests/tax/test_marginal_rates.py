"""Exact marginal rates: against finite differences off the kinks, and from the right at them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from oracle.random_returns import random_returns
from rothwell.lanes import fields_of
from rothwell.law.figures import JOINT, SINGLE
from rothwell.provision import kernel
from rothwell.tax.facts import RETURN, Facts, parts_of
from rothwell.tax.many_returns import RATES, compute
from rothwell.tax.marginal_rates import tax_and_marginal_rates
from rothwell.tax.return_file import STATUS_NAMES
from tests.tax.build import law

Floats = NDArray[np.float64]
RETURNS = 25_000  # for each year and direction: 200,000 in all
STEP = 1.0 / 16.0  # dollars: a power of two
ROUNDING = 1e-6  # of a difference of two taxes over the step, and what a curve bends within it
MOVED = {
    "rate_wages": ("wages1", "medicare_wages1"),
    "rate_ordinary": ("taxable_interest",),
    "rate_gains": ("lt_gain",),
    "rate_conversion": ("ira_distributions",),
}


def returns_of(year: int) -> tuple[NDArray[np.int64], dict[str, Floats]]:
    """Realistic random returns of every filing status."""
    drawn = random_returns(RETURNS, year)
    status = np.array([STATUS_NAMES[name] for name in drawn["filing_status"]])
    columns = {name: np.asarray(drawn[name], dtype=np.float64) for name in Facts._fields if name in drawn}
    columns["medicare_wages1"] = columns["wages1"]
    columns.setdefault("ira_distributions", np.zeros(RETURNS))
    return status, columns


def differences(columns: dict[str, Floats], status: Any, year: int, names: tuple[str, ...]) -> tuple[Floats, Floats]:
    """The finite differences of the total tax to the right and to the left."""
    here, right, left = (
        compute(columns | {name: columns[name] + step for name in names}, status, law(year), ["total_tax"])["total_tax"]
        for step in (0.0, STEP, -STEP)
    )
    return (right - here) / STEP, (here - left) / STEP


@pytest.mark.parametrize("year", [2025, 2026])
@pytest.mark.parametrize("rate", RATES)
def test_marginal_rates_are_finite_differences(rate: str, year: int) -> None:
    status, columns = returns_of(year)
    rates = compute(columns, status, law(year), [rate])[rate]
    right, left = differences(columns, status, year, MOVED[rate])
    smooth = np.abs(right - left) < ROUNDING
    assert smooth.mean() > 0.5  # a return without gains stands on the kink between gain and loss
    wrong = np.flatnonzero(smooth & (np.abs(rates - right) > ROUNDING))
    assert not wrong.size, [(int(row), rates[row], right[row]) for row in wrong[:5]]


@pytest.mark.parametrize("status", [SINGLE, JOINT])
def test_the_rate_at_a_kink_is_that_of_the_next_dollar(status: int) -> None:
    section = law(2026)
    deduction = section.standard_deduction.basic[status]
    edges = [0.0, *section.rate_schedule.bracket_top[status], section.capital_gains.zero_rate_top[status]]
    edges += [section.capital_gains.fifteen_rate_top[status], section.net_investment_income.threshold[status]]
    edges += [edge + deduction for edge in edges] + [section.additional_medicare.threshold[status]]
    wages = np.array(edges)
    columns = {name: np.zeros(wages.size) for names in MOVED.values() for name in names}
    columns |= {"age1": np.full(wages.size, 70.0), "wages1": wages, "medicare_wages1": wages}
    for rate in RATES:
        found = compute(columns, np.full(wages.size, status), law(2026), [rate])[rate]
        right, _ = differences(columns, np.full(wages.size, status), 2026, MOVED[rate])
        assert found == pytest.approx(right, abs=ROUNDING), rate


@kernel
def one_by_one(records, status, law, taxes, rates):  # type: ignore[no-untyped-def]
    """The same returns one after the other, not in tiles."""
    for row in range(status.size):
        facts = fields_of(Facts, records[row])
        form, found = tax_and_marginal_rates(facts, parts_of(facts, law), status[row], law)
        taxes[row] = form.total_tax
        for column in range(len(found)):
            rates[row, column] = found[column]


def test_tiles_and_single_returns_agree_to_the_last_bit() -> None:
    status, columns = returns_of(2026)
    found = compute(columns, status, law(2026), ["total_tax", *RATES])
    records = np.zeros(RETURNS, RETURN)
    for name, values in columns.items():
        records[name] = values
    taxes, rates = np.empty(RETURNS), np.empty((RETURNS, len(RATES)))
    one_by_one(records, status, law(2026), taxes, rates)
    assert np.array_equal(taxes, found["total_tax"])
    for column, name in enumerate(RATES):
        assert np.allclose(rates[:, column], found[name], rtol=0.0, atol=1e-12), name


def test_order_and_threads_change_no_bit() -> None:
    status, columns = returns_of(2026)
    once = compute(columns, status, law(2026), ["total_tax"], threads=1)["total_tax"]
    order = np.random.default_rng(1).permutation(RETURNS)
    mixed = {name: values[order] for name, values in columns.items()}
    again = compute(mixed, status[order], law(2026), ["total_tax"], threads=2)["total_tax"]
    assert np.array_equal(once[order], again)
    few = compute({name: values[:77] for name, values in columns.items()}, status[:77], law(2026), ["total_tax"])
    assert np.array_equal(few["total_tax"], once[:77])
