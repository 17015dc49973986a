"""What New York, its city and New Jersey make of the next dollars, by their statutes, worked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tax.one_return import result


def found(folder: Path, code: str, words: str, column: str = "state_income_tax", year: int = 2025) -> float:
    """A result of one return of 2025: a single filer of 40 unless something else is said."""
    return result(folder, code, year, words, column)


INCOMES = [  # state, a return, and the state's income of it
    # N.Y. Tax Law 612(c)(3-a): 20,000 for each from 59 1/2 on; IRAs and conversions, of plans what is periodic
    ("NY", "age1=50;ira_distributions=30000;ira_converted1=30000", 30_000),
    ("NY", "age1=66;ira_distributions=30000;ira_converted1=30000", 10_000),
    ("NY", "age1=66;pension=30000", 10_000),
    ("NY", "age1=66;pension=30000;plan_converted1=30000", 30_000),
    ("NY", "age1=66;pension=15000;ira_distributions=15000", 10_000),
    ("NY", "filing_status=mfj;age1=66;age2=62;pension=50000;pension2=10000", 20_000),
    ("NY", "filing_status=mfj;age1=66;age2=55;pension=50000;pension2=10000", 30_000),
    # 612(c)(3-b) ff., 612(b)(1): no benefits, no interest of the United States, but that of other states' bonds
    ("NY", "age1=66;wages1=60000;ss1=30000", 60_000),
    ("NY", "wages1=60000;taxable_interest=5000;us_interest=2000", 63_000),
    ("NY", "wages1=60000;tax_exempt_interest=5000;other_states_interest=3000", 63_000),
    # IRC 223 as the federal return: health savings accounts are deducted
    ("NY", "wages1=60000;hsa_deduction=4000", 56_000),
    # N.J.S.A. 54A:5-1: no deduction for IRAs and health savings accounts; benefits are no income
    ("NJ", "wages1=60000;hsa_deduction=4000;hsa_at_work=1000", 61_000),
    ("NJ", "wages1=60000;ira_contributions1=7000", 60_000),
    ("NJ", "age1=66;wages1=60000;ss1=30000", 60_000),
    ("NJ", "wages1=60000;taxable_interest=5000;us_interest=2000", 63_000),
    ("NJ", "wages1=60000;tax_exempt_interest=5000;other_states_interest=3000", 63_000),
    # 54A:5-2: no category against another, and no loss of other years
    ("NJ", "wages1=60000;self_employment1=-9000", 60_000),
    ("NJ", "wages1=60000;other_income=-9000", 60_000),
    ("NJ", "wages1=60000;lt_gain=9000;lt_loss_carryover=9000", 69_000),
    ("NJ", "wages1=60000;lt_gain=9000;st_gain=-4000", 65_000),
    # GIT-1 and 2: a conversion less what New Jersey has taxed before; a gift out of an IRA is a withdrawal
    ("NJ", "age1=50;pension=40000;plan_converted1=40000;state_basis_recovered=25000", 15_000),
    ("NJ", "age1=72;wages1=160000;ira_distributions=20000;qcd1=20000", 180_000),
    # 54A:6-10: from 62 on, up to 150,000 of all income, which a conversion can pass
    ("NJ", "age1=61;ira_distributions=60000;ira_converted1=60000", 60_000),
    ("NJ", "age1=62;ira_distributions=60000;ira_converted1=60000", 0),
    ("NJ", "age1=66;pension=60000;plan_converted1=60000", 0),
    ("NJ", "age1=62;ira_distributions=150000;ira_converted1=150000", 150_000 * (1 - 0.1875)),
    ("NJ", "age1=62;ira_distributions=150001;ira_converted1=150001", 150_001),
    # of a couple only the old one's; 54A:6-15: what is left over goes to other income, with 3,000 earned at most
    ("NJ", "filing_status=mfj;age1=66;age2=58;pension=60000;pension2=20000;wages2=10000", 30_000),
    ("NJ", "filing_status=mfs;age1=66;pension=40000;taxable_interest=20000", 10_000),
    ("NJ", "age1=66;pension=40000;taxable_interest=50000;wages1=3000", 18_000),
    ("NJ", "age1=66;pension=40000;taxable_interest=50000;wages1=3001", 53_001),
]


@pytest.mark.parametrize(("code", "words", "income"), INCOMES)
def test_incomes_by_the_statute(tmp_path: Path, code: str, words: str, income: float) -> None:
    assert found(tmp_path, code, words, "state_agi") == pytest.approx(income, abs=0.01)


DEDUCTIONS = [
    # N.Y. Tax Law 614, 615(a): itemized in New York whoever takes the federal standard deduction
    ("NY", "wages1=80000;real_estate_tax=9000", 9_000),
    ("NY", "wages1=80000;real_estate_tax=7000", 8_000),
    # without the federal limit on taxes, and never New York's income tax
    ("NY", "filing_status=mfj;age2=40;wages1=180000;real_estate_tax=45000;state_income_tax_paid=9000", 45_000),
    # the floors and ceilings of before 2018: medical expenses above 10%, debt of 1,100,000, half of income to charity
    ("NY", "wages1=90000;medical_expenses=21000", 12_000),
    ("NY", "wages1=90000;mortgage_interest=44000;mortgage_debt=2200000", 22_000),
    ("NY", "wages1=90000;charity_cash=60000", 45_000),
    # 615(f): a quarter lost over the 50,000 above 100,000; 615(g): of gifts half above a million, a quarter above ten
    ("NY", "wages1=125000;mortgage_interest=40000", 40_000 * (1 - 0.25 / 2)),
    ("NY", "wages1=1000001;charity_cash=100000;mortgage_interest=40000", 50_000),
    ("NY", "wages1=10000001;charity_cash=100000;mortgage_interest=40000", 25_000),
    # N.J.S.A. 54A:3-3: above 2% of gross income; 3A-17: 15,000, half of it apart under one roof; 3-5: health insurance
    ("NJ", "wages1=100000;medical_expenses=5000", 3_000),
    ("NJ", "wages1=100000;charity_cash=5000;mortgage_interest=20000", 0),
    ("NJ", "filing_status=mfs;wages1=100000;real_estate_tax=9000", 7_500),
    ("NJ", "filing_status=mfs;lived_apart=1;wages1=100000;real_estate_tax=9000", 9_000),
    ("NJ", "self_employment1=100000;self_employed_health1=6000", 6_000),
]


@pytest.mark.parametrize(("code", "words", "deductions"), DEDUCTIONS)
def test_deductions_by_the_statute(tmp_path: Path, code: str, words: str, deductions: float) -> None:
    assert found(tmp_path, code, words, "state_deductions") == pytest.approx(deductions, abs=0.01)


DIFFERENCES = [  # state, two returns, and by how much the tax of the first is more
    # N.Y. Tax Law 601: 5.5% up to 80,650; the early distribution bears no tax of New York's own
    ("NY", "wages1=60000;ira_distributions=10000;early_ira1=10000", "wages1=60000", 550.0),
    # N.J.S.A. 54A:2-1: 5.525% from 40,000 to 75,000, nothing more on an early distribution
    ("NJ", "wages1=50000;ira_distributions=10000;early_ira1=10000", "wages1=50000", 552.50),
    # a million and above
    ("NJ", "wages1=1201000", "wages1=1101000", 10_750.0),
    # exemptions: 1,000 at 65, 1,500 for a dependent, at 6.37%
    ("NJ", "age1=64;wages1=200000", "age1=65;wages1=200000", 63.70),
    ("NJ", "wages1=200000", "wages1=200000;n_children_u17=1", 95.55),
]


@pytest.mark.parametrize(("code", "more", "less", "difference"), DIFFERENCES)
def test_the_next_dollars_by_the_statute(tmp_path: Path, code: str, more: str, less: str, difference: float) -> None:
    assert found(tmp_path, code, more) - found(tmp_path, code, less) == pytest.approx(difference, abs=0.02)


@pytest.mark.parametrize(("income", "part"), [(107_650, 0.0), (132_650, 0.5), (157_650, 1.0), (190_000, 1.0)])
def test_new_york_takes_the_lower_rates_back_over_50_000(tmp_path: Path, income: float, part: float) -> None:
    """N.Y. Tax Law 601(d-4): 567.75 of 6% of 80,650 and more is the benefit of the lower brackets."""
    tax = 4_270.75 + 0.06 * (income - 8_000 - 80_650) + part * (0.06 * 80_650 - 4_270.75)
    assert found(tmp_path, "NY", f"wages1={income}") == pytest.approx(tax, abs=0.02)


def test_small_taxable_incomes_bear_the_higher_rate_from_the_first_dollar(tmp_path: Path) -> None:
    """Tax computation worksheet 12: income of 160,000, of which deductions leave 70,000: 6% of it."""
    words = "filing_status=hoh;wages1=160000;mortgage_interest=94736.84"  # less 5%: a quarter of 10,000 in 50,000
    assert found(tmp_path, "NY", words) == pytest.approx(0.06 * 70_000, abs=0.02)


def test_above_25_million_all_is_taxed_at_one_rate(tmp_path: Path) -> None:
    """Tax computation worksheet 11: also what is below 25 million of taxable income."""
    at, above = (found(tmp_path, "NY", f"wages1={wages};charity_cash=9000000") for wages in (25e6, 25e6 + 1))
    assert above == pytest.approx(0.109 * (25e6 + 1 - 2_250_000), abs=0.02)
    assert at == pytest.approx(0.103 * (25e6 - 2_250_000), abs=0.02)


def test_new_york_household_credit_comes_off_the_earned_income_credit(tmp_path: Path) -> None:
    """N.Y. Tax Law 606(b), (d)(1): of the credit of 75, a tax of 24 uses 24; so much less than 30% of 4,328."""
    words = "filing_status=hoh;wages1=12800;n_children_u17=1"
    assert found(tmp_path, "NY", words, "state_nonrefundable_credits") == pytest.approx(24.0)
    paid_out = found(tmp_path, "NY", words, "state_refundable_credits")
    assert paid_out == pytest.approx(0.3 * 4_328 - 24.0 + 330, abs=0.5)  # with the credit for the child


@pytest.mark.parametrize(("age", "wages", "credit"), [(68, 9_000, 259.80), (20, 9_000, 259.80), (17, 9_000, 0.0)])
def test_new_jersey_pays_the_old_and_the_young_who_work(tmp_path: Path, age: int, wages: float, credit: float) -> None:
    """N.J.S.A. 54A:4-7(a)(4): 40% of 649, the most of the federal credit without children."""
    words = f"age1={age};wages1={wages}"
    assert found(tmp_path, "NJ", words, "state_refundable_credits") == pytest.approx(credit, abs=0.5)
    assert found(tmp_path, "NJ", "age1=68;wages1=19200", "state_refundable_credits") == 0.0


@pytest.mark.parametrize(("income", "each"), [(33_500, 1_000), (33_501, 800), (83_500, 200), (83_501, 0)])
def test_new_jersey_pays_for_children_under_six(tmp_path: Path, income: float, each: float) -> None:
    """N.J.S.A. 54A:4-17.1: by taxable income, which is 3,500 less here; a quarter more in 2026 (P.L. 2026, c. 26)."""
    words = f"filing_status=mfj;age2=40;pension={income};n_children_u17=1;n_children_u6=1"
    assert found(tmp_path, "NJ", words, "state_refundable_credits") == pytest.approx(each)
    assert found(tmp_path, "NJ", words, "state_refundable_credits", 2026) == pytest.approx(1.25 * each)
    apart = words.replace("mfj;age2=40", "mfs")
    assert found(tmp_path, "NJ", apart, "state_refundable_credits") == 0.0


@pytest.mark.parametrize(
    ("words", "tax"),
    [
        ("taxable_interest=10000", 0.0),
        ("taxable_interest=10001", 0.014 * 9_001),
        ("filing_status=mfj;age2=40;taxable_interest=20000", 0.0),
        ("filing_status=mfj;age2=40;taxable_interest=20001", 0.014 * 18_001),
        ("taxable_interest=9000;real_estate_tax=4000", 0.0),  # no credit below the threshold ...
        ("age1=66;wages1=3001;taxable_interest=6000;real_estate_tax=4000", -50.0 - 259.8),  # ... but for the old
    ],
)
def test_new_jersey_taxes_nothing_up_to_the_threshold(tmp_path: Path, words: str, tax: float) -> None:
    """N.J.S.A. 54A:2-4; 54A:3A-20."""
    assert found(tmp_path, "NJ", words) == pytest.approx(tax, abs=0.05)


def test_new_york_city_spares_families_with_small_incomes(tmp_path: Path) -> None:
    """N.Y. Tax Law 1310(h): no tax up to 46,350 with two dependents, half of it 2,500 above; school credits stay."""
    words = "filing_status=mfj;age2=40;n_children_u17=2;new_york_city=1;pension="
    school = [125 + 0.00171 * 21_600 + 0.00228 * (income - 18_050 - 21_600) for income in (46_350, 48_850, 51_350)]
    taxes = [0.03078 * 21_600 + 0.03762 * (income - 18_050 - 21_600) for income in (46_350, 48_850, 51_350)]
    for income, part, tax, credit in zip((46_350, 48_850, 51_350), (0.0, 0.5, 1.0), taxes, school, strict=True):
        assert found(tmp_path, "NY", words + str(income), "local_income_tax") == pytest.approx(
            part * tax - credit, abs=0.05
        )


def test_new_york_city_looks_past_distributions_of_iras(tmp_path: Path) -> None:
    """N.Y. Tax Law 606(ggg)(2): 63 up to 250,000 of federal income less distributions of IRAs."""
    words = "age1=50;new_york_city=1;wages1=200000;ira_distributions=100000"
    without = "age1=50;new_york_city=1;wages1=200000;pension=100000"
    less, more = (found(tmp_path, "NY", given, "local_income_tax") for given in (words, without))
    assert more - less == pytest.approx(63.0, abs=0.02)


def test_yonkers_is_a_share_of_the_states_tax(tmp_path: Path) -> None:
    """N.Y. Tax Law 1321: 16.75% of the state's tax less its credits."""
    words = "wages1=90000;local_rate=0.1675"
    state = found(tmp_path, "NY", words)
    assert found(tmp_path, "NY", words, "local_income_tax") == pytest.approx(0.1675 * state, abs=0.01)


def test_a_loss_does_not_take_the_citys_school_credit(tmp_path: Path) -> None:
    """N.Y. Tax Law 606(ggg)(4-a): 63 are paid out whatever the income below 250,000."""
    words = "taxable_interest=1000;self_employment1=-20000;new_york_city=1"
    assert found(tmp_path, "NY", words, "local_income_tax") == pytest.approx(-63.0)
