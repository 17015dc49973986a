"""What each paycheck of a year pays: its gross pay, the part that elections apply to, the part that the plan counts.

Law:    pay above IRC 401(a)(17) is not counted; what a plan does within the year once pay so far reaches it is a term
        of the plan (Reg. 1.401(a)(17)-1 speaks of the year).
Units:  dollars, whole cents.
Not modeled: raises within the year; hours that differ; pay of the schedule that the plan does not count, other than
        bonuses.
Tests:  test_pay_of_the_paychecks_is_the_pay_of_the_year, test_pay_above_the_limit_by_each_rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rothwell.household import Job, YearToDate
from rothwell.mega_backdoor.pay_dates import pay_dates, same_day_in

CENT = 0.01  # a dollar's smallest part


@dataclass(frozen=True, slots=True)
class PaycheckPay:
    """The pay of one paycheck in dollars: all of it, what elections are taken from, what the match counts."""

    day: date
    kind: Literal["regular", "bonus"]
    gross: float
    elected_from: float
    counted: float


def paychecks_to_come(job: Job, year: int, so_far: YearToDate, pay_limit: float) -> tuple[PaycheckPay, ...]:
    """The paychecks of a year after the day of the facts, in order; a bonus stands behind a paycheck of the same day.

    `pay_limit` is the 401(a)(17) limit of the year. `so_far` is empty for a year without facts.
    """
    every = _every_paycheck(job, year)
    coming = [one for one in every if so_far.as_of is None or one.day > so_far.as_of]
    counted_so_far = counted_pay_so_far(job, year, so_far)
    if so_far.pay is not None:
        bonuses = sum(one.counted for one in coming if one.kind == "bonus")
        coming = _with_regular_pay(coming, max(0.0, job.plan_compensation - so_far.pay - bonuses))
    return tuple(_within_the_limit(job, coming, counted_so_far, pay_limit))


def counted_pay_so_far(job: Job, year: int, so_far: YearToDate) -> float:
    """Pay that the plan counts up to the day of the facts: as the file says, or by the schedule."""
    if so_far.pay is not None:
        return so_far.pay
    if so_far.as_of is None:
        return 0.0
    return sum(one.counted for one in _every_paycheck(job, year) if one.day <= so_far.as_of)


def _every_paycheck(job: Job, year: int) -> list[PaycheckPay]:
    assert job.pay_schedule is not None
    days = [day for day in pay_dates(job.pay_schedule, year) if job.pays_on(day)]
    bonuses = [
        PaycheckPay(
            same_day_in(one.date, year),
            "bonus",
            one.amount,
            one.amount if one.elections_apply else 0.0,
            one.amount if one.plan_counts else 0.0,
        )
        for one in job.bonuses
    ]
    regular = [PaycheckPay(day, "regular", 0.0, 0.0, 0.0) for day in days]
    return sorted(
        [*_with_regular_pay(regular, _regular_pay(job)), *bonuses], key=lambda one: (one.day, one.kind == "bonus")
    )


def _regular_pay(job: Job) -> float:
    """Pay of a year without bonuses and stock; what the plan does not count is taken as paid outside the paychecks."""
    counted = job.plan_compensation - sum(one.amount for one in job.bonuses if one.plan_counts)
    paid = job.pay - sum(one.amount for one in job.bonuses) - sum(one.amount for one in job.equity_pay)
    return max(0.0, min(counted, paid))


def _with_regular_pay(paychecks: Sequence[PaycheckPay], total: float) -> list[PaycheckPay]:
    """Equal regular paychecks that add up to a total, the odd cents in the last of them."""
    places = [place for place, one in enumerate(paychecks) if one.kind == "regular"]
    filled = list(paychecks)
    if not places:
        return filled
    each = round(total / len(places), 2)
    if each * (len(places) - 1) > total:  # a few cents for the whole year
        each = max(0.0, round(each - CENT, 2))
    for place in places:
        amount = each if place != places[-1] else round(total - each * (len(places) - 1), 2)
        filled[place] = PaycheckPay(filled[place].day, "regular", amount, amount, amount)
    return filled


def _within_the_limit(
    job: Job, paychecks: Sequence[PaycheckPay], counted_so_far: float, pay_limit: float
) -> Iterator[PaycheckPay]:
    """Paychecks with the pay that counts once pay so far nears the 401(a)(17) limit, by the plan's term."""
    rule = job.plan.at_pay_limit if job.plan is not None else "nothing_stops"
    for one in paychecks:
        left = round(max(0.0, pay_limit - counted_so_far), 2)
        counted_so_far += one.counted
        counted = one.counted if rule == "nothing_stops" else min(one.counted, left)
        elected_from = min(one.elected_from, left) if rule == "all_stops" else one.elected_from
        yield PaycheckPay(one.day, one.kind, one.gross, elected_from, counted)
