"""A mutant: one change of the law or of the code, applied in the memory of a process that ends after it."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import _lru_cache_wrapper

KEPT = {"figures", "record_type", "series", "patch", "rules", "_kernel"}  # caches that hold no value of the law
OURS = ("rothwell", "tests", "oracle")


@dataclass(frozen=True)
class Mutant:
    """One change.

    key     what is changed, unlike every other
    kind    the sort of change, as it is counted
    of      the figure or the function that is changed: the tests that read it can tell
    apply   makes the change
    """

    key: str
    kind: str
    of: str
    apply: Callable[[], None]


def forget() -> None:
    """Clear every cache that may hold a value of the law."""
    for found in gc.get_objects():
        if isinstance(found, _lru_cache_wrapper):
            module = sys.modules.get(found.__module__)
            if found.__module__.split(".")[0] in OURS and module is not None and found.__name__ not in KEPT:
                found.cache_clear()
