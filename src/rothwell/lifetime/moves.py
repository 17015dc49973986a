"""Money that moves between the buckets in a year: withdrawals, conversions, and what leaves the plan of an old job."""

from __future__ import annotations

from rothwell.lifetime.accounts import PEOPLE, pre_tax_balance, roth_balance, take_pre_tax, take_roth
from rothwell.lifetime.taxable_account import buy, realize_gains, sell
from rothwell.provision import provision


@provision
def leave_plans(y, state, allowed):  # type: ignore[no-untyped-def]
    """Somebody without a job moves after-tax money out of the plan: the contributions to a Roth IRA, earnings to a
    traditional IRA.

    Law:    Notice 2014-54; IRC 402(c)(2); under a ban of such moves the contributions are paid out untaxed.
    """
    for person in range(PEOPLE):
        if y.pay[person] == 0.0 and state.after_tax[person] > 0.0:
            basis = min(state.after_tax[person], state.after_tax_basis[person])
            state.traditional_ira[person] += state.after_tax[person] - basis
            state.roth_ira[person] += allowed * basis
            paid_out = (1.0 - allowed) * basis
            buy(state, paid_out, paid_out)
            state.after_tax[person] = 0.0
            state.after_tax_basis[person] = 0.0


@provision
def move_money(y, state):  # type: ignore[no-untyped-def]
    """Take required distributions, sales and withdrawals out, and move conversions from pre-tax to Roth."""
    sell(state, y.sold_taxable)
    if y.turnover_gain > 0.0:
        realize_gains(state, y.turnover_gain)
    pre_tax = y.withdrawal_pre_tax / y.room_pre_tax if y.room_pre_tax > 0.0 else 0.0
    roth = y.withdrawal_roth / y.room_roth if y.room_roth > 0.0 else 0.0
    for person in range(PEOPLE):
        take_pre_tax(state, person, y.rmd[person])
        take_pre_tax(state, person, y.accessible[person] * pre_tax * pre_tax_balance(state, person))
        take_roth(state, person, y.accessible[person] * roth * roth_balance(state, person))
    if y.conversion > 0.0:
        _convert(y, state)


@provision
def _convert(y, state):  # type: ignore[no-untyped-def]
    """Move the year's conversion from pre-tax to Roth, pro rata from what may be converted."""
    convertible = 0.0
    for person in range(PEOPLE):
        convertible += y.convertible[person] * pre_tax_balance(state, person)
    share = min(1.0, y.conversion / convertible) if convertible > 0.0 else 0.0
    for person in range(PEOPLE):
        from_plan = y.convertible[person] * share * state.pre_tax_plan[person]
        from_ira = y.convertible[person] * share * state.traditional_ira[person]
        state.pre_tax_plan[person] -= from_plan
        state.roth_plan[person] += from_plan
        state.traditional_ira[person] -= from_ira
        state.roth_ira[person] += from_ira
