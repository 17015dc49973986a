"""Landscapes: sets of possible future laws with probabilities, and the law of each simulated path.

Two layers so far: a Markov chain over named regimes, and the one-way shock `mega_backdoor_ban`. Law is known only when
it takes effect: a path holds the regime in force in each year, and no strategy sees more than the year at hand.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rothwell.errors import InputError, nearest_name
from rothwell.law.figures import STATUSES, Figure, figures, patch, shaped

SHIPPED = ("current-law", "default")
NEVER = np.iinfo(np.int64).max
_LANDSCAPE_KEYS = {
    "name", "start_year", "elections_only", "mean_preserving", "initial", "regimes", "transitions", "shocks", "note",
}  # fmt: skip
_REGIME_KEYS = {"ordinary_points", "ordinary_points_by_bracket", "capital_gain_points", "patch", "set", "note"}
_SHOCK_KINDS = ("mega_backdoor_ban",)
_POINT = 0.01  # a percentage point
SUM_TOLERANCE = 1e-9  # of chances that must add up to 1


@dataclass(frozen=True, slots=True)
class Regime:
    """One possible law: its name and the figures of current law that it changes."""

    name: str
    changes: Mapping[str, Figure]
    note: str

    def figures(self) -> Mapping[str, Figure]:
        """Every figure of the law under this regime."""
        return {**figures(), **self.changes}


@dataclass(frozen=True, slots=True)
class Ban:
    """A ban on new moves of after-tax plan money to Roth: its chance, and the years in which it may begin."""

    probability: float
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class Landscape:
    """Regimes, the yearly hazards of moving between them [from, to], when a change may start, and the ban."""

    name: str
    regimes: tuple[Regime, ...]
    initial: NDArray[np.float64]
    hazards: NDArray[np.float64]
    elections_only: bool
    ban: Ban | None
    note: str

    def first_change(self, start_year: int) -> int:
        """The first year after the start in which the law may change."""
        year = start_year + 1
        while not self.may_change(year):
            year += 1
        return year

    def may_change(self, year: int) -> bool:
        """Whether a new regime may take effect in this year (the odd years, where only elections change the law)."""
        return not self.elections_only or year % 2 == 1

    def locked(self, regime: str) -> Landscape:
        """The same regimes with the law going to one of them at its first possible year, without shocks."""
        names = [one.name for one in self.regimes]
        hazards = np.zeros_like(self.hazards)
        hazards[:, names.index(regime)] = 1.0
        return replace(self, hazards=hazards, ban=None)


@dataclass(frozen=True, slots=True)
class LawPaths:
    """Which regime is in force, [path, year], and from which year index the ban holds, [path] (NEVER: it does not)."""

    regime: NDArray[np.int64]
    ban_from: NDArray[np.int64]


def law_paths(landscape: Landscape, start_year: int, years: int, uniforms: NDArray[np.float64]) -> LawPaths:
    """The law of each path, from uniform numbers [path, year]; the last column decides the ban.

    A change of regime may start only in certain years; its chance there is that of the years since the last such year.
    """
    paths = uniforms.shape[0]
    regime = np.empty((paths, years), dtype=np.int64)
    current = np.searchsorted(np.cumsum(landscape.initial), uniforms[:, 0], side="right")
    current = np.minimum(current, len(landscape.regimes) - 1)
    since = 1 if landscape.may_change(start_year) else _years_since_change(landscape, start_year)
    leaving = landscape.hazards.sum(axis=1)
    shares = np.cumsum(landscape.hazards, axis=1) / np.where(leaving > 0.0, leaving, 1.0)[:, None]
    for year in range(years):
        if year > 0:
            if landscape.may_change(start_year + year):
                chance = 1.0 - (1.0 - np.minimum(leaving[current], 1.0)) ** since
                draw = uniforms[:, year]
                moves = draw < chance
                within = np.where(moves, draw / np.where(chance > 0.0, chance, 1.0), 0.0)
                target = np.minimum((shares[current] <= within[:, None]).sum(axis=1), len(landscape.regimes) - 1)
                current = np.where(moves, target, current)
                since = 1
            else:
                since += 1
        regime[:, year] = current
    return LawPaths(regime, _ban_from(landscape.ban, start_year, uniforms[:, -1]))


def _years_since_change(landscape: Landscape, start_year: int) -> int:
    """One more than the years that have passed, at the start, since a change could last have taken effect."""
    year = start_year
    while not landscape.may_change(year):
        year -= 1
    return start_year - year + 1


def _ban_from(ban: Ban | None, start_year: int, uniforms: NDArray[np.float64]) -> NDArray[np.int64]:
    if ban is None or ban.probability <= 0.0:
        return np.full(uniforms.shape, NEVER)
    length = ban.last_year - ban.first_year + 1
    year = ban.first_year + np.minimum(np.floor(uniforms / ban.probability * length), length - 1)
    begins = np.maximum(year - start_year, 0.0)
    happens = uniforms < ban.probability
    return np.where(happens, np.where(happens, begins, 0.0).astype(np.int64), NEVER)


def load_landscape(name: str, folder: Path | None = None) -> Landscape:
    """A shipped landscape by name, or one from a TOML file (relative to `folder`)."""
    if name in SHIPPED:
        text = resources.files("rothwell.law").joinpath(f"landscapes/{name}.toml").read_text()
        return read_landscape(text, f"{name}.toml")
    path = (folder or Path()) / name
    if not name.endswith(".toml"):
        near = nearest_name(name, SHIPPED)
        hint = f"; did you mean {near!r}?" if near else ""
        raise InputError(f"no such landscape{hint}", found=name, allowed=", ".join(SHIPPED) + ", or a .toml file")
    try:
        return read_landscape(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("cannot read this landscape", file=str(path), found=type(error).__name__) from error


def read_landscape(text: str, file: str) -> Landscape:
    """A landscape from TOML text; every problem is one InputError with the file and the field."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"not valid TOML: {error}", file=file) from error
    _known(table, _LANDSCAPE_KEYS, file, "")
    if table.get("mean_preserving", False):
        raise InputError("not modeled yet", file=file, field="mean_preserving", found=True, allowed="false")
    regimes = tuple(_regime(name, body, file) for name, body in table.get("regimes", {}).items())
    if not regimes:
        raise InputError("a landscape needs at least one regime", file=file, field="regimes")
    names = [one.name for one in regimes]
    chances = table.get("initial", {names[0]: 1.0})
    _known(chances, set(names), file, "initial.")
    initial = np.array([_share(chances.get(name, 0.0), file, f"initial.{name}") for name in names])
    if abs(initial.sum() - 1.0) > SUM_TOLERANCE:
        raise InputError("the chances must add up to 1", file=file, field="initial", found=float(initial.sum()))
    return Landscape(
        name=str(table.get("name", Path(file).stem)),
        regimes=regimes,
        initial=initial,
        hazards=_hazards(table.get("transitions", []), names, file),
        elections_only=bool(table.get("elections_only", True)),
        ban=_ban(table.get("shocks", []), file),
        note=str(table.get("note", "")),
    )


def _known(table: Mapping[str, Any], allowed: set[str], file: str, where: str) -> None:
    for key in table:
        if key not in allowed:
            near = nearest_name(key, allowed)
            raise InputError(
                "unknown key" + (f"; did you mean {near!r}?" if near else ""),
                file=file,
                field=f"{where}{key}",
                allowed=", ".join(sorted(allowed)),
            )


def _share(value: Any, file: str, field: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0.0 <= value <= 1.0:
        raise InputError("not a chance", file=file, field=field, found=value, allowed="a number from 0 to 1")
    return float(value)


def _hazards(rows: list[Mapping[str, Any]], names: list[str], file: str) -> NDArray[np.float64]:
    hazards = np.zeros((len(names), len(names)))
    for position, row in enumerate(rows):
        field = f"transitions[{position}]"
        _known(row, {"from", "to", "hazard"}, file, f"{field}.")
        for key in ("from", "to"):
            if row.get(key) not in [*names, *(["*"] if key == "from" else [])]:
                raise InputError(
                    "no such regime", file=file, field=f"{field}.{key}", found=row.get(key), allowed=", ".join(names)
                )
        target = names.index(row["to"])
        for source, name in enumerate(names):
            if source != target and row["from"] in (name, "*"):
                hazards[source, target] = _share(row.get("hazard"), file, f"{field}.hazard")
    if (hazards.sum(axis=1) > 1.0).any():
        raise InputError("the chances of leaving a regime add up to more than 1", file=file, field="transitions")
    return hazards


def _ban(rows: list[Mapping[str, Any]], file: str) -> Ban | None:
    ban = None
    for position, row in enumerate(rows):
        field = f"shocks[{position}]"
        if row.get("kind") not in _SHOCK_KINDS:
            raise InputError(
                "this shock is not modeled",
                file=file,
                field=f"{field}.kind",
                found=row.get("kind"),
                allowed=", ".join(_SHOCK_KINDS),
            )
        _known(row, {"kind", "window", "probability", "note"}, file, f"{field}.")
        window = row.get("window")
        if not (isinstance(window, list) and len(window) == 1 + 1 and window[0] <= window[1]):
            raise InputError("not a window", file=file, field=f"{field}.window", found=window, allowed="[first, last]")
        ban = Ban(_share(row.get("probability"), file, f"{field}.probability"), window[0], window[1])
    return ban


def _regime(name: str, body: Mapping[str, Any], file: str) -> Regime:
    _known(body, _REGIME_KEYS, file, f"regimes.{name}.")
    changes = dict(patch(body["patch"])) if "patch" in body else {}
    known = {**figures(), **changes}
    rates = known["rate_schedule.rate"]
    points = np.zeros(rates.shape)
    points += body.get("ordinary_points", 0.0)
    points += np.asarray(body.get("ordinary_points_by_bracket", 0.0), dtype=np.float64)
    if points.any():
        changes[rates.name] = _raised(rates, points * _POINT)
    if body.get("capital_gain_points", 0.0):
        gains = known["capital_gains.rate"]
        latest = gains.values[max(gains.values)]
        changes[gains.name] = _raised(gains, np.where(latest > 0.0, body["capital_gain_points"] * _POINT, 0.0))
    for position, row in enumerate(body.get("set", [])):
        changes[row["figure"]] = _set(row, f"regimes.{name}.set[{position}]", file)
    return Regime(name, changes, str(body.get("note", "")))


def _raised(figure: Figure, by: NDArray[np.float64]) -> Figure:
    return replace(figure, values={year: np.maximum(0.0, value + by) for year, value in figure.values.items()})


def _set(row: Mapping[str, Any], field: str, file: str) -> Figure:
    """A figure held at one value in every year, for what-if and synthetic laws."""
    _known(row, {"figure", "value"}, file, f"{field}.")
    if row.get("figure") not in figures():
        near = nearest_name(str(row.get("figure")), figures())
        raise InputError("no such figure", file=file, field=f"{field}.figure", found=row.get("figure"), allowed=near)
    figure = figures()[row["figure"]]
    value = row["value"]
    if figure.by_status and not isinstance(value, dict):
        value = dict.fromkeys(STATUSES, value)
    array = np.broadcast_to(shaped(value, figure.by_status), figure.shape).copy()
    return replace(figure, values={min(figure.values, default=0): array}, rule=None, projected_years=frozenset())
