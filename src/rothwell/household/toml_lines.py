"""On which line of the household file each key stands: the scanner of TOML, as the rooms of the household name it."""

from __future__ import annotations

from rothwell.toml_lines import Path, TooDeep, lines_of

__all__ = ["Path", "TooDeep", "lines_of"]
