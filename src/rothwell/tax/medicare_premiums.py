"""Medicare premiums and their income-related adjustment (IRMAA)."""

from __future__ import annotations

from typing import NamedTuple

from rothwell.provision import provision


class MedicarePremiums(NamedTuple):
    """Monthly amounts of one person: Part B in all (standard premium and adjustment), Part D adjustment."""

    part_b: float
    part_d_adjustment: float


@provision
def medicare_premiums(magi_irmaa, status, part_b, irmaa):  # type: ignore[no-untyped-def]
    """Medicare premiums a month of one enrolled person, from the MAGI of two years before.

    Law:    42 USC 1395r(a), (i); 1395w-113(a)(7).
    Form:   none; CMS notice of the year's premiums and income-related adjustments.
    Units:  dollars a month; `magi_irmaa` is AGI plus tax-exempt interest of the tax year two years earlier.
    Not modeled: the plan's own Part D premium, late-enrollment penalties, hold harmless, redetermination (SSA-44).
    Tests:  test_official_premium_examples.
    """
    tier_b = 0.0
    tier_d = 0.0
    last = irmaa.part_b_surcharge.size - 1
    for tier in range(last):
        above = magi_irmaa > irmaa.threshold[status, tier]  # "more than", 1395r(i)(3)(C)(i)
        tier_b = irmaa.part_b_surcharge[tier] if above else tier_b
        tier_d = irmaa.part_d_surcharge[tier] if above else tier_d
    top = magi_irmaa >= irmaa.threshold[status, last]  # "at least"
    tier_b = irmaa.part_b_surcharge[last] if top else tier_b
    tier_d = irmaa.part_d_surcharge[last] if top else tier_d
    return MedicarePremiums(part_b.standard_premium + tier_b, tier_d)
