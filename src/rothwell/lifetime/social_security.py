"""Social Security benefits of a simulated year."""

from __future__ import annotations

from rothwell.law.indexing import PRICES
from rothwell.lifetime.accounts import PEOPLE
from rothwell.provision import provision


@provision
def social_security(y, year, last_year, household, levels):  # type: ignore[no-untyped-def]
    """Benefits of the household: of both while both live, then the larger of own and survivor's benefit.

    Law:    42 USC 402, 415(i): cost-of-living increases follow the path's prices.
    Units:  dollars of the year; the tables hold dollars of the start year (`lifetime.benefits`).
    Not modeled: rounding of increases to a dime and of payments to a dollar.
    Tests:  test_survivor_keeps_the_larger_benefit, test_benefits_follow_the_prices_of_the_path.
    """
    real = household.benefits_together[year]
    if y.alive[0] + y.alive[1] < PEOPLE:
        survivor = 0 if y.alive[0] > 0.0 else 1
        real = household.benefits_alone[survivor, last_year[1 - survivor] + 1, year]
    return real * levels[year, PRICES]
