"""The lines of a job whose plan is one under IRC 457(b), and what to know beside them."""

from __future__ import annotations

from collections.abc import Iterator

from rothwell.mega_backdoor.capacity_lines import PLAN_TERMS, Line, computed, of_the_law
from rothwell.mega_backdoor.job_year import HALF_A_CENT, JobYear, LawOfYear

LIMIT = "governmental_457b.limit"


def lines_of_457b(year: JobYear, law: LawOfYear) -> tuple[Line, ...]:
    """From the limit to the deferrals; there is no room for after-tax contributions."""
    return tuple(_lines(year, law))


def _lines(year: JobYear, law: LawOfYear) -> Iterator[Line]:
    place = f"jobs[{year.index}]"
    yield of_the_law("Limit on deferrals in 457(b) plans", LIMIT, law)
    if year.employer.nonelective:
        source = f"{place}.plan.nonelective"
        yield Line("less what the employer puts in", -year.employer.nonelective, "IRC 457(c), (e)(5)", source)
    limit = year.left.catch_up_limit
    if limit:
        same = limit == float(law.record.catch_up.limit_50)
        key = "catch_up.limit_50" if same else "catch_up.limit_60_63"
        yield of_the_law(f"Catch-up limit at age {year.age}, governmental plans", key, law, limit)
    yield computed("Elective deferrals without catch-up", year.deferral.base, "IRC 457(b)(2), (e)(15)", law, LIMIT)
    if limit:
        yield computed("Catch-up contributions", year.deferral.catch_up, "IRC 414(v)(2)(A), (6)(A)(iii)", law, LIMIT)
    if year.so_far.elective_deferrals > HALF_A_CENT:
        source = f"{place}.year_to_date.elective_deferrals"
        yield Line("Deferrals so far, catch-up in them", year.so_far.elective_deferrals, "IRC 457(e)(15)", source)
    yield Line("Room for after-tax contributions", 0.0, PLAN_TERMS, f"{place}.plan.kind")


def notes_of_457b(year: JobYear) -> tuple[str, ...]:
    """What to know beside the lines."""
    apart = (
        "The limit of a 457(b) plan stands apart from that of 401(k) and 403(b) plans (IRC 402(g)(3)), and the plan is "
        "outside the limit on annual additions (IRC 415(k)(1))."
    )
    if year.terms.governmental:
        return (apart,)
    return (apart, "Only a governmental 457(b) plan has the catch-up of age 50 (IRC 414(v)(6)(A)(iii)).")
