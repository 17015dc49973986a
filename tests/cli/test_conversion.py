"""`rothwell conversion`: the sentence first, the table, the JSON keys, one line for what cannot be."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from rothwell.cli import run
from rothwell.report.conversion_text import paydays

ROOT = Path(__file__).resolve().parents[2]
JSON_PAGE = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
TYPICAL = ("--after-tax", "36500", "--return", "7%", "--rate", "0.35", "--year", "2026")


def said(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert run(["conversion", *options]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    return shown.out


def test_paydays_cut_the_year_into_equal_parts() -> None:
    assert paydays(2026, 1) == [date(2026, 12, 31)]
    assert paydays(2026, 2) == [date(2026, 7, 1), date(2026, 12, 31)]
    assert paydays(2026, 365)[::364] == [date(2026, 1, 1), date(2026, 12, 31)]


def test_two_paychecks_converted_once_a_year_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    """18,250 from 1 July to 31 December, 183 days: 18,250 x (1.07^(183/365) - 1) = 629.70; 35% of it 220.39."""
    answer = json.loads(said(capsys, *TYPICAL, "--paychecks", "2", "--json"))
    yearly = answer["schedules"][-1]
    assert (yearly["how_often"], yearly["contributions"]) == ("yearly", 36_500.0)
    assert yearly["earnings"] == pytest.approx(629.70, abs=0.01)
    assert yearly["tax"] == pytest.approx(220.39, abs=0.01)
    assert [one["how_often"] for one in answer["schedules"]] == [
        "every_paycheck", "monthly", "quarterly", "half_yearly", "yearly",
    ]  # fmt: skip


def test_a_plan_that_converts_twice_a_year_is_in_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, *TYPICAL)
    assert out.startswith("$36,500 of after-tax money in 2026: moved once a year it takes $1,21")
    assert "Twice a year" in out
    assert "To traditional IRA" not in out
    assert "cannot be undone" in out


def test_earnings_in_a_traditional_ira_are_not_taxed_and_the_trap_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, *TYPICAL, "--earnings-to-traditional-ira")
    assert "In a traditional IRA they are not taxed now." in out
    assert "pro rata" in out
    answer = json.loads(said(capsys, *TYPICAL, "--earnings-to-traditional-ira", "--json"))
    assert all(one["tax"] == 0.0 and one["to_roth"] == 36_500.0 for one in answer["schedules"])


def test_every_json_key_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(said(capsys, *TYPICAL, "--json"))
    page = JSON_PAGE.partition("## conversion")[2].partition("\n## ")[0]
    keys = {*answer, *answer["schedules"][0], *answer["schedules"][0]["days"][0], *answer["notes"][0]}
    assert not [key for key in keys if f"`{key}`" not in page]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("--after-tax", "0"), "--after-tax: must be above zero"),
        (("--after-tax", "-5"), "--after-tax: must not be negative"),
        (("--return", "7"), "--return: is out of range"),
        (("--return", "-95%"), "--return: is out of range"),
        (("--rate", "95%"), "--rate: is out of range"),
        (("--rate", "nan"), "--rate: cannot be read as a rate"),
        (("--paychecks", "0"), "--paychecks: is no number of paychecks"),
        (("--paychecks", "367"), "--paychecks: is no number of paychecks"),
    ],
)
def test_what_cannot_be_is_one_line_and_exit_2(
    change: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["conversion", *TYPICAL, *change]) == 2
    shown = capsys.readouterr()
    assert (shown.out, shown.err.count("\n")) == ("", 1)
    assert words in shown.err
