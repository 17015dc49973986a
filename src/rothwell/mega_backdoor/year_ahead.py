"""The rest of a job's year, paycheck by paycheck: what elections take from each, and what it is matched with.

Law:    the plan's formula paycheck by paycheck on pay up to IRC 401(a)(17); the limits are those of the year's room.
Units:  cents, in arrays with a place for each paycheck to come; rates are fractions of the pay that elections apply to.
Not modeled: payroll taxes and other deductions, which leave less of a paycheck than its gross pay; forfeited match;
        a match on catch-up contributions alone that the plan leaves out.
Tests:  test_schedules_equal_brute_force, test_match_with_a_true_up_is_the_annual_formula.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rothwell.household import YearToDate
from rothwell.mega_backdoor.employer_plan import NO_CAP, elective_deferral_limit, employer_contributions
from rothwell.mega_backdoor.job_year import HALF_A_CENT, JobYear, LawOfYear, rule
from rothwell.mega_backdoor.paycheck_pay import PaycheckPay, counted_pay_so_far, paychecks_to_come

Cents = NDArray[np.float64]
CENTS = 100.0  # cents in a dollar
STEPS = {"dollars": 0.0, "1%": 0.01, "0.5%": 0.005, "0.1%": 0.001}  # of an election, as written in the file
HALF = 0.5  # rounds to the nearest whole cent
SPECK = 1e-6  # of a cent: arithmetic of floats
EVERYTHING = 1e12  # dollars, more than anybody defers


@dataclass(frozen=True, slots=True)
class YearAhead:
    """The paychecks to come, what shall still go in, and the terms that decide the match; amounts in cents.

    `deferral_stops` tells whether the plan itself stops at the deferral that shall go in; after-tax money never passes.
    """

    paychecks: tuple[PaycheckPay, ...]
    elected_from: Cents
    counted: Cents
    deferral: float
    after_tax: float
    deferral_stops: bool
    tiers: tuple[tuple[float, float], ...]
    match_so_far: float
    match_left: float
    match_after_tax: bool
    true_up: bool
    step: float

    @property
    def in_dollars(self) -> bool:
        """Whether the plan takes elections in dollars."""
        return self.step <= 0.0

    def taken(self, rates: Cents, most: Cents, target: float, *, stops: bool = False) -> Cents:
        """What elections of a rate at each paycheck take, never more than `most`; rows of courses, or a single one.

        Dollars end at the target, the odd cents in the last of them; percents go on above it unless the plan stops.
        """
        raw = np.minimum(np.floor(rates * self.elected_from + HALF + SPECK), most)
        through = np.cumsum(raw, axis=-1)
        if stops or self.in_dollars:
            through = np.minimum(through, target)
        each = _each(through)
        return _with_odd_cents(each, most, target - through[..., -1:]) if self.in_dollars else each

    def match(self, put_in: Cents) -> Cents:
        """The match of each paycheck for what goes in and is matched; the odd cents are carried to the next one."""
        earned = np.zeros_like(put_in)
        below = 0.0
        for rate, up_to in self.tiers:
            earned += rate * np.clip(put_in - below * self.counted, 0.0, (up_to - below) * self.counted)
            below = up_to
        through = np.floor(np.minimum(np.cumsum(earned, axis=-1), self.match_left) + HALF + SPECK)
        return _each(through)


def _each(through: Cents) -> Cents:
    """What each paycheck adds to the sums through it."""
    each = through.copy()
    each[..., 1:] -= through[..., :-1]
    return each


def _with_odd_cents(each: Cents, most: Cents, short: Cents) -> Cents:
    """Dollars whose last one takes what rounding has left, a cent a paycheck at the most."""
    paychecks = each.shape[-1]
    if not paychecks:
        return each
    last = paychecks - 1 - np.argmax(each[..., ::-1] > 0.0, axis=-1)
    at_last = np.arange(paychecks) == last[..., None]
    small = (short > 0.0) & (short <= paychecks) & (each > 0.0) & (each + short <= most)
    return np.where(at_last & small, each + short, each)


def year_ahead(year: JobYear, law: LawOfYear) -> YearAhead:
    """The rest of a job's year under its pay schedule, with the year's room as what shall go in."""
    job, terms = year.job, year.terms
    paychecks = paychecks_to_come(job, law.year, year.so_far, float(law.record.compensation.limit))
    planned = year.deferral.base + year.deferral.catch_up
    so_far = match_so_far(year, law)
    return YearAhead(
        paychecks=paychecks,
        elected_from=_cents([one.elected_from for one in paychecks]),
        counted=_cents([one.counted for one in paychecks]),
        deferral=_whole_cents(max(0.0, planned - year.so_far.elective_deferrals)),
        after_tax=np.floor(max(0.0, year.room.room - year.so_far.after_tax) * CENTS + SPECK),
        deferral_stops=_at_the_limit_of_one_plan(year, law),
        tiers=tuple((tier.rate, tier.up_to) for tier in terms.match),
        match_so_far=_whole_cents(so_far),
        match_left=max(0.0, _most_match(year, law) - so_far) * CENTS,
        match_after_tax=terms.match_after_tax,
        true_up=terms.true_up,
        step=STEPS[terms.election_step],
    )


def match_so_far(year: JobYear, law: LawOfYear) -> float:
    """The match in the employer's contributions so far, in dollars: as the file says, or what is not nonelective.

    Where the file is silent, what the formula gives on deferrals and pay so far.
    """
    facts: YearToDate = year.so_far
    if facts.match is not None:
        return facts.match
    if not year.terms.match:
        return 0.0
    pay = min(counted_pay_so_far(year.job, law.year, facts), float(law.record.compensation.limit))
    if not says_match_so_far(facts):
        matched = facts.elective_deferrals + (facts.after_tax if year.terms.match_after_tax else 0.0)
        return float(rule(employer_contributions, matched, pay, year.plan, law.record).match)
    return max(0.0, facts.employer_contributions - float(year.plan.nonelective) * pay)


def says_match_so_far(facts: YearToDate) -> bool:
    """Whether the file tells of the match so far; silence beside deferrals is not zero."""
    silent = "employer_contributions" not in facts.model_fields_set and facts.match is None
    return not (silent and facts.elective_deferrals > 0.0)


def whole_year_match(year: JobYear, matched: float, law: LawOfYear) -> float:
    """The match of a year's contributions by the formula for the whole year, in dollars."""
    return float(rule(employer_contributions, matched, year.job.plan_compensation, year.plan, law.record).match)


def _most_match(year: JobYear, law: LawOfYear) -> float:
    """What paychecks can be matched with in all: the plan's cap, and on all pay no more than on pay up to the limit."""
    if year.terms.at_pay_limit == "nothing_stops":
        return whole_year_match(year, EVERYTHING, law)
    return float(year.plan.match_dollar_cap) if year.terms.match_dollar_cap is not None else float(NO_CAP)


def _at_the_limit_of_one_plan(year: JobYear, law: LawOfYear) -> bool:
    """Whether the planned deferral is what this plan stops at by itself; it does not know of other plans."""
    most = float(rule(elective_deferral_limit, law.record)) + (
        0.0 if year.catch_up_barred else year.left.catch_up_limit
    )
    return year.deferral.base + year.deferral.catch_up >= most - HALF_A_CENT


def _cents(dollars: list[float]) -> Cents:
    return np.rint(np.array(dollars, dtype=np.float64) * CENTS)


def _whole_cents(dollars: float) -> float:
    return float(np.rint(dollars * CENTS))
