"""The year loop, compiled: every path, every strategy, the year in the order of the model.

Who pays what in a year: pay and payroll tax, premiums; contributions and match; required distributions; benefits;
conversions; spending and the withdrawal that meets it after the tax it causes; then growth, and death at year's end.
"""

from __future__ import annotations

import math

from rothwell.law.indexing import PRICES
from rothwell.law.timeline import set_law_of_year
from rothwell.lifetime.accounts import (
    PEOPLE,
    estate_after_tax,
    inherit,
    pre_tax_balance,
    roth_balance,
    spendable_wealth,
    take_pre_tax,
    take_roth,
    take_taxable,
    total_balance,
)
from rothwell.lifetime.benefits import (
    distributions_have_begun,
    pensions,
    premiums_of_year,
    required_distributions,
    social_security,
)
from rothwell.lifetime.contributions import contribute, convert_earlier_after_tax, cut_contributions, work
from rothwell.lifetime.records import AMORTIZED
from rothwell.lifetime.strategies import Observation, decide
from rothwell.lifetime.withdrawal import PASS_LIMIT, YearRule, measure_rooms, solve_withdrawal
from rothwell.mega_backdoor.conversion import converted_earnings
from rothwell.provision import kernel, provision
from rothwell.tax.facts import Parts
from rothwell.tax.rate_schedule import marginal_rate_of_schedule

ATTEMPTS = 2  # at the year's cash: with the contributions planned, and with those that the cash floor leaves
UNPAID_TOLERANCE = 0.005  # dollars: below half a cent the living cost counts as paid


@kernel
def simulate_paths(first, last, scenario, scratch):  # type: ignore[no-untyped-def]
    """Simulate the paths first..last-1 under every strategy; fills the scenario's results."""
    household, futures = scenario.household, scenario.futures
    for path in range(first, last):
        for position in range(scenario.strategies.size):
            scratch.states[position] = household.state[0]
        for year in range(futures.returns.shape[1]):
            living = 0
            for person in range(PEOPLE):
                living += 1 if year <= futures.last_year[path, person] else 0
            if living == 0:
                break
            status = household.status_together if living == PEOPLE else household.status_alone[year]
            regime = futures.regime[path, year]
            levels = futures.levels[path]
            set_law_of_year(scratch.law_flat, scratch.amounts, scenario.tables, regime, status, year, levels)
            _open_year(path, year, status, scenario, scratch)
            for position in range(scenario.strategies.size):
                _live_a_year(path, year, position, scenario, scratch)


@provision
def _open_year(path, year, status, scenario, scratch):  # type: ignore[no-untyped-def]
    """What a path's year is before anybody decides, the same for every strategy: lives, work, benefits, prices."""
    for slot in range(scratch.year_flat.size):
        scratch.year_flat[slot] = 0.0
    household, futures, law = scenario.household, scenario.futures, scratch.law[0]
    y, levels = scratch.year[0], futures.levels[path]
    y.year = household.couple[0].start_year + year
    y.status = status
    y.price_level = levels[year, PRICES]
    y.return_rate = futures.returns[path, year]
    y.regime = futures.regime[path, year]
    for person in range(PEOPLE):
        y.alive[person] = 1.0 if year <= futures.last_year[path, person] else 0.0
        y.age[person] = y.year - household.people[person].birth_year
    work(y, year, household, scratch.job_years, levels, law)
    y.benefits = social_security(y, household.people, levels, year)
    y.pension = pensions(y, household.people, levels, year)
    for slot in range(scratch.year_flat.size):
        scratch.opened_flat[slot] = scratch.year_flat[slot]


@provision
def _live_a_year(path, year, position, scenario, scratch):  # type: ignore[no-untyped-def]
    """One year of one path under one strategy."""
    household = scenario.household
    couple, law, facts = household.couple[0], scratch.law[0], scratch.facts[0]
    state, y = scratch.states[position], scratch.year[0]
    for slot in range(scratch.year_flat.size):
        scratch.year_flat[slot] = scratch.opened_flat[slot]
    for slot in range(scratch.facts_flat.size):
        scratch.facts_flat[slot] = 0.0
    opening = total_balance(state)
    allowed = 1.0 if year < scenario.futures.ban_from[path] else 0.0
    begun = distributions_have_begun(y, household.divisors, year)
    action = decide(Observation(y.jobs, begun, allowed), scenario.strategies[position])
    contribute(y, action, household.jobs, scratch.job_years)
    _leave_plans(y, state, allowed)
    required_distributions(y, state, household.people, household.divisors, year)
    y.premiums = premiums_of_year(y, state, law)
    _plan_spending(y, year, state, household)
    _fill_in_return(y, year, facts, household)
    earnings = convert_earlier_after_tax(y, state, action, couple.cash_floor, household.jobs, scratch.job_years)
    parts = _parts_of_year(y, facts, law)
    rule = _rule_of_year(y, state, action, earnings, parts, couple, household.people)
    if couple.spend_at_start <= 0.0:
        _grow(y, state, couple, household.people)
    measure_rooms(y, state, couple.cash_floor, law.early_distribution.age)
    left = _meet_spending(y, state, facts, rule, law)
    _move_money(y, state)
    if couple.spend_at_start > 0.0:
        _grow(y, state, couple, household.people)
    _add_new_money(y, state, couple, household.people)
    _close(y, state, opening, law)
    unpaid = 1.0 if y.jobs > 0.0 and left < -UNPAID_TOLERANCE else 0.0
    _record(path, year, position, scenario.results, scratch, unpaid)
    _end_lives(y, year, path, position, scenario, state)


@provision
def _leave_plans(y, state, allowed):  # type: ignore[no-untyped-def]
    """Somebody without a job moves after-tax money out of the plan: the contributions to a Roth IRA, earnings to a
    traditional IRA.

    Law:    Notice 2014-54; IRC 402(c)(2); under a ban of such moves the contributions are paid out untaxed.
    """
    for person in range(PEOPLE):
        if y.pay[person] == 0.0 and state.after_tax[person] > 0.0:
            basis = min(state.after_tax[person], state.after_tax_basis[person])
            state.traditional_ira[person] += state.after_tax[person] - basis
            state.roth_ira[person] += allowed * basis
            state.taxable += (1.0 - allowed) * basis
            state.taxable_basis += (1.0 - allowed) * basis
            state.after_tax[person] = 0.0
            state.after_tax_basis[person] = 0.0


@provision
def _plan_spending(y, year, state, household):  # type: ignore[no-untyped-def]
    """Spending of the year: the living cost while anybody works, then the spending rule, from what is known today."""
    couple = household.couple[0]
    youngest = math.inf
    for person in range(PEOPLE):
        youngest = min(youngest, y.age[person]) if y.alive[person] > 0.0 else youngest
    years_left = int(max(1.0, couple.amortize_to_age - youngest + 1.0))
    wealth = spendable_wealth(state, couple.deferred_weight)
    amortized = y.benefits + y.pension + wealth / household.annuity[years_left]
    flat = couple.flat_spending * y.price_level
    retired = amortized if couple.spending_rule == AMORTIZED else flat
    y.spending = couple.living_cost * y.price_level if y.jobs > 0.0 else retired
    y.goals = household.goals[year] * y.price_level
    after_tax = y.after_tax[0] + y.after_tax[1]
    deferrals = y.deferral_pre_tax[0] + y.deferral_pre_tax[1] + y.deferral_roth[0] + y.deferral_roth[1]
    income = y.pay[0] + y.pay[1] + y.benefits + y.pension + y.rmd[0] + y.rmd[1]
    y.cash_fixed = income - deferrals - after_tax - y.payroll_tax - y.premiums - y.spending - y.goals


@provision
def _fill_in_return(y, year, facts, household):  # type: ignore[no-untyped-def]
    """The parts of the year's return that no withdrawal changes."""
    both = y.alive[0] + y.alive[1] == PEOPLE
    facts.age1 = y.age[0] if y.alive[0] > 0.0 else y.age[1]
    facts.age2 = y.age[1] if both else 0.0
    facts.n_children_u17 = household.children[year]
    facts.medicare_wages1 = y.pay[0] - y.owner_pay[0]
    facts.medicare_wages2 = y.pay[1] - y.owner_pay[1]
    facts.self_employment1 = y.business[0]
    facts.self_employment2 = y.business[1]
    for position in range(household.jobs.size):
        job = household.jobs[position]
        if job.own_business > 0.0 and y.business[job.person] > 0.0:
            paid = job.wages_paid * y.business[job.person] / job.pay
            facts.sstb1 = job.specified_service if job.person == 0 else facts.sstb1
            facts.sstb2 = job.specified_service if job.person > 0 else facts.sstb2
            facts.business_wages1 = paid if job.person == 0 else facts.business_wages1
            facts.business_wages2 = paid if job.person > 0 else facts.business_wages2
    facts.pension = y.pension
    facts.ss1 = y.benefits


@provision
def _parts_of_year(y, facts, law):  # type: ignore[no-untyped-def]
    """The parts that the year's return has; a household file says nothing of the others.

    Not modeled: over a life, itemized deductions, the earned-income, saver's and premium tax credits, IRA
            contributions and their basis.
    """
    return Parts(
        business=facts.self_employment1 + facts.self_employment2 > 0.0,
        benefits=y.benefits > 0.0,
        dependents=facts.n_children_u17 > 0.0,
        earnings=False,
        itemized=False,
        iras=False,
        early=False,
        savings=False,
        premiums=False,
        carryovers=False,
        exemptions=law.personal_exemption.amount > 0.0,
        tax_table=False,
    )


@provision
def _rule_of_year(y, state, action, earnings, parts, couple, people):  # type: ignore[no-untyped-def]
    """What stays fixed while the withdrawal is solved."""
    wages = y.pay[0] + y.pay[1] - y.deferral_pre_tax[0] - y.deferral_pre_tax[1]
    wages -= y.owner_pay[0] + y.owner_pay[1] - y.owner_deferral[0] - y.owner_deferral[1]
    start = couple.spend_at_start > 0.0
    fixed = 0.0 if start else couple.dividend_yield * state.taxable
    held_yield = couple.dividend_yield if start else 0.0
    after_tax = y.after_tax[0] + y.after_tax[1]
    waiting_gain = 0.0
    if action.conversion_waits > 0.0 and after_tax > 0.0:
        for person in range(PEOPLE):
            half_year = math.sqrt((1.0 + y.return_rate) * (1.0 - people[person].plan_fee))
            gain = converted_earnings(half_year, 1.0)
            waiting_gain += action.conversion_waits * y.after_tax[person] / after_tax * gain
    return YearRule(int(y.status), wages, fixed, held_yield, earnings, waiting_gain, action.fill_bracket, parts)


@provision
def _meet_spending(y, state, facts, rule, law):  # type: ignore[no-untyped-def]
    """Raise the cash that the year needs; while somebody works, the cash floor comes before after-tax contributions.

    Returns the cash left over, negative where everything was not enough.
    """
    left, cut = 0.0, 0.0
    for _ in range(ATTEMPTS):
        after_tax = y.after_tax[0] + y.after_tax[1]
        for person in range(PEOPLE):
            y.after_tax[person] -= cut * (y.after_tax[person] / after_tax) if after_tax > 0.0 else 0.0
        y.cash_fixed += cut
        left = solve_withdrawal(y, state, facts, rule, law)
        planned = y.after_tax[0] + y.after_tax[1]
        missing = y.cash_floor - (state.taxable - y.sold_taxable) - max(0.0, left)
        cut = min(planned, missing + y.after_tax_share_cut * planned)
        if y.jobs <= 0.0 or missing <= UNPAID_TOLERANCE or planned <= 0.0 or y.after_tax_share_cut >= 1.0:
            break
    _leave_unpaid(y, max(0.0, -left))
    y.saved = max(0.0, left)
    return left


@provision
def _leave_unpaid(y, unmet):  # type: ignore[no-untyped-def]
    """What cannot be paid: living first, never below nothing, then dated goals, then premiums."""
    y.spending_unmet = unmet
    from_living = min(unmet, y.spending)
    from_goals = min(unmet - from_living, y.goals)
    y.spending -= from_living
    y.goals -= from_goals
    y.premiums -= unmet - from_living - from_goals


@provision
def _move_money(y, state):  # type: ignore[no-untyped-def]
    """Take required distributions, sales and withdrawals out, and move conversions from pre-tax to Roth."""
    take_taxable(state, y.sold_taxable)
    pre_tax = y.withdrawal_pre_tax / y.room_pre_tax if y.room_pre_tax > 0.0 else 0.0
    roth = y.withdrawal_roth / y.room_roth if y.room_roth > 0.0 else 0.0
    for person in range(PEOPLE):
        take_pre_tax(state, person, y.rmd[person])
        take_pre_tax(state, person, y.accessible[person] * pre_tax * pre_tax_balance(state, person))
        take_roth(state, person, y.accessible[person] * roth * roth_balance(state, person))
    if y.conversion > 0.0:
        _convert(y, state)


@provision
def _convert(y, state):  # type: ignore[no-untyped-def]
    """Move the year's conversion from pre-tax to Roth, pro rata from what may be converted."""
    convertible = 0.0
    for person in range(PEOPLE):
        convertible += y.convertible[person] * pre_tax_balance(state, person)
    share = min(1.0, y.conversion / convertible) if convertible > 0.0 else 0.0
    for person in range(PEOPLE):
        from_plan = y.convertible[person] * share * state.pre_tax_plan[person]
        from_ira = y.convertible[person] * share * state.traditional_ira[person]
        state.pre_tax_plan[person] -= from_plan
        state.roth_plan[person] += from_plan
        state.traditional_ira[person] -= from_ira
        state.roth_ira[person] += from_ira


@provision
def _grow(y, state, couple, people):  # type: ignore[no-untyped-def]
    """A year's return on what the accounts hold, after their fees; dividends of the taxable account are paid out."""
    price_return = (1.0 + y.return_rate) * (1.0 - couple.taxable_fee) - couple.dividend_yield
    y.growth += state.taxable * (price_return - 1.0)
    state.taxable *= price_return
    for person in range(PEOPLE):
        plan = (1.0 + y.return_rate) * (1.0 - people[person].plan_fee)
        ira = (1.0 + y.return_rate) * (1.0 - people[person].ira_fee)
        roth_ira = (1.0 + y.return_rate) * (1.0 - people[person].roth_ira_fee)
        in_plan = state.pre_tax_plan[person] + state.roth_plan[person] + state.after_tax[person]
        y.growth += in_plan * (plan - 1.0)
        y.growth += state.traditional_ira[person] * (ira - 1.0) + state.roth_ira[person] * (roth_ira - 1.0)
        state.pre_tax_plan[person] *= plan
        state.roth_plan[person] *= plan
        state.after_tax[person] *= plan
        state.traditional_ira[person] *= ira
        state.roth_ira[person] *= roth_ira


@provision
def _add_new_money(y, state, couple, people):  # type: ignore[no-untyped-def]
    """Contributions and savings of the year, invested in mid-year, and dividends, reinvested when they are paid.

    After-tax money is in the Roth account by the year's end: converted every paycheck, or once with its earnings taxed.
    """
    if y.jobs > 0.0:
        _invest_contributions(y, state, people)
    whole_year = (1.0 + y.return_rate) * (1.0 - couple.taxable_fee)
    retired = whole_year if couple.spend_at_start > 0.0 else 1.0
    factor = math.sqrt(whole_year) if y.jobs > 0.0 else retired
    new = max(0.0, y.saved - y.dividends)
    state.taxable += y.saved + new * (factor - 1.0)
    state.taxable_basis += y.saved
    y.growth += new * (factor - 1.0)


@provision
def _invest_contributions(y, state, people):  # type: ignore[no-untyped-def]
    """Deferrals, employer money and after-tax money, with half a year's return."""
    cut_contributions(y)
    for person in range(PEOPLE):
        half_year = math.sqrt((1.0 + y.return_rate) * (1.0 - people[person].plan_fee))
        pre_tax = y.deferral_pre_tax[person] + y.employer[person]
        roth = y.deferral_roth[person] + y.after_tax[person]
        state.pre_tax_plan[person] += pre_tax * half_year
        state.roth_plan[person] += roth * half_year
        y.growth += (pre_tax + roth) * (half_year - 1.0)
        y.in_plan_conversion += y.after_tax[person]


@provision
def _close(y, state, opening, law):  # type: ignore[no-untyped-def]
    """Balances at the year's end, the look-back, and the balance check that is always on."""
    y.end_taxable = state.taxable
    y.end_taxable_basis = state.taxable_basis
    for person in range(PEOPLE):
        y.end_pre_tax += pre_tax_balance(state, person)
        y.end_roth += roth_balance(state, person)
        y.end_after_tax += state.after_tax[person]
    state.magi[1], state.magi_status[1] = state.magi[0], state.magi_status[0]
    state.magi[0], state.magi_status[0] = y.agi, y.status
    y.marginal_rate = marginal_rate_of_schedule(max(0.0, y.ordinary_taxable_income), int(y.status), law.rate_schedule)
    y.growth += y.dividends
    came = y.pay[0] + y.pay[1] + y.employer[0] + y.employer[1] + y.benefits + y.pension + y.growth
    went = y.payroll_tax + y.income_tax + y.premiums + y.spending + y.goals
    y.imbalance = opening + came - went - total_balance(state)


@provision
def _record(path, year, position, results, scratch, unpaid):  # type: ignore[no-untyped-def]
    """Write what the measures and the ledger need."""
    y = scratch.year[0]
    results.spending[position, path, year] = y.spending / y.price_level
    audit = results.audit[position, path]
    worst = abs(y.imbalance)
    audit[0] = audit[0] if worst <= audit[0] else (worst if worst > audit[0] else math.nan)  # not a number stays
    audit[1] += y.passes
    audit[2] += unpaid
    audit[3] += 1.0 if y.passes >= PASS_LIMIT else 0.0
    if path < results.table.shape[3]:
        for column in range(results.columns.shape[0]):
            first, second = results.columns[column, 0], results.columns[column, 1]
            of_second = scratch.year_flat[second] if second >= 0 else 0.0
            results.table[position, year, column, path] = scratch.year_flat[first] + of_second
    if path < results.flows.shape[1]:
        results.flows[position, path, year] = scratch.year[0]


@provision
def _end_lives(y, year, path, position, scenario, state):  # type: ignore[no-untyped-def]
    """Death at the year's end: the spouse takes over, or the estate is measured."""
    couple = scenario.household.couple[0]
    last_year = scenario.futures.last_year[path]
    if year + 1 > max(last_year[0], last_year[1]):
        scenario.results.estate[position, path] = estate_after_tax(state, couple.heirs_tax_rate) / y.price_level
    elif y.alive[0] + y.alive[1] == PEOPLE:
        for person in range(PEOPLE):
            if last_year[person] == year:
                inherit(state, person, 1 - person, couple.step_up_share)
