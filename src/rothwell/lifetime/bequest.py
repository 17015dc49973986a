"""What heirs keep: estate tax, then the inherited money drawn over the years on top of each heir's own income, in the
law of the path and of the year.

The money of an heir is invested as the household's taxable account is; what is drawn, and the tax on it, are counted in
dollars of the year of death, brought back by the growth of that account. So nothing is gained by waiting alone, and the
estate is what heirs, taxes and charities receive.
"""

from __future__ import annotations

import math

from rothwell.law.indexing import PRICES, WAGES
from rothwell.law.landscape_shocks import PAYOUT_LIMIT
from rothwell.law.timeline import write_indexed, write_stored
from rothwell.lifetime.heir_return import DRAWS, age_of, drawn, taxes_of_heir, wages_of
from rothwell.lifetime.law_in_force import move_rates
from rothwell.lifetime.legacy import settle_estate
from rothwell.provision import provision, seldom
from rothwell.tax.both_returns import NO_STATE

YEARS_OF_HEIRS = 10  # of a path's market and law after the last death: the length of the model, not law


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
    to_tax = 0.0  # income of heirs, whatever the strategy
    for position in range(scenario.strategies.size):
        settle_estate(path, last, position, scenario, scratch)
        legacy = scratch.legacy[position]
        to_tax += legacy.traditional + legacy.hsa + legacy.drawn_for_tax + legacy.gain
        for heir in range(heirs.size):
            for way in range(DRAWS):
                scratch.inherited[position, heir, way] = heirs[heir].traditional * scratch.legacy[position].traditional
                scratch.taxes_of_heirs[position, heir, way] = 0.0
                scratch.received[position, heir, way] = 0.0
    owner = 0 if futures.last_year[path, 0] >= last else 1
    if to_tax > 0.0:
        _health_accounts(path, last, scenario, scratch)
    growth, longest = 1.0, float(YEARS_OF_HEIRS)
    for heir in range(heirs.size):
        longest = max(longest, household.heir_years[heir, owner, last])
    for after in range(1, int(longest) + 1 if to_tax > 0.0 else 1):
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
