"""The tests that a docstring names under `Tests:` exist."""

from __future__ import annotations

import ast
from pathlib import Path

from rothwell.provision import headings_of
from tests.style.house import ROOT, modules, named, report, tree


def names_of_tests() -> set[str]:
    """Every test of the project."""
    return {
        node.name
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def named_in(module: ast.Module) -> list[str]:
    """The tests that the docstrings of a module name."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            entry = headings_of(ast.get_docstring(node) or "").get("Tests", "")
            found += [name.strip() for name in entry.rstrip(".").split(",") if name.strip()]
    return found


def missing(paths: list[Path], existing: set[str]) -> list[str]:
    """`file: name` for each test that is named and does not exist."""
    return [f"{named(path)}: {name}" for path in paths for name in named_in(tree(path)) if name not in existing]


def test_every_test_that_a_docstring_names_exists() -> None:
    found = missing(modules(), names_of_tests())
    assert not found, report(found)


def test_many_rules_name_their_tests() -> None:
    assert len([name for path in modules() for name in named_in(tree(path))]) > 40


def test_a_planted_name_is_found() -> None:
    planted = ast.parse('def rule():\n    """A rule.\n\n    Tests:  test_one,\n            test_two.\n    """\n')
    assert named_in(planted) == ["test_one", "test_two"]
