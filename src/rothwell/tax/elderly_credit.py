"""The credit for the elderly."""

from __future__ import annotations

from rothwell.law.figures import JOINT, SEPARATE_TOGETHER
from rothwell.provision import provision


@provision
def elderly_credit(facts, agi, taxable_benefits, tax, status, law):  # type: ignore[no-untyped-def]
    """The credit for the elderly (Schedule R, line 22).

    Law:    IRC 22(a), (b)(1), (c)(1), (2)(A), (3)(A), (d), (e)(1).
    Form:   Schedule R (Form 1040) (2025), lines 10 to 22.
    Units:  dollars of the year; `taxable_benefits` Form 1040, line 6b; `tax` the tax that the credit may use up; `law`
            the section of the credit.
    Not modeled: the credit of people under 65 who retired on disability, 22(b)(2), (c)(2)(B); pensions other than
            Social Security that another law than the Code exempts, 22(c)(3)(A)(ii); nonresident aliens, 22(f).
    Tests:  test_the_elderly_credit_by_the_statute, test_the_elderly_credit_of_separate_filers,
            test_the_elderly_credit_goes_before_the_others.
    """
    first = 1.0 if facts.age1 >= law.age else 0.0  # 22(b)(1)
    second = 1.0 if status == JOINT and facts.age2 >= law.age else 0.0  # the spouse of a joint return
    both = first * second  # 22(c)(2)(A)(ii)
    either = first + second - both  # 22(c)(2)(A)(i), (iii)
    may_claim = 0.0 if status == SEPARATE_TOGETHER else either  # married people file jointly or live apart, 22(e)(1)
    line_10 = law.initial_amount_of_two if both > 0.0 else law.initial_amount[status]  # 22(c)(2)(A)
    line_13c = facts.ss1 + facts.ss2 - taxable_benefits  # benefits that are not taxed, 22(c)(3)(A)(i)(I)
    line_14 = agi  # 22(d)
    line_15 = law.income_start[status]  # 22(d)(1) to (3)
    line_16 = max(0.0, line_14 - line_15)  # 22(d)
    line_17 = law.reduction_rate * line_16  # 22(d)
    line_18 = line_13c + line_17  # 22(c)(1)
    line_19 = max(0.0, line_10 - line_18)  # section 22 amount, 22(c)(1)
    line_20 = law.rate * line_19  # 22(a)
    line_21 = max(0.0, tax)  # 26(a)
    line_22 = may_claim * min(line_20, line_21)  # 22(a), 26(a)
    return line_22
