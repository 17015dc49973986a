"""The next-dollar table: what one more dollar placed today is worth in each account, at the same cost out of pocket."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rothwell.decision.measures import Estimate, Worth, estimate, ratio
from rothwell.decision.view import View
from rothwell.lifetime.records import HouseholdArrays
from rothwell.lifetime.taxable_account import buy
from rothwell.provision import plainly

PLACED = 1_000.0  # dollars more in an account: small beside what a household owns
TAXABLE, PRE_TAX, ROTH, MEGA_BACKDOOR, HSA = "taxable", "pre_tax", "roth", "mega_backdoor", "hsa"
_FIELDS = {
    TAXABLE: ("taxable", "taxable_basis"),
    PRE_TAX: ("pre_tax_plan",),
    ROTH: ("roth_ira", "contributions"),
    MEGA_BACKDOOR: ("roth_plan", "plan_contributions"),
    HSA: ("hsa",),
}
_DEDUCTED = (PRE_TAX, HSA)
_FIRST_YEARS = {ROTH: "first_roth_year", MEGA_BACKDOOR: "first_plan_year"}
"""The balances of the opening account that one more dollar adds to, and the clocks that the first money starts."""


@dataclass(frozen=True, slots=True)
class Placement:
    """One more dollar in one account, on the same futures.

    dollars            that stand in the account for a dollar out of pocket: 1 / (1 - tax saved now); None: nobody
                       works, so nothing new can be put in
    value              change of the certainty equivalent for each dollar out of pocket (each dollar in the account
                       where nothing new can be put in): real dollars a year
    beside_taxable     so many dollars placed in the taxable account are worth as much
    """

    account: str
    dollars: float | None
    value: Estimate
    beside_taxable: Estimate


@dataclass(frozen=True, slots=True)
class Placements:
    """The next-dollar table, and the rate of tax today at which a pre-tax dollar and a Roth dollar are worth the same.

    rate_now            tax on one more dollar of a conversion in the first year, the tax that a deferral saves
    rate_of_indifference   1 - value of a dollar in the pre-tax account / value of a dollar in the Roth account: at a
                        higher rate today pre-tax is better, at a lower one Roth or a conversion
    """

    person: str
    rate_now: float
    rows: tuple[Placement, ...]
    rate_of_indifference: Estimate


def placements(view: View) -> Placements:
    """Run the strategy in view again with PLACED dollars more in each account."""
    household, arrays = view.study.household, view.study.arrays
    person = _earner(arrays)
    changes = _changes(view, arrays, person)
    works = arrays.jobs.size > 0
    rate_now = view.rates.conversion
    cost = {name: (1.0 - rate_now if name in _DEDUCTED and works else 1.0) for name in changes}
    beside = changes[TAXABLE]
    rows = tuple(
        Placement(
            account=name,
            dollars=None if name in (PRE_TAX, MEGA_BACKDOOR) and not works else 1.0 / cost[name],
            value=_mean_change(change, 1.0 / (cost[name] * PLACED)),
            beside_taxable=_beside(change, beside, cost[name]),
        )
        for name, change in changes.items()
    )
    pre_tax, roth = changes[PRE_TAX], changes[ROTH]
    share = _beside(pre_tax, roth, 1.0)
    indifference = Estimate(1.0 - share.value, share.standard_error)
    return Placements(household.people[person].name, rate_now, rows, indifference)


@dataclass(frozen=True, slots=True)
class _Change:
    """The change of the certainty equivalent, and how much each path moves it."""

    value: float
    influence: np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def _changes(view: View, arrays: HouseholdArrays, person: int) -> dict[str, _Change]:
    """The household with PLACED dollars more in each account, run side by side, against the household as it is; a
    health savings account is asked about where the household has one."""
    accounts = [name for name in _FIELDS if name != HSA or arrays.couple[0]["has_hsa"] > 0.0]
    states = [with_more(arrays, name, person, PLACED).state for name in accounts]
    beside = arrays._replace(state=np.concatenate(states))
    found: Worth = view.worth_of((view.strategy,) * len(states), arrays=beside)
    levels, influence = found.certainty_equivalent, found.influence
    level, own = view.value.certainty_equivalent[0], view.value.influence[0]
    return {name: _Change(float(levels[place] - level), influence[place] - own) for place, name in enumerate(accounts)}


def with_more(arrays: HouseholdArrays, account: str, person: int, dollars: float) -> HouseholdArrays:
    """The household with more money in an account of one person at the start; taxable money has its full basis."""
    state = arrays.state.copy()
    if account == TAXABLE:
        plainly(buy)(state[0], dollars, dollars)
        return arrays._replace(state=state)
    for field in _FIELDS[account]:
        if state[field].ndim > 1:
            state[field][0, person] += dollars
        else:
            state[field][0] += dollars
    if account in _FIRST_YEARS and state[_FIRST_YEARS[account]][0, person] == 0.0:
        state[_FIRST_YEARS[account]][0, person] = arrays.couple[0]["start_year"]  # the first money in it
    return arrays._replace(state=state)


def _earner(arrays: HouseholdArrays) -> int:
    """The person with the highest pay of the start year, the first where nobody works: the dollar is theirs."""
    pay = np.bincount(arrays.jobs["person"], weights=arrays.jobs["pay"], minlength=1)
    return int(np.argmax(pay))


def _mean_change(change: _Change, scale: float) -> Estimate:
    return estimate(change.value * scale, change.influence * scale)


def _beside(change: _Change, rival: _Change, cost: float) -> Estimate:
    """A change at its cost out of pocket, as a multiple of a rival's at the same cost."""
    if rival.value == 0.0:
        return Estimate(0.0, 0.0)
    return ratio(change.value / cost, rival.value, (change.influence / cost, rival.influence))
