"""Households for the tests of money outside the plans, and their answers."""

from __future__ import annotations

from rothwell.household import Household, parse_household
from rothwell.mega_backdoor.capacity import PersonCapacity, capacity_of
from tests.mega_backdoor.households import TODAY


def person(name: str, age: int, tables: str = "", works: bool = True, year: int = 2026) -> str:
    """A [[people]] table of somebody of an age at the end of a year; `tables` are what follows it."""
    lines = ["[[people]]", f'name = "{name}"', f"birth_date = {year - age}-12-31"]
    lines += ["retirement_age = 90", "planning_age = 100"] if works else ["planning_age = 100"]
    return "\n".join([*lines, tables])


def job(name: str, pay: float, plan: str = "") -> str:
    """A [[jobs]] table; with `plan` the keys of its plan."""
    lines = ["[[jobs]]", f'person = "{name}"', 'employer = "Acme"' if name == "Ann" else 'employer = "Bolt"']
    return "\n".join([*lines, f"pay = {pay}", *(["[jobs.plan]", plan] if plan else [])])


def file(
    *tables: str, status: str = "single", facts: str = "", year: int = 2026, accounts: str = "accounts = []"
) -> str:
    """The text of a household file."""
    head = f'{accounts}\n[household]\nfiling_status = "{status}"\nstate = "WA"\nstart_year = {year}\n{facts}\n'
    return head + "\n".join(tables)


def read(*tables: str, **how: object) -> Household:
    """A household of these tables."""
    return parse_household(file(*tables, **how), TODAY, file="ann.toml")  # type: ignore[arg-type]


def answer(*tables: str, **how: object) -> tuple[PersonCapacity, ...]:
    """What each person of a household can do."""
    return capacity_of(read(*tables, **how)).people
