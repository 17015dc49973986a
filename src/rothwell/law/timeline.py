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
from rothwell.law.landscape_regimes import Regime
from rothwell.provision import provision

OF_EARLIER_RETURNS = ("irmaa",)  # read under the status of the return of two years before, 42 USC 1395r(i)(4)(B)
WRITTEN_OVER = ("rate_schedule.rate", "capital_gains.rate")  # in a path's law, where rates drift


GROUP = 3  # numbers that name a group: its kind of index, its lag, its reference year


class Entry(NamedTuple):
    """One number of the law that a path's own prices or wages index.

    slot              where it stands in the flat law record
    scaled            its unrounded amount at the index level of the reference year
    offset, step, bias   how it is rounded, see `rounded`
    first             the first year, as an index from the start year, that the path decides
    group             which index, lag and reference year it follows: (kind, lag, reference)
    """

    slot: int
    scaled: float
    offset: float
    step: float
    bias: float
    first: int
    group: tuple[int, int, int]


class LawTables(NamedTuple):
    """Stored law [regime, year, slot]; the indexed numbers [entry], ordered by regime, status and index group; where
    the entries of [regime, status, group] begin and end; each group's kind of index, lag and reference year [group];
    the year from which paths decide every entry. `changed` holds the slots that differ from the year before, those of
    [regime, year] from `changed_from` [regime, year] up to that of the next year."""

    stored: NDArray[np.float64]
    changed: NDArray[np.uint64]
    changed_from: NDArray[np.uint64]
    slot: NDArray[np.uint64]
    scaled: NDArray[np.float64]
    offset: NDArray[np.float64]
    step: NDArray[np.float64]
    bias: NDArray[np.float64]
    first: NDArray[np.int64]
    begin: NDArray[np.uint64]
    end: NDArray[np.uint64]
    groups: NDArray[np.int64]
    all_from: int


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
    current = figures()
    of_current, projected = _stored(current, start_year, years, growth)
    stored = np.repeat(of_current[None], len(regimes), axis=0)
    entries: dict[tuple[int, int], list[Entry]] = {}
    for position, regime in enumerate(regimes):
        changed, _ = _stored(regime.changes, start_year, years, growth)
        for name in regime.changes:
            stored[position][:, slots_of(name)] = changed[:, slots_of(name)]
        for status in wanted:
            read = {
                name: one
                for name, one in regime.figures().items()
                if sections is None or name.partition(".")[0] in sections
            }
            entries[position, status] = entries_of(read, (status, wanted), start_year, growth, record_type())
    written_over = np.concatenate([slots_of(name) for name in WRITTEN_OVER])
    return tables_of(stored, entries, written_over), projected


def _changes(
    stored: NDArray[np.float64], written_over: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The slots that differ from the year before, and those that paths write over; where each year's begin."""
    changes = stored[:, 1:] != stored[:, :-1]
    changes &= ~(np.isnan(stored[:, 1:]) & np.isnan(stored[:, :-1]))
    changes[:, :, written_over] = True
    counts = np.zeros((stored.shape[0], stored.shape[1] + 1), dtype=np.uint64)
    counts[:, 2:] = changes.sum(axis=2)
    before = np.concatenate(([0], counts.sum(axis=1).cumsum()[:-1])).astype(np.uint64)
    return np.nonzero(changes)[2].astype(np.uint64), before[:, None] + counts.cumsum(axis=1, dtype=np.uint64)


def tables_of(
    stored: NDArray[np.float64],
    entries: Mapping[tuple[int, int], list[Entry]],
    written_over: NDArray[np.int64],
) -> LawTables:
    """The stored law and the entries of all regimes and statuses as arrays; paths write over some slots themselves."""
    groups = sorted({entry.group for found in entries.values() for entry in found})
    shape = (stored.shape[0], 1 + max((status for _, status in entries), default=0), len(groups))
    begin, end = np.zeros(shape, dtype=np.uint64), np.zeros(shape, dtype=np.uint64)
    ordered: list[Entry] = []
    for (regime, status), found in entries.items():
        for position, group in enumerate(groups):
            begin[regime, status, position] = len(ordered)
            ordered += [entry for entry in found if entry.group == group]
            end[regime, status, position] = len(ordered)
    changed, changed_from = _changes(stored, written_over)
    return LawTables(
        stored=stored,
        changed=changed,
        changed_from=changed_from,
        slot=np.array([entry.slot for entry in ordered], dtype=np.uint64),
        scaled=np.array([entry.scaled for entry in ordered]),
        offset=np.array([entry.offset for entry in ordered]),
        step=np.array([entry.step for entry in ordered]),
        bias=np.array([entry.bias for entry in ordered]),
        first=np.array([entry.first for entry in ordered], dtype=np.int64),
        begin=begin,
        end=end,
        groups=np.array(groups, dtype=np.int64).reshape(-1, GROUP),
        all_from=max((entry.first for entry in ordered), default=0),
    )


def no_tables(years: int) -> LawTables:
    """Tables of no law at all, for a run of no path: what they hold is of the same kind."""
    amounts, places, found = np.zeros(0), np.zeros(0, np.int64), np.zeros((0, 0, 0), np.uint64)
    return LawTables(
        stored=np.zeros((0, years, 0)),
        changed=np.zeros(0, np.uint64),
        changed_from=np.zeros((0, years + 1), np.uint64),
        slot=np.zeros(0, np.uint64),
        scaled=amounts,
        offset=amounts,
        step=amounts,
        bias=amounts,
        first=places,
        begin=found,
        end=found,
        groups=np.zeros((0, 0), np.int64),
        all_from=0,
    )


def figures_stored(start_year: int, years: int, growth: Growth) -> NDArray[np.float64]:
    """Current law where no path's prices decide it, [year, slot]."""
    return _stored(figures(), start_year, years, growth)[0]


def _stored(
    known: Mapping[str, Figure], start_year: int, years: int, growth: Growth
) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """What needs no path, [year, slot], and the names projected in the start year; NaN from where paths index it."""
    stored = np.full((years, record_type().itemsize // np.dtype("f8").itemsize), np.nan)
    return stored, store(stored, known, start_year, growth, record_type())


def store(
    stored: NDArray[np.float64], known: Mapping[str, Figure], start_year: int, growth: Growth, layout: np.dtype[Any]
) -> tuple[str, ...]:
    """Write the figures that need no path into [year, slot], from each one's first year on; the names projected in the
    start year."""
    years, projected = len(stored), []
    for name, one in known.items():
        slots = slots_of(name, layout)
        end = min(start_year + years, _first_year_of_paths(one, start_year))
        begin = max(start_year, one.first_year)
        changes = range(begin, end) if one.rule is not None else (begin, *sorted(one.values))
        for year in (change for change in changes if begin <= change < end):
            dated = one.value(year, growth)
            stored[year - start_year : end - start_year, slots] = dated.value.ravel()
            if one.rule is not None and one.rule.growing is not None:  # the others never change
                still = slots[~np.broadcast_to(one.rule.growing, one.shape).ravel()]
                stored[year - start_year :, still] = stored[year - start_year, still]
            if dated.projected and year == start_year:
                projected.append(name)
    return tuple(projected)


def _first_year_of_paths(figure: Figure, start_year: int) -> int:
    """The first law year in which a path's own prices, not known index values, decide the figure."""
    rule = figure.rule
    if rule is None:
        return int(np.iinfo(np.int64).max)
    reference = max(start_year, series(rule.index).last_year)
    return max(reference + rule.lag + 1, max([rule.after, *figure.values]) + 1)


def entries_of(
    known: Mapping[str, Figure],
    statuses: tuple[int, list[int]],
    start_year: int,
    growth: Growth,
    layout: np.dtype[Any],
) -> list[Entry]:
    """One entry per number of the law that a path's own prices or wages index, for one status of all that occur."""
    status, every = statuses
    found: list[Entry] = []
    for name, one in known.items():
        rule = one.rule
        if rule is None:
            continue
        index = series(rule.index)
        reference = max(start_year, index.last_year)
        level, _ = index.level(reference, growth)
        base_level, _ = index.level(rule.base_year, growth)
        first = _first_year_of_paths(one, start_year)
        steps = np.broadcast_to(rule.step, rule.base.shape)
        slots = slots_of(name, layout).reshape(rule.base.shape)
        earlier = name.partition(".")[0] in OF_EARLIER_RETURNS
        chosen = ((every if earlier else [status]),) if one.by_status else ()
        growing = np.broadcast_to(True if rule.growing is None else rule.growing, rule.base.shape)
        for slot, base, step, grows in zip(
            slots[chosen].flat,
            rule.base[chosen].flat,
            np.atleast_1d(steps[chosen]).flat,
            np.atleast_1d(growing[chosen]).flat,
            strict=True,
        ):
            if not grows:
                continue
            found.append(
                Entry(
                    slot=int(slot),
                    scaled=base * level / base_level,
                    offset=base if rule.of_increase else 0.0,
                    step=step,
                    bias=0.0 if rule.down else 0.5,
                    first=first - start_year,
                    group=(GROWTH_OF_INDEX[rule.index], rule.lag, reference - start_year),
                )
            )
    return found


def slots_of(name: str, layout: np.dtype[Any] | None = None) -> NDArray[np.int64]:
    """Where the numbers of a figure stand in the flat record of the federal law, or in one of another layout."""
    section, _, field = name.partition(".")
    sections = (layout or record_type()).fields
    assert sections is not None
    kind, at = sections[section][:2]
    assert kind.fields is not None
    inner, offset = kind.fields[field][:2]
    size = np.dtype("f8").itemsize
    return (at + offset) // size + np.arange(max(1, inner.itemsize // size))


@provision
def set_law_of_year(flat, amounts, tables, regime, status, year, levels):  # type: ignore[no-untyped-def]
    """Write the law of a path's year into a flat record: the stored figures, then those its own prices have indexed.

    Law:    the indexing rule of each figure (see the law's TOML files).
    Units:  `levels` [year, kind] are the path's index levels, 1 in the start year; `year` counts from the start year;
            `amounts` is scratch of at least a record's length.
    Tests:  test_the_law_of_a_path_with_steady_prices_is_the_projected_law.
    """
    write_stored(flat, tables, regime, year)
    write_indexed(flat, amounts, tables, regime, status, year, levels)


@provision
def write_stored(flat, tables, regime, year):  # type: ignore[no-untyped-def]
    """Write the stored figures of a year."""
    for slot in range(flat.size):  # a loop: four times as fast as a slice
        flat[slot] = tables.stored[regime, year, slot]


@provision
def write_changes(flat, tables, regime, year):  # type: ignore[no-untyped-def]
    """Write the stored figures of a year into the record of the year before, of the same regime: those that differ.

    Tests:  test_the_law_of_the_year_before_becomes_that_of_the_year.
    """
    for place in range(tables.changed_from[regime, year], tables.changed_from[regime, year + 1]):
        slot = tables.changed[place]
        flat[slot] = tables.stored[regime, year, slot]


@provision
def write_indexed(flat, amounts, tables, regime, status, year, levels):  # type: ignore[no-untyped-def]
    """Write the figures that a path's own prices have indexed, see `set_law_of_year`.

    Law:    the indexing rule of each figure (see the law's TOML files).
    """
    for group in range(tables.groups.shape[0]):
        kind, lag, reference = tables.groups[group, 0], tables.groups[group, 1], tables.groups[group, 2]
        growth = levels[max(0, year - lag), kind] / levels[reference, kind]
        begin, end = tables.begin[regime, status, group], tables.end[regime, status, group]
        for entry in range(begin, end):  # apart from the writing: so it is compiled to vector code
            amount = tables.scaled[entry] * growth
            amounts[entry - begin] = rounded(amount, tables.offset[entry], tables.step[entry], tables.bias[entry])
        if year >= tables.all_from:
            for entry in range(begin, end):
                flat[tables.slot[entry]] = amounts[entry - begin]
        else:
            for entry in range(begin, end):
                if year >= tables.first[entry]:
                    flat[tables.slot[entry]] = amounts[entry - begin]
