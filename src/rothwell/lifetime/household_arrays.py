"""From the household file to the arrays that the year loop reads."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rothwell import household as written
from rothwell.law import HEAD, JOINT, SINGLE, figure
from rothwell.lifetime.accounts import PEOPLE, STATE
from rothwell.lifetime.contributions import JOB
from rothwell.lifetime.employers import expected_acp, owner_row, shared_positions
from rothwell.lifetime.markets import YEARS_DRAWN, MarketAssumptions
from rothwell.lifetime.records import AMORTIZED, COUPLE, FLAT, PERSON, HouseholdArrays
from rothwell.mega_backdoor.plan_terms import no_plan, plan_of
from rothwell.tax.required_minimum import applicable_age, divisor

COMMUNITY_PROPERTY = frozenset({"AZ", "CA", "ID", "LA", "NV", "NM", "TX", "WA", "WI"})
"""States in which both halves of what a couple owns get a new basis at the first death, IRC 1014(b)(6)."""
_PLAN_KINDS = ("pre_tax_plan", "roth_plan", "after_tax_plan")


def market_assumptions(market: written.Market) -> MarketAssumptions:
    """The market as the household assumes it; the fixed market has no deviations."""
    random = market.kind == "lognormal"
    return MarketAssumptions(
        market.mean_return,
        market.deviation if random else 0.0,
        market.inflation,
        market.inflation_deviation if random else 0.0,
        market.growth,
    )


def years_of_plan(household: written.Household, start_year: int) -> int:
    """From the start year through the last year of the longest planned life."""
    return max(person.last_year for person in household.people) - start_year + 1


def last_years(household: written.Household, start_year: int, paths: int) -> NDArray[np.int64]:
    """The last year of each planned life, as an index from the start year, [path, person]; -1 for nobody."""
    ends = [person.last_year - start_year for person in household.people]
    return np.tile(np.array([*ends, *[-1] * (PEOPLE - len(ends))], dtype=np.int64), (paths, 1))


def statuses_of(household: written.Household) -> tuple[int, ...]:
    """The filing statuses that can occur in the household's life."""
    together = {"mfj": JOINT, "hoh": HEAD}.get(household.household.filing_status, SINGLE)
    return tuple(sorted({together, SINGLE}))


def children_under_17(household: written.Household, year: int) -> float:
    """How many children of the household the child tax credit counts in a year, IRC 24(c)(1)."""
    limit = float(figure("child_tax_credit.age_limit").value(year).value)
    return float(sum(0 <= year - child.birth_date.year < limit for child in household.children))


def household_arrays(household: written.Household, start_year: int) -> HouseholdArrays:
    """The household as the compiled year reads it."""
    years = years_of_plan(household, start_year)
    people, (jobs, growth) = _people(household), _jobs(household, start_year)
    couple = _couple(household, start_year, jobs)
    head = household.household.filing_status == "hoh"
    adult_age = _adult_age(start_year)
    ages = np.array(
        [[start_year + year - child.birth_date.year for child in household.children] for year in range(years)]
    )
    dependent = ((ages >= 0) & (ages < adult_age)).any(axis=1)
    goals = np.zeros(years)
    for goal in household.goals:
        if 0 <= goal.year - start_year < years:
            goals[goal.year - start_year] += goal.amount
    return HouseholdArrays(
        couple=couple,
        people=people,
        jobs=jobs,
        state=_state(household, start_year),
        status_together=JOINT if len(household.people) == PEOPLE else SINGLE,
        status_alone=np.where(dependent & head, HEAD, SINGLE).astype(np.int64),
        children=np.array([children_under_17(household, start_year + year) for year in range(years)]),
        goals=goals,
        wage_factors=(1.0 + growth[:, None]) ** np.arange(years),
        annuity=_annuities(household.beliefs.real_discount_for_spending),
        divisors=_divisors(household, start_year, years),
    )


def _adult_age(start_year: int) -> int:
    """A child below this age can make a head of household, IRC 152(c)(3)(A)(i)."""
    return int(figure("qualifying_child.age_limit").value(start_year).value)


def _annuities(real_rate: float) -> NDArray[np.float64]:
    """The cost of a dollar a year, paid in advance for n years, at a real rate, [n]."""
    discount = (1.0 + real_rate) ** -np.arange(YEARS_DRAWN + 1.0)
    return np.concatenate([[np.inf], np.cumsum(discount)])


def _couple(household: written.Household, start_year: int, jobs: NDArray[Any]) -> NDArray[Any]:
    spending, beliefs, market = household.spending, household.beliefs, household.market
    couple = np.zeros(1, COUPLE)
    row = couple[0]
    row.start_year = start_year
    row.living_cost = spending.living_cost or 0.0
    row.spending_rule = AMORTIZED if spending.rule == "amortized" else FLAT
    row.flat_spending = spending.flat_amount or 0.0
    row.deferred_weight = beliefs.deferred_weight
    row.cash_floor = spending.cash_floor
    row.taxable_fee = _fee(household, None, ("taxable",), market.taxable_fee)
    row.dividend_yield = market.dividend_yield
    row.spend_at_start = 1.0 if market.spending_timing == "start" else 0.0
    row.step_up_share = 1.0 if household.household.state in COMMUNITY_PROPERTY else 1.0 / PEOPLE
    row.heirs_tax_rate = beliefs.heirs_tax_rate
    row.amortize_to_age = beliefs.amortize_to_age
    row.first_retired = max((int(job.last_year) + 1 for job in jobs), default=0)
    return couple


def _fee(household: written.Household, owner: str | None, kinds: tuple[str, ...], default: float) -> float:
    """The fee of a kind of account: each account's own where given, weighted by balances."""
    of_kind = [one for one in household.accounts if one.kind in kinds and one.balance > 0.0]
    chosen = [one for one in of_kind if owner in (None, one.owner)]
    total = sum(one.balance for one in chosen)
    if total == 0.0:
        return default
    return sum((default if one.fee is None else one.fee) * one.balance for one in chosen) / total


def _people(household: written.Household) -> NDArray[Any]:
    people: NDArray[Any] = np.zeros(PEOPLE, PERSON)
    market = household.market
    for position, person in enumerate(household.people):
        row: Any = people[position]
        row.birth_year = person.birth_date.year
        row.claiming_age = np.inf
        row.pension_start = np.inf
        if person.social_security is not None:
            row.annual_benefit = person.social_security.annual_benefit
            row.claiming_age = person.social_security.claiming_age
        if person.pension is not None:
            row.pension = person.pension.annual_amount
            row.pension_start = person.pension.start_age
            row.pension_indexed = float(person.pension.cost_of_living)
        row.plan_fee = _fee(household, person.name, _PLAN_KINDS, market.plan_fee)
        row.ira_fee = _fee(household, person.name, ("traditional_ira",), market.ira_fee)
        row.roth_ira_fee = _fee(household, person.name, ("roth_ira",), market.ira_fee)
    people["claiming_age"][len(household.people) :] = np.inf
    people["pension_start"][len(household.people) :] = np.inf
    return people


def _jobs(household: written.Household, start_year: int) -> tuple[NDArray[Any], NDArray[np.float64]]:
    """The jobs still held in the start year, and the growth of each one's pay above the growth of wages."""
    names = [person.name for person in household.people]
    rows, growth = [], []
    employers: list[written.Job | written.Business] = []
    paid = written.paid_jobs(household.jobs)
    for job in household.jobs:
        person = names.index(job.person)
        retires = household.people[person].retirement_year
        row = np.zeros(1, JOB)[0]
        row.person = person
        row.last_year = (start_year if retires is None else retires) - start_year - 1
        row.pay, row.plan_pay = job.pay, job.plan_compensation
        row.prior_year_wages = job.pay if job.prior_year_wages is None else job.prior_year_wages
        if job.plan is None:
            row.plan = no_plan()
        else:
            row.plan = plan_of(job)
            row.planned_roth = float(job.plan.deferral_kind == "roth")
            row.moves_to_roth = float(job.plan.conversion != "none" or job.plan.in_service_rollover)
        row.acp_kept, row.acp_chance = expected_acp(household, job, start_year)
        row.paid, row.is_457b = float(job in paid), float(written.is_457b(job))
        row.governmental = float(job.plan is not None and job.plan.governmental)
        if row.last_year >= 0:
            rows.append(row)
            growth.append(job.growth)
            employers.append(job)
    for business in household.businesses:
        row = owner_row(household, business, start_year)
        if row.last_year >= 0:
            rows.append(row)
            growth.append(business.growth)
            employers.append(business)
    jobs = np.zeros(len(rows), JOB)
    for position, row in enumerate(rows):
        jobs[position] = row
    jobs["shares_with"] = shared_positions(household, employers, start_year)
    return jobs, np.array(growth)


def _state(household: written.Household, start_year: int) -> NDArray[Any]:
    """The accounts at the start, and the incomes that the Medicare premiums of the first two years look back to."""
    state = np.zeros(1, STATE)
    row = state[0]
    names = [person.name for person in household.people]
    fields = {"pre_tax_plan": row.pre_tax_plan, "traditional_ira": row.traditional_ira, "roth_plan": row.roth_plan}
    fields |= {"roth_ira": row.roth_ira, "after_tax_plan": row.after_tax}
    for account in household.accounts:
        if account.kind == "taxable":
            row.taxable += account.balance
            row.taxable_basis += account.basis or 0.0
        elif account.kind in fields:
            fields[account.kind][names.index(account.owner)] += account.balance
            if account.kind == "after_tax_plan":
                row.after_tax_basis[names.index(account.owner)] += account.basis or 0.0
    row.cash_per_dollar = 1.0
    eligible = float(figure("irmaa.eligible_age").value(start_year).value)
    look_back = row.magi.size  # years from an income to the premiums that rest on it, 42 USC 1395r(i)(4)(B)
    for position in range(look_back):
        year = start_year - 1 - position
        enrolled = any(person.age_in(year + look_back) >= eligible for person in household.people)
        magi = household.household.prior_magi.get(year)
        if magi is None and enrolled:
            raise household.source.error(
                "household.prior_magi",
                f"the Medicare premiums of {year + look_back} rest on the income of {year}",
                allowed=f"prior_magi = {{ {start_year - look_back} = ..., {start_year - 1} = ... }}",
            )
        row.magi[position] = magi or 0.0
        row.magi_status[position] = JOINT if len(names) == PEOPLE else SINGLE
    return state


def _divisors(household: written.Household, start_year: int, years: int) -> NDArray[np.float64]:
    """Divisors of required distributions, [spouse alive, person, year]; infinite before they begin."""
    divisors = np.full((1 + 1, PEOPLE, years), np.inf)
    people = household.people
    for position, person in enumerate(people):
        begins = applicable_age(person.birth_date)
        for year in range(years):
            age = person.age_in(start_year + year)
            if age >= begins:
                spouse = people[1 - position].age_in(start_year + year) if len(people) == PEOPLE else None
                divisors[0, position, year] = divisor(age, None)
                divisors[1, position, year] = divisor(age, spouse)
    return divisors
