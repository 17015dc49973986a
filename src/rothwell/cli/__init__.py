"""The command line: parse, call, show. Exit status 0 done, 2 bad input, 1 anything else; one line says what."""

from __future__ import annotations

from rothwell.cli import plan, this_year, payouts, law_and_tax  # isort: skip (the help shows commands in this order)
from rothwell.cli.app import app, main, run

__all__ = ["app", "law_and_tax", "main", "payouts", "plan", "run", "this_year"]
