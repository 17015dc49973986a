"""What has already gone in above a limit, and how it is put right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rothwell.household import is_457b
from rothwell.mega_backdoor.employer_plan import recognized_pay
from rothwell.mega_backdoor.job_year import HALF_A_CENT, JobYear, LawOfYear, rule


@dataclass(frozen=True, slots=True)
class Correction:
    """Dollars above a limit (`elective_deferrals`, `annual_additions`, `plan_cap`, `acp` or `not_allowed`).

    `action` is what to do, a sentence; `law` is what orders it.
    """

    limit: str
    amount: float
    action: str
    law: str


def corrections(year: JobYear, law: LawOfYear) -> tuple[Correction, ...]:
    """The corrections that the facts of one job's year ask for, each limit on its own."""
    return tuple(one for one in _corrections(year, law) if one.amount > HALF_A_CENT)


def counted_twice(found: Sequence[Correction]) -> Iterator[str]:
    """What to know where the same after-tax money is above several limits: the amounts are not to be added.

    Law:    Rev. Proc. 2021-30 sec. 5.01(3), 6.06(2); Reg. 1.415(c)-1(b). That what comes back first no longer counts in
            the ACP test was a rule of the regulations before 2007; it is not confirmed in the official text of today.
    Tests:  test_an_excess_over_several_limits_is_not_added_up.
    """
    amounts = {one.limit: one.amount for one in found}
    first = max(amounts.get("annual_additions", 0.0), amounts.get("plan_cap", 0.0))
    acp = amounts.get("acp", 0.0)
    if "annual_additions" in amounts and "plan_cap" in amounts:
        yield (
            "The excess over the limit on annual additions and that over the plan's own cap are not to be added: "
            f"after-tax money returned for one counts for the other, {first:,.2f} dollars in all."
        )
    if first > 0.0 and acp > 0.0:
        yield (
            f"The excess over the ACP limit is not to be added either: {first:,.2f} dollars come back first (EPCRS, "
            "Rev. Proc. 2021-30 sec. 6.06(2)). If they then no longer count in the ACP test, which is not confirmed in "
            f"the official text, that leaves {max(0.0, acp - first):,.2f} for it: ask the administrator. Not the other "
            "way round: an ACP refund stays an annual addition (Reg. 1.415(c)-1(b))."
        )


def _corrections(year: JobYear, law: LawOfYear) -> Iterator[Correction]:
    yield _deferrals(year, law)
    if not is_457b(year.job):
        yield _annual_additions(year, law)
    after_tax = year.so_far.after_tax
    if not year.terms.after_tax_contributions:
        words = "the plan as described takes no after-tax contributions: correct the file, or ask the administrator"
        action = f"{words} to return them with their earnings"
        yield Correction("not_allowed", after_tax, action, "Rev. Proc. 2021-30 sec. 5.01(3), 6.06(2)")
        return
    counted = float(rule(recognized_pay, year.job.plan_compensation, law.record))
    cap = float(min(year.plan.after_tax_dollar_cap, year.plan.after_tax_pay_cap * counted))
    action = "the plan's administrator returns what is above the plan's own cap, with its earnings"
    statute = "the plan's terms; Rev. Proc. 2021-30 sec. 5.01(3), 6.06(2)"
    yield Correction("plan_cap", after_tax - cap, action, statute)
    acp = max(0.0, float(year.plan.acp_limit) * counted - year.employer.match)
    action = (
        "the plan pays back what is above the ACP limit with its earnings, by 12 months after the plan year; within "
        "2 1/2 months the employer owes no excise tax"
    )
    yield Correction("acp", after_tax - acp, action, "IRC 401(m)(6), 4979(f)")


def _deferrals(year: JobYear, law: LawOfYear) -> Correction:
    """Excess deferrals; in the plan listed last, because what has gone in counts in the order of the file."""
    action = (
        f"tell the plan by 1 March and have it pay out the excess with its earnings by 15 April {law.year + 1}; "
        "left in, it is taxed twice"
    )
    return Correction("elective_deferrals", year.facts.excess, action, "IRC 402(g)(2); Reg. 1.402(g)-1(e)")


def _annual_additions(year: JobYear, law: LawOfYear) -> Correction:
    """Excess annual additions; deferrals above 415(c) are catch-up while any is left (Reg. 1.414(v)-1(a)-(b))."""
    total = year.facts.base + year.so_far.employer_contributions + year.so_far.after_tax
    catch_up = 0.0 if year.catch_up_barred else max(0.0, year.left.catch_up - year.facts.catch_up)
    shared = float(law.record.annual_additions.limit) - year.related.so_far  # what related employers leave
    excess = max(0.0, total - min(year.additions_limit, max(0.0, shared)))
    excess -= min(excess, year.facts.base, catch_up)
    action = (
        "the plan returns unmatched after-tax contributions first, then unmatched deferrals, with their earnings; what "
        "is returned cannot be rolled over"
    )
    return Correction(
        "annual_additions",
        excess,
        action,
        "IRC 415(c)(1); EPCRS, Rev. Proc. 2021-30 sec. 6.06(2); Reg. 1.402(c)-2(c)(3)(i)",
    )
