"""Taxes on gains and on large incomes, in a state without an income tax at large."""

from __future__ import annotations

from rothwell.provision import seldom


@seldom
def gains_and_large_incomes(facts, own, agi, status, state):  # type: ignore[no-untyped-def]
    """Washington's tax on long-term gains, and its tax on incomes above a million, against which the first is credited.

    Law:    RCW 82.87.040, 82.87.060, 82.87.080; ESSB 6346 of 2026, sections 201, 309, 314.
            31 USC 3124(a): a tax on income leaves interest on obligations of the United States out.
    Units:  dollars of the year; `agi` the federal adjusted gross income; one deduction for a couple.
    Tests:  test_washington_taxes_long_term_gains_alone, test_washingtons_spouses_share_one_deduction.
    """
    law, large = state.gains_tax, state.large_income_tax
    gifts = facts.charity_cash + facts.charity_appreciated
    of_gifts = min(law.gifts_most, max(0.0, gifts - law.gifts_above))
    gain = max(0.0, facts.lt_gain - facts.lt_loss_carryover - own.other_subtractions)
    share = law.share_of_spouse[status]
    taxable = max(0.0, gain - share * law.deduction - of_gifts)
    upper = max(0.0, taxable - law.upper_start)
    on_gains = law.rate * (taxable - upper) + law.upper_rate * upper
    income = max(0.0, agi - own.us_interest - share * large.deduction - min(share * large.gifts_most, gifts))
    return on_gains + max(0.0, large.rate * income - on_gains)
