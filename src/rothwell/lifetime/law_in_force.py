"""The law in force in a path's year beyond the figures of its regime: drifting rates and one-way shocks.

Everything here is known in its year and not before. What no landscape asks for costs a comparison.
"""

from __future__ import annotations

import math

from rothwell.law.indexing import CHAINED_PRICES
from rothwell.law.landscape_shocks import (
    CONVERSION_BAN,
    MEGA_BACKDOOR_BAN,
    ROTH_DISTRIBUTION_REQUIRED,
    SOCIAL_SECURITY_CUT,
    STEP_UP_REPEAL,
)
from rothwell.lifetime.accounts import PEOPLE, pre_tax_balance, roth_balance
from rothwell.lifetime.roth_layers import take_roth_ira, take_roth_plan
from rothwell.provision import provision


@provision
def move_rates(law, points, path, year):  # type: ignore[no-untyped-def]
    """Add a path's points of the year to the rates of its regime: none falls below zero, and zero stays zero.

    Units:  fractions; `points` [path, year, series] is empty where nothing drifts.
    Tests:  test_points_move_every_rate_above_zero_and_none_below_zero.
    """
    if points.shape[0] > 0:
        rates, gains = law.rate_schedule.rate, law.capital_gains.rate
        for bracket in range(rates.size):
            moved = max(0.0, rates[bracket] + points[path, year, bracket])
            rates[bracket] = moved if rates[bracket] != 0.0 else 0.0
        for step in range(gains.size):
            moved = max(0.0, gains[step] + points[path, year, rates.size])
            gains[step] = moved if gains[step] != 0.0 else 0.0


@provision
def shocks_in_force(y, year, from_year, terms, levels):  # type: ignore[no-untyped-def]
    """What the one-way shocks in force change in a year, the same for every strategy.

    Law:    H.R. 5376 as passed by the House on 19 November 2021 (not enacted), sections 138301, 138302 and 138311, for
            the first three kinds; a cut of benefits and a repeal of IRC 1014 have no bill in mind.
    Units:  `from_year` [kind] counts from the start year; dollars of the year, indexed by the path's prices.
    Not modeled: rounding of the indexed amounts of a shock; transition rules within its first year.
    Tests:  test_amounts_of_a_shock_follow_the_prices_of_the_path,
            test_benefits_are_cut_from_the_year_on_and_old_benefits_are_spared,
            test_no_after_tax_contribution_from_the_year_of_the_ban_on.
    """
    banned = year >= from_year[MEGA_BACKDOOR_BAN]
    y.after_tax_allowed = 0.0 if banned else 1.0
    y.old_after_tax_allowed = terms.spares_old[MEGA_BACKDOOR_BAN] if banned else 1.0
    y.conversion_income_limit = math.inf
    if year >= from_year[CONVERSION_BAN]:
        growth = _growth_of_amounts(levels, year, terms.income_since)
        y.conversion_income_limit = terms.taxable_income_over[int(y.status)] * growth
    y.balance_limit = math.inf
    y.roth_first_limit = math.inf
    if year >= from_year[ROTH_DISTRIBUTION_REQUIRED]:
        growth = _growth_of_amounts(levels, year, terms.balance_since)
        y.balance_limit = terms.balance_over * growth
        y.roth_first_limit = terms.roth_first_over * growth
    y.step_up_repealed = 1.0 if year >= from_year[STEP_UP_REPEAL] else 0.0
    cut = year >= from_year[SOCIAL_SECURITY_CUT]
    y.benefits_kept = terms.benefits_kept if cut else 1.0
    y.benefits_spared_in = from_year[SOCIAL_SECURITY_CUT] - 1 if terms.spares_old[SOCIAL_SECURITY_CUT] > 0.0 else -1


@provision
def _growth_of_amounts(levels, year, since):  # type: ignore[no-untyped-def]
    """Growth of an amount: chained prices of the year before over those of the year in whose dollars it stands."""
    return levels[max(since, year - 1), CHAINED_PRICES] / levels[since, CHAINED_PRICES]


@provision
def remember_the_old(state, year, from_year, terms):  # type: ignore[no-untyped-def]
    """On the first day of a shock that spares the old, note what is old: the gain and the balances of that day.

    Tests:  test_the_old_gain_is_stepped_up_still, test_the_old_balance_is_spared.
    """
    if year == from_year[STEP_UP_REPEAL]:
        gain = max(0.0, state.taxable - state.taxable_basis)
        state.old_gain = terms.spares_old[STEP_UP_REPEAL] * gain
    if year == from_year[ROTH_DISTRIBUTION_REQUIRED]:
        for person in range(PEOPLE):
            held = pre_tax_balance(state, person) + roth_balance(state, person) + state.after_tax[person]
            state.old_balance[person] = terms.spares_old[ROTH_DISTRIBUTION_REQUIRED] * held


@provision
def large_balance_distributions(y, state, terms):  # type: ignore[no-untyped-def]
    """What large balances require beyond the ordinary distributions: from Roth accounts first, untaxed.

    Law:    H.R. 5376 of November 2021 (not enacted), section 138302: the excess over the second amount as far as Roth
            accounts hold it, and half of what then exceeds the first amount, less the year's ordinary distributions.
    Units:  dollars of the year, from the balances of the last 31 December, each person apart, at any age; Roth money is
            taken out at once, the rest with the year's required distributions.
    Not modeled: the bill asks only those whose taxable income is above 400,000 dollars (single), 425,000 (head of
            household) or 450,000 (joint); here everybody with such balances. A required Roth distribution counts as
            qualified. The limit on IRA contributions of such persons.
    Tests:  test_large_balances_are_distributed_as_the_bill_says.
    """
    if y.balance_limit < math.inf:
        for person in range(PEOPLE):
            pre_tax, roth = pre_tax_balance(state, person), roth_balance(state, person)
            held = pre_tax + roth + state.after_tax[person]
            above_second = max(0.0, held - max(y.roth_first_limit, state.old_balance[person]))
            first = min(roth, above_second)
            excess = max(0.0, held - first - max(y.balance_limit, state.old_balance[person]))
            rest = max(0.0, terms.share_of_excess * excess - y.rmd[person])
            from_roth = first + min(roth - first, rest)
            y.rmd_roth[person] = from_roth
            if from_roth > 0.0:
                share = min(1.0, from_roth / roth)
                from_plan = share * state.roth_plan[person]
                take_roth_ira(state, person, share * state.roth_ira[person], int(y.place))
                take_roth_plan(state, person, from_plan)
            _require_more(y, state, person, rest - (from_roth - first))


@provision
def _require_more(y, state, person, more):  # type: ignore[no-untyped-def]
    """More of the tax-deferred money of a person is required, pro rata from plans that have been left and IRAs.

    Not modeled: such money in the plan of a present employer, which gives nothing here.
    """
    plans = state.former_plan[person] + y.rmd_of_present[person] * state.pre_tax_plan[person]
    all_money = plans + state.traditional_ira[person]
    left = max(0.0, all_money - y.rmd[person])
    if more > 0.0 and left > 0.0:
        share = min(more, left) / left
        y.rmd[person] += share * left
        y.rmd_plan[person] += share * max(0.0, plans - y.rmd_plan[person])


@provision
def stepped_up_part(y, state):  # type: ignore[no-untyped-def]
    """The part of the taxable gain that a death steps up: all of it, or under a repeal the old gain that is spared.

    Law:    IRC 1014(a); its repeal is a shock.
    Tests:  test_the_old_gain_is_stepped_up_still.
    """
    gain = state.taxable - state.taxable_basis
    spared = min(state.old_gain, gain) / gain if gain > 0.0 else 0.0
    return spared if y.step_up_repealed > 0.0 else 1.0


@provision
def tax_on_inherited_gain(y, state, law):  # type: ignore[no-untyped-def]
    """What heirs pay on gain that no step-up took away, at the middle rate on gains of the law in force.

    Law:    IRC 1(h)(1)(C) (15 percent in current law) on the basis taken over.
    Units:  dollars of the year.
    Not modeled: the heirs' own rate on gains, the 3.8% tax, exempt amounts, sales put off by the heirs.
    Tests:  test_heirs_pay_on_the_gain_once_the_step_up_is_repealed.
    """
    gain = max(0.0, state.taxable - state.taxable_basis)
    return (1.0 - stepped_up_part(y, state)) * gain * law.capital_gains.rate[1]
