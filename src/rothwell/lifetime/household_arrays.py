"""From the household file to the arrays that the year loop reads."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rothwell import household as written
from rothwell.law import HEAD, JOINT, SINGLE, SURVIVING, figure
from rothwell.law.community_property import community_property_states
from rothwell.law.states import POSTAL_LETTERS
from rothwell.lifetime.accounts import PEOPLE
from rothwell.lifetime.asset_mixes import Mixes, mixes_of
from rothwell.lifetime.benefits import benefit_tables
from rothwell.lifetime.bequest import YEARS_OF_HEIRS
from rothwell.lifetime.earnings_records import Span, yearly_earnings
from rothwell.lifetime.flow_records import flow_records
from rothwell.lifetime.health_records import health_record
from rothwell.lifetime.heir_records import OWN_RETURNS, charities_of, death_taxes, heir_statuses, heirs_of
from rothwell.lifetime.job_records import job_records
from rothwell.lifetime.markets import YEARS_DRAWN
from rothwell.lifetime.opening_state import opening_state
from rothwell.lifetime.people_records import fee_of_kind, people_records, required_divisors
from rothwell.lifetime.records import AMORTIZED, COUPLE, FLAT, GUARDRAILS, HouseholdArrays
from rothwell.lifetime.residences import residences

RULES = {"amortized": AMORTIZED, "guardrails": GUARDRAILS, "flat": FLAT}


def years_of_plan(household: written.Household, start_year: int) -> int:
    """From the start year through the last year of the longest life that can be."""
    return household.last_year - start_year + 1


def years_of_futures(household: written.Household, start_year: int) -> int:
    """Those of the plan, and those in which heirs draw what the last to die leaves."""
    return years_of_plan(household, start_year) + YEARS_OF_HEIRS


def statuses_of(household: written.Household) -> tuple[int, ...]:
    """The filing statuses that can occur in the household's life."""
    together = {"mfj": JOINT, "hoh": HEAD}.get(household.household.filing_status, SINGLE)
    widowed = (HEAD, SURVIVING) if together == JOINT and household.children else ()
    return tuple(sorted({together, SINGLE, *widowed, *heir_statuses(household)}))


def children_of_year(household: written.Household, year: int) -> tuple[float, float]:
    """How many children of the household the child tax credit counts in a year, and how many older ones are qualifying
    children.

    Law:    IRC 24(c)(1), (h)(4); 152(c)(3)(A): under 19, or under 24 and a student, as the file says.
    """
    limit = float(figure("child_tax_credit.age_limit").value(year).value)
    until = float(figure("qualifying_child.age_limit").value(year).value)
    ages = [(year - one.birth_date.year, one.dependent_until) for one in household.children]
    counted = [age for age, own in ages if 0 <= age < (until if own is None else own)]
    young = sum(age < limit for age in counted)
    return float(young), float(len(counted) - young)


def household_arrays(household: written.Household, start_year: int) -> HouseholdArrays:
    """The household as the compiled year reads it."""
    years = years_of_plan(household, start_year)
    mixes = mixes_of(household, start_year, years)
    people, (jobs, wage_factors, stock) = people_records(household, mixes), job_records(household, start_year, years)
    couple = _couple(household, start_year, jobs, mixes)
    head = household.household.filing_status == "hoh" or len(household.people) == PEOPLE
    children = np.array([children_of_year(household, start_year + year) for year in range(years)])
    dependent = children.sum(axis=1) > 0.0
    residence, state_law = residences(household, start_year, years, statuses_of(household))
    goals = np.zeros(years)
    for goal in household.goals:
        if 0 <= goal.year - start_year < years:
            goals[goal.year - start_year] += goal.amount
    span = Span(start_year, years, household.market.growth)
    benefits = benefit_tables(household, yearly_earnings(jobs, wage_factors, stock, span), span)
    heirs = heirs_of(household, start_year, years)
    return HouseholdArrays(
        couple=couple,
        people=people,
        jobs=jobs,
        state=opening_state(household, start_year),
        status_together=JOINT if len(household.people) == PEOPLE else SINGLE,
        status_alone=np.where(dependent & head, HEAD, SINGLE).astype(np.int64),
        status_widowed=np.where(dependent, SURVIVING, SINGLE).astype(np.int64),
        children=children[:, 0].copy(),
        older_children=children[:, 1].copy(),
        incomes=flow_records(household, household.incomes, start_year),
        costs=flow_records(household, household.costs, start_year),
        health=health_record(household, start_year),
        residence=residence,
        state_law=state_law,
        death_tax=death_taxes(household, start_year, years),
        heirs=heirs.records,
        heirs_state_law=heirs.state_law,
        heir_years=heirs.years,
        heir_limited=heirs.limited,
        heir_divisors=heirs.divisors,
        step_up_share=_step_up_share(household, [POSTAL_LETTERS[place] for place in residence["state"]]),
        goals=goals,
        wage_factors=wage_factors,
        stock=stock,
        annuity=annuities([household.beliefs.real_discount_for_spending]),
        divisors=required_divisors(household, start_year, years),
        income_rates=_income_rates(household.market, mixes, years),
        benefits_together=benefits.together,
        benefits_second=benefits.second,
        benefits_alone=benefits.alone,
    )


def _income_rates(market: written.Market, mixes: Mixes, years: int) -> NDArray[np.float64]:
    """Dividends, interest of bonds and share of cash of a dollar in the taxable account, [year, 3]."""
    if not mixes.weights.size:
        return np.tile(np.array([market.dividend_yield, market.interest_yield, 0.0]), (years, 1))
    return np.asarray(mixes.weights[mixes.of_taxable] * np.array([market.dividend_yield, market.bond_yield, 1.0]))


def _step_up_share(household: written.Household, states: list[str]) -> NDArray[np.float64]:
    """The part of the taxable account's gain that goes at the first death: half, and both halves of community property.

    Law:    IRC 1014(a), (b)(6), 2040(b).
    """
    given = household.household.community_property
    community = [float(state in community_property_states()) if given is None else given for state in states]
    return np.array(community) / PEOPLE + 1.0 / PEOPLE


def annuities(real_rates: ArrayLike) -> NDArray[np.float64]:
    """The cost of a dollar a year, paid in advance for n years, at each real rate, [rate, n]."""
    rates = np.asarray(real_rates, dtype=np.float64)[:, None]
    discount = (1.0 + rates) ** -np.arange(YEARS_DRAWN + 1.0)
    return np.concatenate([np.full(rates.shape, np.inf), np.cumsum(discount, axis=1)], axis=1)


def _couple(household: written.Household, start_year: int, jobs: NDArray[Any], mixes: Mixes) -> NDArray[Any]:
    spending, beliefs, market = household.spending, household.beliefs, household.market
    couple = np.zeros(1, COUPLE)
    row = couple[0]
    row.start_year = start_year
    row.living_cost = spending.living_cost or 0.0
    row.spending_rule = RULES[spending.rule]
    row.flat_spending = spending.flat_amount or 0.0
    row.guardrail_step = spending.guardrail_step
    row.cash_floor = spending.cash_floor
    row.taxable_fee = fee_of_kind(household, None, ("taxable",), market.taxable_fee)
    row.qualified_share = household.taxable_account.qualified_share
    row.turnover = household.taxable_account.turnover
    row.short_term_share = household.taxable_account.short_term_share
    row.taxable_mix, row.cash_mix = mixes.of_taxable, mixes.cash
    row.spend_at_start = 1.0 if market.spending_timing == "start" else 0.0
    row.heirs_tax_rate = OWN_RETURNS if beliefs.heirs_tax_rate is None else beliefs.heirs_tax_rate
    row.taxable_gifts = household.household.taxable_gifts
    row.portable_exclusion = household.household.unused_exclusion
    for name, share in charities_of(household).items():
        row[name] = share
    each = household.people
    saves_for_health = [person for person in each if person.hsa is not None and person.hsa.every_year]
    row.outside_plans = float(bool(saves_for_health) or any(person.ira.every_year == "backdoor" for person in each))
    held = any(account.kind == "hsa" and account.balance > 0.0 for account in household.accounts)
    row.has_hsa = float(held or bool(saves_for_health))
    row.people = len(household.people)
    row.surviving_years = float(figure("surviving_spouse.years").value(start_year).value)
    row.first_retired = max((int(job.last_year) + 1 for job in jobs), default=0)
    return couple
