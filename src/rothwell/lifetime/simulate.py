"""The year loop, compiled: every path, every strategy, the year in the order of the model.

Who pays what in a year: pay and payroll tax, premiums; contributions and match; required distributions; benefits;
conversions; spending and the withdrawal that meets it after the tax it causes; then growth, and death at year's end.
"""

from __future__ import annotations

from rothwell.law.indexing import PRICES
from rothwell.law.timeline import write_changes, write_indexed, write_stored
from rothwell.lifetime.accounts import (
    LAYERS,
    PEOPLE,
    estate_after_tax,
    inherit,
    pre_tax_balance,
    roth_balance,
    total_balance,
)
from rothwell.lifetime.all_in_conversion import set_levels
from rothwell.lifetime.bequest import leave_to_heirs, worst_of
from rothwell.lifetime.contributions import contribute, convert_earlier_after_tax, work
from rothwell.lifetime.growth import add_new_money, grow, open_growth
from rothwell.lifetime.health import health_of_year, premiums_of_year
from rothwell.lifetime.law_in_force import (
    large_balance_distributions,
    move_rates,
    remember_the_old,
    shocks_in_force,
    stepped_up_part,
    tax_on_inherited_gain,
)
from rothwell.lifetime.moves import leave_plans, move_money
from rothwell.lifetime.other_income import incomes_and_costs, pensions
from rothwell.lifetime.outside_plans import contribute_outside_plans, pay_from_hsa, room_in_hsas, take_hsa
from rothwell.lifetime.records import (
    BEFORE_GROWTH,
    BEFORE_NEW_MONEY,
    CLOSED,
    GROWN,
    NO_LAW,
    OPENED,
    PASSED_ON,
)
from rothwell.lifetime.required_distributions import distributions_have_begun, required_distributions
from rothwell.lifetime.roth_layers import age_layers, roth_ira_basis
from rothwell.lifetime.social_security import social_security
from rothwell.lifetime.sources import measure_access, measure_rooms, measure_roth_access
from rothwell.lifetime.spending import UNPAID_TOLERANCE, meet_spending, plan_spending
from rothwell.lifetime.state_year import carry_state_basis, open_state_facts
from rothwell.lifetime.strategies import Observation, decide
from rothwell.lifetime.taxable_account import carry_losses_in, carry_losses_on
from rothwell.lifetime.withdrawal import FAILED
from rothwell.lifetime.year_record import YEAR_SLOTS
from rothwell.lifetime.year_return import fill_in_return, open_rule, set_rule
from rothwell.lifetime.year_rule import parts_of_rule
from rothwell.provision import kernel, provision, seldom
from rothwell.tax.both_returns import NO_STATE, state_rate_of_conversion
from rothwell.tax.estate_tax import unused_exclusion
from rothwell.tax.rate_schedule import marginal_rate_of_schedule
from rothwell.tax.state_facts import BOTH_RETURNS

FACT_SLOTS = len(BOTH_RETURNS.names or ())


@kernel
def simulate_paths(first, last, scenario, scratch):  # type: ignore[no-untyped-def]
    """Simulate the paths first..last-1 under every strategy; fills the scenario's results."""
    household, futures = scenario.household, scenario.futures
    for path in range(first, last):
        for position in range(scenario.strategies.size):
            scratch.states[position] = household.state[min(position, household.state.size - 1)]
        scratch.portable_exclusion[0] = household.couple[0].portable_exclusion
        years = household.goals.size
        for year in range(years):
            living = 0
            for person in range(PEOPLE):
                living += 1 if year <= futures.last_year[path, person] else 0
            if living == 0:
                break
            status = household.status_together if living == PEOPLE else _status_alone(path, year, household, futures)
            regime = futures.regime[path, year]
            levels = futures.levels[path]
            if year > 0 and regime == futures.regime[path, year - 1]:
                write_changes(scratch.law_flat, scenario.tables, regime, year)
            else:
                write_stored(scratch.law_flat, scenario.tables, regime, year)
            write_indexed(scratch.law_flat, scratch.amounts, scenario.tables, regime, status, year, levels)
            move_rates(scratch.law[0], futures.points, path, year)
            _state_law(year, status, levels, household, scratch)
            _open_year(path, year, status, scenario, scratch)
            for position in range(scenario.strategies.size):
                _live_a_year(path, year, position, scenario, scratch)
        if household.couple[0].heirs_tax_rate < 0.0:
            last = min(years - 1, max(futures.last_year[path, 0], futures.last_year[path, 1]))
            leave_to_heirs(path, last, scenario, scratch)


@provision
def _state_law(year, status, levels, household, scratch):  # type: ignore[no-untyped-def]
    """Write the law of the state of a path's year; that of the year before stands where nobody has moved."""
    place, tables = household.residence[year].law, household.state_law
    if place != NO_LAW:
        if year > 0 and place == household.residence[year - 1].law:
            write_changes(scratch.state_law_flat, tables, place, year)
        else:
            write_stored(scratch.state_law_flat, tables, place, year)
        write_indexed(scratch.state_law_flat, scratch.amounts, tables, place, status, year, levels)


@provision
def _status_alone(path, year, household, futures):  # type: ignore[no-untyped-def]
    """The filing status of one alone: for two years after a spouse's death, with a child, the joint rates go on.

    Law:    IRC 2(a), (b).
    Tests:  test_a_surviving_spouse_with_a_child_keeps_the_joint_brackets_for_two_years.
    """
    last_year, couple = futures.last_year[path], household.couple[0]
    died = min(last_year[0], last_year[1])
    recent = died >= 0 and year <= died + couple.surviving_years
    return household.status_widowed[year] if recent else household.status_alone[year]


@provision
def _open_year(path, year, status, scenario, scratch):  # type: ignore[no-untyped-def]
    """What a path's year is before anybody decides, the same for every strategy: lives, work, benefits, prices."""
    for slot in range(YEAR_SLOTS):
        scratch.year_flat[slot] = 0.0
    for slot in range(FACT_SLOTS):
        scratch.facts_flat[slot] = 0.0
    household, futures, law = scenario.household, scenario.futures, scratch.law[0]
    y, facts, levels = scratch.year[0], scratch.facts[0], futures.levels[path]
    y.year = household.couple[0].start_year + year
    y.place = year % LAYERS
    y.status = status
    y.price_level = levels[year, PRICES]
    y.regime = futures.regime[path, year]
    for person in range(PEOPLE):
        y.alive[person] = 1.0 if year <= futures.last_year[path, person] else 0.0
        y.age[person] = y.year - household.people[person].birth_year
    shocks_in_force(y, year, futures.shock_from[path], futures.terms, levels)
    work(y, year, household, scratch.job_years, levels, law)
    rates = futures.returns[path, year]
    open_growth(scratch.growth[0], y, year, rates, household)
    y.benefits = social_security(y, year, futures.last_year[path], household, levels)
    y.pension = pensions(y, household.people, levels, year)
    incomes_and_costs(y, household.incomes, household.costs, levels, year)
    if household.health[0].written > 0.0:
        health_of_year(y, household.health[0], futures.care_from[path], levels, year, law)
    measure_access(y, law.early_distribution)
    fill_in_return(y, year, facts, household)
    home = household.residence[year]
    open_rule(scratch.rule[0], y, facts, scratch.growth[0], household.couple[0], home, law)
    open_state_facts(facts, home)
    for slot in range(YEAR_SLOTS):
        scratch.opened_flat[slot] = scratch.year_flat[slot]
    for slot in range(FACT_SLOTS):
        scratch.opened_facts_flat[slot] = scratch.facts_flat[slot]


@provision
def _live_a_year(path, year, position, scenario, scratch):  # type: ignore[no-untyped-def]
    """One year of one path under one strategy."""
    household, futures = scenario.household, scenario.futures
    couple, law, facts = household.couple[0], scratch.law[0], scratch.facts[0]
    state, y, growth = scratch.states[position], scratch.year[0], scratch.growth[0]
    early, rule = scratch.early[0], scratch.rule[0]
    early.scanned = 0.0
    for slot in range(YEAR_SLOTS):
        scratch.year_flat[slot] = scratch.opened_flat[slot]
    for slot in range(FACT_SLOTS):
        scratch.facts_flat[slot] = scratch.opened_facts_flat[slot]
    opening = total_balance(state)
    _keep(OPENED, path, year, position, scenario.results, state)
    remember_the_old(state, year, futures.shock_from[path], futures.terms)
    begun = distributions_have_begun(y, household.divisors, year)
    strategy = scenario.strategies[position]
    action = decide(Observation(y.working, (y.age[0], y.age[1]), y.benefits, begun, y.after_tax_allowed), strategy)
    contribute(y, action, household.jobs, scratch.job_years)
    if couple.outside_plans > 0.0:
        contribute_outside_plans(y, state, household.people, couple.cash_floor, law)
    measure_roth_access(y, state, law)
    leave_plans(y, state, household.people, y.old_after_tax_allowed, law)
    required_distributions(y, state, household.people, household.divisors, year)
    large_balance_distributions(y, state, futures.terms)
    y.premiums = premiums_of_year(y, state, law)
    if couple.has_hsa > 0.0:
        pay_from_hsa(y, state, law)
    plan_spending(y, year, state, household, strategy, position)
    facts.hsa_deduction = y.hsa_contribution[0] + y.hsa_contribution[1]
    carry_losses_in(y, state, facts)
    converted = convert_earlier_after_tax(y, state, action, couple.cash_floor, household.jobs, scratch.job_years)
    rule.converted_earnings = converted
    set_rule(rule, y, state, action, growth, law)
    if couple.spend_at_start <= 0.0:
        _keep(BEFORE_GROWTH, path, year, position, scenario.results, state)
        grow(y, state, growth)
        _keep(GROWN, path, year, position, scenario.results, state)
    measure_rooms(y, state, couple.cash_floor)
    rule.early = y.room_early > 0.0
    if couple.has_hsa > 0.0:
        y.room_hsa = room_in_hsas(y, state, law)
    set_levels(y, state, action, facts, rule, early, law)
    left = meet_spending(y, state, facts, rule, early, law)
    move_money(y, state, early, int(y.place), rule.has_basis)
    if y.withdrawal_hsa > 0.0:
        take_hsa(y, state, law)
    if couple.spend_at_start > 0.0:
        _keep(BEFORE_GROWTH, path, year, position, scenario.results, state)
        grow(y, state, growth)
        _keep(GROWN, path, year, position, scenario.results, state)
    _keep(BEFORE_NEW_MONEY, path, year, position, scenario.results, state)
    add_new_money(y, state, growth, couple)
    carry_losses_on(y, state, facts, parts_of_rule(rule), law)
    _close_with_the_state(y, state, facts, rule, _is_told(path, scenario.results), law)
    _close(y, state, opening, law)
    _keep(CLOSED, path, year, position, scenario.results, state)
    all_live = y.alive[0] + y.alive[1] == couple.people  # what a survivor cannot pay is a result, no slip of the file
    unpaid = 1.0 if y.working > 0.0 and all_live and left < -UNPAID_TOLERANCE else 0.0
    _record(path, year, position, scenario.results, scratch, unpaid)
    _end_lives(year, path, position, scenario, scratch)
    _keep(PASSED_ON, path, year, position, scenario.results, state)


@provision
def _close_with_the_state(y, state, facts, rule, told, law):  # type: ignore[no-untyped-def]
    """What the state's return leaves behind: basis there, and, where it is told, the cost of converting more."""
    if rule.turns != NO_STATE:
        carry_state_basis(y, state, rule, law)
        if told:
            parts = parts_of_rule(rule)
            taxes = (y.income_tax, y.state_tax + y.local_tax)
            y.state_rate = state_rate_of_conversion(facts, parts, rule.turns, taxes, rule.status, law)


@provision
def _is_told(path, results):  # type: ignore[no-untyped-def]
    """Whether the flows of a path are read by anybody: in the table of a report, or kept whole."""
    row = path - results.kept_from
    return path < results.table.shape[3] or (row >= 0 and row < results.flows.shape[1])


@provision
def _keep(step, path, year, position, results, state):  # type: ignore[no-untyped-def]
    """Keep the accounts as they are after a step of the year, where a ledger asked for it."""
    row = path - results.kept_from
    if 0 <= row < results.steps.shape[1]:
        _write_step(step, results.steps[position, row, year], state)


@seldom
def _write_step(step, steps, state):  # type: ignore[no-untyped-def]
    steps[step] = state


@provision
def _close(y, state, opening, law):  # type: ignore[no-untyped-def]
    """Balances at the year's end, the look-back, and the balance check that is always on."""
    y.end_taxable = state.taxable
    y.end_taxable_basis = state.taxable_basis
    state.old_gain = min(state.old_gain, max(0.0, state.taxable - state.taxable_basis))
    pre_tax, roth, after_tax, hsa = 0.0, 0.0, 0.0, 0.0
    for person in range(PEOPLE):
        pre_tax += pre_tax_balance(state, person)
        roth += roth_balance(state, person)
        after_tax += state.after_tax[person]
        hsa += state.hsa[person]
    y.end_pre_tax, y.end_roth, y.end_after_tax, y.end_hsa = pre_tax, roth, after_tax, hsa
    age_layers(state, int(y.place))
    state.magi[1], state.magi_status[1] = state.magi[0], state.magi_status[0]
    state.magi[0], state.magi_status[0] = y.agi, y.status
    y.marginal_rate = marginal_rate_of_schedule(max(0.0, y.ordinary_taxable_income), int(y.status), law.rate_schedule)
    y.growth += y.dividends + y.interest
    came = y.pay[0] + y.pay[1] + y.employer[0] + y.employer[1] + y.benefits + y.pension + y.incomes + y.growth
    went = (
        y.payroll_tax
        + y.income_tax
        + y.state_tax
        + y.local_tax
        + y.premiums
        + y.medical
        + y.spending
        + y.goals
        + y.costs
    )
    y.imbalance = opening + came - went - total_balance(state)


@provision
def _record(path, year, position, results, scratch, unpaid):  # type: ignore[no-untyped-def]
    """Write what the measures and the ledger need."""
    y, state = scratch.year[0], scratch.states[position]
    results.spending[position, path, year] = y.spending / y.price_level
    audit = results.audit[position, path]
    audit[0] = worst_of(audit[0], abs(y.imbalance))
    audit[1] += y.passes
    audit[2] += unpaid
    audit[3] += 1.0 if y.passes >= FAILED else 0.0
    if path < results.table.shape[3]:
        for column in range(results.columns.shape[0]):
            first, second = results.columns[column, 0], results.columns[column, 1]
            of_second = scratch.year_flat[second] if second >= 0 else 0.0
            results.table[position, year, column, path] = scratch.year_flat[first] + of_second
    row = path - results.kept_from
    if 0 <= row < results.flows.shape[1]:
        for person in range(PEOPLE):
            y.end_roth_ira[person] = state.roth_ira[person]
            y.end_roth_plan[person] = state.roth_plan[person]
            y.end_roth_basis[person] = roth_ira_basis(state, person)
        results.flows[position, row, year] = scratch.year[0]


@provision
def _end_lives(year, path, position, scenario, scratch):  # type: ignore[no-untyped-def]
    """Death at the year's end: the spouse takes over, or the estate is measured."""
    couple, y, state, law = scenario.household.couple[0], scratch.year[0], scratch.states[position], scratch.law[0]
    last_year = scenario.futures.last_year[path]
    if year + 1 > max(last_year[0], last_year[1]):
        if couple.heirs_tax_rate >= 0.0:
            estate = estate_after_tax(state, couple.heirs_tax_rate) - tax_on_inherited_gain(y, state, law)
            scenario.results.estate[position, path] = estate / y.price_level
        elif y.alive[0] + y.alive[1] == PEOPLE:  # both die in one year: each has an exclusion
            scratch.portable_exclusion[0] = law.estate_tax.basic_exclusion
    elif y.alive[0] + y.alive[1] == PEOPLE:
        for person in range(PEOPLE):
            if last_year[person] == year:
                basic = law.estate_tax.basic_exclusion
                scratch.portable_exclusion[0] = unused_exclusion(basic, basic, 0.0, 0.0)  # all goes to the spouse
                share = scenario.household.step_up_share[year] * stepped_up_part(y, state)
                inherit(state, person, 1 - person, share)
