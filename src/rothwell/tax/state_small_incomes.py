"""What small incomes do not owe."""

from __future__ import annotations

import math

from rothwell.provision import seldom
from rothwell.tax.state_facts import dependents_of


@seldom
def tax_forgiven(facts, own, income, status, law):  # type: ignore[no-untyped-def]
    """The share of the tax that is forgiven to small incomes.

    Law:    72 P.S. 7304.
    Form:   PA-40 Schedule SP (2025).
    Units:  a fraction; `income` the state's, `law` the state's section of it; contributions to health savings accounts
            and interest that is not taxed count here.
    Tests:  test_pennsylvania_forgives_by_tenths, test_pennsylvania_counts_untaxed_interest_once.
    """
    children = facts.n_children_u17 + facts.n_older_children
    untaxed = facts.tax_exempt_interest - own.other_states_interest + own.us_interest
    whole = income + facts.hsa_deduction + untaxed
    over = whole - law.filer[status] - law.dependent * children
    steps = math.ceil(over / law.step) if over > 0.0 else 0.0
    return max(0.0, 1.0 - law.share * steps)


@seldom
def tax_of_small_incomes(facts, income, tax, status, law):  # type: ignore[no-untyped-def]
    """Tax that small incomes do not owe, or only as far as they exceed an amount.

    Law:    M.G.L. c. 62, section 5(a).
    Units:  dollars of the year; `income` the state's adjusted gross income, `law` the state's section of it.
    Tests:  test_massachusetts_spares_small_incomes.
    """
    dependents = dependents_of(facts)
    free = law.income[status] + law.dependent[status] * dependents if law.income[status] > 0.0 else 0.0
    limited = law.limited_rate * max(0.0, income - free)
    return min(tax, limited) if income <= law.limited_up_to * free else tax
