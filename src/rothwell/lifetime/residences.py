"""Where a household lives in each year, and the law of the states there, as the year loop reads them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rothwell import household as written
from rothwell.law.state_timeline import asks_federal_tax, follows_federal_choice, state_tables, taxes_income
from rothwell.law.states import POSTAL_LETTERS, State, flat_state, state, states
from rothwell.law.timeline import LawTables
from rothwell.lifetime.records import NO_LAW, RESIDENCE
from rothwell.tax.both_returns import GAINS_ALONE, NO_STATE, STATE_ASKS, STATE_FIRST


def residences(
    household: written.Household, start_year: int, years: int, statuses: Iterable[int]
) -> tuple[NDArray[Any], LawTables]:
    """Records of RESIDENCE [year], and the tables of the law of the states in them.

    A state that taxes no income has no law there, and neither has one that is not held, without flat rates.
    """
    homes = [household.home_of(start_year + year) for year in range(years)]
    laws: dict[tuple[Any, ...], State] = {}
    found = np.zeros(years, RESIDENCE)
    for row, home in zip(found, homes, strict=True):
        law = law_of(home)
        row["state"] = POSTAL_LETTERS.index(home.state)
        row["law"] = NO_LAW
        row["turns"] = turns_of(law)
        if law is not None and law.figures:
            key = (home.state, home.state_rates)
            laws.setdefault(key, law)
            row["law"] = list(laws).index(key)
            row["itemizes"] = float(not follows_federal_choice(law))
            for name, value in facts_of_home(home).items():
                row[name] = value
    return found, state_tables(list(laws.values()), start_year, years, household.market.growth, statuses)


def turns_of(law: State | None) -> int:
    """How often both returns are worked in a state."""
    if law is None or not law.figures:
        return NO_STATE
    if not taxes_income(law):
        return GAINS_ALONE
    return STATE_ASKS if asks_federal_tax(law) else STATE_FIRST


def facts_of_home(home: written.Home) -> dict[str, float]:
    """What the state's return asks of a home."""
    return {"local_rate": home.local_rate or 0.0, "new_york_city": float(home.new_york_city)}


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
