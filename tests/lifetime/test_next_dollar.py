"""What the next dollar costs in a plan's first year: the return is the simulated one, the rates are the exact ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rothwell.household import Household, load_household
from rothwell.law import Growth, figures, law_record
from rothwell.lifetime.next_dollar import next_dollar, return_of_year
from rothwell.lifetime.strategies import PRESETS
from rothwell.tax.many_returns import RATES, compute
from rothwell.tax.marginal_rates import AllIn, MarginalRates
from tests.lifetime.runs import simulate
from tests.tax.test_cliffs import all_in

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CONVERTED = 10_000.0


def first_years(name: str) -> tuple[Household, Any]:
    """An example household and its flows of the first year, under every strategy."""
    household = load_household(EXAMPLES / f"{name}.toml", date(2026, 6, 30))
    return household, simulate(household, strategies=PRESETS).flows[:, 0, 0]


def law_of(year: int) -> Any:
    return law_record(year, figures(), Growth())[0]


@pytest.mark.parametrize("name", ["couple", "retired"])
def test_the_rates_are_the_exact_ones_of_the_simulated_return(name: str) -> None:
    household, years = first_years(name)
    law = law_of(household.start_year)
    for flows in years:
        facts = return_of_year(flows, household)
        columns = {key: np.array([value]) for key, value in facts._asdict().items()}
        status = np.array([int(flows["status"])])
        found = compute(columns, status, law, ["total_tax", *RATES])
        assert found["total_tax"][0] == pytest.approx(flows["income_tax"], abs=0.005)
        one = next_dollar(flows, household, law, CONVERTED)
        beyond = {key: values + 0.02 * (key == "taxable_interest") for key, values in columns.items()}  # off a step
        exact = compute(beyond, status, law, list(RATES))
        assert one.rates == pytest.approx(MarginalRates(*(exact[rate][0] for rate in RATES)), abs=2e-6)
        known = {key: float(values[0]) for key, values in columns.items() if values[0] and key != "medicare_wages1"}
        cliffs = all_in(int(status[0]), **{"age1": facts.age1} | known)
        assert set(cliffs) == set(AllIn._fields)
        assert one.cliffs.child_tax_credit.distance == pytest.approx(cliffs["child_credit_step_distance"], abs=0.01)
        assert one.cliffs.medicare_premiums.distance == pytest.approx(cliffs["medicare_cliff_distance"], abs=0.01)


def test_the_next_dollars_of_a_couple_with_children_cost_what_the_law_says() -> None:
    """IRC 1(j)(2): 24%; 24(b): 50 dollars for each 1,000 of income; 1411: 3.8% on investment income; 3101(b)(2): 0.9%.

    Their adjusted gross income is exactly 430,000, a step of the credit. Ordinary taxable income is 430,000 less 4,000
    of dividends and 32,200 of deduction, 393,800; the 24% bracket ends at 403,550 (Rev. Proc. 2025-32): $10,000 more
    cost 0.24 x 10,000 + 0.08 x 250 + ten steps of 50.
    """
    household, years = first_years("couple")
    one = next_dollar(years[0], household, law_of(2026), CONVERTED)
    assert one.rates == pytest.approx(MarginalRates(0.24 + 0.009, 0.24 + 0.038, 0.15 + 0.038, 0.24), abs=1e-6)
    assert one.cliffs.child_tax_credit == pytest.approx((0.0, 50.0), abs=1e-6)
    assert one.all_in == pytest.approx((2_400.0 + 20.0 + 500.0) / CONVERTED, abs=1e-6)
