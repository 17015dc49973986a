"""Identities that hold exactly, whatever the markets: flat taxes, conversions, closed forms of the literature."""

from __future__ import annotations

import numpy as np
import pytest

from rothwell.lifetime.household_arrays import household_arrays
from rothwell.lifetime.markets import market_of
from rothwell.lifetime.scenario import RunOptions
from rothwell.lifetime.strategies import Strategy
from tests.lifetime.runs import (
    BY_NAME,
    KEEP_ALL,
    QUIET,
    START,
    account,
    drawn_market,
    fixed_market,
    flat_law,
    household,
    person,
    simulate,
    single,
)

RATE = 0.25
PLAIN = Strategy("plain", "no after-tax money, no conversions")
CONVERT_ALL = Strategy("convert_all", "everything in the first year", fill_bracket=2)
BELIEFS = f"[beliefs]\ndeferred_weight = {1 - RATE}\nheirs_tax_rate = {RATE}\n"
JOB = """
[[jobs]]
person = "Ann"
employer = "Acme"
pay = 150_000
[jobs.plan]
roth_deferrals = true
"""
NO_PREMIUMS = ("part_b.standard_premium", "irmaa.part_b_surcharge", "irmaa.part_d_surcharge")


def worst_relative(one: np.ndarray, other: np.ndarray) -> float:
    """The largest difference relative to the larger of the two and a dollar."""
    return float((np.abs(one - other) / np.maximum(1.0, np.maximum(np.abs(one), np.abs(other)))).max())


@pytest.mark.parametrize("timing", ["start", "end"])
def test_under_a_flat_tax_traditional_equals_roth_of_what_is_left_after_tax(timing: str) -> None:
    # Brown, Cederburg and O'Doherty 2017, no tax risk: X before tax and X(1 - t) after tax are the same money.
    market = f'[market]\nspending_timing = "{timing}"\nplan_fee = 0.002\nira_fee = 0.002\n'
    head = single() + person(to_age=95)
    before = household(head + account("traditional_ira", 1_000_000) + market + BELIEFS)
    after = household(head + account("roth_ira", 1_000_000 * (1 - RATE)) + market + BELIEFS)
    paths = drawn_market(before, 2_000)
    one = simulate(before, flat_law(RATE), (PLAIN,), paths)
    other = simulate(after, flat_law(RATE), (PLAIN,), paths)
    assert worst_relative(one.spending, other.spending) < 1e-9
    assert worst_relative(one.estate, other.estate) < 1e-9
    assert worst_relative(one.flows["end_pre_tax"] * (1 - RATE), other.flows["end_roth"]) < 1e-9
    assert one.flows["end_pre_tax"][:, :, 20].min() > 0.0
    assert one.flows["end_taxable"].max() < 1e-3  # dollars, the solver's accuracy grown


def test_under_a_flat_tax_pre_tax_deferrals_equal_roth_deferrals_of_what_is_left_after_tax() -> None:
    head = single() + person(born=1986, retires=65) + "[spending]\nliving_cost = 60_000\n"
    head += "[market]\nwage_growth_over_inflation = 0.0\n" + BELIEFS
    before = household(head + JOB + "elective_deferral = 20_000\n" + account("taxable", 50_000))
    roth = f'elective_deferral = {20_000 * (1 - RATE)}\ndeferral_kind = "roth"\n'
    after = household(head + JOB + roth + account("taxable", 50_000))
    paths = drawn_market(before, 2_000)
    law = flat_law(RATE)
    one, other = simulate(before, law, (PLAIN,), paths), simulate(after, law, (PLAIN,), paths)
    free = one.flows["age"][..., 0] < 75  # then required distributions may feed the taxable account
    kept = one.flows["end_pre_tax"] * (1 - RATE)
    assert worst_relative(kept[free], other.flows["end_roth"][free]) < 1e-9
    assert worst_relative(one.flows["end_taxable"][free], other.flows["end_taxable"][free]) < 1e-9
    assert worst_relative(one.spending[free], other.spending[free]) < 1e-9


@pytest.mark.parametrize(("years", "dollars"), [(3, 1_343), (10, 8_319), (20, 40_386)])
def test_an_outside_paid_conversion_gains_the_tax_drag_of_the_side_account(years: int, dollars: int) -> None:
    # McQuarrie and DiLellio 2023: $100,000 at 25%, tax from outside, 10% in the Roth, 8.5% in the side account.
    market = QUIET.replace("dividend_yield = 0.0", "dividend_yield = 0.1")
    text = single() + person(to_age=60 + years - 1) + account("traditional_ira", 100_000) + account("taxable", 25_000)
    one = household(text + '[spending]\nrule = "flat"\nflat_amount = 0\n' + market)
    arrays = household_arrays(one, START)
    arrays = arrays._replace(divisors=np.full_like(arrays.divisors, np.inf))  # the source has no required distributions
    law = flat_law(0.25, 0.15)
    options = RunOptions(threads=1, flows_kept=KEEP_ALL, arrays=arrays)
    outcome = simulate(one, law, (PLAIN, CONVERT_ALL), fixed_market(one, [0.10] * years), options=options)
    last = outcome.flows[:, 0, years - 1]
    assert outcome.flows["conversion"][1, 0].tolist() == pytest.approx([100_000.0] + [0.0] * (years - 1), abs=1e-6)
    assert outcome.flows["income_tax"][1, 0, 0] == pytest.approx(25_000.0, abs=1e-5)
    kept = last["end_taxable"][0] + 0.75 * last["end_pre_tax"][0]
    assert last["end_roth"][1] + last["end_taxable"][1] - kept == pytest.approx(dollars, abs=1.0)
    assert last["end_roth"][1] == pytest.approx(100_000 * 1.1**years, abs=1e-3)


def test_after_tax_money_converted_every_paycheck_is_a_roth_contribution_of_the_same_size() -> None:
    head = single() + person(born=1981, retires=62) + "[spending]\nliving_cost = 50_000\n" + account("taxable", 20_000)
    head += "[market]\nwage_growth_over_inflation = 0.0\ninflation = 0.0\ninflation_deviation = 0.0\n"
    after_tax = household(
        head + JOB + 'elective_deferral = 8_000\ndeferral_kind = "roth"\nafter_tax_contributions = true\n'
        'after_tax_dollar_cap = 6_000\nconversion = "every_paycheck"\n'
    )
    deferred = household(head + JOB + 'elective_deferral = 14_000\ndeferral_kind = "roth"\n')
    paths = drawn_market(after_tax, 500)
    one = simulate(after_tax, "current-law", (BY_NAME["mega_in_plan"],), paths)
    other = simulate(deferred, "current-law", (PLAIN,), paths)
    working = one.flows["pay"].sum(axis=-1) > 0.0
    assert one.flows["after_tax"].sum(axis=-1)[working] == pytest.approx(6_000.0)
    for field in ("income_tax", "payroll_tax", "agi", "end_taxable", "end_roth", "end_pre_tax", "spending"):
        assert worst_relative(one.flows[field], other.flows[field]) < 1e-9, field
    assert worst_relative(one.estate, other.estate) < 1e-9


def test_earnings_until_a_late_conversion_are_ordinary_income_to_the_dollar() -> None:
    head = single() + person(born=1981, retires=62) + "[spending]\nliving_cost = 50_000\n" + account("taxable", 900_000)
    plan = "elective_deferral = 8_000\nafter_tax_contributions = true\nafter_tax_dollar_cap = 30_000\n"
    one = household(head + JOB + plan + 'conversion = "yearly"\n' + "[market]\nplan_fee = 0.003\n")
    pair = BY_NAME["mega_in_plan"], BY_NAME["mega_yearly"]
    outcome = simulate(one, flat_law(RATE, RATE), pair, drawn_market(one, 500))
    at_once, later = outcome.flows[0, :, 0], outcome.flows[1, :, 0]
    earnings = 30_000 * np.maximum(0.0, np.sqrt((1 + at_once["return_rate"]) * (1 - 0.003)) - 1)
    assert later["conversion_earnings"] == pytest.approx(earnings, abs=1e-6)
    assert later["agi"] - at_once["agi"] == pytest.approx(earnings, abs=0.01)
    assert later["income_tax"] - at_once["income_tax"] == pytest.approx(RATE * earnings, abs=0.01)
    assert later["end_roth"] == pytest.approx(at_once["end_roth"])
    assert (earnings > 0.0).any()
    assert (earnings == 0.0).any()


@pytest.mark.parametrize("timing", ["start", "end"])
def test_roth_money_spent_to_zero_follows_the_closed_form(timing: str) -> None:
    # Owl, Case_bill: g = B0 / sum(gamma_m / cumret_m), $1,000,000 in a Roth, 30 years, flat real spending.
    generator = np.random.default_rng(7)
    returns = np.exp(generator.normal(0.06, 0.15, 30)) - 1.0
    inflation = np.exp(generator.normal(0.04, 0.02, 30)) - 1.0
    inflation[0] = 0.0  # the start year's prices are the unit
    real_return = np.cumprod(1 + returns) / (1.0 if timing == "end" else 1 + returns)
    spending = 1_000_000 / (np.cumprod(1 + inflation) / real_return).sum()
    text = single() + person(to_age=60 + 29) + account("roth_ira", 1_000_000) + QUIET
    text += f'spending_timing = "{timing}"\n'
    one = household(text + f'[spending]\nrule = "flat"\nflat_amount = {float(spending)}\n')
    market = market_of(returns[None], inflation[None], one.market.growth)
    outcome = simulate(one, flat_law(0.3), (PLAIN,), market)
    assert outcome.spending[0, 0] == pytest.approx(spending, abs=1e-3)
    assert outcome.flows["end_roth"][0, 0, -1] == pytest.approx(0.0, abs=1.0)
    assert outcome.flows["end_roth"][0, 0, -2] > 10_000.0


def test_flat_spending_without_returns_lasts_five_years_from_taxable_and_forty_five_from_roth() -> None:
    # fplan, test "flat": returns 0, taxable 500,000 at full basis, Roth 4,500,000: exactly 100,000 for 50 years.
    text = single() + person(to_age=109) + account("taxable", 500_000) + account("roth_ira", 4_500_000) + QUIET
    one = household(text + '[spending]\nrule = "flat"\nflat_amount = 100_000\n')
    flows = simulate(one, flat_law(0.3, 0.15), (PLAIN,)).flows[0, 0]
    assert flows["spending"].tolist() == pytest.approx([100_000.0] * 50, abs=1e-5)
    assert flows["sold_taxable"].tolist() == pytest.approx([100_000.0] * 5 + [0.0] * 45, abs=1e-4)
    assert flows["withdrawal_roth"].tolist() == pytest.approx([0.0] * 5 + [100_000.0] * 45, abs=1e-4)
    assert flows["income_tax"].max() == 0.0
    assert flows["end_roth"][-1] == pytest.approx(0.0, abs=1e-3)


def test_without_volatility_every_path_is_the_deterministic_one() -> None:
    text = single() + person(born=1980, retires=63) + "[spending]\nliving_cost = 70_000\n" + JOB
    text += account("taxable", 100_000)
    random = household(text + "[market]\ndeviation = 0.0\ninflation_deviation = 0.0\n")
    fixed = household(text + '[market]\nkind = "fixed"\n')
    one = simulate(random, "current-law", (PLAIN,), drawn_market(random, 50, seed=3))
    other = simulate(fixed, "current-law", (PLAIN,))
    assert (one.flows == np.broadcast_to(other.flows, one.flows.shape)).all()
    assert (one.estate == other.estate).all()


def test_step_up_removes_the_gain_and_without_it_heirs_never_have_more() -> None:
    # IRC 1014(a), (c): taxable money passes with a new basis, tax-deferred money is income of the heirs, 691(a).
    text = single() + person(to_age=70) + account("taxable", 500_000, basis=100_000) + account("roth_ira", 80_000)
    text += account("traditional_ira", 300_000) + QUIET + '[spending]\nrule = "flat"\nflat_amount = 0\n'
    outcome = simulate(household(text + "[beliefs]\nheirs_tax_rate = 0.3\n"), flat_law(RATE, RATE), (PLAIN,))
    assert outcome.estate[0, 0] == pytest.approx(500_000 + 80_000 + 0.7 * 300_000)
    couple_text = text.replace('filing_status = "single"', 'filing_status = "mfj"') + person("Ben", 1968, 90)
    money = '[[goals]]\nname = "car"\nyear = 2045\namount = 200_000\n'
    kept = {
        state: simulate(household(couple_text.replace('"FL"', state) + money), flat_law(RATE, RATE), (PLAIN,)).estate[
            0, 0
        ]
        for state in ('"FL"', '"CA"')
    }
    assert (
        kept['"CA"'] > kept['"FL"']
    )  # Ann dies at 70: both halves, not one, get a new basis before the car is sold for
