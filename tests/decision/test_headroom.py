"""Headroom by year: against the first year's own return, and how it must move."""

from __future__ import annotations

import pytest

from rothwell.decision.account_variance import account_variance
from rothwell.decision.break_even_rate import break_even_rates
from rothwell.decision.headroom import NOBODY, _people, headroom
from rothwell.law import JOINT, SINGLE, law_for
from rothwell.law.landscape import law_paths
from rothwell.lifetime.headroom import HEADROOMS
from rothwell.lifetime.scenario import run
from tests.decision.views import seen
from tests.lifetime.runs import COUPLE, START, couple, household, load_landscape

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


def test_the_filing_status_of_every_year_is_that_of_the_simulated_return() -> None:
    """Lives by chance, a child: joint, surviving spouse, head of household and single years all occur."""
    text = COUPLE.read_text(encoding="utf-8").replace('name = "James"\n', 'name = "James"\nsex = "male"\n', 1)
    text = text.replace('name = "Maria"\n', 'name = "Maria"\nsex = "female"\n', 1) + '[mortality]\nkind = "table"\n'
    text = text.replace("birth_date = 2018-06-15", "birth_date = 2026-01-02")
    view, _ = seen(household(text), load_landscape("current-law"), 300)
    status, _ = _people(view)
    laws = law_paths(view.landscape, START, view.market.returns.shape[1], view.study.uniforms)
    options = view.study.options(flows_kept=300)
    outcome = run(view.study.household, START, view.market, laws, view.tables, (view.strategy,), options)
    flows = outcome.flows[0]
    lives = flows["alive"].sum(axis=-1) > 0.0
    assert ((status != NOBODY) == lives).all()
    assert (flows["status"][lives] == status[lives]).all()
    assert {SINGLE, JOINT} < set(status[lives].tolist())
    found = headroom(view)
    assert len(found) <= status.shape[1]
    assert found[0].room["bracket"] is not None
    assert 0.0 < break_even_rates(view).sources[0].exceeded.value < 1.0
    assert account_variance(view).years == break_even_rates(view).years
