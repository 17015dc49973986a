"""The ledger of Roth money: official examples, edges, a second ledger on random histories, and planted faults."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rothwell.errors import InputError
from rothwell.law import law_for
from rothwell.mega_backdoor import designated_roth, roth_basis, roth_money, roth_rules
from rothwell.mega_backdoor.designated_roth import DesignatedRoth
from rothwell.mega_backdoor.roth_basis import RothIras, distributions_of_year
from rothwell.mega_backdoor.roth_money import ConversionLayer, Exempt, Layers, Payment
from tests.mega_backdoor.roth_histories import Differs, check_lives

WORKSHEETS = Path(__file__).parents[1] / "worksheets"
HISTORIES = 5_000
CENT = 0.005


def rows(name: str) -> list[Any]:
    """The examples of a worksheet as parameters."""
    found = csv.DictReader((WORKSHEETS / name).read_text(encoding="utf-8").splitlines())
    return [pytest.param(row, id=row["example"]) for row in found]


def layers(text: str) -> Layers:
    """`2016:60000+20000;2017:...` as conversion layers."""
    parts = [one.replace(":", "+").split("+") for one in text.split(";") if one]
    return tuple(ConversionLayer(int(year), float(taxable), float(untaxed)) for year, taxable, untaxed in parts)


@pytest.mark.parametrize("row", rows("roth_ira.csv"))
def test_official_roth_ira_examples(row: dict[str, str]) -> None:
    iras = RothIras(
        int(row["first_year"]), float(row["value"]), float(row["contributions"]), (), layers(row["conversions"])
    )
    payment = Payment(float(row["amount"]), int(row["year"]), float(row["age"]))
    found, left = iras.distributed(payment)
    assert found.from_contributions == pytest.approx(float(row["from_contributions"]), abs=CENT)
    taxed = sum(layer.taxable for layer in found.from_conversions)
    untaxed = sum(layer.untaxed for layer in found.from_conversions)
    assert taxed == pytest.approx(float(row["from_taxed_conversions"]), abs=CENT)
    assert untaxed == pytest.approx(float(row["from_untaxed_conversions"]), abs=CENT)
    for name in ("from_earnings", "income", "recapture"):
        assert getattr(found, name) == pytest.approx(float(row[name]), abs=CENT), name
    assert found.additional_tax.line_4 == pytest.approx(float(row["additional_tax"]), abs=CENT)
    assert left.value == pytest.approx(iras.value - payment.amount, abs=CENT)


@pytest.mark.parametrize("row", rows("designated_roth.csv"))
def test_official_designated_roth_examples(row: dict[str, str]) -> None:
    plan = DesignatedRoth(int(row["first_year"]), float(row["value"]), float(row["basis"]), layers(row["conversions"]))
    payment = Payment(float(row["amount"]), int(row["year"]), float(row["age"]))
    found, left = plan.distributed(payment, float(row["rolled_over"]), row["direct"] == "yes")
    assert found.qualified is (row["qualified"] == "yes")
    assert found.basis == pytest.approx(float(row["basis_out"]), abs=CENT)
    assert found.earnings == pytest.approx(float(row["earnings_out"]), abs=CENT)
    assert found.income == pytest.approx(float(row["income"]), abs=CENT)
    assert found.recapture == pytest.approx(float(row["recapture"]), abs=CENT)
    iras = RothIras().received(found.rollover, payment.year)
    assert iras.contributions == pytest.approx(float(row["rollover_first_layer"]), abs=CENT)
    assert iras.earnings == pytest.approx(float(row["rollover_earnings"]), abs=CENT)
    assert (left.value, left.basis) == pytest.approx((float(row["left_value"]), float(row["left_basis"])), abs=CENT)


@pytest.mark.parametrize(("year", "qualified"), [(2025, False), (2026, True)])
def test_a_plan_s_five_years_end_with_the_fifth(year: int, qualified: bool) -> None:
    """IRC 402A(d)(2)(B): contributions from 2021 on, so 2021 to 2025 are the five taxable years."""
    plan = DesignatedRoth(2021, 20_000.0, 15_000.0, ())
    assert plan.is_qualified(Payment(1_000.0, year, 62.0)) is qualified


@pytest.mark.parametrize("name", ["roth_ira.csv", "designated_roth.csv"])
def test_every_roth_example_has_a_source(name: str) -> None:
    examples = [one.values[0] for one in rows(name)]
    assert all(row["source"] for row in examples)
    assert len({row["example"] for row in examples}) == len(examples)


def test_the_roth_ira_after_a_rollover_has_its_own_five_years() -> None:
    """Example E10: the plan's years do not come along; earnings are free in the fifth year after, Reg. 1.408A-10."""
    rollover = DesignatedRoth(2010, 50_000.0, 30_000.0).distributed(Payment(50_000.0, 2018, 62.0), 50_000.0)[0].rollover
    iras = RothIras().received(rollover, 2018).grown(4_000.0)
    assert iras.distributed(Payment(54_000.0, 2022, 66.0))[0].income == pytest.approx(4_000.0)
    assert iras.distributed(Payment(54_000.0, 2023, 67.0))[0].income == 0.0
    assert RothIras().contributed(1.0, 2005).received(rollover, 2018).five_years_over(2018)


def test_exactly_five_tax_years() -> None:
    """IRC 408A(d)(2)(B): a first contribution for 2021, also one made in April 2022, ends the period with 2025."""
    iras = RothIras().contributed(5_000.0, 2021).grown(1_000.0)
    assert [iras.five_years_over(year) for year in (2021, 2025, 2026)] == [False, False, True]
    assert not RothIras().five_years_over(2050)
    plan = DesignatedRoth().contributed(5_000.0, 2021)
    assert [plan.five_years_over(year) for year in (2025, 2026)] == [False, True]


def test_the_day_of_59_and_a_half_decides() -> None:
    """IRC 408A(d)(2)(A)(i), 72(t)(2)(A)(i): the age on the day of payment."""
    iras = RothIras(2015, 30_000.0, 10_000.0)
    before, _ = iras.distributed(Payment(30_000.0, 2026, 59.0 + 5 / 12))
    after, _ = iras.distributed(Payment(30_000.0, 2026, 59.5))
    assert (before.income, before.additional_tax.line_4) == (20_000.0, pytest.approx(2_000.0))
    assert (after.income, after.additional_tax.line_4, after.qualified) == (0.0, 0.0, 30_000.0)


def test_each_conversion_has_its_own_five_years() -> None:
    """Reg. 1.408A-6 Q&A-5(c)."""
    iras = RothIras().converted(2021, 10_000.0, 0.0).converted(2024, 10_000.0, 5_000.0)
    assert iras.distributed(Payment(25_000.0, 2025, 50.0))[0].recapture == 20_000.0
    assert iras.distributed(Payment(25_000.0, 2026, 51.0))[0].recapture == 10_000.0
    assert iras.distributed(Payment(25_000.0, 2029, 54.0))[0].recapture == 0.0


def test_a_december_conversion_comes_before_january_earnings() -> None:
    """Reg. 1.408A-6 Q&A-8, 9: the order is that of the end of the year; payments of a year are taken together."""
    iras = RothIras(2010, 12_000.0, 1_000.0).converted(2026, 0.0, 9_000.0)
    records, left = distributions_of_year(iras, [Payment(4_000.0, 2026, 45.0), Payment(8_000.0, 2026, 45.9)])
    assert [one.income for one in records] == [0.0, pytest.approx(2_000.0)]
    assert left.value == pytest.approx(9_000.0)


def test_a_first_home_is_qualified_up_to_the_lifetime_limit() -> None:
    """IRC 408A(d)(5), 72(t)(8)(B): 10,000 in a life; before the five years are over it only spares the 10% tax."""
    iras = RothIras(2015, 40_000.0, 5_000.0)
    first, left = iras.distributed(Payment(12_000.0, 2026, 35.0, first_home=7_000.0))
    assert (first.qualified, first.income) == (7_000.0, 0.0)
    second, last = left.distributed(Payment(10_000.0, 2026, 35.0, first_home=10_000.0))
    assert (second.qualified, second.income, last.first_home) == (3_000.0, 7_000.0, 10_000.0)
    young, _ = RothIras(2024, 40_000.0, 5_000.0).distributed(Payment(17_000.0, 2026, 35.0, first_home=12_000.0))
    assert (young.qualified, young.income) == (0.0, 12_000.0)
    assert young.additional_tax.line_4 == pytest.approx(200.0)
    assert young.additional_tax.exceptions == (Exempt("first home", 10_000.0),)


def test_exceptions_reduce_the_additional_tax() -> None:
    """IRC 72(t)(2): medical, death, disability; line 2 is never above line 1 of Form 5329."""
    iras = RothIras(2024, 30_000.0, 10_000.0)
    medical = (Exempt("medical", 5_000.0),)
    assert iras.distributed(Payment(30_000.0, 2026, 50.0, exceptions=medical))[0].additional_tax.line_4 == 1_500.0
    lavish = (Exempt("medical", 50_000.0),)
    found = iras.distributed(Payment(30_000.0, 2026, 50.0, exceptions=lavish))[0].additional_tax
    assert (found.line_1, found.line_2, found.line_4) == (20_000.0, 20_000.0, 0.0)
    disabled = iras.distributed(Payment(30_000.0, 2026, 50.0, disabled=True))[0]
    assert (disabled.income, disabled.additional_tax.line_4) == (20_000.0, 0.0)
    dead = replace(iras, first_year=2015).distributed(Payment(30_000.0, 2026, 50.0, after_death=True))[0]
    assert (dead.income, dead.qualified) == (0.0, 30_000.0)


def test_an_exception_of_plans_does_not_help_an_ira() -> None:
    """IRC 72(t)(3)(A): separation at 55 is for the plan; the rollover loses it. Education is for IRAs alone."""
    plan = DesignatedRoth(2024, 20_000.0, 10_000.0)
    left_job = Payment(20_000.0, 2026, 56.0, separated_at=55.0)
    assert plan.distributed(left_job)[0].additional_tax.line_4 == 0.0
    assert plan.distributed(replace(left_job, separated_at=54.0))[0].additional_tax.line_4 == pytest.approx(1_000.0)
    assert RothIras(2024, 20_000.0, 10_000.0).distributed(left_job)[0].additional_tax.line_4 == pytest.approx(1_000.0)
    school = Payment(20_000.0, 2026, 40.0, exceptions=(Exempt("education", 10_000.0),))
    assert plan.distributed(school)[0].additional_tax.line_4 == pytest.approx(1_000.0)
    assert RothIras(2024, 20_000.0, 10_000.0).distributed(school)[0].additional_tax.line_4 == 0.0


def test_the_recapture_of_an_in_plan_conversion_follows_the_money() -> None:
    """Notice 2010-84 Q&A-12, 13: no 10% at the rollover, but at a later withdrawal within the conversion's years."""
    plan = DesignatedRoth().converted_in_plan(2025, 500.0, 30_000.0).grown(2_000.0)
    moved, _ = plan.distributed(Payment(32_500.0, 2026, 45.0), 32_500.0)
    assert (moved.income, moved.additional_tax.line_4) == (0.0, 0.0)
    iras = RothIras().received(moved.rollover, 2026)
    assert (iras.contributions, iras.earnings) == (30_500.0, pytest.approx(2_000.0))
    assert iras.distributed(Payment(10_000.0, 2029, 48.0))[0].recapture == 500.0
    assert iras.distributed(Payment(10_000.0, 2029, 48.0))[0].income == 0.0
    assert iras.distributed(Payment(10_000.0, 2030, 49.0))[0].recapture == 0.0
    other = DesignatedRoth().received(moved.rollover, 2026)
    assert other.distributed(Payment(32_500.0, 2029, 48.0))[0].recapture == 500.0


def test_the_earlier_years_of_a_plan_come_along_by_direct_rollover_alone() -> None:
    """Reg. 1.402A-1 Q&A-4(b), 5(a): a 60-day rollover carries no years, and no basis into a plan."""
    old, new = DesignatedRoth(2012, 10_000.0, 6_000.0), DesignatedRoth(2024, 1_000.0, 1_000.0)
    direct, _ = old.distributed(Payment(10_000.0, 2026, 45.0), 10_000.0)
    assert new.received(direct.rollover, 2026) == DesignatedRoth(2012, 11_000.0, 7_000.0)
    indirect, _ = old.distributed(Payment(10_000.0, 2026, 45.0), 4_000.0, direct=False)
    assert new.received(indirect.rollover, 2026) == DesignatedRoth(2024, 5_000.0, 1_000.0)
    with pytest.raises(InputError, match="60 days"):
        new.received(old.distributed(Payment(10_000.0, 2026, 45.0), 4_001.0, direct=False)[0].rollover, 2026)


def test_a_whole_account_at_a_loss_takes_its_basis_to_the_next_plan() -> None:
    """Reg. 1.402A-1 Q&A-6(b)."""
    moved, left = DesignatedRoth(2020, 8_000.0, 11_000.0).distributed(Payment(8_000.0, 2026, 45.0), 8_000.0)
    assert DesignatedRoth().received(moved.rollover, 2026) == DesignatedRoth(2020, 8_000.0, 11_000.0)
    assert (left.value, left.basis) == (0.0, 0.0)


def test_nothing_in_and_nothing_out() -> None:
    nobody = RothIras().contributed(0.0, 2026).converted(2026, 0.0, 0.0)
    assert nobody == RothIras()
    record, left = nobody.distributed(Payment(0.0, 2026, 40.0))
    assert (record.income, record.recapture, record.additional_tax.line_4, left) == (0.0, 0.0, 0.0, RothIras())
    assert DesignatedRoth().converted_in_plan(2026, 0.0, 0.0) == DesignatedRoth()


@pytest.mark.parametrize(
    ("attempt", "words"),
    [
        (lambda: RothIras(value=10.0).distributed(Payment(10.01, 2026, 40.0)), "more than the Roth IRAs are worth"),
        (lambda: DesignatedRoth(value=10.0).distributed(Payment(11.0, 2026, 40.0)), "more than the account is worth"),
        (lambda: DesignatedRoth(value=10.0).distributed(Payment(5.0, 2026, 40.0), 6.0), "not within the distribution"),
        (lambda: RothIras().contributed(-1.0, 2026), "not negative"),
        (lambda: DesignatedRoth().converted_in_plan(2026, 1.0, -1.0), "not negative"),
        (lambda: Payment(float("nan"), 2026, 40.0), "not negative"),
        (lambda: Payment(1.0, 2026, 40.0, exceptions=(Exempt("medicine", 1.0),)), 'did you mean "medical"'),
        (lambda: RothIras(value=10.0).grown(-11.0), "more than the Roth IRAs are worth"),
        (lambda: DesignatedRoth(value=10.0).grown(-11.0), "more than the account is worth"),
    ],
)
def test_what_cannot_be_is_refused_in_words(attempt: Callable[[], object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        attempt()


@pytest.mark.slow
def test_the_ledger_equals_a_second_one_on_random_histories() -> None:
    """`python -m tests.mega_backdoor.roth_histories 200000` lives more of them."""
    check_lives(HISTORIES)


def wrong_order(amount: float, parts: Any, taken: Any) -> float:
    """Layers with the untaxed part first."""
    for row in range(len(parts)):
        taken[row, 0] = parts[row, 0]
        for part in (2, 1):
            taken[row, part] = min(amount, parts[row, part])
            parts[row, part] -= taken[row, part]
            amount -= taken[row, part]
    return amount


def latest_first(conversions: Layers, amount: float) -> tuple[Layers, Layers]:
    """Layers drawn from the last year on."""
    taken, left = roth_money.drawn(conversions[::-1], amount)
    return taken[::-1], left[::-1]


FAULTS = {
    "the untaxed part of a conversion first": (roth_money, "draw_layers", wrong_order),
    "the latest conversion first": (roth_basis, "drawn", latest_first),
    "a sixth year": (roth_money, "recapture", lambda taken, year, years: roth_rules.recapture(taken, year, years + 1)),
    "a fourth year": (roth_basis, "five_years_are_over", lambda first, year, years: float(0 < first <= year - 4)),
    "no five years in the plan": (designated_roth, "five_years_are_over", lambda *_: 1.0),
    "no recapture in the plan": (designated_roth, "reasons_of", lambda *_: ()),
    "basis first in the plan": (designated_roth, "basis_recovered", lambda amount, basis, _value: min(amount, basis)),
    "no earnings in the plan": (designated_roth, "basis_recovered", lambda amount, _basis, _value: amount),
    "age does not count": (roth_basis, "is_qualified", lambda over, _age, _ground, _law: over),
    "conversions of a year are not one": (roth_basis, "pooled", lambda found: tuple(found)[-1:]),
    "a later start wins": (roth_basis, "earlier", lambda first, year: max(first or 0, year)),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_noticed(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, name, wrong = FAULTS[fault]
    monkeypatch.setattr(module, name, wrong)
    with pytest.raises(Differs):
        check_lives(400)


@pytest.mark.parametrize("seed", range(40))
def test_more_money_and_later_days_never_make_it_dearer(seed: int) -> None:
    """Scaling, splitting a payment, a later age and an earlier first year: relations that hold without a figure."""
    chance = np.random.default_rng(seed)
    parts = chance.integers(0, 200, 6) * 100.0
    made = layers(f"2022:{parts[1]}+{parts[2]};2024:{parts[3]}+{parts[4]}")
    value = float(parts.sum())
    iras = RothIras(2023, value, float(parts[0]), (), made)
    amount = value * chance.random()
    whole, left = iras.distributed(Payment(amount, 2026, 50.0))
    half, rest = iras.distributed(Payment(amount / 2, 2026, 50.0))
    other, after = rest.distributed(Payment(amount / 2, 2026, 50.0))
    assert half.income + other.income == pytest.approx(whole.income, abs=CENT)
    assert half.recapture + other.recapture == pytest.approx(whole.recapture, abs=CENT)
    assert after.basis == pytest.approx(left.basis, abs=CENT)
    twice = RothIras(
        2023,
        2 * value,
        2 * parts[0],
        (),
        tuple(ConversionLayer(one.year, 2 * one.taxable, 2 * one.untaxed) for one in made),
    )
    assert twice.distributed(Payment(2 * amount, 2026, 50.0))[0].additional_tax.line_4 == pytest.approx(
        2 * whole.additional_tax.line_4, abs=CENT
    )
    for kinder in (
        iras.distributed(Payment(amount, 2026, 59.5))[0],
        iras.distributed(Payment(amount, 2027, 51.0))[0],
        replace(iras, first_year=2010).distributed(Payment(amount, 2026, 50.0))[0],
        iras.grown(1_000.0).contributed(1_000.0, 2026).distributed(Payment(amount, 2026, 50.0))[0],
    ):
        assert kinder.income <= whole.income + CENT
        assert kinder.additional_tax.line_4 <= whole.additional_tax.line_4 + CENT


def test_the_arithmetic_runs_compiled() -> None:
    """The simulator calls the same rules compiled; they give what they give as plain Python."""
    law = law_for(2026).record
    parts = np.array([[2023.0, 100.0, 50.0], [2025.0, 30.0, 20.0]])
    taken = np.zeros_like(parts)
    assert roth_rules.draw_layers(160.0, parts, taken) == 0.0
    assert taken.tolist() == [[2023.0, 100.0, 50.0], [2025.0, 10.0, 0.0]]
    assert roth_rules.recapture(taken, 2028.0, law.roth_five_years.years) == 10.0
    assert roth_rules.five_years_are_over(2021.0, 2026.0, law.roth_five_years.years) == 1.0
    assert roth_rules.is_qualified(1.0, 59.5, 0.0, law.early_distribution) == 1.0
    assert roth_rules.basis_recovered(50.0, 80.0, 100.0) == 40.0
