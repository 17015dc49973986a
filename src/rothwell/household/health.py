"""[health] of the household file: premiums, other costs of health, and long-term care."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from rothwell.household.amounts import Rate, Whole
from rothwell.household.table import Age, Money, Table, Text, Year


class MarketplaceCoverage(Table):
    """[[health.marketplace]]: a plan bought on an exchange for a person who is not on Medicare yet."""

    person: Text = Field(description="The name of the person who is covered.")
    premium: Money = Field(
        description="Premium of the chosen plan, before any credit, dollars a year of the start year, at the ages at "
        "which it is paid; it rises with medical prices."
    )
    benchmark: Money = Field(
        description="Premium of the second lowest silver plan for the person, on which the credit rests, as `premium`."
    )
    first_year: Year | None = Field(
        None, description="The first year of coverage; when absent, the years in which nobody of the household works."
    )
    last_year: Year | None = Field(
        None, description="The last year of coverage; when absent, the year before Medicare begins."
    )


class LongTermCare(Table):
    """[[health.long_term_care]]: care that a person needs from an age on, or by chance."""

    person: Text = Field(description="The name of the person.")
    annual_cost: Money = Field(description="Its cost, dollars a year of the start year; it rises with medical prices.")
    years: Annotated[int, Whole(1, 60)] = Field(3, description="How many years it lasts, if the person lives so long.")
    start_age: Age = Field(description="The age at which it begins, or from which it may begin.")
    chance: Annotated[float, Rate(0.0, 1.0)] | None = Field(
        None,
        description="The chance that it begins in a year from start_age on, in which it has not begun yet; when "
        "absent, it begins at start_age.",
    )


class Health(Table):
    """[health]: costs of health of the household."""

    out_of_pocket: Money = Field(
        0.0, description="What each living person pays beside premiums, dollars a year of the start year."
    )
    part_d_premium: Money = Field(
        0.0, description="Premium of the Part D plan of each person on Medicare, dollars a year of the start year."
    )
    medigap_premium: Money = Field(
        0.0,
        description="Premium of each person on Medicare for Medigap or another supplement, dollars a year of the start "
        "year.",
    )
    marketplace: tuple[MarketplaceCoverage, ...] = Field((), description="Plans bought on an exchange.")
    long_term_care: tuple[LongTermCare, ...] = Field((), description="Care that people will or may need.")
