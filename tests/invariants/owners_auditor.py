"""A second look at owners of businesses and at related employers, written from the statute: it shares no code with the
desk. Arrays of many plans in, the number of plans that break each rule out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rothwell.household import Household
from rothwell.mega_backdoor.capacity import PersonCapacity

SLACK = 0.005  # dollars
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of 2026: 402(g)(1), 414(v)(2)(B) and (E), 415(c)(1)(A), 401(a)(17)(A), 457(e)(15), 42 USC 430."""

    deferrals: float = 24_500
    catch_up: float = 8_000
    catch_up_60_to_63: float = 11_250
    additions: float = 72_000
    compensation: float = 360_000
    deferred_compensation: float = 24_500
    wage_base: float = 184_500


@dataclass(frozen=True, slots=True)
class Owners:
    """Many owners: what they earn and plan, what other plans leave, and what is to be audited."""

    profit: Floats
    wages: Floats
    planned: Floats
    dollars: Floats
    rate: Floats
    deferrals_first: Floats
    deferrals_left: Floats
    catch_up_left: Floats
    additions_left: Floats
    cap: Floats
    profit_sharing: Floats
    base: Floats
    catch_up: Floats
    room: Floats


def earnings_of(profit: Floats, wages: Floats, numbers: Numbers) -> Floats:
    """Earned income before the plan: 401(c)(2)(A)(vi) with 164(f), 1401(a), (b), 1402(a)(12), (b)(1), (2)."""
    taxed = profit * (1 - 0.0765)
    taxed = np.where(taxed < 400, 0.0, taxed)
    social_security = 0.124 * np.clip(taxed, 0, np.clip(numbers.wage_base - wages, 0, None))
    return profit - (social_security + 0.029 * taxed) / 2


def broken(owners: Owners, numbers: Numbers) -> dict[str, int]:
    """How many plans break each rule; every count is to be zero."""
    one = owners
    earned = earnings_of(one.profit, one.wages, numbers)
    left = earned - one.profit_sharing  # 401(c)(2)(A)(v); 415(c)(3)(D) adds the deferrals back
    ceiling = np.minimum(one.additions_left, left)  # 415(c)(1)(A), (B)
    added = one.profit_sharing + one.base
    most_by_rate = one.rate * np.minimum(left, numbers.compensation)
    free = np.isinf(one.planned)
    full = (np.abs(one.base - one.deferrals_left) < SLACK) | (np.abs(added - ceiling) < SLACK)
    more = one.profit_sharing + 1.0  # one dollar more of profit sharing breaks something
    blocked = more > one.rate * np.minimum(earned - more, numbers.compensation)
    blocked |= more + one.base > np.minimum(one.additions_left, earned - more)
    given = ~np.isinf(one.dollars)
    fits = np.minimum(one.additions_left, one.rate / (1 + one.rate) * earned)
    fits = np.minimum(fits, one.rate * numbers.compensation)
    room = np.minimum(one.cap, np.clip(ceiling - added, 0, None))
    rules = {
        "something is negative": np.min([one.profit_sharing, one.base, one.catch_up, one.room], axis=0) < 0,
        "404(a)(3)(A)(i), (8)(D)": one.profit_sharing > most_by_rate + SLACK,
        "404(a)(8)(C)": added + one.catch_up > earned + SLACK,
        "402(g)(1)": one.base > one.deferrals_left + SLACK,
        "414(v)(2)(A)(i)": one.catch_up > one.catch_up_left + SLACK,
        "414(v)(2)(A)(ii)": one.base + one.catch_up > left + SLACK,
        "414(v)(1): catch-up below every limit": (one.catch_up > SLACK) & ~full,
        "more than planned": one.base + one.catch_up > one.planned + SLACK,
        "415(c)(1) before after-tax money": added > ceiling + SLACK,
        "415(c)(1)": (one.room > SLACK) & (added + one.room > ceiling + SLACK),
        "less room than there is": np.abs(one.room - room) > SLACK,
        "less deferred than could be": free & ~full,
        "less profit sharing than could be": (one.deferrals_first > 0) & ~blocked,
        "profit sharing not as given": given & (np.abs(one.profit_sharing - np.minimum(one.dollars, fits)) > SLACK),
    }
    return {name: int(found.sum()) for name, found in rules.items()}


def findings_at_the_desk(one: Household, found: PersonCapacity, numbers: Numbers) -> Iterator[str]:
    """What one person's answer breaks over all employers of the file."""
    jobs = {job.employer: job for job in one.jobs if job.person == found.name}
    shop = next((business for business in one.businesses if business.person == found.name), None)
    kinds = {name: job.plan.kind if job.plan else "" for name, job in jobs.items()}
    apart = [employer for employer in found.employers if kinds.get(employer.employer) == "457b"]
    rest = [employer for employer in found.employers if employer not in apart]
    high = 60 <= found.age <= 63
    limit = 0.0 if found.age < 50 else numbers.catch_up_60_to_63 if high else numbers.catch_up
    if sum(employer.elective_deferrals for employer in rest) > numbers.deferrals + SLACK:
        yield "402(g)(1)"
    if sum(employer.catch_up for employer in rest) > limit + SLACK:
        yield "414(v)(2)(B)"
    if sum(employer.elective_deferrals for employer in apart) > numbers.deferred_compensation + SLACK:
        yield "457(e)(15)"
    for employer in apart:
        plan = jobs[employer.employer].plan
        assert plan is not None
        if employer.elective_deferrals + employer.employer_contributions > numbers.deferred_compensation + SLACK:
            yield "457(c), (e)(5)"
        if employer.catch_up > (limit if plan.governmental else 0.0) + SLACK or employer.after_tax_room:
            yield "414(v)(6)(A)(iii), or after-tax money in a 457(b) plan"
    groups: dict[object, list[float]] = {}
    controls = [name for name, job in jobs.items() if job.ownership > 0.5 and kinds[name] == "401k"]
    controls += [shop.name] if shop is not None and shop.plan is not None else []
    joined = controls if "403b" in kinds.values() else []  # 415(k)(4), Reg. 1.415(f)-1(f)(2)
    for employer in rest:
        job, total = jobs.get(employer.employer), employer.elective_deferrals + employer.employer_contributions
        total += employer.after_tax_room
        if job is None:
            assert shop is not None
            group = shop.controlled_group or shop.name
            name: object = "403(b)" if shop.name in joined else ("401(a)", group)
            earned = earnings_of(np.array(shop.net_profit), np.array(sum(one.pay for one in jobs.values())), numbers)
            pay = float(earned) - employer.employer_contributions
        else:
            in_403b = kinds[employer.employer] == "403b"
            with_403b = (in_403b and joined) or employer.employer in joined
            of_kind = "403(b) plans" if in_403b else "401(a)"
            name = "403(b)" if with_403b else (of_kind, job.controlled_group or job.employer)
            pay = job.pay
        if total > pay + SLACK:
            yield f"415(c)(1)(B) at {employer.employer}"
        groups.setdefault(name, []).append(total)
    for name, totals in groups.items():
        if sum(totals) > numbers.additions + SLACK:
            yield f"415(c)(1)(A), (f), (h), (k)(4): {name}"
