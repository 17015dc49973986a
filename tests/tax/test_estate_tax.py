"""Federal estate tax by hand."""

from __future__ import annotations

import pytest

from rothwell.law import law_for
from rothwell.provision import plainly
from rothwell.tax.estate_tax import federal_estate_tax

CASES = [  # year, gross estate, deductions, exclusion of a spouse who died before, tax
    (2025, 13_990_000, 0, 0, 0),  # IRC 2010(c)(3), Rev. Proc. 2024-40
    (2025, 13_990_001, 0, 0, 0.40),
    (2025, 20_000_000, 0, 0, 2_404_000),  # 40% of 6,010,000
    (2026, 15_000_000, 0, 0, 0),
    (2026, 16_000_000, 0, 0, 400_000),
    (2026, 16_000_000, 1_000_000, 0, 0),  # 2055, 2056
    (2026, 30_000_000, 0, 15_000_000, 0),  # portability, 2010(c)(4): none of the first exclusion was used
    (2026, 40_000_000, 0, 13_990_000, 4_404_000),  # the first death in 2025: 40% of 11,010,000
    (2026, 40_000_000, 40_000_000, 0, 0),
    (2026, 1_000_000_000, 100_000_000, 0, 354_000_000),
    (2026, 0, 0, 0, 0),
    (2026, 14_000_000, 20_000_000, 0, 0),
]


@pytest.mark.parametrize(("year", "gross", "deductions", "portable", "tax"), CASES)
def test_federal_estate_tax_by_hand(year: int, gross: float, deductions: float, portable: float, tax: float) -> None:
    law = law_for(year).record.estate_tax
    assert plainly(federal_estate_tax)(gross, deductions, portable, law) == pytest.approx(tax, abs=0.005)
