"""Which elections to set: the shares of the paychecks to come that lose no match and reach what shall go in.

A deferral election may change once in the rest of the year; an after-tax election once, by one step. Of all such
elections those with the most match are kept (to a few cents, which rounding makes), of these those that put in the most
(to one step of the smallest paycheck, where percents cannot reach the target anyway). Of what is left the one with the
smallest change is taken, then the one that puts in the most, passes the target the least before the plan stops it, and
changes the latest. A plan with a true-up loses no match, whatever the elections.

Units:  rates are fractions of the pay that elections apply to; amounts in cents.
Not modeled: elections that change more often than once; a plan's own cap on the elected percentage.
Tests:  test_schedules_equal_brute_force, test_schedules_sum_to_the_limits_to_the_cent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rothwell.mega_backdoor.year_ahead import HALF, SPECK, Cents, YearAhead

FINE = 0.005  # a step of rates to search in where there are few paychecks
COARSE = 0.02  # a step of rates to search in where there are many
FEW = 12  # paychecks, up to which the search is fine
SAME = 1e-9  # rates nearer than this are one rate
HALVINGS = 60  # of an interval, until its ends are one float
DIGITS = 15  # of a rate, beyond which rates are one
FEW_CENTS = 5.0  # of match, which rounding alone can make
PASSES = -1.0  # what goes in with an election that passes its target


@dataclass(frozen=True, slots=True)
class Course:
    """An election and one change of it: `first` before the paycheck at `change`, `second` from it on."""

    first: float
    change: int
    second: float

    def rates(self, paychecks: int) -> Cents:
        """The rate at each paycheck."""
        return np.where(np.arange(paychecks) < self.change, self.first, self.second)


def best_deferral(ahead: YearAhead) -> Course:
    """The course of deferrals that loses the least match, and then reaches the most of the target."""
    if ahead.deferral <= 0.0:
        return Course(0.0, len(ahead.paychecks), 0.0)
    beside = even_after_tax(ahead, even_deferral(ahead)) if ahead.match_after_tax else 0.0 * ahead.elected_from
    steady, enough = _best_of(ahead, _steady_courses(ahead), beside)
    return steady if enough else _best_of(ahead, _deferral_courses(ahead), beside)[0]


def _best_of(ahead: YearAhead, courses: Cents, beside: Cents) -> tuple[Course, bool]:
    """The first of given courses, and whether no other course can have more match or more of the target."""
    taken = _taken(ahead, courses, ahead.elected_from, ahead.deferral, stops=ahead.deferral_stops)
    total = taken.sum(axis=-1)
    matched = taken + np.minimum(beside, ahead.elected_from - taken)
    match = np.zeros(len(courses)) if ahead.true_up else ahead.match(matched).sum(axis=-1)
    found, place = _first(ahead, courses, match, total, ahead.deferral)
    most = 0.0 if ahead.true_up else ahead.match(ahead.elected_from).sum()
    return found, bool(match[place] >= most - HALF and total[place] == ahead.deferral)


def best_after_tax(ahead: YearAhead, deferrals: Cents) -> Course:
    """The course of after-tax contributions beside given deferrals."""
    if ahead.after_tax <= 0.0:
        return Course(0.0, len(ahead.paychecks), 0.0)
    most = ahead.elected_from - deferrals
    courses = _after_tax_courses(ahead, most)
    taken = _taken(ahead, courses, most, ahead.after_tax)
    matched = ahead.match_after_tax and not ahead.true_up
    match = ahead.match(deferrals + taken).sum(axis=-1) if matched else np.zeros(len(courses))
    return _first(ahead, courses, match, taken.sum(axis=-1), ahead.after_tax)[0]


def even_deferral(ahead: YearAhead) -> Cents:
    """Deferrals that take the same share of every paycheck, in steps of the election."""
    return _even(ahead, ahead.elected_from, ahead.deferral, stops=ahead.deferral_stops)


def even_after_tax(ahead: YearAhead, deferrals: Cents) -> Cents:
    """After-tax contributions that take the same share of every paycheck, in steps of the election."""
    return _even(ahead, ahead.elected_from - deferrals, ahead.after_tax)


def _even(ahead: YearAhead, most: Cents, target: float, *, stops: bool = False) -> Cents:
    rate = _filling(ahead, most, target)
    if not ahead.in_dollars:
        rate = min(_highest(ahead, most), _up(rate, ahead.step) if stops else _down(rate, ahead.step))
    return ahead.taken(np.full(len(most), rate), most, target, stops=stops)


def _taken(ahead: YearAhead, courses: Cents, most: Cents, target: float, *, stops: bool = False) -> Cents:
    """What each course takes from each paycheck."""
    place = np.arange(len(most))
    rates = np.where(place < courses[:, 1, None], courses[:, 0, None], courses[:, 2, None])
    return ahead.taken(rates, most, target, stops=stops)


def _first(ahead: YearAhead, courses: Cents, match: Cents, total: Cents, target: float) -> tuple[Course, int]:
    """The first of the courses in the order of the page's head, and its place; one that passes its target is out."""
    paid = np.concatenate([[0.0], np.cumsum(ahead.elected_from)])
    before = paid[courses[:, 1].astype(np.int64)]
    over = np.maximum(0.0, np.rint(courses[:, 0] * before + courses[:, 2] * (paid[-1] - before) - target))
    total = np.where(total > target, PASSES, total)
    match = np.where(total < 0.0, PASSES, match)
    kept = match >= match.max() - (HALF if ahead.in_dollars else FEW_CENTS)
    most = total[kept].max()
    kept &= total >= (most if most == target else most - _coarse(ahead))
    change = np.round(np.abs(courses[:, 0] - courses[:, 2]) / SAME)
    order = np.lexsort((-courses[:, 1], -courses[:, 0], over, -total, change, ~kept))
    first, change_at, second = courses[order[0]]
    return Course(float(first), int(change_at), float(second)), int(order[0])


def _coarse(ahead: YearAhead) -> float:
    """One step of the smallest paycheck, in cents."""
    payable = ahead.elected_from[ahead.elected_from > 0.0]
    return ahead.step * float(payable.min(initial=np.inf)) if payable.size else 0.0


def _steady_courses(ahead: YearAhead) -> Cents:
    """Candidates without a change."""
    first = _rates_to_begin_with(ahead)
    return _rows(first, np.full(len(first), len(ahead.paychecks)), [first])


def _deferral_courses(ahead: YearAhead) -> Cents:
    """Candidates: first rates at each possible change, then what finishes the target, and the ends of the tiers."""
    paid = np.concatenate([[0.0], np.cumsum(ahead.elected_from)])
    below = _must_stay_below(ahead)
    rate, change = _pairs(ahead, _rates_to_begin_with(ahead))
    if below:
        within = rate * paid[change] <= ahead.deferral + len(paid)  # but for rounding
        rate, change = rate[within], change[within]
    after = paid[-1] - paid[change]
    left = np.maximum(0.0, ahead.deferral - rate * paid[change])
    finish = np.where(after > 0.0, left / np.maximum(after, 1.0), rate)
    if ahead.in_dollars:
        return _rows(rate, change, [finish, rate, *_ends_of_tiers(ahead, rate)])
    down = np.floor(finish / ahead.step + SAME) * ahead.step
    if below:  # more is never matched less: the highest second rate within the target is best
        return _rows(rate, change, [down, down + ahead.step, down - ahead.step, rate])
    beside = [rate, rate - ahead.step, rate + ahead.step]
    return _rows(rate, change, [down, down + ahead.step, *beside, *_ends_of_tiers(ahead, rate)])


def _must_stay_below(ahead: YearAhead) -> bool:
    """Whether an election must not pass the target: in percents, in a plan that does not stop by itself."""
    return not ahead.in_dollars and not ahead.deferral_stops


def _rates_to_begin_with(ahead: YearAhead) -> Cents:
    if _must_stay_below(ahead):
        return _every_step(ahead.step)
    return _first_rates(ahead, np.concatenate([[0.0], np.cumsum(ahead.elected_from)]))


def _first_rates(ahead: YearAhead, paid: Cents) -> Cents:
    """Nothing, all, even, the ends of the tiers, and what reaches the target just when pay stops or starts to count.

    Where a later tier is matched better than an earlier one, crowding may pay: then many rates in between as well.
    """
    counts = ahead.counted >= ahead.elected_from * HALF
    crowds = any(later > rate for (rate, _), (later, _) in pairwise(ahead.tiers))
    between: list[float] = (
        _every_step(max(ahead.step, FINE if len(counts) <= FEW else COARSE)).tolist() if crowds else []
    )
    turns = np.arange(1, len(counts)) if crowds else np.flatnonzero(counts[1:] != counts[:-1]) + 1
    by_turns = [ahead.deferral / paid[turn] for turn in (*turns, len(counts)) if paid[turn] > 0.0]
    return np.array(_on_steps(ahead, [0.0, 1.0, *by_turns, *between, *_tops(ahead)]))


def _ends_of_tiers(ahead: YearAhead, rate: Cents) -> list[Cents]:
    return [np.full_like(rate, top) for top in _on_steps(ahead, [0.0, *_tops(ahead)])]


def _tops(ahead: YearAhead) -> list[float]:
    """The ends of the tiers; in dollars a cent above, which rounding cannot bring below them."""
    cent = 1.0 / max(1.0, float(ahead.elected_from.max(initial=0.0))) if ahead.in_dollars else 0.0
    return [up_to + cent for _, up_to in ahead.tiers]


def _every_step(step: float) -> Cents:
    return np.arange(int(np.rint(1.0 / step)) + 1).astype(np.float64) * step


def _pairs(ahead: YearAhead, first: Cents) -> tuple[Cents, NDArray[np.int64]]:
    """Each rate with each paycheck at which it may change: not within a day that pays twice."""
    days = [one.day for one in ahead.paychecks]
    changes = np.array([place for place in range(1, len(days)) if days[place] != days[place - 1]] + [len(days)])
    return np.repeat(first, len(changes)), np.tile(changes, len(first))


def _after_tax_courses(ahead: YearAhead, most: Cents) -> Cents:
    """Candidates: the even rate and its neighbors, with one change of one step."""
    even = _filling(ahead, most, ahead.after_tax)
    if ahead.in_dollars:
        return np.array([[even, len(most), even]])
    first = np.unique([0.0, _down(even, ahead.step), _up(even, ahead.step), _down(even - ahead.step, ahead.step)])
    highest = _highest(ahead, most)
    first = np.unique(np.clip(np.concatenate([first, first + ahead.step]), 0.0, highest))
    rate, change = _pairs(ahead, first)
    return _rows(rate, change, [rate, rate - ahead.step, np.minimum(rate + ahead.step, highest)])


def _highest(ahead: YearAhead, most: Cents) -> float:
    """The highest share that can be elected of every paycheck beside the deferrals, which leave `most` of it."""
    paid = ahead.elected_from > 0.0
    left = (most[paid] + HALF) / ahead.elected_from[paid]  # a half cent for rounding
    return _down(min(1.0, float(left.min(initial=1.0))), ahead.step)


def _rows(rate: Cents, change: NDArray[np.int64], seconds: Iterable[Cents]) -> Cents:
    """Courses with rates from 0 to 1."""
    rows = [np.stack([rate, change.astype(np.float64), np.clip(second, 0.0, 1.0)], axis=-1) for second in seconds]
    rounded: Cents = np.round(np.concatenate(rows), DIGITS)
    return rounded


def _filling(ahead: YearAhead, most: Cents, target: float) -> float:
    """The one rate that reaches a target where a paycheck gives `most` at the most; 1 when none does."""
    if most.sum() < target:
        return 1.0
    total = float(ahead.elected_from.sum())
    if total <= 0.0:
        return 0.0
    low, high = 0.0, 1.0
    if (target / total * ahead.elected_from <= most + SPECK).all():
        return target / total
    for _ in range(HALVINGS):
        middle = low + HALF * (high - low)
        enough = np.minimum(middle * ahead.elected_from, most).sum() >= target
        low, high = (low, middle) if enough else (middle, high)
    return high


def _on_steps(ahead: YearAhead, rates: Iterable[float]) -> list[float]:
    """Rates that can be elected: the steps on both sides of each, or the rates themselves."""
    found = set()
    for rate in rates:
        within = min(1.0, max(0.0, rate))
        found |= {within} if ahead.in_dollars else {_down(within, ahead.step), _up(within, ahead.step)}
    return sorted(found)


def _down(rate: float, step: float) -> float:
    return max(0.0, float(np.floor(rate / step + SAME)) * step)


def _up(rate: float, step: float) -> float:
    return min(1.0, float(np.ceil(rate / step - SAME)) * step)
