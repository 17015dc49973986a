"""Pensions and other income of a simulated year that is neither pay nor Social Security."""

from __future__ import annotations

from rothwell.law.indexing import PRICES
from rothwell.lifetime.accounts import PEOPLE
from rothwell.provision import provision


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
