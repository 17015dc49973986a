"""`rothwell inherit`: the ways of drawing by hand, what the law asks, one line for what cannot be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rothwell.cli import run

JSON_PAGE = (Path(__file__).resolve().parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
OWNER = ("--owner-born", "1957-05-01", "--died", "2025-06-01", "--year", "2026")
HEIR = (*OWNER, "--heir-born", "1985-01-01", "--wages", "100000")


def said(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert run(["inherit", "--balance", "1000000", *options]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    return shown.out


def answered(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(said(capsys, *options, "--json"))
    return answer


def test_a_million_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    """docs/how-to/plan-for-your-heirs.md."""
    answer = answered(capsys, *HEIR)
    kept = {one["way"]: one["kept"] for one in answer["ways"]}
    assert kept == {"level": 764_360.00, "fill": 763_924.00, "last": 656_169.75}
    assert (answer["best"], answer["empty_by"], answer["begun"]) == ("level", 2035, False)
    out = said(capsys, *HEIR)
    assert out.startswith("Of $1,000,000 the heir keeps $764,360, drawn in equal parts; in the last year it would be")
    assert "designated beneficiary: all is drawn by the end of 2035" in out


@pytest.mark.parametrize(
    ("options", "relation", "empty_by"),
    [
        (("--heir-born", "2015-01-01"), "minor_child", 2046),
        (("--heir-born", "2015-01-01", "--relation", "other"), "designated", 2035),
        (("--heir-born", "1985-01-01", "--relation", "disabled"), "disabled", None),
        (("--heir-born", "1985-01-01", "--relation", "disabled", "--ten-years"), "disabled", 2035),
        (("--heir-born", "1960-01-01", "--relation", "other"), "close_in_age", None),
        (("--heir-born", "1960-01-01", "--relation", "spouse"), "spouse", None),
        (("--relation", "none"), "none", 2030),
    ],
)
def test_by_when_it_must_be_empty(
    capsys: pytest.CaptureFixture[str], options: tuple[str, ...], relation: str, empty_by: int | None
) -> None:
    answer = answered(capsys, *OWNER, *options)
    assert (answer["relation"], answer["empty_by"]) == (relation, empty_by)
    for one in answer["ways"]:
        assert sum(row["drawn"] for row in one["years"]) == pytest.approx(1_000_000, abs=0.5)
        assert all(row["drawn"] >= row["required"] - 0.01 for row in one["years"])


def test_a_roth_account_is_untaxed(capsys: pytest.CaptureFixture[str]) -> None:
    answer = answered(capsys, *HEIR, "--roth")
    assert [one["tax"] for one in answer["ways"]] == [0.0, 0.0, 0.0]
    assert "Nothing of a Roth account is taxed" in said(capsys, *HEIR, "--roth")


def test_a_trust_pays_more(capsys: pytest.CaptureFixture[str]) -> None:
    """Ten times 34,894: see test_a_trust_pays_by_its_own_brackets."""
    answer = answered(capsys, *HEIR, "--trust")
    assert answer["trust"]
    assert answer["ways"][0]["tax"] == 348_940.00
    assert "In a trust, by the law of 2026" in said(capsys, *HEIR, "--trust")


def test_a_late_rollover_leaves_out_what_would_have_been_required(capsys: pytest.CaptureFixture[str]) -> None:
    """Reg. 1.402(c)-2(j)(4): a spouse of 1955 is 79 in 2034, with 26.5, 25.5, ..., 21.1 from 73 on, so is 1,000,000."""
    options = (*OWNER, "--heir-born", "1955-01-01", "--relation", "spouse", "--ten-years")
    divisors, left, missed = (24.6, 23.7, 22.9, 22.0, 21.1), 1_000_000.0, 0.0  # 75 to 79: the owner is 73 in 2030
    for divisor in divisors:
        missed += (left - missed) / divisor
    assert f"in 2034 must leave out ${round(missed):,}" in said(capsys, *options)


def test_a_grandchild_pays_the_parents_rate(capsys: pytest.CaptureFixture[str]) -> None:
    """IRC 1(g), 2026: ten times 10% of 1,350 and 24% of 67,300; the heir is 17 in the last year."""
    options = ("--balance", "700000", *OWNER, "--heir-born", "2018-01-01", "--relation", "grandchild")
    answer = answered(capsys, *options)
    level = next(one for one in answer["ways"] if one["way"] == "level")
    assert level["tax"] == 162_870.00
    assert "taxed by the parents' rate, here 24%" in said(capsys, *options)
    lower = answered(capsys, *options, "--parents-rate", "12%")
    own = 10 * (1_240 + 0.12 * 38_000 + 0.22 * 18_250)  # by the own brackets, which are more: 1(g)(1)(A)
    assert next(one for one in lower["ways"] if one["way"] == "level")["tax"] == pytest.approx(own)


def test_what_is_left_of_the_year_of_death(capsys: pytest.CaptureFixture[str]) -> None:
    """Reg. 1.408-8(e)(4)(iii): two thirds of 150,000 / 24.6 less 3,000, of the first of two IRAs."""
    dead = ("--owner-born", "1949-05-01", "--died", "2024-12-31", "--heir-born", "1985-01-01", "--year", "2026")
    assert "with --before and --taken it is worked out" in " ".join(said(capsys, *dead).split())
    words = " ".join(said(capsys, *dead, "--before", "100000, 50000", "--taken", "3000").split())
    assert "the heir's income: $2,065.04 of this account." in words
    assert run(["inherit", "--balance", "1000000", *dead, "--before", "100000,much"]) == 2
    assert "--before" in capsys.readouterr().err


def test_an_account_of_long_ago_is_drawn_from_this_year_on(capsys: pytest.CaptureFixture[str]) -> None:
    """A death of 2019: the life expectancy of an heir of 48 in 2020, 38.1 less six; one of 2014, no person."""
    old = ("--owner-born", "1940-05-01", "--died", "2019-06-01", "--year", "2026", "--heir-born", "1972-01-01")
    first = answered(capsys, *old)["ways"][-1]["years"][0]
    assert first["year"] == 2026
    assert first["required"] == pytest.approx(1_000_000 / (38.1 - 6), abs=0.01)
    gone = ("--owner-born", "1950-05-01", "--died", "2014-06-01", "--year", "2026", "--relation", "none")
    assert run(["inherit", "--balance", "1000000", *gone]) == 2
    assert "had to be empty by the end of 2019" in capsys.readouterr().err


def test_the_heirs_state_is_counted_where_it_is_held(capsys: pytest.CaptureFixture[str]) -> None:
    federal, california = answered(capsys, *HEIR), answered(capsys, *HEIR, "--state", "CA")
    assert california["ways"][0]["tax"] == pytest.approx(federal["ways"][0]["tax"] + 93_000, rel=0.01)
    assert "The income tax of KS is not held" in said(capsys, *HEIR, "--state", "KS")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--died", "1950-01-01"), "--died: is not after the owner's birth"),
        (("--relation", "none"), "--heir-born: is needed for a person"),
        (("--relation", "chidl"), "did you mean 'child'"),
        (("--filing-status", "mfs"), "--filing-status: is none of these"),
        (("--heir-born", "2026-02-01"), "--heir-born: is after the owner's death"),
        (("--heir-born", "1985"), "--heir-born: cannot be read as a date"),
    ],
)
def test_what_cannot_be_is_one_line(capsys: pytest.CaptureFixture[str], options: tuple[str, ...], words: str) -> None:
    assert run(["inherit", "--balance", "1000000", *HEIR, *options]) == 2
    shown = capsys.readouterr()
    assert words in shown.err
    assert shown.err.count("\n") == 1


def test_every_json_key_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    section = JSON_PAGE.partition("## inherit")[2].partition("\n## ")[0]
    answer = answered(capsys, *HEIR)
    keys = {*answer, *answer["ways"][0], *answer["ways"][0]["years"][0], *answer["notes"][0]}
    assert not [key for key in keys if f"`{key}`" not in section]
