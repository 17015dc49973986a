"""Income tax by flat rates, for a state whose law is not held."""

from __future__ import annotations

from rothwell.provision import seldom
from rothwell.tax.state_facts import all_retirement_of


@seldom
def tax_by_flat_rates(facts, own, federal, law):  # type: ignore[no-untyped-def]
    """Tax on federal adjusted gross income by three rates that the household gives, without deductions.

    Law:    none: the rates are the household's own.
    Units:  dollars of the year; `law` the section of flat rates.
    Not modeled: brackets, deductions, exemptions and credits of that state.
    Tests:  test_a_state_that_is_not_held_is_taxed_by_the_rates_given.
    """
    retirement = all_retirement_of(facts, own, federal, 0) + all_retirement_of(facts, own, federal, 1)
    long_term = facts.lt_gain - facts.lt_loss_carryover
    net = long_term + min(0.0, facts.st_gain - facts.st_loss_carryover)
    gains = max(0.0, net) + facts.qualified_dividends
    income = max(0.0, federal.agi - federal.taxable_benefits - own.us_interest)
    retirement = min(retirement, income)
    gains = min(gains, income - retirement)
    return law.retirement * retirement + law.gains * gains + law.income * (income - retirement - gains)
