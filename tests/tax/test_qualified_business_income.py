"""The deduction for qualified business income."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from rothwell.law import Growth, figures, law_record
from rothwell.law.figures import JOINT, SEPARATE_TOGETHER, SINGLE, STATUSES, patch
from rothwell.provision import explain, kernel
from rothwell.tax.facts import Facts
from rothwell.tax.qualified_business_income import qualified_business_income, qualified_business_income_deduction
from tests.tax.build import law, worksheet
from tests.tax.test_itemized_deductions import TIMES, scaled_law

CENT = 0.01
SEED = 20_260_103
FACTS = (
    *("sstb1", "sstb2", "business_wages1", "business_wages2", "business_property1", "business_property2"),
    *("qbi_loss_carryover", "reit_dividends"),
)


def law_of_2018() -> Any:
    """The first year, in which the examples of the regulations play: its threshold is the one that is indexed since."""
    section = {
        name.partition(".")[2]: one.values.get(2018, one.values[min(one.values)])
        for name, one in figures().items()
        if name.startswith("qualified_business_income.") and "threshold" not in name
    }
    rule = figures()["qualified_business_income.threshold"].rule
    assert rule is not None
    return SimpleNamespace(qualified_business_income=SimpleNamespace(**section, threshold=rule.base))


def deduction(row: dict[str, Any]) -> Any:
    """The deduction of a row of a table; absent columns are 0."""
    of_year = law(int(row["year"])) if row["year"] > 2018 else law_of_2018()
    facts = Facts(**{name: row.get(name, 0.0) for name in FACTS})
    amounts = (row["qbi1"], row["qbi2"], row["taxable_income"], row.get("net_capital_gain", 0.0))
    return explain(qualified_business_income_deduction, facts, *amounts, row["filing_status"], of_year)[0]


@kernel
def compiled(facts: Any, qbi1: Any, qbi2: Any, income: Any, gain: Any, status: Any, law_of_year: Any) -> Any:
    """The deduction as the machine runs it."""
    return qualified_business_income_deduction(facts, qbi1, qbi2, income, gain, status, law_of_year)


def random_businesses(generator: np.random.Generator) -> tuple[Facts, float, float, float, float, int]:
    """Two businesses, some with a loss, and the taxable income and gains of a return."""
    wages = generator.lognormal(10.5, 1.0, 2) * (generator.random(2) < 0.5)
    basis = generator.lognormal(12.0, 1.0, 2) * (generator.random(2) < 0.3)
    facts = Facts(
        sstb1=float(generator.random() < 0.5),
        sstb2=float(generator.random() < 0.5),
        business_wages1=float(wages[0]),
        business_wages2=float(wages[1]),
        business_property1=float(basis[0]),
        business_property2=float(basis[1]),
        qbi_loss_carryover=float(generator.choice([0.0, 0.0, 8_000.0])),
        reit_dividends=float(generator.choice([0.0, 900.0])),
    )
    first, second = (float(amount) for amount in generator.lognormal(11.0, 1.0, 2) * generator.choice([-1, 1, 1], 2))
    income = float(generator.uniform(0.0, 700_000.0))
    gain = float(generator.choice([0.0, 30_000.0]))
    return facts, first, second, income, gain, int(generator.integers(len(STATUSES)))


@pytest.mark.parametrize("row", worksheet("form_8995_income"), ids=lambda row: row["id"])
def test_form_8995_income_examples(row: dict[str, Any]) -> None:
    deductions = (row["half_of_self_employment_tax"], row["plan_contributions"], row["health_insurance"])
    assert qualified_business_income(row["profit"], *deductions) == pytest.approx(row["income"], abs=CENT)


@pytest.mark.parametrize("row", worksheet("form_8995"), ids=lambda row: row["id"])
def test_form_8995_examples(row: dict[str, Any]) -> None:
    got = deduction(row)
    assert got.deduction == pytest.approx(row["deduction"], abs=CENT), row["source"]
    assert got.loss_carried == pytest.approx(row["loss_carried"], abs=CENT), row["source"]


@pytest.mark.parametrize("row", worksheet("form_8995a"), ids=lambda row: row["id"])
def test_form_8995a_examples(row: dict[str, Any]) -> None:
    got = deduction(row)
    assert got.deduction == pytest.approx(row["deduction"], abs=CENT), row["source"]
    assert got.loss_carried == pytest.approx(row["loss_carried"], abs=CENT), row["source"]


def test_deductions_never_turn_a_profit_into_a_loss() -> None:
    """Reg. 1.199A-3(b)(1)(vi): they count as far as the business's income lets them be deducted."""
    assert qualified_business_income(10_000.0, 700.0, 12_000.0, 0.0) == 0.0
    assert qualified_business_income(0.0, 0.0, 5_000.0, 3_000.0) == 0.0
    assert qualified_business_income(-4_000.0, 0.0, 5_000.0, 0.0) == -4_000.0


def test_a_pretax_deferral_of_the_owner_lowers_the_deduction_by_a_fifth() -> None:
    """Reg. 1.199A-3(b)(1)(vi): 24,500 in a solo 401(k) costs 4,900 of the deduction."""
    both = [qualified_business_income(90_000.0, 6_358.0, plan, 0.0) for plan in (0.0, 24_500.0)]
    got = [compiled(Facts(), qbi, 0.0, 150_000.0, 0.0, JOINT, law(2026)).deduction for qbi in both]
    assert got[0] - got[1] == pytest.approx(4_900.0)


def test_explained_and_compiled_deduction_agree() -> None:
    generator = np.random.default_rng(SEED)
    for _ in range(200):
        arguments = random_businesses(generator)
        plain, sheets = explain(qualified_business_income_deduction, *arguments, law(2026))
        assert np.array(plain) == pytest.approx(np.array(compiled(*arguments, law(2026))))
        assert all(line.law for sheet in sheets for line in sheet.lines)
        assert all(sheet.law and sheet.form for sheet in sheets)


def test_deduction_never_above_its_limits() -> None:
    """20 percent of each income, and of taxable income less gains, or the minimum deduction."""
    generator = np.random.default_rng(SEED)
    for _ in range(500):
        facts, first, second, income, gain, status = random_businesses(generator)
        got = compiled(facts, first, second, income, gain, status, law(2026)).deduction
        most = 0.2 * (max(0.0, first) + max(0.0, second) + facts.reit_dividends)
        limit = min(most, 0.2 * max(0.0, income - gain))
        assert 0.0 <= got <= max(limit, law(2026).qualified_business_income.minimum_deduction) + 1e-6


def test_below_the_threshold_wages_and_the_kind_of_business_do_not_matter() -> None:
    """IRC 199A(b)(3)(A), (d)(3)."""
    for status, top in ((SINGLE, 201_750.0), (JOINT, 403_500.0), (SEPARATE_TOGETHER, 201_775.0)):  # Rev. Proc. 2025-32
        plain = compiled(Facts(), 150_000.0, 0.0, top, 0.0, status, law(2026)).deduction
        service = Facts(sstb1=1.0, business_wages1=10_000.0)
        assert compiled(service, 150_000.0, 0.0, top, 0.0, status, law(2026)).deduction == plain == 30_000.0
        above = compiled(Facts(), 150_000.0, 0.0, top + 0.01, 0.0, status, law(2026)).deduction
        assert above == pytest.approx(plain, abs=0.01)
        assert above < plain


@pytest.mark.parametrize("year", [2025, 2026])
def test_deduction_is_continuous_in_taxable_income(year: int) -> None:
    """Without the minimum deduction: a cent of income moves the deduction by less than a dollar."""
    section = law(year).qualified_business_income
    for status in range(len(STATUSES)):
        start, length = section.threshold[status], section.phase_in_range[status]
        for income in (start, start + length, *np.linspace(10_000.0, start + 2.0 * length, 40)):
            for facts in (
                Facts(business_wages1=60_000.0),
                Facts(sstb1=1.0),
                Facts(sstb1=1.0, business_wages1=60_000.0),
            ):
                low, high = (
                    compiled(facts, 250_000.0, 90_000.0, income + step, 0.0, status, law(year)).deduction
                    for step in (-CENT, CENT)
                )
                assert abs(high - low) < 0.05


def test_more_wages_never_lower_the_deduction() -> None:
    generator = np.random.default_rng(SEED)
    for _ in range(300):
        facts, *others = random_businesses(generator)
        more = facts._replace(business_wages1=facts.business_wages1 + 5_000.0)
        got = [compiled(each, *others, law(2026)).deduction for each in (facts, more)]
        assert got[1] >= got[0] - 1e-6


def test_spouses_may_swap_their_businesses() -> None:
    generator = np.random.default_rng(SEED)
    for _ in range(200):
        facts, first, second, income, gain, _ = random_businesses(generator)
        swapped = facts._replace(
            sstb1=facts.sstb2,
            sstb2=facts.sstb1,
            business_wages1=facts.business_wages2,
            business_wages2=facts.business_wages1,
            business_property1=facts.business_property2,
            business_property2=facts.business_property1,
        )
        one = compiled(facts, first, second, income, gain, JOINT, law(2026))
        other = compiled(swapped, second, first, income, gain, JOINT, law(2026))
        assert np.array(one) == pytest.approx(np.array(other))


def test_a_loss_is_used_or_carried() -> None:
    """Below the threshold: income less losses is what the deduction rests on, or else what is carried."""
    generator = np.random.default_rng(SEED)
    for _ in range(200):
        facts, first, second, *_ = random_businesses(generator)
        facts = facts._replace(reit_dividends=0.0)
        got = compiled(facts, first, second, 190_000.0, -9e9, SINGLE, law(2025))  # no income limit
        net = first + second - facts.qbi_loss_carryover
        assert got.deduction == pytest.approx(0.2 * max(0.0, net))
        assert got.loss_carried == pytest.approx(max(0.0, -net))


@pytest.mark.parametrize("year", [2025, 2026])
def test_deduction_scales_with_every_dollar(year: int) -> None:
    generator = np.random.default_rng(SEED)
    for _ in range(100):
        facts, first, second, income, gain, status = random_businesses(generator)
        one = compiled(facts, first, second, income, gain, status, law(year))
        rates = {name: getattr(facts, name) * (1.0 if name.startswith("sstb") else TIMES) for name in FACTS}
        dollars = (TIMES * amount for amount in (first, second, income, gain))
        many = compiled(Facts(**rates), *dollars, status, scaled_law(year))
        assert np.array(many) == pytest.approx(TIMES * np.array(one), rel=1e-9, abs=1e-6)


def test_the_minimum_deduction_is_indexed_after_2026() -> None:
    """IRC 199A(i)(3): both amounts from 2025, each increase to the nearest 5."""
    assert law(2026).qualified_business_income.minimum_deduction == 400.0
    later = law(2035).qualified_business_income
    assert later.minimum_deduction > 400.0
    assert later.minimum_deduction % 5.0 == later.minimum_active_income % 5.0 == 0.0


def test_the_law_of_2017_has_no_deduction() -> None:
    record, _ = law_record(2027, {**figures(), **patch("law_of_2017")}, Growth())
    assert compiled(Facts(), 100_000.0, 0.0, 90_000.0, 0.0, SINGLE, record).deduction == 0.0
