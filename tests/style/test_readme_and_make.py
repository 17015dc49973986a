"""What the documents tell a newcomer to type exists."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.style.house import ROOT, named, report

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *(ROOT / "docs").rglob("*.md")])


def commands(page: str) -> list[str]:
    """Lines of the page's code blocks and its code spans."""
    blocks = re.findall(r"^```[^\n]*\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", page, flags=re.MULTILINE | re.DOTALL))
    return [line.removeprefix("$ ").strip() for block in blocks for line in block.splitlines()] + spans


def test_the_readme_begins_with_the_two_commands() -> None:
    first = re.findall(r"^```[^\n]*\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)[0]
    assert [line.partition("#")[0].strip() for line in first.splitlines() if line.startswith("make")] == [
        "make demo",
        "make test",
    ]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_make_command_in_a_page_is_a_target(page: Path) -> None:
    asked = {line.split()[1] for line in commands(page.read_text(encoding="utf-8")) if re.match(r"make [a-z]+\b", line)}
    assert not asked - TARGETS


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_to_a_file_of_the_project_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    missing = {named((page.parent / link).resolve()) for link in links if not (page.parent / link).exists()}
    assert not missing, report(sorted(missing))


def test_every_target_of_make_is_phony_and_explained() -> None:
    phony = set(re.findall(r"^\.PHONY:(.*)$", MAKEFILE, re.MULTILINE)[0].split())
    assert phony == TARGETS
    assert set(re.findall(r"^([a-z]+):[^#\n]*## ", MAKEFILE, re.MULTILINE)) == TARGETS


def test_the_changelog_has_the_headings_of_the_house() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for heading in ("## [Unreleased]", "### Added", "### Law", "### Results that change"):
        assert heading in text


def test_the_core_has_at_most_eight_dependencies() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert len(project["dependencies"]) <= 8


def test_a_decision_is_a_page_at_most() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [page.name[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    for page in pages:
        assert len(page.read_text(encoding="utf-8").splitlines()) <= 60, named(page)
