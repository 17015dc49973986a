"""An owner's year in the owner's own plan, such as a solo 401(k): what is planned, what is in, the room that is left.

What is planned and breaks a limit is refused at its field; what has already happened is a fact and put right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rothwell.errors import InputError
from rothwell.household import Business, Household, OwnerPlan, OwnerYearToDate, Person, is_457b, paid_jobs
from rothwell.mega_backdoor.employer_plan import (
    NO_CAP,
    AfterTaxRoom,
    catch_up_limit,
    elective_deferral_limit,
)
from rothwell.mega_backdoor.excess import Correction
from rothwell.mega_backdoor.job_year import (
    HALF_A_CENT,
    DeferralFacts,
    JobYear,
    LawOfYear,
    Left,
    Related,
    holds,
    owner_facts,
    rule,
    works,
)
from rothwell.mega_backdoor.owner_contributions import (
    OwnerContributions,
    ProfitSharing,
    earned_income,
    most_profit_sharing,
    owner_after_tax_room,
    owner_annual_additions_limit,
    owner_contributions,
)
from rothwell.mega_backdoor.plan_terms import no_plan


@dataclass(frozen=True, slots=True)
class OwnerYear:
    """A business owner's year, dollars of the year; `most_sharing` is the most profit sharing that is deductible."""

    index: int
    business: Business
    terms: OwnerPlan
    age: int
    wages: float
    earned: float
    most_sharing: float
    left: Left
    contributions: OwnerContributions
    additions_limit: float
    room: AfterTaxRoom
    facts: DeferralFacts
    so_far: OwnerYearToDate
    related: Related

    @property
    def left_this_year(self) -> float:
        """After-tax contributions that can still go in, in dollars."""
        return max(0.0, self.room.room - self.so_far.after_tax)

    @property
    def deductible(self) -> float:
        """What the owner deducts for the plan, in dollars (Schedule 1, line 16); Roth deferrals are not deducted."""
        deferred = self.contributions.base + self.contributions.catch_up
        return self.contributions.profit_sharing + (deferred if self.terms.deferral_kind == "pre_tax" else 0.0)


def sharing_of(plan: OwnerPlan, law_record: Any) -> ProfitSharing:
    """What the file says of profit sharing: a rate, dollars, or the most."""
    most = float(law_record.self_employed.employer_share)
    if plan.profit_sharing_rate is not None:
        return ProfitSharing(NO_CAP, plan.profit_sharing_rate, 0.0)
    if plan.profit_sharing == "max":
        return ProfitSharing(NO_CAP, most, 1.0)
    return ProfitSharing(plan.profit_sharing, most, 0.0)


def owner_terms(plan: OwnerPlan) -> Any:
    """The PLAN record of an owner's plan."""
    row = no_plan()
    row.planned_deferral = NO_CAP if plan.elective_deferral == "max" else plan.elective_deferral
    row.roth_feature = plan.roth_deferrals
    row.higher_catch_up = plan.catch_up_60_63
    row.after_tax_allowed = plan.after_tax_contributions
    row.after_tax_dollar_cap = NO_CAP if plan.after_tax_dollar_cap is None else plan.after_tax_dollar_cap
    return row


def pay_of(household: Household, person: Person, law: LawOfYear) -> float:
    """Pay from a person's jobs in a year, stock of every kind included."""
    held = (job for job in paid_jobs(household.jobs) if job.person == person.name and holds(person, job, law.year))
    return sum(job.pay for job in held)


def wages_of(household: Household, person: Person, law: LawOfYear) -> float:
    """Wages from a person's jobs in a year, which use up the Social Security wage base (Schedule SE, line 8); stock of
    incentive options and purchase plans is none (IRC 3121(a)(22))."""
    held = (job for job in paid_jobs(household.jobs) if job.person == person.name and holds(person, job, law.year))
    return sum(job.pay - job.stock_without_payroll_tax for job in held)


def owner_year(
    household: Household, person: Person, jobs: Sequence[JobYear], related: Related, law: LawOfYear
) -> OwnerYear | None:
    """The year of a person's own business with a plan; None without one. `jobs` are the person's years in jobs."""
    found = [(index, one) for index, one in enumerate(household.businesses) if one.person == person.name and one.plan]
    if not found or not works(person, law.year):
        return None
    index, business = found[0]
    assert business.plan is not None
    counted = law.year == household.start_year
    so_far = business.year_to_date if counted else OwnerYearToDate()
    facts = owner_facts(household, person, law) if counted else DeferralFacts()
    plan, sharing = owner_terms(business.plan), sharing_of(business.plan, law.record)
    left = _left(person.age_in(law.year), jobs, plan, law)
    wages = wages_of(household, person, law)
    earned = float(rule(earned_income, business.net_profit, wages, law.record))
    dollars = max(0.0, float(law.record.annual_additions.limit) - related.additions)
    most = min(float(rule(most_profit_sharing, earned, law.record.self_employed.employer_share, law.record)), dollars)
    planned = rule(
        owner_contributions,
        earned,
        float(plan.planned_deferral),
        left.base,
        left.catch_up,
        sharing,
        dollars,
        law.record,
    )
    _check(household, (index, business.plan), planned, (most, earned, left), law)
    contributions = OwnerContributions(
        max(float(planned.profit_sharing), so_far.profit_sharing),
        max(float(planned.base), facts.base),
        max(float(planned.catch_up), facts.catch_up),
    )
    room = rule(owner_after_tax_room, earned, contributions, dollars, plan, law.record)
    limit = float(rule(owner_annual_additions_limit, earned, contributions.profit_sharing, law.record))
    return OwnerYear(
        index=index,
        business=business,
        terms=business.plan,
        age=person.age_in(law.year),
        wages=wages,
        earned=earned,
        most_sharing=most,
        left=left,
        contributions=contributions,
        additions_limit=limit,
        room=AfterTaxRoom(float(room.room), int(room.limited_by)),
        facts=facts,
        so_far=so_far,
        related=related,
    )


def _left(age: int, jobs: Sequence[JobYear], plan: Any, law: LawOfYear) -> Left:
    """What the person's jobs leave of IRC 402(g)(1) and 414(v)(2)."""
    taken = [year.deferral for year in jobs if not is_457b(year.job)]
    limit = float(rule(elective_deferral_limit, law.record))
    catch_up = float(rule(catch_up_limit, age, plan.higher_catch_up, law.record))
    return Left(
        max(0.0, limit - sum(one.base for one in taken)),
        catch_up,
        max(0.0, catch_up - sum(one.catch_up for one in taken)),
    )


def _check(
    household: Household,
    place: tuple[int, OwnerPlan],
    planned: OwnerContributions,
    bounds: tuple[float, float, Left],
    law: LawOfYear,
) -> None:
    """A planned number of dollars above what the law allows is refused at its line."""
    index, plan = place
    most, earned, left = bounds
    share = float(law.record.self_employed.employer_share)
    if plan.profit_sharing_rate is not None and plan.profit_sharing_rate > share:
        message = "is more than can be deducted (IRC 404(a)(3)(A)(i), (8))"
        raise household.source.error(
            f"businesses[{index}].plan.profit_sharing_rate",
            message,
            found=plan.profit_sharing_rate,
            allowed=f"0 to {share:g} of earned income after the contribution",
        )
    if plan.profit_sharing != "max" and plan.profit_sharing > most + HALF_A_CENT:
        reach = share / (1.0 + share)
        message = (
            f"is more than {reach:.0%} of {earned:,.0f} dollars of earned income, or more than may be added in "
            f"{law.year} (IRC 404(a)(3)(A)(i), (8); 415(c)(1))"
        )
        raise _refused(household, f"businesses[{index}].plan.profit_sharing", plan.profit_sharing, message, most)
    deferral = plan.elective_deferral
    if deferral == "max":
        return
    field = f"businesses[{index}].plan.elective_deferral"
    by_law = left.base + left.catch_up
    if deferral > by_law + HALF_A_CENT:
        person = household.businesses[index].person
        message = f"is more than {person} may defer in {law.year} beside other plans (IRC 402(g)(1), 414(v)(2))"
        raise _refused(household, field, deferral, message, by_law)
    if deferral > planned.base + planned.catch_up + HALF_A_CENT:
        message = (
            f"is more than {earned:,.0f} dollars of earned income and the limit on annual additions let in beside "
            f"{planned.profit_sharing:,.0f} of profit sharing (IRC 415(c)(1), 404(a)(8)(C))"
        )
        raise _refused(household, field, deferral, message, planned.base + planned.catch_up)


def _refused(household: Household, field: str, planned: float, message: str, most: float) -> InputError:
    found = int(planned) if planned == int(planned) else planned
    return household.source.error(field, message, found=found, allowed=f'0 to {np.floor(most):,.0f} dollars, or "max"')


def owner_corrections(year: OwnerYear, law: LawOfYear) -> tuple[Correction, ...]:
    """What has already gone into an owner's plan above a limit, each limit on its own."""
    so_far, room = year.so_far, year.left.catch_up
    total = year.facts.base + so_far.profit_sharing + so_far.after_tax + year.related.so_far
    excess = max(0.0, total - min(year.additions_limit + year.related.so_far, float(law.record.annual_additions.limit)))
    excess -= min(excess, year.facts.base, max(0.0, room - year.facts.catch_up))  # catch-up, Reg. 1.414(v)-1(a)-(b)
    cap = NO_CAP if year.terms.after_tax_dollar_cap is None else year.terms.after_tax_dollar_cap
    found = [
        Correction(
            "elective_deferrals",
            year.facts.excess,
            f"have a plan pay out the excess with its earnings by 15 April {law.year + 1}; left in, it is taxed twice",
            "IRC 402(g)(2); Reg. 1.402(g)-1(e)",
        ),
        Correction(
            "deduction",
            so_far.profit_sharing - year.most_sharing,
            "it cannot be deducted for this year and is carried to the next; what is not deducted is taxed at 10% each "
            "year (Form 5330)",
            "IRC 404(a)(3)(A)(ii), 4972(a)",
        ),
        Correction(
            "annual_additions",
            excess,
            "the plan returns unmatched after-tax contributions first, then unmatched deferrals, with their earnings; "
            "what is returned cannot be rolled over",
            "IRC 415(c)(1), (3)(B); EPCRS, Rev. Proc. 2021-30 sec. 6.06(2); Reg. 1.402(c)-2(c)(3)(i)",
        ),
    ]
    if year.terms.after_tax_contributions:
        action = "the plan returns what is above its own cap, with its earnings"
        statute = "the plan's terms; Rev. Proc. 2021-30 sec. 5.01(3), 6.06(2)"
        found.append(Correction("plan_cap", so_far.after_tax - cap, action, statute))
    else:
        words = "the plan as described takes no after-tax contributions: correct the file, or return them with earnings"
        found.append(Correction("not_allowed", so_far.after_tax, words, "Rev. Proc. 2021-30"))
    return tuple(one for one in found if one.amount > HALF_A_CENT)
