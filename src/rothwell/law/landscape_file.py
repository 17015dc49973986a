"""Reading a landscape's TOML: every problem is one InputError with file, line, field, found, allowed."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from rothwell.errors import InputError, nearest_name
from rothwell.law.figures import STATUSES
from rothwell.toml_lines import Path, TooDeep, lines_of

FIRST_YEAR, LAST_YEAR = 1900, 2200  # years that a landscape may name
MOST_DOLLARS = 1e15  # more than anybody has
MOST_POINTS = 100.0  # percentage points by which a rate may move
LONGEST_SHOWN = 60  # characters of what was found


@dataclass(frozen=True, slots=True)
class LandscapeFile:
    """A landscape's file: its name, its table, and the line of each of its keys."""

    name: str
    table: Mapping[str, Any]
    lines: Mapping[Path, int]

    def error(self, path: Path, message: str, *, found: object = None, allowed: str | None = None) -> InputError:
        """An InputError about a key, with its line or that of the nearest table around it."""
        known = (self.lines[path[:length]] for length in range(len(path), 0, -1) if path[:length] in self.lines)
        shown = found if isinstance(found, (int, float)) or found is None else str(found)[:LONGEST_SHOWN]
        return InputError(
            message, file=self.name, line=next(known, None), field=field_name(path), found=shown, allowed=allowed
        )

    def check_keys(self, path: Path, table: object, allowed: Collection[str]) -> None:
        """Refuse what is no table and every unknown key of one; name the nearest that is known."""
        if not isinstance(table, Mapping):
            raise self.error(path, "not a table", found=table, allowed=", ".join(sorted(allowed)))
        for key in table:
            if key not in allowed:
                near = nearest_name(key, allowed)
                hint = f"; did you mean {near!r}?" if near else ""
                raise self.error((*path, key), f"unknown key{hint}", allowed=", ".join(sorted(allowed)))

    def number(self, path: Path, value: object, low: float, high: float) -> float:
        """A finite number within bounds."""
        good = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not good or not isfinite(float(value)) or not low <= float(value) <= high:  # type: ignore[arg-type]
            words = "nothing" if value is None else value
            raise self.error(
                path, "not a number within bounds", found=words, allowed=f"a number from {low:g} to {high:g}"
            )
        return float(value)  # type: ignore[arg-type]

    def whole(self, path: Path, value: object, low: int, high: int) -> int:
        """A whole number within bounds."""
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            words = "nothing" if value is None else value
            raise self.error(path, "not a whole number within bounds", found=words, allowed=f"{low} to {high}")
        return value

    def chance(self, path: Path, value: object) -> float:
        """A probability."""
        good = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not good or not 0.0 <= float(value) <= 1.0:  # type: ignore[arg-type]
            words = "nothing" if value is None else value
            raise self.error(path, "not a chance", found=words, allowed="a number from 0 to 1")
        return float(value)  # type: ignore[arg-type]

    def year(self, path: Path, value: object) -> int:
        """A calendar year."""
        if isinstance(value, bool) or not isinstance(value, int) or not FIRST_YEAR <= value <= LAST_YEAR:
            raise self.error(path, "not a year", found=value, allowed=f"{FIRST_YEAR} to {LAST_YEAR}")
        return value

    def switch(self, path: Path, value: object) -> bool:
        """A yes or no."""
        if not isinstance(value, bool):
            raise self.error(path, "not a yes or no", found=value, allowed="true or false")
        return value

    def words(self, path: Path, value: object) -> str:
        """A text."""
        if not isinstance(value, str):
            raise self.error(path, "not a text", found=value, allowed='words in quotes, such as "higher rates"')
        return value

    def rows(self, path: Path, value: object) -> list[Any]:
        """A list of tables."""
        if not isinstance(value, list):
            raise self.error(path, "not a list of tables", found=value, allowed=f"[[{field_name(path)}]]")
        return value

    def dollars(self, path: Path, value: object, at_least: float = 0.0) -> float:
        """An amount of money."""
        return self.number(path, value, at_least, MOST_DOLLARS)

    def points(self, path: Path, value: object) -> float:
        """Percentage points."""
        return self.number(path, value, -MOST_POINTS, MOST_POINTS)

    def by_status(self, path: Path, value: object) -> tuple[float, ...]:
        """Dollars for each filing status; a surviving spouse as joint, separate returns as single."""
        named = ("single", "joint", "head")
        self.check_keys(path, value, named)
        assert isinstance(value, Mapping)
        amounts = {key: self.dollars((*path, key), value.get(key)) for key in named}
        as_named = {"surviving": "joint", "separate_apart": "single", "separate_together": "single"}
        return tuple(amounts[as_named.get(status, status)] for status in STATUSES)


def field_name(path: Path) -> str:
    """The dotted name of a path: ("shocks", 0, "window") is shocks[0].window."""
    name = ""
    for step in path:
        name += f"[{step}]" if isinstance(step, int) else (f".{step}" if name else step)
    return name


def open_landscape(text: str, file: str) -> LandscapeFile:
    """The table of a landscape's text and the lines of its keys."""
    try:
        lines = lines_of(text)
        table = tomllib.loads(text)
    except TooDeep as error:
        raise InputError("nested too deeply", file=file, line=int(error.args[0])) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"not valid TOML: {error}", file=file) from error
    return LandscapeFile(file, table, lines)
