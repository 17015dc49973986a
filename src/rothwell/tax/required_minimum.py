"""Required minimum distributions of an owner: when they begin and what the balance is divided by."""

from __future__ import annotations

from datetime import date
from functools import cache
from math import floor

from rothwell.errors import InputError
from rothwell.law.figures import figure
from rothwell.law.lives import rows_of_table

HALF_YEAR = 0.5  # of a birth year: births from July on
MONTHS_OF_HALF_YEAR = 6  # the calendar, not law


def applicable_age(birth_date: date) -> float:
    """The age of the year in which distributions of an owner must begin.

    Law:    IRC 401(a)(9)(C)(v); for births of 1959 the proposed Reg. 1.401(a)(9)-2(b)(2)(v).
    Units:  years of age; a half year for births before July 1949.
    Not modeled: contributions to 403(b) plans before 1987.
    Tests:  test_applicable_age_by_birth_date.
    """
    born = _birth(birth_date)
    if born < _fixed("first_birth_72"):
        return _fixed("age_born_before_july_1949")
    if born < _fixed("first_birth_year_73"):
        return _fixed("age_born_before_1951")
    if born < _fixed("first_birth_year_75"):
        return _fixed("age_born_1951_to_1959")
    return _fixed("age_born_after_1959")


def first_distribution_year(birth_date: date) -> int:
    """The first year for which a distribution is required (it may wait to 1 April of the next).

    Law:    IRC 401(a)(9)(C)(i), (v).
    Units:  calendar year.
    Tests:  test_first_distribution_year.
    """
    return floor(_birth(birth_date) + applicable_age(birth_date))


def uniform_divisor(age: int) -> float:
    """The divisor of the Uniform Lifetime Table for the age reached in the year.

    Law:    Reg. 1.401(a)(9)-5(c)(1), -9(c).
    Form:   Pub. 590-B (2025), Appendix B, Table III.
    Units:  years; ages after the table's end use its end.
    Tests:  test_distributions_of_the_examples, test_ages_after_the_table_use_its_end.
    """
    table = _uniform()
    if age < min(table):
        raise InputError("no distribution is required at this age", field="age", found=age, allowed=f"{min(table)} on")
    return table[min(age, max(table))]


def first_age_of_uniform_table() -> int:
    """The age at which the Uniform Lifetime Table begins.

    Law:    Reg. 1.401(a)(9)-9(c).
    """
    return min(_uniform())


def last_age_of_uniform_table() -> int:
    """The age at which the Uniform Lifetime Table ends: "120 and older".

    Law:    Reg. 1.401(a)(9)-9(c).
    """
    return max(_uniform())


def joint_divisor(owner_age: int, spouse_age: int) -> float:
    """The divisor of the Joint and Last Survivor Table for the ages reached in the year, in either order.

    Law:    Reg. 1.401(a)(9)-5(c)(2), -9(d).
    Form:   Pub. 590-B (2025), Appendix B, Table II.
    Units:  years; ages outside the table use its end.
    Tests:  test_joint_table_is_symmetric, test_ages_after_the_table_use_its_end.
    """
    table = _joint()
    first, last = min(table), max(table)
    one, other = (min(max(age, first[0]), last[0]) for age in (owner_age, spouse_age))
    return table[one, other]


def divisor(owner_age: int, spouse_age: int | None) -> float:
    """What the balance of the last 31 December is divided by; the spouse is the sole beneficiary all year, or None.

    Law:    Reg. 1.401(a)(9)-5(c)(1), (2).
    Units:  years; ages reached in the year.
    Not modeled: a spouse who is beneficiary of a part or for a part of the year (give None).
    Tests:  test_joint_table_only_for_a_spouse_more_than_ten_years_younger, test_distributions_of_the_examples.
    """
    if spouse_age is not None and owner_age - spouse_age > _fixed("spouse_age_difference"):
        return joint_divisor(owner_age, spouse_age)
    return uniform_divisor(owner_age)


def _birth(birth_date: date) -> float:
    """The birth year, and a half for births from July on."""
    return birth_date.year + (HALF_YEAR if birth_date.month > MONTHS_OF_HALF_YEAR else 0.0)


@cache
def _fixed(name: str) -> float:
    """A figure of the section that goes by birth, not by year."""
    known = figure(f"required_minimum.{name}")
    return float(known.values[max(known.values)])


def single_divisor(age: int) -> float:
    """The divisor of the Single Life Table for the age reached in the year.

    Law:    Reg. 1.401(a)(9)-5(d)(3), -9(b).
    Form:   Pub. 590-B (2025), Appendix B, Table I.
    Units:  years; ages after the table's end use its end.
    Tests:  test_what_an_heir_must_take_in_a_year, test_ages_after_the_table_use_its_end.
    """
    table = _single()
    if age < 0:
        raise InputError("is not born yet", field="age", found=age, allowed="0 on")
    return table[min(age, max(table))]


@cache
def _single() -> dict[int, float]:
    return {int(row["age"]): float(row["divisor"]) for row in rows_of_table("single_life")}


@cache
def _uniform() -> dict[int, float]:
    return {int(row["age"]): float(row["divisor"]) for row in rows_of_table("uniform_lifetime")}


@cache
def _joint() -> dict[tuple[int, int], float]:
    table = {}
    for row in rows_of_table("joint_last_survivor"):
        one, other = int(row["age1"]), int(row["age2"])
        table[one, other] = table[other, one] = float(row["divisor"])
    return table
