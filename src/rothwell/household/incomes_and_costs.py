"""[[incomes]] and [[costs]] of the household file: money that comes or goes beside pay, benefits and living."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rothwell.household.table import Money, Share, Table, Text, Year

RisesWith = Literal["prices", "medical_prices", "nothing"]
IncomeKind = Literal["ordinary", "investment", "untaxed"]


class _Flow(Table):
    """What incomes and costs have in common."""

    name: Text = Field(description="What to call it.")
    amount: Money = Field(
        description="Dollars a year, of the start year; of each year where it rises with nothing. Once, with `year`."
    )
    year: Year | None = Field(None, description="The year of something that comes once.")
    first_year: Year | None = Field(
        None, description="The first year of something that comes every year; the start year when absent."
    )
    last_year: Year | None = Field(
        None, description="The last year of something that comes every year; it goes on for life when absent."
    )
    rises_with: RisesWith = Field(
        "prices", description="What the amount rises with: prices, medical_prices or nothing."
    )
    person: Text | None = Field(
        None, description="The person with whose life it ends; when absent, it lasts while anybody lives."
    )

    @property
    def first(self) -> int | None:
        """Its first year; None: the start year."""
        return self.first_year if self.year is None else self.year

    @property
    def last(self) -> int | None:
        """Its last year; None: it goes on."""
        return self.last_year if self.year is None else self.year

    def comes_in(self, year: int, start_year: int) -> bool:
        """Whether it comes in a year of a plan that begins in the start year."""
        first = start_year if self.first is None else self.first
        return first <= year and (self.last is None or year <= self.last)


class Income(_Flow):
    """[[incomes]]: an income beside pay, benefits and pensions: an annuity, rent, an inheritance."""

    kind: IncomeKind = Field(
        "ordinary",
        description="How it is taxed: ordinary; investment (as interest: it counts for the net investment income tax "
        "too); or untaxed, such as a gift or an inheritance.",
    )
    taxable_share: Share = Field(1.0, description="The part of it that is taxed, such as that of an annuity.")
    survivor_share: Share = Field(
        0.0, description="The part of it that a spouse goes on receiving after the person's death."
    )


class Cost(_Flow):
    """[[costs]]: a cost beside living: child care, a loan payment, tuition from year to year."""
