"""A state's minimum tax."""

from __future__ import annotations

from rothwell.provision import seldom
from rothwell.tax.itemized_deductions import charitable_gifts, medical_deduction


@seldom
def state_minimum_tax(facts, federal, base, tax, status, state):  # type: ignore[no-untyped-def]
    """What a state's minimum tax adds to the tax by the brackets; of deductions it knows medical costs and gifts alone.

    Law:    Minn. Stat. 290.091.
    Form:   Schedule M1MT (2025); gifts beside the standard deduction are a subtraction of Schedule M1M, line 18.
    Units:  dollars of the year; `base` what the taxes are worked from; `tax` by the brackets.
    Not modeled: incentive stock options, depletion and the other preferences.
    Tests:  test_minnesotas_minimum_tax_does_not_know_mortgage_interest.
    """
    law, rule = state.minimum_tax, state.itemized_deductions
    medical, gifts = medical_deduction(facts.medical_expenses, federal.agi, rule), 0.0
    if facts.charity_cash + facts.charity_appreciated > 0.0:
        gifts = charitable_gifts(facts.charity_cash, facts.charity_appreciated, federal.agi, rule).deduction
    beside = max(0.0, gifts - state.standard_deduction.gifts_above)
    deducted = medical + gifts if base.itemizes > 0.0 else state.standard_deduction.gifts_share * beside
    minimum_income = max(0.0, base.income - deducted)
    lost = law.phase_out_rate * max(0.0, minimum_income - law.phase_out_start[status])
    exemption = max(0.0, law.exemption[status] - lost)
    return max(0.0, law.rate * max(0.0, minimum_income - exemption) - tax)
