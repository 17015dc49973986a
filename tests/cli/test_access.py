"""`rothwell access`: the sentences first, the tables, the JSON keys."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from rothwell.cli import run
from rothwell.household import load_household
from rothwell.mega_backdoor.roth_access import Access, AccountAccess, Clock, Period, PersonAccess, Step, access_of
from rothwell.report.access_text import access_section

ROOT = Path(__file__).resolve().parents[2]
COUPLE = str(ROOT / "examples" / "couple.toml")
EVERYTHING = str(ROOT / "examples" / "everything.toml")
JSON_PAGE = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(arguments) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    return shown.out


def test_what_comes_out_first_is_said_first(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "access", COUPLE)
    assert out.startswith("$45,000 of $60,000 in James's Roth IRAs comes out first in 2026, without tax or 10% tax.")
    assert "first_roth_year is not given" in out


def test_years_that_do_not_differ_are_one_row(capsys: pytest.CaptureFixture[str]) -> None:
    """James was born on 10 April 1985: he is 59 1/2 on 10 October 2044."""
    out = said(capsys, "access", COUPLE)
    assert re.search(r"2026 to 2044-10-09 +41 to 59 +\$45,000 +\$45,000 +\$15,000", out)
    assert re.search(r"from 2044-10-10 +59\+ +\$60,000 +\$60,000", out)


def test_one_year_shows_that_year_alone(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "access", COUPLE, "--year", "2030")
    assert re.search(r"^ +2030 +45 ", out, re.MULTILINE)
    assert "2044-10-09" not in out


def test_the_order_of_conversions_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    out = " ".join(said(capsys, "access", EVERYTHING).split())
    assert "conversion of 2022, taxed part $31,000 (10% tax alone); earnings $40,000 (income, with the 10% tax)" in out
    assert "9.4% of it is income" in out
    assert "Rolled over directly to a Roth IRA, $58,000 comes out first." in out


def test_json_has_the_promised_keys(capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(said(capsys, "access", EVERYTHING, "--json"))
    assert set(answer) == {field.name for field in fields(Access)}
    person = answer["people"][1]
    period = person["periods"][0]
    account = period["accounts"][0]
    for found, kind in (
        (person, PersonAccess), (person["clocks"][0], Clock), (period, Period), (account, AccountAccess),
        (account["steps"][0], Step),
    ):  # fmt: skip
        assert set(found) == {field.name for field in fields(kind)}
        page = JSON_PAGE.partition("## access")[2].partition("\n## ")[0]
        for name in found:
            assert f"`{name}`" in page, name
    assert person["day_of_59_and_a_half"] == "2026-04-02"
    assert (period["first_day"], period["last_day"], account["ten_percent"]) == ("2026-01-01", "2026-04-01", 31_000.0)


def test_a_year_before_the_file_is_one_message(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["access", COUPLE, "--year", "2020"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "rothwell: year: is before the household file's start year; found 2020; allowed: from 2026 on\n"


def test_the_section_of_a_report_says_the_same() -> None:
    section = access_section(access_of(load_household(COUPLE, date(2026, 11, 23))))
    assert section.paragraphs[0].startswith("$45,000 of $60,000")
    assert len(section.grids) == 4
