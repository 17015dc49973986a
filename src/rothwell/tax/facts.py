"""What a federal return knows of a family's year, and which parts of the return it needs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rothwell.provision import provision


class Facts(NamedTuple):
    """The facts of a return: dollars of the year unless a comment says otherwise; 1 stands for yes.

    A name that ends in 1 or 2 belongs to the filer or to the spouse of a joint return.
    """

    age1: float = 0.0  # years attained by the end of the year
    age2: float = 0.0  # of the spouse of a joint or separate return; 0: no such person
    blind1: float = 0.0  # 1: yes
    blind2: float = 0.0  # 1: yes
    spouse_age: float = 0.0  # of a separate filer
    spouse_without_income: float = 0.0  # of a separate filer, and nobody's dependent; 1: yes
    spouse_itemizes: float = 0.0  # on a separate return; 1: yes
    n_children_u17: float = 0.0  # qualifying children under 17
    n_older_children: float = 0.0  # qualifying children of 17 and over, IRC 152(c)(3)
    n_other_dependents: float = 0.0  # dependents who are no qualifying children
    wages1: float = 0.0  # Form W-2, box 1
    wages2: float = 0.0  # Form W-2, box 1
    medicare_wages1: float = 0.0  # Form W-2, box 5: pay before deferrals
    medicare_wages2: float = 0.0  # Form W-2, box 5: pay before deferrals
    self_employment1: float = 0.0  # net profit or loss of a business
    self_employment2: float = 0.0  # net profit or loss of a business
    sstb1: float = 0.0  # a specified service trade or business; 1: yes
    sstb2: float = 0.0  # a specified service trade or business; 1: yes
    business_wages1: float = 0.0  # that the business pays, Form W-2
    business_wages2: float = 0.0  # that the business pays, Form W-2
    business_property1: float = 0.0  # unadjusted basis right after acquisition
    business_property2: float = 0.0  # unadjusted basis right after acquisition
    self_employed_plan1: float = 0.0  # Schedule 1, line 16
    self_employed_plan2: float = 0.0  # Schedule 1, line 16
    self_employed_health1: float = 0.0  # Schedule 1, line 17
    self_employed_health2: float = 0.0  # Schedule 1, line 17
    qbi_loss_carryover: float = 0.0  # of earlier years, as a positive number
    reit_dividends: float = 0.0  # section 199A dividends, a part of the ordinary dividends
    taxable_interest: float = 0.0  # Form 1040, line 2b
    tax_exempt_interest: float = 0.0  # Form 1040, line 2a
    private_activity_interest: float = 0.0  # a part of the tax-exempt interest
    ordinary_dividends: float = 0.0  # line 3b: qualified dividends included
    qualified_dividends: float = 0.0  # Form 1040, line 3a
    st_gain: float = 0.0  # Schedule D, line 7, before carry-overs
    lt_gain: float = 0.0  # Schedule D, line 15, before carry-overs
    st_loss_carryover: float = 0.0  # as a positive number
    lt_loss_carryover: float = 0.0  # as a positive number
    ira_distributions: float = 0.0  # taxable ones for which no Form 8606 is figured, gifts out of them included
    pension: float = 0.0  # taxable pensions and plan distributions
    qcd1: float = 0.0  # qualified charitable distributions out of the IRA distributions
    qcd2: float = 0.0  # qualified charitable distributions out of the IRA distributions
    ira_withdrawals1: float = 0.0  # traditional IRAs for which Form 8606 is figured: distributions
    ira_withdrawals2: float = 0.0  # traditional IRAs for which Form 8606 is figured: distributions
    ira_conversions1: float = 0.0  # the same: converted to Roth
    ira_conversions2: float = 0.0  # the same: converted to Roth
    ira_basis1: float = 0.0  # the same: basis of earlier years
    ira_basis2: float = 0.0  # the same: basis of earlier years
    ira_year_end1: float = 0.0  # the same: value on 31 December
    ira_year_end2: float = 0.0  # the same: value on 31 December
    ira_contributions1: float = 0.0  # to traditional IRAs for the year
    ira_contributions2: float = 0.0  # to traditional IRAs for the year
    roth_contributions1: float = 0.0  # to Roth IRAs for the year
    roth_contributions2: float = 0.0  # to Roth IRAs for the year
    covered1: float = 0.0  # by a plan at work; 1: yes
    covered2: float = 0.0  # by a plan at work; 1: yes
    early_ira1: float = 0.0  # taxable amounts paid before 59 1/2 out of IRAs
    early_ira2: float = 0.0  # taxable amounts paid before 59 1/2 out of IRAs
    early_plan1: float = 0.0  # the same out of plans
    early_plan2: float = 0.0  # the same out of plans
    left_job_at1: float = 0.0  # age attained in the year of separation, 0: none
    left_job_at2: float = 0.0  # age attained in the year of separation, 0: none
    early_exception1: float = 0.0  # Form 5329, line 2: amounts excepted for other reasons
    early_exception2: float = 0.0  # Form 5329, line 2: amounts excepted for other reasons
    ss1: float = 0.0  # Social Security benefits, gross
    ss2: float = 0.0  # Social Security benefits, gross
    hsa_deduction: float = 0.0  # Schedule 1, line 13
    other_adjustments: float = 0.0  # Schedule 1, Part II, others
    other_income: float = 0.0  # ordinary, neither earned nor from investment
    mortgage_interest: float = 0.0  # Schedule A, line 8a
    mortgage_debt: float = 0.0  # 0: within the limit
    charity_cash: float = 0.0  # to public charities
    charity_appreciated: float = 0.0  # long-term gain property to public charities
    real_estate_tax: float = 0.0  # Schedule A, line 5b, before the limit
    state_income_tax_paid: float = 0.0  # Schedule A, line 5a, before the limit
    medical_expenses: float = 0.0  # Schedule A, line 1, before the floor
    estate_tax_on_income: float = 0.0  # Schedule A, line 16: on income in respect of a decedent, IRC 691(c)
    incentive_stock_spread: float = 0.0  # Form 6251, line 2i
    minimum_tax_credit: float = 0.0  # carried into the year, Form 8801
    retirement_savings1: float = 0.0  # Form 8880, beyond the IRA and Roth contributions above
    retirement_savings2: float = 0.0  # Form 8880, beyond the IRA and Roth contributions above
    marketplace_premiums: float = 0.0  # of the whole year
    benchmark_premium: float = 0.0  # of the second lowest silver plan, for the whole year
    advance_premium_credit: float = 0.0  # paid in advance for the whole year
    household_size: float = 0.0  # for the premium tax credit; 0: the filers and dependents of the return


RETURN = np.dtype((np.record, [(name, "f8") for name in Facts._fields]))


class Parts(NamedTuple):
    """Which parts of a return there are at all; a part that is left out adds nothing, so it is only passed over.

    carryovers      what makes or uses a credit for minimum tax
    exemptions      of persons, in a law that has them
    elderly         somebody has attained the age of the credit for the elderly
    earners         somebody earns wages or profit
    """

    business: bool
    benefits: bool
    dependents: bool
    earnings: bool
    itemized: bool
    iras: bool
    early: bool
    savings: bool
    premiums: bool
    carryovers: bool
    exemptions: bool
    tax_table: bool = False  # taxes by the Tax Table, as on paper
    elderly: bool = True  # what every return may have, unless it is known better
    earners: bool = True


ALL_PARTS = Parts(True, True, True, True, True, True, True, True, True, True, True, False, True, True)


@provision
def parts_of(facts, law):  # type: ignore[no-untyped-def]
    """The parts that a return has."""
    business = (
        facts.self_employment1 != 0.0
        or facts.self_employment2 != 0.0
        or facts.qbi_loss_carryover > 0.0
        or facts.reit_dividends > 0.0
    )
    wages = facts.wages1 > 0.0 or facts.wages2 > 0.0
    contributions = (
        facts.ira_contributions1 + facts.ira_contributions2 + facts.roth_contributions1 + facts.roth_contributions2
    )
    distributions = facts.ira_withdrawals1 + facts.ira_withdrawals2 + facts.ira_conversions1 + facts.ira_conversions2
    basis = facts.ira_basis1 + facts.ira_basis2  # carried on even in a year without distributions, Form 8606, line 14
    itemized = (
        facts.mortgage_interest
        + facts.charity_cash
        + facts.charity_appreciated
        + facts.real_estate_tax
        + facts.state_income_tax_paid
        + facts.medical_expenses
        + facts.estate_tax_on_income
    )
    early = facts.early_ira1 + facts.early_ira2 + facts.early_plan1 + facts.early_plan2
    return Parts(
        business,
        facts.ss1 + facts.ss2 > 0.0,
        facts.n_children_u17 + facts.n_older_children + facts.n_other_dependents > 0.0,
        business or wages,
        itemized > 0.0,
        contributions + distributions + basis + facts.qcd1 + facts.qcd2 > 0.0,
        early > 0.0,
        contributions + facts.retirement_savings1 + facts.retirement_savings2 > 0.0,
        facts.marketplace_premiums + facts.advance_premium_credit > 0.0,
        facts.minimum_tax_credit + facts.incentive_stock_spread > 0.0,
        law.personal_exemption.amount > 0.0,
        False,
        max(facts.age1, facts.age2) >= law.elderly_credit.age,
        business or facts.medicare_wages1 + facts.medicare_wages2 > 0.0,
    )
