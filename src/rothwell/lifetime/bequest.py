"""What heirs keep: estate tax, then the inherited money drawn over the years on top of each heir's own income, in the
law of the path and of the year.

The money of an heir is invested as the household's taxable account is; what is drawn, and the tax on it, are counted in
dollars of the year of death, brought back by the growth of that account. So nothing is gained by waiting alone, and the
estate is what heirs, taxes and charities receive.
"""

from __future__ import annotations

import math

import numpy as np

from rothwell.law.figures import JOINT
from rothwell.law.indexing import PRICES, WAGES
from rothwell.law.timeline import write_indexed, write_stored
from rothwell.lifetime.accounts import PEOPLE, pre_tax_balance, roth_balance
from rothwell.lifetime.law_in_force import move_rates, stepped_up_part
from rothwell.provision import provision, seldom
from rothwell.tax.both_returns import NO_STATE, taxes_of_both
from rothwell.tax.estate_tax import federal_estate_tax, inheritance_tax, state_estate_tax
from rothwell.tax.facts import Parts

LEVEL, FILL, LAST = range(3)
"""How inherited pre-tax money is drawn."""
WAYS = ("level", "fill", "last")
"""Their names, in this order; of ways that leave alike, the first is preferred."""
DRAWS = len(WAYS)
YEARS_OF_HEIRS = 10  # of a path's market and law after the last death: the length of the model, not law
HEIR = np.dtype(
    (
        np.record,
        [
            ("birth_year", "f8"),
            ("income", "f8"),  # wages, dollars of the start year
            ("status", "i8"),
            ("law", "i8"),  # the place of the state's law among the heirs' states; NO_LAW: none
            ("turns", "i8"),  # how the two returns go together, see tax.both_returns
            ("traditional", "f8"),  # shares of each kind of money that go to persons, of one heir
            ("roth", "f8"),
            ("taxable", "f8"),
            ("alike", "f8"),  # how many heirs are like this one
            ("child", "f8"),  # 1: a child of the household, whom inheritance taxes spare or tax less
        ],
    )
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
        ],
    )
)
"""What a household leaves under a strategy, in dollars of the year of the last death."""


@seldom
def leave_to_heirs(path, last, scenario, scratch):  # type: ignore[no-untyped-def]
    """After the last death of a path: what each strategy leaves to each kind of heir, by each way of drawing it.

    Law:    IRC 1014, 2001, 691, 408(d), 402(a), 401(a)(9)(B), (H); each heir's own return by the law of the year.
    Units:  results in dollars of the start year.
    Not modeled: that a share of the estate tax is deducted where the inherited money is income (IRC 691(c)); longer
            payouts of eligible beneficiaries: all is drawn within ten years; growth that stays untaxed until then.
    Tests:  test_heirs_by_a_second_computation, test_an_estate_is_what_heirs_taxes_and_charities_receive.
    """
    household, futures = scenario.household, scenario.futures
    heirs, facts = household.heirs, scratch.facts[0]
    for slot in range(scratch.facts_flat.size):
        scratch.facts_flat[slot] = 0.0
    for position in range(scenario.strategies.size):
        _settle(path, last, position, scenario, scratch)
        for heir in range(heirs.size):
            for way in range(DRAWS):
                scratch.inherited[position, heir, way] = heirs[heir].traditional * scratch.legacy[position].traditional
                scratch.taxes_of_heirs[position, heir, way] = 0.0
                scratch.received[position, heir, way] = 0.0
    owner = 0 if futures.last_year[path, 0] >= last else 1
    growth = 1.0
    for after in range(1, YEARS_OF_HEIRS + 1):
        year = last + after
        of_year = 1.0 + futures.returns[path, year, household.couple[0].taxable_mix]
        growth *= of_year
        write_stored(scratch.law_flat, scenario.tables, futures.regime[path, year], year)
        for heir in range(heirs.size):
            one = heirs[heir]
            _law_of_heir(path, year, one, scenario, scratch)
            income = one.income * futures.levels[path, year, WAGES]
            age = household.couple[0].start_year + year - one.birth_year
            base, taxable = taxes_of_heir(one, age, facts, (income, 0.0, 0.0), scratch.law[0])
            left = household.heir_years[heir, owner, last] - after
            divisor = household.heir_divisors[heir, owner, last, after - 1]
            for position in range(scenario.strategies.size):
                for way in range(DRAWS):
                    place, due = (position, heir, way), (after, left, divisor)
                    _inherit_a_year(place, one, due, (age, income, base, taxable), (of_year, growth), scratch)
    for position in range(scenario.strategies.size):
        _hand_over(path, last, position, scenario, scratch)


@provision
def _inherit_a_year(place, one, due, own, growth, scratch):  # type: ignore[no-untyped-def]
    """A year of an heir's inherited money under a strategy, drawn in one way.

    What is income at once, a health savings account and what pays estate tax, is on the return of the first year.
    """
    position, heir, way = place
    after, left, divisor = due
    age, income, base, taxable = own
    legacy, law = scratch.legacy[position], scratch.law[0]
    held = scratch.inherited[position, heir, way] * growth[0]
    draw = drawn(way, held, left, divisor, taxable, one.status, law)
    scratch.inherited[position, heir, way] = held - draw
    scratch.received[position, heir, way] += draw / growth[1]
    if after == 1:
        scratch.received[position, heir, way] += one.traditional * legacy.hsa
        draw += one.traditional * (legacy.hsa + legacy.drawn_for_tax)
    gain = one.taxable * legacy.gain / YEARS_OF_HEIRS
    if draw + gain > 0.0:
        whole, _ = taxes_of_heir(one, age, scratch.facts[0], (income, draw, gain), law)
        scratch.taxes_of_heirs[position, heir, way] += (whole - base) / growth[1]


@provision
def _hand_over(path, last, position, scenario, scratch):  # type: ignore[no-untyped-def]
    """Write what heirs have in hand, and check that nothing is lost: an estate is what heirs, the estate tax and
    charities receive, in dollars of the year of death."""
    heirs, results, legacy = scenario.household.heirs, scenario.results, scratch.legacy[position]
    price, audit = scenario.futures.levels[path, last, PRICES], results.audit[position, path]
    for way in range(DRAWS):
        in_hands = legacy.charity + legacy.estate_tax
        for heir in range(heirs.size):
            one = heirs[heir]
            received = scratch.received[position, heir, way] + one.traditional * legacy.untaxed
            received += one.roth * legacy.roth + one.taxable * legacy.taxable
            on_share = inheritance_tax(received, one.child, scenario.household.death_tax[last])
            kept = received - scratch.taxes_of_heirs[position, heir, way] - on_share
            results.heirs[position, path, heir, way] = one.alike * kept / price
            in_hands += one.alike * received
        if heirs.size > 0:
            audit[0] = worst_of(audit[0], abs(in_hands - legacy.gross))
    results.estate[position, path] = legacy.charity / price
    results.estate_tax[position, path] = legacy.estate_tax / price


@provision
def worst_of(worst, one):  # type: ignore[no-untyped-def]
    """The larger of two imbalances; what is not a number stays."""
    return worst if one <= worst else (one if one > worst else math.nan)


@provision
def _settle(path, last, position, scenario, scratch):  # type: ignore[no-untyped-def]
    """What a strategy leaves, less what charities receive and what estate tax takes.

    Charities without shares of their own in a kind of money take it before anybody else from what heirs would pay tax
    on. The tax is paid from the taxable account, then from basis, Roth, health savings and pre-tax money.

    Law:    IRC 1014(a), (c), 2001, 2010(c), 2055, 2058; 691(a); 223(f)(8)(B); each state's own.
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
    legacy.untaxed, wanted = _give(untaxed * (1.0 - couple.charity_traditional), wanted)
    legacy.roth, wanted = _give(roth * (1.0 - couple.charity_roth), wanted)
    legacy.charity = charity + couple.charity * legacy.gross - wanted
    portable = scratch.portable_exclusion[0]
    survivor = 1.0 if portable > 0.0 else 0.0
    of_state = state_estate_tax(legacy.gross - legacy.charity, survivor, scenario.household.death_tax[last])
    law = scratch.law[0].estate_tax
    owed = of_state + federal_estate_tax(legacy.gross, legacy.charity + of_state, portable, law)
    owed = min(owed, legacy.gross - legacy.charity)
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


@provision
def _law_of_heir(path, year, one, scenario, scratch):  # type: ignore[no-untyped-def]
    """The law of a year as an heir meets it: of the filing status, and of the state."""
    household, futures, levels = scenario.household, scenario.futures, scenario.futures.levels[path]
    regime = futures.regime[path, year]
    write_indexed(scratch.law_flat, scratch.amounts, scenario.tables, regime, one.status, year, levels)
    move_rates(scratch.law[0], futures.points, path, year)
    if one.turns != NO_STATE:
        write_stored(scratch.state_law_flat, household.heirs_state_law, one.law, year)
        write_indexed(
            scratch.state_law_flat, scratch.amounts, household.heirs_state_law, one.law, one.status, year, levels
        )


@provision
def drawn(way, held, left, divisor, taxable, status, law):  # type: ignore[no-untyped-def]
    """What an heir draws in a year: at the least what is required, and all in the last year.

    Law:    IRC 401(a)(9)(B), (H).
    Units:  dollars of the year; `left` years after this one, `taxable` the heir's own ordinary taxable income.
    """
    level = held / (left + 1.0)
    required = held / divisor
    draw = level if way == LEVEL else (0.0 if way == LAST else level)
    if way == FILL:
        top = law.rate_schedule.bracket_top
        for bracket in range(top.shape[1] - 1, -1, -1):
            room = top[status, bracket] - taxable
            draw = room if level <= room < math.inf else draw
    return held if left <= 0.0 else min(held, max(draw, required))


@provision
def taxes_of_heir(one, age, facts, incomes, law):  # type: ignore[no-untyped-def]
    """Federal and state income tax of an heir, and ordinary taxable income; `incomes` are wages, draws and gains."""
    wages, draw, gain = incomes
    facts.age1 = age
    facts.age2 = age if one.status == JOINT else 0.0
    facts.wages1 = wages
    facts.medicare_wages1 = wages
    facts.ira_distributions = draw
    facts.lt_gain = gain
    parts = Parts(
        False, False, False, False, False, False, False, False, False, False, law.personal_exemption.amount > 0.0,
        False, False, True,
    )  # fmt: skip
    return taxes_of_both(facts, parts, one.turns, one.status, law)
