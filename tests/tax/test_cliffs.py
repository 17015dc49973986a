"""The cliffs ahead of a return: the cost jumps where they say, by what they say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from rothwell.law.figures import JOINT, SEPARATE_TOGETHER, SINGLE
from rothwell.tax.facts import RETURN
from rothwell.tax.marginal_rates import AllIn, all_in_of_returns
from tests.tax.build import form, law

CENT = 0.01
NEXT_DOLLARS = 1000.0
CASES = [  # kind, filing status, facts with income below the cliff
    ("medicare", SINGLE, {"age1": 63.0, "ira_distributions": 120_000.0}),
    ("medicare", JOINT, {"age1": 66.0, "age2": 62.0, "ira_distributions": 200_000.0, "tax_exempt_interest": 4_000.0}),
    ("medicare", JOINT, {"age1": 66.0, "age2": 64.0, "ira_distributions": 600_000.0}),
    ("medicare", SEPARATE_TOGETHER, {"age1": 66.0, "ira_distributions": 100_000.0}),
    ("premium_credit", SINGLE, {"age1": 62.0, "ira_distributions": 55_000.0, "marketplace_premiums": 12_000.0}),
    (
        "premium_credit",
        JOINT,
        {"age1": 62.0, "age2": 61.0, "ss1": 10_000.0, "ss2": 12_000.0, "ira_distributions": 60_000.0}
        | {"n_children_u17": 1.0, "n_older_children": 1.0, "marketplace_premiums": 24_000.0},
    ),
    ("savers", SINGLE, {"age1": 30.0, "wages1": 24_000.0, "retirement_savings1": 1_500.0}),
    ("savers", JOINT, {"age1": 30.0, "age2": 30.0, "wages1": 79_000.0, "retirement_savings1": 2_500.0}),
    ("child", JOINT, {"age1": 40.0, "age2": 40.0, "wages1": 425_400.0, "n_children_u17": 2.0}),
]


def all_in(status: int, **amounts: float) -> dict[str, float]:
    """The all-in rate and the cliffs of one return of 2026."""
    records, found = np.zeros(1, RETURN), np.empty((1, len(AllIn._fields)))
    records["age1"] = 40.0
    for name, value in amounts.items():
        records[name] = value
    records["medicare_wages1"] = records["wages1"]
    all_in_of_returns(records, np.array([status]), NEXT_DOLLARS, law(2026), found)
    return dict(zip(AllIn._fields, found[0].tolist(), strict=True))


def of_kind(found: dict[str, float], kind: str) -> tuple[float, float]:
    """The distance and the cost of one kind of cliff."""
    names = [name for name in found if name.startswith(kind)]
    return found[names[0]], found[names[1]]


def cost(status: int, amounts: dict[str, float]) -> float:
    """Tax and Medicare premiums: what the cliffs are in, figured apart from them (premiums by the published table)."""
    one = form(2026, status, **amounts)
    magi = one.agi + amounts.get("tax_exempt_interest", 0.0)
    section = law(2026).irmaa
    above = magi > np.append(section.threshold[status][:-1], section.threshold[status][-1] - CENT / 100.0)
    tiers: NDArray[Any] = np.append([0.0], section.part_b_surcharge + section.part_d_surcharge)
    people = sum(amounts.get(name, 0.0) >= 63.0 for name in ("age1", "age2"))
    return float(one.total_tax + 12.0 * people * tiers[above.sum()])


@pytest.mark.parametrize(("kind", "status", "amounts"), CASES)
def test_the_cost_jumps_at_the_next_cliff(kind: str, status: int, amounts: dict[str, float]) -> None:
    amounts = amounts | {"benchmark_premium": amounts.get("marketplace_premiums", 0.0)}
    ahead, jump = of_kind(all_in(status, **amounts), kind)
    edge = amounts | {"other_income": ahead - 0.001}  # the last tier begins at its figure, the others above theirs
    beyond = amounts | {"other_income": ahead + 0.001}
    assert jump > 20.0
    assert cost(status, beyond) - cost(status, edge) == pytest.approx(jump, abs=0.005)
    before = amounts | {"other_income": max(0.0, ahead - 1.001)}
    assert abs(cost(status, edge) - cost(status, before)) < 1.0 + (kind == "child") * jump


def test_the_all_in_rate_counts_premiums_within_its_thousand_dollars() -> None:
    """CMS 2026: the first tier costs 81.20 + 14.50 a month for each of two people above 218,000."""
    far = all_in(JOINT, age1=66.0, age2=66.0, ira_distributions=200_000.0)
    near = all_in(JOINT, age1=66.0, age2=66.0, ira_distributions=217_500.0)
    assert near["medicare_cliff_distance"] == pytest.approx(500.0)
    premiums = 12.0 * 2.0 * (81.20 + 14.50)
    assert near["all_in_rate"] - far["all_in_rate"] == pytest.approx(premiums / NEXT_DOLLARS, abs=0.01)


def test_nobody_pays_for_a_cliff_that_is_not_theirs() -> None:
    found = all_in(SINGLE, age1=62.0, wages1=100_000.0)
    assert [found[name] for name in found if name.endswith("distance")] == [np.inf] * 4
    assert [found[name] for name in found if name.endswith("cost")] == [0.0] * 4
    assert found["all_in_rate"] == pytest.approx(0.22)
