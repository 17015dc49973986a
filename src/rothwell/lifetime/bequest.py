"""What heirs keep: estate tax, then the inherited money drawn over the years on top of each heir's own income, in the
law of the path and of the year.

The money of an heir is invested as the household's taxable account is; what is drawn, and the tax on it, are counted in
dollars of the year of death, brought back by the growth of that account. So nothing is gained by waiting alone, and the
estate is what heirs, taxes and charities receive.
"""

from __future__ import annotations

import math

import numpy as np

from rothwell.household.heirs import WAGES_FROM_AGE
from rothwell.law.figures import JOINT
from rothwell.law.indexing import PRICES, WAGES
from rothwell.law.landscape_shocks import PAYOUT_LIMIT
from rothwell.law.timeline import write_indexed, write_stored
from rothwell.lifetime.accounts import PEOPLE, pre_tax_balance, roth_balance
from rothwell.lifetime.law_in_force import move_rates, stepped_up_part
from rothwell.provision import provision, seldom
from rothwell.tax.both_returns import NO_STATE, taxes_of_both, taxes_of_state
from rothwell.tax.estate_tax import (
    deduction_for_estate_tax,
    estate_tax_on_income,
    federal_estate_tax,
    inheritance_tax,
    state_estate_tax,
)
from rothwell.tax.facts import Parts
from rothwell.tax.trusts import trust_tax
from rothwell.tax.unearned_income import tax_of_a_child

LEVEL, FILL, LAST = range(3)
"""How inherited pre-tax money is drawn."""
WAYS = ("level", "fill", "last")
"""Their names, in this order; of ways that leave alike, the first is preferred."""
DRAWS = len(WAYS)
YEARS_OF_HEIRS = 10  # of a path's market and law after the last death: the length of the model, not law
NO_PARENTS = -1.0  # in the place of their tax rate
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
            ("kin", "i8"),  # the place in law.death_taxes.KIN: whom inheritance taxes spare or tax less
            ("person", "f8"),  # 0: an estate, which has no age
            ("trust", "f8"),  # 1: a trust for the heir keeps what it draws
            ("parents_rate", "f8"),  # their tax rate, for an heir who is a child; NO_PARENTS: none is alive
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
            ("shared", "f8"),  # of pre-tax money, the part that goes to persons
            ("deducted", "f8"),  # of a dollar of inherited income, for the federal estate tax on it
        ],
    )
)
"""What a household leaves under a strategy, in dollars of the year of the last death."""


@seldom
def leave_to_heirs(path, last, scenario, scratch):  # type: ignore[no-untyped-def]
    """After the last death of a path: what each strategy leaves to each kind of heir, by each way of drawing it.

    The market and the law of a path go on for YEARS_OF_HEIRS; who may draw for longer does so in the law of the last of
    these years.

    Law:    IRC 1014, 2001, 691, 408(d), 402(a), 401(a)(9)(B), (H); each heir's own return by the law of the year.
    Units:  results in dollars of the start year.
    Not modeled: growth that stays untaxed until it is drawn; an heir's own death.
    Tests:  test_heirs_by_a_second_computation, test_an_estate_is_what_heirs_taxes_and_charities_receive.
    """
    household, futures = scenario.household, scenario.futures
    heirs, facts = household.heirs, scratch.facts[0]
    for slot in range(scratch.facts_flat.size):
        scratch.facts_flat[slot] = 0.0
    income = 0.0  # of heirs, whatever the strategy
    for position in range(scenario.strategies.size):
        _settle(path, last, position, scenario, scratch)
        legacy = scratch.legacy[position]
        income += legacy.traditional + legacy.hsa + legacy.drawn_for_tax + legacy.gain
        for heir in range(heirs.size):
            for way in range(DRAWS):
                scratch.inherited[position, heir, way] = heirs[heir].traditional * scratch.legacy[position].traditional
                scratch.taxes_of_heirs[position, heir, way] = 0.0
                scratch.received[position, heir, way] = 0.0
    owner = 0 if futures.last_year[path, 0] >= last else 1
    if income > 0.0:
        _health_accounts(path, last, scenario, scratch)
    growth, longest = 1.0, float(YEARS_OF_HEIRS)
    for heir in range(heirs.size):
        longest = max(longest, household.heir_years[heir, owner, last])
    for after in range(1, int(longest) + 1 if income > 0.0 else 1):
        year = last + min(after, YEARS_OF_HEIRS)
        of_year = 1.0 + futures.returns[path, year, household.couple[0].taxable_mix] if after <= YEARS_OF_HEIRS else 1.0
        growth *= of_year
        _law_of_all(path, year, scenario, scratch)
        for heir in range(heirs.size):
            one = heirs[heir]
            years = household.heir_years[heir, owner, last]
            if household.heir_limited[heir, owner, last] > 0.0:
                years = payout_years(years, last, futures.shock_from[path], futures.terms)
            if after > max(years, YEARS_OF_HEIRS):
                continue
            _law_of_heir(path, year, one, scenario, scratch)
            age = age_of(one, household.couple[0].start_year + last + after)
            income = wages_of(one, age) * futures.levels[path, year, WAGES]
            facts.inherited_age = household.couple[0].start_year + last + after - household.people[owner].birth_year
            base, taxable = taxes_of_heir(one, age, facts, (income, 0.0, 0.0, 0.0, 0.0), scratch.law[0])
            left = years - after
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

    What pays estate tax is on the return of the first year.

    Law:    IRC 402(a), 408(d), 691(a), (c).
    """
    position, heir, way = place
    after, left, divisor = due
    age, income, base, taxable = own
    legacy, law = scratch.legacy[position], scratch.law[0]
    held = scratch.inherited[position, heir, way] * growth[0]
    draw = drawn(way, held, left, divisor, taxable, one, law)
    scratch.inherited[position, heir, way] = held - draw
    scratch.received[position, heir, way] += draw / growth[1]
    at_death = draw / growth[1]  # what of the value at death this is
    if after == 1:
        draw += one.traditional * legacy.drawn_for_tax
        at_death += one.traditional * legacy.drawn_for_tax
    gain = one.taxable * legacy.gain / YEARS_OF_HEIRS if after <= YEARS_OF_HEIRS else 0.0
    if draw + gain > 0.0:
        incomes = (income, draw, gain, legacy.deducted * at_death, 0.0)  # 691(c)(1)(A): in proportion to what is drawn
        scratch.facts[0].inherited_share = one.traditional * legacy.shared
        whole, _ = taxes_of_heir(one, age, scratch.facts[0], incomes, law)
        scratch.taxes_of_heirs[position, heir, way] += (whole - base) / growth[1]


@seldom
def _health_accounts(path, last, scenario, scratch):  # type: ignore[no-untyped-def]
    """Health savings accounts are income on each heir's return of the year of death, apart from any draw.

    Law:    IRC 223(f)(8)(B)(i)(II), (ii)(II).
    Units:  dollars of the year of death.
    Not modeled: that an estate's part is on the last return of the deceased; California and New Jersey, which do not
            know such accounts.
    """
    heirs, futures, household = scenario.household.heirs, scenario.futures, scenario.household
    _law_of_all(path, last, scenario, scratch)
    for heir in range(heirs.size):
        one = heirs[heir]
        _law_of_heir(path, last, one, scenario, scratch)
        age = age_of(one, household.couple[0].start_year + last)
        income = wages_of(one, age) * futures.levels[path, last, WAGES]
        base, _ = taxes_of_heir(one, age, scratch.facts[0], (income, 0.0, 0.0, 0.0, 0.0), scratch.law[0])
        for position in range(scenario.strategies.size):
            legacy = scratch.legacy[position]
            at_once = one.traditional * legacy.hsa
            if at_once > 0.0:
                incomes = (income, 0.0, 0.0, legacy.deducted * at_once, at_once)
                whole, _ = taxes_of_heir(one, age, scratch.facts[0], incomes, scratch.law[0])
                for way in range(DRAWS):
                    scratch.received[position, heir, way] += at_once
                    scratch.taxes_of_heirs[position, heir, way] += whole - base


@provision
def age_of(one, year):  # type: ignore[no-untyped-def]
    """The age that an heir attains in a year; 0 where there is no person."""
    return year - one.birth_year if one.person > 0.0 else 0.0


@provision
def wages_of(one, age):  # type: ignore[no-untyped-def]
    """An heir's own wages at an age, dollars of the start year."""
    return one.income if one.person <= 0.0 or age >= WAGES_FROM_AGE else 0.0


@provision
def _hand_over(path, last, position, scenario, scratch):  # type: ignore[no-untyped-def]
    """Write what heirs have in hand, and check that nothing is lost: an estate is what heirs, the estate tax and
    charities receive, in dollars of the year of death.

    Whatever the estate tax was paid from, each heir bears it in proportion to what was left to the heir before it, as
    the apportionment laws of most states have it: who bears more is paid by the others.
    """
    heirs, results, legacy = scenario.household.heirs, scenario.results, scratch.legacy[position]
    price, audit = scenario.futures.levels[path, last, PRICES], results.audit[position, path]
    on_shares, before = 0.0, 0.0
    for heir in range(heirs.size):
        on_shares += heirs[heir].alike * scratch.on_shares[position, heir]
        before += heirs[heir].alike * scratch.left_to[position, heir]
    borne = legacy.estate_tax / before if before > 0.0 else 0.0
    for way in range(DRAWS):
        in_hands = legacy.charity + legacy.estate_tax
        for heir in range(heirs.size):
            one = heirs[heir]
            received = scratch.received[position, heir, way] + one.traditional * legacy.untaxed
            received += one.roth * legacy.roth + one.taxable * legacy.taxable
            in_hands += one.alike * received
            kept = scratch.left_to[position, heir] * (1.0 - borne) - scratch.on_shares[position, heir]
            kept -= scratch.taxes_of_heirs[position, heir, way]
            results.heirs[position, path, heir, way] = one.alike * kept / price
        if heirs.size > 0:
            audit[0] = worst_of(audit[0], abs(in_hands - legacy.gross))
    results.estate[position, path] = legacy.charity / price
    results.estate_tax[position, path] = (legacy.estate_tax + on_shares) / price


@provision
def worst_of(worst, one):  # type: ignore[no-untyped-def]
    """The larger of two imbalances; what is not a number stays."""
    return worst if one <= worst else (one if one > worst else math.nan)


@provision
def _settle(path, last, position, scenario, scratch):  # type: ignore[no-untyped-def]
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


@provision
def _law_of_all(path, year, scenario, scratch):  # type: ignore[no-untyped-def]
    """The law of a year as far as it is the same for every heir."""
    write_stored(scratch.law_flat, scenario.tables, scenario.futures.regime[path, year], year)
    move_rates(scratch.law[0], scenario.futures.points, path, year)


@provision
def _law_of_heir(path, year, one, scenario, scratch):  # type: ignore[no-untyped-def]
    """The law of a year as an heir meets it: of the filing status, and of the state; after `_law_of_all`."""
    household, futures, levels = scenario.household, scenario.futures, scenario.futures.levels[path]
    regime = futures.regime[path, year]
    write_indexed(scratch.law_flat, scratch.amounts, scenario.tables, regime, one.status, year, levels)
    if one.turns != NO_STATE:
        write_stored(scratch.state_law_flat, household.heirs_state_law, one.law, year)
        write_indexed(
            scratch.state_law_flat, scratch.amounts, household.heirs_state_law, one.law, one.status, year, levels
        )


@provision
def payout_years(years, last, from_year, terms):  # type: ignore[no-untyped-def]
    """Within how many years all is drawn by one who has so many for it, or by a shock that is in force at the death.

    Law:    IRC 401(a)(9)(B), (H); a shorter time for those who have no lifetime for it is a shock.
    Units:  `last` the year of the death, `from_year` [kind], both counted from the start year.
    Tests:  test_a_shorter_payout_takes_more_tax.
    """
    return min(years, terms.payout_years) if last >= from_year[PAYOUT_LIMIT] else years


@provision
def drawn(way, held, left, divisor, taxable, one, law):  # type: ignore[no-untyped-def]
    """What an heir draws in a year: at the least what is required, and all in the last year.

    Law:    IRC 401(a)(9)(B), (H); 1(e), (j)(2) for the brackets.
    Units:  dollars of the year; `left` years after this one, `taxable` the heir's own ordinary taxable income.
    """
    level = held / (left + 1.0)
    required = held / divisor
    draw = level if way == LEVEL else (0.0 if way == LAST else level)
    if way == FILL:
        of_trust, of_person = law.trust_income.bracket_top, law.rate_schedule.bracket_top
        for bracket in range(of_trust.size - 1, -1, -1):
            room = (of_trust[bracket] if one.trust > 0.0 else of_person[one.status, bracket]) - taxable
            draw = room if level <= room < math.inf else draw
    return held if left <= 0.0 else min(held, max(draw, required))


@provision
def taxes_of_heir(one, age, facts, incomes, law):  # type: ignore[no-untyped-def]
    """Federal and state income tax of an heir, or of a trust for one, and ordinary taxable income.

    Law:    IRC 1, 1(g), 691(c); each state's own.
    Units:  dollars of the year; `incomes` are wages, draws, gains, what is deducted for estate tax on the draws, and a
            health savings account; `facts` says which part of a state's exclusion of the draws is the heir's.
    Not modeled: the deduction for estate tax on a state's return; state tax of a trust; the zero rate and
            the highest on a child's gains.
    """
    wages, draw, gain, deduction, at_once = incomes
    if one.trust > 0.0:
        return trust_tax(draw + at_once - deduction, gain, law), -law.trust_income.exemption
    facts.age1 = age
    facts.age2 = age if one.status == JOINT else 0.0
    facts.wages1 = wages
    facts.medicare_wages1 = wages
    facts.ira_distributions = draw
    facts.lt_gain = gain
    facts.estate_tax_on_income = deduction
    facts.inherited = draw
    facts.other_income = at_once
    of_parents = one.parents_rate >= 0.0 and age < law.unearned_income_of_children.age
    parts = Parts(
        False, False, False, False, deduction > 0.0 or one.turns != NO_STATE, False, False, False, False, False,
        law.personal_exemption.amount > 0.0, False, False, True,
    )  # fmt: skip
    if of_parents:
        tax = tax_of_a_child(draw + at_once, deduction, one.parents_rate, one.status, law)
        tax += law.capital_gains.rate[1] * gain  # the parents' rate on gains, as a rule: 1(g)(3), 1(h)
        return tax + taxes_of_state(facts, parts, one.turns, one.status, law), 0.0
    return taxes_of_both(facts, parts, one.turns, one.status, law)
