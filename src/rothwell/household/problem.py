"""Something in a household file that cannot be used, and where."""

from __future__ import annotations

from dataclasses import dataclass

from rothwell.household.toml_lines import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the file that cannot be used, and where."""

    path: Path
    message: str
    found: object = None
    allowed: str | None = None
