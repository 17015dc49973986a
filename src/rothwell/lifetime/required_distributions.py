"""Required minimum distributions of a simulated year."""

from __future__ import annotations

import math

from rothwell.lifetime.accounts import PEOPLE, pre_tax_balance
from rothwell.provision import provision


@provision
def required_distributions(y, state, people, divisors, year):  # type: ignore[no-untyped-def]
    """Required minimum distributions of each person from the balances of the last 31 December.

    Law:    IRC 401(a)(9)(A), (C); Reg. 1.401(a)(9)-5, -9; a spouse who is the sole beneficiary and more than ten years
            younger gives the joint table.
    Units:  dollars of the year; divisors are infinite before the applicable age.
    Not modeled: working past the applicable age, the first payment put off to 1 April.
    Tests:  test_distributions_of_the_examples,
            test_required_distributions_are_paid_in_full_and_never_converted.
    """
    together = 1 if y.alive[0] + y.alive[1] == PEOPLE else 0
    for person in range(PEOPLE):
        y.rmd[person] = pre_tax_balance(state, person) / divisors[together, person, year]


@provision
def distributions_have_begun(y, divisors, year):  # type: ignore[no-untyped-def]
    """Whether anybody living must already take required distributions: 1 yes, 0 no."""
    begun = 0.0
    for person in range(PEOPLE):
        begun = 1.0 if y.alive[person] > 0.0 and divisors[0, person, year] < math.inf else begun
    return begun
