"""Every key of the household file, and every choice of a key, changes some answer of the product."""

from __future__ import annotations

import re

import pytest

from tests.household import rows_of_beliefs, rows_of_money, rows_of_people, rows_of_work
from tests.household.changes import Row, household_with, leaves, said, variants
from tests.style.house import report

PARTS = (rows_of_people, rows_of_work, rows_of_money, rows_of_beliefs)
ROWS = [row for part in PARTS for row in part.ROWS]


def alike(row: Row) -> list[str]:
    """The outputs of a row that say the same of two of its values."""
    households = variants(row)
    return [output for output in row.outputs if len({said(one, output) for one in households}) < len(households)]


def named(row: Row) -> str:
    return f"{row.path}-{row.base}-{'-'.join(row.outputs)}"


def values_in(row: Row) -> list[object]:
    """The values that a row gives its key, also those among other keys."""
    return [value[row.path] if isinstance(value, dict) and row.path in value else value for value in row.values]


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_a_key_changes_what_is_said_of_a_household(row: Row) -> None:
    assert len(row.values) > 1
    assert not alike(row), f"{row.path}: {row.values} come to the same in {alike(row)}"


def test_every_key_of_the_household_file_has_a_row() -> None:
    keys = {key for key, _ in leaves()}
    with_rows = {row.name for row in ROWS}
    assert with_rows <= keys, report(sorted(with_rows - keys))
    assert keys <= with_rows, report(sorted(keys - with_rows))


def test_every_choice_of_a_key_has_a_row() -> None:
    missing = []
    for key, choices in leaves():
        given = [value for row in ROWS if row.name == key for value in values_in(row)]
        missing += [f"{key} = {choice}" for choice in choices if not _is_in(choice, given)]
    assert not missing, report(missing)


def _is_in(choice: object, values: list[object]) -> bool:
    """Whether a choice is among values, or among those of a list: a day of the month, say."""
    parts = [part for value in values for part in (value if isinstance(value, (list, tuple)) else (value,))]
    return any(type(choice) is type(part) and choice == part for part in parts)


def test_a_key_that_changes_nothing_is_found() -> None:
    in_vain = Row("market.deviation", "couple", (0.1, 0.2), ("capacity", "life"), {"market.kind": "fixed"})
    assert alike(in_vain) == ["capacity", "life"]


def test_a_path_reaches_into_tables_and_lists() -> None:
    changed = household_with(
        "couple", {"goals[0]": {"name": "Roof", "year": 2030, "amount": 1.0}, "market.kind": "fixed"}
    )
    assert (changed.goals[0].name, changed.market.kind) == ("Roof", "fixed")
    assert household_with("couple", {"children": None}).children == ()
    assert not re.search("Roof", repr(household_with("couple", {})))
