"""The child tax credit, with its refundable part, and the credit for other dependents."""

from __future__ import annotations

import math
from typing import NamedTuple

from rothwell.provision import provision


class CreditBase(NamedTuple):
    """What decides how much of the credit is used, in dollars.

    agi, tax        adjusted gross income; tax left after the credits that go before
    earned_income   IRC 32(c)(2)
    payroll_taxes   Schedule 8812, line 23
    earned_income_credit    of the same return, IRC 32
    """

    agi: float
    tax: float
    earned_income: float
    payroll_taxes: float
    earned_income_credit: float


class ChildTaxCredit(NamedTuple):
    """The two parts of the child tax credit, in dollars."""

    nonrefundable: float
    refundable: float


@provision
def child_tax_credit(facts, base, status, law):  # type: ignore[no-untyped-def]
    """The child tax credit, the credit for other dependents and the additional (refundable) child tax credit
    (Form 1040, lines 19 and 28).

    Law:    IRC 24(a), (b), (d), (h).
    Form:   Schedule 8812 (Form 1040) (2025), Parts I, II-A and II-B.
    Units:  dollars of the year; `base` a CreditBase; `law` the section of the credit.
    Not modeled: Puerto Rico; the other order of credits for those who also take credits for a home or adoption.
    Tests:  test_child_credit_phases_out_in_steps, test_refundable_part_of_the_child_credit.
    """
    children = facts.n_children_u17  # line 4, 24(c)(1)
    others = facts.n_older_children + facts.n_other_dependents  # line 6, 24(h)(4)
    line_5 = children * law.per_child  # 24(a), (h)(2)
    line_7 = others * law.other_dependent  # 24(h)(4)(A)
    line_8 = line_5 + line_7  # 24(a), (h)
    line_10 = max(0.0, base.agi - law.phase_out_start[status])  # 24(h)(3)
    line_11 = math.ceil(line_10 / law.phase_out_step) * law.phase_out_per_step  # 24(b)(1), "or fraction thereof"
    line_12 = max(0.0, line_8 - line_11)  # 24(b)(1)
    line_14 = min(line_12, max(0.0, base.tax))  # nonrefundable part, 26(a)
    line_16a = line_12 - line_14  # not used up by the tax, 24(d)(1)(A)
    line_16b = children * law.refundable_cap  # 24(h)(5)
    line_17 = min(line_16a, line_16b)  # 24(d)(1), (h)(5)
    line_20 = law.refundable_rate * max(0.0, base.earned_income - law.earned_income_floor)  # 24(d)(1)(B)(i)
    line_25 = max(0.0, base.payroll_taxes - base.earned_income_credit)  # 24(d)(1)(B)(ii)
    line_26 = max(line_20, line_25) if children >= law.payroll_tax_children else line_20  # 24(d)(1)(B)
    line_27 = min(line_17, line_26)  # refundable part, 24(d)(1)
    return ChildTaxCredit(line_14, line_27)
