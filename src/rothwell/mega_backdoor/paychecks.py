"""A job's year paycheck by paycheck: what goes in, what is matched, what to elect, and what other ways would lose.

Law:    IRC 402(g), 414(v), 415(c), 401(a)(17) through the year's room; the match by the plan's terms.
Units:  dollars, whole cents; what the file says has gone in so far stands outside the paychecks.
Not modeled: the day on which a true-up or a nonelective contribution is paid; a last paycheck after the day a job ends.
Tests:  test_schedules_sum_to_the_limits_to_the_cent, test_match_with_a_true_up_is_the_annual_formula,
        test_schedules_equal_brute_force.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from rothwell.mega_backdoor.elections import best_after_tax, best_deferral, even_after_tax, even_deferral
from rothwell.mega_backdoor.employer_plan import recognized_pay
from rothwell.mega_backdoor.job_year import JobYear, LawOfYear, rule
from rothwell.mega_backdoor.pay_dates import has_an_extra_paycheck
from rothwell.mega_backdoor.schedule_notes import Facts, notes_on
from rothwell.mega_backdoor.set_elections import Election, elections_of
from rothwell.mega_backdoor.year_ahead import CENTS, SPECK, Cents, YearAhead, whole_year_match, year_ahead

ROUNDS = 3  # of fitting after-tax money under the limits where paychecks earn more match than the year's formula


@dataclass(frozen=True, slots=True)
class Paycheck:
    """One paycheck to come, dollars: `kind` is regular or bonus, `catch_up` a part of the deferral."""

    date: str
    kind: str
    gross: float
    elective_deferral: float
    catch_up: float
    after_tax: float
    match: float


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to spread the year: the sums of the year with what has gone in, the match, and the match that it loses."""

    name: str
    elective_deferrals: float
    after_tax: float
    match_total: float
    match_lost: float
    true_up: float


@dataclass(frozen=True, slots=True)
class Schedule:
    """The paychecks to come with their elections; `match_total` is the match of the whole year, a true-up in it."""

    paychecks: tuple[Paycheck, ...]
    match_total: float
    match_lost: float
    true_up: float
    elections: tuple[Election, ...]
    achievable: bool
    variants: tuple[Variant, ...]
    extra_paycheck: bool
    paycheck_notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Elected:
    """What goes in at each paycheck in cents, and the rates that were elected."""

    deferral: Cents
    after_tax: Cents
    deferral_rate: Cents
    after_tax_rate: Cents


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What comes of elections: the match at each paycheck in cents, and the match of the year in dollars."""

    ahead: YearAhead
    elected: _Elected
    match: Cents
    match_total: float
    match_lost: float
    true_up: float


def schedule_of(year: JobYear, law: LawOfYear) -> Schedule | None:
    """The schedule of a job's year; None when the file has no pay schedule for it."""
    if year.job.pay_schedule is None:
        return None
    ahead = year_ahead(year, law)
    best = _outcome(year, ahead, law, _best)
    even, front = (_outcome(year, ahead, law, elect) for elect in (_even, _front_loaded))
    named = (("recommended", best), ("even_spread", even), ("front_loaded", front))
    extra = has_an_extra_paycheck(year.job.pay_schedule, law.year)
    short = _short_of(best)
    return Schedule(
        paychecks=_paychecks(year, best),
        match_total=best.match_total,
        match_lost=best.match_lost,
        true_up=best.true_up,
        elections=elections_of(
            year, best.ahead, (best.elected.deferral, best.elected.deferral_rate),
            (best.elected.after_tax, best.elected.after_tax_rate),
        ),
        achievable=short == (0.0, 0.0),
        variants=tuple(_variant(year, name, outcome) for name, outcome in named),
        extra_paycheck=extra,
        paycheck_notes=notes_on(year, law, best.ahead, _facts(best, front, short, extra)),
    )  # fmt: skip


def _best(ahead: YearAhead) -> _Elected:
    if not ahead.paychecks:
        return _even(ahead)
    rates = best_deferral(ahead).rates(len(ahead.paychecks))
    deferral = ahead.taken(rates, ahead.elected_from, ahead.deferral, stops=ahead.deferral_stops)
    after_rates = best_after_tax(ahead, deferral).rates(len(ahead.paychecks))
    after_tax = ahead.taken(after_rates, ahead.elected_from - deferral, ahead.after_tax)
    return _Elected(deferral, after_tax, rates, after_rates)


def _even(ahead: YearAhead) -> _Elected:
    deferral = even_deferral(ahead)
    after_tax = even_after_tax(ahead, deferral)
    return _Elected(deferral, after_tax, deferral, after_tax)


def _front_loaded(ahead: YearAhead) -> _Elected:
    """All of each paycheck until the targets are reached."""
    whole = np.ones(len(ahead.paychecks))
    deferral = ahead.taken(whole, ahead.elected_from, ahead.deferral, stops=True)
    after_tax = ahead.taken(whole, ahead.elected_from - deferral, ahead.after_tax, stops=True)
    return _Elected(deferral, after_tax, whole, whole)


def _outcome(year: JobYear, ahead: YearAhead, law: LawOfYear, elect: Callable[[YearAhead], _Elected]) -> _Outcome:
    """What comes of a way to elect; after-tax money gives way where the match leaves less room than the formula."""
    for _ in range(ROUNDS):
        outcome = _matched(year, ahead, law, elect(ahead))
        over = _over_the_limits(year, outcome, law)
        if over <= 0.0 or ahead.after_tax <= 0.0:
            break
        ahead = replace(ahead, after_tax=max(0.0, float(outcome.elected.after_tax.sum()) - over))
    return outcome


def _matched(year: JobYear, ahead: YearAhead, law: LawOfYear, elected: _Elected) -> _Outcome:
    also = elected.after_tax if ahead.match_after_tax else 0.0 * elected.after_tax
    match = ahead.match(elected.deferral + also)
    before = year.so_far.elective_deferrals + (year.so_far.after_tax if ahead.match_after_tax else 0.0)
    by_paycheck = ahead.match_so_far + float(match.sum())
    in_all = before + float((elected.deferral + also).sum()) / CENTS
    whole_year = float(np.rint(whole_year_match(year, in_all, law) * CENTS))
    true_up = max(0.0, whole_year - by_paycheck) if year.terms.true_up else 0.0
    planned = float(np.rint(year.formula.match * CENTS))
    total = by_paycheck + true_up
    return _Outcome(ahead, elected, match, total / CENTS, max(0.0, planned - total) / CENTS, true_up / CENTS)


def _over_the_limits(year: JobYear, outcome: _Outcome, law: LawOfYear) -> float:
    """Cents above the limit on annual additions or the ACP limit with the match that the paychecks earn."""
    if outcome.match_total <= year.formula.match:
        return 0.0
    deferrals = year.so_far.elective_deferrals + float(outcome.elected.deferral.sum()) / CENTS
    after_tax = year.so_far.after_tax + float(outcome.elected.after_tax.sum()) / CENTS
    employer = max(outcome.match_total + year.formula.nonelective, year.so_far.employer_contributions)
    additions = min(deferrals, year.deferral.base) + after_tax + employer - year.additions_limit
    acp = float(year.plan.acp_limit) * float(rule(recognized_pay, year.job.plan_compensation, law.record))
    over = max(additions, outcome.match_total + after_tax - acp)
    return float(np.ceil(max(0.0, over) * CENTS - SPECK))


def _short_of(outcome: _Outcome) -> tuple[float, float]:
    """Dollars of deferrals and of after-tax money that cannot go in any more; less than one step of an election is not
    short."""
    ahead, elected = outcome.ahead, outcome.elected
    slack = ahead.step * float(ahead.elected_from.max(initial=0.0))
    found = [ahead.deferral - float(elected.deferral.sum()), ahead.after_tax - float(elected.after_tax.sum())]
    deferral, after_tax = (left / CENTS if left > slack else 0.0 for left in found)
    return deferral, after_tax


def _paychecks(year: JobYear, outcome: _Outcome) -> tuple[Paycheck, ...]:
    elected = outcome.elected
    through = year.so_far.elective_deferrals * CENTS + np.cumsum(elected.deferral)
    under = min(year.deferral.base, max(year.so_far.elective_deferrals, year.left.base)) * CENTS
    catch_up = np.minimum(elected.deferral, np.maximum(0.0, through - under))
    return tuple(
        Paycheck(
            date=one.day.isoformat(),
            kind=one.kind,
            gross=one.gross,
            elective_deferral=float(elected.deferral[place]) / CENTS,
            catch_up=round(float(catch_up[place]) / CENTS, 2),
            after_tax=float(elected.after_tax[place]) / CENTS,
            match=float(outcome.match[place]) / CENTS,
        )
        for place, one in enumerate(outcome.ahead.paychecks)
    )


def _variant(year: JobYear, name: str, outcome: _Outcome) -> Variant:
    return Variant(
        name,
        year.so_far.elective_deferrals + float(outcome.elected.deferral.sum()) / CENTS,
        year.so_far.after_tax + float(outcome.elected.after_tax.sum()) / CENTS,
        outcome.match_total,
        outcome.match_lost,
        outcome.true_up,
    )


def _facts(best: _Outcome, front: _Outcome, short: tuple[float, float], extra: bool) -> Facts:
    ahead, elected = best.ahead, best.elected
    return Facts(
        deferral=elected.deferral,
        deferral_rate=elected.deferral_rate,
        unreached=(ahead.after_tax - float(elected.after_tax.sum())) / CENTS,
        undeferred=(ahead.deferral - float(elected.deferral.sum())) / CENTS,
        short=short,
        match_lost=best.match_lost,
        lost_by_front_loading=front.match_lost - best.match_lost,
        extra_paycheck=extra,
    )
