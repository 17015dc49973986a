"""What an answer is read as: a difference counts beyond two standard errors, and the simplest strategy wins a tie."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rothwell.answer import Answer
from rothwell.decision.comparison import Comparison
from rothwell.decision.measures import Estimate
from rothwell.decision.recommendation import recommended
from rothwell.report.reading import assumed, headline, opening, question
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


def retired_with(value: float, error: float) -> Answer:
    """The answer of the retired with every size of conversions worth something else."""
    answer = answer_of("retired")

    def changed(one: Comparison) -> Comparison:
        results = [replace(result, paired_difference=Estimate(value, error)) for result in one.results]
        return replace(one, results=tuple(results))

    return replace(answer, comparisons=tuple(changed(one) for one in answer.comparisons))


@pytest.mark.parametrize(
    ("value", "error", "first", "second"),
    [
        (133.0, 3.0, "Yes.", "Convert up to the top of the 10% bracket each year: worth $133 ±3 a year for life"),
        (-133.0, 3.0, "No: leave the tax-deferred money where it is.", "costs $133 ±3 a year for life"),
        (3.0, 3.0, "It makes no difference: leave", "is worth nothing that can be told from chance ($3 ±3 a year"),
        (133.0, 300.0, "It cannot be told with 200 futures; ask for more (--paths).", "came out at $133 ±300 a year"),
    ],
)
def test_the_retired_are_told_how_much_to_convert(value: float, error: float, first: str, second: str) -> None:
    lines = opening(retired_with(value, error))
    assert lines[0].startswith(f"Convert to Roth? {first}")
    assert second in lines[1]
    assert "the top of the 10% bracket each year" in lines[1]


def test_the_conversion_of_this_year_and_its_tax_are_those_of_the_bracket() -> None:
    """Rev. Proc. 2025-32, section 4.01: on a joint return of 2026 10% is due up to 24,800 of taxable income."""
    line = opening(answer_of("retired"))[1]
    assert line.endswith(", which costs $2,480 of tax.")
    main = headline(answer_of("retired"))
    converted = main.first_year[[one.strategy.name for one in main.results].index("convert_to_10")]["conversion"]
    assert f"; this year ${converted:,.0f}, which costs" in line


def test_the_other_laws_are_asked_about_the_same_size_of_conversions() -> None:
    answer = answer_of("retired")
    (other,) = [one for one in answer.comparisons if one is not headline(answer)]
    difference = other.result(question(headline(answer)).with_it).paired_difference
    assert f"if the law stays: ${difference.value:,.0f} ±{difference.standard_error:,.0f}." in opening(answer)[2]


def test_a_wide_error_is_not_told_as_worth_nothing() -> None:
    level = question(headline(answer_of("couple"))).level
    wide = 0.0026 * level  # two of them are more than half a percent of what a year is worth
    answer = with_value(wide, wide)
    assert question(headline(answer)).verdict == "unclear"
    line = opening(answer)[1]
    assert line.startswith("Worth it? It cannot be told with 200 futures: using it came out at $")
    assert line.endswith("; ask for more (--paths).")
    assert "nothing" not in line
    assert not headline(answer).result(recommended(headline(answer))).strategy.uses_after_tax
    assert question(headline(with_value(1.0, 0.0024 * level))).verdict == "nothing"


def test_where_the_mega_backdoor_pays_roth_deferrals_are_followed_if_they_add_to_it() -> None:
    answer = with_value(100.0, 10.0)
    main = replace(headline(answer), best="mega_roth_deferral")
    chosen = question(main).with_it

    def ahead(by: float) -> Comparison:
        results = [
            replace(one, behind_best=Estimate(by, 5.0)) if one.strategy.name == chosen else one for one in main.results
        ]
        return replace(main, results=tuple(results))

    assert recommended(ahead(50.0)) == "mega_roth_deferral"
    assert recommended(ahead(9.0)) == chosen


def test_what_is_assumed_is_told_as_such() -> None:
    assert assumed(answer_of("couple")) == ()
    assert assumed(replace(answer_of("couple"), assumptions=("Nobody eats.",))) == ("Assumed: Nobody eats.",)


def test_the_headline_speaks_of_the_landscape_with_most_laws() -> None:
    assert headline(answer_of("couple")).landscape.name == "default"
    assert headline(answer_of("couple", ("current-law",))).landscape.name == "current-law"


def test_one_landscape_alone_is_answered_too() -> None:
    answer = answer_of("couple", ("current-law",))
    lines = opening(answer)
    assert len(lines) == 5
    assert not any("belief" in line for line in lines)
