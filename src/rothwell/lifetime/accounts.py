"""The buckets: what a household owns, and how a year's flows and returns change it.

Records, all in dollars of the year unless said; [2] is one entry per person.
"""

from __future__ import annotations

import numpy as np

from rothwell.lifetime.taxable_account import LOTS, lose_losses, step_up
from rothwell.provision import provision

PEOPLE = 2  # a household plans for one or two persons
_PERSON = (PEOPLE,)

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
            ("pre_tax_plan", "f8", _PERSON),
            ("traditional_ira", "f8", _PERSON),
            ("roth_plan", "f8", _PERSON),
            ("roth_ira", "f8", _PERSON),
            ("after_tax", "f8", _PERSON),
            ("after_tax_basis", "f8", _PERSON),
            ("magi", "f8", (2,)),  # of the last year, of the year before it (IRMAA look-back)
            ("magi_status", "f8", (2,)),
            ("raised", "f8"),  # cash raised last year and what its last dollar left after tax: the first guess
            ("cash_per_dollar", "f8"),
        ],
    )
)


@provision
def total_balance(state):  # type: ignore[no-untyped-def]
    """Everything the household owns, before any tax."""
    total = state.taxable
    for person in range(PEOPLE):
        total += state.pre_tax_plan[person] + state.traditional_ira[person] + state.after_tax[person]
        total += state.roth_plan[person] + state.roth_ira[person]
    return total


@provision
def pre_tax_balance(state, person):  # type: ignore[no-untyped-def]
    """A person's tax-deferred money: pre-tax plan accounts and traditional IRAs."""
    return state.pre_tax_plan[person] + state.traditional_ira[person]


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
        wealth += deferred_weight * (pre_tax_balance(state, person) + earnings)
    return wealth


@provision
def estate_after_tax(state, heirs_tax_rate):  # type: ignore[no-untyped-def]
    """What heirs keep: taxable money with stepped-up basis and Roth in full, tax-deferred money after their flat rate.

    Law:    IRC 1014(a), (c); 691(a); 408A(d).
    Units:  dollars of the year.
    Not modeled: the heirs' own brackets and the ten-year rule, estate tax.
    Tests:  test_step_up_removes_the_gain_and_without_it_heirs_never_have_more.
    """
    return spendable_wealth(state, 1.0 - heirs_tax_rate)


@provision
def take_pre_tax(state, person, amount):  # type: ignore[no-untyped-def]
    """Take tax-deferred money of one person, pro rata from plan and IRA."""
    balance = pre_tax_balance(state, person)
    if amount > 0.0 and balance > 0.0:
        share = min(1.0, amount / balance)
        state.pre_tax_plan[person] -= share * state.pre_tax_plan[person]
        state.traditional_ira[person] -= share * state.traditional_ira[person]


@provision
def take_roth(state, person, amount):  # type: ignore[no-untyped-def]
    """Take Roth money of one person, pro rata from designated Roth account and Roth IRA."""
    balance = roth_balance(state, person)
    if amount > 0.0 and balance > 0.0:
        share = min(1.0, amount / balance)
        state.roth_plan[person] -= share * state.roth_plan[person]
        state.roth_ira[person] -= share * state.roth_ira[person]


@provision
def inherit(state, deceased, survivor, step_up_share):  # type: ignore[no-untyped-def]
    """At the first death the spouse takes over the accounts, and part of the taxable basis is stepped up (or down).

    Law:    IRC 1014(a), (b)(6): half of what a couple owns together, both halves of community property;
            401(a)(9)(B)(iv), 408(d)(3)(C): the spouse treats the accounts as own.
    Tests:  test_first_death_moves_every_account_and_steps_up_basis.
    """
    step_up(state, step_up_share)
    lose_losses(state, 1.0 / PEOPLE)
    for field in (
        state.pre_tax_plan,
        state.traditional_ira,
        state.roth_plan,
        state.roth_ira,
        state.after_tax,
        state.after_tax_basis,
    ):
        field[survivor] += field[deceased]
        field[deceased] = 0.0
