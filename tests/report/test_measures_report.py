"""The measures in text, JSON and tables: what is worth nothing is called so, what was not asked for too."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from rich.console import Console

from rothwell.answer import Answer
from rothwell.decision.frontier import Diversification
from rothwell.decision.measures import Estimate
from rothwell.report.answer_csv import csv_files
from rothwell.report.answer_json import answer_json
from rothwell.report.measures_charts import measures_charts
from rothwell.report.measures_sections import measures_sections
from rothwell.report.reading import found
from rothwell.report.terminal import print_answer
from tests.report.households import NAMES, answer_of


def shown(answer: Answer) -> str:
    """The terminal's text on one line."""
    out = io.StringIO()
    print_answer(answer, Console(file=out, width=100, highlight=False))
    return re.sub(r"\s+", " ", out.getvalue())


def mixing_worth(value: float, error: float) -> Answer:
    """The couple's answer where mixing is worth so much."""
    answer = answer_of("couple")
    assert answer.measures.frontier is not None
    worth = Diversification(0.5, 0.0, Estimate(value, error), 70_000.0)
    frontier = replace(answer.measures.frontier, diversification=worth)
    return replace(answer, measures=replace(answer.measures, frontier=frontier))


def test_where_mixing_is_worth_nothing_a_plain_sentence_near_the_top_says_so() -> None:
    lines = shown(mixing_worth(40.0, 1.0))  # below 0.1% of 70,000
    assert "Mixing pre-tax and Roth deferrals is worth nothing to this household" in lines[:1_500]
    assert found(mixing_worth(500.0, 300.0))  # within two standard errors


def test_where_mixing_is_worth_something_its_value_is_told_and_nothing_stands_near_the_top() -> None:
    answer = mixing_worth(500.0, 20.0)
    assert found(answer) == ()
    assert "50% Roth, is worth +$500 ±20 a year more than no Roth at all" in shown(answer)


@pytest.mark.parametrize("name", NAMES)
def test_every_household_has_the_sections_that_concern_it(name: str) -> None:
    answer = answer_of(name)
    keys = [section.key for section in measures_sections(answer)]
    expected = ["next-dollar", "break-even-rate", "headroom"]
    if name != "retired":
        expected.insert(2, "mixing")
    if name in ("couple", "single"):
        expected.append("waiting")
    assert keys == expected


def test_the_long_measures_are_named_where_they_were_not_asked_for() -> None:
    answer = answer_of("couple")
    assert answer.measures.frontier is not None
    shares = tuple(
        replace(one, law_spread=None, best_law=None, worst_law=None) for one in answer.measures.frontier.shares
    )
    measures = replace(
        answer.measures,
        complete=False,
        acting_now=(),
        frontier=replace(answer.measures.frontier, shares=shares),
    )
    short = replace(answer, measures=measures)
    assert shown(short).count("`--measures all`") == 2
    assert "`--measures all`" not in shown(answer)
    assert {chart.name for chart in measures_charts(short)} == {"headroom"}
    assert {chart.name for chart in measures_charts(answer)} == {"headroom", "frontier"}
    assert answer_json(short)["measures"]["ban_to_come"] == []


def test_the_account_that_varies_less_is_named() -> None:
    answer = answer_of("couple")
    for ratio, words in ((0.8, "varies less than"), (1.3, "varies more than"), (1.01, "varies about as much as")):
        variance = replace(answer.measures.variance, ratio=Estimate(ratio, 0.02))
        changed = replace(answer, measures=replace(answer.measures, variance=variance))
        assert f"after tax {words} the Roth account: variance {ratio:.2f} ±0.02 times" in shown(changed)


def test_the_table_holds_the_numbers_of_the_json() -> None:
    answer = answer_of("couple")
    rows = list(csv.DictReader(io.StringIO(csv_files(answer)["measures.csv"])))
    tree = answer_json(answer)["measures"]
    by_name = {(row["measure"], row["of"]): row for row in rows}
    assert len(by_name) == len(rows)
    for entry in tree["next_dollar"]["accounts"]:
        row = by_name["next_dollar", entry["account"]]
        assert float(row["value"]) == entry["value"]
        assert float(row["standard_error"]) == entry["standard_error"]
    for entry in tree["ban_to_come"]:
        assert float(by_name["ban_to_come", str(entry["years"])]["value"]) == pytest.approx(entry["value"], abs=0.006)
    headroom = list(csv.DictReader(io.StringIO(csv_files(answer)["headroom.csv"])))
    assert [int(row["year"]) for row in headroom] == [entry["year"] for entry in tree["headroom"]]
    assert all(row["unit"] for row in rows)
