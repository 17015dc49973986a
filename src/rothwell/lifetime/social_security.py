"""Social Security benefits of a simulated year."""

from __future__ import annotations

from rothwell.law.indexing import PRICES
from rothwell.lifetime.accounts import PEOPLE
from rothwell.provision import provision


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
        own = y.benefits_kept[person] * people[person].annual_benefit * levels[year, PRICES] if claimed else 0.0
        total += own * y.alive[person]
        largest = max(largest, own)
    alone = y.alive[0] + y.alive[1] < PEOPLE
    return largest if alone else total
