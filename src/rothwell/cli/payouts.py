"""Commands about money that leaves a plan or turns Roth: one distribution, conversions through a year, an heir's."""

from __future__ import annotations

from typing import Annotated

import typer

from rothwell.cli.app import LATEST_YEAR, AsJson, Command, app, show, today
from rothwell.report import distribution_arguments as payout
from rothwell.report import inherit_arguments as asked


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


@app.command(
    cls=Command,
    short_help="An inherited plan or IRA: what must be drawn, and three ways of drawing it.",
    epilog="Example: rothwell inherit --balance 1000000 --owner-born 1957-05-01 --died 2025-06-01 "
    "--heir-born 1985-01-01 --wages 100000",
)
def inherit(
    balance: asked.Balance,
    owner_born: asked.OwnerBorn,
    died: asked.Died,
    heir_born: asked.HeirBorn = None,
    relation: asked.Relation = "child",
    roth: asked.Roth = False,
    ten_years: asked.TenYears = False,
    trust: asked.Trust = False,
    wages: asked.Wages = "0",
    filing_status: asked.FilingStatus = "single",
    parents_rate: asked.ParentsRate = "24%",
    state: asked.HeirState = None,
    before: asked.Before = None,
    taken: asked.Taken = "0",
    year: Annotated[
        int | None,
        typer.Option(
            metavar="YEAR",
            min=1900,
            max=LATEST_YEAR,
            help="Whose law, and the first year of drawing; default: this year.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """What the law asks of who inherits a plan or an IRA, and what three ways of drawing it leave after tax."""
    from rothwell.report.inherit_text import InheritOptions, inherit_json, inherit_of, print_inherit

    options = InheritOptions(
        balance=balance,
        owner_born=owner_born,
        died=died,
        heir_born=heir_born,
        relation=relation,
        roth=roth,
        ten_years=ten_years,
        trust=trust,
        wages=wages,
        filing_status=filing_status,
        parents_rate=parents_rate,
        state=state,
        before=before,
        taken=taken,
        year=year or today().year,
    )
    return show(inherit_of(options), as_json, inherit_json, print_inherit)
