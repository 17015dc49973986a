"""The ordinary rate schedules."""

from __future__ import annotations

from rothwell.provision import provision


@provision
def tax_by_rate_schedule(taxable_income, status, schedule):  # type: ignore[no-untyped-def]
    """Tax on ordinary taxable income by the rate schedule of the filing status.

    Law:    IRC 1(a)-(d), (j)(2).
    Form:   Tax Rate Schedules, Form 1040 instructions (2025).
    Units:  dollars of the year, unrounded.
    Not modeled: the Tax Table's $50 rows (a form convention; at most a few dollars).
    Tests:  test_official_form_1040_examples, test_tax_is_continuous_at_every_bracket.
    """
    tax = schedule.rate[0] * max(0.0, taxable_income)
    for bracket in range(schedule.rate.size - 1):
        step = schedule.rate[bracket + 1] - schedule.rate[bracket]
        tax += step * max(0.0, taxable_income - schedule.bracket_top[status, bracket])
    return tax


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
