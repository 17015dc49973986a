"""Conversions against their published figures, and after-tax money that waits until the job ends."""

from __future__ import annotations

import numpy as np
import pytest

from rothwell.law.landscape import read_landscape
from rothwell.lifetime.strategies import TWENTY_TWO_PERCENT_BRACKET, UNTIL_RETIREMENT, Strategy
from tests.lifetime.runs import QUIET, START, account, fixed_market, flat_law, held, household, person, simulate, single

TAX = 17_966.00
PAYMENTS = 20
RETURN = 0.07
PLAIN = Strategy("plain", "no after-tax money, no conversions")
FILL = Strategy("fill", "up to the top of the 22% bracket", fill_bracket=TWENTY_TWO_PERCENT_BRACKET)
WAIT = Strategy("wait", "after-tax money stays", after_tax_share=1.0, conversion_waits=UNTIL_RETIREMENT)
AT_ONCE = Strategy("at_once", "after-tax money is converted at once", after_tax_share=1.0)
JOB = """
[[jobs]]
person = "Ann"
employer = "Acme"
pay = 150_000
[jobs.plan]
elective_deferral = 10_000
after_tax_contributions = true
after_tax_dollar_cap = 12_000
conversion = "every_paycheck"
"""


def test_the_published_conversion_to_the_top_of_the_22_percent_bracket() -> None:
    """Cheshire, working papers of 2026: single, 69, no other income; $123,850 converted on the law of 2026 without the
    senior deduction costs $17,966 (taxable 105,700 after a standard deduction of 16,100 + 2,050)."""
    table = 'name = "without"\ninitial = { only = 1.0 }\n[regimes.only]\n'
    law = read_landscape(table + held("senior_deduction.amount", "{ other = 0, separate = 0 }"), "without.toml")
    text = single().replace("\nstart_year", f"\nprior_magi = {{ {START - 2} = 0, {START - 1} = 0 }}\nstart_year")
    text += person(born=1957, to_age=80) + account("traditional_ira", 600_000) + account("taxable", 200_000) + QUIET
    one = household(text + '[spending]\nrule = "flat"\nflat_amount = 0\n')
    flows = simulate(one, law, (FILL,)).flows[0, 0, 0]
    assert flows["conversion"] == pytest.approx(123_850.0, abs=1e-4)
    assert flows["income_tax"] == pytest.approx(TAX, abs=0.01)
    assert flows["income_tax"] / flows["conversion"] == pytest.approx(0.1451, abs=5e-5)


def test_the_tax_of_a_conversion_spread_over_the_payments_it_saves_has_the_same_present_value() -> None:
    """The same papers: 7%, 20 years: 17,966 x 0.0943929 = 1,695.86 a year; the present values are equal."""
    factor = RETURN / (1.0 - (1.0 + RETURN) ** -PAYMENTS)
    payment = TAX * factor
    assert factor == pytest.approx(0.0943929, abs=5e-8)
    assert payment == pytest.approx(1_695.86, abs=0.01)
    text = single() + person(to_age=60 + PAYMENTS - 1) + account("roth_ira", TAX) + QUIET
    one = household(text + f'spending_timing = "end"\n[spending]\nrule = "flat"\nflat_amount = {payment}\n')
    flows = simulate(one, flat_law(0.3), (PLAIN,), fixed_market(one, [RETURN] * PAYMENTS)).flows[0, 0]
    assert flows["spending"] == pytest.approx(payment, abs=0.01)
    assert flows["end_roth"][-1] == pytest.approx(0.0, abs=0.01)
    left = TAX * (1 + RETURN) ** 5 - payment * ((1 + RETURN) ** 5 - 1) / RETURN
    assert flows["end_roth"][4] == pytest.approx(left, abs=0.01)
    discounted = (payment / (1 + RETURN) ** np.arange(1, PAYMENTS + 1)).sum()
    assert discounted == pytest.approx(TAX, abs=0.01)


def test_after_tax_money_that_stays_leaves_with_its_basis_to_roth_and_its_earnings_to_a_traditional_ira() -> None:
    """Notice 2014-54. 12,000 a year for five years at 5%, each with half a year's return in its first year."""
    market = QUIET.replace("mean_return = 0.0", "mean_return = 0.05")
    text = single() + person(born=1971, to_age=70, retires=60) + JOB + account("taxable", 300_000) + market
    one = household(text + "[spending]\nliving_cost = 60_000\n")
    outcome = simulate(one, "current-law", (AT_ONCE, WAIT), fixed_market(one, [0.05] * 15))
    at_once, waits = outcome.flows[0, 0], outcome.flows[1, 0]
    assert waits["after_tax"].sum(axis=-1)[:5] == pytest.approx(12_000.0)
    grown = sum(12_000 * 1.05 ** (0.5 + years) for years in range(5))
    assert waits["end_after_tax"][4] == pytest.approx(grown)
    assert waits["end_roth"][4] == 0.0
    assert at_once["end_roth"][4] == pytest.approx(grown)
    assert waits["income_tax"][:5] == pytest.approx(at_once["income_tax"][:5])  # nothing is taxed until it leaves
    assert waits["in_plan_conversion"][:5].sum() == 0.0
    assert waits["end_after_tax"][5] == 0.0
    assert waits["end_roth"][5] == pytest.approx(60_000 * 1.05)
    earnings = waits["end_pre_tax"][5] - at_once["end_pre_tax"][5]
    assert earnings == pytest.approx((grown - 60_000) * 1.05)
