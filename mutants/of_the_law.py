"""Mutants of the law: every number in force in 2026 and 2025 by one percent, and every change of law by a year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mutants.mutant import Mutant, forget
from rothwell.errors import InputError
from rothwell.law.figures import SEPARATE_APART, SEPARATE_TOGETHER, STATUSES, Figure, figures

NOW, BEFORE = 2026, 2025
MORE = 1.01
WHOLE = ("age", "years", "count")  # units of which one percent says nothing: one more
SMALL = 0.01  # of the largest number beside a zero; the same as a rate where all are zero
HUNDRED = 100.0  # dollars, where all are zero

Values = Mapping[int, NDArray[np.float64]]


def law_mutants() -> Iterator[Mutant]:
    """Every mutant of every figure."""
    for figure in figures().values():
        yield from _numbers(figure)
        yield from _years(figure)


def value_in(figure: Figure, year: int) -> NDArray[np.float64] | None:
    """The value in force in a year, or None before the figure begins."""
    try:
        return figure.value(year).value
    except InputError:
        return None


def entry_of(figure: Figure, year: int) -> int:
    """The dated entry whose value is in force in a year; the year itself where the rule computes it."""
    by_rule = figure.rule is not None and year > max([figure.rule.after, *figure.values])
    return year if by_rule else max(dated for dated in figure.values if dated <= year)


def _numbers(figure: Figure) -> Iterator[Mutant]:
    """Each number of the value of 2026, and of 2025 where it is another, a percent or one larger."""
    now, before = value_in(figure, NOW), value_in(figure, BEFORE)
    for year, value in ((NOW, now), (BEFORE, before)):
        if value is None:
            continue
        for place in np.ndindex(value.shape):
            same_as_now = year == BEFORE and now is not None and value[place] == now[place]
            endless = np.isinf(value[place])  # no limit: the mutants of the year give it one
            if same_as_now or endless or _is_of_the_same_number(figure, value, place):
                continue
            changed = value.copy()
            changed[place] = _more(figure, value, place)
            for other in _places_of_the_number(figure, value, place):
                changed[other] = changed[place]
            at = entry_of(figure, year)
            values = {**figure.values, at: changed}
            words = f"{_named(figure, place)} of {year}: {value[place]:g} to {changed[place]:g}"
            yield _mutant(figure, words, "number", values)


def _is_of_the_same_number(figure: Figure, value: NDArray[np.float64], place: tuple[int, ...]) -> bool:
    """Whether one number of the law stands here for a second time: both statuses of separate returns."""
    twin = (SEPARATE_APART, *place[1:])
    return figure.by_status and place[0] == SEPARATE_TOGETHER and bool(value[place] == value[twin])


def _places_of_the_number(
    figure: Figure, value: NDArray[np.float64], place: tuple[int, ...]
) -> Iterator[tuple[int, ...]]:
    """Where else the same number of the law stands."""
    if figure.by_status and place[0] == SEPARATE_APART:
        twin = (SEPARATE_TOGETHER, *place[1:])
        if value[twin] == value[place]:
            yield twin


def _more(figure: Figure, value: NDArray[np.float64], place: tuple[int, ...]) -> float:
    """A number a little larger."""
    number = float(value[place])
    if figure.unit in WHOLE:
        return number + 1.0
    if number != 0.0:
        return number * MORE
    largest = float(np.max(np.abs(np.where(np.isfinite(value), value, 0.0))))
    return SMALL * largest if largest > 0.0 else SMALL if figure.unit == "rate" else HUNDRED


def _named(figure: Figure, place: tuple[int, ...]) -> str:
    """A place of a figure in words."""
    if not place:
        return figure.name
    words = [STATUSES[place[0]] if figure.by_status else str(place[0]), *map(str, place[1:])]
    return f"{figure.name}[{','.join(words)}]"


def _years(figure: Figure) -> Iterator[Mutant]:
    """The values of 2025 and 2026, one in the year of the other; entries to come, a year late and a year early."""
    now, before = value_in(figure, NOW), value_in(figure, BEFORE)
    if now is not None and before is not None and not np.array_equal(now, before):
        yield _mutant(figure, f"{figure.name}: 2026 as 2025", "year", {**figure.values, NOW: before})
        values = {**figure.values, BEFORE: now, NOW: now}
        yield _mutant(figure, f"{figure.name}: 2025 as 2026", "year", values)
    if now is not None and before is None:
        late = {(year + 1 if year == NOW else year): value for year, value in figure.values.items()}
        yield _mutant(figure, f"{figure.name}: begins in 2027", "year", late)
    for year in sorted(dated for dated in figure.values if dated > max(NOW, figure.first_year)):
        if not np.array_equal(figure.values[year], figure.value(year - 1).value):
            yield from _moved(figure, year)


def _moved(figure: Figure, year: int) -> Iterator[Mutant]:
    """An entry to come, a year late and a year early."""
    value = figure.values[year]
    late = {**figure.values, year: figure.value(year - 1).value, year + 1: figure.values.get(year + 1, value)}
    yield _mutant(figure, f"{figure.name}: {year} a year late", "step", late)
    yield _mutant(figure, f"{figure.name}: {year} a year early", "step", {**figure.values, year - 1: value})


def _mutant(figure: Figure, words: str, kind: str, values: Values) -> Mutant:
    def apply() -> None:
        known: Any = figures()
        known[figure.name] = replace(figure, values=values)
        forget()

    return Mutant(words, kind, figure.name, apply)
