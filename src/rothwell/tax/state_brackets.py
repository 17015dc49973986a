"""A state's rate schedule."""

from __future__ import annotations

from rothwell.provision import provision


@provision
def tax_by_brackets(taxable_income, status, law):  # type: ignore[no-untyped-def]
    """Tax by a state's rate schedule.

    Law:    each state's own.
    Units:  dollars of the year; `law` the state's brackets.
    Tests:  test_states_agree_with_the_independent_returns.
    """
    tax, begin = 0.0, 0.0
    for bracket in range(law.top.shape[1]):
        if begin >= taxable_income:
            break
        end = min(taxable_income, law.top[status, bracket])
        tax += law.rate[status, bracket] * (end - begin)
        begin = end
    return tax + law.rate[status, law.top.shape[1]] * (taxable_income - begin)
