"""Households of the report's tests and their answers, each computed once."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from rothwell.answer import Answer, Settings, plan
from rothwell.household import parse_household

TODAY = date(2026, 11, 23)
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PATHS = 200
INJECTION = "<script>alert('1')</script> & \"Co\""
FORMULA = "=HYPERLINK(1)"

SINGLE = """
[household]
filing_status = "single"
state = "TX"
start_year = 2026
[[people]]
name = "Priya"
birth_date = 1990-02-10
retirement_age = 62
[people.social_security]
claiming_age = 67
annual_benefit = 40_000
[[jobs]]
person = "Priya"
employer = "Orbit Labs"
pay = 240_000
[jobs.plan]
after_tax_contributions = true
conversion = "quarterly"
acp_limit = "9%"
match = [{ rate = 1.0, up_to = 0.05 }]
[jobs.year_to_date]
after_tax = 4_000
[[accounts]]
kind = "taxable"
owner = "Priya"
balance = 90_000
basis = 80_000
[[accounts]]
kind = "pre_tax_plan"
owner = "Priya"
balance = 150_000
[spending]
living_cost = 95_000
"""


def couple_text() -> str:
    """The example couple's file."""
    return (EXAMPLES / "couple.toml").read_text(encoding="utf-8")


def nothing_allowed() -> str:
    """The couple with a plan that takes no after-tax money, and with names that try to be code."""
    text = couple_text().replace("after_tax_contributions = true", "after_tax_contributions = false")
    text = text.replace('conversion = "every_paycheck"', 'conversion = "none"')
    text = text.replace('name = "James and Maria"', f"name = {_quoted(INJECTION)}")
    return text.replace('"Maria"', f'"{FORMULA}"')


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'


def text_of(name: str) -> str:
    """The household file of that name."""
    texts = {"single": SINGLE, "nothing": nothing_allowed()}
    return texts[name] if name in texts else (EXAMPLES / f"{name}.toml").read_text(encoding="utf-8")


@cache
def answer_of(name: str, landscapes: tuple[str, ...] = (), threads: int = 2) -> Answer:
    """The answer of one household, from few paths."""
    household = parse_household(text_of(name), TODAY)
    return plan(household, Settings(paths=PATHS, threads=threads, landscapes=landscapes, all_measures=True))


NAMES = ("couple", "retired", "single", "nothing")
