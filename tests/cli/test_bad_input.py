"""Exit statuses, help texts, and bad input in one line without a traceback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rothwell.answer import DEFAULT_PATHS, DEFAULT_SEED
from rothwell.cli import app, run
from rothwell.errors import LedgerError

ROOT = Path(__file__).resolve().parents[2]
COUPLE = ROOT / "examples" / "couple.toml"
COMMANDS = (
    "plan", "capacity", "checklist", "payments", "forms", "access", "distribution", "conversion", "inherit",
    "tax", "law",
)  # fmt: skip
WITHOUT_ARGUMENTS = ("distribution", "conversion", "inherit")  # options alone
BASE = COUPLE.read_text(encoding="utf-8")


def started(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "rothwell.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment},
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_shows_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--help"]) == 0
    assert f"Example: rothwell {command} " in " ".join(capsys.readouterr().out.split())


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    out = capsys.readouterr().out
    assert all(f"  {command} " in out for command in COMMANDS)


def test_the_commands_are_those_that_exist() -> None:
    assert tuple(one.callback.__name__ for one in app.registered_commands if one.callback) == COMMANDS


def test_no_line_of_the_help_is_cut_off(capsys: pytest.CaptureFixture[str]) -> None:
    run(["--help"])
    assert "..." not in capsys.readouterr().out.replace("COMMAND [ARGS]...", "")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_names_arguments_by_words_and_not_by_types(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    run([command, "--help"])
    out = capsys.readouterr().out
    assert not re.search(r"<[a-z ]+>|[{}]", out)
    named = re.search(r"^  (HOUSEHOLD\.toml|RETURNS\.csv|NAME)  ", out, re.M)
    assert bool(named) is (command not in WITHOUT_ARGUMENTS)


def test_the_help_of_plan_tells_the_defaults(capsys: pytest.CaptureFixture[str]) -> None:
    run(["plan", "--help"])
    words = " ".join(capsys.readouterr().out.split())
    assert f"How many possible futures; default: {DEFAULT_PATHS:,}." in words
    assert f"the same futures; default: {DEFAULT_SEED}." in words


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("rothwell 0.")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("pay = 310_000", "pay = -5", "jobs[0].pay: must not be negative"),
        ("pay = 310_000", "payy = 310_000", 'did you mean "pay"?'),
        (
            'elective_deferral = "max"',
            "elective_deferral = 40_000",
            "jobs[0].plan.elective_deferral: is more than James",
        ),
        ("[household]", "[household", "is not valid TOML"),
        ('filing_status = "mfj" ', 'filing_status = "mfjj" ', 'did you mean "mfj"?'),
        ("retirement_age = 60", 'retirement_age = "soon"', "people[0].retirement_age"),
    ],
)
def test_bad_input_is_one_line_with_file_and_line(
    old: str, new: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(BASE.replace(old, new, 1))
    line = next(number for number, text in enumerate(bad.read_text().splitlines(), 1) if text.startswith(new))
    assert run(["capacity", str(bad)]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(f"rothwell: {bad}:{line}: ")
    assert words in shown.err
    assert shown.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["capacity", "nobody.toml"], "there is no such file"),
        (["capacity", str(ROOT)], "is a directory"),
        (["capacity"], "Missing argument"),
        (["capacity", str(COUPLE), "--yaer", "2026"], "--yaer"),
        (["capacity", str(COUPLE), "--year", "soon"], "--year"),
        (["capacity", str(COUPLE), "--year", "99999"], "2200"),
        (["capacity", str(COUPLE), "--year", "1950"], "has no value before"),
        (["capacty", str(COUPLE)], "capacty"),
        (["law", "nothing_like_it_at_all"], "no figure of the law has this name"),
        (["tax", "returns.csv"], "--out TAXES.csv"),
        (["plan", str(COUPLE), "--paths", "0"], "--paths"),
        (["plan", str(COUPLE), "--paths", "1"], "one future has no standard error; ask for at least 2"),
    ],
)
def test_bad_arguments_are_one_line_and_exit_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    shown = capsys.readouterr()
    assert words in shown.err
    assert shown.err.startswith("rothwell: ")
    assert shown.err.count("\n") == 1
    assert shown.out == ""


def test_a_real_process_says_bad_input_without_a_traceback() -> None:
    done = started("capacity", "nobody.toml")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "rothwell: nobody.toml: there is no such file\n"


def test_a_traceback_is_shown_when_asked_for() -> None:
    done = started("capacity", "nobody.toml", ROTHWELL_DEBUG="1")
    assert done.returncode == 2
    assert "Traceback" in done.stderr


@pytest.mark.parametrize("fault", [LedgerError("a dollar vanished"), ZeroDivisionError("no")])
def test_a_fault_of_ours_is_one_line_and_exit_1(
    fault: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_arguments: object) -> None:
        raise fault

    monkeypatch.setattr("rothwell.mega_backdoor.capacity.capacity_of", fail)
    assert run(["capacity", str(COUPLE)]) == 1
    shown = capsys.readouterr()
    assert type(fault).__name__ in shown.err
    assert shown.err.count("\n") == 1


@pytest.mark.parametrize("arguments", [("law", "--json"), ("law",), ("capacity", str(COUPLE), "--json")])
def test_a_reader_who_stops_early_hears_nothing(arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "rothwell.cli", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1
