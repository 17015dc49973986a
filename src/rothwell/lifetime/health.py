"""Health costs of a simulated year: Medicare premiums."""

from __future__ import annotations

from rothwell.lifetime.accounts import PEOPLE
from rothwell.provision import provision
from rothwell.tax.medicare_premiums import medicare_premiums


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
