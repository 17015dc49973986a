"""The heirs of a household as the year loop reads them."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rothwell import household as written
from rothwell.household.heirs import KINDS_LEFT, Heir, shares_of
from rothwell.law import HEAD, JOINT, SINGLE
from rothwell.law.death_taxes import (
    CHILD,
    DEATH_TAX,
    KIN,
    death_tax_of,
    flat_death_tax,
    no_death_tax,
    states_with_death_taxes,
)
from rothwell.law.state_timeline import state_tables
from rothwell.law.states import state, states
from rothwell.law.timeline import LawTables
from rothwell.lifetime.accounts import PEOPLE
from rothwell.lifetime.bequest import YEARS_OF_HEIRS
from rothwell.lifetime.heir_return import HEIR, NO_PARENTS, WAYS
from rothwell.lifetime.records import NO_LAW
from rothwell.lifetime.residences import turns_of
from rothwell.tax.inherited_accounts import InheritedAccount, Relation, last_year, relation_by_age, years_of

OWN_RETURNS = -1.0  # in the place of a flat rate
STATUS = {"single": SINGLE, "mfj": JOINT, "hoh": HEAD}
KINDS = ("traditional", "roth", "taxable")
LAST_DAY = (12, 31)  # of the year in which a life of the plan ends


class HeirArrays(NamedTuple):
    """See records.HouseholdArrays."""

    records: NDArray[Any]
    state_law: LawTables
    years: NDArray[np.float64]
    limited: NDArray[np.float64]
    divisors: NDArray[np.float64]


def heir_statuses(household: written.Household) -> tuple[int, ...]:
    """The filing statuses of the heirs."""
    return tuple(STATUS[heir.filing_status] for heir in household.heirs_in_plan)


def charities_of(household: written.Household) -> dict[str, float]:
    """What goes to charities: a share of all, or the shares of each kind of money where the file gives such of anybody.

    Law:    IRC 2055(a), 170(c), 501(c)(3): a charity owes no tax on what it inherits, so it takes pre-tax money first.
    """
    found = {"charity": 0.0, "charity_traditional": 0.0, "charity_roth": 0.0, "charity_taxable": 0.0}
    heirs = household.heirs_in_plan
    by_kind = any(getattr(heir, kind) is not None for heir in heirs for kind in KINDS_LEFT)
    for heir, share in zip(heirs, shares_of(heirs), strict=True):
        if heir.is_person:
            continue
        if not by_kind:  # then the shares of every kind are alike
            found["charity"] += share.taxable
        else:
            found["charity_traditional"] += share.traditional
            found["charity_roth"] += share.roth
            found["charity_taxable"] += share.taxable
    return found


def ways_of_drawing(kept: NDArray[np.float64], household: written.Household) -> NDArray[np.int64]:
    """How the pre-tax money of each group of heirs is drawn under each strategy, [strategy, heir]: as the file says, or
    as leaves them the most on average over all futures; of ways that leave alike, the first."""
    best = np.argmax(kept.mean(axis=1), axis=-1) if kept.shape[1] else np.zeros(kept.shape[::2], np.int64)
    for place, (heir, _, _) in enumerate(_groups(household)):
        if heir.draw != "best":
            best[:, place] = WAYS.index(heir.draw)
    return best


def names_of_heirs(household: written.Household) -> tuple[tuple[str, ...], ...]:
    """The names of each group of heirs who are alike."""
    return tuple(names for _, _, names in _groups(household))


def _groups(household: written.Household) -> list[tuple[Heir, tuple[float, ...], tuple[str, ...]]]:
    """The persons who inherit, those who are alike together: one of them, the shares of each of what persons get of
    pre-tax, Roth and taxable money, and their names; nobody where a flat rate stands for their returns."""
    if household.beliefs.heirs_tax_rate is not None:
        return []
    heirs = household.heirs_in_plan
    persons = [(heir, share) for heir, share in zip(heirs, shares_of(heirs), strict=True) if heir.is_person]
    whole = [sum(getattr(share, kind) for _, share in persons) for kind in KINDS]
    found: dict[tuple[Heir, tuple[float, ...]], tuple[str, ...]] = {}
    for heir, share in persons:
        parts = [getattr(share, kind) for kind in KINDS]
        of_whole = tuple(part / total if total > 0.0 else 0.0 for part, total in zip(parts, whole, strict=True))
        key = (heir.model_copy(update={"name": ""}), of_whole)
        found[key] = (*found.get(key, ()), heir.name)
    return [(heir, of_whole, names) for (heir, of_whole), names in found.items()]


def heirs_of(household: written.Household, start_year: int, years: int) -> HeirArrays:
    """The persons who inherit, with the years and the minimums of their draws."""
    groups = _groups(household)
    laws = sorted({heir.state for heir, _, _ in groups if heir.state is not None and heir.state in states()})
    records = np.zeros(len(groups), HEIR)
    ends = np.full((len(groups), PEOPLE, years), float(YEARS_OF_HEIRS))
    limited = np.zeros_like(ends)
    plans: dict[tuple[int, int, int], tuple[float | None, ...]] = {}
    for place, (heir, of_whole, names) in enumerate(groups):
        row: Any = records[place]
        born = birth_date_of(heir, household)
        law = state(heir.state) if heir.state is not None and heir.state in laws else None
        row.birth_year, row.income, row.status = born.year, heir.wages, STATUS[heir.filing_status]
        row.turns = turns_of(law)
        row.law = NO_LAW if heir.state is None or law is None else laws.index(heir.state)
        row.traditional, row.roth, row.taxable = of_whole
        row.alike = len(names)
        row.kin = KIN.index(heir.relation) if heir.relation in KIN else CHILD  # descendants, and children by the estate
        row.person = float(heir.relation != "estate")
        row.trust = float(heir.in_trust)
        row.parents_rate = parents_rate_of(heir)
        for owner, person in enumerate(household.people):
            for year in range(years):
                account = inherited_account(heir, born, person.birth_date, start_year + year)
                limited[place, owner, year] = 0.0 if last_year(account) is None or account.by_life else 1.0
                plans[place, owner, year] = plan = tuple(divisor for _, divisor in years_of(account))
                ends[place, owner, year] = len(plan)
    longest = max([YEARS_OF_HEIRS, *map(len, plans.values())])
    divisors = np.full((len(groups), PEOPLE, years, longest), np.inf)
    for where, plan in plans.items():
        divisors[where][: len(plan)] = [np.inf if one is None else one for one in plan]
    statuses, growth = heir_statuses(household), household.market.growth
    tables = state_tables([state(code) for code in laws], start_year, years + YEARS_OF_HEIRS, growth, statuses)
    return HeirArrays(records, tables, ends, limited, divisors)


def death_taxes(household: written.Household, start_year: int, years: int) -> NDArray[Any]:
    """The taxes at death where the household lives in each year, or what the file gives in their place; later amounts
    rise with expected prices."""
    found = np.zeros(years, DEATH_TAX)
    prices = 1.0 + household.market.inflation
    for place in range(years):
        home, year = household.home_of(start_year + place), start_year + place
        own = home.state_estate_tax
        if own is not None:
            found[place] = flat_death_tax(own.exclusion * prices**place, own.rate)
        elif home.state in states_with_death_taxes():
            found[place] = death_tax_of(home.state, year, household.market.growth)
        else:
            found[place] = no_death_tax()
    return found


def birth_date_of(heir: Heir, household: written.Household) -> date:
    """When an heir was born: as the file says, or by generation after the younger spouse, by the plan's start."""
    if heir.birth_date is not None:
        return heir.birth_date
    youngest = max(person.birth_date for person in household.people)
    return date(min(youngest.year + heir.years_younger, household.start_year), 1, 1)


def parents_rate_of(heir: Heir) -> float:
    """The tax rate of an heir's parents; of a child of the household none lives, and an estate is no child.

    Law:    IRC 1(g)(2)(B).
    """
    return NO_PARENTS if heir.relation in ("child", "estate") else heir.parents_rate


def inherited_account(heir: Heir, born: date, owner_born: date, year: int) -> InheritedAccount:
    """Pre-tax money of an owner who dies at the end of a year, in the hands of an heir."""
    died = date(year, *LAST_DAY)
    if heir.relation == "estate":
        return InheritedAccount(owner_born, died, "none")
    relation: Relation = relation_by_age(owner_born, died, born, heir.relation == "child")
    if heir.disabled:  # also below 21: of a minor child the longer of two rights, 401(a)(9)(E)(ii)(II), (III)
        relation = "disabled"
    return InheritedAccount(owner_born, died, relation, beneficiary_born=born)
