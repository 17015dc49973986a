"""Numbers that carry their slopes: the same provisions, given these for plain numbers, yield exact marginal rates.

A number with slopes is a value and one slope for each direction in which the facts may move ("one more dollar of
wages", "one more of gains"). Sums, products and quotients follow the rules of calculus. Where two amounts meet in
`min` or `max` the one that the next dollar makes decisive gives the slope: at a kink it is the right-hand slope.
Comparisons look at the values alone, and a rounding step is flat.

The values are computed exactly as without slopes, bit for bit; a direction that an amount does not depend on costs
nothing, because the compiler drops what is known to be zero.

Not modeled: the slope of a cliff; there is none.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.core.typeconv.castgraph import Conversion
from numba.core.typing.templates import AbstractTemplate, infer_global, signature
from numba.extending import lower_builtin, lower_cast, models, register_model

from rothwell.provision import instructions

Parts = list[Any]  # the value and then the slopes, as the compiler's registers
OF_SLOPES = ("nnan", "ninf", "nsz")  # slopes are finite: what is multiplied by no slope is none


class SlopedType(types.Type):
    """A float64 with `count` slopes."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(name=f"Sloped({count})")

    def can_convert_from(self, _context: Any, other: Any) -> Any:
        """A plain number has no slopes."""
        return Conversion.safe if isinstance(other, (types.Float, types.Integer)) else None

    def unify(self, _context: Any, other: Any) -> Any:
        """One of a plain number and this one, chosen while the program runs, is one like this."""
        return self if isinstance(other, (types.Float, types.Integer)) else None


@register_model(SlopedType)
class _SlopedModel(models.StructModel):
    def __init__(self, manager: Any, kind: SlopedType) -> None:
        slopes = [(f"slope{number}", types.float64) for number in range(kind.count)]
        super().__init__(manager, kind, [("value", types.float64), *slopes])


def _parts(builder: Any, kind: SlopedType, number: Any) -> Parts:
    return [builder.extract_value(number, position) for position in range(kind.count + 1)]


def _pack(context: Any, builder: Any, kind: Any, parts: Sequence[Any]) -> Any:
    packed = cgutils.get_null_value(context.get_value_type(kind))
    for position, part in enumerate(parts):
        packed = builder.insert_value(packed, part, position)
    return packed


@lower_cast(types.Float, SlopedType)
@lower_cast(types.Integer, SlopedType)
def _cast(context: Any, builder: Any, plain: Any, kind: SlopedType, number: Any) -> Any:
    value = context.cast(builder, number, plain, types.float64)
    return _pack(context, builder, kind, [value, *[ir.Constant(ir.DoubleType(), 0.0)] * kind.count])


def _sloped(kinds: Sequence[Any]) -> SlopedType | None:
    """The type of a result of plain and sloped numbers, if a sloped one is among them."""
    found = next((kind for kind in kinds if isinstance(kind, SlopedType)), None)
    numbers = all(isinstance(kind, (SlopedType, types.Float, types.Integer)) for kind in kinds)
    return found if numbers else None


class _Joined(AbstractTemplate):
    """Two numbers make a sloped one."""

    def generic(self, kinds: Any, _named: Any) -> Any:
        kind = _sloped(kinds) if len(kinds) == 2 else None
        return signature(kind, kind, kind) if kind else None


class _Compared(AbstractTemplate):
    """Two numbers make a yes or no."""

    def generic(self, kinds: Any, _named: Any) -> Any:
        kind = _sloped(kinds) if len(kinds) == 2 else None
        return signature(types.boolean, kind, kind) if kind else None


class _Turned(AbstractTemplate):
    """One sloped number makes another."""

    def generic(self, kinds: Any, _named: Any) -> Any:
        return signature(kinds[0], kinds[0]) if isinstance(kinds[0], SlopedType) else None


class _Flat(AbstractTemplate):
    """One sloped number makes a step of a staircase, which is flat."""

    def generic(self, kinds: Any, _named: Any) -> Any:
        return signature(types.float64, kinds[0]) if isinstance(kinds[0], SlopedType) else None


def _plus(builder: Any, one: Any, other: Any) -> Any:
    return builder.fadd(one, other, flags=OF_SLOPES)


def _times(builder: Any, one: Any, other: Any) -> Any:
    return builder.fmul(one, other, flags=OF_SLOPES)


def _less(builder: Any, one: Any, other: Any) -> Any:
    return builder.fsub(one, other, flags=OF_SLOPES)


def _sum(builder: Any, x: Parts, y: Parts) -> Parts:
    slopes = [_plus(builder, s, t) for s, t in zip(x[1:], y[1:], strict=True)]
    return [builder.fadd(x[0], y[0]), *slopes]


def _difference(builder: Any, x: Parts, y: Parts) -> Parts:
    slopes = [_less(builder, s, t) for s, t in zip(x[1:], y[1:], strict=True)]
    return [builder.fsub(x[0], y[0]), *slopes]


def _product(builder: Any, x: Parts, y: Parts) -> Parts:
    slopes = [
        _plus(builder, _times(builder, s, y[0]), _times(builder, x[0], t)) for s, t in zip(x[1:], y[1:], strict=True)
    ]
    return [builder.fmul(x[0], y[0]), *slopes]


def _quotient(builder: Any, x: Parts, y: Parts) -> Parts:
    """(s - q t) / y, but no slope where there is nothing to divide by: that branch is not taken."""
    value = builder.fdiv(x[0], y[0])
    nothing = ir.Constant(ir.DoubleType(), 0.0)
    possible = builder.fcmp_ordered("!=", y[0], nothing)
    slopes = []
    for s, t in zip(x[1:], y[1:], strict=True):
        slope = builder.fdiv(_less(builder, s, _times(builder, value, t)), y[0], flags=OF_SLOPES)
        slopes.append(builder.select(possible, slope, nothing))
    return [value, *slopes]


def _chosen(sign: str) -> Callable[[Any, Parts, Parts], Parts]:
    def choose(builder: Any, x: Parts, y: Parts) -> Parts:
        first = builder.fcmp_ordered(sign, x[0], y[0])
        tie = builder.fcmp_ordered("==", x[0], y[0])
        chosen = [builder.select(first, x[0], y[0])]
        for s, t in zip(x[1:], y[1:], strict=True):
            next_dollar = builder.select(builder.fcmp_ordered(sign, s, t, flags=OF_SLOPES), s, t)
            chosen.append(builder.select(tie, next_dollar, builder.select(first, s, t)))
        return chosen

    return choose


def _offer(functions: Sequence[Any], template: type, kinds: int, lower: Callable[..., Any]) -> None:
    """Teach the compiler what functions do with sloped numbers."""
    for function in functions:
        infer_global(function)(type(f"{template.__name__}_{function.__name__}", (template,), {}))
        lower_builtin(function, *[SlopedType] * kinds)(lower)


def _of_two(rule: Callable[[Any, Parts, Parts], Parts]) -> Callable[..., Any]:
    def lower(context: Any, builder: Any, found: Any, numbers: Any) -> Any:
        kind = found.return_type
        x, y = (_parts(builder, kind, number) for number in numbers)
        return _pack(context, builder, kind, rule(builder, x, y))

    return lower


def _of_values(sign: str) -> Callable[..., Any]:
    def lower(_context: Any, builder: Any, _found: Any, numbers: Any) -> Any:
        x, y = (builder.extract_value(number, 0) for number in numbers)
        return (builder.fcmp_unordered if sign == "!=" else builder.fcmp_ordered)(sign, x, y)

    return lower


def _negative(context: Any, builder: Any, found: Any, numbers: Any) -> Any:
    kind = found.return_type
    return _pack(context, builder, kind, [builder.fneg(part) for part in _parts(builder, kind, numbers[0])])


def _rounded(name: str) -> Callable[..., Any]:
    def lower(_context: Any, builder: Any, _found: Any, numbers: Any) -> Any:
        function = builder.module.declare_intrinsic(name, [ir.DoubleType()])
        return builder.call(function, [builder.extract_value(numbers[0], 0)])

    return lower


_offer([operator.add, operator.iadd], _Joined, 2, _of_two(_sum))
_offer([operator.sub, operator.isub], _Joined, 2, _of_two(_difference))
_offer([operator.mul, operator.imul], _Joined, 2, _of_two(_product))
_offer([operator.truediv], _Joined, 2, _of_two(_quotient))
_offer([min], _Joined, 2, _of_two(_chosen("<")))
_offer([max], _Joined, 2, _of_two(_chosen(">")))
_offer([operator.neg], _Turned, 1, _negative)
_offer([math.floor], _Flat, 1, _rounded("llvm.floor"))
_offer([math.ceil], _Flat, 1, _rounded("llvm.ceil"))
for _sign, _function in {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}.items():
    _offer([_function], _Compared, 2, _of_values(_sign))


@instructions
def along(_context: Any, facts: Any, directions: Any) -> Any:
    """`facts` (a named tuple) with slopes: `directions` is a named tuple of some of its fields, each with a tuple of
    the slopes that the field has in every direction."""
    kind = SlopedType(directions.types[0].count)
    moved = directions.instance_class._fields
    names = facts.instance_class._fields
    result = types.NamedTuple([kind if name in moved else types.float64 for name in names], facts.instance_class)

    def generate(context: Any, builder: Any, _found: Any, arguments: Any) -> Any:
        amounts, slopes = arguments
        values = []
        for position, name in enumerate(names):
            value = builder.extract_value(amounts, position)
            if name in moved:
                of_field = builder.extract_value(slopes, moved.index(name))
                each = [builder.extract_value(of_field, number) for number in range(kind.count)]
                value = _pack(context, builder, kind, [value, *each])
            values.append(value)
        return context.make_tuple(builder, result, values)

    return result(facts, directions), generate


@instructions
def slopes_of(_context: Any, number: Any) -> Any:
    """The slopes of a number, one for each direction, as a tuple."""
    result = types.UniTuple(types.float64, number.count)

    def generate(context: Any, builder: Any, _found: Any, arguments: Any) -> Any:
        return context.make_tuple(builder, result, _parts(builder, number, arguments[0])[1:])

    return result(number), generate


@instructions
def without_slopes(_context: Any, numbers: Any) -> Any:
    """A named tuple of numbers with and without slopes as one of plain numbers."""
    result = types.NamedUniTuple(types.float64, len(numbers.types), numbers.instance_class)

    def generate(context: Any, builder: Any, _found: Any, arguments: Any) -> Any:
        values = []
        for position, kind in enumerate(numbers.types):
            value = builder.extract_value(arguments[0], position)
            sloped = isinstance(kind, SlopedType)
            values.append(
                builder.extract_value(value, 0) if sloped else context.cast(builder, value, kind, types.float64)
            )
        return context.make_tuple(builder, result, values)

    return result(numbers), generate
