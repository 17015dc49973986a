"""Random owners and random persons with several plans: a second auditor, written from the statute, finds nothing."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from rothwell.errors import InputError
from rothwell.law import law_for
from rothwell.mega_backdoor.capacity import capacity_of
from rothwell.mega_backdoor.owner_contributions import (
    ProfitSharing,
    earned_income,
    owner_after_tax_room,
    owner_contributions,
)
from rothwell.mega_backdoor.plan_terms import no_plan
from tests.invariants.owners_auditor import Numbers, Owners, broken, findings_at_the_desk
from tests.mega_backdoor.households import household

OWNERS = 1_000_000
DESKS = 1_000
RESULTS = ("profit_sharing", "base", "catch_up", "room")


@numba.njit
def owners_of(given: Any, plan: Any, law: Any, found: Any) -> None:
    """The contributions and the room of many owners."""
    for row in range(given.shape[0]):
        profit, wages, planned, dollars, rate, first = given[row, :6]
        earned = earned_income(profit, wages, law)
        sharing = ProfitSharing(dollars, rate, first)
        plan.after_tax_dollar_cap = given[row, 9]
        left = given[row, 8]
        made = owner_contributions(earned, planned, given[row, 6], given[row, 7], sharing, left, law)
        found[row, 0], found[row, 1], found[row, 2] = made.profit_sharing, made.base, made.catch_up
        found[row, 3] = owner_after_tax_room(earned, made, left, plan, law).room


def drawn_owners(generator: np.random.Generator, count: int) -> np.ndarray:
    """Owners at random, with many at the edges: no profit, the floor, the wage base, no limit left."""
    profit = np.where(
        generator.random(count) < 0.5, generator.uniform(0, 60_000, count), 10 ** generator.uniform(2, 6.3, count)
    )
    profit = np.where(
        generator.random(count) < 0.02, generator.choice([0.0, 433.13, 433.14, 199_783.43], count), profit
    )
    wages = np.where(generator.random(count) < 0.5, 0.0, generator.uniform(0, 300_000, count))
    planned = np.where(generator.random(count) < 0.5, np.inf, generator.uniform(0, 40_000, count))
    kind = generator.integers(0, 3, count)  # dollars, a rate, the most
    dollars = np.where(kind == 0, generator.uniform(0, 90_000, count), np.inf)
    rate = np.where(kind == 1, generator.uniform(0, 0.25, count), 0.25)
    deferrals_left = np.where(generator.random(count) < 0.7, 24_500.0, generator.uniform(0, 24_500, count))
    catch_up = generator.choice([0.0, 0.0, 8_000.0, 11_250.0, 3_000.0], count)
    additions = np.where(generator.random(count) < 0.7, 72_000.0, generator.uniform(0, 72_000, count))
    cap = np.where(generator.random(count) < 0.8, np.inf, generator.uniform(0, 60_000, count))
    first = (kind == 2).astype(float)
    return np.stack([profit, wages, planned, dollars, rate, first, deferrals_left, catch_up, additions, cap], axis=1)


def audited(given: np.ndarray, found: np.ndarray) -> dict[str, int]:
    names = ("profit", "wages", "planned", "dollars", "rate", "deferrals_first")
    names += ("deferrals_left", "catch_up_left", "additions_left", "cap")
    columns = dict(zip(names, given.T, strict=True)) | dict(zip(RESULTS, found.T, strict=True))
    return broken(Owners(**columns), Numbers())


def test_the_second_auditor_finds_nothing_in_random_plans() -> None:
    given, found = drawn_owners(np.random.default_rng(415), OWNERS), np.zeros((OWNERS, len(RESULTS)))
    plan = no_plan()
    plan.after_tax_allowed = 1.0
    owners_of(given, plan, law_for(2026).record, found)
    counts = audited(given, found)
    assert not any(counts.values()), counts
    assert (found[:, 3] > 1_000).sum() > OWNERS // 5
    assert (found[:, 2] > 1_000).sum() > OWNERS // 20


def test_the_second_auditor_notices_a_planted_fault() -> None:
    """The base of 100 percent taken as E, as some published arithmetic has it, is found."""
    given, found = drawn_owners(np.random.default_rng(1), 10_000), np.zeros((10_000, len(RESULTS)))
    plan = no_plan()
    plan.after_tax_allowed = 1.0
    owners_of(given, plan, law_for(2026).record, found)
    found[:, 3] += np.where(found[:, 3] > 0.0, 0.1 * found[:, 0], 0.0)
    counts = audited(given, found)
    assert counts["415(c)(1)"] > 100


def random_person(generator: np.random.Generator) -> str:
    """One to three jobs of every kind, and often a business."""
    text = ""
    for number in range(int(generator.integers(1, 4))):
        kind = str(generator.choice(["401k", "401k", "403b", "457b"]))
        pay = float(generator.choice([8_000, 30_000, 90_000, 250_000, 500_000]))
        text += f'[[jobs]]\nperson = "Ann"\nemployer = "Employer {number}"\npay = {pay}\nprior_year_wages = {pay}\n'
        if generator.random() < 0.4:
            text += f'controlled_group = "{generator.choice(["north", "south"])}"\n'
        if generator.random() < 0.3:
            text += f"ownership = {generator.uniform(0.0, 1.0):.2f}\n"
        text += f'[jobs.plan]\nkind = "{kind}"\n'
        text += f"nonelective = {generator.choice([0.0, 0.03, 0.06])}\n"
        if generator.random() < 0.3:
            text += f"elective_deferral = {generator.integers(0, 8_000)}\n"
        if kind == "457b":
            text += f"governmental = {str(generator.random() < 0.5).lower()}\n"
            continue
        text += f"after_tax_contributions = {str(generator.random() < 0.8).lower()}\n"
        if generator.random() < 0.5:
            text += "match = [{ rate = 0.5, up_to = 0.06 }]\n"
    if generator.random() < 0.6:
        profit = float(generator.choice([300, 12_000, 40_000, 120_000, 400_000]))
        text += f'[[businesses]]\nperson = "Ann"\nname = "Own"\nnet_profit = {profit}\n'
        if generator.random() < 0.4:
            text += 'controlled_group = "north"\n'
        text += "[businesses.plan]\nafter_tax_contributions = true\n"
        text += str(generator.choice(['profit_sharing = "max"\n', "profit_sharing_rate = 0.1\n", ""]))
    return text


def test_random_persons_with_several_plans_break_no_limit() -> None:
    generator, refused, shared = np.random.default_rng(414), 0, 0
    for _ in range(DESKS):
        age = int(generator.choice([40, 49, 50, 55, 60, 63, 64]))
        one = household(random_person(generator), age=age)
        try:
            person = capacity_of(one).people[0]
        except InputError:
            refused += 1  # a planned amount that related employers leave no room for
            continue
        assert not list(findings_at_the_desk(one, person, Numbers())), one
        shared += any("related" in line.name for employer in person.employers for line in employer.lines)
    assert refused < DESKS // 3
    assert shared > DESKS // 10
