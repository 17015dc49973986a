"""Many returns in lockstep: a tile holds a few dozen of them, field by field, so that one scalar provision, called in a
loop over the lanes of a tile, is compiled to vector code.

Three things let the compiler do so: a provision has no branch on amounts, all of a tile stands in one array at
distances known beforehand, and the law is a copy that nothing else can write to, so what a loop reads of it is read
once.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types

from rothwell.provision import instructions

LANES = 32  # returns in a tile: some ten kilobytes, which stay in the nearest cache with what they are computed to
CACHE_LINE = 64  # bytes
TO_READ, SECOND_CACHE, OF_DATA = 0, 2, 1  # the words of an instruction that fetches ahead
BYTES = LANES * 8  # of a field in all lanes
STRIDE = LANES + 4  # from field to field: not a power of two, so that fields do not crowd the same lines of the cache


@instructions
def own_copy(_context: Any, record: Any) -> Any:
    """A record copied to where nothing but the calling function can reach it."""

    def generate(_context: Any, builder: Any, _found: Any, arguments: Any) -> Any:
        byte = ir.IntType(8)
        room = cgutils.alloca_once(builder, ir.ArrayType(byte, record.size), name="own_copy")
        room.align = CACHE_LINE
        target = builder.bitcast(room, byte.as_pointer())
        source = builder.bitcast(arguments[0], byte.as_pointer())
        cgutils.raw_memcpy(builder, target, source, ir.Constant(ir.IntType(64), record.size), 1)
        return builder.bitcast(room, arguments[0].type)

    return record(record), generate


@instructions
def lane_of(_context: Any, fields: Any, tile: Any, lane: Any) -> Any:
    """One lane of a tile [field * STRIDE + lane] as the named tuple of a class (`fields`)."""
    count = len(fields.instance_class._fields)
    result = types.NamedUniTuple(types.float64, count, fields.instance_class)

    def generate(context: Any, builder: Any, _found: Any, arguments: Any) -> Any:
        _, array, position = arguments
        data = context.make_array(tile)(context, builder, array).data
        values = []
        for number in range(count):
            at = builder.add(position, ir.Constant(position.type, number * STRIDE))
            values.append(builder.load(builder.gep(data, [at])))
        return context.make_tuple(builder, result, values)

    return result(fields, tile, lane), generate


@instructions
def fields_of(_context: Any, fields: Any, record: Any) -> Any:
    """A record as the named tuple of a class (`fields`) whose fields have the same names and order."""
    names = fields.instance_class._fields
    result = types.NamedUniTuple(types.float64, len(names), fields.instance_class)

    def generate(context: Any, builder: Any, _found: Any, arguments: Any) -> Any:
        base = builder.bitcast(arguments[1], ir.IntType(8).as_pointer())
        values = []
        for name in names:
            at = ir.Constant(ir.IntType(64), record.offset(name))
            place = builder.bitcast(builder.gep(base, [at]), ir.DoubleType().as_pointer())
            values.append(builder.load(place, align=1))
        return context.make_tuple(builder, result, values)

    return result(fields, record), generate


@instructions
def put_in_lane(_context: Any, tile: Any, first: Any, lane: Any, numbers: Any) -> Any:
    """Write a tuple of numbers into a lane of a tile, from the field `first` on."""
    count = len(numbers)

    def generate(context: Any, builder: Any, _found: Any, arguments: Any) -> Any:
        array, start, position, values = arguments
        data = context.make_array(tile)(context, builder, array).data
        begin = builder.add(builder.mul(start, ir.Constant(start.type, STRIDE)), position)
        for number in range(count):
            at = builder.add(begin, ir.Constant(begin.type, number * STRIDE))
            value = context.cast(builder, builder.extract_value(values, number), numbers[number], types.float64)
            builder.store(value, builder.gep(data, [at]))
        return context.get_dummy_value()

    return types.none(tile, first, lane, numbers), generate


@instructions
def copy_lanes(_context: Any, target: Any, to: Any, source: Any, start: Any) -> Any:
    """Copy a field in all lanes from one array, from the element `start` on, to another, from the element `to` on."""

    def generate(context: Any, builder: Any, _found: Any, arguments: Any) -> Any:
        into, at, out_of, begin = arguments
        written = builder.gep(context.make_array(target)(context, builder, into).data, [at])
        read = builder.gep(context.make_array(source)(context, builder, out_of).data, [begin])
        cgutils.raw_memcpy(builder, written, read, ir.Constant(ir.IntType(64), BYTES), 1)
        return context.get_dummy_value()

    return types.none(target, to, source, start), generate


@instructions
def fetch_ahead(_context: Any, source: Any, start: Any) -> Any:
    """Ask for a field in all lanes of an array, from the element `start` on, to be brought near: it is read soon."""

    def generate(context: Any, builder: Any, _found: Any, arguments: Any) -> Any:
        out_of, begin = arguments
        first = builder.gep(context.make_array(source)(context, builder, out_of).data, [begin])
        place = builder.bitcast(first, ir.IntType(8).as_pointer())
        flag = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [place.type, flag, flag, flag])
        fetch = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0i8")
        for byte in range(0, BYTES, CACHE_LINE):
            line = builder.gep(place, [ir.Constant(ir.IntType(64), byte)])
            builder.call(fetch, [line, flag(TO_READ), flag(SECOND_CACHE), flag(OF_DATA)])
        return context.get_dummy_value()

    return types.none(source, start), generate
