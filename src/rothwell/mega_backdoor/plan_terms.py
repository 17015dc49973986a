"""From a job in the household file to the plan record that the provisions read."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rothwell.errors import InputError
from rothwell.household import Job
from rothwell.mega_backdoor.employer_plan import MATCH_TIERS, NO_CAP, PLAN
from rothwell.provision import plain_record

ANY_SHARE = 1e9  # of pay, where a plan caps no share: finite, because endless times no pay is not a number; not law


def no_plan() -> Any:
    """The PLAN record of a job without a retirement plan: nothing can be deferred, matched or paid in."""
    row = np.zeros(1, PLAN)[0]
    row.after_tax_dollar_cap = row.match_dollar_cap = NO_CAP
    row.after_tax_pay_cap = row.acp_limit = ANY_SHARE
    return row


NO_PLAN = plain_record(no_plan())


def plain_plan_of(job: Job) -> Any:
    """The plan of a job as plain Python reads it, with the names of a PLAN record; an absent cap is no cap.

    Raises InputError for more match tiers than a PLAN record holds.
    """
    terms = job.plan
    if terms is None:
        return NO_PLAN
    if len(terms.match) > MATCH_TIERS:
        raise InputError(
            f"the match of {job.employer} has too many tiers", found=len(terms.match), allowed=f"up to {MATCH_TIERS}"
        )
    return NO_PLAN._replace(
        planned_deferral=NO_CAP if terms.elective_deferral == "max" else terms.elective_deferral,
        roth_feature=float(terms.roth_deferrals),
        higher_catch_up=float(terms.catch_up_60_63),
        after_tax_allowed=float(terms.after_tax_contributions),
        after_tax_dollar_cap=_or(NO_CAP, terms.after_tax_dollar_cap),
        after_tax_pay_cap=_or(ANY_SHARE, terms.after_tax_pay_cap),
        acp_limit=_or(ANY_SHARE, terms.acp_limit),
        nonelective=_or(0.0, terms.nonelective),
        match_dollar_cap=_or(NO_CAP, terms.match_dollar_cap),
        match_after_tax=float(terms.match_after_tax),
        match_rate=_tiers([tier.rate for tier in terms.match]),
        match_up_to=_tiers([tier.up_to for tier in terms.match]),
    )


def plan_of(job: Job) -> Any:
    """The PLAN record of a job's retirement plan, for compiled rules."""
    row = no_plan()
    for name, value in plain_plan_of(job)._asdict().items():
        row[name] = value
    return row


def _tiers(values: list[float]) -> NDArray[np.float64]:
    found = np.zeros(MATCH_TIERS)
    found[: len(values)] = values
    return found


def _or(absent: float, value: float | None) -> float:
    return absent if value is None else value
