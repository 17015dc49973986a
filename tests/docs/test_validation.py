"""The page of validation shows what `python -m validation.run` prints."""

from __future__ import annotations

import re

import pytest

from tests.docs.pages import DOCS
from validation.cases import CASES
from validation.inputs import FOLDER
from validation.run import PAGE, block_of, tables_of, write_into
from validation.tables import EXPECTED, IN_PART, NOT_SEEN, OPPOSITE, SIGN_ALONE, Table, verdict

FEW = 20  # futures: enough to see every row and column
VERDICTS = "|".join((EXPECTED, IN_PART, NOT_SEEN, OPPOSITE, SIGN_ALONE))


def on_page(name: str) -> str:
    """The tables of a case as they stand in the page."""
    found = block_of(name).search(PAGE.read_text(encoding="utf-8"))
    assert found is not None
    return found[0]


def words_of(tables: str) -> str:
    """Tables without their numbers, verdicts and rules, which so few futures do not settle."""
    without = re.sub(VERDICTS, "verdict", tables)
    without = re.sub(r"[-+±]?\d[\d,]*(\.\d+)?%?", "#", re.sub("-{3,}", "", without))
    return " ".join(without.split())


@pytest.mark.slow
def test_the_orders_of_the_page_last_as_long_as_the_command_says() -> None:
    assert tables_of("b1", quiet=True) == on_page("b1")


@pytest.mark.parametrize("name", ["c1", "c2"])
def test_every_row_of_the_page_is_one_that_the_command_prints(name: str) -> None:
    assert words_of(tables_of(name, FEW, quiet=True)) == words_of(on_page(name))


def test_the_page_has_each_case_once_and_the_words_of_its_inputs() -> None:
    text = (DOCS / "validation.md").read_text(encoding="utf-8")
    for name in CASES:
        assert text.count(f"<!-- tables: {name} -->") == 1
    for file in sorted(FOLDER.glob("*.toml")):
        assert f"../validation/{file.name}" in text


def test_tables_are_written_into_their_own_place(tmp_path) -> None:  # type: ignore[no-untyped-def]
    page = tmp_path / "page.md"
    page.write_text(
        "a\n<!-- tables: b1 -->\n```text\n```\nb\n<!-- tables: c1 -->\n```text\nold\n```\n", encoding="utf-8"
    )
    write_into(page, "b1", "new\n")
    write_into(page, "b1", "newer\n")
    assert page.read_text(encoding="utf-8").count("```text\nnewer\n```\nb") == 1
    assert "old" in page.read_text(encoding="utf-8")


def test_columns_line_up_and_a_verdict_says_what_it_means() -> None:
    lines = Table("t", ("", "one", "two"), (("a", "1", "22"), ("long", "1,000", "3"))).lines()
    assert len({len(line) for line in lines[2:]}) == 1
    assert [verdict(found, 1.0, 3.0) for found in (2.0, 0.5, -0.5)] == [EXPECTED, SIGN_ALONE, OPPOSITE]
