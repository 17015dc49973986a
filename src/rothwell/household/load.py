"""From the bytes of a household file to a checked Household, or to the first problem in the order of the file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path as FilePath
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from rothwell.errors import InputError, nearest_name
from rothwell.household.amounts import Unusable
from rothwell.household.checks import Draft, problems_between
from rothwell.household.models import Household
from rothwell.household.problem import Problem
from rothwell.household.source import Source, shown
from rothwell.household.toml_lines import Path, TooDeep, lines_of

LARGEST_FILE = 256 * 1024
"""Bytes; a household file has a few thousand."""

OTHER_WORDS = {
    "weekly": ("everyweek", "52"),
    "biweekly": ("fortnightly", "everyotherweek", "everytwoweeks", "every2weeks", "26"),
    "semimonthly": ("twiceamonth", "twicemonthly", "twicepermonth", "bimonthly", "24"),
    "monthly": ("onceamonth", "everymonth", "12"),
    "every_paycheck": ("perpaycheck", "eachpaycheck", "everypayroll", "perpayroll", "automatic", "automatically"),
    "quarterly": ("everyquarter", "onceaquarter"),
    "half_yearly": ("twiceayear", "twiceyearly", "semiannual", "semiannually", "biannual", "biannually", "semiyearly"),
    "yearly": ("annual", "annually", "onceayear", "everyyear"),
    "none": ("never", "no", "atseparation", "onseparation", "atretirement"),
    "mfj": ("married", "joint", "jointly", "marriedfilingjointly", "marriedjoint"),
    "mfs": ("separate", "separately", "marriedfilingseparately"),
    "hoh": ("headofhousehold", "head"),
    "qss": ("qualifyingsurvivingspouse", "survivingspouse", "widow", "widower"),
}
"""Choices of the file, and everyday words for them, written without spaces."""


def load_household(path: str | FilePath, today: date) -> Household:
    """Read and check a household file; raises InputError for the first problem in the order of the file."""
    file = str(path)
    try:
        with open(path, "rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise InputError("there is no such file", file=file) from None
    except IsADirectoryError:
        raise InputError("is a directory, not a household file", file=file) from None
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise InputError(f"cannot be read: {reason}", file=file) from None
    return parse_household(_decoded(content, file), today, file=file)


def parse_household(text: str, today: date, file: str | None = None) -> Household:
    """Check the text of a household file; raises InputError for the first problem in the order of the file."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    raw, source = _parsed(text, file)
    table = raw.get("household")
    if isinstance(table, dict):
        raw["household"] = {"start_year": today.year, **table}
    household: Household | None = None
    problems: list[Problem] = []
    try:
        household = Household.model_validate(raw)
    except ValidationError as error:
        problems = [_first_within(error, source)]
    problems += problems_between(Draft.of(raw, today))
    if problems:
        first = min(problems, key=lambda problem: source.line(problem.path) or 0)
        found = None if first.found is None else _typed(raw, first.path, first.found)
        raise source.error(first.path, first.message, found=found, allowed=first.allowed)
    assert household is not None
    household._source = source
    return household


def _decoded(content: bytes, file: str) -> str:
    if len(content) > LARGEST_FILE:
        raise InputError(
            "is too large for a household file", file=file, line=1, allowed=f"up to {LARGEST_FILE // 1024} kilobytes"
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:4]:
        raise InputError("is written in UTF-16, not in UTF-8", file=file, line=1, allowed="a text file saved as UTF-8")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        found = f"byte 0x{content[problem.start]:02x}"
        raise InputError(
            "is not written in UTF-8", file=file, line=line, found=found, allowed="a text file saved as UTF-8"
        ) from None


def _parsed(text: str, file: str | None) -> tuple[dict[str, Any], Source]:
    last_line = max(1, text.count("\n") + (not text.endswith("\n")))
    try:
        source = Source(file, lines_of(text), last_line)
    except TooDeep as problem:
        raise InputError("is nested too deeply", file=file, line=problem.args[0]) from None
    try:
        return tomllib.loads(text), source
    except RecursionError:
        raise InputError("is nested too deeply", file=file, line=last_line) from None
    except tomllib.TOMLDecodeError as problem:
        raise _syntax_error(str(problem), text, source) from None
    except ValueError:  # Python reads no whole number of more than 4,300 digits
        digits = re.search("[0-9_]{4000}", text)
        line = text.count("\n", 0, digits.start()) + 1 if digits else last_line
        raise InputError("is too large a number", file=file, line=line, field=source.field_near(line)) from None


def _syntax_error(words: str, text: str, source: Source) -> InputError:
    """The parser's complaint with its line, and what is usually meant."""
    place = re.search(r" ?\(at (?:line (\d+), column \d+|end of document)\)$", words)
    line = int(place[1]) if place and place[1] else source.last_line or 1
    words = words[: place.start()] if place else words
    found = shown(text.split("\n")[line - 1].strip())
    allowed = None
    if words.startswith(("Cannot overwrite", "Cannot declare", "Duplicate")):
        message = "is given twice"
        allowed = "each key and each [table] once; [[table]] with two brackets for a list"
    else:
        message = f"is not valid TOML: {words[:200]}"
    if words.startswith(("Invalid value", "Expected newline", "Unclosed inline table")):
        allowed = 'words, and numbers with $, %, k, m or commas, in quotes: "$310,000", "6%"'
    if words.startswith("Invalid date"):
        allowed = "a day of the calendar, such as 2026-02-28: year, month and day with hyphens"
    header = re.match(r"\[+([A-Za-z0-9_. -]+)", str(found))
    field = header[1].strip() if header else source.field_near(line)
    return InputError(message, file=source.file, line=line, field=field, found=found, allowed=allowed)


def _first_within(error: ValidationError, source: Source) -> Problem:
    """The first slip in a single value; a missing key does not count beside an unknown one, which often explains it."""
    listed = error.errors(include_url=False)
    details = [one for one in listed if one["type"] != "too_short" or not one["input"]]  # else a part of it is bad
    with_unknown_keys = {detail["loc"][:-1] for detail in details if detail["type"] == "extra_forbidden"}
    known = [one for one in details if one["type"] != "missing" or one["loc"][:-1] not in with_unknown_keys]
    return _problem(min(known, key=lambda detail: source.line(detail["loc"]) or 0))


def _problem(detail: ErrorDetails) -> Problem:
    path, found, kind = tuple(detail["loc"]), detail["input"], detail["type"]
    cause = detail.get("ctx", {}).get("error")
    if isinstance(cause, Unusable):
        steps = tuple(step for step in path if step != "[key]")
        return Problem(steps, cause.message, found, cause.allowed)
    if kind == "missing":
        words = _description(path)
        return Problem(path, "is required" + (f"; what goes there: {_uncapitalized(words)}" if words else ""))
    if kind == "extra_forbidden":
        names = _names_at(path[:-1])
        near = nearest_name(str(path[-1]), names)
        hint = f'; did you mean "{near}"?' if near else ""
        return Problem(path, f"is an unknown key{hint}", None, ", ".join(names))
    if kind == "literal_error":
        choices = [str(choice) for choice in _choices(path)]
        near = (_meant(found, choices) or nearest_name(found.lower(), choices)) if isinstance(found, str) else None
        hint = f' (did you mean "{near}"?)' if near else ""
        return Problem(path, f"is not one of the choices{hint}", found, ", ".join(choices))
    if kind in ("bool_type", "bool_parsing"):
        return Problem(path, "must be true or false, without quotes", found, "true or false")
    if kind == "tuple_type":
        header = ".".join(step for step in path if isinstance(step, str))
        message = f"must be a list; what goes there: {_uncapitalized(_description(path) or 'one table for each')}"
        return Problem(path, message, found, f"[[{header}]] with two brackets, or a list in [ ]")
    if kind == "too_short":
        return Problem(path, "must not be empty", found, "one or more")
    if kind in ("model_type", "dict_type"):
        header = ".".join(step for step in path if isinstance(step, str))
        allowed = f"[{header}] with one pair of brackets" if isinstance(found, list) else "a table of keys and values"
        return Problem(path, "must be a table", found, allowed)
    return Problem(path, detail["msg"], found, None)


def _meant(found: str, choices: Sequence[str]) -> str | None:
    """The choice that an everyday word stands for."""
    word = re.sub(r"[^a-z0-9]", "", found.lower())
    return next((choice for choice in choices if word in OTHER_WORDS.get(choice, ())), None)


def _uncapitalized(sentence: str) -> str:
    """A description as a part of a sentence; an abbreviation keeps its capitals."""
    text = sentence.rstrip(".")
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _typed(raw: Any, path: Path, value: object) -> object:
    """A value as the user typed it ("310k"), where the file holds it."""
    for step in path:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            return value
    return raw


def _annotation(path: Path) -> Any:
    """The type that the models give to a path; None when they know of none."""
    kind: Any = Household
    for step in path:
        if isinstance(step, int):
            kind = get_args(kind)[0] if get_origin(kind) is tuple else None
        else:
            model = _model(kind)
            field = model.model_fields.get(step) if model else None
            kind = field.annotation if field else None
        kind = next((part for part in get_args(kind) if _model(part)), kind) if get_origin(kind) is not tuple else kind
    return kind


def _model(kind: Any) -> type[BaseModel] | None:
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _names_at(path: Path) -> list[str]:
    model = _model(_annotation(path))
    return list(model.model_fields) if model else []


def _choices(path: Path) -> tuple[Any, ...]:
    kind = _annotation(path)
    return get_args(kind) if get_origin(kind) is Literal else ()


def _description(path: Path) -> str | None:
    model = _model(_annotation(path[:-1]))
    field = model.model_fields.get(str(path[-1])) if model else None
    return field.description if field else None
