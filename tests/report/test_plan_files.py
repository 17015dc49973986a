"""`rothwell plan` end to end: what is written where, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from pathlib import Path

import pytest

from rothwell.errors import InputError
from rothwell.lifetime.year_record import TABLE_COLUMNS
from rothwell.report.answer_csv import csv_files
from rothwell.report.file_writing import write_whole
from rothwell.report.plan_command import run_plan
from rothwell.report.plan_options import PlanOptions
from tests.report.households import EXAMPLES, FORMULA, NAMES, TODAY, answer_of

FEW = 50  # paths
NOBODY = 0  # the user id that may write anywhere


def options(**more: object) -> PlanOptions:
    """What is asked for, of the couple."""
    return PlanOptions(EXAMPLES / "couple.toml", TODAY, paths=FEW, landscapes=("current-law",), **more)  # type: ignore[arg-type]


def rows(name: str, file: str) -> list[dict[str, str]]:
    """A CSV file of a household's answer."""
    return list(csv.DictReader(io.StringIO(csv_files(answer_of(name))[file])))


def test_every_file_asked_for_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "new"
    asked = options(html_file=folder / "a.html", json_file=folder / "a.json", csv_directory=folder / "tables")
    assert run_plan(asked) == 0
    written = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    tables = ["headroom.csv", "measures.csv", "room.csv", "strategies.csv", "years.csv"]
    assert written == ["a.html", "a.json", *(f"tables/{name}" for name in tables)]
    told = capsys.readouterr()
    assert told.out.startswith("James can put")
    assert f"Page: {folder / 'a.html'}" in told.out
    assert told.err == ""


def test_json_on_standard_output_stands_there_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_plan(options(json_file=Path("-"), csv_directory=tmp_path))
    told = capsys.readouterr()
    assert json.loads(told.out)["settings"]["paths"] == FEW
    assert "years.csv" in told.err
    assert not Path("-").exists()


def test_json_in_a_file_and_on_standard_output_is_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_plan(options(json_file=tmp_path / "a.json", threads=1))
    capsys.readouterr()
    run_plan(options(json_file=Path("-"), threads=2))
    assert capsys.readouterr().out == (tmp_path / "a.json").read_text(encoding="utf-8")


def test_a_place_that_cannot_be_written_is_refused_before_the_long_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rothwell.report.plan_command.plan", lambda *_: pytest.fail("it began to plan"))
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="file"):
        run_plan(options(html_file=tmp_path / "file" / "a.html"))
    with pytest.raises(InputError, match="folder"):
        run_plan(options(json_file=tmp_path))


def test_no_folders_are_made_above_that_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no folder for this file"):
        run_plan(options(html_file=tmp_path / "nope" / "deeper" / "a.html"))
    assert list(tmp_path.iterdir()) == []


def test_a_missing_library_of_the_page_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("rothwell.report.plan_command.find_spec", lambda name: None if name == "altair" else sys)
    with pytest.raises(InputError, match="altair"):
        run_plan(options(html_file=tmp_path / "a.html"))


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.txt"
    write_whole(target, "old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(InputError, match="No space left"):
        write_whole(target, "new")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(os.getuid() == NOBODY, reason="this user may write anywhere")
def test_a_folder_without_permission_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="cannot write"):
        write_whole(tmp_path / "a.txt", "new")


@pytest.mark.parametrize("name", NAMES)
def test_the_years_have_a_row_for_each_year_of_each_strategy(name: str) -> None:
    answer = answer_of(name)
    found = rows(name, "years.csv")
    assert list(found[0]) == ["landscape", "strategy", "year", *TABLE_COLUMNS]
    years = answer.household.last_year - answer.start_year + 1
    assert len(found) == sum(len(one.results) for one in answer.comparisons) * years
    assert all(float(row["price_level"]) > 0.0 for row in found)


def test_the_columns_of_the_tables_are_documented() -> None:
    page = (EXAMPLES.parent / "docs" / "json.md").read_text(encoding="utf-8")
    for file, text in csv_files(answer_of("couple")).items():
        (row,) = [line for line in page.splitlines() if line.startswith(f"| `{file}`")]
        header = text.splitlines()[0]
        assert [f"`{column}`" in row for column in header.split(",")] == [True] * len(header.split(","))


def test_a_text_that_a_spreadsheet_would_run_is_quoted() -> None:
    people = {row["person"] for row in rows("nothing", "room.csv")}
    assert f"'{FORMULA}" in people
    for text in csv_files(answer_of("nothing")).values():
        for row in csv.reader(io.StringIO(text)):
            for cell in row:
                assert not cell.startswith(("=", "+", "@", "\t"))
                assert not cell.startswith("-") or float(cell) < 0.0


def test_the_room_of_the_table_is_the_room_of_the_answer() -> None:
    (row,) = rows("single", "room.csv")
    (employer,) = answer_of("single").capacity.people[0].employers
    assert float(row["after_tax_room"]) == employer.after_tax_room
    assert float(row["left_this_year"]) == employer.after_tax_room - 4_000
    assert row["limited_by"] == "acp"


def test_a_household_without_jobs_has_an_empty_room_table() -> None:
    assert rows("retired", "room.csv") == []


def test_no_progress_bar_goes_into_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    run_plan(options())
    assert capsys.readouterr().err == ""
