"""A year's growth of the accounts, and the new money that goes into them."""

from __future__ import annotations

import math

import numpy as np

from rothwell.lifetime.accounts import PEOPLE
from rothwell.lifetime.asset_mixes import NO_MIX
from rothwell.lifetime.contributions import cut_contributions
from rothwell.lifetime.roth_layers import convert_in_plan, convert_to_roth_ira
from rothwell.lifetime.taxable_account import DUST, buy
from rothwell.provision import provision, seldom

GROWTH = np.dtype(
    (
        np.record,
        [
            ("taxable", "f8"),
            ("pre_tax_plan", "f8", (PEOPLE,)),
            ("roth_plan", "f8", (PEOPLE,)),
            ("after_tax", "f8", (PEOPLE,)),
            ("traditional_ira", "f8", (PEOPLE,)),
            ("roth_ira", "f8", (PEOPLE,)),
            ("hsa", "f8", (PEOPLE,)),
            ("half_pre_tax_plan", "f8", (PEOPLE,)),  # of new money in mid-year
            ("half_roth_plan", "f8", (PEOPLE,)),
            ("half_after_tax", "f8", (PEOPLE,)),
            ("dividend_yield", "f8"),  # of the taxable account, a part of its growth
            ("interest_yield", "f8"),
        ],
    )
)
"""What a dollar in each kind of account of each person grows to in a year, the same for every strategy."""


@provision
def open_growth(growth, y, year, rates, household):  # type: ignore[no-untyped-def]
    """What a dollar grows to in the year in each kind of account, after its fees, and what a taxable one pays out.

    Units:  `rates` the returns of the year, one for each asset mix; the first is that of the household.
    Not modeled: how the yields of bonds, and the weights of accounts of one kind with different fees, move.
    Tests:  test_every_kind_of_account_grows_with_its_own_mix_and_fee.
    """
    couple, income = household.couple[0], household.income_rates
    y.return_rate = rates[0]
    growth.taxable = (1.0 + rates[couple.taxable_mix]) * (1.0 - couple.taxable_fee)
    growth.dividend_yield = income[year, 0]
    growth.interest_yield = income[year, 1]
    if couple.cash_mix != NO_MIX:
        growth.interest_yield += income[year, 2] * max(0.0, rates[couple.cash_mix])
    for person in range(PEOPLE):
        one = household.people[person]
        growth.pre_tax_plan[person] = (1.0 + rates[one.mix[0]]) * (1.0 - one.plan_fee[0])
        growth.roth_plan[person] = (1.0 + rates[one.mix[1]]) * (1.0 - one.plan_fee[1])
        growth.after_tax[person] = (1.0 + rates[one.mix[2]]) * (1.0 - one.plan_fee[2])
        growth.traditional_ira[person] = (1.0 + rates[one.mix[3]]) * (1.0 - one.ira_fee)
        growth.roth_ira[person] = (1.0 + rates[one.mix[4]]) * (1.0 - one.roth_ira_fee)
        growth.hsa[person] = (1.0 + rates[one.mix[5]]) * (1.0 - one.hsa_fee)
        if y.jobs > 0.0:
            growth.half_pre_tax_plan[person] = math.sqrt(growth.pre_tax_plan[person])
            growth.half_roth_plan[person] = math.sqrt(growth.roth_plan[person])
            growth.half_after_tax[person] = math.sqrt(growth.after_tax[person])


@provision
def grow(y, state, growth):  # type: ignore[no-untyped-def]
    """A year's return on what the accounts hold, after their fees; income of the taxable account is paid out."""
    price_return = max(0.0, growth.taxable - growth.dividend_yield - growth.interest_yield)
    gained = y.growth + state.taxable * (price_return - 1.0)
    state.taxable *= price_return
    for person in range(PEOPLE):
        gained += (state.pre_tax_plan[person] + state.former_plan[person]) * (growth.pre_tax_plan[person] - 1.0)
        gained += state.roth_plan[person] * (growth.roth_plan[person] - 1.0)
        gained += state.after_tax[person] * (growth.after_tax[person] - 1.0)
        gained += state.traditional_ira[person] * (growth.traditional_ira[person] - 1.0)
        gained += state.roth_ira[person] * (growth.roth_ira[person] - 1.0)
        if state.hsa[person] > 0.0:
            gained += state.hsa[person] * (growth.hsa[person] - 1.0)
            state.hsa[person] *= growth.hsa[person]
        state.pre_tax_plan[person] *= growth.pre_tax_plan[person]
        state.former_plan[person] *= growth.pre_tax_plan[person]
        state.roth_plan[person] *= growth.roth_plan[person]
        state.after_tax[person] *= growth.after_tax[person]
        state.traditional_ira[person] *= growth.traditional_ira[person]
        state.roth_ira[person] *= growth.roth_ira[person]
    y.growth = gained


@provision
def add_new_money(y, state, growth, couple):  # type: ignore[no-untyped-def]
    """Contributions and savings of the year, invested in mid-year, and income of the taxable account, reinvested when
    it is paid.

    After-tax money is in the Roth account by the year's end: converted every paycheck, or once with its earnings taxed.
    """
    if y.jobs > 0.0:
        _invest_contributions(y, state, growth)
    retired = growth.taxable if couple.spend_at_start > 0.0 else 1.0
    factor = math.sqrt(growth.taxable) if y.jobs > 0.0 else retired
    new = max(0.0, y.saved - y.dividends - y.interest)
    buy(state, y.saved + new * (factor - 1.0), y.saved)
    y.growth += new * (factor - 1.0)


@provision
def _invest_contributions(y, state, growth):  # type: ignore[no-untyped-def]
    """Deferrals, employer money and after-tax money, with half a year's return; what stays keeps its basis apart."""
    cut_contributions(y)
    for person in range(PEOPLE):
        pre_tax = y.deferral_pre_tax[person] + y.employer[person]
        stays = y.after_tax_stays * y.after_tax[person]
        roth = y.deferral_roth[person] + y.after_tax[person] - stays
        state.pre_tax_plan[person] += pre_tax * growth.half_pre_tax_plan[person]
        state.roth_plan[person] += roth * growth.half_roth_plan[person]
        state.after_tax[person] += stays * growth.half_after_tax[person]
        state.after_tax_basis[person] += stays
        y.growth += pre_tax * (growth.half_pre_tax_plan[person] - 1.0)
        y.growth += roth * (growth.half_roth_plan[person] - 1.0) + stays * (growth.half_after_tax[person] - 1.0)
        y.in_plan_conversion += y.after_tax[person] - stays
        _remember_roth(y, state, person, y.after_tax[person] - stays)
        if y.backdoor[person] + y.hsa_contribution[person] > 0.0:
            _invest_outside_plans(y, state, growth, person)


@provision
def _remember_roth(y, state, person, moved):  # type: ignore[no-untyped-def]
    """The year's Roth money in the plan as basis: deferrals, and after-tax money as an in-plan conversion of the year.

    Law:    IRC 402A(c)(4), (d)(2)(B), (4); earnings taxed at the conversion are its taxable part.
    Tests:  test_dust_starts_no_five_years.
    """
    place = int(y.place)
    state.plan_contributions[person] += y.deferral_roth[person]
    if y.deferral_roth[person] > DUST and state.first_plan_year[person] == 0.0:
        state.first_plan_year[person] = y.year
    if moved > 0.0:
        taxable = y.waiting_gain * moved
        y.in_plan_taxable[person] += taxable
        y.in_plan_untaxed[person] += moved
        convert_in_plan(state, person, place, taxable, moved, y.year)


@seldom
def _invest_outside_plans(y, state, growth, person):  # type: ignore[no-untyped-def]
    """Contributions to IRAs that are converted at once, and to health savings accounts, with half a year's return.

    Law:    IRC 408A(d)(3); 223(f)(1).
    """
    converted = y.backdoor[person]
    roth = math.sqrt(growth.roth_ira[person])
    hsa = math.sqrt(growth.hsa[person])
    untaxed = min(converted, y.conversion_untaxed[person])
    convert_to_roth_ira(state, person, int(y.place), converted - untaxed, untaxed, y.year)
    state.roth_ira[person] += converted * (roth - 1.0)
    state.hsa[person] += y.hsa_contribution[person] * hsa
    y.growth += converted * (roth - 1.0) + y.hsa_contribution[person] * (hsa - 1.0)
    y.converted[person] += converted
