"""What strategies decide, the all-in rate, harvested gains, the order of withdrawals and the guardrails."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rothwell.household import Household
from rothwell.law import SINGLE, law_for
from rothwell.lifetime.next_dollar import return_of_year
from rothwell.lifetime.spending import within_guardrails
from rothwell.lifetime.strategies import (
    NO_BRACKET,
    NUMBERS,
    PRESETS,
    Observation,
    Strategy,
    decide,
    strategy_records,
)
from rothwell.provision import plainly
from rothwell.tax.facts import Facts, parts_of
from rothwell.tax.federal import best_return
from rothwell.tax.marginal_rates import income_related_premiums
from tests.lifetime.runs import (
    BY_NAME,
    MANY_NUMBERS,
    QUIET,
    START,
    account,
    couple,
    drawn_market,
    fixed_market,
    household,
    one_law,
    person,
    simulate,
    single,
)

PLAIN = PRESETS[0]
LIVING = '[spending]\nrule = "flat"\nflat_amount = 60_000\n'
BENEFITS = "[people.social_security]\nclaiming_age = 62\nannual_benefit = 30_000\n"


def decided(strategy: Strategy, **seen: object) -> object:
    """The action of a strategy in a year of retirement, but for what is said."""
    known = {"working": 0.0, "ages": (60.0, 0.0), "benefits": 0.0, "distributions_required": 0.0}
    record = strategy_records((strategy,), couple())[0]
    return plainly(decide)(Observation(**(known | {"after_tax_to_roth_allowed": 1.0} | seen)), record)  # type: ignore[arg-type]


def test_the_all_in_rate_follows_the_three_phases_and_work_has_none() -> None:
    assert decided(MANY_NUMBERS).conversion_rate == 0.3
    assert decided(MANY_NUMBERS, benefits=1.0).conversion_rate == 0.23
    assert decided(MANY_NUMBERS, benefits=1.0, distributions_required=1.0).conversion_rate == 0.15
    working = decided(MANY_NUMBERS, working=1.0)
    assert (working.conversion_rate, working.gain_harvest, working.deferred_share) == (0.0, 0.0, 0.0)
    assert (working.fill_bracket, working.deferred_first) == (NO_BRACKET, NO_BRACKET)


def test_roth_deferrals_change_with_the_age_of_each_worker() -> None:
    assert decided(MANY_NUMBERS, working=1.0, ages=(50.0, 49.0)).roth_deferrals == (0.8, 0.3)
    assert decided(PLAIN, working=1.0, ages=(99.0, 49.0)).roth_deferrals == (0.0, 0.0)


def test_after_tax_money_stops_where_the_law_bars_its_way_to_roth() -> None:
    assert decided(MANY_NUMBERS, working=1.0).after_tax_share == 0.6
    assert decided(MANY_NUMBERS, working=1.0, after_tax_to_roth_allowed=0.0).after_tax_share == 0.0


def test_gains_are_harvested_only_before_benefits() -> None:
    assert decided(MANY_NUMBERS).gain_harvest == 0.9
    assert decided(MANY_NUMBERS, benefits=1.0).gain_harvest == 0.0


def test_numbers_that_a_strategy_leaves_open_are_those_of_the_file() -> None:
    row = strategy_records((PLAIN, MANY_NUMBERS), couple())
    assert row["spend_to_age"].tolist() == [95.0, 97.0]
    assert row["spend_at_rate"].tolist() == [0.025, 0.03]
    assert row["deferred_weight"].tolist() == [0.75, 0.7]
    assert row["guardrail_width"].tolist() == [0.2, 0.15]


@pytest.mark.parametrize("name", NUMBERS)
def test_every_number_of_a_strategy_moves_some_flow(name: str) -> None:
    """Each number alone, put back to what brokerage has, changes the life of a couple with guardrails."""
    one = couple().model_copy(update={"spending": couple().spending.model_copy(update={"rule": "guardrails"})})
    base = replace(MANY_NUMBERS, fill_bracket=2, rate_before_claiming=0.0) if name == "fill_bracket" else MANY_NUMBERS
    base = replace(base, after_tax_share=1.0) if name == "conversion_waits" else base
    other = replace(base, **{name: getattr(PLAIN, name)})
    flows = simulate(one, "current-law", (base, other)).flows[:, 0]
    assert flows[0].tobytes() != flows[1].tobytes()


@pytest.mark.parametrize(("key", "value"), [("guardrail_width", 0.05), ("guardrail_step", 0.3)])
def test_the_numbers_of_the_guardrails_in_the_file_move_spending(key: str, value: float) -> None:
    ruled = couple().spending.model_copy(update={"rule": "guardrails"})
    one = couple().model_copy(update={"spending": ruled})
    other = couple().model_copy(update={"spending": ruled.model_copy(update={key: value})})
    market = drawn_market(one, 3)
    before, after = (simulate(each, "current-law", market=market).spending for each in (one, other))
    assert not np.array_equal(before, after, equal_nan=True)


def test_guardrails_by_hand() -> None:
    """Band of 20%, step of 10%: 100 stands between 83.33 and 125; outside it moves by 10, never past the amount."""
    guarded = plainly(within_guardrails)
    for amortized, expected in ((100.0, 100.0), (84.0, 100.0), (83.0, 90.0), (20.0, 90.0), (124.0, 100.0)):
        assert guarded(100.0, amortized, 0.2, 0.1) == pytest.approx(expected), amortized
    assert guarded(100.0, 126.0, 0.2, 0.1) == pytest.approx(110.0)
    assert guarded(100.0, 104.0, 0.01, 0.1) == 104.0
    assert guarded(100.0, 97.0, 0.01, 0.1) == 97.0


def test_spending_within_guardrails_is_last_years_until_the_band_is_left() -> None:
    """A fall of half of the market cuts spending by 10% a year toward the amortized amount; nothing else moves it."""
    rest = account("taxable", 1_000_000) + QUIET + '[spending]\nrule = "guardrails"\n'
    one = household(single() + person(to_age=95) + rest)
    spent = simulate(one, market=fixed_market(one, [0.0, -0.5])).flows[0, 0]["spending"]
    first = 1_000_000 / sum(1.025**-year for year in range(95 - 60 + 1))
    assert spent[:2] == pytest.approx([first, first])
    assert spent[2:4] == pytest.approx([0.9 * first, 0.81 * first])


def all_in(facts: Facts, converted: float) -> float:
    """The tax of 2026 and the premiums of two years later with a conversion, by the plain functions."""
    law = law_for(START).record
    more = facts._replace(ira_distributions=facts.ira_distributions + converted)
    form = plainly(best_return)(more, plainly(parts_of)(more, law), SINGLE, law)
    return float(form.total_tax + plainly(income_related_premiums)(form, more, SINGLE, law))


def retiree(born: int, gains: float, benefits: str = "") -> Household:
    """Somebody alone with tax-deferred money enough for every conversion, and taxable money with gains."""
    text = single() + "prior_magi = { 2024 = 50_000, 2025 = 50_000 }\n" + person(born=born, to_age=95) + benefits
    accounts = account("traditional_ira", 3_000_000) + account("taxable", 1_500_000, basis=1_500_000 * (1 - gains))
    market = QUIET.replace("dividend_yield = 0.0", "dividend_yield = 0.02")
    return household(text + accounts + market + LIVING)


@pytest.mark.parametrize(("born", "gains", "benefits"), [(1966, 0.0, ""), (1962, 0.6, ""), (1958, 0.3, BENEFITS)])
@pytest.mark.parametrize("rate", [0.05, 0.11, 0.2, 0.24, 0.31, 0.36])
def test_the_all_in_level_is_the_best_of_a_search_by_hand(born: int, gains: float, benefits: str, rate: float) -> None:
    """Every conversion in steps of $1,000 by the plain functions: none gains more than the one that is made."""
    one = retiree(born, gains, benefits)
    to_rate = Strategy("all_in", "", rate_before_claiming=rate, rate_after_claiming=rate, rate_after_rmds=rate)
    flows = simulate(one, "current-law", (to_rate,)).flows[0, 0, 0]
    converted = float(flows["conversion"])
    facts = return_of_year(flows, one)
    facts = facts._replace(ira_distributions=facts.ira_distributions - converted)
    nothing = all_in(facts, 0.0)

    def gained(amount: float) -> float:
        return rate * amount - (all_in(facts, amount) - nothing)

    best = max(gained(float(amount)) for amount in range(0, 700_000, 1_000))
    assert gained(converted) >= best - 1.0, (converted, gained(converted), best)


def test_nothing_is_converted_where_every_dollar_costs_more() -> None:
    one = retiree(1958, 0.3, BENEFITS.replace("30_000", "90_000"))
    flows = simulate(one, "current-law", (Strategy("low", "", rate_after_claiming=0.01),)).flows[0, 0]
    assert flows["conversion"].max() == 0.0


def test_a_conversion_by_rate_stops_a_cent_below_a_medicare_tier_that_does_not_pay() -> None:
    """42 USC 1395r(i)(3): the first tier of 2026 begins above $109,000 for somebody alone (CMS notice of 2026)."""
    one = retiree(1962, 0.0)
    flows = simulate(one, "current-law", (Strategy("low", "", rate_before_claiming=0.23),)).flows[0, 0, 0]
    assert flows["agi"] in (pytest.approx(108_999.99, abs=1e-4), pytest.approx(flows["agi"]))
    assert flows["conversion"] > 0.0


def test_harvested_gains_end_where_the_zero_rate_ends_and_cost_no_tax() -> None:
    one = retiree(1966, 0.8)
    plain, harvest = simulate(one, "current-law", (PLAIN, BY_NAME["harvest_gains"])).flows[:, 0]
    top = law_for(START).record.capital_gains.zero_rate_top[SINGLE]
    assert harvest["taxable_income"][0] == pytest.approx(top, abs=1e-5)
    assert harvest["gain_harvested"][0] > 1_000.0
    assert harvest["income_tax"][0] == plain["income_tax"][0] == 0.0
    assert harvest["end_taxable"][0] == plain["end_taxable"][0]
    step = harvest["end_taxable_basis"][0] - plain["end_taxable_basis"][0]
    assert step == pytest.approx(harvest["gain_harvested"][0])


def test_deferred_money_first_fills_its_bracket_before_anything_is_sold() -> None:
    rest = account("traditional_ira", 2_000_000) + account("taxable", 900_000) + QUIET
    one = household(single() + person(to_age=80) + rest + LIVING.replace("60_000", "120_000"))
    first, plain = simulate(one, "current-law", (BY_NAME["deferred_first"], PLAIN)).flows[:, 0]
    top = law_for(START).record.rate_schedule.bracket_top[SINGLE, 1]
    assert first["ordinary_taxable_income"][0] == pytest.approx(top, abs=1e-4)
    assert first["sold_taxable"][0] > 0.0
    assert plain["withdrawal_pre_tax"][0] == 0.0
    assert np.allclose(first["spending"][:10], plain["spending"][:10])


def test_a_share_of_what_is_needed_comes_from_deferred_money() -> None:
    rest = account("traditional_ira", 2_000_000) + account("taxable", 2_000_000) + QUIET + LIVING
    one = household(single() + person(to_age=80) + rest)
    flows = simulate(one, "current-law", (Strategy("half", "", deferred_share=0.5),)).flows[0, 0]
    assert flows["withdrawal_pre_tax"][:5] == pytest.approx(flows["sold_taxable"][:5])
    assert flows["withdrawal_pre_tax"][0] > 25_000.0


def test_gains_that_old_losses_absorb_are_harvested_besides() -> None:
    """IRC 1212(b): 60,000 of old losses meet gains first; then 49,450 of taxable income at 0% and the deduction of
    16,100 (Rev. Proc. 2025-32) are left: 125,550 of gains in all, without tax."""
    text = single() + person(born=1966, to_age=95) + account("taxable", 500_000, basis=100_000)
    text += QUIET + LIVING.replace("60_000", "20_000") + "[taxable_account]\nlong_term_loss_carryover = 60_000\n"
    flows = simulate(household(text), "current-law", (BY_NAME["harvest_gains"],)).flows[0, 0]
    assert flows["gain_realized"][0] == pytest.approx(60_000 + 49_450 + 16_100, abs=1e-4)
    assert flows["taxable_income"][0] == pytest.approx(49_450, abs=1e-4)
    assert flows["income_tax"][0] == 0.0


def test_the_dearest_rate_need_not_be_the_last_where_rates_have_drifted() -> None:
    """Before 59 1/2 only what the taxable money left could pay at the highest rate is converted: at 35%, although the
    last bracket, of 37%, has drifted to nothing."""
    text = single() + person(born=1980, to_age=60) + account("taxable", 60_000) + account("traditional_ira", 1_000_000)
    one = household(text + QUIET + LIVING.replace("60_000", "20_000"))
    laws = one_law(1, 15)
    points = np.zeros((1, 15, 8))
    points[:, :, 6] = -0.37
    fill = Strategy("fill", "", fill_bracket=4)
    flows = simulate(one, "current-law", (fill,), laws=replace(laws, points=points)).flows[0, 0]
    assert flows["conversion"][0] > 0.0
    assert flows["conversion"][0] == pytest.approx(flows["end_taxable"][0] / 0.35, abs=0.01)
