"""Health savings accounts: limits month by month, spouses, the last-month rule, what is in too much."""

from __future__ import annotations

import csv
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from rothwell.mega_backdoor.capacity import capacity_of
from rothwell.mega_backdoor.hsa_room import HsaRoom, limits
from tests.mega_backdoor.outside import answer, job, person, read

SHEET = Path(__file__).parents[1] / "worksheets" / "hsa_room.csv"
EXAMPLES = list(csv.DictReader(SHEET.read_text(encoding="utf-8").splitlines()))
CENT = 0.005
FAMILY, SELF_ONLY, CATCH_UP = 8_750.0, 4_400.0, 1_000.0  # Rev. Proc. 2025-19, IRC 223(b)(3)(B)


def hsa(coverage: str, more: str = "") -> str:
    """A [people.hsa] table; coverage such as "self_only 1-6;family 7-12"."""
    parts = []
    for part in coverage.split(";"):
        kind, months = part.split()
        first, last = months.split("-")
        parts.append(f'{{ kind = "{kind}", first_month = {first}, last_month = {last} }}')
    return f"[people.hsa]\ncoverage = [{', '.join(parts)}]\n{more}"


def hsas_of(example: dict[str, str]) -> list[HsaRoom]:
    share = f"share_of_family_limit = {example['share1']}" if example["share1"] else ""
    year = 2026  # the file's year; ages are those of the year asked for
    beyond = int(example["year"]) - year
    medicare = "prior_magi = { 2024 = 0, 2025 = 0 }"
    people = [person("Ann", int(example["age1"]) - beyond, hsa(example["coverage1"], share))]
    if example["age2"]:
        people.append(person("Bob", int(example["age2"]) - beyond, hsa(example["coverage2"])))
    jobs = [job(name, 90_000) for name in ("Ann", "Bob")[: len(people)]]
    household = read(*people, *jobs, status="mfj" if example["age2"] else "single", facts=medicare)
    found = [one.hsa for one in capacity_of(household, int(example["year"])).people]
    return [one for one in found if one is not None]


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{one['id']}, {one['line']} {one['person']}" for one in EXAMPLES])
def test_hsa_limits_by_hand(example: dict[str, str]) -> None:
    found = hsas_of(example)[int(example["person"]) - 1]
    assert getattr(found, example["line"]) == pytest.approx(float(example["value"]), abs=CENT)


def test_official_hsa_limits() -> None:
    """IRS, Link and Learn Taxes, Rules for Married People, the Auburns in 2013: 58 and 53, family coverage each.

    It prints 4,225 (half of 6,450, and 1,000) and 3,225; the 7,450 that it prints for the family limit has the catch-up
    in it (Rev. Proc. 2012-26: 6,450).
    """
    section = SimpleNamespace(self_only=3_250.0, family=6_450.0, catch_up=1_000.0, catch_up_age=55.0)
    law: Any = SimpleNamespace(year=2013, record=SimpleNamespace(hsa=section))
    people = person("Ann", 71, hsa("family 1-12")), person("Bob", 66, hsa("family 1-12"))  # 58 and 53 in 2013
    couple = read(*people, job("Ann", 1), job("Bob", 1), status="mfj", facts="prior_magi = { 2024 = 0, 2025 = 0 }")
    assert [max(limits(couple, one, law)[:2]) for one in couple.people] == [4_225.0, 3_225.0]


def test_what_employers_put_in_counts() -> None:
    """IRC 223(b)(4)(B): 8,750 less 1,000, 2,000 and 500."""
    more = "employer_contributions = 1_000\npayroll_contributions = 2_000\nown_contributions = 500"
    (found,) = answer(person("Ann", 40, hsa("family 1-12", more)), job("Ann", 90_000))
    assert found.hsa is not None
    assert (found.hsa.employer_contributions, found.hsa.own_contributions, found.hsa.left) == (3_000.0, 500.0, 5_250.0)
    assert found.hsa.last_day == "2027-04-15"


def test_an_hsa_excess_costs_six_percent_a_year() -> None:
    """IRC 4973(a)(5), (g): 5,000 into a limit of 4,400."""
    (found,) = answer(person("Ann", 40, hsa("self_only 1-12", "own_contributions = 5_000")), job("Ann", 90_000))
    assert found.hsa is not None
    (excess,) = found.hsa.corrections
    assert (excess.kind, excess.amount, excess.yearly_tax) == ("hsa", pytest.approx(600.0), pytest.approx(36.0))


def test_the_testing_period_ends_with_the_next_year() -> None:
    (found,) = answer(person("Ann", 40, hsa("family 12-12")), job("Ann", 90_000))
    assert found.hsa is not None
    assert found.hsa.testing_until == "2027-12-31"


def test_nobody_without_an_hsa_has_hsa_room() -> None:
    (found,) = answer(person("Ann", 40), job("Ann", 90_000))
    assert found.hsa is None


def test_two_single_people_with_the_status_of_a_spouse_do_not_share() -> None:
    (found,) = answer(person("Ann", 40, hsa("family 1-12")), job("Ann", 90_000), status="hoh")
    assert found.hsa is not None
    assert found.hsa.limit == FAMILY


def second_reading(months: list[tuple[str, str]], older: tuple[bool, bool]) -> list[float]:
    """IRC 223(b) once more, month by month for both spouses: the limits by months and by December, the greater."""
    found = []
    for who in (0, 1):
        yearly = []
        for month in months:
            if month[who] == "none":
                yearly.append(0.0)
                continue
            shared = "family" in month
            both = "none" not in month
            amount = (FAMILY / 2 if both else FAMILY) if shared else SELF_ONLY
            yearly.append(amount + (CATCH_UP if older[who] else 0.0))
        found.append(max(sum(yearly) / 12, yearly[-1]))
    return found


def test_random_months_of_two_spouses_by_a_second_reading() -> None:
    chance = np.random.default_rng(7)
    for _ in range(60):
        kinds, ages = chance.choice(["none", "self_only", "family"], (12, 2)), chance.choice([50, 60], 2)
        kinds[chance.integers(12), 0], kinds[chance.integers(12), 1] = "family", "self_only"
        tables = [
            hsa(
                ";".join(
                    f"{kind} {month + 1}-{month + 1}" for month, kind in enumerate(kinds[:, who]) if kind != "none"
                )
            )
            for who in (0, 1)
        ]
        people = [person(name, int(ages[who]), tables[who]) for who, name in enumerate(("Ann", "Bob"))]
        found = answer(*people, job("Ann", 90_000), job("Bob", 90_000), status="mfj")
        expected = second_reading([(str(a), str(b)) for a, b in kinds], (ages[0] >= 55, ages[1] >= 55))
        assert [one.hsa.limit for one in found if one.hsa] == pytest.approx(expected)
