"""What Minnesota and Oregon make of ages, steps of income, conversions and itemizing, by their statutes, by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tax.one_return import result

TAX, INCOME, DEDUCTIONS = "state_income_tax", "state_agi", "state_deductions"
PAID_OUT, AGAINST = "state_refundable_credits", "state_nonrefundable_credits"


def found(folder: Path, code: str, year: int, words: str, column: str = TAX) -> float:
    """A result of one return, single and 40 unless it says otherwise; Oregon pays no kicker on it."""
    return result(folder, code, year, f"last_years_tax=0.001;{words}", column)


JOINT = "filing_status=mfj;age2=66;age1=66"
TENTH = "wages1=90000;mortgage_interest=20000;medical_expenses="
EDGES = [  # state, year, two returns, and by how much the tax of the first is more
    # Minn. Stat. 290.01, subd. 19: a conversion is income at 50 as at 66, in a plan too; 6.8% up to 106,990
    ("MN", 2025, "age1=50;wages1=80000;ira_distributions=9000;ira_converted1=9000", "age1=50;wages1=80000", 612.0),
    ("MN", 2025, "age1=66;wages1=80000;pension=9000;plan_converted1=9000", "age1=66;wages1=80000", 612.0),
    # no additional tax of its own on early distributions
    ("MN", 2025, "wages1=80000;ira_distributions=9000;early_ira1=9000", "wages1=80000;ira_distributions=9000", 0.0),
    # 290.0132, subd. 2; 290.0131, subd. 2: interest of the United States out, of other states' bonds in
    ("MN", 2025, "wages1=80000;taxable_interest=9000;us_interest=9000", "wages1=80000", 0.0),
    ("MN", 2025, "wages1=80000;tax_exempt_interest=9000;other_states_interest=9000", "wages1=80000", 612.0),
    # 290.0122, subd. 3, 4, 5: no state income tax; real estate taxes up to 10,000
    ("MN", 2025, "wages1=99000;mortgage_interest=20000;state_income_tax_paid=9000", "wages1=93950", 0.0),
    ("MN", 2025, "wages1=99000;mortgage_interest=20000;real_estate_tax=15000", "wages1=82950", 68.0),
    # 290.0122, subd. 6; Schedule M1SA, line 3: medical costs above a tenth of income
    ("MN", 2025, TENTH + "9000", TENTH + "0", 0.0),
    ("MN", 2025, TENTH + "10000", TENTH + "0", -68.0),
    # Or. Rev. Stat. 316.048: a conversion is income at any age; 8.75% up to 125,000
    ("OR", 2025, "age1=50;wages1=80000;ira_distributions=9000;ira_converted1=9000", "age1=50;wages1=80000", 787.5),
    ("OR", 2025, "age1=66;wages1=90000;pension=9000;plan_converted1=9000", "age1=66;wages1=90000", 787.5),
    # 316.054: no Social Security benefits
    ("OR", 2025, "age1=66;wages1=90000;ss1=8000", "age1=66;wages1=90000", 0.0),
    # 316.680(1)(a), (2)(a)
    ("OR", 2025, "wages1=80000;taxable_interest=900;us_interest=900", "wages1=80000", 0.0),
    ("OR", 2025, "wages1=80000;tax_exempt_interest=900;other_states_interest=900", "wages1=80000", 78.75),
    # 316.695(1)(d): itemized without the state's income tax, whatever is chosen on the federal return
    ("OR", 2025, "wages1=99000;state_income_tax_paid=9000", "wages1=99000", 0.0),
    ("OR", 2025, "wages1=99000;mortgage_interest=4835", "wages1=97000", 0.0),
    # 316.085(5): 100,000 is not above 100,000
    ("OR", 2025, "wages1=100001", "wages1=100000", 256.0 + 0.0875),
    # 316.680(1)(b), 316.695(3): from 125,000 on 1,700 less of federal tax is subtracted
    ("OR", 2025, "wages1=125000", "wages1=124999.99", 0.0875 * 1_700),
    # 316.037(1)(a): 9.9% above 250,000 of a joint return
    ("OR", 2026, JOINT + ";pension=400000", JOINT + ";pension=390000", 990.0),
]
STEPS = [(59_840, 0.0), (59_841, 0.1), (63_840, 0.1), (63_841, 0.2), (99_841, 1.0)]


@pytest.mark.parametrize(("code", "year", "more", "less", "difference"), EDGES)
def test_the_next_dollars_in_minnesota_and_oregon(
    tmp_path: Path, code: str, year: int, more: str, less: str, difference: float
) -> None:
    given = found(tmp_path, code, year, more) - found(tmp_path, code, year, less)
    assert given == pytest.approx(difference, abs=0.02)


@pytest.mark.parametrize(("pension", "taxed"), STEPS)
def test_minnesota_taxes_benefits_by_steps_of_income(tmp_path: Path, pension: int, taxed: float) -> None:
    """Minn. Stat. 290.0132, subd. 26(c): of 24,650 a tenth for each 4,000, or part of it, above 84,490."""
    given = f"age1=66;ss1=29000;pension={pension}"
    assert found(tmp_path, "MN", 2025, given, INCOME) == pytest.approx(pension + taxed * 24_650, abs=0.01)


def test_minnesota_spares_the_old_with_small_incomes(tmp_path: Path) -> None:
    """Minn. Stat. 290.0802: 9,600 less untaxed benefits and half of income above 14,500; 12,000 and 18,000 for two."""
    assert found(tmp_path, "MN", 2025, "age1=65;pension=20000", INCOME) == pytest.approx(20_000 - (9_600 - 2_750))
    assert found(tmp_path, "MN", 2025, "age1=64;pension=20000", INCOME) == 20_000.0
    assert found(tmp_path, "MN", 2025, "age1=65;pension=16500;ss1=4000", INCOME) == pytest.approx(16_500 - 4_600)
    assert found(tmp_path, "MN", 2025, JOINT + ";pension=30000", INCOME) == pytest.approx(30_000 - (12_000 - 6_000))


def test_minnesota_subtracts_half_of_gifts_beside_the_standard_deduction(tmp_path: Path) -> None:
    """Minn. Stat. 290.0132, subd. 7: half of 4,500 above 500."""
    given = "wages1=80000;charity_cash=5000"
    assert found(tmp_path, "MN", 2025, given, DEDUCTIONS) == pytest.approx(14_950 + 2_250)


def test_minnesota_leaves_a_fifth_of_itemized_deductions_above_a_million(tmp_path: Path) -> None:
    """Minn. Stat. 290.0122, subd. 2(b), (d)(2): a fifth of 40,000, and all of the medical costs above a tenth."""
    given = "wages1=2000000;mortgage_interest=30000;real_estate_tax=12000;medical_expenses=210000"
    assert found(tmp_path, "MN", 2025, given, DEDUCTIONS) == pytest.approx(8_000 + 10_000)


def test_no_standard_deduction_beside_a_spouse_who_itemizes(tmp_path: Path) -> None:
    """Minn. Stat. 290.0123; Or. Admin. R. 150-316-0555(2)(a); Oregon's 4,250 is federal tax."""
    given = "filing_status=mfs;wages1=90000;mortgage_interest=1000;spouse_itemizes=1"
    assert found(tmp_path, "MN", 2025, given, DEDUCTIONS) == pytest.approx(1_000)
    assert found(tmp_path, "OR", 2025, given, DEDUCTIONS) == pytest.approx(1_000 + 4_250)


def test_minnesotas_marriage_credit_counts_retirement_income(tmp_path: Path) -> None:
    """Minn. Stat. 290.0675, subd. 1(b): 60,000 of each, an IRA's too, less 14,950, by the rates of the single."""
    both = JOINT + ";ira_distributions=60000;wages2=60000"
    one = JOINT + ";ira_distributions=60000;ira_distributions2=60000;wages2=60000"
    saved = 0.068 * (87_000 - 47_620) + 0.0535 * 47_620
    saved -= 0.068 * (45_050 - 32_570) + 0.068 * (41_950 - 32_570) + 2 * 0.0535 * 32_570
    assert found(tmp_path, "MN", 2025, both, AGAINST) == pytest.approx(saved, abs=0.01)
    assert found(tmp_path, "MN", 2025, one, AGAINST) == 0.0


@pytest.mark.parametrize(
    ("words", "credit"),
    [
        ("age1=18", 0.0),
        ("age1=19", 379.2),
        ("age1=64", 379.2),
        ("age1=65", 0.0),
        ("filing_status=mfs;age1=40", 0.0),
        ("age1=40;taxable_interest=11951", 0.0),
        ("filing_status=hoh;age1=70;n_children_u17=1", 1_750 + 379.2),
    ],
)
def test_minnesotas_working_family_credit_needs_age_and_a_joint_return(
    tmp_path: Path, words: str, credit: float
) -> None:
    """Minn. Stat. 290.0671, subd. 1(a), IRC 32(d), (i): 4% of 9,480 of earned income."""
    assert found(tmp_path, "MN", 2025, f"{words};wages1=12000", PAID_OUT) == pytest.approx(credit, abs=0.01)


def test_minnesota_pays_for_older_children(tmp_path: Path) -> None:
    """Subd. 1(c), (d): 2,270 for two, falling by 9% where no child is younger, else by 12%; amounts of 2026 besides."""
    given = "filing_status=hoh;wages1=41950;n_older_children=2"
    assert found(tmp_path, "MN", 2025, given, PAID_OUT) == pytest.approx(379.2 + 2_270 - 0.09 * 10_000, abs=0.01)
    younger = found(tmp_path, "MN", 2025, given + ";n_children_u17=1", PAID_OUT)
    assert younger == pytest.approx(379.2 + 2_270 + 1_750 - 0.12 * 10_000, abs=0.01)
    later = found(tmp_path, "MN", 2026, given + ";n_children_u17=1", PAID_OUT)
    assert later == pytest.approx(0.04 * 9_690 + 2_330 + 1_800 - 0.12 * (41_950 - 32_680), abs=0.01)


def test_oregon_counts_federal_tax_before_the_earned_income_credit(tmp_path: Path) -> None:
    """Form OR-40 instructions (2025), line 10: 1,000 less 750 of tax at 10%, and a tenth of an early distribution."""
    federal = 0.1 * (17_000 - 15_750)
    assert found(tmp_path, "OR", 2025, "wages1=17000", DEDUCTIONS) == pytest.approx(2_835 + federal, abs=3.0)
    early = "wages1=17000;ira_distributions=2000;early_ira1=2000"
    assert found(tmp_path, "OR", 2025, early, DEDUCTIONS) == pytest.approx(2_835 + federal + 200 + 200, abs=3.0)


@pytest.mark.parametrize(
    ("words", "subtracted"),
    [
        ("age1=65;pension=20000", 0.0),
        ("age1=66;pension=20000", 1_800.0),
        ("age1=66;pension=25000", 1_400.0),
        ("age1=66;pension=50000", 1_000.0),
        ("age1=66;pension=100000", 0.0),
        ("filing_status=mfj;age1=66;age2=60;pension=60000", 1_400.0),
        ("filing_status=mfj;age1=66;age2=66;pension=60000", 2_800.0),
        ("filing_status=mfj;age1=66;age2=66;pension=200000", 0.0),
    ],
)
def test_oregon_subtracts_medical_costs_of_the_old(tmp_path: Path, words: str, subtracted: float) -> None:
    """Or. Rev. Stat. 316.693: up to 1,800, 1,400 or 1,000 for each of 66 and over, of what is not itemized."""
    costs = 0.075 * float(words.rpartition("=")[2])  # none above the floor
    without = found(tmp_path, "OR", 2025, words, DEDUCTIONS)
    given = found(tmp_path, "OR", 2025, f"{words};medical_expenses={costs}", DEDUCTIONS) - without
    assert given == pytest.approx(min(subtracted, costs), abs=0.01)


def test_oregon_allows_the_federal_deduction_for_gifts_from_2026(tmp_path: Path) -> None:
    """IRC 170(p), Or. Admin. R. 150-316-0136: 900 beside the standard deduction of 2,910 and 8,750 of federal tax."""
    given = "wages1=99000;charity_cash=900"
    assert found(tmp_path, "OR", 2025, given, DEDUCTIONS) == pytest.approx(2_835 + 8_500)
    assert found(tmp_path, "OR", 2026, given, DEDUCTIONS) == pytest.approx(2_910 + 8_750 + 900)


def test_oregon_reduces_itemized_deductions_as_federal_law_does_from_2026(tmp_path: Path) -> None:
    """IRC 68: 2/37 of 37,000, where income is above 640,600 by more; gifts of 5,000 are within half a percent."""
    given = "wages1=900000;mortgage_interest=37000"
    assert found(tmp_path, "OR", 2025, given, DEDUCTIONS) == pytest.approx(37_000)
    assert found(tmp_path, "OR", 2026, given, DEDUCTIONS) == pytest.approx(35_000)


def test_oregons_limit_on_real_estate_taxes_falls_with_income(tmp_path: Path) -> None:
    """IRC 164(b)(7): of 40,000 at 550,000 25,000 is left, of 2025."""
    given = "wages1=550000;real_estate_tax=40000"
    assert found(tmp_path, "OR", 2025, given, DEDUCTIONS) == pytest.approx(25_000)


def test_oregon_pays_more_of_the_earned_income_credit_from_2026(tmp_path: Path) -> None:
    """Or. Rev. Stat. 315.266: 9%, and 14% from 2026 on, of the largest credit of one child: 4,328 and 4,427."""
    given = "filing_status=hoh;n_children_u17=1;wages1=20000"
    assert found(tmp_path, "OR", 2025, given, PAID_OUT) == pytest.approx(0.09 * 4_328, abs=0.5)
    assert found(tmp_path, "OR", 2026, given, PAID_OUT) == pytest.approx(0.14 * 4_427, abs=0.5)
