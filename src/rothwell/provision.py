"""How a rule of the law is compiled, and how it explains itself.

A *provision* is one scalar function per form, worksheet or section. Compiled it serves arrays of returns and the
simulator; run as plain Python under a recorder it yields the value of each of its worksheet lines. There is one text of
each rule, so what is explained is what was computed.

The cache of compiled code is keyed by a hash of every source file of the rooms that hold compiled code: a stale result
after an edit in another file cannot happen. Numbers of the law are data: a change of them needs no new compilation.
"""

from __future__ import annotations

import hashlib
import inspect
import io
import os
import re
import sys
import tempfile
import tokenize
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from numbers import Real
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any, NamedTuple, TypeVar, cast

import numba
import numpy as np
from numba.extending import intrinsic

from rothwell.compiler import part

F = TypeVar("F", bound=Callable[..., Any])


COMPILED_ROOMS = ("compiler.py", "provision.py", "slopes.py", "lanes.py", "law", "tax", "mega_backdoor", "lifetime")
ROOMS_OF_RULES = ("tax", "mega_backdoor", "lifetime", "law")
HEADINGS = ("Law", "Form", "Units", "Not modeled", "Tests")


def _cache_directory() -> Path:
    """The folder of compiled code for exactly these sources."""
    digest = hashlib.sha256(numba.__version__.encode())
    package = Path(__file__).parent
    for room in COMPILED_ROOMS:
        for path in sorted([package / room] if room.endswith(".py") else (package / room).rglob("*.py")):
            digest.update(path.relative_to(package).as_posix().encode())
            digest.update(path.read_bytes())
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = root / "rothwell" / digest.hexdigest()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.gettempdir()) / "rothwell" / digest.hexdigest()[:16]
    return folder


if "NUMBA_CACHE_DIR" not in os.environ:
    numba.config.CACHE_DIR = str(_cache_directory())  # type: ignore[attr-defined]


def compiled_before(entry_point: str) -> bool:
    """Whether an entry point of these sources has been compiled before; a first run takes half a minute longer."""
    folder = Path(numba.config.CACHE_DIR)  # type: ignore[attr-defined]
    return any(folder.rglob(f"*.{entry_point}-*.nbi"))


_OPTIONS: dict[str, Any] = {  # nothing is allocated, so nothing is counted; nothing is called from C
    "error_model": "numpy",
    "_nrt": False,
    "no_cfunc_wrapper": True,
}
_DOCUMENTED = re.compile(
    r'\A"""(?P<of_module>.*?)"""|'
    r'^def (?P<name>\w+)\([^\n]*\n(?:(?: [^\n]*\n)*\)[^\n]*\n)? {4}"""(?P<of_function>.*?)"""',
    re.DOTALL | re.MULTILINE,
)
_registry: dict[CodeType, Callable[..., Any]] = {}


def provision(function: F) -> F:
    """A rule of the law or of a plan: compiled, inlined into its callers, able to explain itself."""
    _registry[function.__code__] = function
    return cast(F, part(function, forceinline=True, **_OPTIONS))


def seldom(function: F) -> F:
    """A provision that few years need: called rather than inlined, so that the others stay short."""
    _registry[function.__code__] = function
    return cast(F, part(function, forceinline=False, **_OPTIONS))


def kernel(function: F) -> F:
    """A compiled entry point: kept in the on-disk cache, runs without the interpreter's lock."""
    _registry[function.__code__] = function
    return cast(F, numba.njit(nogil=True, cache=True, **_OPTIONS)(function))


def instructions(function: Callable[..., Any]) -> Any:
    """A function of the compiler itself: it says which instructions stand for a call."""
    return intrinsic(function)


def interpreted(function: F) -> F:
    """The plain Python twin of one provision, for a call that is not worth a compilation."""
    return cast(F, getattr(function, "py_func", function))


@cache
def plainly(function: Callable[..., Any]) -> Callable[..., Any]:
    """A provision as plain Python, with all that it calls: for a few returns, which are not worth a compilation."""
    return _plain(function, {})


def plain_record(record: Any) -> Any:
    """A record as a tuple with names, its sub-records too: plain Python reads it twenty times as fast."""
    values = [record[name] for name in record.dtype.names]
    plain = [
        plain_record(value) if isinstance(value, np.void) else value.item() if value.ndim == 0 else value
        for value in values
    ]
    return _tuple_with(record.dtype.names)._make(plain)


@cache
def _tuple_with(names: tuple[str, ...]) -> Any:
    return namedtuple("PlainRecord", names)


class Line(NamedTuple):
    """One line of a worksheet as it was computed: its name, its value, the law or words beside it."""

    name: str
    value: float
    law: str


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One provision as it was run: what it is, its law and form, its lines."""

    name: str
    title: str
    law: str
    form: str
    lines: tuple[Line, ...]


def explain(function: Callable[..., Any], *arguments: Any) -> tuple[Any, list[Worksheet]]:
    """Run a provision as plain Python; return its result and the worksheets of all provisions it used, in order."""
    globals_of: dict[int, dict[str, Any]] = {}
    entered: list[tuple[CodeType, dict[str, Any]]] = []
    running: dict[int, int] = {}

    def watch(frame: FrameType, event: str, _argument: Any) -> None:
        if frame.f_code not in _registry:
            return
        if event == "call":
            running[id(frame)] = len(entered)
            entered.append((frame.f_code, {}))
        elif event == "return":
            position = running.pop(id(frame))
            entered[position] = (frame.f_code, dict(frame.f_locals))

    plain = _plain(function, globals_of)
    previous = sys.getprofile()
    sys.setprofile(watch)
    try:
        result = plain(*arguments)
    finally:
        sys.setprofile(previous)
    return result, [_worksheet(_registry[code], values) for code, values in entered]


def _plain(function: Callable[..., Any], globals_of: dict[int, dict[str, Any]]) -> Callable[..., Any]:
    """The interpreted twin of a provision, calling interpreted twins."""
    source = getattr(function, "py_func", function)
    names = source.__globals__
    if id(names) not in globals_of:
        globals_of[id(names)] = copy = dict(names)
        for name, value in names.items():
            body = getattr(value, "py_func", value)
            if isinstance(body, FunctionType) and body.__code__ in _registry:
                copy[name] = _plain(value, globals_of)
    return FunctionType(source.__code__, globals_of[id(names)], source.__name__, source.__defaults__)


def _worksheet(function: Callable[..., Any], values: Mapping[str, Any]) -> Worksheet:
    words = inspect.getdoc(function) or function.__name__
    beside = _comments(function)
    parameters = set(inspect.signature(function).parameters)
    lines = tuple(
        Line(name, float(value), beside.get(name, ""))
        for name, value in values.items()
        if name not in parameters and _is_number(value)
    )
    entries = headings_of(words)
    return Worksheet(function.__name__, words.splitlines()[0], entries.get("Law", ""), entries.get("Form", ""), lines)


def _is_number(value: Any) -> bool:
    return isinstance(value, Real)


def _comments(function: Callable[..., Any]) -> dict[str, str]:
    """The comment beside each assignment, by the name assigned."""
    names: list[str] = []
    found: dict[str, str] = {}
    at_start = True
    for token in tokenize.generate_tokens(io.StringIO(inspect.getsource(function)).readline):
        if token.type in (tokenize.NEWLINE, tokenize.NL, tokenize.INDENT, tokenize.DEDENT):
            if token.type == tokenize.NEWLINE:
                names, at_start = [], True
        elif token.type == tokenize.COMMENT:
            for name in names:
                found.setdefault(name, token.string.lstrip("# "))
        elif at_start and token.type == tokenize.NAME:
            names.append(token.string)
        elif token.string != ",":
            at_start = False
    return found


@dataclass(frozen=True, slots=True)
class Rule:
    """A function (or a whole module) whose docstring names its law or its limits: where it is, and what it says."""

    room: str
    module: str
    name: str
    title: str
    headings: Mapping[str, str]


@cache
def rules(words_of_module: str = "") -> tuple[Rule, ...]:
    """Every rule of the package, compiled or not, room by room, in the order in which the rules stand in their modules;
    or those alone that stand in a module with certain words."""
    found = []
    for room in ROOMS_OF_RULES:
        for path in sorted((Path(__file__).parent / room).glob("*.py")):
            text = path.read_text(encoding="utf-8")
            for name, words in _documented(text, path.stem) if words_of_module in text else ():
                entries = headings_of(words)
                if "Law" in entries or "Not modeled" in entries:
                    found.append(Rule(room, path.stem, name, words.splitlines()[0].rstrip("."), entries))
    return tuple(found)


def _documented(module: str, stem: str) -> Iterator[tuple[str, str]]:
    """The docstrings of a module and of its functions, with their names, in the layout that the formatter gives every
    file: fifty times as fast as to parse it."""
    for found in _DOCUMENTED.finditer(module):
        yield found["name"] or stem, inspect.cleandoc(found["of_module"] or found["of_function"])


def headings_of(words: str) -> dict[str, str]:
    """The entries of a docstring (`Law:`, `Form:` ...), each with its continuation lines."""
    found: dict[str, str] = {}
    open_heading = ""
    for line in words.splitlines():
        heading, colon, rest = line.partition(":")
        if colon and heading in HEADINGS:
            open_heading = heading
            found[heading] = rest.strip()
        elif open_heading and line.startswith(" "):
            found[open_heading] += " " + line.strip()
        else:
            open_heading = ""
    return found


def not_modeled() -> tuple[str, ...]:
    """What the rules say that they leave out, each with the rule's first words."""
    limited = (rule for rule in rules("Not modeled:") if "Not modeled" in rule.headings)
    return tuple(sorted(f"{rule.title}: {rule.headings['Not modeled'].rstrip('.')}." for rule in limited))
