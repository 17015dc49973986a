"""The law is data: no number of the law and no test of the year stands in the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.style.house import LAW_ROOMS, modules, named, report
from tests.style.law_numbers import branches_on_a_year, numbers_of_the_law

CLEAN = '''
"""Deferrals up to 24500 in 2026 are spoken of in words only."""
HALF_A_CENT = 0.005  # how near the solver comes: a tolerance, not law
_PASSES = 40  # at most so many passes of the solver
def room(pay, contributions, status, law):
    """What is left, at most 24500."""
    line_1 = min(pay, law.compensation_limit)
    line_2 = max(0.0, line_1 - contributions[2]) ** 2
    for tier in range(6):
        line_2 = line_2 - contributions[tier, 3] + contributions[tier - 1]
    return round(line_2 * -1, 2)
'''


@pytest.mark.parametrize("path", modules(*LAW_ROOMS), ids=named)
def test_no_number_of_the_law_in_the_code(path: Path) -> None:
    findings = [f"{named(path)}:{finding}" for finding in numbers_of_the_law(path.read_text(encoding="utf-8"))]
    assert not findings, report(findings)


@pytest.mark.parametrize("path", modules(), ids=named)
def test_no_branch_on_a_literal_year(path: Path) -> None:
    findings = [f"{named(path)}:{finding}" for finding in branches_on_a_year(path.read_text(encoding="utf-8"))]
    assert not findings, report(findings)


def test_clean_code_passes_the_checker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.style.law_numbers._figures", lambda: frozenset({24_500.0, 0.005, 40.0}))
    assert numbers_of_the_law(CLEAN) == []


@pytest.mark.parametrize(
    "line",
    [
        "    limit = 24500",
        "    limit = 24_500.0",
        "    earnings = 0.9235 * pay",
        "    limit = min(law.limit, 24500)",
        "    rate = 0.22 if pay > line_1 else 0.1",
        "    late = status == 3",
        "    tax = contributions[24]",
        "    half = pay / 2",
        "    start = date(2026, law.month, law.day)",
        "    penalty = -0.1 * pay",
        "    def inner(age=73): return age",
    ],
)
def test_a_number_planted_in_a_formula_is_found(line: str) -> None:
    mutant = CLEAN.replace("    line_1 =", f"{line}\n    line_1 =")
    assert len(numbers_of_the_law(mutant)) >= 1


@pytest.mark.parametrize(
    "constant",
    [
        "PASSES = 40",
        "FIRST_YEAR = 2026  # the year in which the rule of the statute begins",
        "TABLE = [1, 2026]",
    ],
)
def test_a_named_constant_without_a_reason_or_with_a_year_is_found(constant: str) -> None:
    assert len(numbers_of_the_law(f"import math\n{constant}\n")) == 1


@pytest.mark.parametrize(
    "constant",
    [
        "MOST_DEFERRED = 24_500  # the most that can be deferred, not law at all",
        "EARNED = 0.9235  # the share that counts, not law at all",
        "INVESTMENT = 0.038  # the rate on investment, not law at all",
        "CATCH_UP_AGE = 50  # the age of the catch-up, not law at all",
    ],
)
def test_a_figure_of_the_law_under_a_name_is_found(constant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.style.law_numbers._figures", lambda: frozenset({24_500.0, 0.9235, 0.038, 50.0}))
    assert len(numbers_of_the_law(constant)) == 1


@pytest.mark.parametrize("test", ["year >= 2026", "2029 > year", "year in (2025, 2026)", "day < date(2026, 1, 1)"])
def test_a_planted_test_of_the_year_is_found(test: str) -> None:
    assert len(branches_on_a_year(f"def rule(year, day):\n    return 1 if {test} else 0\n")) >= 1
