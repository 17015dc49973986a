"""What the file names stands in the answer by its name."""

from __future__ import annotations

from dataclasses import replace

from rothwell.household import parse_household
from rothwell.report.file_words import file_section
from tests.report.households import TODAY, answer_of, text_of


def points_of(name: str) -> str:
    """The points about another household's file, beside an answer that does not matter here."""
    section = file_section(replace(answer_of("couple"), household=parse_household(text_of(name), TODAY)))
    return "" if section is None else "\n".join(section.points)


def test_children_goals_incomes_and_costs_are_named_with_their_years() -> None:
    said = points_of("family")
    assert "Children: Asha (born 2011) and Milo (born 2014)." in said
    assert "Dated goals: Roof ($35,000 in 2027) and Asha's wedding ($40,000 in 2038)." in said
    assert "Sale of grandmother's house ($180,000 in 2034, not taxed)" in said
    assert "Rent of the flat ($14,000 a year, taxed as interest)" in said
    assert "College for Asha ($38,000 a year from 2029 to 2032)" in said
    assert "Mortgage ($21,000 a year to 2037)" in said


def test_mixes_are_named_with_their_weights() -> None:
    assert "Mixes: savings (70% stocks, 25% bonds and 5% cash, changing)" in points_of("everything")


def test_a_file_that_names_nothing_has_no_section() -> None:
    assert points_of("retired") == ""
