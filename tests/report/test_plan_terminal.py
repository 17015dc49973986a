"""The terminal page: the answer in the first lines, every number in view at 80 columns, no color needed."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from rich.console import Console

from rothwell.report.reading import headline, opening
from rothwell.report.sections import sections
from rothwell.report.terminal import print_answer
from tests.report.households import FORMULA, INJECTION, NAMES, answer_of


def shown(name: str, width: int = 100, color: bool = False) -> str:
    """The page of a household as text."""
    out = io.StringIO()
    print_answer(answer_of(name), Console(file=out, width=width, force_terminal=color, highlight=False))
    return out.getvalue()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [80, 100])
def test_no_line_is_wider_than_the_terminal_and_no_number_is_cut(name: str, width: int) -> None:
    text = shown(name, width)
    assert all(len(line) <= width for line in text.splitlines())
    assert "…" not in text


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_of_every_table_is_in_view_at_80_columns(name: str) -> None:
    text = shown(name, 80)
    for section in sections(answer_of(name)):
        for grid in (one for one in section.grids if not one.only_page):
            for row in grid.rows:
                numbers = [cell for place, cell in enumerate(row) if place and place not in grid.words and cell]
                pattern = r"\s+".join(re.escape(cell) for cell in numbers)
                assert re.search(pattern, text), row


def test_the_answer_stands_in_the_first_five_lines() -> None:
    lines = shown("couple").splitlines()[:5]
    assert re.fullmatch(r"James can put \$[\d,]+ of after-tax money into the Cascade Software plan in 2026\.", lines[0])
    assert re.match(r"Worth it\? (Yes|No): ", lines[1])
    assert any("standard error" in line for line in lines)
    assert any(line.startswith("It rests on") for line in lines)


@pytest.mark.parametrize("name", NAMES)
def test_the_opening_has_five_short_paragraphs(name: str) -> None:
    lines = opening(answer_of(name))
    assert len(lines) == 5
    assert all(line.endswith(".") for line in lines)


def test_for_the_retired_the_question_is_the_conversion() -> None:
    text = re.sub(r"\s+", " ", shown("retired"))
    assert text.startswith("Convert to Roth? Yes. Convert up to the top of the 10% bracket each year: worth $")
    assert "Follow 'Convert to 10%': convert to Roth up to the top of the 10% bracket until" in text
    assert "No conversions (brokerage): convert nothing." in text
    assert "above no conversions" in text
    assert "Brokerage" not in text
    assert "employer's plan" not in text
    assert not [section for section in sections(answer_of("retired")) if section.key == "room"]


def test_what_is_assumed_stands_directly_under_the_first_lines() -> None:
    answer = replace(answer_of("couple"), assumptions=("Nobody eats.",))
    out = io.StringIO()
    print_answer(answer, Console(file=out, width=200, highlight=False))
    assert out.getvalue().splitlines()[:6] == [*opening(answer), "Assumed: Nobody eats."]


def test_where_no_plan_takes_after_tax_money_the_first_line_says_so() -> None:
    first = opening(answer_of("nothing"))[0]
    assert first.startswith("No after-tax money can go into a plan in 2026")
    assert "it takes none" in first


def test_what_is_already_in_the_plan_is_told() -> None:
    assert "$4,000 of after-tax money is already in" in re.sub(r"\s+", " ", shown("single"))


def test_a_plan_that_converts_quarterly_is_told_what_the_numbers_assume() -> None:
    assert "The Orbit Labs plan converts quarterly" in re.sub(r"\s+", " ", shown("single"))


def test_names_are_not_read_as_markup_or_formulas() -> None:
    text = shown("nothing")
    assert INJECTION in text
    assert FORMULA in text


def test_without_color_there_is_no_escape_sequence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search("\x1b\\[[0-9;]*3[0-9]", shown("couple", color=True))
    assert "\x1b" not in shown("couple")


def test_probabilities_are_called_beliefs() -> None:
    text = re.sub(r"\s+", " ", shown("couple"))
    for regime in headline(answer_of("couple")).landscape.regimes:
        assert re.search(rf"{regime.name} \(\d+% of the years, a belief\)", text)
    assert re.search(r"with a chance of 30% \(a belief\)", text)
