"""The yearly fee at which a difference between two strategies turns to zero: by straight lines, for it is nearly one;
where they lead astray, by the Illinois method."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import NamedTuple

FIRST_STEP = 0.005  # a fraction a year: how far above the fee now the search begins, doubled as needed
WIDEST_FEE = 0.05  # a fraction a year: beyond this fee nothing is searched
ILLINOIS = 2.0  # the end that stays put counts half, so that both ends close in
FEE_ACCURACY = 1e-5  # a fraction a year: a hundredth of the usual fee
MOST_LINES = 5  # more of them say that the difference is no line
JAGGED = 0.5  # of its slope: what changes more from one line to the next is no line, but has cliffs
BEND = 100.0  # of its slope for each unit of the fee: five times what the example of a couple shows


class Zero(NamedTuple):
    """Where a difference is zero, and how much it changes there for each unit of the fee."""

    fee: float
    slope: float


class _Point(NamedTuple):
    fee: float
    value: float


def fee_of_zero(
    difference: Callable[[float], float], fee_now: float, near: Zero | None = None, accuracy: float = FEE_ACCURACY
) -> Zero | None:
    """The yearly plan fee at which a difference turns to zero, between the fee now and WIDEST_FEE.

    `near` is where it is looked for first. None where the difference is not positive now, or still positive at the
    widest fee.
    """
    tried: dict[float, float] = {}

    def point(fee: float) -> _Point:
        if fee not in tried:
            tried[fee] = difference(fee)
        return _Point(fee, tried[fee])

    if near is None:
        first, second = point(fee_now), point(min(fee_now + FIRST_STEP, WIDEST_FEE))
        if first.value <= 0.0 or second.fee <= first.fee:
            return None
        near = Zero(fee_now, _slope(first, second))
    found = _by_lines(point, fee_now, near, accuracy)
    return found or _between(point, *(_bracket(tried) or _from_now(point, fee_now)), accuracy)


def _by_lines(point: Callable[[float], _Point], fee_now: float, near: Zero, accuracy: float) -> Zero | None:
    """The zero by straight lines through the last two points, the first with the slope of `near`; None where they lead
    away from it.

    A line misses the zero by its step times the change of the slope, which two lines show and BEND bounds.
    """
    last, slope = point(near.fee), near.slope
    for _ in range(MOST_LINES):
        guess = last.fee - last.value / slope if slope < 0.0 else -1.0
        if not fee_now <= guess <= WIDEST_FEE:
            return None
        now = point(guess)
        if now.fee == last.fee or now.value == 0.0:
            return Zero(guess, slope)
        before, slope = slope, _slope(last, now)
        if slope < 0.0:
            step, change = -now.value / slope, abs(1.0 - before / slope)
            missed = abs(step) * min(change, BEND * abs(now.fee - last.fee))
            if change < JAGGED and missed <= accuracy and fee_now <= guess + step <= WIDEST_FEE:
                return Zero(guess + step, slope)
        last = now
    return None


def _between(point: Callable[[float], _Point], low: _Point, high: _Point, accuracy: float) -> Zero | None:
    """The zero between two fees (Illinois method); None where the difference does not change its sign there."""
    if low.value <= 0.0 or high.value >= 0.0:
        return None
    guess, slope = low.fee, _slope(low, high)
    while high.fee - low.fee > accuracy:
        before, line = guess, _slope(low, high)
        guess = low.fee - low.value / line
        now = point(guess)
        again = (now.value > 0.0) == (before == low.fee)  # the same end moves as the time before
        end = low if now.value > 0.0 else high
        slope = _slope(end, now) if now.fee != end.fee else slope
        if min(abs(guess - before), abs(now.value / line)) <= accuracy:
            break
        if now.value > 0.0:
            low, high = now, high._replace(value=high.value / ILLINOIS) if again else high
        else:
            low, high = low._replace(value=low.value / ILLINOIS) if again else low, now
    return Zero(guess, slope)


def _bracket(tried: Mapping[float, float]) -> tuple[_Point, _Point] | None:
    """The closest two fees tried between which the difference falls through zero."""
    points = [_Point(fee, tried[fee]) for fee in sorted(tried)]
    falls = [(low, high) for low, high in pairwise(points) if low.value > 0.0 > high.value]
    return min(falls, key=lambda ends: ends[1].fee - ends[0].fee, default=None)


def _from_now(point: Callable[[float], _Point], fee_now: float) -> tuple[_Point, _Point]:
    """The fee now and a higher one, doubled until the difference is no longer above zero or nothing higher is tried."""
    low, high = point(fee_now), point(min(fee_now + FIRST_STEP, WIDEST_FEE))
    while high.value > 0.0 and high.fee < WIDEST_FEE:
        low, high = high, point(min(high.fee + (high.fee - fee_now), WIDEST_FEE))
    return low, high


def _slope(one: _Point, other: _Point) -> float:
    return (other.value - one.value) / (other.fee - one.fee)
