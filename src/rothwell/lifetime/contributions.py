"""The working year: pay, deferrals, match and after-tax contributions within the limits of the law in force."""

from __future__ import annotations

import numpy as np

from rothwell.law.indexing import PRICES, WAGES
from rothwell.lifetime.accounts import PEOPLE
from rothwell.lifetime.roth_layers import convert_in_plan
from rothwell.lifetime.strategies import UNTIL_RETIREMENT
from rothwell.mega_backdoor.conversion import converted_earnings
from rothwell.mega_backdoor.deferred_compensation import deferred_compensation_limit
from rothwell.mega_backdoor.employer_plan import (
    PLAN,
    after_tax_room,
    annual_additions_limit,
    catch_up_limit,
    deferral_within_annual_additions,
    elective_deferral,
    elective_deferral_limit,
    employer_contributions,
    matched_deferral,
    recognized_pay,
)
from rothwell.mega_backdoor.owner_contributions import (
    ProfitSharing,
    earned_income,
    owner_after_tax_room,
    owner_contributions,
)
from rothwell.provision import provision
from rothwell.tax.payroll import employee_payroll_tax

JOB = np.dtype(
    (
        np.record,
        [
            ("person", "i8"),
            ("first_year", "i8"),  # index of the first year of work
            ("last_year", "i8"),  # index of the last year of work
            ("pay", "f8"),  # of the start year; without stock where that is listed by year
            ("paid", "f8"),  # 0: a second plan at an employer whose pay another job has
            ("plan_pay", "f8"),
            ("prior_year_wages", "f8"),
            ("planned_roth", "f8"),
            ("moves_to_roth", "f8"),  # 1: the plan lets after-tax money move to Roth in service
            ("own_business", "f8"),  # 1: the person owns it; pay is then its net profit
            ("sharing", "f8", (3,)),  # profit sharing of the owner: a ProfitSharing, dollars of the start year
            ("specified_service", "f8"),
            ("wages_paid", "f8"),  # to others, dollars of the start year
            ("is_457b", "f8"),
            ("governmental", "f8"),
            ("shares_with", "i8"),  # the first of the jobs that share its limit on annual additions; -1: none
            ("acp_kept", "f8"),  # share of pay that the ACP test leaves in match and after-tax money
            ("stock_by_year", "f8"),  # 1: stock pay is listed by year
            ("payroll_free", "f8"),  # stock pay that bears no payroll tax, dollars of the start year
            ("acp_chance", "f8"),  # of a refund; 0: nothing to pay back
            ("after_tax_from", "f8"),  # the first year of after-tax contributions; 0: from the start
            ("plan", PLAN),
        ],
    )
)


JOB_YEAR = np.dtype(
    (
        np.record,
        [
            ("held", "f8"),
            ("deferral", "f8"),
            ("must_be_roth", "f8"),  # catch-up money that must be designated Roth
            ("may_be_roth", "f8"),  # the deferral where the plan has a Roth feature, else 0
            ("unmatched", "f8"),  # the share of the deferral that earns no match
            ("after_tax", "f8"),  # room for after-tax money that can move to Roth, within pay
            ("additions", "f8"),  # annual additions before after-tax money
        ],
    )
)
"""What a job allows in a year, the same for every strategy; dollars of the year but for the share."""


@provision
def work(y, year, household, job_years, levels, law):  # type: ignore[no-untyped-def]
    """Pay, deferrals and employer money of every job, in the file's order, and what each job allows.

    Law:    IRC 402(g), 414(v), 415(c), 401(a)(17) of the path's law of the year; one deferral limit per person.
    Units:  dollars of the year.
    Not modeled: related employers whose deferrals and employer money alone are above their one limit (after-tax money
            is cut to it); employer money above the rest of a 457(b) limit.
    Tests:  test_contributions_never_break_a_limit, test_jobs_begin_and_end_in_their_years,
            test_a_year_without_work_between_jobs_is_no_retirement.
    """
    for position in range(household.jobs.size):
        job, factors = household.jobs[position], household.wage_factors[position]
        job_year = job_years[position]
        y.working = max(y.working, y.alive[job.person]) if year <= job.last_year else y.working
        job_year.held = y.alive[job.person] if job.first_year <= year <= job.last_year else 0.0
        if job_year.held > 0.0:
            last = max(0, year - 1)
            before = (job.pay - job.payroll_free) * levels[last, WAGES] * factors[last]
            level = levels[year, WAGES] * factors[year]
            stock, free = 0.0, job.payroll_free * level
            if job.stock_by_year > 0.0:  # the file does not say of what kind the stock of later years is
                stock = household.stock[position, year] * levels[year, PRICES]
                free = job.payroll_free if year == 0 else 0.0
                before = job.pay * levels[last, WAGES] * factors[last]
                before += household.stock[position, last] * levels[last, PRICES]
                before -= job.payroll_free if last == 0 else 0.0
            prior_wages = job.prior_year_wages if year == 0 else before
            if job.own_business > 0.0:
                own_business(y, level, job, job_year, law)
            else:
                _work_at(y, (level, stock, free), prior_wages, job, job_year, law)
            y.jobs += 1.0
    _share_limits(household.jobs, job_years, law)


@provision
def _share_limits(jobs, job_years, law):  # type: ignore[no-untyped-def]
    """After-tax money of related employers within the one limit that they share, in the order of the file.

    Law:    IRC 415(f)(1)(B), (h), (k)(4).
    Units:  dollars of the year.
    """
    for position in range(jobs.size):
        first = jobs[position].shares_with
        if first >= 0 and job_years[position].held > 0.0:
            left = law.annual_additions.limit
            for other in range(jobs.size):
                if jobs[other].shares_with == first and job_years[other].held > 0.0:
                    left -= job_years[other].additions
                    left -= job_years[other].after_tax if other < position else 0.0
            job_years[position].after_tax = max(0.0, min(job_years[position].after_tax, left))


@provision
def _work_at(y, grown, prior_wages, job, job_year, law):  # type: ignore[no-untyped-def]
    """One job's year: pay, deferrals, employer money, room.

    `grown` is what carries its amounts from the start year to this one, the year's stock pay, and what of all pay bears
    no payroll tax.

    Law:    IRC 3101, 3121(a)(22): stock of incentive options and purchase plans is no wages.
    Not modeled: the match that after-tax contributions earn in plans that match them; match lost paycheck by paycheck.
    """
    person = job.person
    wage_level, stock, free = grown
    pay = job.pay * wage_level + stock
    plan_pay = job.plan_pay * wage_level
    catch_up = catch_up_limit(y.age[person], job.plan.higher_catch_up, law)
    base_left = max(0.0, elective_deferral_limit(law) - y.deferred_base[person])
    catch_up_left = max(0.0, catch_up - y.deferred_catch_up[person])
    if job.is_457b > 0.0:
        by_employer = job.plan.nonelective * recognized_pay(plan_pay, law)
        base_left = max(0.0, deferred_compensation_limit(pay, by_employer, law) - y.deferred_457b[person])
        catch_up_left = job.governmental * max(0.0, catch_up - y.catch_up_457b[person])
    elected = elective_deferral(plan_pay, base_left, catch_up_left, wage_level, prior_wages, job.plan, law)
    deferral = deferral_within_annual_additions(elected, catch_up_left, pay, plan_pay, job.plan, law)
    if job.is_457b > 0.0:
        y.deferred_457b[person] += deferral.base
        y.catch_up_457b[person] += deferral.catch_up
    else:
        y.deferred_base[person] += deferral.base
        y.deferred_catch_up[person] += deferral.catch_up
    total = deferral.base + deferral.catch_up
    employer = employer_contributions(total, plan_pay, job.plan, law)
    room = after_tax_room(pay, plan_pay, deferral, employer, job.plan, law).room
    left_by_test = max(0.0, job.acp_kept * recognized_pay(plan_pay, law) - employer.match)  # 401(m)(2)(A), (6)
    room -= job.acp_chance * max(0.0, room - left_by_test)  # the expected refund never goes in
    paid, wages = job.paid * pay, y.pay[person] - y.payroll_free[person]
    payroll = employee_payroll_tax(wages + paid - job.paid * free, law.oasdi, law.medicare)
    payroll -= employee_payroll_tax(wages, law.oasdi, law.medicare)
    y.payroll_tax += payroll
    y.payroll_free[person] += job.paid * free
    y.pay[person] += paid
    y.employer[person] += min(employer.match + employer.nonelective, annual_additions_limit(pay, law))
    y.after_tax_room += room
    job_year.deferral = total
    job_year.must_be_roth = deferral.catch_up * deferral.catch_up_must_be_roth
    job_year.may_be_roth = total if job.plan.roth_feature > 0.0 else 0.0
    job_year.unmatched = max(0.0, total - matched_deferral(plan_pay, job.plan, law)) / total if total > 0.0 else 0.0
    job_year.after_tax = min(job.moves_to_roth * room, max(0.0, paid - total - payroll))
    job_year.additions = deferral.base + employer.match + employer.nonelective


@provision
def own_business(y, wage_level, job, job_year, law):  # type: ignore[no-untyped-def]
    """A year of a business of one's own: profit, profit sharing, deferrals, room; taxes on it are in the return.

    What the business puts in for its owner is not pay: pay is the profit without it.

    Law:    IRC 401(c)(2), 402(g), 404(a)(8), 414(v), 415(c); IRC 1401 and 199A in the year's return.
    Units:  dollars of the year; `wage_level` carries its amounts from the start year to this one.
    Tests:  test_a_year_of_an_owner_by_hand, test_the_desk_and_the_simulator_agree_on_owners.
    """
    person = job.person
    profit = job.pay * wage_level
    earned = earned_income(profit, y.pay[person] - y.payroll_free[person], law)
    base_left = max(0.0, elective_deferral_limit(law) - y.deferred_base[person])
    catch_up = catch_up_limit(y.age[person], job.plan.higher_catch_up, law)
    catch_up_left = max(0.0, catch_up - y.deferred_catch_up[person])
    sharing = ProfitSharing(job.sharing[0] * wage_level, job.sharing[1], job.sharing[2])
    planned, dollars = job.plan.planned_deferral * wage_level, law.annual_additions.limit
    given = owner_contributions(earned, planned, base_left, catch_up_left, sharing, dollars, law)
    total = given.base + given.catch_up
    taxes = (1.0 + 1.0) * (profit - earned)  # the self-employment tax, half of which is deducted
    room = owner_after_tax_room(earned, given, dollars, job.plan, law).room
    y.deferred_base[person] += given.base
    y.deferred_catch_up[person] += given.catch_up
    y.business[person] += profit
    y.owner_pay[person] += profit - given.profit_sharing
    y.pay[person] += profit - given.profit_sharing
    y.employer[person] += given.profit_sharing
    y.after_tax_room += room
    job_year.deferral = total
    job_year.must_be_roth = 0.0  # no Social Security wages from the own business, 414(v)(7)(A)
    job_year.may_be_roth = total if job.plan.roth_feature > 0.0 else 0.0
    job_year.unmatched = 1.0
    job_year.after_tax = min(job.moves_to_roth * room, max(0.0, profit - given.profit_sharing - total - taxes))
    job_year.additions = given.base + given.profit_sharing


@provision
def contribute(y, action, jobs, job_years):  # type: ignore[no-untyped-def]
    """A strategy's contributions of a year: the Roth part of the deferrals, and after-tax money.

    Units:  dollars of the year.
    Tests:  test_contributions_never_break_a_limit.
    """
    for position in range(jobs.size):
        job, job_year = jobs[position], job_years[position]
        person = job.person
        if job_year.held > 0.0:
            share = max(action.roth_deferrals[person], job.planned_roth)
            roth = max(share * job_year.may_be_roth, job_year.must_be_roth)
            pre_tax = job_year.deferral - roth
            y.deferral_roth[person] += roth
            y.deferral_pre_tax[person] += pre_tax
            y.owner_deferral[person] += job.own_business * pre_tax
            y.unmatched_roth[person] += job_year.unmatched * roth
            y.unmatched_pre_tax[person] += job_year.unmatched * pre_tax
            begun = 1.0 if y.year >= job.after_tax_from else 0.0
            y.after_tax[person] += begun * action.after_tax_share * job_year.after_tax
    y.after_tax_stays = 1.0 if action.conversion_waits >= UNTIL_RETIREMENT else 0.0


@provision
def convert_earlier_after_tax(y, state, action, cash_floor, jobs, job_years):  # type: ignore[no-untyped-def]
    """After-tax money of earlier years that a strategy which uses the mega backdoor moves to Roth in the plan.

    Law:    IRC 402A(c)(4), 72(e)(8), 72(d)(2): the sub-account's earnings are income of the year.
    Units:  dollars of the year; returns the earnings. Only what taxable money above the cash floor could pay the tax of
            is moved, in a year whose income covers living before income tax.
    Not modeled: earnings sent to a traditional IRA while still at work.
    Tests:  test_earlier_after_tax_money_is_converted_with_its_earnings_taxed.
    """
    income = 0.0
    able = max(0.0, state.taxable - cash_floor * y.price_level) if y.cash_fixed > 0.0 else 0.0
    for position in range(jobs.size):
        job = jobs[position]
        person = job.person
        moves = job_years[position].held * job.moves_to_roth * action.after_tax_share * (1.0 - y.after_tax_stays)
        if moves > 0.0 and able > 0.0 and state.after_tax[person] > 0.0:
            earnings = converted_earnings(state.after_tax[person], state.after_tax_basis[person])
            share = min(1.0, able / earnings) if earnings > 0.0 else 1.0
            income += share * earnings
            able -= share * earnings
            y.in_plan_conversion += share * state.after_tax[person]
            state.roth_plan[person] += share * state.after_tax[person]
            basis = share * state.after_tax_basis[person]
            y.in_plan_taxable[person] += share * earnings
            y.in_plan_untaxed[person] += basis
            convert_in_plan(state, person, int(y.place), share * earnings, basis, y.year)
            state.after_tax[person] -= share * state.after_tax[person]
            state.after_tax_basis[person] -= share * state.after_tax_basis[person]
    return income


@provision
def cut_contributions(y):  # type: ignore[no-untyped-def]
    """Apply the cuts that the year's cash made necessary: after-tax money first, then unmatched deferrals."""
    for person in range(PEOPLE):
        y.after_tax[person] -= y.after_tax_share_cut * y.after_tax[person]
        y.deferral_pre_tax[person] -= y.deferral_share_cut * y.unmatched_pre_tax[person]
        y.owner_deferral[person] -= y.deferral_share_cut * y.owner_deferral[person]
        y.deferral_roth[person] -= y.deferral_share_cut * y.unmatched_roth[person]
