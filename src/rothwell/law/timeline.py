"""The law of every regime and year of a simulation, as arrays: what is fixed is stored, what a path's own prices index
is computed in the loop from the path's index levels."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rothwell.law import record_type
from rothwell.law.figures import Figure, figures
from rothwell.law.indexing import GROWTH_OF_INDEX, Growth, rounded, series
from rothwell.law.landscape import Regime
from rothwell.provision import provision

OF_EARLIER_RETURNS = ("irmaa",)  # read under the status of the return of two years before, 42 USC 1395r(i)(4)(B)
ENTRY = np.dtype(
    (
        np.record,
        [
            ("slot", "i8"),
            ("scaled", "f8"),
            ("offset", "f8"),
            ("step", "f8"),
            ("bias", "f8"),
            ("kind", "i8"),
            ("lag", "i8"),
            ("first", "i8"),
            ("reference", "i8"),
        ],
    )
)


class LawTables(NamedTuple):
    """Stored law [regime, year, slot]; indexing entries, and where those of [regime, status] begin and end."""

    stored: NDArray[np.float64]
    entries: NDArray[Any]
    begin: NDArray[np.int64]
    end: NDArray[np.int64]


def law_tables(
    regimes: Sequence[Regime],
    start_year: int,
    years: int,
    growth: Growth,
    statuses: Iterable[int],
    sections: Collection[str] | None = None,
) -> tuple[LawTables, tuple[str, ...]]:
    """The law of each regime from the start year on, and the names of the start year's projected figures.

    `sections` names the sections of the law that the simulation reads (None: all); the others stay NaN where paths
    would index them.
    """
    wanted = list(statuses)
    entries: list[tuple[Any, ...]] = []
    begin = np.zeros((len(regimes), max(wanted) + 1), dtype=np.int64)
    end = np.zeros_like(begin)
    current = figures()
    of_current, projected = _stored(current, start_year, years, growth)
    stored = np.repeat(of_current[None], len(regimes), axis=0)
    for position, regime in enumerate(regimes):
        known = regime.figures()
        changed, _ = _stored(regime.changes, start_year, years, growth)
        for name in regime.changes:
            stored[position][:, _slots(name)] = changed[:, _slots(name)]
        for status in wanted:
            begin[position, status] = len(entries)
            entries += _entries(known, (status, wanted), start_year, growth, sections)
            end[position, status] = len(entries)
    return LawTables(stored, np.array(entries, dtype=ENTRY), begin, end), projected


def _stored(
    known: Mapping[str, Figure], start_year: int, years: int, growth: Growth
) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """What needs no path, [year, slot], and the names projected in the start year; NaN from where paths index it."""
    stored = np.full((years, record_type().itemsize // np.dtype("f8").itemsize), np.nan)
    projected = []
    for name, one in known.items():
        slots = _slots(name)
        end = min(start_year + years, _first_year_of_paths(one, start_year))
        begin = max(start_year, one.first_year)
        changes = range(begin, end) if one.rule is not None else (begin, *sorted(one.values))
        for year in (change for change in changes if begin <= change < end):
            dated = one.value(year, growth)
            stored[year - start_year : end - start_year, slots] = dated.value.ravel()
            if dated.projected and year == start_year:
                projected.append(name)
    return stored, tuple(projected)


def _first_year_of_paths(figure: Figure, start_year: int) -> int:
    """The first law year in which a path's own prices, not known index values, decide the figure."""
    rule = figure.rule
    if rule is None:
        return int(np.iinfo(np.int64).max)
    reference = max(start_year, series(rule.index).last_year)
    return max(reference + rule.lag + 1, max([rule.after, *figure.values]) + 1)


def _entries(
    known: Mapping[str, Figure],
    statuses: tuple[int, list[int]],
    start_year: int,
    growth: Growth,
    sections: Collection[str] | None,
) -> list[tuple[Any, ...]]:
    """One row per number of the law that a path's own prices or wages index, for one status of all that occur."""
    status, every = statuses
    found: list[tuple[Any, ...]] = []
    for name, one in known.items():
        rule = one.rule
        if rule is None or (sections is not None and name.partition(".")[0] not in sections):
            continue
        index = series(rule.index)
        reference = max(start_year, index.last_year)
        level, _ = index.level(reference, growth)
        base_level, _ = index.level(rule.base_year, growth)
        first = _first_year_of_paths(one, start_year)
        steps = np.broadcast_to(rule.step, rule.base.shape)
        slots = _slots(name).reshape(rule.base.shape)
        earlier = name.partition(".")[0] in OF_EARLIER_RETURNS
        chosen = ((every if earlier else [status]),) if one.by_status else ()
        for slot, base, step in zip(
            slots[chosen].flat, rule.base[chosen].flat, np.atleast_1d(steps[chosen]).flat, strict=True
        ):
            found.append(
                (
                    slot,
                    base * level / base_level,
                    base if rule.of_increase else 0.0,
                    step,
                    0.0 if rule.down else 0.5,
                    GROWTH_OF_INDEX[rule.index],
                    rule.lag,
                    first - start_year,
                    reference - start_year,
                )
            )
    return found


def _slots(name: str) -> NDArray[np.int64]:
    """Where the numbers of a figure stand in the flat law record."""
    section, _, field = name.partition(".")
    sections = record_type().fields
    assert sections is not None
    kind, at = sections[section][:2]
    assert kind.fields is not None
    inner, offset = kind.fields[field][:2]
    size = np.dtype("f8").itemsize
    return (at + offset) // size + np.arange(max(1, inner.itemsize // size))


@provision
def set_law_of_year(flat, tables, regime, status, year, levels):  # type: ignore[no-untyped-def]
    """Write the law of a path's year into a flat record: the stored figures, then those its own prices have indexed.

    Law:    the indexing rule of each figure (see the law's TOML files).
    Units:  `levels` [year, kind] are the path's index levels, 1 in the start year; `year` counts from the start year.
    """
    for slot in range(flat.size):  # a loop: four times as fast as a slice
        flat[slot] = tables.stored[regime, year, slot]
    for position in range(tables.begin[regime, status], tables.end[regime, status]):
        entry = tables.entries[position]
        if year >= entry.first:
            amount = entry.scaled * levels[year - entry.lag, entry.kind] / levels[entry.reference, entry.kind]
            flat[entry.slot] = rounded(amount, entry.offset, entry.step, entry.bias)
