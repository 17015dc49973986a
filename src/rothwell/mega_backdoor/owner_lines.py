"""An owner's room line by line, each line with its law, and what to know beside it."""

from __future__ import annotations

from collections.abc import Iterator

from rothwell.household import Household
from rothwell.law import first_complete_year
from rothwell.mega_backdoor.capacity_lines import ADDITIONS, DEFERRAL, PAY_LIMIT, PLAN_TERMS, Line, computed, of_the_law
from rothwell.mega_backdoor.employer_plan import elective_deferral_limit
from rothwell.mega_backdoor.job_year import HALF_A_CENT, LawOfYear, rule
from rothwell.mega_backdoor.owner_return import cost_of_deducting
from rothwell.mega_backdoor.self_employed_plan import OwnerYear, sharing_of

WAGE_BASE, SHARE = "oasdi.wage_base", "self_employed.employer_share"
DEDUCTION = "IRC 404(a)(3)(A)(i), (8)(D)"


def owner_lines(year: OwnerYear, law: LawOfYear) -> tuple[Line, ...]:
    """Every line from the net profit to what is left this year."""
    return (*_income_lines(year, law), *_contribution_lines(year, law), *_room_lines(year, law))


def _income_lines(year: OwnerYear, law: LawOfYear) -> Iterator[Line]:
    profit = year.business.net_profit
    place = f"businesses[{year.index}]"
    yield Line("Net profit", profit, "IRC 401(c)(2)(A)", f"{place}.net_profit")
    if year.wages:
        statute = "IRC 1402(b)(1)"
        yield Line("Pay from jobs, which uses up the Social Security wage base", year.wages, statute, "jobs.pay")
    half = year.earned - profit
    yield computed("less half of the self-employment tax", half, "IRC 164(f)(1), 1401", law, WAGE_BASE)
    yield computed("Earned income before the plan", year.earned, "IRC 401(c)(2)(A)(vi)", law, WAGE_BASE)


def _contribution_lines(year: OwnerYear, law: LawOfYear) -> Iterator[Line]:
    yield of_the_law("Limit on elective deferrals, all plans", DEFERRAL, law)
    elsewhere = float(rule(elective_deferral_limit, law.record)) - year.left.base
    if elsewhere > HALF_A_CENT:
        yield computed("less deferrals in other plans", -elsewhere, "IRC 402(g)(1)", law, DEFERRAL)
    limit, given = year.left.catch_up_limit, year.contributions
    same = limit == float(law.record.catch_up.limit_50)
    key = "catch_up.limit_50" if same else "catch_up.limit_60_63"
    yield of_the_law(f"Catch-up limit at age {year.age}", key if limit else "catch_up.age", law, limit)
    if limit - year.left.catch_up > HALF_A_CENT:
        taken = year.left.catch_up - limit
        yield computed("less catch-up in other plans", taken, "IRC 414(v)(2)", law, key)
    share = float(law.record.self_employed.employer_share)
    name = f"Most profit sharing, {share:.0%} of earned income after it ({share / (1.0 + share):.0%} before)"
    yield computed(name, year.most_sharing, f"{DEDUCTION}; 401(a)(17)", law, WAGE_BASE, PAY_LIMIT)
    field = "profit_sharing" if year.terms.profit_sharing_rate is None else "profit_sharing_rate"
    source = f"businesses[{year.index}].plan.{field}"
    if year.so_far.profit_sharing >= given.profit_sharing > 0.0:
        source = f"businesses[{year.index}].year_to_date.profit_sharing"
    projected = law.figure(WAGE_BASE).projected and sharing_of(year.terms, law.record).dollars > given.profit_sharing
    yield Line("Profit sharing", given.profit_sharing, DEDUCTION, source, projected)
    statute = "IRC 402(g)(1), 415(c)(3)(B), 404(a)(8)(C)"
    yield computed("Elective deferrals without catch-up", given.base, statute, law, DEFERRAL, WAGE_BASE)
    if limit:
        yield computed("Catch-up contributions", given.catch_up, "IRC 414(v)(2)(A)", law, key)
    if year.so_far.elective_deferrals:
        yield _fact(year, "Elective deferrals so far, catch-up in them", "elective_deferrals", "IRC 402(g)(1)")


def _room_lines(year: OwnerYear, law: LawOfYear) -> Iterator[Line]:
    given, dollars = year.contributions, float(law.record.annual_additions.limit)
    yield of_the_law("Limit on annual additions", ADDITIONS, law)
    if year.additions_limit < dollars:
        name = "100% of earned income after profit sharing, which is less"
        statute = "IRC 415(c)(1)(B), (3)(B), (D); 401(c)(2)(A)(v)"
        yield computed(name, year.additions_limit, statute, law, WAGE_BASE)
    statute = "IRC 415(c)(2)(A), 414(v)(3)(A)"
    yield computed("less deferrals without catch-up", -given.base, statute, law, DEFERRAL)
    yield computed("less profit sharing", -given.profit_sharing, "IRC 415(c)(2)(A)", law, WAGE_BASE)
    inside = year.additions_limit - given.base - given.profit_sharing
    if year.related.additions:
        yield related_line(year.related.additions, law)
        inside = min(inside, dollars - given.base - given.profit_sharing - year.related.additions)
    statute = "IRC 415(c)(1)"
    rests_on: tuple[str, ...] = (ADDITIONS, DEFERRAL, WAGE_BASE)
    yield computed("Left under the limit on annual additions", max(0.0, inside), statute, law, *rests_on)
    plan = f"businesses[{year.index}].plan"
    if not year.terms.after_tax_contributions:
        name = "After-tax contributions that the plan takes"
        yield Line(name, 0.0, PLAN_TERMS, f"{plan}.after_tax_contributions")
    elif year.terms.after_tax_dollar_cap is not None:
        cap = year.terms.after_tax_dollar_cap
        yield Line("The plan's own cap", cap, PLAN_TERMS, f"{plan}.after_tax_dollar_cap")
    statute = "IRC 415(c)(2)(B)"
    rests_on = rests_on if year.terms.after_tax_contributions else ()
    yield computed("Room for after-tax contributions", year.room.room, statute, law, *rests_on)
    if year.so_far.after_tax:
        yield _fact(year, "After-tax contributions so far", "after_tax", statute)
        yield computed("Left this year", year.left_this_year, statute, law, *rests_on)


def related_line(additions: float, law: LawOfYear) -> Line:
    """The line of what related employers take of one limit."""
    name, statute = "less annual additions at related employers", "IRC 415(f)(1)(B), (h), (k)(4)"
    return computed(name, -additions, statute, law, ADDITIONS, DEFERRAL)


def _fact(year: OwnerYear, name: str, field: str, statute: str) -> Line:
    return Line(name, getattr(year.so_far, field), statute, f"businesses[{year.index}].year_to_date.{field}")


def owner_notes(year: OwnerYear, household: Household, law: LawOfYear) -> tuple[str, ...]:
    """What an owner must know beside the lines."""
    return tuple(_notes(year, household, law))


def _notes(year: OwnerYear, household: Household, law: LawOfYear) -> Iterator[str]:
    if year.left.catch_up_limit:
        yield (
            "Catch-up contributions need not be Roth: an owner has no Social Security wages from the own business "
            "(IRC 414(v)(7)(A))."
        )
    if year.deductible > 0.0 and law.year >= first_complete_year():
        cost = cost_of_deducting(household, year, law)
        if abs(cost.deduction) >= 1.0:
            effect = f"lower the deduction of IRC 199A by {cost.deduction:,.0f} dollars, which costs {cost.tax:,.0f}"
            if cost.deduction < 0.0:
                effect = (
                    f"raise the deduction of IRC 199A by {-cost.deduction:,.0f} dollars, which saves {-cost.tax:,.0f}"
                )
            yield (
                f"The {year.deductible:,.0f} dollars deducted for the plan {effect} of tax on the income of this file "
                "(Reg. 1.199A-3(b)(1)(vi)). Roth deferrals and after-tax contributions leave it as it is."
            )
    if year.room.room > HALF_A_CENT:
        yield (
            "After-tax contributions are not deducted: they change neither the self-employment tax nor the limit of "
            "IRC 404. With employees in the plan the ACP test applies (IRC 401(m)(2))."
        )
