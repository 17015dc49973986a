"""Many returns at once: the provisions of the return over tiles of returns, compiled to vector code, on every core."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rothwell.lanes import LANES, STRIDE, copy_lanes, fetch_ahead, lane_of, own_copy, put_in_lane
from rothwell.law import STATUSES
from rothwell.provision import kernel, provision
from rothwell.slopes import along, slopes_of, without_slopes
from rothwell.tax.deductions import SAME, is_smaller
from rothwell.tax.facts import ALL_PARTS, Facts, Parts
from rothwell.tax.federal import Form1040, return_by_choice
from rothwell.tax.marginal_rates import ONE_MORE_DOLLAR, MarginalRates

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
RATES = tuple(f"rate_{name}" for name in MarginalRates._fields)
ANSWERS = (*Form1040._fields, *RATES)
FIELDS = len(Facts._fields)
FORM = len(Form1040._fields)
AMT = Form1040._fields.index("amt")
TOTAL_TAX = Form1040._fields.index("total_tax")
OTHER_CHOICE = Form1040._fields.index("other_choice")
QBI, TAXABLE, PREFERENTIAL = (
    Form1040._fields.index(name) for name in ("qbi_deduction", "taxable_income", "preferential_income")
)
SELF_EMPLOYMENT = tuple(Facts._fields.index(name) for name in ("self_employment1", "self_employment2"))
REIT = Facts._fields.index("reit_dividends")
ROWS_OF_A_BLOCK = LANES**3  # put together by what they have: few enough that what they write stays in the cache
OF_IRAS = ("ira_contributions", "ira_withdrawals", "ira_conversions", "ira_basis", "roth_contributions", "qcd")
OF_SAVINGS = ("ira_contributions", "roth_contributions", "retirement_savings")
RARE = {  # the fields without which a return lacks a part, for the parts that most returns lack
    "business": (
        *("self_employment1", "self_employment2", "qbi_loss_carryover", "reit_dividends"),
        *("business_wages1", "business_wages2"),
    ),
    "iras": tuple(
        name for name in Facts._fields if name.startswith(("ira_c", "ira_w", "ira_b", "ira_y", "roth_", "qcd"))
    ),
    "early": tuple(name for name in Facts._fields if name.startswith("early_")),
    "savings": tuple(
        name for name in Facts._fields if name.endswith(("contributions1", "contributions2", "savings1", "savings2"))
    ),
    "premiums": ("marketplace_premiums", "advance_premium_credit"),
    "carryovers": ("minimum_tax_credit", "incentive_stock_spread"),
}
PLAIN = ALL_PARTS._replace(**dict.fromkeys((*RARE, "exemptions"), False))
ROOM = LANES + LANES  # for undecided lanes: fewer than a tile of them are left when a tile is added
MIDDLE = 0.5  # of returns have the column that divides them best
MOST_BITS = 62  # of a signed number
VARIANTS = (PLAIN, ALL_PARTS)  # of the compiled return: without the rare parts, and with all
LANES_OF_A_BLOCK = ROWS_OF_A_BLOCK + len(STATUSES) * len(VARIANTS) * LANES  # tiles of the same kind may end unfilled


class Prepared(NamedTuple):
    """Returns in tiles, each of one filing status and one variant, ready to be computed under one law or many.

    places      [return] its lane, counted from the first lane of its block
    status, variant     [tile]
    begin       [tile + 1] where the fields of a tile begin in `fields`
    fields      the fields of each tile that are not all zero
    amounts     [place in fields, lane]
    blocks      [block + 1] where the tiles of a block begin
    first_return    [block + 1] where the returns of a block begin

    The facts of a lane without a return are zero.
    """

    places: NDArray[np.int32]
    status: Integers
    variant: Integers
    begin: Integers
    fields: Integers
    amounts: Floats
    blocks: Integers
    first_return: Integers


def prepare(columns: Mapping[str, Floats], status: Integers, law: Any) -> Prepared:
    """Returns put into tiles: `columns` are fields of Facts (one that is absent is 0), `status` filing statuses; `law`
    a law record, which decides whether there are personal exemptions.
    """
    names = [name for name in Facts._fields if name in columns and np.any(columns[name])]
    given = [np.ascontiguousarray(columns[name], dtype=np.float64) for name in names]
    rare = np.full(status.size, bool(law.personal_exemption.amount > 0.0))
    for fields in RARE.values():
        for name in fields:
            if name in names:
                rare |= columns[name] != 0.0
    grouping = _grouped(status * len(VARIANTS) + rare, _signature(given, status.size))
    filled = [np.append(column, 0.0)[grouping.rows] for column in given]
    used = np.array([values.any(axis=1) for values in filled], dtype=np.bool_).reshape(len(filled), len(grouping.rows))
    given_fields = np.array([Facts._fields.index(name) for name in names], dtype=np.int64)
    tile, field = np.nonzero(used.T)
    amounts = np.empty((tile.size, LANES))
    for number, values in enumerate(filled):
        amounts[field == number] = values[used[number]]
    return Prepared(
        places=grouping.places,
        status=grouping.group // len(VARIANTS),
        variant=grouping.group % len(VARIANTS),
        begin=np.searchsorted(tile, np.arange(len(grouping.rows) + 1)),
        fields=given_fields[field],
        amounts=amounts,
        blocks=grouping.blocks,
        first_return=np.minimum(np.arange(len(grouping.blocks)) * ROWS_OF_A_BLOCK, status.size),
    )


class Grouping(NamedTuple):
    """Which return stands in which lane: rows [tile, lane], one past the last return for a lane without one; the group
    of each tile; the others as in Prepared."""

    rows: Integers
    group: Integers
    places: NDArray[np.int32]
    blocks: Integers


def _grouped(group: Integers, alike: Integers) -> Grouping:
    """Returns of the same group put into tiles, block by block, those together that are alike."""
    rows = [np.zeros((0, LANES), dtype=np.int64)]
    groups = [np.zeros(0, dtype=np.int64)]
    blocks = [0]
    places = np.empty(group.size, dtype=np.int32)
    for first in range(0, group.size, ROWS_OF_A_BLOCK):
        tiles_before = blocks[-1]
        for kind in np.unique(group[first : first + ROWS_OF_A_BLOCK]):
            found = first + np.flatnonzero(group[first : first + ROWS_OF_A_BLOCK] == kind)
            found = found[np.argsort(alike[found], kind="stable")]
            tiles = -(-found.size // LANES)
            places[found] = np.arange(found.size) + LANES * (tiles_before - blocks[-1])
            padded = np.full(tiles * LANES, group.size, dtype=np.int64)
            padded[: found.size] = found
            rows.append(padded.reshape(tiles, LANES))
            groups.append(np.full(tiles, kind))
            tiles_before += tiles
        blocks.append(tiles_before)
    return Grouping(np.concatenate(rows), np.concatenate(groups), places, np.array(blocks, dtype=np.int64))


def _signature(columns: Sequence[Floats], returns: int) -> Integers:
    """A number for each return, the same where the same columns are zero; columns that divide best come first."""
    used = [column != 0.0 for column in columns]
    evenly = sorted(used, key=lambda one: abs(one.mean() - MIDDLE))[:MOST_BITS]
    found = np.zeros(returns, dtype=np.int64)
    for one in evenly:
        found = found + found + one
    return found


@kernel
def _fill(tile, prepared, number, was_filled):  # type: ignore[no-untyped-def]
    """Put a prepared tile into the tile to compute, zero where it has nothing."""
    for field in range(FIELDS):
        if was_filled[field]:
            was_filled[field] = False
            for lane in range(LANES):
                tile[field * STRIDE + lane] = 0.0
    for place in range(prepared.begin[number], prepared.begin[number + 1]):
        field = prepared.fields[place]
        was_filled[field] = True
        copy_lanes(tile, field * STRIDE, prepared.amounts, place * LANES)
    next_tile = min(number + 1, prepared.status.size - 1)
    for place in range(prepared.begin[next_tile], prepared.begin[next_tile + 1]):
        fetch_ahead(prepared.amounts, place * LANES)


@kernel
def _store(found, place, answers, wanted):  # type: ignore[no-untyped-def]
    """Write the wanted fields of a tile into the results of the block [field, lane], from the lane `place` on."""
    for number in range(wanted.size):
        copy_lanes(found, number * LANES_OF_A_BLOCK + place, answers, wanted[number] * STRIDE)


@kernel
def _put_in_order(results, found, prepared, block):  # type: ignore[no-untyped-def]
    """Write the results of a block's lanes into those of its returns [field, return]."""
    begin, end = prepared.first_return[block], prepared.first_return[block + 1]
    for number in range(results.shape[0]):
        for row in range(begin, end):
            results[number, row] = found[number, prepared.places[row]]


class Undecided(NamedTuple):
    """Lanes whose other deductions are still to be tried: their facts, where their results stand, and the tax found
    with the larger ones."""

    tile: Floats
    places: Integers
    tax: Floats


@kernel
def _business_is_limited(tile, lane, answers, rate):  # type: ignore[no-untyped-def]
    """Whether taxable income limits the deduction for a business, IRC 199A(a)(2): a smaller deduction beside it would
    raise the limit, which nothing else does."""
    business = tile[SELF_EMPLOYMENT[0] * STRIDE + lane] > 0.0 or tile[SELF_EMPLOYMENT[1] * STRIDE + lane] > 0.0
    business = business or tile[REIT * STRIDE + lane] > 0.0
    deduction = answers[QBI * STRIDE + lane]
    before = answers[TAXABLE * STRIDE + lane] + deduction - answers[PREFERENTIAL * STRIDE + lane]
    return business and deduction >= (1.0 - SAME) * rate * before


@kernel
def _keep_undecided(undecided, count, tile, first_place, answers, rate):  # type: ignore[no-untyped-def]
    """Keep the lanes that pay minimum tax and could take other deductions; how many are kept then.

    `rate` is that of the deduction for a business: where income limits it even other deductions of nothing are tried.
    """
    for lane in range(LANES):
        taxed = answers[AMT * STRIDE + lane] > 0.0
        if taxed and (answers[OTHER_CHOICE * STRIDE + lane] > 0.0 or _business_is_limited(tile, lane, answers, rate)):
            for field in range(FIELDS):
                undecided.tile[field * ROOM + count] = tile[field * STRIDE + lane]
            undecided.places[count] = first_place + lane
            undecided.tax[count] = answers[TOTAL_TAX * STRIDE + lane]
            count += 1
    return count


@kernel
def _take_undecided(undecided, count, tile, was_filled):  # type: ignore[no-untyped-def]
    """Put the last of the undecided lanes into the tile to compute; how many stay."""
    first = max(0, count - LANES)
    was_filled[:] = True
    for lane in range(LANES):
        place = min(first + lane, count - 1)
        for field in range(FIELDS):
            tile[field * STRIDE + lane] = undecided.tile[field * ROOM + place]
    return first


@kernel
def _store_cheaper(found, undecided, first, count, answers, wanted):  # type: ignore[no-untyped-def]
    """Write the wanted fields of the lanes in which the other choice of deductions makes the tax smaller."""
    for place in range(first, count):
        lane = place - first
        if is_smaller(answers[TOTAL_TAX * STRIDE + lane], undecided.tax[place]):
            for number in range(wanted.size):
                found[number, undecided.places[place]] = answers[wanted[number] * STRIDE + lane]


@cache
def _kernel(parts: Parts, rates: bool) -> Any:
    """The compiled return with some parts, alone or with its marginal rates, over the tiles of one variant."""
    answer: Any = _with_rates if rates else _alone

    @kernel
    def compute_tiles(work, variant, block, law):  # type: ignore[no-untyped-def]
        room, prepared, wanted = work
        tile, answers, found, undecided, was_filled = room
        own = own_copy(law)
        begin, end = prepared.blocks[block], prepared.blocks[block + 1]
        number, kept, status = begin, 0, 0
        while True:
            while number < end and prepared.variant[number] != variant:
                number += 1
            alike = number < end and (kept == 0 or prepared.status[number] == status)
            fresh = alike and kept < LANES
            if not fresh and kept == 0:
                break
            first = 0
            if fresh:
                status = prepared.status[number]
                _fill(tile, prepared, number, was_filled)
            else:
                first = _take_undecided(undecided, kept, tile, was_filled)
            choice = 0.0 if fresh else 1.0
            for lane in range(LANES):
                answer(answers, tile, lane, parts, choice, status, own)
            if fresh:
                place = (number - begin) * LANES
                _store(found, place, answers, wanted)
                kept = _keep_undecided(undecided, kept, tile, place, answers, own.qualified_business_income.rate)
                number += 1
            else:
                _store_cheaper(found, undecided, first, kept, answers, wanted)
                kept = first

    return compute_tiles


@provision
def _alone(answers, tile, lane, parts, other_choice, status, law):  # type: ignore[no-untyped-def]
    """The return of a lane, into the lane of the answers."""
    put_in_lane(answers, 0, lane, return_by_choice(lane_of(Facts, tile, lane), parts, other_choice, status, law))


@provision
def _with_rates(answers, tile, lane, parts, other_choice, status, law):  # type: ignore[no-untyped-def]
    """The return of a lane and its marginal rates, into the lane of the answers."""
    form = return_by_choice(along(lane_of(Facts, tile, lane), ONE_MORE_DOLLAR), parts, other_choice, status, law)
    put_in_lane(answers, 0, lane, without_slopes(form))
    put_in_lane(answers, FORM, lane, slopes_of(form.total_tax))


def compute(
    columns: Mapping[str, Floats],
    status: Integers,
    law: Any,
    wanted: Sequence[str],
    threads: int = 0,
    by_table: bool = False,
) -> dict[str, Floats]:
    """The wanted results of many returns: `prepare` and `compute_prepared` in one."""
    return compute_prepared(prepare(columns, status, law), law, wanted, threads, by_table)


def compute_prepared(
    returns: Prepared, law: Any, wanted: Sequence[str], threads: int = 0, by_table: bool = False
) -> dict[str, Floats]:
    """The wanted results of many returns, by name: fields of Form1040 and names of RATES, an amount for each return.

    `law` is a law record; `threads` 0 for one on every core; `by_table` for the Tax Table, as on paper, in place of
    the schedules. The same bytes for any order of returns and any number of threads.
    """
    rates = any(name in RATES for name in wanted)
    places = np.array([ANSWERS.index(name) for name in wanted], dtype=np.int64)
    results = np.empty((len(wanted), returns.places.size))
    kernels: list[tuple[int, Any]] = [
        (variant, _kernel(parts._replace(tax_table=by_table), rates))
        for variant, parts in enumerate(VARIANTS)
        if np.any(returns.variant == variant)
    ]

    def one(block: int) -> None:
        room = rooms.pop() if rooms else _room(len(wanted))
        for variant, compiled in kernels:
            compiled((room, returns, places), variant, block, law)
        _put_in_order(results, room[2], returns, block)
        rooms.append(room)

    rooms: list[Any] = []  # one for each thread, taken up again for the next block
    blocks = range(len(returns.blocks) - 1)
    if threads == 1 or len(blocks) <= 1:
        for block in blocks:
            one(block)
    else:
        with ThreadPoolExecutor(threads or os.cpu_count()) as pool:
            list(pool.map(one, blocks))
    return dict(zip(wanted, results, strict=True))


def _room(wanted: int) -> tuple[Any, ...]:
    """What a thread needs to compute a block: a tile, its answers, the block's wanted results, undecided lanes, and
    which fields of the tile are filled."""
    undecided = Undecided(np.empty(FIELDS * ROOM), np.empty(ROOM, np.int64), np.empty(ROOM))
    answers, found = np.empty(len(ANSWERS) * STRIDE), np.empty((wanted, LANES_OF_A_BLOCK))
    return np.zeros(FIELDS * STRIDE), answers, found, undecided, np.zeros(FIELDS, np.bool_)
