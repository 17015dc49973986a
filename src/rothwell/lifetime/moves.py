"""Money that moves between the buckets in a year: withdrawals, conversions, and what leaves the plan of an old job."""

from __future__ import annotations

from rothwell.lifetime.accounts import PEOPLE, pre_tax_balance, take_pre_tax
from rothwell.lifetime.early_access import EARNINGS, KINDS, PRE_TAX, SEPARATED_PLAN, early_taken
from rothwell.lifetime.roth_layers import (
    convert_to_roth_ira,
    roll_over_roth_plan,
    take_roth_ira,
    take_roth_plan,
)
from rothwell.lifetime.sources import measure_roth_access
from rothwell.lifetime.taxable_account import buy, realize_gains, sell
from rothwell.provision import provision, seldom


@provision
def leave_plans(y, state, people, allowed, law):  # type: ignore[no-untyped-def]
    """Somebody without a job leaves the plan: after-tax and Roth money goes to a Roth IRA, earnings of after-tax money
    and pre-tax money to a traditional IRA; pre-tax money stays while that spares the 10% tax, or on request for good.

    Law:    Notice 2014-54; IRC 402(c)(2), (8), 72(t)(2)(A)(v), (3)(A); under a ban of such moves after-tax
            contributions are paid out untaxed.
    Tests:  test_the_rule_of_55_year, test_pre_tax_money_rolls_over_when_the_plan_is_left,
            test_after_tax_money_joins_the_layers_when_the_plan_is_left.
    """
    for person in range(PEOPLE):
        if y.pay[person] == 0.0 and y.alive[person] > 0.0:
            pre_tax = state.pre_tax_plan[person] + state.former_plan[person]
            if pre_tax + state.after_tax[person] + state.roth_plan[person] > 0.0:
                _leave_plan(y, state, people[person], person, allowed, law)


@seldom
def _leave_plan(y, state, one, person, allowed, law):  # type: ignore[no-untyped-def]
    """One person leaves the plan.

    Law:    Notice 2014-54; IRC 402(c)(2), (8).
    """
    if state.pre_tax_plan[person] + state.former_plan[person] > 0.0:
        _leave_pre_tax(y, state, person, one.keeps_plan, law.early_distribution)
    if state.after_tax[person] > 0.0:
        basis = min(state.after_tax[person], state.after_tax_basis[person])
        state.traditional_ira[person] += state.after_tax[person] - basis
        convert_to_roth_ira(state, person, int(y.place), 0.0, allowed * basis, y.year)
        y.after_tax_rolled[person] = allowed * basis
        paid_out = (1.0 - allowed) * basis
        buy(state, paid_out, paid_out)
        state.after_tax[person] = 0.0
        state.after_tax_basis[person] = 0.0
    if state.roth_plan[person] > 0.0:
        roll_over_roth_plan(state, person, y.roth_plan_open[person], y.year)
        measure_roth_access(y, state, law)


@seldom
def _leave_pre_tax(y, state, person, keeps_plan, law):  # type: ignore[no-untyped-def]
    """Pre-tax money of a plan that is left stays in it, or rolls to a traditional IRA.

    The age that counts is that of the last year of work, which ends the job.

    Law:    IRC 402(c)(8), 72(t)(2)(A)(v), (3)(A): the exception is for the plan of that employer, and not for an IRA.
    """
    leaves_now = state.pre_tax_plan[person] > 0.0
    if leaves_now and y.age[person] - 1.0 >= law.separation_age and y.age[person] < law.age:
        if state.former_free[person] == 0.0 and keeps_plan == 0.0:  # an older plan bears the tax, an IRA too
            state.traditional_ira[person] += state.former_plan[person]
            state.former_plan[person] = 0.0
        if state.former_plan[person] == 0.0:
            state.former_free[person] = 1.0
    state.former_plan[person] += state.pre_tax_plan[person]
    state.pre_tax_plan[person] = 0.0
    helps = state.former_free[person] > 0.0 and y.age[person] < law.age
    if keeps_plan == 0.0 and not helps:
        state.traditional_ira[person] += state.former_plan[person]
        state.former_plan[person] = 0.0


@provision
def move_money(y, state, early, place, has_basis):  # type: ignore[no-untyped-def]
    """Take required distributions, sales and withdrawals out, and move conversions from pre-tax to Roth."""
    sell(state, y.sold_taxable)
    if y.turnover_gain > 0.0:
        realize_gains(state, y.turnover_gain)
    if y.gain_harvested > 0.0:
        realize_gains(state, y.gain_harvested)  # sold and bought back: IRC 1012
    pre_tax = y.free_pre_tax / y.room_pre_tax if y.room_pre_tax > 0.0 else 0.0
    for person in range(PEOPLE):
        if y.rmd[person] > 0.0:
            _take_required(y, state, person)
        if pre_tax > 0.0:
            amount = y.accessible[person] * pre_tax * pre_tax_balance(state, person)
            take_pre_tax(state, person, amount)
            y.pre_tax_taken[person] += amount
    if y.free_roth > 0.0:
        _take_qualified(y, state, place)
    if y.early_raised > 0.0:
        _take_early(y, state, early, place)
    if y.conversion > 0.0:
        _convert(y, state, place)
    for person in range(PEOPLE if has_basis else 0):
        left = state.ira_basis[person] + y.backdoor[person] - y.ira_nontaxable[person]  # Form 8606, line 14
        state.ira_basis[person] = max(0.0, left)


@seldom
def _take_required(y, state, person):  # type: ignore[no-untyped-def]
    """Take a required distribution out of each kind of account.

    Law:    Reg. 1.401(a)(9)-5(a), 1.408-8(e): one kind cannot stand for the other.
    """
    present = y.rmd_of_present[person] * state.pre_tax_plan[person]
    plans = state.former_plan[person] + present
    share = min(1.0, y.rmd_plan[person] / plans) if plans > 0.0 else 0.0
    state.pre_tax_plan[person] -= share * present
    state.former_plan[person] -= share * state.former_plan[person]
    state.traditional_ira[person] -= min(y.rmd[person] - y.rmd_plan[person], state.traditional_ira[person])


@seldom
def _take_qualified(y, state, place):  # type: ignore[no-untyped-def]
    """Take qualified Roth money, pro rata from all that is qualified."""
    share = min(1.0, y.free_roth / y.room_roth) if y.room_roth > 0.0 else 0.0
    for person in range(PEOPLE):
        from_ira = y.roth_open[person] * share * state.roth_ira[person]
        from_plan = y.roth_plan_open[person] * share * state.roth_plan[person]
        take_roth_ira(state, person, from_ira, place)
        take_roth_plan(state, person, from_plan)
        y.roth_taken[person] += from_ira + from_plan


@seldom
def _take_early(y, state, early, place):  # type: ignore[no-untyped-def]
    """Take what the early sources gave, each person's share of each kind."""
    for person in range(PEOPLE):
        of_plan = early_taken(early, person, y.early_raised, SEPARATED_PLAN, SEPARATED_PLAN + 1)
        pre_tax = early_taken(early, person, y.early_raised, PRE_TAX, PRE_TAX + 1)
        roth = early_taken(early, person, y.early_raised, 0, SEPARATED_PLAN)
        roth += early_taken(early, person, y.early_raised, SEPARATED_PLAN + 1, PRE_TAX)
        roth += early_taken(early, person, y.early_raised, EARNINGS, KINDS)
        state.former_plan[person] -= min(of_plan, state.former_plan[person])
        if pre_tax > 0.0:
            bearing = (1.0 - state.former_free[person]) * state.former_plan[person]
            share = min(1.0, pre_tax / (bearing + state.traditional_ira[person]))
            state.former_plan[person] -= share * bearing
            state.traditional_ira[person] -= share * state.traditional_ira[person]
        take_roth_ira(state, person, roth, place)
        y.separated_plan_taken[person] += of_plan
        y.pre_tax_taken[person] += of_plan + pre_tax
        y.roth_taken[person] += roth


@seldom
def _convert(y, state, place):  # type: ignore[no-untyped-def]
    """Move the year's conversion from pre-tax to the Roth IRA, pro rata from what may be converted.

    Law:    IRC 408A(d)(3), (e); Notice 2008-30 for plans; its untaxed part is basis of the IRA, 408(d)(2).
    """
    convertible = 0.0
    for person in range(PEOPLE):
        convertible += y.convertible[person] * pre_tax_balance(state, person)
    share = min(1.0, y.conversion / convertible) if convertible > 0.0 else 0.0
    for person in range(PEOPLE):
        of_person = y.convertible[person] * share
        amount = of_person * pre_tax_balance(state, person)
        state.pre_tax_plan[person] -= of_person * state.pre_tax_plan[person]
        state.former_plan[person] -= of_person * state.former_plan[person]
        state.traditional_ira[person] -= of_person * state.traditional_ira[person]
        untaxed = min(amount, y.conversion_untaxed[person])
        y.converted[person] += amount
        convert_to_roth_ira(state, person, place, amount - untaxed, untaxed, y.year)
