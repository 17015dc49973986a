"""Finds numbers of the law in code.

In the rooms that apply the law only these numbers may stand in a formula: 0, 1 and -1; an index or the end of a range
up to 6; the exponent 2; the digits of round(). Any other number is a named constant in capitals at the top of its
module, with a comment that says why it is not law, and is refused when it equals a figure of the law or is a year.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache

from tests.style.house import SOURCE

PLAIN = {0, 1, -1}
LAST_INDEX = 6
YEARS = range(1900, 2201)
CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*$")
WORDS_OF_LAW = re.compile(r"(AGE|LIMIT|RATE|THRESHOLD|CAP|FLOOR|BASE)$")
SMALLEST_TELLING_AMOUNT = 400  # below it a whole number may equal a figure of the law by chance
COORDINATES = {"round", "range"}


def numbers_of_the_law(source: str) -> list[str]:
    """Each forbidden number of a module as `line: what`."""
    module = ast.parse(source)
    lines = source.splitlines()
    named = {id(value): name for name, value in _constants(module)}
    inside = {id(node): name for name, value in _constants(module) for node in ast.walk(value)}
    allowed = {id(node) for node in _plain_arithmetic(module)}
    findings = []
    for node in _numbers(module):
        value = _value(node)
        if id(node) in inside:
            name = inside[id(node)]
            problem = _problem_of_constant(name, value, lines, node, alone=id(node) in named)
            if problem:
                findings.append(f"{node.lineno}: {name} = {value}: {problem}")
        elif value not in PLAIN and id(node) not in allowed:
            findings.append(f"{node.lineno}: {value}: a number in a formula (law is data; else name it and say why)")
    return findings


def branches_on_a_year(source: str) -> list[str]:
    """Comparisons with a literal year: a change of the law is a dated entry of its figure, never a branch."""
    findings = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            for side in (node.left, *node.comparators):
                for part in ast.walk(side):
                    if isinstance(part, ast.Constant) and type(part.value) is int and part.value in YEARS:
                        findings.append(f"{node.lineno}: {ast.unparse(node)}")
    return findings


def _constants(module: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """Named constants at the top of a module with the expression they stand for."""
    for node in module.body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target: ast.expr = node.targets[0]
        elif isinstance(node, ast.AnnAssign):
            target = node.target
        else:
            continue
        if isinstance(target, ast.Name) and CONSTANT.match(target.id) and node.value is not None:
            yield target.id, node.value


def _numbers(module: ast.Module) -> Iterator[ast.Constant]:
    """Number literals in the order of the text."""
    found = [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and type(node.value) in (int, float, complex)
    ]
    yield from sorted(found, key=lambda node: (node.lineno, node.col_offset))


def _plain_arithmetic(module: ast.Module) -> Iterator[ast.AST]:
    """Number literals that index, count places or square."""
    for node in ast.walk(module):
        if isinstance(node, ast.Subscript):
            yield from (part for part in _coordinates(node.slice) if abs(_value(part)) <= LAST_INDEX)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in COORDINATES:
            last = node.args[1:] if node.func.id == "round" else node.args
            yield from (part for part in last if isinstance(part, ast.Constant) and _value(part) <= LAST_INDEX)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and _value(node.right) == 2:
            yield node.right


def _coordinates(index: ast.expr) -> Iterator[ast.Constant]:
    """Literals that stand directly in an index: `a[2]`, `a[i, 2]`, `a[1:3]`, `a[i + 2]`."""
    if isinstance(index, ast.Constant):
        if type(index.value) is int:
            yield index
    elif isinstance(index, (ast.Tuple, ast.Slice, ast.BinOp, ast.UnaryOp)):
        for part in ast.iter_child_nodes(index):
            if isinstance(part, ast.expr):
                yield from _coordinates(part)


def _problem_of_constant(name: str, value: float, lines: list[str], node: ast.Constant, alone: bool) -> str:
    """Why a named constant is refused, or nothing."""
    if value in YEARS and isinstance(node.value, int):
        return "a year: dates of the law are data"
    if value not in PLAIN and _is_figure(value) and (_tells(value) or WORDS_OF_LAW.search(name)):
        return "equals a figure of the law: read it from the law"
    if alone and value not in PLAIN and not _has_reason(lines, node.lineno):
        return "no comment beside it that says why it is not law"
    return ""


def _tells(value: float) -> bool:
    """Whether a number is too special to equal a figure of the law by chance: 24500, 0.9235 or 0.038, not 0.005."""
    digits = len(f"{abs(value):.10f}".strip("0").replace(".", "").strip("0"))
    return abs(value) >= SMALLEST_TELLING_AMOUNT or (abs(value * 100 - round(value * 100)) > 1e-9 and digits > 1)


def _has_reason(lines: list[str], number: int) -> bool:
    """A comment of three words or more on the line or on the line above."""
    here = lines[number - 1].partition("#")[2]
    above = lines[number - 2].strip() if number > 1 else ""
    return any(len(text.split()) >= 3 for text in (here, above[1:] if above.startswith("#") else ""))


def _value(node: ast.AST) -> float:
    """The number of a literal."""
    value = getattr(node, "value", None)
    return value if isinstance(value, (int, float)) else float("inf")


def _is_figure(value: float) -> bool:
    return abs(value) in _figures()


@cache
def _figures() -> frozenset[float]:
    """Every number that a dated entry of the law holds."""
    files = sorted((SOURCE / "law").rglob("*.toml"))
    return frozenset(n for path in files for n in _dated(tomllib.loads(path.read_text(encoding="utf-8"))))


def _dated(table: dict[str, object]) -> Iterator[float]:
    """The numbers under the keys of a table that are years."""
    for key, entry in table.items():
        if key.isdigit():
            yield from _leaves(entry)
        elif isinstance(entry, dict):
            yield from _dated(entry)


def _leaves(entry: object) -> Iterator[float]:
    """The numbers in a value, a list of values or a group by status."""
    if isinstance(entry, dict):
        entry = list(entry.values())
    if isinstance(entry, list):
        for part in entry:
            yield from _leaves(part)
    elif isinstance(entry, (int, float)) and not isinstance(entry, bool):
        yield float(entry)
