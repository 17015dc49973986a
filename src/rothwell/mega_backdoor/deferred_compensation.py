"""Plans under IRC 457(b): a limit of their own, beside the plans of IRC 402(g) and outside IRC 415(c)."""

from __future__ import annotations

from typing import Any

from rothwell.household import Job
from rothwell.mega_backdoor.employer_plan import catch_up_limit, recognized_pay
from rothwell.provision import plainly, provision


@provision
def deferred_compensation_limit(pay, employer, law):  # type: ignore[no-untyped-def]
    """What a person may defer in a 457(b) plan: the year's limit or all pay, less what the employer puts in.

    Law:    IRC 457(b)(2), (c), (e)(5), (15): one limit per person over all 457(b) plans, employer money in it.
    Units:  dollars of the calendar year.
    Not modeled: the catch-up of the last three years before normal retirement age, 457(b)(3); vesting.
    Tests:  test_457b_stands_apart_from_402g_and_415c.
    """
    return max(0.0, min(law.governmental_457b.limit, pay) - employer)


def limits_of_457b(job: Job, age: int, record: Any) -> tuple[float, float]:
    """The limit on deferrals of a job's 457(b) plan and its catch-up, which only a governmental plan has."""
    assert job.plan is not None
    employer = (job.plan.nonelective or 0.0) * float(plainly(recognized_pay)(job.plan_compensation, record))
    limit = float(plainly(deferred_compensation_limit)(job.pay, employer, record))
    higher = 1.0 if job.plan.catch_up_60_63 else 0.0
    catch_up = float(plainly(catch_up_limit)(age, higher, record)) if job.plan.governmental else 0.0  # 414(v)(6)(A)
    return limit, catch_up
