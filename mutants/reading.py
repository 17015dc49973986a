"""What a test reads: figures of the law by section and name, and functions of the tax code."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Any

import numpy as np

from rothwell.errors import InputError
from rothwell.law import figure, figures, law_record, record_type
from rothwell.law.figures import Figure

OURS, TAX = "/src/rothwell/", "/rothwell/tax/"


class Reading:
    """Everything read while `watching`."""

    def __init__(self) -> None:
        self.seen: set[tuple[Any, str]] = set()  # names of a record's fields, field
        self.codes: set[CodeType] = set()
        self.asked: set[str] = set()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Note what is read, by hooks in the record of the law, in its figures and in the interpreter."""
        plain, value = np.record.__getattribute__, Figure.value
        seen, codes, asked = self.seen, self.codes, self.asked

        def attribute(record: Any, name: str) -> Any:
            seen.add((np.void.__getattribute__(record, "dtype").names, name))
            return plain(record, name)

        def value_of(one: Figure, *arguments: Any) -> Any:
            caller = sys._getframe(1).f_code
            if caller is not law_record.__code__ and OURS in caller.co_filename:  # a whole law asks for everything
                asked.add(one.name)
            return value(one, *arguments)

        def profile(frame: FrameType, event: str, _argument: Any) -> None:
            if event == "call":
                codes.add(frame.f_code)
                caller = frame.f_back.f_code.co_filename if frame.f_back is not None else ""
                if frame.f_code is figure.__code__ and OURS in caller:
                    asked.add(frame.f_locals["name"])

        np.record.__getattribute__, Figure.value = attribute, value_of  # type: ignore[method-assign,assignment]
        install = sys.setprofile

        def beside(other: Any) -> None:  # an explained rule watches itself run
            def both(frame: FrameType, event: str, argument: Any) -> None:
                profile(frame, event, argument)
                other(frame, event, argument)

            install(profile if other in (None, profile) else both)

        sys.setprofile = beside
        install(profile)
        try:
            yield
        finally:
            sys.setprofile = install
            install(None)
            np.record.__getattribute__, Figure.value = plain, value  # type: ignore[method-assign]

    def figures(self) -> set[str]:
        """The figures that were read, by `section.figure`; a section with the same fields as another counts too."""
        kind = record_type()
        assert kind.fields is not None
        sections: dict[Any, list[str]] = {}
        for section, (inner, *_) in kind.fields.items():
            sections.setdefault(inner.names, []).append(section)
        read = {f"{section}.{name}" for names, name in self.seen for section in sections.get(names, ())}
        return (read & set(figures())) | {found for name in self.asked for found in _named(name)}

    def functions(self) -> set[str]:
        """The functions of the tax code that ran, by module and name."""
        return {
            f"rothwell.tax.{code.co_filename.rpartition('/')[2][:-3]}.{code.co_name}"
            for code in self.codes
            if TAX in code.co_filename
        }


def _named(name: str) -> Iterator[str]:
    try:
        yield figure(name).name
    except InputError:
        return
