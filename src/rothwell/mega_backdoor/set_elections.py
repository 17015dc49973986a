"""The elections to set with the employer, from the amounts and the rates of the paychecks to come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rothwell.mega_backdoor.job_year import JobYear
from rothwell.mega_backdoor.year_ahead import CENTS, HALF, Cents, YearAhead

DIGITS = 6  # of a rate, so that 0.07 is not shown as 0.07000000000000001


@dataclass(frozen=True, slots=True)
class Election:
    """What to set for the paychecks from a day on: a share of pay or dollars a paycheck, the other is None.

    `kind` is pre_tax, roth or after_tax; `on` tells which paychecks it is for: every, regular or bonus.
    """

    kind: str
    from_paycheck: str
    on: str
    rate: float | None
    dollars: float | None


def elections_of(
    year: JobYear, ahead: YearAhead, deferral: tuple[Cents, Cents], after_tax: tuple[Cents, Cents]
) -> tuple[Election, ...]:
    """The elections behind amounts and rates at each paycheck; none where nothing is to go in and nothing has."""
    kind = year.terms.deferral_kind
    found: list[Election] = []
    if deferral[0].any() or (year.so_far.elective_deferrals > 0.0 and not ahead.deferral_stops):
        found += _elections(kind, ahead, *deferral, stops=ahead.deferral_stops and ahead.deferral > 0.0)
    if after_tax[0].any() or year.so_far.after_tax > 0.0:
        found += _elections("after_tax", ahead, *after_tax)
    if year.must_be_roth and kind == "pre_tax":
        found = list(_with_roth_catch_up(year, ahead, found, deferral[0]))
    return tuple(found)


def _with_roth_catch_up(year: JobYear, ahead: YearAhead, found: list[Election], deferral: Cents) -> Iterator[Election]:
    """Elections whose pre-tax deferrals turn into Roth ones from the paycheck on that has catch-up in it."""
    first = first_of_catch_up(year, ahead, deferral)
    if first is None:
        yield from found
        return
    day = ahead.paychecks[first].day.isoformat()
    before = float(deferral[:first].sum()) + year.so_far.elective_deferrals * CENTS
    all_of_it = before >= year.deferral.base * CENTS - HALF
    current = None
    elections = []
    for one in (one for one in found if one.kind == "pre_tax"):
        later = one.from_paycheck > day or (one.from_paycheck == day and all_of_it)
        current = one if one.from_paycheck <= day and one.on != "bonus" else current
        elections.append(replace(one, kind="roth") if later else one)
    if current is not None and (current.from_paycheck < day or not all_of_it):
        elections.append(replace(current, kind="roth", from_paycheck=day))
    yield from sorted(elections, key=lambda one: one.from_paycheck)
    yield from (one for one in found if one.kind != "pre_tax")


def first_of_catch_up(year: JobYear, ahead: YearAhead, deferral: Cents) -> int | None:
    """The first paycheck with catch-up contributions in it."""
    under = year.deferral.base * CENTS - year.so_far.elective_deferrals * CENTS
    above = np.flatnonzero((np.cumsum(deferral) > max(0.0, under)) & (deferral > 0.0))
    return int(above[0]) if year.deferral.catch_up > 0.0 and above.size else None


def _elections(kind: str, ahead: YearAhead, amounts: Cents, rates: Cents, *, stops: bool = False) -> Iterator[Election]:
    """The elections of one kind: rates for every paycheck, or dollars for regular paychecks and for bonuses."""
    paid = ahead.elected_from > 0.0
    if not ahead.in_dollars:
        yield from (
            Election(kind, day, "every", rate, None) for day, rate in _changes(ahead, paid, rates, amounts, stops)
        )
        return
    for on in ("regular", "bonus"):
        within = paid & np.array([one.kind == on for one in ahead.paychecks], dtype=bool)
        for day, amount in _changes(ahead, within, amounts, amounts, stops):
            yield Election(kind, day, on, None, amount / CENTS)


def _changes(
    ahead: YearAhead, within: NDArray[np.bool_], elected: Cents, amounts: Cents, stops: bool
) -> Iterator[tuple[str, float]]:
    """The days on which an election changes, until the plan has stopped by itself."""
    last = None
    for place in np.flatnonzero(within):
        if stops and not amounts[place:].any():
            return
        value = round(float(elected[place]), DIGITS)
        if value != last or (ahead.paychecks[place].kind == "bonus" and ahead.in_dollars):
            yield ahead.paychecks[place].day.isoformat(), value
        last = value
