"""The yearly fee at which a difference between two strategies turns to zero: by secants where it is nearly known, else
by the Illinois method."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

FIRST_STEP = 0.005  # a fraction a year: how far above the fee now the search begins, doubled as needed
WIDEST_FEE = 0.05  # a fraction a year: beyond this fee nothing is searched
ILLINOIS = 2.0  # the end that stays put counts half, so that both ends close in
FEE_ACCURACY = 1e-5  # a fraction a year: a hundredth of the usual fee
MOST_SECANTS = 5  # from a fee that is nearly right; more of them say that it was not


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
    found = None if near is None else _by_secants(difference, fee_now, near, accuracy)
    return found or _between(difference, *_from_now(difference, fee_now), accuracy)


def _by_secants(difference: Callable[[float], float], fee_now: float, near: Zero, accuracy: float) -> Zero | None:
    """The zero by straight lines, the first with the slope of `near`; None where they lead away from it.

    How far a line misses the zero is its step times the change of the slope since the line before.
    """
    last, slope = _Point(near.fee, difference(near.fee)), near.slope
    for _ in range(MOST_SECANTS):
        guess = last.fee - last.value / slope
        if not fee_now <= guess <= WIDEST_FEE:
            return None
        if guess == last.fee:
            return Zero(guess, slope)
        now = _Point(guess, difference(guess))
        before, slope = slope, (now.value - last.value) / (now.fee - last.fee)
        if not slope < 0.0:
            return None
        step = -now.value / slope
        if abs(step * (slope - before) / slope) <= accuracy and fee_now <= guess + step <= WIDEST_FEE:
            return Zero(guess + step, slope)
        last = now
    return None


def _between(difference: Callable[[float], float], low: _Point, high: _Point, accuracy: float) -> Zero | None:
    """The zero between two fees (Illinois method); None where the difference does not change its sign there."""
    if low.value <= 0.0 or high.value >= 0.0:
        return None
    guess, slope = low.fee, (high.value - low.value) / (high.fee - low.fee)
    while high.fee - low.fee > accuracy:
        before, line = guess, (high.value - low.value) / (high.fee - low.fee)
        guess = low.fee - low.value / line
        now = _Point(guess, difference(guess))
        again = (now.value > 0.0) == (before == low.fee)  # the same end moves as the time before
        end = low if now.value > 0.0 else high
        slope = (now.value - end.value) / (now.fee - end.fee) if now.fee != end.fee else slope
        if min(abs(guess - before), abs(now.value / line)) <= accuracy:
            break
        if now.value > 0.0:
            low, high = now, high._replace(value=high.value / ILLINOIS) if again else high
        else:
            low, high = low._replace(value=low.value / ILLINOIS) if again else low, now
    return Zero(guess, slope)


def _from_now(difference: Callable[[float], float], fee_now: float) -> tuple[_Point, _Point]:
    """The fee now and a higher one, doubled until the difference is no longer above zero or nothing higher is tried."""
    low = _Point(fee_now, difference(fee_now))
    high = _high(difference, min(fee_now + FIRST_STEP, WIDEST_FEE))
    while high.value > 0.0 and high.fee < WIDEST_FEE:
        low, high = high, _high(difference, min(high.fee + (high.fee - fee_now), WIDEST_FEE))
    return low, high


def _high(difference: Callable[[float], float], fee: float) -> _Point:
    return _Point(fee, difference(fee))
