"""The ACP test: limits, leveling, what comes back and what that is taxed."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from rothwell.errors import InputError
from rothwell.law import law_for
from rothwell.mega_backdoor.acp_test import acp_limit, income_of_refund, refund_by_leveling
from rothwell.mega_backdoor.capacity import EmployerCapacity
from rothwell.mega_backdoor.job_year import rule
from tests.mega_backdoor.households import desk, job

SHEET = Path(__file__).parents[1] / "worksheets" / "acp_limits.csv"
REFUNDS = Path(__file__).parents[1] / "worksheets" / "acp_refunds.csv"


def answer(
    test: str, plan: str = "", pay: float = 360_000, wages: float | None = 170_000, more: str = ""
) -> EmployerCapacity:
    """A job with an ACP test; after-tax contributions of 36,000 and no deferrals unless the plan says otherwise."""
    terms = plan or "elective_deferral = 0\nafter_tax_dollar_cap = 36_000"
    text = job(terms, pay=pay, wages=wages).replace("[jobs.plan]", f"{more}\n[jobs.plan]", 1)
    return desk(f"{text}\n[jobs.plan.acp_test]\n{test}")[0]


@pytest.mark.parametrize("row", list(csv.DictReader(SHEET.open(encoding="utf-8"))), ids=lambda row: row["nhce_average"])
def test_limit_of_the_acp_test(row: dict[str, str]) -> None:
    found = rule(acp_limit, float(row["nhce_average"]), law_for(2026).record.acp_test)
    assert float(found) == pytest.approx(float(row["limit"]), abs=1e-12)
    assert row["source"]


@pytest.mark.parametrize("row", list(csv.DictReader(REFUNDS.open(encoding="utf-8"))), ids=lambda row: row["example"])
def test_worked_examples_of_the_acp_refund(row: dict[str, str]) -> None:
    plan = f"elective_deferral = 0\nafter_tax_dollar_cap = {row['after_tax']}"
    found = answer(f"nhce_average = {row['nhce_average']}", plan, pay=float(row["pay"]))
    assert found.acp is not None
    assert found.acp.rate == pytest.approx(float(row["rate"]))
    assert found.acp.limit == pytest.approx(float(row["limit"]))
    assert found.acp.refund == pytest.approx(float(row["refund"]))
    assert found.acp.expected_after_tax == pytest.approx(float(row["expected_to_stay"]))
    assert row["source"]


def test_a_single_highly_paid_person_by_hand() -> None:
    """Example C1: 36,000 of 360,000 is 10%; by an average of 3% only 5% may stay: 18,000 comes back."""
    found = answer("nhce_average = 0.03")
    assert found.acp is not None
    assert (found.acp.rate, found.acp.limit) == (pytest.approx(0.10), pytest.approx(0.05))
    assert found.acp.refund == pytest.approx(18_000)
    assert found.acp.expected_after_tax == pytest.approx(18_000)
    assert found.after_tax_room == 36_000  # a refund gives back no room under 415(c), nor does it take any
    assert any("10% tax" in note for note in found.notes)


def test_the_chance_of_a_refund_weighs_it() -> None:
    found = answer("nhce_average = 0.03\nrefund_chance = 0.25")
    assert found.acp is not None
    assert found.acp.refund == pytest.approx(18_000)
    assert found.acp.expected_refund == pytest.approx(4_500)
    assert found.acp.expected_after_tax == pytest.approx(36_000 - 4_500)


def test_match_counts_and_comes_back_last() -> None:
    """5% of 360,000 is 18,000, of which match is 18,000; all 20,000 after tax goes back, then no match."""
    plan = "match = [{ rate = 1.0, up_to = 0.05 }]\nelective_deferral = 24_500\nafter_tax_dollar_cap = 20_000"
    found = answer("nhce_average = 0.03", plan)
    assert found.acp is not None
    assert (found.acp.refund, found.acp.refund_match) == (pytest.approx(20_000), 0.0)
    found = answer("nhce_average = 0.02", plan)  # 4% of pay is 14,400
    assert found.acp is not None
    assert (found.acp.refund, found.acp.refund_match) == (pytest.approx(23_600), pytest.approx(3_600))


def test_leveling_by_hand() -> None:
    """Reg. 1.401(m)-2(b)(2): rates 12% of 200,000 and 8% of 350,000, limit 8%.

    The average is 10%. Cut the first to 8%: 8,000 in all. The second has more dollars (28,000 against 24,000): first
    4,000 come from it, then 2,000 from each.
    """
    assert refund_by_leveling([200_000, 350_000], [24_000, 28_000], 0.08) == pytest.approx([2_000, 6_000])
    assert refund_by_leveling([200_000, 350_000], [24_000, 28_000], 0.10) == pytest.approx([0, 0])


def test_others_of_low_rate_leave_room_to_a_high_rate() -> None:
    """Averages count: 10% and 0% average 5%."""
    other = "\n[[jobs.plan.acp_test.other_highly_paid]]\npay = 300_000\ncontributions = 0"
    found = answer(f"nhce_average = 0.03{other}")
    assert found.acp is not None
    assert found.acp.average == pytest.approx(0.05)
    assert found.acp.refund == pytest.approx(0.0, abs=1e-6)


def test_refunds_level_the_highest_dollars() -> None:
    """After the cut the rates could be those of the limit, nobody gets back below the level, and nothing is lost."""
    generator = np.random.default_rng(401)
    for _ in range(2_000):
        size = int(generator.integers(1, 8))
        pay = generator.uniform(100_000, 360_000, size)
        given = pay * generator.uniform(0.0, 0.2, size)
        limit = float(generator.uniform(0.0, 0.15))
        back = np.array(refund_by_leveling(pay, given, limit))
        assert (back >= 0.0).all()
        assert (back <= given + 1e-6).all()
        kept = (given - back)[back > 1e-6]
        assert kept.size == 0 or np.ptp(kept) < 1e-5
        assert (given[back <= 1e-6] <= (kept.min() if kept.size else np.inf) + 1e-5).all()
        fails = (given / pay).mean() > limit
        assert (back.sum() > 1e-7) == (fails and (given / pay).mean() - limit > 1e-9) or back.sum() < 1e-3
        if fails:  # cutting the highest rates to one level, found by halving, takes as much
            low, high = 0.0, 1.0
            for _ in range(60):
                middle = (low + high) / 2
                low, high = (middle, high) if np.minimum(given / pay, middle).mean() < limit else (low, middle)
            assert back.sum() == pytest.approx(((given / pay - np.minimum(given / pay, low)) * pay).sum(), abs=0.01)


def test_refund_taxes_earnings_and_match_alone() -> None:
    assert float(rule(income_of_refund, 0.0, 900.0)) == 900.0
    assert float(rule(income_of_refund, 3_600.0, 900.0)) == 4_500.0


@pytest.mark.parametrize(
    ("test", "wages", "more", "plan"),
    [
        ("nhce_average = 0.0", 160_000, "", ""),  # not above the figure of the look-back year 2025, 160,000
        ("nhce_average = 0.0\nall_highly_compensated = true", 300_000, "", ""),
        (
            "nhce_average = 0.0",
            300_000,
            "",
            "governmental = true\nafter_tax_dollar_cap = 36_000\nelective_deferral = 0",
        ),
    ],
)
def test_exempt_plans_and_people_lose_nothing(test: str, wages: float, more: str, plan: str) -> None:
    found = answer(test, plan, wages=wages, more=more)
    assert found.acp is not None
    assert found.acp.exempt is not None
    assert found.acp.expected_after_tax == 36_000


@pytest.mark.parametrize(
    ("wages", "more", "known"),
    [
        (160_001, "", True),
        (160_000, "", False),
        (0, "ownership = 0.06", True),
        (0, "ownership = 0.05", False),
        (None, "", None),
    ],
)
def test_who_is_highly_compensated(wages: float | None, more: str, known: bool | None) -> None:
    found = answer("nhce_average = 0.0", wages=wages, more=more)
    assert found.acp is not None
    assert found.acp.highly_compensated is known
    assert (found.acp.refund > 0.0) == (known is not False)


def test_a_safe_harbor_does_not_help_and_the_answer_says_so() -> None:
    assert any("1.401(m)-3(j)(6)" in note for note in answer("nhce_average = 0.0").notes)


@pytest.mark.parametrize(
    ("test", "field"),
    [
        ("nhce_average = 7", "nhce_average"),
        ("refund_chance = 0.5", "nhce_average"),
        ("nhce_average = 0.03\nrefund_chance = 2", "refund_chance"),
        ('nhce_average = 0.03\ntesting = "next_year"', "testing"),
    ],
)
def test_a_slip_in_the_test_is_one_message_at_its_field(test: str, field: str) -> None:
    with pytest.raises(InputError) as caught:
        answer(test)
    assert caught.value.field == f"jobs[0].plan.acp_test.{field}"
