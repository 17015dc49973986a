"""What every model of the household file is made of: the table, and the kinds of values that several tables hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict

from rothwell.household.amounts import Dollars, Name, Rate, Whole

Money = Annotated[float, Dollars()]
Fee = Annotated[float, Rate(0.0, 0.05)]
Year = Annotated[int, Whole(1900, 2200)]
Text = Annotated[str, Name()]


class Table(BaseModel):
    """A table of the household file: unknown keys are refused, values cannot be changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")
