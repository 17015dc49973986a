"""Traditional IRAs with basis, the backdoor of every year, health savings accounts, required distributions by kind."""

from __future__ import annotations

import numpy as np
import pytest

from rothwell.law.figures import figure
from rothwell.lifetime.strategies import Strategy
from tests.lifetime.runs import QUIET, START, account, flat_law, household, person, simulate, single
from tests.lifetime.test_early_access import CENTS, JOB, NO_TAX, PLAIN, RATE, spend, years

MAGI = "prior_magi = { 2024 = 0, 2025 = 0 }\n"
BACKDOOR = 'ira = { every_year = "backdoor" }\n'


def figure_of(name: str, year: int = START) -> float:
    return float(figure(name).value(year).value)


def test_basis_of_an_ira_comes_out_pro_rata() -> None:
    # Form 8606: basis 25,000 of 100,000; of 10,000 taken a quarter is not taxed: 7,500 x 20% = 1,500, 8,500 to spend.
    text = single() + MAGI + person(born=1960, to_age=72) + spend(8_500)
    flows = years(text + account("traditional_ira", 100_000, basis=25_000))
    assert flows["withdrawal_pre_tax"][:3] == pytest.approx([10_000] * 3, abs=CENTS)  # the share stays a quarter
    assert flows["income_tax"][:3] == pytest.approx([1_500] * 3, abs=CENTS)
    assert flows["ira_nontaxable"][:3, 0] == pytest.approx([2_500] * 3, abs=CENTS)


def test_the_years_growth_dilutes_the_basis() -> None:
    # Line 9 counts the value of 31 December: 10,000 + 90,000 x 1.2 = 118,000; 23,600 of basis are a fifth of it.
    text = single() + MAGI + person(born=1960, to_age=72) + spend(8_400)
    market = QUIET.replace("mean_return = 0.0", "mean_return = 0.2", 1)
    one = household(text + account("traditional_ira", 100_000, basis=23_600) + market)
    flows = simulate(one, flat_law(RATE), (PLAIN,)).flows[0, 0]
    assert flows["withdrawal_pre_tax"][0] == pytest.approx(10_000, abs=CENTS)
    assert flows["ira_nontaxable"][0, 0] == pytest.approx(2_000, abs=CENTS)
    assert flows["income_tax"][0] == pytest.approx(1_600, abs=CENTS)


def test_basis_is_used_up_with_the_last_dollar() -> None:
    text = single() + MAGI + person(born=1960, to_age=72) + spend(30_000)
    flows = years(text + account("traditional_ira", 100_000, basis=40_000))
    assert flows["ira_nontaxable"].sum() == pytest.approx(40_000, abs=CENTS)
    assert flows["income_tax"].sum() == pytest.approx(RATE * 60_000, abs=CENTS)


def working(extra: str, ira: str = "") -> np.ndarray:
    text = single() + person(born=1980, retires=60, to_age=62).replace("retirement_age", extra + "retirement_age")
    return years(text + ira + JOB + spend(0) + "living_cost = 60_000\n" + account("taxable", 200_000))


def test_the_backdoor_of_every_year_is_a_layer_of_its_year() -> None:
    limit = figure_of("ira.contribution_limit")
    flows = working(BACKDOOR)
    plain = working("")
    assert flows["backdoor"][0, 0] == pytest.approx(limit)
    assert flows["income_tax"][0] == pytest.approx(plain["income_tax"][0], abs=CENTS)  # nothing of it is taxed
    assert flows["end_roth"][0] == pytest.approx(limit)
    assert flows["converted"][0, 0] == pytest.approx(limit)
    assert flows["conversion_untaxed"][0, 0] == pytest.approx(limit)
    in_work = flows["pay"][:, 0] > 0.0
    assert (flows["backdoor"][in_work, 0] >= limit).all()
    assert flows["backdoor"][~in_work, 0].max() == 0.0
    catch_up = figure_of("ira.catch_up")  # 50 in 2030, IRC 219(b)(5)(B); no prices move
    assert flows["backdoor"][4, 0] - flows["backdoor"][3, 0] == pytest.approx(catch_up)


def with_backdoor(*people: tuple[str, float, str], status: str = "single") -> np.ndarray:
    """What each puts into an IRA in 2026: name, pay, and the lines of the plan; taxable money pays for it."""
    text = single(status=status) + account("taxable", 200_000) + spend(0) + "living_cost = 1_000\n"
    for name, pay, plan in people:
        text += person(name, born=1980, retires=60 if pay else None, to_age=62) + BACKDOOR
        text += f'[[jobs]]\nperson = "{name}"\nemployer = "{name} Co"\npay = {pay}\n[jobs.plan]\n{plan}' if pay else ""
    return np.asarray(years(text, NO_TAX)["backdoor"][0])


@pytest.mark.parametrize(("kind", "allowed"), [("pre_tax", 5_500.0), ("roth", 7_500.0)])
def test_the_backdoor_stays_within_pay_less_pre_tax_deferrals(kind: str, allowed: float) -> None:
    # IRC 219(b)(1)(B), (f)(1), 402(e)(3): 30,000 less 24,500 is included in income; Roth deferrals are, 402A(a)(1).
    plan = f'elective_deferral = 24_500\ndeferral_kind = "{kind}"\n'
    assert with_backdoor(("Ann", 30_000, plan))[0] == pytest.approx(allowed, abs=CENTS)


@pytest.mark.parametrize(
    ("pay", "allowed"),
    [  # IRC 219(c)(1)(B), (2)(B): the lower earner up to what both earn less what the other puts in
        ((8_000, 0), (7_500, 500)),
        ((5_000, 3_000), (5_000, 3_000)),  # the higher earner's limit is the own pay
        ((3_000, 5_000), (7_500, 500)),  # Ann's on the strength of Bob's pay, of which 500 are left
        ((4_000, 4_000), (4_000, 4_000)),
        ((20_000, 0), (7_500, 7_500)),
    ],
)
def test_a_couple_puts_in_no_more_than_both_earn(pay: tuple[float, float], allowed: tuple[float, float]) -> None:
    none = "elective_deferral = 0\n"
    found = with_backdoor(("Ann", pay[0], none), ("Bob", pay[1], none), status="mfj")
    assert found == pytest.approx(allowed, abs=CENTS)


def test_an_owners_backdoor_stays_within_earned_income() -> None:
    # IRC 219(f)(1), 401(c)(2)(A)(v), (vi): 30,000 less half of 30,000 x 0.9235 x 15.3% = 4,238.865 (1402(a)(12), 1401)
    # and 24,500 deferred: 30,000 - 2,119.4325 - 24,500 = 3,380.5675.
    text = single() + person(born=1980, retires=60, to_age=62) + BACKDOOR
    text += account("taxable", 200_000) + spend(0) + "living_cost = 1_000\n" + QUIET
    text += '[[businesses]]\nperson = "Ann"\nname = "Ann Advises"\nnet_profit = 30_000\n'
    text += "[businesses.plan]\nprofit_sharing = 0\n"
    flows = simulate(household(text), "current-law", (PLAIN,)).flows[0, 0]
    assert flows["deferral_pre_tax"][0, 0] == pytest.approx(24_500)
    assert flows["backdoor"][0, 0] == pytest.approx(3_380.5675, abs=CENTS)


def test_the_backdoor_beside_pre_tax_money_is_taxed_pro_rata() -> None:
    # Form 8606: 7,500 of basis, 67,500 of pre-tax money at the year's end: a tenth of 7,500 is not taxed.
    limit = figure_of("ira.contribution_limit")
    flows = working(BACKDOOR, account("traditional_ira", 9 * limit))
    plain = working("", account("traditional_ira", 9 * limit))
    more = flows["income_tax"][0] - plain["income_tax"][0]
    assert more == pytest.approx(RATE * 0.9 * limit, abs=CENTS)
    assert flows["ira_nontaxable"][0, 0] == pytest.approx(limit / 10, abs=CENTS)


def test_an_hsa_is_filled_until_medicare() -> None:
    extra = 'hsa = { every_year = true, coverage = [{ kind = "self_only" }] }\n'
    flows, plain = working(extra), working("")
    limit = figure_of("hsa.self_only")
    assert flows["hsa_contribution"][0, 0] == pytest.approx(limit)
    assert plain["income_tax"][0] - flows["income_tax"][0] == pytest.approx(RATE * limit, abs=CENTS)
    assert flows["end_hsa"][0] == pytest.approx(limit)
    text = (
        single() + MAGI + person(born=1962, retires=68, to_age=70).replace("retirement_age", extra + "retirement_age")
    )
    flows = years(text + JOB + spend(0) + "living_cost = 60_000\n" + account("taxable", 200_000))
    assert flows["hsa_contribution"][:, 0][flows["age"][:, 0] >= 65].max() == 0.0  # IRC 223(b)(7)
    assert flows["hsa_contribution"][0, 0] == pytest.approx(limit + figure_of("hsa.catch_up"))


def test_an_hsa_pays_medicare_premiums_untaxed() -> None:
    text = single() + MAGI + person(born=1958, to_age=70) + spend(20_000) + account("hsa", 50_000)
    one = household(text + account("roth_ira", 300_000, basis=300_000) + QUIET)
    flows = simulate(one, "current-law", (PLAIN,)).flows[0, 0]
    assert flows["premiums"][0] > 2_000
    assert flows["hsa_paid"][:2] == pytest.approx(flows["premiums"][:2])
    assert flows["withdrawal_roth"][0] == pytest.approx(20_000, abs=CENTS)
    assert flows["end_hsa"][0] == pytest.approx(50_000 - flows["premiums"][0])


def test_an_hsa_is_the_last_source_after_65_and_taxed() -> None:
    # IRC 223(f)(2), (4)(C): income, without an additional tax after 65; before 65 the account is left alone.
    text = single() + MAGI + person(born=1962, to_age=67) + spend(8_000) + account("hsa", 50_000)
    flows = years(text + account("roth_ira", 8_000, basis=8_000), RATE)
    assert flows["withdrawal_roth"][0] == pytest.approx(8_000, abs=CENTS)
    assert flows["withdrawal_hsa"][0] == 0.0
    assert flows["age"][1, 0] == 65
    assert flows["withdrawal_hsa"][1] == pytest.approx(10_000, abs=CENTS)
    assert flows["income_tax"][1] == pytest.approx(2_000, abs=CENTS)


def test_a_worker_beyond_73_owes_nothing_from_the_present_plan() -> None:
    # IRC 401(a)(9)(C)(i)(II): 74 in 2026; the IRA pays 25,500 / 25.5, the plan begins with retirement at 76: 23.7.
    text = single() + MAGI + person(born=1952, retires=76, to_age=78) + JOB + spend(0) + "living_cost = 50_000\n"
    flows = years(text + account("pre_tax_plan", 237_000) + account("traditional_ira", 25_500), NO_TAX)
    assert flows["rmd"][0, 0] == pytest.approx(1_000)
    assert flows["rmd_plan"][:2, 0].tolist() == [0.0, 0.0]
    assert flows["age"][2, 0] == 76
    assert flows["rmd"][2, 0] == pytest.approx(flows["end_pre_tax"][1] / 23.7)
    former = text + account("pre_tax_plan", 51_000) + 'employer = "Old"\n'
    assert years(former, NO_TAX)["rmd_plan"][0, 0] == pytest.approx(2_000)  # the plan of an employer left


def test_an_owner_pays_out_of_the_own_plan_at_73() -> None:
    # IRC 401(a)(9)(C)(ii)(I): no delay for an owner of more than 5%.
    text = single() + MAGI + person(born=1952, retires=76, to_age=78) + spend(0) + "living_cost = 50_000\n"
    text += '[[businesses]]\nperson = "Ann"\nname = "Ann LLC"\nnet_profit = 90_000\n'
    flows = years(text + account("pre_tax_plan", 51_000), NO_TAX)
    assert flows["rmd_plan"][0, 0] == pytest.approx(2_000)


def test_a_roth_account_requires_nothing() -> None:
    text = single() + MAGI + person(born=1950, to_age=80) + spend(0)
    flows = years(text + account("roth_ira", 100_000) + account("roth_plan", 100_000), NO_TAX)
    assert flows["rmd"].max() == 0.0  # IRC 408A(c)(4), 402A(d)(5)


def test_strategies_fill_brackets_with_basis_exactly() -> None:
    text = single() + MAGI + person(born=1963, to_age=70) + spend(20_000) + account("taxable", 900_000)
    one = household(text + account("traditional_ira", 900_000, basis=300_000) + QUIET)
    fill = Strategy("fill", "conversions", fill_bracket=1)
    flows = simulate(one, "current-law", (fill,)).flows[0, 0]
    top = float(figure("rate_schedule.bracket_top").value(START).value[0, 1])
    assert flows["ordinary_taxable_income"][0] == pytest.approx(top, abs=1e-5)
    assert flows["ira_nontaxable"][0, 0] == pytest.approx(flows["conversion"][0] / 3, abs=CENTS)
