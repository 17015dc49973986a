"""rothwell plan: the whole answer."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rothwell.cli.app import LATEST_YEAR, Command, HouseholdFile, app, today


class Measured(StrEnum):
    """Which measures an answer has."""

    MAIN = "main"
    ALL = "all"


@app.command(
    cls=Command,
    short_help="The whole answer, and what to do this year.",
    epilog="Example: rothwell plan examples/couple.toml --html couple.html",
)
def plan(
    household_file: HouseholdFile,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the report as a page.")] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the answer as JSON; - is standard output.")
    ] = None,
    csv: Annotated[Path | None, typer.Option(metavar="DIR", help="Write the tables as CSV files.")] = None,
    paths: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="How many possible futures; default: 10,000.")
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(metavar="N", min=0, help="The seed of chance: the same seed, the same futures; default: 1."),
    ] = None,
    landscape: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME|FILE", help="Possible future laws to plan under; may be given several times."),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(metavar="YEAR", min=1900, max=LATEST_YEAR, help="The first year; default: the file's start_year."),
    ] = None,
    measures: Annotated[
        Measured,
        typer.Option(help="The measures that are quick, or all; a page has all of them."),
    ] = Measured.MAIN,
    threads: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="Threads to use; default: every core. The answer is the same."),
    ] = None,
) -> int:
    """The whole answer: the room, what to do, the strategies, the plan year by year."""
    from rothwell.report.plan_command import run_plan
    from rothwell.report.plan_options import PlanOptions

    options = PlanOptions(
        household_file=household_file,
        today=today(),
        html_file=html,
        json_file=json_file,
        csv_directory=csv,
        paths=paths,
        seed=seed,
        landscapes=tuple(landscape or ()),
        year=year,
        threads=threads,
        all_measures=measures is Measured.ALL,
    )
    return run_plan(options)
