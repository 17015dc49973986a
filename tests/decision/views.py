"""The strategy in view of a small household, for the tests of the measures."""

from __future__ import annotations

from rothwell.decision.comparison import Comparison, completed, live
from rothwell.decision.recommendation import recommended
from rothwell.decision.study import study
from rothwell.decision.view import View, view_of
from rothwell.household import Household
from rothwell.law.landscape import Landscape
from tests.lifetime.runs import QUIET, START, account, household, person, single

RATE = 0.25
BELIEFS = f"[beliefs]\ndeferred_weight = {1 - RATE}\nheirs_tax_rate = {RATE}\n"
"""What makes a tax-deferred dollar count for what a flat tax leaves of it."""
JOB = """
[[jobs]]
person = "Ann"
employer = "Acme"
pay = 150_000
[jobs.plan]
roth_deferrals = true
elective_deferral = 20_000
after_tax_contributions = true
after_tax_dollar_cap = 10_000
conversion = "every_paycheck"
"""


def seen(one: Household, landscape: Landscape, paths: int = 40, name: str | None = None) -> tuple[View, Comparison]:
    """The view of a strategy, the one to follow unless named, and the comparison it stands in."""
    futures = study(one, START, paths, 1, threads=1)
    lived = live(futures, landscape)
    comparison = completed(lived)
    return view_of(lived, name or recommended(comparison)), comparison


def retired(more: str = QUIET) -> Household:
    """One person of 60 with all three buckets, who works no more."""
    text = single() + person(to_age=84) + account("traditional_ira", 400_000) + account("pre_tax_plan", 100_000)
    return household(text + account("roth_ira", 200_000) + account("taxable", 300_000) + more + BELIEFS)


def working(more: str = QUIET) -> Household:
    """One person of 45 who works until 60."""
    text = single() + person(born=1981, to_age=84, retires=60) + JOB + account("taxable", 100_000)
    return household(text + account("pre_tax_plan", 100_000) + "[spending]\nliving_cost = 60_000\n" + more + BELIEFS)
