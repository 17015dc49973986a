"""The tables of required distributions are whole and agree with one another."""

from __future__ import annotations

import csv
from importlib import resources


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table of the law."""
    text = resources.files("rothwell.law").joinpath(f"tables/{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def uniform() -> dict[int, float]:
    """Divisors of the Uniform Lifetime Table by age."""
    return {int(row["age"]): float(row["divisor"]) for row in table("uniform_lifetime")}


def single() -> dict[int, float]:
    """Divisors of the Single Life Table by age."""
    return {int(row["age"]): float(row["divisor"]) for row in table("single_life")}


def joint() -> dict[tuple[int, int], float]:
    """Divisors of the Joint and Last Survivor Table by the ages of owner and spouse."""
    return {(int(row["age1"]), int(row["age2"])): float(row["divisor"]) for row in table("joint_last_survivor")}


def test_the_uniform_table_is_the_joint_table_for_a_spouse_ten_years_younger() -> None:
    pairs = joint()
    for age, divisor in uniform().items():
        assert divisor == pairs[age, age - 10], age


def test_the_tables_hold_every_age() -> None:
    assert sorted(uniform()) == list(range(72, 121))
    assert sorted(single()) == list(range(121))
    pairs = joint()
    assert {owner for owner, _ in pairs} == set(range(20, 121))
    assert all((owner, spouse) in pairs for owner in range(20, 121) for spouse in range(20, owner + 1))


def test_divisors_fall_with_age() -> None:
    for divisors in (uniform(), single()):
        ordered = [divisors[age] for age in sorted(divisors)]
        assert ordered == sorted(ordered, reverse=True)
    pairs = joint()
    for (owner, spouse), divisor in pairs.items():
        assert pairs.get((owner, spouse + 1), 0.0) <= divisor
        assert pairs.get((owner + 1, spouse), 0.0) <= divisor


def test_the_joint_table_is_symmetric_where_it_holds_both_orders() -> None:
    pairs = joint()
    assert all(
        divisor == pairs[spouse, owner] for (owner, spouse), divisor in pairs.items() if (spouse, owner) in pairs
    )


def test_two_lives_last_at_least_as_long_as_one() -> None:
    alone = single()
    assert all(divisor >= max(alone[owner], alone[spouse]) for (owner, spouse), divisor in joint().items())


def test_published_divisors_stand_in_the_tables() -> None:
    assert uniform()[73] == 26.5  # Pub. 590-B (2025), Table III
    assert uniform()[75] == 24.6
    assert uniform()[120] == 2.0
    assert single()[0] == 84.6  # Table I
    assert single()[65] == 22.9


def test_full_retirement_age_rises_from_65_to_67() -> None:
    months = {
        int(row["birth_year"]): 12 * int(row["years"]) + int(row["months"]) for row in table("full_retirement_age")
    }
    assert sorted(months) == list(range(1937, 1961))
    assert (months[1937], months[1943], months[1954], months[1955], months[1959]) == (780, 792, 792, 794, 802)
    assert months[1960] == 804  # 20 CFR 404.409
