"""Headroom below the thresholds of one year's law, by hand."""

from __future__ import annotations

import math

import pytest

from rothwell.law import SINGLE, law_for
from rothwell.lifetime.headroom import room_below_tier, room_in_bracket
from rothwell.provision import plainly

LAW = law_for(2026).record


@pytest.mark.parametrize(
    ("income", "room"),
    [
        (0.0, 12_400.0),  # Rev. Proc. 2025-32, section 4.01, Table 3: 10% up to $12,400
        (40_000.0, 10_400.0),  # 12% up to $50,400
        (50_400.0, 55_300.0),  # at the top the next bracket is ahead: 22% up to $105,700
        (105_699.0, 1.0),
    ],
)
def test_headroom_by_hand(income: float, room: float) -> None:
    assert plainly(room_in_bracket)(income, SINGLE, LAW.rate_schedule) == pytest.approx(room)


@pytest.mark.parametrize(("agi", "room"), [(100_000.0, 9_000.0), (109_000.0, 0.0), (109_001.0, 27_999.0)])
def test_headroom_below_the_medicare_tiers_by_hand(agi: float, room: float) -> None:
    """CMS notice for 2026: a single filer's adjustment begins above $109,000, the next tier above $137,000."""
    assert plainly(room_below_tier)(agi, SINGLE, LAW.irmaa) == pytest.approx(room)


def test_in_the_highest_bracket_and_tier_nothing_is_ahead() -> None:
    assert math.isnan(plainly(room_in_bracket)(5_000_000.0, SINGLE, LAW.rate_schedule))
    assert math.isnan(plainly(room_below_tier)(5_000_000.0, SINGLE, LAW.irmaa))


@pytest.mark.parametrize("income", [0.0, 12_000.0, 44_444.0, 150_000.0])
def test_a_dollar_more_of_income_leaves_a_dollar_less_of_room(income: float) -> None:
    room = plainly(room_in_bracket)
    before = room(income, SINGLE, LAW.rate_schedule)
    assert room(income + 1.0, SINGLE, LAW.rate_schedule) == pytest.approx(before - 1.0)
