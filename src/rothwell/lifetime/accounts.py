"""The buckets: what a household owns, and how a year's flows and returns change it.

Records, all in dollars of the year unless said; [2] is one entry per person.
"""

from __future__ import annotations

import numpy as np

from rothwell.law.figures import figure
from rothwell.lifetime.taxable_account import LOTS, lose_losses, step_up
from rothwell.provision import provision, seldom

PEOPLE = 2  # a household plans for one or two persons
_FIVE_YEARS = figure("roth_five_years.years").values
LAYERS = int(_FIVE_YEARS[max(_FIVE_YEARS)])
"""Years in which a conversion is young, IRC 408A(d)(3)(F): the layer of year t stands in place t modulo LAYERS."""
TAXABLE, UNTAXED = range(2)  # the parts of a layer, in the order in which they come out
_PERSON = (PEOPLE,)
_LAYERS = (PEOPLE, LAYERS, UNTAXED + 1)

STATE = np.dtype(
    (
        np.record,
        [
            ("taxable", "f8"),
            ("taxable_basis", "f8"),
            ("by_lot", "f8"),  # 1: lots are kept; 0: average basis
            ("lots", "f8"),  # how many; see taxable_account
            ("lot_share", "f8", (LOTS,)),
            ("lot_rate", "f8", (LOTS,)),
            ("loss_carryover", "f8", (2,)),  # capital losses of earlier years: short-term, long-term
            ("pre_tax_plan", "f8", _PERSON),  # of present employers
            ("former_plan", "f8", _PERSON),  # pre-tax money in plans of employers left
            ("former_free", "f8", _PERSON),  # 1: left in or after the year of 55, no 10% tax
            ("traditional_ira", "f8", _PERSON),
            ("ira_basis", "f8", _PERSON),  # Form 8606, line 14
            ("state_basis", "f8", _PERSON),  # of tax-deferred money: what a state has taxed already
            ("hsa", "f8", _PERSON),
            ("roth_plan", "f8", _PERSON),
            ("roth_ira", "f8", _PERSON),
            ("after_tax", "f8", _PERSON),
            ("after_tax_basis", "f8", _PERSON),
            # the Roth IRAs: layer 1 without in-plan conversions, those in it, layer 2; old ones and by year
            ("contributions", "f8", _PERSON),
            ("rolled_seasoned", "f8", _PERSON),
            ("rolled", "f8", _LAYERS),
            ("seasoned", "f8", _PERSON),
            ("conversions", "f8", _LAYERS),
            ("years_young", "f8", _PERSON),  # until no layer is young any more
            ("first_roth_year", "f8", _PERSON),  # calendar year, 0: none yet
            # the designated Roth accounts: basis without in-plan conversions, those in it; old ones and by year
            ("plan_contributions", "f8", _PERSON),
            ("in_plan_seasoned", "f8", _PERSON),
            ("in_plan", "f8", _LAYERS),
            ("first_plan_year", "f8", _PERSON),
            ("magi", "f8", (2,)),  # of the last year, of the year before it (IRMAA look-back)
            ("magi_status", "f8", (2,)),
            ("old_gain", "f8"),  # what a repeal of the step-up and a law on large balances spare
            ("old_balance", "f8", _PERSON),
            ("spent_real", "f8"),  # planned for last year after work, dollars of the start year; 0: none yet
            ("raised", "f8"),  # cash raised last year and what its last dollar left after tax: the first guess
            ("cash_per_dollar", "f8"),
            ("cash_needed", "f8"),  # and what last year's cash was before anything was raised, less what was left over
        ],
    )
)


@provision
def total_balance(state):  # type: ignore[no-untyped-def]
    """Everything the household owns, before any tax."""
    total = state.taxable
    for person in range(PEOPLE):
        total += state.pre_tax_plan[person] + state.former_plan[person] + state.traditional_ira[person]
        total += state.after_tax[person] + state.roth_plan[person] + state.roth_ira[person] + state.hsa[person]
    return total


@provision
def pre_tax_balance(state, person):  # type: ignore[no-untyped-def]
    """A person's tax-deferred money: pre-tax plan accounts and traditional IRAs."""
    return state.pre_tax_plan[person] + state.former_plan[person] + state.traditional_ira[person]


@provision
def roth_balance(state, person):  # type: ignore[no-untyped-def]
    """A person's Roth money: designated Roth accounts and Roth IRAs."""
    return state.roth_plan[person] + state.roth_ira[person]


@provision
def spendable_wealth(state, deferred_weight):  # type: ignore[no-untyped-def]
    """What the amortized spending rule counts: taxable and Roth in full, tax-deferred money at a weight."""
    wealth = state.taxable
    for person in range(PEOPLE):
        earnings = state.after_tax[person] - state.after_tax_basis[person]
        wealth += roth_balance(state, person) + state.after_tax_basis[person]
        wealth += deferred_weight * (pre_tax_balance(state, person) + earnings + state.hsa[person])
    return wealth


@provision
def estate_after_tax(state, heirs_tax_rate):  # type: ignore[no-untyped-def]
    """What heirs keep: taxable money with stepped-up basis and Roth in full, tax-deferred money after their flat rate.

    Law:    IRC 1014(a), (c); 691(a); 408A(d).
    Units:  dollars of the year.
    Not modeled: the heirs' own brackets and estate tax: this is the flat rate that a file may put in their place.
    Tests:  test_step_up_removes_the_gain_and_without_it_heirs_never_have_more.
    """
    return spendable_wealth(state, 1.0 - heirs_tax_rate)


@provision
def take_pre_tax(state, person, amount):  # type: ignore[no-untyped-def]
    """Take tax-deferred money of one person, pro rata from plans and IRA."""
    balance = pre_tax_balance(state, person)
    if amount > 0.0 and balance > 0.0:
        kept = 1.0 - min(1.0, amount / balance)
        state.pre_tax_plan[person] *= kept
        state.former_plan[person] *= kept
        state.traditional_ira[person] *= kept


@seldom
def inherit(state, deceased, survivor, step_up_share):  # type: ignore[no-untyped-def]
    """At the first death the spouse takes over the accounts, and part of the taxable basis is stepped up (or down).

    Law:    IRC 1014(a), (b)(6): half of what a couple owns together, both halves of community property;
            401(a)(9)(B)(iv), 408(d)(3)(C), 223(f)(8)(A): the spouse treats the accounts as own; Reg. 1.408A-6 Q&A-7(b),
            14: the ledgers become one, with the earlier of both five-year starts.
    Not modeled: a spouse below 59 1/2 who stays a beneficiary, whose payments bear no 10% tax.
    Tests:  test_first_death_moves_every_account_and_steps_up_basis, test_a_widow_has_one_ledger_with_the_earlier_start.
    """
    step_up(state, step_up_share)
    lose_losses(state, 1.0 / PEOPLE)
    if state.former_plan[deceased] > 0.0 or state.pre_tax_plan[deceased] > 0.0:
        state.traditional_ira[survivor] += state.former_plan[deceased] + state.pre_tax_plan[deceased]
        state.former_plan[deceased] = 0.0
        state.pre_tax_plan[deceased] = 0.0
    for field in (
        state.traditional_ira,
        state.ira_basis,
        state.state_basis,
        state.hsa,
        state.roth_plan,
        state.roth_ira,
        state.after_tax,
        state.after_tax_basis,
        state.contributions,
        state.rolled_seasoned,
        state.seasoned,
        state.plan_contributions,
        state.in_plan_seasoned,
    ):
        field[survivor] += field[deceased]
        field[deceased] = 0.0
    for layers in (state.rolled, state.conversions, state.in_plan):
        for place in range(LAYERS):
            for part in range(UNTAXED + 1):
                layers[survivor, place, part] += layers[deceased, place, part]
                layers[deceased, place, part] = 0.0
    state.years_young[survivor] = max(state.years_young[survivor], state.years_young[deceased])
    for first in (state.first_roth_year, state.first_plan_year):
        earlier = first[deceased] > 0.0 and (first[survivor] == 0.0 or first[deceased] < first[survivor])
        first[survivor] = first[deceased] if earlier else first[survivor]
