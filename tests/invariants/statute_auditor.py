"""A second look at the limits, written from the statute: it shares no code with the simulator.

It reads the file of the household and the numbers of the law of a year, and finds what a plan may not do.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

from rothwell.household import Household, Job

SLACK = 0.005  # dollars
FLOWS = ("pay", "deferral_pre_tax", "deferral_roth", "employer", "after_tax")


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers of a year: 402(g)(1), 414(v)(2)(B) and (E), 414(v)(7)(A), 415(c)(1)(A), 401(a)(17)(A)."""

    deferrals: float
    catch_up: float
    catch_up_60_to_63: float
    roth_catch_up_wages: float
    additions: float
    compensation: float


def catch_up_of(age: float, jobs: list[Job], limits: Limits) -> float:
    """414(v)(2)(B), (E) and (5): from the year of age 50; the higher amount at 60 to 63 where a plan has it."""
    if age < 50:
        return 0.0
    higher = any(job.plan is not None and job.plan.catch_up_60_63 for job in jobs)
    return limits.catch_up_60_to_63 if 60 <= age <= 63 and higher else limits.catch_up


def employer_money_of(job: Job, level: float, deferral: float, limits: Limits) -> float:
    """The most an employer may put in: the file's formula on pay up to 401(a)(17)."""
    if job.plan is None:
        return 0.0
    counted = min((job.pay if job.plan_pay is None else job.plan_pay) * level, limits.compensation)
    matched, start = 0.0, 0.0
    for tier in job.plan.match:
        end = tier.up_to * counted
        matched += tier.rate * (max(start, min(deferral, end)) - start)
        start = end
    if job.plan.match_dollar_cap is not None:
        matched = min(matched, job.plan.match_dollar_cap)
    return matched + (job.plan.nonelective or 0.0) * counted


def after_tax_cap_of(job: Job, level: float, limits: Limits) -> float:
    """What the plan itself lets in after tax, whatever 415(c) leaves."""
    plan = job.plan
    if plan is None or not plan.after_tax_contributions:
        return 0.0
    counted = min((job.pay if job.plan_pay is None else job.plan_pay) * level, limits.compensation)
    caps = [job.pay * level]
    caps += [] if plan.after_tax_dollar_cap is None else [plan.after_tax_dollar_cap]
    caps += [] if plan.after_tax_pay_cap is None else [plan.after_tax_pay_cap * counted]
    caps += [] if plan.acp_limit is None else [plan.acp_limit * counted]
    return min(caps)


def findings(one: Household, person: int, year: Any, limits: Limits, levels: dict[str, float]) -> Iterator[str]:
    """What one person's year breaks; `levels` carries each job's pay from the start year to this one."""
    name = one.people[person].name
    retires = one.people[person].retirement_year or 0
    jobs = [job for job in one.jobs if job.person == name and year["year"] < retires and year["alive"][person] > 0]
    flow = {key: float(year[key][person]) for key in FLOWS}
    deferral = flow["deferral_pre_tax"] + flow["deferral_roth"]
    catch_up = catch_up_of(float(year["age"][person]), jobs, limits)
    pay = sum(job.pay * levels[job.employer] for job in jobs)
    if abs(flow["pay"] - pay) > SLACK:
        yield f"pay {flow['pay']:.2f}, not {pay:.2f}"
    if deferral > limits.deferrals + catch_up + SLACK:
        yield f"402(g), 414(v): {deferral:.2f} deferred, {limits.deferrals + catch_up:.2f} allowed"
    if deferral > sum(job.pay * levels[job.employer] for job in jobs if job.plan is not None) + SLACK:
        yield f"deferred {deferral:.2f} of less pay"
    if not any(job.plan is not None and job.plan.roth_deferrals for job in jobs) and flow["deferral_roth"] > SLACK:
        yield "Roth deferrals in a plan without them, 402A(b)"
    additions = sum(min(limits.additions, job.pay * levels[job.employer]) for job in jobs if job.plan is not None)
    if deferral + flow["employer"] + flow["after_tax"] > additions + catch_up + SLACK:
        total = deferral + flow["employer"] + flow["after_tax"]
        yield f"415(c): {total:.2f} added, {additions:.2f} and {catch_up:.2f} of catch-up allowed"
    employer = sum(employer_money_of(job, levels[job.employer], deferral, limits) for job in jobs)
    if flow["employer"] > employer + SLACK:
        yield f"401(a)(17): employer {flow['employer']:.2f}, {employer:.2f} by the formula"
    if flow["after_tax"] > sum(after_tax_cap_of(job, levels[job.employer], limits) for job in jobs) + SLACK:
        yield f"after-tax {flow['after_tax']:.2f} above the plan's own caps"
    if flow["after_tax"] > 0.0 and not any(_moves_to_roth(job) for job in jobs):
        yield "after-tax money that cannot move to Roth"
    yield from _roth_catch_up(jobs, flow, deferral, limits, levels)


def _moves_to_roth(job: Job) -> bool:
    return job.plan is not None and (job.plan.conversion != "none" or job.plan.in_service_rollover)


def _roth_catch_up(
    jobs: list[Job], flow: dict[str, float], deferral: float, limits: Limits, levels: dict[str, float]
) -> Iterator[str]:
    """414(v)(7)(A): catch-up of those with high wages of the year before from that employer is Roth; one job only."""
    if len(jobs) != 1 or "before" not in levels:
        return
    wages = levels["before"]
    beyond = deferral - limits.deferrals
    if beyond > SLACK and wages > limits.roth_catch_up_wages and flow["deferral_roth"] < beyond - SLACK:
        yield f"414(v)(7): {flow['deferral_roth']:.2f} Roth of {beyond:.2f} catch-up"


def begins_in(born: int, month: int) -> int:
    """The first distribution year, 401(a)(9)(C)(v) with section 107 of P.L. 117-328."""
    if born < 1949 or (born == 1949 and month < 7):
        return born + (70 if month < 7 else 71)
    return born + (72 if born <= 1950 else 73 if born <= 1959 else 75)


def uniform_divisors() -> dict[int, float]:
    """Reg. 1.401(a)(9)-9(c), as the law's folder holds it."""
    text = resources.files("rothwell.law").joinpath("tables/uniform_lifetime.csv").read_text()
    return {int(row["age"]): float(row["divisor"]) for row in csv.DictReader(text.splitlines())}
