"""Required minimum distributions of a simulated year."""

from __future__ import annotations

import math

from rothwell.lifetime.accounts import PEOPLE
from rothwell.provision import provision


@provision
def required_distributions(y, state, people, divisors, year):  # type: ignore[no-untyped-def]
    """Required minimum distributions of each person from the balances of the last 31 December, by kind of account.

    IRAs are taken together; the plan of a present employer waits until retirement, unless the person owns more than 5%
    of the employer; Roth accounts require nothing. The first payment is taken in its own year.

    Law:    IRC 401(a)(9)(A), (C), 402A(d)(5), 408(a)(6), 408A(c)(4); Reg. 1.401(a)(9)-5, -9, 1.408-8(e); a spouse who
            is the sole beneficiary and more than ten years younger gives the joint table.
    Units:  dollars of the year; divisors are infinite before the applicable age; `rmd_plan` is the part of `rmd` that
            comes from plans.
    Not modeled: the first payment put off to 1 April; plans of several former employers apart from one another.
    Tests:  test_distributions_of_the_examples, test_a_worker_beyond_73_owes_nothing_from_the_present_plan,
            test_required_distributions_are_paid_in_full_and_never_converted.
    """
    together = 1 if y.alive[0] + y.alive[1] == PEOPLE else 0
    for person in range(PEOPLE):
        one = divisors[together, person, year]
        if one < math.inf:
            works = y.pay[person] > 0.0 and people[person].more_than_5_percent == 0.0  # 401(a)(9)(C)(i)(II), (ii)(I)
            y.rmd_of_present[person] = 0.0 if works else 1.0
            present = y.rmd_of_present[person] * state.pre_tax_plan[person]
            y.rmd_plan[person] = (state.former_plan[person] + present) / one
            y.rmd[person] = y.rmd_plan[person] + state.traditional_ira[person] / one


@provision
def distributions_have_begun(y, divisors, year):  # type: ignore[no-untyped-def]
    """Whether anybody living must already take required distributions: 1 yes, 0 no."""
    begun = 0.0
    for person in range(PEOPLE):
        begun = 1.0 if y.alive[person] > 0.0 and divisors[0, person, year] < math.inf else begun
    return begun
