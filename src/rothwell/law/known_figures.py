"""What was known of the law when an answer was made: its figures by year, to be compared with what is known later."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rothwell.errors import InputError
from rothwell.law.figures import Figure, figures
from rothwell.law.indexing import Growth
from rothwell.law.landscape import Landscape

SAME = 1e-9  # of an amount: what differs by less is the same figure


@dataclass(frozen=True, slots=True)
class KnownFigure:
    """A figure of the law in a year, as a number or nested lists of numbers (None: no end), and whether projected."""

    name: str
    year: int
    value: Any
    projected: bool


@dataclass(frozen=True, slots=True)
class LawChange:
    """A figure that is known otherwise than before.

    kind   published (it was projected then), changed, projected otherwise, new (not held then) or gone
    """

    kind: str
    name: str
    year: int
    before: Any
    now: Any


def known_figures(years: Iterable[int], growth: Growth) -> tuple[KnownFigure, ...]:
    """Every figure of current law in some years, where it exists."""
    found = []
    for year in years:
        for name, one in figures().items():
            try:
                dated = one.value(year, growth)
            except InputError:
                continue
            found.append(KnownFigure(name, year, _finite(dated.value.tolist()), dated.projected))
    return tuple(found)


def _finite(value: Any) -> Any:
    """Numbers as JSON can hold them: None where there is no end."""
    if isinstance(value, list):
        return [_finite(one) for one in value]
    return value if math.isfinite(value) else None


def law_changes(before: Sequence[KnownFigure], now: Sequence[KnownFigure]) -> tuple[LawChange, ...]:
    """What is known otherwise now of the years that both speak of, in the order of the law's files."""
    earlier = {(one.name, one.year): one for one in before}
    later = {(one.name, one.year): one for one in now}
    years = {one.year for one in before} & {one.year for one in now}
    found = []
    for key in [*later, *(key for key in earlier if key not in later)]:
        if key[1] not in years:
            continue
        old, new = earlier.get(key), later.get(key)
        kind = _kind(old, new)
        if kind:
            values = (old.value if old else None, new.value if new else None)
            found.append(LawChange(kind, key[0], key[1], *values))
    return tuple(found)


def _kind(old: KnownFigure | None, new: KnownFigure | None) -> str:
    """How a figure is known otherwise; nothing where it is not."""
    if old is None or new is None:
        return "new" if old is None else "gone"
    if old.projected and not new.projected:
        return "published"
    if _same(old.value, new.value):
        return ""
    return "projected otherwise" if old.projected else "changed"


def _same(one: Any, other: Any) -> bool:
    first, second = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    return first.shape == second.shape and bool(np.allclose(first, second, rtol=SAME, atol=SAME, equal_nan=True))


def as_known_before(landscape: Landscape, changes: Sequence[LawChange]) -> Landscape:
    """The landscape with the figures of current law as they were known before; those a regime changes stay its own."""
    earlier: dict[str, Figure] = {}
    for one in changes:
        figure = earlier.get(one.name, figures().get(one.name))
        if figure is not None and one.kind in ("published", "changed"):
            earlier[one.name] = _before(figure, one)
    regimes = tuple(
        replace(regime, changes={**_not_in(regime.changes, earlier), **regime.changes}) for regime in landscape.regimes
    )
    return replace(landscape, regimes=regimes)


def _not_in(known: Mapping[str, Figure], others: Mapping[str, Figure]) -> dict[str, Figure]:
    return {name: figure for name, figure in others.items() if name not in known}


def _before(figure: Figure, change: LawChange) -> Figure:
    """A figure without what was published since, or with its former value."""
    values = {year: value for year, value in figure.values.items() if year < change.year}
    if change.kind == "changed":
        former = np.asarray(change.before, dtype=np.float64)
        values[change.year] = np.where(np.isnan(former), np.inf, former)
    return replace(figure, values=values)
