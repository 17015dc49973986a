"""How long people live: to a planned age, or by chance after the period life table of Social Security.

Each path draws one number for each person from a stream of its own: the year of death depends only on the seed, the
path and the person's place in the file. Either may die first. No strategy and no spending rule sees the year.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rothwell.household import Household
from rothwell.law.lives import death_probabilities
from rothwell.lifetime.accounts import PEOPLE

_LIFE_STREAM = 2  # of the random numbers, apart from those of markets and laws


def survival(sex: str, age: int, multiplier: float, years: int) -> NDArray[np.float64]:
    """The chance to live through each of the next years, in the first of which an age is reached, [year]; 0 at last.

    Law:    none: SSA, period life table; a year of life ends with the year in which its age is reached.
    Not modeled: mortality that improves over the years; the health, income and marriage of a person (the multiplier
            stands for them); deaths of a couple that hang together; lives beyond the last age of the plan.
    Tests:  test_survival_is_that_of_the_table, test_the_drawn_year_is_where_survival_passes_the_number.
    """
    table = np.minimum(1.0, multiplier * death_probabilities(sex))
    ages = np.minimum(age + np.arange(years), table.size - 1)
    dying = table[ages]
    dying[-1] = 1.0
    return np.asarray(np.cumprod(1.0 - dying))


def year_of_death(survival_of: NDArray[np.float64], number: NDArray[np.float64]) -> NDArray[np.int64]:
    """The last year that is lived through, for numbers between 0 and 1: how many chances of survival exceed the number.

    Tests:  test_the_drawn_year_is_where_survival_passes_the_number.
    """
    return np.searchsorted(-survival_of, -number, side="left").astype(np.int64)


def last_years(household: Household, start_year: int, paths: int, seed: int | None = None) -> NDArray[np.int64]:
    """The last year of each life, as an index from the start year, [path, person]; -1 for nobody.

    Lives by chance need the seed of the run: without one they could not be those of its other scenarios.

    Tests:  test_lives_depend_on_seed_and_path_alone, test_sampled_lives_have_the_moments_of_the_table.
    """
    ends = [household.last_year_of(person) - start_year for person in household.people]
    lives = np.tile(np.array([*ends, *[-1] * (PEOPLE - len(ends))], dtype=np.int64), (paths, 1))
    if household.mortality.kind == "table":
        if seed is None:
            raise ValueError("lives by chance need the seed of the run")
        generator = np.random.Generator(np.random.Philox(np.random.SeedSequence((seed, _LIFE_STREAM))))
        numbers = generator.random((paths, PEOPLE))
        for place, person in enumerate(household.people):
            assert person.sex is not None  # asked for at the edge
            if ends[place] < 0:
                continue  # lived before the first year of the plan
            age = person.age_in(start_year)
            chances = survival(person.sex, age, household.mortality.multiplier, ends[place] + 1)
            lives[:, place] = year_of_death(chances, numbers[:, place])
    return lives
