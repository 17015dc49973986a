"""A year's growth of the accounts, and the new money that goes into them."""

from __future__ import annotations

import math

from rothwell.lifetime.accounts import PEOPLE
from rothwell.lifetime.contributions import cut_contributions
from rothwell.lifetime.roth_layers import convert_in_plan, convert_to_roth_ira
from rothwell.provision import provision, seldom


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
        y.growth += (in_plan + state.former_plan[person]) * (plan - 1.0)
        y.growth += state.traditional_ira[person] * (ira - 1.0) + state.roth_ira[person] * (roth_ira - 1.0)
        if state.hsa[person] > 0.0:
            y.growth += state.hsa[person] * (1.0 + y.return_rate) * (1.0 - people[person].hsa_fee) - state.hsa[person]
            state.hsa[person] *= (1.0 + y.return_rate) * (1.0 - people[person].hsa_fee)
        state.pre_tax_plan[person] *= plan
        state.former_plan[person] *= plan
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
        _remember_roth(y, state, person, y.after_tax[person] - stays)
        if y.backdoor[person] + y.hsa_contribution[person] > 0.0:
            _invest_outside_plans(y, state, people, person)


@provision
def _remember_roth(y, state, person, moved):  # type: ignore[no-untyped-def]
    """The year's Roth money in the plan as basis: deferrals, and after-tax money as an in-plan conversion of the year.

    Law:    IRC 402A(c)(4), (d)(4); earnings taxed at the conversion are its taxable part.
    """
    place = int(y.place)
    if y.deferral_roth[person] > 0.0:
        state.plan_contributions[person] += y.deferral_roth[person]
        if state.first_plan_year[person] == 0.0:
            state.first_plan_year[person] = y.year
    if moved > 0.0:
        taxable = y.waiting_gain * moved
        y.in_plan_taxable[person] += taxable
        y.in_plan_untaxed[person] += moved
        convert_in_plan(state, person, place, taxable, moved, y.year)


@seldom
def _invest_outside_plans(y, state, people, person):  # type: ignore[no-untyped-def]
    """Contributions to IRAs that are converted at once, and to health savings accounts, with half a year's return.

    Law:    IRC 408A(d)(3); 223(f)(1).
    """
    converted = y.backdoor[person]
    roth = math.sqrt((1.0 + y.return_rate) * (1.0 - people[person].roth_ira_fee))
    hsa = math.sqrt((1.0 + y.return_rate) * (1.0 - people[person].hsa_fee))
    untaxed = min(converted, y.conversion_untaxed[person])
    convert_to_roth_ira(state, person, int(y.place), converted - untaxed, untaxed, y.year)
    state.roth_ira[person] += converted * (roth - 1.0)
    state.hsa[person] += y.hsa_contribution[person] * hsa
    y.growth += converted * (roth - 1.0) + y.hsa_contribution[person] * (hsa - 1.0)
    y.converted[person] += converted
