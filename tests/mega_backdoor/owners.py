"""Small households with a business of one's own, for the tests of the desk."""

from __future__ import annotations

from rothwell.household import Household
from rothwell.mega_backdoor.capacity import EmployerCapacity, capacity_of
from tests.mega_backdoor.households import household


def business(plan: str = "", profit: float = 180_000, more: str = "", facts: str = "") -> str:
    """A [[businesses]] table of Ann's; after-tax contributions are on unless the plan says otherwise."""
    lines = ["[[businesses]]", 'person = "Ann"', 'name = "Ann Advises"', f"net_profit = {profit}", more]
    allowed = [] if "after_tax_contributions" in plan else ["after_tax_contributions = true"]
    lines += ["[businesses.plan]", *allowed, plan]
    return "\n".join([*lines, *(["[businesses.year_to_date]", facts] if facts else [])])


def named(one: Household, employer: str) -> EmployerCapacity:
    """One employer of Ann's."""
    return next(found for found in capacity_of(one).people[0].employers if found.employer == employer)


def owner(plan: str = "", profit: float = 180_000, age: int = 45, facts: str = "") -> EmployerCapacity:
    """What Ann can put into the plan of her business."""
    return named(household(business(plan, profit, facts=facts), age=age), "Ann Advises")
