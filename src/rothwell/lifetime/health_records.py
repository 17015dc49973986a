"""A household's health costs as the year loop reads them, and when long-term care begins on each path."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rothwell.household import Household, LongTermCare
from rothwell.lifetime.accounts import PEOPLE
from rothwell.lifetime.markets import YEARS_DRAWN

_PERSON = (PEOPLE,)
NEVER = YEARS_DRAWN * YEARS_DRAWN  # years from the start: care that never begins
IN_YEARS_WITHOUT_WORK = -1  # coverage in the years in which nobody works
_CARE_STREAM = 5  # of random numbers, apart from those of markets, laws and lives
HEALTH = np.dtype(
    (
        np.record,
        [
            ("written", "f8"),  # 1: the file says something of health
            ("out_of_pocket", "f8"),
            ("on_medicare", "f8"),  # Part D plan and Medigap, of each person
            ("premium", "f8", _PERSON),  # on an exchange
            ("benchmark", "f8", _PERSON),
            ("first", "i8", _PERSON),  # index of the first year of coverage, or IN_YEARS_WITHOUT_WORK
            ("last", "i8", _PERSON),
            ("care", "f8", _PERSON),  # cost of a year
            ("care_years", "i8", _PERSON),
        ],
    )
)


def health_record(household: Household, start_year: int) -> NDArray[Any]:
    """The one record of a household's health costs, dollars of the start year."""
    health, names = household.health, [person.name for person in household.people]
    found = np.zeros(1, HEALTH)
    row: Any = found[0]
    row["written"] = float(bool(health.model_fields_set))
    row["out_of_pocket"] = health.out_of_pocket
    row["on_medicare"] = health.part_d_premium + health.medigap_premium
    for plan in health.marketplace:
        person = names.index(plan.person)
        row["premium"][person], row["benchmark"][person] = plan.premium, plan.benchmark
        first = IN_YEARS_WITHOUT_WORK if plan.first_year is None else max(0, plan.first_year - start_year)
        row["first"][person] = first
        row["last"][person] = NEVER if plan.last_year is None else plan.last_year - start_year
    for care in health.long_term_care:
        person = names.index(care.person)
        row["care"][person], row["care_years"][person] = care.annual_cost, care.years
    return found


def care_begins(household: Household, start_year: int, paths: int, seed: int | None) -> NDArray[np.int64]:
    """The year in which each person's long-term care begins, as an index from the start year, [path, person].

    A path's numbers depend only on (seed, path): each path draws the same block of uniform numbers.
    """
    begins = np.full((paths, PEOPLE), NEVER, dtype=np.int64)
    names = [person.name for person in household.people]
    if any(care.chance is not None for care in household.health.long_term_care):
        if seed is None:
            raise ValueError("long-term care by chance needs the seed of the run")
        generator = np.random.Generator(np.random.Philox(np.random.SeedSequence((seed, _CARE_STREAM))))
        draws = generator.random((paths, YEARS_DRAWN, PEOPLE))
    for care in household.health.long_term_care:
        person = names.index(care.person)
        earliest = household.people[person].birth_date.year + care.start_age - start_year
        if care.chance is None:
            begins[:, person] = earliest
        else:
            begins[:, person] = _by_chance(care, max(0, earliest), draws[:, :, person])
    return begins


def _by_chance(care: LongTermCare, earliest: int, draws: NDArray[np.float64]) -> NDArray[np.int64]:
    """The first year, from the earliest on, whose number falls below the chance, [path]."""
    happens = draws < (care.chance or 0.0)
    happens[:, :earliest] = False
    return np.where(happens.any(axis=1), happens.argmax(axis=1), NEVER).astype(np.int64)
