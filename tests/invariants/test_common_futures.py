"""Every strategy lives the same lives on the same futures, and a run gives the same bytes however it is cut up."""

from __future__ import annotations

import numpy as np
import pytest

from rothwell.lifetime.scenario import Outcome, RunOptions
from tests.lifetime.runs import EVERY_WAY, KEEP_ALL, couple, drawn_laws, drawn_market, load_landscape, simulate

PATHS = 10_000
FEW = 1_000
CENT = 0.01


@pytest.fixture(scope="module")
def all_paths() -> Outcome:
    """The couple's life on every path under every preset."""
    return simulate(
        couple(),
        "default",
        EVERY_WAY,
        drawn_market(couple(), PATHS),
        drawn_laws(load_landscape("default"), couple(), PATHS),
        RunOptions(threads=2),
    )


def of_few(threads: int, seed: int = 1) -> Outcome:
    """The couple's life on the first paths, every flow kept."""
    laws = drawn_laws(load_landscape("default"), couple(), FEW, seed)
    options = RunOptions(threads=threads, flows_kept=KEEP_ALL)
    return simulate(couple(), "default", EVERY_WAY, drawn_market(couple(), FEW, seed), laws, options)


def test_consumption_before_retirement_is_equal_to_the_cent_over_all_strategies(all_paths: Outcome) -> None:
    working = all_paths.spending[:, :, : all_paths.first_retired]
    levels = drawn_market(couple(), PATHS).levels[:, : all_paths.first_retired, 0]
    assert np.abs((working - working[:1]) * levels).max() < CENT / 2
    living_cost = couple().spending.living_cost or 0.0
    assert np.abs((working - living_cost) * levels).max() < CENT / 2
    assert working.shape == (len(EVERY_WAY), PATHS, all_paths.first_retired)


def test_the_first_thousand_of_ten_thousand_paths_are_a_run_of_a_thousand(all_paths: Outcome) -> None:
    few = of_few(2)
    assert all_paths.spending[:, :FEW].tobytes() == few.spending.tobytes()
    assert all_paths.estate[:, :FEW].tobytes() == few.estate.tobytes()


def test_one_and_two_threads_give_the_same_bytes() -> None:
    one, two = of_few(1), of_few(2)
    for field in ("spending", "estate", "flows", "living"):
        assert getattr(one, field).tobytes() == getattr(two, field).tobytes(), field


def test_another_seed_gives_other_futures() -> None:
    last = -1
    assert (of_few(2).spending[:, :, last] != of_few(2, seed=2).spending[:, :, last]).all()
