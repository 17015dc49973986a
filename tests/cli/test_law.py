"""`rothwell law`: a figure with its statute and source, all figures, wrong names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rothwell.cli import run
from rothwell.law import STATUSES, figures

JSON_PAGE = (Path(__file__).resolve().parents[2] / "docs" / "json.md").read_text(encoding="utf-8")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(arguments) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    return shown.out


def test_a_figure_is_shown_with_statute_source_rule_and_history(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "law", "415c", "--year", "2026")
    words = " ".join(out.split())
    assert words.startswith("annual_additions.limit, 2026 $72,000 ")
    assert "IRC 415(c)(1)(A)" in words
    assert "Notice 2025-67" in words
    assert "$40,000 times the CPI-U (average of the third quarter) of the year before over that of 2001" in words
    assert "the increase over the base is rounded down to a multiple of $1,000" in words
    assert "│ 2024 │ $69,000 │" in words
    assert "projected" not in words


def test_a_projected_year_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "law", "402g", "--year", "2040")
    assert "projected: no official paper states it yet" in out
    assert json.loads(said(capsys, "law", "402g", "--year", "2040", "--json"))["projected"] is True


def test_values_by_filing_status_are_grouped(capsys: pytest.CaptureFixture[str]) -> None:
    """Rev. Proc. 2025-32: 16,100 single, 32,200 joint, 24,150 head of household."""
    out = said(capsys, "law", "standard_deduction.basic", "--year", "2026")
    assert "joint, surviving spouse: $32,200" in out
    assert "head of household: $24,150" in out
    value = json.loads(said(capsys, "law", "standard_deduction.basic", "--year", "2026", "--json"))["value"]
    assert set(value) == set(STATUSES)
    assert (value["single"], value["joint"], value["head"]) == (16_100, 32_200, 24_150)


@pytest.mark.parametrize("name", sorted(figures()))
def test_every_figure_can_be_shown_and_is_strict_json(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    year = str(max(2026, figures()[name].first_year))
    assert name in said(capsys, "law", name, "--year", year)
    answer = json.loads(said(capsys, "law", name, "--year", year, "--json"), parse_constant=pytest.fail)
    assert answer["statute"]
    assert answer["history"]


def test_without_a_name_all_figures_are_listed_by_file(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "law", "--year", "2026")
    assert [name for name in figures() if name not in out] == []
    assert out.index("Income tax") < out.index("Retirement plans") < out.index("Estate tax")
    listed = json.loads(said(capsys, "law", "--year", "2026", "--json"))["figures"]
    assert {one["name"] for one in listed} == set(figures())


def test_a_states_figures_are_named_with_its_letters(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["law", "ny.exclusion", "--year", "2026"]) == 0
    assert capsys.readouterr().out.startswith("NY.exclusion, 2026\n  $7,350,000\n")
    assert run(["law", "CA.brackets.rate", "--year", "2026", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "CA.brackets.rate"
    assert run(["law", "ky", "--year", "2026"]) == 0
    assert "KY.other_rate" in capsys.readouterr().out
    for name, words in (
        ("NY.exclusoin", "did you mean 'NY.exclusion'"),
        ("TX.exclusion", "no figure of this state"),
        ("TX", "held"),
    ):
        assert run(["law", name]) == 2
        assert words in capsys.readouterr().err


def test_a_wrong_name_suggests_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["law", "415cc"]) == 2
    shown = capsys.readouterr()
    assert "did you mean '415c'?" in shown.err
    assert shown.err.count("\n") == 1
    assert shown.out == ""


def test_the_mega_backdoor_is_a_name_of_its_limit(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("mega backdoor", "Mega-Backdoor", "mega_backdoor"):
        assert said(capsys, "law", name, "--year", "2026").startswith("annual_additions.limit, 2026")


def test_rounding_reads_as_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    rules = [" ".join(said(capsys, "law", name, "--year", "2026").split()) for name in ("415c", "irmaa.threshold")]
    assert "rounded down to a multiple of $1,000" in rules[0]
    assert "rounded to the nearest multiple of $1,000" in rules[1]


@pytest.mark.parametrize("arguments", [(), ("--json",)])
def test_a_year_before_every_figure_is_one_message(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["law", "--year", "5", *arguments]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "no figure of the law is held for this year; found 5" in shown.err
    assert shown.err.count("\n") == 1


def test_a_year_before_the_figure_begins_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["law", "415c", "--year", "1980"]) == 2
    assert "has no value before 2020" in capsys.readouterr().err


def test_every_json_key_of_law_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    one = json.loads(said(capsys, "law", "415c", "--year", "2026", "--json"))
    every = json.loads(said(capsys, "law", "--year", "2026", "--json"))
    keys = {*one, *one["history"][0], *every, *every["figures"][0]}
    assert not [key for key in keys if f"`{key}`" not in JSON_PAGE]
