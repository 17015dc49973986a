"""The accounts of a household file, with the ledger that a Roth account may state."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rothwell.household.table import Fee, Money, Table, Text, Year

AccountKind = Literal["taxable", "pre_tax_plan", "traditional_ira", "roth_plan", "roth_ira", "after_tax_plan", "hsa"]

JOINT = "joint"
"""The owner of an account that belongs to both spouses."""


class RothConversion(Table):
    """[[accounts.conversions]]: what is left in a Roth account of the conversions of one year."""

    year: Year = Field(description="The year of the conversion.")
    taxable: Money = Field(
        description="The part that was taxed at the conversion, dollars: pre-tax money, earnings of after-tax money."
    )
    untaxed: Money = Field(
        description="The part that was not taxed at the conversion, dollars: after-tax contributions, IRA basis."
    )

    @property
    def total(self) -> float:
        """Both parts, dollars."""
        return self.taxable + self.untaxed


class Account(Table):
    """[[accounts]]: money that the household has."""

    kind: AccountKind = Field(
        description="taxable, pre_tax_plan, traditional_ira, roth_plan, roth_ira, after_tax_plan (after-tax money in a "
        "plan, not converted) or hsa."
    )
    owner: Text = Field(description='The name of the person who owns it, or "joint" for a taxable account of two.')
    balance: Money = Field(description="What the account is worth now, dollars.")
    basis: Money | None = Field(
        None,
        description="Dollars on which tax was paid: cost basis of a taxable account (required), contributions and "
        "conversions in a Roth account, contributions in an after_tax_plan account (required), nondeductible "
        "contributions in a traditional IRA.",
    )
    state_basis: Money | None = Field(
        None,
        description="What of a pre_tax_plan or traditional_ira account the state of residence has taxed already, "
        "dollars: contributions to an IRA or 403(b) plan in New Jersey, to an IRA in Massachusetts, deferrals in "
        "Pennsylvania.",
    )
    contributions: Money | None = Field(
        None,
        description="Regular contributions in a roth_ira account that are not withdrawn yet, dollars; when absent, the "
        "basis less the conversions.",
    )
    first_roth_year: Year | None = Field(
        None,
        description="The first tax year for which money went into any Roth IRA of the person, or into the Roth account "
        "of this plan: it starts the five years; when absent, the year of the first conversion given, else the start "
        "year (in a plan over a life the five years then count as over).",
    )
    conversions: tuple[RothConversion, ...] = Field(
        (),
        description="Conversions in a roth_ira account, or in-plan conversions in a roth_plan account, that are not "
        "withdrawn yet: a table for each year.",
    )
    left_in: Year | None = Field(
        None,
        description="The year in which the owner left the employer of this pre_tax_plan account, when that is past: "
        "money of a plan left in or after the year of 55 bears no 10% tax; when absent, taken as left before.",
    )
    employer: Text | None = Field(None, description="The employer of a plan account.")
    mix: Text | None = Field(
        None, description="The name of the mix that the account holds; when absent, the first of [[mixes]]."
    )
    fee: Fee | None = Field(None, description="Fund expenses, a rate a year; when absent, the fee in [market].")

    @property
    def converted(self) -> float:
        """The conversions of all years, dollars."""
        return sum(one.total for one in self.conversions)
