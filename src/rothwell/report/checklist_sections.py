"""The checklist of a year as sections of a report and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rothwell.mega_backdoor.checklist import Checklist, Task
from rothwell.mega_backdoor.mistakes import Mistake
from rothwell.mega_backdoor.savings_order import Step
from rothwell.report.blocks import Grid, Section
from rothwell.report.capacity_text import dollars, rounded

NO_LAW = "none"


def checklist_json(checklist: Checklist) -> dict[str, Any]:
    """The answer as data for JSON, dollars rounded to cents; the keys are documented in docs/json.md."""
    found = rounded(checklist)
    assert isinstance(found, dict)
    return found


def checklist_sections(checklist: Checklist) -> Iterator[Section]:
    """Mistakes first, then what to do by day, the order of savings, reasons against, questions and records."""
    if checklist.mistakes:
        points = tuple(_mistake(one) for one in checklist.mistakes)
        yield Section("mistakes", "Mistakes to put right", points=points)
    yield Section("tasks", f"What to do in {checklist.year}", grids=(_tasks(checklist.tasks),))
    yield Section("order", "Where the next dollar saved should go", grids=(_order(checklist.order),))
    if checklist.against:
        points = tuple(one.words + _law(one.law) for one in checklist.against)
        yield Section("against", "What speaks against after-tax contributions here", points=points)
    if checklist.questions:
        yield Section("questions", "Ask the plan, or read in its summary", points=checklist.questions)
    if checklist.records:
        yield Section("records", "Keep for good", points=checklist.records)


def _mistake(one: Mistake) -> str:
    """A mistake in one sentence after the other: what, how much, the cure, the law."""
    who = f"{one.person}: " if one.person else ""
    stake = f" At stake: {dollars(one.dollars)}." if one.dollars is not None else ""
    return f"{who}{one.words}{stake} Cure: {one.cure}.{_law(one.law)}"


def _law(law: str) -> str:
    return "" if law == NO_LAW else f" ({law})"


def _tasks(tasks: tuple[Task, ...]) -> Grid:
    rows = tuple((one.by or "any time", one.person, one.words, "" if one.law == NO_LAW else one.law) for one in tasks)
    return Grid("By day", ("By", "Who", "What", "Law"), rows, words=frozenset({1, 2, 3}))


def _order(steps: tuple[Step, ...]) -> Grid:
    rows = tuple(
        (f"{number}. {one.name}", one.person, "" if one.room is None else dollars(one.room), one.why)
        for number, one in enumerate(steps, start=1)
    )
    return Grid("In this order, dollars of the year", ("Step", "Who", "Room", "Why"), rows, words=frozenset({1, 3}))
