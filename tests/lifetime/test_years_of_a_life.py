"""Years of a life one by one: deaths, benefits, premiums, conversions, shortfalls, the ban."""

from __future__ import annotations

import numpy as np
import pytest

from rothwell.errors import InputError
from rothwell.law.figures import figure
from rothwell.lifetime.scenario import RunOptions
from rothwell.lifetime.strategies import PRESETS, Strategy
from tests.lifetime.runs import (
    BY_NAME,
    KEEP_ALL,
    QUIET,
    START,
    account,
    couple,
    drawn_laws,
    drawn_market,
    fixed_market,
    flat_law,
    household,
    load_landscape,
    one_law,
    person,
    simulate,
    single,
    unchecked,
)

PLAIN = Strategy("plain", "no after-tax money, no conversions")
ALL_AFTER_TAX = Strategy("all_after_tax", "the whole after-tax room", after_tax_share=1.0)
TWO = '[household]\nfiling_status = "mfj"\nstate = "{state}"\nstart_year = 2026\n'
MAGI = "prior_magi = {{ 2024 = {0}, 2025 = {0} }}\n"


def benefit(dollars: float, age: int = 67) -> str:
    """A [people.social_security] table."""
    return f"[people.social_security]\nclaiming_age = {age}\nannual_benefit = {dollars}\n"


@pytest.mark.parametrize(("state", "share"), [("FL", 0.5), ("CA", 1.0), ("WA", 1.0)])
def test_first_death_moves_every_account_and_steps_up_basis(state: str, share: float) -> None:
    # IRC 1014(b)(6): half of what a couple owns, both halves of community property; the plan in 401(a)(9)(B)(iv).
    text = (
        TWO.format(state=state) + MAGI.format(0) + person("Ann", 1962, 67) + person("Ben", 1960, 95)
    )  # Ann dies at the end of 2029
    text += account("taxable", 200_000, "joint", basis=50_000) + account("traditional_ira", 90_000)
    text += account("pre_tax_plan", 80_000) + account("roth_ira", 70_000) + account("roth_plan", 60_000)
    text += account("after_tax_plan", 30_000, basis=20_000) + QUIET + '[spending]\nrule = "flat"\nflat_amount = 0\n'
    flows = simulate(household(text), flat_law(0.0)).flows[0, 0]
    died = 2029 - START
    assert flows["alive"][died].tolist() == [1.0, 1.0]
    assert flows["alive"][died + 1].tolist() == [0.0, 1.0]
    assert flows["status"][died] == 1  # a joint return for the year of death
    assert flows["status"][died + 1] == 0  # the survivor's brackets from the next year on
    assert flows["end_taxable_basis"][died] == pytest.approx(50_000)
    assert flows["end_taxable_basis"][died + 1] == pytest.approx(50_000 + share * 150_000)
    assert flows["end_pre_tax"][died + 1] == pytest.approx(180_000)  # with the earnings of the after-tax account
    assert flows["end_roth"][died + 1] == pytest.approx(150_000)  # with its contributions
    required = flows["rmd"][2035 - START]
    assert required[0] == 0.0
    assert required[1] == pytest.approx(180_000 / 24.6)  # all of it Ben's, 75 in 2035; Pub. 590-B, Table III


def test_survivor_keeps_the_larger_benefit() -> None:
    text = TWO.format(state="FL") + MAGI.format(0) + person("Ann", 1956, 75) + benefit(40_000)
    text += person("Ben", 1957, 95) + benefit(25_000) + account("roth_ira", 500_000) + QUIET
    one = household(text.replace("inflation = 0.0\n", "inflation = 0.03\n", 1))
    flows = simulate(one, flat_law(0.0)).flows[0, 0]
    real = flows["benefits"] / flows["price_level"]
    assert real[:6].tolist() == pytest.approx([65_000.0] * 6)
    assert real[6:].tolist() == pytest.approx([40_000.0] * len(real[6:]))
    assert flows["price_level"][10] == pytest.approx(1.03**10)


def test_pension_without_cost_of_living_stays_in_dollars() -> None:
    text = (
        single()
        + MAGI.format(0)
        + person(born=1960, to_age=80)
        + "[people.pension]\nannual_amount = 30_000\nstart_age = 70\n"
    )
    market = QUIET.replace("inflation = 0.0\n", "inflation = 0.04\n", 1) + account("roth_ira", 1_000)
    for indexed in (True, False):
        one = household(text + f"cost_of_living = {str(indexed).lower()}\n" + market)
        paid = simulate(one, flat_law(0.0)).flows[0, 0]["pension"]
        years = np.arange(len(paid))
        grown = 30_000 * 1.04**years if indexed else np.full(len(paid), 30_000.0)
        assert paid == pytest.approx(np.where(years >= 4, grown, 0.0))


def premiums(spike: int | None, first: int = 1950) -> np.ndarray:
    """Medicare premiums of a couple of 76 that sells a gain for a goal in one year."""
    text = TWO.format(state="FL") + MAGI.format(50_000) + person("Ann", first, 90) + person("Ben", 1950, 90)
    text += account("taxable", 3_000_000, "joint", basis=30_000) + account("roth_ira", 100_000) + QUIET
    text += '[spending]\nrule = "flat"\nflat_amount = 20_000\n'
    if spike is not None:
        text += f'[[goals]]\nname = "house"\nyear = {START + spike}\namount = 900_000\n'
    return np.asarray(simulate(household(text), "current-law").flows[0, 0]["premiums"])


def test_an_income_spike_moves_the_premiums_two_years_later_and_no_others() -> None:
    for spike in (0, 3, 6):
        moved = premiums(spike) - premiums(None)
        assert np.flatnonzero(np.abs(moved) > 1e-6).tolist() == [spike + 2]
        year = START + spike + 2
        top_b = figure("irmaa.part_b_surcharge").value(year).value[-1]
        assert moved[spike + 2] > 0.5 * 2 * 12 * top_b  # for both, near the highest tier


def test_a_survivors_premiums_look_back_to_the_joint_returns() -> None:
    # 42 USC 1395r(i)(4)(B): the tax year two years before, and so the joint thresholds of that return.
    text = TWO.format(state="FL") + MAGI.format(250_000) + person("Ann", 1950, 77) + person("Ben", 1950, 90) + QUIET
    pension = "[people.pension]\nannual_amount = {0}\nstart_age = 60\ncost_of_living = true\n"
    for income, tiers_of_2026 in ((200_000, 0), (250_000, 1), (300_000, 2), (380_000, 3)):  # 218, 274, 342 thousand
        one = household(text.replace("planning_age = 90\n", f"planning_age = 90\n{pension.format(income)}"))
        flows = simulate(one, "current-law").flows[0, 0]
        assert flows["alive"][2].tolist() == [0.0, 1.0]
        for year in (2, 3, 4):  # 2028 and 2029 look back to the joint returns of 2026 and 2027, 2030 to a single one
            status = 1 if year < 4 else 0
            growth = one.market.growth
            threshold = figure("irmaa.threshold").value(START + year, growth).value[status]
            tiers = int((income > threshold).sum())
            assert year == 4 or tiers == tiers_of_2026
            surcharges = [figure(f"irmaa.part_{part}_surcharge").value(START + year, growth).value for part in "bd"]
            each = float(figure("part_b.standard_premium").value(START + year, growth).value)
            each += sum(float(one_part[tiers - 1]) for one_part in surcharges) if tiers else 0.0
            assert flows["premiums"][year] == pytest.approx(12 * each), (income, year)


def test_conversion_fills_the_bracket_exactly() -> None:
    landscape = load_landscape("default")
    laws, market = drawn_laws(landscape, couple(), 1_000), drawn_market(couple(), 1_000)
    one = simulate(couple(), landscape, (BY_NAME["convert_later"],), market, laws).flows[0]
    converted = (one["conversion"] > 0.0) & (one["end_pre_tax"] > 1.0)
    assert converted.sum() > 5_000
    assert (one["taxable_income"] - one["conversion_income_limit"])[converted].max() < 1e-5  # where a ban has come
    bound = one["taxable_income"] > one["conversion_income_limit"] - 1.0
    current = converted & (laws.regime[:, : converted.shape[1]] == 0) & ~bound
    tops = one["ordinary_taxable_income"][current]
    assert np.abs(tops / 50 - np.round(tops / 50)).max() < 1e-6  # the top is a multiple of $50, IRC 1(f)(7)
    assert (one["pay"].sum(axis=-1)[converted] == 0.0).all()
    assert one["rmd"].sum(axis=-1)[converted].max() == 0.0
    waiting = (one["pay"].sum(axis=-1) == 0.0) & (one["rmd"].sum(axis=-1) == 0.0) & (one["price_level"] > 0.0)
    between = waiting & (one["age"][..., 0] < 75) & (one["end_pre_tax"] > 1.0)
    spent_above = (one["withdrawal_pre_tax"] > 0.0) | bound
    assert (converted | spent_above)[between].all()


def test_the_conversion_ends_at_the_top_of_the_third_bracket_of_the_law_in_force() -> None:
    text = single() + person(born=1963, to_age=80) + account("traditional_ira", 3_000_000) + QUIET
    one = household(text + account("taxable", 2_000_000) + '[spending]\nrule = "flat"\nflat_amount = 40_000\n')
    landscape, years = load_landscape("default"), 18
    for position, regime in enumerate(landscape.regimes):
        laws = one_law(1, years, position)
        flows = simulate(one, landscape, (BY_NAME["convert_later"],), fixed_market(one, []), laws).flows[0, 0]
        for year in range(12):
            top = regime.figures()["rate_schedule.bracket_top"].value(START + year, one.market.growth).value[0, 2]
            assert flows["ordinary_taxable_income"][year] == pytest.approx(top, abs=1e-5), (regime.name, year)
            assert flows["conversion"][year] > 50_000
        assert flows["conversion"][12:].max() == 0.0  # 75 in 2038
        assert flows["rmd"][12:, 0].min() > 0.0


def test_money_below_the_age_of_access_is_converted_only_while_taxable_money_pays_the_tax() -> None:
    head = single() + person(born=1976, to_age=70) + account("traditional_ira", 2_000_000) + QUIET
    living = '[spending]\nrule = "flat"\nflat_amount = 30_000\n'
    strategies = (PLAIN, BY_NAME["convert_later"])
    rich = simulate(household(head + living + account("taxable", 900_000)), "current-law", strategies).flows[:, 0]
    poor = simulate(household(head + living + account("taxable", 60_000)), "current-law", strategies).flows[:, 0]
    none = simulate(household(head + living), "current-law", strategies).flows[:, 0]
    assert rich["conversion"][1, :5].min() > 50_000
    young = poor["age"][1, :, 0] < 60
    assert poor["conversion"][1][young & (poor["end_taxable"][1] <= 0.0)].max(initial=0.0) == 0.0
    assert none["conversion"][1, :10].max() == 0.0
    assert none["spending_unmet"][0, :10].tolist() == none["spending_unmet"][1, :10].tolist()


JOB = """
[[jobs]]
person = "Ann"
employer = "Acme"
pay = 200_000
[jobs.plan]
elective_deferral = 20_000
match = [{ rate = 1.0, up_to = 0.05 }]
after_tax_contributions = true
after_tax_dollar_cap = 30_000
conversion = "every_paycheck"
"""


def first_year(living: float, taxable: float, floor: float = 0.0, goal: float = 0.0) -> np.void:
    """The first year of a worker under a flat tax of nothing: 200,000 of pay, 20,000 deferred, 30,000 after tax."""
    text = single() + person(born=1980, retires=62, to_age=63) + JOB + QUIET
    text += account("taxable", taxable) if taxable else ""
    text += f"[spending]\nliving_cost = {living}\ncash_floor = {floor}\n"
    if goal:
        text += f'[[goals]]\nname = "college"\nyear = 2026\namount = {goal}\n'
    outcome, _ = unchecked(household(text), flat_law(0.0), (ALL_AFTER_TAX,))
    return outcome.flows[0, 0, 0]


@pytest.mark.parametrize(
    ("living", "taxable", "floor", "goal", "after_tax", "deferred", "end_taxable"),
    [
        (150_000, 0, 0, 0, 30_000, 20_000, 0),  # exactly enough
        (140_000, 0, 0, 0, 30_000, 20_000, 10_000),  # the surplus is saved
        (165_000, 40_000, 0, 0, 30_000, 20_000, 25_000),  # taxable money first
        (165_000, 10_000, 0, 0, 25_000, 20_000, 0),  # then after-tax contributions are cut
        (190_000, 0, 0, 0, 0, 10_000, 0),  # then unmatched deferrals: 10,000 of 20,000 earn match
        (150_000, 15_000, 0, 25_000, 20_000, 20_000, 0),  # a goal comes before after-tax contributions
        (150_000, 0, 12_000, 0, 18_000, 20_000, 12_000),  # the cash floor is filled before them
        (155_000, 0, 12_000, 0, 13_000, 20_000, 12_000),  # also where living already cuts them
        (155_000, 20_000, 12_000, 0, 30_000, 20_000, 15_000),  # above the floor, taxable money is used
        (165_000, 20_000, 12_000, 0, 23_000, 20_000, 12_000),  # at the floor, contributions are cut
        (195_000, 10_000, 10_000, 0, 0, 10_000, 5_000),  # the floor is touched last
        (140_000, 0, 50_000, 0, 0, 20_000, 40_000),  # all of them may go to the floor
    ],
)
def test_shortfalls_come_from_taxable_then_after_tax_contributions_then_unmatched_deferrals(
    living: int, taxable: int, floor: int, goal: int, after_tax: int, deferred: int, end_taxable: int
) -> None:
    year = first_year(living, taxable, floor, goal)
    assert year["after_tax"][0] == pytest.approx(after_tax, abs=1e-3)
    assert year["deferral_pre_tax"][0] == pytest.approx(deferred, abs=1e-3)
    assert year["end_taxable"] == pytest.approx(end_taxable, abs=1e-3)
    assert year["employer"][0] == pytest.approx(10_000)
    assert year["spending"] == pytest.approx(living)


def test_living_that_cannot_be_paid_while_somebody_works_is_an_input_error() -> None:
    text = single() + person(born=1980, retires=62, to_age=63) + JOB + "[spending]\nliving_cost = 260_000\n"
    with pytest.raises(InputError, match=r"spending\.living_cost: cannot be paid in every year of work"):
        simulate(household(text), flat_law(0.0))


def test_no_after_tax_contribution_from_the_year_of_the_ban_on() -> None:
    options = RunOptions(threads=1, flows_kept=KEEP_ALL)
    years = len(simulate(couple()).flows[0, 0])
    flows = simulate(couple(), "current-law", PRESETS, None, one_law(1, years, ban_from=4), options).flows[:, 0]
    put_in = flows["after_tax"].sum(axis=-1)
    assert put_in[2:, :4].min() > 20_000
    assert put_in[:, 4:].max() == 0.0
    assert flows["end_taxable"][2, 4] > simulate(couple(), "current-law", PRESETS).flows["end_taxable"][2, 0, 4]


def test_earlier_after_tax_money_is_converted_with_its_earnings_taxed() -> None:
    # IRC 402A(c)(4): 50,000 of which 40,000 were contributed; at a flat 25% the 10,000 of earnings cost 2,500.
    text = single() + person("Ann", 1976, retires=60) + JOB + QUIET
    text += account("taxable", 500_000) + account("after_tax_plan", 50_000, basis=40_000)
    text += "[spending]\nliving_cost = 60_000\n"
    one = household(text)
    kept, moved = simulate(one, flat_law(0.25), (PLAIN, ALL_AFTER_TAX)).flows[:, 0]
    assert kept["end_after_tax"][0] == pytest.approx(50_000)  # a strategy without after-tax money leaves it where it is
    assert moved["end_after_tax"][0] == 0.0
    assert moved["conversion_earnings"][0] == pytest.approx(10_000)
    assert moved["income_tax"][0] - kept["income_tax"][0] == pytest.approx(2_500)
    assert moved["conversion_earnings"][1] == 0.0
    assert moved["end_roth"][0] == pytest.approx(50_000 + moved["after_tax"][0].sum())
