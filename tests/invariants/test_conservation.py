"""No dollar appears or is lost, in a million household-years of households at random."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from rothwell.lifetime.household_arrays import household_arrays
from rothwell.lifetime.scenario import RunOptions
from rothwell.lifetime.strategies import PRESETS
from tests.invariants.ledger_of_flows import cash_imbalance, imbalance, lived, wealth
from tests.invariants.random_households import random_household
from tests.lifetime.runs import CENT, KEEP_ALL, START, drawn_laws, drawn_market, load_landscape, unchecked

HOUSEHOLD_YEARS = 1_000_000
PATHS = 60  # of each household
TINY = 1e-6  # dollars
OF_A_PERSON = ("pre_tax_plan", "former_plan", "traditional_ira", "roth_plan", "roth_ira", "after_tax", "hsa")
NEVER_NEGATIVE = (
    "end_taxable", "end_taxable_basis", "end_pre_tax", "end_roth", "end_after_tax", "conversion", "spending", "goals",
    "costs", "medical", "premiums", "saved", "withdrawal_pre_tax", "withdrawal_roth", "sold_taxable",
    "end_hsa", "withdrawal_hsa", "hsa_paid", "backdoor", "early_subject", "roth_earnings",
)  # fmt: skip


@pytest.mark.slow
def test_conservation_in_a_million_random_household_years(record_property: Callable[[str, object], None]) -> None:
    generator = np.random.default_rng(2026)
    checked, worst, worst_cash, ruined = 0, 0.0, 0.0, 0
    while checked < HOUSEHOLD_YEARS:
        one = random_household(generator)
        seed = int(generator.integers(1 << 30))
        landscape = "default" if generator.random() < 0.7 else "current-law"
        laws = drawn_laws(load_landscape(landscape), one, PATHS, seed)
        market = drawn_market(one, PATHS, seed)
        outcome, audit = unchecked(one, landscape, PRESETS, market, laws, RunOptions(flows_kept=KEEP_ALL, seed=seed))
        flows, state = outcome.flows, household_arrays(one, START).state[0]
        at_start = float(state.taxable) + sum(float(state[kind].sum()) for kind in OF_A_PERSON)
        worst = max(worst, float(np.abs(imbalance(flows, at_start)).max()), float(audit[..., 0].max()))
        worst_cash = max(worst_cash, float(np.abs(cash_imbalance(flows)).max()))
        assert worst < CENT, one
        assert worst_cash < CENT, one
        for field in NEVER_NEGATIVE:
            assert flows[field].min() > -TINY, (field, one)
        ruined += int((wealth(flows)[lived(flows)] <= 0.0).sum())
        checked += int(lived(flows).sum())
    record_property("dollars", f"{checked:,} household-years, worst {worst:.2e}, of cash {worst_cash:.2e}")
    assert ruined > 0  # ruined households were among them
