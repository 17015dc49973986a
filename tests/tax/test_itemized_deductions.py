"""Itemized deductions, their overall limit, and gifts of those who do not itemize."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from rothwell.law import Growth, figures, law_record
from rothwell.law.figures import JOINT, SEPARATE_TOGETHER, SINGLE, STATUSES, patch
from rothwell.provision import explain, kernel
from rothwell.tax.facts import Facts
from rothwell.tax.itemized_deductions import (
    charitable_gifts,
    gift_without_itemizing,
    itemized_deductions,
    medical_deduction,
    mortgage_interest_deduction,
    overall_limit,
    state_and_local_tax_limit,
)
from tests.tax.build import law, worksheet

CENT = 0.01
SEED = 20_260_102
EXPENSES = (
    *("medical_expenses", "state_income_tax_paid", "real_estate_tax", "mortgage_interest"),
    *("charity_cash", "charity_appreciated"),
)
RESULTS = {
    "medical": "medical",
    "taxes": "taxes",
    "interest": "interest",
    "gifts": "gifts",
    "gifts_carried_cash": "carried_cash",
    "gifts_carried_property": "carried_property",
}
TIMES = 3.0


def random_expenses(generator: np.random.Generator) -> dict[str, float]:
    """The expenses of a year, about half of them absent."""
    amounts = {name: float(generator.lognormal(9.5, 1.5) * (generator.random() < 0.6)) for name in EXPENSES}
    amounts["mortgage_debt"] = float(generator.choice([0.0, 500_000.0, 1_200_000.0]))
    return amounts


@cache
def scaled_law(year: int) -> Any:
    """The law of a year with every dollar figure multiplied."""
    scaled = {}
    for name, one in figures().items():
        value = one.value(year).value if one.first_year <= year else next(iter(one.values.values()))
        factor = TIMES if one.unit.startswith("USD") else 1.0
        scaled[name] = replace(one, values={year: value * factor}, rule=None, projected_years=frozenset())
    record, _ = law_record(year, scaled, Growth())
    return record


@kernel
def compiled(facts: Any, agi: Any, status: Any, law_of_year: Any) -> Any:
    """Schedule A as the machine runs it."""
    return itemized_deductions(facts, agi, status, law_of_year)


@pytest.mark.parametrize("row", worksheet("schedule_a"), ids=lambda row: row["id"])
def test_schedule_a_examples(row: dict[str, Any]) -> None:
    facts = Facts(**{name: row[name] for name in (*EXPENSES, "mortgage_debt")})
    got, _ = explain(itemized_deductions, facts, row["agi"], row["filing_status"], law(int(row["year"])))
    for name, column in RESULTS.items():
        assert getattr(got, name) == pytest.approx(row[column], abs=CENT), (name, row["source"])
    assert got.total == pytest.approx(got.medical + got.taxes + got.interest + got.gifts)


@pytest.mark.parametrize("row", worksheet("schedule_a_overall_limit"), ids=lambda row: row["id"])
def test_overall_limit_examples(row: dict[str, Any]) -> None:
    of_year = law(int(row["year"]))
    got, _ = explain(overall_limit, row["itemized"], row["taxable_income"], row["filing_status"], of_year)
    assert got == pytest.approx(row["reduction"], abs=CENT), row["source"]


def test_the_share_of_the_overall_limit_is_exactly_two_thirty_sevenths() -> None:
    """IRC 68(a)."""
    assert law(2026).itemized_deductions.reduction_share == 2.0 / 37.0


def test_explained_and_compiled_schedule_a_agree() -> None:
    generator = np.random.default_rng(SEED)
    for _ in range(100):
        facts = Facts(**random_expenses(generator))
        agi = float(generator.uniform(-20_000.0, 900_000.0))
        for status in range(len(STATUSES)):
            plain, sheets = explain(itemized_deductions, facts, agi, status, law(2026))
            assert np.array(plain) == pytest.approx(np.array(compiled(facts, agi, status, law(2026))))
            assert all(line.law for sheet in sheets for line in sheet.lines)
            assert all(sheet.law and sheet.form for sheet in sheets)


def test_medical_floor_edges() -> None:
    """IRC 213(a): 7.5 percent of 100,000 is 7,500; income below zero has no floor."""
    section = law(2026).itemized_deductions
    assert medical_deduction(7_500.0, 100_000.0, section) == 0.0
    assert medical_deduction(7_500.01, 100_000.0, section) == pytest.approx(0.01)
    assert medical_deduction(7_500.0, -10_000.0, section) == 7_500.0


def test_state_and_local_tax_limit_edges() -> None:
    """IRC 164(b)(6)(B), (7): 30 cents of a dollar from 505,000 to 606,333.33; half of it on a separate return."""
    section = law(2026).state_and_local_tax
    for status, start, end, cap, floor, rate in (
        (JOINT, 505_000.0, 505_000.0 + 30_400.0 / 0.3, 40_400.0, 10_000.0, 0.3),
        (SEPARATE_TOGETHER, 252_500.0, 252_500.0 + 30_400.0 / 0.3, 20_200.0, 5_000.0, 0.15),
    ):
        assert state_and_local_tax_limit(start, status, section) == cap
        assert state_and_local_tax_limit(start + 0.01, status, section) == pytest.approx(cap - 0.01 * rate)
        assert state_and_local_tax_limit(end - 0.01, status, section) == pytest.approx(floor + 0.01 * rate)
        assert state_and_local_tax_limit(end + 0.01, status, section) == floor
        assert state_and_local_tax_limit(5e6, status, section) == floor


def test_state_and_local_tax_limit_of_the_years_without_a_phase_down() -> None:
    """IRC 164(b)(6)(B) to 2024 and 164(b)(7)(A)(v) from 2030: 10,000, and 5,000 on a separate return."""
    for year in (2024, 2030, 2040):
        section = law(year).state_and_local_tax
        for agi in (0.0, 400_000.0, 5e6):
            assert state_and_local_tax_limit(agi, JOINT, section) == 10_000.0
            assert state_and_local_tax_limit(agi, SEPARATE_TOGETHER, section) == 5_000.0


def test_interest_is_scaled_only_above_the_debt_limit() -> None:
    """Pub. 936 (2025), Table 1, line 12; 0 says that the debt is within the limit."""
    section = law(2026).itemized_deductions
    assert mortgage_interest_deduction(30_000.0, 0.0, SINGLE, section) == 30_000.0
    assert mortgage_interest_deduction(30_000.0, 750_000.0, SINGLE, section) == 30_000.0
    above = mortgage_interest_deduction(30_000.0, 750_000.01, SINGLE, section)
    assert above == pytest.approx(30_000.0, abs=0.001)
    assert above < 30_000.0


def test_gifts_are_deducted_carried_or_lost_to_the_floor() -> None:
    """Of each gift nothing is counted twice; what is neither deducted nor carried is at most the floor."""
    generator = np.random.default_rng(SEED)
    section = law(2026).itemized_deductions
    for _ in range(500):
        agi = float(generator.uniform(0.0, 400_000.0))
        cash, appreciated = (float(amount) for amount in generator.lognormal(10.5, 1.5, 2))
        got = charitable_gifts(cash, appreciated, agi, section)
        lost = cash + appreciated - got.deduction - got.carried_cash - got.carried_property
        assert -1e-6 <= lost <= 0.005 * agi + 1e-6
        assert 0.0 <= got.carried_cash <= cash + 1e-6
        assert 0.0 <= got.carried_property <= appreciated + 1e-6
        if cash > 0.6 * agi or appreciated > 0.3 * agi:
            assert lost == pytest.approx(0.0, abs=1e-6)  # 170(d)(1)(C): a year with an excess loses nothing


def test_gifts_at_their_ceilings_to_the_cent() -> None:
    """IRC 170(b)(1)(C), (G) and (I) for 2026, AGI 100,000: 60,000 of cash, 30,000 of property, a floor of 500."""
    section = law(2026).itemized_deductions
    at = charitable_gifts(60_000.0, 0.0, 100_000.0, section)
    assert (at.deduction, at.carried_cash) == (59_500.0, 0.0)
    above = charitable_gifts(60_000.01, 0.0, 100_000.0, section)
    assert above.deduction == 59_500.0
    assert above.carried_cash == pytest.approx(500.01)  # an excess of a cent saves what the floor takes
    at = charitable_gifts(0.0, 30_000.0, 100_000.0, section)
    assert (at.deduction, at.carried_property) == (29_500.0, 0.0)
    assert charitable_gifts(500.0, 0.0, 100_000.0, section).deduction == 0.0
    assert charitable_gifts(500.01, 0.0, 100_000.0, section).deduction == pytest.approx(0.01)
    assert charitable_gifts(0.0, 0.0, 100_000.0, section).deduction == 0.0


def test_no_floor_under_gifts_before_2026() -> None:
    """P.L. 119-21, section 70425(d): years after 2025."""
    section = law(2025).itemized_deductions
    assert charitable_gifts(600.0, 0.0, 150_000.0, section).deduction == 600.0


def test_more_of_any_expense_never_lowers_the_total() -> None:
    generator = np.random.default_rng(SEED)
    for _ in range(100):
        amounts = random_expenses(generator)
        agi = float(generator.uniform(0.0, 900_000.0))
        status = int(generator.integers(len(STATUSES)))
        before = compiled(Facts(**amounts), agi, status, law(2026))
        for name in EXPENSES:
            after = compiled(Facts(**amounts | {name: amounts[name] + 700.0}), agi, status, law(2026))
            assert -1e-6 <= after.total - before.total <= 700.0 + 1e-6


@pytest.mark.parametrize("year", [2025, 2026])
def test_itemized_deductions_scale_with_every_dollar(year: int) -> None:
    generator = np.random.default_rng(SEED)
    for _ in range(50):
        amounts = random_expenses(generator)
        agi = float(generator.uniform(0.0, 900_000.0))
        status = int(generator.integers(len(STATUSES)))
        one = compiled(Facts(**amounts), agi, status, law(year))
        times = Facts(**{name: TIMES * value for name, value in amounts.items()})
        many = compiled(times, TIMES * agi, status, scaled_law(year))
        assert np.array(many) == pytest.approx(TIMES * np.array(one))
        income = (one.total, agi - one.total)
        scaled = overall_limit(TIMES * income[0], TIMES * income[1], status, scaled_law(year))
        assert scaled == pytest.approx(TIMES * overall_limit(*income, status, law(year)))


@pytest.mark.parametrize("status", range(len(STATUSES)), ids=STATUSES)
def test_overall_limit_edges(status: int) -> None:
    """IRC 68(a): nothing to the start of the 37 percent bracket, then 2/37 of each dollar up to the deductions."""
    top = law(2026).rate_schedule.bracket_top[status, 5]
    assert overall_limit(50_000.0, top - 50_000.0, status, law(2026)) == 0.0
    assert overall_limit(50_000.0, top - 50_000.0 + 0.37, status, law(2026)) == pytest.approx(0.02)
    most = 50_000.0 * 2.0 / 37.0
    assert overall_limit(50_000.0, top, status, law(2026)) == pytest.approx(most)
    assert overall_limit(50_000.0, 10.0 * top, status, law(2026)) == pytest.approx(most)
    assert overall_limit(0.0, 10.0 * top, status, law(2026)) == 0.0
    assert overall_limit(50_000.0, -90_000.0, status, law(2026)) == 0.0


def test_gift_without_itemizing_edges() -> None:
    """IRC 170(p): 1,000, joint 2,000, within 60 percent of AGI, without the floor; nothing before 2026."""
    assert gift_without_itemizing(900.0, 300_000.0, SINGLE, law(2026)) == 900.0
    assert gift_without_itemizing(1_000.01, 300_000.0, SINGLE, law(2026)) == 1_000.0
    assert gift_without_itemizing(5_000.0, 300_000.0, JOINT, law(2026)) == 2_000.0
    assert gift_without_itemizing(5_000.0, 300_000.0, SEPARATE_TOGETHER, law(2026)) == 1_000.0
    assert gift_without_itemizing(1_000.0, 1_000.0, SINGLE, law(2026)) == 600.0
    assert gift_without_itemizing(1_000.0, -5_000.0, SINGLE, law(2026)) == 0.0
    assert gift_without_itemizing(5_000.0, 300_000.0, JOINT, law(2025)) == 0.0
    assert gift_without_itemizing(5_000.0, 300_000.0, JOINT, law(2035)) == 2_000.0  # not indexed


def test_the_law_of_2017_knows_no_limit_on_taxes_and_no_floor_under_gifts() -> None:
    """IRC 164(a), 163(h)(3)(B)(ii) and 170(b)(1)(A) of 2017: 60,000 of taxes, 1,000,000 of debt, 50 percent of AGI."""
    record, _ = law_record(2027, {**figures(), **patch("law_of_2017")}, Growth())
    facts = Facts(
        real_estate_tax=60_000.0, mortgage_interest=40_000.0, mortgage_debt=1_000_000.0, charity_cash=450_000.0
    )
    got = compiled(facts, 800_000.0, JOINT, record)
    assert (got.taxes, got.interest, got.gifts, got.gifts_carried_cash) == (60_000.0, 40_000.0, 400_000.0, 50_000.0)
    assert overall_limit(got.total, 800_000.0, JOINT, record) == 0.0
    assert gift_without_itemizing(1_000.0, 800_000.0, JOINT, record) == 0.0
