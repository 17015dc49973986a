"""Social Security benefits of a simulated year."""

from __future__ import annotations

from rothwell.law.indexing import PRICES
from rothwell.provision import provision


@provision
def social_security(y, year, last_year, household, levels):  # type: ignore[no-untyped-def]
    """Benefits of the household: of both while both live, then the larger of own and survivor's benefit.

    Law:    42 USC 402, 415(i): cost-of-living increases follow the path's prices. A cut is a shock of the landscape.
    Units:  dollars of the year; the tables hold dollars of the start year (`lifetime.benefits`).
    Not modeled: rounding of increases to a dime and of payments to a dollar.
    Tests:  test_survivor_keeps_the_larger_benefit, test_benefits_follow_the_prices_of_the_path,
            test_benefits_are_cut_from_the_year_on_and_old_benefits_are_spared.
    """
    real = _real_benefits(year, last_year, household)
    if y.benefits_kept < 1.0:
        before = int(y.benefits_spared_in)
        spared = min(real, _real_benefits(before, last_year, household)) if before >= 0 else 0.0
        real = spared + y.benefits_kept * (real - spared)
    return real * levels[year, PRICES]


@provision
def _real_benefits(year, last_year, household):  # type: ignore[no-untyped-def]
    """Benefits of a year in dollars of the start year, by who lives in it, before any cut."""
    real = household.benefits_together[year]
    if year > last_year[0] or year > last_year[1]:
        survivor = 0 if year <= last_year[0] else 1
        real = household.benefits_alone[survivor, last_year[1 - survivor] + 1, year]
    return real
