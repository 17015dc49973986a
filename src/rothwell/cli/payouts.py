"""Commands about money that leaves a plan or turns Roth: one distribution, conversions through a year."""

from __future__ import annotations

from typing import Annotated

import typer

from rothwell.cli.app import LATEST_YEAR, AsJson, Command, app, show, today
from rothwell.report import distribution_arguments as payout


@app.command(
    cls=Command,
    short_help="A payout of a plan with after-tax money, destination by destination.",
    epilog="Example: rothwell distribution --pre-tax 200000 --after-tax 50000 --amount 100000 "
    "--direct traditional_ira=80000 --direct roth_ira=20000",
)
def distribution(
    pre_tax: payout.PreTax,
    after_tax: payout.AfterTax,
    amount: payout.Amount,
    direct: payout.Direct = None,
    rollover_60_day: payout.Rollover60Day = None,
    pre_tax_first: payout.PreTaxFirst = None,
    separate_subaccount: payout.SeparateSubaccount = False,
    designated_roth: payout.DesignatedRoth = False,
    first_roth_year: payout.FirstRothYear = None,
    shares_value: payout.SharesValue = None,
    shares_cost: payout.SharesCost = None,
    age: payout.Age = None,
    separated_at: payout.SeparatedAt = None,
    public_safety: payout.PublicSafety = False,
    year: Annotated[
        int | None,
        typer.Option(metavar="YEAR", min=1900, max=LATEST_YEAR, help="The year of payment; default: this year."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """How a payout of pre-tax and after-tax money is split, taxed, withheld from and reported (Notice 2014-54)."""
    from rothwell.report.distribution_options import DistributionOptions
    from rothwell.report.distribution_text import answer_of, distribution_json, print_distribution

    options = DistributionOptions(
        pre_tax=pre_tax,
        after_tax=after_tax,
        amount=amount,
        direct=tuple(direct or ()),
        rollover_60_day=tuple(rollover_60_day or ()),
        pre_tax_first=tuple(pre_tax_first or ()),
        separate_subaccount=separate_subaccount,
        designated_roth=designated_roth,
        shares_value=shares_value,
        shares_cost=shares_cost,
        age=age,
        separated_at=separated_at,
        public_safety=public_safety,
        first_roth_year=first_roth_year,
        year=year or today().year,
    )
    return show(answer_of(options), as_json, distribution_json, print_distribution)


@app.command(
    cls=Command,
    short_help="What it costs to convert after-tax money less often.",
    epilog="Example: rothwell conversion --after-tax 38200 --return 7% --rate 35%",
)
def conversion(
    after_tax: Annotated[
        str, typer.Option(metavar="DOLLARS", show_default=False, help="After-tax contributions of the year.")
    ],
    yearly_return: Annotated[
        str,
        typer.Option("--return", metavar="RATE", show_default=False, help="What the money earns a year: 7% or 0.07."),
    ],
    rate: Annotated[
        str, typer.Option(metavar="RATE", show_default=False, help="Your marginal tax rate, state included.")
    ],
    paychecks: Annotated[int, typer.Option(metavar="N", show_default=False, help="A year; default: 26.")] = 26,
    earnings_to_traditional_ira: Annotated[
        bool,
        typer.Option(
            "--earnings-to-traditional-ira", help="Roll contributions to a Roth IRA, earnings to a traditional IRA."
        ),
    ] = False,
    year: Annotated[
        int | None, typer.Option(metavar="YEAR", min=1900, max=LATEST_YEAR, help="The year; default: this year.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """What a year of after-tax contributions earns until it moves to Roth, and the tax: by every paycheck to yearly."""
    from rothwell.report.conversion_text import ConversionOptions, conversions_json, conversions_of, print_conversions

    chosen = year or today().year
    answer = conversions_of(
        ConversionOptions(after_tax, yearly_return, rate, paychecks, earnings_to_traditional_ira, chosen)
    )
    return show(answer, as_json, conversions_json, print_conversions)
