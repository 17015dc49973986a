"""The child tax credit, and the earned-income credit as far as it decides whether a return needs it."""

from __future__ import annotations

import math
from typing import NamedTuple

from rothwell.provision import provision

MIDDLE = 0.5  # of a row of a table: its form, not law


class ChildTaxCredit(NamedTuple):
    """The two parts of the child tax credit, in dollars."""

    nonrefundable: float
    refundable: float


@provision
def child_tax_credit(children, agi, tax, earned_income, payroll_taxes, status, law):  # type: ignore[no-untyped-def]
    """The child tax credit and the additional (refundable) child tax credit (Form 1040, lines 19 and 28).

    Law:    IRC 24(a), (b), (d), (h).
    Form:   Schedule 8812 (Form 1040) (2025), Parts I, II-A and II-B.
    Units:  dollars of the year; `tax` is the tax that the credit may use up; `payroll_taxes` the employee's share
            without the additional Medicare tax (where that is due, line 20 is the larger).
    Not modeled: credit for other dependents; Puerto Rico; the earned-income credit in Part II-B (a return with one
            is refused).
    Tests:  test_child_credit_phases_out_in_steps, test_refundable_part_of_the_child_credit.
    """
    line_5 = children * law.per_child  # 24(a), (h)(2)
    line_10 = max(0.0, agi - law.phase_out_start[status])  # 24(h)(3)
    line_11 = math.ceil(line_10 / law.phase_out_step) * law.phase_out_per_step  # 24(b)(1), "or fraction thereof"
    line_12 = max(0.0, line_5 - line_11)  # 24(b)(1)
    line_14 = min(line_12, max(0.0, tax))  # nonrefundable part, 26(a)
    line_16a = line_12 - line_14  # not used up by the tax, 24(d)(1)(A)
    line_16b = children * law.refundable_cap  # 24(h)(5)
    line_17 = min(line_16a, line_16b)  # 24(d)(1), (h)(5)
    line_20 = law.refundable_rate * max(0.0, earned_income - law.earned_income_floor)  # 24(d)(1)(B)(i)
    line_26 = payroll_taxes if children >= law.payroll_tax_children else 0.0  # 24(d)(1)(B)(ii)
    line_27 = min(line_17, max(line_20, line_26))  # refundable part, 24(d)(1)
    return ChildTaxCredit(line_14, line_27)


@provision
def earned_income_credit(children, agi, earned_income, joint, law):  # type: ignore[no-untyped-def]
    """The earned-income credit by its table, before the tests of age, investment income and filing status.

    Law:    IRC 32(a), (b), (f), (j).
    Form:   Earned Income Credit Table, Form 1040 instructions (2025): rows of $50, computed at the middle of the row.
    Units:  dollars of the year; `joint` 1 for a joint return.
    Not modeled: identification rules; the product only asks whether the credit is above zero, and refuses such
            a return.
    Tests:  test_earned_income_credit_table_rows.
    """
    column = int(min(children, law.rate.size - 1.0))
    row_of_earnings = _middle_of_row(earned_income, law.table_step)
    row_of_agi = _middle_of_row(max(agi, earned_income), law.table_step)
    line_1 = law.rate[column] * min(row_of_earnings, law.earned_income_amount[column])  # 32(a)(1)
    start = law.phase_out_start[column] + joint * law.joint_addition[column]  # 32(b)(2)
    line_2 = law.phase_out_rate[column] * max(0.0, row_of_agi - start)  # 32(a)(2)
    top = law.rate[column] * law.earned_income_amount[column]
    return max(0.0, min(line_1, top - line_2)) if earned_income > 0.0 else 0.0


@provision
def _middle_of_row(income, step):  # type: ignore[no-untyped-def]
    """The middle of the row of the credit's table in which an income falls, IRC 32(f)(2)."""
    return (math.floor(max(0.0, income) / step) + MIDDLE) * step


@provision
def may_claim_earned_income_credit(children, age1, age2, investment_income, status_is_separate, law):  # type: ignore[no-untyped-def]
    """Whether age, investment income and filing status let a return claim the earned-income credit.

    Law:    IRC 32(c)(1)(A)(ii), (d), (i).
    Form:   Form 1040 instructions (2025), line 27a, Steps 1, 2 and 4.
    Units:  1 yes, 0 no; ages at the end of the year (0: no spouse).
    Not modeled: a separate filer with a child who lived apart, 32(d)(2), counts as able to claim: the return
            is refused.
    Tests:  test_childless_credit_needs_age_25_to_64.
    """
    of_age = (age1 >= law.minimum_age and age1 < law.maximum_age) or (
        age2 >= law.minimum_age and age2 < law.maximum_age
    )
    enough = children > 0.0 or (of_age and not status_is_separate)
    return 1.0 if enough and investment_income <= law.investment_income_limit else 0.0
