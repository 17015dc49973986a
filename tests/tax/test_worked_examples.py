"""Worked examples with their source, to the cent or as far as the source prints."""

from __future__ import annotations

from typing import Any

import pytest

from rothwell.law import JOINT, SINGLE
from rothwell.tax.deductions import standard_deduction
from rothwell.tax.earned_income_credit import earned_income_credit
from rothwell.tax.medicare_premiums import medicare_premiums
from rothwell.tax.net_investment_income import net_investment_income_tax
from rothwell.tax.payroll import additional_medicare_tax, self_employment_earnings, self_employment_tax
from rothwell.tax.required_minimum import divisor
from rothwell.tax.social_security_benefits import taxable_benefits
from tests.tax.build import facts, form, law, worksheet

CENT = 0.01


def examples(name: str) -> Any:
    """The rows of a table as parameters, by their id."""
    rows = worksheet(name)
    return pytest.mark.parametrize("row", rows, ids=[row["id"] for row in rows])


@examples("form_1040")
def test_official_form_1040_examples(row: dict[str, Any]) -> None:
    amounts = {name: row[name] for name in ("age1", "age2", "wages1", "lt_gain", "pension", "ss1")}
    got = form(int(row["year"]), row["filing_status"], **amounts)
    for name in ("agi", "taxable_ss", "senior_deduction", "taxable_income", "regular_tax", "niit"):
        assert getattr(got, name) == pytest.approx(row[name], abs=CENT), (name, row["source"])
    assert got.additional_medicare == pytest.approx(row["additional_medicare"], abs=CENT)
    assert got.amt == 0.0
    everything = row["regular_tax"] + row["niit"] + row["additional_medicare"]
    assert got.total_tax == pytest.approx(everything, abs=CENT)


@examples("social_security_benefits")
def test_official_benefits_examples(row: dict[str, Any]) -> None:
    section = law(2025).benefit_taxation
    amounts = (row["benefits"], row["other_income"], row["exempt_interest"], 0.0)
    assert taxable_benefits(*amounts, row["filing_status"], section) == pytest.approx(row["taxable"], abs=CENT)


@examples("net_investment_income")
def test_official_net_investment_examples(row: dict[str, Any]) -> None:
    section = law(2026).net_investment_income
    got = net_investment_income_tax(row["net_investment_income"], row["agi"], row["filing_status"], section)
    assert got == pytest.approx(row["tax"], abs=CENT)


@examples("required_minimum")
def test_distributions_of_the_examples(row: dict[str, Any]) -> None:
    spouse = None if row["spouse_age"] is None else int(row["spouse_age"])
    got = row["balance"] / divisor(int(row["owner_age"]), spouse)
    assert got == pytest.approx(row["distribution"], abs=CENT)


@examples("medicare_premiums")
def test_official_premium_examples(row: dict[str, Any]) -> None:
    of_year = law(int(row["year"]))
    got = medicare_premiums(row["magi"], row["filing_status"], of_year.part_b, of_year.irmaa)
    assert got.part_b == pytest.approx(row["part_b"], abs=CENT)
    assert got.part_d_adjustment == pytest.approx(row["part_d"], abs=CENT)


@examples("self_employment")
def test_self_employment_examples(row: dict[str, Any]) -> None:
    of_year = law(int(row["year"]))
    got = self_employment_tax(row["net_profit"], row["wages"], of_year.oasdi, of_year.self_employment)
    assert got == pytest.approx(row["tax"], abs=CENT)
    earnings = self_employment_earnings(row["net_profit"], of_year.self_employment)
    assert earnings == pytest.approx(row["earnings"], abs=CENT)


@examples("additional_medicare")
def test_wages_use_up_the_threshold_first(row: dict[str, Any]) -> None:
    section = law(2026).additional_medicare
    got = additional_medicare_tax(row["wages"], row["self_employment_earnings"], row["filing_status"], section)
    assert got == pytest.approx(row["tax"], abs=CENT)


@examples("standard_deduction")
def test_standard_deduction_at_64_and_65(row: dict[str, Any]) -> None:
    section = law(2025).standard_deduction
    one = facts(age1=row["age1"], age2=row["age2"])
    assert standard_deduction(one, row["filing_status"], section) == row["deduction"]
    one.spouse_itemizes = 1.0
    assert standard_deduction(one, row["filing_status"], section) == 0.0


@examples("earned_income_credit")
def test_earned_income_credit_table_rows(row: dict[str, Any]) -> None:
    """The most of the credit at the earned income amount, and nothing past the completed phase-out."""
    section = law(int(row["year"])).earned_income_credit
    status = JOINT if row["joint"] else SINGLE
    family = facts(n_children_u17=row["children"])

    def credit(earnings: float, agi: float) -> float:
        return earned_income_credit(family, agi, earnings, 0.0, 1.0, status, section)

    assert credit(row["start"] + 50.0, 0.0) == row["most"]
    last = row["end"] // 50 * 50 - 50.0  # a row of the table that lies wholly below the end
    assert credit(last, last) > 0.0
    assert credit(row["end"] + 50.0, row["end"] + 50.0) == 0.0
