"""Mutants of the code of taxes: one operator, comparison, constant or choice of a rule at a time, on a fixed sample."""

from __future__ import annotations

import ast
import copy
import inspect
import random
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import FunctionType

from mutants.mutant import Mutant, forget

TAX = Path(__file__).resolve().parents[1] / "src" / "rothwell" / "tax"
NOT_PROVISIONS = ("required_minimum", "needs")  # modules of plain functions that are rules too
NEED_THE_COMPILER = {"tax_and_marginal_rates", "_alone", "_with_rates"}  # slopes and tiles
SAMPLE, SEED = 300, 2_026

SWAPPED: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
}
SIGNS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.And: "and",
    ast.Or: "or",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
OTHER = {"min": "max", "max": "min"}

Change = tuple[str, str, int, Callable[[], None]]  # kind, words, line, and what makes the change in the tree


def operator_mutants() -> list[Mutant]:
    """The sample, in the order of the code."""
    every = [mutant for path in sorted(TAX.glob("*.py")) for mutant in _of_module(path)]
    chosen = sorted(random.Random(SEED).sample(range(len(every)), min(SAMPLE, len(every))))
    return [every[number] for number in chosen]


def _of_module(path: Path) -> Iterator[Mutant]:
    """Every mutant of the rules of a module."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name not in NEED_THE_COMPILER and _is_rule(node, path.stem):
            for number, (kind, words, line, _) in enumerate(_changes(_plain(node))):
                key = f"{path.stem}.py:{line} {node.name}: {words} ({number})"
                yield _mutant(key, kind, f"rothwell.tax.{path.stem}.{node.name}", (path, node, number))


def _is_rule(node: ast.FunctionDef, module: str) -> bool:
    names = {name.id for name in node.decorator_list if isinstance(name, ast.Name)}
    return "provision" in names or module in NOT_PROVISIONS


def _plain(node: ast.FunctionDef) -> ast.FunctionDef:
    """The function without decorators, defaults and types."""
    found = copy.deepcopy(node)
    found.decorator_list, found.returns = [], None
    for argument in found.args.args:
        argument.annotation = None
    return found


def _mutant(key: str, kind: str, function: str, place: tuple[Path, ast.FunctionDef, int]) -> Mutant:
    def apply() -> None:
        path, node, number = place
        changed = _plain(node)
        _changes(changed)[number][3]()
        module = import_module(function.rpartition(".")[0])
        found = inspect.unwrap(getattr(module, node.name))
        assert isinstance(found, FunctionType)
        scope: dict[str, FunctionType] = {}
        code = compile(ast.fix_missing_locations(ast.Module([changed], [])), str(path), "exec")
        exec(code, dict(vars(module)), scope)  # noqa: S102 (our own code with one operator changed)
        found.__code__ = scope[node.name].__code__
        forget()

    return Mutant(key, kind, function, apply)


def _changes(function: ast.FunctionDef) -> list[Change]:
    """Every single change of a function, in the order of its text."""
    found = [change for statement in function.body for node in ast.walk(statement) for change in _of_node(node)]
    return sorted(found, key=lambda one: one[2])


def _of_node(node: ast.AST) -> Iterator[Change]:
    """The changes of one node of the tree."""
    if isinstance(node, ast.BinOp):
        yield from _swaps(node, "op", "arithmetic", node.lineno)
    elif isinstance(node, ast.BoolOp):
        yield from _swaps(node, "op", "and, or", node.lineno)
    elif isinstance(node, ast.Compare):
        for other in SWAPPED.get(type(node.ops[0]), ()):
            words = f"{SIGNS[type(node.ops[0])]} to {SIGNS[other]} in {_short(node)}"
            kind = "edge of a comparison" if SIGNS[other][0] == SIGNS[type(node.ops[0])][0] else "comparison"
            yield kind, words, node.lineno, lambda node=node, other=other: node.ops.__setitem__(0, other())  # type: ignore[misc]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in OTHER:
        name = node.func
        words = f"{name.id} to {OTHER[name.id]} in {_short(node)}"
        yield "min, max", words, node.lineno, lambda: setattr(name, "id", OTHER[name.id])
    elif isinstance(node, ast.IfExp):
        yield "choice", f"the other branch in {_short(node)}", node.lineno, lambda: _swap_branches(node)
    else:
        yield from _of_leaf(node)


def _of_leaf(node: ast.AST) -> Iterator[Change]:
    """The changes of constants and signs."""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value in (0, 1):
        other = type(node.value)(1 - node.value)
        yield "constant", f"{node.value} to {other}", node.lineno, lambda: setattr(node, "value", other)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.Not)):
        yield "sign", f"without the sign in {_short(node)}", node.lineno, lambda: setattr(node, "op", ast.UAdd())


def _swaps(node: ast.BinOp | ast.BoolOp, field: str, kind: str, line: int) -> Iterator[Change]:
    sign = type(node.op)
    if sign in SWAPPED:
        (other,) = SWAPPED[sign]
        yield kind, f"{SIGNS[sign]} to {SIGNS[other]} in {_short(node)}", line, lambda: setattr(node, field, other())


def _swap_branches(node: ast.IfExp) -> None:
    node.body, node.orelse = node.orelse, node.body


def _short(node: ast.AST) -> str:
    return ast.unparse(node)
