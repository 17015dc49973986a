"""How a value in the household file is read: dollars, rates, ages and years, dates, names.

Each reader is the metadata of an annotated field: it reads what was typed, refuses what is ambiguous, and describes
itself in the JSON Schema. It raises `Unusable`, which becomes an InputError with the file and the line.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from rothwell.law.states import POSTAL_LETTERS

LARGEST_AMOUNT = 1e11
"""Dollars; a larger amount in a household file is a slip of the keyboard."""

LAST_DAY = 31
"""The last day of a long month."""

_DOLLARS = re.compile(
    r"(?P<sign>[-+]?)\$? ?(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9][0-9_]*)(?P<part>\.[0-9]*)? ?(?P<scale>[km]?)"
)
_DECIMAL_COMMA = re.compile(r"[-+]?\$? ?(?P<whole>[0-9]+),(?P<part>[0-9]+) ?(?P<tail>[km%]?)")
_RATE = re.compile(r"(?P<number>[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)) ?(?P<percent>%?)")
_SCALE = {"": 1.0, "k": 1e3, "m": 1e6}
_HOW_TO_WRITE_DOLLARS = 'an amount such as 24_500, "$24,500" or "24.5k"'


class Unusable(ValueError):
    """What was typed cannot be used; `allowed` says what can."""

    def __init__(self, message: str, allowed: str) -> None:
        super().__init__(message)
        self.message, self.allowed = message, allowed


@dataclass(frozen=True, slots=True)
class Reader:
    """The common part of the readers: the link to pydantic."""

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return self.json_schema()

    def read(self, value: Any) -> Any:
        """The value that was meant; raises Unusable."""
        raise NotImplementedError

    def json_schema(self) -> dict[str, Any]:
        """What may be typed, as a JSON Schema."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Dollars(Reader):
    """An amount of dollars, never negative; `above_zero` refuses zero as well."""

    above_zero: bool = False

    def read(self, value: Any) -> float:
        amount = _dollars(value)
        if amount < 0:
            raise Unusable("must not be negative", "0 or more dollars")
        if self.above_zero and amount == 0:
            raise Unusable("must be above zero", "more than 0 dollars")
        if amount > LARGEST_AMOUNT:
            raise Unusable("is too large an amount", f"up to {LARGEST_AMOUNT:,.0f} dollars")
        return float(amount)

    def json_schema(self) -> dict[str, Any]:
        number: dict[str, Any] = {"type": "number", "maximum": LARGEST_AMOUNT}
        number["exclusiveMinimum" if self.above_zero else "minimum"] = 0
        text = r"^\$? ?([0-9]{1,3}(,[0-9]{3})+|[0-9][0-9_]*)(\.[0-9]*)? ?[kKmM]?$"
        return {"anyOf": [number, {"type": "string", "pattern": text}]}


@dataclass(frozen=True, slots=True)
class DollarsOrMaximum(Dollars):
    """An amount of dollars, or the word "max"."""

    def read(self, value: Any) -> float | Literal["max"]:  # type: ignore[override]
        if isinstance(value, str) and value.strip().lower() == "max":
            return "max"
        try:
            return Dollars.read(self, value)
        except Unusable as problem:
            raise Unusable(problem.message, f'"max", or {problem.allowed}') from None

    def json_schema(self) -> dict[str, Any]:
        schema = Dollars.json_schema(self)
        schema["anyOf"].insert(0, {"const": "max"})
        return schema


@dataclass(frozen=True, slots=True)
class Rate(Reader):
    """A rate as a fraction (0.06) or in percent ("6%"), from low to high."""

    low: float = 0.0
    high: float = 1.0

    def read(self, value: Any) -> float:
        rate = self._number(value)
        if not self.low <= rate <= self.high:
            raise Unusable(self._out_of_range(value, rate), self._range())
        return rate

    def _number(self, value: Any) -> float:
        if isinstance(value, str):
            text = value.strip()
            _refuse_decimal_comma(text)
            match = _RATE.fullmatch(text)
            if not match:
                raise Unusable("cannot be read as a rate", self._range())
            return float(match["number"]) / (100.0 if match["percent"] else 1.0)
        return _finite(value, "cannot be read as a rate", self._range())

    def _out_of_range(self, value: Any, rate: float) -> str:
        if not isinstance(value, str) and self.low <= rate / 100.0 <= self.high:
            return f'is out of range (for {rate:g} percent write {rate / 100.0:g} or "{rate:g}%")'
        return "is out of range"

    def _range(self) -> str:
        return f'{self.low:g} to {self.high:g}, or "{100.0 * self.low:g}%" to "{100.0 * self.high:g}%"'

    def json_schema(self) -> dict[str, Any]:
        text = {"type": "string", "pattern": r"^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+) ?%?$"}
        return {"anyOf": [{"type": "number", "minimum": self.low, "maximum": self.high}, text]}


@dataclass(frozen=True, slots=True)
class Number(Reader):
    """A plain number from low to high."""

    low: float
    high: float

    def read(self, value: Any) -> float:
        allowed = f"{self.low:g} to {self.high:g}"
        number = _finite(value, "must be a number", allowed)
        if not self.low <= number <= self.high:
            raise Unusable("is out of range", allowed)
        return number

    def json_schema(self) -> dict[str, Any]:
        return {"type": "number", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True, slots=True)
class Whole(Reader):
    """A whole number (an age, a year) from low to high."""

    low: int
    high: int

    def read(self, value: Any) -> int:
        allowed = f"a whole number from {self.low} to {self.high}"
        if isinstance(value, bool) or not isinstance(value, int):
            raise Unusable("must be a whole number", allowed)
        if not self.low <= value <= self.high:
            raise Unusable("is out of range", allowed)
        return value

    def json_schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True, slots=True)
class CalendarYear(Whole):
    """A year used as a key of a table: TOML writes it as text."""

    def read(self, value: Any) -> int:
        if isinstance(value, str) and re.fullmatch(r"[0-9]{4}", value):
            value = int(value)
        return Whole.read(self, value)


@dataclass(frozen=True, slots=True)
class Day(Reader):
    """A date, year first."""

    def read(self, value: Any) -> date:
        allowed = "a date, year-month-day, such as 1985-04-10"
        if isinstance(value, str):
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()):
                raise Unusable("cannot be read as a date", allowed)
            try:
                return date.fromisoformat(value.strip())
            except ValueError:
                raise Unusable("is not a day of the calendar", allowed) from None
        if isinstance(value, datetime) or not isinstance(value, date):
            raise Unusable("must be a date", allowed)
        return value

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True, slots=True)
class DayOfMonth(Reader):
    """A day of the month, or the word "last"."""

    def read(self, value: Any) -> int | Literal["last"]:
        allowed = '1 to 31, or "last"'
        if isinstance(value, str) and value.strip().lower() == "last":
            return "last"
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= LAST_DAY:
            raise Unusable("is not a day of a month", allowed)
        return value

    def json_schema(self) -> dict[str, Any]:
        return {"anyOf": [{"const": "last"}, {"type": "integer", "minimum": 1, "maximum": LAST_DAY}]}


@dataclass(frozen=True, slots=True)
class Name(Reader):
    """A name on one line."""

    longest: int = 80

    def read(self, value: Any) -> str:
        allowed = f"a name in quotes, 1 to {self.longest} characters on one line"
        if not isinstance(value, str):
            raise Unusable("must be a name", allowed)
        name = value.strip()
        if not name:
            raise Unusable("must not be empty", allowed)
        if len(name) > self.longest or not name.isprintable():
            raise Unusable("is not a usable name", allowed)
        return name

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.longest}


@dataclass(frozen=True, slots=True)
class State(Reader):
    """A state by its postal letters, or DC."""

    def read(self, value: Any) -> str:
        if not isinstance(value, str) or value.strip().upper() not in POSTAL_LETTERS:
            raise Unusable("is not a state", 'the two postal letters of a state or of DC, such as "WA"')
        return value.strip().upper()

    def json_schema(self) -> dict[str, Any]:
        return {"enum": list(POSTAL_LETTERS)}


def _dollars(value: Any) -> float:
    if not isinstance(value, str):
        return _finite(value, "cannot be read as dollars", _HOW_TO_WRITE_DOLLARS)
    text = value.strip().lower()
    _refuse_decimal_comma(text)
    match = _DOLLARS.fullmatch(text)
    if not match:
        raise Unusable("cannot be read as dollars", _HOW_TO_WRITE_DOLLARS)
    if "," in match["whole"] and match["scale"]:
        raise Unusable("mixes a comma with k or m, which can be read in two ways", _HOW_TO_WRITE_DOLLARS)
    number = float(re.sub("[,_]", "", match["whole"]) + (match["part"] or ""))
    return (-number if match["sign"] == "-" else number) * _SCALE[match["scale"]]


def _refuse_decimal_comma(text: str) -> None:
    """A comma that does not set off three digits may be a decimal comma or a slip: nobody should guess."""
    match = _DECIMAL_COMMA.fullmatch(text)
    if match and (len(match["part"]) != 3 or len(match["whole"]) > 3 or match["tail"] == "%"):
        whole, part, tail = match["whole"], match["part"], match["tail"]
        allowed = f'"{whole}.{part}{tail}" with a decimal point, or "{whole}{part}{tail}" without the comma'
        raise Unusable("has a comma that can be read in two ways", allowed)


def _finite(value: Any, message: str, allowed: str) -> float:
    """A number as a float; anything else, NaN and infinities are refused."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise Unusable(message, allowed)
    try:
        number = float(value)
    except OverflowError:
        raise Unusable("is too large a number", allowed) from None
    if not math.isfinite(number):
        raise Unusable("must be a finite number", allowed)
    return number
