"""What heirs of plans and IRAs must take and by when, by the regulations and Pub. 590-B."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from oracle.columns import read_rows
from rothwell.errors import InputError
from rothwell.tax.inherited_accounts import (
    InheritedAccount,
    last_year,
    minimum_divisor,
    relation_by_age,
    year_of_death_minimums,
)

CASES = read_rows(Path(__file__).resolve().parents[1] / "worksheets" / "inherited_accounts.csv")


def day(text: str) -> date:
    """A day as the worksheet writes it; a year alone is its first of July."""
    return date.fromisoformat(text if "-" in text else f"{text}-07-01")


def account_of(row: dict[str, str]) -> InheritedAccount:
    return InheritedAccount(
        owner_born=day(row["owner_born"]),
        died=day(row["died"]),
        relation=row["relation"],  # type: ignore[arg-type]
        roth=row["kind"] == "roth",
        beneficiary_born=day(row["beneficiary_born"]) if row["beneficiary_born"] else None,
        within_ten_years="ten" in row["choice"],
        uniform="single" not in row["choice"],
        beneficiary_died=day(row["beneficiary_died"]) if row["beneficiary_died"] else None,
    )


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["id"])
def test_what_an_heir_must_take_in_a_year(row: dict[str, str]) -> None:
    """By when the account is empty, and the divisor of a year, as the worksheet has them."""
    account = account_of(row)
    assert last_year(account) == (int(row["empty_by"]) if row["empty_by"] else None)
    if row["year"]:
        divisor = minimum_divisor(account, int(row["year"]))
        if row["divisor"] == "":
            assert divisor is None
        else:
            assert divisor == pytest.approx(float(row["divisor"]), abs=1e-9)
            if row["balance"]:
                assert float(row["balance"]) / divisor == pytest.approx(float(row["minimum"]), abs=0.005)


@pytest.mark.parametrize(
    ("born", "child", "relation"),
    [
        (date(2004, 7, 2), True, "minor_child"),  # 21 on the day after the death
        (date(2004, 7, 1), True, "designated"),
        (date(2004, 7, 2), False, "designated"),
        (date(1960, 10, 1), False, "close_in_age"),  # Reg. 1.401(a)(9)-4(e)(6): by dates, not by years
        (date(1960, 10, 2), False, "designated"),
        (date(1940, 1, 1), False, "close_in_age"),  # older
    ],
)
def test_who_is_an_eligible_beneficiary(born: date, child: bool, relation: str) -> None:
    """An owner born on 1 October 1950 who dies on 1 July 2025."""
    assert relation_by_age(date(1950, 10, 1), date(2025, 7, 1), born, child) == relation


def test_the_owners_distribution_of_the_year_of_death_is_the_beneficiarys() -> None:
    """Reg. 1.408-8(b)(1)(i): 265,000 / 26.5 less 4,000; nothing of a Roth IRA or before the required beginning date."""
    begun = InheritedAccount(date(1950, 3, 1), date(2025, 9, 1), "designated", beneficiary_born=date(1980, 1, 1))
    assert year_of_death_minimums(begun, 26.5, (265_000,), 4_000) == (6_000,)
    assert year_of_death_minimums(begun, 26.5, (265_000,), 12_000) == (0.0,)
    early = InheritedAccount(date(1952, 3, 1), date(2025, 3, 1), "designated", beneficiary_born=date(1980, 1, 1))
    assert year_of_death_minimums(early, 26.5, (265_000,), 0) == (0.0,)


def test_the_required_beginning_date_is_the_first_of_april() -> None:
    """IRC 401(a)(9)(C)(i)(I): born in 1952, 73 in 2025: 1 April 2026."""
    for died, begun in ((date(2026, 3, 31), False), (date(2026, 4, 1), True)):
        account = InheritedAccount(date(1952, 8, 1), died, "designated", beneficiary_born=date(1980, 1, 1))
        assert account.begun is begun


def test_a_person_needs_a_date_of_birth() -> None:
    with pytest.raises(InputError, match="date of birth"):
        InheritedAccount(date(1952, 8, 1), date(2025, 1, 1), "designated")
    account = InheritedAccount(date(1952, 8, 1), date(2025, 1, 1), "designated", beneficiary_born=date(1980, 1, 1))
    with pytest.raises(InputError, match="year of death"):
        minimum_divisor(account, 2025)


def test_somebody_born_on_29_february_comes_of_age_on_the_first_of_march() -> None:
    born = date(2004, 2, 29)
    assert relation_by_age(date(1970, 1, 1), date(2025, 2, 28), born, True) == "minor_child"
    assert relation_by_age(date(1970, 1, 1), date(2025, 3, 1), born, True) == "designated"
