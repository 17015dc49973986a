"""Estate and inheritance taxes, federal and of the states, by hand."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from oracle.columns import read_rows
from rothwell.law import law_for
from rothwell.law.death_taxes import death_tax_figures, death_tax_of, flat_death_tax, states_with_death_taxes
from rothwell.provision import plainly
from rothwell.tax.estate_tax import federal_estate_tax, inheritance_tax, state_estate_tax

CASES = read_rows(Path(__file__).resolve().parents[1] / "worksheets" / "estate_taxes.csv")


@pytest.mark.parametrize("row", CASES, ids=lambda row: "-".join(list(row.values())[:5]))
def test_estate_taxes_of_the_states_by_hand(row: dict[str, str]) -> None:
    """The state's tax, and the federal tax that deducts it (IRC 2058)."""
    year, estate, deductions = int(row["year"]), float(row["estate"]), float(row["deductions"])
    portable = float(row["portable"])
    of_state = plainly(state_estate_tax)(
        estate - deductions, 1.0 if portable > 0.0 else 0.0, death_tax_of(row["state"], year)
    )
    assert of_state == pytest.approx(float(row["state_tax"]), abs=0.01)
    law = law_for(year).record.estate_tax
    federal = plainly(federal_estate_tax)(estate, deductions + of_state, portable, law)
    assert federal == pytest.approx(float(row["federal_tax"]), abs=0.01)


def test_federal_estate_tax_by_hand() -> None:
    """IRC 2001(c), 2010(c): nothing below the exclusion, 40 cents of the next dollar."""
    law = law_for(2026).record.estate_tax
    tax = plainly(federal_estate_tax)
    assert tax(15_000_000, 0, 0, law) == 0.0
    assert tax(15_000_001, 0, 0, law) == pytest.approx(0.40)
    assert tax(14_000_000, 20_000_000, 0, law) == 0.0
    assert tax(1_000_000_000, 100_000_000, 0, law) == pytest.approx(354_000_000)


@pytest.mark.parametrize(
    ("state", "received", "child", "tax"),
    [
        ("PA", 1_000_000, 1, 45_000),  # 72 P.S. 9116(a)(1)
        ("PA", 1_000_000, 0, 150_000),  # 72 P.S. 9116(a)(2)
        ("NE", 500_000, 1, 4_000),  # Neb. Rev. Stat. 77-2004: 1% above 100,000
        ("NE", 100_000, 0, 11_250),  # Neb. Rev. Stat. 77-2006: 15% above 25,000
        ("NJ", 100_000, 1, 0),  # N.J.S.A. 54:34-2(a)(1)
        ("NJ", 100_000, 0, 15_000),  # N.J.S.A. 54:34-2(d)
        ("MD", 100_000, 1, 0),  # Md. Code, Tax-Gen. 7-203(b)
        ("MD", 100_000, 0, 10_000),  # Md. Code, Tax-Gen. 7-204
        ("TX", 100_000, 0, 0),
    ],
)
def test_inheritance_taxes_of_the_states_by_hand(state: str, received: float, child: float, tax: float) -> None:
    assert plainly(inheritance_tax)(received, child, death_tax_of(state, 2026)) == pytest.approx(tax)


def test_a_state_that_is_not_held_has_the_rate_given() -> None:
    assert plainly(state_estate_tax)(5_000_000, 0.0, flat_death_tax(4_000_000, 0.28)) == pytest.approx(280_000)


@pytest.mark.parametrize("state", states_with_death_taxes())
def test_only_new_york_takes_more_than_a_dollar_of_the_next_dollar(state: str) -> None:
    """N.Y. Tax Law 952(c)(1): within a twentieth above the exclusion."""
    law = death_tax_of(state, 2026)
    estates = [100_000.0 * step for step in range(1, 400)]
    taxes = [plainly(state_estate_tax)(estate, 0.0, law) for estate in estates]
    steps = [(later - before) / 100_000 for before, later in pairwise(taxes)]
    assert min(steps) >= 0.0
    assert bool(max(steps) > 1.0) == (state == "NY")


def test_every_figure_has_its_statute() -> None:
    assert all(one.statute and one.unit for one in death_tax_figures().values())
