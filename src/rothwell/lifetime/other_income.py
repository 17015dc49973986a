"""Pensions, other incomes and dated costs of a simulated year: neither pay nor Social Security nor living."""

from __future__ import annotations

from rothwell.law.indexing import PRICES
from rothwell.lifetime.accounts import PEOPLE
from rothwell.provision import provision


@provision
def pensions(y, people, levels, year):  # type: ignore[no-untyped-def]
    """Pensions of the living and of their surviving spouses, with or without cost-of-living increases.

    Units:  dollars of the year; the second person's own while both live are written into the year.
    Tests:  test_pension_without_cost_of_living_stays_in_dollars, test_a_spouse_keeps_the_survivor_share_of_a_pension.
    """
    total = 0.0
    for person in range(PEOPLE):
        one = people[person]
        paid = one.pension * (levels[year, PRICES] if one.pension_indexed > 0.0 else 1.0)
        paid *= y.alive[person] + (1.0 - y.alive[person]) * one.pension_survivor_share
        paid = paid if y.age[person] >= one.pension_start else 0.0
        y.pension_second = paid  # of the last person
        total += paid
    return total


@provision
def incomes_and_costs(y, incomes, costs, levels, year):  # type: ignore[no-untyped-def]
    """The incomes of a year with their taxed parts, and its costs.

    Law:    IRC 61(a), 72(b), 102(a) by what the file says of each; 1411(c)(1)(A) for what is taxed as interest.
    Units:  dollars of the year.
    Not modeled: the end of an annuity's untaxed part once its cost is recovered (IRC 72(b)(2)); self-employment income
            other than that of a business of the file.
    Tests:  test_incomes_and_costs_of_a_year_by_hand, test_incomes_enter_the_return.
    """
    for position in range(incomes.size):
        one = incomes[position]
        amount = _amount_of_year(y, one, levels, year)
        y.incomes += amount
        y.incomes_for_life += one.for_life * amount
        y.incomes_ordinary += one.ordinary * amount
        y.incomes_investment += one.investment * amount
    for position in range(costs.size):
        y.costs += _amount_of_year(y, costs[position], levels, year)


@provision
def _amount_of_year(y, one, levels, year):  # type: ignore[no-untyped-def]
    """What an income or a cost is in a year; after the person's death the survivor's share of it."""
    if year < one.first or year > one.last:
        return 0.0
    share = 1.0
    if one.person >= 0:
        share = y.alive[one.person] + (1.0 - y.alive[one.person]) * one.survivor_share
    return one.amount * share * (levels[year, one.index] if one.index >= 0 else 1.0)
