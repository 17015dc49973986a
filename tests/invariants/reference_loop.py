"""A second simulator in plain Python: one household through every year of one path under one strategy.

It is written from the model's conventions (docs/method.md) and shares with the first simulator only the input records
of the household and the functions of the law. It is slow and simple: what it finds is compared with the first one to
the cent (`test_reference_loop`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from rothwell.law.indexing import CHAINED_PRICES
from rothwell.law.landscape_shocks import (
    CONVERSION_BAN,
    MEGA_BACKDOOR_BAN,
    ROTH_DISTRIBUTION_REQUIRED,
    SOCIAL_SECURITY_CUT,
    STEP_UP_REPEAL,
)
from rothwell.mega_backdoor.conversion import converted_earnings
from rothwell.provision import plainly
from rothwell.tax.facts import Facts, Parts
from tests.invariants.reference_accounts import Estate, Owner
from tests.invariants.reference_cash import carry_out, pots_of, smallest_enough
from tests.invariants.reference_choices import ask
from tests.invariants.reference_flows import (
    convert_earlier_money,
    facts_of,
    flows_of,
    grow,
    growth_of,
    invest,
    on_medicare,
    parts_of_year,
    pay_from_hsa,
    spending_of,
)
from tests.invariants.reference_law import LawOfPath, plain
from tests.invariants.reference_plans import (
    Future,
    Now,
    fit_required,
    is_open,
    large_balances,
    leave_plans,
    outside_plans,
    require,
)
from tests.invariants.reference_states import LawOfStates, carry_basis
from tests.invariants.reference_work import NOTHING, Work, contribute, work_of_year
from tests.invariants.reference_year import BY_THE_RULES, PEOPLE, Otherwise, Trial, Year

HALF_A_CENT = 0.005


@dataclass
class Lived:
    """What a year did: the accounts at its end (a death counted) and the flows that are compared. Dollars."""

    number: int
    estate: Estate
    year: Year
    trial: Trial
    flows: dict[str, float]  # by the names of the first simulator
    left: float | None  # to heirs after their tax, dollars of the start year, if this is the last year
    last_year: tuple[int, int]


class Household:
    """The input records of a household as plain Python, and the law of its states on a path."""

    def __init__(self, arrays: Any, levels: Any) -> None:
        self.arrays = arrays
        self.states = LawOfStates(arrays.state_law, arrays.residence, levels)
        self.couple = plain(arrays.couple[0])
        self.people = [plain(one) for one in arrays.people]
        self.jobs = [plain(one) for one in arrays.jobs]
        self.incomes = [plain(one) for one in arrays.incomes]
        self.costs = [plain(one) for one in arrays.costs]
        self.health = plain(arrays.health[0])
        self.start_year = int(self.couple.start_year)


def live_a_year(
    home: Household,
    future: Future,
    law: LawOfPath,
    strategy: Any,
    at: tuple[Estate, int],
    otherwise: Otherwise = BY_THE_RULES,
) -> Lived:
    """One year, in the order of the model; the estate that is handed in is changed."""
    estate, number = at
    now = _opening(home, future, law, number)
    _remember_the_old(future, now, estate)
    work = work_of_year(home.arrays, home.jobs, now)
    benefits = _benefits(home, future, now)
    begun = any(now.alive[who] and home.arrays.divisors[0, who, number] < math.inf for who in PEOPLE)
    after_tax_share = 0.0 if now.shocks[MEGA_BACKDOOR_BAN] else strategy.after_tax_share
    late = [age >= strategy.late_career_age for age in now.ages]
    roth_shares = [strategy.late_roth_deferrals if one else strategy.roth_deferrals for one in late]
    contribute(work, roth_shares, after_tax_share, strategy.conversion_waits, now.calendar)
    outside = outside_plans(home, estate, work, now)
    leave_plans(home, future, estate, work, now)
    year = _year(home, estate, work, now, number)
    require(home, year, work)
    flows = {"benefits": benefits, "price level": now.price_level, "rmd_roth": large_balances(future, year, now)}
    flows |= flows_of(home, future.care_from, future.levels, year, work)
    flows["hsa_paid"] = pay_from_hsa(year, flows)
    flows["spending"] = spending_of(home, strategy, year, work, flows)
    flows["goals"] = float(home.arrays.goals[number]) * now.price_level
    _settle_cash(year, work, flows, outside)
    year.floor = home.couple.cash_floor * now.price_level
    year.converted_earnings = convert_earlier_money(year, work, after_tax_share, year.floor)
    year.facts = facts_of(home, year, work, flows, outside[1])
    year.parts = parts_of_year(year, work, flows)
    growth = growth_of(home, future.returns[number], year)
    _taxable_account(home, future, year, growth, flows)
    year.waiting_gain = _waiting_gain(strategy, work, growth)
    at_start = home.couple.spend_at_start > 0.0
    if at_start:
        year.ira_growth = growth["ira"]
    else:
        year.pays_on = estate.taxable.value
        grow(estate, growth)
        fit_required(year)
    year.pots = pots_of(year)
    year.hsa_room = sum(one.hsa for who, one in enumerate(estate.owners) if on_medicare(year, who))
    if not work.working:
        ask(strategy, year, begun, benefits, otherwise.place)
    trial = _with_the_floor_kept(year)
    carry_basis(year, trial)
    carry_out(year, trial)
    if at_start:
        grow(estate, growth)
    invest(year, work, trial, growth, (outside[1], at_start))
    estate.losses = [trial.form.st_loss_carried, trial.form.lt_loss_carried]
    estate.old_gain = min(estate.old_gain, max(0.0, estate.taxable.value - estate.taxable.basis))
    estate.magi, estate.magi_status = [trial.form.agi, estate.magi[0]], [now.status, estate.magi_status[0]]
    left = _left_to_heirs(home, now, estate) if number >= max(future.last_year) else None
    _die(home, future, now, estate)
    return Lived(number, estate, year, trial, _compared(year, work, trial, flows), left, future.last_year)


def _remember_the_old(future: Future, now: Now, estate: Estate) -> None:
    """What is old on the first day of a shock that spares it."""
    if now.number == future.shock_from[STEP_UP_REPEAL]:
        spared = future.terms.spares_old[STEP_UP_REPEAL]
        estate.old_gain = spared * max(0.0, estate.taxable.value - estate.taxable.basis)
    if now.number == future.shock_from[ROTH_DISTRIBUTION_REQUIRED]:
        for one in estate.owners:
            spared = future.terms.spares_old[ROTH_DISTRIBUTION_REQUIRED]
            one.old_balance = spared * (one.pre_tax + one.roth + one.after_tax)


def _settle_cash(year: Year, work: Work, flows: dict[str, float], outside: tuple[list[float], list[float]]) -> None:
    """The year's cash before tax and before any is raised."""
    backdoor, hsa_in = outside
    came = sum(work.pay) + sum(year.rmd(who) for who in PEOPLE)
    came += sum(flows[name] for name in ("benefits", "pension", "incomes", "hsa_paid", "rmd_roth"))
    put_away = sum(work.pre_tax) + sum(work.roth) + sum(work.after_tax) + sum(backdoor) + sum(hsa_in)
    went = work.payroll_tax + sum(flows[name] for name in ("premiums", "medical", "costs", "spending", "goals"))
    year.cash = came - put_away - went
    year.backdoor, year.after_tax = backdoor, list(work.after_tax)


def _compared(year: Year, work: Work, trial: Trial, flows: dict[str, float]) -> dict[str, float]:
    """The flows that are compared; what cannot be paid is missing from living first, then from goals."""
    unmet = max(0.0, -trial.left)
    from_living = min(unmet, flows["spending"])
    found = {name: flows[name] for name in ("benefits", "pension", "incomes", "hsa_paid", "rmd_roth")}
    found |= {
        "spending": flows["spending"] - from_living,
        "goals": flows["goals"] - min(unmet - from_living, flows["goals"]),
        "payroll_tax": work.payroll_tax,
        "employer": sum(work.employer),
        "rmd": sum(year.rmd(who) for who in PEOPLE),
        "conversion": trial.conversion,
        "gain_harvested": trial.harvested,
        "sold_taxable": trial.sold,
        "dividends": trial.dividends,
        "interest": trial.interest,
        "income_tax": trial.form.total_tax,
        "state_tax": trial.state_tax,
        "local_tax": trial.local_tax,
        "early_tax": trial.form.early_distribution_tax,
        "agi": trial.form.agi,
    }
    return found


def _opening(home: Household, future: Future, law: LawOfPath, number: int) -> Now:
    """Who lives, under which law."""
    calendar = home.start_year + number
    alive = [number <= last for last in future.last_year]
    ages = [calendar - one.birth_year for one in home.people]
    if all(alive):
        status = home.arrays.status_together
    else:
        died = min(future.last_year)
        recent = died >= 0 and number - died <= home.couple.surviving_years
        status = (home.arrays.status_widowed if recent else home.arrays.status_alone)[number]
    shocks = {kind: bool(number >= begins) for kind, begins in enumerate(future.shock_from)}
    return Now(number, calendar, alive, ages, int(status), law.of(number, int(status)), future.levels, shocks)


def _benefits(home: Household, future: Future, now: Now) -> float:
    """Social Security: of both, or of the survivor; a cut spares what the file of the year before it had, if at all."""

    def real(number: int) -> float:
        if all(now.alive):
            return float(home.arrays.benefits_together[number])
        survivor = 0 if now.alive[0] else 1
        return float(home.arrays.benefits_alone[survivor, future.last_year[1 - survivor] + 1, number])

    paid = real(now.number)
    if now.shocks[SOCIAL_SECURITY_CUT]:
        old = 0.0
        if future.terms.spares_old[SOCIAL_SECURITY_CUT] > 0.0:
            old = min(paid, real(int(future.shock_from[SOCIAL_SECURITY_CUT]) - 1))
        paid = old + future.terms.benefits_kept * (paid - old)
    return paid * now.price_level


def _year(home: Household, estate: Estate, work: Work, now: Now, number: int) -> Year:
    """The year as it opens, with access as it is after plans have been left."""
    five = now.law.roth_five_years
    return Year(
        number=number,
        calendar=now.calendar,
        status=now.status,
        law=now.law,
        state=home.states.of(number, now.status),
        estate=estate,
        alive=now.alive,
        ages=now.ages,
        facts=Facts(),
        parts=Parts(*[False] * 11),
        cash=0.0,
        after_tax=[0.0, 0.0],
        unmatched_pre_tax=work.unmatched_pre_tax,
        unmatched_roth=work.unmatched_roth,
        owner_pre_tax=work.owner_pre_tax,
        pre_tax=list(work.pre_tax),
        floor=0.0,
        jobs=len(work.held),
        dividend_yield=0.0,
        interest_yield=0.0,
        pays_on=None,
        qualified_share=home.couple.qualified_share,
        turnover=home.couple.turnover,
        short_term_share=home.couple.short_term_share,
        investment_income=0.0,
        converted_earnings=0.0,
        waiting_gain=0.0,
        backdoor=[0.0, 0.0],
        ira_growth=[1.0, 1.0],
        rmd_plan=[0.0, 0.0],
        rmd_ira=[0.0, 0.0],
        rmd_of_present=[False, False],
        accessible=[now.alive[who] and now.ages[who] >= now.law.early_distribution.age for who in PEOPLE],
        roth_open=[is_open(one.first_roth_year, now, who, five.years) for who, one in enumerate(estate.owners)],
        plan_open=[is_open(one.first_plan_year, now, who, five.plan_years) for who, one in enumerate(estate.owners)],
    )


def _taxable_account(
    home: Household, future: Future, year: Year, growth: dict[str, Any], flows: dict[str, float]
) -> None:
    """What the taxable account pays out, and a limit on the income of a year with a conversion."""
    year.dividend_yield, year.interest_yield = growth["dividends"], growth["interest"]
    year.investment_income = flows["investment"]
    if year.number >= future.shock_from[CONVERSION_BAN]:
        since = future.terms.income_since
        level = future.levels[:, CHAINED_PRICES]
        amount = future.terms.taxable_income_over[year.status]
        year.taxable_income_limit = float(amount * level[max(since, year.number - 1)] / level[since])


def _waiting_gain(strategy: Any, work: Work, growth: dict[str, Any]) -> float:
    """Earnings per dollar of after-tax money that waits for its conversion, over both persons."""
    planned = sum(work.after_tax)
    if planned <= 0.0 or work.stays:
        return 0.0
    gains = [plainly(converted_earnings)(math.sqrt(one), 1.0) for one in growth["after_tax"]]
    return float(
        sum(strategy.conversion_waits * one * gain for one, gain in zip(work.after_tax, gains, strict=True)) / planned
    )


def _with_the_floor_kept(year: Year) -> Trial:
    """The smallest cash that is enough; while somebody works, after-tax contributions give way to the cash floor."""
    trial = smallest_enough(year)
    planned = sum(year.after_tax)
    cut = trial.taken["after-tax contributions"]
    missing = year.floor - (year.estate.taxable.value - trial.sold) - max(0.0, trial.left)
    if not year.jobs or missing <= HALF_A_CENT or planned <= 0.0 or cut >= planned:
        return trial
    less = min(planned, missing + cut)
    kept = 1.0 - less / planned if planned - less > NOTHING else 0.0
    year.after_tax = [kept * one for one in year.after_tax]
    year.cash += less
    return smallest_enough(year)


def _die(home: Household, future: Future, now: Now, estate: Estate) -> None:
    """The first death: the spouse takes over, part of the gain is stepped up, half of the losses end."""
    if not all(now.alive) or now.number >= max(future.last_year):
        return
    for who in PEOPLE:
        if future.last_year[who] == now.number:
            share = _stepped_up(now, estate) * float(home.arrays.step_up_share[now.number])
            estate.taxable.step_up(share)
            estate.losses = [one / len(PEOPLE) for one in estate.losses]
            survivor, dead = estate.owners[1 - who], estate.owners[who]
            survivor.take_over(dead)
            estate.owners[who] = Owner()


def _stepped_up(now: Now, estate: Estate) -> float:
    """The part of the gain that a death steps up: all, or under a repeal the old gain that is spared."""
    gain = estate.taxable.value - estate.taxable.basis
    if not now.shocks[STEP_UP_REPEAL]:
        return 1.0
    return min(estate.old_gain, gain) / gain if gain > 0.0 else 0.0


def _left_to_heirs(home: Household, now: Now, estate: Estate) -> float:
    """What heirs keep after their tax, in dollars of the start year."""
    gain = max(0.0, estate.taxable.value - estate.taxable.basis)
    tax = (1.0 - _stepped_up(now, estate)) * gain * now.law.capital_gains.rate[1]
    return float((estate.wealth(1.0 - home.couple.heirs_tax_rate) - tax) / now.price_level)
