"""Regimes: possible laws as changes of the figures of current law, and the yearly chances of moving between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rothwell.errors import nearest_name
from rothwell.law.figures import PATCHES, STATUSES, Figure, figures, patch, shaped
from rothwell.law.landscape_file import LandscapeFile
from rothwell.toml_lines import Path

ORDINARY_RATE, GAINS_RATE = "rate_schedule.rate", "capital_gains.rate"
_REGIME_KEYS = {"ordinary_points", "ordinary_points_by_bracket", "capital_gain_points", "patch", "set", "note"}
_POINT = 0.01  # a percentage point


@dataclass(frozen=True, slots=True)
class Regime:
    """One possible law: its name and the figures of current law that it changes."""

    name: str
    changes: Mapping[str, Figure]
    note: str

    def figures(self) -> Mapping[str, Figure]:
        """Every figure of the law under this regime."""
        return {**figures(), **self.changes}


def read_regimes(file: LandscapeFile) -> tuple[Regime, ...]:
    """The regimes of a landscape, in the order of its file."""
    table = file.table.get("regimes", {})
    if not isinstance(table, Mapping) or not table:
        raise file.error(("regimes",), "a landscape needs at least one regime", allowed="[regimes.current]")
    return tuple(_regime(file, ("regimes", name), body) for name, body in table.items())


def read_initial(file: LandscapeFile, names: list[str]) -> NDArray[np.float64]:
    """The chances of the regimes in the first year; without a word the first regime is certain."""
    chances = file.table.get("initial", {names[0]: 1.0})
    file.check_keys(("initial",), chances, names)
    initial = np.array([file.chance(("initial", name), chances.get(name, 0.0)) for name in names])
    if not np.isclose(initial.sum(), 1.0, rtol=0.0):
        raise file.error(("initial",), "the chances must add up to 1", found=float(initial.sum()))
    return initial


def read_hazards(file: LandscapeFile, names: list[str]) -> NDArray[np.float64]:
    """Chances a year of moving between regimes, [from, to]; "*" is every other regime."""
    hazards = np.zeros((len(names), len(names)))
    for position, row in enumerate(file.rows(("transitions",), file.table.get("transitions", []))):
        path: Path = ("transitions", position)
        file.check_keys(path, row, {"from", "to", "hazard"})
        for key in ("from", "to"):
            known = [*names, *(["*"] if key == "from" else [])]
            if row.get(key) not in known:
                raise file.error((*path, key), "no such regime", found=row.get(key), allowed=", ".join(known))
        target = names.index(row["to"])
        hazard = file.chance((*path, "hazard"), row.get("hazard"))
        for source, name in enumerate(names):
            if source != target and row["from"] in (name, "*"):
                hazards[source, target] = hazard
    if (hazards.sum(axis=1) > 1.0).any():
        raise file.error(("transitions",), "the chances of leaving a regime add up to more than 1")
    return hazards


def _regime(file: LandscapeFile, path: Path, body: Any) -> Regime:
    file.check_keys(path, body, _REGIME_KEYS)
    changes = dict(_patch(file, (*path, "patch"), body["patch"])) if "patch" in body else {}
    known = {**figures(), **changes}
    rates = known[ORDINARY_RATE]
    points = np.zeros(rates.shape) + file.points((*path, "ordinary_points"), body.get("ordinary_points", 0.0))
    if "ordinary_points_by_bracket" in body:
        points += _by_bracket(
            file, (*path, "ordinary_points_by_bracket"), body["ordinary_points_by_bracket"], points.size
        )
    if points.any():
        changes[rates.name] = _raised(rates, points * _POINT)
    gain_points = file.points((*path, "capital_gain_points"), body.get("capital_gain_points", 0.0))
    if gain_points:
        gains = known[GAINS_RATE]
        latest = gains.values[max(gains.values)]
        changes[gains.name] = _raised(gains, np.where(latest > 0.0, gain_points * _POINT, 0.0))
    for position, row in enumerate(file.rows((*path, "set"), body.get("set", []))):
        one = _set(file, (*path, "set", position), row)
        changes[one.name] = one
    return Regime(str(path[-1]), changes, file.words((*path, "note"), body.get("note", "")))


def _by_bracket(file: LandscapeFile, path: Path, value: Any, brackets: int) -> NDArray[np.float64]:
    if not isinstance(value, list) or len(value) != brackets:
        found = f"{len(value)} numbers" if isinstance(value, list) else value
        raise file.error(path, "not one number for each bracket", found=found, allowed=f"a list of {brackets} numbers")
    return np.array([file.points((*path, position), one) for position, one in enumerate(value)])


def _patch(file: LandscapeFile, path: Path, name: Any) -> Mapping[str, Figure]:
    if name not in PATCHES:
        raise file.error(path, "no such law", found=name, allowed=", ".join(PATCHES))
    return patch(name)


def _raised(figure: Figure, by: NDArray[np.float64]) -> Figure:
    return replace(figure, values={year: np.maximum(0.0, value + by) for year, value in figure.values.items()})


def _set(file: LandscapeFile, path: Path, row: Any) -> Figure:
    """A figure held at one value in every year, for what-if and synthetic laws."""
    file.check_keys(path, row, {"figure", "value"})
    name = row.get("figure")
    if name not in figures():
        raise file.error((*path, "figure"), "no such figure", found=name, allowed=nearest_name(str(name), figures()))
    figure = figures()[name]
    value = row.get("value")
    if figure.by_status and not isinstance(value, dict):
        value = dict.fromkeys(STATUSES, value)
    try:
        array = np.broadcast_to(shaped(value, figure.by_status), figure.shape).copy()
    except (TypeError, ValueError) as error:
        shape = " x ".join(str(size) for size in figure.shape) or "one number"
        raise file.error((*path, "value"), "not a value of this figure", found=value, allowed=shape) from error
    return replace(figure, values={min(figure.values, default=0): array}, rule=None, projected_years=frozenset())
