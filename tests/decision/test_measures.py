"""Certainty equivalents against a slow literal reading of their definition, standard errors against a bootstrap."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rothwell.decision.break_even_fee import WIDEST_FEE, Zero, fee_of_zero
from rothwell.decision.measures import Worth, median, shortfall, worth
from rothwell.household import Beliefs
from rothwell.lifetime.scenario import Outcome
from rothwell.lifetime.strategies import PRESETS

PATHS, YEARS, RETIRED = 400, 30, 8


def outcome_at_random(paths: int = PATHS, seed: int = 3) -> Outcome:
    """Two strategies over random futures; second persons die early, some futures are ruined."""
    generator = np.random.default_rng(seed)
    common = generator.lognormal(11.2, 0.5, (paths, YEARS))
    spending = np.stack([common, common * generator.lognormal(0.02, 0.05, (paths, YEARS))])
    spending[:, : paths // 20, RETIRED + 10 :] = 0.0
    ends = generator.integers(RETIRED, YEARS, (paths, 2))
    living = (np.arange(YEARS)[None, :, None] <= ends[:, None, :]).sum(axis=2).astype(float)
    spending[:, living == 0.0] = np.nan
    estate = generator.lognormal(12.5, 1.0, (2, paths)) * (generator.random((2, paths)) < 0.8)
    flows = np.zeros((2, 0, YEARS))
    return Outcome(2026, RETIRED, PRESETS[:2], spending, estate, flows, flows, flows, living, 1.0)  # type: ignore[arg-type]


def literal(outcome: Outcome, beliefs: Beliefs, position: int) -> float:
    """Rule 5 of the method, word by word: the x that solves the equation, by bisection."""

    def utility(amount: float) -> float:
        if beliefs.risk_aversion == 1.0:
            return math.log(amount)
        return (amount ** (1.0 - beliefs.risk_aversion)) / (1.0 - beliefs.risk_aversion)

    left = right = 0.0
    for path in range(outcome.spending.shape[1]):
        for year in range(outcome.first_retired, outcome.spending.shape[2]):
            living = outcome.living[path, year]
            if living == 0.0:
                continue
            weight = beliefs.discount ** (year - outcome.first_retired) * living
            adults = 1.0 if living == 1.0 else beliefs.equivalence
            met = outcome.spending[position, path, year]
            left += weight
            right += weight * utility(max(met / adults, beliefs.consumption_floor))
        if beliefs.bequest_years > 0.0:
            left += beliefs.bequest_years
            share = outcome.estate[position, path] / beliefs.bequest_years
            right += beliefs.bequest_years * utility(max(share, beliefs.consumption_floor))
    low, high = 1.0, 1e9
    for _ in range(200):
        middle = math.sqrt(low * high)
        low, high = (middle, high) if left * utility(middle) < right else (low, middle)
    return low


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"risk_aversion": 1.0},
        {"risk_aversion": 0.0},
        {"bequest_years": 0.0},
        {"discount": 0.97, "equivalence": 1.3},
    ],
    ids=str,
)
def test_the_certainty_equivalent_is_its_definition_read_literally(changes: dict[str, float]) -> None:
    beliefs, outcome = Beliefs(**changes), outcome_at_random()
    found = worth(outcome, beliefs)
    for position in range(2):
        assert found.certainty_equivalent[position] == pytest.approx(literal(outcome, beliefs, position), rel=1e-9)


def test_paired_standard_errors_agree_with_a_bootstrap() -> None:
    outcome, beliefs, generator = outcome_at_random(2_000), Beliefs(), np.random.default_rng(8)
    found = worth(outcome, beliefs)
    drawn = []
    for _ in range(600):
        chosen = generator.integers(0, 2_000, 2_000)
        again = Outcome(
            2026, RETIRED, outcome.strategies, outcome.spending[:, chosen], outcome.estate[:, chosen], outcome.flows,
            outcome.steps, outcome.table, outcome.living[chosen], 1.0,
        )  # fmt: skip
        drawn.append(worth(again, beliefs).certainty_equivalent)
    bootstrap = np.array(drawn)
    for position in range(2):
        assert found.estimate(position).standard_error == pytest.approx(bootstrap[:, position].std(), rel=0.15)
    gap = found.difference(1, 0)
    assert gap.standard_error == pytest.approx((bootstrap[:, 1] - bootstrap[:, 0]).std(), rel=0.15)
    assert gap.value == pytest.approx(found.certainty_equivalent[1] - found.certainty_equivalent[0])
    apart = math.hypot(found.estimate(0).standard_error, found.estimate(1).standard_error)
    assert gap.standard_error < apart  # the same futures under both


def test_a_certain_life_is_worth_what_is_spent() -> None:
    living = np.ones((5, YEARS))
    flows = np.zeros((1, 0, YEARS))
    spending, estate = np.full((1, 5, YEARS), 60_000.0), np.full((1, 5), 300_000.0)
    outcome = Outcome(2026, 0, PRESETS[:1], spending, estate, flows, flows, flows, living, 1.0)  # type: ignore[arg-type]
    assert worth(outcome, Beliefs()).certainty_equivalent[0] == pytest.approx(60_000.0)
    assert worth(outcome, Beliefs()).estimate(0).standard_error == pytest.approx(0.0, abs=1e-6)


def test_shortfalls_are_counted_over_paths_and_their_depth_over_years() -> None:
    living = np.ones((4, 6))
    living[:, 5] = 0.0
    spending = np.full((1, 4, 6), 50_000.0)
    spending[0, 1, 3] = 30_000.0
    spending[0, 1, 4] = 10_000.0
    spending[0, 2, 0] = 1.0  # a year of work does not count
    spending[:, :, 5] = np.nan
    flows = np.zeros((1, 0, 6))
    outcome = Outcome(2026, 1, PRESETS[:1], spending, np.zeros((1, 4)), flows, flows, flows, living, 1.0)  # type: ignore[arg-type]
    found = shortfall(outcome, Beliefs(), 40_000.0, 0)
    assert found.chance.value == 0.25
    assert found.chance.standard_error == pytest.approx(0.5 / math.sqrt(4))
    assert found.depth == pytest.approx((10_000 + 30_000) / 2)
    assert shortfall(outcome, Beliefs(), None, 0).depth == pytest.approx(10_000)  # below the floor of 20,000


@pytest.mark.parametrize("root", [0.0013, 0.0042, 0.02, 0.0451])
def test_the_break_even_fee_is_the_root_of_a_known_function(root: float) -> None:
    calls = []

    def difference(fee: float) -> float:
        calls.append(fee)
        return math.expm1(80.0 * (root - fee))

    found = fee_of_zero(difference, 0.001)
    assert found is not None
    assert found.fee == pytest.approx(root, abs=1e-5)
    assert found.slope == pytest.approx(-80.0, rel=0.05)
    assert len(calls) < 20
    assert fee_of_zero(lambda fee: -1.0 - fee, 0.001) is None  # not worth it now
    assert fee_of_zero(lambda fee: 1.0 - fee, 0.001) is None  # worth it at every fee up to the widest
    assert max(calls) <= WIDEST_FEE


def test_the_median_has_the_standard_error_of_a_sample() -> None:
    generator = np.random.default_rng(4)
    medians = [median(generator.normal(10.0, 2.0, 400)) for _ in range(300)]
    spread = float(np.std([one.value for one in medians]))
    assert float(np.mean([one.standard_error for one in medians])) == pytest.approx(spread, rel=0.2)
    assert spread == pytest.approx(2.0 * math.sqrt(math.pi / 2 / 400), rel=0.15)  # the textbook's of a normal


@pytest.mark.parametrize("near", [0.004, 0.0052, 0.03])
def test_a_first_search_changes_the_way_to_the_break_even_fee_and_not_the_fee(near: float) -> None:
    calls = []

    def difference(fee: float) -> float:
        calls.append(fee)
        return math.expm1(80.0 * (0.005 - fee))

    found = fee_of_zero(difference, 0.001, Zero(near, -70.0))
    assert found is not None
    assert found.fee == pytest.approx(0.005, abs=1e-5)
    if near == 0.0052:
        assert len(calls) == 2
    assert fee_of_zero(lambda fee: -1.0 - fee, 0.001, Zero(near, -70.0)) is None
    assert fee_of_zero(lambda fee: 1.0 - fee, 0.001, Zero(near, -70.0)) is None


def test_where_the_difference_jumps_the_fee_is_found_within_its_accuracy() -> None:
    """A cliff of the law makes a difference jump: straight lines lead astray there."""

    def difference(fee: float) -> float:
        return (2.0 if fee < 0.0123 else -1.0) - fee

    found = fee_of_zero(difference, 0.001)
    assert found is not None
    assert found.fee == pytest.approx(0.0123, abs=2e-5)


def test_strategies_known_already_stand_among_new_ones_at_their_places() -> None:
    new = Worth(np.array([1.0, 2.0]), np.array([[1.0, -1.0], [2.0, -2.0]]))
    known = Worth(np.array([7.0, 8.0]), np.array([[7.0, -7.0], [8.0, -8.0]]))
    both = new.with_known(known, {0: 1, 2: 0})
    assert both.certainty_equivalent.tolist() == [8.0, 1.0, 7.0, 2.0]
    assert both.influence[:, 0].tolist() == [8.0, 1.0, 7.0, 2.0]
