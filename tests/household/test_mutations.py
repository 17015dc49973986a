"""However a good file is damaged, it loads or gives one InputError with its line: never a traceback."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rothwell.errors import InputError
from rothwell.household import Household, load_household, parse_household

TODAY = date(2026, 11, 23)
FOLDER = Path(__file__).parent
EXAMPLES = FOLDER.parents[1] / "examples"
FILES = [FOLDER / "good.toml", EXAMPLES / "couple.toml", EXAMPLES / "retired.toml", EXAMPLES / "everything.toml"]
SMALL = (FOLDER / "good.toml").read_text()

INSERTIONS = [
    "nan",
    "inf",
    "-",
    "1e308",
    "9" * 500,
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    '"""',
    "=",
    ",",
    ".",
    "\n",
    "\x00",
    "#",
]
INSERTIONS += [
    "[[",
    "\ufeff",
    "\\",
    "\r",
    "null",
    "é",
    "12,50",
    "-1",
    "true",
    "0x10",
    "1979-05-27T07:32:00Z",
    "[[people]]\n",
]


def load_or_refuse(text: str) -> Household | InputError:
    """What comes of a text; anything but a household or an InputError with file, line and message fails the test."""
    try:
        return parse_household(text, TODAY, file="home.toml")
    except InputError as error:
        problem = error
    assert problem.file == "home.toml"
    assert problem.line is not None
    assert 1 <= problem.line <= text.count("\n") + 1
    assert problem.message
    assert str(problem).isprintable()
    return problem


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_file_cut_at_a_line_end_loads_or_is_refused_with_a_field(file: Path) -> None:
    text = file.read_text()
    ends = [place for place, character in enumerate(text) if character == "\n"]
    for end in ends:
        result = load_or_refuse(text[: end + 1])
        assert isinstance(result, Household) or result.field


def test_a_file_cut_anywhere_loads_or_is_refused() -> None:
    for end in range(len(SMALL)):
        assert load_or_refuse(SMALL[:end])


def test_a_file_without_any_one_of_its_lines_loads_or_is_refused() -> None:
    lines = SMALL.split("\n")
    for gone in range(len(lines)):
        assert load_or_refuse("\n".join(lines[:gone] + lines[gone + 1 :]))


@given(st.integers(0, len(SMALL)), st.integers(0, 12), st.one_of(st.sampled_from(INSERTIONS), st.text(max_size=6)))
@settings(max_examples=400, deadline=None)
def test_a_file_with_something_cut_out_or_written_in_loads_or_is_refused(place: int, cut: int, new: str) -> None:
    assert load_or_refuse(SMALL[:place] + new + SMALL[place + cut :])


@given(st.permutations(SMALL.split("\n")[:30]))
@settings(max_examples=100, deadline=None)
def test_a_file_with_its_lines_out_of_order_loads_or_is_refused(lines: list[str]) -> None:
    assert load_or_refuse("\n".join(lines))


@given(st.binary(max_size=200), st.integers(0, len(SMALL)))
@settings(max_examples=200, deadline=None)
def test_any_bytes_load_or_are_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes, place: int) -> None:
    path = tmp_path_factory.getbasetemp() / "home.toml"
    path.write_bytes(SMALL.encode()[:place] + content + SMALL.encode()[place:])
    try:
        load_household(path, TODAY)
    except InputError as error:
        problem = error
    else:
        return
    assert problem.file == str(path)
    assert problem.line is not None


HOSTILE = [
    "a = " + "[" * 120_000,
    "a = " + "{b=" * 80_000,
    "a." * 120_000 + "b = 1",
    "[" + "a." * 120_000 + "b]",
    "[[a]]\n" * 40_000,
    "".join(f"[a.b{number}]\n" for number in range(15_000)),
    "".join(f"a{number} = 1\n" for number in range(20_000)),
    'a = "' + "\\" * 200_000,
    '"""' * 80_000,
    "a = '''" + "x'" * 100_000,
    "a = [" + "1," * 100_000 + "]",
    "#" * 250_000,
    "\n" * 250_000,
    "[people.a." + '"b".' * 60_000 + "c]",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_file_is_refused_within_two_seconds_of_work(text: str) -> None:
    start = time.process_time()
    assert isinstance(load_or_refuse(text), InputError)
    assert time.process_time() - start < 2.0
