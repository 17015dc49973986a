"""What one landscape has lived through another need not live through again: the numbers stay the same."""

from __future__ import annotations

import numpy as np

from rothwell.decision.comparison import compare, live
from rothwell.decision.measures import worth
from rothwell.decision.study import study
from rothwell.decision.view import view_of
from rothwell.law.landscape import law_paths, load_landscape
from rothwell.lifetime.scenario import run
from tests.lifetime.runs import START, couple


def test_regimes_are_worth_the_same_whether_or_not_current_law_was_compared_before() -> None:
    alone = compare(study(couple(), START, 60, 1), load_landscape("default"))
    both = study(couple(), START, 60, 1)
    compare(both, load_landscape("current-law"))
    after = compare(both, load_landscape("default"))
    assert len(both.unchanged) == 1
    for first, second in zip(alone.results, after.results, strict=True):
        assert first.by_regime == second.by_regime
        assert list(first.by_regime) == [regime.name for regime in load_landscape("default").regimes]


def test_a_strategy_that_was_compared_is_worth_what_it_is_when_it_is_run_again() -> None:
    futures = study(couple(), START, 30, 1)
    lived = live(futures, load_landscape("default"))
    view = view_of(lived, "mega_in_plan")
    chosen = futures.strategies[3:1:-1]
    laws = law_paths(lived.landscape, START, futures.market.returns.shape[1], futures.uniforms)
    again = run(futures.household, START, futures.market, laws, lived.tables, chosen, futures.options())
    known, fresh = view.worth_of(chosen), worth(again, futures.household.beliefs)
    assert np.array_equal(known.certainty_equivalent, fresh.certainty_equivalent)
    assert np.array_equal(known.influence, fresh.influence)
    assert np.array_equal(view.outcome.spending[0], again.spending[1], equal_nan=True)


def test_a_table_in_the_room_of_an_earlier_one_holds_nothing_of_it() -> None:
    futures = study(couple(), START, 30, 1)
    first = compare(futures, load_landscape("default"))
    assert len(futures.spare) == 1
    compare(futures, load_landscape("pessimist"))
    again = compare(futures, load_landscape("default"))
    assert np.array_equal(first.table, again.table)
    assert len(futures.spare) == 1
