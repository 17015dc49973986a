"""Many returns at once: the provisions of the return over tiles of returns, compiled to vector code, on every core."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rothwell.lanes import LANES, lane_of, own_copy, put_in_lane
from rothwell.law.figures import STATUSES
from rothwell.provision import kernel
from rothwell.slopes import along, slopes_of, without_slopes
from rothwell.tax.facts import ALL_PARTS, Facts
from rothwell.tax.federal import Form1040, best_return, return_by_choice
from rothwell.tax.marginal_rates import ONE_MORE_DOLLAR, MarginalRates

Floats = NDArray[np.float64]
FIELDS = len(Facts._fields)
RESULTS = len(Form1040._fields)
SLOPES = len(MarginalRates._fields)
AMT = Form1040._fields.index("amt")
TOTAL_TAX = Form1040._fields.index("total_tax")
OTHER_CHOICE = Form1040._fields.index("other_choice")
BY_TABLE = ALL_PARTS._replace(tax_table=True)
RATES = tuple(f"rate_{name}" for name in MarginalRates._fields)
ROWS_OF_A_TASK = 128 * LANES  # few enough that their columns stay in the cache while one status follows another


class Columns(NamedTuple):
    """Facts of many returns: the names of fields of Facts, and their amounts [field, row]."""

    fields: tuple[str, ...]
    amounts: Floats


def columns_of(columns: Mapping[str, Floats]) -> Columns:
    """Separate columns as one array."""
    return Columns(tuple(columns), np.array(list(columns.values()), dtype=np.float64))


class Undecided(NamedTuple):
    """Rows whose other deductions are still to be tried, and the tax found with the larger ones."""

    row: NDArray[np.int64]
    tax: Floats


@kernel
def returns_of_tile(tile, other_choice, answers, status, law):  # type: ignore[no-untyped-def]
    """The returns of a tile's lanes, all of one filing status, with the larger of the two deductions (`other_choice` 0)
    or the smaller; `answers` is a tile of Form1040's fields."""
    own = own_copy(law)
    for lane in range(LANES):
        form = return_by_choice(lane_of(Facts, tile, lane), ALL_PARTS, other_choice, status, own)
        put_in_lane(answers, 0, lane, form)


@kernel
def returns_and_rates_of_tile(tile, other_choice, answers, status, law):  # type: ignore[no-untyped-def]
    """As `returns_of_tile`, with the marginal rates after Form1040's fields."""
    own = own_copy(law)
    for lane in range(LANES):
        facts = along(lane_of(Facts, tile, lane), ONE_MORE_DOLLAR)
        form = return_by_choice(facts, ALL_PARTS, other_choice, status, own)
        put_in_lane(answers, 0, lane, without_slopes(form))
        put_in_lane(answers, RESULTS, lane, slopes_of(form.total_tax))


@kernel
def _fill(tile, columns, fields, rows):  # type: ignore[no-untyped-def]
    """Put some rows of columns into the lanes of a tile; other lanes keep what they hold."""
    for number in range(fields.size):
        first = fields[number] * LANES
        for lane in range(rows.size):
            tile[first + lane] = columns[number, rows[lane]]


@kernel
def _store(results, rows, answers, wanted):  # type: ignore[no-untyped-def]
    """Write the wanted fields of a tile's lanes into their rows of the results [field, row]."""
    for number in range(wanted.size):
        first = wanted[number] * LANES
        for lane in range(rows.size):
            results[number, rows[lane]] = answers[first + lane]


@kernel
def _store_undecided(undecided, count, rows, answers):  # type: ignore[no-untyped-def]
    """Add the rows that pay minimum tax and could take other deductions, with the tax found; how many there are."""
    for lane in range(rows.size):
        if answers[AMT * LANES + lane] > 0.0 and answers[OTHER_CHOICE * LANES + lane] > 0.0:
            undecided.row[count] = rows[lane]
            undecided.tax[count] = answers[TOTAL_TAX * LANES + lane]
            count += 1
    return count


@kernel
def _store_cheaper(results, undecided, answers, wanted):  # type: ignore[no-untyped-def]
    """Write the wanted fields of the lanes in which the other choice of deductions makes the tax smaller."""
    for lane in range(undecided.row.size):
        if answers[TOTAL_TAX * LANES + lane] < undecided.tax[lane]:
            for number in range(wanted.size):
                results[number, undecided.row[lane]] = answers[wanted[number] * LANES + lane]


@kernel
def _rows_of_status(rows, status, wanted, begin, end):  # type: ignore[no-untyped-def]
    """Write the rows of one filing status among those from `begin` to `end`; how many there are."""
    count = 0
    for row in range(begin, end):
        rows[count] = row
        count += 1 if status[row] == wanted else 0
    return count


@kernel
def compute_returns(work, status, begin, end, law):  # type: ignore[no-untyped-def]
    """Returns in the rows from `begin` to `end`: `work` is the room to work in, the given columns [field, row] and
    where each field stands in Facts, the fields of the answers that are wanted, the results [field, row]."""
    room, given, wanted, results = work
    tile, answers, rows, undecided = room
    columns, fields = given
    for one in range(len(STATUSES)):
        found = _rows_of_status(rows, status, one, begin, end)
        count = 0
        for first in range(0, found, LANES):
            some = rows[first : min(found, first + LANES)]
            _fill(tile, columns, fields, some)
            returns_of_tile(tile, 0.0, answers, one, law)
            _store(results, some, answers, wanted)
            count = _store_undecided(undecided, count, some, answers)
        for first in range(0, count, LANES):
            last = min(count, first + LANES)
            few = Undecided(undecided.row[first:last], undecided.tax[first:last])
            _fill(tile, columns, fields, few.row)
            returns_of_tile(tile, 1.0, answers, one, law)
            _store_cheaper(results, few, answers, wanted)


@kernel
def compute_returns_and_rates(work, status, begin, end, law):  # type: ignore[no-untyped-def]
    """As `compute_returns`, with the marginal rates after Form1040's fields."""
    room, given, wanted, results = work
    tile, answers, rows, undecided = room
    columns, fields = given
    for one in range(len(STATUSES)):
        found = _rows_of_status(rows, status, one, begin, end)
        count = 0
        for first in range(0, found, LANES):
            some = rows[first : min(found, first + LANES)]
            _fill(tile, columns, fields, some)
            returns_and_rates_of_tile(tile, 0.0, answers, one, law)
            _store(results, some, answers, wanted)
            count = _store_undecided(undecided, count, some, answers)
        for first in range(0, count, LANES):
            last = min(count, first + LANES)
            few = Undecided(undecided.row[first:last], undecided.tax[first:last])
            _fill(tile, columns, fields, few.row)
            returns_and_rates_of_tile(tile, 1.0, answers, one, law)
            _store_cheaper(results, few, answers, wanted)


@kernel
def compute_by_table(work, status, begin, end, law):  # type: ignore[no-untyped-def]
    """As `compute_returns`, by the Tax Table and the table of the earned-income credit, one return after the other."""
    room, given, wanted, results = work
    tile, answers, rows, _ = room
    columns, fields = given
    for row in range(begin, end):
        rows[0] = row
        _fill(tile, columns, fields, rows[:1])
        form = best_return(lane_of(Facts, tile, 0), BY_TABLE, status[row], law)
        put_in_lane(answers, 0, 0, form)
        _store(results, rows[:1], answers, wanted)


def compute(
    columns: Columns | Mapping[str, Floats],
    status: NDArray[np.int64],
    law: Any,
    wanted: Sequence[str],
    threads: int = 0,
    by_table: bool = False,
) -> dict[str, Floats]:
    """The wanted results of many returns, by name: fields of Form1040 and names of RATES.

    `columns` are fields of Facts (one that is absent is 0), each with an amount a return; `status` filing statuses;
    `law` a law record; `threads` 0 for one on every core; `by_table` for the Tax Table, as on paper, in place of the
    schedules. The same bytes for any order of returns and any number of threads.
    """
    given = columns if isinstance(columns, Columns) else columns_of(columns)
    rates = any(name in RATES for name in wanted)
    names = (*Form1040._fields, *RATES)
    fields = np.array([Facts._fields.index(name) for name in given.fields], dtype=np.int64)
    places = np.array([names.index(name) for name in wanted], dtype=np.int64)
    results = np.empty((len(wanted), status.size))
    exact = compute_returns_and_rates if rates else compute_returns
    work: Any = compute_by_table if by_table else exact
    width = RESULTS + (SLOPES if rates else 0)

    def one(begin: int) -> None:
        rows = np.empty(ROWS_OF_A_TASK + 1, dtype=np.int64)
        undecided = Undecided(np.empty(ROWS_OF_A_TASK, dtype=np.int64), np.empty(ROWS_OF_A_TASK))
        room = (np.zeros(FIELDS * LANES), np.zeros(width * LANES), rows, undecided)
        end = min(status.size, begin + ROWS_OF_A_TASK)
        work((room, (given.amounts, fields), places, results), status, begin, end, law)

    begins = range(0, status.size, ROWS_OF_A_TASK)
    if threads == 1 or len(begins) <= 1:
        for begin in begins:
            one(begin)
    else:
        with ThreadPoolExecutor(threads or os.cpu_count()) as pool:
            list(pool.map(one, begins))
    return dict(zip(wanted, results, strict=True))
