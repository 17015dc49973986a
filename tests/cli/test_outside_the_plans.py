"""`rothwell capacity` outside the plans, and `rothwell payments`: sentences, tables, JSON keys."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest

from rothwell.cli import run
from rothwell.mega_backdoor.excess_contributions import Excess
from rothwell.mega_backdoor.hsa_room import HsaRoom
from rothwell.mega_backdoor.ira_room import IraRoom
from rothwell.mega_backdoor.ordinary_backdoor import Backdoor
from rothwell.mega_backdoor.payments import Installment, ItemOfIncome, TaxPayments
from tests.mega_backdoor.outside import file, job, person

ROOT = Path(__file__).resolve().parents[2]
COUPLE = str(ROOT / "examples" / "couple.toml")
EVERYTHING = str(ROOT / "examples" / "everything.toml")
JSON_PAGE = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(arguments) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    return shown.out


def household(folder: Path, *tables: str, **how: str) -> str:
    path = folder / "ann.toml"
    path.write_text(file(*tables, **how), encoding="utf-8")  # type: ignore[arg-type]
    return str(path)


@pytest.mark.parametrize("record", [IraRoom, HsaRoom, Backdoor, Excess, TaxPayments, Installment, ItemOfIncome])
def test_every_json_key_outside_the_plans_is_documented(record: type) -> None:
    missing = [one.name for one in fields(record) if f"`{one.name}`" not in JSON_PAGE]
    assert not missing


def test_each_person_has_a_section_outside_the_plans(capsys: pytest.CaptureFixture[str]) -> None:
    """A MAGI of 246,000 lets in 6/10 of 8,600, IRC 408A(c)(3); the rest goes through the backdoor."""
    out = " ".join(said(capsys, "capacity", EVERYTHING).split())
    assert "Outside the plans: Dana" in out
    assert "Outside the plans: Chris" in out
    assert "Chris can put $8,600 into IRAs for 2026, by 2027-04-15: $5,160 of it straight into a Roth IRA" in out
    assert "Dana can put $6,250 into the HSA for 2026, by 2027-04-15, of $9,750 in all." in out


def test_json_of_capacity_has_the_objects_ira_and_hsa(capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(said(capsys, "capacity", COUPLE, "--json"))
    james = answer["people"][0]
    expected = {"limit": 7_500.0, "left": 7_500.0, "roth_left": 0.0, "deductible": 0.0, "magi_source": "computed"}
    assert {key: james["ira"][key] for key in expected} == expected
    assert james["ira"]["backdoor"]["taxable"] == 0.0
    assert james["hsa"] is None


def test_a_projected_limit_outside_the_plans_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "capacity", COUPLE, "--year", "2030").partition("Outside the plans")[2]
    assert "* Not published for 2030" in out


def test_a_year_before_the_whole_law_has_no_income_limits(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "capacity", COUPLE, "--year", "2021")
    assert "The income limits of 2021 are not applied" in out


def test_an_excess_is_shown_with_its_tax(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    terms = "[people.ira]\nroth_contributions = 7_500"
    path = household(tmp_path, person("Ann", 45, terms), job("Ann", 400_000))
    out = " ".join(said(capsys, "capacity", path).split())
    assert "$7,500 too much in Roth IRAs, $450 a year while it stays: recharacterize it" in out
    assert "Ann can put nothing more into IRAs for 2026." in out


def test_who_has_no_pay_has_no_ira_room(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = household(tmp_path, person("Ann", 62, works=False))
    assert "Ann has no compensation in 2026: nothing can go into an IRA." in said(capsys, "capacity", path)


def test_payments_say_what_to_pay_first(capsys: pytest.CaptureFixture[str]) -> None:
    """46,800 is 90% of 52,000; 46,100 is withheld and 1,500 paid: 175 was missing in April, IRC 6654(d)."""
    out = said(capsys, "payments", EVERYTHING)
    assert out.startswith("No more estimated payments are needed for 2026")
    assert "Missed: $175 in all by 2026-04-15." in out
    assert "$46,800 is required during the year, by this year's tax; this year's tax, as given, is $52,000." in out


def test_payments_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(said(capsys, "payments", EVERYTHING, "--json"))
    assert (answer["required"], answer["rests_on"], answer["withholding"]) == (46_800.0, "this_year", 46_100.0)
    assert [one["due"] for one in answer["installments"]] == ["2026-04-15", "2026-06-15", "2026-09-15", "2027-01-15"]
    assert [one["withheld"] for one in answer["income"]] == [4_400.0, 8_800.0, 6_600.0]


def test_payments_without_their_table_are_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["payments", COUPLE]) == 2
    assert "payments: is required" in capsys.readouterr().err
