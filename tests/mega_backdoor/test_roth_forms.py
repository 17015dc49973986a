"""Forms 8606 and 5329 and lines 4 and 5 of Form 1040 as previews."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rothwell.errors import InputError
from rothwell.mega_backdoor import form_5329
from rothwell.mega_backdoor.designated_roth import DesignatedRoth
from rothwell.mega_backdoor.form_5329 import Received, exception_number, form_1040_lines
from rothwell.mega_backdoor.form_8606 import TraditionalIraYear, part_1_and_2, part_3
from rothwell.mega_backdoor.form_line import values_of
from rothwell.mega_backdoor.roth_basis import RothIras, distributions_of_year
from rothwell.mega_backdoor.roth_money import ConversionLayer, Exempt, Payment

SHEET = Path(__file__).parents[1] / "worksheets" / "form_8606.csv"
EXAMPLES = list(csv.DictReader(SHEET.read_text(encoding="utf-8").splitlines()))
FACTS = ("nondeductible", "made_after_the_year", "basis", "year_end_value", "distributions", "converted")
CENT = 0.005


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row['example']}-{row['line']}") for row in EXAMPLES])
def test_official_form_8606_previews(row: dict[str, str]) -> None:
    year = TraditionalIraYear(**{name: float(row[name]) for name in FACTS})
    assert row["source"]
    found = values_of(part_1_and_2(year))[row["line"]]
    assert found == pytest.approx(float(row["value"]), abs=float(row["within"]) + 1e-9)


def test_lines_of_form_8606_add_up() -> None:
    """The arithmetic that the form prints beside its lines."""
    chance = np.random.default_rng(3)
    for _ in range(500):
        amounts: dict[str, Any] = dict(zip(FACTS, chance.exponential(20_000.0, 6).tolist(), strict=True))
        amounts["made_after_the_year"] = amounts["nondeductible"] * chance.random()
        line = values_of(part_1_and_2(TraditionalIraYear(**amounts)))
        assert line["3"] == pytest.approx(line["1"] + line["2"])
        assert line["5"] == pytest.approx(line["3"] - line["4"])
        assert line["9"] == pytest.approx(line["6"] + line["7"] + line["8"])
        assert line["10"] == pytest.approx(min(1.0, line["5"] / line["9"]))
        assert line["11"] == pytest.approx(line["8"] * line["10"])
        assert line["12"] == pytest.approx(line["7"] * line["10"])
        assert line["13"] == pytest.approx(line["11"] + line["12"])
        assert line["14"] == pytest.approx(line["3"] - line["13"])
        assert line["15c"] == pytest.approx(line["7"] - line["12"])
        assert line["18"] == pytest.approx(line["16"] - line["17"])


@pytest.mark.parametrize(
    ("facts", "words"),
    [({"basis": -1.0}, "not negative"), ({"nondeductible": 1.0, "made_after_the_year": 2.0}, "more than line 1")],
)
def test_facts_of_form_8606_that_cannot_be_are_refused(facts: dict[str, float], words: str) -> None:
    with pytest.raises(InputError, match=words):
        TraditionalIraYear(**facts)


def test_line_22_holds_what_passed_through_a_plan_and_line_24_what_did_not() -> None:
    """Form 8606 instructions, lines 22 and 24: from a designated Roth account, or straight from after-tax money."""
    through = DesignatedRoth().converted_in_plan(2025, 500.0, 30_000.0)
    moved, _ = through.distributed(Payment(30_500.0, 2026, 45.0), 30_500.0)
    line = values_of(part_3(RothIras().received(moved.rollover, 2026), ()))
    assert (line["22"], line["24"]) == (30_500.0, 0.0)
    line = values_of(part_3(RothIras().converted(2026, 500.0, 30_000.0), ()))
    assert (line["22"], line["24"]) == (0.0, 30_500.0)


def test_part_3_of_form_8606_says_what_the_ledger_says() -> None:
    """Line 25c is the income, whatever the order of payments, first homes and days of 59 1/2 within a year."""
    chance = np.random.default_rng(5)
    for _ in range(400):
        parts = (chance.integers(0, 60, 4) * 1_000).astype(float)
        made = (ConversionLayer(2023, parts[1], parts[2]),)
        iras = RothIras(int(chance.choice([2015, 2024])), float(parts.sum()), float(parts[0]), (), made)
        shares = chance.dirichlet(np.ones(4))[:3]
        payments = [
            Payment(
                float(share * iras.value), 2026, float(chance.choice([45.0, 59.0, 59.5])),
                first_home=float(chance.choice([0.0, 4_000.0, 12_000.0])),
            )
            for share in shares
        ]  # fmt: skip
        records, left = distributions_of_year(iras, payments)
        line = values_of(part_3(iras, records))
        assert line["25c"] == pytest.approx(sum(one.income for one in records), abs=CENT)
        assert line["20"] <= 10_000.0 + CENT
        assert left.value == pytest.approx(iras.value - sum(one.amount for one in payments), abs=CENT)
        assert [one.amount for one in records] == pytest.approx([one.amount for one in payments])


def test_form_5329_shows_the_exceptions() -> None:
    """Form 5329 (2025), lines 1 to 4: a first home is on lines 1 and 2 with exception 09; several exceptions are 99."""
    iras = RothIras(2015, 40_000.0, 5_000.0)
    home = distributions_of_year(iras, [Payment(20_000.0, 2026, 40.0, first_home=8_000.0)])[0]
    lines = form_5329.part_1(2026, (), home)
    assert [line.value for line in lines] == pytest.approx([15_000.0, 8_000.0, 7_000.0, 700.0])
    assert lines[1].entry == "09"
    ill = Payment(10_000.0, 2026, 40.0, exceptions=(Exempt("medical", 1_500.0),))
    plan, _ = DesignatedRoth(2024, 20_000.0, 10_000.0).distributed(ill)
    both = form_5329.part_1(2026, [plan.additional_tax], home)
    assert [line.value for line in both] == pytest.approx([20_000.0, 9_500.0, 10_500.0, 1_050.0])
    assert both[1].entry == "99"
    assert exception_number([]) == ""
    old = distributions_of_year(iras, [Payment(20_000.0, 2026, 60.0)])[0]
    assert [line.value for line in form_5329.part_1(2026, (), old)] == [0.0, 0.0, 0.0, 0.0]


def test_lines_4_and_5_of_form_1040() -> None:
    """Form 1040 instructions (2025), lines 4a to 5b."""
    conversion = Received(7_050.0, 50.0, True)
    to_roth = Received(30_500.0, 500.0, False, 30_500.0)
    lines = {line.number: line for line in form_1040_lines([conversion, to_roth])}
    assert [lines[name].value for name in ("4a", "4b", "5a", "5b")] == [7_050.0, 50.0, 30_500.0, 500.0]
    assert [lines[name].entry for name in ("4a", "4b", "5a", "5b")] == ["", "", "", "Rollover"]
    taxable = {line.number: line.value for line in form_1040_lines([Received(9_000.0, 9_000.0, True)])}
    assert (taxable["4a"], taxable["4b"]) == (0.0, 9_000.0)
    whole = form_1040_lines([replace(to_roth, taxable=30_500.0)])
    assert [line.value for line in whole[2:]] == [30_500.0, 30_500.0]
