"""Markets, asset mixes and the taxable account in a household file."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from rothwell.household.amounts import Number, Rate, Whole
from rothwell.household.table import Age, Fee, Money, Share, Table, Text, Year
from rothwell.law import Growth

MarketKind = Literal["lognormal", "fixed", "bootstrap", "historical"]
BasisMethod = Literal["average", "highest_first"]
FROM_HISTORY = ("bootstrap", "historical")
"""The kinds of market whose returns and prices are those of past years."""

Correlation = Annotated[float, Number(-1.0, 1.0)]


class Asset(Table):
    """[market.stocks], [market.bonds], [market.cash]: what is assumed of one kind of asset."""

    mean_return: Annotated[float, Rate(-0.05, 0.2)] = Field(
        description="Mean return before fees and inflation, a rate a year."
    )
    deviation: Annotated[float, Rate(0.0, 0.6)] = Field(description="Standard deviation of the yearly return.")


class Correlations(Table):
    """[market.correlations]: how the yearly returns of the assets and inflation move together, -1 to 1."""

    stocks_bonds: Correlation = Field(0.0, description="Between the returns of stocks and of bonds.")
    stocks_cash: Correlation = Field(0.0, description="Between the returns of stocks and of cash.")
    stocks_inflation: Correlation = Field(0.0, description="Between the return of stocks and inflation.")
    bonds_cash: Correlation = Field(0.3, description="Between the returns of bonds and of cash.")
    bonds_inflation: Correlation = Field(-0.1, description="Between the return of bonds and inflation.")
    cash_inflation: Correlation = Field(0.4, description="Between the return of cash and inflation.")


class Market(Table):
    """[market]: assumptions about markets, prices and fees."""

    kind: MarketKind = Field(
        "lognormal",
        description="Returns at random (lognormal), the same each year (fixed), blocks of past years drawn at random "
        "(bootstrap), or the past from each start year on (historical).",
    )
    mean_return: Annotated[float, Rate(-0.05, 0.2)] = Field(
        0.06, description="Mean return of the one portfolio of a file without [[mixes]], before fees and inflation."
    )
    deviation: Annotated[float, Rate(0.0, 0.6)] = Field(
        0.12, description="Standard deviation of the yearly return of the one portfolio of a file without [[mixes]]."
    )
    inflation: Annotated[float, Rate(-0.02, 0.2)] = Field(
        0.025, description="Growth of consumer prices, a rate a year."
    )
    inflation_deviation: Annotated[float, Rate(0.0, 0.1)] = Field(
        0.01, description="Standard deviation of yearly inflation."
    )
    stocks: Asset = Field(
        Asset(mean_return=0.075, deviation=0.19), description="Stocks, for the markets of a file with [[mixes]]."
    )
    bonds: Asset = Field(
        Asset(mean_return=0.04, deviation=0.08), description="Bonds, for the markets of a file with [[mixes]]."
    )
    cash: Asset = Field(
        Asset(mean_return=0.03, deviation=0.01), description="Cash, for the markets of a file with [[mixes]]."
    )
    correlations: Correlations = Field(
        Correlations(), description="How assets and inflation move together in a lognormal market with [[mixes]]."
    )
    block_years: Annotated[int, Whole(1, 40)] = Field(
        5, description="Length in years of the blocks of past years that a bootstrap draws."
    )
    historical_start: Year | None = Field(
        None,
        description="For the kind historical: the one past year with which every future begins; when absent, each past "
        "year in turn.",
    )
    dividend_yield: Annotated[float, Rate(0.0, 0.1)] = Field(
        0.016,
        description="The part of the return paid out as dividends, a rate a year: of stocks in a file with [[mixes]], "
        "else of the portfolio.",
    )
    interest_yield: Annotated[float, Rate(0.0, 0.1)] = Field(
        0.0,
        description="The part of the return of the one portfolio of a file without [[mixes]] paid out as interest, a "
        "rate a year.",
    )
    bond_yield: Annotated[float, Rate(0.0, 0.1)] = Field(
        0.04, description="The part of the return of bonds paid out as interest, a rate a year, with [[mixes]]."
    )
    wage_growth_over_inflation: Annotated[float, Rate(-0.05, 0.1)] = Field(
        0.01, description="Growth of wages above inflation, a rate a year."
    )
    medical_growth_over_inflation: Annotated[float, Rate(-0.05, 0.1)] = Field(
        0.02, description="Growth of medical costs above inflation, a rate a year."
    )
    chained_cpi_gap: Annotated[float, Rate(-0.01, 0.02)] = Field(
        0.0025, description="How far chained inflation, which indexes brackets, lags consumer prices, a rate a year."
    )
    plan_fee: Fee = Field(0.001, description="Fund expenses in employer plans, a rate a year.")
    taxable_fee: Fee = Field(0.0005, description="Fund expenses in taxable accounts, a rate a year.")
    ira_fee: Fee = Field(0.0005, description="Fund expenses in IRAs, a rate a year.")
    spending_timing: Literal["start", "end"] = Field(
        "start", description="Whether a year's spending is taken at the start or at the end of the year."
    )

    @property
    def growth(self) -> Growth:
        """The growth of the law's index series that the household assumes."""
        return Growth(
            self.inflation,
            self.chained_cpi_gap,
            self.wage_growth_over_inflation,
            self.medical_growth_over_inflation,
        )

    @property
    def is_drawn_by_chance(self) -> bool:
        """Whether two futures of this market can differ."""
        return self.kind != "fixed" and (self.kind != "historical" or self.historical_start is None)


class GlidePoint(Table):
    """[[mixes.glide]]: what a mix has become by a year or an age."""

    year: Year | None = Field(None, description="The year in which the mix has these weights; or age.")
    age: Age | None = Field(
        None, description="The age of the first person of the file, in whole years, with these weights; or year."
    )
    stocks: Share = Field(0.0, description="Weight of stocks.")
    bonds: Share = Field(0.0, description="Weight of bonds.")
    cash: Share = Field(0.0, description="Weight of cash.")

    @property
    def weights(self) -> tuple[float, float, float]:
        """Stocks, bonds and cash."""
        return self.stocks, self.bonds, self.cash


class Mix(Table):
    """[[mixes]]: weights of stocks, bonds and cash, restored every year; the first serves accounts that name none."""

    name: Text = Field(description="What to call the mix; accounts refer to it.")
    stocks: Share = Field(0.0, description="Weight of stocks in the start year.")
    bonds: Share = Field(0.0, description="Weight of bonds in the start year.")
    cash: Share = Field(0.0, description="Weight of cash in the start year.")
    glide: tuple[GlidePoint, ...] = Field(
        (), description="What the weights become, in straight lines from one point to the next; the last ones stay."
    )

    @property
    def weights(self) -> tuple[float, float, float]:
        """Stocks, bonds and cash in the start year."""
        return self.stocks, self.bonds, self.cash


class TaxableAccount(Table):
    """[taxable_account]: how the money in taxable accounts is held and taxed."""

    basis_method: BasisMethod = Field(
        "average",
        description="Which shares are sold: average (every share alike, at average basis) or highest_first (lots with "
        "the highest basis first).",
    )
    qualified_share: Share = Field(1.0, description="The part of the dividends that are qualified dividends.")
    turnover: Share = Field(
        0.0, description="The part of the unrealized gain that is realized each year without a sale for cash."
    )
    short_term_share: Share = Field(0.0, description="The part of the gains from turnover that is short-term.")
    short_term_loss_carryover: Money = Field(
        0.0, description="Short-term capital loss carried into the start year, dollars, as a positive number."
    )
    long_term_loss_carryover: Money = Field(
        0.0, description="Long-term capital loss carried into the start year, dollars, as a positive number."
    )
