"""What must hold between incomes, costs, health, residence and children, and the rest of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from rothwell.household.health import Health
from rothwell.household.incomes_and_costs import Cost, Income
from rothwell.household.problem import Problem
from rothwell.household.residence import Home, Residence
from rothwell.household.toml_lines import Path
from rothwell.law import figure
from rothwell.law.states import has_local_rate, state, states

M = TypeVar("M", bound=BaseModel)

if TYPE_CHECKING:
    from rothwell.household.checks import Draft


@dataclass(frozen=True, slots=True)
class FlowTables:
    """The tables of these checks that are good by themselves, by their place in the file."""

    incomes: Mapping[int, Income]
    costs: Mapping[int, Cost]
    residence: Mapping[int, Residence]
    health: Health | None

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> FlowTables:
        """The good parts of what the parser read."""
        health = _good(Health, raw.get("health", {}))
        return cls(
            _listed(Income, raw, "incomes"),
            _listed(Cost, raw, "costs"),
            _listed(Residence, raw, "residence"),
            health if isinstance(health, Health) else None,
        )


def problems_of_flows(draft: Draft) -> Iterator[Problem]:
    """All problems of these tables."""
    tables = draft.flows
    for kind, flows in (("incomes", tables.incomes), ("costs", tables.costs)):
        names: set[str] = set()
        for index, one in flows.items():
            if one.name in names:
                yield Problem((kind, index, "name"), "is the name of one listed before", one.name, "each name once")
            names.add(one.name)
            yield from _years(draft, (kind, index), one)
    for index, income in tables.incomes.items():
        yield from _income(draft, ("incomes", index), income)
    yield from _health(draft)
    yield from _residence(draft)
    yield from _homes(draft)
    student = figure("qualifying_child.student_age_limit")
    most = int(student.value(student.first_year).value)
    for index, child in draft.children.items():
        if child.dependent_until is not None and child.dependent_until > most:
            path: Path = ("children", index, "dependent_until")
            message = "is above the age up to which a student is a qualifying child"
            yield Problem(path, message, child.dependent_until, f"up to {most}")


def _years(draft: Draft, path: Path, one: Income | Cost) -> Iterator[Problem]:
    start = draft.facts.start_year if draft.facts else None
    if one.year is not None and (one.first_year is not None or one.last_year is not None):
        yield Problem((*path, "year"), "is given beside first_year or last_year", one.year, "year for what comes once")
    if one.person is not None and one.person not in draft.names:
        yield Problem((*path, "person"), "is not one of the people", one.person, ", ".join(draft.names))
    first = one.first if one.first is not None else start
    if first is not None and one.last is not None and one.last < first:
        yield Problem((*path, "last_year"), "is before the first year", one.last, f"{first} or later")
    if start is not None and draft.people:
        end = max(person.last_year for person in draft.people.values())
        key = "year" if one.year is not None else "first_year"
        if one.first is not None and one.first > end:
            yield Problem((*path, key), "is after the years of the plan", one.first, f"up to {end}")
        if one.last is not None and one.last < start:
            key = "year" if one.year is not None else "last_year"
            yield Problem((*path, key), "is before the years of the plan", one.last, f"{start} or later")


def _income(draft: Draft, path: Path, income: Income) -> Iterator[Problem]:
    if income.kind == "untaxed" and "taxable_share" in income.model_fields_set:
        message = "is given for an income that is untaxed"
        yield Problem((*path, "taxable_share"), message, income.taxable_share, 'kind = "ordinary", or no taxable_share')
    if income.survivor_share > 0.0 and income.person is None:
        message = "is given, but the income does not end with anybody's life"
        yield Problem((*path, "survivor_share"), message, income.survivor_share, "a person, or no survivor_share")
    if income.survivor_share > 0.0 and len(draft.names) == 1:
        yield Problem((*path, "survivor_share"), "needs two people", income.survivor_share, "no survivor_share")


def _health(draft: Draft) -> Iterator[Problem]:
    health = draft.flows.health
    if health is None:
        return
    of_exchange = [one.person for one in health.marketplace]
    in_care = [one.person for one in health.long_term_care]
    for key, names in (("marketplace", of_exchange), ("long_term_care", in_care)):
        for place, name in enumerate(names):
            path: Path = ("health", key, place, "person")
            if name not in draft.names:
                yield Problem(path, "is not one of the people", name, ", ".join(draft.names))
            elif name in names[:place]:
                yield Problem(path, "is listed before", name, "each person once")
    for place, plan in enumerate(health.marketplace):
        if plan.first_year is not None and plan.last_year is not None and plan.last_year < plan.first_year:
            path = ("health", "marketplace", place, "last_year")
            yield Problem(path, "is before the first_year", plan.last_year, f"{plan.first_year} or later")


def _residence(draft: Draft) -> Iterator[Problem]:
    start = draft.facts.start_year if draft.facts else None
    first = draft.people.get(0)
    seen: set[int] = set()
    for index, move in draft.flows.residence.items():
        path: Path = ("residence", index)
        if (move.year is None) == (move.age is None):
            yield Problem(path, "needs either a year or an age", None, "one of the two")
            continue
        key, found = ("year", move.year) if move.year is not None else ("age", move.age)
        year = move.year
        if year is None and first is not None and move.age is not None:
            year = first.birth_date.year + move.age
        if year is not None and start is not None and year <= start:
            allowed = f"a year after {start}; the state of the start year stands in [household]"
            yield Problem((*path, key), "is not after the start year", found, allowed)
        if year is not None and year in seen:
            yield Problem((*path, key), "is the year of a move listed before", found, "each year once")
        if year is not None:
            seen.add(year)


def _homes(draft: Draft) -> Iterator[Problem]:
    """What a home says of state and local tax must be something that the law there has."""
    homes: list[tuple[Path, Home]] = [(("household",), draft.facts)] if draft.facts is not None else []
    homes += [(("residence", index), move) for index, move in draft.flows.residence.items()]
    for path, home in homes:
        held = state(home.state) if home.state in states() else None
        if home.new_york_city and home.state != "NY":
            yield Problem((*path, "new_york_city"), f"is not in {home.state}", True, "false, or NY as the state")
        if home.local_rate and held is not None and not has_local_rate(held):
            words = f"no local income tax is modeled in {held.name}"
            yield Problem((*path, "local_rate"), words, home.local_rate, "no local_rate")
        if home.local_rate and held is None:
            words = f"the law of {home.state} is not held: the local rate belongs into the flat rates"
            yield Problem((*path, "local_rate"), words, home.local_rate, "state_rates with the local rate in them")
        if home.state_rates is not None and held is not None:
            words = f"the law of {held.name} is held, no flat rates are needed"
            yield Problem((*path, "state_rates"), words, None, "no state_rates")


def _good(model: type[BaseModel], value: Any) -> BaseModel | None:
    try:
        return model.model_validate(value)
    except ValidationError:
        return None


def _listed(model: type[M], raw: Mapping[str, Any], name: str) -> dict[int, M]:
    tables = raw.get(name, [])
    found = ((index, _good(model, value)) for index, value in enumerate(tables if isinstance(tables, list) else []))
    return {index: part for index, part in found if isinstance(part, model)}
