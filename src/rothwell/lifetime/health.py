"""Health costs of a simulated year: premiums before and on Medicare, what is paid beside them, long-term care."""

from __future__ import annotations

from rothwell.law.indexing import MEDICAL_COSTS
from rothwell.lifetime.accounts import PEOPLE
from rothwell.provision import provision
from rothwell.tax.medicare_premiums import medicare_premiums


@provision
def health_of_year(y, health, care_from, levels, year, law):  # type: ignore[no-untyped-def]
    """Costs of health that no strategy changes: premiums of the exchange, Part D and Medigap, out of pocket, care.

    Law:    IRC 36B(c)(2)(B): coverage that an employer or Medicare offers ends the credit; so plans of the exchange are
            for the years in which nobody works, unless the file dates them, and never for somebody on Medicare.
    Units:  dollars of the year; they rise with medical prices.
    Not modeled: premiums that rise with age, coverage for a part of a year, the deduction for premiums of the
            self-employed, Medicaid, insurance of long-term care.
    Tests:  test_health_costs_of_a_year_by_hand, test_coverage_of_the_exchange_in_years_without_work,
            test_long_term_care_begins_at_its_age_or_by_chance.
    """
    level = levels[year, MEDICAL_COSTS]
    for person in range(PEOPLE):
        alive = y.alive[person]
        if y.age[person] >= law.irmaa.eligible_age:
            y.supplement_premiums += alive * health.on_medicare * level
        else:
            dated = health.first[person] >= 0
            covered = year >= health.first[person] if dated else y.jobs <= 0.0
            if covered and year <= health.last[person]:
                y.marketplace_premiums += alive * health.premium[person] * level
                y.benchmark_premium += alive * health.benchmark[person] * level
        y.medical += alive * health.out_of_pocket * level
        if care_from[person] <= year < care_from[person] + health.care_years[person]:
            y.medical += alive * health.care[person] * level


@provision
def premiums_of_year(y, state, law):  # type: ignore[no-untyped-def]
    """All premiums: Medicare Part B and the income-related adjustments of everybody enrolled, and what the file gives.

    The adjustments rest on the MAGI of two years before.

    Law:    42 USC 1395r(i)(4)(B), 1395w-113(a)(7).
    Units:  dollars of the year.
    Tests:  test_an_income_spike_moves_the_premiums_two_years_later_and_no_others.
    """
    others = y.marketplace_premiums + y.supplement_premiums
    enrolled = 0.0
    for person in range(PEOPLE):
        enrolled += y.alive[person] if y.age[person] >= law.irmaa.eligible_age else 0.0
    if enrolled == 0.0:
        return others
    monthly = medicare_premiums(state.magi[1], int(state.magi_status[1]), law.part_b, law.irmaa)
    return others + enrolled * law.irmaa.months * (monthly.part_b + monthly.part_d_adjustment)
