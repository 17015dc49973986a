"""What waiting costs: under a sure ban, and where after-tax money is converted late."""

from __future__ import annotations

import pytest

from rothwell.decision.timing import BAN_AFTER, acting_now, late_conversions
from tests.decision.views import RATE, retired, seen, working
from tests.lifetime.runs import couple, flat_law, load_landscape

GROWING = '[market]\nkind = "fixed"\n'


def test_if_the_ban_comes_next_year_waiting_a_year_loses_everything() -> None:
    view, comparison = seen(couple(), load_landscape("default"), 60)
    found = acting_now(view, comparison)
    assert tuple(one.years for one in found) == BAN_AFTER
    assert found[0].lost_by_waiting.value == pytest.approx(found[0].value.value)
    assert found[0].value.value > 0.0


def test_the_later_the_ban_the_more_the_mega_backdoor_is_worth() -> None:
    view, comparison = seen(couple(), load_landscape("current-law"), 60)
    values = [one.value.value for one in acting_now(view, comparison)]
    assert values == sorted(values)
    mega = comparison.mega_backdoor
    assert mega is not None
    assert values[-1] < mega.value.value  # with no ban ever
    for one in acting_now(view, comparison):
        assert 0.0 < one.lost_by_waiting.value <= one.value.value + 1e-9


def test_where_growth_is_not_taxed_the_mega_backdoor_is_worth_nothing_and_waiting_loses_nothing() -> None:
    view, comparison = seen(working(), flat_law(RATE))
    for one in acting_now(view, comparison):
        assert one.value.value == pytest.approx(0.0, abs=0.01)
        assert one.lost_by_waiting.value == pytest.approx(0.0, abs=0.01)


def test_without_earnings_a_late_conversion_costs_nothing() -> None:
    view, comparison = seen(working(), flat_law(RATE))
    assert [one.how_late for one in late_conversions(view, comparison)] == ["yearly", "at_retirement"]
    for one in late_conversions(view, comparison):
        assert one.cost.value == pytest.approx(0.0, abs=0.01)


def test_the_later_the_conversion_the_more_it_costs() -> None:
    view, comparison = seen(working(GROWING), flat_law(RATE, 0.15))
    yearly, at_retirement = late_conversions(view, comparison)
    assert 0.0 < yearly.cost.value < at_retirement.cost.value


def test_where_no_plan_takes_after_tax_money_there_is_nothing_to_wait_with() -> None:
    view, comparison = seen(retired(), flat_law(RATE))
    assert acting_now(view, comparison) == ()
    assert late_conversions(view, comparison) == ()
