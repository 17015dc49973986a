"""The sources of a year's cash, their rooms and their order: a strategy may draw tax-deferred money earlier."""

from __future__ import annotations

from rothwell.lifetime.accounts import PEOPLE, pre_tax_balance, roth_balance
from rothwell.provision import provision


@provision
def measure_rooms(y, state, cash_floor, access_age):  # type: ignore[no-untyped-def]
    """What each source of cash can give this year, in dollars before tax."""
    y.cash_floor = cash_floor * y.price_level
    y.room_taxable[0] = max(0.0, state.taxable - y.cash_floor)
    y.room_taxable[1] = state.taxable - y.room_taxable[0]
    y.room_pre_tax = 0.0
    y.room_roth = 0.0
    for person in range(PEOPLE):
        y.accessible[person] = y.alive[person] if y.age[person] >= access_age else 0.0
        beyond = max(0.0, y.rmd[person] - pre_tax_balance(state, person))  # the year's fall took what was required
        y.rmd[person] -= beyond
        y.cash_fixed -= beyond
        y.room_pre_tax += y.accessible[person] * (pre_tax_balance(state, person) - y.rmd[person])
        y.room_roth += y.accessible[person] * roth_balance(state, person)


@provision
def total_room(y):  # type: ignore[no-untyped-def]
    """All cash that could be raised this year, in dollars before tax."""
    cuts = 0.0
    for person in range(PEOPLE):
        cuts += y.after_tax[person] + y.unmatched_pre_tax[person] + y.unmatched_roth[person]
    return y.room_taxable[0] + y.room_taxable[1] + cuts + y.room_pre_tax + y.room_roth


@provision
def spread_over_sources(y, raised):  # type: ignore[no-untyped-def]
    """Spread an amount of cash to raise over the sources, in their order; returns the cut of pre-tax deferrals."""
    after_tax = y.after_tax[0] + y.after_tax[1]
    pre_tax = y.unmatched_pre_tax[0] + y.unmatched_pre_tax[1]
    deferrals = pre_tax + y.unmatched_roth[0] + y.unmatched_roth[1]
    left = raised
    first_of_pre_tax = min(left, y.pre_tax_first)  # a strategy that draws tax-deferred money before taxable money
    left -= first_of_pre_tax
    beside = min(y.pre_tax_beside * left, y.room_pre_tax - first_of_pre_tax)
    left -= beside
    first = min(left, y.room_taxable[0])
    left -= first
    cut = min(left, after_tax)
    left -= cut
    deferral_cut = min(left, deferrals)
    left -= deferral_cut
    second = min(left, y.room_taxable[1])
    left -= second
    y.sold_taxable = first + second
    y.after_tax_share_cut = cut / after_tax if after_tax > 0.0 else 0.0
    y.deferral_share_cut = deferral_cut / deferrals if deferrals > 0.0 else 0.0
    last_of_pre_tax = min(left, y.room_pre_tax - first_of_pre_tax - beside)
    y.withdrawal_pre_tax = first_of_pre_tax + beside + last_of_pre_tax
    y.withdrawal_roth = left - last_of_pre_tax
    return y.deferral_share_cut * pre_tax
