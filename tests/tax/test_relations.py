"""What must hold between returns, whatever the amounts."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from rothwell.law.figures import JOINT, STATUSES
from rothwell.provision import explain
from rothwell.tax.facts import ALL_PARTS, parts_of
from rothwell.tax.federal import return_by_choice
from rothwell.tax.social_security_benefits import taxable_benefits
from tests.tax.build import facts, law

DOLLARS = (
    *("wages1", "wages2", "medicare_wages1", "medicare_wages2", "taxable_interest", "tax_exempt_interest"),
    *("ordinary_dividends", "qualified_dividends", "st_gain", "lt_gain", "ira_distributions", "pension", "ss1", "ss2"),
    *("self_employment1", "self_employment2", "mortgage_interest", "charity_cash", "real_estate_tax"),
    *("state_income_tax_paid", "medical_expenses", "incentive_stock_spread", "business_wages1", "other_income"),
)
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


def test_explain_equals_the_compiled_return() -> None:
    for status, amounts in random_returns(200):
        parts = parts_of(facts(**amounts), law(2026))
        plain, sheets = explain(return_by_choice, facts(**amounts), parts, 0.0, status, law(2026))
        compiled = return_by_choice(facts(**amounts), parts, 0.0, status, law(2026))
        assert np.array(plain) == pytest.approx(np.array(compiled), rel=1e-12, abs=1e-9)
        form = [sheet for sheet in sheets if sheet.name in ("return_by_choice", "return_of_income")]
        lines = {line.name: line.value for sheet in form for line in sheet.lines}
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


def test_every_test_that_a_rule_names_exists() -> None:
    tests = Path(__file__).resolve().parents[1]
    rules = tests.parent / "src" / "rothwell" / "tax"
    named = {
        name for path in rules.glob("*.py") for name in re.findall(r"\btest_\w+", path.read_text(encoding="utf-8"))
    }
    written = {name for path in tests.rglob("*.py") for name in re.findall(r"def (test_\w+)", path.read_text("utf-8"))}
    assert named
    assert named <= written
