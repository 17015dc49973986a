"""A module is a room that can be taken in: its size, its functions, its words."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.style.house import Function, functions, modules, named, report, tree

MOST_LINES = 420
MOST_LINES_OF_A_FUNCTION = 60  # about 40 is the aim
MOST_PARAMETERS = 7
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "manager", "data", "common", "misc", "core", "base"}

# Functions that may be longer or take more, as "src/rothwell/room.py: name". Each list must only get shorter.
LONG_FUNCTIONS: set[str] = set()
# One parameter for each option of the command.
MANY_PARAMETERS = {
    "src/rothwell/cli/plan.py: plan",
    "src/rothwell/cli/payouts.py: distribution",
    "src/rothwell/cli/payouts.py: inherit",
}


def length(function: Function) -> int:
    """Lines from the signature to the end, without the docstring."""
    last, first = function.end_lineno or function.lineno, function.lineno
    words = function.body[0]
    if ast.get_docstring(function) is not None and words.end_lineno is not None:
        return last - first + 1 - (words.end_lineno - words.lineno + 1)
    return last - first + 1


def parameters(function: Function) -> int:
    """How many parameters a caller sees."""
    names = function.args
    every = [*names.posonlyargs, *names.args, *names.kwonlyargs]
    return len([name for name in every if name.arg not in ("self", "cls")])


@pytest.mark.parametrize("path", modules(), ids=named)
def test_a_module_is_at_most_about_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", modules(), ids=named)
def test_a_module_and_its_folder_have_names_that_say_something(path: Path) -> None:
    assert not NAMES_THAT_SAY_NOTHING & {path.stem, path.parent.name}


def test_no_function_is_too_long() -> None:
    every = {f"{named(path)}: {name}": length(node) for path in modules() for name, node in functions(tree(path))}
    long = {place for place, lines in every.items() if lines > MOST_LINES_OF_A_FUNCTION}
    findings = [f"{place}: {every[place]} lines" for place in sorted(long - LONG_FUNCTIONS)]
    findings += [f"{place}: no longer too long, take it off the list" for place in sorted(LONG_FUNCTIONS - long)]
    assert not findings, report(findings)


def test_no_function_takes_too_many_parameters() -> None:
    every = {f"{named(path)}: {name}": parameters(node) for path in modules() for name, node in functions(tree(path))}
    many = {place for place, count in every.items() if count > MOST_PARAMETERS}
    findings = [f"{place}: {every[place]} parameters" for place in sorted(many - MANY_PARAMETERS)]
    findings += [f"{place}: no longer too many, take it off the list" for place in sorted(MANY_PARAMETERS - many)]
    assert not findings, report(findings)


@pytest.mark.parametrize("path", modules(), ids=named)
def test_every_module_class_and_public_function_says_what_it_is(path: Path) -> None:
    findings = [] if ast.get_docstring(tree(path)) else [f"{named(path)}: no docstring"]
    every = list(functions(tree(path)))
    described = {name.rpartition(".")[2] for name, node in every if "." in name and ast.get_docstring(node)}
    for name, node in every:
        public = not any(part.startswith("_") for part in name.split("."))
        overrides = "." in name and node.name in described  # the words of the method that it stands for
        if public and not overrides and not ast.get_docstring(node):
            findings.append(f"{named(path)}:{node.lineno}: {name} has no docstring")
    for node in tree(path).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node):
            findings.append(f"{named(path)}:{node.lineno}: class {node.name} has no docstring")
    assert not findings, report(findings)


def test_the_measures_of_a_function_see_a_planted_giant() -> None:
    body = "\n".join(f"    line_{number} = {number}" for number in range(MOST_LINES_OF_A_FUNCTION))
    names = ", ".join(f"name_{number}" for number in range(MOST_PARAMETERS + 1))
    (name, giant), *_ = functions(ast.parse(f'class Room:\n  def big(self, {names}):\n    """Words."""\n{body}\n'))
    assert name == "Room.big"
    assert length(giant) == MOST_LINES_OF_A_FUNCTION + 1
    assert parameters(giant) == MOST_PARAMETERS + 1
