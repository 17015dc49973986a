"""What an answer is read as: a difference counts beyond two standard errors, and the simplest strategy wins a tie."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rothwell.answer import Answer
from rothwell.decision.comparison import Comparison
from rothwell.decision.measures import Estimate
from rothwell.report.reading import headline, opening, question, recommended
from tests.report.households import answer_of


def with_value(value: float, error: float) -> Answer:
    """The couple's answer with the mega backdoor worth something else."""
    answer = answer_of("couple")

    def changed(one: Comparison) -> Comparison:
        assert one.mega_backdoor is not None
        return replace(one, mega_backdoor=replace(one.mega_backdoor, value=Estimate(value, error)))

    return replace(answer, comparisons=tuple(changed(one) for one in answer.comparisons))


@pytest.mark.parametrize(
    ("value", "error", "verdict"),
    [
        (100.0, 10.0, "yes"),
        (21.0, 10.0, "yes"),
        (19.0, 10.0, "nothing"),
        (-19.0, 10.0, "nothing"),
        (-100.0, 10.0, "no"),
    ],
)
def test_a_difference_counts_beyond_two_standard_errors(value: float, error: float, verdict: str) -> None:
    answer = with_value(value, error)
    assert question(headline(answer)).verdict == verdict
    chosen = headline(answer).result(recommended(headline(answer)))
    assert chosen.strategy.uses_after_tax == (verdict == "yes")


@pytest.mark.parametrize(("value", "words"), [(5.0, "is worth nothing"), (-100.0, "costs $100 ±10")])
def test_where_it_is_not_worth_it_the_answer_says_that_leaving_it_is_right(value: float, words: str) -> None:
    line = opening(with_value(value, 10.0))[1]
    assert line.startswith("Worth it? No: ")
    assert words in line
    assert "Leaving it is right" in line


def test_the_headline_speaks_of_the_landscape_with_most_laws() -> None:
    assert headline(answer_of("couple")).landscape.name == "default"
    assert headline(answer_of("couple", ("current-law",))).landscape.name == "current-law"


def test_one_landscape_alone_is_answered_too() -> None:
    answer = answer_of("couple", ("current-law",))
    lines = opening(answer)
    assert len(lines) == 5
    assert not any("belief" in line for line in lines)
