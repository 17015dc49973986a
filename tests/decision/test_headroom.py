"""Headroom by year: against the first year's own return, and how it must move."""

from __future__ import annotations

import pytest

from rothwell.decision.headroom import headroom
from rothwell.law import JOINT, law_for
from rothwell.lifetime.headroom import HEADROOMS
from tests.decision.views import seen
from tests.lifetime.runs import START, couple, load_landscape

PATHS = 40


def test_the_first_year_is_that_of_its_return() -> None:
    """Rev. Proc. 2025-32: the 24% bracket of joint returns ends at $403,550 in 2026."""
    view, comparison = seen(couple(), load_landscape("default"), PATHS)
    position = [one.strategy.name for one in comparison.results].index(view.strategy.name)
    income = float(comparison.first_year[position]["ordinary_taxable_income"])
    first = headroom(view)[0]
    assert first.year == START
    room = first.room["bracket"]
    assert room is not None
    assert room.value == pytest.approx(403_550 - income)
    assert law_for(START).record.rate_schedule.bracket_top[JOINT][3] == 403_550
    assert first.room["medicare_premiums"] is None  # nobody is 63
    assert first.room["net_investment_income"] is None  # above $250,000 already


def test_every_year_has_every_threshold_and_premiums_begin_to_matter_at_63() -> None:
    view, _ = seen(couple(), load_landscape("default"), PATHS)
    found = headroom(view)
    assert [one.year for one in found] == list(range(START, START + len(found)))
    assert all(set(one.room) == set(HEADROOMS) for one in found)
    with_premiums = [one.year for one in found if one.room["medicare_premiums"] is not None]
    assert min(with_premiums) == 1985 + 63  # James


def test_conversions_that_fill_a_bracket_leave_no_room_in_it() -> None:
    """The next dollar falls into the bracket above, whose whole width is then ahead."""
    view, _ = seen(couple(), load_landscape("current-law"), PATHS, "convert_later")
    filling = [one for one in headroom(view) if 2048 <= one.year <= 2050]
    tops = law_for(START).record.rate_schedule.bracket_top[JOINT]
    for one in filling:
        room = one.room["bracket"]
        assert room is not None
        assert room.value == pytest.approx(tops[3] - tops[2], rel=0.08)  # chained prices lag the path's own
