"""The figures of the law: dated values with unit, statute and source, read from the TOML files of this folder."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rothwell.errors import InputError, nearest_name
from rothwell.law.indexing import Growth, Rule

Array = NDArray[np.float64]
STATUSES = ("single", "joint", "head", "surviving", "separate_apart", "separate_together")
SINGLE, JOINT, HEAD, SURVIVING, SEPARATE_APART, SEPARATE_TOGETHER = range(len(STATUSES))
FILES = (
    "income_tax",
    "payroll_tax",
    "social_security",
    "medicare",
    "retirement_plans",
    "distributions",
    "premium_tax_credit",
    "estate_tax",
)
PATCHES = ("law_of_2017",)


class Dated(NamedTuple):
    """A figure in a year: its value, whether it is projected (not official), and where it comes from."""

    value: Array
    projected: bool
    source: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the law with its history. Values: scalar, [n], [status] or [status, n]; dollars, rates or ages."""

    name: str
    unit: str
    by_status: bool
    statute: str
    sources: Mapping[int, str]
    note: str
    aliases: tuple[str, ...]
    values: Mapping[int, Array]
    projected_years: frozenset[int]
    rule: Rule | None

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of every value of this figure."""
        return self.rule.base.shape if self.rule is not None else next(iter(self.values.values())).shape

    @property
    def first_year(self) -> int:
        """The first year for which the figure exists."""
        return min(self.values, default=self.rule.base_year if self.rule else 0)

    def value(self, year: int, growth: Growth = Growth()) -> Dated:  # noqa: B008 (immutable)
        """The figure in a year: stored if published or not indexed, else computed by its rule."""
        if year in self.values:
            return Dated(self.values[year], year in self.projected_years, self.source(year))
        if self.rule is not None and year > max([self.rule.after, *self.values]):
            return self.by_rule(year, growth)
        past = [dated for dated in self.values if dated <= year]
        if not past:
            raise InputError(f"{self.name} has no value before {self.first_year}", found=year)
        latest = max(past)
        return Dated(self.values[latest], latest in self.projected_years, self.source(latest))

    def by_rule(self, year: int, growth: Growth = Growth()) -> Dated:  # noqa: B008 (immutable)
        """The figure in a year as its indexing rule computes it, whether or not a published value is stored."""
        if self.rule is None:
            raise InputError(f"{self.name} is not indexed")
        amount, _ = self.rule.value(year, growth)
        return Dated(amount, True, f"computed: {self.rule.statute}")

    def source(self, year: int) -> str:
        """The official source of the value of a year."""
        return self.sources.get(year, self.sources.get(0, ""))


def shaped(value: Any, by_status: bool) -> Array:
    """A TOML value as an array; status groups `separate` and `other` are spread over the statuses they name."""
    if not by_status:
        return np.asarray(value, dtype=np.float64)
    rows = []
    for status in STATUSES:
        group = "separate" if status.startswith("separate") else "other"
        rows.append(value.get(status, value.get(group, value.get("other"))))
    if any(row is None for row in rows):
        raise ValueError(f"a filing status is missing in {value}")
    return np.asarray(rows, dtype=np.float64)


def _rule(text: Mapping[str, Any], by_status: bool, values: Mapping[int, Array]) -> Rule:
    base = shaped(text["base"], by_status)
    step = text["round"]
    steps = shaped(step, True) if isinstance(step, dict) else np.asarray(step, dtype=np.float64)
    if steps.ndim and base.ndim > steps.ndim:
        steps = steps[:, None]
    return Rule(
        index=text["index"],
        base_year=text["base_year"],
        base=base,
        step=steps,
        down={"down": True, "nearest": False}[text["direction"]],
        of_increase={"increase": True, "amount": False}[text["of"]],
        lag=text.get("lag", 1),
        statute=text.get("statute", ""),
        after=text.get("after", max(values, default=0)),
    )


def layout_of(shapes: Mapping[str, tuple[int, ...]]) -> np.dtype[Any]:
    """The layout of a record of law, from the shape of each `section.figure`: one sub-record a section, all float64."""
    sections: dict[str, list[Any]] = {}
    for name, shape in shapes.items():
        section, _, field = name.partition(".")
        sections.setdefault(section, []).append((field, "f8", shape))
    return np.dtype((np.record, [(key, np.dtype((np.record, fields))) for key, fields in sections.items()]))


def sources_of(table: Mapping[str, Any]) -> Mapping[int, str]:
    """Where a figure's values stand, by year; under 0 what holds for every year."""
    source = table.get("source", "")
    return {int(year): words for year, words in source.items()} if isinstance(source, dict) else {0: source}


def read_figures(text: str) -> dict[str, Figure]:
    """The figures of one TOML text, by `section.figure`."""
    found = {}
    for section, tables in tomllib.loads(text).items():
        for name, table in tables.items():
            by_status = table.get("by") == "filing_status"
            values = {int(key): shaped(value, by_status) for key, value in table.items() if key.isdigit()}
            indexed = table.get("indexed", False)
            found[f"{section}.{name}"] = Figure(
                name=f"{section}.{name}",
                unit=table.get("unit", ""),
                by_status=by_status,
                statute=table.get("statute", ""),
                sources=sources_of(table),
                note=table.get("note", ""),
                aliases=tuple(table.get("aliases", ())),
                values=values,
                projected_years=frozenset(table.get("projected_years", ())),
                rule=_rule(indexed, by_status, values) if indexed else None,
            )
    return found


@cache
def figures() -> Mapping[str, Figure]:
    """Every figure of current law, by `section.figure`."""
    found: dict[str, Figure] = {}
    for name in FILES:
        text = resources.files("rothwell.law").joinpath(f"{name}.toml").read_text()
        for key, value in read_figures(text).items():
            if key in found:
                raise ValueError(f"{key} stands in two files")
            found[key] = value
    return found


@cache
def patch(name: str) -> Mapping[str, Figure]:
    """The figures of another law (`law_of_2017`), which replace the current ones in a what-if regime."""
    return read_figures(resources.files("rothwell.law").joinpath(f"patches/{name}.toml").read_text())


def figure(name: str) -> Figure:
    """The figure of that name or alias (`415c`, `annual_additions.limit`); a wrong name suggests the nearest."""
    wanted = name.strip().lower().replace("-", "_")
    known = figures()
    if wanted in known:
        return known[wanted]
    names = {alias.lower().replace("-", "_"): key for key, one in known.items() for alias in one.aliases}
    names = {key.split(".")[0]: key for key in reversed(list(known))} | names
    if wanted in names:
        return known[names[wanted]]
    near = nearest_name(wanted, [*known, *names])
    hint = f"did you mean {near!r}? " if near else ""
    raise InputError(f"no figure of the law has this name; {hint}`rothwell law` lists them all", found=name)
