"""What a household leaves under a strategy: to charities, to the taxes at death, and to each heir."""

from __future__ import annotations

import math

import numpy as np

from rothwell.lifetime.accounts import PEOPLE, pre_tax_balance, roth_balance
from rothwell.lifetime.heir_return import age_of
from rothwell.lifetime.law_in_force import stepped_up_part
from rothwell.provision import provision
from rothwell.tax.estate_tax import (
    deduction_for_estate_tax,
    estate_tax_on_income,
    federal_estate_tax,
    inheritance_tax,
    state_estate_tax,
)

LEGACY = np.dtype(
    (
        np.record,
        [
            ("traditional", "f8"),  # taxable when it is drawn
            ("untaxed", "f8"),  # basis among pre-tax money
            ("roth", "f8"),
            ("hsa", "f8"),
            ("taxable", "f8"),
            ("gain", "f8"),  # of the taxable account, that no step-up took away
            ("gross", "f8"),
            ("estate_tax", "f8"),  # federal and of the state
            ("charity", "f8"),
            ("drawn_for_tax", "f8"),  # pre-tax money that the estate tax takes: it is drawn in the first year
            ("shared", "f8"),  # of pre-tax money, the part that goes to persons
            ("deducted", "f8"),  # of a dollar of inherited income, for the federal estate tax on it
        ],
    )
)
"""What a household leaves under a strategy, in dollars of the year of the last death."""


@provision
def settle_estate(path, last, position, scenario, scratch):  # type: ignore[no-untyped-def]
    """What a strategy leaves, less what charities receive and what estate tax takes; and what is left to each heir
    before that tax, with the inheritance tax on it.

    Charities without shares of their own in a kind of money take it before anybody else from what heirs would pay tax
    on. The tax is paid from the taxable account, then from basis, Roth, health savings and pre-tax money.

    Law:    IRC 1014(a), (c), 2001, 2010(c), 2055, 2058; 691(a); 223(f)(8)(B); each state's own; Md. Code, Tax-Gen.
            7-304(b)(1): inheritance tax is taken off the estate tax.
    Not modeled: the states that take the federal estate tax off what inheritance tax is figured on.
    """
    couple, state, legacy = scenario.household.couple[0], scratch.states[position], scratch.legacy[position]
    traditional, untaxed, roth, hsa = 0.0, 0.0, 0.0, 0.0
    for person in range(PEOPLE):
        basis = state.after_tax_basis[person] + min(state.ira_basis[person], state.traditional_ira[person])
        traditional += max(0.0, pre_tax_balance(state, person) + state.after_tax[person] - basis)
        untaxed += min(basis, pre_tax_balance(state, person) + state.after_tax[person])
        roth += roth_balance(state, person)
        hsa += state.hsa[person]
    legacy.gain = (1.0 - stepped_up_part(scratch.year[0], state)) * max(0.0, state.taxable - state.taxable_basis)
    legacy.gross = traditional + untaxed + roth + hsa + state.taxable
    wanted = couple.charity * legacy.gross
    charity = couple.charity_traditional * (traditional + untaxed + hsa) + couple.charity_roth * roth
    charity += couple.charity_taxable * state.taxable
    legacy.traditional, wanted = _give(traditional * (1.0 - couple.charity_traditional), wanted)
    legacy.hsa, wanted = _give(hsa * (1.0 - couple.charity_traditional), wanted)
    legacy.taxable, wanted = _give(state.taxable * (1.0 - couple.charity_taxable), wanted)
    legacy.gain *= legacy.taxable / state.taxable if state.taxable > 0.0 else 0.0  # charities owe nothing on theirs
    legacy.shared = legacy.traditional / traditional if traditional > 0.0 else 0.0
    legacy.untaxed, wanted = _give(untaxed * (1.0 - couple.charity_traditional), wanted)
    legacy.roth, wanted = _give(roth * (1.0 - couple.charity_roth), wanted)
    legacy.charity = charity + couple.charity * legacy.gross - wanted
    portable = scratch.portable_exclusion[0]
    of_death, heirs, on_shares = scenario.household.death_tax[last], scenario.household.heirs, 0.0
    for heir in range(heirs.size):
        one = heirs[heir]
        left = one.traditional * (legacy.traditional + legacy.hsa + legacy.untaxed)
        left += one.roth * legacy.roth + one.taxable * legacy.taxable
        scratch.left_to[position, heir] = left
        age = age_of(one, couple.start_year + last) if one.person > 0.0 else math.inf
        on_share = inheritance_tax(left, one.kin, age, of_death)
        scratch.on_shares[position, heir] = on_share
        on_shares += one.alike * on_share
    of_state = state_estate_tax(legacy.gross - legacy.charity, portable, of_death)
    of_state -= of_death.less_inheritance * min(on_shares, of_state)
    law, deductions, gifts = scratch.law[0].estate_tax, legacy.charity + of_state + on_shares, couple.taxable_gifts
    owed = of_state + federal_estate_tax(legacy.gross, deductions, gifts, portable, law)
    owed = min(owed, legacy.gross - legacy.charity)
    income = legacy.traditional + legacy.hsa
    on_income = estate_tax_on_income(income, legacy.gross, deductions, gifts, portable, law)
    legacy.deducted = deduction_for_estate_tax(1.0, 1.0, income, on_income)
    legacy.estate_tax = owed
    of_taxable = legacy.taxable
    legacy.taxable, owed = _give(of_taxable, owed)
    legacy.untaxed, owed = _give(legacy.untaxed, owed)
    legacy.roth, owed = _give(legacy.roth, owed)
    legacy.hsa, owed = _give(legacy.hsa, owed)
    kept, owed = _give(legacy.traditional, owed)
    legacy.drawn_for_tax = legacy.traditional - kept
    legacy.traditional = kept


@provision
def _give(held, wanted):  # type: ignore[no-untyped-def]
    """What is left of an amount and of a wish after as much as possible of it is met."""
    given = min(held, max(0.0, wanted))
    return held - given, wanted - given
