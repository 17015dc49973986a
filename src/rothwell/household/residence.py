"""[[residence]] of the household file: where the household lives in later years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from rothwell.household.amounts import State
from rothwell.household.table import Age, Table, Year


class Residence(Table):
    """[[residence]]: a move to another state."""

    state: Annotated[str, State()] = Field(description="The new state as its two postal letters, such as FL.")
    year: Year | None = Field(None, description="The first year there.")
    age: Age | None = Field(
        None, description="In the place of the year: the age of the first person of the file in the first year there."
    )


def state_of_year(first: str, moves: Sequence[Residence], born: int, year: int) -> str:
    """The state of a year, of a household that begins in the first one; `born` is the first person's year of birth."""
    dated = [(one.year if one.year is not None else born + (one.age or 0), one.state) for one in moves]
    return next((state for begin, state in sorted(dated, reverse=True) if begin <= year), first)
