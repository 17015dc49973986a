"""All elections of a year tried one by one, and the pay dates by counting days: written apart from the solver.

Everything here is worked out from the terms of the random case alone; nothing of the desk is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

LIMIT, ADDITIONS, PAY_LIMIT = 24_500.0, 72_000.0, 360_000.0  # Notice 2025-67


@dataclass(frozen=True)
class Case:
    """A random plan of Ann, 45, whose job begins so late in 2026 that few paychecks remain."""

    first_month: int
    pay: float
    bonus: float
    bonus_month: int
    elections_apply: bool
    tiers: tuple[tuple[float, float], ...]
    dollar_cap: float | None
    at_pay_limit: str
    planned: float | None
    true_up: bool
    step: str
    nonelective: float

    def text(self) -> str:
        """The [[jobs]] table."""
        tiers = ", ".join(f"{{ rate = {rate}, up_to = {up_to} }}" for rate, up_to in self.tiers)
        lines = ["[[jobs]]", 'person = "Ann"', 'employer = "Acme"', f"pay = {self.pay}", "prior_year_wages = 0"]
        lines += [f"start_date = 2026-{self.first_month:02}-01", "[jobs.plan]", "after_tax_contributions = true"]
        lines += [f"match = [{tiers}]", f'at_pay_limit = "{self.at_pay_limit}"', f'election_step = "{self.step}"']
        lines += [f"true_up = {str(self.true_up).lower()}", f"nonelective = {self.nonelective}"]
        lines += [] if self.dollar_cap is None else [f"match_dollar_cap = {self.dollar_cap}"]
        lines += [] if self.planned is None else [f"elective_deferral = {self.planned}"]
        lines += ["[jobs.pay_schedule]", 'frequency = "monthly"', "day = 20", 'weekend = "same"']
        if self.bonus:
            lines += ["[[jobs.bonuses]]", f"date = 2026-{self.bonus_month:02}-21", f"amount = {self.bonus}"]
            lines += [f"elections_apply = {str(self.elections_apply).lower()}"]
        return "\n".join(lines)


def paychecks_of(case: Case) -> tuple[np.ndarray, np.ndarray]:
    """What elections are taken from and what the plan counts, at each paycheck."""
    months = range(case.first_month, 13)
    regular = round((case.pay - case.bonus) / len(months), 2)
    rows = []
    for month in months:
        amount = regular if month < 12 else round(case.pay - case.bonus - regular * (len(months) - 1), 2)
        rows.append(((month, 20), amount, amount))
    if case.bonus:
        rows.append(((case.bonus_month, 21), case.bonus if case.elections_apply else 0.0, case.bonus))
    elected, counted, so_far = [], [], 0.0
    for _, amount, pay in sorted(rows):
        left = max(0.0, PAY_LIMIT - so_far)
        so_far += pay
        counted.append(pay if case.at_pay_limit == "nothing_stops" else min(pay, left))
        elected.append(min(amount, left) if case.at_pay_limit == "all_stops" else amount)
    return np.array(elected), np.array(counted)


def matched(case: Case, deferrals: np.ndarray, counted: np.ndarray | float) -> np.ndarray:
    """The match of amounts on the pay that counts, without the cap."""
    total, start = np.zeros(np.shape(deferrals)), 0.0
    for rate, up_to in case.tiers:
        top, bottom = up_to * counted, start * counted
        total = total + rate * (np.minimum(np.maximum(deferrals, bottom), top) - bottom)
        start = up_to
    return total


def most_match(case: Case) -> float:
    """The match of the year can be no more than the cap, nor, where nothing stops, than on pay up to the limit."""
    cap = np.inf if case.dollar_cap is None else case.dollar_cap
    if case.at_pay_limit == "nothing_stops":
        cap = min(cap, float(matched(case, np.array(1e9), min(case.pay, PAY_LIMIT))))
    return cap


def best_percents(case: Case, target: float) -> tuple[float, float]:
    """The most match and then the most deferrals of all percents with at most one change."""
    elected, counted = paychecks_of(case)
    step = {"1%": 100, "0.5%": 200}[case.step]
    percents = np.arange(step + 1) / step
    stops = target >= LIMIT
    best = (-1.0, -1.0)
    for change in range(1, len(elected) + 1):
        first, second = np.meshgrid(percents, percents, indexing="ij")
        used = np.zeros(first.shape)
        match = np.zeros(first.shape)
        for place, pay in enumerate(elected):
            wanted = np.floor((first if place < change else second) * pay * 100.0 + 0.5 + 1e-6) / 100.0
            taken = np.minimum(wanted, target - used) if stops else wanted
            match += matched(case, taken, counted[place])
            used += taken
        allowed = used <= target + 0.001
        match = np.minimum(np.round(match, 6), most_match(case))
        cents = np.where(allowed, np.floor(match * 100.0 + 0.5 + 1e-6), -1.0)
        top = cents.max()
        put_in = used[cents == top].max()
        best = max(best, (top / 100.0, round(float(put_in), 2)))
    return best


def best_dollars(case: Case, target: float, pieces: int) -> float:
    """The most match of all vectors of dollars, each a multiple of its paycheck's `pieces`-th part."""
    elected, counted = paychecks_of(case)
    grids = np.meshgrid(*(np.arange(pieces + 1) / pieces * pay for pay in elected), indexing="ij")
    total = sum(grids)
    match = sum(matched(case, grid, pay) for grid, pay in zip(grids, counted, strict=True))
    return float(np.minimum(np.where(total <= target + 0.001, match, -1.0), most_match(case)).max())


def counted_days(anchor: date, step: int, year: int) -> list[date]:
    """Every so many days from a date, forward and backward, within a year."""
    day, found = anchor, []
    while day.year >= year:
        day -= timedelta(step)
    while day.year <= year:
        found += [day] if day.year == year else []
        day += timedelta(step)
    return found
