"""All dollars of returns and law times a factor: every result is times it, so no dollar is hidden in the code."""

from __future__ import annotations

import numpy as np
import pytest

from rothwell.law import figures
from rothwell.tax.capital_gains import capital_gain_or_loss
from rothwell.tax.child_tax_credit import child_tax_credit
from rothwell.tax.federal import Form1040
from rothwell.tax.many_returns import compute_prepared, prepare
from rothwell.tax.social_security_benefits import taxable_benefits
from tests.tax.build import law
from tests.tax.generated_returns import Returns, figures_read, generated_returns
from tests.tax.relations_law import WITHOUT_EFFECT
from tests.tax.relations_mutants import Compute, changed_law, computed, mutant
from tests.tax.relations_steps import all_dollars, apart, on_a_step, times

RETURNS = 60_000  # for each year and factor: 360,000 in all
OF_MUTANTS = 20_000
OF_CODE = 1_000  # computed one by one
EXACT = 1e-12  # of the result, or of all dollars of the return where results are small differences of them


def is_dollars(name: str) -> bool:
    """Whether a figure of the law is an amount of dollars."""
    return figures()[name].unit.startswith("USD")


def violations(compute: Compute, returns: Returns, year: int, factor: float) -> int:
    """How many returns do not scale, other than those on a step or with a tie."""
    scaled = changed_law(year, lambda name, value: value * (factor if is_dollars(name) else 1.0))
    one, many = compute(returns, law(year)), compute(times(returns, factor), scaled)
    wrong = np.flatnonzero(apart(one, many, factor, all_dollars(returns), EXACT))
    if not wrong.size or np.log2(factor).is_integer():  # a power of two rounds nothing
        return wrong.size
    tied = one["itemizes"] != many["itemizes"]  # both ways of deducting cost the same: either may be taken
    tied &= np.abs(many["total_tax"] - factor * one["total_tax"]) <= EXACT * factor * all_dollars(returns)
    return int((~on_a_step(compute, returns.some(wrong), year) & ~tied[wrong]).sum())


@pytest.mark.parametrize("year", [2025, 2026])
@pytest.mark.parametrize("factor", [0.5, 2.0, 3.7])
def test_every_result_scales_with_the_dollars_of_return_and_law(factor: float, year: int) -> None:
    assert violations(computed, generated_returns(RETURNS, year), year, factor) == 0


def test_few_returns_stand_on_a_step() -> None:
    """The relation leaves out returns on a step: they must be rare."""
    returns = generated_returns(RETURNS, 2026)
    assert on_a_step(computed, returns, 2026).mean() < 0.01


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_dollar_of_the_law_that_does_not_scale_is_noticed(year: int) -> None:
    """As if that dollar were written in the code: each one makes results that do not scale."""
    returns, factor = generated_returns(OF_MUTANTS, year), 2.0
    one = computed(returns, law(year))
    scaled = changed_law(year, lambda name, value: value * (factor if is_dollars(name) else 1.0))
    prepared = prepare(times(returns, factor).columns, returns.status, scaled)
    unnoticed = set()
    for name in filter(is_dollars, figures_read()):
        section, _, field = name.partition(".")
        kept, value = np.copy(scaled[section][field]), law(year)[section][field]
        scaled[section][field] = value
        many = compute_prepared(prepared, scaled, Form1040._fields, threads=1)
        scaled[section][field] = kept
        figures_differ = np.any((np.asarray(value) != kept) & ~np.isnan(kept))
        if figures_differ and not apart(one, many, factor, all_dollars(returns), EXACT).any():
            unnoticed.add(name)
    assert unnoticed <= set(WITHOUT_EFFECT), unnoticed - set(WITHOUT_EFFECT)


@pytest.mark.parametrize(
    ("rule", "right", "wrong"),
    [
        (taxable_benefits, "law.base_amount[status]", "32_000.0"),
        (child_tax_credit, "law.earned_income_floor", "2500.0"),
        (capital_gain_or_loss, "law.loss_limit[status]", "3000.0"),
    ],
    ids=["base amount of benefits", "floor of earned income", "limit of losses"],
)
def test_a_dollar_hidden_in_the_code_breaks_the_scale(rule: object, right: str, wrong: str) -> None:
    returns = generated_returns(OF_CODE, 2026)
    assert violations(mutant(rule, right, wrong), returns, 2026, 2.0) > 0  # type: ignore[arg-type]
    assert violations(mutant(rule, right, right), returns, 2026, 2.0) == 0  # type: ignore[arg-type]
