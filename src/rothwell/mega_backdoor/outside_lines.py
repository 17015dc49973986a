"""The room outside the plans line by line: IRAs and health savings accounts, each line with its law and source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rothwell.mega_backdoor.capacity_lines import Line, computed, of_the_law
from rothwell.mega_backdoor.expected_return import GIVEN, ExpectedReturn
from rothwell.mega_backdoor.job_year import HALF_A_CENT, LawOfYear

if TYPE_CHECKING:
    from rothwell.mega_backdoor.hsa_room import HsaRoom
    from rothwell.mega_backdoor.ira_room import IraRoom
    from rothwell.mega_backdoor.ordinary_backdoor import Backdoor

IRA_LIMIT, IRA_CATCH_UP = "ira.contribution_limit", "ira.catch_up"
ROTH_START, DEDUCTION_START = "roth_ira.phase_out_start", "ira_deduction.phase_out_start"
IN_THE_FILE = "people.ira"


def ira_lines(room: IraRoom, earlier_excess: float, expected: ExpectedReturn) -> tuple[Line, ...]:
    """From the limit to what the backdoor takes."""
    law = expected.law
    found = [*_limit_lines(room, earlier_excess, law), *_income_lines(room, expected)]
    if room.backdoor is not None:
        found += _backdoor_lines(room.backdoor, law)
    return tuple(found)


def _limit_lines(room: IraRoom, earlier_excess: float, law: LawOfYear) -> Iterator[Line]:
    yield of_the_law("Limit on IRA contributions", IRA_LIMIT, law)
    if room.catch_up > 0.0:
        yield of_the_law("Catch-up from 50 on", IRA_CATCH_UP, law)
    if room.limit + HALF_A_CENT < float(law.record.ira.contribution_limit) or room.compensation <= room.limit:
        yield Line("Compensation, which is less", room.compensation, "IRC 219(b)(1)(B), (c)", "computed")
    yield computed("Contributions allowed, traditional and Roth", room.limit, "IRC 219(b)(1)", law, IRA_LIMIT)
    if room.contributions_so_far:
        yield Line("less contributions so far", -room.contributions_so_far, "IRC 219(b)(1)", IN_THE_FILE)
    if earlier_excess:
        taken = -room.absorbed
        yield computed("less excess of earlier years absorbed", taken, "IRC 4973(b)(2)(C), (f)(2)(B)", law, IRA_LIMIT)
    yield computed("IRA contributions left", room.left, "IRC 219(b)(1)", law, IRA_LIMIT)


def _income_lines(room: IraRoom, expected: ExpectedReturn) -> Iterator[Line]:
    law = expected.law
    if room.magi is None or room.roth_left is None or room.deductible is None or room.magi_deduction is None:
        return
    source = "household.expected_magi" if room.magi_source == GIVEN else "computed from the file"
    yield Line("Modified AGI for Roth contributions", room.magi, "IRC 408A(c)(3)(B)(i)", source)
    yield computed("of what is left, straight into a Roth IRA", room.roth_left, "IRC 408A(c)(3)", law, ROTH_START)
    if abs(room.magi_deduction - room.magi) > HALF_A_CENT:
        yield Line("Modified AGI for the deduction, conversions in it", room.magi_deduction, "IRC 219(g)(3)", source)
    yield computed(
        "Traditional contributions that may be deducted", room.deductible, "IRC 219(g)", law, DEDUCTION_START
    )


def _backdoor_lines(backdoor: Backdoor, law: LawOfYear) -> Iterator[Line]:
    statute = "IRC 408(o), 408A(d)(3)"
    name = "Backdoor: contribution not deducted"
    yield computed(name, backdoor.contribution, statute, law, IRA_LIMIT, ROTH_START)
    yield computed("Converted in the year", backdoor.converted, "IRC 408A(d)(3)", law, IRA_LIMIT, ROTH_START)
    if backdoor.other_money is None or backdoor.taxable is None:
        return
    value = backdoor.other_money
    yield Line("In all traditional, SEP and SIMPLE IRAs on 31 December", value, "IRC 408(d)(2)", "accounts; people.ira")
    yield Line("Taxable part of the conversion", backdoor.taxable, "IRC 408(d)(1), (2)", "Form 8606, line 18")
    if backdoor.tax:
        yield Line("Federal tax on it", backdoor.tax, "IRC 408A(d)(3)(A)(i)", "computed")
    if backdoor.roll_into_plan and backdoor.taxable_after_rollover is not None:
        rolled, left = backdoor.roll_into_plan, backdoor.taxable_after_rollover
        yield Line("Pre-tax money to roll into a plan", rolled, "IRC 408(d)(3)(A)(ii), (H)", "computed")
        yield Line("Taxable part after that", left, "IRC 408(d)(1), (2)", "Form 8606, line 18")


def hsa_lines(room: HsaRoom, law: LawOfYear) -> tuple[Line, ...]:
    """From the limit by months to what is left."""
    rests_on = ("hsa.self_only", "hsa.family")
    found = [computed("HSA limit by months of coverage", room.limit_by_months, "IRC 223(b)(1), (2)", law, *rests_on)]
    if room.limit - room.limit_by_months > HALF_A_CENT:
        name = "HSA limit by the last-month rule"
        found.append(computed(name, room.limit, "IRC 223(b)(8)(A)", law, *rests_on))
    if room.catch_up:
        found.append(of_the_law("of it catch-up from 55 on", "hsa.catch_up", law, room.catch_up))
    if room.employer_contributions:
        taken = -room.employer_contributions
        found.append(Line("less what employers put in", taken, "IRC 223(b)(4)(B), 106(d)", "people.hsa"))
    if room.own_contributions:
        found.append(Line("less own contributions so far", -room.own_contributions, "IRC 223(b)", "people.hsa"))
    found.append(computed("HSA contributions left", room.left, "IRC 223(b)", law, *rests_on))
    return tuple(found)
