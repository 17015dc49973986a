"""On which line of a TOML file each key stands.

The standard parser gives values without lines. This scanner walks over headers, keys, arrays and inline tables and
notes the line of each path, such as ("people", 0, "birth_date"). It judges nothing: the parser has done that.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field

Path = tuple[str | int, ...]

DEEPEST_NESTING = 100


class TooDeep(Exception):
    """Keys or brackets nested so deeply that no file means it; the argument is the line."""


_TOKEN = re.compile(
    r"""
    (?P<space>[ \t\r]+|\#[^\n]*)
  | (?P<newline>\n)
  | (?P<string>\"{3}(?:\\.|[^\\])*?\"{3,5} | '{3}.*?'{3,5} | "(?:\\.|[^"\\\n])*" | '[^'\n]*')
  | (?P<mark>[\[\]{},=.])
  | (?P<word>[^\s\[\]{},=.\#"']+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(slots=True)
class _Container:
    """An array or an inline table that is open, and the element it has reached."""

    path: Path
    is_array: bool
    element: int = 0


@dataclass(slots=True)
class _Scan:
    lines: dict[Path, int] = field(default_factory=dict)
    lengths: dict[Path, int] = field(default_factory=dict)  # of arrays of tables
    table: Path = ()
    open: list[_Container] = field(default_factory=list)

    def note(self, start: Path, path: Path, line: int) -> None:
        for length in range(len(start) + 1, len(path) + 1):
            self.lines.setdefault(path[:length], line)

    def header(self, keys: list[str], line: int, *, is_array: bool) -> None:
        path: Path = ()
        _refuse_depth(len(keys), DEEPEST_NESTING, line)
        for position, key in enumerate(keys):
            path += (key,)
            if is_array and position == len(keys) - 1:
                self.lengths[path] = self.lengths.get(path, 0) + 1
            if path in self.lengths:
                self.lines.setdefault(path, line)
                path += (self.lengths[path] - 1,)
            self.lines.setdefault(path, line)
        self.table = path


def lines_of(text: str) -> dict[Path, int]:
    """The line, counted from 1, of every table, key and array element in a TOML text.

    Raises TooDeep before nesting could slow the parser down or exhaust its stack.
    """
    scan = _Scan()
    tokens = _tokens(text)
    for kind, token, line in tokens:
        if kind == "newline":
            continue
        if token == "[" and not scan.open:
            keys, is_array = _header_keys(tokens)
            scan.header(keys, line, is_array=is_array)
        elif token in ("]", "}"):
            if scan.open:
                scan.open.pop()
        elif token == ",":
            if scan.open:
                scan.open[-1].element += 1
        elif scan.open and scan.open[-1].is_array:
            _value(scan, (*scan.open[-1].path, scan.open[-1].element), token, line)
        else:
            _key_and_value(scan, kind, token, line, tokens)
    return scan.lines


def _key_and_value(scan: _Scan, kind: str, token: str, line: int, tokens: Iterator[tuple[str, str, int]]) -> None:
    start = scan.open[-1].path if scan.open else scan.table
    path, after_dot = (*start, _key(kind, token)), False
    for kind, token, _ in tokens:
        if token == "=":
            break
        if kind == "newline":
            scan.note(start, path, line)
            return
        if after_dot:
            path += (_key(kind, token),)
            _refuse_depth(len(path), DEEPEST_NESTING, line)
        after_dot = token == "."
    scan.note(start, path, line)
    for kind, token, line in tokens:
        _value(scan, path, token, line)
        if token in ("[", "{"):
            return
        if kind != "newline":
            _skip_scalar(scan, tokens)
        return


def _value(scan: _Scan, path: Path, token: str, line: int) -> None:
    scan.lines.setdefault(path, line)
    if token in ("[", "{"):
        scan.open.append(_Container(path, is_array=token == "["))
        _refuse_depth(len(scan.open), DEEPEST_NESTING, line)


def _skip_scalar(scan: _Scan, tokens: Iterator[tuple[str, str, int]]) -> None:
    """Over the rest of a value such as 1985-04-10 07:00:00.5, to the end of the line or of the element."""
    for kind, token, _ in tokens:
        if kind == "newline" and not scan.open:
            return
        if token == "," and scan.open:
            scan.open[-1].element += 1
            return
        if token in ("]", "}") and scan.open:
            scan.open.pop()
            return


def _header_keys(tokens: Iterator[tuple[str, str, int]]) -> tuple[list[str], bool]:
    keys: list[str] = []
    is_array = False
    for kind, token, _ in tokens:
        if kind == "newline":
            break
        if token == "[":
            is_array = True
        elif token not in ("]", "."):
            keys.append(_key(kind, token))
    return keys, is_array


def _refuse_depth(depth: int, deepest: int, line: int) -> None:
    if depth > deepest:
        raise TooDeep(line)


def _key(kind: str, token: str) -> str:
    if kind != "string":
        return token
    try:
        return str(tomllib.loads(f"key = {token}")["key"])
    except (tomllib.TOMLDecodeError, RecursionError):
        return token


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    line = 1
    for match in _TOKEN.finditer(text):
        kind, token = str(match.lastgroup), match.group()
        if kind != "space":
            yield kind, token, line
        line += token.count("\n")
