"""Random plans under a second auditor: no limit is passed, pay and match add up, elections give what is shown."""

from __future__ import annotations

from datetime import date

import pytest

from tests.invariants.audit_plans import audit, limits
from tests.invariants.paycheck_auditor import audited

FILE = {
    "household": {"filing_status": "single", "state": "WA", "start_year": 2026},
    "people": [{"name": "Ann", "birth_date": date(1980, 1, 1), "retirement_age": 60}],
}


@pytest.mark.slow
def test_random_plans_pass_the_second_auditor() -> None:
    plans, refused, reasons, wrong = audit(seed=2, households=350)
    assert not wrong, wrong[0]
    assert plans > 500
    assert all("elective_deferral" in reason for reason in reasons)  # planned in two plans above the one limit
    assert refused < plans / 4


@pytest.mark.parametrize(
    ("name", "amount", "words"),
    [
        ("elective_deferral", 9_000.0, "402(g)"),
        ("after_tax", 9_000.0, "415(c)"),
        ("match", 12.0, "match of the paychecks"),
        ("gross", 12.0, "gross"),
    ],
)
def test_planted_faults_are_found(name: str, amount: float, words: str) -> None:
    from rothwell.household import Household
    from rothwell.mega_backdoor.capacity import capacity_of
    from rothwell.report.capacity_text import capacity_json

    plan = {
        "after_tax_contributions": True, "election_step": "dollars", "at_pay_limit": "match_stops",
        "match": [{"rate": 0.5, "up_to": 0.06}], "roth_deferrals": True, "catch_up_60_63": True,
    }  # fmt: skip
    pay = {"frequency": "biweekly", "pay_date": date(2026, 1, 9)}
    file = {
        **FILE,
        "jobs": [{"person": "Ann", "employer": "Acme", "pay": 310_000.0, "plan": plan, "pay_schedule": pay}],
    }
    answer = capacity_json(capacity_of(Household.model_validate(file)))
    assert not list(audited(file, answer, limits()))
    answer["people"][0]["employers"][0]["paychecks"][3][name] += amount
    assert any(words in finding for finding in audited(file, answer, limits()))
