"""From the bytes of a household file to a checked Household, or to the first problem in the order of the file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path as FilePath
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from rothwell.errors import InputError, nearest_name
from rothwell.household.amounts import Unusable
from rothwell.household.checks import Draft, Problem, problems_between
from rothwell.household.models import Household
from rothwell.household.source import Source
from rothwell.household.toml_lines import Path, TooDeep, lines_of

LARGEST_FILE = 256 * 1024
"""Bytes; a household file has a few thousand."""


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
        problems = list(_problems_within(error, raw))
    problems += problems_between(Draft.of(raw, today))
    if problems:
        first = min(problems, key=lambda problem: source.line(problem.path) or 0)
        raise source.error(first.path, first.message, found=first.found, allowed=first.allowed)
    assert household is not None
    household._source = source
    return household


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a household file, from the models: editors complete and check with it."""
    schema = Household.model_json_schema(mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "rothwell household"}


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
    except ValueError as problem:  # a TOMLDecodeError, or a number of more than 4,300 digits
        words = str(problem)
    place = re.search(r" ?\(at (?:line (\d+), column \d+|end of document)\)$", words)
    line = int(place[1]) if place and place[1] else last_line
    message = f"is not valid TOML: {words[: place.start()] if place else words}"[:300]
    raise InputError(message, file=file, line=line, field=source.field_near(line))


def _problems_within(error: ValidationError, raw: dict[str, Any]) -> Iterator[Problem]:
    """The problems of single values; a missing key is not reported beside the misspelled one that explains it."""
    details = error.errors(include_url=False)
    meant = set()
    for detail in details:
        if detail["type"] == "extra_forbidden":
            path = tuple(detail["loc"])
            near = nearest_name(str(path[-1]), _names_at(path[:-1]))
            meant.add((*path[:-1], near))
    for detail in details:
        if detail["type"] != "missing" or tuple(detail["loc"]) not in meant:
            yield _problem(detail)


def _problem(detail: ErrorDetails) -> Problem:
    path, found, kind = tuple(detail["loc"]), detail["input"], detail["type"]
    cause = detail.get("ctx", {}).get("error")
    if isinstance(cause, Unusable):
        steps = tuple(step for step in path if step != "[key]")
        return Problem(steps, cause.message, found, cause.allowed)
    if kind == "missing":
        return Problem(path, "is required", None, _description(path))
    if kind == "extra_forbidden":
        names = _names_at(path[:-1])
        near = nearest_name(str(path[-1]), names)
        hint = f'; did you mean "{near}"?' if near else ""
        return Problem(path, f"is an unknown key{hint}", None, ", ".join(names))
    if kind == "literal_error":
        choices = [str(choice) for choice in _choices(path)]
        near = nearest_name(found, choices) if isinstance(found, str) else None
        hint = f' (did you mean "{near}"?)' if near else ""
        return Problem(path, f"is not one of the choices{hint}", found, ", ".join(choices))
    if kind in ("bool_type", "bool_parsing"):
        return Problem(path, "must be true or false, without quotes", found, "true or false")
    if kind == "tuple_type":
        header = ".".join(step for step in path if isinstance(step, str))
        return Problem(path, "must be a list", found, f"[[{header}]] with two brackets, or a list in [ ]")
    if kind in ("model_type", "dict_type"):
        return Problem(path, "must be a table", found, "a table of keys and values")
    return Problem(path, detail["msg"], found, None)


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
