"""The income tax of the states as data: a file for each, all of one shape (`schema.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rothwell.errors import InputError
from rothwell.law.figures import STATUSES, Figure, layout_of, shaped, sources_of
from rothwell.law.indexing import Growth, Rule

Array = NDArray[np.float64]
_POSTAL = """
    AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA
    RI SC SD TN TX UT VT VA WA WV WI WY
"""
POSTAL_LETTERS = tuple(_POSTAL.split())
"""Postal abbreviations of the states and the District of Columbia, whether their law is held or not."""
FOLDER = "rothwell.law.states"
HEADER = "state"
"""The table of a state's file that names it and says what is not modeled."""


@dataclass(frozen=True, slots=True)
class Place:
    """A figure that states may have: its unit, its shape, what stands where a state has none, what it means."""

    name: str
    unit: str
    by_status: bool
    size: int
    absent: float
    means: str

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of its value in the record of a state."""
        return (len(STATUSES),) * self.by_status + (self.size,) * (self.size > 0)

    def filled(self, value: Array) -> Array:
        """A value of a state, with what is missing at the end of its rows: the last rate or share, or no limit."""
        if not self.size or value.shape[-1] == self.size:
            return value
        missing = self.size - value.shape[-1]
        last = value[..., -1:] if self.unit == "rate" else np.full((*value.shape[:-1], 1), self.absent)
        return np.concatenate([value, np.repeat(last, missing, axis=-1)], axis=-1)


@dataclass(frozen=True, slots=True)
class State:
    """A state's law: its name, its figures, the words for what a household must know; `conversions` says in words how
    a conversion to Roth is taxed, and is empty where nothing is.
    """

    code: str
    name: str
    sources: tuple[str, ...]
    not_modeled: tuple[str, ...]
    figures: Mapping[str, Figure]
    conversions: str = ""


@dataclass(frozen=True, slots=True)
class StateLaw:
    """A state's law of a year: a record `record.section.figure`, and what in it is projected."""

    code: str
    year: int
    record: Any
    projected: tuple[str, ...]


@cache
def places() -> Mapping[str, Place]:
    """Every figure that a state may have, by `section.figure`."""
    text = resources.files(FOLDER).joinpath("schema.toml").read_text()
    return {
        f"{section}.{name}": Place(
            name=f"{section}.{name}",
            unit=table["unit"],
            by_status=table.get("by") == "filing_status",
            size=table.get("size", 0),
            absent=float(table["absent"]),
            means=table["means"],
        )
        for section, tables in tomllib.loads(text).items()
        for name, table in tables.items()
    }


@cache
def state_record_type() -> np.dtype[Any]:
    """The layout of a state's record: one sub-record per section, every field float64."""
    return layout_of({one.name: one.shape for one in places().values()})


@cache
def states() -> tuple[str, ...]:
    """The postal letters of every state that is held."""
    names = (entry.name for entry in resources.files(FOLDER).iterdir())
    return tuple(sorted(name[:-5] for name in names if name.endswith(".toml") and name != "schema.toml"))


@cache
def state(code: str) -> State:
    """The law of a state by its postal letters; one that is not held is an InputError."""
    if code not in states():
        raise InputError("this state is not held yet", field="state", found=code, allowed=", ".join(states()))
    text = resources.files(FOLDER).joinpath(f"{code}.toml").read_text()
    return read_state(code, text)


def has_local_rate(one: State) -> bool:
    """Whether a state's law has a local income tax whose rate a household may give."""
    return any(name.startswith("local.") for name in one.figures)


def flat_state(code: str, income: float, gains: float, retirement: float) -> State:
    """A state whose law is not held, with the flat rates that a household gives."""
    rates = {"flat_rates.income": income, "flat_rates.gains": gains, "flat_rates.retirement": retirement}
    figures = {
        name: _figure(places()[name], {"statute": "given by the household", "1": rate}) for name, rate in rates.items()
    }
    return State(code, code, (), (), figures)


def read_state(code: str, text: str) -> State:
    """A state's law from the text of its file; a figure that the schema does not know is a ValueError."""
    tables = tomllib.loads(text)
    header = tables.pop(HEADER)
    found = {}
    for section, names in tables.items():
        for name, table in names.items():
            place = places().get(f"{section}.{name}")
            if place is None:
                raise ValueError(f"{code}: {section}.{name} is not in the schema")
            found[place.name] = _figure(place, table)
    sources, left_out = tuple(header.get("sources", ())), tuple(header.get("not_modeled", ()))
    return State(code, header["name"], sources, left_out, found, header.get("conversions", ""))


def _figure(place: Place, table: Mapping[str, Any]) -> Figure:
    values = {int(key): _value(place, value) for key, value in table.items() if key.isdigit()}
    grows = table.get("grows")
    return Figure(
        name=place.name,
        unit=place.unit,
        by_status=place.by_status,
        statute=table["statute"],
        sources=sources_of(table),
        note=table.get("note", ""),
        aliases=(),
        values=values,
        projected_years=frozenset(table.get("projected_years", ())),
        rule=_rule(grows, values, table["statute"]) if grows else None,
    )


def _value(place: Place, value: Any) -> Array:
    """A value as an array, one row a status if the figure goes by status; one value stands for every status."""
    if isinstance(value, dict) and place.size:
        value = {status: place.filled(np.asarray(row, dtype=np.float64)) for status, row in value.items()}
    if place.by_status and not isinstance(value, dict):
        found = shaped({"other": value}, True) if not isinstance(value, list) else _same_rows(value)
    else:
        found = shaped(value, place.by_status)
    return np.broadcast_to(place.filled(found), place.shape)


def _same_rows(row: list[float]) -> Array:
    return np.repeat(np.asarray(row, dtype=np.float64)[None], len(STATUSES), axis=0)


def _rule(grows: Mapping[str, Any], values: Mapping[int, Array], statute: str) -> Rule:
    """How a figure grows after its last year: with an index, from that year's amount, rounded to a step."""
    last = max(values)
    return Rule(
        index=grows["index"],
        base_year=last - 1,
        base=values[last],
        step=np.asarray(grows["round"], dtype=np.float64),
        down={"down": True, "nearest": False}[grows.get("direction", "nearest")],
        of_increase=False,
        lag=1,
        statute=grows.get("statute", statute),
        after=grows.get("after", last),
        growing=np.arange(values[last].shape[-1]) < grows["numbers"] if "numbers" in grows else None,
    )


def state_law_for(code: str, year: int, growth: Growth = Growth()) -> StateLaw:  # noqa: B008 (immutable)
    """The law of a state and a year; a state that is not held, and a year before its first, are InputErrors."""
    return law_of_state(state(code), year, growth)


def law_of_state(one: State, year: int, growth: Growth = Growth()) -> StateLaw:  # noqa: B008 (immutable)
    """The same of a state's figures."""
    record = np.zeros(1, state_record_type())
    for place in places().values():
        section, _, field = place.name.partition(".")
        record[section][field] = place.absent
    projected = []
    first = min((figure.first_year for figure in one.figures.values()), default=year)
    for name, figure in one.figures.items():
        if first <= year < figure.first_year:
            continue  # not law yet
        section, _, field = name.partition(".")
        dated = figure.value(year, growth)
        record[section][field] = dated.value
        if dated.projected:
            projected.append(name)
    return StateLaw(one.code, year, record[0], tuple(projected))
