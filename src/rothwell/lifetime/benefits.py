"""Social Security of a household before any path is drawn: what is paid in each year, by who lives.

Benefits are worked month by month in dollars of the start year; a month's benefit is paid in the month after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rothwell.household import Household, Person
from rothwell.law import figure
from rothwell.law.lives import MONTHS
from rothwell.lifetime.accounts import PEOPLE
from rothwell.lifetime.earnings_records import Amounts, Array, Span, amounts_of
from rothwell.tax.claiming import (
    claiming_month,
    full_month_of_survivor,
    full_retirement_month,
    month_of_age,
    months_credited,
    retirement_share,
    spouse_share,
    survivor_amount,
    survivor_share,
)
from rothwell.tax.primary_insurance import fixed

NEVER = 10**9  # a month that no plan reaches


@dataclass(frozen=True, slots=True)
class Claimant:
    """One person's claim: the first month of the own benefit (NEVER without one), full retirement month, and the first
    month in which a survivor's benefit would be taken."""

    person: Person
    claimed: int
    full: int
    as_survivor: int
    amounts: Amounts
    earned: Array


@dataclass(slots=True)
class Paid:
    """Monthly benefits of two persons [person, month]: the own one, and what a spouse's adds to it; and for how many
    months of each something was withheld for work [person]."""

    own: Array
    added: Array
    own_withheld: NDArray[np.int64]
    added_withheld: NDArray[np.int64]


class Benefits(NamedTuple):
    """What is paid in a year, dollars of the start year: while all live [year], the second person's part of it, and to
    one who is alone [person, year of the other's death + 1, year]; 0 there stands for no spouse at all."""

    together: Array
    second: Array
    alone: Array


def benefit_tables(household: Household, earned: Array, span: Span) -> Benefits:
    """The Social Security of a household.

    Law:    42 USC 402(a), (b), (c), (e), (f), (k)(3)(A), (q), (w), 403(b), (f); 20 CFR 404.304 ff.
    Units:  dollars of the start year. The dime and the dollar of later roundings are left out: they follow no prices.
    Not modeled: benefits of children and of a parent who cares for them, divorced spouses, the family maximum (it binds
            no couple without children), suspension of benefits, a survivor who marries again.
    Tests:  test_a_spouse_adds_half_of_the_workers_amount, test_survivor_keeps_the_larger_benefit,
            test_work_before_full_retirement_age_withholds_and_gives_back.
    """
    claimants = [_claimant(person, earned[place], span) for place, person in enumerate(household.people)]
    months = MONTHS * span.start_year - 1 + np.arange(MONTHS * span.years)
    paid = _paid_to_the_living(claimants, months, span)
    of_each = paid.own + paid.added
    alone = np.zeros((PEOPLE, span.years + 1, span.years))
    for place in range(len(claimants)):
        alone[place] = _by_year(paid.own[place], span)
        if len(claimants) == PEOPLE:
            for died in range(span.years):
                monthly = _of_survivor(claimants, place, died, (months, paid), span)
                alone[place, died + 1] = _by_year(monthly, span)
    return Benefits(_by_year(of_each.sum(axis=0), span), _by_year(of_each[1], span), alone)


def _by_year(monthly: Array, span: Span) -> Array:
    """Payments of each year: for the months from December to November."""
    return np.asarray(monthly.reshape(span.years, MONTHS).sum(axis=1))


def _claimant(person: Person, earned: Array, span: Span) -> Claimant:
    benefit, born = person.social_security, person.birth_date
    claimed, as_survivor = NEVER, full_month_of_survivor(born)
    if benefit is not None:
        claimed = claiming_month(born, benefit.claiming_age, benefit.claiming_months)
        if benefit.survivor_claiming_age is not None:
            as_survivor = month_of_age(born, benefit.survivor_claiming_age)
    return Claimant(person, claimed, full_retirement_month(born), as_survivor, amounts_of(person, earned, span), earned)


def _paid_to_the_living(claimants: Sequence[Claimant], months: NDArray[np.int64], span: Span) -> Paid:
    """Own and spouse's benefits while all live, after what work withholds and what is given back for it.

    A first reckoning finds for how many months something is withheld; the second one pays with shorter reductions.
    """
    none = np.zeros(PEOPLE, dtype=np.int64)
    first = _reckoned(claimants, months, (none, none), span)
    if not first.own_withheld.any() and not first.added_withheld.any():
        return first
    second = _reckoned(claimants, months, (first.own_withheld, first.added_withheld), span)
    return Paid(second.own, second.added, first.own_withheld, first.added_withheld)


def _reckoned(
    claimants: Sequence[Claimant],
    months: NDArray[np.int64],
    withheld: tuple[NDArray[np.int64], NDArray[np.int64]],
    span: Span,
) -> Paid:
    """Benefits whose reductions are shorter by the months withheld before, less what work withholds now."""
    none = np.zeros(PEOPLE, dtype=np.int64)
    paid = Paid(np.zeros((PEOPLE, months.size)), np.zeros((PEOPLE, months.size)), none.copy(), none.copy())
    for place, one in enumerate(claimants):
        paid.own[place] = _amount(one, months, span) * _own_share(one, months, int(withheld[0][place]))
    for place in range(len(claimants)):
        paid.added[place] = _added(claimants, place, (months, paid.own), int(withheld[1][place]), span)
    for place in range(len(claimants)):
        _withhold(claimants, place, months, paid, span)
    return paid


def _amount(one: Claimant, months: NDArray[np.int64], span: Span) -> Array:
    """The primary insurance amount of each month."""
    return np.asarray(one.amounts.alive[months // MONTHS - span.start_year + 1])


def _own_share(one: Claimant, months: NDArray[np.int64], withheld: int) -> Array:
    """The share of the amount that the own benefit pays in each month, 0 before the claim.

    Credits of the year of the claim count from the next January, at 70 at once, 42 USC 402(w)(3); months withheld for
    work shorten the reduction from full retirement age on, 402(q)(7).
    """
    born = one.person.birth_date
    credited, first = months_credited(one.claimed, born), one.claimed - one.claimed % MONTHS
    so_far = min(credited, months_credited(first, born))
    if one.claimed >= month_of_age(born, int(fixed("claiming.latest_age_with_credit"))):
        so_far = credited
    begun = retirement_share(one.claimed, one.full, so_far)
    later = retirement_share(min(one.claimed + withheld, max(one.claimed, one.full)), one.full, credited)
    until = max(first + MONTHS, one.full) if one.claimed >= one.full else one.full
    return np.where(months < one.claimed, 0.0, np.where(months < until, begun, later))


def _added(
    claimants: Sequence[Claimant],
    place: int,
    of_months: tuple[NDArray[np.int64], Array],
    withheld: int,
    span: Span,
) -> Array:
    """What a spouse's benefit adds to the own one, from the later of both claims.

    Law:    42 USC 402(b)(2), (c)(2), (k)(3)(A), (q)(3), (r): deemed filing for both.
    """
    months, own = of_months
    if len(claimants) < PEOPLE:
        return np.zeros(months.size)
    one, worker = claimants[place], claimants[1 - place]
    begins = max(one.claimed, worker.claimed)
    base = np.maximum(_amount(one, months, span), own[place])  # a benefit with delayed credits is deducted whole
    excess = np.maximum(0.0, fixed("claiming.spouse_share") * _amount(worker, months, span) - base)
    begun, later = (spouse_share(min(begins + back, max(begins, one.full)), one.full) for back in (0, withheld))
    return np.where(months < begins, 0.0, np.where(months < one.full, begun, later) * excess)


def _withhold(claimants: Sequence[Claimant], place: int, months: NDArray[np.int64], paid: Paid, span: Span) -> None:
    """What a worker's own earnings withhold from the benefits on the worker's record and from a spouse's benefit.

    Law:    42 USC 403(b)(1), (f)(1), (f)(3).
    Not modeled: the monthly test of the first year of retirement.
    """
    one, other = claimants[place], 1 - place
    for year in range(span.years):
        charge = _charge(one, year, span)
        inside = (months // MONTHS == span.start_year + year) & (months < one.full)
        if charge > 0.0 and inside.any():
            total = paid.own[place] + paid.added[place] + paid.added[other]
            share = _share_withheld(total, inside, charge)
            paid.own_withheld[place] += ((share > 0.0) & (paid.own[place] > 0.0)).sum()
            paid.own[place] *= 1.0 - share
            for who in (place, other) if len(claimants) == PEOPLE else (place,):
                counts = (share > 0.0) & (paid.added[who] > 0.0) & (months < claimants[who].full)
                paid.added_withheld[who] += counts.sum()
                paid.added[who] *= 1.0 - share


def _share_withheld(total: Array, inside: NDArray[np.bool_], charge: float) -> Array:
    """The share of each month's benefits that is withheld: a charge is taken from the first months on."""
    due = np.where(inside, total, 0.0)
    taken = np.clip(charge - (due.cumsum() - due), 0.0, due)
    return np.divide(taken, due, out=np.zeros(due.size), where=due > 0.0)


def _charge(one: Claimant, year: int, span: Span) -> float:
    """What is withheld for a year's earnings, dollars of the start year: half of those above the exempt amount, a third
    of those before the month of full retirement age above the higher one.

    Law:    42 USC 403(f)(3), (f)(8)(B), (D), (E).
    """
    calendar, earned = span.start_year + year, float(one.earned[year])
    until_full = one.full - MONTHS * calendar
    if earned <= 0.0 or until_full <= 0 or one.claimed >= one.full:
        return 0.0
    name, share = "before_full_age", 1.0
    if until_full < MONTHS:
        name, share = "in_year_of_full_age", until_full / MONTHS
    exempt = float(figure(f"earnings_test.exempt_{name}").value(calendar, span.growth).value)
    withheld = fixed(f"earnings_test.withheld_{name}")
    return max(0.0, withheld * (share * earned - exempt)) / span.prices(calendar)


def _of_survivor(
    claimants: Sequence[Claimant], place: int, died: int, of_months: tuple[NDArray[np.int64], Paid], span: Span
) -> Array:
    """Monthly benefits of a survivor: the own benefit, or the survivor's where it is larger, from the month of death.

    Law:    42 USC 402(e), (f), (k)(3)(A); no deemed filing for survivors.
    Not modeled: earnings test of a survivor's benefit taken before full retirement age; switching for the better.
    """
    months, paid = of_months
    one, worker = claimants[place], claimants[1 - place]
    death = MONTHS * (span.start_year + died) + MONTHS - 1
    if worker.claimed == NEVER:
        return np.asarray(paid.own[place])
    amount, claimed = worker.amounts.at_death[died], worker.claimed <= death
    early = claimed and worker.claimed < worker.full
    if not early:
        until = min(worker.claimed, death)
        amount *= retirement_share(until, until, months_credited(until, worker.person.birth_date))
    back = int(paid.own_withheld[1 - place]) if death >= worker.full else 0
    at_death = amount * retirement_share(min(worker.claimed + back, worker.full), worker.full, 0) if early else amount
    begins = max(death, one.as_survivor)
    due = survivor_amount(amount, at_death, early, survivor_share(begins, one.person.birth_date))
    return np.asarray(np.maximum(paid.own[place], np.where(months >= begins, due, 0.0)))
