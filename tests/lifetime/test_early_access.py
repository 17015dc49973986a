"""Money before 59 1/2, by hand to the cent: its order, the 10% tax, the rule of 55, the years of a Roth IRA."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from rothwell.lifetime.accounts import STATE
from rothwell.lifetime.growth import GROWTH, add_new_money
from rothwell.lifetime.records import COUPLE
from rothwell.lifetime.roth_layers import convert_in_plan, convert_to_roth_ira, roll_over_roth_plan
from rothwell.lifetime.strategies import PRESETS, Strategy
from rothwell.lifetime.taxable_account import DUST
from rothwell.lifetime.year_record import YEAR
from rothwell.provision import plainly
from tests.lifetime.runs import QUIET, START, account, flat_law, held, household, person, simulate, single

PLAIN = Strategy("plain", "no after-tax money, no conversions")
FILL = Strategy("fill", "conversions", fill_bracket=2)
RATE = 0.2  # of income, in the flat law of these tests; the 10% tax is that of IRC 72(t)(1)
NO_TAX = 0.0
CENTS = 1e-4  # dollars


def spend(dollars: float) -> str:
    return f'[spending]\nrule = "flat"\nflat_amount = {dollars}\n'


def roth_ira(balance: float, contributions: float, first: int, *conversions: tuple[int, float, float]) -> str:
    """A Roth IRA with its ledger: conversions as year, taxable, untaxed."""
    text = f'[[accounts]]\nkind = "roth_ira"\nowner = "Ann"\nbalance = {balance}\n'
    text += f"contributions = {contributions}\nfirst_roth_year = {first}\n"
    rows = [f"{{ year = {year}, taxable = {taxed}, untaxed = {not_taxed} }}" for year, taxed, not_taxed in conversions]
    return text + (f"conversions = [{', '.join(rows)}]\n" if rows else "")


def years(text: str, rate: float = RATE, strategy: Strategy = PLAIN) -> np.ndarray:
    """The years of a life under a flat tax, in a market that stands still."""
    return np.asarray(simulate(household(text + QUIET), flat_law(rate), (strategy,)).flows[0, 0])


def test_a_year_at_50_with_roth_contributions() -> None:
    # IRC 408A(d)(4)(B)(ii)(I): 30,000 out of 40,000 of contributions, neither income nor 10%, 10,000 a year later.
    text = single() + person(born=1976, to_age=52) + spend(30_000)
    flows = years(text + roth_ira(100_000, 40_000, 2010, (2018, 20_000, 0)))
    assert flows["withdrawal_roth"][:2] == pytest.approx([30_000, 30_000], abs=CENTS)  # 10,000 and 20,000 of 2018
    assert flows["income_tax"][:2] == pytest.approx([0.0, 0.0], abs=CENTS)
    # 30,000 after 20% and 10% of the earnings, of which 40,000 are left: 40,000 x 70% = 28,000, all there is
    assert flows["roth_earnings"][2] == pytest.approx(40_000, abs=CENTS)
    assert flows["income_tax"][2] == pytest.approx(12_000, abs=CENTS)
    assert flows["early_tax"][2] == pytest.approx(4_000, abs=CENTS)
    assert flows["spending_unmet"][2] == pytest.approx(2_000, abs=CENTS)


@pytest.mark.parametrize(
    ("dollars", "early_tax", "earnings", "taken"),
    [
        (15_000, 0.0, 0.0, 15_000),  # contributions 5,000 and 10,000 of 2020, whose five years are over
        (25_000, 800.0, 0.0, 25_800),  # the 8,000 taxed in 2023 bear 800, part of what was not taxed then bears nothing
        (26_200, 800.0, 0.0, 27_000),  # exactly through 2023
        (31_600, 1_400.0, 0.0, 33_000),  # the 6,000 taxed in 2025 bear 600 more
        (32_300, 1_500.0, 1_000, 34_000),  # 1,000 of earnings: 200 of income tax and 100 more
    ],
)
def test_a_year_with_seasoned_and_unseasoned_conversions(
    dollars: float, early_tax: float, earnings: float, taken: float
) -> None:
    layers = ((2020, 9_000, 1_000), (2023, 8_000, 4_000), (2025, 6_000, 0))
    flows = years(single() + person(born=1976, to_age=51) + spend(dollars) + roth_ira(60_000, 5_000, 2015, *layers))
    assert flows["withdrawal_roth"][0] == pytest.approx(taken, abs=CENTS)
    assert flows["early_tax"][0] == pytest.approx(early_tax, abs=CENTS)
    assert flows["early_subject"][0] == pytest.approx(10 * early_tax, abs=CENTS)
    assert flows["income_tax"][0] == pytest.approx(early_tax + RATE * earnings, abs=CENTS)


@pytest.mark.parametrize(("dollars", "begun"), [(1e-13, 0.0), (DUST, 0.0), (0.01, 2030.0), (5_000.0, 2030.0)])
def test_dust_starts_no_five_years(dollars: float, begun: float) -> None:
    # IRC 408A(d)(2)(B), 402A(d)(2)(B): the five years begin with the first contribution; what the solver leaves of a
    # deferral that was cut to nothing is none.
    state: Any = np.zeros(1, STATE)[0]
    y, growth, couple = (np.zeros(1, record)[0] for record in (YEAR, GROWTH, COUPLE))
    y.year, y.jobs, y.deferral_roth[0] = 2030.0, 1.0, dollars
    growth.taxable = growth.half_roth_plan[0] = 1.0
    plainly(add_new_money)(y, state, growth, couple)
    assert state.first_plan_year[0] == begun
    assert state.roth_plan[0] == state.plan_contributions[0] == dollars
    plainly(roll_over_roth_plan)(state, 0, 0.0, 2030)
    assert state.first_roth_year[0] == begun
    assert state.roth_ira[0] == state.contributions[0] == dollars
    plainly(convert_to_roth_ira)(state, 1, 0, 0.0, dollars, 2030)
    plainly(convert_in_plan)(state, 1, 0, 0.0, dollars, 2030)
    assert (state.first_roth_year[1], state.first_plan_year[1]) == (begun, begun)
    assert state.roth_ira[1] == dollars


def test_each_conversion_is_free_from_its_sixth_year_on() -> None:
    # IRC 408A(d)(3)(F): a conversion of 2022 bears 10% through 2026 and nothing from 1 January 2027.
    text = single() + person(born=1980, to_age=50) + spend(10_000) + roth_ira(100_000, 0, 2015, (2022, 30_000, 0))
    flows = years(text, NO_TAX)
    assert flows["early_tax"][:2] == pytest.approx([1_000 / 0.9, 0.0], abs=CENTS)  # 10,000 / 0.9 are taken in 2026


def test_roth_money_comes_out_in_the_order_of_the_law() -> None:
    # Contributions, conversions older than five years, and before younger ones the plan left at 56.
    plan = '[[accounts]]\nkind = "pre_tax_plan"\nowner = "Ann"\nbalance = 30_000\nleft_in = 2026\n'
    text = single() + person(born=1970, to_age=59) + spend(20_000) + plan
    flows = years(text + roth_ira(60_000, 12_000, 2015, (2019, 13_000, 0), (2025, 25_000, 0)), NO_TAX)
    assert flows["withdrawal_roth"][0] == pytest.approx(20_000, abs=CENTS)
    assert flows["withdrawal_roth"][1] == pytest.approx(5_000, abs=CENTS)
    assert flows["withdrawal_pre_tax"][:3] == pytest.approx([0, 15_000, 15_000], abs=CENTS)
    assert flows["early_tax"][:2] == pytest.approx([0, 0], abs=CENTS)
    assert flows["early_tax"][2] == pytest.approx(5_000 / 0.9 / 10, abs=CENTS)


JOB = '[[jobs]]\nperson = "Ann"\nemployer = "Acme"\npay = 100_000\n[jobs.plan]\nelective_deferral = 0\n'


@pytest.mark.parametrize(("born", "retires", "bears"), [(1970, 57, 0.0), (1971, 56, 0.0), (1972, 55, 0.1)])
def test_the_rule_of_55_year(born: int, retires: int, bears: float) -> None:
    # IRC 72(t)(2)(A)(v): left at the end of 2026 at 56, 55 and 54; 14,000 are left of 20,000 or 17,500 taken.
    text = single() + person(born=born, retires=retires, to_age=retires + 2) + JOB + spend(14_000)
    flows = years(text + "living_cost = 80_000\n" + account("pre_tax_plan", 500_000))
    taken = 14_000 / (1 - RATE - bears)
    assert flows["withdrawal_pre_tax"][1] == pytest.approx(taken, abs=CENTS)
    assert flows["early_tax"][1] == pytest.approx(bears * taken, abs=CENTS)
    assert flows["income_tax"][1] == pytest.approx((RATE + bears) * taken, abs=CENTS)


def test_an_ira_knows_no_rule_of_55() -> None:
    # IRC 72(t)(3)(A); and the plan, which does, is used first.
    text = single() + person(born=1970, to_age=58) + spend(9_000) + account("traditional_ira", 100_000)
    plan = '[[accounts]]\nkind = "pre_tax_plan"\nowner = "Ann"\nbalance = 10_000\nleft_in = 2025\n'
    flows = years(text + plan, NO_TAX)
    assert flows["early_tax"][0] == 0.0
    assert flows["early_tax"][1] == pytest.approx(8_000 / 0.9 / 10, abs=CENTS)


def test_the_year_of_59_and_a_half() -> None:
    # IRC 72(t)(2)(A)(i): whoever attains 60 in a year has 59 1/2 behind by the middle of it; before, 10%.
    for month in ("01", "06", "07", "12"):
        text = single() + person(born=1967, to_age=62).replace("-06-15", f"-{month}-15") + spend(7_000)
        flows = years(text + account("traditional_ira", 100_000))
        assert flows["early_tax"][0] == pytest.approx(1_000, abs=CENTS)  # 59 in 2026: 10,000 for 7,000
        assert flows["income_tax"][0] == pytest.approx(3_000, abs=CENTS)
        assert flows["withdrawal_pre_tax"][1] == pytest.approx(8_750, abs=CENTS)
        assert flows["early_tax"][1] == 0.0


def test_the_five_years_of_a_roth_ira_hold_after_59_and_a_half() -> None:
    # IRC 408A(d)(2)(B): first money in 2024; earnings are income through 2028, without the 10% tax, then nothing.
    text = single() + person(born=1960, to_age=70) + spend(8_000)
    text = text.replace("start_year", "prior_magi = { 2024 = 0, 2025 = 0 }\nstart_year", 1)
    flows = years(text + roth_ira(100_000, 0, 2024))
    assert flows["withdrawal_roth"][:4] == pytest.approx([10_000, 10_000, 10_000, 8_000], abs=CENTS)
    assert flows["income_tax"][:4] == pytest.approx([2_000, 2_000, 2_000, 0], abs=CENTS)
    assert flows["early_tax"].max() == 0.0


def test_money_in_the_plan_of_a_present_employer_is_out_of_reach() -> None:
    # IRC 401(k)(2)(B)(i): the spouse at work lets nothing out of the plan; the other's IRA bears 10%.
    text = '[household]\nfiling_status = "mfj"\nstate = "FL"\nstart_year = 2026\n'
    text += person("Ann", 1980, 62, 61) + person("Ben", 1980, 62) + JOB + spend(0) + "living_cost = 127_000\n"
    flows = years(text + account("pre_tax_plan", 900_000) + account("traditional_ira", 900_000, "Ben"), NO_TAX)
    assert flows["withdrawal_pre_tax"][0] == pytest.approx(30_000, abs=CENTS)
    assert flows["early_tax"][0] == pytest.approx(3_000, abs=CENTS)
    assert flows["pre_tax_taken"][0] == pytest.approx([0.0, 30_000], abs=CENTS)


def test_pre_tax_money_rolls_over_when_the_plan_is_left() -> None:
    # Left at 50: nothing is spared in the plan, and IRAs cost less; "keep" stays and pays the plan's fee.
    text = single() + person(born=1976, retires=51, to_age=53) + JOB + spend(0) + "living_cost = 80_000\n"
    market = QUIET.replace("plan_fee = 0.0", "plan_fee = 0.01", 1)
    kept = text.replace("retirement_age", 'plan_on_leaving = "keep"\nretirement_age', 1)
    for words, left in ((text, 99_000), (kept, 98_010)):
        one = household(words + account("pre_tax_plan", 100_000) + market)
        end = simulate(one, flat_law(0.0), (PLAIN,)).flows[0, 0]["end_pre_tax"]
        assert end[:2] == pytest.approx([99_000, left])


def test_conversions_are_layers_of_their_year() -> None:
    # 10,000 a year fill the bracket in 2026 to 2030; from 2031 on those of 2026 come out free, one year after another.
    # The 1,000 that stay after the sales of 2030 are what lets the fifth conversion be whole.
    law = flat_law(0.1, 0.0, held("rate_schedule.bracket_top", "{ other = %s, separate = %s }" % (
        ([10_000.0] * 3 + [1e12] * 3,) * 2)))  # fmt: skip
    text = single() + person(born=1980, to_age=60) + spend(9_000) + account("taxable", 51_000)
    text += account("traditional_ira", 1_000_000)
    flows = simulate(household(text + QUIET), law, (FILL,)).flows[0, 0]
    assert flows["conversion"][:5] == pytest.approx([10_000] * 5, abs=1.0)
    assert flows["income_tax"][:5] == pytest.approx([1_000] * 5, abs=CENTS)
    assert flows["sold_taxable"][:5] == pytest.approx([10_000] * 5, abs=CENTS)
    assert flows["conversion"][5:14].max() == 0.0  # no taxable money, no conversion before 59 1/2
    assert flows["withdrawal_roth"][5:10] == pytest.approx([8_000, *[9_000] * 4], abs=1.0)
    assert flows["early_tax"][:10].max() == pytest.approx(0.0, abs=CENTS)
    assert flows["withdrawal_roth"][10] == pytest.approx(6_000, abs=1.0)  # what is left of 50,000
    assert flows["early_tax"][10] > 0.0


AFTER_TAX = """
[[jobs]]
person = "Ann"
employer = "Acme"
pay = 200_000
[jobs.plan]
elective_deferral = 10_000
deferral_kind = "roth"
roth_deferrals = true
after_tax_contributions = true
after_tax_dollar_cap = 30_000
conversion = "every_paycheck"
"""


def test_after_tax_money_joins_the_layers_when_the_plan_is_left() -> None:
    # Three years of 10,000 Roth deferrals and 30,000 after-tax money; left at 49: 120,000 of basis are layer 1, free.
    text = single() + person(born=1979, retires=50, to_age=60) + AFTER_TAX + spend(40_000) + "living_cost = 160_000\n"
    every = Strategy("every", "all after-tax money", after_tax_share=1.0)
    flows = years(text, NO_TAX, every)
    assert flows["after_tax"][:3, 0] == pytest.approx([30_000] * 3)
    assert flows["withdrawal_roth"][3:6] == pytest.approx([40_000] * 3, abs=CENTS)
    assert flows["early_tax"].max() == 0.0
    assert flows["spending_unmet"][6] == pytest.approx(40_000, abs=CENTS)


def test_earnings_converted_in_the_plan_bear_the_tax_for_five_years() -> None:
    # Notice 2010-84 Q&A-12, 13: 20,000 after-tax money with 4,000 of earnings, converted in the plan in 2026, comes out
    # of layer 1 with the taxed 4,000 first: 10% of them in 2028 and 2029, nothing more.
    text = single() + person(born=1976, retires=51, to_age=60) + AFTER_TAX + spend(6_000) + "living_cost = 159_000\n"
    text += account("after_tax_plan", 24_000, basis=20_000) + account("taxable", 10_000)
    flows = years(text, NO_TAX, Strategy("all", "all after-tax money", after_tax_share=1.0))
    assert flows["conversion_earnings"][0] == pytest.approx(4_000)
    assert flows["early_tax"][:2].sum() == 0.0  # taxable money first: 6,000 of 11,000
    assert flows["early_tax"][2] == pytest.approx(1_000 / 0.9 / 10, abs=CENTS)
    assert flows["early_tax"][2:4].sum() == pytest.approx(400, abs=CENTS)
    assert flows["early_tax"][4] == 0.0


def test_a_widow_has_one_ledger_with_the_earlier_start() -> None:
    # Reg. 1.408A-6 Q&A-7(b), 14: Ben's Roth IRA of 2010 becomes Ann's, whose own began in 2025.
    text = '[household]\nfiling_status = "mfj"\nstate = "FL"\nstart_year = 2026\n'
    text += person("Ann", 1968, 64) + person("Ben", 1970, 57) + spend(10_000) + roth_ira(50_000, 0, 2025)
    text += roth_ira(50_000, 20_000, 2010).replace('"Ann"', '"Ben"')
    flows = years(text, RATE)
    assert flows["withdrawal_roth"][:2] == pytest.approx([10_000] * 2, abs=CENTS)  # Ben's contributions
    assert flows["alive"][2].tolist() == [1.0, 0.0]
    assert flows["income_tax"][2] == 0.0  # Ann is 60 in 2028 and the years of 2010 are long over
    assert flows["withdrawal_roth"][2] == pytest.approx(10_000, abs=CENTS)


def test_nobody_pays_the_tax_while_there_is_another_way() -> None:
    text = single() + person(born=1976, to_age=58) + spend(30_000) + account("taxable", 100_000)
    text += account("traditional_ira", 500_000) + roth_ira(60_000, 60_000, 2010)
    flows = simulate(household(text + QUIET), "current-law", PRESETS[:2]).flows[:, 0]
    assert flows["early_tax"][0, :5].max() == 0.0
    assert (flows["sold_taxable"][0, :3] > 0.0).all()
    assert flows["early_tax"][0, 6] > 0.0
    assert START + 6 == 2032


def test_free_roth_money_of_one_comes_before_money_of_the_other_that_bears_the_tax() -> None:
    """IRC 408A(d)(4)(B), 72(t)(1): Ann's Roth IRA gives first what came from a plan's conversion of this decade, taxed
    then and young, so it bears 10%; Ben's contributions cost nothing and come first."""
    rolled = '[[accounts]]\nkind = "roth_plan"\nowner = "Ann"\nbalance = 50_000\nbasis = 30_000\nemployer = "Former"\n'
    rolled += "first_roth_year = 2020\nconversions = [{ year = 2025, taxable = 20_000, untaxed = 0 }]\n"
    free = '[[accounts]]\nkind = "roth_ira"\nowner = "Ben"\nbalance = 90_000\ncontributions = 80_000\n'
    people = person(born=1980, to_age=60) + person("Ben", born=1980, to_age=60)
    text = single(status="mfj") + people + rolled + free + QUIET + '[spending]\nrule = "flat"\nflat_amount = 40_000\n'
    flows = simulate(household(text), "current-law", (PLAIN,)).flows[0, 0]
    assert flows["roth_taken"][0].tolist() == pytest.approx([0.0, 40_000.0], abs=0.01)
    assert flows["early_tax"][0] == flows["early_subject"][0] == 0.0
