"""Markets of stocks, bonds and cash: moments believed, past years as they were, mixes, and accounts that hold them."""

from __future__ import annotations

import csv
from importlib import resources

import numpy as np
import pytest

from rothwell.errors import InputError
from rothwell.household import Household
from rothwell.law.indexing import PRICES
from rothwell.lifetime.asset_mixes import mixes_of
from rothwell.lifetime.history import History, blocks, history, sequences
from rothwell.lifetime.household_market import (
    asset_rates,
    correlations_of,
    draw_household_market,
    mean_return_of,
    means_and_deviations,
)
from rothwell.lifetime.people_records import people_records
from tests.lifetime.runs import CENT, QUIET, START, account, fixed_market, flat_law, household, person, simulate, single

STANDARD_ERRORS = 4.0
PATHS, YEARS = 20_000, 40
HALVES = '[[mixes]]\nname = "halves"\nstocks = 0.5\nbonds = 0.5\n'
KINDS = ("lognormal", "bootstrap", "historical", "fixed")
NO_TAX = flat_law(0.0)
FREE = "plan_fee = 0\ntaxable_fee = 0\nira_fee = 0\ndividend_yield = 0\nbond_yield = 0\n"


def saver(market: str = "", mixes: str = HALVES, to_age: int = 95, more: str = "") -> Household:
    """Ann of 60, who retired, with what is assumed of markets."""
    return household(single() + person(to_age=to_age) + more + mixes + f"[market]\n{market}")


def of_kind(kind: str) -> Household:
    """Ann with a market of a kind."""
    return saver(f'kind = "{kind}"\n')


def test_assets_and_inflation_have_the_moments_believed_within_four_standard_errors() -> None:
    one = saver("[market.correlations]\nstocks_bonds = 0.2\nstocks_inflation = -0.3\nbonds_inflation = -0.4\n")
    rates = asset_rates(one, YEARS, PATHS, 3)
    means, deviations = means_and_deviations(one.market)
    off = rates - means
    count = PATHS * YEARS
    for series in range(4):
        drawn = off[:, :, series]
        assert abs(drawn.mean()) < STANDARD_ERRORS * deviations[series] / np.sqrt(count)
        squares = drawn**2
        error = squares.std() / np.sqrt(count)
        assert abs(squares.mean() - deviations[series] ** 2) < STANDARD_ERRORS * error
        paired = drawn[:, 1:] * drawn[:, :-1]  # years are independent
        assert abs(paired.mean()) < STANDARD_ERRORS * paired.std() / np.sqrt(paired.size)
    believed = correlations_of(one.market)
    assert believed[0, 3] == believed[3, 0] == -0.3
    for first in range(4):
        for second in range(first):
            products = off[:, :, first] * off[:, :, second] / (deviations[first] * deviations[second])
            error = products.std() / np.sqrt(count)
            assert abs(products.mean() - believed[first, second]) < STANDARD_ERRORS * error, (first, second)


def test_returns_of_a_year_go_with_the_inflation_that_the_next_years_prices_show() -> None:
    one = saver("[market.correlations]\nstocks_inflation = -0.6\n")
    market = draw_household_market(one, START, 30, 5_000, 1)
    inflation = market.levels[:, 1:, PRICES] / market.levels[:, :-1, PRICES] - 1.0
    same = np.corrcoef(market.returns[:, :-1, 0].ravel(), inflation.ravel())[0, 1]
    late = np.corrcoef(market.returns[:, 1:, 0].ravel(), inflation.ravel())[0, 1]
    assert same < -0.5
    assert abs(late) < 0.02


def test_correlations_that_contradict_one_another_are_refused() -> None:
    one = saver("[market.correlations]\nstocks_bonds = 0.9\nstocks_cash = 0.9\nbonds_cash = -0.9\n")
    with pytest.raises(InputError, match="contradict one another"):
        draw_household_market(one, START, 3, 2, 1)


def test_the_default_assets_make_the_default_portfolio_of_sixty_percent_stocks() -> None:
    # the beliefs of the two ways to write a file agree: mean 6%, deviation 12%
    one = saver(mixes='[[mixes]]\nname = "usual"\nstocks = 0.6\nbonds = 0.4\n')
    returns = draw_household_market(one, START, YEARS, PATHS, 1).returns
    assert returns.mean() == pytest.approx(one.market.mean_return, abs=0.002)
    assert returns.std() == pytest.approx(one.market.deviation, abs=0.002)


def test_default_deviations_and_correlations_are_those_of_the_past_years() -> None:
    rates, market = history().rates, saver().market
    found = np.corrcoef(rates.T)
    assert correlations_of(market) == pytest.approx(found, abs=0.05)
    assert (market.stocks.deviation, market.bonds.deviation) == pytest.approx(rates[:, :2].std(axis=0), abs=0.005)


def past_years() -> dict[int, dict[str, float]]:
    """The table, read as a person would."""
    text = resources.files("rothwell.lifetime").joinpath("tables/annual_returns.csv").read_text()
    rows = csv.DictReader(text.splitlines())
    return {int(row["year"]): {key: float(value) / 100 for key, value in row.items()} for row in rows}


def test_past_years_are_repeated_in_their_order_from_each_start_year_on() -> None:
    table = past_years()
    assert (min(table), max(table), len(table)) == (1928, 2025, 98)
    rates = sequences(200, 60, None)
    for path, year in ((0, 0), (0, 59), (38, 5), (97, 0), (97, 1), (98, 0), (150, 59)):
        past = 1928 + (path + year) % 98  # after the last year comes the first
        assert rates[path, year].tolist() == [table[past][name] for name in ("stocks", "bonds", "cash", "inflation")]
    of_one = sequences(3, 30, 1966)
    assert (of_one == of_one[0]).all()
    assert of_one[0, 0, 0] == table[1966]["stocks"]


def test_blocks_keep_past_years_together_and_begin_in_each_alike() -> None:
    rates, past = blocks(4_000, 57, 5, 2), history()
    places = {row.tobytes(): place for place, row in enumerate(past.rates)}
    assert len(places) == past.years  # no two past years are the same
    place = np.array([[places[row.tobytes()] for row in path] for path in rates])
    steps = (place[:, 1:] - place[:, :-1]) % past.years
    inside = np.arange(1, 57) % 5 != 0
    assert (steps[:, inside] == 1).all()
    assert 0.9 < (steps[:, ~inside] != 1).mean() < 1.0
    begun = np.bincount(place[:, ::5].ravel(), minlength=past.years)
    expected = begun.sum() / past.years
    assert np.abs(begun - expected).max() < 4.5 * np.sqrt(expected)
    mean = rates.mean(axis=(0, 1))
    assert mean == pytest.approx(
        past.rates.mean(axis=0), abs=4 * past.rates.std(axis=0).max() / np.sqrt(4_000 * 57 / 5)
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_path_of_every_kind_keeps_its_numbers(kind: str) -> None:
    one = of_kind(kind)
    small, large = draw_household_market(one, START, 30, 100, 9), draw_household_market(one, START, 60, 1_000, 9)
    assert small.returns.tobytes() == np.ascontiguousarray(large.returns[:100, :30]).tobytes()
    assert small.levels.tobytes() == np.ascontiguousarray(large.levels[:100, :30]).tobytes()
    other = draw_household_market(one, START, 30, 100, 10)
    assert (other.returns == small.returns).all() == (kind in ("historical", "fixed"))


def test_the_start_year_of_a_history_must_be_one_of_its_years() -> None:
    one = saver('kind = "historical"\nhistorical_start = 2026\n')
    with pytest.raises(InputError, match="1928 to 2025") as caught:
        draw_household_market(one, START, 3, 1, 1)
    assert caught.value.field == "market.historical_start"


def retired_in(start: int, timing: str) -> tuple[float, Household]:
    """What 30 years of flat real spending from $1,000,000 in a Roth come to by the closed form; and the household."""
    table, grown, price, cost = past_years(), 1.0, 1.0, 0.0
    for year in range(start, start + 30):
        half = 0.5 * table[year]["stocks"] + 0.5 * table[year]["bonds"]
        if timing == "end":
            grown *= 1.0 + half
        cost += price / grown
        grown *= 1.0 + half if timing == "start" else 1.0
        price *= 1.0 + table[year]["inflation"]
    spending = 1_000_000 / cost
    market = f'kind = "historical"\nhistorical_start = {start}\nspending_timing = "{timing}"\n{FREE}'
    more = account("roth_ira", 1_000_000) + f'[spending]\nrule = "flat"\nflat_amount = {spending!r}\n'
    return spending, saver(market, to_age=89, more=more)


@pytest.mark.parametrize(("start", "timing"), [(1966, "start"), (1966, "end"), (1929, "start"), (1990, "start")])
def test_a_retirement_in_a_past_year_follows_the_closed_form_to_the_cent(start: int, timing: str) -> None:
    # g = B0 / sum(gamma_m / cumret_m). The program Owl prints 36,665.93 for 1966 to 1995, spent at the start of the
    # year, in its case "Case_bill" on the same series.
    spending, one = retired_in(start, timing)
    if (start, timing) == (1966, "start"):
        assert round(spending, 2) == 36_665.93
    flows = simulate(one, flat_law(0.3)).flows[0, 0]
    assert flows["spending"] / flows["price_level"] == pytest.approx(np.full(30, spending), abs=CENT)
    assert flows["end_roth"][-1] == pytest.approx(0.0, abs=CENT)
    assert flows["end_roth"][-2] > 10_000.0
    assert flows["income_tax"].max() == 0.0


@pytest.mark.parametrize("timing", ["start", "end"])
def test_constant_returns_pay_an_annuity_for_seventy_years_to_the_cent(timing: str) -> None:
    # PMT = B r / (1 - (1 + r)^-n), in advance divided by 1 + r
    rate, years = 0.05, 70
    payment = 1_000_000 * rate / (1 - (1 + rate) ** -years) / (1 + rate if timing == "start" else 1.0)
    text = single() + person(born=START - 51, to_age=51 + years - 1) + account("taxable", 1_000_000)
    text += f'[spending]\nrule = "flat"\nflat_amount = {payment!r}\n' + QUIET + f'spending_timing = "{timing}"\n'
    one = household(text)
    flows = simulate(one, NO_TAX, market=fixed_market(one, [rate] * years)).flows[0, 0]
    assert flows["spending"] == pytest.approx(np.full(years, payment), abs=CENT)
    assert flows["end_taxable"][-1] == pytest.approx(0.0, abs=CENT)
    year = np.arange(1, years + 1)
    left = 1_000_000 * (1 + rate) ** year - payment * ((1 + rate) ** year - 1) / rate * (
        1 + rate if timing == "start" else 1.0
    )
    assert flows["end_taxable"] == pytest.approx(left, abs=CENT)


def test_without_deviations_a_market_of_assets_is_the_fixed_one() -> None:
    quiet = "".join(
        f"[market.{name}]\nmean_return = {mean}\ndeviation = 0\n"
        for name, mean in (("stocks", 0.07), ("bonds", 0.04), ("cash", 0.03))
    )
    more = account("roth_ira", 300_000) + account("traditional_ira", 500_000) + account("taxable", 200_000)
    random = saver("inflation_deviation = 0\n" + quiet, more=more)
    fixed = saver('kind = "fixed"\n' + quiet, more=more)
    drawn = draw_household_market(random, START, 36, 20, 3)
    one, other = simulate(random, market=drawn), simulate(fixed)
    for field in ("spending", "income_tax", "end_taxable", "end_pre_tax", "end_roth"):
        assert one.flows[field] == pytest.approx(np.broadcast_to(other.flows[field], one.flows.shape), abs=CENT), field


@pytest.mark.parametrize("kind", ["bootstrap", "historical"])
def test_past_years_that_are_all_alike_make_the_fixed_market(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fixed = saver('kind = "fixed"\n')
    means, _ = means_and_deviations(fixed.market)
    alike = History(1928, np.tile(means, (98, 1)))
    monkeypatch.setattr("rothwell.lifetime.history.history", lambda: alike)
    found, expected = (draw_household_market(one, START, 40, 30, 1) for one in (of_kind(kind), fixed))
    assert found.returns == pytest.approx(expected.returns)
    assert found.levels == pytest.approx(expected.levels)


def test_a_glide_path_runs_in_straight_lines_and_then_stays() -> None:
    glide = "[[mixes.glide]]\nage = 70\nstocks = 0.3\nbonds = 0.4\ncash = 0.3\n[[mixes.glide]]\nage = 75\nbonds = 1\n"
    one = saver(mixes=HALVES + glide)
    weights = mixes_of(one, START, 36).weights
    assert weights.shape == (2, 36, 3)  # and all cash, whose return is interest
    assert weights[0, 0].tolist() == [0.5, 0.5, 0.0]
    assert weights[0, 5] == pytest.approx([0.4, 0.45, 0.15])
    assert weights[0, 10] == pytest.approx([0.3, 0.4, 0.3])
    assert weights[0, 15:] == pytest.approx(np.tile([0.0, 1.0, 0.0], (21, 1)))
    assert weights.sum(axis=2) == pytest.approx(np.ones((2, 36)))
    by_year = saver(mixes=HALVES + glide.replace("age = 70", "year = 2036").replace("age = 75", "year = 2041"))
    assert (mixes_of(by_year, START, 36).weights == weights).all()


def test_every_kind_of_account_grows_with_its_own_mix_and_fee() -> None:
    mixes = HALVES + "".join(f'[[mixes]]\nname = "{name}"\n{name} = 1\n' for name in ("stocks", "bonds", "cash"))
    held = (("taxable", "cash", 0.001), ("pre_tax_plan", "bonds", 0.002), ("traditional_ira", "halves", 0.003))
    held += (("roth_plan", "stocks", 0.004), ("roth_ira", "stocks", 0.005))
    more = "".join(account(kind, 100_000) + f'mix = "{mix}"\nfee = {fee}\n' for kind, mix, fee in held)
    more += '[spending]\nrule = "flat"\nflat_amount = 0\n'
    ann = person(to_age=61) + 'plan_on_leaving = "keep"\n'
    one = household(single() + ann + more + mixes + '[market]\nkind = "fixed"\n')
    flows = simulate(one, NO_TAX).flows[0, 0]
    grown = {"cash": 1.03, "bonds": 1.04, "stocks": 1.075, "halves": 1.0575}
    of = {kind: 100_000 * grown[mix] * (1 - fee) for kind, mix, fee in held}
    assert flows["end_pre_tax"][0] == pytest.approx(of["pre_tax_plan"] + of["traditional_ira"])
    assert flows["end_roth"][0] == pytest.approx(2 * of["roth_ira"])  # Roth money of a plan that is left rolls over
    assert flows["end_taxable"][0] == pytest.approx(of["taxable"])  # its interest is paid out and reinvested
    assert flows["interest"][0] == pytest.approx(3_000)
    assert flows["dividends"][0] == 0.0
    assert flows["agi"][0] == pytest.approx(3_000)


def test_the_mean_return_of_a_household_by_hand() -> None:
    table = past_years()
    mean = {name: sum(row[name] for row in table.values()) / 98 for name in ("stocks", "bonds")}
    assert mean_return_of(saver(mixes="")) == 0.06
    assert mean_return_of(saver()) == pytest.approx(0.5 * 0.075 + 0.5 * 0.04)
    assert mean_return_of(of_kind("bootstrap")) == pytest.approx(0.5 * (mean["stocks"] + mean["bonds"]))


def test_accounts_of_one_kind_are_held_together_by_their_balances() -> None:
    mixes = HALVES + '[[mixes]]\nname = "bonds"\nbonds = 1\n'
    more = account("roth_ira", 300_000) + account("roth_ira", 100_000) + 'mix = "bonds"\n'
    more += account("taxable", 50_000) + 'mix = "bonds"\n' + account("taxable", 50_000)
    found = mixes_of(saver(mixes=mixes, more=more), START, 5)
    assert found.weights[found.of_person[0, 4], 0] == pytest.approx([0.375, 0.625, 0.0])
    assert found.weights[found.of_taxable, 0] == pytest.approx([0.25, 0.75, 0.0])
    assert found.of_person[0, :4].tolist() == [0, 0, 0, 0]  # no account: the mix of the household


def test_fees_of_several_accounts_are_weighted_by_their_balances_kind_by_kind() -> None:
    more = account("pre_tax_plan", 300_000) + "fee = 0.01\n" + account("pre_tax_plan", 100_000) + "fee = 0.002\n"
    more += account("roth_plan", 0) + "fee = 0.003\n" + account("roth_ira", 50_000) + "fee = 0.004\n"
    more += account("roth_ira", 50_000)
    one = saver(more=more)
    row = people_records(one, mixes_of(one, START, 5))[0]
    assert row.plan_fee.tolist() == pytest.approx([0.008, 0.003, 0.008])  # after-tax money: as the plans of the person
    assert row.roth_ira_fee == pytest.approx((0.004 + 0.0005) / 2)
    assert row.ira_fee == 0.0005


def test_stocks_pay_dividends_bonds_and_cash_pay_interest() -> None:
    mixes = '[[mixes]]\nname = "three"\nstocks = 0.5\nbonds = 0.3\ncash = 0.2\n'
    more = account("taxable", 1_000_000) + '[spending]\nrule = "flat"\nflat_amount = 0\n'
    one = saver('kind = "fixed"\ndividend_yield = 0.02\nbond_yield = 0.035\n', mixes=mixes, to_age=61, more=more)
    flows = simulate(one, NO_TAX).flows[0, 0]
    assert flows["dividends"][0] == pytest.approx(0.5 * 0.02 * 1_000_000)
    assert flows["interest"][0] == pytest.approx((0.3 * 0.035 + 0.2 * 0.03) * 1_000_000)


def test_the_same_mix_under_two_names_changes_no_bit() -> None:
    more = account("roth_ira", 300_000) + account("traditional_ira", 500_000) + account("taxable", 200_000)
    twin = more.replace("[[accounts]]\n", '[[accounts]]\nmix = "twin"\n')
    mixes = HALVES + HALVES.replace("halves", "twin")
    one, other = simulate(saver(more=more)), simulate(saver(mixes=mixes, more=twin))
    assert one.flows.tobytes() == other.flows.tobytes()
