"""What the household file names and the plan counts: children, goals, incomes, costs and mixes, to be checked."""

from __future__ import annotations

from collections.abc import Iterator

from rothwell.answer import Answer
from rothwell.household import Cost, Income, Mix
from rothwell.report.blocks import Section
from rothwell.report.words import dollars, listed, percent

KINDS = {"ordinary": "", "investment": ", taxed as interest", "untaxed": ", not taxed"}


def file_section(answer: Answer) -> Section | None:
    """A point for each kind of thing that the file names; None where it names nothing of the kind."""
    points = tuple(_points(answer))
    return Section("file", "What the plan counts from the file", points=points) if points else None


def _points(answer: Answer) -> Iterator[str]:
    household = answer.household
    children = [f"{one.name or 'a child'} (born {one.birth_date.year})" for one in household.children]
    goals = [f"{one.name} ({dollars(one.amount)} in {one.year})" for one in household.goals]
    incomes = [f"{one.name} ({_flow(one)}{KINDS[one.kind]})" for one in household.incomes]
    costs = [f"{one.name} ({_flow(one)})" for one in household.costs]
    mixes = [f"{one.name} ({_weights(one)}{', changing' if one.glide else ''})" for one in household.mixes]
    for words, named in (
        ("Children", children),
        ("Dated goals", goals),
        ("Other incomes", incomes),
        ("Costs beside living", costs),
        ("Mixes", mixes),
    ):
        if named:
            yield f"{words}: {listed(named)}."


def _flow(one: Income | Cost) -> str:
    """What comes or goes, and when."""
    if one.year is not None:
        return f"{dollars(one.amount)} in {one.year}"
    first = f" from {one.first_year}" if one.first_year is not None else ""
    last = f" to {one.last_year}" if one.last_year is not None else ""
    life = f" while {one.person} lives" if one.person is not None else ""
    return f"{dollars(one.amount)} a year{first}{last}{life}"


def _weights(mix: Mix) -> str:
    names = ("stocks", "bonds", "cash")
    return listed(f"{percent(part)} {name}" for part, name in zip(mix.weights, names, strict=True) if part > 0.0)
