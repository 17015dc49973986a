"""Benefits and lives in the household file: every wrong combination gets one message with its line and its cure."""

from __future__ import annotations

from datetime import date

import pytest

from rothwell.errors import InputError
from rothwell.household import Household, parse_household

TODAY = date(2026, 11, 23)
HEAD = '[household]\nfiling_status = "single"\nstate = "FL"\nstart_year = 2026\n'
ANN = '[[people]]\nname = "Ann"\nbirth_date = 1980-06-15\n'
CLAIM = "[people.social_security]\nclaiming_age = 67\n"


def read(tables: str) -> Household:
    """A file of one person."""
    return parse_household(HEAD + ANN + tables, TODAY)


@pytest.mark.parametrize(
    ("tables", "line", "field", "words"),
    [
        (CLAIM, 8, "annual_benefit", "is required, or pia or earnings"),
        (CLAIM + "pia = 1\nannual_benefit = 2\n", 10, "pia", "given beside annual_benefit"),
        (CLAIM + "pia = 1\nearnings = { 2025 = 3 }\n", 11, "earnings", "given beside pia"),
        (CLAIM + "pia = -1\n", 10, "pia", "negative"),
        (CLAIM + "earnings = {}\n", 10, "earnings", "lists no year"),
        (CLAIM + "earnings = { 2024 = 3 }\n", 10, "earnings", "lacks 2025"),
        (CLAIM + "earnings = { 2022 = 1, 2023 = 2, 2025 = 3 }\n", 10, "earnings", "lacks 2024"),
        (CLAIM + "earnings = { 2025 = 3, 2026 = 4 }\n", 10, "earnings[2026]", "the jobs of the file give it"),
        (CLAIM + "earnings = { 1979 = 3 }\n", 10, "earnings[1979]", "it does not count"),
        (CLAIM + "earnings = { 2025 = 176_101 }\n", 10, "earnings[2025]", "0 to 176,100 dollars"),
        (CLAIM + "claiming_months = 12\npia = 1\n", 10, "claiming_months", "0 to 11"),
        (CLAIM.replace("67", "70") + "claiming_months = 1\npia = 1\n", 10, "claiming_months", "grows no more"),
        (CLAIM.replace("67", "61") + "pia = 1\n", 9, "claiming_age", "62 to 70"),
        (CLAIM + "pia = 1\nsurvivor_claiming_age = 59\n", 11, "survivor_claiming_age", "60 to 70"),
    ],
)
def test_a_benefit_that_cannot_be_used_is_refused_with_its_place(
    tables: str, line: int, field: str, words: str
) -> None:
    with pytest.raises(InputError) as refused:
        read(tables)
    message = str(refused.value)
    assert f"people[0].social_security.{field}" in message
    assert words in message
    assert f"{line}:" in message, message


def test_a_history_of_a_birth_before_the_present_formula_is_refused() -> None:
    old = ANN.replace("1980", "1928") + "planning_age = 105\n" + CLAIM + "earnings = { 2025 = 0 }\n"
    with pytest.raises(InputError, match="an older formula holds"):
        parse_household(HEAD + "prior_magi = { 2024 = 0, 2025 = 0 }\n" + old, TODAY)


def test_a_benefit_in_each_of_the_three_ways_is_read() -> None:
    assert read(CLAIM + 'annual_benefit = "36k"\n').people[0].social_security.annual_benefit == 36_000.0  # type: ignore[union-attr]
    assert read(CLAIM + "pia = 3_000\n").people[0].social_security.pia == 3_000.0  # type: ignore[union-attr]
    history = read(CLAIM + "[people.social_security.earnings]\n2024 = 0\n2025 = 176_100\n").people[0].social_security
    assert history is not None
    assert history.earnings == {2024: 0.0, 2025: 176_100.0}


def test_lives_by_the_table_need_the_sex_of_everybody() -> None:
    with pytest.raises(InputError, match=r"people\[0\]\.sex: is required: the life table goes by it"):
        read('[mortality]\nkind = "table"\n')
    with pytest.raises(InputError, match=r"people\[0\]\.sex"):
        read('sex = "other"\n')
    with pytest.raises(InputError, match=r"mortality\.multiplier: is given, but the kind is \"fixed\""):
        read("[mortality]\nmultiplier = 0.9\n")
    with pytest.raises(InputError, match=r"mortality\.kind"):
        read('[mortality]\nkind = "tables"\n')
    one = read('sex = "female"\n[mortality]\nkind = "table"\nmultiplier = 0.9\n')
    assert one.last_year == 1980 + 110
    assert read("planning_age = 99\n").last_year == 1980 + 99
