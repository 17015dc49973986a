"""An heir as the year loop reads one: what is drawn of an inherited account in a year, and the heir's own return."""

from __future__ import annotations

import math

import numpy as np

from rothwell.household.heirs import WAGES_FROM_AGE
from rothwell.law.figures import JOINT
from rothwell.provision import provision
from rothwell.tax.both_returns import NO_STATE, taxes_of_both, taxes_of_state
from rothwell.tax.facts import Parts
from rothwell.tax.trusts import trust_tax
from rothwell.tax.unearned_income import tax_of_a_child

LEVEL, FILL, LAST = range(3)
"""How inherited pre-tax money is drawn."""
WAYS = ("level", "fill", "last")
"""Their names, in this order; of ways that leave alike, the first is preferred."""
DRAWS = len(WAYS)
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


@provision
def age_of(one, year):  # type: ignore[no-untyped-def]
    """The age that an heir attains in a year; 0 where there is no person."""
    return year - one.birth_year if one.person > 0.0 else 0.0


@provision
def wages_of(one, age):  # type: ignore[no-untyped-def]
    """An heir's own wages at an age, dollars of the start year."""
    return one.income if one.person <= 0.0 or age >= WAGES_FROM_AGE else 0.0


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
