"""What the pages tell a reader to type works, and shows what they show."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from rothwell.cli import run
from tests.docs.pages import DOCS, ROOT, blocks, missing_words, pages_with, write_file, written_pages
from tests.style.house import named, report

NOT_RUN = ("make", "export")  # make's targets are compared with the Makefile elsewhere
DEMO = "rothwell plan examples/couple.toml"  # what `make demo` shows
RETURNS = "household_id,filing_status,age1,wages1\nsomebody,single,40,90000\n"
TRIALS = ["--paths", "200"]


def plans(page: Path) -> bool:
    """Whether a page asks for plans, which takes a while."""
    return any("rothwell plan" in block.body for block in blocks(page) if block.kind == "sh")


def run_pages() -> list[object]:
    return [
        pytest.param(page, id=named(page), marks=[pytest.mark.slow] if plans(page) else []) for page in pages_with("sh")
    ]


def typed(command: str) -> int:
    """Do what a line of a shell block says; the exit status."""
    program, *arguments = shlex.split(DEMO if command == "make demo" else command)
    if program.endswith("rothwell"):
        trial = TRIALS if arguments[:1] == ["plan"] and "--paths" not in arguments else []
        return run([*arguments, *trial])
    if program == "cp":
        shutil.copy(*arguments)
        return 0
    if program == "python":
        done = subprocess.run(
            [sys.executable, *arguments], check=False, stdout=subprocess.PIPE, env={**os.environ, "PYTHONUTF8": "1"}
        )
        sys.stdout.write(done.stdout.decode())
        return done.returncode
    assert program in NOT_RUN, f"the test does not know how to run {command!r}"
    return 0


@pytest.mark.parametrize("page", run_pages())
def test_the_commands_of_a_page_work_and_show_what_it_shows(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    (tmp_path / "returns.csv").write_text(RETURNS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    shown, planned = "", False
    for block in blocks(page):
        if block.kind in ("sh", ""):
            capsys.readouterr()
            for command in block.commands():
                assert typed(command) == block.status, command + capsys.readouterr().err
            shown = "".join(capsys.readouterr())
            planned = "rothwell plan" in block.body or "make demo" in block.body
        elif block.kind == "text" and shown:
            missing = missing_words(block.body, shown, numbers_may_differ=planned)
            assert not missing, report([f"{named(page)} shows what the command does not:", *missing, "", shown])
            shown = ""
        else:
            write_file(block, tmp_path)


@pytest.mark.parametrize("page", pages_with("toml"), ids=named)
def test_every_toml_block_is_toml_and_goes_into_a_file(page: Path) -> None:
    for block in blocks(page):
        if block.kind == "toml":
            tomllib.loads(block.body)
            assert block.note.startswith(("file: ", "add to: ")), block.body


def test_the_file_that_the_tutorial_builds_is_the_example_couple(tmp_path: Path) -> None:
    steps = [block for block in blocks(DOCS / "tutorial.md") if block.kind == "toml" and "[beliefs]" not in block.body]
    for block in steps:
        built = write_file(block, tmp_path)
    assert built is not None
    example = tomllib.loads((ROOT / "examples" / "couple.toml").read_text(encoding="utf-8"))
    assert tomllib.loads(built.read_text(encoding="utf-8")) == example


def test_a_line_that_is_not_shown_is_found() -> None:
    assert missing_words("a  1\n...\nb 2\n", "x\na 1\nb 3\n", numbers_may_differ=False) == ["\nb 2\n"]
    assert not missing_words("b $2,000\n±4\n", "b $31 ±12\n", numbers_may_differ=True)


def test_every_written_page_is_reached_from_another() -> None:
    texts = {page: page.read_text(encoding="utf-8") for page in written_pages()}
    alone = []
    for page in texts:
        others = [other for other in texts if other != page]
        if page.name != "README.md" and not any(page.name in texts[other] for other in others):
            alone.append(named(page))
    assert not alone, report(alone)
