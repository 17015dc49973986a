"""An earlier answer, read back from the JSON that `rothwell plan --json` wrote."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from rothwell.errors import InputError
from rothwell.law.known_figures import KnownFigure

SCHEMA_VERSION = 1
"""Of the JSON of `rothwell plan`: raised when a key that a review reads changes its meaning."""
LARGEST_FILE = 64 * 1024 * 1024
"""Bytes; an answer has about a million."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """What a review needs of an earlier answer.

    levels   certainty equivalents by landscape and strategy
    rooms    after-tax room by person and employer
    """

    file: str
    start_year: int
    paths: int
    seed: int
    household: Mapping[str, Any]
    law: tuple[KnownFigure, ...]
    landscape: str
    recommended: str
    levels: Mapping[tuple[str, str], float]
    rooms: Mapping[tuple[str, str], float]


def earlier_answer(path: Path) -> EarlierAnswer:
    """Read an earlier answer; raises InputError for a file that cannot serve for a review."""
    tree = _tree(path)
    version = tree.get("schema_version")
    if version != SCHEMA_VERSION:
        older = version is None or (isinstance(version, int) and version < SCHEMA_VERSION)
        words = "was written by an older version" if older else "was not written by a version known here"
        raise InputError(
            f"this answer {words}: plan the household of then again, with --year and --json, and use that answer",
            file=str(path),
            field="schema_version",
            found=version,
            allowed=str(SCHEMA_VERSION),
        )
    place = ""

    def read(name: str, make: Callable[[Any], T]) -> T:
        nonlocal place
        place = name
        value: Any = tree
        for key in name.split("."):
            value = value[key]
        return make(value)

    try:
        return EarlierAnswer(
            file=str(path),
            start_year=read("settings.start_year", _whole),
            paths=read("settings.paths", _whole),
            seed=read("settings.seed", _whole),
            household=read("household_file", dict),
            law=read("law_figures", _figures),
            landscape=read("answer.landscape", str),
            recommended=read("answer.recommended", str),
            levels=read("strategies", _levels),
            rooms=read("capacity.people", _rooms),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        words = "is missing or not what `rothwell plan --json` writes"
        raise InputError(words, file=str(path), field=place, allowed="an answer as it was written") from None


def _tree(path: Path) -> dict[str, Any]:
    try:
        with open(path, "rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise InputError("there is no such file", file=str(path), field="--since") from None
    except (OSError, ValueError) as problem:
        words = getattr(problem, "strerror", None) or str(problem)
        raise InputError(f"cannot be read: {words}", file=str(path), field="--since") from None
    try:
        tree = json.loads(content) if len(content) <= LARGEST_FILE else None
    except (ValueError, RecursionError):
        tree = None
    if not isinstance(tree, dict):
        words = "is not an answer of `rothwell plan --json`"
        raise InputError(words, file=str(path), field="--since", allowed="a JSON file that it wrote")
    return tree


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value


def _figures(rows: Any) -> tuple[KnownFigure, ...]:
    return tuple(
        KnownFigure(str(row["figure"]), _whole(row["year"]), row["value"], bool(row["projected"])) for row in rows
    )


def _levels(rows: Any) -> dict[tuple[str, str], float]:
    return {(str(row["landscape"]), str(row["name"])): float(row["certainty_equivalent"]) for row in rows}


def _rooms(people: Any) -> dict[tuple[str, str], float]:
    return {
        (str(person["name"]), str(employer["employer"])): float(employer["after_tax_room"])
        for person in people
        for employer in person["employers"]
    }
