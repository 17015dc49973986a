"""Income by the three parts of Massachusetts: interest and short-term gains, wages and the rest, long-term gains."""

from __future__ import annotations

from typing import NamedTuple

from rothwell.provision import provision, seldom
from rothwell.tax.itemized_deductions import charitable_gifts, medical_deduction
from rothwell.tax.payroll import employee_payroll_tax, self_employment_tax
from rothwell.tax.state_facts import all_retirement_of


class Parts(NamedTuple):
    """Dollars of the year, each at least nothing.

    rest        Part B: wages, business, pensions and the rest
    interest    Part A: interest and dividends, less losses
    short_term  Part A: short-term gains
    long_term   Part C
    """

    rest: float
    interest: float
    short_term: float
    long_term: float


@provision
def parts_of_income(facts, own, federal, state):  # type: ignore[no-untyped-def]
    """The income of each part, with losses of one kind of gain against the other and, up to a limit, interest.

    Law:    M.G.L. c. 62, section 2(b), (c); pensions and IRAs less what Massachusetts has taxed before, 2(a)(2)(F).
    Form:   Schedules B and D of Form 1 (2025); Schedule Y (2025): health insurance of the self-employed.
    Units:  dollars of the year.
    Tests:  test_massachusetts_sets_losses_off_within_gains_first.
    """
    short_term = facts.st_gain - facts.st_loss_carryover
    long_term = facts.lt_gain - facts.lt_loss_carryover
    both = short_term + long_term
    loss = min(state.parts.loss_against_interest, max(0.0, -both))
    of_bonds = state.income.exempt_interest_taxed * own.other_states_interest
    interest = facts.taxable_interest + facts.ordinary_dividends - own.us_interest + of_bonds
    retired = all_retirement_of(facts, own, federal, 0) + all_retirement_of(facts, own, federal, 1)
    rest = facts.wages1 + facts.wages2 + facts.self_employment1 + facts.self_employment2 + facts.other_income
    rest += max(0.0, retired - own.state_basis_recovered) + own.other_additions - own.other_subtractions
    profit = max(0.0, facts.self_employment1 + facts.self_employment2)
    health = min(profit, facts.self_employed_health1 + facts.self_employed_health2)
    return Parts(
        rest=max(0.0, rest - facts.hsa_deduction - health),
        interest=max(0.0, interest - loss),
        short_term=max(0.0, min(short_term, both)),
        long_term=max(0.0, min(long_term, both)),
    )


@seldom
def deductions_of_parts(facts, federal, parts, law, state):  # type: ignore[no-untyped-def]
    """Deductions from the part with wages, as far as it goes: payroll taxes and gifts.

    Law:    M.G.L. c. 62, section 3B(a)(3), (13).
    Units:  dollars of the year; `law` the federal law.
    Tests:  test_massachusetts_deducts_payroll_taxes_and_gifts.
    """
    payroll = _payroll_taxes(facts.medicare_wages1, facts.self_employment1, law, state)
    payroll += _payroll_taxes(facts.medicare_wages2, facts.self_employment2, law, state)
    rule = state.itemized_deductions
    gifts = 0.0
    if facts.charity_cash + facts.charity_appreciated > 0.0:
        gifts = charitable_gifts(facts.charity_cash, facts.charity_appreciated, federal.agi, rule).deduction
    return min(parts.rest, payroll + state.parts.gifts * gifts)


@provision
def _payroll_taxes(wages, profit, law, state):  # type: ignore[no-untyped-def]
    """What one person may deduct of payroll taxes and self-employment tax.

    Law:    M.G.L. c. 62, section 3B(a)(3).
    Units:  dollars of the year; `law` the federal law.
    """
    paid = employee_payroll_tax(wages, law.oasdi, law.medicare)
    if profit > 0.0:
        paid += self_employment_tax(profit, wages, law.oasdi, law.self_employment)
    return min(state.payroll_taxes.deduction, paid)


@provision
def medical_exemption(facts, federal, state):  # type: ignore[no-untyped-def]
    """What those who itemize on the federal return add to their exemptions for medical costs.

    Law:    M.G.L. c. 62, section 3B(b)(4).
    Units:  dollars of the year.
    """
    if federal.itemizes <= 0.0:
        return 0.0
    return state.parts.medical * medical_deduction(facts.medical_expenses, federal.agi, state.itemized_deductions)


@seldom
def more_on_short_term_gains(base, status, state):  # type: ignore[no-untyped-def]
    """What short-term gains bear beyond the other rate: exemptions go against wages and the rest first, then interest.

    Law:    M.G.L. c. 62, section 3(B)(c), 3(C), 4(a)(1).
    Units:  dollars of the year; `base` what the taxes are worked from.
    Tests:  test_massachusetts_taxes_short_term_gains_more.
    """
    parts = base.parts
    left = max(0.0, base.exemptions - max(0.0, parts.rest - base.deductions))  # of the exemptions
    taxed = max(0.0, parts.short_term - max(0.0, left - parts.interest))
    return (state.parts.short_term_rate - state.brackets.rate[status, 0]) * taxed
