"""Returns by Tax-Calculator: `python -m oracle.by_taxcalc RETURNS.csv YEAR RESULTS.csv`, in its own environment."""

from __future__ import annotations

import numpy as np
import pandas as pd
import taxcalc

from oracle.columns import STATUSES
from oracle.engine_files import run

EVERY_CREDIT_IS_CLAIMED = {"eitc_claim_prob_scale": {"2013": 9e99}, "actc_claim_prob_scale": {"2013": 9e99}}
MOST_CHILDREN_OF_THE_CREDIT = 3  # the range of the engine's EIC


def records_of(returns: pd.DataFrame, year: int) -> pd.DataFrame:
    """The engine's input variables, each from our columns."""
    both = {name[:-1]: returns[name] + returns[name[:-1] + "2"] for name in returns if name.endswith("1")}
    joint = (returns.filing_status == "mfj").astype(int)
    dependents = returns.n_children_u17 + returns.n_older_children + returns.n_other_dependents
    children = returns.n_children_u17 + returns.n_older_children
    business = {
        "e00900p": returns.self_employment1,
        "e00900s": returns.self_employment2,
        "e00900": both["self_employment"],
        "PT_SSTB_income": ((returns.sstb1 + returns.sstb2) > 0).astype(int),
        "PT_binc_w2_wages": both["business_wages"],
        "PT_ubia_property": both["business_property"],
        "e03300": both["self_employed_plan"],
        "e03270": both["self_employed_health"],
    }
    family = {
        "RECID": np.arange(1, len(returns) + 1),
        "FLPDYR": year,
        "MARS": returns.filing_status.map({name: place for place, name in enumerate(STATUSES, 1)}),
        "MIDR": returns.spouse_itemizes,
        "age_head": returns.age1,
        "age_spouse": returns.age2 * joint,
        "blind_head": returns.blind1,
        "blind_spouse": returns.blind2,
        "XTOT": 1 + joint + dependents,
        "n24": returns.n_children_u17,
        "EIC": np.minimum(children, MOST_CHILDREN_OF_THE_CREDIT),
    }
    income = {
        "e00200p": returns.wages1,
        "e00200s": returns.wages2,
        "e00200": both["wages"],
        "e00300": returns.taxable_interest,
        "e00400": returns.tax_exempt_interest,
        "e00600": returns.ordinary_dividends,
        "e00650": returns.qualified_dividends,
        "p22250": returns.st_gain - returns.st_loss_carryover,
        "p23250": returns.lt_gain - returns.lt_loss_carryover,
        "e01400": returns.ira_distributions,
        "e01500": returns.pension,
        "e01700": returns.pension,
        "e02400": both["ss"],
        "e02300": returns.other_income,
    }
    deductions = {
        "e03290": returns.hsa_deduction,
        "e03400": returns.other_adjustments,
        "e17500": returns.medical_expenses,
        "e18400": returns.state_income_tax_paid,
        "e18500": returns.real_estate_tax,
        "e19200": returns.mortgage_interest,
        "e19800": returns.charity_cash,
        "e20100": returns.charity_appreciated,
        "cmbtp": returns.incentive_stock_spread + returns.private_activity_interest,
    }
    return pd.DataFrame(business | family | income | deductions)


def results_of(returns: pd.DataFrame, year: int) -> pd.DataFrame:
    """Our results, each from the engine's variables."""
    policy = taxcalc.Policy()
    policy.implement_reform(EVERY_CREDIT_IS_CLAIMED)
    policy.set_year(year)
    units = taxcalc.Records(
        data=records_of(returns, year),
        start_year=year,
        gfactors=None,
        weights=None,
        adjust_ratios=None,
        exact_calculations=True,
    )
    calculator = taxcalc.Calculator(policy=policy, records=units, verbose=False)
    calculator.advance_to_year(year)
    calculator.calc_all()
    of = calculator.array
    total_tax = of("c09200") - of("refund")
    itemizes = (of("c04470") > 0.0) | ((of("standard") == 0.0) & (of("MIDR") == 0))  # an election of nothing too
    return pd.DataFrame(
        {
            "agi": of("c00100"),
            "taxable_ss": of("c02500"),
            "itemizes": itemizes.astype(int),
            "deduction": np.where(itemizes, of("c04470"), of("standard")),
            "senior_deduction": of("senior_deduction"),
            "qbi_deduction": of("qbided"),
            "taxable_income": of("c04800"),
            "regular_tax": of("taxbc"),
            "amt": of("c09600"),
            "niit": of("niit"),
            "additional_medicare": of("ptax_amc"),
            "self_employment_tax": of("setax"),
            "child_credit": of("c07220") + of("odc"),
            "additional_child_credit": of("c11070"),
            "earned_income_credit": of("eitc"),
            "savers_credit": of("c07240"),
            "elderly_credit": of("c07200"),
            "nonrefundable_credits": of("c07100"),
            "refundable_credits": of("refund"),
            "income_tax": total_tax - of("setax") - of("ptax_amc"),
            "total_tax": total_tax,
        }
    )


if __name__ == "__main__":
    run(results_of)
