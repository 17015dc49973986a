"""Estate and inheritance taxes, federal and of the states, by hand."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from oracle.columns import read_rows
from rothwell.law import law_for
from rothwell.law.death_taxes import (
    KIN,
    death_tax_figures,
    death_tax_of,
    deducted_from_itself,
    flat_death_tax,
    states_with_death_taxes,
)
from rothwell.provision import plainly
from rothwell.tax.estate_tax import (
    estate_tax_on_income,
    federal_estate_tax,
    inheritance_tax,
    spared_estate,
    state_estate_tax,
)

CASES = read_rows(Path(__file__).resolve().parents[1] / "worksheets" / "estate_taxes.csv")


@pytest.mark.parametrize("row", CASES, ids=lambda row: "-".join(list(row.values())[:5]))
def test_estate_taxes_of_the_states_by_hand(row: dict[str, str]) -> None:
    """The state's tax, and the federal tax that deducts it (IRC 2058)."""
    year, estate, deductions = int(row["year"]), float(row["estate"]), float(row["deductions"])
    portable = float(row["portable"])
    of_state = plainly(state_estate_tax)(estate - deductions, portable, death_tax_of(row["state"], year))
    assert of_state == pytest.approx(float(row["state_tax"]), abs=0.01)
    law = law_for(year).record.estate_tax
    federal = plainly(federal_estate_tax)(estate, deductions + of_state, 0.0, portable, law)
    assert federal == pytest.approx(float(row["federal_tax"]), abs=0.01)


def test_federal_estate_tax_by_hand() -> None:
    """IRC 2001(c), 2010(c): nothing below the exclusion, 40 cents of the next dollar."""
    law = law_for(2026).record.estate_tax
    tax = plainly(federal_estate_tax)
    assert tax(15_000_000, 0, 0, 0, law) == 0.0
    assert tax(15_000_001, 0, 0, 0, law) == pytest.approx(0.40)
    assert tax(14_000_000, 20_000_000, 0, 0, law) == 0.0
    assert tax(1_000_000_000, 100_000_000, 0, 0, law) == pytest.approx(354_000_000)


def test_gifts_in_life_use_up_the_exclusion() -> None:
    """IRC 2001(b)(1)(B): 40% of 20,000,000 and 3,000,000 less 15,000,000; gifts alone are not taxed again."""
    law = law_for(2026).record.estate_tax
    tax = plainly(federal_estate_tax)
    assert tax(20_000_000, 0, 3_000_000, 0, law) == pytest.approx(3_200_000)
    assert tax(12_000_000, 0, 3_000_000, 0, law) == 0.0
    assert tax(1_000_000, 0, 20_000_000, 0, law) == pytest.approx(400_000)


def test_estate_tax_on_income_in_respect_of_a_decedent() -> None:
    """IRC 691(c)(2): the tax with the income less the tax without it, 2026."""
    law = law_for(2026).record.estate_tax
    rule = plainly(estate_tax_on_income)
    assert rule(1_000_000, 20_000_000, 0, 0, 0, law) == pytest.approx(400_000)
    assert rule(1_000_000, 15_400_000, 0, 0, 0, law) == pytest.approx(160_000)  # all that is owed
    assert rule(1_000_000, 15_000_000, 0, 0, 0, law) == 0.0
    assert rule(1_000_000, 20_000_000, 4_500_000, 0, 0, law) == pytest.approx(200_000)
    assert rule(1_000_000, 20_000_000, 0, 2_000_000, 6_500_000, law) == pytest.approx(200_000)


@pytest.mark.parametrize(
    ("state", "received", "kin", "tax"),
    [
        ("PA", 1_000_000, "child", 45_000),  # 72 P.S. 9116(a)(1)
        ("PA", 1_000_000, "sibling", 120_000),  # 72 P.S. 9116(a)(1.3)
        ("PA", 1_000_000, "niece_nephew", 150_000),  # 72 P.S. 9116(a)(2)
        ("PA", 1_000_000, "other", 150_000),
        ("NE", 500_000, "child", 4_000),  # Neb. Rev. Stat. 77-2004: 1% above 100,000
        ("NE", 500_000, "sibling", 4_000),
        ("NE", 100_000, "niece_nephew", 6_600),  # Neb. Rev. Stat. 77-2005: 11% above 40,000
        ("NE", 100_000, "other", 11_250),  # Neb. Rev. Stat. 77-2006: 15% above 25,000
        ("NJ", 100_000, "child", 0),  # N.J.S.A. 54:34-2(a)(1)
        ("NJ", 25_000, "sibling", 0),  # N.J.S.A. 54:34-2(c)
        ("NJ", 2_000_000, "sibling", 118_250 + 39_000 + 42_000 + 48_000),  # 11, 13, 14, 16%
        ("NJ", 100_000, "niece_nephew", 15_000),  # N.J.S.A. 54:34-2(d)
        ("NJ", 800_000, "other", 105_000 + 16_000),  # 16% above 700,000
        ("MD", 100_000, "child", 0),  # Md. Code, Tax-Gen. 7-203(b)
        ("MD", 100_000, "sibling", 0),
        ("MD", 100_000, "niece_nephew", 10_000),  # Md. Code, Tax-Gen. 7-204
        ("MD", 100_000, "other", 10_000),
        ("KY", 1_000_000, "child", 0),  # Ky. Rev. Stat. 140.080(1)
        ("KY", 1_000_000, "sibling", 0),
        ("KY", 60_000, "niece_nephew", 4_160),  # 140.070(2): 360 + 500 + 600 + 1,200 + 1,500
        ("KY", 200_000, "niece_nephew", 22_960),
        ("KY", 60_000, "other", 6_270),  # 140.070(3): 570 + 800 + 1,000 + 1,800 + 2,100
        ("KY", 200_000, "other", 28_670),
        ("TX", 100_000, "other", 0),
    ],
)
def test_inheritance_taxes_of_the_states_by_hand(state: str, received: float, kin: str, tax: float) -> None:
    law = death_tax_of(state, 2026)
    assert plainly(inheritance_tax)(received, KIN.index(kin), 40, law) == pytest.approx(tax)


def test_young_heirs_are_spared() -> None:
    """Neb. Rev. Stat. 77-2004 to 77-2006: nobody under 22; 72 P.S. 9116(a)(1.4): a child of 21 or younger."""
    tax = plainly(inheritance_tax)
    for state, kin, spared in (("NE", "other", True), ("PA", "child", True), ("PA", "sibling", False)):
        law = death_tax_of(state, 2026)
        assert bool(tax(500_000, KIN.index(kin), 21, law) == 0.0) == spared
        assert tax(500_000, KIN.index(kin), 22, law) > 0.0


def test_a_tax_that_is_deducted_from_itself() -> None:
    """A rate of 25% above 100, of what is left after the tax: 20% of the excess; in two brackets the same by trial."""
    simple = deducted_from_itself(flat_death_tax(100.0, 0.25))
    assert plainly(state_estate_tax)(1_100.0, 0.0, simple) == pytest.approx(200.0)
    law = death_tax_of("IL", 2026)
    table = death_tax_of("RI", 2026)  # IRC 2011(b) as of 2001, the same table
    table.credit, table.exclusion = 0.0, 0.0
    for estate in (6_000_000.0, 7_500_000.0, 12_345_678.0, 50_000_000.0):
        tax = plainly(state_estate_tax)(estate, 0.0, law)
        assert tax == pytest.approx(plainly(state_estate_tax)(estate - tax, 0.0, table))


def test_the_estate_that_a_state_spares() -> None:
    """M.G.L. c. 65C, section 2A(f): 2,000,000; Rhode Island ADV 2024-27 and 2025-27, rounded up to a dollar."""
    assert spared_estate(death_tax_of("MA", 2026)) == pytest.approx(2_000_000)
    assert spared_estate(death_tax_of("RI", 2025)) == pytest.approx(1_802_431, abs=1.0)
    assert spared_estate(death_tax_of("RI", 2026)) == pytest.approx(1_838_056, abs=1.0)
    assert spared_estate(death_tax_of("OR", 2026)) == 1_000_000


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
