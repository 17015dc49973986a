"""Roth money over the years: what goes into its layers, how they age, and in which order they come out."""

from __future__ import annotations

from rothwell.lifetime.accounts import LAYERS, PEOPLE, TAXABLE, UNTAXED
from rothwell.lifetime.taxable_account import DUST
from rothwell.provision import provision, seldom


@seldom
def convert_to_roth_ira(state, person, place, taxable, untaxed, calendar_year):  # type: ignore[no-untyped-def]
    """Money that moves to a Roth IRA by conversion or rollover: a layer of the year, its parts apart.

    Law:    IRC 408A(d)(3), (e), 402(c); Notice 2008-30, 2014-54; Reg. 1.408A-6 Q&A-2 for the start of the five years.
    Units:  dollars of the year; `place` of the year among the layers.
    Tests:  test_conversions_are_layers_of_their_year, test_dust_starts_no_five_years.
    """
    if taxable + untaxed > 0.0:
        state.roth_ira[person] += taxable + untaxed
        state.conversions[person, place, TAXABLE] += taxable
        state.conversions[person, place, UNTAXED] += untaxed
        state.years_young[person] = LAYERS
        if taxable + untaxed > DUST and state.first_roth_year[person] == 0.0:
            state.first_roth_year[person] = calendar_year


@seldom
def convert_in_plan(state, person, place, taxable, untaxed, calendar_year):  # type: ignore[no-untyped-def]
    """After-tax money that moves to the designated Roth account of its plan; the caller moves the balance.

    Law:    IRC 402A(c)(4); Notice 2010-84 Q&A-7 to 13.
    Units:  dollars of the year.
    Tests:  test_after_tax_money_joins_the_layers_when_the_plan_is_left.
    """
    state.in_plan[person, place, TAXABLE] += taxable
    state.in_plan[person, place, UNTAXED] += untaxed
    state.years_young[person] = LAYERS
    if taxable + untaxed > DUST and state.first_plan_year[person] == 0.0:
        state.first_plan_year[person] = calendar_year


@seldom
def roll_over_roth_plan(state, person, qualified, calendar_year):  # type: ignore[no-untyped-def]
    """A designated Roth account rolls to the Roth IRA: its basis is layer 1, its earnings are layer 3.

    A qualified one is layer 1 in full. The plan's years do not come along; in-plan conversions keep theirs.

    Law:    Reg. 1.408A-10 Q&A-3, 4; Notice 2010-84 Q&A-12, 13.
    Units:  dollars of the year.
    Tests:  test_after_tax_money_joins_the_layers_when_the_plan_is_left.
    """
    value = state.roth_plan[person]
    basis = state.plan_contributions[person] + state.in_plan_seasoned[person]
    state.roth_ira[person] += value
    state.roth_plan[person] = 0.0
    state.contributions[person] += state.plan_contributions[person]
    state.rolled_seasoned[person] += state.in_plan_seasoned[person]
    state.plan_contributions[person] = 0.0
    state.in_plan_seasoned[person] = 0.0
    for place in range(LAYERS):
        for part in range(UNTAXED + 1):
            basis += state.in_plan[person, place, part]
            state.rolled[person, place, part] += state.in_plan[person, place, part]
            state.in_plan[person, place, part] = 0.0
    if qualified > 0.0:
        state.contributions[person] += max(0.0, value - basis)
    if value > DUST and state.first_roth_year[person] == 0.0:
        state.first_roth_year[person] = calendar_year


@provision
def age_layers(state, place):  # type: ignore[no-untyped-def]
    """At the year's end the earliest layer has its five years behind it.

    Law:    IRC 408A(d)(3)(F), 402A(c)(4)(D).
    Units:  dollars; `place` of the year among the layers.
    Tests:  test_conversions_are_layers_of_their_year.
    """
    for person in range(PEOPLE):
        if state.years_young[person] > 0.0:
            state.years_young[person] -= 1.0
            _age(state, person, (place + 1) % LAYERS)


@seldom
def _age(state, person, oldest):  # type: ignore[no-untyped-def]
    """The layers of one person's oldest young year become old.

    Law:    IRC 408A(d)(3)(F).
    """
    for part in range(UNTAXED + 1):
        state.seasoned[person] += state.conversions[person, oldest, part]
        state.rolled_seasoned[person] += state.rolled[person, oldest, part]
        state.in_plan_seasoned[person] += state.in_plan[person, oldest, part]
        state.conversions[person, oldest, part] = 0.0
        state.rolled[person, oldest, part] = 0.0
        state.in_plan[person, oldest, part] = 0.0


@seldom
def take_roth_ira(state, person, amount, place):  # type: ignore[no-untyped-def]
    """Take money out of the Roth IRAs of a person: the balance, and the layers in their order.

    Money of in-plan conversions comes out before the rest of layer 1; then the conversions, the earliest year first, in
    it the taxable part first; what no layer covers is earnings.

    Law:    IRC 408A(d)(4)(B); Reg. 1.408A-6 Q&A-8.
    Units:  dollars of the year; `place` of the year among the layers.
    Tests:  test_roth_money_comes_out_in_the_order_of_the_law, test_access_rules_hold_in_households_at_random.
    """
    left = min(amount, state.roth_ira[person])
    state.roth_ira[person] -= left
    taken = min(left, state.rolled_seasoned[person])
    state.rolled_seasoned[person] -= taken
    left -= taken
    young = state.years_young[person] > 0.0
    if young:
        left = _take_young(state.rolled, person, left, place)
    taken = min(left, state.contributions[person])
    state.contributions[person] -= taken
    left -= taken
    taken = min(left, state.seasoned[person])
    state.seasoned[person] -= taken
    if young and left > taken:
        _take_young(state.conversions, person, left - taken, place)


@seldom
def _take_young(layers, person, amount, place):  # type: ignore[no-untyped-def]
    """Take an amount out of layers in their order; returns what they do not cover.

    Law:    Reg. 1.408A-6 Q&A-8.
    """
    left = amount
    for later in range(LAYERS):
        older = (place + 1 + later) % LAYERS
        for part in range(UNTAXED + 1):
            taken = min(left, layers[person, older, part])
            layers[person, older, part] -= taken
            left -= taken
    return left


@seldom
def take_roth_plan(state, person, amount):  # type: ignore[no-untyped-def]
    """Take money out of a designated Roth account: basis and in-plan conversions go pro rata.

    Law:    IRC 72(e)(8)(B), 402A(d)(4).
    Units:  dollars of the year.
    Tests:  test_layers_are_the_basis_of_a_second_ledger.
    """
    if amount > 0.0 and state.roth_plan[person] > 0.0:
        kept = 1.0 - min(1.0, amount / state.roth_plan[person])
        state.roth_plan[person] *= kept
        state.plan_contributions[person] *= kept
        state.in_plan_seasoned[person] *= kept
        for place in range(LAYERS):
            for part in range(UNTAXED + 1):
                state.in_plan[person, place, part] *= kept


@seldom
def roth_ira_basis(state, person):  # type: ignore[no-untyped-def]
    """Layers 1 and 2 of a person's Roth IRAs.

    Law:    IRC 408A(d)(4)(B)(ii).
    Tests:  test_layers_are_the_basis_of_a_second_ledger.
    """
    total = state.contributions[person] + state.rolled_seasoned[person] + state.seasoned[person]
    for place in range(LAYERS):
        for part in range(UNTAXED + 1):
            total += state.rolled[person, place, part] + state.conversions[person, place, part]
    return total
