"""What one person may put into a health savings account in a year, month by month.

Law:    IRC 223(b), (c)(1), (d)(4)(B), 106(d), 4973(g); Notice 2008-52.
Form:   Form 8889 (2025), lines 2 to 13 and 18 to 21, with the chart and worksheet of line 3.
Units:  dollars of the year; contributions so far belong to the start year.
Not modeled: Archer MSAs; the one distribution from an IRA, IRC 223(b)(10); a high-deductible plan whose family coverage
        does not cover the spouse; separate deductibles of spouses' family plans; a year of death or of marriage.
Tests:  test_official_hsa_limits, test_hsa_limits_by_hand, test_room_outside_the_plans_is_never_negative.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rothwell.household import Household, Person
from rothwell.household.outside_plans import Hsa
from rothwell.law import figure
from rothwell.mega_backdoor.capacity_lines import Line
from rothwell.mega_backdoor.due_dates import last_day, return_due
from rothwell.mega_backdoor.excess_contributions import HSA, Excess, excess_of, tax_on_excess
from rothwell.mega_backdoor.job_year import HALF_A_CENT, LawOfYear
from rothwell.mega_backdoor.outside_lines import hsa_lines

MONTHS = 12  # months of a year: the calendar, not law
DECEMBER = 12  # the last month of a calendar year
FAMILY = "family"
MARRIED = ("mfj", "mfs")
NO_CAP = float("inf")  # dollars: the value of accounts that are not listed does not cap the tax on an excess


@dataclass(frozen=True, slots=True)
class HsaRoom:
    """One person's health savings account in a year, dollars.

    limit                   of the year, by the last-month rule where it gives more
    limit_by_months         by the months of coverage alone
    catch_up                the part of `limit` for age
    employer_contributions  so far, with those out of pay through a cafeteria plan
    own_contributions       so far, deducted by the person
    left                    what may still go in
    rests_on_testing        of `limit`, what becomes income with an additional tax if the testing period is not met
    additional_tax          that additional tax
    testing_until           the last day of the testing period, as an ISO date; None without one
    last_day                of contributing for the year, as an ISO date
    """

    limit: float
    limit_by_months: float
    catch_up: float
    employer_contributions: float
    own_contributions: float
    left: float
    rests_on_testing: float
    additional_tax: float
    testing_until: str | None
    last_day: str
    corrections: tuple[Excess, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Months of one person's coverage: `kinds` by month, and the share of a family limit that both spouses have."""

    kinds: dict[int, str]
    share: float


def hsa_room(household: Household, person: Person, law: LawOfYear) -> HsaRoom | None:
    """The room of one person's health savings account in a year; None without one."""
    if person.hsa is None:
        return None
    now = law.year == household.start_year
    by_months, by_december, catch_up = limits(household, person, law)
    limit = max(by_months, by_december)
    employer = person.hsa.employer_contributions + person.hsa.payroll_contributions if now else 0.0
    own = person.hsa.own_contributions if now else 0.0
    over = max(0.0, employer + own - limit)
    balances = [one.balance for one in household.accounts_of(person.name) if one.kind == HSA]
    found = tax_on_excess(0.0, 0.0, over, sum(balances) if balances else NO_CAP, law)
    excess = excess_of(HSA, over, found, law)
    testing = max(0.0, limit - by_months)
    room = HsaRoom(
        limit=limit,
        limit_by_months=by_months,
        catch_up=catch_up,
        employer_contributions=employer,
        own_contributions=own,
        left=max(0.0, limit - employer - own),
        rests_on_testing=testing,
        additional_tax=float(law.record.hsa.testing_period_rate) * testing,
        testing_until=last_day(law.year + 1).isoformat() if testing > HALF_A_CENT else None,
        last_day=return_due(law.year).isoformat(),
        corrections=() if excess is None else (excess,),
        lines=(),
        notes=tuple(_notes(household, person, testing, law)),
    )
    return replace(room, lines=hsa_lines(room, law))


def limits(household: Household, person: Person, law: LawOfYear) -> tuple[float, float, float]:
    """The limit by months, the limit by the coverage of December, and the catch-up in the greater of them.

    Law:    IRC 223(b)(1) to (3), (5), (8)(A); Notice 2008-52: the greater of the two.
    Tests:  test_official_hsa_limits, test_hsa_limits_by_hand.
    """
    own, spouse = coverage_of(household, person), _spouse_coverage(household, person)
    section = law.record.hsa
    catch_up = float(section.catch_up) if person.age_in(law.year) >= section.catch_up_age else 0.0
    yearly = {month: _yearly_limit(month, own, spouse, law) for month in own.kinds}
    by_months = (sum(yearly.values()) + len(yearly) * catch_up) / MONTHS
    by_december = yearly[DECEMBER] + catch_up if DECEMBER in yearly else 0.0
    in_it = catch_up if by_december >= by_months else len(yearly) * catch_up / MONTHS
    return by_months, by_december, in_it


def coverage_of(household: Household, person: Person) -> Coverage:
    """The months of a person's coverage, and the person's share of a family limit: as agreed, or equal parts."""
    assert person.hsa is not None
    spouse = _spouse_with_hsa(household, person)
    share = person.hsa.share_of_family_limit
    if share is None:
        of_spouse = None if spouse is None or spouse.hsa is None else spouse.hsa.share_of_family_limit
        share = 1.0 / len(household.people) if of_spouse is None else 1.0 - of_spouse
    return Coverage(_kinds(person.hsa), share)


def _kinds(hsa: Hsa) -> dict[int, str]:
    return {month: part.kind for part in hsa.coverage for month in range(part.first_month, part.last_month + 1)}


def _spouse_with_hsa(household: Household, person: Person) -> Person | None:
    if household.household.filing_status not in MARRIED:
        return None
    return next((one for one in household.people if one is not person and one.hsa is not None), None)


def _spouse_coverage(household: Household, person: Person) -> Coverage:
    spouse = _spouse_with_hsa(household, person)
    return Coverage({}, 0.0) if spouse is None else coverage_of(household, spouse)


def _yearly_limit(month: int, own: Coverage, spouse: Coverage, law: LawOfYear) -> float:
    """The limit of a whole year by the coverage of one month; spouses share a family limit, IRC 223(b)(5)."""
    section = law.record.hsa
    of_spouse = spouse.kinds.get(month)
    if FAMILY not in (own.kinds[month], of_spouse):
        return float(section.self_only)
    return float(section.family) * (own.share if of_spouse is not None else 1.0)


def _notes(household: Household, person: Person, testing: float, law: LawOfYear) -> Iterator[str]:
    """What to know beside the numbers."""
    if testing > HALF_A_CENT:
        rate = f"{float(law.record.hsa.testing_period_rate):.0%}"
        yield (
            f"{testing:,.0f} dollars of the limit rest on the last-month rule: who does not stay eligible through "
            f"{last_day(law.year + 1).isoformat()} has what was used of them as income and pays {rate} more "
            "(IRC 223(b)(8)(B))."
        )
    if _spouse_with_hsa(household, person) is not None and FAMILY in {
        *coverage_of(household, person).kinds.values(),
        *_spouse_coverage(household, person).kinds.values(),
    }:
        yield (
            "Spouses share one family limit, in equal parts unless they agree otherwise; each puts the catch-up into "
            "an own account (IRC 223(b)(3), (5))."
        )
    medicare = int(figure("irmaa.eligible_age").value(law.year).value)
    if person.age_in(law.year) >= medicare:
        yield (
            "No contributions for months on Medicare (IRC 223(b)(7)); enrolling late in Part A reaches back up to six "
            "months."
        )
