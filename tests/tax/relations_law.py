"""Figures of the law in the sections that a return reads, on which no result of a return depends, and why."""

from __future__ import annotations

from rothwell.law.figures import SEPARATE_APART, SEPARATE_TOGETHER

BY_THE_TABLE = "only of a return by the Tax Table or the table of the earned-income credit"
NO_EXEMPTIONS = "without effect while the personal exemption is zero, IRC 151(d)(5)"
CONTRIBUTIONS = "limits what may be put into Roth IRAs, which a return does not figure"
OF_THE_INPUT = "decided by the input, which states children and taxable amounts by themselves"
REFUSED = "beyond it a return is refused by name"
PAYROLL = "of what an employer pays or withholds"
NO_INPUT = "for gains or gifts that the input does not tell apart"

WITHOUT_EFFECT = {
    **dict.fromkeys(
        (
            *("tax_table.income_top", "tax_table.row", "tax_table.narrow_row", "tax_table.narrow_rows_to"),
            *("tax_table.first_row", "tax_table.early_row", "earned_income_credit.table_step"),
        ),
        BY_THE_TABLE,
    ),
    **dict.fromkeys(
        (
            *("personal_exemption.phase_out_start", "personal_exemption.phase_out_step"),
            "personal_exemption.phase_out_rate",
        ),
        NO_EXEMPTIONS,
    ),
    **dict.fromkeys(("roth_ira.phase_out_start", "roth_ira.phase_out_range"), CONTRIBUTIONS),
    **dict.fromkeys(
        (
            *("early_distribution.birth_limit", "early_distribution.disaster_limit"),
            *("early_distribution.domestic_abuse_limit", "early_distribution.emergency_limit"),
            *("early_distribution.first_home_limit", "early_distribution.age", "child_tax_credit.age_limit"),
            *("early_distribution.separation_age_public_safety", "early_distribution.long_term_care_limit"),
            "early_distribution.simple_rate",
        ),
        OF_THE_INPUT,
    ),
    "excess_business_loss.threshold": REFUSED,
    **dict.fromkeys(
        ("additional_medicare.withholding_start", "oasdi.employer_rate", "medicare.employer_rate"), PAYROLL
    ),
    **dict.fromkeys(
        (
            *("capital_gains.unrecaptured_1250_rate", "capital_gains.collectibles_rate"),
            "qualified_charitable_distribution.split_interest_limit",
        ),
        NO_INPUT,
    ),
}

SEPARATE = ((SEPARATE_APART,), (SEPARATE_TOGETHER,))
PLACES_WITHOUT_EFFECT = {  # of figures that matter elsewhere, and why
    "senior_deduction.magi_start": (SEPARATE, "a married person must file jointly, IRC 151(d)(5)(C)(v)"),
    **dict.fromkeys(
        ("elderly_credit.initial_amount", "elderly_credit.income_start"),
        (((SEPARATE_TOGETHER,),), "spouses who live together must file jointly, IRC 22(e)(1)"),
    ),
    "premium_tax_credit.poverty_ratio": (((0,),), "no credit below the poverty line, IRC 36B(c)(1)(A)"),
    "premium_tax_credit.final_percentage": (((5,),), "the last tier is flat, IRC 36B(b)(3)(A)"),
}
NOT_IN_FORCE = {  # in a year
    2025: {
        "qualified_business_income.minimum_deduction": "from 2026, P.L. 119-21, section 70105",
        "qualified_business_income.minimum_active_income": "from 2026, P.L. 119-21, section 70105",
    },
    2026: {
        "premium_tax_credit.repayment_ratio": "all is repaid from 2026, P.L. 119-21, section 71305",
    },
}
