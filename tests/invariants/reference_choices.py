"""What a strategy asks for in a year, in plain Python: levels of income up to which it converts, harvests and draws."""

from __future__ import annotations

import math
from typing import Any

from rothwell.provision import plainly
from rothwell.tax.marginal_rates import income_related_premiums
from tests.invariants.reference_cash import income, largest, smallest_enough, tried
from tests.invariants.reference_year import (
    ADJUSTED_GROSS,
    NOTHING,
    ORDINARY,
    PEOPLE,
    TAXABLE,
    Place,
    Trial,
    Year,
)

NO_BRACKET = -1
BELOW_A_TIER = 0.01  # dollars
NO_GAIN = 1e-6  # dollars


def ask(strategy: Any, year: Year, begun: bool, benefits: float, place: Place | None) -> None:
    """The levels of a year after work; a year of work has none. `place` is where a conversion by rate is to end, if
    that is not to be found."""
    harvest_level = strategy.gain_harvest * year.law.capital_gains.zero_rate_top[year.status]
    year.harvest_level = harvest_level if benefits <= 0.0 else 0.0
    year.pre_tax_beside = strategy.deferred_share
    if strategy.deferred_first != NO_BRACKET:
        year.pre_tax_first = _deferred_up_to_a_bracket(year, int(strategy.deferred_first))
    if strategy.fill_bracket != NO_BRACKET and not begun:
        year.fill = place or (ORDINARY, end_of_bracket(year, int(strategy.fill_bracket)))
    rate = strategy.rate_after_claiming if benefits > 0.0 else strategy.rate_before_claiming
    rate = strategy.rate_after_rmds if begun else rate
    if rate > 0.0:
        year.gains = _gains_by_place(year, rate)
        best = max(year.gains, key=lambda one: year.gains[one])
        year.fill = place or (best if year.gains[best] > NO_GAIN else (NOTHING, 0.0))


def end_of_bracket(year: Year, bracket: int) -> float:
    """Where a bracket ends; the last one has no end."""
    law = year.law.rate_schedule
    return float(law.bracket_top[year.status, bracket]) if bracket + 1 < len(law.rate) else math.inf


def _deferred_up_to_a_bracket(year: Year, bracket: int) -> float:
    """Tax-deferred money that brings ordinary income to the end of a bracket if nothing is sold."""
    paying = year.estate.taxable.value if year.pays_on is None else year.pays_on
    dividends = year.dividend_yield * paying
    required = sum(year.rmd(who) for who in PEOPLE)
    level = end_of_bracket(year, bracket)
    facts = year.facts._replace(
        taxable_interest=year.interest_yield * paying + year.investment_income,
        ordinary_dividends=dividends,
        qualified_dividends=year.qualified_share * dividends,
    )

    def fits(amount: float) -> bool:
        return income(ORDINARY, facts._replace(ira_distributions=required + amount), year) <= level

    return largest(fits, dict(year.rooms)["pre-tax"])


def _gains_by_place(year: Year, rate: float) -> dict[Place, float]:
    """What a conversion gains by each place where it may end, at the withdrawal that the year needs without one: `rate`
    times the conversion less its whole cost, the Medicare premiums of two years later included."""
    law, oldest = year.law, max(year.facts.age1, year.facts.age2)
    without = smallest_enough(year)
    cheaper = [bracket for bracket, one in enumerate(law.rate_schedule.rate) if one < rate]
    places = [(ORDINARY, end_of_bracket(year, bracket)) for bracket in reversed(cheaper)] + [(ORDINARY, 0.0)]
    places.append((TAXABLE, law.capital_gains.zero_rate_top[year.status]))
    places.append((TAXABLE, law.capital_gains.fifteen_rate_top[year.status]))
    places.append((ADJUSTED_GROSS, law.net_investment_income.threshold[year.status] - BELOW_A_TIER))
    if oldest >= law.senior_deduction.age:
        places.append((ADJUSTED_GROSS, law.senior_deduction.magi_start[year.status]))
    if oldest + law.irmaa.lookback_years >= law.irmaa.eligible_age:
        places += [(ADJUSTED_GROSS, tier - BELOW_A_TIER) for tier in law.irmaa.threshold[year.status]]

    def cost(trial: Trial) -> float:
        later = plainly(income_related_premiums)(trial.form, year.facts, year.status, law)
        return float(trial.form.total_tax + trial.state_tax + trial.local_tax + later)

    gains: dict[Place, float] = {}
    widest = None  # the return with the largest conversion worth a look
    for place in places:
        if widest is None or place[0] == ORDINARY or place[1] < _measured(place[0], widest):
            year.fill = place
            trial = tried(year, without.raised)
            widest = widest or trial.form
            gains[place] = rate * trial.conversion - (cost(trial) - cost(without))
    year.fill = (NOTHING, 0.0)
    return gains


def _measured(measure: str, form: Any) -> float:
    return float(form.agi if measure == ADJUSTED_GROSS else form.taxable_income)
