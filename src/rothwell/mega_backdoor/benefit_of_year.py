"""A person's Social Security benefit of this year, for the year's expected return."""

from __future__ import annotations

from rothwell.household import Person
from rothwell.law import Growth
from rothwell.law.lives import MONTHS
from rothwell.tax.claiming import claiming_month, full_retirement_month, months_credited, retirement_share
from rothwell.tax.primary_insurance import amount_of_earnings


def benefit_of_year(person: Person, year: int, growth: Growth) -> float:
    """What a person's own retirement benefit pays in a year; a month's benefit is paid in the month after it.

    Law:    42 USC 402(a), (q), (w).
    Units:  dollars of the start year.
    Not modeled: on the desk, a spouse's or survivor's benefit and what the earnings test withholds.
    Tests:  test_the_desk_counts_the_months_that_a_benefit_is_paid.
    """
    benefit, born = person.social_security, person.birth_date
    if benefit is None:
        return 0.0
    claimed = claiming_month(born, benefit.claiming_age, benefit.claiming_months)
    paid = min(MONTHS, max(0, MONTHS * (year + 1) - 1 - claimed))
    if benefit.annual_benefit is not None:
        return benefit.annual_benefit * paid / MONTHS
    amount = benefit.pia or 0.0
    if benefit.earnings is not None and paid:
        amount, _ = amount_of_earnings(born, benefit.earnings, None, year, growth)
    return amount * retirement_share(claimed, full_retirement_month(born), months_credited(claimed, born)) * paid
