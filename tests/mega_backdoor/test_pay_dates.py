"""Pay dates: calendars that a wall calendar shows, and counting day by day."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rothwell.household import PaySchedule
from rothwell.mega_backdoor.pay_dates import has_an_extra_paycheck, pay_dates, same_day_in
from tests.mega_backdoor.brute_force import counted_days


def dates(year: int = 2026, **terms: object) -> list[str]:
    return [day.isoformat() for day in pay_dates(PaySchedule.model_validate(terms), year)]


def test_pay_dates_of_known_calendars() -> None:
    """From a calendar of 2026: 1 January is a Thursday, 31 January a Saturday, 15 February and 15 March Sundays."""
    biweekly = dates(frequency="biweekly", pay_date="2026-01-09")
    assert (biweekly[0], biweekly[1], biweekly[-1], len(biweekly)) == ("2026-01-09", "2026-01-23", "2026-12-25", 26)
    twice = dates(frequency="semimonthly", days=[15, "last"])
    assert twice[:6] == ["2026-01-15", "2026-01-30", "2026-02-13", "2026-02-27", "2026-03-13", "2026-03-31"]
    assert len(twice) == 24
    monthly = dates(frequency="monthly", day=31, weekend="same")
    assert monthly[:4] == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]
    assert dates(frequency="monthly", day="last", weekend="same") == monthly
    assert dates(2028, frequency="monthly", day=30, weekend="same")[1] == "2028-02-29"


@pytest.mark.parametrize(
    ("weekend", "expected"), [("before", "2026-02-13"), ("after", "2026-02-16"), ("same", "2026-02-15")]
)
def test_a_pay_day_on_a_sunday_moves_by_the_rule(weekend: str, expected: str) -> None:
    assert dates(frequency="monthly", day=15, weekend=weekend)[1] == expected


def test_a_weekend_moves_a_paycheck_out_of_the_year_and_into_it() -> None:
    """1 January 2028 is a Saturday: paid on Friday, 31 December 2027."""
    assert dates(2027, frequency="monthly", day=1)[-1] == "2027-12-31"
    assert len(dates(2027, frequency="monthly", day=1)) == 13
    assert dates(2028, frequency="monthly", day=1)[0] == "2028-02-01"
    assert dates(2028, frequency="monthly", day=1, weekend="after")[0] == "2028-01-03"


def test_27_and_53_paychecks_are_flagged() -> None:
    """2026 begins on a Thursday: 53 of them, and 27 every other week from 1 January."""
    for terms, year, extra in [
        ({"frequency": "biweekly", "pay_date": "2026-01-01"}, 2026, True),
        ({"frequency": "biweekly", "pay_date": "2026-01-02"}, 2026, False),
        ({"frequency": "biweekly", "pay_date": "2020-12-31"}, 2020, True),
        ({"frequency": "weekly", "pay_date": "2026-06-25"}, 2026, True),
        ({"frequency": "weekly", "pay_date": "2026-06-26"}, 2026, False),
        ({"frequency": "semimonthly", "days": [1, 15]}, 2026, False),
    ]:
        schedule = PaySchedule.model_validate(terms)
        assert has_an_extra_paycheck(schedule, year) is extra
        usual = {"biweekly": 26, "weekly": 52, "semimonthly": 24}[schedule.frequency]
        assert len(pay_dates(schedule, year)) == usual + extra


@settings(max_examples=300, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.sampled_from([7, 14]), st.integers(2020, 2040))
def test_any_pay_date_gives_the_same_calendar_as_counting_from_it(anchor: date, step: int, year: int) -> None:
    frequency = {7: "weekly", 14: "biweekly"}[step]
    found = pay_dates(PaySchedule.model_validate({"frequency": frequency, "pay_date": anchor}), year)
    assert list(found) == counted_days(anchor, step, year)


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 31), st.sampled_from(["before", "after", "same"]), st.integers(2020, 2040))
def test_monthly_pay_is_near_its_day_and_never_on_a_weekend(day: int, weekend: str, year: int) -> None:
    schedule = PaySchedule.model_validate({"frequency": "monthly", "day": day, "weekend": weekend})
    found = [one for at in (year - 1, year, year + 1) for one in pay_dates(schedule, at)]
    assert len(found) == len(set(found))
    assert all(20 <= (later - earlier).days <= 40 for earlier, later in pairwise(found))
    assert weekend == "same" or all(one.weekday() < 5 for one in found)


def test_a_leap_day_becomes_28_february_elsewhere() -> None:
    assert same_day_in(date(2028, 2, 29), 2027) == date(2027, 2, 28)
    assert same_day_in(date(2026, 3, 13), 2027) == date(2027, 3, 13)
