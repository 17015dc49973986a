"""Primary insurance amounts of the people of a household, year by year, in dollars of the start year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rothwell.household import Person
from rothwell.law.indexing import WAGES, Growth
from rothwell.law.lives import MONTHS
from rothwell.lifetime.accounts import PEOPLE
from rothwell.tax.claiming import claiming_month, full_retirement_month, months_credited, retirement_share
from rothwell.tax.primary_insurance import amount_of_earnings, eligible_year, fixed

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Span:
    """The years of a plan and the growth that is expected over them."""

    start_year: int
    years: int
    growth: Growth

    def prices(self, year: int) -> float:
        """Expected prices of a year, 1 in the start year and before."""
        return float((1.0 + self.growth.inflation) ** max(0, year - self.start_year))

    def wages(self) -> Array:
        """Expected wage levels, 1 in the start year, [year]."""
        rate = float(self.growth.rates(self.growth.inflation)[WAGES])
        return np.asarray((1.0 + rate) ** np.arange(self.years))


@dataclass(frozen=True, slots=True)
class Amounts:
    """A person's primary insurance amounts, dollars of the start year a month.

    alive     while the person lives, [year], the first entry that of the year before the start
    at_death  of one who dies at the end of a year, [year]
    """

    alive: Array
    at_death: Array


def yearly_earnings(jobs: NDArray[Any], wage_factors: Array, stock: Array, span: Span) -> Array:
    """What Social Security counts as earnings of each person, dollars of each year, [person, year].

    Law:    42 USC 409, 411(a); IRC 1402(a)(12).
    Not modeled: pay that follows a path's own wages: earnings grow with the assumed growth of wages.
    Tests:  test_future_earnings_of_the_jobs_enter_the_average.
    """
    earned, levels = np.zeros((PEOPLE, span.years)), span.wages()
    share = fixed("self_employment.net_earnings_share")
    prices = np.array([span.prices(span.start_year + year) for year in range(span.years)])
    for job, factors, listed in zip(jobs, wage_factors, stock, strict=True):
        counted = share if job["own_business"] > 0.0 else job["paid"]
        years = np.arange(span.years)
        held = (years >= job["first_year"]) & (years <= job["last_year"])
        earned[job["person"]] += counted * held * (job["pay"] * factors * levels + listed * prices)
    return earned


def amounts_of(person: Person, earned: Array, span: Span) -> Amounts:
    """The primary insurance amounts of a person: from earnings of the past and of the jobs, from the statement, or from
    the benefit at the claiming age.

    Law:    42 USC 415(a), (b), (f)(2): later earnings count from the next January.
    Units:  dollars of the start year a month.
    Not modeled: the path's own wages: amounts follow the growth of wages that the household assumes until the year of
            62, and the path's prices; a survivor's amount indexed to later wages, 42 USC 402(e)(2)(B).
    Tests:  test_future_earnings_of_the_jobs_enter_the_average, test_a_benefit_follows_from_the_statement_or_the_claim.
    """
    benefit = person.social_security
    if benefit is None:
        return Amounts(np.zeros(span.years + 1), np.zeros(span.years))
    if benefit.earnings is not None:
        return _of_earnings(person.birth_date, dict(benefit.earnings), earned, span)
    if benefit.pia is not None:
        amount = benefit.pia
    else:
        claimed = claiming_month(person.birth_date, benefit.claiming_age, benefit.claiming_months)
        share = retirement_share(
            claimed, full_retirement_month(person.birth_date), months_credited(claimed, person.birth_date)
        )
        amount = (benefit.annual_benefit or 0.0) / MONTHS / share
    return Amounts(np.full(span.years + 1, amount), np.full(span.years, amount))


def _of_earnings(birth_date: date, history: Mapping[int, float], earned: Array, span: Span) -> Amounts:
    start, eligible = span.start_year, eligible_year(birth_date)
    known = {**history, **{start + year: float(amount) for year, amount in enumerate(earned) if amount > 0.0}}
    alive, at_death = np.zeros(span.years + 1), np.zeros(span.years)
    last = max(known)
    for place in range(span.years + 1):
        year = start - 1 + place
        if year >= eligible:
            settled = place > 0 and alive[place - 1] > 0.0 and year - 1 > last
            alive[place] = alive[place - 1] if settled else _amount(birth_date, known, (year - 1, None), span)
    for place in range(span.years):
        year = start + place
        settled = place > 0 and year > max(last, eligible)
        at_death[place] = at_death[place - 1] if settled else _amount(birth_date, known, (year, year), span)
    return Amounts(alive, at_death)


def _amount(birth_date: date, known: Mapping[int, float], until: tuple[int, int | None], span: Span) -> float:
    """The amount from the earnings through a year, of the living (None) or of one who dies in a year."""
    through, died = until
    earnings = {year: amount for year, amount in known.items() if year <= through}
    amount, first = amount_of_earnings(birth_date, earnings, died, span.start_year, span.growth)
    return amount / span.prices(first)
