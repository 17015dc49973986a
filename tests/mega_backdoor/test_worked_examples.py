"""The worked examples of the room under IRC 415(c)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from rothwell.mega_backdoor.capacity import EmployerCapacity, capacity_of
from tests.mega_backdoor.households import household, job

SHEET = Path(__file__).parents[1] / "worksheets" / "room_415c.csv"
EXAMPLES = list(csv.DictReader(SHEET.read_text(encoding="utf-8").splitlines()))
FIRST_START_YEAR = 2024


def answer(example: dict[str, str]) -> EmployerCapacity:
    """An example as a household: the employer's money is nonelective, and what is already in is a fact."""
    year, pay = int(example["year"]), float(example["pay"])
    terms = f"elective_deferral = {example['planned_deferral']}\n"
    terms += f"nonelective = {float(example['employer_contributions']) / pay}"
    wages = float(example["prior_year_wages"]) if example["prior_year_wages"] else 0.0
    start = max(year, FIRST_START_YEAR)
    facts = f"after_tax = {example['after_tax_so_far']}"
    ann = household(job(terms, pay=pay, wages=wages, facts=facts), age=int(example["age"]) + start - year, year=start)
    return capacity_of(ann, year).people[0].employers[0]


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["example"] for example in EXAMPLES])
def test_worked_examples_of_the_room(example: dict[str, str]) -> None:
    found = answer(example)
    assert found.after_tax_room == pytest.approx(float(example["after_tax_room"]), abs=0.005)
    assert found.catch_up == pytest.approx(float(example["catch_up"]), abs=0.005)
    total = found.elective_deferrals + found.catch_up + found.employer_contributions + found.after_tax_room
    assert total == pytest.approx(float(example["total_with_catch_up"]), abs=0.005)
    left = max(0.0, found.after_tax_room - float(example["after_tax_so_far"]))  # facts of past years are not counted
    assert left == pytest.approx(float(example["left_this_year"]), abs=0.005)


@pytest.mark.parametrize(
    "example", [one for one in EXAMPLES if one["catch_up_must_be_roth"]], ids=lambda one: one["example"]
)
def test_roth_catch_up_of_the_worked_examples(example: dict[str, str]) -> None:
    assert answer(example).catch_up_must_be_roth is (example["catch_up_must_be_roth"] == "yes")


def test_every_worked_example_has_a_source() -> None:
    assert all(example["source"] for example in EXAMPLES)
    assert len({example["example"] for example in EXAMPLES}) == len(EXAMPLES)
