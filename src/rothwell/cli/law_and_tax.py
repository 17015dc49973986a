"""Commands about the law alone: many returns, and a figure with its source."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rothwell.cli.app import DONE, LATEST_YEAR, AsJson, Command, app, console, print_json, today
from rothwell.errors import InputError


@app.command(
    cls=Command,
    short_help="Many federal returns from a CSV file.",
    epilog="Example: rothwell tax returns.csv --out taxes.csv --year 2026",
)
def tax(
    returns_file: Annotated[
        Path, typer.Argument(metavar="RETURNS.csv", help="A row for each return.", show_default=False)
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="TAXES.csv", help="Where the taxes go, a row for each return.")
    ] = None,
    year: Annotated[
        int | None, typer.Option(metavar="YEAR", min=1900, max=LATEST_YEAR, help="The tax year; default: this year.")
    ] = None,
    explain: Annotated[str | None, typer.Option(metavar="ID", help="Show the worksheet lines of one return.")] = None,
    rates: Annotated[
        float,
        typer.Option(
            metavar="DOLLARS",
            min=0.0,
            help="Add the marginal rates, what so many dollars of a conversion cost in all, and the cliffs ahead.",
        ),
    ] = 0.0,
    tax_table: Annotated[
        bool, typer.Option("--tax-table", help="Tax below 100,000 by the IRS tables, as on a paper return.")
    ] = False,
) -> int:
    """Many returns through the tax code; --explain shows the lines of one with their law."""
    from rothwell.report.worksheet_text import worksheets_as_text
    from rothwell.tax.returns import ReturnOptions
    from rothwell.tax.returns import run as run_returns

    if out is None and explain is None:
        raise InputError("nothing to do", allowed="--out TAXES.csv, --explain ID, or both")
    return run_returns(
        returns_file,
        year or today().year,
        out,
        explain,
        lambda words: typer.echo(words, err=True),
        lambda sheets: typer.echo(worksheets_as_text(sheets), nl=False),
        ReturnOptions(by_table=tax_table, rates=rates),
    )


@app.command(
    cls=Command,
    short_help="A figure of the law and where it comes from.",
    epilog="Example: rothwell law 415c --year 2027",
)
def law(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help="A figure's name, such as 415c or NY.exclusion; a state, such as NY, for all of its; without it, all.",
        ),
    ] = None,
    year: Annotated[
        int | None, typer.Option(metavar="YEAR", min=1, max=LATEST_YEAR, help="The year; default: this year.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """A figure of the law: value, statute, source, how it is indexed, its history, whether it is projected."""
    from rothwell.law.states import POSTAL_LETTERS
    from rothwell.report.law_text import all_json, law_json, print_all, print_law

    chosen = year or today().year
    code = name.upper() if name is not None and name.upper() in POSTAL_LETTERS else None
    if as_json:
        print_json(all_json(chosen, code) if name is None or code else law_json(name, chosen))
    elif name is None or code:
        print_all(chosen, console(), code)
    else:
        print_law(name, chosen, console())
    return DONE
