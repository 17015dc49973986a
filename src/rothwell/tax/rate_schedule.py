"""The ordinary rate schedules and the Tax Table made from them."""

from __future__ import annotations

import math

from rothwell.provision import provision

MIDDLE = 0.5  # of a row of a table, or of a dollar: its form, not law
NOISE = 1e-6  # of the arithmetic: half a dollar less this still counts as half a dollar


@provision
def tax_by_rate_schedule(taxable_income, status, schedule):  # type: ignore[no-untyped-def]
    """Tax on ordinary taxable income by the rate schedule of the filing status.

    Law:    IRC 1(a)-(d), (j)(2).
    Form:   Tax Rate Schedules, Form 1040 instructions (2025).
    Units:  dollars of the year, unrounded, never negative; `at_rate_1` is the income taxed at the lowest rate.
    Tests:  test_official_form_1040_examples, test_tax_is_continuous_at_every_bracket.
    """
    top = schedule.bracket_top[status]
    to_top_1 = min(taxable_income, top[0])  # income up to the end of each bracket, 1(j)(2)
    to_top_2 = min(taxable_income, top[1])  # the second
    to_top_3 = min(taxable_income, top[2])  # the third
    to_top_4 = min(taxable_income, top[3])  # the fourth
    to_top_5 = min(taxable_income, top[4])  # the fifth
    to_top_6 = min(taxable_income, top[5])  # the sixth
    at_rate_1 = to_top_1  # 1(j)(2), the lowest rate
    at_rate_2 = to_top_2 - to_top_1  # 1(j)(2), the second rate
    at_rate_3 = to_top_3 - to_top_2  # 1(j)(2), the third rate
    at_rate_4 = to_top_4 - to_top_3  # 1(j)(2), the fourth rate
    at_rate_5 = to_top_5 - to_top_4  # 1(j)(2), the fifth rate
    at_rate_6 = to_top_6 - to_top_5  # 1(j)(2), the sixth rate
    at_rate_7 = taxable_income - to_top_6  # 1(j)(2), the highest rate
    rate = schedule.rate
    lower = rate[0] * at_rate_1 + rate[1] * at_rate_2 + rate[2] * at_rate_3  # tax at the three lowest rates
    upper = rate[3] * at_rate_4 + rate[4] * at_rate_5 + rate[5] * at_rate_6 + rate[6] * at_rate_7  # at the others
    tax = lower + upper  # 1(j)(2)
    return tax


@provision
def tax_by_tax_table(taxable_income, status, schedule, table):  # type: ignore[no-untyped-def]
    """Tax by the Tax Table, as a paper return has it: the tax at the middle of the row of income, to the dollar.

    Law:    IRC 3(a), (c).
    Form:   Tax Table, Form 1040 instructions (2025); from 100,000 the Tax Computation Worksheet.
    Units:  dollars of the year; `schedule` and `table` are sections of the law.
    Tests:  test_every_row_of_the_tax_table.
    """
    income = max(0.0, taxable_income)
    width = table.narrow_row if income < table.narrow_rows_to else table.row
    middle = (math.floor(income / width) + MIDDLE) * width  # of the row, 3(a)
    early = table.first_row + (math.floor((income - table.first_row) / table.early_row) + MIDDLE) * table.early_row
    start = middle if income >= table.narrow_row else early
    in_row = start if income >= table.first_row else 0.0
    exact = tax_by_rate_schedule(income, status, schedule)  # 1(j)(2)
    in_table = math.floor(tax_by_rate_schedule(in_row, status, schedule) + MIDDLE + NOISE)  # to the dollar, 3(a)
    tax = in_table if income < table.income_top else exact  # 3(a), (c)
    return tax


@provision
def tax_by_brackets(amount, top, rate):  # type: ignore[no-untyped-def]
    """Tax by a table of brackets: each rate on what lies below its end, the last on what lies above all of them.

    Law:    IRC 1(e); the taxes at death of the states.
    Units:  dollars of the year; `rate` has one number more than `top`, which may end with brackets without an end.
    Tests:  test_income_and_gains_of_a_trust, test_estate_taxes_of_the_states_by_hand.
    """
    tax, begin = 0.0, 0.0
    for bracket in range(top.size):
        end = min(max(0.0, amount), top[bracket])
        tax += rate[bracket] * max(0.0, end - begin)
        begin = max(begin, end)
        if top[bracket] == math.inf:
            break
    return tax + rate[top.size] * (max(0.0, amount) - begin)


@provision
def marginal_rate_of_schedule(taxable_income, status, schedule):  # type: ignore[no-untyped-def]
    """The rate of the bracket in which the next dollar of ordinary taxable income falls.

    Law:    IRC 1(j)(2).
    Units:  a fraction.
    Tests:  test_marginal_rate_is_the_slope_of_the_schedule.
    """
    rate = schedule.rate[0]
    for bracket in range(schedule.rate.size - 1):
        rate = schedule.rate[bracket + 1] if taxable_income >= schedule.bracket_top[status, bracket] else rate
    return rate
