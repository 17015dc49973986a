"""Small households for the tests of the desk."""

from __future__ import annotations

from datetime import date

from rothwell.household import Household, parse_household
from rothwell.mega_backdoor.capacity import EmployerCapacity, capacity_of

TODAY = date(2026, 11, 23)


def job(
    plan: str = "", employer: str = "Acme", pay: float = 250_000, wages: float | None = 100_000, facts: str = ""
) -> str:
    """A [[jobs]] table; `plan` and `facts` hold further keys, one a line. After-tax contributions are on."""
    lines = ["[[jobs]]", 'person = "Ann"', f'employer = "{employer}"', f"pay = {pay}"]
    lines += [] if wages is None else [f"prior_year_wages = {wages}"]
    lines += ["[jobs.plan]", *([] if "after_tax_contributions" in plan else ["after_tax_contributions = true"]), plan]
    return "\n".join([*lines, *(["[jobs.year_to_date]", facts] if facts else [])])


def household(*jobs: str, age: int = 45, year: int = 2026) -> Household:
    """Ann of an age at the end of a year, with jobs."""
    magi = f"prior_magi = {{ {year - 2} = 0, {year - 1} = 0 }}\n"
    person = f'[[people]]\nname = "Ann"\nbirth_date = {year - age}-12-31\nretirement_age = 70\n'
    text = f'[household]\nfiling_status = "single"\nstate = "WA"\nstart_year = {year}\n{magi}{person}'
    text += "\n".join([*jobs, "[spending]", "living_cost = 50_000"])
    return parse_household(text, TODAY, file="ann.toml")


def desk(*jobs: str, age: int = 45, year: int = 2026) -> tuple[EmployerCapacity, ...]:
    """What Ann can put into each of her employers' plans."""
    return capacity_of(household(*jobs, age=age, year=year)).people[0].employers
