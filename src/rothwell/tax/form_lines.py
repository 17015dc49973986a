"""What the parts of the federal return hand on, and its results."""

from __future__ import annotations

from typing import NamedTuple


class Deductions(NamedTuple):
    """Deductions from adjusted gross income, and which of the two ways was taken."""

    taken: float
    senior: float
    exemptions: float
    business: float
    business_loss: float
    itemizes: float
    added_back: float
    gifts_carried: float
    other_choice: float


class Credits(NamedTuple):
    """Credits against the tax, in dollars."""

    elderly: float
    savers: float
    child: float
    child_refundable: float
    earned_income: float
    minimum_tax: float
    minimum_tax_carried: float


class TaxLines(NamedTuple):
    """Lines of Form 1040 from taxable income on, in dollars."""

    taxable_income: float
    regular_tax: float
    amt: float
    nonrefundable: float
    refundable: float
    income_tax: float
    total_tax: float


class OtherTaxes(NamedTuple):
    """Taxes beside the income tax before credits, in dollars."""

    self_employment: float
    early: float
    additional_medicare: float
    investment: float


class Form1040(NamedTuple):
    """The results of a return, in dollars of the year."""

    agi: float  # adjusted gross income, line 11a
    taxable_ss: float  # taxable benefits, line 6b
    itemizes: float  # 1: Schedule A is used
    deduction: float  # standard or itemized, line 12e, with the gift deduction of 170(p)
    senior_deduction: float  # Schedule 1-A, line 37
    qbi_deduction: float  # line 13a
    taxable_income: float  # line 15
    preferential_income: float  # qualified dividends and net gain within taxable income
    regular_tax: float  # line 16
    amt: float  # alternative minimum tax, Form 6251, line 11
    niit: float  # net investment income tax, Form 8960
    additional_medicare: float  # Form 8959, line 18
    self_employment_tax: float  # Schedule SE
    early_distribution_tax: float  # Form 5329, line 4
    nonrefundable_credits: float  # lines 19 and 20
    refundable_credits: float  # lines 27, 28 and 31
    income_tax: float  # regular and minimum tax and net investment income tax, less all credits
    total_tax: float  # line 24 less refundable credits: what the return costs
    earned_income: float  # IRC 32(c)(2)
    child_tax_credit: float  # both parts, with other dependents
    elderly_credit: float  # Schedule R
    savers_credit: float  # Form 8880
    earned_income_credit: float  # line 27a
    premium_tax_credit: float  # Form 8962, line 26, less line 29
    minimum_tax_credit_used: float  # Form 8801, line 25
    minimum_tax_credit_carried: float  # Form 8801, to the next year
    taxable_ira: float  # by Form 8606, less gifts out of IRAs
    ira_deduction: float  # Schedule 1, line 20
    ira_basis_carried1: float  # Form 8606, line 14
    ira_basis_carried2: float  # Form 8606, line 14
    st_loss_carried: float  # short-term capital loss to the next year
    lt_loss_carried: float  # long-term capital loss to the next year
    qbi_loss_carried: float  # qualified business loss to the next year
    gifts_carried: float  # gifts to deduct in later years
    other_choice: float  # what the other way of deducting would have deducted
