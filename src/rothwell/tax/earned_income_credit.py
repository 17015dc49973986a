"""The earned-income credit."""

from __future__ import annotations

import math

from rothwell.law.figures import JOINT, SEPARATE_APART
from rothwell.provision import provision

MIDDLE = 0.5  # of a row of a table, or of a dollar: its form, not law
NOISE = 1e-6  # of the arithmetic: half a dollar less this still counts as half a dollar


@provision
def earned_income_credit(facts, agi, earned_income, investment_income, by_table, status, law):  # type: ignore[no-untyped-def]
    """The earned-income credit (Form 1040, line 27a).

    Law:    IRC 32(a), (b), (c)(1)(A), (d), (f), (i), (j).
    Form:   Worksheets A and B and the Earned Income Credit Table, Form 1040 instructions (2025).
    Units:  dollars of the year; `by_table` 1 for the table's rows of $50 and whole dollars, 0 for the exact amount of
            32(a), of which the table is a rounding; `law` the section of the credit.
    Not modeled: rules of identification and residence; children shared by two households; the election of IRC
            32(c)(2)(B)(vi) for combat pay.
    Tests:  test_earned_income_credit_table_rows, test_childless_credit_needs_age_25_to_64.
    """
    children = facts.n_children_u17 + facts.n_older_children  # 32(c)(3)
    joint = 1.0 if status == JOINT else 0.0  # 32(b)(2)(B)
    greater = max(agi, earned_income)  # 32(a)(2)(B)
    line_1 = _in_table(earned_income, by_table, law)  # earned income, worksheet A, line 1
    line_3 = _in_table(greater, by_table, law)  # worksheet A, line 3
    rate = _by_children(law.rate, children)  # 32(b)(1)
    amount = _by_children(law.earned_income_amount, children)  # 32(b)(2)(A)
    addition = _by_children(law.joint_addition, children)  # 32(b)(2)(B)
    start = _by_children(law.phase_out_start, children) + joint * addition  # 32(b)(2)
    from_earnings = rate * min(max(0.0, line_1), amount)  # 32(a)(1)
    reduction = _by_children(law.phase_out_rate, children) * max(0.0, line_3 - start)  # 32(a)(2)(B)
    limit = max(0.0, rate * amount - reduction)  # 32(a)(2)
    exact = min(from_earnings, limit)  # 32(a)(2)
    printed = math.floor(exact + MIDDLE + NOISE)  # the table's whole dollars, 32(f)
    credit = printed if by_table > 0.0 else exact  # 32(a), (f)
    allowed = _may_claim(facts, children, investment_income, status, law)  # 32(c)(1)(A), (d), (i)
    return credit * allowed


@provision
def _by_children(column, children):  # type: ignore[no-untyped-def]
    """The entry of a table for the number of children: none, one, two, three or more.

    Law:    IRC 32(b)(1).
    """
    none = 1.0 if children < 1.0 else 0.0  # 32(c)(1)(A)(ii)
    one = 1.0 if children == 1.0 else 0.0  # one qualifying child
    three = 1.0 if children >= 1.0 + 1.0 + 1.0 else 0.0  # three or more
    two = 1.0 - none - one - three  # two
    entry = none * column[0] + one * column[1] + two * column[2] + three * column[3]  # 32(b)(1)
    return entry


@provision
def disqualified_income(facts, capital_gain):  # type: ignore[no-untyped-def]
    """Investment income that decides whether the credit may be claimed (worksheet 1 of Pub. 596, line 27 Step 2).

    Law:    IRC 32(i)(2).
    Form:   Form 1040 instructions (2025), line 27a, Step 2.
    Units:  dollars of the year; `capital_gain` as on Form 1040, line 7a.
    Not modeled: rents, royalties and passive income.
    Tests:  test_investment_income_bars_the_credit.
    """
    interest = facts.taxable_interest + facts.tax_exempt_interest  # 32(i)(2)(A), (B)
    income = interest + facts.ordinary_dividends + max(0.0, capital_gain)  # 32(i)(2)(A), (D)
    return income


@provision
def _in_table(income, by_table, law):  # type: ignore[no-untyped-def]
    """An income, or the middle of the table's row in which it falls.

    Law:    IRC 32(f)(2).
    """
    middle = (math.floor(max(0.0, income) / law.table_step) + MIDDLE) * law.table_step  # 32(f)(2)
    in_row = middle if income > 0.0 else 0.0  # the table begins above nothing
    return in_row if by_table > 0.0 else income


@provision
def _may_claim(facts, children, investment_income, status, law):  # type: ignore[no-untyped-def]
    """Whether age, investment income and filing status let a return claim the credit: 1 yes, 0 no.

    A joint filer of unknown age counts as of age.

    Law:    IRC 32(c)(1)(A)(ii), (d), (i).
    Form:   Form 1040 instructions (2025), line 27a, Steps 1, 2 and 4.
    """
    first = 1.0 if facts.age1 >= law.minimum_age and facts.age1 < law.maximum_age else 0.0  # 32(c)(1)(A)(ii)(II)
    second = 1.0 if facts.age2 >= law.minimum_age and facts.age2 < law.maximum_age else 0.0  # the spouse
    unknown = 1.0 if status == JOINT and facts.age2 <= 0.0 else 0.0  # a spouse of unknown age
    of_age = max(first, max(second, unknown))  # 32(c)(1)(A)(ii)(II), either spouse
    enough = 1.0 if children > 0.0 else of_age  # 32(c)(1)(A)
    separate = status >= SEPARATE_APART  # 32(d)
    apart = 1.0 if status == SEPARATE_APART and children > 0.0 else 0.0  # 32(d)(2)
    status_allows = apart if separate else 1.0  # 32(d)(1)
    little = 1.0 if investment_income <= law.investment_income_limit else 0.0  # 32(i)(1)
    return enough * status_allows * little
