"""Conditions and bounds of the ledger: comparisons and arithmetic on the columns of a return, and nothing else."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

BINARY: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
COMPARING: dict[type, Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda item, items: item in items,
}
FUNCTIONS: dict[str, Callable[..., Any]] = {"min": min, "max": max, "abs": abs}


@cache
def parsed(text: str) -> ast.expr:
    """The tree of an expression."""
    return ast.parse(text, mode="eval").body


def value(text: str, names: Mapping[str, Any]) -> Any:
    """What an expression says of a return whose columns are `names`."""
    return _value(parsed(text), names)


def _value(node: ast.AST, names: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value=constant):
            return constant
        case ast.Name(id=name):
            return names[name]
        case ast.Tuple(elts=parts):
            return tuple(_value(part, names) for part in parts)
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return not _value(inner, names)
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_value(inner, names)
        case ast.BoolOp(op=ast.And(), values=parts):
            return all(_value(part, names) for part in parts)
        case ast.BoolOp(op=ast.Or(), values=parts):
            return any(_value(part, names) for part in parts)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in BINARY:
            return BINARY[type(sign)](_value(left, names), _value(right, names))
        case ast.Compare(left=left, ops=signs, comparators=others):
            sides = [_value(side, names) for side in (left, *others)]
            pairs = zip(signs, sides, sides[1:], strict=False)
            return all(COMPARING[type(sign)](one, other) for sign, one, other in pairs)
        case ast.Call(func=ast.Name(id=name), args=parts) if name in FUNCTIONS:
            return FUNCTIONS[name](*(_value(part, names) for part in parts))
    raise ValueError(f"not allowed in the ledger: {ast.unparse(node)}")
