"""How long people live in a plan, as the household file says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, Protocol

from pydantic import Field

from rothwell.household.amounts import Number
from rothwell.household.problem import Problem
from rothwell.household.table import Table

OLDEST = 110
"""The age whose year is the last of every life by the table: fewer than one in a thousand of those of 65 reach it."""

MortalityKind = Literal["fixed", "table"]
Sex = Literal["female", "male"]


class Mortality(Table):
    """[mortality]: how long the people of the plan live."""

    kind: MortalityKind = Field(
        "fixed",
        description="fixed: everybody lives through the year of the planning_age. table: each path draws the year of "
        "death of each person by the period life table of Social Security; then each person's sex is needed.",
    )
    multiplier: Annotated[float, Number(0.1, 10.0)] = Field(
        1.0, description="What the yearly chances of death of the table are multiplied by: below 1 for better health."
    )


class Listed(Protocol):
    """Somebody who may have a sex in the file."""

    @property
    def name(self) -> str:
        """The name."""
        ...

    @property
    def sex(self) -> Sex | None:
        """The sex, if given."""
        ...


def problems_of_mortality(mortality: Mortality | None, people: Mapping[int, Listed]) -> Iterator[Problem]:
    """The table goes by sex; a multiplier is of the table."""
    if mortality is None:
        return
    for index, person in people.items():
        if mortality.kind == "table" and person.sex is None:
            path = ("people", index, "sex")
            yield Problem(path, f"is required: the life table goes by it ({person.name})", None, '"female" or "male"')
    if mortality.kind == "fixed" and "multiplier" in mortality.model_fields_set:
        allowed = 'kind = "table", or no multiplier'
        path_of_table = ("mortality", "multiplier")
        yield Problem(path_of_table, 'is given, but the kind is "fixed"', mortality.multiplier, allowed)
