"""A job's room line by line, each line with its law and where its number comes from, and what to know beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from rothwell.law import figure
from rothwell.mega_backdoor.employer_plan import (
    ANNUAL_ADDITIONS,
    COMPENSATION,
    NO_CAP,
    elective_deferral_limit,
    employer_contributions,
    recognized_pay,
)
from rothwell.mega_backdoor.job_year import HALF_A_CENT, JobYear, LawOfYear, rule

COMPUTED = "computed"
PLAN_TERMS = "the plan's terms"
DEFERRAL, CATCH_UP, ADDITIONS = "elective_deferral.limit", "catch_up.limit_50", "annual_additions.limit"
PAY_LIMIT, ROTH_WAGES = "compensation.limit", "catch_up.roth_wage_threshold"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the desk: dollars, the law beside them, the paper or the field they come from."""

    name: str
    value: float
    law: str
    source: str
    projected: bool = False


def lines(year: JobYear, law: LawOfYear) -> tuple[Line, ...]:
    """Every line from the limit on deferrals to what is left this year."""
    return (*_deferral_lines(year, law), *_employer_lines(year, law), *_room_lines(year, law))


def of_the_law(name: str, key: str, law: LawOfYear, value: float | None = None) -> Line:
    """A line that states a figure of the law, or what the figure makes of a person."""
    dated = law.figure(key)
    shown = float(dated.value) if value is None else value
    return Line(name, shown, figure(key).statute, dated.source, dated.projected)


def computed(name: str, value: float, statute: str, law: LawOfYear, *rests_on: str) -> Line:
    """A line that follows from the lines above it; projected when a figure it rests on is."""
    return Line(name, value, statute, COMPUTED, any(law.figure(key).projected for key in rests_on))


def _deferral_lines(year: JobYear, law: LawOfYear) -> Iterator[Line]:
    yield of_the_law("Limit on elective deferrals, all plans", DEFERRAL, law)
    elsewhere = float(rule(elective_deferral_limit, law.record)) - year.left.base
    if elsewhere > HALF_A_CENT:
        yield computed("less deferrals in other plans", -elsewhere, "IRC 402(g)(1)", law, DEFERRAL)
    limit = year.left.catch_up_limit
    key = _catch_up_figure(year, law)
    yield of_the_law(f"Catch-up limit at age {year.age}", key if limit else "catch_up.age", law, limit)
    if limit and year.must_be_roth is not False:
        yield of_the_law(f"Catch-up must be Roth for {law.year - 1} wages above", ROTH_WAGES, law)
    if limit - year.left.catch_up > HALF_A_CENT:
        taken = year.left.catch_up - limit
        yield computed("less catch-up in other plans", taken, "IRC 414(v)(2)", law, key)
    yield computed("Elective deferrals without catch-up", year.deferral.base, "IRC 402(g)(1)", law, DEFERRAL)
    if limit:
        yield computed("Catch-up contributions", year.deferral.catch_up, "IRC 414(v)(2)(A)", law, key)
    if year.so_far.elective_deferrals:
        yield _fact(year, "Elective deferrals so far, catch-up in them", "elective_deferrals", "IRC 402(g)(1)")


def _catch_up_figure(year: JobYear, law: LawOfYear) -> str:
    """The figure that the catch-up limit equals."""
    same = year.left.catch_up_limit == float(law.record.catch_up.limit_50)
    return CATCH_UP if same else "catch_up.limit_60_63"


def _employer_lines(year: JobYear, law: LawOfYear) -> Iterator[Line]:
    counted = float(rule(recognized_pay, year.job.plan_compensation, law.record))
    if _counts_to_the_limit(year, law):
        yield of_the_law("Pay that the plan may count", PAY_LIMIT, law)
    else:
        left_out = ", less equity_pay and bonuses not counted" if year.job.uncounted_pay else ""
        field = "plan_pay" if year.job.plan_pay is not None else f"pay{left_out}"
        statute = "IRC 401(a)(17)(A)"
        yield Line("Pay that the plan counts", counted, statute, f"jobs[{year.index}].{field}")
    yield from _match_lines(year, law)
    if year.terms.nonelective:
        name = f"Nonelective contributions, {_percent(year.terms.nonelective)} of pay"
        yield _plan_line(year, name, year.formula.nonelective, "nonelective", law)
    formula = year.formula.match + year.formula.nonelective
    beyond = year.employer.match + year.employer.nonelective - formula
    if beyond > HALF_A_CENT:
        field = f"jobs[{year.index}].year_to_date.employer_contributions"
        yield Line("Employer contributions so far above the formula", beyond, "IRC 415(c)(2)(A)", field)


def _match_lines(year: JobYear, law: LawOfYear) -> Iterator[Line]:
    below, earned = 0.0, 0.0
    for number, tier in enumerate(year.terms.match):
        through = _match_through(year, number, law)
        reach = f"the first {_percent(tier.up_to)}" if number == 0 else f"{_percent(below)} to {_percent(tier.up_to)}"
        yield _plan_line(year, f"Match: {_percent(tier.rate)} of {reach} of pay", through - earned, "match", law)
        below, earned = tier.up_to, through
    if earned - year.formula.match > HALF_A_CENT:
        cut = year.formula.match - earned
        yield _plan_line(year, "less match above the plan's cap", cut, "match_dollar_cap", law)


def _match_through(year: JobYear, last_tier: int, law: LawOfYear) -> float:
    """The match of the tiers up to one of them, before the plan's cap."""
    rates = year.plan.match_rate.copy()
    rates[last_tier + 1 :] = 0.0
    plan = year.plan._replace(match_rate=rates, match_dollar_cap=NO_CAP)
    matched = year.deferral.base + year.deferral.catch_up + year.room.room * float(year.plan.match_after_tax)
    return float(rule(employer_contributions, matched, year.job.plan_compensation, plan, law.record).match)


def _room_lines(year: JobYear, law: LawOfYear) -> Iterator[Line]:
    yield of_the_law("Limit on annual additions", ADDITIONS, law)
    if year.additions_limit < float(law.record.annual_additions.limit):
        yield of_the_law("100% of pay, which is less", "annual_additions.compensation_share", law, year.additions_limit)
    yield computed(
        "less deferrals without catch-up", -year.deferral.base, "IRC 415(c)(2)(A), 414(v)(3)(A)", law, DEFERRAL
    )
    employer = year.employer.match + year.employer.nonelective
    pay_limit = (PAY_LIMIT,) if _counts_to_the_limit(year, law) else ()
    yield computed("less employer contributions", -employer, "IRC 415(c)(2)(A)", law, *pay_limit)
    if year.related.additions:
        name, statute = "less annual additions at related employers", "IRC 415(f)(1)(B), (h), (k)(4)"
        yield computed(name, -year.related.additions, statute, law, ADDITIONS, DEFERRAL)
    inside = year.additions_limit - year.deferral.base - employer
    if year.related.additions:  # the limit that is shared is the one in dollars
        dollars = float(law.record.annual_additions.limit)
        inside = min(inside, dollars - year.deferral.base - employer - year.related.additions)
    inside = max(0.0, inside)
    yield computed("Left under the limit on annual additions", inside, "IRC 415(c)(1)", law, ADDITIONS, DEFERRAL)
    yield from _cap_lines(year, law)
    statute = "IRC 415(c)(2)(B), 401(m)(2)"
    rests_on = (ADDITIONS, DEFERRAL, *pay_limit) if year.terms.after_tax_contributions else ()
    yield computed("Room for after-tax contributions", year.room.room, statute, law, *rests_on)
    if year.so_far.after_tax:
        yield _fact(year, "After-tax contributions so far", "after_tax", "IRC 415(c)(2)(B)")
        yield computed("Left this year", year.left_this_year, statute, law, *rests_on)


def _cap_lines(year: JobYear, law: LawOfYear) -> Iterator[Line]:
    terms = year.terms
    counted = float(rule(recognized_pay, year.job.plan_compensation, law.record))
    if not terms.after_tax_contributions:
        yield _plan_line(year, "After-tax contributions that the plan takes", 0.0, "after_tax_contributions", law)
        return
    if terms.after_tax_dollar_cap is not None:
        yield _plan_line(year, "The plan's own cap", terms.after_tax_dollar_cap, "after_tax_dollar_cap", law)
    if terms.after_tax_pay_cap is not None:
        name = f"The plan's own cap, {_percent(terms.after_tax_pay_cap)} of pay"
        yield _plan_line(year, name, terms.after_tax_pay_cap * counted, "after_tax_pay_cap", law)
    if terms.acp_limit is not None:
        left = max(0.0, terms.acp_limit * counted - year.employer.match)
        name = f"ACP test: {_percent(terms.acp_limit)} of pay less match"
        source = f"jobs[{year.index}].plan.acp_limit"
        projected = _counts_to_the_limit(year, law) and law.figure(PAY_LIMIT).projected
        yield Line(name, left, "IRC 401(m)(2), (3)", source, projected)


def _plan_line(year: JobYear, name: str, value: float, field: str, law: LawOfYear) -> Line:
    """A line that the plan's terms decide; projected when they reach to a projected limit on pay."""
    projected = _counts_to_the_limit(year, law) and law.figure(PAY_LIMIT).projected
    return Line(name, value, PLAN_TERMS, f"jobs[{year.index}].plan.{field}", projected)


def _counts_to_the_limit(year: JobYear, law: LawOfYear) -> bool:
    """Whether the plan's formulas reach the limit on pay."""
    return float(rule(recognized_pay, year.job.plan_compensation, law.record)) < year.job.plan_compensation


def _fact(year: JobYear, name: str, field: str, statute: str) -> Line:
    return Line(name, getattr(year.so_far, field), statute, f"jobs[{year.index}].year_to_date.{field}")


def _percent(share: float) -> str:
    return f"{share:.4%}".rstrip("%").rstrip("0").rstrip(".") + "%"


def notes(year: JobYear, law: LawOfYear, corrected: Collection[str]) -> tuple[str, ...]:
    """What a reader must know beside the lines; `corrected` are the limits that the facts have already broken."""
    return (*_catch_up_notes(year, law), *_after_tax_notes(year, corrected))


def _catch_up_notes(year: JobYear, law: LawOfYear) -> Iterator[str]:
    if year.must_be_roth is None:
        threshold = float(law.record.catch_up.roth_wage_threshold)
        words = (
            f"Whether catch-up contributions must be Roth could not be decided: the {law.year - 1} Social Security "
            f"wages from {year.job.employer} (Form W-2, box 3) are needed, as jobs[{year.index}].prior_year_wages in a "
            f"file with start_year = {law.year}; above {threshold:,.0f} dollars they must (IRC 414(v)(7))"
        )
        barred = "" if year.terms.roth_deferrals else ", and this plan, which takes no Roth deferrals, could take none"
        yield f"{words}{barred}."
    elif year.catch_up_barred and year.left.catch_up_limit:
        yield (
            "No catch-up contributions: they would have to be Roth, and the plan takes no Roth deferrals "
            "(IRC 414(v)(7)(B))."
        )
    elif year.must_be_roth:
        yield "Catch-up contributions must be Roth (IRC 414(v)(7)(A))."


def _after_tax_notes(year: JobYear, corrected: Collection[str]) -> Iterator[str]:
    over = year.so_far.after_tax - year.room.room
    by_additions = year.room.limited_by in (ANNUAL_ADDITIONS, COMPENSATION)
    if over > HALF_A_CENT and by_additions and "annual_additions" not in corrected:
        yield (
            f"After-tax contributions so far are {over:,.0f} dollars above the room of the whole year: if the planned "
            "deferrals and the employer's contributions all go in, the limit on annual additions is broken."
        )
