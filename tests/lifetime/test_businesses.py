"""Owners of businesses, related employers, 457(b) plans and ACP refunds in the year loop."""

from __future__ import annotations

import numpy as np
import pytest

from rothwell.household import Household
from rothwell.law import law_for
from rothwell.lifetime.next_dollar import return_of_year
from rothwell.lifetime.strategies import Strategy
from rothwell.mega_backdoor.capacity import capacity_of
from rothwell.provision import plainly
from rothwell.tax.federal import form_1040
from tests.lifetime.runs import (
    BY_NAME,
    CENT,
    QUIET,
    WORST_IMBALANCE,
    account,
    drawn_market,
    household,
    person,
    simulate,
    single,
    unchecked,
)

PLAIN = Strategy("plain", "no after-tax money, no conversions")
MEGA = BY_NAME["mega_in_plan"]


def business(profit: float, plan: str = "", more: str = "") -> str:
    text = f'[[businesses]]\nperson = "Ann"\nname = "Ann Advises"\nnet_profit = {profit}\n{more}\n'
    return f'{text}[businesses.plan]\nafter_tax_contributions = true\nconversion = "every_paycheck"\n{plan}\n'


def job(plan: str, employer: str = "Acme", pay: float = 250_000, more: str = "") -> str:
    text = f'[[jobs]]\nperson = "Ann"\nemployer = "{employer}"\npay = {pay}\nprior_year_wages = 170_000\n{more}\n'
    return f"{text}[jobs.plan]\n{plan}\n"


def ann(*work: str, born: int = 1981, market: str = QUIET, savings: float = 2_000_000) -> Household:
    text = single() + person(born=born, retires=65, to_age=90) + account("taxable", savings) + "".join(work)
    return household(f"{text}[spending]\nliving_cost = 60_000\n{market}")


def first_year(one: Household, strategy: Strategy = MEGA) -> np.void:
    """The flows of 2026; the run itself sees to it that the books balance."""
    return simulate(one, strategies=(strategy,)).flows[0, 0, 0]  # type: ignore[no-any-return]


def test_a_year_of_an_owner_by_hand() -> None:
    """2026, single: profit 180,000, half of the tax 12,716.595 (IRC 1401), 20,000 of profit sharing, 24,500 deferred.

    AGI 122,783.405; 106,683.405 after 16,100; a fifth of that caps 199A: 21,336.681; taxable 85,346.724: 1,240 + 4,560
    + 22% above 50,400 = 13,488.28; with 25,433.19 of self-employment tax 38,921.47.
    """
    year = first_year(ann(business(180_000, "profit_sharing = 20_000")), PLAIN)
    assert year["pay"][0] == pytest.approx(160_000)
    assert year["employer"][0] == pytest.approx(20_000)
    assert year["deferral_pre_tax"][0] == pytest.approx(24_500)
    assert year["agi"] == pytest.approx(122_783.405, abs=CENT)
    assert year["taxable_income"] == pytest.approx(85_346.724, abs=CENT)
    assert year["income_tax"] == pytest.approx(38_921.47, abs=CENT)
    assert year["payroll_tax"] == 0.0


@pytest.mark.parametrize("profit", [400, 20_000, 80_000, 180_000, 250_000, 600_000])
@pytest.mark.parametrize("sharing", ["profit_sharing = 0", 'profit_sharing = "max"', "profit_sharing_rate = 0.1"])
@pytest.mark.parametrize("born", [1981, 1974, 1964])
def test_the_desk_and_the_simulator_agree_on_owners(profit: float, sharing: str, born: int) -> None:
    one = ann(business(profit, sharing), born=born)
    desk, year = capacity_of(one).people[0].employers[0], first_year(one)
    assert year["after_tax_room"] == pytest.approx(desk.after_tax_room, abs=CENT)
    assert year["employer"][0] == pytest.approx(desk.nonelective, abs=CENT)
    assert year["deferral_pre_tax"][0] == pytest.approx(desk.elective_deferrals + desk.catch_up, abs=CENT)


def test_a_job_and_a_business_share_one_deferral_limit_and_one_wage_base() -> None:
    one = ann(job("", pay=150_000), business(100_000, 'profit_sharing = "max"'))
    year = first_year(one, PLAIN)
    assert year["deferral_pre_tax"][0] == pytest.approx(24_500)
    assert year["employer"][0] == pytest.approx(96_521.925 / 5, abs=CENT)  # row S9 of the solo owners
    form = plainly(form_1040)(return_of_year(year, one), int(year["status"]), law_for(2026).record)
    assert form.self_employment_tax == pytest.approx(6_956.15, abs=CENT)
    assert form.total_tax == pytest.approx(year["income_tax"], abs=CENT)


def test_the_return_of_an_owner_is_the_return_of_the_flows() -> None:
    more = "specified_service = true\nwages_paid = 40_000"
    market = "[market]\ndividend_yield = 0.02\n"
    one = ann(business(450_000, "profit_sharing = 30_000", more), market=market)
    year = first_year(one)
    form = plainly(form_1040)(return_of_year(year, one), int(year["status"]), law_for(2026).record)
    assert form.total_tax == pytest.approx(year["income_tax"], abs=CENT)


def test_an_owner_short_of_cash_defers_less_and_the_books_balance() -> None:
    one = ann(business(110_000, 'profit_sharing = "max"'), savings=0)
    year = first_year(one)
    assert 0.0 < year["deferral_pre_tax"][0] < 24_500
    assert year["after_tax"][0] == 0.0
    form = plainly(form_1040)(return_of_year(year, one), int(year["status"]), law_for(2026).record)
    assert form.total_tax == pytest.approx(year["income_tax"], abs=CENT)


def test_books_of_owners_balance_in_random_markets() -> None:
    work = job("", pay=60_000), business(90_000, 'profit_sharing = "max"', "growth = 0.01")
    one = ann(*work, market="", savings=100_000)
    _, audit = unchecked(one, "default", (PLAIN, MEGA), drawn_market(one, 300))
    assert audit[..., WORST_IMBALANCE].max() < CENT


def test_related_employers_share_one_limit_over_a_life() -> None:
    plan = 'after_tax_contributions = true\nconversion = "every_paycheck"\nnonelective = 0.08'
    group = 'controlled_group = "family"'
    apart, joined = (first_year(ann(job(plan, more=more), job(plan, "Labs", more=more))) for more in ("", group))
    assert apart["after_tax"][0] == pytest.approx(2 * (72_000 - 20_000) - 24_500)
    assert joined["after_tax"][0] == pytest.approx(72_000 - 2 * 20_000 - 24_500)


def test_a_403b_and_a_business_share_one_limit_over_a_life() -> None:
    hospital = job('kind = "403b"\nnonelective = 0.08', "Hospital")
    year = first_year(ann(hospital, business(180_000, "profit_sharing = 15_000")))
    assert year["after_tax"][0] == pytest.approx(72_000 - 24_500 - 20_000 - 15_000)


def test_a_457b_is_deferred_beside_a_401k_over_a_life() -> None:
    """IRC 457(e)(15): 24,500 and, at 52 in a governmental plan, 8,000 more, beside the same in the 401(k)."""
    state = job('kind = "457b"\ngovernmental = true', "State", 150_000)
    year = first_year(ann(job(""), state, born=1974))
    assert year["deferral_pre_tax"][0] + year["deferral_roth"][0] == pytest.approx(2 * 32_500)
    charity = state.replace("governmental = true", "")
    year = first_year(ann(job(""), charity, born=1974))
    assert year["deferral_pre_tax"][0] + year["deferral_roth"][0] == pytest.approx(32_500 + 24_500)


def test_pay_of_an_employer_with_two_plans_counts_once() -> None:
    first = job('kind = "403b"', "University", 150_000)
    one = first_year(ann(first, job('kind = "457b"\ngovernmental = true', "University", 150_000)))
    assert one["pay"][0] == 150_000
    assert one["deferral_pre_tax"][0] == pytest.approx(49_000)
    alone = first_year(ann(first))
    assert one["payroll_tax"] == pytest.approx(alone["payroll_tax"])
    assert alone["agi"] - one["agi"] == pytest.approx(24_500)


@pytest.mark.parametrize(("chance", "kept"), [(1.0, 12_500), (0.5, (47_500 + 12_500) / 2), (0.0, 47_500)])
def test_an_acp_refund_never_goes_in(chance: float, kept: float) -> None:
    """An average of 3% leaves 5% of 250,000 in match and after-tax money: 12,500 of the room of 47,500."""
    plan = 'after_tax_contributions = true\nconversion = "every_paycheck"\n'
    plan += f"[jobs.plan.acp_test]\nnhce_average = 0.03\nrefund_chance = {chance}"
    assert first_year(ann(job(plan)))["after_tax"][0] == pytest.approx(kept)
