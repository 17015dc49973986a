"""A mutant: one change of the law or of the code, applied in the memory of a process that ends after it."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import _lru_cache_wrapper, lru_cache
from typing import Any

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
    for found in _caches(len(sys.modules)):
        found.cache_clear()


@lru_cache(maxsize=1)
def _caches(_modules: int) -> list[Any]:
    """The caches of our own modules; looked for again when a module has been imported."""
    found = [each for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper)]
    ours = [each for each in found if each.__module__.split(".")[0] in OURS]
    return [each for each in ours if each.__name__ not in KEPT]
