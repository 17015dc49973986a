"""Which asset mix every kind of account of every person holds, year by year.

Returns are worked out once for each different mix, not for each account. Every mix is restored to its weights at the
turn of the year, at no cost.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rothwell import household as written
from rothwell.lifetime.accounts import PEOPLE

KINDS_WITH_A_MIX = ("pre_tax_plan", "roth_plan", "after_tax_plan", "traditional_ira", "roth_ira", "hsa")
"""The kinds of account of one person, in the order of the column `mix` of a person's record."""
PLAN_KINDS = ("pre_tax_plan", "roth_plan", "after_tax_plan")
ASSETS = 3  # stocks, bonds, cash
NO_MIX = -1


@dataclass(frozen=True, slots=True)
class Mixes:
    """The different mixes of a household.

    weights      of stocks, bonds and cash [mix, year, asset]; the first mix is that of accounts which name none; empty
                 where the file has no mixes and all money is in one portfolio
    of_taxable   the mix of the taxable account
    of_person    the mix of each kind of account of each person [person, KINDS_WITH_A_MIX]
    cash         the mix that is all cash, NO_MIX where the taxable account never holds cash
    """

    weights: NDArray[np.float64]
    of_taxable: int
    of_person: NDArray[np.int64]
    cash: int


def mixes_of(household: written.Household, start_year: int, years: int) -> Mixes:
    """The different mixes of a household; accounts of one kind and owner are held together, weighted by balances."""
    of_person = np.zeros((PEOPLE, len(KINDS_WITH_A_MIX)), dtype=np.int64)
    if not household.mixes:
        return Mixes(np.zeros((0, years, ASSETS)), 0, of_person, NO_MIX)
    known = {mix.name: _weights(mix, household, start_year, years) for mix in household.mixes}
    found = [known[household.mixes[0].name]]
    of_taxable = _place(_held(household, None, ("taxable",), known), found)
    for position, person in enumerate(household.people):
        for column, kind in enumerate(KINDS_WITH_A_MIX):
            own = _accounts(household, person.name, (kind,))
            kinds = (kind,) if own or kind not in PLAN_KINDS else PLAN_KINDS
            of_person[position, column] = _place(_held(household, person.name, kinds, known), found)
    all_cash = np.zeros((years, ASSETS))
    all_cash[:, -1] = 1.0
    cash = _place(all_cash, found) if found[of_taxable][:, -1].any() else NO_MIX
    return Mixes(np.array(found), of_taxable, of_person, cash)


def returns_of_mixes(mixes: Mixes, assets: NDArray[np.float64]) -> NDArray[np.float64]:
    """The return of every mix, [path, year, mix], from those of the assets, [path, year, asset]."""
    paths, years, _ = assets.shape
    returns = np.zeros((paths, years, mixes.weights.shape[0]))
    for mix, weights in enumerate(mixes.weights):
        for asset in range(ASSETS):
            returns[:, :, mix] += weights[:years, asset] * assets[:, :, asset]
    return returns


def _weights(mix: written.Mix, household: written.Household, start_year: int, years: int) -> NDArray[np.float64]:
    """Weights year by year, [year, asset]: straight lines from each point of the glide path to the next."""
    age_now = household.people[0].age_in(start_year)
    places, weights = [0], [mix.weights]
    for point in mix.glide:
        away = point.year - start_year if point.year is not None else (point.age or 0) - age_now
        if away > 0:
            places.append(away)
            weights.append(point.weights)
        else:  # the plan begins later than the file: what has been reached is where it begins
            weights[0] = point.weights
    columns = [np.interp(np.arange(years), places, [one[asset] for one in weights]) for asset in range(ASSETS)]
    return np.stack(columns, axis=1)


def _accounts(household: written.Household, owner: str | None, kinds: tuple[str, ...]) -> list[written.Account]:
    return [one for one in household.accounts if one.kind in kinds and owner in (None, one.owner)]


def _held(
    household: written.Household, owner: str | None, kinds: tuple[str, ...], known: dict[str, NDArray[np.float64]]
) -> NDArray[np.float64]:
    """What the accounts of some kinds hold together; the household's mix where there are none."""
    first = household.mixes[0].name
    accounts = _accounts(household, owner, kinds)
    names = {account.mix or first for account in accounts}
    if len(names) <= 1:
        return known[names.pop() if names else first]
    total = sum(account.balance for account in accounts)
    shares = [account.balance / total if total > 0.0 else 1.0 / len(accounts) for account in accounts]
    return np.asarray(sum(share * known[account.mix or first] for share, account in zip(shares, accounts, strict=True)))


def _place(weights: NDArray[np.float64], found: list[NDArray[np.float64]]) -> int:
    """Where a mix stands among those found so far; a new one is added."""
    for position, other in enumerate(found):
        if np.array_equal(weights, other):
            return position
    found.append(weights)
    return len(found) - 1
