"""What a plan under IRC 457(b) may not say in the household file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rothwell.household.business import Slip
from rothwell.household.jobs import Job, Plan


def is_457b(job: Job) -> bool:
    """Whether a job's plan is one under IRC 457(b)."""
    return job.plan is not None and job.plan.kind == "457b"


def work_of(job: Job) -> tuple[str, str]:
    """Who works for whom."""
    return job.person, job.employer


def paid_jobs(jobs: Iterable[Job]) -> tuple[Job, ...]:
    """The jobs without those that only hold a 457(b) plan beside another plan of the same employer: pay counts once."""
    listed = tuple(jobs)
    others = {work_of(job) for job in listed if not is_457b(job)}
    return tuple(job for job in listed if not (is_457b(job) and work_of(job) in others))


def slips_of_457b(plan: Plan) -> Iterator[Slip]:
    """Keys of a 457(b) plan that such a plan has no use for, or only that of a government has."""
    if plan.after_tax_contributions:
        message = "is true, but a 457(b) plan takes no after-tax contributions"
        yield Slip(("after_tax_contributions",), message, True, "false, or another kind of plan")
    if plan.match:
        message = "of a 457(b) plan is not computed: what the employer puts in counts against its one limit"
        yield Slip(("match",), message, None, "the employer's money as nonelective")
    for key in ("acp_limit", "acp_test"):
        if getattr(plan, key) is not None:
            message = "is given, but a 457(b) plan has no ACP test"
            yield Slip((key,), message, None, f"no {key}")
    if not plan.governmental and plan.deferral_kind == "roth":
        message = "is roth, which a 457(b) plan takes only from a government (IRC 402A(e)(1)(C))"
        yield Slip(("deferral_kind",), message, "roth", "pre_tax, or governmental = true")
