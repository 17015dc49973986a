"""What to know beside a schedule: extra paychecks, lost match, what cannot be reached, when the plan stops."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from rothwell.mega_backdoor.employer_plan import PLAN_CAP, elective_deferral_limit
from rothwell.mega_backdoor.job_year import HALF_A_CENT, JobYear, LawOfYear, rule
from rothwell.mega_backdoor.pay_dates import USUAL
from rothwell.mega_backdoor.set_elections import first_of_catch_up
from rothwell.mega_backdoor.year_ahead import CENTS, HALF, Cents, YearAhead, says_match_so_far

A_DOLLAR = 1.0  # less is not worth a sentence


@dataclass(frozen=True, slots=True)
class Facts:
    """What the notes speak of: deferrals in cents and their rates at each paycheck; the rest in dollars."""

    deferral: Cents
    deferral_rate: Cents
    undeferred: float
    unreached: float
    short: tuple[float, float]
    match_lost: float
    lost_by_front_loading: float
    extra_paycheck: bool


def notes_on(year: JobYear, law: LawOfYear, ahead: YearAhead, facts: Facts) -> tuple[str, ...]:
    """The notes, the gravest first."""
    return (
        *_short(ahead, facts),
        *_match(year, facts),
        *_not_told(year),
        *_cap_on_elections(year, ahead),
        *_steps(year, law, ahead, facts),
        *_calendar(year, law, ahead, facts),
    )


def _short(ahead: YearAhead, facts: Facts) -> Iterator[str]:
    deferral, after_tax = facts.short
    left = "no paycheck is" if not ahead.paychecks else "too little pay is"
    if deferral > 0.0:
        yield f"The planned deferrals cannot be reached any more: {left} left for {deferral:,.2f} dollars of them."
    if after_tax > 0.0:
        yield f"The room for after-tax contributions cannot be used up: {left} left for {after_tax:,.2f} dollars of it."


def _match(year: JobYear, facts: Facts) -> Iterator[str]:
    if facts.match_lost > HALF_A_CENT:
        yield (
            f"Match lost: {facts.match_lost:,.2f} dollars of the {year.formula.match:,.2f} that the formula gives on a "
            "whole year, which no election for the paychecks to come can bring back"
            + ("." if year.terms.true_up else "; the plan as written has no true-up.")
        )
        if year.room.room > 0.0 and year.room.limited_by != PLAN_CAP:
            yield (
                f"The lost match leaves up to {facts.match_lost:,.2f} dollars more of after-tax room than shown. "
                "Use it only at the end of the year, once the match is final."
            )
    if facts.lost_by_front_loading >= A_DOLLAR:
        yield (
            f"Putting in as much as possible as early as possible would lose {facts.lost_by_front_loading:,.2f} "
            "dollars of match: the plan as written matches each paycheck by itself and has no true-up."
        )


def _not_told(year: JobYear) -> Iterator[str]:
    if year.terms.match and not says_match_so_far(year.so_far):
        yield (
            "What the employer has put in so far is not given (year_to_date.employer_contributions): the match so far "
            "is taken as the formula on deferrals and pay so far."
        )


def _cap_on_elections(year: JobYear, ahead: YearAhead) -> Iterator[str]:
    cap = year.terms.after_tax_pay_cap
    if cap is not None and ahead.after_tax > 0.0 and year.room.limited_by == PLAN_CAP:
        most = float(np.floor(cap * ahead.elected_from + HALF).sum()) / CENTS
        if most < ahead.after_tax / CENTS - A_DOLLAR:
            yield (
                f"The plan's cap of {cap:.0%} of pay is taken for the whole year. If it caps each election, set "
                f"{cap:.0%} at most: {most:,.2f} dollars more can then go in this year."
            )


def _steps(year: JobYear, law: LawOfYear, ahead: YearAhead, facts: Facts) -> Iterator[str]:
    step = year.terms.election_step
    if not ahead.in_dollars and facts.short[1] <= 0.0 < facts.unreached:
        yield f"{facts.unreached:,.2f} dollars of the after-tax room stay: less than {step} of a paycheck."
    if not ahead.in_dollars and facts.short[0] <= 0.0 < facts.undeferred:
        yield f"{facts.undeferred:,.2f} dollars of the planned deferrals stay: less than {step} of a paycheck."
    if not ahead.in_dollars and ahead.deferral_stops and facts.deferral.any():
        last = int(np.flatnonzero(facts.deferral)[-1])
        wanted = facts.deferral_rate[last] * ahead.elected_from[last]
        over = float(facts.deferral_rate @ ahead.elected_from - facts.deferral.sum()) / CENTS
        if wanted - facts.deferral[last] > 1.0:
            yield (
                f"The elected percents would pass the limit on deferrals by {over:,.2f} dollars: the plan stops in the "
                f"paycheck of {ahead.paychecks[last].day.isoformat()}, which takes "
                f"{facts.deferral[last] / CENTS:,.2f} dollars. Ask whether yours does."
            )
    limit = float(rule(elective_deferral_limit, law.record))
    if year.left.base < limit - HALF_A_CENT and ahead.deferral > 0.0:
        yield "This plan does not know of deferrals in other plans and does not stop for them: keep to the elections."
    first = first_of_catch_up(year, ahead, facts.deferral)
    if first is not None and year.must_be_roth and year.terms.deferral_kind == "pre_tax":
        yield (
            f"From the paycheck of {ahead.paychecks[first].day.isoformat()} on deferrals are catch-up and must be Roth "
            "(IRC 414(v)(7)); many plans change over by themselves: ask."
        )


def _calendar(year: JobYear, law: LawOfYear, ahead: YearAhead, facts: Facts) -> Iterator[str]:
    schedule = year.job.pay_schedule
    assert schedule is not None
    if facts.extra_paycheck:
        usual = USUAL[schedule.frequency]
        yield (
            f"{law.year} has {usual + 1} pay dates instead of {usual}: the pay in the file is spread over all of them, "
            f"and elections are lower for it. If each paycheck stays a {usual}th of the salary, raise pay to match."
        )
    day = schedule.pay_date
    if day is not None and day.weekday() > calendar.FRIDAY:
        yield (
            f"pay_date {day.isoformat()} is a {day:%A}, on which banks do not pay: check it, since every other pay "
            "date follows from it."
        )
    if ahead.paychecks and (ahead.paychecks[0].day.month, ahead.paychecks[0].day.day) == (1, 1):
        yield (
            f"{ahead.paychecks[0].day.isoformat()} is a holiday: if that paycheck is paid on the business day before, "
            "it belongs to the year before. Move pay_date, or check."
        )
