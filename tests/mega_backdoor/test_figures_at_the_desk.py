"""Figures of the law at the desk, just below and just above where they decide, in each year that holds one."""

from __future__ import annotations

import pytest

from rothwell.household import parse_household
from rothwell.law import law_for
from rothwell.law.figures import HEAD, JOINT, SEPARATE_TOGETHER, SINGLE, SURVIVING
from rothwell.mega_backdoor.capacity import capacity_of
from rothwell.mega_backdoor.payments import payments_of
from rothwell.provision import plainly
from rothwell.tax.withholding import required_annual_payment
from tests.mega_backdoor.households import TODAY, desk, job

TESTED = "[jobs.plan.acp_test]\nnhce_average = 0.05"


def ann(year: int, more: str, jobs: str = "") -> str:
    """A household file of Ann, who is 40, with more keys of hers."""
    text = f'[household]\nfiling_status = "single"\nstate = "WA"\nstart_year = {year}\n[[people]]\nname = "Ann"\n'
    text += f"birth_date = {year - 40}-06-30\n" + ("retirement_age = 65\n" if jobs else "") + more + "\n"
    return text + jobs + "\n[spending]\nliving_cost = 50_000\n"


@pytest.mark.parametrize(
    ("year", "kind", "limit"),
    [
        *((2025, "self_only", 4_300.0), (2025, "family", 8_550.0)),  # Rev. Proc. 2024-25
        *((2026, "self_only", 4_400.0), (2026, "family", 8_750.0)),  # Rev. Proc. 2025-19
        *((2027, "self_only", 4_500.0), (2027, "family", 9_000.0)),  # Rev. Proc. 2026-24
    ],
)
def test_the_hsa_limits_of_each_year(year: int, kind: str, limit: float) -> None:
    one = parse_household(ann(year, f'[people.hsa]\ncoverage = [{{ kind = "{kind}" }}]'), TODAY, file="ann.toml")
    room = capacity_of(one).people[0].hsa
    assert room is not None
    assert room.limit == limit


@pytest.mark.parametrize(("year", "limit"), [(2025, 23_500.0), (2026, 24_500.0)])
def test_the_457b_limit_of_each_year(year: int, limit: float) -> None:
    """IRC 457(e)(15); Notices 2024-80 and 2025-67."""
    plan = 'kind = "457b"\ngovernmental = true\nafter_tax_contributions = false'
    assert desk(job(plan), year=year)[0].elective_deferrals == limit


@pytest.mark.parametrize("year", [2026, 2027])
@pytest.mark.parametrize(("wages", "highly"), [(159_500.0, False), (160_500.0, True)])
def test_who_is_highly_compensated_by_pay(year: int, wages: float, highly: bool) -> None:
    """IRC 414(q)(1)(B): 160,000 in 2025 and in 2026 (Notices 2024-80 and 2025-67)."""
    (one,) = desk(job(TESTED, wages=wages), year=year)
    assert one.acp is not None
    assert one.acp.highly_compensated is highly


@pytest.mark.parametrize(("owns", "highly"), [(0.0498, False), (0.0502, True)])
def test_who_is_highly_compensated_by_ownership(owns: float, highly: bool) -> None:
    """IRC 414(q)(2), 416(i)(1)(B)(i): more than 5 percent."""
    (one,) = desk(job(TESTED).replace("pay =", f"ownership = {owns}\npay =", 1))
    assert one.acp is not None
    assert one.acp.highly_compensated is highly


@pytest.mark.parametrize(("owns", "room"), [(0.498, 72_000.0), (0.502, 0.0)])
def test_a_403b_shares_the_limit_of_an_employer_that_is_controlled(owns: float, room: float) -> None:
    """IRC 415(k)(4), (h): more than half. The 403(b) takes 24,500 and 47,500 of the one limit of 72,000."""
    college = job('kind = "403b"', employer="College", pay=200_000)
    own = job(employer="Own Inc", pay=200_000).replace("pay =", f"ownership = {owns}\npay =", 1)
    assert desk(college, own)[1].after_tax_room == pytest.approx(room)


@pytest.mark.parametrize(
    ("status", "start"),
    [(SINGLE, 150_000.0), (JOINT, 150_000.0), (HEAD, 150_000.0), (SURVIVING, 150_000.0), (SEPARATE_TOGETHER, 75_000.0)],
)
def test_high_incomes_pay_110_percent_of_last_year(status: int, start: float) -> None:
    """IRC 6654(d)(1)(C): adjusted gross income of last year above 150,000, or 75,000 on a separate return."""
    section = law_for(2026).record.estimated_tax
    for agi, required in ((start - 500.0, 100_000.0), (start + 500.0, 110_000.0)):
        found = plainly(required_annual_payment)(1e6, 0.0, 100_000.0, agi, status, section)
        assert found.of_last_year == pytest.approx(required)


@pytest.mark.parametrize(("pay", "told"), [(199_000, False), (201_000, True)])
def test_employers_withhold_the_additional_medicare_tax_above_200_000(pay: int, told: bool) -> None:
    """IRC 3102(f)(1)."""
    paid = "[payments]\nas_of = 2026-08-31\nprior_year_tax = 40_000\nprior_year_agi = 180_000\n"
    paid += "withheld_so_far = 30_000\nwithholding_to_come = 15_000\n"
    work = f'[[jobs]]\nperson = "Ann"\nemployer = "Acme"\npay = {pay}\n'
    found = payments_of(parse_household(ann(2026, "", work + paid), TODAY, file="ann.toml"))
    assert any("additional Medicare tax" in note for note in found.notes) is told
