"""What a household owns when the plan starts, as the year loop reads it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rothwell.household import Account, Household, Person
from rothwell.law import JOINT, SINGLE, figure
from rothwell.lifetime.accounts import LAYERS, PEOPLE, STATE, TAXABLE, UNTAXED
from rothwell.lifetime.taxable_account import buy
from rothwell.mega_backdoor.roth_money import Layers
from rothwell.mega_backdoor.roth_of_household import designated_roth_of, plan_money, roth_iras_of
from rothwell.provision import plainly


def opening_state(household: Household, start_year: int) -> NDArray[Any]:
    """The accounts at the start, and the incomes that the Medicare premiums of the first two years look back to."""
    state = np.zeros(1, STATE)
    row = state[0]
    names = [person.name for person in household.people]
    fields = {"traditional_ira": row.traditional_ira, "after_tax_plan": row.after_tax, "hsa": row.hsa}
    held = household.taxable_account
    row.by_lot = float(held.basis_method == "highest_first")
    row.loss_carryover[:] = held.short_term_loss_carryover, held.long_term_loss_carryover
    for account in household.accounts:
        if account.kind == "taxable":
            plainly(buy)(row, account.balance, account.basis or 0.0)
        elif account.kind in fields:
            fields[account.kind][names.index(account.owner)] += account.balance
            if account.kind == "after_tax_plan":
                row.after_tax_basis[names.index(account.owner)] += account.basis or 0.0
    for position, person in enumerate(household.people):
        stated = person.ira.basis_of_earlier_years
        own = [one for one in household.accounts_of(person.name) if one.kind == "traditional_ira"]
        row.ira_basis[position] = sum(one.basis or 0.0 for one in own) if stated is None else stated
        row.state_basis[position] = sum(one.state_basis or 0.0 for one in household.accounts_of(person.name))
        _open_pre_tax_plans(row, household, position, start_year)
        _open_roth(row, household, position, start_year)
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


def _is_left(household: Household, person: Person, employer: str | None, start_year: int) -> bool:
    """Whether a plan is that of an employer left; a plan without a name is that of the present one, if there is one."""
    own = [one.employer for one in household.jobs_of(person.name)]
    own += [one.name for one in household.businesses if one.person == person.name]
    works = bool(own) and (person.retirement_year is None or person.retirement_year > start_year)
    return not works or (employer is not None and employer not in own)


def _open_pre_tax_plans(row: Any, household: Household, position: int, start_year: int) -> None:
    """Pre-tax money of present employers, and of those left: in or after the year of 55, or before (the safe side).

    Law:    IRC 72(t)(2)(A)(v), (3)(A).
    """
    person = household.people[position]
    accounts = [one for one in household.accounts_of(person.name) if one.kind == "pre_tax_plan"]
    left = [one for one in accounts if _is_left(household, person, one.employer, start_year)]
    row.pre_tax_plan[position] = sum(one.balance for one in accounts if one not in left)
    free = sum(one.balance for one in left if _is_free(one, person, start_year))
    others = sum(one.balance for one in left) - free
    rolls_over = person.plan_on_leaving == "roll_over"
    row.former_free[position] = float(free > 0.0 and (others == 0.0 or rolls_over))
    row.former_plan[position] = free + (0.0 if free > 0.0 and rolls_over else others)
    row.traditional_ira[position] += others if free > 0.0 and rolls_over else 0.0


def _is_free(account: Account, person: Person, start_year: int) -> bool:
    """Whether the account's employer was left in or after the year of 55."""
    age = float(figure("early_distribution.separation_age").value(start_year).value)
    return account.left_in is not None and person.age_in(account.left_in) >= age


def _open_roth(row: Any, household: Household, position: int, start_year: int) -> None:
    """The ledgers of Roth money as the desk reads them; plans of employers left count as rolled to the Roth IRA.

    Law:    IRC 408A(d)(4), 402A(d)(4); Reg. 1.408A-10 Q&A-3.
    """
    person = household.people[position]
    iras, _ = roth_iras_of(household, person.name)
    row.roth_ira[position] = iras.value
    row.contributions[position] = iras.contributions
    row.first_roth_year[position] = _first_year(household, person, "roth_ira", iras.first_year, start_year)
    row.years_young[position] = LAYERS
    row.seasoned[position] = _open_layers(row.conversions[position], iras.conversions, start_year)
    works = household.jobs_of(person.name) or any(one.person == person.name for one in household.businesses)
    for money in plan_money(household, person.name, "roth_plan"):
        plan, _ = designated_roth_of(household, person.name, money)
        left = bool(works) and _is_left(household, person, money.employer, start_year)
        other_basis = plan.basis - sum(one.total for one in plan.conversions)
        (row.roth_ira if left else row.roth_plan)[position] += plan.value
        (row.contributions if left else row.plan_contributions)[position] += other_basis
        layers = (row.rolled if left else row.in_plan)[position]
        seasoned = row.rolled_seasoned if left else row.in_plan_seasoned
        seasoned[position] += _open_layers(layers, plan.conversions, start_year)
        first = row.first_roth_year if left else row.first_plan_year
        begun = _first_year(household, person, "roth_plan", plan.first_year, start_year)
        year = start_year if left else begun
        first[position] = min(first[position], year) if first[position] else year


def _first_year(household: Household, person: Person, kind: str, known: int | None, start_year: int) -> int:
    """The start of the five years; where the file says nothing of it they count as over."""
    accounts = [one for one in household.accounts_of(person.name) if one.kind == kind and one.balance > 0.0]
    if accounts and all(one.first_roth_year is None and not one.conversions for one in accounts):
        return start_year - LAYERS
    return known or 0


def _open_layers(layers: Any, conversions: Layers, start_year: int) -> float:
    """Enter young conversions in their places; returns those that are older than the five years."""
    seasoned = 0.0
    for one in conversions:
        if one.year + LAYERS <= start_year:
            seasoned += one.total
        else:
            layers[(one.year - start_year) % LAYERS, TAXABLE] += one.taxable
            layers[(one.year - start_year) % LAYERS, UNTAXED] += one.untaxed
    return seasoned
