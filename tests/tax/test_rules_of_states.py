"""Rules of single states, each by hand from its statute: what is beside the brackets and the exemptions."""

from __future__ import annotations

from pathlib import Path

import pytest

from rothwell.law.states import state_law_for
from rothwell.tax.state_basis import state_basis_recovered
from tests.tax.one_return import returned

TAX, INCOME, DEDUCTIONS = "state_income_tax", "state_agi", "state_deductions"
PAID_OUT, AGAINST, LOCAL = "state_refundable_credits", "state_nonrefundable_credits", "local_income_tax"


@pytest.fixture
def found(tmp_path: Path):  # type: ignore[no-untyped-def]
    """The results of one return of 2025: a single filer of 40 unless something else is said."""

    def one(code: str, year: int = 2025, **columns: object) -> dict[str, float]:
        return returned(tmp_path, year, **{"age1": 40, "state": code, **columns})

    return one


COUPLE = {"filing_status": "mfj", "age1": 40, "age2": 40}
OLD_COUPLE = {"filing_status": "mfj", "age1": 66, "age2": 66}


def test_pennsylvania_sets_no_class_off_against_another(found) -> None:  # type: ignore[no-untyped-def]
    """72 P.S. 7303(a): 3.07% of 51,000; a loss on sales stays among sales."""
    assert found("PA", wages1=50_000, taxable_interest=1_000, lt_gain=-20_000)[TAX] == pytest.approx(1_565.70)
    assert found("PA", wages1=50_000, st_gain=-5_000, lt_gain=20_000)[TAX] == pytest.approx(0.0307 * 65_000)


def test_new_jersey_sets_no_category_off_against_another(found) -> None:  # type: ignore[no-untyped-def]
    """N.J.S.A. 54A:5-2."""
    assert found("NJ", wages1=60_000, lt_gain=-20_000)[INCOME] == 60_000.0


def test_only_what_is_withheld_of_a_conversion_is_pennsylvanias(found) -> None:  # type: ignore[no-untyped-def]
    """61 Pa. Code 101.6(c)(8); Department of Revenue, answer 1470: of 50,000 a fifth is withheld and not converted."""
    converted = {"ira_distributions": 50_000, "ira_converted1": 50_000, "age1": 50}
    assert found("PA", **converted)[INCOME] == 0.0
    assert found("PA", converted_withheld1=10_000, **converted)[INCOME] == 10_000.0
    assert found("PA", ira_distributions=50_000, age1=50)[INCOME] == 50_000.0
    assert found("PA", ira_distributions=50_000, age1=66)[INCOME] == 0.0


def test_pennsylvania_taxes_deferrals_when_they_are_earned(found) -> None:  # type: ignore[no-untyped-def]
    assert found("PA", wages1=76_500, deferrals=23_500)[TAX] == pytest.approx(0.0307 * 100_000)


@pytest.mark.parametrize(("wages", "forgiven"), [(6_500, 1.0), (6_750, 0.9), (7_000, 0.8), (8_750, 0.1), (9_001, 0.0)])
def test_pennsylvania_forgives_by_tenths(wages: float, forgiven: float, found) -> None:  # type: ignore[no-untyped-def]
    """72 P.S. 7304; PA-40 Schedule SP, eligibility income table 1, no dependents."""
    assert found("PA", wages1=wages, age1=70)[TAX] == pytest.approx(0.0307 * wages * (1.0 - forgiven), abs=0.01)


def test_a_business_loss_in_pennsylvania_stays_with_its_owner(found) -> None:  # type: ignore[no-untyped-def]
    """61 Pa. Code 121.15(d); New Jersey sets one off against the other within the category, N.J.S.A. 54A:5-2."""
    given = {"self_employment1": 90_000, "self_employment2": -40_000, **COUPLE}
    assert found("PA", **given)[TAX] == pytest.approx(0.0307 * 90_000)
    assert found("NJ", **given)[INCOME] == 50_000.0


@pytest.mark.parametrize(
    ("status", "income", "share"),
    [("mfj", 34_250, 0.1), ("mfj", 34_250.01, 0.0), ("single", 27_750, 0.1), ("single", 27_750.01, 0.0)],
)
def test_pennsylvanias_forgiveness_ends(status: str, income: float, share: float, found) -> None:  # type: ignore[no-untyped-def]
    """PA-40 Schedule SP (2025), eligibility income tables 1 and 2, two dependent children, the last column."""
    ages = {"age1": 40, "age2": 40} if status == "mfj" else {"age1": 40}
    given = {"filing_status": status, "n_children_u17": 2, "wages1": income, **ages}
    paid = found("PA", **given)[TAX] + found("PA", **given)[PAID_OUT]
    assert paid == pytest.approx(0.0307 * income * (1.0 - share), abs=0.01)


def test_pennsylvania_counts_untaxed_interest_once(found) -> None:  # type: ignore[no-untyped-def]
    """PA-40 Schedule SP, part C, lines 1 and 2: income before other deductions, and interest that is not taxed."""
    bonds = {"tax_exempt_interest": 1_000, "other_states_interest": 1_000}
    assert found("PA", wages1=6_500, age1=70, **bonds)[TAX] == pytest.approx(0.0307 * 7_500 * 0.4)
    assert found("PA", wages1=6_500, age1=70, tax_exempt_interest=1_000)[TAX] == pytest.approx(0.0307 * 6_500 * 0.4)
    treasury = {"taxable_interest": 1_000, "us_interest": 1_000}
    assert found("PA", wages1=6_500, age1=70, **treasury)[TAX] == pytest.approx(0.0307 * 6_500 * 0.4)
    assert found("PA", wages1=7_500, age1=70, hsa_deduction=1_000)[TAX] == pytest.approx(0.0307 * 6_500 * 0.4)


def test_maryland_takes_itemized_deductions_as_the_federal_limit_leaves_them(found) -> None:  # type: ignore[no-untyped-def]
    """Md. Code, Tax-Gen. 10-218(b), (c)(4), IRC 68: gifts of 200,000 less 5,000, then 2/37, then 7.5% above 200,000."""
    given = {"wages1": 1_000_000, "charity_cash": 200_000}
    assert found("MD", **given)[DEDUCTIONS] == pytest.approx(200_000 - 60_000)
    assert found("MD", 2026, **given)[DEDUCTIONS] == pytest.approx(195_000 * 35 / 37 - 60_000, abs=0.01)


def test_virginias_standard_deduction_by_year(found) -> None:  # type: ignore[no-untyped-def]
    """2026 Acts of Assembly, Special Session I, chapter 1 (HB 30), item 4-14."""
    for year, amount in ((2026, 17_500), (2027, 18_400), (2028, 18_600), (2029, 18_600), (2030, 6_000)):
        assert found("VA", year, wages1=90_000, **COUPLE)[DEDUCTIONS] == pytest.approx(amount)


def test_virginia_deducts_gifts_above_half_a_percent(found) -> None:  # type: ignore[no-untyped-def]
    """Va. Code 58.1-301(B), IRC 170(b)(1)(I): from 2026 on."""
    given = {"wages1": 200_000, "charity_cash": 30_000}
    assert found("VA", **given)[DEDUCTIONS] == pytest.approx(30_000)
    assert found("VA", 2026, **given)[DEDUCTIONS] == pytest.approx(29_000)


def test_virginias_spouse_adjustment_takes_the_age_deduction_that_is_left(found) -> None:  # type: ignore[no-untyped-def]
    """Both 66, incomes of 150,000 and 20,000: no age deduction is left; 20,000 less 1,730 are taxed by themselves.

    By the schedule 18,270 alone owes 793.03 less than at 5.75%, and the rest loses nothing: 257.50 at the most.
    """
    with_two = found("VA", wages1=150_000, wages2=20_000, **OLD_COUPLE)
    with_one = found("VA", wages1=170_000, wages2=0, **OLD_COUPLE)
    assert with_one[TAX] - with_two[TAX] == pytest.approx(257.50, abs=0.01)


def test_new_jersey_taxes_of_a_conversion_what_it_has_not_taxed() -> None:
    """GIT-1 and 2, Worksheet C: 25,000 of 40,000 was taxed when it was put in; all of it converted leaves 15,000."""
    law = state_law_for("NJ", 2025).record.state_basis
    assert 40_000 - state_basis_recovered(25_000.0, 40_000.0, 0.0, law) == 15_000.0
    assert state_basis_recovered(25_000.0, 10_000.0, 30_000.0, law) == 6_250.0
    assert state_basis_recovered(0.0, 10_000.0, 30_000.0, law) == 0.0


def test_massachusetts_gives_basis_back_first() -> None:
    """TIR 10-8; Schedule X, line 2."""
    law = state_law_for("MA", 2025).record.state_basis
    assert state_basis_recovered(25_000.0, 10_000.0, 30_000.0, law) == 10_000.0
    assert state_basis_recovered(25_000.0, 40_000.0, 0.0, law) == 25_000.0


@pytest.mark.parametrize(
    ("income", "left"), [(90_000, 0), (100_000, 0), (110_000, 55_000), (140_000, 105_000), (150_001, 150_001)]
)
def test_new_jersey_leaves_retirement_income_out_by_income(income: float, left: float, found) -> None:  # type: ignore[no-untyped-def]
    """N.J.S.A. 54A:6-10: all up to 100,000, then half up to 125,000, a quarter up to 150,000, nothing above."""
    assert found("NJ", ira_distributions=income, **OLD_COUPLE)[INCOME] == pytest.approx(left)


def test_new_jersey_leaves_other_income_out_where_next_to_nothing_is_earned(found) -> None:  # type: ignore[no-untyped-def]
    """N.J.S.A. 54A:6-15(a): what the pension leaves of 75,000, with earnings up to 3,000."""
    given = {"age1": 63, "ira_distributions": 40_000, "taxable_interest": 45_000}
    assert found("NJ", **given)[INCOME] == 85_000 - 75_000
    assert found("NJ", wages1=3_001, **given)[INCOME] == 88_001 - 40_000
    assert found("NJ", **{**given, "age1": 61})[INCOME] == 85_000


def test_new_jersey_pays_the_property_tax_credit_where_the_deduction_is_worth_less(found) -> None:  # type: ignore[no-untyped-def]
    """N.J.S.A. 54A:3A-20: 1.4% of 1,000 is less than 50."""
    assert found("NJ", taxable_interest=12_000, real_estate_tax=1_000)[TAX] == pytest.approx(0.014 * 11_000 - 50)
    with_it = found("NJ", wages1=112_000, age1=70, real_estate_tax=10_000)
    assert with_it[TAX] == pytest.approx(0.0637 * 100_000 - 2_126.25)  # table of the rate schedule


def test_new_york_takes_back_the_benefit_of_lower_rates(found) -> None:  # type: ignore[no-untyped-def]
    """N.Y. Tax Law 601(d-4): 333 and, of 807, what 200,000 is above 161,550 in 50,000; at 25 million all at 10.9%."""
    tax = 8_553 + 0.06 * (183_950 - 161_550) + 333 + 807 * (200_000 - 161_550) / 50_000
    assert found("NY", wages1=200_000, **COUPLE)[TAX] == pytest.approx(tax, abs=1.0)
    assert found("NY", wages1=30_000_000)[TAX] == pytest.approx(0.109 * 29_992_000, abs=1.0)
    assert found("NY", wages1=107_650)[TAX] == pytest.approx(4_271 + 0.06 * (99_650 - 80_650), abs=1.0)


def test_new_york_reduces_deductions_of_high_incomes(found) -> None:  # type: ignore[no-untyped-def]
    """N.Y. Tax Law 615(f), (g): a quarter at 250,000, half above 525,000 after the limit of IRC 68, half of gifts."""
    given = {"mortgage_interest": 60_000, **COUPLE}
    assert found("NY", wages1=250_000, **given)[DEDUCTIONS] == pytest.approx(45_000)
    limited = 60_000 - 0.03 * (550_000 - 408_850)
    assert found("NY", wages1=550_000, **given)[DEDUCTIONS] == pytest.approx(limited / 2)
    assert found("NY", wages1=1_200_000, charity_cash=40_000, **given)[DEDUCTIONS] == pytest.approx(20_000)


def test_new_york_city_taxes_by_its_own_table(found) -> None:  # type: ignore[no-untyped-def]
    """Form IT-201 instructions: 1,813 and 3.876% above 50,000; less 63, 21 and 0.228% above 12,000."""
    tax = 1_813 + 0.03876 * 50_000 - 63 - 21 - 0.00228 * 88_000
    assert found("NY", wages1=108_000, new_york_city=1)[LOCAL] == pytest.approx(tax, abs=1.0)
    assert found("NY", wages1=108_000)[LOCAL] == 0.0


def test_new_york_pays_for_children_by_income(found) -> None:  # type: ignore[no-untyped-def]
    """N.Y. Tax Law 606(c-1)(1-a): 330 each, less 16.50 for each whole 1,000 above 110,000."""
    assert found("NY", wages1=112_500, n_children_u17=2, **COUPLE)[PAID_OUT] == pytest.approx(660 - 2 * 16.5)


def test_new_york_leaves_out_twenty_thousand_from_59_and_a_half(found) -> None:  # type: ignore[no-untyped-def]
    """N.Y. Tax Law 612(c)(3-a), conversions too."""
    for age, left in ((59, 50_000), (60, 30_000)):
        assert found("NY", age1=age, ira_distributions=50_000, ira_converted1=50_000)[INCOME] == left


def test_virginia_taxes_the_smaller_income_by_itself(found) -> None:  # type: ignore[no-untyped-def]
    """Va. Code 58.1-324: 720 and 5.75% above 17,000 of 100,640; with two incomes 17,000 begins again, 257.50 less."""
    alone = 720 + 0.0575 * (120_000 - 17_500 - 1_860 - 17_000)
    assert found("VA", wages1=120_000, **COUPLE)[TAX] == pytest.approx(alone)
    assert found("VA", wages1=60_000, wages2=60_000, **COUPLE)[TAX] == pytest.approx(alone - 257.50)


def test_virginia_takes_the_age_deduction_away_dollar_by_dollar(found) -> None:  # type: ignore[no-untyped-def]
    """Va. Code 58.1-322.03(5): 12,000 at 65, less what exceeds 50,000; whole for those born before 1939."""
    assert found("VA", age1=64, ira_distributions=60_000)[INCOME] == 60_000
    assert found("VA", age1=65, ira_distributions=60_000)[INCOME] == 58_000
    assert found("VA", age1=87, ira_distributions=60_000)[INCOME] == 48_000
    assert found("VA", 2026, age1=87, ira_distributions=60_000)[INCOME] == 58_000  # born in 1939


def test_maryland_leaves_out_the_smaller_income(found) -> None:  # type: ignore[no-untyped-def]
    """Md. Code, Tax-Gen. 10-207(l)."""
    assert found("MD", wages1=60_000, wages2=800, **COUPLE)[INCOME] == 60_000
    assert found("MD", wages1=60_000, wages2=5_000, **COUPLE)[INCOME] == 63_800


def test_maryland_leaves_out_plans_and_not_iras(found) -> None:  # type: ignore[no-untyped-def]
    """Md. Code, Tax-Gen. 10-209: 41,200 from 65 on, less Social Security, of employers' plans alone."""
    assert found("MD", age1=65, pension=60_000)[INCOME] == 18_800
    assert found("MD", age1=64, pension=60_000)[INCOME] == 60_000
    assert found("MD", age1=65, ira_distributions=60_000)[INCOME] == 60_000
    assert found("MD", age1=65, pension=60_000, ss1=20_000)[INCOME] == 60_000 - 21_200


def test_maryland_has_a_credit_for_the_old(found) -> None:  # type: ignore[no-untyped-def]
    """Md. Code, Tax-Gen. 10-754."""
    assert found("MD", age1=70, ira_distributions=100_000)[AGAINST] == 1_000
    assert found("MD", age1=70, ira_distributions=100_001)[AGAINST] == 0
    assert found("MD", ira_distributions=100_000, **OLD_COUPLE)[AGAINST] == 1_750


def test_marylands_surtax_is_on_all_gains_above_an_income(found) -> None:  # type: ignore[no-untyped-def]
    """Md. Code, Tax-Gen. 10-105(a)(5): federal adjusted gross income above 350,000."""
    for wages, more in ((330_000, 0.0), (340_000, 400.0)):
        with_gain = found("MD", wages1=wages, lt_gain=20_000)[TAX]
        assert with_gain - found("MD", wages1=wages + 20_000)[TAX] == pytest.approx(more)


def test_local_tax_is_a_rate_on_the_states_base(found) -> None:  # type: ignore[no-untyped-def]
    """Maryland's counties: taxable income; Pennsylvania's townships: what is earned."""
    assert found("MD", wages1=56_550, local_rate=0.03)[LOCAL] == pytest.approx(0.03 * 50_000)
    assert found("PA", wages1=50_000, taxable_interest=9_000, local_rate=0.01)[LOCAL] == pytest.approx(500)


def test_minnesota_gives_back_what_marriage_costs(found) -> None:  # type: ignore[no-untyped-def]
    """Minn. Stat. 290.0675: each half of 130,100 by the rates of the single."""
    half = 0.0535 * 32_570 + 0.068 * (65_050 - 32_570)
    assert found("MN", wages1=80_000, wages2=80_000, **COUPLE)[TAX] == pytest.approx(2 * half)


def test_minnesotas_minimum_tax_does_not_know_mortgage_interest(found) -> None:  # type: ignore[no-untyped-def]
    """Minn. Stat. 290.091: 6.75% of 370,000 less an exemption of 95,390, which falls by a quarter above 150,000."""
    given = {"wages1": 400_000, "mortgage_interest": 80_000, "charity_cash": 30_000, "real_estate_tax": 10_000}
    exemption = 95_390 - 0.25 * (370_000 - 150_000)
    assert found("MN", **given, **COUPLE)[TAX] == pytest.approx(0.0675 * (370_000 - exemption))


def test_minnesota_taxes_large_investment_income_again(found) -> None:  # type: ignore[no-untyped-def]
    """Minn. Stat. 290.033."""
    more = found("MN", taxable_interest=1_200_000)[TAX] - found("MN", wages1=1_200_000)[TAX]
    assert more == pytest.approx(0.01 * 200_000)


def test_minnesota_pays_families(found) -> None:  # type: ignore[no-untyped-def]
    """Minn. Stat. 290.0661, 290.0671: 1,750 each and 4% of 9,480, less 12% of what is above 37,910."""
    credit = found("MN", wages1=40_000, n_children_u17=2, **COUPLE)[PAID_OUT]
    assert credit == pytest.approx(3_500 + 0.04 * 9_480 - 0.12 * (40_000 - 37_910))


def test_oregon_deducts_federal_tax_up_to_a_cap(found) -> None:  # type: ignore[no-untyped-def]
    """Or. Rev. Stat. 316.695(3): 8,500, less by tiers above 125,000."""
    for wages, cap in ((100_000, 8_500), (125_001, 6_800), (130_001, 5_100), (145_001, 0)):
        assert found("OR", wages1=wages)[DEDUCTIONS] == pytest.approx(2_835 + cap)


def test_oregon_credits_small_retirement_incomes(found) -> None:  # type: ignore[no-untyped-def]
    """Or. Rev. Stat. 316.157: 9% of 7,500 less 5,000 of Social Security, and the exemption credit of 256."""
    assert found("OR", age1=66, ira_distributions=14_000, ss1=5_000)[AGAINST] == pytest.approx(225 + 256)


def test_oregon_pays_the_kicker_on_last_years_tax(found) -> None:  # type: ignore[no-untyped-def]
    """Or. Const. art. IX, section 14: 9.863% of the tax of 2024 on the return of 2025."""
    assert found("OR", wages1=200_000, last_years_tax=10_000)[PAID_OUT] == pytest.approx(986.30)
    assert found("OR", 2026, wages1=200_000, last_years_tax=10_000)[PAID_OUT] == 0.0


def test_massachusetts_sets_losses_off_within_gains_first(found) -> None:  # type: ignore[no-untyped-def]
    """M.G.L. c. 62, section 2(c): then up to 2,000 against interest."""
    assert found("MA", st_gain=-10_000, lt_gain=4_000, taxable_interest=5_000)[INCOME] == 3_000


def test_massachusetts_deducts_payroll_taxes_and_gifts(found) -> None:  # type: ignore[no-untyped-def]
    """M.G.L. c. 62, section 3B(a)(3), (13)."""
    assert found("MA", wages1=100_000, charity_cash=5_000)[DEDUCTIONS] == 7_000


def test_massachusetts_takes_losses_off_interest(found) -> None:  # type: ignore[no-untyped-def]
    """Form 1 instructions (2025), Schedule B: of losses of 1,200 and 3,600 come 2,000 off dividends of 2,600."""
    losses = {"ordinary_dividends": 2_600, "st_gain": -1_200, "lt_gain": -3_600}
    assert found("MA", wages1=50_000, **losses)[INCOME] == 50_600.0


def test_massachusetts_deducts_what_the_self_employed_pay(found) -> None:  # type: ignore[no-untyped-def]
    """M.G.L. c. 62, section 3B(a)(3): Schedule SE, 10,000 x 0.9235 x 15.3%; Schedule Y: health insurance."""
    business = {"age1": 40, "self_employment1": 10_000}
    assert found("MA", **business)[DEDUCTIONS] == pytest.approx(1_412.955, abs=0.01)
    assert found("MA", **business, wages1=20_000)[DEDUCTIONS] == 2_000.0
    assert found("MA", **business, self_employed_health1=4_000)[INCOME] == 6_000.0


def test_massachusetts_ceiling_on_gifts_falls(found) -> None:  # type: ignore[no-untyped-def]
    """M.G.L. c. 62, section 1(c); IRC 170(b)(1)(G)(i) as it stood: 60 percent of income through 2025, then 50."""
    given = {"wages1": 100_000, "charity_cash": 90_000}
    assert found("MA", **given)[DEDUCTIONS] == pytest.approx(62_000)
    assert found("MA", 2026, **given)[DEDUCTIONS] == pytest.approx(52_000)


def test_massachusetts_taxes_short_term_gains_more(found) -> None:  # type: ignore[no-untyped-def]
    """M.G.L. c. 62, section 4(a)(1): 8.5%, all else 5%."""
    tax = 0.05 * (50_000 - 2_000 - 4_400) + 0.085 * 10_000
    assert found("MA", wages1=50_000, st_gain=10_000)[TAX] == pytest.approx(tax)


def test_massachusetts_surtax_begins_above_a_million(found) -> None:  # type: ignore[no-untyped-def]
    """Mass. Const. art. CXXI: 4% above 1,083,150 of taxable income."""
    tax = 0.05 * 1_993_600 + 0.04 * (1_993_600 - 1_083_150)
    assert found("MA", wages1=2_000_000)[TAX] == pytest.approx(tax)


def test_massachusetts_spares_small_incomes(found) -> None:  # type: ignore[no-untyped-def]
    """M.G.L. c. 62, section 5(a)."""
    assert found("MA", wages1=8_000, age1=70)[TAX] == 0.0
    assert found("MA", wages1=10_000, age1=70)[TAX] == pytest.approx(0.1 * 2_000)


def test_massachusetts_pays_real_estate_tax_back_to_the_old(found) -> None:  # type: ignore[no-untyped-def]
    """M.G.L. c. 62, section 6(k): 5,000 less a tenth of 29,300."""
    given = {"ira_distributions": 20_000, "ss1": 10_000, "real_estate_tax": 5_000}
    assert found("MA", age1=70, **given)[PAID_OUT] == pytest.approx(5_000 - 2_930)
    assert found("MA", age1=64, **given)[PAID_OUT] == 0.0


def test_washington_taxes_long_term_gains_alone(found) -> None:  # type: ignore[no-untyped-def]
    """RCW 82.87.040: 7% of a million, 9.9% of 222,000."""
    assert found("WA", lt_gain=1_500_000)[TAX] == pytest.approx(70_000 + 0.099 * 222_000)
    assert found("WA", wages1=5_000_000, st_gain=900_000, lt_gain=278_000, ira_distributions=900_000)[TAX] == 0.0


def test_washingtons_spouses_share_one_deduction(found) -> None:  # type: ignore[no-untyped-def]
    """RCW 82.87.060(1): whether they file jointly or apart; ESSB 6346, section 314, the same."""
    apart = {"filing_status": "mfs", "age1": 40}
    assert found("WA", lt_gain=278_000, **apart)[TAX] == pytest.approx(0.07 * 139_000)
    assert found("WA", lt_gain=278_000, **COUPLE)[TAX] == 0.0
    assert found("WA", 2028, wages1=1_500_000, **apart)[TAX] == pytest.approx(0.099 * 1_000_000)


def test_washingtons_tax_on_incomes_leaves_federal_interest_out(found) -> None:  # type: ignore[no-untyped-def]
    """31 USC 3124(a)."""
    given = {"wages1": 1_500_000, "taxable_interest": 200_000, "us_interest": 200_000}
    assert found("WA", 2028, **given)[TAX] == pytest.approx(0.099 * 500_000)


def test_washingtons_tax_of_2028_is_on_incomes_above_a_million(found) -> None:  # type: ignore[no-untyped-def]
    """ESSB 6346 of 2026: 9.9% above 1,000,000, from 2028 on."""
    assert found("WA", 2027, wages1=1_500_000)[TAX] == 0.0
    assert found("WA", 2028, wages1=1_500_000)[TAX] == pytest.approx(0.099 * 500_000)


def test_illinois_adds_to_the_credit_for_children(found) -> None:  # type: ignore[no-untyped-def]
    """35 ILCS 5/212, 244: 20% of the federal credit, and 40% of that."""
    one = found("IL", filing_status="hoh", wages1=25_000, n_children_u17=1)
    assert one[PAID_OUT] == pytest.approx(0.2 * 1.4 * one["earned_income_credit"], abs=0.01)


def test_georgia_deducts_its_own_tax_within_the_federal_limit(found) -> None:  # type: ignore[no-untyped-def]
    """O.C.G.A. 48-7-27(b)(3): the income taxes of other places alone are added back."""
    given = {"wages1": 300_000, "mortgage_interest": 30_000, "real_estate_tax": 9_000, "state_income_tax_paid": 14_000}
    assert found("GA", **given)[DEDUCTIONS] == 53_000
