"""What the rules do with each figure of the law: short examples worked from the statute and the papers of the year.

The rule is run, never the figure read. `mutants` changes each figure and asks whether a test notices.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from rothwell.errors import InputError
from rothwell.household import Household, parse_household
from rothwell.law import HEAD, SINGLE, STATUSES
from rothwell.lifetime.health import premiums_of_year
from rothwell.lifetime.household_arrays import household_arrays
from rothwell.mega_backdoor import employer_plan
from rothwell.provision import explain
from rothwell.tax.alternative_minimum import tentative_minimum_tax
from rothwell.tax.child_tax_credit import CreditBase, child_tax_credit
from rothwell.tax.deductions import personal_exemptions, senior_deduction
from rothwell.tax.earned_income_credit import earned_income_credit
from rothwell.tax.facts import Facts
from rothwell.tax.ira_contributions import ira_deductions, ira_limit, roth_ira_limit
from rothwell.tax.itemized_deductions import mortgage_interest_deduction, state_and_local_tax_limit
from rothwell.tax.marginal_rates import income_related_premiums
from rothwell.tax.medicare_premiums import medicare_premiums
from rothwell.tax.needs import needs_of
from rothwell.tax.payroll import employee_payroll_tax
from rothwell.tax.premium_tax_credit import premium_tax_credit
from rothwell.tax.qualified_business_income import qualified_business_income_deduction
from rothwell.tax.savers_credit import savers_credit
from tests.tax.build import TESTS, form, law

CENT = 0.01
PAY = 200_000.0  # enough for every limit
TODAY = date(2026, 11, 23)

Given = dict[str, float]


def rows(name: str) -> Any:
    """The rows of a table as parameters, by their id."""
    with (TESTS / "worksheets" / f"{name}.csv").open(newline="", encoding="utf-8") as stream:
        found = list(csv.DictReader(stream))
    return pytest.mark.parametrize("row", found, ids=[row["id"] for row in found])


def run(rule: Callable[..., Any], *arguments: Any) -> Any:
    """What a rule gives, run as plain Python: without a compilation for each kind of argument."""
    return explain(rule, *arguments)[0]


def deduction_of_ira(given: Given, status: int, of_year: Any) -> float:
    """The deduction for the most that may be contributed."""
    facts = Facts(
        age1=given["age"],
        ira_contributions1=PAY,
        covered1=given.get("covered", 0.0),
        covered2=given.get("spouse_covered", 0.0),
    )
    return float(run(ira_deductions, facts, given["magi"], PAY, 0.0, status, of_year).deduction1)


def credit_of_saver(given: Given, status: int, of_year: Any) -> float:
    """The credit of a person whose tax is larger."""
    facts = Facts(age1=40.0, retirement_savings1=given["savings"])
    return float(run(savers_credit, facts, given["agi"], PAY, status, of_year.savers_credit))


def exemptions(given: Given, status: int, of_year: Any) -> float:
    """Exemptions of an amount that is not that of the year."""
    section = of_year.personal_exemption
    names = ("phase_out_start", "phase_out_step", "phase_out_rate")
    held = SimpleNamespace(amount=given["amount"], **{name: getattr(section, name) for name in names})
    return float(run(personal_exemptions, given["people"], given["agi"], status, held))


def credit_of_child(given: Given, status: int, of_year: Any) -> float:
    """The credit where the tax is larger."""
    base = CreditBase(given["agi"], PAY, given["agi"], 0.0, 0.0)
    facts = Facts(n_children_u17=given["children"])
    return float(run(child_tax_credit, facts, base, status, of_year.child_tax_credit).nonrefundable)


def credit_of_earnings(given: Given, status: int, of_year: Any) -> float:
    """The credit in whole dollars, as the table has it, or the exact one."""
    by_table = 1.0 - given.get("exact", 0.0)
    facts, earnings = Facts(age1=40.0, n_children_u17=given["children"]), given["earnings"]
    section = of_year.earned_income_credit
    return float(run(earned_income_credit, facts, earnings, earnings, given["investment"], by_table, status, section))


def business_deduction(given: Given, status: int, of_year: Any) -> float:
    """The deduction for one business that pays no wages and holds no property."""
    amounts = (given["qbi"], 0.0, given["income"], 0.0)
    return float(run(qualified_business_income_deduction, Facts(), *amounts, status, of_year).deduction)


def business_loss(given: Given, status: int, of_year: Any) -> float:
    """Whether a loss is refused: 1 yes, 0 no."""
    amounts = {"age1": np.array([40.0]), "self_employment1": np.array([-given["loss"]])}
    results = dict.fromkeys(("taxable_income", "agi", "earned_income"), np.zeros(1))
    return float(needs_of(amounts, results, np.array([status]), of_year).business_loss[0])


def premium_credit(given: Given, status: int, of_year: Any) -> Any:
    """Form 8962 of a year."""
    premium = given.get("premium", 0.0)
    facts = Facts(
        marketplace_premiums=premium, benchmark_premium=premium, advance_premium_credit=given.get("advance", 0.0)
    )
    return run(premium_tax_credit, facts, given["magi"], given["people"], status, of_year.premium_tax_credit)


def premiums(given: Given, status: int, of_year: Any) -> float:
    """Medicare premiums of a person's simulated year."""
    year = SimpleNamespace(alive=(1.0, 0.0), age=(given["age"], 0.0), marketplace_premiums=0.0, supplement_premiums=0.0)
    state = SimpleNamespace(magi=(0.0, given["magi"]), magi_status=(status, status))
    return float(run(premiums_of_year, year, state, of_year))


def premiums_of_later(given: Given, status: int, of_year: Any) -> float:
    """What an income adds to the premiums of two years later."""
    form = SimpleNamespace(agi=given["magi"])
    return float(run(income_related_premiums, form, Facts(age1=given["age"]), status, of_year))


RULES: dict[str, Callable[[Given, int, Any], float]] = {
    "ira_limit": lambda given, _, of_year: run(ira_limit, given["age"], given["compensation"], of_year.ira),
    "roth_ira_limit": lambda given, status, of_year: run(
        roth_ira_limit, given["magi"], given["age"], PAY, 0.0, status, of_year
    ),
    "ira_deduction": deduction_of_ira,
    "savers_credit": credit_of_saver,
    "elective_deferral_limit": lambda _, __, of_year: run(employer_plan.elective_deferral_limit, of_year),
    "catch_up_limit": lambda given, _, of_year: run(
        employer_plan.catch_up_limit, given["age"], 1.0 - given.get("not_adopted", 0.0), of_year
    ),
    "catch_up_must_be_roth": lambda given, _, of_year: run(
        employer_plan.catch_up_must_be_roth, given["wages"], of_year
    ),
    "annual_additions_limit": lambda given, _, of_year: run(
        employer_plan.annual_additions_limit, given["pay"], of_year
    ),
    "recognized_pay": lambda given, _, of_year: run(employer_plan.recognized_pay, given["pay"], of_year),
    "senior_deduction": lambda given, status, of_year: run(
        senior_deduction, given["age"], 0.0, given["agi"], status, of_year.senior_deduction
    ),
    "state_and_local_tax_limit": lambda given, status, of_year: run(
        state_and_local_tax_limit, given["agi"], status, of_year.state_and_local_tax
    ),
    "personal_exemptions": exemptions,
    "mortgage_interest_deduction": lambda given, status, of_year: run(
        mortgage_interest_deduction, given["interest"], given["debt"], status, of_year.itemized_deductions
    ),
    "child_tax_credit": credit_of_child,
    "earned_income_credit": credit_of_earnings,
    "business_deduction": business_deduction,
    "business_loss": business_loss,
    "employee_payroll_tax": lambda given, _, of_year: run(
        employee_payroll_tax, given["wages"], of_year.oasdi, of_year.medicare
    ),
    "tentative_minimum_tax": lambda given, status, of_year: run(
        tentative_minimum_tax, given["amti"], 0.0, given["amti"], status, of_year
    ),
    "premium_credit": lambda given, status, of_year: premium_credit(given, status, of_year).credit,
    "premium_repayment": lambda given, status, of_year: premium_credit(given, status, of_year).repayment,
    "premiums_of_year": premiums,
    "income_related_premiums": premiums_of_later,
}


@rows("figures_of_the_law")
def test_rules_with_the_figures_of_the_year(row: dict[str, str]) -> None:
    given = {name: float(amount) for name, _, amount in (one.partition("=") for one in row["given"].split(";"))}
    year, status = int(row["year"]), STATUSES.index(row["filing_status"])
    rule, _, line = row["rule"].partition(" ")  # a line of a whole return, or what a rule gives
    found = getattr(form(year, status, **given), line) if line else RULES[rule](given, status, law(year))
    assert found == pytest.approx(float(row["value"]), abs=CENT / 2), row["source"]


@rows("medicare_tiers")
def test_every_tier_of_the_medicare_premiums(row: dict[str, str]) -> None:
    of_year, status = law(int(row["year"])), STATUSES.index(row["filing_status"])
    found = run(medicare_premiums, float(row["magi"]), status, of_year.part_b, of_year.irmaa)
    assert found == pytest.approx((float(row["part_b"]), float(row["part_d"])), abs=CENT / 2), row["source"]


def family(born: int, more: str = "") -> Household:
    """Ann, head of a household with a child born in a year."""
    text = '[household]\nfiling_status = "hoh"\nstate = "WA"\nstart_year = 2026\nprior_magi = { 2024 = 0, 2025 = 0 }\n'
    text += '[[people]]\nname = "Ann"\nbirth_date = 1980-06-01\n'
    text += f'[[children]]\nname = "Tom"\nbirth_date = {born}-06-01\n[spending]\nliving_cost = 50_000\n{more}'
    return parse_household(text, TODAY, file="ann.toml")


def test_a_child_counts_for_the_credit_through_16_and_for_the_head_of_a_household_through_18() -> None:
    """IRC 24(c)(1): under 17; 152(c)(3)(A)(i): under 19."""
    arrays = household_arrays(family(2010), 2026)
    assert arrays.children[:2].tolist() == [1.0, 0.0]  # 16 in 2026
    assert arrays.status_alone[:4].tolist() == [HEAD, HEAD, HEAD, SINGLE]  # 18 in 2028


@pytest.mark.parametrize(("age", "refused"), [(64, False), (65, True)])
def test_premiums_from_65_on_need_the_income_of_two_years_before(age: int, refused: bool) -> None:
    """42 USC 1395o, 1395r(i)(4)(B)."""
    text = '[household]\nfiling_status = "single"\nstate = "WA"\nstart_year = 2026\nprior_magi = { 2025 = 0 }\n'
    text += f'[[people]]\nname = "Ann"\nbirth_date = {2026 - age}-06-01\n'
    ann = parse_household(text + "[spending]\nliving_cost = 50_000\n", TODAY, file="ann.toml")
    if refused:
        with pytest.raises(InputError, match="premiums of 2026 rest on the income of 2024"):
            household_arrays(ann, 2026)
    else:
        assert household_arrays(ann, 2026).people["birth_year"][0] == 2026 - age
