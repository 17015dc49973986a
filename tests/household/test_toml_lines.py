"""The lines of keys: every path of every TOML text, on the line where it stands."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rothwell.household.toml_lines import lines_of

FILES = [
    Path(__file__).parent / "good.toml",
    *sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.toml")),
]

HARD = '''\
# a comment with [brackets] = "and quotes"
a.b.c = 1 # [not.a.table]
"quoted.key" = "x"
'literal' = 'it]s'
text = """
[fake]
key = 1 \\""" still text
"""
raw = \'\'\'
[fake]\'\'\'
dates = [1985-04-10 07:00:00.5, 2020-01-01]
nested = [
  [1, 2], # one
  [3, [4,
       5]],
]
inline = { x = 1, y = { z = [1.5, 2] }, "q r".s = true }
[t . u]
v = -1.5e3
[[list]]
k = 1
[list.sub]
k = 2
[[list.sub.deep]]
k = 3
[[list.sub.deep]]
k = 4
[[list]]
k = 5
[[list.sub.deep]]
k = 6
'''

LINES = {
    ("a", "b", "c"): 2,
    ("quoted.key",): 3,
    ("literal",): 4,
    ("text",): 5,
    ("raw",): 9,
    ("dates",): 11,
    ("dates", 1): 11,
    ("nested",): 12,
    ("nested", 0, 1): 13,
    ("nested", 1, 1, 0): 14,
    ("nested", 1, 1, 1): 15,
    ("inline", "y", "z", 1): 17,
    ("inline", "q r", "s"): 17,
    ("t", "u"): 18,
    ("t", "u", "v"): 19,
    ("list",): 20,
    ("list", 0, "k"): 21,
    ("list", 0, "sub"): 22,
    ("list", 0, "sub", "deep", 1): 26,
    ("list", 0, "sub", "deep", 1, "k"): 27,
    ("list", 1): 28,
    ("list", 1, "sub", "deep", 0, "k"): 31,
}


def paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in parts:
        yield (*path, step)
        yield from paths(part, (*path, step))


@pytest.mark.parametrize(("path", "line"), LINES.items())
def test_each_key_of_a_hard_text_is_found_on_its_line(path: tuple[str | int, ...], line: int) -> None:
    assert lines_of(HARD)[path] == line


def test_a_hard_text_has_exactly_the_paths_that_the_parser_sees() -> None:
    assert set(lines_of(HARD)) == set(paths(tomllib.loads(HARD)))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_path_of_a_household_file_has_a_line_that_names_it(file: Path) -> None:
    text = file.read_text()
    found = lines_of(text)
    assert set(found) == set(paths(tomllib.loads(text)))
    for path, line in found.items():
        named = [step for step in path if isinstance(step, str)][-1]
        assert isinstance(path[-1], int) or named in text.split("\n")[line - 1]


keys = st.one_of(st.from_regex(r"[A-Za-z0-9_-]{1,5}", fullmatch=True), st.text(max_size=4))
scalars = st.one_of(st.integers(), st.booleans(), st.text(max_size=12), st.just(0.5))
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=3)),
    max_leaves=8,
)


def written(value: Any) -> str:
    """A value as inline TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {written(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(written(part) for part in value) + "]"
    return json.dumps(value).replace("\x7f", "\\u007f")


@given(st.dictionaries(keys, values, max_size=4), st.dictionaries(keys, values, max_size=4))
@settings(max_examples=200, deadline=None)
def test_the_scanner_sees_the_same_paths_as_the_parser(top: dict[str, Any], table: dict[str, Any]) -> None:
    text = "".join(f"{json.dumps(key)} = {written(value)}\n" for key, value in top.items())
    text += "[[new-table]]\n"
    text += "".join(f"{json.dumps(key)} = {written(value)}\n" for key, value in table.items())
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:  # a lone surrogate; a key that is also the name of the table
        return
    assert set(lines_of(text)) == set(paths(data))
