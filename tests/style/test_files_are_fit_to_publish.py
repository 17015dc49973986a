"""Nothing of one machine, of one registry or of the workshop is in a file of the project."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.style.house import ROOT, named, project_files, report, tree

MACHINE_PATH = re.compile(r"(?:^|[^A-Za-z0-9_.<>/-])/(?:work|root|home|tmp|Users)/[A-Za-z]")
REGISTRY = re.compile(r"py" + r"pi\.org|python" + r"hosted\.org|(?:extra-)?index" + r"-url\b", re.IGNORECASE)
WORKSHOP = re.compile(r"\b(?:issue|pull request|PR) " + r"#\d*|\bTO" + r"DO\b|\bFIX" + r"ME\b|\bX{3}\b", re.IGNORECASE)
CONFLICT = re.compile(r"^(?:<{7}|>{7}) ")
LOCK = ROOT / "requirements.lock"


def lines_with(pattern: re.Pattern[str], skip: tuple[str, ...] = ()) -> list[str]:
    """`file:line: text` for each line of the project in which the pattern is found."""
    found = []
    for path in project_files():
        if path.suffix in skip:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if pattern.search(line):
                found.append(f"{named(path)}:{number}: {line.strip()[:100]}")
    return found


def checks_something(test: ast.FunctionDef) -> bool:
    """Whether a test can fail: it asserts, expects an error, or calls a check."""
    words = ast.dump(test)
    return any(word in words for word in ("Assert(", "raises", "assert", "check"))


def test_no_file_holds_a_path_of_one_machine() -> None:
    found = lines_with(MACHINE_PATH, skip=(".csv",))
    assert not found, report(found)


def test_no_file_holds_the_address_of_a_package_registry() -> None:
    found = [line for line in lines_with(REGISTRY) if "--no-emit-" not in line]
    assert not found, report(found)


def test_no_file_speaks_of_the_workshop() -> None:
    found = lines_with(WORKSHOP, skip=(".csv",)) + lines_with(CONFLICT)
    assert not found, report(found)


def test_the_lock_holds_hashes_and_no_address() -> None:
    text = LOCK.read_text(encoding="utf-8")
    assert "://" not in text
    assert "http" not in re.sub(r"^[a-z0-9-]+==", "", text, flags=re.MULTILINE)
    assert text.count("==") >= 20
    for block in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in block, block
    assert re.search(r"^flit-core==", text, re.MULTILINE), "the build backend is installed from the lock"


def test_no_lock_of_another_kind_lies_about() -> None:
    others = {"uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock", "package-lock.json"}
    assert not [named(path) for path in project_files() if path.name in others]


def test_every_test_can_fail_and_its_name_is_a_sentence() -> None:
    found = []
    for path in project_files():
        if path.suffix == ".py" and path.name.startswith("test_"):
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                    if node.name.count("_") < 3:
                        found.append(f"{named(path)}:{node.lineno}: {node.name} is no sentence")
                    if not checks_something(node):
                        found.append(f"{named(path)}:{node.lineno}: {node.name} asserts nothing")
    assert not found, report(found)


@pytest.mark.parametrize(
    ("pattern", "planted"),
    [
        (MACHINE_PATH, "see " + "/work" + "/main"),
        (MACHINE_PATH, '"' + "/root" + '/out"'),
        (REGISTRY, "https://files." + "python" + "hosted.org/x"),
        (REGISTRY, "--index" + "-url x"),
        (WORKSHOP, "as asked in issue " + "#12"),
        (WORKSHOP, "# TO" + "DO later"),
    ],
)
def test_planted_traces_are_found(pattern: re.Pattern[str], planted: str) -> None:
    assert pattern.search(planted)


def test_a_planted_test_that_asserts_nothing_is_found() -> None:
    (planted,) = ast.parse("def test_nothing_at_all():\n    print(1)\n").body
    assert isinstance(planted, ast.FunctionDef)
    assert not checks_something(planted)


def test_the_project_lists_its_files() -> None:
    assert Path(__file__).resolve() in project_files()
