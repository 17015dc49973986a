"""What was typed behind an option, read as the household file reads its values."""

from __future__ import annotations

from typing import Any

from rothwell.errors import InputError
from rothwell.household.amounts import Reader, Unusable


def read_option(option: str, typed: str, reader: Reader, hint: str = "") -> Any:
    """The value of an option; a slip is an InputError whose field is the option, `hint` after what is allowed."""
    try:
        return reader.read(typed)
    except Unusable as problem:
        raise InputError(problem.message, field=option, found=typed, allowed=f"{problem.allowed}{hint}") from None
