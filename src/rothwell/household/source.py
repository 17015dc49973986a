"""Where a household came from, so that every later room can name the file and the line of a field."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rothwell.errors import InputError
from rothwell.household.toml_lines import Path

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]{1,40}")
_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Source:
    """The file of a household and the line of each of its fields; two sources always compare equal."""

    file: str | None = field(default=None, compare=False)
    lines: Mapping[Path, int] = field(default_factory=dict, compare=False)
    last_line: int | None = field(default=None, compare=False)

    def line(self, path: Path | str) -> int | None:
        """The line of a field, or of the nearest table around it; the last line when nothing of it is in the file."""
        steps = path_of(path) if isinstance(path, str) else path
        for length in range(len(steps), 0, -1):
            if steps[:length] in self.lines:
                return self.lines[steps[:length]]
        return self.last_line

    def error(
        self, field_path: Path | str, message: str, *, found: object = None, allowed: str | None = None
    ) -> InputError:
        """An InputError about a field such as "jobs[0].plan.elective_deferral", with its file and line."""
        name = field_path if isinstance(field_path, str) else field_name(field_path)
        line = self.line(field_path)
        return InputError(message, file=self.file, line=line, field=name, found=shown(found), allowed=allowed)

    def field_near(self, line: int) -> str | None:
        """The last field that begins on or before a line: where a broken file broke."""
        before = [(number, len(path), path) for path, number in self.lines.items() if number <= line]
        return field_name(max(before, key=lambda entry: entry[:2])[2]) if before else None


def field_name(path: Path) -> str:
    """The dotted name of a path: ("people", 0, "birth_date") is people[0].birth_date."""
    name = ""
    for step in path:
        if isinstance(step, int):
            name += f"[{step}]"
        else:
            key = step if _BARE_KEY.fullmatch(step) else json.dumps(step[:40])
            name += f".{key}" if name else key
    return name


def path_of(name: str) -> Path:
    """The path of a dotted name."""
    return tuple(int(index) if index else key for index, key in _STEP.findall(name))


def shown(value: Any) -> Any:
    """What was found, in a form that is short and safe to print."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, (list, tuple)):
        return f"a list of {len(value)}"
    if isinstance(value, str) and len(value) > LONGEST_SHOWN:
        return value[:LONGEST_SHOWN] + "..."
    if isinstance(value, int) and abs(value) >= 10**LONGEST_SHOWN:
        return "a whole number of more than 60 digits"
    return value
