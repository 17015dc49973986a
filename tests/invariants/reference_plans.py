"""Plans and IRAs of a year in plain Python: what goes in outside plans, what leaves them, what must be distributed."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from rothwell.law.indexing import CHAINED_PRICES, PRICES
from rothwell.law.landscape_shocks import MEGA_BACKDOOR_BAN, ROTH_DISTRIBUTION_REQUIRED
from rothwell.mega_backdoor.owner_contributions import earned_income
from rothwell.mega_backdoor.roth_rules import five_years_are_over
from rothwell.provision import plainly
from rothwell.tax.ira_contributions import ira_limit
from tests.invariants.reference_accounts import Estate
from tests.invariants.reference_work import Work
from tests.invariants.reference_year import PEOPLE, Year


class Future(NamedTuple):
    """One path: returns [year, mix], index levels [year, kind], regime [year], from which year each shock is in force,
    points of a drift [year, series] or None, the amounts of the shocks, the last year of each life, and the year in
    which each person's care begins."""

    returns: Any
    levels: Any
    regime: Any
    shock_from: Any
    points: Any
    terms: Any
    last_year: tuple[int, int]
    care_from: tuple[int, int]


@dataclass
class Now:
    """What is known as a year opens."""

    number: int
    calendar: int
    alive: list[bool]
    ages: list[float]
    status: int
    law: Any
    levels: Any
    shocks: dict[int, bool] = field(default_factory=dict)

    @property
    def price_level(self) -> float:
        return float(self.levels[self.number, PRICES])


def outside_plans(home: Any, estate: Estate, work: Work, now: Now) -> tuple[list[float], list[float]]:
    """The ordinary backdoor and health savings accounts of every year of work, out of taxable money above the floor."""
    backdoor, hsa, law = [0.0, 0.0], [0.0, 0.0], now.law
    able = estate.taxable.value - home.couple.cash_floor * now.price_level if work.held else 0.0
    compensation = [_compensation(work, who, law) for who in PEOPLE]
    for who, one in enumerate(home.people):
        if not now.alive[who] or able <= 0.0:
            continue
        if one.backdoor > 0.0:
            counted = sum(compensation) - sum(backdoor)  # of both: IRC 219(c)(1)(B)(ii)
            if compensation[who] >= compensation[1 - who]:  # it helps the lower earner alone, 219(c)(2)(B)
                counted = min(counted, compensation[who])
            backdoor[who] = min(able, plainly(ira_limit)(now.ages[who], counted, law.ira))
            able -= backdoor[who]
        if one.hsa_family + one.hsa_self_only > 0.0 and now.ages[who] < law.irmaa.eligible_age:
            room = one.hsa_family * law.hsa.family + one.hsa_self_only * law.hsa.self_only
            room += law.hsa.catch_up if now.ages[who] >= law.hsa.catch_up_age else 0.0
            hsa[who] = min(able, room)
            able -= hsa[who]
    return backdoor, hsa


def _compensation(work: Work, who: int, law: Any) -> float:
    """Wages that are income and earned income, which half of the tax and contributions to the own plan lower: IRC
    219(f)(1), 401(c)(2)(A)."""
    profit, wages = work.profit[who], work.pay[who] - work.owner_pay[who]
    half_of_tax = profit - plainly(earned_income)(profit, wages, law) if profit > 0.0 else 0.0
    return float(work.pay[who] - work.pre_tax[who] - half_of_tax)


def leave_plans(home: Any, future: Future, estate: Estate, work: Work, now: Now) -> None:
    """Somebody without pay leaves the plan: after-tax and Roth money to a Roth IRA, earnings and pre-tax money to a
    traditional IRA, unless the rule of 55 helps or the file keeps the plan."""
    law = now.law.early_distribution
    banned = now.shocks[MEGA_BACKDOOR_BAN] and future.terms.spares_old[MEGA_BACKDOOR_BAN] <= 0.0
    for who, one in enumerate(estate.owners):
        if work.pay[who] > 0.0 or not now.alive[who]:
            continue
        keeps, young = home.people[who].keeps_plan > 0.0, now.ages[who] < law.age
        if one.plan > 0.0 and young and now.ages[who] - 1 >= law.separation_age:
            if not one.former_free and not keeps:
                one.ira, one.former = one.ira + one.former, 0.0
            one.former_free = one.former_free or one.former == 0.0
        one.former, one.plan = one.former + one.plan, 0.0
        if not keeps and not (one.former_free and young):
            one.ira, one.former = one.ira + one.former, 0.0
        if one.after_tax > 0.0:
            basis = min(one.after_tax, one.after_tax_basis)
            one.ira += one.after_tax - basis
            if banned:
                estate.taxable.buy(basis, basis)
            else:
                one.convert(0.0, basis, now.calendar)
            one.after_tax, one.after_tax_basis = 0.0, 0.0
        if one.roth_plan > 0.0:
            open_plan = is_open(one.first_plan_year, now, who, now.law.roth_five_years.plan_years)
            one.roll_over_roth_plan(open_plan, now.calendar)


def is_open(first_year: int, now: Now | Year, who: int, years: float) -> bool:
    """Whether Roth money is qualified: 59 1/2, and the five years over."""
    over = plainly(five_years_are_over)(first_year, now.calendar, years) > 0.0
    return now.alive[who] and over and now.ages[who] >= now.law.early_distribution.age


def require(home: Any, year: Year, work: Work) -> None:
    """Required distributions by kind of account; the plan of a present employer waits, IRC 401(a)(9)(C)."""
    divisors = home.arrays.divisors[1 if all(year.alive) else 0]
    for who, one in enumerate(year.estate.owners):
        by = float(divisors[who, year.number])
        if by < math.inf:
            works = work.pay[who] > 0.0 and home.people[who].more_than_5_percent <= 0.0
            year.rmd_of_present[who] = not works
            year.rmd_plan[who] = (one.former + (0.0 if works else one.plan)) / by
            year.rmd_ira[who] = one.ira / by


def fit_required(year: Year) -> None:
    """After a fall no more is required than an account holds."""
    for who, one in enumerate(year.estate.owners):
        before = year.rmd(who)
        year.rmd_ira[who] = min(year.rmd_ira[who], one.ira)
        plans = one.former + (one.plan if year.rmd_of_present[who] else 0.0)
        year.rmd_plan[who] = min(year.rmd_plan[who], plans)
        year.cash -= before - year.rmd(who)


def large_balances(future: Future, year: Year, now: Now) -> float:
    """What the shock of large balances requires more; returns what Roth accounts give, untaxed."""
    from_roth = 0.0
    if not now.shocks[ROTH_DISTRIBUTION_REQUIRED]:
        return from_roth
    terms = future.terms
    since = terms.balance_since
    growth = float(now.levels[max(since, now.number - 1), CHAINED_PRICES] / now.levels[since, CHAINED_PRICES])
    for who, one in enumerate(year.estate.owners):
        held = one.pre_tax + one.roth + one.after_tax
        first = min(one.roth, max(0.0, held - max(terms.roth_first_over * growth, one.old_balance)))
        excess = max(0.0, held - first - max(terms.balance_over * growth, one.old_balance))
        rest = max(0.0, terms.share_of_excess * excess - year.rmd(who))
        roth = first + min(one.roth - first, rest)
        more = rest - (roth - first)
        if roth > 0.0:
            share = roth / one.roth
            plan = share * one.roth_plan
            one.take_roth_ira(share * one.roth_ira, year.calendar)
            one.take_roth_plan(plan)
            from_roth += roth
        plans = one.former + (one.plan if year.rmd_of_present[who] else 0.0)
        left = [plans - year.rmd_plan[who], one.ira - year.rmd_ira[who]]
        if more > 0.0 and sum(left) > 0.0:
            share = min(1.0, more / sum(left))
            year.rmd_plan[who] += share * left[0]
            year.rmd_ira[who] += share * left[1]
    return from_roth
