"""Income tax of counties, cities and townships."""

from __future__ import annotations

from rothwell.provision import provision
from rothwell.tax.state_new_york import city_tax


@provision
def local_income_tax(facts, own, federal, of_return, status, state):  # type: ignore[no-untyped-def]
    """Local income tax: New York City's by its table, others at the rate that the return gives, on the state's base.

    Law:    N.Y. Tax Law 1304, 1321; Md. Code, Tax-Gen. 10-103, 10-106; 53 P.S. 6924.301.1.
    Units:  dollars of the year; `of_return` the state's income, its taxable income and its tax less credits.
    Tests:  test_local_tax_is_a_rate_on_the_states_base, test_yonkers_is_a_share_of_the_states_tax.
    """
    _, taxable_income, tax = of_return
    in_city = own.new_york_city > 0.0 and state.city.rate[status, 0] > 0.0
    of_city = city_tax(facts, own, federal, of_return, status, state.city) if in_city else 0.0
    earned = facts.wages1 + facts.wages2 + max(0.0, facts.self_employment1 + facts.self_employment2)
    base = state.local.rate_of_taxable_income * taxable_income + state.local.rate_of_earned_income * earned
    base += state.local.rate_of_tax * max(0.0, tax)
    return of_city + own.local_rate * base
