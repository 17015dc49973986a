"""What a household file may say about money outside employers' plans: IRAs, health savings accounts, tax payments."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool

from rothwell.household.amounts import Whole
from rothwell.household.table import Date, Money, PositiveMoney, Share, Table, Text

HealthCoverage = Literal["self_only", "family"]
EveryYear = Literal["none", "backdoor"]
IncomeKind = Literal["vest", "bonus", "conversion", "gain", "other"]
Month = Annotated[int, Whole(1, 12)]


class Ira(Table):
    """[people.ira]: what a person has done with IRAs in the start year, and what limits them."""

    every_year: EveryYear = Field(
        "none",
        description="What a plan over a life does with IRAs in every year of work: none, or backdoor (the limit goes "
        "into a traditional IRA, is not deducted, and is converted to a Roth IRA at once).",
    )
    traditional_contributions: Money = Field(
        0.0, description="Contributions to traditional IRAs for the start year so far, dollars."
    )
    roth_contributions: Money = Field(0.0, description="Contributions to Roth IRAs for the start year so far, dollars.")
    converted: Money = Field(
        0.0,
        description="Converted from traditional, SEP and SIMPLE IRAs to Roth IRAs so far this year, dollars.",
    )
    distributions: Money = Field(
        0.0, description="Other distributions of traditional, SEP and SIMPLE IRAs in the start year, dollars."
    )
    basis_of_earlier_years: Money | None = Field(
        None,
        description="Basis in traditional IRAs at the start of the start year (Form 8606 of the year before, line 14), "
        "dollars; when absent, the basis of the person's traditional_ira accounts.",
    )
    year_end_value: Money | None = Field(
        None,
        description="What all traditional, SEP and SIMPLE IRAs will be worth on 31 December of the start year without "
        "the backdoor, dollars; when absent, the balances of the person's traditional_ira accounts less what was put "
        "in so far and is to be converted.",
    )
    traditional_excess_before: Money = Field(
        0.0,
        description="Excess contributions of earlier years still in traditional IRAs (Form 5329, line 16), dollars.",
    )
    roth_excess_before: Money = Field(
        0.0, description="Excess contributions of earlier years still in Roth IRAs (Form 5329, line 24), dollars."
    )
    covered_at_work: StrictBool | None = Field(
        None,
        description="Whether a retirement plan at work covers the person in the start year (Form W-2, box 13); when "
        "absent, whether anything goes into a plan of the person's jobs.",
    )
    plan_takes_rollovers: StrictBool | None = Field(
        None, description="Whether an employer's plan takes pre-tax money of IRAs; when absent, not known."
    )


class CoverageMonths(Table):
    """Months in which a person was eligible on the first day, and the high-deductible health plan of those months."""

    kind: HealthCoverage = Field(description="self_only or family.")
    first_month: Month = Field(1, description="The first of these months, 1 to 12.")
    last_month: Month = Field(12, description="The last of these months, 1 to 12.")


class Hsa(Table):
    """[people.hsa]: the health savings account of a person in the start year."""

    coverage: tuple[CoverageMonths, ...] = Field(
        min_length=1,
        description='Months of coverage by a high-deductible health plan, such as [ { kind = "family" } ]: all year. '
        "Months on Medicare or with other coverage do not belong here.",
    )
    employer_contributions: Money = Field(
        0.0, description="What the employer has put in for the start year so far, not out of pay, dollars."
    )
    payroll_contributions: Money = Field(
        0.0, description="What went in out of pay through a cafeteria plan so far, dollars (not in Form W-2, box 1)."
    )
    every_year: StrictBool = Field(
        False,
        description="Whether a plan over a life puts in the limit of this coverage in every year of work before 65.",
    )
    own_contributions: Money = Field(0.0, description="What the person has put in and deducts so far, dollars.")
    share_of_family_limit: Share | None = Field(
        None,
        description="The part of the family limit that spouses agreed to give to this person; when absent, what the "
        "other leaves, or half.",
    )


class EstimatedPayment(Table):
    """[[payments.estimates]]: an estimated payment already made for the start year."""

    date: Date = Field(description="The day of payment.")
    amount: PositiveMoney = Field(description="The payment, dollars.")


class IncomeItem(Table):
    """[[payments.income]]: income that ordinary withholding does not cover: a vest, a conversion, a gain."""

    name: Text = Field(description="What to call it.")
    kind: IncomeKind = Field(
        description="vest or bonus (part of the pay of a job), conversion (its taxable part), gain (long-term) or "
        "other (ordinary income)."
    )
    date: Date = Field(description="The day on which it is income, in the start year.")
    amount: PositiveMoney = Field(description="The income, dollars.")
    employer: Text | None = Field(
        None, description="Who pays a vest or a bonus; the higher flat rate begins at a sum for each employer."
    )
    withheld: Money | None = Field(
        None,
        description="Federal income tax withheld from it, dollars; when absent, the flat rate on supplemental wages "
        "for a vest or a bonus, else nothing.",
    )


class Payments(Table):
    """[payments]: last year's tax, and what has been withheld and paid for the start year."""

    as_of: Date = Field(description="The day up to which withholding and payments so far are counted.")
    prior_year_tax: Money = Field(
        description="Tax of the return of the year before the start year (Form 1040, line 24, less refundable credits; "
        "Form 2210, line 8), dollars."
    )
    prior_year_agi: Money = Field(description="Adjusted gross income of that return, dollars.")
    withheld_so_far: Money = Field(
        description="Federal income tax withheld in the start year through as_of, everything in it, the "
        "additional Medicare tax too, dollars."
    )
    withholding_to_come: Money = Field(
        description="Federal income tax that paychecks after as_of will withhold this year, dollars, without what is "
        "withheld from the income listed below, or from bonuses and stock pay of [[jobs]]."
    )
    expected_tax: Money | None = Field(
        None,
        description="This year's total tax less refundable credits, dollars; when absent, computed from the file.",
    )
    estimates: tuple[EstimatedPayment, ...] = Field((), description="Estimated payments made for the start year.")
    income: tuple[IncomeItem, ...] = Field((), description="Vests, bonuses, conversions, gains and other income.")
