"""What one landscape has lived through another need not live through again: the numbers stay the same."""

from __future__ import annotations

from rothwell.decision.comparison import compare
from rothwell.decision.study import study
from rothwell.law.landscape import load_landscape
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
