"""A household as plain data for JSON, read back later, and what differs between two of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from rothwell.errors import InputError
from rothwell.household.models import Household
from rothwell.household.source import Source, field_name

NAMES = ("name", "employer", "kind", "owner", "person", "date", "year", "first_month")
"""Keys by which an entry of a list is known again, whatever its place."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of the file that is not what it was; None where it was not, or is not, in the file."""

    field: str
    before: Any
    now: Any

    @property
    def table(self) -> str:
        """The table of the file in which it stands."""
        return self.field.partition(".")[0].partition("[")[0]


def plain_household(household: Household) -> dict[str, Any]:
    """Every field of a household that has a value, defaults among them, as JSON can hold it."""
    plain: dict[str, Any] = household.model_dump(mode="json", exclude_none=True)
    return plain


def household_of(plain: Mapping[str, Any], file: str | None) -> Household:
    """A household from plain data; raises InputError where this version cannot read it."""
    try:
        household = Household.model_validate(plain)
    except ValidationError as problem:
        first = problem.errors()[0]
        where = field_name(tuple(first["loc"]))
        raise InputError(f"this version cannot read it: {first['msg']}", file=file, field=where) from None
    household._source = Source(file)
    return household


def facts_changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Fact, ...]:
    """The fields that differ; the start year apart, which is no fact of the household."""
    return tuple(one for one in _differences("", before, now) if one.field != "household.start_year")


def _differences(place: str, before: Any, now: Any) -> Iterator[Fact]:
    if isinstance(before, dict) and isinstance(now, dict):
        for key in [*before, *(key for key in now if key not in before)]:
            yield from _differences(f"{place}.{key}".removeprefix("."), before.get(key), now.get(key))
    elif _is_list_of_tables(before) or _is_list_of_tables(now):
        former, later = _by_name(before or []), _by_name(now or [])
        for key in [*former, *(key for key in later if key not in former)]:
            yield from _differences(f"{place}[{key}]", former.get(key), later.get(key))
    elif before != now:
        yield Fact(place, before, now)


def _is_list_of_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _by_name(entries: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The entries of a list by what they are called; a second one of the same name gets a number."""
    found: dict[str, dict[str, Any]] = {}
    for place, entry in enumerate(entries):
        words = [str(entry[key]) for key in NAMES if key in entry] or [str(place)]
        name, number = ", ".join(words), 1
        while name in found:
            number += 1
            name = f"{', '.join(words)}, {number}"
        found[name] = entry
    return found
