"""The ledger that a Roth account states in a household file: what it must hold, and one message for each slip."""

from __future__ import annotations

from datetime import date

import pytest

from rothwell.errors import InputError
from rothwell.household import parse_household

TODAY = date(2026, 11, 23)
HEAD = """[household]
filing_status = "single"
state = "WA"
start_year = 2026
[[people]]
name = "Ann"
birth_date = 1980-01-31
[[accounts]]
kind = "{kind}"
owner = "Ann"
balance = 50_000
"""
CONVERSION = "[[accounts.conversions]]\nyear = {year}\ntaxable = {taxable}\nuntaxed = {untaxed}\n"


def conversion(year: object = 2024, taxable: object = 1_000, untaxed: object = 9_000) -> str:
    """A [[accounts.conversions]] table."""
    return CONVERSION.format(year=year, taxable=taxable, untaxed=untaxed)


def problem(kind: str, *lines: str) -> InputError:
    with pytest.raises(InputError) as caught:
        parse_household(HEAD.format(kind=kind) + "\n".join(lines), TODAY, file="home.toml")
    return caught.value


GOOD = [
    ("roth_ira", ["contributions = 10_000", "first_roth_year = 2010", conversion(), conversion(2023, 0, 500)]),
    ("roth_ira", ["basis = 20_000", conversion()]),
    ("roth_ira", ["basis = 20_000", "contributions = 10_000", conversion()]),
    ("roth_ira", [conversion(2026, 50_000, 0)]),
    ("roth_plan", ["basis = 50_000", "first_roth_year = 2006", conversion(2010, 50_000, 0)]),
]


@pytest.mark.parametrize(("kind", "lines"), GOOD)
def test_a_ledger_that_holds_is_read(kind: str, lines: list[str]) -> None:
    (account,) = parse_household(HEAD.format(kind=kind) + "\n".join(lines), TODAY).accounts
    assert account.kind == kind
    assert account.converted > 0.0


SLIPS = [
    ("roth_ira", ["contributions = 50_001"], "accounts[0].contributions", "comes to 50,001.00, more than the balance"),
    ("roth_ira", ["contributions = 45_000", conversion()], "accounts[0].contributions", "55,000.00, more than"),
    ("roth_ira", [conversion(2024, 50_001, 0)], "accounts[0].conversions", "come to 50,001.00, more than the balance"),
    ("roth_ira", ["basis = 60_000"], "accounts[0].basis", "is more than the balance"),
    ("roth_ira", ["basis = 9_000", conversion()], "accounts[0].basis", "less than the conversions in it"),
    ("roth_ira", ["basis = 9_000", "contributions = 8_000"], "accounts[0].basis", "is not the sum"),
    ("roth_ira", ["first_roth_year = 1997"], "accounts[0].first_roth_year", "found 1997; allowed: 1998 to 2026"),
    ("roth_ira", ["first_roth_year = 2027"], "accounts[0].first_roth_year", "found 2027"),
    ("roth_ira", [conversion(2027)], "accounts[0].conversions[0].year", "cannot be a year of a roth_ira account"),
    ("roth_ira", ["first_roth_year = 2025", conversion()], "accounts[0].conversions[0].year", "before the first Roth"),
    ("roth_ira", [conversion(), conversion()], "accounts[0].conversions[1].year", "each year once"),
    ("roth_ira", [conversion(taxable=-1)], "accounts[0].conversions[0].taxable", "negative"),
    ("roth_ira", [conversion(year=2024.5)], "accounts[0].conversions[0].year", "whole number"),
    (
        "roth_ira",
        ["[[accounts.conversions]]", "year = 2024", "taxable = 1"],
        "accounts[0].conversions[0].untaxed",
        "required",
    ),
    ("roth_ira", [conversion() + "taxabel = 3"], "accounts[0].conversions[0].taxabel", 'did you mean "taxable"'),
    ("roth_plan", ["first_roth_year = 2005"], "accounts[0].first_roth_year", "2006 to 2026"),
    ("roth_plan", [conversion()], "accounts[0].basis", "is required beside the conversions"),
    ("roth_plan", ["basis = 9_000", conversion()], "accounts[0].basis", "less than the conversions in it"),
    ("roth_plan", ["basis = 9_000", "contributions = 9_000"], "accounts[0].contributions", "whose basis is one amount"),
    ("traditional_ira", ["contributions = 9_000"], "accounts[0].contributions", "is given for a traditional_ira"),
    ("pre_tax_plan", ["first_roth_year = 2020"], "accounts[0].first_roth_year", "is given for a pre_tax_plan"),
    ("hsa", [conversion()], "accounts[0].conversions", "are given for a hsa"),
]


@pytest.mark.parametrize(("kind", "lines", "field", "words"), SLIPS)
def test_a_slip_in_a_ledger_is_one_message(kind: str, lines: list[str], field: str, words: str) -> None:
    found = problem(kind, *lines)
    assert (found.file, found.field) == ("home.toml", field)
    assert found.line is not None
    assert words in str(found)


def test_a_person_was_born_before_the_first_roth_year() -> None:
    text = HEAD.format(kind="roth_ira").replace("1980-01-31", "2004-01-31") + "first_roth_year = 2003\n"
    with pytest.raises(InputError, match="2004 to 2026"):
        parse_household(text, TODAY)


def test_all_roth_iras_of_a_person_hold_the_ledger_together() -> None:
    """IRC 408A(d)(4)(A): what one entry states may lie in another."""
    other = '[[accounts]]\nkind = "roth_ira"\nowner = "Ann"\nbalance = 30_000\n'
    text = HEAD.format(kind="roth_ira") + "contributions = 70_000\n"
    assert len(parse_household(text + other, TODAY).accounts) == 2
    with pytest.raises(InputError, match="more than the balance of all Roth IRAs of Ann"):
        parse_household(text.replace("70_000", "80_001") + other, TODAY)
