"""The page that compares a conversion in every state: amounts by hand from the states' figures of 2026."""

from __future__ import annotations

import pytest

from rothwell.law.states import state
from rothwell.report.state_conversions import LIVES, conversions_page, effects_of_conversion, taxing_states

WORKER, RETIREE = LIVES
BY_HAND = [
    (WORKER, "CA", 9_300.0),  # 9.3% from 72,724 on, projected, to 371,479, projected
    (WORKER, "GA", 4_990.0),  # 4.99%
    (WORKER, "NC", 3_990.0),  # 3.99%
    (WORKER, "NJ", 6_370.0),  # 6.37% from 75,000 to 500,000
    (WORKER, "OR", 9_900.0),  # 9.9% above 125,000, no federal tax subtracted from 145,000 on
    (WORKER, "VA", 5_750.0),  # 5.75% above 17,000
    (WORKER, "MA", 5_000.0),  # 5%
    (WORKER, "IL", 0.0),
    (WORKER, "PA", 0.0),
    (RETIREE, "GA", 2_994.0),  # 4.99% of 40,000 + 100,000 - 65,000 - 15,000
    (RETIREE, "NC", 3_990.0),
    (RETIREE, "IL", 0.0),
    (RETIREE, "PA", 0.0),
    (RETIREE, "WA", 0.0),
]


@pytest.mark.parametrize(("life", "code", "cost"), BY_HAND, ids=lambda value: getattr(value, "words", str(value))[:6])
def test_what_a_conversion_costs_in_a_state(life, code: str, cost: float) -> None:  # type: ignore[no-untyped-def]
    assert effects_of_conversion(life, (code,))[code].cost == pytest.approx(cost, abs=0.01)


def test_every_state_with_a_tax_says_how_it_takes_a_conversion() -> None:
    assert all(state(code).conversions for code in taxing_states())
    page = conversions_page("made")
    assert all(page.count(f"[{state(code).name}]") == len(LIVES) for code in taxing_states())
