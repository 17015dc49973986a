"""What every table of the household file is made of: the strict base model and the kinds of values."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict

from rothwell.household.amounts import Day, Dollars, Name, Rate, Whole

Money = Annotated[float, Dollars()]
PositiveMoney = Annotated[float, Dollars(above_zero=True)]
Share = Annotated[float, Rate(0.0, 1.0)]
Fee = Annotated[float, Rate(0.0, 0.05)]
Age = Annotated[int, Whole(0, 120)]
Year = Annotated[int, Whole(1900, 2200)]
Text = Annotated[str, Name()]
Date = Annotated[date, Day()]


class Table(BaseModel):
    """A table of the household file: unknown keys are refused, values cannot be changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
