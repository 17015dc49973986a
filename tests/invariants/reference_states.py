"""The two returns of a year in plain Python, for the second simulator: whose money it is, and each tax in the other."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from rothwell.law.states import state_record_type
from rothwell.law.timeline import LawTables, set_law_of_year
from rothwell.provision import plainly
from rothwell.tax.facts import Facts
from rothwell.tax.federal import return_by_choice
from rothwell.tax.state import state_return
from rothwell.tax.state_facts import FederalFigures, StateFacts
from tests.invariants.reference_law import plain
from tests.invariants.reference_year import PEOPLE, Trial, Year

SETTLED = 1e-9  # dollars of tax
TURNS = 100  # of the two returns: far above what is ever needed


class StateOfYear(NamedTuple):
    """Where the household lives in a year: the record of RESIDENCE and the state's law; None where it taxes nothing."""

    home: Any
    law: Any


class LawOfStates:
    """The law of a household's states on one path, by year and filing status."""

    def __init__(self, tables: LawTables, residence: Any, levels: Any) -> None:
        self.tables, self.residence, self.levels = tables, residence, levels
        self.known: dict[tuple[int, int], StateOfYear] = {}

    def of(self, year: int, status: int) -> StateOfYear:
        """Where the household lives in a year, under the law for a status."""
        if (year, status) not in self.known:
            home, law = plain(self.residence[year]), None
            if home.law >= 0:
                found = np.zeros(1, state_record_type())
                flat = found.view(np.float64)
                plainly(set_law_of_year)(
                    flat, np.zeros_like(flat), self.tables, int(home.law), status, year, self.levels
                )
                law = plain(found[0])
            self.known[year, status] = StateOfYear(home, law)
        return self.known[year, status]


def taxes(year: Year, trial: Trial) -> None:
    """Work out both returns of a trial and write them into it."""
    facts, parts, law = trial.facts, year.parts, year.law
    if year.state.law is None:
        trial.form = plainly(return_by_choice)(facts, parts, 0.0, year.status, law)
        return
    own, split = _split(year, trial)
    paid = 0.0
    for _ in range(TURNS):
        with_paid = split._replace(state_income_tax_paid=max(0.0, paid)) if parts.itemized else split
        form = plainly(return_by_choice)(with_paid, parts, 0.0, year.status, law)
        figures = FederalFigures(
            agi=form.agi,
            taxable_benefits=form.taxable_ss,
            taxable_ira=0.0,
            itemizes=form.itemizes,
            income_tax=form.income_tax,
            earned_income=form.earned_income,
            earned_income_credit=0.0,
        )
        found = plainly(state_return)(split, own, figures, year.status, law, year.state.law)
        if abs(found.tax + found.local_tax - paid) <= SETTLED:
            break
        paid = found.tax + found.local_tax
    trial.form, trial.state_tax, trial.local_tax = form, found.tax, found.local_tax


def _split(year: Year, trial: Trial) -> tuple[StateFacts, Facts]:
    """What the state asks besides, and the return's facts with plans, IRAs and other income apart."""
    left, couple = trial.pots_left, sum(year.alive) == len(PEOPLE)
    weighed = sum(weight * sum(pots) for weight, pots in zip(trial.weights, left, strict=True))
    deferrals = sum(year.unmatched_pre_tax) + sum(year.unmatched_roth)
    cut = trial.taken["deferrals"] / deferrals if deferrals > 0.0 else 0.0
    moved = []
    of_plans, of_iras, plan_converted, ira_converted, early = [], [], [], [], []
    after_tax = [more + earlier for more, earlier in zip(year.after_tax, year.earlier_earnings, strict=True)]
    earnings = year.converted_earnings + year.waiting_gain * (
        sum(year.after_tax) - trial.taken["after-tax contributions"]
    )
    for who, one in enumerate(year.estate.owners):
        plan_left, former_left, ira_left = left[who]
        share = trial.weights[who] * trial.conversion / weighed if weighed > 0.0 else 0.0
        of_after_tax = after_tax[who] / sum(after_tax) if sum(after_tax) > 0.0 else float(who == 0)
        untaxed = trial.untaxed_conversion[who]
        moved.append(share * (plan_left + former_left + ira_left))
        of_plans.append(one.plan + one.former - plan_left - former_left)
        of_iras.append(one.ira - ira_left - (trial.nontaxable[who] - untaxed) + trial.early_of(("earnings",), who))
        plan_converted.append(share * (plan_left + former_left) + of_after_tax * earnings)
        ira_converted.append(share * ira_left + year.backdoor[who] - untaxed)
        early.append(sum(part * pot.dollars[who] for pot, part in trial.early if pot.bears[who]))
    paid = [of_plans[who] + of_iras[who] for who in PEOPLE]
    trial.state_basis = [_basis_back(year, who, paid[who], moved[who], sum(left[who])) for who in PEOPLE]
    facts = trial.facts
    from_plans = sum(of_plans) + sum(plan_converted)
    hsa = trial.taken["hsa"]
    split = facts._replace(
        pension=facts.pension + from_plans,
        ira_distributions=facts.ira_distributions - from_plans - hsa,
        other_income=facts.other_income + hsa,
        early_ira1=sum(early) if not couple else early[0],
        early_ira2=early[1] if couple else 0.0,
    )
    investment = facts.taxable_interest + facts.ordinary_dividends + max(0.0, facts.st_gain + facts.lt_gain)
    second = float(couple)
    own = StateFacts(
        pension2=second * (year.pensions[1] + of_plans[1] + plan_converted[1]),
        ira_distributions2=second * (of_iras[1] + ira_converted[1]),
        investment_income2=second * investment / len(PEOPLE),
        ira_converted1=sum(ira_converted) - second * ira_converted[1],
        ira_converted2=second * ira_converted[1],
        plan_converted1=sum(plan_converted) - second * plan_converted[1],
        plan_converted2=second * plan_converted[1],
        state_basis_recovered=sum(trial.state_basis),
        deferrals=sum(year.pre_tax) - cut * sum(year.unmatched_pre_tax) - (1.0 - cut) * sum(year.owner_pre_tax),
        local_rate=year.state.home.local_rate,
        new_york_city=year.state.home.new_york_city,
    )
    return own, split


def _basis_back(year: Year, who: int, paid: float, moved: float, left: float) -> float:
    """What the state leaves untaxed of one person's distributions: its basis first, or in proportion to the value.
    `left` is the value after withdrawals, of which some moves to Roth."""
    law, one = year.state.law, year.estate.owners[who]
    taken = paid + (0.0 if law.income.conversions_spared else moved)
    if law.state_basis.first:
        return min(one.state_basis, taken)
    whole = taken + year.ira_growth[who] * (left - moved)
    return taken * min(1.0, one.state_basis / whole) if law.state_basis.in_proportion and whole > 0.0 else 0.0


def carry_basis(year: Year, trial: Trial) -> None:
    """The basis in the state that is left after a year, with the deferrals that the state has taxed."""
    if year.state.law is None:
        return
    deferrals = sum(year.unmatched_pre_tax) + sum(year.unmatched_roth)
    cut = trial.taken["deferrals"] / deferrals if deferrals > 0.0 else 0.0
    for who, one in enumerate(year.estate.owners):
        taxed = year.state.law.income.deferrals_taxed * (year.pre_tax[who] - cut * year.unmatched_pre_tax[who])
        one.state_basis = max(0.0, one.state_basis - trial.state_basis[who]) + taxed
