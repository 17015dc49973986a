"""When after-tax money moves to Roth, and what the earnings until then cost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rothwell.errors import InputError
from rothwell.mega_backdoor.conversion import (
    FREQUENCIES,
    Contribution,
    Route,
    compared,
    conversion_schedule,
    converted_earnings,
    day_of_conversion,
    notes_of_conversions,
)
from rothwell.mega_backdoor.job_year import rule

END = date(2026, 12, 31)
LEFT = date(2027, 12, 31)
CHECKS = [Contribution(date(2026, 1, 9) + timedelta(days=14 * number), 1_000.0) for number in range(26)]


def test_the_day_of_a_conversion_is_the_end_of_its_period() -> None:
    paid_in = date(2028, 2, 10)
    days = {name: day_of_conversion(paid_in, Route(name, separation=LEFT.replace(year=2030))) for name in FREQUENCIES}
    assert days == {
        "every_paycheck": paid_in,
        "monthly": date(2028, 2, 29),
        "quarterly": date(2028, 3, 31),
        "half_yearly": date(2028, 6, 30),
        "yearly": date(2028, 12, 31),
        "at_separation": date(2030, 12, 31),
    }
    assert day_of_conversion(date(2026, 12, 5), Route("quarterly")) == END


def test_separation_moves_what_is_left() -> None:
    leaving = date(2026, 8, 14)
    assert day_of_conversion(date(2026, 7, 3), Route("yearly", separation=leaving)) == leaving
    assert day_of_conversion(date(2026, 8, 28), Route("yearly", separation=leaving)) is None


def test_one_contribution_by_hand() -> None:
    """10,000 put in on 30 June 2026 at 8% a year for 184 of 365 days: 10,000 x 1.08^(184/365) = 10,395.59."""
    found = conversion_schedule([Contribution(date(2026, 6, 30), 10_000.0)], Route("yearly"), 0.08, 0.35, END)
    (day,) = found.days
    assert day.value == pytest.approx(10_395.59, abs=0.005)
    assert day.taxable == pytest.approx(395.59, abs=0.005)
    assert found.tax == pytest.approx(138.46, abs=0.005)


def test_the_more_often_it_moves_the_less_is_taxed() -> None:
    routes = [Route(name, separation=LEFT) for name in reversed(FREQUENCIES)]
    order = compared(CHECKS, routes, 0.07, 0.35, LEFT)
    assert [route.how_often for route, _ in order] == list(FREQUENCIES)
    taxes = [schedule.tax for _, schedule in order]
    assert taxes == sorted(set(taxes))
    assert taxes[0] == 0.0
    assert all(schedule.contributions == 26_000.0 for _, schedule in order)


def test_money_put_in_evenly_waits_half_a_year() -> None:
    """What the simulated year takes for a yearly conversion: the square root of a year's growth on each dollar."""
    daily = [Contribution(date(2026, 1, 1) + timedelta(days=number), 1.0) for number in range(365)]
    found = conversion_schedule(daily, Route("yearly"), 0.06, 0.0, END)
    assert found.earnings / found.contributions == pytest.approx(1.06**0.5 - 1.0, rel=0.01)


def test_a_loss_is_no_negative_income() -> None:
    assert rule(converted_earnings, 900.0, 1_000.0) == 0.0
    assert rule(converted_earnings, 1_100.0, 1_000.0) == pytest.approx(100.0)
    fallen = conversion_schedule(CHECKS, Route("yearly"), -0.3, 0.35, END)
    assert (fallen.taxable, fallen.tax) == (0.0, 0.0)
    assert fallen.to_roth < fallen.contributions


@pytest.mark.parametrize("to_roth", [True, False])
def test_earnings_go_to_roth_and_are_taxed_or_to_a_traditional_ira_and_are_not(to_roth: bool) -> None:
    route = Route("quarterly", "roth_ira", "roth" if to_roth else "traditional_ira")
    found = conversion_schedule(CHECKS, route, 0.07, 0.35, END)
    assert found.earnings == pytest.approx(26_000.0 * 0.07 * 45 / 365, rel=0.05)  # half a quarter, by hand
    assert found.taxable == (found.earnings if to_roth else 0.0)
    assert found.to_traditional_ira == (0.0 if to_roth else found.earnings)
    assert found.to_roth + found.to_traditional_ira == pytest.approx(found.contributions + found.earnings)
    words = " ".join(note.words for note in notes_of_conversions(found, route))
    assert ("backdoor" in words) is not to_roth
    assert ("Nothing is withheld" in words) is to_roth
    assert "always vested" in words


def test_what_has_not_moved_is_said() -> None:
    route = Route("at_separation", separation=LEFT)
    waiting = conversion_schedule(CHECKS, route, 0.07, 0.35, END)
    assert (waiting.days, waiting.not_moved) == ((), 26_000.0)
    words = " ".join(note.words for note in notes_of_conversions(waiting, route))
    assert "taxed later" in words
    assert "cannot be undone" in words


@pytest.mark.parametrize(
    ("route", "rate", "field"),
    [
        (Route("weekly"), 0.3, "how_often"),
        (Route("at_separation"), 0.3, "separation"),
        (Route("monthly", "in_plan_roth", "traditional_ira"), 0.3, "earnings_to"),
        (Route("monthly"), 1.0, "rate"),
        (Route("monthly"), float("nan"), "rate"),
    ],
)
def test_a_route_that_cannot_be_is_refused(route: Route, rate: float, field: str) -> None:
    with pytest.raises(InputError) as refused:
        conversion_schedule(CHECKS, route, 0.05, rate, END)
    assert refused.value.field == field


@pytest.mark.parametrize("yearly_return", [-1.0, float("inf"), float("nan")])
def test_a_return_that_cannot_be_is_refused(yearly_return: float) -> None:
    with pytest.raises(InputError, match="yearly_return"):
        conversion_schedule(CHECKS, Route("monthly"), yearly_return, 0.3, END)
