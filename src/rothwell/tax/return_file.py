"""The file of returns: read and checked cell by cell, and the file of taxes that is written."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rothwell.errors import InputError, nearest_name
from rothwell.law.figures import HEAD, JOINT, SEPARATE_APART, SEPARATE_TOGETHER, SINGLE, SURVIVING
from rothwell.law.states import POSTAL_LETTERS
from rothwell.tax.facts import RETURN, Facts
from rothwell.tax.state_facts import StateFacts

STATUS_NAMES = {"single": SINGLE, "mfj": JOINT, "mfs": SEPARATE_TOGETHER, "hoh": HEAD, "qss": SURVIVING}
REQUIRED = ("household_id", "filing_status", "age1")
AGES_OF_LEAVING = ("left_job_at1", "left_job_at2")
WHOLE_NUMBERS = (
    *("age1", "age2", "n_children_u17", "n_older_children", "n_other_dependents"),
    *(*AGES_OF_LEAVING, "household_size", "n_children_u4", "n_children_u6"),
)
YES_OR_NO = (
    *("lived_apart", "spouse_itemizes", "spouse_without_income", "blind1", "blind2"),
    *("sstb1", "sstb2", "covered1", "covered2"),
)
GAINS_OR_LOSSES = ("st_gain", "lt_gain", "self_employment1", "self_employment2", "other_income")
STATE = "state"
NUMBERS = (*(name for name in Facts._fields if name != "spouse_age"), "lived_apart", *StateFacts._fields)
COLUMNS = ("household_id", "filing_status", *NUMBERS, STATE)
SECOND_PERSON = tuple(  # of a joint return
    name for name in (*Facts._fields, *StateFacts._fields) if name.endswith("2") and name != "age2"
)
ONLY_SEPARATE = ("spouse_itemizes", "spouse_without_income")
PARTS = (  # a part, the whole that it is a part of, the words for both
    ("qualified_dividends", "ordinary_dividends", "more than all dividends"),
    ("reit_dividends", "ordinary_dividends", "more than all dividends"),
    ("private_activity_interest", "tax_exempt_interest", "more than all tax-exempt interest"),
    ("other_states_interest", "tax_exempt_interest", "more than all tax-exempt interest"),
    ("us_interest", "taxable_interest", "more than all taxable interest"),
    ("pension2", "pension", "more than all pensions"),
    ("ira_distributions2", "ira_distributions", "more than all IRA distributions"),
    ("n_children_u4", "n_children_u17", "more than all children under 17"),
    ("n_children_u6", "n_children_u17", "more than all children under 17"),
)
MOST_DOLLARS = 1e12  # beyond it a float no longer holds the cents of every sum
OLDEST = 130  # nobody has lived longer: a bound of the input
MOST_CHILDREN = 50  # far above any family: a bound of the input
ROWS_AT_ONCE = 4096  # rows held before they are turned into columns: enough for speed
CENTS = 2  # places of the amounts written
PLACES_OF_RATES = 6  # places of the rates written
HALF_A_CENT = 0.005  # dividends that differ by rounding only


@dataclass(frozen=True, slots=True)
class Returns:
    """Returns as arrays: the filing status and the fields of Facts that the file gives, and the lines of the file."""

    file: str
    lines: list[int]
    household_ids: list[str]
    status: NDArray[np.int64]
    amounts: dict[str, NDArray[np.float64]]
    states: tuple[str, ...]
    absent: tuple[str, ...]
    unknown_spouse_ages: int

    def __len__(self) -> int:
        return len(self.household_ids)

    def facts(self, row: int) -> Any:
        """The facts of one return, as a record."""
        record = np.zeros(1, RETURN).view(np.recarray)[0]
        for name in Facts._fields:
            if name in self.amounts:
                record[name] = self.amounts[name][row]
        return record

    @property
    def has_state(self) -> bool:
        """Whether any return names its state."""
        return any(self.states)


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of a file by column, with the line of each row, and the errors that name them."""

    file: str
    lines: list[int]
    columns: dict[str, Sequence[str]]

    def error(self, position: int, column: str, message: str, allowed: str) -> InputError:
        """A cell that cannot be used."""
        found = self.columns[column][position]
        return InputError(
            message, file=self.file, line=self.lines[position], field=column, found=found, allowed=allowed
        )

    def refuse(self, bad: NDArray[np.bool_], column: str, message: str, allowed: str) -> None:
        """Refuse the first cell of a column that is marked as bad."""
        if bad.any():
            raise self.error(int(bad.argmax()), column, message, allowed)


def read_returns(path: Path) -> Returns:
    """The returns of a CSV file; every problem is one InputError with file, line and column."""
    cells = _cells(path)
    _check_ids(cells)
    status = _statuses(cells)
    numbers = {name: _numbers(cells, name) for name in NUMBERS if name in cells.columns}
    _check_together(cells, status, numbers)
    nothing = np.zeros(len(cells.lines))
    apart = (status == SEPARATE_TOGETHER) & (numbers.pop("lived_apart", nothing) > 0.0)
    status[apart] = SEPARATE_APART
    for person in ("1", "2"):
        if "wages" + person in numbers:
            numbers.setdefault("medicare_wages" + person, numbers["wages" + person])
    age2 = numbers.get("age2", nothing)
    numbers["spouse_age"] = np.where(status == JOINT, 0.0, age2)
    numbers["age2"] = np.where(status == JOINT, age2, 0.0)
    return Returns(
        file=cells.file,
        lines=cells.lines,
        household_ids=list(cells.columns["household_id"]),
        status=status,
        amounts=numbers,
        states=_states(cells),
        absent=tuple(name for name in NUMBERS if name not in cells.columns and _is_asked(name, cells)),
        unknown_spouse_ages=int(((status == JOINT) & (numbers["age2"] == 0.0)).sum()),
    )


def _cells(path: Path) -> _Cells:
    """The file as columns of text."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as stream:
            reader = csv.reader(stream, strict=True)
            header = [name.strip() for name in next(reader, [])]
            _check_header(header, str(path))
            lines, columns = _columns(reader, len(header), str(path))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"cannot read the returns: {reason}", file=str(path)) from error
    return _Cells(str(path), lines, dict(zip(header, columns, strict=True)))


def _columns(reader: Any, width: int, file: str) -> tuple[list[int], list[list[str]]]:
    """The line of each row and the cells of each column; rows are turned a few at a time, for speed."""
    lines: list[int] = []
    columns: list[list[str]] = [[] for _ in range(width)]
    while True:
        rows = []
        for row in islice(reader, ROWS_AT_ONCE):
            if row and len(row) != width:
                allowed = f"{width}, as many as columns"
                raise InputError(
                    "wrong number of cells", file=file, line=reader.line_num, found=len(row), allowed=allowed
                )
            rows.append(row)
            if row:
                lines.append(reader.line_num)
        if not rows:
            return lines, columns
        for column, cells in zip(columns, zip(*filter(None, rows), strict=True), strict=False):
            column.extend(cells)


def _check_header(header: list[str], file: str) -> None:
    """Refuse an unknown, a doubled and a missing column by name."""
    for position, name in enumerate(header):
        if name not in COLUMNS:
            near = nearest_name(name, COLUMNS)
            hint = f"; did you mean {near!r}?" if near else ""
            raise InputError(
                f"unknown column{hint}", file=file, line=1, field=name, found=name, allowed=", ".join(COLUMNS)
            )
        if name in header[:position]:
            raise InputError("this column stands twice", file=file, line=1, field=name)
    for name in REQUIRED:
        if name not in header:
            raise InputError("this column is missing", file=file, line=1, field=name, allowed=", ".join(COLUMNS))


def _check_ids(cells: _Cells) -> None:
    """Every return has its own identifier; the same family may stand once in each state."""
    ids = cells.columns["household_id"]
    states = cells.columns.get(STATE, ("",) * len(ids))
    seen: set[tuple[str, str]] = set()
    if len(set(zip(ids, states, strict=True))) == len(ids) and all(name.strip() for name in ids):
        return
    for position, name in enumerate(ids):
        if not name.strip():
            raise cells.error(position, "household_id", "a return needs an identifier", "any text, each once")
        if (name, states[position]) in seen:
            allowed = "any text, each once in a state"
            raise cells.error(position, "household_id", "this identifier stands twice", allowed)
        seen.add((name, states[position]))


def _is_asked(name: str, cells: _Cells) -> bool:
    """Whether a column that is absent is worth a word: those of states only where states are given."""
    return name not in StateFacts._fields or STATE in cells.columns


def _states(cells: _Cells) -> tuple[str, ...]:
    """The state of each return by its postal letters, nothing where none is given."""
    if STATE not in cells.columns:
        return ("",) * len(cells.lines)
    found = tuple(name.strip().upper() for name in cells.columns[STATE])
    for position, name in enumerate(found):
        if name and name not in POSTAL_LETTERS:
            near = nearest_name(name, POSTAL_LETTERS)
            hint = f"; did you mean {near!r}?" if near else ""
            allowed = 'the two postal letters of a state or of DC, such as "WA"'
            raise cells.error(position, STATE, f"is not a state{hint}", allowed)
    return found


def _statuses(cells: _Cells) -> NDArray[np.int64]:
    """The filing statuses, separate filers as living together."""
    names = cells.columns["filing_status"]
    try:
        return np.array([STATUS_NAMES[name.strip()] for name in names], dtype=np.int64)
    except KeyError:
        position = next(at for at, name in enumerate(names) if name.strip() not in STATUS_NAMES)
        raise cells.error(position, "filing_status", "unknown filing status", ", ".join(STATUS_NAMES)) from None


def _numbers(cells: _Cells, name: str) -> NDArray[np.float64]:
    """A column of numbers, each within what is possible."""
    texts = cells.columns[name]
    least, most, allowed = _bounds(name)
    try:
        values = np.fromiter(map(float, texts), np.float64, len(texts))
    except ValueError:
        position = next(at for at, text in enumerate(texts) if not _is_number(text))
        raise cells.error(position, name, "not a number", allowed) from None
    cells.refuse(~np.isfinite(values), name, "not a finite number", allowed)
    cells.refuse((values < least) | (values > most), name, "out of range", allowed)
    if name in WHOLE_NUMBERS or name in YES_OR_NO:
        cells.refuse(values != np.floor(values), name, "not a whole number", allowed)
    return values


def _bounds(name: str) -> tuple[float, float, str]:
    """The least and the most that a column may hold, and the words for it."""
    if name in YES_OR_NO:
        return 0.0, 1.0, "0 or 1"
    if name == "age1":
        return 1.0, OLDEST, f"a whole number of years from 1 to {OLDEST}"
    if name == "age2":
        return 0.0, OLDEST, f"a whole number of years to {OLDEST}, 0 if there is nobody"
    if name in AGES_OF_LEAVING:
        return 0.0, OLDEST, f"a whole number of years to {OLDEST}, 0 if no job was left"
    if name in WHOLE_NUMBERS:
        return 0.0, MOST_CHILDREN, f"a whole number from 0 to {MOST_CHILDREN}"
    if name in GAINS_OR_LOSSES:
        return -MOST_DOLLARS, MOST_DOLLARS, f"dollars, negative for a loss, within {MOST_DOLLARS:,.0f}"
    return 0.0, MOST_DOLLARS, f"dollars from 0 to {MOST_DOLLARS:,.0f}"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _check_together(cells: _Cells, status: NDArray[np.int64], numbers: dict[str, NDArray[np.float64]]) -> None:
    """Refuse cells that contradict the filing status or one another."""
    nothing = np.zeros(len(status))
    alone = (status != JOINT) & (status != SEPARATE_TOGETHER)
    if "age2" in numbers:
        cells.refuse(alone & (numbers["age2"] > 0.0), "age2", "this filing status has no spouse", "0, or mfj or mfs")
    for name in SECOND_PERSON:
        if name in numbers:
            bad = (status != JOINT) & (numbers[name] != 0.0)
            cells.refuse(bad, name, "only a joint return has the amounts of a second person", "0, or mfj")
    for name in ONLY_SEPARATE:
        if name in numbers:
            bad = (status != SEPARATE_TOGETHER) & (numbers[name] > 0.0)
            cells.refuse(bad, name, "this matters to a separate return only", "0, or mfs")
    for part, whole, words in PARTS:
        if part in numbers:
            over = numbers[part] > numbers.get(whole, nothing) + HALF_A_CENT
            cells.refuse(over, part, words, f"at most {whole}")
    gifts = numbers.get("qcd1", nothing) + numbers.get("qcd2", nothing)
    over = gifts > numbers.get("ira_distributions", nothing) + HALF_A_CENT
    if over.any():
        name = "qcd1" if "qcd1" in numbers else "qcd2"
        cells.refuse(over, name, "more than all IRA distributions", "with qcd2, at most ira_distributions")


def write_taxes(
    path: Path,
    columns: tuple[Sequence[str], Sequence[str]],
    names: Sequence[Sequence[str]],
    amounts: NDArray[np.float64],
) -> None:
    """Write one row for each return: `columns` of what names it, then of dollars and cents, rates to six places."""
    of_names, of_amounts = columns
    places = [PLACES_OF_RATES if "rate" in name.split("_") else CENTS for name in of_amounts]
    form = ",".join(["%s"] * len(of_names)) + "".join(f",%.{one}f" for one in places) + "\n"
    rounded = np.stack([np.round(one, at) + 0.0 for one, at in zip(amounts.T, places, strict=True)], axis=1).tolist()
    rows = [form % (*map(_quoted, name), *row) for name, row in zip(names, rounded, strict=True)]
    try:
        with path.open("w", newline="", encoding="utf-8") as stream:
            stream.write(",".join([*of_names, *of_amounts]) + "\n")
            stream.writelines(rows)
    except OSError as error:
        raise InputError(f"cannot write the taxes: {error.strerror}", file=str(path)) from error


def _quoted(text: str) -> str:
    """A cell of text as a CSV file holds it."""
    if any(sign in text for sign in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text
