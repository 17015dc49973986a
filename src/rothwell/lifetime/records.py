"""The records that the year loop reads and writes: household, futures, results, and a thread's scratch."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rothwell.law.landscape_shocks import ShockTerms
from rothwell.law.timeline import LawTables
from rothwell.lifetime.asset_mixes import KINDS_WITH_A_MIX

OPENED, BEFORE_GROWTH, GROWN, BEFORE_NEW_MONEY, CLOSED, PASSED_ON = range(6)
STEPS = 6  # of a year, at which a ledger keeps the accounts: a count, not law
AMORTIZED, FLAT, GUARDRAILS = range(3)
"""The spending rules, by their place in a household's record."""
PERSON = np.dtype(
    (
        np.record,
        [
            ("birth_year", "f8"),
            ("pension", "f8"),
            ("pension_start", "f8"),
            ("pension_indexed", "f8"),
            ("pension_survivor_share", "f8"),
            ("plan_fee", "f8", (3,)),  # of pre-tax, Roth and after-tax money in plans
            ("ira_fee", "f8"),
            ("roth_ira_fee", "f8"),
            ("hsa_fee", "f8"),
            ("keeps_plan", "f8"),  # 1: pre-tax money stays in the plan of an employer left
            ("more_than_5_percent", "f8"),  # 1: owns more than 5% of the employer
            ("backdoor", "f8"),  # 1: the ordinary backdoor every year
            ("hsa_family", "f8"),  # share of the family limit put in every year
            ("hsa_self_only", "f8"),  # 1: the limit of self-only coverage every year
            ("mix", "i8", (len(KINDS_WITH_A_MIX),)),  # which return each kind of account has
        ],
    )
)
COUPLE = np.dtype(
    (
        np.record,
        [
            ("start_year", "f8"),
            ("living_cost", "f8"),
            ("spending_rule", "f8"),
            ("flat_spending", "f8"),
            ("guardrail_step", "f8"),
            ("cash_floor", "f8"),
            ("taxable_fee", "f8"),
            ("qualified_share", "f8"),
            ("turnover", "f8"),
            ("short_term_share", "f8"),
            ("taxable_mix", "i8"),
            ("cash_mix", "i8"),  # the return of cash, NO_MIX where the taxable account holds none
            ("spend_at_start", "f8"),
            ("heirs_tax_rate", "f8"),  # below zero: the heirs' own returns
            ("charity", "f8"),  # share of all that is left, taken first from what heirs would pay tax on
            ("charity_traditional", "f8"),  # shares of one kind of money alone
            ("charity_roth", "f8"),
            ("charity_taxable", "f8"),
            ("taxable_gifts", "f8"),  # of both, made by the start, dollars: they use up the exclusion
            ("portable_exclusion", "f8"),  # of a spouse who died before the start, dollars
            ("outside_plans", "f8"),  # 1: something goes into IRAs or health savings accounts every year
            ("has_hsa", "f8"),
            ("people", "f8"),  # who file at the start
            ("surviving_years", "f8"),  # after that of a spouse's death, as a qualifying surviving spouse
            ("first_retired", "i8"),
        ],
    )
)


RESIDENCE = np.dtype(
    (
        np.record,
        [
            ("state", "i8"),  # by its place in law.states.POSTAL_LETTERS
            ("law", "i8"),  # the place of its law in the tables of the states; NO_LAW: no income tax, or not counted
            ("turns", "i8"),  # how the two returns go together, see tax.both_returns
            ("itemizes", "f8"),  # 1: state tax may be deducted on the federal return
            ("local_rate", "f8"),
            ("new_york_city", "f8"),  # 1: lives in it
        ],
    )
)
"""Where a household lives in a year, and what of the state's law its returns rest on."""
NO_LAW = -1


class HouseholdArrays(NamedTuple):
    """A household as arrays. [year] counts from the start year.

    state                           the accounts at the start: one for all strategies, or one for each
    status_together, status_alone   filing status while all live, and of one alone [year]
    status_widowed                  of a survivor in the first years after the other's death [year]
    children                        children under the child credit's age [year]
    older_children                  children above it who are qualifying children [year]
    incomes, costs                  of the file, records of flow_records.FLOW
    health                          one record of health_records.HEALTH
    residence                       records of RESIDENCE [year]
    state_law                       the income tax of its states, a state in the place of a regime
    death_tax                       records of death_taxes.DEATH_TAX, of where the household lives [year]
    heirs                           records of bequest.HEIR, heirs who are alike together
    heirs_state_law                 the income tax of their states, a state in the place of a regime
    heir_years                      by when inherited pre-tax money is drawn, in years after the death
                                    [heir, owner, year of the last death]
    heir_limited                    1: no life expectancy rules the years, so that a law may shorten them
                                    [heir, owner, year of the last death]
    heir_divisors                   of what must be drawn, infinite where nothing must
                                    [heir, owner, year of the last death, years after it less one]
    step_up_share                   of the taxable account's gain at the first death [year]
    goals                           dated goals, dollars of the start year [year]
    wage_factors                    each job's pay to that of the start year, beyond the growth of wages [job, year]
    stock                           stock pay that is listed by year, dollars of the start year [job, year]
    annuity                         what a dollar a year of real spending costs, by years left [strategy, years]
    divisors                        of required distributions [spouse alive, person, year], infinite before they begin
    income_rates                    of a dollar in the taxable account: dividends, interest of bonds, and the share of
                                    cash, whose return is interest [year, 3]
    benefits_together               Social Security while all live, dollars of the start year [year]
    benefits_second                 the second person's part of it
    benefits_alone                  of one alone [person, year of the other's death + 1 (0: no spouse at all), year]
    """

    couple: NDArray[Any]
    people: NDArray[Any]
    jobs: NDArray[Any]
    state: NDArray[Any]
    status_together: int
    status_alone: NDArray[np.int64]
    status_widowed: NDArray[np.int64]
    children: NDArray[np.float64]
    older_children: NDArray[np.float64]
    incomes: NDArray[Any]
    costs: NDArray[Any]
    health: NDArray[Any]
    residence: NDArray[Any]
    state_law: LawTables
    death_tax: NDArray[Any]
    heirs: NDArray[Any]
    heirs_state_law: LawTables
    heir_years: NDArray[np.float64]
    heir_limited: NDArray[np.float64]
    heir_divisors: NDArray[np.float64]
    step_up_share: NDArray[np.float64]
    goals: NDArray[np.float64]
    wage_factors: NDArray[np.float64]
    stock: NDArray[np.float64]
    annuity: NDArray[np.float64]
    divisors: NDArray[np.float64]
    income_rates: NDArray[np.float64]
    benefits_together: NDArray[np.float64]
    benefits_second: NDArray[np.float64]
    benefits_alone: NDArray[np.float64]


class Futures(NamedTuple):
    """Every path's future: returns [path, year, mix], index levels [path, year, kind], regime [path, year], the year
    from which each shock is in force [path, kind], the points added to rates [path, year, series] (empty: none), the
    amounts of the shocks, the last year of each life [path, person] (-1: nobody), and the year in which each person's
    long-term care begins [path, person]."""

    returns: NDArray[np.float64]
    levels: NDArray[np.float64]
    regime: NDArray[np.int64]
    shock_from: NDArray[np.int64]
    points: NDArray[np.float64]
    terms: ShockTerms
    last_year: NDArray[np.int64]
    care_from: NDArray[np.int64]


class Results(NamedTuple):
    """What the loop writes, for every path, or for the first paths where an array is shorter.

    spending   spending met, in dollars of the start year [strategy, path, year]
    estate     after-tax estate, in dollars of the start year [strategy, path]; with heirs, what charities receive
    heirs      what heirs keep of it, in dollars of the start year [strategy, path, heir, way of drawing]
    estate_tax  estate and inheritance taxes, federal and of the state, in dollars of the start year [strategy, path]
    table      chosen flows [strategy, year, column, path]
    columns    where each chosen flow of the first and of the second person stands in a year's record (-1: of no person)
               [column, person]
    flows      whole records of years [strategy, kept path, year]
    steps      the accounts after each step of a year [strategy, kept path, year, STEPS], for a ledger
    kept_from  the first path of which flows and steps are kept
    audit      worst imbalance, passes, years of work in which living could not be paid, and solver failures
               [strategy, path, 4]
    """

    spending: NDArray[np.float64]
    estate: NDArray[np.float64]
    heirs: NDArray[np.float64]
    estate_tax: NDArray[np.float64]
    table: NDArray[np.float64]
    columns: NDArray[np.int64]
    flows: NDArray[Any]
    steps: NDArray[Any]
    kept_from: int
    audit: NDArray[np.float64]


class Scenario(NamedTuple):
    """Everything that a run reads and writes."""

    household: HouseholdArrays
    futures: Futures
    tables: LawTables
    strategies: NDArray[Any]
    results: Results


class Scratch(NamedTuple):
    """One thread's reused records: law of the year, return and year, each with its flat view; the state's law stands at
    the end of the law, with a flat view of its own; indexed amounts; the year
    and its return as they open for every strategy; its growth; what its withdrawal rests on; what each job allows; the
    sources before 59 1/2; the states of the strategies; what each leaves, what of it heirs have not drawn, and the tax
    on what they have [strategy, heir, way of drawing]; what is left to each before estate tax, and inheritance tax on
    it [strategy, heir]; the unused exclusion of a spouse who died."""

    law: NDArray[Any]
    law_flat: NDArray[np.float64]
    amounts: NDArray[np.float64]
    state_law_flat: NDArray[np.float64]
    facts: NDArray[Any]
    facts_flat: NDArray[np.float64]
    year: NDArray[Any]
    year_flat: NDArray[np.float64]
    opened_flat: NDArray[np.float64]
    opened_facts_flat: NDArray[np.float64]
    growth: NDArray[Any]
    rule: NDArray[Any]
    job_years: NDArray[Any]
    early: NDArray[Any]
    states: NDArray[Any]
    legacy: NDArray[Any]
    inherited: NDArray[np.float64]
    received: NDArray[np.float64]
    taxes_of_heirs: NDArray[np.float64]
    left_to: NDArray[np.float64]
    on_shares: NDArray[np.float64]
    portable_exclusion: NDArray[np.float64]
