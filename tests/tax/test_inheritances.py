"""Published examples of inherited accounts and of estates, from the regulations and publications."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from oracle.columns import read_rows
from rothwell.law.death_taxes import death_tax_of
from rothwell.lifetime.taxable_account import step_up
from rothwell.mega_backdoor.roth_basis import RothIras
from rothwell.mega_backdoor.roth_money import Payment
from rothwell.provision import plainly
from rothwell.tax.estate_tax import deduction_for_estate_tax, federal_estate_tax, state_estate_tax, unused_exclusion
from rothwell.tax.inherited_accounts import (
    InheritedAccount,
    hypothetical_minimums,
    last_year,
    minimum_divisor,
    year_of_death_minimums,
)
from tests.tax.test_inherited_accounts import account_of

ROWS = read_rows(Path(__file__).resolve().parents[1] / "worksheets" / "inheritances.csv")
FEWEST_OF_PAPERS = 25  # rows of the regulations and publications, beside other sources


def given_of(row: dict[str, str]) -> dict[str, str]:
    """The facts of a row by name."""
    return dict(one.split("=", 1) for one in row["given"].split(";"))


def amounts(text: str) -> list[float]:
    """The numbers of a list."""
    return [float(part) for part in text.replace(",", ";").split(";")]


def account(given: dict[str, str]) -> InheritedAccount:
    """Of the columns of the worksheet of inherited accounts, those that an example names."""
    return account_of(defaultdict(str, given))


def by_when(given: dict[str, str]) -> list[float]:
    end = last_year(account(given))
    return [] if end is None else [end]


def divisor(given: dict[str, str]) -> list[float]:
    found = minimum_divisor(account(given), int(given["year"]))
    return [] if found is None else [found]


def year_of_death(given: dict[str, str]) -> list[float]:
    balances = amounts(given["balances"])
    return list(year_of_death_minimums(account(given), float(given["divisor"]), balances, float(given["taken"])))


def hypothetical(given: dict[str, str]) -> list[float]:
    ages = [int(age) for age in amounts(given["ages"])]
    return list(hypothetical_minimums(float(given["balance"]), ages, amounts(given["paid"])))


def deduction(given: dict[str, str]) -> list[float]:
    return [
        plainly(deduction_for_estate_tax)(*(float(given[name]) for name in ("received", "included", "of_all", "tax")))
    ]


def unused(given: dict[str, str]) -> list[float]:
    basic = float(given["basic"])
    return [plainly(unused_exclusion)(basic, basic, float(given["estate"]), float(given["gifts"]))]


def stepped_up(given: dict[str, str]) -> list[float]:
    """Half of the gain, and both halves of community property."""
    state = SimpleNamespace(taxable=float(given["value"]), taxable_basis=float(given["basis"]), by_lot=0.0)
    plainly(step_up)(state, 0.5 + 0.5 * float(given["community"]))
    return [state.taxable_basis]


def roth(given: dict[str, str]) -> list[float]:
    """What a distribution consists of: contributions, conversions, earnings."""
    start = (
        RothIras().contributed(float(given["contributions"]), 1998).converted(1998, float(given["conversions"]), 0.0)
    )
    record, _ = start.grown(float(given["earnings"])).distributed(
        Payment(float(given["paid"]), 1999, 50.0, after_death=True)
    )
    return [record.from_contributions, sum(one.taxable for one in record.from_conversions), record.from_earnings]


def state_table(given: dict[str, str]) -> list[float]:
    law = death_tax_of(given["state"], 2026)
    return [plainly(state_estate_tax)(float(law.exclusion) + float(given["over"]), 0.0, law)]


def applicable(given: dict[str, str]) -> list[float]:
    """The exclusion that the tax on a large estate shows: what it and the gifts exceed what is taxed by."""
    law, estate = SimpleNamespace(rate=0.4, basic_exclusion=float(given["basic"])), 50_000_000.0
    gifts = float(given["gifts"])
    tax = plainly(federal_estate_tax)(estate, 0.0, gifts, float(given["unused"]), law)
    return [estate + gifts - tax / law.rate]


def cliff(given: dict[str, str]) -> list[float]:
    """New York's table, which has not changed since 2014, with the exclusion of an earlier year."""
    law = death_tax_of("NY", 2026)
    law.exclusion = float(given["exclusion"])
    return [plainly(state_estate_tax)(float(given["estate"]), 0.0, law)]


RULES: dict[str, Callable[[dict[str, str]], list[float]]] = {
    "empty_by": by_when,
    "divisor": divisor,
    "year_of_death": year_of_death,
    "hypothetical": hypothetical,
    "deduction_691c": deduction,
    "unused": unused,
    "step_up": stepped_up,
    "roth": roth,
    "state_table": state_table,
    "applicable": applicable,
    "cliff": cliff,
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_published_examples_of_inheritances(row: dict[str, str]) -> None:
    printed = amounts(row["value"]) if row["value"] else []
    assert RULES[row["rule"]](given_of(row)) == pytest.approx(printed, abs=0.005), row["source"]


def test_what_a_late_rollover_must_leave_out_is_as_printed() -> None:
    """Reg. 1.402(c)-2(j)(4)(ii), the example of the proposal of 2024: 10,383.68."""
    found = hypothetical_minimums(100_000, (73, 74, 75), (1_000, 0, 0))
    assert sum(found) - 1_000 == pytest.approx(10_383.68, abs=0.01)  # of rounded years


def test_most_are_of_the_regulations_and_publications() -> None:
    of_papers = [row for row in ROWS if row["source"].startswith(("Reg. ", "Pub. "))]
    assert len(of_papers) >= FEWEST_OF_PAPERS
