"""Jobs that begin and end in their years, raises, stock by year, and years without work between two jobs."""

from __future__ import annotations

import numpy as np
import pytest

from rothwell.errors import InputError
from rothwell.lifetime.strategies import PRESETS, Strategy
from tests.lifetime.runs import (
    BY_NAME,
    CENT,
    QUIET,
    START,
    account,
    drawn_laws,
    drawn_market,
    fixed_market,
    flat_law,
    household,
    load_landscape,
    person,
    simulate,
    single,
)

PLAIN = Strategy("plain", "no after-tax money, no conversions")
GROWING = QUIET.replace("inflation = 0.0\n", "inflation = 0.02\n", 1).replace(
    "wage_growth_over_inflation = 0.0", "wage_growth_over_inflation = 0.01"
)
RICH = account("taxable", 2_000_000)


def job(pay: float, keys: str = "", employer: str = "Alpha", tables: str = "") -> str:
    """A [[jobs]] table of Ann."""
    return f'[[jobs]]\nperson = "Ann"\nemployer = "{employer}"\npay = {pay}\n{keys}\n{tables}\n'


def lived(
    jobs: str, market: str = QUIET, born: int = 1976, retires: int | None = 65, living: float = 50_000
) -> np.ndarray:
    """The years of Ann under a law of no tax."""
    text = single() + person("Ann", born, 95, retires) + RICH + jobs + market
    text += "[spending]\nliving_cost = 50_000\n"
    return np.asarray(simulate(household(text), flat_law(0.0), (PLAIN,)).flows[0, 0])


def pay(flows: np.ndarray, year: int) -> float:
    """Ann's pay of a year."""
    return float(flows["pay"][year - START, 0])


def test_jobs_begin_and_end_in_their_years() -> None:
    # 2026 to 30 June 2028 (182 of 366 days), nothing until 1 October 2030 (92 of 365 days), to retirement in 2041.
    first = job(100_000, "end_date = 2028-06-30")
    second = job(80_000, "start_date = 2030-10-01", "Beta")
    flows = lived(first + second)
    found = [pay(flows, year) for year in range(2026, 2033)]
    assert found == pytest.approx([100_000, 100_000, 100_000 * 182 / 366, 0, 80_000 * 92 / 365, 80_000, 80_000])
    assert pay(flows, 2040) == pytest.approx(80_000)
    assert pay(flows, 2041) == 0.0


def test_pay_of_a_job_that_begins_in_the_start_year_is_that_of_the_part_of_the_year() -> None:
    # From 1 September 2026: 122 of 365 days. 50,000 of them 10,000 of bonus: 40,000 / (122/365) and the bonus a year.
    flows = lived(
        job(50_000, "start_date = 2026-09-01", tables="[[jobs.bonuses]]\ndate = 2026-12-01\namount = 10_000\n")
    )
    assert pay(flows, 2026) == pytest.approx(50_000)
    assert pay(flows, 2027) == pytest.approx(40_000 * 365 / 122 + 10_000)


def test_raises_take_the_place_of_growth_and_pay_goes_on_from_them() -> None:
    raises = "[[jobs.raises]]\nyear = 2028\ngrowth = 0.5\n[[jobs.raises]]\nyear = 2030\npay = 90_000\n"
    flows = lived(job(100_000, "growth = 0.01", tables=raises), GROWING)
    wages = 1.03 ** np.arange(6)
    expected = [1.0, 1.01, 1.01 * 1.5, 1.01 * 1.5 * 1.01, 0.9, 0.9 * 1.01]
    assert [pay(flows, START + year) for year in range(6)] == pytest.approx(list(100_000 * wages * expected))


def test_growth_of_a_later_job_counts_from_its_first_year() -> None:
    flows = lived(job(100_000, "start_date = 2030-01-01\ngrowth = 0.1"))
    assert [pay(flows, year) for year in (2029, 2030, 2031)] == pytest.approx([0.0, 100_000, 110_000])


def test_stock_by_year_rises_with_prices_and_never_counts_in_the_plan() -> None:
    stock = '[[jobs.equity_pay]]\nkind = "rsu"\namount = 60_000\n'
    later = (
        "[[jobs.equity_by_year]]\nyear = 2027\namount = 30_000\n[[jobs.equity_by_year]]\nyear = 2029\namount = 5_000\n"
    )
    plan = "[jobs.plan]\nnonelective = 0.10\n"
    flows = lived(job(160_000, tables=stock + later + plan), GROWING)
    wages, prices = 1.03 ** np.arange(4), 1.02 ** np.arange(4)
    expected = 100_000 * wages + np.array([60_000, 30_000, 0, 5_000]) * prices
    assert [pay(flows, START + year) for year in range(4)] == pytest.approx(list(expected))
    assert flows["employer"][:4, 0] == pytest.approx(10_000 * wages)  # 10% of what the plan counts
    again = lived(job(160_000, tables=stock + plan), GROWING)  # not listed by year: it comes again with the pay
    assert pay(again, 2027) == pytest.approx(160_000 * 1.03)


def test_part_time_after_retirement_has_an_end_of_its_own() -> None:
    # Ann is 65 in 2041: the first job ends with 2040, the second lasts through 2043.
    part_time = job(20_000, "start_date = 2041-01-01\nend_date = 2043-12-31", "Beta")
    flows = lived(job(100_000) + part_time)
    assert [pay(flows, year) for year in (2040, 2041, 2043, 2044)] == pytest.approx([100_000, 20_000, 20_000, 0])
    assert flows["spending"][2043 - START] == pytest.approx(50_000)
    assert flows["spending"][2044 - START] != pytest.approx(50_000)  # now the rule of retirement
    with pytest.raises(InputError, match="no end of its own"):
        lived(job(100_000) + job(20_000, "start_date = 2041-01-01", "Beta"))


def test_no_catch_up_must_be_roth_in_the_first_year_of_a_job() -> None:
    # IRC 414(v)(7)(A): wages of the year before from the employer sponsoring the plan.
    plan = '[jobs.plan]\ndeferral_kind = "pre_tax"\n'
    both = job(300_000, "end_date = 2027-12-31", tables=plan) + job(300_000, "start_date = 2028-01-01", "Beta", plan)
    roth = lived(both, born=1970)["deferral_roth"][:, 0]
    assert (roth[[0, 1, 3]] > 0.0).all()
    assert roth[2] == 0.0


def test_a_year_without_work_between_jobs_is_no_retirement() -> None:
    # The living cost goes on, no conversion of retirement begins, and the certainty equivalent counts from the end.
    text = single() + person("Ann", 1976, 95, 65) + account("taxable", 600_000) + account("pre_tax_plan", 400_000)
    text += job(150_000, "end_date = 2028-12-31") + job(150_000, "start_date = 2031-01-01", "Beta")
    one = household(text + QUIET + "[spending]\nliving_cost = 60_000\n")
    outcome = simulate(one, "current-law", (BY_NAME["brokerage"], BY_NAME["convert_later"]))
    gap = slice(2029 - START, 2031 - START)
    assert outcome.flows["spending"][:, 0, gap] == pytest.approx(60_000)
    assert (outcome.flows["pay"][:, 0, gap] == 0.0).all()
    assert (outcome.flows["conversion"][:, 0, gap] == 0.0).all()
    assert outcome.first_retired == 2041 - START
    assert outcome.flows["conversion"][1, 0, outcome.first_retired] > 0.0


def test_living_is_equal_over_strategies_through_a_gap() -> None:
    text = single() + person("Ann", 1976, 95, 65) + account("taxable", 900_000) + account("pre_tax_plan", 400_000)
    plan = '[jobs.plan]\nafter_tax_contributions = true\nconversion = "every_paycheck"\n'
    text += job(250_000, "end_date = 2027-06-30", tables=plan) + job(250_000, "start_date = 2030-03-01", "Beta", plan)
    one = household(text + "[spending]\nliving_cost = 70_000\n")
    market, laws = drawn_market(one, 50), drawn_laws(load_landscape("default"), one, 50)
    outcome = simulate(one, "default", PRESETS, market, laws)
    working = outcome.spending[:, :, : outcome.first_retired]
    assert np.abs(working - 70_000).max() < CENT


def test_a_gap_that_cannot_be_paid_is_refused() -> None:
    text = single() + person("Ann", 1976, 95, 65) + account("taxable", 50_000)
    text += job(60_000, "end_date = 2026-12-31") + job(150_000, "start_date = 2031-01-01", "Beta")
    with pytest.raises(InputError, match="cannot be paid"):
        simulate(household(text + QUIET + "[spending]\nliving_cost = 60_000\n"), flat_law(0.0), (PLAIN,))


def test_nobody_waits_for_the_job_of_somebody_dead() -> None:
    # Ben would work again from 2032, but dies at the end of 2029: from 2030 Ann is retired.
    text = f'[household]\nfiling_status = "mfj"\nstate = "FL"\nstart_year = {START}\n' + person("Ann", 1970, 95)
    text += person("Ben", 1970, 59, 66) + account("taxable", 2_000_000, "joint") + QUIET
    text += '[[jobs]]\nperson = "Ben"\nemployer = "Alpha"\npay = 90_000\nstart_date = 2032-01-01\n'
    one = household(text + "[spending]\nliving_cost = 60_000\n")
    spent = simulate(one, flat_law(0.0), (PLAIN,), fixed_market(one, [])).flows["spending"][0, 0]
    assert spent[:4] == pytest.approx(60_000)
    assert spent[4] != pytest.approx(60_000)


def test_stock_of_incentive_options_bears_no_payroll_tax() -> None:
    # IRC 3101, 3121(a)(22): 6.2% and 1.45% of 60,000, not of 100,000; of RSUs, of all.
    for kind, wages in (("iso", 60_000), ("espp", 60_000), ("rsu", 100_000)):
        stock = f'[[jobs.equity_pay]]\namount = 40_000\nkind = "{kind}"\n'
        text = single() + person(born=1976, retires=65) + RICH + job(100_000, tables=stock) + QUIET
        one = household(text + "[spending]\nliving_cost = 50_000\n")
        flows = np.asarray(simulate(one, "current-law", (PLAIN,)).flows[0, 0])
        assert pay(flows, 2026) == 100_000
        assert flows["payroll_tax"][:3] == pytest.approx([0.0765 * wages] * 3, abs=CENT)


def test_an_owner_of_more_than_5_percent_of_an_employer_takes_required_distributions_while_at_work() -> None:
    # IRC 401(a)(9)(C)(ii)(I), 416(i)(1)(B)(i). Born in 1953: 73 in 2026; uniform table 26.5: 265,000 / 26.5 = 10,000.
    for share, required in ((0.05, 0.0), (0.0501, 10_000.0)):
        people = person(born=1953, retires=78) + account("pre_tax_plan", 265_000)
        status = single() + "prior_magi = { 2024 = 0, 2025 = 0 }\n"
        text = status + people + job(100_000, f"ownership = {share}") + QUIET + "[spending]\nliving_cost = 20_000\n"
        flows = np.asarray(simulate(household(text), "current-law", (PLAIN,)).flows[0, 0])
        assert flows["rmd"][0, 0] == pytest.approx(required, abs=CENT)
