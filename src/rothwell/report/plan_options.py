"""What a user asks of `rothwell plan`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """A household file, what to compute, and where the answer goes besides the terminal.

    `json_file` "-" is standard output, where the terminal text then does not go. None leaves paths, seed and year to
    the answer's own defaults; no landscapes leaves them to the household; threads None is every core. A page
    has all measures.
    """

    household_file: Path
    today: date
    html_file: Path | None = None
    json_file: Path | None = None
    csv_directory: Path | None = None
    paths: int | None = None
    seed: int | None = None
    landscapes: tuple[str, ...] = ()
    year: int | None = None
    threads: int | None = None
    all_measures: bool = False

    @property
    def json_to_stdout(self) -> bool:
        """Whether standard output is for JSON alone."""
        return str(self.json_file) == "-"
