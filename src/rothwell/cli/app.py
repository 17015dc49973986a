"""What every command shares: the household file, the exit status, errors on one line."""

from __future__ import annotations

import gc
import json
import os
import re
import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from typer.core import TyperCommand

from rothwell.errors import InputError, RothwellError

if TYPE_CHECKING:
    from rich.console import Console

Answered = TypeVar("Answered")
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
    Path,
    typer.Argument(
        metavar="HOUSEHOLD.toml",
        help="The household file: examples/everything.toml has every key, with its meaning and default.",
        show_default=False,
    ),
]
YearOfFile = Annotated[
    int | None,
    typer.Option(metavar="YEAR", min=1900, max=LATEST_YEAR, help="The year; default: the file's start_year."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Show the answer as JSON.")]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status."""
    gc.disable()  # the process is short: looking for cycles while libraries load costs half a second
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # no large matrix is multiplied here, and its threads spin
    status = run(sys.argv[1:] if arguments is None else arguments)
    gc.freeze()  # nor is there anything worth finding at the end: that costs a fifth of a second
    sys.exit(status)


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
            hint = (
                " Join destinations with commas: --direct roth_ira=20k,traditional_ira=80k." if "=" in usage() else ""
            )
            return _failed(f"{usage()}{hint} (see: {_help_of(problem)})", BAD_INPUT)
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


def today() -> date:
    """The day of the computer's clock."""
    return datetime.now(UTC).astimezone().date()


def print_json(answer: dict[str, Any]) -> None:
    """An answer as JSON on standard output."""
    typer.echo(json.dumps(answer, indent=2, ensure_ascii=False, allow_nan=False))


def show(
    answer: Answered, as_json: bool, to_json: Callable[[Answered], dict[str, Any]], to_screen: Callable[..., None]
) -> int:
    """An answer as JSON, or printed on the terminal; the exit status."""
    if as_json:
        print_json(to_json(answer))
    else:
        to_screen(answer, console())
    return DONE


def console() -> Console:
    """The terminal; wide in a pipe, where nothing has to fit a window."""
    from rich.console import Console

    fits = sys.stdout.isatty() or "COLUMNS" in os.environ
    return Console(width=None if fits else WIDTH_OF_A_PIPE)
