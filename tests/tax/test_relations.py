"""What must hold between returns, whatever the amounts."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rothwell.law import Growth, figures, law_record
from rothwell.law.figures import JOINT, SINGLE, STATUSES
from rothwell.provision import explain
from rothwell.tax.facts import ALL_PARTS, parts_of
from rothwell.tax.federal import form_1040, return_by_choice
from rothwell.tax.social_security_benefits import taxable_benefits
from tests.tax.build import facts, law

DOLLARS = (
    *("wages1", "wages2", "medicare_wages1", "medicare_wages2", "taxable_interest", "tax_exempt_interest"),
    *("ordinary_dividends", "qualified_dividends", "st_gain", "lt_gain", "ira_distributions", "pension", "ss1", "ss2"),
    *("self_employment1", "self_employment2", "mortgage_interest", "charity_cash", "real_estate_tax"),
    *("state_income_tax_paid", "medical_expenses", "incentive_stock_spread", "business_wages1", "other_income"),
)
FLAGS = ("itemizes",)  # results that are no dollars
TIMES = 3.0  # every dollar of a return and of the law
SEED = 20_260_101


def random_amounts(generator: np.random.Generator, people: int) -> dict[str, float]:
    """A random return: wages, capital income, retirement income, some of it absent."""
    amounts = {name: float(generator.lognormal(10.0, 1.2) * (generator.random() < 0.4)) for name in DOLLARS}
    amounts["st_gain"] *= float(generator.choice([-1.0, 1.0]))
    amounts["lt_gain"] *= float(generator.choice([-1.0, 1.0]))
    amounts["qualified_dividends"] = min(amounts["qualified_dividends"], amounts["ordinary_dividends"])
    for name in DOLLARS:
        if name.endswith("2") and people == 1:
            amounts[name] = 0.0
    for person in ("1", "2"):
        amounts["medicare_wages" + person] = amounts["wages" + person] * float(generator.choice([1.0, 1.1]))
    amounts["age1"] = float(generator.integers(20, 95))
    amounts["age2"] = float(generator.integers(20, 95)) if people > 1 else 0.0
    amounts["n_children_u17"] = float(generator.choice([0, 0, 0, 1, 2, 3]))
    return amounts


def random_returns(count: int) -> list[tuple[int, dict[str, float]]]:
    """Random returns with their filing status."""
    generator = np.random.default_rng(SEED)
    returns = []
    for _ in range(count):
        status = int(generator.integers(len(STATUSES)))
        returns.append((status, random_amounts(generator, 2 if status == JOINT else 1)))
    return returns


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


@pytest.mark.parametrize("year", [2025, 2026])
def test_tax_scales_with_every_dollar_of_return_and_law(year: int) -> None:
    for status, amounts in random_returns(150):
        one = form_1040(facts(**amounts), status, law(year))
        times = {name: value * (TIMES if name in DOLLARS else 1.0) for name, value in amounts.items()}
        many = form_1040(facts(**times), status, scaled_law(year))
        want = {key: value * (1.0 if key in FLAGS else TIMES) for key, value in one._asdict().items()}
        assert many._asdict() == pytest.approx(want, rel=1e-9, abs=1e-6)


def test_explain_equals_the_compiled_return() -> None:
    for status, amounts in random_returns(200):
        parts = parts_of(facts(**amounts), law(2026))
        plain, sheets = explain(return_by_choice, facts(**amounts), parts, 0.0, status, law(2026))
        compiled = return_by_choice(facts(**amounts), parts, 0.0, status, law(2026))
        assert np.array(plain) == pytest.approx(np.array(compiled), rel=1e-12, abs=1e-9)
        lines = {line.name: line.value for line in sheets[0].lines}
        assert lines["line_16"] == pytest.approx(compiled.regular_tax)
        assert lines["tax_less_refundable_credits"] == pytest.approx(compiled.total_tax)


def test_every_worksheet_line_has_its_law_or_words() -> None:
    amounts = dict.fromkeys(DOLLARS, 40_000.0) | {"age1": 70.0, "age2": 66.0, "n_children_u17": 3.0}
    _, sheets = explain(return_by_choice, facts(**amounts), ALL_PARTS, 0.0, JOINT, law(2026))
    missing = [(sheet.name, line.name) for sheet in sheets for line in sheet.lines if not line.law]
    assert not missing
    assert all(sheet.law for sheet in sheets)


def test_benefits_never_taxed_above_85_percent() -> None:
    section = law(2026).benefit_taxation
    generator = np.random.default_rng(SEED)
    for status in range(len(STATUSES)):
        for _ in range(200):
            benefits, other, exempt = generator.lognormal(10.0, 1.0, 3)
            taxed = taxable_benefits(benefits, other, exempt, 0.0, status, section)
            more = taxable_benefits(benefits, other + 100.0, exempt, 0.0, status, section)
            assert 0.0 <= taxed <= 0.85 * benefits + 1e-9
            assert -1e-9 <= more - taxed <= 85.0 + 1e-9


@pytest.mark.parametrize(
    "name", ["wages1", "taxable_interest", "ira_distributions", "lt_gain", "self_employment1", "ss1"]
)
def test_tax_never_falls_as_income_rises(name: str) -> None:
    """Without children and past 64: the refundable credits rise with earnings."""
    for status, amounts in random_returns(60):
        amounts = amounts | {"n_children_u17": 0.0, "lt_gain": abs(amounts["lt_gain"]), "age1": 70.0, "age2": 0.0}
        steps = []
        for more in np.linspace(0.0, 400_000.0, 9):
            changed = amounts | {name: amounts[name] + more}
            if name == "wages1":
                changed["medicare_wages1"] = amounts["medicare_wages1"] + more
            steps.append(form_1040(facts(**changed), status, law(2026)).total_tax)
        assert np.diff(steps).min() >= -1e-6, (status, amounts)


def test_joint_returns_do_not_care_who_earns() -> None:
    """Without payroll limits of one person: wages, benefits and ages may be swapped between spouses."""
    for _, amounts in random_returns(60):
        amounts = amounts | {"self_employment1": 0.0, "self_employment2": 0.0}
        swapped = dict(amounts)
        for name in ("age", "wages", "medicare_wages", "ss"):
            swapped[name + "1"], swapped[name + "2"] = amounts[name + "2"], amounts[name + "1"]
        both = [form_1040(facts(**each), JOINT, law(2026)).agi for each in (amounts, swapped)]
        assert both[0] == pytest.approx(both[1])


def test_tax_is_continuous_in_wages_and_gains() -> None:
    """A cent more of income never costs more than a cent: no cliff stands in the return without children."""
    edges = set(law(2026).rate_schedule.bracket_top[SINGLE]) | set(np.linspace(5_000.0, 900_000.0, 200))
    for edge in sorted(edges):
        for name in ("wages1", "lt_gain"):
            income = edge + law(2026).standard_deduction.basic[SINGLE]
            low, high = (
                form_1040(facts(**{name: income + step}), SINGLE, law(2026)).total_tax for step in (-0.005, 0.005)
            )
            assert -1e-9 <= high - low < 0.01


def test_every_test_that_a_rule_names_exists() -> None:
    tests = Path(__file__).resolve().parents[1]
    rules = tests.parent / "src" / "rothwell" / "tax"
    named = {
        name for path in rules.glob("*.py") for name in re.findall(r"\btest_\w+", path.read_text(encoding="utf-8"))
    }
    written = {name for path in tests.rglob("*.py") for name in re.findall(r"def (test_\w+)", path.read_text("utf-8"))}
    assert named
    assert named <= written
