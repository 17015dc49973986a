"""Headroom by year: how much more ordinary income fits before the next threshold, in the median future."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rothwell.decision.measures import Estimate, median
from rothwell.decision.view import View
from rothwell.law import figure, record_type
from rothwell.law.indexing import PRICES
from rothwell.law.landscape import law_paths
from rothwell.lifetime.accounts import PEOPLE
from rothwell.lifetime.headroom import HEADROOMS, Incomes, headrooms
from rothwell.lifetime.mortality import last_years

NOBODY = -1
MOST = 0.5  # of the futures in which somebody lives: where fewer have a threshold ahead, there is no median


@dataclass(frozen=True, slots=True)
class Headroom:
    """A year's room below each threshold, real dollars: the median future; None where most have none ahead."""

    year: int
    room: Mapping[str, Estimate | None]


def headroom(view: View) -> tuple[Headroom, ...]:
    """Headroom of the strategy in view, every year."""
    paths, years = view.market.returns.shape[0], view.study.years_of_plan
    laws = law_paths(view.landscape, view.study.start_year, view.market.returns.shape[1], view.study.uniforms)
    regime, levels = laws.regime[:, :years], view.market.levels[:, :years]
    status, ahead = _people(view)
    incomes = Incomes(view.column("agi"), view.column("ordinary_taxable_income"), status, ahead)
    law = np.zeros(1, record_type())
    flat = law.view(np.float64)
    found = np.empty((len(HEADROOMS), years, paths))
    headrooms(view.tables, levels, regime, incomes, (flat, np.zeros_like(flat), law), found)
    found /= levels[:, :, PRICES].T
    lives = (status != NOBODY).sum(axis=0)
    lived = int((lives > 0).sum())
    return tuple(
        Headroom(
            view.study.start_year + year,
            {name: _median(found[kind, year], int(lives[year])) for kind, name in enumerate(HEADROOMS)},
        )
        for year in range(lived)
    )


def _median(values: NDArray[np.float64], lives: int) -> Estimate | None:
    known = values[~np.isnan(values)]
    return median(known) if known.size > MOST * lives else None


def _people(view: View) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The filing status of each path's year, and how many people's premiums will rest on its income, [path, year]."""
    one = view.study
    arrays = one.arrays
    paths, years = view.market.returns.shape[0], view.study.years_of_plan
    last_year = last_years(one.household, one.start_year, paths, one.seed)
    year = np.arange(years)
    alive = year[None, :, None] <= last_year[:, None, :]
    count = alive.sum(axis=-1)
    died = last_year.min(axis=-1)[:, None]  # -1 where nobody could
    widowed = (died >= 0) & (year[None] <= died + arrays.couple[0].surviving_years)
    alone = np.where(widowed, arrays.status_widowed[None], arrays.status_alone[None])
    status = np.where(count == PEOPLE, arrays.status_together, np.where(count > 0, alone, NOBODY)).astype(np.int64)
    age = one.start_year + np.arange(years)[:, None] - arrays.people["birth_year"][None, :]
    eligible = float(figure("irmaa.eligible_age").value(one.start_year).value)
    look_back = float(figure("irmaa.lookback_years").value(one.start_year).value)
    return status, (alive & (age >= eligible - look_back)[None]).sum(axis=-1).astype(np.float64)
