"""The exceptions of rothwell.

RothwellError
├── InputError         the user's input cannot be used: one clear message, exit status 2
├── LedgerError        money appeared or vanished in a simulated year: a fault of ours, exit status 1
└── ConvergenceError   a withdrawal could not be solved: a fault of ours, exit status 1
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class RothwellError(Exception):
    """Anything that rothwell raises on purpose."""


class InputError(RothwellError):
    """What a user wrote cannot be used; says where, what was found and what is allowed."""

    def __init__(
        self,
        message: str,
        *,
        file: str | None = None,
        line: int | None = None,
        field: str | None = None,
        found: object = None,
        allowed: str | None = None,
    ) -> None:
        self.message, self.file, self.line = message, file, line
        self.field, self.found, self.allowed = field, found, allowed
        super().__init__(str(self))

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        parts = [part for part in (place, self.field, self.message) if part]
        text = ": ".join(parts)
        if self.found is not None:
            text += f"; found {self.found!r}"
        if self.allowed:
            text += f"; allowed: {self.allowed}"
        return text


class LedgerError(RothwellError):
    """A simulated year in which the flows do not add up to the change of balances."""


class ConvergenceError(RothwellError):
    """A withdrawal that the solver could not bring to the amount needed."""


def nearest_name(name: str, names: Iterable[str]) -> str | None:
    """The valid name closest to what was typed, or None when nothing is close."""
    matches = difflib.get_close_matches(name, list(names), n=1, cutoff=0.5)
    return matches[0] if matches else None
