"""The tax on what a child has without working, by the parents' rate."""

from __future__ import annotations

from rothwell.provision import provision
from rothwell.tax.rate_schedule import tax_by_rate_schedule


@provision
def tax_of_a_child(unearned, deduction, parents_rate, status, law):  # type: ignore[no-untyped-def]
    """Federal income tax of a dependent child who earns nothing, on ordinary income.

    Law:    IRC 1(g)(1), (3), (4), 63(c)(5)(A), 691(c).
    Form:   Form 8615 (2025), lines 1 to 18.
    Units:  dollars of the year; `deduction` itemized, where it is more than the standard deduction of a dependent;
            `parents_rate` the rate on the parents' next dollars; `law` the whole law of the year.
    Not modeled: the limit of IRC 68 on the deduction; parents whom the child's income lifts into another bracket,
            brothers and sisters with such income.
    Tests:  test_the_parents_rate_on_what_a_child_draws.
    """
    amount = law.unearned_income_of_children.amount
    line_2 = amount + max(amount, deduction)  # 1(g)(4)(A)(ii)
    line_3 = max(0.0, unearned - line_2)  # net unearned income, 1(g)(4)(A)
    line_4 = max(0.0, unearned - max(amount, deduction))  # taxable income, 63(c)(5)(A)
    line_5 = min(line_3, line_4)
    line_13 = parents_rate * line_5  # 1(g)(3)
    line_15 = tax_by_rate_schedule(line_4 - line_5, status, law.rate_schedule)  # 1(g)(1)(B)(i)
    line_17 = tax_by_rate_schedule(line_4, status, law.rate_schedule)  # 1(g)(1)(A)
    return max(line_13 + line_15, line_17)
