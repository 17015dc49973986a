"""`rothwell forms`: every form in the tables, the checks, the JSON keys."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

from rothwell.cli import run
from rothwell.mega_backdoor.form_w2 import Box12, FormW2
from rothwell.mega_backdoor.forms import Form1099R
from rothwell.mega_backdoor.ira_forms import Form5498

ROOT = Path(__file__).resolve().parents[2]
COUPLE = str(ROOT / "examples" / "couple.toml")
JSON_PAGE = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
EXAMPLES = sorted(str(path) for path in (ROOT / "examples").glob("*.toml"))


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(arguments) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    return shown.out


def test_every_form_of_the_couple_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """James: 310,000 less 24,500; 72,000 less 24,500 and 9,300 of match goes to Roth at every paycheck."""
    out = said(capsys, "forms", COUPLE)
    assert re.search(r"Cascade Software +\$285,500 +\$184,500 +\$310,000 +D \$24,500 +checked +\$38,200", out)
    assert re.search(r"Cascade Software +designated Roth account of this plan +\$38,200 +\$0 +\$38,200 +G", out)
    assert re.search(r"traditional IRA +Roth IRA +\$7,500 +\$7,500 +2, IRA", out)
    assert re.search(r"18 +Taxable part of the conversion +\$0", out)
    assert re.search(r"5a +Pensions and annuities +\$38,200", out)
    assert "When the forms arrive" in out
    assert "ask for Form W-2c" in " ".join(out.split())


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_has_its_forms(example: str, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "forms", example)
    found = json.loads(said(capsys, "forms", example, "--json"))
    assert found["people"]


def test_forms_of_a_later_year(capsys: pytest.CaptureFixture[str]) -> None:
    assert "by 2029-01-31" in said(capsys, "forms", COUPLE, "--year", "2028")


def test_json_has_the_promised_keys(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(said(capsys, "forms", COUPLE, "--json"))
    assert list(found) == ["year", "by", "form_5498_by", "people", "form_1040", "checks"]
    james = found["people"][0]
    assert list(james) == ["name", "form_w2", "form_1099r", "form_5498", "form_8606", "form_5329"]
    assert james["form_w2"][0]["box_12"] == [{"code": "D", "amount": 24_500.0}]
    assert james["form_1099r"][1]["payer"] == "traditional IRA"
    assert [form["kind"] for form in james["form_5498"]] == ["traditional_ira", "roth_ira"]
    assert found["form_1040"][0]["filers"] == ["James", "Maria"]
    assert [line["number"] for line in found["form_1040"][0]["lines"]] == ["4a", "4b", "5a", "5b"]


def test_a_share_is_not_rounded_to_cents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """7,500 of 100,500: line 10 of Form 8606 is 0.074627."""
    text = Path(COUPLE).read_text(encoding="utf-8")
    text += '\n[[accounts]]\nkind = "traditional_ira"\nowner = "James"\nbalance = 93_000\n'
    (tmp_path / "ira.toml").write_text(text, encoding="utf-8")
    found = json.loads(said(capsys, "forms", str(tmp_path / "ira.toml"), "--json"))
    lines = {line["number"]: line["value"] for line in found["people"][0]["form_8606"]}
    assert (lines["10"], lines["18"]) == (0.074627, 6_940.3)


@pytest.mark.parametrize("kind", [FormW2, Form1099R, Form5498, Box12])
def test_every_key_of_a_form_is_documented(kind: type) -> None:
    for field in fields(kind):
        assert f"`{field.name}`" in JSON_PAGE, field.name
