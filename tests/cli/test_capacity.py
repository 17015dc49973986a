"""`rothwell capacity`: the sentence first, the tables, the JSON keys."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

from rothwell.cli import run
from rothwell.mega_backdoor.capacity import Capacity, Correction, EmployerCapacity, Line, PersonCapacity, Total

ROOT = Path(__file__).resolve().parents[2]
COUPLE = str(ROOT / "examples" / "couple.toml")
EVERYTHING = str(ROOT / "examples" / "everything.toml")
JSON_PAGE = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(arguments) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    return shown.out


def test_the_room_of_the_couple_comes_first_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """72,000 - 24,500 - 9,300: Notice 2025-67 and half of 6% of 310,000."""
    out = said(capsys, "capacity", COUPLE)
    assert out.startswith(
        "James can put $38,200 of after-tax money into the plan of Cascade Software in 2026; the 415(c) limit binds."
    )
    assert "Maria can put no after-tax money into the plan of Harbor Medical in 2026: it takes none." in out


def test_every_line_of_the_table_has_its_law(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "capacity", COUPLE)
    assert re.search(r"Limit on annual additions +│ +\$72,000 │ IRC 415\(c\)\(1\)\(A\); Notice 2025-67", out)
    assert "Match: 50% of the first 6% of pay" in out
    assert "projected" not in out


def test_a_projected_year_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "capacity", COUPLE, "--year", "2032")
    assert "* Not published for 2032: projected" in out
    assert "are those written for 2026" in out


def test_what_is_over_a_limit_is_shown_with_its_correction(capsys: pytest.CaptureFixture[str]) -> None:
    out = " ".join(said(capsys, "capacity", EVERYTHING).split())
    assert "$400 above the ACP limit: the plan pays back what is above the ACP limit" in out
    assert "$10,000 is already in: $0 is left." in out


def test_json_has_the_promised_keys(capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(said(capsys, "capacity", COUPLE, "--json"))
    assert answer["year"] == 2026
    james, maria = answer["people"]
    assert (james["name"], maria["name"]) == ("James", "Maria")
    (employer,) = james["employers"]
    assert employer["employer"] == "Cascade Software"
    expected = {
        "annual_additions_limit": 72_000.0,
        "elective_deferrals": 24_500.0,
        "catch_up": 0.0,
        "catch_up_must_be_roth": False,
        "match": 9_300.0,
        "nonelective": 0.0,
        "employer_contributions": 9_300.0,
        "after_tax_room": 38_200.0,
        "limited_by": "annual_additions",
        "left_this_year": 38_200.0,
        "corrections": [],
    }
    assert {key: employer[key] for key in expected} == expected
    assert maria["employers"][0]["limited_by"] == "not_allowed"
    assert set(employer["lines"][0]) == {"name", "value", "law", "source", "projected"}
    assert james["total"]["after_tax_room"] == 38_200.0


def test_json_amounts_are_rounded_to_cents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = (ROOT / "examples" / "couple.toml").read_text().replace("pay = 310_000", "pay = 123_456.78")
    (tmp_path / "odd.toml").write_text(odd)
    answer = said(capsys, "capacity", str(tmp_path / "odd.toml"), "--json")
    assert not re.search(r": -?\d+\.\d{3,}", answer)
    assert json.loads(answer)["people"][0]["employers"][0]["match"] == 3_703.70  # 3% of 123,456.78


@pytest.mark.parametrize("record", [Capacity, PersonCapacity, EmployerCapacity, Total, Line, Correction])
def test_every_json_key_is_documented(record: type) -> None:
    missing = [one.name for one in fields(record) if f"`{one.name}`" not in JSON_PAGE]
    assert not missing
