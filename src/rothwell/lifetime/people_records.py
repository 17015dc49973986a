"""The people of a household as the year loop reads them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rothwell.household import Household, Person
from rothwell.law.figures import figure
from rothwell.lifetime.accounts import PEOPLE
from rothwell.lifetime.asset_mixes import PLAN_KINDS, Mixes
from rothwell.lifetime.records import PERSON
from rothwell.tax.required_minimum import applicable_age, divisor


def people_records(household: Household, mixes: Mixes) -> NDArray[Any]:
    """One record for each person; that of nobody has no pension."""
    people: NDArray[Any] = np.zeros(PEOPLE, PERSON)
    market = household.market
    for position, person in enumerate(household.people):
        row: Any = people[position]
        row.birth_year = person.birth_date.year
        row.pension_start = np.inf
        if person.pension is not None:
            row.pension = person.pension.annual_amount
            row.pension_start = person.pension.start_age
            row.pension_indexed = float(person.pension.cost_of_living)
            row.pension_survivor_share = person.pension.survivor_share
        of_plans = fee_of_kind(household, person.name, PLAN_KINDS, market.plan_fee)
        for column, kind in enumerate(PLAN_KINDS):
            row.plan_fee[column] = fee_of_kind(household, person.name, (kind,), of_plans)
        row.ira_fee = fee_of_kind(household, person.name, ("traditional_ira",), market.ira_fee)
        row.hsa_fee = fee_of_kind(household, person.name, ("hsa",), market.ira_fee)
        row.keeps_plan = float(person.plan_on_leaving == "keep")
        row.more_than_5_percent = float(_owns_more_than_5_percent(household, person))
        row.backdoor = float(person.ira.every_year == "backdoor")
        row.hsa_family, row.hsa_self_only = _hsa_every_year(household, person)
        row.roth_ira_fee = fee_of_kind(household, person.name, ("roth_ira",), market.ira_fee)
    people["mix"] = mixes.of_person
    people["pension_start"][len(household.people) :] = np.inf
    return people


def _owns_more_than_5_percent(household: Household, person: Person) -> bool:
    """Whether a person owns more than 5% of an employer: who does waits for nothing when distributions are required.

    Law:    IRC 401(a)(9)(C)(ii)(I), 416(i)(1)(B)(i): the share of 414(q)(1)(A), (2).
    """
    share = float(figure("highly_compensated.ownership").value(household.start_year).value)
    own = any(one.person == person.name for one in household.businesses)
    return own or any(one.person == person.name and one.ownership > share for one in household.jobs)


def _hsa_every_year(household: Household, person: Person) -> tuple[float, float]:
    """The share of the family limit, and of the self-only limit, that goes into a person's account every year."""
    if person.hsa is None or not person.hsa.every_year:
        return 0.0, 0.0
    if person.hsa.coverage[-1].kind == "self_only":
        return 0.0, 1.0
    others = [one for one in household.people if one is not person and one.hsa is not None and one.hsa.every_year]
    share = person.hsa.share_of_family_limit
    if share is None:
        given = others[0].hsa.share_of_family_limit if others and others[0].hsa else None
        share = 1.0 / (1 + len(others)) if given is None else 1.0 - given
    return share, 0.0


def fee_of_kind(household: Household, owner: str | None, kinds: tuple[str, ...], default: float) -> float:
    """The fee of a kind of account: each account's own where given, weighted by balances (alike where all are empty).

    Not modeled: how the weights of several accounts of one kind and owner move with their fees.
    """
    chosen = [one for one in household.accounts if one.kind in kinds and owner in (None, one.owner)]
    if not chosen:
        return default
    total = sum(one.balance for one in chosen)
    weights = [one.balance / total if total > 0.0 else 1.0 / len(chosen) for one in chosen]
    return sum((default if one.fee is None else one.fee) * weight for one, weight in zip(chosen, weights, strict=True))


def required_divisors(household: Household, start_year: int, years: int) -> NDArray[np.float64]:
    """Divisors of required distributions, [spouse alive, person, year]; infinite before they begin."""
    divisors = np.full((1 + 1, PEOPLE, years), np.inf)
    people = household.people
    for position, person in enumerate(people):
        begins = applicable_age(person.birth_date)
        for year in range(years):
            age = person.age_in(start_year + year)
            if age >= begins:
                spouse = people[1 - position].age_in(start_year + year) if len(people) == PEOPLE else None
                divisors[0, position, year] = divisor(age, None)
                divisors[1, position, year] = divisor(age, spouse)
    return divisors
