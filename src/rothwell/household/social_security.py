"""A person's Social Security benefit as the household file gives it, and what must hold between its values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Protocol

from pydantic import Field

from rothwell.household.amounts import CalendarYear, Whole
from rothwell.household.problem import Problem
from rothwell.household.source import shown
from rothwell.household.table import Age, Money, Table
from rothwell.household.toml_lines import Path
from rothwell.law import figure
from rothwell.law.lives import contribution_and_benefit_base, first_year_of_earnings

WAYS = ("annual_benefit", "pia", "earnings")


class SocialSecurity(Table):
    """[people.social_security]: a person's own retirement benefit, given in one of three ways."""

    claiming_age: Age = Field(
        description="Age in whole years at which the retirement benefit starts, 62 to 70 by current law."
    )
    claiming_months: Annotated[int, Whole(0, 11)] = Field(
        0, description="Months after that age at which the benefit starts."
    )
    annual_benefit: Money | None = Field(
        None, description="Benefit at the claiming age, dollars a year of the start year; or give pia or earnings."
    )
    pia: Money | None = Field(
        None,
        description="Primary insurance amount: the monthly benefit at full retirement age, as the statement of Social "
        "Security gives it, dollars of the start year.",
    )
    earnings: dict[Annotated[int, CalendarYear(1900, 2200)], Money] | None = Field(
        None,
        description="Earnings that Social Security taxed, dollars by year from the first year of work to the year "
        "before the start year, 0 for a year without; later ones follow from the jobs.",
    )
    survivor_claiming_age: Age | None = Field(
        None,
        description="Age in whole years from which the person would take a survivor's benefit, 60 or later; full "
        "retirement age of a survivor when absent.",
    )


class Born(Protocol):
    """Somebody with a birth date who may have a benefit."""

    @property
    def birth_date(self) -> date:
        """Date of birth."""
        ...

    @property
    def social_security(self) -> SocialSecurity | None:
        """The benefit, if any."""
        ...


def problems_of_claims(people: Mapping[int, Born], start_year: int | None) -> Iterator[Problem]:
    """A benefit starts within the ages of the law and is given in exactly one way."""
    for index, person in people.items():
        benefit = person.social_security
        if benefit is None:
            continue
        path: Path = ("people", index, "social_security")
        yield from _ages(path, person.birth_date.year, benefit)
        given = [name for name in WAYS if getattr(benefit, name) is not None]
        if not given:
            allowed = "annual_benefit, pia or earnings: one of them"
            yield Problem((*path, "annual_benefit"), "is required, or pia or earnings in its place", None, allowed)
        elif len(given) > 1:
            message = f"is given beside {given[0]}, and the two can disagree"
            value = getattr(benefit, given[1])
            found = shown(value) if isinstance(value, float) else f"{len(value)} years"
            yield Problem((*path, given[1]), message, found, f"either {given[0]} or {given[1]}")
        elif benefit.earnings is not None and start_year is not None:
            yield from _earnings((*path, "earnings"), person.birth_date, benefit.earnings, start_year)


def _ages(path: Path, born: int, benefit: SocialSecurity) -> Iterator[Problem]:
    """The ages of 42 USC 402(a)(2), (w)(2)(A) and (e)(1)(B)."""
    earliest = _age_of_law("claiming.earliest_age", born)
    latest = _age_of_law("claiming.latest_age_with_credit", born)
    if not earliest <= benefit.claiming_age <= latest:
        allowed = f"a whole number from {earliest} to {latest}"
        yield Problem((*path, "claiming_age"), "is out of range", benefit.claiming_age, allowed)
    elif benefit.claiming_age == latest and benefit.claiming_months:
        message = f"is after {latest}, when the benefit grows no more"
        yield Problem((*path, "claiming_months"), message, benefit.claiming_months, f"0 with claiming_age = {latest}")
    youngest = _age_of_law("claiming.survivor_earliest_age", born)
    age = benefit.survivor_claiming_age
    if age is not None and not youngest <= age <= latest:
        allowed = f"a whole number from {youngest} to {latest}, or none for full retirement age"
        yield Problem((*path, "survivor_claiming_age"), "is out of range", age, allowed)


def _earnings(path: Path, birth_date: date, earnings: Mapping[int, float], start_year: int) -> Iterator[Problem]:
    """A history without gaps that ends with the year before the plan, within what the law taxed."""
    first_counted = first_year_of_earnings()
    oldest = figure("pia.years_counted").first_year - _age_of_law("claiming.earliest_age", start_year)
    if birth_date.year < oldest:
        allowed = f"births of {oldest} and later; pia or annual_benefit from the statement for others"
        yield Problem(path, "cannot be used for this birth: an older formula holds", birth_date, allowed)
        return
    if not earnings:
        allowed = f"for example earnings = {{ {start_year - 1} = 95_000 }}"
        yield Problem(path, "lists no year", None, allowed)
        return
    first = max(birth_date.year + 1, first_counted)
    for year, amount in earnings.items():
        if not first <= year < start_year:
            why = "the jobs of the file give it" if year >= start_year else "it does not count"
            allowed = f"years from {first} to {start_year - 1}"
            yield Problem((*path, year), f"is outside the years of a history: {why}", shown(amount), allowed)
        elif amount > contribution_and_benefit_base(year):
            base = f"{contribution_and_benefit_base(year):,.0f}"
            message = f"is more than Social Security taxed in {year}"
            yield Problem((*path, year), message, shown(amount), f"0 to {base} dollars, as the statement shows it")
    missing = sorted(set(range(min(earnings), start_year)) - set(earnings))
    if missing:
        message = f"lacks {missing[0]}: an absent year is not taken for one without earnings"
        yield Problem(path, message, None, f"{missing[0]} = ... (0 for a year without earnings)")


def _age_of_law(name: str, year: int) -> int:
    """An age that the law sets, in a year."""
    age = figure(name)
    return int(age.value(max(year, age.first_year)).value)
