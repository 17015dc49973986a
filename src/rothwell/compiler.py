"""How Numba is asked to compile, so that each line of a kernel goes through LLVM once.

By itself Numba optimizes and translates every function, and again in every function that it is inlined into: a rule
six calls deep seven times. Here a rule that other rules call is a *part*: typed and lowered once, optimized with the
kernel that it ends in. Called from Python it is compiled a second time, whole, as its *door*.

The rest is memory: Numba asks the same questions about the same types thousands of times; and before it reads finished
code from the disk it loads all that it would need to compile. All of it touches what Numba keeps to itself, so it is
for the version that was read; with any other, compiling takes longer and gives the same code.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numba
from numba.core import caching, compiler, sigutils, types
from numba.core.codegen import JITCodeLibrary
from numba.core.registry import CPUDispatcher
from numba.core.types.functions import BaseFunction
from numba.core.types.npytypes import Record

VERSION_READ = "0.68.1"
_PLAIN = (types.Number, types.Boolean, types.Record, types.Array, types.BaseTuple, types.StringLiteral)
_read = numba.__version__ == VERSION_READ


class _NoEngine:
    """The code generator of a part: it never runs, so it has no environment to set."""

    def __init__(self, codegen: Any) -> None:
        self._codegen = codegen

    def __getattr__(self, name: str) -> Any:
        return getattr(self._codegen, name)

    def set_env(self, _name: str, _environment: Any) -> None:
        """A part has no environment of its own."""


class _PartLibrary(JITCodeLibrary):
    """What LLVM knows of a part: to be linked into a kernel, not optimized or translated by itself."""

    @property
    def codegen(self) -> Any:
        return _NoEngine(self._codegen)

    def _optimize_final_module(self) -> None:
        """Done in the kernel."""

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()  # type: ignore[no-untyped-call]
        self._finalized = True

    def get_pointer_to_function(self, _name: str) -> int:
        return 0


class _PartCompiler(compiler.Compiler):
    """The compiler of a part."""

    def compile_extra(self, func: Callable[..., Any]) -> Any:
        codegen = self.state.targetctx.codegen()
        self.state.library = _PartLibrary(codegen, func.__qualname__)  # type: ignore[no-untyped-call]
        return super().compile_extra(func)  # type: ignore[no-untyped-call]


class Part(CPUDispatcher):
    """A rule that kernels inline or call; called from Python it goes through its door."""

    def __init__(self, function: Callable[..., Any], options: dict[str, Any]) -> None:
        inner = {"nopython": True, "boundscheck": None, "no_cpython_wrapper": True, **options}
        super().__init__(function, targetoptions=inner, pipeline_class=_PartCompiler)
        self._whole = options

    def compile(self, signature: Any) -> Any:
        """Compile for these types, once, within the compilation of what calls it."""
        arguments, returns = sigutils.normalize_signature(signature)
        known: Any = self.overloads.get(tuple(arguments))
        if known is None:
            known = self._compiler.compile(arguments, returns)  # type: ignore[attr-defined]
            self.add_overload(known)
        return known.entry_point

    @property
    def door(self) -> Any:
        """The rule as a function of Python's."""
        if "_door" not in self.__dict__:
            self._door = numba.njit(**self._whole)(self.py_func)
        return self._door

    def __call__(self, *arguments: Any) -> Any:
        return self.door(*arguments)


def part(function: Callable[..., Any], **options: Any) -> Any:
    """A rule that other rules call; a plain compiled function where Numba is not the version that was read."""
    return Part(function, options) if _read else numba.njit(**options)(function)


def _remember_operations() -> None:
    """Which variant of an operation serves given types of plain values does not change: Numba looks it up each time."""
    look_up = BaseFunction.get_call_type
    found: dict[Any, Any] = {}

    def get_call_type(self: Any, context: Any, args: Any, kws: Any) -> Any:
        if kws or not all(isinstance(one, _PLAIN) for one in args):
            return look_up(self, context, args, kws)
        key = (id(self), args)
        if key not in found:
            found[key] = (look_up(self, context, args, kws), self)
        return found[key][0]

    BaseFunction.get_call_type = get_call_type  # type: ignore[method-assign]


def _load_overload(self: Any, signature: Any, context: Any) -> Any:
    """Finished code from the disk. By itself Numba first imports and registers every operation that it can compile,
    which finished code has no use for, and a compilation asks for in any case."""
    with self._guard_against_spurious_io_errors():
        return self._load_overload(signature, context)


def _short_name(self: Any) -> tuple[str, tuple[Any, ...]]:
    """A tuple with names in the name of a function: by itself Numba spells out every field of every record in it."""
    return self.instance_class.__name__, tuple(self.types)


if _read:
    _remember_operations()
    caching.FunctionCache.load_overload = _load_overload  # type: ignore[method-assign]
    types.NamedTuple.mangling_args = property(_short_name)  # type: ignore[method-assign, assignment]
    Record.__repr__ = cache(Record.__repr__)  # type: ignore[method-assign]
