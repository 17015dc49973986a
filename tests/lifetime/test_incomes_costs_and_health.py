"""Incomes, costs, health, residence and children over a life: each flow by hand in a year, each key at work."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rothwell.law.figures import figure
from rothwell.law.states import POSTAL_LETTERS
from rothwell.lifetime.health_records import NEVER, care_begins
from rothwell.lifetime.household_arrays import household_arrays
from rothwell.lifetime.scenario import RunOptions
from rothwell.lifetime.strategies import Strategy
from tests.lifetime.runs import (
    BY_NAME,
    KEEP_ALL,
    QUIET,
    START,
    account,
    drawn_laws,
    drawn_market,
    flat_law,
    household,
    load_landscape,
    person,
    simulate,
    single,
)

PLAIN = Strategy("plain", "no after-tax money, no conversions")
TWO = f'[household]\nfiling_status = "mfj"\nstate = "FL"\nstart_year = {START}\n'
FLAT = '[spending]\nrule = "flat"\nflat_amount = {}\n'
RISING = QUIET.replace("inflation = 0.0\n", "inflation = 0.02\n", 1).replace(
    "medical_growth_over_inflation = 0.0", "medical_growth_over_inflation = 0.03"
)


def lived(text: str, law: object = None) -> np.ndarray:
    """Every year of a household's one path; no tax unless a law is given."""
    return np.asarray(simulate(household(text), law or flat_law(0.0), (PLAIN,)).flows[0, 0])  # type: ignore[arg-type]


def alone(tables: str, market: str = QUIET, born: int = 1970, taxable: float = 500_000, living: float = 20_000) -> str:
    """Ann, alone and without work."""
    return single() + person(born=born) + account("taxable", taxable) + tables + market + FLAT.format(living)


def test_incomes_and_costs_of_a_year_by_hand() -> None:
    tables = '[[incomes]]\nname = "annuity"\namount = 10_000\nfirst_year = 2028\nrises_with = "nothing"\n'
    tables += '[[incomes]]\nname = "gift"\namount = 50_000\nyear = 2027\nkind = "untaxed"\n'
    tables += '[[costs]]\nname = "loan"\namount = 6_000\nlast_year = 2028\nrises_with = "nothing"\n'
    tables += '[[costs]]\nname = "therapy"\namount = 2_000\nfirst_year = 2028\nrises_with = "medical_prices"\n'
    flows = lived(alone(tables, RISING))
    assert flows["incomes"][:4] == pytest.approx([0.0, 50_000 * 1.02, 10_000, 10_000])
    assert flows["costs"][:4] == pytest.approx([6_000, 6_000, 6_000 + 2_000 * 1.05**2, 2_000 * 1.05**3])
    spent = 20_000 * 1.02**2 + 6_000 + 2_000 * 1.05**2 - 10_000  # 2028, out of the taxable account
    assert flows["end_taxable"][1] - flows["end_taxable"][2] == pytest.approx(spent)


def test_incomes_enter_the_return() -> None:
    # 2026, a single filer of 56: standard deduction 16,100 (Rev. Proc. 2025-32); 1411: 3.8% above 200,000.
    base = '[[incomes]]\nname = "one"\namount = 230_000\nkind = "{}"\ntaxable_share = {}\n'
    ordinary, rent = (lived(alone(base.format(kind, 1.0)), "current-law") for kind in ("ordinary", "investment"))
    assert ordinary["agi"][0] == pytest.approx(230_000)
    assert ordinary["taxable_income"][0] == pytest.approx(230_000 - 16_100)
    assert rent["income_tax"][0] - ordinary["income_tax"][0] == pytest.approx(0.038 * 30_000)
    assert lived(alone(base.format("ordinary", 0.25)), "current-law")["agi"][0] == pytest.approx(57_500)
    gift = '[[incomes]]\nname = "one"\namount = 230_000\nkind = "untaxed"\n'
    assert lived(alone(gift), "current-law")["agi"][0] == 0.0


def test_an_income_for_life_is_spent_like_a_pension_and_a_dated_one_is_saved() -> None:
    text = single() + person() + account("taxable", 500_000) + QUIET
    income = '[[incomes]]\nname = "one"\namount = 30_000\n'
    none, for_life, dated = (lived(text + more)["spending"][0] for more in ("", income, income + "last_year = 2026\n"))
    assert for_life == pytest.approx(none + 30_000)
    assert dated == pytest.approx(none)


def test_an_annuity_ends_with_its_person_or_goes_on_for_the_survivor() -> None:
    text = TWO + person("Ann", 1960, 69) + person("Ben", 1960, 95) + account("taxable", 900_000, "joint") + QUIET
    text = text.replace("start_year = 2026\n", "start_year = 2026\nprior_magi = { 2024 = 0, 2025 = 0 }\n")
    of_ann = '[[incomes]]\nname = "a"\namount = 10_000\nperson = "Ann"\nsurvivor_share = {}\n' + FLAT.format(20_000)
    died = 2029 - START
    for share in (0.0, 0.6):
        flows = lived(text + of_ann.format(share))
        assert flows["incomes"][died] == pytest.approx(10_000)
        assert flows["incomes"][died + 1] == pytest.approx(10_000 * share)


def test_a_spouse_keeps_the_survivor_share_of_a_pension() -> None:
    pension = "[people.pension]\nannual_amount = 40_000\nstart_age = 60\ncost_of_living = true\nsurvivor_share = 0.75\n"
    text = TWO.replace("start_year = 2026\n", "start_year = 2026\nprior_magi = { 2024 = 0, 2025 = 0 }\n")
    text += person("Ann", 1960, 69) + pension + person("Ben", 1960, 95) + account("roth_ira", 100_000) + QUIET
    paid = lived(text)["pension"]
    assert paid[2029 - START] == pytest.approx(40_000)
    assert paid[2030 - START] == pytest.approx(30_000)


def test_health_costs_of_a_year_by_hand() -> None:
    # Ann is 62 in 2026 and on Medicare from 2029: Part B of 2029 is the law's own.
    health = "[health]\nout_of_pocket = 1_000\npart_d_premium = 500\nmedigap_premium = 2_000\n"
    health += '[[health.marketplace]]\nperson = "Ann"\npremium = 9_000\nbenchmark = 10_000\n'
    flows = lived(alone(health, RISING, born=1964), "current-law")
    grown = 1.05 ** np.arange(5)
    assert flows["medical"][:5] == pytest.approx(1_000 * grown)
    assert flows["premiums"][:3] == pytest.approx(9_000 * grown[:3])
    growth = household(alone(health, RISING, born=1964)).market.growth
    part_b = 12 * float(figure("part_b.standard_premium").value(2029, growth).value)
    assert flows["premiums"][3] == pytest.approx(2_500 * grown[3] + part_b)
    assert flows["marketplace_premiums"][3] == 0.0


def test_coverage_of_the_exchange_in_years_without_work() -> None:
    plan = '[[health.marketplace]]\nperson = "Ann"\npremium = 9_000\nbenchmark = 10_000\n'
    text = single() + person(born=1976, retires=60) + account("taxable", 900_000) + QUIET
    work = '[[jobs]]\nperson = "Ann"\nemployer = "{}"\npay = 60_000\n{}\n'
    text += work.format("A", "end_date = 2027-12-31") + work.format("B", "start_date = 2029-01-01")
    text += "[spending]\nliving_cost = 30_000\n"
    paid = lived(text + plan)["marketplace_premiums"]
    years = START + np.flatnonzero(paid)
    assert years.tolist() == [2028, *range(2036, 2041)]  # the gap, and from 60 until Medicare at 65
    dated = lived(text + plan + "first_year = 2030\nlast_year = 2037\n")["marketplace_premiums"]
    assert (START + np.flatnonzero(dated)).tolist() == list(range(2030, 2038))


def credit(income: float, premium: float = 12_000, benchmark: float = 12_000) -> float:
    """The premium tax credit of Ann, 60 in 2026, from an annuity."""
    tables = f'[[incomes]]\nname = "a"\namount = {income}\n'
    tables += f'[[health.marketplace]]\nperson = "Ann"\npremium = {premium}\nbenchmark = {benchmark}\n'
    flows = lived(alone(tables, born=1966), "current-law")
    assert flows["magi_ptc"][0] == pytest.approx(income)
    return float(flows["premium_tax_credit"][0])


def test_the_premium_credit_of_a_year_by_hand() -> None:
    # 2026: poverty line 15,650 (one person); at 46,950 exactly 300%: 9.96% of income (Rev. Proc. 2025-25).
    assert credit(46_950) == pytest.approx(12_000 - 0.0996 * 46_950)
    assert credit(46_950, premium=5_000) == pytest.approx(5_000)  # no more than the premium, 36B(b)(2)(A)
    assert credit(62_600) == pytest.approx(12_000 - 0.0996 * 62_600)  # 400%: 36B(c)(1)(A)
    assert credit(62_601) == 0.0
    assert credit(15_649) == 0.0


def test_a_smaller_withdrawal_keeps_the_premium_credit() -> None:
    # Spending from an IRA near 400% of the poverty line: the smallest withdrawal that meets it is found by a fine scan.
    plan = '[[health.marketplace]]\nperson = "Ann"\npremium = 20_000\nbenchmark = 21_000\n'
    text = single() + person(born=1964) + account("traditional_ira", 3_000_000) + plan + QUIET
    limit = 4 * 15_650.0
    crossed = kept = 0
    for living in np.arange(40_000, 62_000, 1_500):
        flows = lived(text + FLAT.format(float(living)), "current-law")[0]
        taken, tax = float(flows["withdrawal_pre_tax"]), float(flows["income_tax"])
        assert taken - tax - 20_000 - living == pytest.approx(0.0, abs=0.005)
        at_limit = limit - (tax_at_limit() - max(0.0, min(20_000, 21_000 - 0.0996 * limit))) - 20_000
        if living <= at_limit:
            assert taken <= limit
            kept += 1
        else:
            assert taken > limit
            crossed += 1
    assert kept > 3
    assert crossed > 3


def test_a_smaller_withdrawal_brings_the_credit_where_income_falls_with_it() -> None:
    """Before 59 1/2 a conversion to the top of the 22% bracket shrinks as taxable money is sold, for it must be payable
    at 37% from what is left: the more is sold, the lower is income, and below the poverty line there is no credit (IRC
    36B(c)(1)(A)). So the answer is the smallest sale at which all is paid, with a credit of 30,000 less a share of
    income; twice that sale, at which nothing is left to convert, pays for everything too."""
    plan = '[[health.marketplace]]\nperson = "Ann"\npremium = 30_000\nbenchmark = 30_000\n'
    money = account("taxable", 60_000) + account("traditional_ira", 2_000_000)
    text = single() + person(born=1975) + money + plan + QUIET + FLAT.format(40_000)
    flows = simulate(household(text), "current-law", (BY_NAME["convert_later"],)).flows[0, 0, 0]
    sold, converted, tax = float(flows["sold_taxable"]), float(flows["conversion"]), float(flows["income_tax"])
    assert sold - tax == pytest.approx(70_000.0, abs=0.005)
    assert converted == pytest.approx((60_000 - sold) / 0.37, abs=0.01)
    assert 15_650 < converted < 4 * 15_650  # a credit: above the poverty line and not above four times it
    assert tax + flows["premium_tax_credit"] == pytest.approx(1_240 + 0.12 * (converted - 16_100 - 12_400), abs=0.01)
    assert sold < 50_000


def test_a_conversion_by_rate_is_weighed_at_the_withdrawal_that_the_year_needs() -> None:
    """IRA money alone pays for 50,000 and a plan of 30,000: without a conversion the credit stays, and no conversion
    below 24% makes up for what it loses of it, by every conversion tried in steps of 1,000."""
    plan = '[[health.marketplace]]\nperson = "Ann"\npremium = 30_000\nbenchmark = 30_000\n'
    text = single() + person(born=1963) + account("traditional_ira", 1_500_000) + plan + QUIET + FLAT.format(50_000)
    flows = simulate(household(text), "current-law", (BY_NAME["convert_all_in"],)).flows[0, 0, 0]
    assert flows["premium_tax_credit"] > 23_000
    assert flows["conversion"] == 0.0


def tax_at_limit() -> float:
    """Income tax of a single filer of 62 on 62,600 dollars in 2026 before the credit (Rev. Proc. 2025-32)."""
    taxable = 4 * 15_650.0 - 16_100
    return 0.10 * 12_400 + 0.12 * (taxable - 12_400)


def test_long_term_care_begins_at_its_age_or_by_chance() -> None:
    care = '[[health.long_term_care]]\nperson = "Ann"\nannual_cost = 50_000\nyears = 2\nstart_age = 60\n'
    flows = lived(alone(care, RISING, born=1970))
    assert (START + np.flatnonzero(flows["medical"])).tolist() == [2030, 2031]
    assert flows["medical"][4] == pytest.approx(50_000 * 1.05**4)
    one = household(alone(care + "chance = 0.1\n", born=1970))
    begins = care_begins(one, START, 20_000, 7)[:, 0]
    assert begins.min() == 4
    for year in range(4, 10):  # a geometric time: the chance of beginning in a year among those not begun
        left = begins >= year
        share = float((begins[left] == year).mean())
        assert abs(share - 0.1) < 4 * math.sqrt(0.1 * 0.9 / left.sum())
    assert (care_begins(one, START, 50, 7)[:, 0] == begins[:50]).all()  # the same for fewer paths
    assert (care_begins(household(alone("")), START, 5, 7) == NEVER).all()


def test_care_by_chance_costs_on_its_path_and_in_its_years() -> None:
    care = '[[health.long_term_care]]\nperson = "Ann"\nannual_cost = 50_000\nyears = 3\nstart_age = 60\nchance = 0.2\n'
    one = household(alone(care, born=1970, taxable=3_000_000))
    market, laws = drawn_market(one, 20), drawn_laws(load_landscape("current-law"), one, 20)
    options = RunOptions(threads=1, flows_kept=KEEP_ALL, seed=3)
    medical = simulate(one, "current-law", (PLAIN,), market, laws, options).flows["medical"][0]
    begins = care_begins(one, START, 20, 3)[:, 0]
    for path in range(20):
        years = np.flatnonzero(medical[path])
        assert years.tolist() == [year for year in range(begins[path], begins[path] + 3) if year < medical.shape[1]]


def test_residence_and_community_property_decide_the_step_up() -> None:
    base = TWO + person("Ann", 1970) + person("Ben", 1970) + account("taxable", 1.0, "joint")
    moves = '[[residence]]\nstate = "TX"\nyear = 2030\n[[residence]]\nstate = "NY"\nage = 70\n'
    arrays = household_arrays(household(base + moves), START)
    assert [POSTAL_LETTERS[place] for place in arrays.residence["state"][[0, 3, 4, 13, 14]]] == [
        "FL",
        "FL",
        "TX",
        "TX",
        "NY",
    ]
    assert arrays.step_up_share[[0, 3, 4, 13, 14]].tolist() == [0.5, 0.5, 1.0, 1.0, 0.5]
    half = household_arrays(household(base.replace('"FL"\n', '"FL"\ncommunity_property = 0.5\n')), START)
    assert half.step_up_share[0] == 0.75


def test_children_count_by_age_and_study() -> None:
    # IRC 24(a), (h)(2), (h)(4), 2026: 2,200 a child under 17, 500 for an older one; 152(c)(3)(A).
    child = "[[children]]\nbirth_date = 2011-05-05\n{}\n"
    income = '[[incomes]]\nname = "a"\namount = 100_000\nrises_with = "nothing"\n'
    text = single() + person(born=1980) + account("taxable", 500_000) + income + QUIET + FLAT.format(20_000)
    none = lived(text, "current-law")["income_tax"]
    worth = none - lived(text + child.format(""), "current-law")["income_tax"]
    student = none - lived(text + child.format("dependent_until = 22"), "current-law")["income_tax"]
    assert worth[:2] == pytest.approx([2_200, 2_200], abs=110)  # indexed in later years
    assert worth[2:4] == pytest.approx([500, 500])  # 17 and 18
    assert worth[4] == 0.0
    assert student[4:7] == pytest.approx([500, 500, 500])  # 19 to 21
    assert student[7] == 0.0


def test_a_surviving_spouse_with_a_child_keeps_the_joint_brackets_for_two_years() -> None:
    # IRC 2(a)(1)(A), (b)(1): died in 2028; 2029 and 2030 as a surviving spouse, then head of household, then single.
    child = "[[children]]\nbirth_date = 2015-05-05\n"
    text = TWO + person("Ann", 1980, 48) + person("Ben", 1980, 90) + account("taxable", 900_000, "joint") + QUIET
    flows = lived(text + child + FLAT.format(20_000), "current-law")
    names = [("single", "joint", "head", "surviving")[int(status)] for status in flows["status"][:10]]
    assert names == ["joint"] * 3 + ["surviving"] * 2 + ["head"] * 3 + ["single"] * 2
    without = lived(text + FLAT.format(20_000), "current-law")
    assert without["status"][3] == 0


def test_costs_cut_last_when_money_is_gone() -> None:
    costs = '[[costs]]\nname = "c"\namount = 5_000\nrises_with = "nothing"\n'
    flows = lived(alone(costs, born=1970, taxable=8_000, living=6_000))
    assert flows["spending"][0] == pytest.approx(3_000)
    assert flows["costs"][0] == pytest.approx(5_000)
    assert flows["costs"][1] == 0.0
