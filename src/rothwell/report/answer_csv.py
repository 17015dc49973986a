"""The tables of the answer as CSV: years.csv, strategies.csv, room.csv; the headers are documented in docs/json.md."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from rothwell.answer import Answer
from rothwell.lifetime.year_record import NOT_DOLLARS, TABLE_COLUMNS
from rothwell.report.measures_csv import HEADROOM, MEASURES, headroom_rows, measures_rows
from rothwell.report.measures_json import money, rate
from rothwell.report.reading import employers

Cell = str | float | int
STARTS_OF_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
YEARS = ("landscape", "strategy", "year", *TABLE_COLUMNS)
STRATEGIES = (
    "landscape", "strategy", "certainty_equivalent", "paired_difference", "standard_error",
    "difference_without_bequest", "standard_error_without_bequest", "estate", "shortfall_chance", "shortfall_depth",
)  # fmt: skip
ROOM = (
    "year", "person", "employer", "annual_additions_limit", "elective_deferrals", "catch_up", "employer_contributions",
    "after_tax_room", "limited_by", "after_tax_so_far", "left_this_year",
)  # fmt: skip


def csv_files(answer: Answer) -> Mapping[str, str]:
    """The text of each file by its name."""
    return {
        "years.csv": csv_text(YEARS, _years(answer)),
        "strategies.csv": csv_text(STRATEGIES, _strategies(answer)),
        "room.csv": csv_text(ROOM, _room(answer)),
        "measures.csv": csv_text(MEASURES, measures_rows(answer.measures)),
        "headroom.csv": csv_text(HEADROOM, headroom_rows(answer.measures)),
    }


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A header and rows as the text of a CSV file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def _safe(cell: Cell) -> Cell:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(STARTS_OF_A_FORMULA) else cell


def _years(answer: Answer) -> Iterable[Sequence[Cell]]:
    for comparison in answer.comparisons:
        for result, table in zip(comparison.results, comparison.table, strict=True):
            for index, values in enumerate(table):
                cells = [
                    rate(value) if name in NOT_DOLLARS else money(value)
                    for name, value in zip(TABLE_COLUMNS, values, strict=True)
                ]
                yield comparison.landscape.name, result.strategy.name, answer.start_year + index, *cells


def _strategies(answer: Answer) -> Iterable[Sequence[Cell]]:
    for comparison in answer.comparisons:
        for result in comparison.results:
            yield (
                comparison.landscape.name,
                result.strategy.name,
                money(result.certainty_equivalent.value),
                money(result.paired_difference.value),
                money(result.paired_difference.standard_error),
                money(result.without_bequest.value),
                money(result.without_bequest.standard_error),
                money(result.estate.value),
                rate(result.shortfall.chance.value),
                money(result.shortfall.depth),
            )


def _room(answer: Answer) -> Iterable[Sequence[Cell]]:
    for person, one in employers(answer):
        amounts = (
            one.annual_additions_limit,
            one.elective_deferrals,
            one.catch_up,
            one.employer_contributions,
            one.after_tax_room,
        )
        left = (money(one.after_tax_so_far), money(one.left_this_year))
        yield (
            answer.capacity.year,
            person.name,
            one.employer,
            *(money(amount) for amount in amounts),
            one.limited_by,
            *left,
        )
