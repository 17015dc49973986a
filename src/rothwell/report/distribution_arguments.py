"""The options of `rothwell distribution` as the command line declares them; light, for it is read at every start."""

from __future__ import annotations

from typing import Annotated

import typer

PreTax = Annotated[
    str,
    typer.Option(
        metavar="DOLLARS",
        show_default=False,
        help="Pre-tax money in the plan: deferrals, employer money, all earnings.",
    ),
]
AfterTax = Annotated[
    str, typer.Option(metavar="DOLLARS", show_default=False, help="After-tax contributions still in the plan.")
]
Amount = Annotated[str, typer.Option(metavar="DOLLARS", show_default=False, help="What leaves the plan.")]
Direct = Annotated[
    list[str] | None,
    typer.Option(
        metavar="TO=DOLLARS",
        help="A direct rollover to traditional_ira, roth_ira, plan (another employer's), in_plan_roth or "
        "governmental_457b; several side by side with commas, or the option again. What goes nowhere is paid in cash.",
    ),
]
Rollover60Day = Annotated[
    list[str] | None,
    typer.Option(
        metavar="TO=DOLLARS",
        help="A rollover within 60 days of what was paid to you first; several as for --direct.",
    ),
]
PreTaxFirst = Annotated[
    list[str] | None,
    typer.Option(
        metavar="TO",
        help="A destination that takes pre-tax money before others; may be given several times. Default: traditional "
        "ones first.",
    ),
]
SeparateSubaccount = Annotated[
    bool,
    typer.Option(
        "--separate-subaccount",
        help="The plan keeps after-tax contributions and their earnings apart: --pre-tax is then those earnings.",
    ),
]
DesignatedRoth = Annotated[
    bool,
    typer.Option(
        "--designated-roth",
        help="The money is in a designated Roth account: --pre-tax is its earnings, --after-tax its basis; it goes to "
        "roth_ira or roth_plan (another employer's).",
    ),
]
FirstRothYear = Annotated[
    int | None,
    typer.Option(
        metavar="YEAR", min=1900, max=2200, help="With --designated-roth: the first year of contributions to it."
    ),
]
SharesValue = Annotated[
    str | None,
    typer.Option(metavar="DOLLARS", help="Employer's shares paid to you as shares, in a payout of everything."),
]
SharesCost = Annotated[str | None, typer.Option(metavar="DOLLARS", help="What the plan paid for them.")]
Age = Annotated[float | None, typer.Option(metavar="YEARS", help="Your age on the day of payment, 59.5 for 59 1/2.")]
SeparatedAt = Annotated[
    int | None,
    typer.Option(
        metavar="AGE", help="The age you reached in the year you left this employer; without it, you are still there."
    ),
]
PublicSafety = Annotated[
    bool, typer.Option("--public-safety", help="A public safety employee or firefighter: 50 in the place of 55.")
]
