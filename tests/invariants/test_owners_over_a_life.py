"""Owners and related employers over whole lives: the limits of each year's law, seen from the statute."""

from __future__ import annotations

import numpy as np
import pytest

from rothwell.lifetime.scenario import RunOptions
from rothwell.lifetime.strategies import PRESETS
from tests.invariants.test_limits import limits_of, steady_prices
from tests.lifetime.runs import (
    KEEP_ALL,
    START,
    WORST_IMBALANCE,
    account,
    drawn_laws,
    household,
    load_landscape,
    person,
    single,
    unchecked,
)

PATHS = 5
OWNER = 'person = "Ann"\nname = "Own"\n'
PLAN = '[businesses.plan]\nafter_tax_contributions = true\nconversion = "yearly"\n'
WORK = {
    "the most of everything": f'[[businesses]]\n{OWNER}net_profit = 150_000\n{PLAN}profit_sharing = "max"\n',
    "a low profit": f"[[businesses]]\n{OWNER}net_profit = 45_000\ngrowth = 0.02\n{PLAN}profit_sharing_rate = 0.2\n",
    "a 403(b) beside it": (
        '[[jobs]]\nperson = "Ann"\nemployer = "Hospital"\npay = 120_000\nprior_year_wages = 120_000\n'
        f'[jobs.plan]\nkind = "403b"\nnonelective = 0.05\n[[businesses]]\n{OWNER}net_profit = 140_000\n{PLAN}'
        "profit_sharing = 15_000\n"
    ),
}


@pytest.mark.parametrize("work", list(WORK.values()), ids=list(WORK))
@pytest.mark.parametrize("born", [1968, 1985])
def test_owners_break_no_limit_over_a_life(work: str, born: int) -> None:
    """IRC 402(g)(1), 414(v)(2), 415(c)(1), (k)(4), 404(a)(8)(C): one limit on annual additions in all these cases."""
    text = single() + person(born=born, retires=66) + account("taxable", 900_000) + work
    one = household(f"{text}[spending]\nliving_cost = 50_000\n")
    laws = drawn_laws(load_landscape("default"), one, PATHS, 1)
    options = RunOptions(threads=1, flows_kept=KEEP_ALL)
    outcome, audit = unchecked(one, "default", PRESETS, steady_prices(one, PATHS, 1), laws, options)
    assert audit[..., WORST_IMBALANCE].max() < 0.01
    checked = 0
    for year in range(born + 66 - START):
        rows, limits = outcome.flows[:, :, year].ravel(), limits_of(START + year, one)
        age = START + year - born
        catch_up = 0.0 if age < 50 else limits.catch_up_60_to_63 if 60 <= age <= 63 else limits.catch_up
        deferred = rows["deferral_pre_tax"][:, 0] + rows["deferral_roth"][:, 0]
        added = deferred + rows["employer"][:, 0] + rows["after_tax"][:, 0]
        assert (deferred <= limits.deferrals + catch_up + 0.005).all()
        assert (added <= limits.additions + catch_up + 0.005).all()
        assert (rows["owner_deferral"][:, 0] <= deferred + 0.005).all()
        paid = rows["business"][:, 0] - rows["owner_pay"][:, 0] + rows["owner_deferral"][:, 0]
        assert (paid <= rows["business"][:, 0] + 0.005).all()
        assert (rows["business"][:, 0] > 0.0).all()
        checked += rows.size
    assert checked > 100
    assert np.isfinite(outcome.spending).all()
