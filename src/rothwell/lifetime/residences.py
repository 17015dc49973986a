"""Where a household lives in each year, and the law of the states there, as the year loop reads them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rothwell import household as written
from rothwell.law.state_timeline import asks_federal_tax, follows_federal_choice, state_tables
from rothwell.law.states import POSTAL_LETTERS, State, flat_state, state, states
from rothwell.law.timeline import LawTables
from rothwell.lifetime.records import NO_LAW, RESIDENCE
from rothwell.tax.both_returns import NO_STATE, STATE_ASKS, STATE_FIRST


def homes_of(household: written.Household, start_year: int, years: int) -> list[written.Home]:
    """Where the household lives, by year."""
    born, first = household.people[0].birth_date.year, household.household
    return [written.home_of_year(first, household.residence, born, start_year + year) for year in range(years)]


def residences(
    household: written.Household, start_year: int, years: int, statuses: Iterable[int]
) -> tuple[NDArray[Any], LawTables]:
    """Records of RESIDENCE [year], and the tables of the law of the states in them.

    A state that taxes no income has no law there, and neither has one that is not held, without flat rates.
    """
    homes = homes_of(household, start_year, years)
    laws: dict[tuple[Any, ...], State] = {}
    found = np.zeros(years, RESIDENCE)
    for row, home in zip(found, homes, strict=True):
        law = law_of(home)
        row["state"] = POSTAL_LETTERS.index(home.state)
        row["law"] = NO_LAW
        row["turns"] = NO_STATE
        if law is not None and law.figures:
            key = (home.state, home.state_rates)
            laws.setdefault(key, law)
            row["law"] = list(laws).index(key)
            row["turns"] = STATE_ASKS if asks_federal_tax(law) else STATE_FIRST
            row["itemizes"] = float(not follows_federal_choice(law))
            row["local_rate"] = home.local_rate or 0.0
            row["new_york_city"] = float(home.new_york_city)
    return found, state_tables(list(laws.values()), start_year, years, household.market.growth, statuses)


def law_of(home: written.Home) -> State | None:
    """The law of a home's state: the one held, or the flat rates of the file; nothing where there is neither."""
    if home.state in states():
        return state(home.state)
    rates = home.state_rates
    if rates is None:
        return None
    gains = rates.income if rates.gains is None else rates.gains
    retirement = rates.income if rates.retirement is None else rates.retirement
    return flat_state(home.state, rates.income, gains, retirement)
