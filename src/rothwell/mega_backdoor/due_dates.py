"""The days by which a year's tax, contributions and corrections are due.

Law:    IRC 6654(c)(2), 7503; 5 USC 6103(a); D.C. Code 28-2701: a legal holiday of the District of Columbia counts.
Units:  days of the calendar.
Not modeled: holidays of a State alone (Patriots' Day moves the returns of Maine and Massachusetts); postponements for
        disasters (IRC 7508A).
Tests:  test_due_dates_are_those_that_the_authority_announced, test_no_due_date_is_a_day_off.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import cache

from rothwell.law import figure

EMANCIPATION_DAY = (4, 16)
"""Month and day of a legal holiday of the District of Columbia; beside a weekend it moves to the nearest weekday."""

DAY_OF_MARTIN_LUTHER_KING = (1, calendar.MONDAY, 2)
"""Month, weekday and how many weeks after the first such day: the third Monday of January."""

DAYS_OF_A_WEEK = 7  # of the calendar
MONTHS_OF_EXTENSION = 6  # months: an automatic extension of the return, Reg. 1.6081-4


def next_business_day(day: date) -> date:
    """The day itself, or the next one that is no Saturday, Sunday or legal holiday (IRC 7503)."""
    while is_day_off(day):
        day += timedelta(1)
    return day


def is_day_off(day: date) -> bool:
    """Whether a day is a weekend or one of the legal holidays that can meet a due date of the income tax."""
    return day.weekday() > calendar.FRIDAY or day in (_emancipation_day(day.year), _martin_luther_king(day.year))


@cache
def installment_dates(year: int) -> tuple[date, ...]:
    """The due dates of the four installments of estimated tax of a year; a month before the first is of the next."""
    months = [int(month) for month in figure("estimated_tax.due_month").value(year).value]
    day = int(figure("estimated_tax.due_day").value(year).value)
    return tuple(next_business_day(date(year + (month < months[0]), month, day)) for month in months)


def return_due(year: int) -> date:
    """The due date of the return of a year without extension: also the last day to put money into an IRA for it."""
    return installment_dates(year + 1)[0]


def extended_return_due(year: int) -> date:
    """The due date of the return with the automatic extension."""
    first = int(figure("estimated_tax.due_month").value(year).value[0])
    day = int(figure("estimated_tax.due_day").value(year).value)
    return next_business_day(date(year + 1, first + MONTHS_OF_EXTENSION, day))


def last_day(year: int) -> date:
    """The last day of a year: conversions and rollovers into a plan count by it."""
    return date(year + 1, 1, 1) - timedelta(1)


def _emancipation_day(year: int) -> date:
    day = date(year, *EMANCIPATION_DAY)
    beyond = day.weekday() - calendar.FRIDAY  # one on a Saturday, two on a Sunday
    if beyond <= 0:
        return day
    return day - timedelta(1) if beyond == 1 else day + timedelta(1)


def _martin_luther_king(year: int) -> date:
    month, weekday, weeks = DAY_OF_MARTIN_LUTHER_KING
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % DAYS_OF_A_WEEK + weeks * DAYS_OF_A_WEEK)
