"""Where the household lives, and what of state and local income tax the file itself must say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field, StrictBool

from rothwell.household.amounts import Rate, State
from rothwell.household.table import Age, Money, Table, Year

TaxRate = Annotated[float, Rate(0.0, 0.2)]


class StateRates(Table):
    """Flat rates of a state whose law is not held: on income without deductions, Social Security left out."""

    income: TaxRate = Field(description="Rate on wages, interest and all income that the other rates are not for.")
    gains: TaxRate | None = Field(
        None, description="Rate on long-term gains and qualified dividends; that on income when absent."
    )
    retirement: TaxRate | None = Field(
        None, description="Rate on pensions, distributions and conversions; that on income when absent."
    )


class StateEstateTax(Table):
    """An estate tax in the place of the state's own."""

    exclusion: Money = Field(description="What it spares, dollars of the start year; it rises with prices.")
    rate: Annotated[float, Rate(0.0, 0.4)] = Field(description="Rate on what exceeds it.")


class Home(Table):
    """Where a household lives, and the income tax there."""

    state: Annotated[str, State()] = Field(description="State of residence as its two postal letters, such as WA.")
    local_rate: TaxRate | None = Field(
        None, description="Rate of local income tax, in states whose law has one, such as 0.032 in Maryland."
    )
    new_york_city: StrictBool = Field(False, description="Whether the household lives in New York City.")
    state_rates: StateRates | None = Field(
        None, description="Flat rates of income tax, for a state whose law is not held; without them none is counted."
    )

    state_estate_tax: StateEstateTax | None = Field(
        None, description="An estate tax in the place of that of the state; the state's own when absent."
    )


class Residence(Home):
    """[[residence]]: a move to another state, or within it to where the local tax differs."""

    year: Year | None = Field(None, description="The first year there.")
    age: Age | None = Field(
        None, description="In the place of the year: the age of the first person of the file in the first year there."
    )


def home_of_year(first: Home, moves: Sequence[Residence], born: int, year: int) -> Home:
    """Where a household lives in a year that begins in the first home; `born` is the first person's year of birth."""
    dated = [(one.year if one.year is not None else born + (one.age or 0), one) for one in moves]
    dated.sort(key=lambda move: move[0], reverse=True)
    return next((home for begin, home in dated if begin <= year), first)
