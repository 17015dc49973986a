"""What a household owns when the plan starts, as the year loop reads it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rothwell.household import Household
from rothwell.law import JOINT, SINGLE, figure
from rothwell.lifetime.accounts import PEOPLE, STATE
from rothwell.lifetime.taxable_account import buy
from rothwell.provision import plainly


def opening_state(household: Household, start_year: int) -> NDArray[Any]:
    """The accounts at the start, and the incomes that the Medicare premiums of the first two years look back to."""
    state = np.zeros(1, STATE)
    row = state[0]
    names = [person.name for person in household.people]
    fields = {"pre_tax_plan": row.pre_tax_plan, "traditional_ira": row.traditional_ira, "roth_plan": row.roth_plan}
    fields |= {"roth_ira": row.roth_ira, "after_tax_plan": row.after_tax}
    held = household.taxable_account
    row.by_lot = float(held.basis_method == "highest_first")
    row.loss_carryover[:] = held.short_term_loss_carryover, held.long_term_loss_carryover
    for account in household.accounts:
        if account.kind == "taxable":
            plainly(buy)(row, account.balance, account.basis or 0.0)
        elif account.kind in fields:
            fields[account.kind][names.index(account.owner)] += account.balance
            if account.kind == "after_tax_plan":
                row.after_tax_basis[names.index(account.owner)] += account.basis or 0.0
    row.cash_per_dollar = 1.0
    eligible = float(figure("irmaa.eligible_age").value(start_year).value)
    look_back = row.magi.size  # years from an income to the premiums that rest on it, 42 USC 1395r(i)(4)(B)
    for position in range(look_back):
        year = start_year - 1 - position
        enrolled = any(person.age_in(year + look_back) >= eligible for person in household.people)
        magi = household.household.prior_magi.get(year)
        if magi is None and enrolled:
            raise household.source.error(
                "household.prior_magi",
                f"the Medicare premiums of {year + look_back} rest on the income of {year}",
                allowed=f"prior_magi = {{ {start_year - look_back} = ..., {start_year - 1} = ... }}",
            )
        row.magi[position] = magi or 0.0
        row.magi_status[position] = JOINT if len(names) == PEOPLE else SINGLE
    return state
