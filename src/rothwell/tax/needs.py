"""What a return needs that is not computed: such a return is refused by name, never computed wrongly."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rothwell.law.figures import JOINT

Floats = NDArray[np.float64]
YOUNGEST_GROWN = 18  # below it the parents' rate may apply, IRC 1(g): a bound of this product


class Needs(NamedTuple):
    """What returns need that is not computed, each with one yes or no a return."""

    business_loss: NDArray[np.bool_]
    unearned_income_of_a_child: NDArray[np.bool_]


WORDS = {
    "business_loss": "the limit on excess business losses (IRC 461(l))",
    "unearned_income_of_a_child": "the tax on a child's unearned income (IRC 1(g))",
}


def needs_of(
    amounts: dict[str, NDArray[np.float64]],
    results: dict[str, NDArray[np.float64]],
    status: NDArray[np.int64],
    law: Any,
) -> Needs:
    """What returns need that their computation leaves out; where taxable income is zero nothing of it can matter.

    Law:    IRC 1(g), 461(l).
    Units:  `amounts` fields of Facts, `results` fields of Form1040, in dollars of the year; `law` a law record.
    Not modeled: dependents with income of their own, of whom the input says nothing; net operating losses carried from
            or to other years, IRC 172.
    Tests:  test_each_need_is_refused_by_name, test_needs_have_words.
    """
    nothing = np.zeros(status.size)
    business = amounts.get("self_employment1", nothing) + amounts.get("self_employment2", nothing)
    child = (amounts["age1"] < YOUNGEST_GROWN) & (status != JOINT)  # 1(g)(2)(A), (C)
    taxable = results["taxable_income"] > 0.0
    return Needs(
        business_loss=-business > law.excess_business_loss.threshold[status],
        unearned_income_of_a_child=taxable & child & (results["agi"] > results["earned_income"]),
    )
