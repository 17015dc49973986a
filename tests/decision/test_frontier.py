"""What mixing is worth and the spread between laws, by hand and where they must vanish."""

from __future__ import annotations

import numpy as np
import pytest

from rothwell.decision.frontier import ROTH_SHARES, diversification, frontier, law_spread
from rothwell.decision.measures import Worth
from tests.decision.views import RATE, retired, seen, working
from tests.lifetime.runs import couple, flat_law, load_landscape

PATHS = 50


def worth_at(levels: list[float], noise: float, seed: int = 1) -> Worth:
    """Certainty equivalents with so much noise of their own on every path."""
    generator = np.random.default_rng(seed)
    return Worth(np.array(levels), noise * generator.standard_normal((len(levels), PATHS)))


def test_diversification_is_the_best_mix_less_the_better_corner() -> None:
    value = worth_at([100_000.0, 100_400.0, 100_700.0, 100_600.0, 100_200.0], 1.0)
    found = diversification(value)
    assert (found.best_mix, found.best_corner) == (0.5, 1.0)
    assert found.value.value == pytest.approx(500.0)
    gap = value.influence[2] - value.influence[4]
    assert found.value.standard_error == pytest.approx(gap.std(ddof=1) / np.sqrt(PATHS))
    assert not found.worthless


@pytest.mark.parametrize(
    ("levels", "noise"),
    [
        ([100_000.0, 100_060.0, 100_090.0, 100_050.0, 99_000.0], 0.0),  # 90 dollars are below a thousandth
        ([100_000.0, 101_000.0, 100_900.0, 100_050.0, 99_000.0], 10_000.0),  # within two standard errors
        ([100_000.0, 99_000.0, 98_000.0, 97_000.0, 90_000.0], 0.0),  # mixing costs
    ],
)
def test_a_mix_near_zero_is_worth_nothing(levels: list[float], noise: float) -> None:
    assert diversification(worth_at(levels, noise)).worthless


def test_the_law_spread_is_the_best_law_less_the_worst() -> None:
    locked = {"one": worth_at([100.0, 90.0], 1.0, 1), "two": worth_at([97.0, 96.0], 1.0, 2)}
    first, best, worst = law_spread(locked, 0)
    assert first is not None
    assert (first.value, best, worst) == (pytest.approx(3.0), "one", "two")
    gap = locked["one"].influence[0] - locked["two"].influence[0]
    assert first.standard_error == pytest.approx(gap.std(ddof=1) / np.sqrt(PATHS))
    second, best, worst = law_spread(locked, 1)
    assert second is not None
    assert (second.value, best, worst) == (pytest.approx(6.0), "two", "one")
    assert law_spread({}, 0) == (None, None, None)


def test_under_a_flat_tax_without_growth_every_share_is_worth_the_same_and_mixing_nothing() -> None:
    view, _ = seen(working(), flat_law(RATE))
    found = frontier(view, by_regime=True)
    assert found is not None
    levels = [one.certainty_equivalent.value for one in found.shares]
    assert levels == pytest.approx([levels[0]] * len(ROTH_SHARES), rel=1e-6)
    assert found.diversification.worthless
    assert all(one.law_spread is None for one in found.shares)  # one law only


def test_where_no_deferral_may_be_roth_there_is_no_frontier() -> None:
    view, _ = seen(retired(), flat_law(RATE))
    assert frontier(view, by_regime=False) is None


def test_the_shares_do_not_depend_on_the_kind_of_deferral_that_the_file_plans() -> None:
    """All pre-tax and all Roth are tried, whichever of them the household makes now."""
    planned = couple()
    jobs = [
        job.model_copy(update={"plan": job.plan.model_copy(update={"deferral_kind": "roth"})})
        for job in planned.jobs
        if job.plan is not None
    ]
    other = planned.model_copy(update={"jobs": jobs})
    shares = []
    for one in (planned, other):
        view, _ = seen(one, load_landscape("current-law"), 20, "mega_in_plan")
        found = frontier(view, by_regime=False)
        assert found is not None
        shares.append([share.certainty_equivalent.value for share in found.shares])
    assert shares[0] == pytest.approx(shares[1])
    assert shares[0][0] != pytest.approx(shares[0][-1], rel=1e-5)


def test_a_second_landscape_is_measured_apart() -> None:
    """Under the same law once more, the second diversification is the first."""
    view, _ = seen(couple(), load_landscape("current-law"), 20, "mega_in_plan")
    found = frontier(view, by_regime=False, mean_preserving=load_landscape("current-law"))
    assert found is not None
    assert found.mean_preserving == found.diversification
    other = frontier(view, by_regime=False, mean_preserving=flat_law(RATE))
    assert other is not None
    assert other.mean_preserving != other.diversification
