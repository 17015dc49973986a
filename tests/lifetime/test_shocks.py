"""One-way shocks and drifting rates in a simulated year, against figures by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rothwell.law.indexing import CHAINED_PRICES, Growth
from rothwell.law.landscape import KINDS, NEVER, NO_POINTS, LawPaths, Shock, load_landscape
from rothwell.law.landscape_shocks import shock_terms
from rothwell.lifetime.accounts import STATE
from rothwell.lifetime.law_in_force import large_balance_distributions, shocks_in_force
from rothwell.lifetime.scenario import RunOptions
from rothwell.lifetime.strategies import Strategy
from rothwell.lifetime.year_record import YEAR
from rothwell.provision import plainly
from tests.lifetime.runs import (
    BY_NAME,
    KEEP_ALL,
    QUIET,
    START,
    account,
    fixed_market,
    flat_law,
    household,
    one_law,
    person,
    simulate,
    single,
)

PLAIN = Strategy("plain", "no after-tax money, no conversions")
CENT = 0.01
PRIOR = "prior_magi = { 2024 = 0, 2025 = 0 }\n"
BENEFIT = "[people.social_security]\nclaiming_age = {age}\nannual_benefit = {benefit}\n"
CUT = Shock("social_security_cut", 1.0, 2030, 2030, size=0.23)
REPEAL = Shock("step_up_repeal", 1.0, 2030, 2030)
LARGE = Shock("roth_distribution_required", 1.0, 2029, 2029, False, (), 10e6, 20e6, 0.5, base_year=2029)
INCOME = (400_000.0, 450_000.0, 425_000.0, 450_000.0, 400_000.0, 400_000.0)
CONVERSIONS = Shock("conversion_ban", 1.0, 2027, 2027, taxable_income_over=INCOME, base_year=2029)


def flows_of(text: str, *shocks: tuple[Shock, int], strategy: Strategy = PLAIN, law: object = None) -> np.ndarray:
    """The years of one life under shocks that come in given years."""
    one = household(text)
    laws = one_law(1, 100, 0, NEVER, *shocks)
    chosen = law or flat_law(0.0)
    options = RunOptions(threads=1, flows_kept=KEEP_ALL)
    return simulate(one, chosen, (strategy,), fixed_market(one, []), laws, options).flows[0, 0]  # type: ignore[arg-type]


def estate_of(text: str, *shocks: tuple[Shock, int], gains: float = 0.15) -> float:
    """What the heirs keep in the end."""
    one = household(text)
    laws = one_law(1, 100, 0, NEVER, *shocks)
    return float(simulate(one, flat_law(0.3, gains), (PLAIN,), fixed_market(one, []), laws).estate[0, 0])


RETIRED = single() + PRIOR + person(born=1960, to_age=80) + BENEFIT.format(age=67, benefit=40_000) + QUIET
RETIRED += account("taxable", 1_000_000) + '[spending]\nrule = "flat"\nflat_amount = 30_000\n'


def test_benefits_are_cut_from_the_year_on_and_old_benefits_are_spared() -> None:
    full = flows_of(RETIRED)["benefits"]
    assert full[4:8].min() > 30_000
    cut = flows_of(RETIRED, (CUT, 4))["benefits"]
    assert (cut[:4] == full[:4]).all()
    assert cut[4:8] == pytest.approx(0.77 * full[4:8])
    spared = flows_of(RETIRED, (replace(CUT, grandfathered=True), 4))["benefits"]
    assert spared == pytest.approx(full)  # claimed years before: nothing exceeds what was drawn
    late = RETIRED.replace("claiming_age = 67", "claiming_age = 70")  # claims in 2030, the year of the cut: not old
    whole = flows_of(late)["benefits"]
    assert whole[3] == 0.0
    assert flows_of(late, (replace(CUT, grandfathered=True), 4))["benefits"] == pytest.approx(0.77 * whole)
    in_between = flows_of(
        RETIRED.replace("claiming_age = 67", "claiming_age = 69"), (replace(CUT, grandfathered=True), 4)
    )
    first, later = (
        in_between["benefits"][3],
        flows_of(RETIRED.replace("claiming_age = 67", "claiming_age = 69"))["benefits"],
    )
    assert first == pytest.approx(later[3])  # part of a year, 2029
    assert in_between["benefits"][5] == pytest.approx(later[3] + 0.77 * (later[5] - later[3]))


ESTATE = single() + PRIOR + person(born=1950, to_age=82) + QUIET + account("taxable", 500_000, basis=200_000)
ESTATE += '[spending]\nrule = "flat"\nflat_amount = 0.0\n'


def test_heirs_pay_on_the_gain_once_the_step_up_is_repealed() -> None:
    # Nothing moves: 500,000 with a basis of 200,000 at the last death in 2032. At 15% the gain of 300,000 costs 45,000.
    assert estate_of(ESTATE) == pytest.approx(500_000)
    assert estate_of(ESTATE, (REPEAL, 4)) == pytest.approx(455_000)
    assert estate_of(ESTATE, (REPEAL, 6)) == pytest.approx(455_000)  # in force in the year of death
    assert estate_of(ESTATE, (REPEAL, 7)) == pytest.approx(500_000)  # a year too late
    assert estate_of(ESTATE, (REPEAL, 4), gains=0.25) == pytest.approx(425_000)


def test_the_old_gain_is_stepped_up_still() -> None:
    spared = replace(REPEAL, grandfathered=True)
    assert estate_of(ESTATE, (spared, 4)) == pytest.approx(500_000)  # nothing has grown since: all gain is old
    one = household(ESTATE)
    growing = fixed_market(one, [0.0, 0.0, 0.0, 0.0, 0.10, 0.0, 0.0])
    end = simulate(one, flat_law(0.3, 0.15), (PLAIN,), growing, one_law(1, 100, 0, NEVER, (spared, 4)))
    # The gain was 300,000 on the first day of 2030; 50,000 more in that year: heirs pay 15% of the new gain alone.
    assert end.estate[0, 0] == pytest.approx(550_000 - 0.15 * 50_000)
    falling = fixed_market(one, [0.0, 0.0, 0.0, 0.0, -0.5, 1.0, 0.0])
    again = simulate(one, flat_law(0.3, 0.15), (PLAIN,), falling, one_law(1, 100, 0, NEVER, (spared, 4)))
    # Half of 500,000 leaves a gain of 50,000; what grows back to 500,000 is new: 250,000 at 15%.
    assert again.estate[0, 0] == pytest.approx(500_000 - 0.15 * 250_000)


COUPLE = '[household]\nfiling_status = "mfj"\nstate = "{state}"\nstart_year = 2026\n'
COUPLE += PRIOR + person("Ann", 1950, to_age=80) + person("Bob", 1955, to_age=85) + QUIET
COUPLE += account("taxable", 500_000, basis=200_000) + '[spending]\nrule = "flat"\nflat_amount = 0.0\n'


@pytest.mark.parametrize(("state", "half"), [("FL", 150_000), ("TX", 300_000)])
def test_a_surviving_spouse_takes_over_the_basis_under_a_repeal(state: str, half: int) -> None:
    text = COUPLE.replace("{state}", state)  # Ann dies in 2030: half is stepped up, in a community property state all
    after = flows_of(text)["end_taxable_basis"][5]
    assert after == pytest.approx(200_000 + half)
    assert flows_of(text, (REPEAL, 3))["end_taxable_basis"][5] == pytest.approx(200_000)
    assert flows_of(text, (REPEAL, 5))["end_taxable_basis"][5] == pytest.approx(200_000 + half)
    spared = replace(REPEAL, grandfathered=True)
    assert flows_of(text, (spared, 3))["end_taxable_basis"][5] == pytest.approx(200_000 + half)


def required(pre_tax: float, roth: float, after_tax: float = 0.0, rmd: float = 0.0, old: float = 0.0) -> tuple:
    """What the bill requires of one person: ordinary money in all, and Roth money."""
    y, state = np.zeros(1, YEAR)[0], np.zeros(1, STATE)[0]
    state.traditional_ira[0], state.roth_ira[0], state.after_tax[0] = pre_tax, roth, after_tax
    state.contributions[0] = roth
    state.old_balance[0] = old
    y.balance_limit, y.roth_first_limit, y.rmd[0] = 10e6, 20e6, rmd
    plainly(large_balance_distributions)(y, state, shock_terms((LARGE,), START, Growth()))
    assert y.rmd[1] == y.rmd_roth[1] == 0.0
    return float(y.rmd[0]), float(y.rmd_roth[0])


@pytest.mark.parametrize(
    ("pre_tax", "roth", "rmd", "ordinary", "from_roth"),
    [
        (9.9e6, 0.0, 0.0, 0.0, 0.0),  # not above 10 million
        (8e6, 4e6, 0.0, 0.0, 1e6),  # half of 2 million, from Roth money
        (8e6, 4e6, 300e3, 300e3, 700e3),  # the ordinary distribution counts
        (8e6, 4e6, 1.2e6, 1.2e6, 0.0),  # and may be enough
        (12e6, 0.0, 200e3, 1e6, 0.0),  # without Roth money from tax-deferred money
        (11.5e6, 0.5e6, 0.0, 500e3, 500e3),  # Roth money is not enough
        (15e6, 9e6, 0.0, 0.0, 9e6),  # 24: 4 to come to 20, then half of 10: all from Roth money
        (22e6, 1e6, 0.0, 6e6, 1e6),  # 23: Roth holds only 1 of 3; then half of 12 million, none of it left in Roth
        (5e6, 19e6, 0.0, 0.0, 9e6),
    ],
)
def test_large_balances_are_distributed_as_the_bill_says(
    pre_tax: float, roth: float, rmd: float, ordinary: float, from_roth: float
) -> None:
    assert required(pre_tax, roth, rmd=rmd) == pytest.approx((ordinary, from_roth))


def test_after_tax_money_in_a_plan_counts_toward_the_balance() -> None:
    assert required(8e6, 2e6, after_tax=1e6) == pytest.approx((0.0, 500e3))


def test_the_old_balance_is_spared() -> None:
    assert required(8e6, 4e6, old=12e6) == (0.0, 0.0)
    assert required(8e6, 4e6, old=11e6) == pytest.approx((0.0, 500e3))


def test_required_roth_money_comes_untaxed_into_the_taxable_account_and_no_dollar_is_lost() -> None:
    text = single() + person(born=1980, to_age=60) + QUIET + account("roth_ira", 8e6) + account("traditional_ira", 6e6)
    flows = flows_of(text + '[spending]\nrule = "flat"\nflat_amount = 0.0\n', (LARGE, 3), law=flat_law(0.5))
    assert flows["rmd_roth"][2, 0] == 0.0
    assert flows["rmd_roth"][3, 0] == pytest.approx(2e6)  # at 49: half of 4 million above 10 (in force: 2029, its base)
    assert flows["income_tax"][3] == 0.0
    assert flows["end_taxable"][3] == pytest.approx(2e6)
    assert flows["end_taxable_basis"][3] == pytest.approx(2e6)
    assert flows["rmd_roth"][4, 0] == pytest.approx(1e6)  # then half of 2 million
    assert flows["end_pre_tax"][4] == pytest.approx(6e6)
    assert np.abs(flows["imbalance"]).max() < CENT


def test_required_roth_money_on_its_way_is_wealth_of_the_spending_rule() -> None:
    # docs/method.md: A / a, a the price of 1 a year in advance at 2.5% real through the year of age 95. At 76 in 2026
    # there are 20 years, then 19, 18; nothing grows, nothing is taxed, so that A is 51 million less what was spent.
    text = single() + PRIOR + person(born=1950, to_age=95) + account("taxable", 1_000_000) + QUIET
    flows = flows_of(text + account("roth_ira", 50_000_000), (LARGE, 1))
    assert flows["rmd_roth"][1, 0] > 30_000_000
    left = 51_000_000.0
    for year, spent in enumerate(flows["spending"][:3]):
        due = sum(1.025**-ahead for ahead in range(20 - year))
        assert spent == pytest.approx(left / due, abs=CENT)
        left -= spent


LATER = single() + person(born=1963, to_age=80) + QUIET + account("traditional_ira", 3_000_000)
LATER += '[spending]\nrule = "flat"\nflat_amount = 40_000\n'
TO_22 = BY_NAME["convert_later"]


def test_no_conversion_brings_taxable_income_above_the_amount_of_a_ban() -> None:
    text = LATER + account("taxable", 2_000_000)
    free = flows_of(text, strategy=TO_22, law=load_landscape("current-law"))
    low = replace(CONVERSIONS, taxable_income_over=(60_000.0,) * 6, base_year=2026)
    barred = flows_of(text, (low, 3), strategy=TO_22, law=load_landscape("current-law"))
    assert free["taxable_income"][:10].min() > 100_000
    assert (barred["conversion"][:3] == free["conversion"][:3]).all()
    limits = barred["conversion_income_limit"]
    assert np.isinf(limits[:3]).all()
    assert barred["taxable_income"][3:10] == pytest.approx(limits[3:10], abs=1e-5)  # exactly up to the amount
    assert barred["conversion"][3:10].min() > 40_000
    assert limits[4] == limits[3]  # nothing moves in this market
    # 60,000 of 2026 stand on the prices of 2025; those of 2026, known when 2027 and later years are indexed:
    assert limits[3] == pytest.approx(shock_terms((low,), START, household(text).market.growth).taxable_income_over[0])


def test_above_the_amount_without_any_conversion_none_is_made() -> None:
    text = LATER + account("taxable", 2_000_000)
    pension = "[people.pension]\nstart_age = 60\nannual_amount = 90_000\ncost_of_living = false\n"
    text = text.replace("planning_age = 80\n", "planning_age = 80\n" + pension)
    low = replace(CONVERSIONS, taxable_income_over=(60_000.0,) * 6, base_year=2031)
    flows = flows_of(text, (low, 3), strategy=TO_22, law=load_landscape("current-law"))
    assert flows["conversion"][:3].min() > 0.0
    assert flows["conversion"][3:].max() == 0.0


def test_gains_count_toward_the_amount_of_a_ban() -> None:
    text = LATER + account("taxable", 2_000_000, basis=0.0)
    low = replace(CONVERSIONS, taxable_income_over=(60_000.0,) * 6, base_year=2031)
    flows = flows_of(text, (low, 3), strategy=TO_22, law=load_landscape("current-law"))
    assert flows["gain_realized"][3:8].min() > 30_000
    assert flows["taxable_income"][3:8] == pytest.approx([60_000.0] * 5, abs=1e-5)
    assert (flows["ordinary_taxable_income"][3:8] < 30_000).all()


def test_amounts_of_a_shock_follow_the_prices_of_the_path() -> None:
    levels = np.ones((12, 4))
    levels[:, CHAINED_PRICES] = 1.03 ** np.arange(12)
    from_year = np.full(len(KINDS), 2)
    shocks = (CONVERSIONS, replace(LARGE, base_year=2031))
    terms = shock_terms(shocks, START, Growth())

    def year_of(year: int) -> np.void:
        y = np.zeros(1, YEAR)[0]
        y.year = START + year
        plainly(shocks_in_force)(y, year, from_year, terms, levels)
        return y

    assert np.isinf(year_of(1).conversion_income_limit)
    # Dollars of 2029: those of 2029 itself and before stand at 400,000; of 2032 three years of prices have passed.
    assert year_of(2).conversion_income_limit == pytest.approx(400_000)
    assert year_of(3).conversion_income_limit == pytest.approx(400_000)
    assert year_of(6).conversion_income_limit == pytest.approx(400_000 * 1.03**3)
    assert year_of(6).balance_limit == pytest.approx(10e6 * 1.03)
    assert year_of(11).roth_first_limit == pytest.approx(20e6 * 1.03**6)


def test_old_after_tax_money_is_rolled_to_roth_only_where_it_is_spared() -> None:
    text = single() + person(born=1966, to_age=70) + QUIET + account("taxable", 10_000)
    text += account("after_tax_plan", 50_000, basis=40_000) + '[spending]\nrule = "flat"\nflat_amount = 0.0\n'
    ban = Shock("mega_backdoor_ban", 1.0, 2026, 2026)
    paid_out = flows_of(text, (ban, 0))
    assert (paid_out["end_roth"][0], paid_out["end_taxable"][0]) == pytest.approx((0.0, 50_000))
    rolled = flows_of(text, (replace(ban, grandfathered=True), 0))
    assert (rolled["end_roth"][0], rolled["end_taxable"][0]) == pytest.approx((40_000, 10_000))


def test_points_move_every_rate_above_zero_and_none_below_zero() -> None:
    # A flat law of 20% on a pension of 100,000 and 10 points more, then 30 less: 20,000, 30,000, nothing.
    text = (
        single()
        + PRIOR
        + person(born=1960, to_age=75).replace(
            "planning_age = 75\n",
            "planning_age = 75\n[people.pension]\nstart_age = 60\nannual_amount = 100_000\ncost_of_living = false\n",
        )
    )
    text += QUIET + account("taxable", 100_000, basis=50_000) + '[spending]\nrule = "flat"\nflat_amount = 90_000\n'
    one = household(text)
    points = np.zeros((1, 100, 8))
    points[0, 1, :7], points[0, 2, :7] = 0.10, -0.30
    laws = replace(one_law(1, 100), points=points)
    assert NO_POINTS.size == 0
    flows = simulate(one, flat_law(0.20, 0.15), (PLAIN,), fixed_market(one, []), laws).flows[0, 0]
    of_gains = 0.15 * flows["gain_realized"]
    assert (flows["income_tax"] - of_gains)[:4] == pytest.approx([20_000, 30_000, 0, 20_000], abs=CENT)
    points[0, :, 7] = -1.0
    no_gains = simulate(one, flat_law(0.20, 0.15), (PLAIN,), fixed_market(one, []), replace(laws, points=points))
    assert no_gains.flows[0, 0]["income_tax"][0] == pytest.approx(20_000)
    points[0, :, 7] = 1.0
    zero = simulate(one, flat_law(0.20, 0.0), (PLAIN,), fixed_market(one, []), replace(laws, points=points))
    assert zero.flows[0, 0]["income_tax"][0] == pytest.approx(20_000)  # a rate of zero stays zero


def test_a_law_without_shocks_and_points_is_the_law_of_before() -> None:
    text = RETIRED + account("traditional_ira", 800_000)
    never = flows_of(text)
    far = flows_of(text, (CUT, 90), (REPEAL, 90), (LARGE, 90), (CONVERSIONS, 90))
    assert (never.view(np.uint64) == far.view(np.uint64)).all()


def test_the_first_paths_of_a_law_keep_everything() -> None:
    laws = LawPaths(np.zeros((4, 3), dtype=np.int64), np.arange(20).reshape(4, 5), np.ones((4, 3, 8)), (CUT,))
    first = laws.first(2)
    assert first.shock_from.tolist() == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]
    assert first.ban_from.tolist() == [0, 5]
    assert (first.points.shape, first.shocks) == ((2, 3, 8), (CUT,))
