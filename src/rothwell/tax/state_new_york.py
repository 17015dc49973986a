"""New York: the benefit of lower rates taken back, deductions reduced at high incomes, the city's tax."""

from __future__ import annotations

from rothwell.provision import provision, seldom
from rothwell.tax.earned_income_credit import disqualified_income
from rothwell.tax.itemized_deductions import charitable_gifts
from rothwell.tax.state_brackets import tax_by_brackets
from rothwell.tax.state_facts import dependents_of, retirement_of


@seldom
def recaptured(income, taxable_income, status, state):  # type: ignore[no-untyped-def]
    """What high incomes pay so that the lower rates no longer help them: in the end all is taxed at one rate.

    The brackets below one place are taken back together, from one income on; each later one from its own begin on. Tax
    tables of the forms give the same amounts rounded to a dollar.

    Law:    N.Y. Tax Law 601(d-4).
    Form:   Form IT-201 instructions (2025), tax computation worksheets 1 to 16.
    Units:  dollars of the year; `income` New York adjusted gross income.
    Tests:  test_new_york_takes_back_the_benefit_of_lower_rates, test_above_25_million_all_is_taxed_at_one_rate.
    """
    law, brackets = state.recapture, state.brackets
    if income > law.flat_from:
        highest = brackets.rate[status, brackets.rate.shape[1] - 1]
        return highest * taxable_income - tax_by_brackets(taxable_income, status, brackets)
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


@provision
def _of_tier(income, top, amount, status):  # type: ignore[no-untyped-def]
    """The amount of the tier in which an income falls.

    Law:    N.Y. Tax Law 606(b), 1310(d).
    """
    found = amount[status, 0]
    for tier in range(top.shape[1]):
        found = amount[status, tier + 1] if income > top[status, tier] else found
    return found


@provision
def _people(facts):  # type: ignore[no-untyped-def]
    """Filers and dependents of a return.

    Law:    N.Y. Tax Law 606(b)(2)(B).
    """
    dependents = dependents_of(facts)
    return 1.0 + (1.0 if facts.age2 > 0.0 else 0.0) + dependents


@seldom
def household_credit(facts, federal, status, law):  # type: ignore[no-untyped-def]
    """A credit of small incomes, larger with each person beyond the first.

    Law:    N.Y. Tax Law 606(b).
    Form:   Form IT-201 instructions (2025), line 40, tables 1 to 3.
    Units:  dollars of the year; `law` the section of the credit.
    Not modeled: the income of the other spouse of a separate filer, which counts too.
    Tests:  test_new_york_household_credit_comes_off_the_earned_income_credit.
    """
    each = _of_tier(federal.agi, law.each_top, law.each, status)
    return _of_tier(federal.agi, law.top, law.amount, status) + each * (_people(facts) - 1.0)


@seldom
def city_tax(facts, own, federal, of_return, status, law):  # type: ignore[no-untyped-def]
    """New York City's resident income tax less its credits, those for school taxes among them.

    Law:    N.Y. Tax Law 1304, 1310(d), (f), (h), 606(ggg); N.Y.C. Admin. Code 11-1701, 11-1706.
    Form:   Form IT-201 instructions (2025), lines 47 to 54, 69 and 69a; Forms IT-215 and IT-270.
    Units:  dollars of the year; `of_return` the state's income, taxable income and tax; `law` the section of the city.
    Not modeled: the credits for child care and for tax on unincorporated businesses.
    Tests:  test_new_york_city_taxes_by_its_own_table, test_new_york_city_spares_families_with_small_incomes.
    """
    income, taxable_income, _ = of_return
    tax = tax_by_brackets(taxable_income, status, law)  # line 47a
    household = _of_tier(federal.agi, law.household_top, law.household, status)
    tax = max(0.0, tax - household * (_people(facts) if law.household_each[status] > 0.0 else 1.0))  # line 54
    share = law.earned_share
    for step in range(law.earned_begin.size):
        over = max(0.0, min(income - law.earned_begin[step], law.earned_length))
        share -= law.earned_loss * over / law.earned_length
    left = tax - share * federal.earned_income_credit  # 1310(f)
    dependents = dependents_of(facts)
    gain = facts.st_gain + facts.lt_gain - facts.st_loss_carryover - facts.lt_loss_carryover
    if dependents > 0.0 and disqualified_income(facts, gain) <= law.elimination_investment_limit:
        place = int(min(dependents, law.elimination_top.shape[1])) - 1
        over = max(0.0, federal.agi - law.elimination_top[status, place])
        left -= max(0.0, left) * max(0.0, 1.0 - over / law.elimination_length)  # 1310(h)
    first, second = retirement_of(facts, own, federal, 0), retirement_of(facts, own, federal, 1)
    of_iras = first.ira + first.ira_converted + second.ira + second.ira_converted
    counted = federal.agi - of_iras  # 606(ggg)(2)
    school = law.school_credit[status] if counted <= law.school_income_limit else 0.0
    lower = min(taxable_income, law.reduction_top[status])
    reduction = law.reduction_rate[0] * lower + law.reduction_rate[1] * (taxable_income - lower)
    return left - school - (reduction if max(counted, taxable_income) <= law.reduction_income_limit else 0.0)
