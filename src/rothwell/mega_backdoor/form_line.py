"""A line of a tax form as a preview shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormLine:
    """A line of a form: its number ("25c"), what it is, its value in dollars (line 10 of Form 8606: a share).

    `entry` is what is written beside the line or in its box: the word "Rollover", an exception number.
    """

    number: str
    words: str
    value: float
    entry: str = ""


def values_of(lines: Iterable[FormLine]) -> dict[str, float]:
    """The value of each line by its number."""
    return {line.number: line.value for line in lines}
