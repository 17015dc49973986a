"""Money that comes before 59 1/2 or before the Roth five years are over: the sources by kind, in their order.

A year counts as after 59 1/2 from the one in which the person attains 60 (IRC 72(t)(2)(A)(i)). By month of birth 59 1/2
comes in the second half of the year of 59, which is not used, or in the first half of the year of 60: what is taken in
that year is taken after the day.

The kinds, in the order in which they are used: what each person's Roth IRAs give free in the order of the law (layer 1,
in-plan conversions in it first, and conversions older than five years, up to the first part that bears the 10% tax),
plans left in or after the year of 55, and then, where there is no other way, money that bears that tax, with the free
money that the law puts behind it: younger conversions, pre-tax money, and the earnings of Roth IRAs.
"""

from __future__ import annotations

import numpy as np

from rothwell.lifetime.accounts import LAYERS, PEOPLE, TAXABLE, UNTAXED
from rothwell.provision import provision, seldom

_IN_A_YEAR = UNTAXED + 1  # parts of a layer
FREE = 0
SEPARATED_PLAN = FREE + 1
ROLLED = SEPARATED_PLAN + 1
CONTRIBUTIONS = ROLLED + LAYERS * _IN_A_YEAR
SEASONED = CONTRIBUTIONS + 1
CONVERSIONS = SEASONED + 1
PRE_TAX = CONVERSIONS + LAYERS * _IN_A_YEAR
EARNINGS = PRE_TAX + 1
KINDS = EARNINGS + 1
EARLY = np.dtype(
    (
        np.record,
        [
            ("scanned", "f8"),  # 1: the rooms below are those of the year
            ("room", "f8", (KINDS,)),  # of everybody
            ("subject", "f8", (KINDS,)),  # of that, what bears the 10% tax
            ("of", "f8", (PEOPLE, KINDS)),
        ],
    )
)


@provision
def early_total(y, state):  # type: ignore[no-untyped-def]
    """All that can be had early, without a look at its kinds.

    Money in the plan of a present employer is not among it: it cannot be paid out before 59 1/2.

    Law:    IRC 401(k)(2)(B)(i).
    Units:  dollars of the year.
    Tests:  test_access_rules_hold_in_households_at_random.
    """
    total = 0.0
    for person in range(PEOPLE):
        if y.alive[person] > 0.0:
            total += (1.0 - y.roth_open[person]) * state.roth_ira[person]
            total += (1.0 - y.accessible[person]) * (state.traditional_ira[person] + state.former_plan[person])
    return total


@seldom
def scan_early(y, state, early, place):  # type: ignore[no-untyped-def]
    """Find the room of each kind, by person.

    Law:    IRC 72(t)(2)(A)(i), (v), (3)(A); 408A(d)(3)(F), (4)(B); Reg. 1.408A-6 Q&A-8.
    Units:  dollars of the year.
    Not modeled: equal periodic payments, 72(t)(2)(A)(iv), and the other exceptions; plans under section 457(b), to
            which 72(t) does not apply.
    Tests:  test_a_year_at_50_with_roth_contributions, test_a_year_with_seasoned_and_unseasoned_conversions,
            test_the_rule_of_55_year, test_the_year_of_59_and_a_half.
    """
    early.scanned = 1.0
    for kind in range(KINDS):
        early.room[kind] = 0.0
        early.subject[kind] = 0.0
        for person in range(PEOPLE):
            early.of[person, kind] = 0.0
    for person in range(PEOPLE):
        young = y.alive[person] * (1.0 - y.accessible[person])
        if y.alive[person] * (1.0 - y.roth_open[person]) > 0.0:
            left = state.roth_ira[person]
            left = _put(early, person, FREE, left, state.rolled_seasoned[person], 0.0)
            left, barred = _put_layers(early, (person, ROLLED, 0.0), left, state.rolled, young, place)
            left = _put(early, person, CONTRIBUTIONS if barred > 0.0 else FREE, left, state.contributions[person], 0.0)
            left = _put(early, person, SEASONED if barred > 0.0 else FREE, left, state.seasoned[person], 0.0)
            left, _ = _put_layers(early, (person, CONVERSIONS, barred), left, state.conversions, young, place)
            _put(early, person, EARNINGS, left, left, young)
        if young > 0.0:
            free = state.former_free[person]
            plan, ira = state.former_plan[person], state.traditional_ira[person]
            _put(early, person, SEPARATED_PLAN, plan, free * plan, 0.0)
            subject = ira + (1.0 - free) * plan
            _put(early, person, PRE_TAX, subject, subject, 1.0)


@provision
def _put(early, person, kind, left, most, weight):  # type: ignore[no-untyped-def]
    """Enter a kind's room, as far as the balance reaches; returns what is left of the balance.

    Law:    IRC 72(t)(1): `weight` is the share that bears the tax.
    """
    room = min(left, most)
    early.of[person, kind] += room
    early.room[kind] += room
    early.subject[kind] += weight * room
    return left - room


@seldom
def _put_layers(early, where, left, layers, young, place):  # type: ignore[no-untyped-def]
    """Enter the five young layers, the earliest first; their taxable parts bear the 10% tax before 59 1/2.

    `where` is the person, the first of the kinds, and whether a part that bears the tax stands before them (1) or not;
    returns what is left of the balance, and whether one stands before what follows.

    Law:    IRC 408A(d)(3)(F), 402A(c)(4)(D).
    """
    person, first, barred = where
    for later in range(LAYERS):
        older = (place + 1 + later) % LAYERS
        kind = first + later * _IN_A_YEAR
        bears = young > 0.0 and layers[person, older, TAXABLE] > 0.0
        barred = 1.0 if bears else barred
        taxed, untaxed = (kind + TAXABLE, kind + UNTAXED) if barred > 0.0 else (FREE, FREE)
        left = _put(early, person, taxed, left, layers[person, older, TAXABLE], young)
        left = _put(early, person, untaxed, left, layers[person, older, UNTAXED], 0.0)
    return left, barred


@seldom
def spread_over_kinds(y, early, amount):  # type: ignore[no-untyped-def]
    """Spread an early amount over the kinds in their order, and add up what it does to the year's tax.

    Law:    IRC 72(t)(1), 402(a), 408(d)(1), 408A(d)(1), (3)(F).
    Units:  dollars of the year.
    Tests:  test_a_year_with_seasoned_and_unseasoned_conversions.
    """
    left = amount
    kind = 0
    while left > 0.0 and kind < KINDS:
        room = early.room[kind]
        taken = min(left, room)
        if taken > 0.0:
            left -= taken
            y.early_subject += taken / room * early.subject[kind]
            if kind in (SEPARATED_PLAN, PRE_TAX):
                y.withdrawal_pre_tax += taken
            else:
                y.withdrawal_roth += taken
                y.roth_earnings += taken if kind == EARNINGS else 0.0
        kind += 1


@seldom
def early_taken(early, person, amount, first, last):  # type: ignore[no-untyped-def]
    """What a person gives of an early amount out of the kinds first..last-1: pro rata within each kind.

    Law:    IRC 72(t)(1).
    """
    left, total = amount, 0.0
    for kind in range(last):
        room = early.room[kind]
        taken = min(left, room)
        left -= taken
        if kind >= first and taken > 0.0:
            total += taken / room * early.of[person, kind]
    return total
