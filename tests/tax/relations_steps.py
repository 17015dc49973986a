"""Returns with every dollar times a factor, and those that stand on a step of the law, where the last bit decides."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rothwell.tax.federal import Form1040
from tests.tax.build import law
from tests.tax.generated_returns import DOLLARS, Floats, Returns
from tests.tax.relations_mutants import Compute, Results

NO_DOLLARS = ("itemizes",)
ONTO_A_STEP = 1e-12  # by this share the dollars of a return are moved to see whether it stands on a step
A_JUMP = 1e-11  # of all dollars of the return: above what so small a move changes without a step


def times(returns: Returns, factor: float) -> Returns:
    """The returns with every dollar times a factor."""
    return returns.change(**{name: returns.columns[name] * factor for name in DOLLARS})


def all_dollars(returns: Returns) -> Floats:
    """The sum of all dollars of each return, losses as positive numbers."""
    return np.sum([np.abs(returns.columns[name]) for name in DOLLARS], axis=0)


def apart(one: Results, other: Results, factor: float, scale: Floats, share: float) -> NDArray[np.bool_]:
    """Returns in which some result is not the other's times the factor, within a share of the dollars."""
    found = np.zeros(scale.size, dtype=bool)
    for name in Form1040._fields:
        want = one[name] * (1.0 if name in NO_DOLLARS else factor)
        found |= np.abs(other[name] - want) > share * np.maximum(np.abs(want), factor * scale)
    return found


def on_a_step(compute: Compute, returns: Returns, year: int) -> NDArray[np.bool_]:
    """Returns that stand on a step of the law so exactly that the rounding of a product decides on which side."""
    here, scale = compute(returns, law(year)), all_dollars(returns)
    found = np.zeros(len(returns), dtype=bool)
    for share in (1.0 - ONTO_A_STEP, 1.0 + ONTO_A_STEP):
        moved = compute(times(returns, share), law(year))
        found |= apart(here, moved, 1.0, scale, A_JUMP)
    return found
