"""Landscapes: sets of possible future laws with probabilities, read from TOML.

Three independent layers: a Markov chain over named regimes (landscape_regimes), one-way shocks (landscape_shocks), and
points by which rates drift (landscape_drift). `law_paths` draws the law of each path (landscape_paths).
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from rothwell.errors import InputError, nearest_name
from rothwell.law.landscape_draws import LawDraws
from rothwell.law.landscape_drift import read_drift, read_history
from rothwell.law.landscape_file import LandscapeFile, open_landscape
from rothwell.law.landscape_paths import NO_POINTS, Landscape, LawPaths, chances, law_paths
from rothwell.law.landscape_regimes import Regime, read_hazards, read_initial, read_regimes
from rothwell.law.landscape_shocks import KINDS, NEVER, Shock, read_shocks

__all__ = [
    "KINDS",
    "NEVER",
    "NO_POINTS",
    "SHIPPED",
    "Landscape",
    "LawDraws",
    "LawPaths",
    "Regime",
    "Shock",
    "chances",
    "law_paths",
    "load_landscape",
    "read_landscape",
]
SHIPPED = ("current-law", "default", "pessimist", "historical")
_KEYS = {
    "name", "start_year", "elections_only", "mean_preserving", "initial", "regimes", "transitions", "shocks", "drift",
    "history", "note",
}  # fmt: skip


def load_landscape(name: str, folder: Path | None = None) -> Landscape:
    """A shipped landscape by name, or one from a TOML file (relative to `folder`)."""
    if name in SHIPPED:
        text = resources.files("rothwell.law").joinpath(f"landscapes/{name}.toml").read_text(encoding="utf-8")
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
    """A landscape from TOML text; every problem is one InputError with the file, the line and the field."""
    source = open_landscape(text, file)
    table = source.table
    source.check_keys((), table, _KEYS)
    regimes = read_regimes(source)
    names = [one.name for one in regimes]
    preserving = source.switch(("mean_preserving",), table.get("mean_preserving", False))
    history, shocks = read_history(source), read_shocks(source)
    _check_history(source, regimes, preserving)
    return Landscape(
        name=source.words(("name",), table.get("name", Path(file).stem)),
        start_year=source.year(("start_year",), table["start_year"]) if "start_year" in table else None,
        regimes=regimes,
        initial=read_initial(source, names),
        hazards=read_hazards(source, names),
        elections_only=source.switch(("elections_only",), table.get("elections_only", True)),
        mean_preserving=preserving,
        shocks=() if preserving else shocks,  # one-way shocks have no counterpart that would keep a mean
        drift=read_drift(source),
        history=history,
        note=source.words(("note",), table.get("note", "")),
    )


def _check_history(source: LandscapeFile, regimes: tuple[Regime, ...], preserving: bool) -> None:
    """A history stands on current law alone, and its expectation has no exact form."""
    if "history" not in source.table:
        return
    if preserving:
        words = "the record of rates has no exact expectation that could be kept"
        raise source.error(("mean_preserving",), words, found=True, allowed="false beside [history]")
    changed = [one.name for one in regimes if one.changes]
    if changed:
        words = "the record's changes are those of current law: no other regime may stand beside them"
        raise source.error(("regimes", changed[0]), words, allowed="[regimes.current] alone")
