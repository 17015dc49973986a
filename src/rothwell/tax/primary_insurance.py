"""Primary insurance amount of a worker: from the earnings of a life to the monthly benefit at full retirement age."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from math import floor

from rothwell.law.figures import figure
from rothwell.law.indexing import Growth, series
from rothwell.law.lives import MONTHS, contribution_and_benefit_base

SLIVER = 1e-7  # of a dime or dollar: binary fractions below it are no reason to round down


def amount_of_earnings(
    birth_date: date, earnings: Mapping[int, float], died: int | None, year: int, growth: Growth
) -> tuple[float, int]:
    """The primary insurance amount of a worker with the earnings of a life so far, with the increases through a year,
    and the year of first eligibility: of age 62, or of death (None: lives) where it comes before.

    Law:    42 USC 414(a), 415(a), (b), (i).
    Units:  dollars a month of `year`, or of the year of eligibility where that is later; 0 for one who is not insured.
    Tests:  test_indexed_earnings_by_hand, test_forty_quarters_make_a_worker_insured.
    """
    eligible = eligible_year(birth_date)
    young = died is not None and died < eligible
    if not fully_insured(quarters_of_coverage(earnings, growth), birth_date, died if young else None):
        return 0.0, eligible
    first = died if died is not None and young else eligible
    average = average_indexed_monthly_earnings(earnings, first, computation_years(birth_date, first), growth)
    amount = primary_insurance_amount(average, first, growth)
    return with_cost_of_living(amount, first, max(first, year), growth), first


def year_of_age(birth_date: date, age: int) -> int:
    """The year in which an age is attained: on the day before the birthday.

    Law:    20 CFR 404.2(c)(4).
    Tests:  test_an_age_is_attained_on_the_day_before_the_birthday.
    """
    return (birth_date - timedelta(days=1)).year + age


def eligible_year(birth_date: date) -> int:
    """The year of first eligibility: that of age 62.

    Law:    42 USC 415(a)(3)(B).
    Tests:  test_an_age_is_attained_on_the_day_before_the_birthday.
    """
    return year_of_age(birth_date, int(fixed("claiming.earliest_age")))


def computation_years(birth_date: date, eligible: int) -> int:
    """How many of the highest years are averaged: 35, one less for each year by which death comes before age 62.

    Law:    42 USC 415(b)(2)(A), (B)(iii).
    Tests:  test_a_worker_who_dies_young_averages_fewer_years.
    """
    young = max(0, eligible_year(birth_date) - eligible)
    return max(int(fixed("pia.fewest_years")), int(fixed("pia.years_counted")) - young)


def average_indexed_monthly_earnings(
    earnings: Mapping[int, float], eligible: int, years_counted: int, growth: Growth
) -> float:
    """Average indexed monthly earnings: taxed earnings carried by the wage index to the second year before eligibility,
    later ones as they are; the highest years, spread over their months, down to a dollar.

    Law:    42 USC 415(b)(1), (2)(A), (3).
    Units:  dollars a month; `earnings` in dollars of each year, of which no more counts than the contribution base.
    Not modeled: years of disability left out, childcare dropout years, military wage credits, earnings before 1951.
    Tests:  test_primary_insurance_amounts_of_the_worksheet, test_indexed_earnings_by_hand.
    """
    wages = series("awi")
    base_year = eligible - int(fixed("pia.years_before_eligibility"))
    to, _ = wages.level(base_year, growth)
    indexed = []
    for year, amount in earnings.items():
        taxed = min(amount, contribution_and_benefit_base(year, growth))
        ratio = to / wages.level(year, growth)[0] if year < base_year else 1.0
        indexed.append(taxed * ratio)
    highest = sorted(indexed, reverse=True)[:years_counted]
    return floor(sum(highest) / (years_counted * MONTHS) + SLIVER)


def primary_insurance_amount(monthly_earnings: float, eligible: int, growth: Growth) -> float:
    """Primary insurance amount in the year of first eligibility: 90, 32 and 15 percent between the bend points.

    Law:    42 USC 415(a)(1)(A), (B).
    Units:  dollars a month of the year of eligibility, down to a dime.
    Not modeled: the special minimum, 42 USC 415(a)(1)(C); formulas before 1979.
    Tests:  test_primary_insurance_amounts_of_the_worksheet.
    """
    bend = figure("pia.bend_point")
    points = (bend.value(eligible, growth) if eligible >= bend.first_year else bend.by_rule(eligible, growth)).value
    first, second, third = fixed_list("pia.factor")
    line_1 = first * min(monthly_earnings, points[0])  # 415(a)(1)(A)(i)
    line_2 = second * max(0.0, min(monthly_earnings, points[1]) - points[0])  # 415(a)(1)(A)(ii)
    line_3 = third * max(0.0, monthly_earnings - points[1])  # 415(a)(1)(A)(iii)
    return down_to(line_1 + line_2 + line_3, fixed("pia.rounding"))


def with_cost_of_living(amount: float, after: int, through: int, growth: Growth) -> float:
    """A primary insurance amount of one year with the increases first paid in each later January.

    Law:    42 USC 415(i)(2)(A).
    Units:  dollars a month, down to a dime after each increase.
    Tests:  test_cost_of_living_increases_of_the_worksheet.
    """
    for year in range(after + 1, through + 1):
        amount = down_to(amount * (1.0 + cost_of_living(year, growth)), fixed("pia.rounding"))
    return amount


def cost_of_living(year: int, growth: Growth) -> float:
    """The increase first paid in January of a year: the announced one, else the assumed inflation.

    Law:    42 USC 415(i)(1).
    Tests:  test_cost_of_living_increases_of_the_worksheet.
    """
    known = figure("cola.rate")
    announced = year in known.values and year not in known.projected_years
    return float(known.values[year]) if announced else growth.inflation


def quarters_of_coverage(earnings: Mapping[int, float], growth: Growth) -> int:
    """Quarters of coverage of a life: one for each stated amount of a year's earnings, at most four a year.

    Law:    42 USC 413(a)(2), (d).
    Not modeled: wages of single quarters before 1978 (four times the amount of a quarter makes a whole year); the
            amount stays level when the wage index falls.
    Tests:  test_forty_quarters_make_a_worker_insured.
    """
    found, amount = 0, figure("quarter_of_coverage.amount")
    most, rule = int(fixed("quarter_of_coverage.in_a_year")), figure("quarter_of_coverage.in_a_year").first_year
    for year, earned in earnings.items():
        if year < rule:
            needed = fixed("quarter_of_coverage.before_1978")
        else:
            needed = float((amount.value(year, growth) if year >= amount.first_year else amount.by_rule(year)).value)
        found += min(most, int(earned // needed))
    return found


def fully_insured(quarters: int, birth_date: date, died: int | None) -> bool:
    """Whether a worker is fully insured: 40 quarters, fewer only for one who died before the year of 62.

    Law:    42 USC 414(a).
    Tests:  test_forty_quarters_make_a_worker_insured.
    """
    needed = fixed("quarter_of_coverage.to_be_insured")
    if died is not None:
        elapsed = died - 1 - year_of_age(birth_date, int(fixed("quarter_of_coverage.last_age_not_counted")))
        needed = min(needed, max(fixed("quarter_of_coverage.fewest"), elapsed))
    return quarters >= needed


def down_to(amount: float, step: float) -> float:
    """An amount rounded down to a multiple of a step.

    Law:    42 USC 415(a)(1)(A), (g), (i)(2)(A)(ii).
    Tests:  test_cost_of_living_increases_of_the_worksheet.
    """
    return floor(amount / step + SLIVER) / round(1.0 / step)


def fixed(name: str) -> float:
    """A figure that holds for all births and years of a plan."""
    known = figure(name)
    return float(known.values[max(known.values)])


def fixed_list(name: str) -> list[float]:
    """A figure of several numbers that holds for all births and years of a plan."""
    known = figure(name)
    return [float(one) for one in known.values[max(known.values)]]
