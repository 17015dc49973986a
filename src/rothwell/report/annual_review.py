"""The annual review: what changed since an earlier answer in the law, the facts and the answer, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from rothwell.answer import Answer
from rothwell.decision.recommendation import recommended
from rothwell.decision.replay import Question, Situation, Step, steps_between
from rothwell.household.plain_data import Fact, facts_changed, plain_household
from rothwell.law.known_figures import LawChange, known_figures, law_changes
from rothwell.report.blocks import Grid, Section
from rothwell.report.earlier_answer import EarlierAnswer
from rothwell.report.measures_json import money, rate
from rothwell.report.reading import employers, headline, question
from rothwell.report.words import dollars, signed, title, with_error

NOT_THERE = "–"
FEW = 12  # lines of a list on the terminal; the JSON has all
MORE_THAN_A_RATE = 1.5  # a number above it is no rate


@dataclass(frozen=True, slots=True)
class Room:
    """The room for after-tax contributions at an employer, then and now; None where the job is not there."""

    person: str
    employer: str
    before: float | None
    now: float | None


@dataclass(frozen=True, slots=True)
class Review:
    """What changed since an earlier answer, and the steps from its difference to today's.

    with_it, without_it   the strategies of today's question, on which the steps are taken
    difference_then       theirs in the earlier answer; None where one of them was not compared
    """

    before: EarlierAnswer
    law: tuple[LawChange, ...]
    facts: tuple[Fact, ...]
    rooms: tuple[Room, ...]
    with_it: str
    without_it: str
    difference_then: float | None
    steps: tuple[Step, ...]


def review_of(answer: Answer, before: EarlierAnswer, threads: int | None) -> Review:
    """Compare an answer with an earlier one, and live through both again where they differ."""
    main, asked = headline(answer), question(headline(answer))
    household = answer.household
    years = sorted({one.year for one in before.law})
    law = law_changes(before.law, known_figures(years, household.market.growth))
    facts = facts_changed(before.household, plain_household(household))
    pair = [main.result(name).strategy for name in (asked.with_it, asked.without_it)]
    steps = steps_between(
        Situation(before.household, before.start_year, main.landscape),
        Situation(plain_household(household), answer.start_year, main.landscape),
        law,
        facts,
        Question(pair[0], pair[1], answer.paths, answer.seed, threads),
    )
    levels = [before.levels.get((main.landscape.name, name)) for name in (asked.with_it, asked.without_it)]
    then = None if levels[0] is None or levels[1] is None else levels[0] - levels[1]
    return Review(before, law, facts, tuple(_rooms(answer, before)), asked.with_it, asked.without_it, then, steps)


def _rooms(answer: Answer, before: EarlierAnswer) -> Iterator[Room]:
    now = {(person.name, one.employer): one.after_tax_room for person, one in employers(answer)}
    for person, employer in dict.fromkeys((*now, *before.rooms)):
        key = (person, employer)
        yield Room(person, employer, before.rooms.get(key), now.get(key))


def review_json(review: Review, answer: Answer) -> dict[str, Any]:
    """The review as plain data, stable keys; documented in docs/json.md."""
    main, before = headline(answer), review.before
    return {
        "since": {"start_year": before.start_year, "paths": before.paths, "seed": before.seed},
        "law": [
            {"figure": one.name, "year": one.year, "kind": one.kind, "before": one.before, "now": one.now}
            for one in review.law
        ],
        "facts": [{"field": one.field, "before": one.before, "now": one.now} for one in review.facts],
        "answer": {
            "recommended_before": before.recommended,
            "recommended_now": recommended(main),
            "strategies": [
                {
                    "landscape": comparison.landscape.name,
                    "name": one.strategy.name,
                    "certainty_equivalent_before": before.levels.get((comparison.landscape.name, one.strategy.name)),
                    "certainty_equivalent_now": money(one.certainty_equivalent.value),
                }
                for comparison in answer.comparisons
                for one in comparison.results
            ],
            "room": [
                {"person": one.person, "employer": one.employer, "before": one.before, "now": _or_none(one.now)}
                for one in review.rooms
            ],
        },
        "why": {
            "landscape": main.landscape.name,
            "strategy_with": review.with_it,
            "strategy_without": review.without_it,
            "difference_before": _or_none(review.difference_then),
            "difference_now": money(question(main).difference.value),
            "steps": [_step_json(one) for one in review.steps],
            "notes": list(_notes(review)),
        },
    }


def _or_none(value: float | None) -> float | None:
    return None if value is None else money(value)


def _step_json(one: Step) -> dict[str, Any]:
    return {
        "step": one.words,
        "difference": None if one.worth is None else money(one.worth.value),
        "standard_error": None if one.worth is None else money(one.worth.standard_error),
        "change": _or_none(one.change),
        "problem": one.problem or None,
    }


def review_section(review: Review, answer: Answer) -> Section:
    """The review for a reader: the answer then and now, why, the facts and the law."""
    main, before = headline(answer), review.before
    same = before.recommended == recommended(main)
    follow = "The strategy to follow is the same" if same else "The strategy to follow is another"
    lead = (
        f"{follow}: {title(before.recommended, main)} in the answer for {before.start_year}, "
        f"{title(recommended(main), main)} now, for {answer.start_year}."
    )
    grids = [_answer_grid(review, answer), _why_grid(review, answer)]
    if review.facts:
        rows = [(one.field, _shown(one.before), _shown(one.now)) for one in review.facts[:FEW]]
        grids.append(_grid("The facts of the household", "Field", rows, len(review.facts)))
    if review.law:
        rows = [(f"{one.name} {one.year}, {one.kind}", _shown(one.before), _shown(one.now)) for one in review.law[:FEW]]
        grids.append(_grid("The law: what is known otherwise now", "Figure", rows, len(review.law)))
    nothing = []
    if not review.facts:
        nothing.append("No field of the household's file differs.")
    if not review.law:
        nothing.append("No figure of the law that the earlier answer rested on is known otherwise.")
    return Section("review", f"Since the answer for {before.start_year}", (lead, *nothing), tuple(grids))


def _grid(caption: str, first: str, rows: list[tuple[str, str, str]], count: int) -> Grid:
    more = (f"{count - FEW} more: --json has all.",) if count > FEW else ()
    return Grid(caption, (first, "Then", "Now"), tuple(rows), more)


def _answer_grid(review: Review, answer: Answer) -> Grid:
    """Room and certainty equivalents then and now."""
    main = headline(answer)
    rows = [
        (f"Room of {one.person} at {one.employer}", _amount(one.before), _amount(one.now), _change(one.before, one.now))
        for one in review.rooms
        if one.before or one.now
    ]
    for result in main.results:
        then = review.before.levels.get((main.landscape.name, result.strategy.name))
        now = result.certainty_equivalent.value
        rows.append((title(result.strategy.name, main), _amount(then), dollars(now), _change(then, now)))
    unit = f"dollars of {review.before.start_year}, then of {answer.start_year}"
    return Grid(f"The answer under '{main.landscape.name}': room, and 'a year', in {unit}", HEADER, tuple(rows))


HEADER = ("", "Then", "Now", "Change")


def _amount(value: float | None) -> str:
    return NOT_THERE if value is None else dollars(value)


def _change(before: float | None, now: float | None) -> str:
    return NOT_THERE if before is None or now is None else signed(now - before)


def _why_grid(review: Review, answer: Answer) -> Grid:
    """The difference that decides, step by step from then to now."""
    main = headline(answer)
    rows = [("In the earlier answer", _amount(review.difference_then), NOT_THERE)]
    for one in review.steps:
        value = NOT_THERE if one.worth is None else with_error(one.worth)
        rows.append(
            (one.words[:1].upper() + one.words[1:], value, NOT_THERE if one.change is None else signed(one.change))
        )
    names = f"{title(review.with_it, main)} above {title(review.without_it, main)}"
    return Grid(
        f"Why: {names}, a change at a time", ("Step", "Difference", "Change"), tuple(rows), tuple(_notes(review))
    )


def _notes(review: Review) -> Iterator[str]:
    """What the steps can say and what they cannot."""
    yield (
        "The steps live through the first futures of today's seed and add up to the whole change among them; another "
        "order would share it out otherwise. 'As then' is the earlier household under the law as it was known, in "
        "this version: how far it stands from the earlier answer is the work of other futures, of changed beliefs "
        "about possible laws, or of the program itself, and is not taken apart."
    )
    if review.difference_then is None:
        yield "One of the two strategies was not compared then: there is no earlier difference."
    for one in review.steps:
        if one.problem:
            yield f"'{one.words}' could not be replayed alone ({one.problem}): its effect is in the step after it."
    if any(one.kind in ("new", "gone", "projected otherwise") for one in review.law):
        yield "Figures that are new, gone or projected otherwise are listed, but not undone in 'as then'."


def _shown(value: Any) -> str:
    """A value in a cell: an amount with separators, a list by its first and last number."""
    if value is None:
        return NOT_THERE
    if isinstance(value, bool) or not isinstance(value, (int, float, list)):
        return str(value)
    if isinstance(value, list):
        numbers = np.unique(np.asarray(value, dtype=np.float64)) if _is_numbers(value) else np.array([])
        if not numbers.size:
            return ", ".join(str(one) for one in value)
        ends = [_shown(float(numbers[0])), _shown(float(numbers[-1]))]
        return ends[0] if numbers.size == 1 else " to ".join(ends)
    return f"{value:,.0f}" if abs(value) > MORE_THAN_A_RATE else f"{rate(value):g}"


def _is_numbers(value: list[Any]) -> bool:
    try:
        np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        return False
    return True
