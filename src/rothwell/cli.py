"""The command line: parse, call, show. Exit status 0 done, 2 bad input, 1 anything else; one line says what."""

from __future__ import annotations

import gc
import json
import os
import re
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from rothwell.errors import InputError, RothwellError
from rothwell.report import distribution_arguments as payout

if TYPE_CHECKING:
    from rich.console import Console

DONE, FAULT, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
WIDTH_OF_A_PIPE = 120
LATEST_YEAR = 2200

app = typer.Typer(
    name="rothwell",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Plan the three tax buckets of a US household: taxable, tax-deferred and Roth.",
)


class Command(TyperCommand):
    """A command whose help names an argument by the word that stands for it, without braces and without its type."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help into the formatter."""
        super().format_help(ctx, formatter)
        shown = re.sub(r" <(?:path|str)>(?=  )", "", formatter.getvalue())
        formatter.buffer[:] = [re.sub(r"\{(\S+)\}", r"\1", shown)]


HouseholdFile = Annotated[
    Path, typer.Argument(metavar="HOUSEHOLD.toml", help="The household file.", show_default=False)
]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status."""
    gc.disable()  # the process is short: looking for cycles while libraries load costs half a second
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run a command; the exit status. Every problem is one line on standard error unless ROTHWELL_DEBUG is set."""
    try:
        status = app(list(arguments), standalone_mode=False, prog_name="rothwell")
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough. What is still buffered must not fail again when Python closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAULT
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except InputError as problem:
        return _failed(str(problem), BAD_INPUT)
    except RothwellError as problem:
        return _failed(f"{type(problem).__name__}: {problem}", FAULT)
    except Exception as problem:
        usage = getattr(problem, "format_message", None)  # typer's own errors: an unknown option, a missing argument
        if usage is not None:
            return _failed(f"{usage()} (see: {_help_of(problem)})", BAD_INPUT)
        words = f"{type(problem).__name__}: {problem}"
        return _failed(f"a fault of ours: {words} (ROTHWELL_DEBUG=1 shows where)", FAULT)
    return status if isinstance(status, int) else DONE


def _failed(message: str, status: int) -> int:
    if os.environ.get("ROTHWELL_DEBUG"):
        traceback.print_exc()
    sys.stderr.write(f"rothwell: {' '.join(message.split())}\n")
    return status


def _help_of(problem: Exception) -> str:
    context = getattr(problem, "ctx", None)
    return f"{context.command_path if context else 'rothwell'} --help"


def _version(wanted: bool) -> None:
    if wanted:
        from rothwell import __version__

        typer.echo(f"rothwell {__version__}")
        raise typer.Exit


@app.callback(
    invoke_without_command=True,
    epilog="Example: rothwell plan examples/couple.toml --html couple.html",
)
def rothwell(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Plan the three tax buckets of a US household over a whole life: taxable, tax-deferred and Roth."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


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
        today=_today(),
        html_file=html,
        json_file=json_file,
        csv_directory=csv,
        paths=paths,
        seed=seed,
        landscapes=tuple(landscape or ()),
        year=year,
        threads=threads,
    )
    return run_plan(options)


@app.command(
    cls=Command,
    short_help="This year's room in the plans, and what to elect.",
    epilog="Example: rothwell capacity examples/couple.toml --json",
)
def capacity(
    household_file: HouseholdFile,
    year: Annotated[
        int | None,
        typer.Option(metavar="YEAR", min=1900, max=LATEST_YEAR, help="The year; default: the file's start_year."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Show the answer as JSON.")] = False,
) -> int:
    """How much each person can put into each employer's plan, into IRAs and an HSA, line by line with its law.

    With the pay dates in the file ([jobs.pay_schedule]): what to elect for which paycheck, and the match that is lost.
    """
    from rothwell.household import load_household
    from rothwell.mega_backdoor.capacity import capacity_of
    from rothwell.report.capacity_text import capacity_json, print_capacity
    from rothwell.report.outside_text import print_outside

    answer = capacity_of(load_household(household_file, _today()), year)
    if as_json:
        _print_json(capacity_json(answer))
    else:
        console = _console()
        print_capacity(answer, console)
        print_outside(answer, console)
    return DONE


@app.command(
    cls=Command,
    short_help="Paying the year's tax in time: withholding, vouchers.",
    epilog="Example: rothwell payments examples/everything.toml --json",
)
def payments(
    household_file: HouseholdFile,
    as_json: Annotated[bool, typer.Option("--json", help="Show the answer as JSON.")] = False,
) -> int:
    """What must be paid by which day so that vests and conversions bring no penalty, and what is still missing."""
    from rothwell.household import load_household
    from rothwell.mega_backdoor.payments import payments_of
    from rothwell.report.payments_text import payments_json, print_payments

    answer = payments_of(load_household(household_file, _today()))
    if as_json:
        _print_json(payments_json(answer))
    else:
        print_payments(answer, _console())
    return DONE


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
    as_json: Annotated[bool, typer.Option("--json", help="Show the answer as JSON.")] = False,
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
        year=year or _today().year,
    )
    answer = answer_of(options)
    if as_json:
        _print_json(distribution_json(answer))
    else:
        print_distribution(answer, _console())
    return DONE


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
    as_json: Annotated[bool, typer.Option("--json", help="Show the answer as JSON.")] = False,
) -> int:
    """What a year of after-tax contributions earns until it moves to Roth, and the tax: by every paycheck to yearly."""
    from rothwell.report.conversion_text import ConversionOptions, conversions_json, conversions_of, print_conversions

    chosen = year or _today().year
    answer = conversions_of(
        ConversionOptions(after_tax, yearly_return, rate, paychecks, earnings_to_traditional_ira, chosen)
    )
    if as_json:
        _print_json(conversions_json(answer))
    else:
        print_conversions(answer, _console())
    return DONE


@app.command(
    cls=Command,
    short_help="What can be taken out of each account, and when.",
    epilog="Example: rothwell access examples/couple.toml --year 2030",
)
def access(
    household_file: HouseholdFile,
    year: Annotated[
        int | None,
        typer.Option(
            metavar="YEAR",
            min=1900,
            max=LATEST_YEAR,
            help="One year; default: from the file's start_year until nothing changes any more.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Show the answer as JSON.")] = False,
) -> int:
    """What each person can take out of each retirement account: at no cost, with the 10% tax, with income tax."""
    from rothwell.household import load_household
    from rothwell.mega_backdoor.roth_access import access_of
    from rothwell.report.access_text import access_json, print_access

    answer = access_of(load_household(household_file, _today()), year)
    if as_json:
        _print_json(access_json(answer))
    else:
        print_access(answer, _console())
    return DONE


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
        year or _today().year,
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
        str | None, typer.Argument(metavar="NAME", help="A figure's name, such as 415c; without it, all figures.")
    ] = None,
    year: Annotated[
        int | None, typer.Option(metavar="YEAR", min=1, max=LATEST_YEAR, help="The year; default: this year.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Show the answer as JSON.")] = False,
) -> int:
    """A figure of the law: value, statute, source, how it is indexed, its history, whether it is projected."""
    from rothwell.report.law_text import all_json, law_json, print_all, print_law

    chosen = year or _today().year
    if as_json:
        _print_json(all_json(chosen) if name is None else law_json(name, chosen))
    elif name is None:
        print_all(chosen, _console())
    else:
        print_law(name, chosen, _console())
    return DONE


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _print_json(answer: dict[str, Any]) -> None:
    typer.echo(json.dumps(answer, indent=2, ensure_ascii=False, allow_nan=False))


def _console() -> Console:
    """The terminal; wide in a pipe, where nothing has to fit a window."""
    from rich.console import Console

    fits = sys.stdout.isatty() or "COLUMNS" in os.environ
    return Console(width=None if fits else WIDTH_OF_A_PIPE)


if __name__ == "__main__":
    main()
