"""Money, rates, dates and names as people type them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rothwell.household.amounts import CalendarYear, Day, Dollars, DollarsOrMaximum, Name, Rate, State, Unusable

READ = [
    (Dollars(), 310_000, 310_000.0),
    (Dollars(), 0.5, 0.5),
    (Dollars(), "310k", 310_000.0),
    (Dollars(), "310 K", 310_000.0),
    (Dollars(), "$310,000", 310_000.0),
    (Dollars(), "310,000", 310_000.0),
    (Dollars(), "310_000", 310_000.0),
    (Dollars(), "$1,234,567.89", 1_234_567.89),
    (Dollars(), "1.2m", 1_200_000.0),
    (Dollars(), "$24.5k", 24_500.0),
    (Dollars(), " 7 ", 7.0),
    (DollarsOrMaximum(), "Max", "max"),
    (DollarsOrMaximum(), "24.5k", 24_500.0),
    (Rate(), 0.06, 0.06),
    (Rate(), 1, 1.0),
    (Rate(), "6%", 0.06),
    (Rate(), "6.5 %", 0.065),
    (Rate(), "0.06", 0.06),
    (Rate(-0.1, 0.1), "-5%", -0.05),
    (Day(), date(1985, 4, 10), date(1985, 4, 10)),
    (Day(), "1985-04-10", date(1985, 4, 10)),
    (CalendarYear(1900, 2200), "2024", 2024),
    (State(), "wa", "WA"),
    (Name(), " Ann ", "Ann"),
]

REFUSED = [
    (Dollars(), "12,50"),
    (Dollars(), "12,5"),
    (Dollars(), "1234,567"),
    (Dollars(), "1,2m"),
    (Dollars(), "1,200k"),
    (Dollars(), "1.234,56"),
    (Dollars(), "1,23,456"),
    (Dollars(), "1e5"),
    (Dollars(), "\u0663"),
    (Dollars(), "€5"),
    (Dollars(), "310b"),
    (Dollars(), "$"),
    (Dollars(), None),
    (Dollars(above_zero=True), 0),
    (DollarsOrMaximum(), "min"),
    (Rate(), "6,5%"),
    (Rate(), "six"),
    (Rate(), 6),
    (Rate(), "nan"),
    (CalendarYear(1900, 2200), "24"),
    (Day(), 19850410),
    (Name(), "two\nlines"),
    (Name(), "x" * 81),
]


@pytest.mark.parametrize(("reader", "typed", "meant"), READ)
def test_what_people_type_is_read_as_they_mean_it(reader: Any, typed: object, meant: object) -> None:
    assert reader.read(typed) == meant


@pytest.mark.parametrize(("reader", "typed"), REFUSED)
def test_what_can_be_read_in_two_ways_or_in_none_is_refused(reader: Any, typed: object) -> None:
    with pytest.raises(Unusable) as caught:
        reader.read(typed)
    assert caught.value.message
    assert caught.value.allowed


@given(st.integers(0, 10**11))
def test_whole_dollars_read_the_same_in_every_way_of_writing(dollars: int) -> None:
    ways = [dollars, float(dollars), str(dollars), f"{dollars:,}", f"${dollars:,}", f"{dollars:_}", f"{dollars}.00"]
    assert {Dollars().read(way) for way in ways} == {float(dollars)}


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.booleans(), st.none(), st.dates()))
def test_any_value_is_read_within_the_bounds_or_refused(value: object) -> None:
    for reader, low, high in ((Dollars(), 0.0, 1e11), (Rate(-0.1, 0.5), -0.1, 0.5)):
        try:
            number = reader.read(value)
        except Unusable:
            continue
        assert low <= number <= high
