"""An inherited account drawn by one heir, year by year, in the law of one year and without growth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rothwell.household.heirs import WAGES_FROM_AGE
from rothwell.law import Law
from rothwell.law.state_timeline import both_laws
from rothwell.law.states import state, state_law_for, states
from rothwell.lifetime.heir_return import HEIR, NO_PARENTS, WAYS, drawn, taxes_of_heir
from rothwell.lifetime.records import NO_LAW
from rothwell.lifetime.residences import turns_of
from rothwell.provision import plainly
from rothwell.tax.inherited_accounts import InheritedAccount, years_of
from rothwell.tax.state_facts import BOTH_RETURNS


@dataclass(frozen=True, slots=True)
class HeirReturn:
    """What an heir's own return has besides: wages in dollars, from WAGES_FROM_AGE on; the filing status by its index;
    the age in the first year (0: no person); the state or None; or that a trust for the heir keeps what it draws; the
    parents' tax rate, which counts below 18; the part of all that the owner left in such accounts."""

    wages: float
    status: int
    age: int
    state: str | None = None
    trust: bool = False
    parents_rate: float = NO_PARENTS
    inherited_share: float = 1.0


@dataclass(frozen=True, slots=True)
class YearOfDraw:
    """A year of an inherited account, in dollars: what is there, what must be drawn, what is, and the tax it causes."""

    year: int
    balance: float
    required: float
    drawn: float
    tax: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """An inherited account drawn in one way."""

    way: str
    years: tuple[YearOfDraw, ...]

    @property
    def tax(self) -> float:
        """All income tax on it, federal and of the heir's state, in dollars."""
        return sum(one.tax for one in self.years)

    @property
    def kept(self) -> float:
        """What the heir keeps, in dollars."""
        return sum(one.drawn for one in self.years) - self.tax


def draw_inherited(
    account: InheritedAccount, balance: float, heir: HeirReturn, way: str, law: Law, from_year: int = 0
) -> Drawn:
    """An inherited account drawn to its end: what each year requires, what is drawn, and what it costs in tax.

    A Roth account is left to its last year: its five years are over then, and nothing is taxed.

    Law:    IRC 401(a)(9)(B), (H), 402(a), 408(d), 408A(d); `law` is that of one year and stands for all of them.
    Units:  dollars of that year: the account does not grow and prices do not move; `balance` at the beginning of the
            first year after the death, or of `from_year` where that is later.
    Not modeled: growth, tax on the income of what has been drawn.
    Tests:  test_a_million_drawn_by_hand.
    """
    years = tuple(one for one in years_of(account) if one[0] >= from_year)
    if account.roth:
        held, rows = balance, []
        for year, divisor in years:
            required = 0.0 if divisor is None else held / divisor
            rows.append(YearOfDraw(year, held, required, required, 0.0))
            held -= required
        return Drawn(way, tuple(rows))
    one, both, facts = _records(heir, law)
    rule, tax_of = plainly(drawn), plainly(taxes_of_heir)
    held, rows = balance, []
    for place, (year, divisor) in enumerate(years):
        age = heir.age + place if heir.age > 0 else 0
        wages = heir.wages if age == 0 or age >= WAGES_FROM_AGE else 0.0
        facts.inherited_age, facts.inherited_share = year - account.owner_born.year, heir.inherited_share
        base, taxable = tax_of(one, age, facts, (wages, 0.0, 0.0, 0.0, 0.0), both)
        of_year = np.inf if divisor is None else divisor
        taken = float(rule(WAYS.index(way), held, len(years) - 1 - place, of_year, taxable, one, both))
        whole, _ = tax_of(one, age, facts, (wages, taken, 0.0, 0.0, 0.0), both)
        rows.append(YearOfDraw(year, held, held / of_year, taken, float(whole - base) if taken > 0.0 else 0.0))
        held -= taken
    return Drawn(way, tuple(rows))


def best_way(account: InheritedAccount, balance: float, heir: HeirReturn, law: Law) -> Drawn:
    """The way of drawing that leaves the heir the most; of those that leave alike, the first of WAYS."""
    return max((draw_inherited(account, balance, heir, way, law) for way in WAYS), key=lambda one: round(one.kept, 2))


def _records(heir: HeirReturn, law: Law):  # type: ignore[no-untyped-def]
    """The heir, the law of both returns, and an empty return, as the rules read them."""
    one, both, facts = np.zeros(1, HEIR), np.zeros(1, both_laws()), np.zeros(1, BOTH_RETURNS)
    for name in law.record.dtype.names:
        both[0][name] = law.record[name]
    held = heir.state is not None and heir.state in states()
    one[0].status, one[0].law, one[0].trust = heir.status, NO_LAW, float(heir.trust)
    one[0].parents_rate, one[0].person = heir.parents_rate, float(heir.age > 0)
    one[0].turns = turns_of(state(heir.state)) if held and heir.state else turns_of(None)
    if held and heir.state and state(heir.state).figures:
        both[0]["state"] = state_law_for(heir.state, law.year).record
    return one[0], both[0], facts[0]
