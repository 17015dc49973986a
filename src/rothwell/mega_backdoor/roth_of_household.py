"""The ledgers of Roth money that a household file states, and what is taken for granted where it says nothing.

Law:    IRC 408A(d)(4)(A): the Roth IRAs of a person are one; 402A(c)(4)(B), (d)(4): the Roth money of a plan, with what
        was converted in it, is one account.
Units:  dollars; balances as in the file.
Tests:  test_what_the_file_does_not_say_is_taken_with_care_and_said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rothwell.household import Account, Household
from rothwell.mega_backdoor.designated_roth import DesignatedRoth
from rothwell.mega_backdoor.roth_basis import RothIras
from rothwell.mega_backdoor.roth_money import ConversionLayer, Layers, pooled, reasons_of, total_of


@dataclass(frozen=True, slots=True)
class PlanMoney:
    """A kind of money of a person in one employer's plan: its accounts in the file."""

    kind: str
    employer: str | None
    accounts: tuple[Account, ...]

    @property
    def value(self) -> float:
        """What the accounts are worth."""
        return sum(account.balance for account in self.accounts)

    @property
    def basis(self) -> float:
        """The basis that the file states."""
        return sum(account.basis or 0.0 for account in self.accounts)


def plan_money(household: Household, name: str, kind: str) -> tuple[PlanMoney, ...]:
    """A person's plan accounts of a kind, those of one employer together; one without an employer stands alone."""
    found: dict[str, list[Account]] = {}
    alone: list[PlanMoney] = []
    for account in household.accounts_of(name):
        if account.kind == kind and account.employer is None:
            alone.append(PlanMoney(kind, None, (account,)))
        elif account.kind == kind and account.employer is not None:
            found.setdefault(account.employer, []).append(account)
    return (*(PlanMoney(kind, employer, tuple(accounts)) for employer, accounts in found.items()), *alone)


def roth_iras_of(household: Household, name: str) -> tuple[RothIras, tuple[str, ...]]:
    """A person's Roth IRAs as one ledger, and in sentences what the file leaves open and how it is taken."""
    accounts = [account for account in household.accounts_of(name) if account.kind == "roth_ira"]
    if not accounts:
        return RothIras(), ()
    first_year, notes = _first_year(accounts, household.start_year, f"Roth IRAs of {name}")
    contributions = 0.0
    for account in accounts:
        if account.contributions is not None:
            contributions += account.contributions
        elif account.basis is not None:
            contributions += max(0.0, account.basis - account.converted)
            if not account.conversions and account.basis > 0.0:
                amount = f"${account.basis:,.0f}"
                notes.append(
                    f"Roth IRAs of {name}: no conversions are given; the basis of {amount} counts as contributions."
                )
        elif account.balance > account.converted:
            rest = f"${account.balance - account.converted:,.0f}"
            notes.append(f"Roth IRAs of {name}: contributions are not given; {rest} counts as earnings.")
    value = sum(account.balance for account in accounts)
    return RothIras(first_year, value, contributions, (), _layers(accounts)), tuple(notes)


def designated_roth_of(household: Household, name: str, money: PlanMoney) -> tuple[DesignatedRoth, tuple[str, ...]]:
    """The Roth money of a plan as a ledger, and in sentences what the file leaves open and how it is taken."""
    whose = f"Roth account of {name}" + (f" at {money.employer}" if money.employer else "")
    first_year, notes = _first_year(money.accounts, household.start_year, whose)
    if any(account.basis is None and account.balance > 0.0 for account in money.accounts):
        notes.append(f"{whose}: the basis is not given; what has none counts as earnings.")
    elif money.basis > 0.0 and not any(account.conversions for account in money.accounts):
        notes.append(
            f"{whose}: no in-plan conversions are given; the basis of ${money.basis:,.0f} counts as contributions."
        )
    layers = _layers(money.accounts)
    if reasons_of("in-plan conversion", layers, household.start_year) and money.basis > total_of(layers):
        notes.append(
            f"{whose}: basis of in-plan conversions is taken to come out before other basis, its taxed part first. The "
            "order is not confirmed in the official text; box 10 of Form 1099-R says what the plan takes for the five "
            "years (Instructions for Forms 1099-R and 5498, Box 10)."
        )
    return DesignatedRoth(first_year, money.value, money.basis, layers), tuple(notes)


def _first_year(accounts: Sequence[Account], start_year: int, whose: str) -> tuple[int, list[str]]:
    """The start of the five years: what is known, else the latest that it can be."""
    converted = [one.year for account in accounts for one in account.conversions]
    given = [account.first_roth_year for account in accounts if account.first_roth_year is not None]
    if given:
        return min(*given, *converted, start_year), []
    year = min(converted, default=start_year)
    why = "the first conversion" if converted else "the start year, the latest possible"
    return year, [f"{whose}: first_roth_year is not given; the five years are taken to begin in {year}, {why}."]


def _layers(accounts: Sequence[Account]) -> Layers:
    return pooled(
        ConversionLayer(one.year, one.taxable, one.untaxed) for account in accounts for one in account.conversions
    )
