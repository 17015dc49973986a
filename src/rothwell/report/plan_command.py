"""`rothwell plan`: compute the answer of a household, show it, write the files asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any, Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn

from rothwell.answer import DEFAULT_PATHS, DEFAULT_SEED, Answer, Settings, plan
from rothwell.decision.recommendation import recommended
from rothwell.errors import InputError
from rothwell.household import Household, load_household
from rothwell.lifetime.compared import compared_strategies
from rothwell.report.annual_review import review_json, review_of, review_section
from rothwell.report.answer_csv import csv_files
from rothwell.report.answer_json import json_text
from rothwell.report.earlier_answer import earlier_answer
from rothwell.report.file_writing import check_writable, write_whole
from rothwell.report.ledger_view import ledger_files, ledger_section
from rothwell.report.plan_options import PlanOptions
from rothwell.report.reading import headline
from rothwell.report.terminal import print_answer, print_section

WIDTH = 100  # columns, where the terminal is not narrower
LIBRARIES_OF_THE_PAGE = ("altair", "jinja2", "vl_convert")


class Advance(Protocol):
    """Takes the paths done and the paths in all."""

    def __call__(self, done: int, total: int) -> None:
        """Show how far it is."""


def run_plan(options: PlanOptions) -> int:
    """Plan a household; the exit status.

    The page goes to standard output, or JSON alone when it was asked for there. Raises InputError for a household that
    cannot be planned and for a file that cannot be written, the latter before the long work.
    """
    household = load_household(options.household_file, options.today)
    _check_outputs(options)
    _check_strategy(household, options)
    earlier = None if options.since is None else earlier_answer(options.since)
    settings = Settings(
        paths=DEFAULT_PATHS if options.paths is None else options.paths,
        seed=DEFAULT_SEED if options.seed is None else options.seed,
        landscapes=options.landscapes,
        threads=options.threads,
        start_year=options.year,
        ledger=options.ledger,
        all_measures=options.all_measures or options.html_file is not None,
    )
    with _progress() as advance:
        answer = plan(household, settings, advance)
    review = None if earlier is None else review_of(answer, earlier, options.threads)
    tree = None if review is None else review_json(review, answer)
    written = list(_write_files(answer, options, tree))  # before the text: a closed pipe ends the run
    if options.json_to_stdout:
        sys.stdout.write(json_text(answer, tree))
    else:
        console = _console()
        if options.ledger is None:
            print_answer(answer, console, () if review is None else (review_section(review, answer),))
        else:
            print_section(ledger_section(answer, options.strategy or recommended(headline(answer))), console)
        console.print()
    for line in written:
        Console(stderr=options.json_to_stdout, soft_wrap=True, highlight=False).print(line, markup=False)
    return 0


def _check_outputs(options: PlanOptions) -> None:
    if options.html_file is not None:
        missing = [name for name in LIBRARIES_OF_THE_PAGE if find_spec(name) is None]
        if missing:
            raise InputError(f"--html needs {', '.join(missing)}", allowed="pip install 'rothwell[report]'")
        check_writable(options.html_file)
    if options.json_file is not None and not options.json_to_stdout:
        check_writable(options.json_file)
    if options.csv_directory is not None:
        check_writable(options.csv_directory / "years.csv")


def _check_strategy(household: Household, options: PlanOptions) -> None:
    """Refuse a strategy that is not compared, before the long work."""
    if options.strategy is None:
        return
    if options.ledger is None:
        raise InputError("is for --ledger alone", field="--strategy", found=options.strategy, allowed="--ledger NUMBER")
    names = [one.name for one in compared_strategies(household, options.year or household.start_year)]
    if options.strategy not in names:
        words = "is not a strategy of this household"
        raise InputError(words, field="--strategy", found=options.strategy, allowed=", ".join(names))


def _write_files(answer: Answer, options: PlanOptions, review: Mapping[str, Any] | None) -> Iterator[str]:
    """Write what was asked for; a line for each file."""
    if options.html_file is not None:
        from rothwell.report.page import page

        write_whole(options.html_file, page(answer))
        yield f"Page: {options.html_file}"
    if options.json_file is not None and not options.json_to_stdout:
        write_whole(options.json_file, json_text(answer, review))
        yield f"JSON: {options.json_file}"
    if options.csv_directory is not None:
        for name, text in {**csv_files(answer), **ledger_files(answer)}.items():
            write_whole(options.csv_directory / name, text)
            yield f"CSV: {options.csv_directory / name}"


def _console() -> Console:
    """The terminal, at most 100 columns wide; 100 in a pipe unless COLUMNS says otherwise."""
    console = Console(highlight=False)
    if console.is_terminal or "COLUMNS" in os.environ:
        console.width = min(console.width, WIDTH)
    else:
        console.width = WIDTH
    return console


@contextmanager
def _progress() -> Iterator[Advance]:
    """A progress bar on standard error where that is a terminal, and nothing elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda done, total: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Preparing (the first run compiles the year: half a minute)", total=None)

        def advance(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, description="Living through the futures")

        yield advance
