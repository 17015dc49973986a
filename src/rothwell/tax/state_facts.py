"""What a state's return asks beyond the federal one, and what it takes from the federal one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rothwell.provision import provision
from rothwell.tax.facts import Facts


class StateFacts(NamedTuple):
    """The facts of a state's return: dollars of the year unless a comment says otherwise; 1 stands for yes.

    What is not said to be the spouse's is the filer's.
    """

    pension2: float = 0.0  # the spouse's part of the pensions and plan distributions
    ira_distributions2: float = 0.0  # the spouse's part of the taxable IRA distributions
    investment_income2: float = 0.0  # the spouse's part of interest, dividends and gains
    inherited: float = 0.0  # part of the taxable IRA distributions: of somebody who has died
    inherited_share: float = 0.0  # of it, the part of all that the one who died has left in such accounts
    inherited_age: float = 0.0  # of it: the age that the one who died would attain in the year
    ira_converted1: float = 0.0  # part of the taxable IRA distributions that went to a Roth IRA
    ira_converted2: float = 0.0  # the spouse's
    plan_converted1: float = 0.0  # part of the plan distributions that went to Roth, in the plan or out of it
    plan_converted2: float = 0.0  # the spouse's
    state_basis_recovered: float = 0.0  # part of the taxable distributions that the state has taxed before
    us_interest: float = 0.0  # part of the taxable interest: obligations of the United States
    other_states_interest: float = 0.0  # part of the tax-exempt interest: bonds of other states
    converted_withheld1: float = 0.0  # part of the conversions that was withheld for tax and did not reach the Roth
    converted_withheld2: float = 0.0  # the spouse's
    deferrals: float = 0.0  # elective deferrals of both, left out of Form W-2, box 1
    hsa_at_work: float = 0.0  # contributions to health savings accounts through payroll, the employer's among them
    other_additions: float = 0.0  # what else the state adds to income
    other_subtractions: float = 0.0  # what else the state leaves out, such as pensions of its own government
    n_children_u4: float = 0.0  # part of the children under 17: under 4 at the end of the year
    n_children_u6: float = 0.0  # part of them: under 6
    local_rate: float = 0.0  # of local income tax, a fraction
    new_york_city: float = 0.0  # 1: lives in New York City
    last_years_tax: float = 0.0  # of the state, before credits (0: not known)


STATE_RETURN = np.dtype((np.record, [(name, "f8") for name in StateFacts._fields]))

BOTH_RETURNS = np.dtype((np.record, [(name, "f8") for name in (*Facts._fields, *StateFacts._fields)]))
"""The facts of the federal and the state's return in one record."""


class FederalFigures(NamedTuple):
    """What a state's return takes from the federal one, in dollars of the year.

    itemizes    1: the federal return itemizes
    income_tax  after credits
    """

    agi: float
    taxable_benefits: float
    taxable_ira: float
    itemizes: float
    income_tax: float
    earned_income: float
    earned_income_credit: float


FEDERAL_FIGURES = np.dtype((np.record, [(name, "f8") for name in FederalFigures._fields]))


class Retirement(NamedTuple):
    """A person's federally taxable retirement income of the year by kind, in dollars.

    pension, ira    paid out, conversions apart
    """

    pension: float
    ira: float
    ira_converted: float
    plan_converted: float


@provision
def dependents_of(facts):  # type: ignore[no-untyped-def]
    """How many dependents a return has.

    Law:    IRC 152.
    """
    return facts.n_children_u17 + facts.n_older_children + facts.n_other_dependents


@provision
def all_retirement_of(facts, own, federal, person):  # type: ignore[no-untyped-def]
    """The federally taxable retirement income of filer (0) or spouse (1), conversions among it.

    Law:    IRC 72, 402(a), 408(d).
    Units:  dollars of the year.
    """
    found = retirement_of(facts, own, federal, person)
    return found.pension + found.ira + found.ira_converted + found.plan_converted


@provision
def retirement_of(facts, own, federal, person):  # type: ignore[no-untyped-def]
    """The federally taxable retirement income of filer (0) or spouse (1) by kind.

    Law:    IRC 72, 402(a), 408(d): what the states begin from.
    Units:  dollars of the year; what Form 8606 makes taxable is shared out as the money was taken.
    """
    first = facts.ira_withdrawals1 + facts.ira_conversions1
    second = facts.ira_withdrawals2 + facts.ira_conversions2
    taken = first + second
    taxable = federal.taxable_ira / taken if taken > 0.0 else 0.0  # a dollar's part, Form 8606
    iras = facts.ira_distributions + (federal.taxable_ira if taken <= 0.0 else 0.0)  # gifts out of them left out
    if person > 0:
        converted = own.ira_converted2 + taxable * facts.ira_conversions2
        ira = own.ira_distributions2 - own.ira_converted2 + taxable * facts.ira_withdrawals2
        pension, plan = own.pension2, own.plan_converted2
    else:
        converted = own.ira_converted1 + taxable * facts.ira_conversions1
        ira = iras - own.ira_distributions2 - own.ira_converted1 + taxable * facts.ira_withdrawals1
        pension, plan = facts.pension - own.pension2, own.plan_converted1
    return Retirement(max(0.0, pension - plan), max(0.0, ira), converted, plan)
