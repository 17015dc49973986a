"""The options of `rothwell inherit` as the command line declares them; light, for it is read at every start."""

from __future__ import annotations

from typing import Annotated

import typer

Balance = Annotated[str, typer.Option(metavar="DOLLARS", show_default=False, help="What is in it as drawing begins.")]
OwnerBorn = Annotated[str, typer.Option(metavar="DATE", show_default=False, help="The owner's date of birth.")]
Died = Annotated[str, typer.Option(metavar="DATE", show_default=False, help="When the owner died.")]
HeirBorn = Annotated[
    str | None, typer.Option(metavar="DATE", help="The heir's date of birth; none for --relation none.")
]
Relation = Annotated[
    str,
    typer.Option(
        metavar="WORD",
        help="child (of the owner), grandchild, sibling, niece_nephew, other, spouse, disabled or none (an estate).",
    ),
]
Roth = Annotated[bool, typer.Option("--roth", help="A Roth IRA, or a designated Roth account.")]
TenYears = Annotated[
    bool, typer.Option("--ten-years", help="A spouse or another eligible heir chooses the ten-year rule.")
]
Trust = Annotated[bool, typer.Option("--trust", help="A see-through trust for the heir keeps what it draws.")]
Wages = Annotated[str, typer.Option(metavar="DOLLARS", help="The heir's own wages.")]
FilingStatus = Annotated[str, typer.Option(metavar="STATUS", help="The heir's: single, mfj or hoh.")]
ParentsRate = Annotated[str, typer.Option(metavar="RATE", help="Tax rate of the parents of an heir below 18.")]
HeirState = Annotated[
    str | None, typer.Option(metavar="STATE", help="Where the heir lives, two letters; default: no state tax.")
]
Before = Annotated[
    str | None,
    typer.Option(
        metavar="DOLLARS,...",
        help="Balances of all the owner's IRAs on 31 December before the death, this one first, with commas: for what "
        "is left of the year of death.",
    ),
]
Taken = Annotated[str, typer.Option(metavar="DOLLARS", help="What the owner had drawn of them in the year of death.")]
