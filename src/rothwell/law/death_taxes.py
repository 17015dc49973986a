"""The states' taxes at death as data: estate taxes and inheritance taxes of the states that are held."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from rothwell.law.figures import Figure, read_figures
from rothwell.law.indexing import Growth

BRACKETS = 20  # the most that a table has: a size, not law
DEATH_TAX = np.dtype(
    (
        np.record,
        [
            ("exclusion", "f8"),
            ("relative", "f8"),  # 1: the table is for what exceeds the exclusion
            ("whole", "f8"),  # 1: above the exclusion the whole estate is taxed, as far as the cliff or the cap says
            ("less", "f8"),  # dollars of an estate that the table leaves out
            ("cliff", "f8"),  # the share of the exclusion over which what it spares is lost
            ("cap", "f8"),  # the most, as a share of what exceeds the exclusion
            ("most", "f8"),  # the most, dollars
            ("portable", "f8"),  # 1: a surviving spouse has the exclusion of the other too
            ("child_rate", "f8"),  # of inheritance tax
            ("child_exempt", "f8"),
            ("other_rate", "f8"),
            ("other_exempt", "f8"),
            ("top", "f8", (BRACKETS,)),
            ("rate", "f8", (BRACKETS + 1,)),
        ],
    )
)
"""A state's taxes at death in a year, dollars of the year; nothing is taxed where no state is."""
NOT_HELD = ("IL", "KY")
"""States with a tax at death whose law is not held: 35 ILCS 405/2; Ky. Rev. Stat. 140.070."""


@cache
def death_tax_figures() -> Mapping[str, Figure]:
    """Every figure of these taxes, by state and name."""
    return read_figures(resources.files("rothwell.law").joinpath("death_taxes.toml").read_text())


def states_with_death_taxes() -> tuple[str, ...]:
    """The states whose taxes at death are held."""
    return tuple(dict.fromkeys(name.partition(".")[0] for name in death_tax_figures()))


def death_tax_of(code: str, year: int, growth: Growth = Growth()) -> Any:  # noqa: B008 (immutable)
    """The record of a state in a year; one that taxes nothing for a state without such taxes.

    Later exclusions follow their rule under expected prices, not those of a path.
    """
    found: Any = no_death_tax()
    for name, one in death_tax_figures().items():
        state, _, field = name.partition(".")
        if state != code or one.first_year > year:
            continue
        value = one.value(year, growth).value
        if value.ndim == 0:
            found[field] = value
        else:
            found[field][: value.size] = value
            found[field][value.size :] = value[-1] if field == "rate" else np.inf
    return found


def flat_death_tax(exclusion: float, rate: float) -> Any:
    """A state that is not held: a rate on what exceeds an amount."""
    found: Any = no_death_tax()
    found.exclusion, found.relative = exclusion, 1.0
    found.rate[:] = rate
    return found


def no_death_tax() -> Any:
    """No tax at death."""
    record: Any = np.zeros(1, DEATH_TAX)[0]
    record.exclusion, record.cap, record.most = np.inf, np.inf, np.inf
    record.top[:] = np.inf
    return record
