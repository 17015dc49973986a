"""The states' taxes at death as data: estate taxes and inheritance taxes of the states that are held."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rothwell.law.figures import Figure, read_figures
from rothwell.law.indexing import Growth

BRACKETS = 20  # the most that a table has: a size, not law
STEPS = 8  # the most that a table of an inheritance tax has
KIN = ("child", "grandchild", "sibling", "niece_nephew", "other")
"""Who inherits, as inheritance taxes tell them apart: children, later descendants, brothers and sisters, the children
of these, others."""
CHILD, GRANDCHILD = KIN.index("child"), KIN.index("grandchild")
DEATH_TAX = np.dtype(
    (
        np.record,
        [
            ("exclusion", "f8"),
            ("relative", "f8"),  # 1: the table is for what exceeds the exclusion
            ("whole", "f8"),  # 1: above the exclusion the whole estate is taxed, as far as the cliff or the cap says
            ("less", "f8"),  # dollars of an estate that the table leaves out
            ("cliff", "f8"),  # the share of the exclusion over which the amount that it spares shrinks to nothing
            ("credit", "f8"),  # dollars off the tax, in the place of an exclusion
            ("cap", "f8"),  # the most, as a share of what exceeds the exclusion
            ("most", "f8"),  # the most, dollars
            ("portable", "f8"),  # 1: a surviving spouse has the exclusion of the other too
            ("itself", "f8"),  # 1: the tax is a deduction from what it is figured on
            ("top", "f8", (BRACKETS,)),
            ("rate", "f8", (BRACKETS + 1,)),
            ("less_inheritance", "f8"),  # 1: what is paid of inheritance tax is taken off the estate tax
            ("spared_below_age", "f8", (len(KIN),)),  # whom inheritance tax leaves alone, by kinship
            ("top_of", "f8", (len(KIN), STEPS)),  # of inheritance tax, by kinship
            ("rate_of", "f8", (len(KIN), STEPS + 1)),
        ],
    )
)
"""A state's taxes at death in a year, dollars of the year; nothing is taxed where no state is."""


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
        kin, _, part = field.rpartition("_")
        if value.ndim == 0 or field == "spared_below_age":
            found[field] = value
        elif kin in KIN:
            _write(found[f"{part}_of"][KIN.index(kin)], value, part)
        else:
            _write(found[field], value, field)
    for part in ("top_of", "rate_of"):
        found[part][GRANDCHILD] = found[part][CHILD]  # descendants are of one class everywhere
    if found.credit > 0.0:
        found.exclusion = 0.0
    return deducted_from_itself(found) if found.itself > 0.0 else found


def _write(row: Any, value: NDArray[np.float64], part: str) -> None:
    """Write a table's tops or rates: above the last top, its last rate."""
    row[: value.size] = value
    row[value.size :] = value[-1] if part == "rate" else np.inf


def deducted_from_itself(law: Any) -> Any:
    """The record of a tax that is a deduction from what it is figured on, as one that is not.

    What a table takes of the amount less the tax is another table's tax on the amount: each top rises by the tax up to
    there, and each rate r becomes r / (1 + r). Of the cap the same.

    Law:    35 ILCS 405/2(b): IRC 2058, 2011(f) as of 2001: the state's own tax is deducted.
    Units:  dollars of the year.
    Tests:  test_a_tax_that_is_deducted_from_itself.
    """
    ends = law.top[np.isfinite(law.top)]
    law.top[: ends.size] += np.cumsum(law.rate[: ends.size] * np.diff(ends, prepend=0.0))
    law.rate[:] = law.rate / (1.0 + law.rate)
    law.cap = law.cap / (1.0 + law.cap) if np.isfinite(law.cap) else law.cap
    return law


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
    record.top_of[:] = np.inf
    return record
