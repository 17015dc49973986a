"""The order of savings: what the next dollar saved should go into, with the room of each step and the reason; and when
after-tax contributions are worse than the taxable account.

Law:    IRC 223, 401(m), 402A, 408A, 414(v), 415(c); 1(h)(1)(B), 1014.
Not modeled: debts, whose interest may exceed every return; pension-linked emergency accounts; what employers offer
        beside plans.
Tests:  test_the_match_comes_first_and_the_taxable_account_last, test_cash_and_goals_come_before_after_tax_money,
        test_the_zero_rate_on_gains_speaks_against_after_tax_money.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rothwell.household import Household, OwnerPlan, Plan
from rothwell.mega_backdoor.capacity import Capacity, EmployerCapacity, PersonCapacity
from rothwell.mega_backdoor.expected_return import expected_return
from rothwell.mega_backdoor.job_year import HALF_A_CENT, LawOfYear, is_over

GOALS_WITHIN = 5  # years: money for nearer goals stays outside retirement accounts; not law
STEP_UP_NEAR = 80  # age from which a step-up at death weighs more than untaxed growth; not law


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the order: what it is, whose, the room in dollars of the year (None: as much as there is), why."""

    name: str
    person: str
    room: float | None
    why: str
    law: str


@dataclass(frozen=True, slots=True)
class Against:
    """A reason for which after-tax contributions are worse than the taxable account for this household."""

    kind: str
    words: str
    law: str


def savings_order(household: Household, capacity: Capacity) -> tuple[Step, ...]:
    """The steps of a household in their order; those without room are left out."""
    people = capacity.people
    groups = (
        _cash(household, capacity.year),
        (one for person in people for one in _matched(household, person)),
        (one for person in people for one in _health(person)),
        (one for person in people for one in _deferrals(household, person, capacity.year)),
        (one for person in people for one in _iras(person)),
        (one for person in people for one in _after_tax(household, person)),
        _taxable(),
    )
    return tuple(one for group in groups for one in group if one.room is None or one.room > HALF_A_CENT)


def _cash(household: Household, year: int) -> Iterator[Step]:
    floor = household.spending.cash_floor
    held = sum(account.balance for account in household.accounts if account.kind == "taxable")
    near = sum(goal.amount for goal in household.goals if year <= goal.year < year + GOALS_WITHIN)
    missing = max(0.0, floor + near - held)
    yield Step("cash and near goals", "", missing, "what is needed soon must not depend on a plan's rules", "none")


def _matched(household: Household, person: PersonCapacity) -> Iterator[Step]:
    for employer in person.employers:
        if employer.match > HALF_A_CENT and not _ended(household, person, employer):
            plan = plan_with(household, person.name, employer.employer)
            reach = plan.match[-1].up_to if isinstance(plan, Plan) and plan.match else 0.0
            why = f"the employer adds ${employer.match:,.0f} in the year for deferrals up to {reach:.0%} of pay"
            yield Step(
                f"elective deferrals that are matched, {employer.employer}", person.name, None, why, "IRC 401(m)(4)"
            )


def _health(person: PersonCapacity) -> Iterator[Step]:
    if person.hsa is not None:
        why = "deducted, grows untaxed and is untaxed for medical costs; out of pay it saves payroll tax too"
        yield Step("health savings account", person.name, person.hsa.left, why, "IRC 223, 106(d)")


def _deferrals(household: Household, person: PersonCapacity, year: int) -> Iterator[Step]:
    for employer in person.employers:
        if _ended(household, person, employer):
            continue
        room = employer.elective_deferrals + employer.catch_up
        if year == household.start_year:
            room -= _deferred(household, person, employer)
        why = "pre-tax where the rate is higher now than it will be, Roth where it is lower"
        if employer.catch_up_must_be_roth and employer.catch_up > HALF_A_CENT:
            why += "; catch-up must be Roth"
        yield Step(
            f"elective deferrals up to the limit, {employer.employer}", person.name, room, why, "IRC 402(g), 414(v)"
        )


def _ended(household: Household, person: PersonCapacity, employer: EmployerCapacity) -> bool:
    return any(is_over(job) for job in household.jobs_of(person.name) if job.employer == employer.employer)


def _deferred(household: Household, person: PersonCapacity, employer: EmployerCapacity) -> float:
    """Elective deferrals so far this year."""
    jobs = (job.year_to_date for job in household.jobs_of(person.name) if job.employer == employer.employer)
    named = (person.name, employer.employer)
    own = (one.year_to_date for one in household.businesses if (one.person, one.name) == named)
    return sum(one.elective_deferrals for one in jobs) + sum(one.elective_deferrals for one in own)


def _iras(person: PersonCapacity) -> Iterator[Step]:
    left, straight = person.ira.left, person.ira.roth_left
    if straight is not None and straight > HALF_A_CENT:
        yield Step("Roth IRA", person.name, straight, "its contributions can be taken back at any time", "IRC 408A(c)")
    rest = left - (straight or 0.0)
    backdoor = person.ira.backdoor
    if backdoor is not None and rest > HALF_A_CENT:
        taxed = backdoor.taxable is not None and backdoor.taxable > HALF_A_CENT
        why = "taxable in part, until pre-tax IRA money is in a plan" if taxed else "not deducted and converted at once"
        yield Step("ordinary backdoor Roth IRA", person.name, rest, why, "IRC 408(o), 408A(d)(3)")


def _after_tax(household: Household, person: PersonCapacity) -> Iterator[Step]:
    for employer in person.employers:
        if moves_to_roth(household, person, employer):
            why = "grows untaxed once it is Roth; before that, earnings are taxed when it moves"
            name = f"after-tax contributions, {employer.employer}"
            yield Step(name, person.name, employer.left_this_year, why, "IRC 415(c), 402A(c)(4), 402(c)(2)")


def _taxable() -> Iterator[Step]:
    why = "free of every rule; gains are taxed when they are taken, and not at all at death"
    yield Step("taxable account", "", None, why, "IRC 1(h), 1014")


def plan_with(household: Household, person: str, employer: str) -> Plan | OwnerPlan | None:
    """The plan of a person at an employer, or in a business of one's own; None without one."""
    jobs = (job.plan for job in household.jobs_of(person) if job.employer == employer)
    own = (one.plan for one in household.businesses if (one.person, one.name) == (person, employer))
    return next(iter((*jobs, *own)), None)


def moves_to_roth(household: Household, person: PersonCapacity, employer: EmployerCapacity) -> bool:
    """Whether a plan takes after-tax money and lets it move to Roth while its owner works."""
    plan = plan_with(household, person.name, employer.employer)
    return plan is not None and plan.after_tax_contributions and (plan.conversion != "none" or plan.in_service_rollover)


def reasons_against(household: Household, capacity: Capacity) -> tuple[Against, ...]:
    """When after-tax contributions are worse than the taxable account, as far as this year's facts tell."""
    uses = any(
        moves_to_roth(household, person, employer) for person in capacity.people for employer in person.employers
    )
    stuck = [
        (person, employer)
        for person in capacity.people
        for employer in person.employers
        if employer.after_tax_room > HALF_A_CENT and not moves_to_roth(household, person, employer)
    ]
    found = [_stuck(person, employer) for person, employer in stuck]
    return (*found, *(_of_household(household, capacity) if uses else ()))


def _stuck(person: PersonCapacity, employer: EmployerCapacity) -> Against:
    return Against(
        "no_way_to_roth",
        f"The plan of {employer.employer} takes after-tax money of {person.name} and moves none of it to Roth before "
        "the job ends: its earnings become ordinary income, where a taxable fund pays the rate on gains.",
        "IRC 72(e)(8), 402(a)",
    )


def _of_household(household: Household, capacity: Capacity) -> Iterator[Against]:
    law = LawOfYear.of(capacity.year, household.market.growth)
    near = sum(goal.amount for goal in household.goals if capacity.year <= goal.year < capacity.year + GOALS_WITHIN)
    if near > 0.0:
        yield Against(
            "short_horizon",
            f"${near:,.0f} is needed within {GOALS_WITHIN} years: over so short a time untaxed growth is worth "
            "little, and earnings taken out early are taxed with 10% on top.",
            "IRC 408A(d)(2), 72(t)",
        )
    held = sum(account.balance for account in household.accounts if account.kind == "taxable")
    if held < household.spending.cash_floor:
        yield Against("liquidity", "The cash floor is not filled yet: it comes first.", "none")
    expected = expected_return(household, household.people[0], law)
    if expected.known:
        taxable = float(expected.form(expected.conversions).taxable_income)
        if taxable < float(law.record.capital_gains.zero_rate_top[expected.status]):
            yield Against(
                "zero_rate_on_gains",
                "Gains and qualified dividends are taxed at 0% at this income: the taxable account costs no tax now.",
                "IRC 1(h)(1)(B)",
            )
    for job in household.jobs_now:
        fee, other = household.market.plan_fee, household.market.taxable_fee
        if job.plan is not None and job.plan.after_tax_contributions and fee > other:
            yield Against(
                "fees",
                f"The plan at {job.employer} costs {fee:.2%} a year and a taxable fund {other:.2%}: `rothwell plan` "
                "gives the fee above which the advice turns.",
                "none",
            )
    old = [person.name for person in household.people if person.age_in(capacity.year) >= STEP_UP_NEAR]
    if old:
        yield Against(
            "step_up",
            f"At the death of {' or '.join(old)} gains of the taxable account go untaxed anyway.",
            "IRC 1014(a)",
        )
