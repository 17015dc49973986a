"""What a plan takes for granted about lives and benefits, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rothwell.household import Household, Person
from rothwell.lifetime.mortality import survival
from rothwell.tax.claiming import claiming_month, month_of_age
from rothwell.tax.primary_insurance import amount_of_earnings, fixed


def assumptions_about_lives(household: Household, start_year: int) -> Iterator[str]:
    """Benefits that the file leaves out or cannot pay as written, and how long the plan's money is spread."""
    without = " and ".join(person.name for person in household.people if person.social_security is None)
    if without:
        but = "" if len(household.people) == 1 else " but that of a survivor"
        yield f"No benefit of Social Security{but} is counted for {without}: the file gives none."
    for person in household.people:
        yield from _about_a_benefit(person, household, start_year)
    last_age = household.beliefs.amortize_to_age
    spread = f"to age {last_age} (`amortize_to_age`), so little is left after it"
    if household.mortality.kind == "table":
        factor = household.mortality.multiplier
        times = f", each chance of death times {factor:g}" if factor != 1.0 else ""
        yield f"Lives are drawn by the period life table of Social Security{times}: it does not improve over the years."
        if household.spending.rule == "amortized":
            chance = _chance_of_outliving(household, start_year, last_age)
            yield f"Spending is planned {spread}; the chance that somebody lives longer is {chance:.0%}."
        if any(person.retirement_age is not None for person in household.people) and len(household.people) > 1:
            yield "A survivor who still works goes on with the whole living cost, and pays what can be paid of it."
    older = [person for person in household.people if person.planning_age > last_age]
    if older and household.spending.rule == "amortized" and household.mortality.kind == "fixed":
        lives = " and ".join(f"{person.name} live to {person.planning_age}" for person in older)
        yield f"Spending is planned {spread}; the plan lets {lives}."


def _chance_of_outliving(household: Household, start_year: int, age: int) -> float:
    """The chance that anybody lives through the year in which the youngest reaches an age."""
    last = max(person.birth_date.year for person in household.people) + age - start_year
    years = household.last_year - start_year + 1
    if not 0 <= last < years:
        return 0.0
    nobody = 1.0
    for person in household.people:
        ends = household.last_year_of(person) - start_year + 1
        chances = np.zeros(years)
        factor = household.mortality.multiplier
        chances[:ends] = survival(person.sex or "", person.age_in(start_year), factor, ends)
        nobody *= 1.0 - float(chances[last])
    return 1.0 - nobody


def _about_a_benefit(person: Person, household: Household, start_year: int) -> Iterator[str]:
    benefit, born = person.social_security, person.birth_date
    if benefit is None:
        return
    asked = month_of_age(born, benefit.claiming_age, benefit.claiming_months)
    if claiming_month(born, benefit.claiming_age, benefit.claiming_months) > asked:
        yield (
            f"The benefit of {person.name} begins a month after that of age {benefit.claiming_age}: the law pays from "
            "the first month throughout which a person is that old."
        )
    if benefit.earnings is not None and person.retirement_age is None:
        amount, _ = amount_of_earnings(born, benefit.earnings, None, start_year, household.market.growth)
        if amount == 0.0:
            years = int(fixed("quarter_of_coverage.to_be_insured") / fixed("quarter_of_coverage.in_a_year"))
            yield f"{person.name} has no own benefit: the earnings make fewer than {years} full years of coverage."
    if benefit.pia is not None and person.retirement_age is not None:
        yield (
            f"The primary insurance amount of {person.name} is taken as the statement gives it, which expects earnings "
            "like the last ones until the claim."
        )
