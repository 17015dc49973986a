"""A year's growth of the accounts, and the new money that goes into them."""

from __future__ import annotations

import math

from rothwell.lifetime.accounts import PEOPLE
from rothwell.lifetime.contributions import cut_contributions
from rothwell.provision import provision


@provision
def grow(y, state, couple, people):  # type: ignore[no-untyped-def]
    """A year's return on what the accounts hold, after their fees; dividends of the taxable account are paid out."""
    price_return = (1.0 + y.return_rate) * (1.0 - couple.taxable_fee) - couple.dividend_yield
    y.growth += state.taxable * (price_return - 1.0)
    state.taxable *= price_return
    for person in range(PEOPLE):
        plan = (1.0 + y.return_rate) * (1.0 - people[person].plan_fee)
        ira = (1.0 + y.return_rate) * (1.0 - people[person].ira_fee)
        roth_ira = (1.0 + y.return_rate) * (1.0 - people[person].roth_ira_fee)
        in_plan = state.pre_tax_plan[person] + state.roth_plan[person] + state.after_tax[person]
        y.growth += in_plan * (plan - 1.0)
        y.growth += state.traditional_ira[person] * (ira - 1.0) + state.roth_ira[person] * (roth_ira - 1.0)
        state.pre_tax_plan[person] *= plan
        state.roth_plan[person] *= plan
        state.after_tax[person] *= plan
        state.traditional_ira[person] *= ira
        state.roth_ira[person] *= roth_ira


@provision
def add_new_money(y, state, couple, people):  # type: ignore[no-untyped-def]
    """Contributions and savings of the year, invested in mid-year, and dividends, reinvested when they are paid.

    After-tax money is in the Roth account by the year's end: converted every paycheck, or once with its earnings taxed.
    """
    if y.jobs > 0.0:
        _invest_contributions(y, state, people)
    whole_year = (1.0 + y.return_rate) * (1.0 - couple.taxable_fee)
    retired = whole_year if couple.spend_at_start > 0.0 else 1.0
    factor = math.sqrt(whole_year) if y.jobs > 0.0 else retired
    new = max(0.0, y.saved - y.dividends)
    state.taxable += y.saved + new * (factor - 1.0)
    state.taxable_basis += y.saved
    y.growth += new * (factor - 1.0)


@provision
def _invest_contributions(y, state, people):  # type: ignore[no-untyped-def]
    """Deferrals, employer money and after-tax money, with half a year's return; what stays keeps its basis apart."""
    cut_contributions(y)
    for person in range(PEOPLE):
        half_year = math.sqrt((1.0 + y.return_rate) * (1.0 - people[person].plan_fee))
        pre_tax = y.deferral_pre_tax[person] + y.employer[person]
        stays = y.after_tax_stays * y.after_tax[person]
        roth = y.deferral_roth[person] + y.after_tax[person] - stays
        state.pre_tax_plan[person] += pre_tax * half_year
        state.roth_plan[person] += roth * half_year
        state.after_tax[person] += stays * half_year
        state.after_tax_basis[person] += stays
        y.growth += (pre_tax + roth + stays) * (half_year - 1.0)
        y.in_plan_conversion += y.after_tax[person] - stays
