"""When a Social Security benefit is claimed, and what share of the primary insurance amount it then pays.

A month is counted from the year 0: twelve times the year, plus the month less one.
"""

from __future__ import annotations

from datetime import date, timedelta

from rothwell.law.lives import MONTHS, full_retirement_months
from rothwell.tax.primary_insurance import fixed


def month_of_age(birth_date: date, years: int, months: int = 0) -> int:
    """The month in which an age is attained: on the day before the birthday.

    Law:    20 CFR 404.2(c)(4).
    Tests:  test_an_age_is_attained_on_the_day_before_the_birthday.
    """
    eve = birth_date - timedelta(days=1)
    return MONTHS * (eve.year + years) + eve.month - 1 + months


def claiming_month(birth_date: date, years: int, months: int) -> int:
    """The first month of a retirement benefit claimed at an age; at 62, the first month throughout which one is 62.

    Law:    42 USC 402(a)(A), (B); 20 CFR 404.311.
    Tests:  test_nobody_is_paid_for_a_month_in_which_62_is_reached.
    """
    earliest = month_of_age(birth_date, int(fixed("claiming.earliest_age")))
    on_the_first = (birth_date - timedelta(days=1)).day == 1
    return max(month_of_age(birth_date, years, months), earliest if on_the_first else earliest + 1)


def full_retirement_month(birth_date: date) -> int:
    """The month in which full retirement age is attained.

    Law:    42 USC 416(l).
    Tests:  test_full_retirement_months_by_birth.
    """
    eve = birth_date - timedelta(days=1)
    return month_of_age(birth_date, 0, full_retirement_months(eve.year))


def full_month_of_survivor(birth_date: date) -> int:
    """The month in which a survivor's benefit is paid in full: for survivors the ages rise two years of birth later.

    Law:    42 USC 416(l)(1), (2): early retirement age is 62, for survivors 60.
    Tests:  test_full_retirement_months_by_birth.
    """
    eve = birth_date - timedelta(days=1)
    later = int(fixed("claiming.earliest_age") - fixed("claiming.survivor_earliest_age"))
    return month_of_age(birth_date, 0, full_retirement_months(eve.year - later))


def retirement_share(claimed: int, full: int, credited: int) -> float:
    """The share of the primary insurance amount that a worker's own benefit pays.

    Law:    42 USC 402(q)(1), (9) for the months before full retirement age; 402(w) for those after it.
    Units:  `claimed` and `full` are months; `credited` those after full retirement age for which nothing was paid.
    Not modeled: the smaller credits of births before 1943.
    Tests:  test_claiming_shares_of_the_worksheet.
    """
    early = max(0, full - claimed)
    first = min(early, int(fixed("claiming.first_reduction_months")))
    reduction = first * fixed("claiming.first_reduction")  # 402(q)(1)
    reduction += (early - first) * fixed("claiming.further_reduction")  # 402(q)(9)
    return 1.0 - reduction + credited * fixed("claiming.delayed_credit")  # 402(w)(6)(D)


def months_credited(claimed: int, birth_date: date) -> int:
    """The months of delayed credit of a benefit claimed in a month: from full retirement age, to 70 at most.

    Law:    42 USC 402(w)(2)(A).
    Tests:  test_claiming_shares_of_the_worksheet.
    """
    last = month_of_age(birth_date, int(fixed("claiming.latest_age_with_credit")))
    return max(0, min(claimed, last) - full_retirement_month(birth_date))


def spouse_share(claimed: int, full: int) -> float:
    """The share of a spouse's benefit that is left when it begins before full retirement age.

    Law:    42 USC 402(q)(1), (9): 25/36 of a percent for each of 36 months, then 5/12.
    Tests:  test_claiming_shares_of_the_worksheet.
    """
    early = max(0, full - claimed)
    first = min(early, int(fixed("claiming.first_reduction_months")))
    reduction = first * fixed("claiming.spouse_first_reduction")
    return 1.0 - reduction - (early - first) * fixed("claiming.further_reduction")


def survivor_share(claimed: int, birth_date: date) -> float:
    """The share of a survivor's benefit that is left when it begins before the survivor's full retirement age.

    Law:    42 USC 402(q)(1): 28.5 percent at 60, less by equal steps for each month after it.
    Tests:  test_claiming_shares_of_the_worksheet.
    """
    full = full_month_of_survivor(birth_date)
    longest = full - month_of_age(birth_date, int(fixed("claiming.survivor_earliest_age")))
    early = min(max(0, full - claimed), longest)
    return 1.0 - (1.0 - fixed("claiming.survivor_share_at_sixty")) * early / longest


def survivor_amount(amount: float, at_death: float, claimed_early: bool, share: float) -> float:
    """A survivor's benefit: the reduced amount, but where the deceased had claimed early no more than the larger of
    what was paid and 82.5 percent of the primary insurance amount.

    Law:    42 USC 402(e)(2)(A), (D), (f)(2)(A), (D).
    Units:  `amount` is the primary insurance amount of the deceased with delayed credits, `at_death` what was paid.
    Tests:  test_a_survivor_of_somebody_who_claimed_early_has_at_least_82_5_percent.
    """
    reduced = share * amount
    return min(reduced, max(at_death, fixed("claiming.survivor_minimum_share") * amount)) if claimed_early else reduced
