"""A second look at the paychecks of a year, written from the statute and the file: it shares no code with the desk.

It reads the tables of the household file, the numbers of the law and the answer as JSON, and finds what may not be:
limits passed, pay that does not add up, a match that the plan's terms do not give, elections that do not give what the
paychecks show. Amounts are compared in cents.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from tests.invariants.statute_auditor import Limits

CENT = 0.0100001
YEAR = 2026
STEP = {"dollars": 0.0, "1%": 0.01, "0.5%": 0.005, "0.1%": 0.001}
Table = dict[str, Any]


def audited(file: Table, answer: Table, law: Limits) -> Iterator[str]:
    """What is wrong in the answer for a file, person by person."""
    for person, found in zip(file["people"], answer["people"], strict=True):
        jobs = [job for job in file["jobs"] if job["person"] == person["name"]]
        jobs = [job for job in jobs if held(job)]
        age = YEAR - person["birth_date"].year
        yield from _person(jobs, found["employers"], age, law)
        for job, employer in zip(jobs, found["employers"], strict=True):
            yield from _limits(job, employer, age, law)
            if "pay_schedule" in job:
                yield from _schedule(job, employer)
                yield from _match(job, employer, law)
                yield from _elections(job, employer)


def held(job: Table) -> bool:
    """Whether the job is held in the year at all."""
    return job.get("start_date", date(YEAR, 1, 1)).year <= YEAR <= job.get("end_date", date(YEAR, 1, 1)).year


def fact(job: Table, name: str) -> float:
    """A sum of the year to date."""
    return float(job.get("year_to_date", {}).get(name, 0.0))


def plan_pay(job: Table) -> float:
    """Pay that the plan counts: without stock and without bonuses that it leaves out."""
    left_out = sum(one["amount"] for one in job.get("equity_pay", []))
    left_out += sum(one["amount"] for one in job.get("bonuses", []) if not one["plan_counts"])
    return float(max(0.0, job["pay"] - left_out))


def total(employer: Table, name: str) -> float:
    """The sum of the paychecks."""
    return float(sum(one[name] for one in employer["paychecks"]))


def _barred(job: Table, age: int, law: Limits) -> bool:
    """414(v)(7)(B): no Roth in the plan, and wages of the year before above the amount."""
    return (
        age >= 50 and job.get("prior_year_wages", 0.0) > law.roth_catch_up_wages and not job["plan"]["roth_deferrals"]
    )


def _catch_up(job: Table, age: int, law: Limits) -> float:
    if age < 50 or _barred(job, age, law):
        return 0.0
    return law.catch_up_60_to_63 if 60 <= age <= 63 and job["plan"]["catch_up_60_63"] else law.catch_up


def _person(jobs: list[Table], employers: list[Table], age: int, law: Limits) -> Iterator[str]:
    """402(g)(1) and 414(v)(2) over all plans of a person; what the facts have broken is not the schedule's doing."""
    so_far = sum(fact(job, "elective_deferrals") for job in jobs)
    returned = [
        fix["amount"] for one in employers for fix in one["corrections"] if fix["limit"] == "elective_deferrals"
    ]
    so_far -= sum(returned)
    coming = sum(total(one, "elective_deferral") for one in employers)
    most = law.deferrals + max([_catch_up(job, age, law) for job in jobs], default=0.0)
    if coming > 0.0 and so_far + coming > max(most, so_far) + CENT:
        yield f"402(g), 414(v): {so_far:.2f} and {coming:.2f} of {most:.2f}"
    if any(one["catch_up"] > _catch_up(job, age, law) + CENT for job, one in zip(jobs, employers, strict=True)):
        yield "414(v): catch-up above the limit by age"


def _limits(job: Table, employer: Table, age: int, law: Limits) -> Iterator[str]:
    """415(c)(1), the plan's own caps and the ACP limit over the whole year."""
    plan, pay = job["plan"], min(plan_pay(job), law.compensation)
    scheduled = "pay_schedule" in job
    coming = total(employer, "after_tax") if scheduled else employer["left_this_year"]
    after_tax = fact(job, "after_tax") + coming
    match = employer["match_total"] if scheduled else employer["match"]
    employer_money = max(match + plan.get("nonelective", 0.0) * pay, fact(job, "employer_contributions"))
    additions = min(law.additions, job["pay"])
    deferred = employer["elective_deferrals"]
    if scheduled:
        deferred = min(deferred, fact(job, "elective_deferrals") + total(employer, "elective_deferral"))
    if coming > CENT and deferred + after_tax + employer_money > additions + 2 * CENT:
        yield f"415(c): {deferred:.2f} {after_tax:.2f} {employer_money:.2f} above {additions:.2f}"
    cap = min(plan.get("after_tax_dollar_cap", 1e12), plan.get("after_tax_pay_cap", 1e12) * pay)
    if coming > CENT and after_tax > cap + CENT:
        yield f"the plan's cap: {after_tax:.2f} above {cap:.2f}"
    if coming > CENT and "acp_limit" in plan and after_tax + match > plan["acp_limit"] * pay + 2 * CENT:
        yield f"401(m): {after_tax + match:.2f} above {plan['acp_limit'] * pay:.2f}"
    if coming > CENT and not plan["after_tax_contributions"]:
        yield "after-tax money in a plan that takes none"


def days_of(job: Table) -> list[date]:
    """The regular pay dates of the year, day by day through the calendar."""
    schedule = job["pay_schedule"]
    every = _regular_days(
        tuple((key, tuple(value) if isinstance(value, list) else value) for key, value in schedule.items())
    )
    start, end = job.get("start_date", date.min), job.get("end_date", date.max)
    return [day for day in every if start <= day <= end]


@lru_cache(maxsize=4)
def _regular_days(terms: tuple[tuple[str, Any], ...]) -> list[date]:
    schedule = dict(terms)
    if "pay_date" in schedule:
        step = 7 if schedule["frequency"] == "weekly" else 14
        days = [day for day in _calendar(0) if (day - schedule["pay_date"]).days % step == 0]
    else:
        wanted = schedule.get("days", [schedule.get("day")])
        days = sorted({_from_weekend(day, schedule["weekend"]) for one in wanted for day in _named(one)})
    return [day for day in days if day.year == YEAR]


@lru_cache
def _calendar(beside: int) -> list[date]:
    first = date(YEAR, 1, 1) - timedelta(beside)
    return [first + timedelta(number) for number in range(365 + 2 * beside)]


@lru_cache
def _named(wanted: int | str) -> list[date]:
    """The days of the year, and a month beside it, that a day of the month names."""
    return [day for day in _calendar(31) if _is(day, wanted)]


def _is(day: date, wanted: int | str) -> bool:
    last = calendar.monthrange(day.year, day.month)[1]
    return day.day == (last if wanted == "last" else min(int(wanted), last))


def _from_weekend(day: date, rule: str) -> date:
    while rule != "same" and day.isoweekday() > 5:
        day += timedelta(-1 if rule == "before" else 1)
    return day


def _coming(job: Table) -> list[tuple[date, str, float, Table]]:
    """The paychecks after the day of the facts: the day, the kind, a bonus's amount and its table."""
    rows: list[tuple[date, str, float, Table]] = [(day, "regular", 0.0, {}) for day in days_of(job)]
    rows += [(one["date"], "bonus", one["amount"], one) for one in job.get("bonuses", [])]
    as_of = job.get("year_to_date", {}).get("as_of", date.min)
    return sorted((row for row in rows if row[0] > as_of), key=lambda row: (row[0], row[1] == "bonus"))


def _schedule(job: Table, employer: Table) -> Iterator[str]:
    """The dates, the pay, and that each paycheck can bear what it gives."""
    rows, shown = _coming(job), employer["paychecks"]
    if [(row[0].isoformat(), row[1]) for row in rows] != [(one["date"], one["kind"]) for one in shown]:
        yield "other pay dates"
        return
    regular = job["pay"] - sum(one["amount"] for one in [*job.get("bonuses", []), *job.get("equity_pay", [])])
    every = len(days_of(job))
    for row, one in zip(rows, shown, strict=True):
        pay = row[2] if row[1] == "bonus" else regular / every
        if abs(one["gross"] - pay) > 0.3:
            yield f"gross {one['gross']} is not {pay:.2f}"
        if one["elective_deferral"] + one["after_tax"] > one["gross"] + CENT:
            yield "more goes in than is paid"
        if min(one[name] for name in ("elective_deferral", "catch_up", "after_tax", "match")) < 0.0:
            yield "a negative amount"
        if one["catch_up"] > one["elective_deferral"] + CENT:
            yield "more catch-up than deferral"
    if (
        "year_to_date" not in job
        and every
        and abs(sum(one["gross"] for one in shown if one["kind"] == "regular") - regular) > CENT
    ):
        yield "pay does not add up"


def _formula(plan: Table, amount: float, pay: float) -> float:
    """The tiers on an amount and pay, without the cap."""
    earned, start = 0.0, 0.0
    for tier in plan.get("match", []):
        end = tier["up_to"] * pay
        earned += tier["rate"] * max(0.0, min(amount, end) - start)
        start = end
    return earned


def _match(job: Table, employer: Table, law: Limits) -> Iterator[str]:
    """The match again: paycheck by paycheck, the cap, the true-up, and what the whole year's formula has more."""
    plan, counted = job["plan"], min(plan_pay(job), law.compensation)
    as_of = job.get("year_to_date", {}).get("as_of", date.min)
    past = [row for row in _all(job) if row[0] <= as_of]
    paid = sum(_counted(job, row) for row in past)
    so_far = _match_so_far(job, min(paid, law.compensation))
    cap = plan.get("match_dollar_cap", 1e12)
    in_year = cap
    if plan["at_pay_limit"] == "nothing_stops":
        in_year = min(cap, _formula(plan, 1e9, counted))
    earned, matched = 0.0, fact(job, "elective_deferrals")
    matched += fact(job, "after_tax") if plan.get("match_after_tax") else 0.0
    for row, one in zip(_coming(job), employer["paychecks"], strict=True):
        pay = _counted(job, row, one["gross"])
        within = pay if plan["at_pay_limit"] == "nothing_stops" else max(0.0, min(pay, law.compensation - paid))
        paid += pay
        amount = one["elective_deferral"] + (one["after_tax"] if plan.get("match_after_tax") else 0.0)
        earned += _formula(plan, amount, within)
        matched += amount
    earned = min(earned, max(0.0, in_year - so_far))
    if abs(earned - total(employer, "match")) > 2 * CENT:
        yield f"match of the paychecks {total(employer, 'match'):.2f}, not {earned:.2f}"
    whole_year = min(cap, _formula(plan, matched, counted))
    true_up = max(0.0, whole_year - so_far - earned) if plan.get("true_up") else 0.0
    if abs(true_up - employer["true_up"]) > 3 * CENT:
        yield f"true-up {employer['true_up']:.2f}, not {true_up:.2f}"
    if abs(so_far + earned + true_up - employer["match_total"]) > 3 * CENT:
        yield f"match of the year {employer['match_total']:.2f}, not {so_far + earned + true_up:.2f}"
    planned = employer["elective_deferrals"] + employer["catch_up"]
    planned += employer["after_tax_room"] if plan.get("match_after_tax") else 0.0
    lost = max(0.0, min(cap, _formula(plan, planned, counted)) - employer["match_total"])
    if abs(lost - employer["match_lost"]) > 3 * CENT:
        yield f"match lost {employer['match_lost']:.2f}, not {lost:.2f}"


def _all(job: Table) -> list[tuple[date, str, float, Table]]:
    return _coming({**job, "year_to_date": {}})


def _counted(job: Table, row: tuple[date, str, float, Table], gross: float | None = None) -> float:
    """The pay of a paycheck that the plan counts."""
    if row[1] == "bonus":
        return row[2] if row[3]["plan_counts"] else 0.0
    if gross is not None:
        return gross
    regular = job["pay"] - sum(one["amount"] for one in [*job.get("bonuses", []), *job.get("equity_pay", [])])
    return float(regular / len(days_of(job)))


def _match_so_far(job: Table, paid: float) -> float:
    facts, plan = job.get("year_to_date", {}), job["plan"]
    if "match" in facts:
        return float(facts["match"])
    if not plan.get("match"):
        return 0.0
    if "employer_contributions" not in facts and fact(job, "elective_deferrals") > 0.0:  # silence is not zero
        matched = fact(job, "elective_deferrals") + (fact(job, "after_tax") if plan.get("match_after_tax") else 0.0)
        return min(plan.get("match_dollar_cap", 1e12), _formula(plan, matched, paid))
    return max(0.0, fact(job, "employer_contributions") - plan.get("nonelective", 0.0) * paid)


def _elections(job: Table, employer: Table) -> Iterator[str]:
    """The elections, followed as written, take from each paycheck what it shows; the plan may stop at a limit."""
    for kinds, name in ((("pre_tax", "roth"), "elective_deferral"), (("after_tax",), "after_tax")):
        for row, one in zip(_coming(job), employer["paychecks"], strict=True):
            elected_from = one["gross"] if row[1] == "regular" or row[3]["elections_apply"] else 0.0
            now = [
                election
                for election in employer["elections"]
                if election["kind"] in kinds
                and election["from_paycheck"] <= one["date"]
                and election["on"] in ("every", row[1])
            ]
            if not now or elected_from == 0.0:
                wanted = 0.0
            else:
                wanted = now[-1]["dollars"] if now[-1]["rate"] is None else now[-1]["rate"] * elected_from
            if one[name] > wanted + CENT:
                yield f"{name} of {one['date']} is {one[name]:.2f}, elected {wanted:.2f}"
    for one in employer["paychecks"]:
        last = {
            each["kind"] == "after_tax": each["rate"]
            for each in employer["elections"]
            if each["from_paycheck"] <= one["date"]
        }
        if sum(rate or 0.0 for rate in last.values()) > 1.0 + 1e-9:
            yield f"more than 100% elected from {one['date']}"
    if employer["achievable"]:
        step = STEP[job["plan"]["election_step"]] * max((one["gross"] for one in employer["paychecks"]), default=0.0)
        planned = employer["elective_deferrals"] + employer["catch_up"] - fact(job, "elective_deferrals")
        if total(employer, "elective_deferral") < planned - step - CENT:
            yield "deferrals fall short, but the answer says that they are reached"
