"""On which days of a year an employer pays.

Units:  days of the calendar; pay belongs to the year in which it is paid.
Not modeled: bank holidays (a pay date on one is usually paid on the business day before).
Tests:  test_pay_dates_of_known_calendars, test_27_and_53_paychecks_are_flagged.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import count, takewhile

from rothwell.household import PaySchedule

DAYS_BETWEEN = {"weekly": 7, "biweekly": 14}  # days from one paycheck to the next
USUAL = {"weekly": 52, "biweekly": 26, "semimonthly": 24, "monthly": 12}  # paychecks of an ordinary year
MONTHS = 12  # months of a year
KEPT = 256  # schedules whose dates are kept, for those who plan many households
DAYS_OF_FEBRUARY = 28  # the shortest month, for a date that a year lacks
SUNDAY = calendar.SUNDAY


def pay_dates(schedule: PaySchedule, year: int) -> tuple[date, ...]:
    """The pay dates of a year in order.

    A day that a month lacks falls on the month's last day. A semimonthly or monthly pay day on a weekend moves by the
    schedule's rule, also out of the year or into it; weekly and biweekly dates keep the weekday of the date given.
    """
    if schedule.frequency in DAYS_BETWEEN:
        assert schedule.pay_date is not None
        return _every_so_many_days(schedule.pay_date, DAYS_BETWEEN[schedule.frequency], year)
    days = (schedule.day,) if schedule.frequency == "monthly" else tuple(schedule.days or ())
    return _days_of_months(days, schedule.weekend, year)


@lru_cache(maxsize=KEPT)
def _days_of_months(days: tuple[int | str | None, ...], weekend: str, year: int) -> tuple[date, ...]:
    paid = {_moved(date(at, month, _day(day, at, month)), weekend) for at, month in _months(year) for day in days}
    return tuple(sorted(day for day in paid if day.year == year))


def has_an_extra_paycheck(schedule: PaySchedule, year: int) -> bool:
    """Whether a year has more paychecks than an ordinary one: 27 every other week, 53 every week."""
    return len(pay_dates(schedule, year)) > USUAL[schedule.frequency]


def same_day_in(day: date, year: int) -> date:
    """The same day of another year; 28 February for a leap day that the year lacks."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=DAYS_OF_FEBRUARY)


@lru_cache(maxsize=KEPT)
def _every_so_many_days(pay_date: date, step: int, year: int) -> tuple[date, ...]:
    first = date(year, 1, 1) + timedelta((pay_date - date(year, 1, 1)).days % step)
    days = (first + timedelta(number * step) for number in count())
    return tuple(takewhile(lambda day: day.year == year, days))


def _months(year: int) -> Iterator[tuple[int, int]]:
    """The months of a year, and those beside it, from which a weekend may move a paycheck."""
    yield year - 1, MONTHS
    for month in range(MONTHS):
        yield year, month + 1
    yield year + 1, 1


def _day(day: int | str | None, year: int, month: int) -> int:
    length = calendar.monthrange(year, month)[1]
    return min(day, length) if isinstance(day, int) else length


def _moved(day: date, weekend: str) -> date:
    beyond = day.weekday() - calendar.FRIDAY  # one on a Saturday, two on a Sunday
    if beyond <= 0 or weekend == "same":
        return day
    return day - timedelta(beyond) if weekend == "before" else day + timedelta(SUNDAY - day.weekday() + 1)
