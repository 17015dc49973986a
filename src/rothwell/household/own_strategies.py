"""What a household file may say of strategies of one's own, compared beside those that are built in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from rothwell.household.amounts import Rate, Whole
from rothwell.household.problem import Problem
from rothwell.household.table import Share, Table, Text
from rothwell.household.toml_lines import Path
from rothwell.law import figure

Bracket = Annotated[float, Rate(0.0, 1.0)]
Limit = Annotated[float, Rate(0.0, 0.6)]
BRACKETS = ("fill_bracket", "deferred_first")
"""Keys that name a bracket by its rate."""
RATES = ("rate_before_claiming", "rate_after_claiming", "rate_after_rmds")


class OwnStrategy(Table):
    """[[strategies]]: a strategy of one's own, as readable numbers; what is left out it does as `brokerage` does."""

    name: Text = Field(description="What to call the strategy; no built-in strategy has this name.")
    roth_deferrals: Share = Field(
        0.0, description="Share of elective deferrals that is Roth: 1 all of them, 0 as the file's jobs say."
    )
    late_career_age: Annotated[int, Whole(18, 120)] = Field(
        120, description="Age of a worker from which late_roth_deferrals holds in place of roth_deferrals."
    )
    late_roth_deferrals: Share = Field(0.0, description="Share of elective deferrals that is Roth from that age on.")
    after_tax_share: Share = Field(0.0, description="Share of the room for after-tax contributions that is used.")
    conversion_waits: Share = Field(
        0.0,
        description="Share of the after-tax money that waits for its conversion until the end of the year: 0 none.",
    )
    fill_bracket: Bracket | None = Field(
        None,
        description="The bracket, by its rate in current law, to whose top conversions go from retirement until "
        "required distributions begin; none when absent.",
    )
    rate_before_claiming: Limit = Field(
        0.0,
        description="From retirement on, convert while the next dollars cost less than this rate, all effects "
        "included; 0: convert nothing.",
    )
    rate_after_claiming: Limit = Field(0.0, description="The same once anybody has benefits from Social Security.")
    rate_after_rmds: Limit = Field(0.0, description="The same once anybody must take distributions.")
    gain_harvest: Share = Field(
        0.0,
        description="From retirement until benefits, realize gains and buy back until taxable income is at this share "
        "of the end of the zero rate on gains.",
    )
    deferred_first: Bracket | None = Field(
        None,
        description="The bracket, by its rate in current law, to whose top tax-deferred money is spent before taxable "
        "money; taxable money first when absent.",
    )
    deferred_share: Share = Field(
        0.0, description="Share of what is then still needed that is taken from tax-deferred beside taxable money."
    )
    spend_to_age: Annotated[int, Whole(70, 120)] | None = Field(
        None, description="In place of amortize_to_age; that of the beliefs when absent, as for all strategies."
    )
    spend_at_rate: Annotated[float, Rate(-0.02, 0.1)] | None = Field(
        None, description="In place of real_discount_for_spending; that of the beliefs when absent."
    )
    deferred_weight: Share | None = Field(
        None, description="In place of the deferred_weight of the beliefs; that one when absent."
    )
    guardrail_width: Annotated[float, Rate(0.0, 0.9)] | None = Field(
        None, description="In place of the guardrail_width of the spending; that one when absent."
    )


def bracket_number(rate: float, year: int) -> int | None:
    """The place, 0 the lowest, of the bracket of a rate in current law; None where there is none."""
    rates = [float(one) for one in figure("rate_schedule.rate").value(year).value]
    return rates.index(rate) if rate in rates else None


def problems_of_strategies(strategies: Mapping[int, OwnStrategy], start_year: int | None) -> Iterator[Problem]:
    """Names once each, brackets of the law, and one way of converting in each strategy."""
    seen: set[str] = set()
    for index, one in strategies.items():
        path: Path = ("strategies", index)
        if one.name in seen:
            yield Problem((*path, "name"), "is the name of a strategy listed before", one.name, "each name once")
        seen.add(one.name)
        for key in BRACKETS if start_year is not None else ():
            rate = getattr(one, key)
            if rate is not None and bracket_number(rate, start_year or 0) is None:
                rates = figure("rate_schedule.rate").value(start_year or 0).value
                allowed = ", ".join(f"{float(known):.0%}" for known in rates)
                yield Problem((*path, key), "is not the rate of a bracket", rate, allowed)
        by_rate = [key for key in RATES if getattr(one, key) > 0.0]
        if one.fill_bracket is not None and by_rate:
            message = "cannot stand beside fill_bracket: a conversion has one end"
            yield Problem((*path, by_rate[0]), message, getattr(one, by_rate[0]), "fill_bracket or rates")
