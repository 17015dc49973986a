"""Social Security, pensions, Medicare premiums and required distributions of a simulated year."""

from __future__ import annotations

import math

from rothwell.law.indexing import PRICES
from rothwell.lifetime.accounts import PEOPLE, pre_tax_balance
from rothwell.provision import provision
from rothwell.tax.medicare_premiums import medicare_premiums


@provision
def social_security(y, people, levels, year):  # type: ignore[no-untyped-def]
    """Benefits of the household: each person's own from the claiming age, the larger of both for a survivor.

    Law:    42 USC 402(a), (e), (f), 415(i): cost-of-living increases follow the path's prices.
    Units:  dollars of the year; the amounts given are those at the claiming age, in dollars of the start year.
    Not modeled: spouse's benefit, earnings test, a survivor who claims before full retirement age, months of the first
            year.
    Tests:  test_survivor_keeps_the_larger_benefit.
    """
    total = 0.0
    largest = 0.0
    for person in range(PEOPLE):
        claimed = y.age[person] >= people[person].claiming_age
        own = people[person].annual_benefit * levels[year, PRICES] if claimed else 0.0
        total += own * y.alive[person]
        largest = max(largest, own)
    alone = y.alive[0] + y.alive[1] < PEOPLE
    return largest if alone else total


@provision
def pensions(y, people, levels, year):  # type: ignore[no-untyped-def]
    """Pensions of the living, with or without cost-of-living increases.

    Units:  dollars of the year.
    Not modeled: survivor annuities.
    Tests:  test_pension_without_cost_of_living_stays_in_dollars.
    """
    total = 0.0
    for person in range(PEOPLE):
        one = people[person]
        paid = one.pension * (levels[year, PRICES] if one.pension_indexed > 0.0 else 1.0)
        total += paid * y.alive[person] if y.age[person] >= one.pension_start else 0.0
    return total


@provision
def premiums_of_year(y, state, law):  # type: ignore[no-untyped-def]
    """Medicare Part B and the income-related adjustments of everybody enrolled, from the MAGI of two years before.

    Law:    42 USC 1395r(i)(4)(B), 1395w-113(a)(7).
    Units:  dollars of the year.
    Not modeled: the Part D plan's own premium, Medigap, other health costs.
    Tests:  test_an_income_spike_moves_the_premiums_two_years_later_and_no_others.
    """
    enrolled = 0.0
    for person in range(PEOPLE):
        enrolled += y.alive[person] if y.age[person] >= law.irmaa.eligible_age else 0.0
    if enrolled == 0.0:
        return 0.0
    monthly = medicare_premiums(state.magi[1], int(state.magi_status[1]), law.part_b, law.irmaa)
    return enrolled * law.irmaa.months * (monthly.part_b + monthly.part_d_adjustment)


@provision
def required_distributions(y, state, people, divisors, year):  # type: ignore[no-untyped-def]
    """Required minimum distributions of each person from the balances of the last 31 December.

    Law:    IRC 401(a)(9)(A), (C); Reg. 1.401(a)(9)-5, -9; a spouse who is the sole beneficiary and more than ten years
            younger gives the joint table.
    Units:  dollars of the year; divisors are infinite before the applicable age.
    Not modeled: working past the applicable age, the first payment put off to 1 April.
    Tests:  test_distributions_of_the_examples,
            test_required_distributions_are_paid_in_full_and_never_converted.
    """
    together = 1 if y.alive[0] + y.alive[1] == PEOPLE else 0
    for person in range(PEOPLE):
        y.rmd[person] = pre_tax_balance(state, person) / divisors[together, person, year]


@provision
def distributions_have_begun(y, divisors, year):  # type: ignore[no-untyped-def]
    """Whether anybody living must already take required distributions: 1 yes, 0 no."""
    begun = 0.0
    for person in range(PEOPLE):
        begun = 1.0 if y.alive[person] > 0.0 and divisors[0, person, year] < math.inf else begun
    return begun
