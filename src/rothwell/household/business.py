"""[[businesses]]: a business that a person owns and works in, and the owner's own plan in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, StrictBool

from rothwell.household.amounts import DollarsOrMaximum, Rate
from rothwell.household.jobs import Conversion
from rothwell.household.table import Money, Share, Table, Text

MoneyOrMaximum = Annotated[float | Literal["max"], DollarsOrMaximum()]


class OwnerPlan(Table):
    """[businesses.plan]: the owner's plan, such as a solo 401(k), and what the owner does with it."""

    elective_deferral: MoneyOrMaximum = Field(
        "max", description='Elective deferrals planned, dollars a year with catch-up contributions in them, or "max".'
    )
    deferral_kind: Literal["pre_tax", "roth"] = Field(
        "pre_tax", description="Whether elective deferrals are pre_tax or roth."
    )
    roth_deferrals: StrictBool = Field(True, description="Whether the plan takes Roth deferrals.")
    catch_up_60_63: StrictBool = Field(True, description="Whether the plan has the higher catch-up at 60 to 63.")
    profit_sharing: MoneyOrMaximum = Field(
        0.0,
        description="What the business puts in for the owner, dollars a year, or the most that fits beside the "
        'deferrals: "max".',
    )
    profit_sharing_rate: Share | None = Field(
        None,
        description="The same as a share of the earned income that is left after it, in the place of profit_sharing.",
    )
    after_tax_contributions: StrictBool = Field(
        False, description="Whether the plan takes after-tax (non-Roth) contributions."
    )
    after_tax_dollar_cap: Money | None = Field(
        None, description="The plan's own cap on after-tax contributions, dollars a year."
    )
    conversion: Conversion = Field(
        "none", description="How often the plan converts after-tax money to Roth inside the plan."
    )
    in_service_rollover: StrictBool = Field(
        False, description="Whether after-tax money may be rolled over to a Roth IRA while still at work."
    )


class OwnerYearToDate(Table):
    """[businesses.year_to_date]: what has already gone into the plan in the start year."""

    elective_deferrals: Money = Field(0.0, description="Elective deferrals so far this year, dollars, with catch-up.")
    profit_sharing: Money = Field(0.0, description="What the business has put in for the owner so far, dollars.")
    after_tax: Money = Field(0.0, description="After-tax contributions so far this year, dollars.")


class Business(Table):
    """[[businesses]]: a sole proprietorship, or a partner's share of a partnership."""

    person: Text = Field(description="The name of the person who owns it and works in it.")
    name: Text = Field(description="What to call the business.")
    net_profit: Money = Field(
        description="Net profit for the start year, dollars (Schedule C, line 31), before the owner's own plan."
    )
    growth: Annotated[float, Rate(-0.2, 0.2)] = Field(
        0.0, description="Growth of the profit above the growth of wages, a rate a year."
    )
    specified_service: StrictBool = Field(
        False,
        description="Whether it is a specified service trade or business (health, law, accounting, consulting and "
        "others of IRC 199A(d)(2)).",
    )
    wages_paid: Money = Field(0.0, description="Wages that it pays to others, dollars a year (Form W-2).")
    controlled_group: Text | None = Field(
        None, description="A name that related employers of the file have in common: they share one limit."
    )
    plan: OwnerPlan | None = Field(None, description="The owner's retirement plan; absent when there is none.")
    year_to_date: OwnerYearToDate = Field(
        default_factory=OwnerYearToDate, description="What has already gone into the plan in the start year."
    )


@dataclass(frozen=True, slots=True)
class Slip:
    """Something in a business that cannot be used: where in its table, what, and what is allowed."""

    field: tuple[str | int, ...]
    message: str
    found: object
    allowed: str


def slips_between(
    businesses: Mapping[int, Business], employers: Iterable[tuple[str, str]]
) -> Iterator[tuple[int, Slip]]:
    """What does not fit together in and between businesses; `employers` are those of the jobs, with the person."""
    taken, owners = set(employers), set()
    for index, business in businesses.items():
        if (business.person, business.name) in taken:
            message = "is listed before as an employer of the same person"
            yield index, Slip(("name",), message, business.name, "each name once")
        elif business.person in owners:
            message = (
                f"is a second business of {business.person}: businesses of one owner are one employer (IRC 414(c))"
            )
            yield index, Slip(("name",), message, business.name, "one [[businesses]] table with their profit together")
        owners.add(business.person)
        for slip in _of_plan(business):
            yield index, slip


def _of_plan(business: Business) -> Iterator[Slip]:
    plan, facts = business.plan, business.year_to_date
    if plan is None:
        if facts.elective_deferrals or facts.profit_sharing or facts.after_tax:
            words = "is given, but the business has no plan"
            yield Slip(("year_to_date",), words, None, "a [businesses.plan] table for the plan")
        return
    if not plan.roth_deferrals and plan.deferral_kind == "roth":
        message = "is roth, but the plan takes no Roth deferrals"
        yield Slip(("plan", "deferral_kind"), message, "roth", "pre_tax, or roth_deferrals = true")
    if not plan.roth_deferrals and plan.conversion != "none":
        message = "needs a plan that takes Roth deferrals (IRC 402A(c)(4)(B))"
        yield Slip(("plan", "conversion"), message, plan.conversion, "none, or roth_deferrals = true")
    if plan.after_tax_dollar_cap is not None and not plan.after_tax_contributions:
        message = "is given, but the plan takes no after-tax contributions"
        allowed = "after_tax_contributions = true, or no after_tax_dollar_cap"
        yield Slip(("plan", "after_tax_dollar_cap"), message, plan.after_tax_dollar_cap, allowed)
    if plan.profit_sharing_rate is not None and plan.profit_sharing:
        message = "is given beside profit_sharing"
        allowed = "one of the two"
        yield Slip(("plan", "profit_sharing_rate"), message, plan.profit_sharing_rate, allowed)
