"""What one person may put into IRAs in a year, by which door, and what is in above the limit.

Law:    IRC 219(b), (c), (g), 408(o), 408A(c), 4973.
Form:   Worksheets 1-1, 1-2, 2-1 and 2-2 of Pub. 590-A (2025); Form 5329 (2025), Parts III and IV.
Units:  dollars of the year; contributions so far belong to the start year.
Not modeled: contributions by an employer to SEP and SIMPLE IRAs; the reservist's repayment; alimony and other income
        that counts as compensation, IRC 219(f)(1); a couple that lived apart for the whole year and files separately.
Tests:  test_ira_room_of_the_worked_examples, test_official_spousal_limit,
        test_room_outside_the_plans_is_never_negative.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rothwell.household import Household, Person
from rothwell.household.outside_plans import Ira
from rothwell.law import SEPARATE_TOGETHER
from rothwell.mega_backdoor.capacity_lines import Line
from rothwell.mega_backdoor.due_dates import return_due
from rothwell.mega_backdoor.excess_contributions import ROTH, TRADITIONAL, Excess, excess_of, tax_on_excess
from rothwell.mega_backdoor.expected_return import COMPUTED, UNKNOWN, ExpectedReturn
from rothwell.mega_backdoor.job_year import LawOfYear
from rothwell.mega_backdoor.ordinary_backdoor import Backdoor, backdoor_notes, ordinary_backdoor
from rothwell.mega_backdoor.outside_lines import ira_lines
from rothwell.provision import plainly
from rothwell.tax.excess_contributions import ExcessTax
from rothwell.tax.ira_contributions import deductible_limit, ira_compensation, ira_limit, roth_ira_limit

NO_CAP = float("inf")  # dollars: the value of accounts that are not listed does not cap the tax on an excess


@dataclass(frozen=True, slots=True)
class IraRoom:
    """One person's IRAs in a year, dollars.

    limit                   contributions to traditional and Roth IRAs together
    catch_up                the part of it from the catch-up age on
    compensation            what limits contributions, with a spouse's where it helps
    contributions_so_far    for the year, traditional and Roth
    absorbed                room that excess contributions of earlier years take up
    left                    what may still go in
    covered_at_work         whether a plan at work covers the person, `spouse_covered` the spouse
    magi, magi_deduction    modified AGI for Roth contributions and for the deduction; None when not known
    magi_source             given, computed or unknown
    deductible              traditional contributions that may be deducted
    roth_limit              Roth contributions that the income allows, less traditional ones
    roth_left               of `left`, what may go straight into a Roth IRA
    last_day                of contributing for the year, as an ISO date
    """

    limit: float
    catch_up: float
    compensation: float
    contributions_so_far: float
    absorbed: float
    left: float
    covered_at_work: bool
    spouse_covered: bool
    magi: float | None
    magi_deduction: float | None
    magi_source: str
    deductible: float | None
    roth_limit: float | None
    roth_left: float | None
    last_day: str
    backdoor: Backdoor | None
    corrections: tuple[Excess, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Put:
    """What has gone in for the year, and the excess of earlier years, dollars; `value` of the accounts at its end."""

    traditional: float
    roth: float
    traditional_before: float
    roth_before: float
    traditional_value: float
    roth_value: float


@dataclass(frozen=True, slots=True)
class _Standing:
    """Limits, room and excess of one person's IRAs, dollars.

    `allowed` into Roth IRAs as the income lets; `movable` of the Roth excess, to the traditional IRA.
    """

    limit: float
    allowed: float
    left: float
    roth_left: float
    over: float
    roth_over: float
    movable: float
    of_traditional: ExcessTax
    of_roth: ExcessTax


def ira_room(household: Household, person: Person, expected: ExpectedReturn) -> IraRoom:
    """The room of one person's IRAs in the year of the return that is expected."""
    law = expected.law
    ira = person.ira if law.year == household.start_year else Ira()
    compensation = _compensation(household, person, expected)
    put = _Put(
        ira.traditional_contributions,
        ira.roth_contributions,
        ira.traditional_excess_before,
        ira.roth_excess_before,
        _value(household, person, TRADITIONAL),
        _value(household, person, ROTH),
    )
    standing = _standing(person, compensation, put, expected)
    deductible = _deductible(household, person, standing.limit, expected)
    not_deducted = max(0.0, min(put.traditional, standing.limit) - deductible) if deductible is not None else 0.0
    through_the_back = standing.left - standing.roth_left
    backdoor = ordinary_backdoor(household, person, through_the_back, not_deducted, expected)
    room = IraRoom(
        limit=standing.limit,
        catch_up=max(0.0, standing.limit - float(law.record.ira.contribution_limit)),
        compensation=compensation,
        contributions_so_far=put.traditional + put.roth,
        absorbed=float(standing.of_traditional.absorbed + standing.of_roth.absorbed),
        left=standing.left,
        covered_at_work=expected.covered[person.name],
        spouse_covered=_spouse_covered(household, person, expected),
        magi=expected.magi_roth,
        magi_deduction=expected.magi_deduction,
        magi_source=expected.magi_source,
        deductible=deductible,
        roth_limit=standing.allowed if expected.magi_source != UNKNOWN else None,
        roth_left=standing.roth_left if expected.magi_source != UNKNOWN else None,
        last_day=return_due(law.year).isoformat(),
        backdoor=backdoor,
        corrections=_corrections(standing, law),
        lines=(),
        notes=tuple(_notes(household, person, standing, backdoor, expected)),
    )
    return replace(room, lines=ira_lines(room, put.traditional_before + put.roth_before, expected))


def _compensation(household: Household, person: Person, expected: ExpectedReturn) -> float:
    """What limits the person's contributions; a spouse's compensation helps on a joint return, IRC 219(c)."""
    spouse = next((one for one in expected.filers if one is not person), None)
    own = expected.compensation(person)
    if spouse is None:
        return own
    now = expected.law.year == household.start_year
    put_in = spouse.ira.traditional_contributions + spouse.ira.roth_contributions if now else 0.0
    return float(plainly(ira_compensation)(own, expected.compensation(spouse), put_in))


def _standing(person: Person, compensation: float, put: _Put, expected: ExpectedReturn) -> _Standing:
    """Room and excess; the room of the year first takes up excess of earlier years, IRC 4973(b)(2)(C), (f)(2)(B)."""
    law, age = expected.law, float(person.age_in(expected.law.year))
    limit = float(plainly(ira_limit)(age, compensation, law.record.ira))
    allowed = max(0.0, limit - put.traditional)  # IRC 408A(c)(2)(B)
    if expected.magi_roth is not None:
        arguments = (expected.magi_roth, age, compensation, put.traditional, expected.status, law.record)
        allowed = float(plainly(roth_ira_limit)(*arguments))
    over = max(0.0, put.traditional - limit)
    room = max(0.0, limit - put.traditional - put.roth)
    of_traditional = tax_on_excess(put.traditional_before, room, over, put.traditional_value, law)
    room -= float(of_traditional.absorbed)
    roth_over = max(0.0, put.roth - allowed)
    roth_room = min(room, max(0.0, allowed - put.roth))
    of_roth = tax_on_excess(put.roth_before, roth_room, roth_over, put.roth_value, law)
    return _Standing(
        limit=limit,
        allowed=allowed,
        left=room - float(of_roth.absorbed),
        roth_left=roth_room - float(of_roth.absorbed),
        over=over,
        roth_over=roth_over,
        movable=min(roth_over, max(0.0, limit - put.traditional - put.roth + roth_over)),
        of_traditional=of_traditional,
        of_roth=of_roth,
    )


def _deductible(household: Household, person: Person, limit: float, expected: ExpectedReturn) -> float | None:
    """Traditional contributions that may be deducted, IRC 219(g); None when the income is not known."""
    magi = expected.magi_deduction
    if magi is None:
        return None
    own, of_spouse = expected.covered[person.name], _spouse_covered(household, person, expected)
    section = expected.law.record.ira_deduction
    return float(plainly(deductible_limit)(limit, float(own), float(of_spouse), magi, expected.status, section))


def _spouse_covered(household: Household, person: Person, expected: ExpectedReturn) -> bool:
    return any(expected.covered[one.name] for one in household.people if one is not person)


def _value(household: Household, person: Person, kind: str) -> float:
    """The balances of the person's accounts of a kind; no cap on the tax where none are listed."""
    balances = [one.balance for one in household.accounts_of(person.name) if one.kind == kind]
    return sum(balances) if balances else NO_CAP


def _corrections(standing: _Standing, law: LawOfYear) -> tuple[Excess, ...]:
    found = (
        excess_of(TRADITIONAL, standing.over, standing.of_traditional, law),
        excess_of(ROTH, standing.roth_over, standing.of_roth, law, standing.movable),
    )
    return tuple(one for one in found if one is not None)


def _notes(
    household: Household, person: Person, standing: _Standing, backdoor: Backdoor | None, expected: ExpectedReturn
) -> Iterator[str]:
    """What to know beside the numbers."""
    year = expected.law.year
    if standing.limit <= 0.0:
        return
    if expected.magi_source == COMPUTED:
        yield (
            "The modified AGI is computed from the file: pay less pre-tax deferrals, dividends, pensions, benefits "
            "and the income listed in [payments]; give household.expected_magi if you know better."
        )
    if expected.magi_source == COMPUTED and expected.undecided_catch_up > 0.0:
        yield (
            f"Catch-up of {expected.undecided_catch_up:,.0f} dollars is taken as Roth, since prior_year_wages are not "
            "given: if it is pre-tax, the modified AGI is so much lower."
        )
    if expected.magi_source == UNKNOWN:
        yield f"The income limits of {year} are not applied: the whole law of that year is not held."
    if expected.status == SEPARATE_TOGETHER:
        yield (
            "A separate return: the spouses are taken to have lived together for a part of the year (IRC 219(g)(4)); a "
            "plan at work of a spouse who is not listed is not counted."
        )
    together = sum(expected.wages.values())
    if len(expected.filers) > 1 and together < len(expected.filers) * standing.limit:
        yield (
            f"Both spouses together may not put in more than their compensation, {together:,.0f} dollars "
            "(IRC 219(c)(1)(B))."
        )
    if backdoor is not None:
        yield from backdoor_notes(household, person, backdoor, expected)
