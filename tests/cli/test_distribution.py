"""`rothwell distribution`: the sentences first, tables that line up, the JSON keys, one line for what cannot be."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

from rothwell.cli import run
from rothwell.mega_backdoor.distribution import Cash, Destination
from rothwell.mega_backdoor.distribution_notes import Note
from rothwell.mega_backdoor.forms import Form1099R

ROOT = Path(__file__).resolve().parents[2]
JSON_PAGE = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
PLAN = ("--pre-tax", "200000", "--after-tax", "50000")
NOTICE = (*PLAN, "--amount", "100000", "--year", "2026")
SPLIT = ("--direct", "traditional_ira=80000", "--direct", "roth_ira=20000")
KEYS = {
    "pre_tax", "after_tax", "destinations", "cash", "taxable_income", "withholding", "form_1099r", "year", "contract",
    "amount", "additional_tax", "net_unrealized_appreciation", "left", "notes", "checks",
}  # fmt: skip


def said(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert run(["distribution", *options]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    return shown.out


def answer(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, object]:
    return json.loads(said(capsys, *options, "--json"))  # type: ignore[no-any-return]


def test_the_answer_comes_first_in_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    """A1 and both destinations, by hand from Notice 2014-54, section III."""
    assert said(capsys, *NOTICE, *SPLIT).startswith(
        "$100,000 leaves the plan: $80,000 of it pre-tax, $20,000 after-tax.\n"
        "Nothing of it is income of 2026; nothing is withheld.\n"
    )
    out = said(capsys, *NOTICE, "--direct", "plan=70k", "--age", "45")
    assert "$10,000 of it is income of 2026; $2,000 is withheld.\nYou keep $28,000.\n" in out
    assert "The additional tax on early distributions is $1,000." in out


def test_the_tables_line_up_and_name_the_law(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, *NOTICE, *SPLIT)
    rows = [
        line for line in out.splitlines() if re.match(r"(The plan|Distribution|Traditional|Roth|Cash|Left) ?", line)
    ]
    ends = [[found.end() for found in re.finditer(r"\$[\d,]+", line)] for line in rows[:6]]
    assert all(one[:3] == ends[0][:3] for one in ends)
    assert "IRC 72(e)(8)" in rows[1]
    assert "IRC 408A(d)(3)(A), (e); Notice 2014-54" in out
    assert "Form 1099-R for" in out


def test_json_has_the_promised_keys(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, *NOTICE, *SPLIT)
    assert set(found) == KEYS
    assert (found["pre_tax"], found["after_tax"]) == (80_000.0, 20_000.0)
    assert found["destinations"] == [
        {"to": "traditional_ira", "method": "direct", "amount": 80_000.0, "pre_tax": 80_000.0, "after_tax": 0.0,
         "taxable": 0.0},
        {"to": "roth_ira", "method": "direct", "amount": 20_000.0, "pre_tax": 0.0, "after_tax": 20_000.0,
         "taxable": 0.0},
    ]  # fmt: skip
    assert (found["taxable_income"], found["withholding"], found["additional_tax"]) == (0.0, 0.0, None)
    assert found["left"] == {"pre_tax": 120_000.0, "after_tax": 30_000.0}
    assert [form["box_7"] for form in found["form_1099r"]] == ["G", "G"]  # type: ignore[attr-defined]


def test_a_60_day_rollover_and_the_cash(capsys: pytest.CaptureFixture[str]) -> None:
    """A2 by hand, Notice 2014-54, section III; amounts written as people write them."""
    late = ("--direct", "plan=$70,000", "--rollover-60-day", "Traditional-IRA=12k")
    found = answer(capsys, "--pre-tax", "200k", "--after-tax", "$50,000", "--amount", "100_000", *late)
    assert found["destinations"][1] == {  # type: ignore[index]
        "to": "traditional_ira", "method": "rollover_60_day", "amount": 12_000.0, "pre_tax": 10_000.0,
        "after_tax": 2_000.0, "taxable": 0.0,
    }  # fmt: skip
    assert found["cash"] == {
        "amount": 18_000.0, "pre_tax": 0.0, "after_tax": 18_000.0, "taxable": 0.0, "net": 16_000.0,
        "from_other_money": 0.0,
    }  # fmt: skip
    assert found["withholding"] == 2_000.0


def test_a_separate_subaccount_and_the_choice_of_who_is_first(capsys: pytest.CaptureFixture[str]) -> None:
    """A13: 40,000 of 25,000 earnings and 100,000 contributions is 8,000 and 32,000."""
    account = ("--pre-tax", "25000", "--after-tax", "100000", "--amount", "40000", "--separate-subaccount")
    assert answer(capsys, *account)["pre_tax"] == 8_000.0
    both = ("--direct", "traditional_ira=20000", "--direct", "roth_ira=20000")
    assert answer(capsys, *account, *both)["taxable_income"] == 0.0
    assert answer(capsys, *account, *both, "--pre-tax-first", "roth-ira")["taxable_income"] == 8_000.0


@pytest.mark.parametrize(
    ("age", "first", "taxable"), [("60", "2021", 0.0), ("60", "2022", 600.0), ("59", "2021", 600.0)]
)
def test_a_designated_roth_account_is_qualified_by_age_and_years(
    age: str, first: str, taxable: float, capsys: pytest.CaptureFixture[str]
) -> None:
    """Reg. 1.402A-1, Q&A-7: 12,000 of 21,850 and 1,150 holds 600 of income; IRC 402A(d)(2)."""
    account = ("--pre-tax", "1150", "--after-tax", "21850", "--amount", "12000", "--designated-roth", "--year", "2026")
    found = answer(capsys, *account, "--age", age, "--first-roth-year", first)
    assert (found["pre_tax"], found["taxable_income"]) == (600.0, taxable)


def test_shares_of_the_employer(capsys: pytest.CaptureFixture[str]) -> None:
    """N1."""
    shares = ("--shares-value", "1000k", "--shares-cost", "200k", "--age", "60")
    options = ("--pre-tax", "1000k", "--after-tax", "0", "--amount", "1000k", *shares)
    found = answer(capsys, *options)
    assert (found["taxable_income"], found["net_unrealized_appreciation"]) == (200_000.0, 800_000.0)
    out = said(capsys, *options)
    assert "6 Growth" in out
    assert "Cash and shares" in out


@pytest.mark.parametrize("width", ["80", "200"])
def test_it_can_be_read_on_terminals_of_any_width(
    width: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    out = said(capsys, *NOTICE, *SPLIT, "--rollover-60-day", "roth_ira=0")
    assert max(len(line.rstrip()) for line in out.splitlines() if "$" in line and "│" not in line) <= int(width)
    assert "$120,000" in out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((*NOTICE, "--direct", "roth_ira=100000.01"), "--direct: the destinations take $100,000.01, $0.01 more"),
        ((*NOTICE, "--rollover-60-day", "roth_ira=100001"), "--rollover-60-day: the destinations take $100,001"),
        ((*NOTICE, "--direct", "roth_irra=5"), 'did you mean "roth_ira"?'),
        ((*NOTICE, "--direct", "roth_ira"), "TO=AMOUNT, such as roth_ira=20000"),
        ((*NOTICE, "--direct", "=5"), "TO=AMOUNT, such as roth_ira=20000"),
        ((*NOTICE, "--direct", "roth_ira="), "--direct roth_ira: cannot be read as dollars"),
        ((*NOTICE, "--direct", "roth_ira=-5"), "--direct roth_ira: must not be negative"),
        ((*NOTICE, "--direct", "roth_ira=nan"), "cannot be read as dollars"),
        ((*NOTICE, "--direct", "roth_ira=1,5"), "has a comma that can be read in two ways"),
        ((*NOTICE, "--rollover-60-day", "plan=90000"), "cannot enter this account by a 60-day rollover"),
        ((*NOTICE, "--pre-tax-first", "roth_ira"), "--pre-tax-first: is not a destination of this distribution"),
        ((*NOTICE, "--age", "40", "--separated-at", "55"), "--separated-at: is later than the payment"),
        ((*NOTICE, "--separated-at", "55"), "--age: is missing"),
        ((*NOTICE, "--age", "nan"), "--age: is no age"),
        ((*NOTICE, "--age", "old"), "--age"),
        ((*NOTICE, "--separate-subaccount", "--designated-roth"), "are two accounts"),
        ((*NOTICE, "--designated-roth"), "--age: is missing"),
        ((*NOTICE, "--designated-roth", "--age", "60"), "--first-roth-year: is missing"),
        (
            (*NOTICE, "--designated-roth", "--age", "60", "--first-roth-year", "2027"),
            "--first-roth-year: is after the payment",
        ),
        ((*NOTICE, "--first-roth-year", "2020"), "--first-roth-year: is for --designated-roth alone"),
        ((*NOTICE, "--shares-value", "5"), "--shares-cost: is missing"),
        ((*NOTICE, "--shares-value", "5", "--shares-cost", "1"), "only in a lump-sum distribution"),
        ((*PLAN, "--amount", "250000.01"), "--amount: is more than the balance"),
        ((*PLAN, "--amount", "0"), "--amount: nothing is distributed"),
        ((*PLAN, "--amount", "-1"), "--amount: must not be negative"),
        ((*PLAN, "--amount", "inf"), "--amount: cannot be read as dollars"),
        ((*PLAN, "--amount", "1e5"), "--amount: cannot be read as dollars"),
        (PLAN, "Missing option '--amount'"),
        ((*PLAN, "--amount", "5", "--year", "2019"), "--year: is before the law held here"),
        (("--pre-tax", "0", "--after-tax", "0", "--amount", "5"), "--pre-tax: nothing is in the plan to distribute"),
        (("--pre-tax", "-5", "--after-tax", "9", "--amount", "5"), "--pre-tax is 0 and --after-tax the value"),
        (("--pre-tax", "5", "--after-tax", "-9", "--amount", "5"), "--after-tax: must not be negative"),
    ],
)
def test_what_cannot_be_is_one_line_and_exit_2(
    options: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["distribution", *options, "--json"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("rothwell: ")
    assert shown.err.count("\n") == 1
    assert words in shown.err


@pytest.mark.parametrize("record", [Destination, Cash, Form1099R, Note])
def test_every_json_key_is_documented(record: type) -> None:
    page = JSON_PAGE.partition("## distribution")[2].partition("\n## ")[0]
    missing = [one.name for one in fields(record) if f"`{one.name}`" not in page]
    assert not missing
    assert not [key for key in KEYS if f"`{key}`" not in page]
