"""What each heir keeps, and what an account is worth in the hands of each, next to leaving it in another bucket."""

from __future__ import annotations

from dataclasses import dataclass

from rothwell.decision.measures import Estimate, mean
from rothwell.household import Household
from rothwell.household.heirs import Heir, shares_of
from rothwell.law import law_for
from rothwell.lifetime.heir_records import STATUS, birth_date_of, inherited_account, names_of_heirs, parents_rate_of
from rothwell.lifetime.heir_return import WAYS
from rothwell.lifetime.inherited_draws import HeirReturn, best_way, draw_inherited
from rothwell.lifetime.scenario import Outcome

LEFT = 500_000.0  # dollars left in one account, to show what a bucket is worth to each heir


@dataclass(frozen=True, slots=True)
class HeirKeeps:
    """What heirs who are alike keep together, real dollars, after estate tax and their own; and how they draw it."""

    names: tuple[str, ...]
    way: str
    kept: Estimate


@dataclass(frozen=True, slots=True)
class Bequest:
    """What a strategy leaves, real dollars; the tax is that on estates and inheritances, federal and of the state."""

    heirs: tuple[HeirKeeps, ...]
    charity: Estimate
    estate_tax: Estimate


@dataclass(frozen=True, slots=True)
class LeftTo:
    """What LEFT dollars in one account are worth to an heir, by the law of the start year and without growth.

    age     the heir's in the first year of drawing, None for a charity and an estate
    way     how pre-tax money is drawn, None for a charity
    years   within how many years
    """

    heir: Heir
    age: int | None
    traditional: float
    roth: float
    taxable: float
    way: str | None
    years: int

    @property
    def roth_rather_than_traditional(self) -> float:
        """By how much the heir has more of Roth money."""
        return self.roth - self.traditional


def bequest_of(outcome: Outcome, position: int, household: Household) -> Bequest | None:
    """What a strategy leaves; None where a flat rate stands for the heirs' returns."""
    names = names_of_heirs(household)
    if household.beliefs.heirs_tax_rate is not None:
        return None
    kept = outcome.heirs[position]
    heirs = tuple(
        HeirKeeps(of_group, WAYS[outcome.ways[position, place]], mean(kept[:, place]))
        for place, of_group in enumerate(names)
    )
    charity = outcome.estate[position] - outcome.heirs[position].sum(axis=-1)
    return Bequest(heirs, mean(charity), mean(outcome.estate_tax[position]))


def left_to_each(household: Household, start_year: int, amount: float = LEFT) -> tuple[LeftTo, ...]:
    """What an amount in each bucket is worth to each heir of a household, by the law of the start year; nobody where a
    flat rate stands for their returns.

    Law:    IRC 408A(d)(1), 1014(a), 691(a): Roth money and the value of taxable accounts are not taxed.
    Units:  dollars of the start year: nothing grows, and the own income of the heir stays what it is in the start year;
            the account is inherited in the last year that the plan lets the owner live through.
    Tests:  test_roth_rather_than_pre_tax_money_for_three_heirs.
    """
    if household.beliefs.heirs_tax_rate is not None:
        return ()
    law, owner = law_for(start_year), max(household.people, key=lambda person: person.last_year)
    found = []
    heirs = household.heirs_in_plan
    for heir, share in zip(heirs, shares_of(heirs), strict=True):
        if not heir.is_person:
            found.append(LeftTo(heir, None, amount, amount, amount, None, 0))
            continue
        born = birth_date_of(heir, household)
        account = inherited_account(heir, born, owner.birth_date, owner.last_year)
        age = owner.last_year + 1 - born.year if heir.relation != "estate" else 0
        status, rate = STATUS[heir.filing_status], parents_rate_of(heir)
        own = HeirReturn(heir.wages, status, age, heir.state, heir.in_trust, rate, share.traditional)
        best = heir.draw == "best"
        drawn = best_way(account, amount, own, law) if best else draw_inherited(account, amount, own, heir.draw, law)
        found.append(LeftTo(heir, age or None, drawn.kept, amount, amount, drawn.way, len(drawn.years)))
    return tuple(found)
