"""The premium tax credit for coverage bought on an exchange."""

from __future__ import annotations

import math
from typing import NamedTuple

from rothwell.law.figures import SEPARATE_APART
from rothwell.provision import provision


class PremiumTaxCredit(NamedTuple):
    """The credit of a year in dollars: allowed in all, paid beyond the advance, and advance to repay.

    net         Form 8962, line 26
    repayment   Form 8962, line 29
    """

    credit: float
    net: float
    repayment: float


@provision
def premium_tax_credit(facts, magi, people, status, law):  # type: ignore[no-untyped-def]
    """The premium tax credit of a year of full coverage (Form 8962).

    Law:    IRC 36B(a) to (d), (f).
    Form:   Form 8962 (2025), lines 1 to 29.
    Units:  dollars of the year; `magi` is AGI, tax-exempt interest and untaxed benefits; `people` the tax family; `law`
            the section of the credit. The income ratio is not cut to whole percents nor the percentage rounded to four
            places, as the form has it: the statute does neither, and a slope would be lost.
    Not modeled: months without coverage, Alaska and Hawaii, incomes below the poverty line with advance payments, the
            exceptions for separate filers; the circle with the deduction for the self-employed's premiums.
    Tests:  test_official_premium_credit_examples, test_the_credit_ends_at_four_times_the_poverty_line.
    """
    line_4 = poverty_line(people, law)  # 36B(d)(3)
    line_5 = max(0.0, magi) / line_4  # household income over the poverty line, 36B(b)(3)(A)
    line_7 = _applicable_percentage(line_5, law)  # applicable figure, 36B(b)(3)(A)
    line_8a = line_7 * max(0.0, magi)  # contribution, 36B(b)(2)(B)(ii)
    line_11d = max(0.0, facts.benchmark_premium - line_8a)  # 36B(b)(2)(B)
    line_11e = min(facts.marketplace_premiums, line_11d)  # 36B(b)(2)
    enough = 1.0 if line_5 >= 1.0 else 0.0  # 36B(c)(1)(A)
    not_too_much = 1.0 if line_5 <= law.income_limit else 0.0  # 36B(c)(1)(A)
    together = 0.0 if status >= SEPARATE_APART else 1.0  # joint return of the married, 36B(c)(1)(C)
    line_24 = line_11e * enough * not_too_much * together  # 36B(a)
    line_25 = facts.advance_premium_credit  # 36B(f)(1)
    line_26 = max(0.0, line_24 - line_25)  # net credit, 36B(f)(1)
    line_27 = max(0.0, line_25 - line_24)  # excess advance payment, 36B(f)(2)(A)
    line_28 = _repayment_limit(line_5, status, law)  # 36B(f)(2)(B)
    line_29 = min(line_27, line_28)  # 36B(f)(2)
    return PremiumTaxCredit(line_24, line_26, line_29)


@provision
def _applicable_percentage(ratio, law):  # type: ignore[no-untyped-def]
    """The share of income that a family is to pay, by its income as a multiple of the poverty line.

    Law:    IRC 36B(b)(3)(A); within a tier in a straight line.
    """
    percentage = law.initial_percentage[0]  # 36B(b)(3)(A)(i)
    last = law.poverty_ratio.size - 1  # the tier without an upper end
    for tier in range(last):  # tiers from the lowest on
        lower, upper = law.poverty_ratio[tier], law.poverty_ratio[tier + 1]  # 36B(b)(3)(A)(i), the table
        within = (min(ratio, upper) - lower) / (upper - lower)  # 36B(b)(3)(A)(i)
        rise = law.final_percentage[tier] - law.initial_percentage[tier]  # 36B(b)(3)(A)(i), the table
        in_tier = law.initial_percentage[tier] + rise * within  # 36B(b)(3)(A)(i)
        percentage = in_tier if ratio >= lower else percentage
    top = law.initial_percentage[last]  # 36B(b)(3)(A)(i), the table
    return top if ratio >= law.poverty_ratio[last] else percentage


@provision
def _repayment_limit(ratio, status, law):  # type: ignore[no-untyped-def]
    """The most of an excess advance payment that is repaid (Form 8962, Table 5).

    Law:    IRC 36B(f)(2)(B); repealed from 2026 by P.L. 119-21, section 71305.
    """
    limit = math.inf  # none, 36B(f)(2)(A)
    last = law.repayment_ratio.size - 1  # the highest tier
    for place in range(law.repayment_ratio.size):  # tiers from the highest on
        of_tier = law.repayment_limit[status, last - place]  # 36B(f)(2)(B)(i), the table
        limit = of_tier if ratio < law.repayment_ratio[last - place] else limit
    return limit


@provision
def premium_credit_ends(people, law):  # type: ignore[no-untyped-def]
    """The income (MAGI) above which there is no premium tax credit, infinite where the law has no such limit.

    Law:    IRC 36B(c)(1)(A).
    Tests:  test_the_credit_ends_at_four_times_the_poverty_line.
    """
    return law.income_limit * poverty_line(people, law)


@provision
def poverty_line(people, law):  # type: ignore[no-untyped-def]
    """The poverty line of a tax family, that of the year before.

    Law:    IRC 36B(d)(3); the guidelines of HHS for the 48 states.
    Units:  dollars.
    Tests:  test_the_credit_ends_at_four_times_the_poverty_line.
    """
    return law.poverty_line_one + law.poverty_line_each_more * max(0.0, people - 1.0)
