"""How steep the tax may be: every marginal rate is a sum that the law names, the largest among them; where the tax
jumps, the law says so.
"""

from __future__ import annotations

from itertools import product
from typing import Any, NamedTuple

import numpy as np
import pytest

from rothwell.law.figures import HEAD, JOINT, SINGLE
from rothwell.tax.alternative_minimum import tentative_minimum_tax
from rothwell.tax.child_tax_credit import child_tax_credit
from rothwell.tax.deductions import senior_deduction
from rothwell.tax.many_returns import compute
from tests.tax.build import law
from tests.tax.generated_returns import CENT, Floats, Returns, generated_returns
from tests.tax.relations_mutants import Compute, Results, computed, mutant
from tests.tax.relations_steps import all_dollars

RETURNS = 250_000  # of each family, year and status
OF_EDGES = 200_000  # for each year
OF_CODE = 3_000  # computed one by one
EXACT = 1e-9  # of a rate from the provisions
STEP = 1.0 / 16.0  # dollars, a power of two
NEAR = 1e-5  # of a rate from two taxes
BOTH_YEARS = pytest.mark.parametrize("year", [2025, 2026])
STATUSES = pytest.mark.parametrize("status", [SINGLE, HEAD, JOINT])


class Family(NamedTuple):
    """Returns of one kind: their columns, the rate that is bounded, and the item whose dollar it counts."""

    columns: dict[str, Floats]
    rate: str
    items: tuple[str, ...]


def earners(count: int, status: int, year: int) -> Family:
    """Wages and long-term gains, from where no earned-income credit is left, up to beyond every threshold."""
    random = np.random.default_rng(year + status)
    least = float(law(year).earned_income_credit.phase_out_start[0]) * 3.0
    wages = least * np.exp(random.random(count) * np.log(3e6 / least))
    gains = random.choice([0.0, 1.0, 1.0], count) * np.exp(random.uniform(5.0, 15.0, count))
    columns = {"age1": np.full(count, 40.0), "wages1": wages, "medicare_wages1": wages, "lt_gain": gains}
    return Family(columns, "rate_wages", ("wages1", "medicare_wages1"))


def retired(count: int, status: int, year: int) -> Family:
    """Benefits, distributions and gains of somebody of 70, below where investment income or minimum tax begin; benefits
    from where no credit for the elderly is left."""
    random = np.random.default_rng(year + status)
    largest = float(law(year).net_investment_income.threshold[status])
    columns = {
        "age1": np.full(count, 70.0),
        "age2": np.full(count, 70.0 if status == JOINT else 0.0),
        "ss1": random.uniform(law(year).elderly_credit.initial_amount_of_two, 70_000.0, count),
        "ira_distributions": random.uniform(0.0, 0.5 * largest, count),
        "lt_gain": random.choice([0.0, 1.0], count) * random.uniform(0.0, 0.2 * largest, count),
    }
    return Family(columns, "rate_conversion", ("ira_distributions",))


def bumps(year: int) -> list[tuple[str, float]]:
    """What a dollar more of other income adds to the tax on gains that it pushes upward, IRC 1(h)(1)."""
    zero, middle, top = law(year).capital_gains.rate
    named = [("", 0.0), ("gains at 0 to 15%", middle - zero), ("gains at 15 to 20%", top - middle)]
    return [*named, ("gains at both ends", top - zero)]


def rates_of_earners(year: int) -> dict[float, str]:
    """Every rate on a dollar of wages that the law can make, by its size."""
    record = law(year)
    minimum = record.alternative_minimum
    regular = [(f"bracket {rate:.0%}", rate) for rate in record.rate_schedule.rate]
    as_gains = [(f"deductions left for gains at {rate:.0%}", rate) for rate in record.capital_gains.rate]
    phases = [("", 1.0), (" in the phase-out", 1.0 + minimum.phase_out_rate)]
    least = [
        (f"minimum tax {rate:.0%}{words}", rate * times)
        for rate, (words, times) in product([*minimum.rate, *record.capital_gains.rate], phases)
    ]
    levies = [
        ("", 0.0),
        ("Medicare 0.9%", record.additional_medicare.rate),
        ("investment income 3.8%", record.net_investment_income.rate),
    ]
    return _sums([*regular, *as_gains, *least], bumps(year), levies)


def rates_of_retired(year: int) -> dict[float, str]:
    """Every rate on a dollar of distributions that the law can make, by its size."""
    record = law(year)
    zero, middle, top = record.capital_gains.rate
    on_income = [("no tax", 0.0), *((f"bracket {rate:.0%}", rate) for rate in record.rate_schedule.rate)]
    on_income += [("gains at 15%", middle), ("gains at 20%", top)]
    sums = _sums(on_income, bumps(year))
    benefits = record.benefit_taxation
    seniors = record.senior_deduction.rate * np.arange(3)  # of nobody, of one, of two
    shares = (0.0, benefits.half, benefits.top_share)
    found = {}
    for (rate, words), share, lost in product(sums.items(), shares, seniors):
        found[rate * (1.0 + share) * (1.0 + lost)] = f"{words}; {share:.0%} of benefits, {lost:.0%} of the deduction"
    assert zero == 0.0
    return found


def _sums(*terms: list[tuple[str, float]]) -> dict[float, str]:
    """Sums of one of each of the terms, with their names."""
    found = {}
    for chosen in product(*terms):
        words = ", ".join(word for word, _ in chosen if word)
        found[float(sum(value for _, value in chosen))] = words
    return found


def unnamed(found: Floats, named: dict[float, str], within: float) -> int:
    """How many of the rates are none that the law names."""
    known = np.sort(np.array([*named]))
    place = np.clip(np.searchsorted(known, found), 1, known.size - 1)
    apart = np.minimum(np.abs(found - known[place]), np.abs(found - known[place - 1]))
    return int((apart > within).sum())


def rates(family: Family, status: int, year: int) -> Floats:
    """The marginal rates of a family, from the provisions."""
    every = np.full(family.columns["age1"].size, status)
    return compute(family.columns, every, law(year), [family.rate])[family.rate]


@BOTH_YEARS
@STATUSES
def test_every_rate_on_wages_is_one_that_the_law_names_and_the_largest_is_the_law_s(status: int, year: int) -> None:
    """The largest with wages above the Medicare threshold: the upper minimum-tax rate on a dollar and on the exemption
    it takes away, gains pushed to the highest rate: 0.28 x 1.5 + 0.05 + 0.009 = 0.479 in 2026. With lower wages beside
    large gains, gains are pushed upward at both ends and investment income is taxed: 0.26 x 1.5 + 0.2 + 0.038 = 0.628.
    """
    family = earners(RETURNS, status, year)
    found = rates(family, status, year)
    assert unnamed(found, rates_of_earners(year), EXACT) == 0
    record = law(year)
    lower, upper = record.alternative_minimum.rate * (1.0 + record.alternative_minimum.phase_out_rate)
    zero, middle, top = record.capital_gains.rate
    above = family.columns["wages1"] > record.additional_medicare.threshold[status]
    assert found[above].max() == pytest.approx(upper + top - middle + record.additional_medicare.rate, abs=EXACT)
    assert found.max() == pytest.approx(lower + top - zero + record.net_investment_income.rate, abs=EXACT)


@BOTH_YEARS
@STATUSES
def test_every_rate_of_the_retired_is_one_that_the_law_names(status: int, year: int) -> None:
    found = rates(retired(RETURNS, status, year), status, year)
    assert unnamed(found, rates_of_retired(year), EXACT) == 0


@BOTH_YEARS
def test_the_steepest_rate_of_a_single_retiree_is_the_law_s(year: int) -> None:
    """(12% + 15% on gains pushed out of the zero rate) x 1.85 x 1.06 = 0.5295: benefits and the senior deduction."""
    record = law(year)
    gains = record.capital_gains.rate
    steepest = (record.rate_schedule.rate[1] + gains[1] - gains[0]) * (1.0 + record.benefit_taxation.top_share)
    found = rates(retired(4 * RETURNS, SINGLE, year), SINGLE, year)
    assert found.max() == pytest.approx(steepest * (1.0 + record.senior_deduction.rate), abs=EXACT)


def differences(compute_all: Compute, family: Family, status: int, year: int) -> Floats:
    """The rates from two taxes, where no kink lies between."""
    returns = Returns(family.columns, np.full(family.columns["age1"].size, status))
    here, more, most = (
        compute_all(returns.add(step, *family.items), law(year))["total_tax"] for step in (0.0, STEP, 2.0 * STEP)
    )
    smooth = np.abs((most - more) - (more - here)) < NEAR * STEP
    return np.asarray((more - here)[smooth] / STEP)


@pytest.mark.parametrize(
    ("rule", "right", "wrong", "family", "named"),
    [
        (tentative_minimum_tax, "section.phase_out_rate * over", "0.25 * over", earners, rates_of_earners),
        (senior_deduction, "law.rate * line_33", "0.05 * line_33", retired, rates_of_retired),
    ],
    ids=["phase-out of the exemption", "rate of the senior deduction"],
)
def test_a_rate_that_no_law_names_is_found(rule: Any, right: str, wrong: str, family: Any, named: Any) -> None:
    few = family(OF_CODE, SINGLE, 2026)
    assert unnamed(differences(mutant(rule, right, wrong), few, SINGLE, 2026), named(2026), NEAR) > 0
    assert unnamed(differences(mutant(rule, right, right), few, SINGLE, 2026), named(2026), NEAR) == 0


JUMPS = {  # results of a return that may jump, with the law of the step
    "child_tax_credit": "IRC 24(b)(1): for each 1,000 dollars or fraction thereof",
    "savers_credit": "IRC 25B(b): a rate for each tier of income",
    "premium_tax_credit": "IRC 36B(c)(1)(A): none below the poverty line or above four times it",
    "earned_income_credit": "IRC 32(i): none above the limit of investment income",
    "self_employment_tax": "IRC 1402(b)(2): none below 400 dollars of net earnings",
    "ira_deduction": "IRC 219(g)(2)(B), (C): in steps of 10 dollars, at least 200",
    "qbi_deduction": "IRC 199A(i): at least 400 dollars from 1,000 of qualified income on",
}
TAX_OF_A_JUMP = 1.0  # dollars of tax for a dollar of these results, at most
BOUND = 3.0  # dollars of tax for a dollar of income, at most, whatever it is


def jumping(compute_all: Compute, returns: Returns, year: int, item: str) -> tuple[int, Results, Results]:
    """Returns whose tax moves by more than a cent of income can, beyond what the listed results jump."""
    before = compute_all(returns.add(-CENT / 2.0, item), law(year))
    after = compute_all(returns.add(CENT / 2.0, item), law(year))
    moved = np.abs(after["total_tax"] - before["total_tax"])
    of_steps = sum(np.abs(after[name] - before[name]) for name in JUMPS)
    noise = 1e-8 + 4e-15 * all_dollars(returns)
    return int((moved > BOUND * CENT + TAX_OF_A_JUMP * of_steps + noise).sum()), before, after


@BOTH_YEARS
@pytest.mark.parametrize("item", ["pension", "lt_gain", "ss1"])
def test_the_tax_jumps_only_where_the_law_says(item: str, year: int) -> None:
    """The returns stand on thresholds of the law, to the cent."""
    assert jumping(computed, generated_returns(OF_EDGES, year), year, item)[0] == 0


@BOTH_YEARS
def test_the_child_credit_falls_by_its_step(year: int) -> None:
    """By 50 dollars at a time, IRC 24(b)(1), until nothing is left."""
    returns = generated_returns(OF_EDGES, year)
    _, before, after = jumping(computed, returns, year, "pension")
    fall = before["child_tax_credit"] - after["child_tax_credit"]
    steps = fall[fall > 1.0]
    step = law(year).child_tax_credit.phase_out_per_step
    assert steps.size > 20
    assert steps.max() <= step + BOUND * CENT


def test_a_jump_that_no_law_names_is_found() -> None:
    """The senior deduction ends at once where it should be phased out."""
    returns = generated_returns(OF_EDGES, 2026)
    start = law(2026).senior_deduction.magi_start[SINGLE]
    agi = computed(returns, law(2026))["agi"]
    near = (np.abs(agi - start) < CENT / 2.0) & (returns.columns["age1"] >= 65.0) & (returns.status == SINGLE)
    edge = returns.some(np.flatnonzero(near)[:OF_CODE])
    right = "law.rate * line_33"
    wrong = mutant(senior_deduction, right, "1e6 * line_33")
    assert jumping(wrong, edge, 2026, "pension")[0] > 0
    assert jumping(mutant(senior_deduction, right, right), edge, 2026, "pension")[0] == 0


def test_a_wrong_step_of_the_child_credit_is_found() -> None:
    returns = generated_returns(OF_EDGES, 2026)
    few = returns.some(np.flatnonzero(returns.columns["n_children_u17"] > 1.0)[:OF_CODE])
    right = "law.phase_out_per_step"
    _, before, after = jumping(mutant(child_tax_credit, right, "2.0 * law.phase_out_per_step"), few, 2026, "pension")
    fall = before["child_tax_credit"] - after["child_tax_credit"]
    assert fall.max() > law(2026).child_tax_credit.phase_out_per_step + BOUND * CENT
