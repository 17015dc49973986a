"""What changes nothing: which spouse comes first, the order of returns, how they are computed, how items are split."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from rothwell.lanes import fields_of
from rothwell.law.figures import JOINT
from rothwell.provision import kernel
from rothwell.tax.facts import RETURN, Facts
from rothwell.tax.federal import Form1040, form_1040
from rothwell.tax.income import income_of
from rothwell.tax.ira_contributions import ira_deductions
from rothwell.tax.itemized_deductions import itemized_deductions
from rothwell.tax.many_returns import compute
from rothwell.tax.qualified_business_income import qualified_business_income_deduction
from tests.tax.build import law
from tests.tax.generated_returns import CENT, Columns, Returns, generated_returns
from tests.tax.relations_mutants import Compute, Results, computed, mutant
from tests.tax.relations_steps import all_dollars, on_a_step

RETURNS = 100_000  # for each year
ROW_BY_ROW = 20_000
OF_CODE = 2_000  # computed one by one, of which a sixth are joint
SPLIT = ("agi", "taxable_income", "total_tax")
BOTH_YEARS = pytest.mark.parametrize("year", [2025, 2026])
Rows = NDArray[np.bool_]


def swapped(columns: Columns) -> Columns:
    """The columns with the first spouse as the second and the second as the first."""
    other = {"1": "2", "2": "1"}
    pairs = [name for name in columns if name[-1] in other and name[:-1] + other[name[-1]] in columns]
    return columns | {name: columns[name[:-1] + other[name[-1]]] for name in pairs}


def unlike_when_swapped(compute: Compute, returns: Returns, year: int) -> int:
    """Joint returns of which some result differs in a bit when the spouses change places."""
    both = (returns.status == JOINT) & (returns.columns["age2"] > 0.0)  # 0 stands for a spouse of unknown age
    joint = returns.some(both)
    one = compute(joint, law(year))
    other = swapped(compute(Returns(swapped(joint.columns), joint.status), law(year)))
    return int(np.any([one[name] != other[name] for name in one], axis=0).sum())


@BOTH_YEARS
def test_spouses_may_change_places(year: int) -> None:
    assert unlike_when_swapped(computed, generated_returns(2 * RETURNS, year), year) == 0


@pytest.mark.parametrize(
    ("rule", "right", "wrong"),
    [
        (ira_deductions, "second_limit, facts.covered2,", "second_limit, facts.covered1,"),
        (income_of, "facts.self_employed_health1 + facts.self_employed_health2", "facts.self_employed_health1"),
        (qualified_business_income_deduction, "share2 * qbi2", "share1 * qbi2"),
    ],
    ids=["coverage at work", "health insurance", "share of service business"],
)
def test_a_spouse_forgotten_is_found(rule: object, right: str, wrong: str) -> None:
    returns = generated_returns(OF_CODE, 2026)
    assert unlike_when_swapped(mutant(rule, right, wrong), returns, 2026) > 0  # type: ignore[arg-type]
    assert unlike_when_swapped(mutant(rule, right, right), returns, 2026) == 0  # type: ignore[arg-type]


def unlike(one: Results, other: Results) -> int:
    """Returns of which some result differs in a bit."""
    return int(np.any([one[name] != other[name] for name in one], axis=0).sum())


@BOTH_YEARS
def test_neither_order_nor_threads_nor_chunks_change_a_bit(year: int) -> None:
    returns = generated_returns(RETURNS, year)
    once, order = computed(returns, law(year)), np.random.default_rng(1).permutation(RETURNS)
    mixed = returns.some(order)
    again = compute(mixed.columns, mixed.status, law(year), Form1040._fields, threads=2)
    assert unlike({name: values[order] for name, values in once.items()}, again) == 0
    for chunk in (slice(0, 1), slice(1, 78), slice(40_000, 40_031), slice(50_000, 90_000)):
        assert (
            unlike({name: values[chunk] for name, values in once.items()}, computed(returns.some(chunk), law(year)))
            == 0
        )
    apart = {name: np.repeat(values, 3)[::3] for name, values in returns.columns.items()}  # not one after the other
    backwards = dict(reversed(apart.items()))
    assert unlike(once, computed(Returns(backwards, returns.status), law(year))) == 0


@kernel
def row_by_row(records, status, law, results):  # type: ignore[no-untyped-def]
    """Each return by itself."""
    for row in range(status.size):
        form = form_1040(fields_of(Facts, records[row]), status[row], law)
        for column in range(len(form)):
            results[row, column] = form[column]


def unlike_by_rows(compute: Compute, returns: Returns, year: int) -> int:
    """Returns whose results differ in a bit from those of each return by itself."""
    records = np.zeros(len(returns), RETURN)
    for name, values in returns.columns.items():
        records[name] = values
    results = np.empty((len(returns), len(Form1040._fields)))
    row_by_row(records, returns.status, law(year), results)
    return unlike(dict(zip(Form1040._fields, results.T, strict=True)), compute(returns, law(year)))


@BOTH_YEARS
def test_many_returns_are_each_return_by_itself(year: int) -> None:
    assert unlike_by_rows(computed, generated_returns(RETURNS, year).some(slice(0, ROW_BY_ROW)), year) == 0


def test_the_explained_return_is_the_computed_one() -> None:
    """The interpreted twin gives the same bits; with another rule it does not."""
    returns = generated_returns(OF_CODE, 2026)
    right = "line_4 + line_7 + line_10 + line_14"
    assert unlike_by_rows(mutant(itemized_deductions, right, right), returns, 2026) == 0
    assert unlike_by_rows(mutant(itemized_deductions, right, "line_4 + line_7 + line_14"), returns, 2026) > 0


def everybody(columns: Columns) -> Rows:
    """Every return."""
    return columns["age1"] > 0.0


def without_basis(columns: Columns) -> Rows:
    """Who has no basis in IRAs, so that Form 8606 changes nothing."""
    return columns["ira_basis1"] + columns["ira_contributions1"] == 0.0


def without_business_and_iras(columns: Columns) -> Rows:
    """Couples below the wage base in sum, on whom no limit of one person bears."""
    alone = ("self_employment1", "self_employment2", "ira_contributions1", "ira_contributions2")
    nothing = np.all([columns[name] == 0.0 for name in alone], axis=0)
    nothing &= columns["age2"] > 0.0
    return nothing & (columns["medicare_wages1"] + columns["medicare_wages2"] < law(2025).oasdi.wage_base)


SPLITS: list[tuple[tuple[str, ...], tuple[str, ...], Callable[[Columns], Rows]]] = [
    (("taxable_interest",), ("ordinary_dividends",), everybody),
    (("pension",), ("other_income",), everybody),
    (("ira_distributions",), ("pension",), everybody),
    (("real_estate_tax",), ("state_income_tax_paid",), everybody),
    (("hsa_deduction",), ("other_adjustments",), everybody),
    (("ss1",), ("ss2",), lambda columns: columns["age2"] > 0.0),
    (("early_ira1",), ("early_plan1",), lambda columns: columns["left_job_at1"] < 55.0),
    (("wages1", "medicare_wages1"), ("wages2", "medicare_wages2"), without_business_and_iras),
    (("roth_contributions1",), ("retirement_savings1",), lambda columns: columns["ira_contributions2"] == 0.0),
    (("ira_distributions",), ("ira_withdrawals1",), without_basis),
]


def moved_by_a_split(compute: Compute, returns: Returns, year: int, case: int) -> int:
    """Returns that change by more than a cent when half of an item stands in another column of the same kind;
    those on a step of the law are left out, where the last bit of a sum decides."""
    whole, part, lawful = SPLITS[case]
    chosen = returns.some(lawful(returns.columns) & (returns.columns[whole[0]] > 0.0))
    half = {name: np.floor(chosen.columns[name] / CENT / 2.0) * CENT for name in whole}
    halved = {name: chosen.columns[name] - half[name] for name in whole}
    added = {to: chosen.columns[to] + half[name] for name, to in zip(whole, part, strict=True)}
    one, other = compute(chosen, law(year)), compute(chosen.change(**halved, **added), law(year))
    noise = CENT + 1e-15 * all_dollars(chosen)
    wrong = np.flatnonzero(np.any([np.abs(one[name] - other[name]) > noise for name in SPLIT], axis=0))
    return int((~on_a_step(compute, chosen.some(wrong), year)).sum()) if wrong.size else 0


@BOTH_YEARS
@pytest.mark.parametrize("case", range(len(SPLITS)), ids=lambda case: f"{SPLITS[case][0][0]} {SPLITS[case][1][0]}")
def test_an_item_may_be_split_in_two(case: int, year: int) -> None:
    assert moved_by_a_split(computed, generated_returns(RETURNS, year), year, case) == 0


@BOTH_YEARS
def test_a_loss_may_be_of_this_year_or_carried(year: int) -> None:
    returns = generated_returns(RETURNS, year)
    for gain, carried in (("st_gain", "st_loss_carryover"), ("lt_gain", "lt_loss_carryover")):
        zero = returns.change(**{carried: 0.0, gain: np.round(returns.columns[gain])})
        loss = 1_024.0
        one = computed(zero.add(-loss, gain), law(year))
        assert unlike(one, computed(zero.add(loss, carried), law(year))) == 0


def test_an_item_counted_in_one_column_alone_is_found() -> None:
    returns = generated_returns(OF_CODE, 2026)
    wrong = mutant(income_of, "line_2b + line_3b + line_7a  # investment", "line_2b + line_7a  # investment")
    assert moved_by_a_split(wrong, returns, 2026, 0) > 0
