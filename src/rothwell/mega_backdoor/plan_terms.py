"""From a job in the household file to the plan record that the provisions read."""

from __future__ import annotations

from typing import Any

import numpy as np

from rothwell.errors import InputError
from rothwell.household import Job
from rothwell.mega_backdoor.employer_plan import MATCH_TIERS, NO_CAP, PLAN

ANY_SHARE = 1e9  # of pay, where a plan caps no share: finite, because endless times no pay is not a number; not law


def no_plan() -> Any:
    """The PLAN record of a job without a retirement plan: nothing can be deferred, matched or paid in."""
    row = np.zeros(1, PLAN)[0]
    row.after_tax_dollar_cap = row.match_dollar_cap = NO_CAP
    row.after_tax_pay_cap = row.acp_limit = ANY_SHARE
    return row


def plan_of(job: Job) -> Any:
    """The PLAN record of a job's retirement plan; an absent cap is no cap.

    Raises InputError for more match tiers than a PLAN record holds.
    """
    row = no_plan()
    terms = job.plan
    if terms is None:
        return row
    if len(terms.match) > MATCH_TIERS:
        raise InputError(
            f"the match of {job.employer} has too many tiers", found=len(terms.match), allowed=f"up to {MATCH_TIERS}"
        )
    row.planned_deferral = NO_CAP if terms.elective_deferral == "max" else terms.elective_deferral
    row.roth_feature = terms.roth_deferrals
    row.higher_catch_up = terms.catch_up_60_63
    row.after_tax_allowed = terms.after_tax_contributions
    row.after_tax_dollar_cap = _or_no_cap(terms.after_tax_dollar_cap)
    row.after_tax_pay_cap = ANY_SHARE if terms.after_tax_pay_cap is None else terms.after_tax_pay_cap
    row.acp_limit = ANY_SHARE if terms.acp_limit is None else terms.acp_limit
    row.nonelective = 0.0 if terms.nonelective is None else terms.nonelective
    row.match_dollar_cap = _or_no_cap(terms.match_dollar_cap)
    row.match_after_tax = terms.match_after_tax
    for position, tier in enumerate(terms.match):
        row.match_rate[position] = tier.rate
        row.match_up_to[position] = tier.up_to
    return row


def _or_no_cap(cap: float | None) -> float:
    return NO_CAP if cap is None else cap
