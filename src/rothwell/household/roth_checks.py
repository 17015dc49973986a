"""What must hold in the ledger that a Roth account states: its basis, its conversions and its years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rothwell.household.accounts import Account
from rothwell.household.models import Person
from rothwell.household.problem import Problem
from rothwell.household.toml_lines import Path
from rothwell.law import figure

CENT = 0.005
"""Dollars; sums that a file states may differ by less than a cent."""

FIRST_YEARS = {"roth_ira": "roth_five_years.years", "roth_plan": "roth_five_years.plan_years"}
"""The figure that begins with the first year in which such an account could exist."""


def roth_problems(
    accounts: Mapping[int, Account], people: Mapping[int, Person], start_year: int | None
) -> Iterator[Problem]:
    """All problems of the ledgers of Roth accounts, in no particular order."""
    for index, account in accounts.items():
        path: Path = ("accounts", index)
        if account.kind not in FIRST_YEARS:
            yield from _no_ledger(path, account)
            continue
        yield from _years(path, account, people, start_year)
        yield from _basis(path, account)
    yield from _more_than_the_balance(accounts)


def _no_ledger(path: Path, account: Account) -> Iterator[Problem]:
    """A ledger belongs to Roth accounts alone."""
    given = {"contributions": account.contributions, "first_roth_year": account.first_roth_year}
    for field, value in given.items():
        if value is not None:
            message = f"is given for a {account.kind} account"
            yield Problem((*path, field), message, value, "roth_ira" if field == "contributions" else "a Roth account")
    if account.conversions:
        message = f"are given for a {account.kind} account"
        yield Problem((*path, "conversions"), message, None, "roth_ira or roth_plan, into which the money went")


def _years(path: Path, account: Account, people: Mapping[int, Person], start_year: int | None) -> Iterator[Problem]:
    """Years lie within the law, the life of the owner and the past; a conversion is not before the first year."""
    first = figure(FIRST_YEARS[account.kind]).first_year
    births = [person.birth_date.year for person in people.values() if person.name == account.owner]
    first = max([first, *births])
    allowed = f"{first} or later" if start_year is None else f"{first} to {start_year}"
    listed: list[tuple[Path, int]] = []
    if account.first_roth_year is not None:
        listed.append(((*path, "first_roth_year"), account.first_roth_year))
    listed += [((*path, "conversions", n, "year"), one.year) for n, one in enumerate(account.conversions)]
    for place, year in listed:
        if year < first or (start_year is not None and year > start_year):
            yield Problem(place, f"cannot be a year of a {account.kind} account", year, allowed)
        elif account.first_roth_year is not None and year < account.first_roth_year:
            message = f"is before the first Roth year of the account, {account.first_roth_year}"
            yield Problem(place, message, year, "the year of that conversion, or an earlier first_roth_year")
    seen: set[int] = set()
    for number, one in enumerate(account.conversions):
        if one.year in seen:
            message = "is listed before: the conversions of a year are one"
            yield Problem((*path, "conversions", number, "year"), message, one.year, "each year once")
        seen.add(one.year)


def _basis(path: Path, account: Account) -> Iterator[Problem]:
    """Contributions, conversions and basis agree."""
    basis, converted = account.basis, account.converted
    if account.kind == "roth_plan":
        if account.contributions is not None:
            message = "is given for a roth_plan account, whose basis is one amount"
            allowed = "basis: Roth contributions and in-plan conversions together"
            yield Problem((*path, "contributions"), message, account.contributions, allowed)
        elif basis is None and account.conversions:
            allowed = f"dollars, {converted:,.2f} or more"
            yield Problem((*path, "basis"), "is required beside the conversions of a roth_plan account", None, allowed)
    elif basis is not None and account.contributions is not None:
        total = account.contributions + converted
        if abs(basis - total) > CENT:
            message = "is not the sum of contributions and conversions"
            yield Problem((*path, "basis"), message, basis, f"{total:,.2f}, or no basis")
        return
    if basis is not None and converted > basis + CENT:
        message = f"is less than the conversions in it, {converted:,.2f}"
        yield Problem((*path, "basis"), message, basis, f"{converted:,.2f} or more")


def _more_than_the_balance(accounts: Mapping[int, Account]) -> Iterator[Problem]:
    """What is not withdrawn yet is still there; the Roth IRAs of a person are one account (IRC 408A(d)(4)(A))."""
    for index, account in accounts.items():
        stated = converted = account.converted
        balance = account.balance
        if account.kind == "roth_ira":
            own = [one for one in accounts.values() if one.kind == "roth_ira" and one.owner == account.owner]
            converted = sum(one.converted for one in own)
            stated = sum((one.contributions or 0.0) + one.converted for one in own)
            balance = sum(one.balance for one in own)
        if account.kind not in FIRST_YEARS or stated <= balance + CENT:
            continue
        whose = "the account" if balance == account.balance else f"all Roth IRAs of {account.owner}"
        field = "conversions" if converted > balance + CENT else "contributions"
        if getattr(account, field):
            total = converted if field == "conversions" else stated
            words = "with the conversions " if field == "contributions" and converted else ""
            verb = "come" if field == "conversions" else "comes"
            message = f"{words}{verb} to {total:,.2f}, more than the balance of {whose}"
            allowed = f"0 to {balance:,.2f} dollars in all (a loss is not modeled: leave out what is lost)"
            yield Problem(("accounts", index, field), message, None, allowed)
