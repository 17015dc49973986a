"""The docstrings of the rules are found by their layout; here by the parser of the language."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import rothwell
from rothwell.provision import ROOMS_OF_RULES, rules

PACKAGE = Path(rothwell.__file__).parent


def _parsed(module: ast.Module, stem: str) -> Iterator[tuple[str, str]]:
    functions = [node for node in module.body if isinstance(node, ast.FunctionDef)]
    for name, node in [(stem, module), *((one.name, one) for one in functions)]:
        words = ast.get_docstring(node)
        if words:
            yield name, words


def test_every_docstring_of_a_rule_is_read() -> None:
    named = {
        (room, path.stem, name, words.splitlines()[0].rstrip("."))
        for room in ROOMS_OF_RULES
        for path in (PACKAGE / room).glob("*.py")
        for name, words in _parsed(ast.parse(path.read_text(encoding="utf-8")), path.stem)
        if any(line.startswith(("Law:", "Not modeled:")) for line in words.splitlines())
    }
    assert {(one.room, one.module, one.name, one.title) for one in rules()} == named
