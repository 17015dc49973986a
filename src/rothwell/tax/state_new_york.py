"""New York: the benefit of lower rates taken back, deductions reduced at high incomes, the city's tax."""

from __future__ import annotations

from rothwell.provision import provision, seldom
from rothwell.tax.itemized_deductions import charitable_gifts
from rothwell.tax.state_brackets import tax_by_brackets


@seldom
def recaptured(income, taxable_income, status, state):  # type: ignore[no-untyped-def]
    """What high incomes pay so that the lower rates no longer help them: in the end all is taxed at one rate.

    The brackets below one place are taken back together, from one income on; each later one from its own begin on. Tax
    tables of the forms give the same amounts rounded to a dollar.

    Law:    N.Y. Tax Law 601(d-4).
    Form:   Form IT-201 instructions (2025), tax computation worksheets 1 to 18.
    Units:  dollars of the year; `income` New York adjusted gross income.
    Tests:  test_new_york_takes_back_the_benefit_of_lower_rates.
    """
    law, brackets = state.recapture, state.brackets
    together = int(law.together[status])
    within = min(taxable_income, brackets.top[status, together])
    benefit = brackets.rate[status, together] * within - tax_by_brackets(within, status, brackets)
    total = max(0.0, benefit) * _phase(income - law.start, law.length)
    for place in range(together, brackets.top.shape[1]):
        begin = brackets.top[status, place]
        if taxable_income > begin:
            step = brackets.rate[status, place + 1] - brackets.rate[status, place]
            total += begin * step * _phase(income - begin, law.length)
    return total


@provision
def _phase(over, length):  # type: ignore[no-untyped-def]
    """How far income has come over a length, from nothing to one.

    Law:    N.Y. Tax Law 601(d-4), 615(f).
    """
    return max(0.0, min(1.0, over / length))


@seldom
def reduced_at_high_incomes(facts, federal, income, itemized, status, state):  # type: ignore[no-untyped-def]
    """Itemized deductions as high incomes may take them: a quarter and then half less, then a share of gifts alone.

    Law:    N.Y. Tax Law 615(f), (g).
    Form:   Form IT-196 instructions (2025), line 46.
    Units:  dollars of the year; `income` New York adjusted gross income.
    Tests:  test_new_york_reduces_deductions_of_high_incomes.
    """
    law, rule = state.high_income_reduction, state.itemized_deductions
    lost = _phase(income - law.first_start[status], law.length) + _phase(income - law.second_start, law.length)
    gifts = charitable_gifts(facts.charity_cash, facts.charity_appreciated, federal.agi, rule).deduction
    share = law.fewer_share if income > law.fewer_from else law.gifts_share
    return share * gifts if income > law.gifts_alone_from else itemized * (1.0 - law.share * lost)


@seldom
def city_tax(income, taxable_income, status, law):  # type: ignore[no-untyped-def]
    """New York City's resident income tax less the school tax credit.

    Law:    N.Y. Tax Law 1304, 606(ggg); N.Y.C. Admin. Code 11-1701.
    Form:   Form IT-201 instructions (2025), lines 47 to 54, 69 and 69a.
    Units:  dollars of the year; `income` New York adjusted gross income.
    Tests:  test_new_york_city_taxes_by_its_own_table.
    """
    tax = tax_by_brackets(taxable_income, status, law)
    lower = min(taxable_income, law.reduction_top[status])
    reduction = law.reduction_rate[0] * lower + law.reduction_rate[1] * (taxable_income - lower)
    school = law.school_credit[status] if income <= law.school_income_limit else 0.0
    return tax - school - (reduction if income <= law.reduction_income_limit else 0.0)
