"""Returns one after the other in plain Python, in the place of the compiled tiles of returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rothwell.tax import returns
from rothwell.tax.facts import Facts, parts_of
from rothwell.tax.federal import best_return

Floats = NDArray[np.float64]
Plain = tuple[Mapping[str, Floats], NDArray[np.int64]]


def prepare(columns: Mapping[str, Floats], status: NDArray[np.int64], _law: Any) -> Plain:
    """The returns as they are."""
    return columns, status


def compute_prepared(prepared: Plain, law: Any, wanted: Sequence[str], by_table: bool = False) -> dict[str, Floats]:
    """The wanted results of every return; marginal rates need the compiler."""
    columns, status = prepared
    if any(name.startswith("rate_") for name in wanted):
        raise NotImplementedError("marginal rates need the compiler")
    names = [name for name in Facts._fields if name in columns]
    found = np.empty((status.size, len(wanted)))
    for row, amounts in enumerate(zip(*(columns[name].tolist() for name in names), strict=True)):
        facts = Facts(**dict(zip(names, amounts, strict=True)))
        parts = parts_of(facts, law)._replace(tax_table=by_table)
        form = best_return(facts, parts, int(status[row]), law)
        found[row] = [getattr(form, name) for name in wanted]
    return dict(zip(wanted, found.T, strict=True))


def use_plain_returns() -> None:
    """Compute files of returns without the compiler."""
    for twin in (prepare, compute_prepared):
        setattr(returns, twin.__name__, twin)
