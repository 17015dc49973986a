"""How much more income fits below the next threshold, in every year of every path, under the path's own law."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from rothwell.law.timeline import set_law_of_year
from rothwell.provision import kernel, provision

HEADROOMS = ("bracket", "medicare_premiums", "net_investment_income")
"""The thresholds: the top of the bracket, the next tier of the Medicare premiums, the 3.8% tax."""


class Incomes(NamedTuple):
    """What the years of a strategy's paths show: incomes [year, path], the filing status [path, year] (-1: nobody
    lives) and whether somebody's premiums will rest on the year [path, year]."""

    agi: Any
    ordinary_taxable_income: Any
    status: Any
    premiums_ahead: Any


@kernel
def headrooms(tables, levels, regime, incomes, scratch, results):  # type: ignore[no-untyped-def]
    """Fill results [headroom, year, path], dollars of the year; not a number where no threshold is ahead."""
    flat, amounts, law = scratch
    for path in range(regime.shape[0]):
        for year in range(regime.shape[1]):
            status = incomes.status[path, year]
            for kind in range(results.shape[0]):
                results[kind, year, path] = math.nan
            if status >= 0:
                set_law_of_year(flat, amounts, tables, regime[path, year], status, year, levels[path])
                agi, ordinary = incomes.agi[year, path], incomes.ordinary_taxable_income[year, path]
                results[0, year, path] = room_in_bracket(ordinary, status, law[0].rate_schedule)
                if incomes.premiums_ahead[path, year] > 0.0:
                    results[1, year, path] = room_below_tier(agi, status, law[0].irmaa)
                over = agi > law[0].net_investment_income.threshold[status]
                left = law[0].net_investment_income.threshold[status] - agi
                results[1 + 1, year, path] = math.nan if over else left


@provision
def room_in_bracket(ordinary_taxable_income, status, schedule):  # type: ignore[no-untyped-def]
    """Dollars of ordinary taxable income up to the top of the bracket; not a number in the highest.

    Law:    IRC 1(j)(2).
    Units:  dollars of the year.
    Not modeled: what of a deduction is unused where nothing is taxable; benefits that more income makes taxable.
    Tests:  test_headroom_by_hand.
    """
    room = math.nan
    for bracket in range(schedule.bracket_top.shape[1] - 1, -1, -1):
        ahead = schedule.bracket_top[status, bracket] - ordinary_taxable_income
        room = ahead if ahead > 0.0 else room
    return room


@provision
def room_below_tier(agi, status, irmaa):  # type: ignore[no-untyped-def]
    """Dollars of modified adjusted gross income up to the next tier of the Medicare premiums; not a number in the last.

    Law:    42 USC 1395r(i)(3), at the tiers of the income's own year.
    Units:  dollars of the year.
    Tests:  test_headroom_by_hand.
    """
    room = math.nan
    for tier in range(irmaa.threshold.shape[1] - 1, -1, -1):
        ahead = irmaa.threshold[status, tier] - agi
        room = ahead if ahead >= 0.0 else room
    return room
