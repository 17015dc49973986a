"""Returns by PolicyEngine-US: `python -m oracle.by_policyengine RETURNS.csv YEAR RESULTS.csv`, in its own environment.

The returns are one data set of many tax units; a situation for each would take hours.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from policyengine_us import Microsimulation
from policyengine_us.data.dataset_schema import USSingleYearDataset

from oracle.engine_files import run

STATUS_NAMES = {
    "single": "SINGLE",
    "mfj": "JOINT",
    "mfs": "SEPARATE",
    "hoh": "HEAD_OF_HOUSEHOLD",
    "qss": "SURVIVING_SPOUSE",
}
AGE_OF_CHILD, AGE_OF_OLDER_CHILD, AGE_OF_OTHER_DEPENDENT = 10, 18, 40
A_STATE_WITHOUT_INCOME_TAX = 48  # Texas
GROUPS = ("household", "tax_unit", "spm_unit", "family", "marital_unit")
OF_EACH = {  # our name without its number: the engine's variable of a person
    "wages": "employment_income",
    "business_wages": "w2_wages_from_qualified_business",
    "business_property": "unadjusted_basis_qualified_property",
    "self_employed_plan": "self_employed_pension_contribution_ald_person",
    "self_employed_health": "self_employed_health_insurance_ald_person",
    "ss": "social_security_retirement",
    "retirement_savings": "savers_credit_qualified_contributions",
}
OF_THE_FILER = {  # amounts that a return does not tell apart
    "taxable_interest": "taxable_interest_income",
    "tax_exempt_interest": "tax_exempt_interest_income",
    "qualified_dividends": "qualified_dividend_income",
    "ira_distributions": "taxable_ira_distributions",
    "pension": "taxable_private_pension_income",
    "other_income": "miscellaneous_income",
    "other_adjustments": "early_withdrawal_penalty",
    "mortgage_interest": "deductible_mortgage_interest",
    "charity_cash": "charitable_cash_donations",
    "charity_appreciated": "resolved_charitable_capital_gain_donations_50_pct",
    "real_estate_tax": "real_estate_taxes",
    "reit_dividends": "qualified_reit_and_ptp_income",
}
OF_THE_RETURN = {
    "hsa_deduction": "health_savings_account_ald",
    "medical_expenses": "itemized_medical_expenses",
    "state_income_tax_paid": "state_and_local_sales_or_income_tax",
}
AMOUNTS = {  # our result: the engine's variable of a tax unit
    "agi": "adjusted_gross_income",
    "taxable_ss": "tax_unit_taxable_social_security",
    "itemizes": "tax_unit_itemizes",
    "senior_deduction": "additional_senior_deduction",
    "qbi_deduction": "qualified_business_income_deduction",
    "taxable_income": "taxable_income",
    "regular_tax": "regular_tax_before_credits",
    "amt": "alternative_minimum_tax",
    "niit": "net_investment_income_tax",
    "additional_medicare": "additional_medicare_tax",
    "additional_child_credit": "refundable_ctc",
    "earned_income_credit": "eitc",
    "savers_credit": "savers_credit",
    "elderly_credit": "elderly_disabled_credit",
    "nonrefundable_credits": "income_tax_capped_non_refundable_credits",
    "refundable_credits": "income_tax_refundable_credits",
    "income_tax": "income_tax",
}


def people_of(returns: pd.DataFrame) -> pd.DataFrame:
    """Filers, spouses of joint returns and dependents, each with the return's place."""
    place = np.arange(len(returns))
    filers = _person(returns, place, "1")
    filers["age"] = returns.age1.to_numpy()
    filers["is_tax_unit_head"] = True
    for ours, theirs in OF_THE_FILER.items():
        filers[theirs] = returns[ours].to_numpy(dtype=float)
    filers["non_qualified_dividend_income"] = (returns.ordinary_dividends - returns.qualified_dividends).to_numpy()
    filers["short_term_capital_gains"] = (returns.st_gain - returns.st_loss_carryover).to_numpy()
    filers["long_term_capital_gains"] = (returns.lt_gain - returns.lt_loss_carryover).to_numpy()
    joint = (returns.filing_status == "mfj").to_numpy()
    spouses = _person(returns, place, "2")[joint]
    spouses["age"] = returns.age2.to_numpy()[joint]
    spouses["is_tax_unit_spouse"] = True
    ages = {
        "n_children_u17": AGE_OF_CHILD,
        "n_older_children": AGE_OF_OLDER_CHILD,
        "n_other_dependents": AGE_OF_OTHER_DEPENDENT,
    }
    dependents = [
        pd.DataFrame({"place": np.repeat(place, returns[name].astype(int)), "age": age}) for name, age in ages.items()
    ]
    people = pd.concat([filers, spouses, *dependents], ignore_index=True)
    for name in ("is_tax_unit_head", "is_tax_unit_spouse", "is_blind"):
        people[name] = people[name].eq(True)
    people = people.fillna(0.0).sort_values("place", kind="stable", ignore_index=True)
    people["is_tax_unit_dependent"] = ~(people.is_tax_unit_head | people.is_tax_unit_spouse)
    return people


def _person(returns: pd.DataFrame, place: np.ndarray, number: str) -> pd.DataFrame:
    person = pd.DataFrame({"place": place, "is_tax_unit_head": False, "is_tax_unit_spouse": False})
    for ours, theirs in OF_EACH.items():
        person[theirs] = returns[ours + number].to_numpy(dtype=float)
    profit, of_service = returns["self_employment" + number].to_numpy(), returns["sstb" + number].to_numpy()
    person["self_employment_income"] = np.where(of_service > 0, 0.0, profit)
    person["sstb_self_employment_income"] = np.where(of_service > 0, profit, 0.0)
    person["is_blind"] = returns["blind" + number].to_numpy() > 0
    return person


def dataset_of(returns: pd.DataFrame, year: int) -> USSingleYearDataset:
    """The engine's data set, each variable from our columns."""
    people = people_of(returns)
    place = people.pop("place")
    people["person_id"] = np.arange(len(people))
    for group in GROUPS:
        people[f"person_{group}_id"] = place
    places = np.arange(len(returns))
    groups = {group: pd.DataFrame({f"{group}_id": places}) for group in GROUPS}
    groups["household"]["state_fips"] = A_STATE_WITHOUT_INCOME_TAX
    groups["household"]["household_weight"] = 1.0
    separate = returns.filing_status == "mfs"
    groups["tax_unit"] = groups["tax_unit"].assign(
        filing_status=returns.filing_status.map(STATUS_NAMES).to_numpy(dtype=object),
        cohabitating_spouses=(separate & (returns.lived_apart == 0)).to_numpy(),
        separate_filer_itemizes=(returns.spouse_itemizes > 0).to_numpy(),
        **{theirs: returns[ours].to_numpy(dtype=float) for ours, theirs in OF_THE_RETURN.items()},
    )
    return USSingleYearDataset(person=people, time_period=year, **groups)


def results_of(returns: pd.DataFrame, year: int) -> pd.DataFrame:
    """Our results, each from the engine's variables."""
    simulation = Microsimulation(dataset=dataset_of(returns, year), dataset_end_year=year)

    def of(name: str) -> np.ndarray:
        return np.asarray(simulation.calculate(name, year).to_numpy(), dtype=float)

    results = pd.DataFrame({ours: of(theirs) for ours, theirs in AMOUNTS.items()})
    tax = simulation.calculate("self_employment_tax", year, map_to="tax_unit")
    results["self_employment_tax"] = np.asarray(tax.to_numpy(), dtype=float)
    itemized, standard = of("itemized_taxable_income_deductions"), of("standard_deduction")
    gifts = of("charitable_deduction_for_non_itemizers")
    results["deduction"] = np.where(results.itemizes > 0, itemized, standard + gifts)
    others = results.savers_credit + results.elderly_credit
    results["child_credit"] = results.nonrefundable_credits - others  # the engine's own is before the limit of IRC 26
    results["total_tax"] = results.income_tax + results.additional_medicare + results.self_employment_tax
    return results


if __name__ == "__main__":
    run(results_of)
