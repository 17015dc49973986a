"""Random households with jobs, plans, pay dates and facts, as the tables of a household file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from numpy.random import Generator

YEAR = 2026
Value = TypeVar("Value")


def random_plans(generator: Generator, paychecks: bool = True) -> dict[str, Any]:
    """The tables of a household of one or two persons, each with one or two jobs; `paychecks` to most of them."""
    people, jobs = [], []
    for number in range(int(generator.integers(1, 3))):
        name = ("Ann", "Ben")[number]
        born = YEAR - _one_of(generator, [30, 45, 49, 50, 55, 59, 60, 62, 63, 64, 66])
        people.append({"name": name, "birth_date": date(born, 12, 31), "retirement_age": YEAR - born + 5})
        jobs += [_job(generator, name, place, paychecks) for place in range(1 + int(generator.random() < 0.3))]
    status = "single" if len(people) == 1 else "mfj"
    facts = {"filing_status": status, "state": "WA", "start_year": YEAR}
    return {"household": facts, "people": people, "jobs": jobs}


def _one_of(generator: Generator, values: Sequence[Value]) -> Value:
    return values[int(generator.integers(len(values)))]


def _chance(generator: Generator, chance: float) -> bool:
    return bool(generator.random() < chance)


def _money(generator: Generator, most: float) -> float:
    return round(float(generator.random()) * most, 2)


def _job(generator: Generator, person: str, place: int, paychecks: bool) -> dict[str, Any]:
    pay = round(_one_of(generator, [30e3, 60e3, 120e3, 200e3, 310e3, 450e3, 900e3]) * (0.7 + generator.random()), 2)
    job: dict[str, Any] = {"person": person, "employer": f"Employer {place}", "pay": pay, "plan": _plan(generator)}
    if _chance(generator, 0.7):
        job["prior_year_wages"] = _one_of(generator, [0.0, 150_000.0, 150_000.01, 176_100.0])
    if _chance(generator, 0.2):
        job["bonuses"] = [
            {
                "date": _day(generator), "amount": round(0.1 * pay, 2),
                "elections_apply": _chance(generator, 0.5), "plan_counts": _chance(generator, 0.7),
            }
            for _ in range(int(generator.integers(1, 3)))
        ]  # fmt: skip
    if _chance(generator, 0.2):
        job["equity_pay"] = [{"kind": "rsu", "amount": round(0.3 * pay, 2)}]
    if _chance(generator, 0.15):
        job["start_date"] = _day(generator)
    elif _chance(generator, 0.1):
        job["end_date"] = _day(generator)
    if paychecks and _chance(generator, 0.9):
        job["pay_schedule"] = _schedule(generator)
    if _chance(generator, 0.4):
        job["year_to_date"] = _so_far(generator, pay)
    return job


def _day(generator: Generator) -> date:
    return date(YEAR, 1, 1) + timedelta(int(generator.integers(0, 365)))


def _plan(generator: Generator) -> dict[str, Any]:
    plan: dict[str, Any] = {
        "roth_deferrals": _chance(generator, 0.85),
        "catch_up_60_63": _chance(generator, 0.7),
        "after_tax_contributions": _chance(generator, 0.85),
        "election_step": _one_of(generator, ["dollars"] * 9 + ["1%", "0.5%", "0.1%"]),
        "at_pay_limit": _one_of(generator, ["match_stops", "match_stops", "all_stops", "nothing_stops"]),
    }
    if _chance(generator, 0.85):
        ends = sorted({_one_of(generator, [0.02, 0.03, 0.04, 0.05, 0.06, 0.08]) for _ in range(2)})
        rates = [_one_of(generator, [0.0, 0.25, 0.5, 1.0]) for _ in ends]
        rates = sorted(rates, reverse=True) if _chance(generator, 0.7) else rates
        plan["match"] = [{"rate": rate, "up_to": end} for rate, end in zip(rates, ends, strict=True)]
        plan["true_up"] = _chance(generator, 0.4)
        plan["match_after_tax"] = plan["after_tax_contributions"] and _chance(generator, 0.2)
        if _chance(generator, 0.2):
            plan["match_dollar_cap"] = _money(generator, 12_000)
    if _chance(generator, 0.2):
        plan["nonelective"] = round(float(generator.random()) * 0.1, 3)
    if plan["after_tax_contributions"]:
        if _chance(generator, 0.2):
            plan["after_tax_dollar_cap"] = _money(generator, 40_000)
        if _chance(generator, 0.2):
            plan["after_tax_pay_cap"] = round(float(generator.random()) * 0.2, 3)
    if _chance(generator, 0.15):
        plan["acp_limit"] = round(float(generator.random()) * 0.15, 3)
    if _chance(generator, 0.3):
        plan["elective_deferral"] = _money(generator, 10_000)
    return plan


def _schedule(generator: Generator) -> dict[str, Any]:
    kind = int(generator.integers(0, 4))
    weekend = _one_of(generator, ["before", "after", "same"])
    if kind < 2:
        return {
            "frequency": ("weekly", "biweekly")[kind],
            "pay_date": date(2019, 1, 1) + timedelta(int(generator.integers(0, 5000))),
        }
    if kind == 2:
        days: list[Any] = [int(generator.integers(1, 28)), "last"]
        return {"frequency": "semimonthly", "days": days, "weekend": weekend}
    day: Any = "last" if _chance(generator, 0.3) else int(generator.integers(1, 32))
    return {"frequency": "monthly", "day": day, "weekend": weekend}


def _so_far(generator: Generator, pay: float) -> dict[str, Any]:
    facts: dict[str, Any] = {"as_of": _day(generator)}
    part = facts["as_of"].timetuple().tm_yday / 365
    if _chance(generator, 0.7):
        facts["elective_deferrals"] = _money(generator, min(30_000, part * pay))
    if _chance(generator, 0.5):
        facts["employer_contributions"] = _money(generator, 15_000 * part)
        if _chance(generator, 0.5):
            facts["match"] = round(facts["employer_contributions"] * float(generator.random()), 2)
    if _chance(generator, 0.5):
        facts["after_tax"] = _money(generator, min(30_000, part * pay / 3))
    return facts
