"""No dead wires: every fact of a return and every figure of the law that a return reads changes some result."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from rothwell.law import figures
from rothwell.tax.deductions import senior_deduction
from rothwell.tax.facts import Facts
from rothwell.tax.federal import Form1040
from rothwell.tax.income import income_of
from rothwell.tax.many_returns import Prepared, compute_prepared, prepare
from tests.tax.build import law
from tests.tax.generated_returns import AGES, COUNTS, FLAGS, Returns, figures_read, generated_returns
from tests.tax.relations_law import NOT_IN_FORCE, PLACES_WITHOUT_EFFECT, WITHOUT_EFFECT
from tests.tax.relations_mutants import Compute, Results, computed, mutant

FEW, MANY = 6_000, 100_000  # returns: what changes nothing in the few is tried in the many
OF_CODE = 200  # computed one by one
MORE_DOLLARS, MORE_OF_A_RATE, MORE_YEARS = 777.77, 0.013, 1.0
A_LIMIT = {"USD": 20_000.0, "rate": 3.0, "age": 60.0}  # in place of a limit that is infinite
AFTER_INCOME = Form1040._fields[Form1040._fields.index("itemizes") :]
CHOICE = "itemizes"  # any figure may decide which deductions are cheaper
FIRST_RESULTS = {  # where a change of a section's figures may first be seen; others in adjusted gross income
    **dict.fromkeys(("rate_schedule", "alternative_minimum", "capital_gains", "personal_exemption"), AFTER_INCOME),
    **dict.fromkeys(("standard_deduction", "senior_deduction", "state_and_local_tax"), AFTER_INCOME),
    **dict.fromkeys(("itemized_deductions", "charitable_gift", "qualified_business_income"), AFTER_INCOME),
    "net_investment_income": (CHOICE, "niit"),
    "additional_medicare": (CHOICE, "additional_medicare"),
    "early_distribution": (CHOICE, "early_distribution_tax"),
    **dict.fromkeys(("earned_income_credit", "medicare"), (CHOICE, "refundable_credits")),
    "elderly_credit": (CHOICE, "nonrefundable_credits", "refundable_credits", "income_tax", "child_tax_credit"),
    "savers_credit": (CHOICE, "nonrefundable_credits", "income_tax", "child_tax_credit"),
    "child_tax_credit": (CHOICE, "nonrefundable_credits", "refundable_credits"),
    "premium_tax_credit": (CHOICE, "nonrefundable_credits", "refundable_credits", "income_tax"),
    "ira_deduction": ("agi", "taxable_ira"),
    "oasdi": ("agi", "refundable_credits"),
}
FIRST_RESULTS_OF_FIGURES = {"capital_gains.loss_limit": ("agi",)}


def same(one: Results, other: Results, name: str) -> bool:
    """Whether a result is the same in every return."""
    return bool(np.array_equal(one[name], other[name], equal_nan=True))


def dead_facts(compute: Compute, returns: Returns, year: int) -> set[str]:
    """The fields of a return whose change changes no result of any return."""
    one, dead = compute(returns, law(year)), set()
    for name in Facts._fields:
        value = returns.columns[name]
        flipped = 1.0 - value if name in FLAGS else value + (1.0 if name in (*AGES, *COUNTS) else MORE_DOLLARS)
        changed = compute(returns.change(**{name: flipped}), law(year))
        if all(same(one, changed, result) for result in one):
            dead.add(name)
    return dead


def moved(value: float, unit: str) -> float:
    """Another value of a figure."""
    kind = "USD" if unit.startswith("USD") else "rate" if unit == "rate" else "age"
    if np.isinf(value):
        return A_LIMIT[kind]
    return value + {"USD": MORE_DOLLARS, "rate": MORE_OF_A_RATE * max(1.0, value), "age": MORE_YEARS}[kind]


def places(name: str, year: int) -> list[tuple[tuple[int, ...], Any]]:
    """Each place of a figure, and the whole figure with another value there."""
    section, _, field = name.partition(".")
    value: NDArray[np.float64] = np.array(law(year)[section][field], dtype=float)
    found = []
    for place in np.ndindex(value.shape):
        changed = value.copy()
        changed[place] = moved(float(value[place]), figures()[name].unit)
        found.append((place, changed if value.shape else float(changed)))
    return found


def first_changed(name: str, value: Any, count: int, year: int) -> str:
    """The first result that changes with another value of a figure, none where no result of any return does."""
    one, prepared = true_results(count, year)
    section, _, field = name.partition(".")
    record = law(year).copy()
    record[section][field] = value
    many = compute_prepared(prepared, record, Form1040._fields, threads=1)
    return next((result for result in one if not same(one, many, result)), "")


@cache
def true_results(count: int, year: int) -> tuple[Results, Prepared]:
    """The results of generated returns by the true law, and the returns prepared."""
    returns = generated_returns(count, year)
    return computed(returns, law(year)), prepare(returns.columns, returns.status, law(year))


def may_be_dead(name: str, place: tuple[int, ...], year: int) -> bool:
    """Whether a place of a figure is listed as one without effect."""
    listed = name in WITHOUT_EFFECT or name in NOT_IN_FORCE[year]
    return listed or place in PLACES_WITHOUT_EFFECT.get(name, ((), ""))[0]


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_field_of_a_return_changes_a_result(year: int) -> None:
    assert dead_facts(computed, generated_returns(FEW, year), year) == set()


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_number_of_the_law_changes_a_result_and_the_right_one_first(year: int) -> None:
    dead, alive, misplaced = [], [], []
    for name in figures_read():
        right = FIRST_RESULTS_OF_FIGURES.get(name, FIRST_RESULTS.get(name.partition(".")[0], ("agi",)))
        for place, value in places(name, year):
            first = first_changed(name, value, FEW, year)
            if may_be_dead(name, place, year):
                alive += [(name, place, first)] if first else []
                continue
            first = first or first_changed(name, value, MANY, year)
            dead += [] if first else [(name, place)]
            misplaced += [(name, place, first)] if first and first not in right else []
    assert not dead
    assert not misplaced
    assert not alive, "listed as without effect, but with one"


def test_a_field_that_is_not_wired_is_found() -> None:
    returns = generated_returns(OF_CODE, 2026)
    right = "facts.pension  # pensions and annuities, 72(a), 402(a)"
    assert dead_facts(mutant(income_of, right, "0.0"), returns, 2026) >= {"pension"}
    assert "pension" not in dead_facts(mutant(income_of, right, right), returns, 2026)


def test_a_figure_that_is_not_wired_is_found() -> None:
    """The rule has the rate of the senior deduction in its code."""
    returns = generated_returns(10 * OF_CODE, 2026)
    record = law(2026).copy()
    record["senior_deduction"]["rate"] += MORE_OF_A_RATE
    for wrong, is_dead in (("0.06 * line_33", True), ("law.rate * line_33", False)):
        compute = mutant(senior_deduction, "law.rate * line_33", wrong)
        one, other = compute(returns, law(2026)), compute(returns, record)
        assert all(same(one, other, result) for result in one) == is_dead
