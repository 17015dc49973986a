"""The compiled loop against a second one in plain Python, in lives at random; a run of any size is
`python -m tests.invariants.reference_comparison 10000`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from rothwell.lifetime.strategies import PRESETS
from tests.invariants import reference_accounts, reference_cash, reference_flows, reference_loop
from tests.invariants.reference_accounts import Owner, Taxable
from tests.invariants.reference_comparison import CENT, ELSEWHERE, OTHER_ANSWERS, Compared, compare, run

LIVES = 100  # 0.3 seconds each
MOST_ELSEWHERE = 0.02  # of the years with a conversion by rate
MOST_OTHERWISE = 0.01  # of the years


@pytest.mark.slow
def test_every_account_of_every_year_is_that_of_a_second_simulator(
    record_property: Callable[[str, object], None],
) -> None:
    found = run(LIVES)
    record_property("compared", found.words)
    assert not found.differ, found.differ
    assert found.worst < CENT
    assert found.years > 20 * LIVES
    assert set(found.otherwise) <= set(OTHER_ANSWERS)
    assert found.otherwise[ELSEWHERE] <= MOST_ELSEWHERE * found.by_rate
    assert found.otherwise.total() <= MOST_OTHERWISE * found.years


def _no_step_up(_account: Taxable, _share: float) -> None:
    """A death that steps nothing up."""


def _earnings_first(one: Owner, year: int) -> list[tuple[str, int, int, float]]:
    """Roth money in the wrong order."""
    return _in_order(one, year)[::-1]


_in_order = Owner.roth_ira_pots
PLANTED = {
    "four years instead of five": (reference_accounts, "is_young", lambda begun, year: year < begun + 4),
    "three lots": (reference_accounts, "MOST_LOTS", 3),
    "no step-up": (Taxable, "step_up", _no_step_up),
    "earnings come out first": (Owner, "roth_ira_pots", _earnings_first),
    "a dollar too much is raised": (reference_cash, "CLOSE", -1.0),
    "everybody is on Medicare": (reference_flows, "on_medicare", lambda year, who: year.alive[who]),
    "the floor is not kept": (reference_loop, "HALF_A_CENT", np.inf),
}


@pytest.mark.parametrize("planted", list(PLANTED.values()), ids=list(PLANTED))
def test_the_comparison_sees_what_is_planted(planted: tuple[Any, str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    place, name, value = planted
    monkeypatch.setattr(place, name, value)
    found, seed = Compared(), 0
    while not found.differ and seed < LIVES:
        compare(seed, found, PRESETS)
        seed += 1
    assert found.differ
