"""The test of match and after-tax contributions (ACP test): the limit, what comes back, and what that is taxed.

A safe harbor of the plan excuses deferrals and match, never after-tax contributions (Reg. 1.401(m)-3(j)(6)).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rothwell.household import AcpTest
from rothwell.law import figure
from rothwell.mega_backdoor.capacity_lines import Line, computed
from rothwell.mega_backdoor.employer_plan import recognized_pay
from rothwell.mega_backdoor.job_year import HALF_A_CENT, JobYear, LawOfYear, rule
from rothwell.provision import provision

STATUTE = "IRC 401(m)(2)(A), (3)"
HALF_A_YEAR = 0.5  # of earnings on money that goes in evenly through a year
PAY = "highly_compensated.compensation"


@dataclass(frozen=True, slots=True)
class AcpOutcome:
    """What the ACP test makes of a year in which all the room is used; dollars of the year, rates as fractions.

    `highly_compensated` is None when last year's wages decide and are not known; the test then counts the person.
    `refund` is what comes back if the plan refunds, `expected_refund` that times the chance; `refund_match` is its part
    from match, `expected_after_tax` what is expected to stay of the room for after-tax money.
    """

    highly_compensated: bool | None
    exempt: str | None
    nhce_average: float
    limit: float
    rate: float
    average: float
    refund: float
    refund_match: float
    chance: float
    expected_refund: float
    expected_after_tax: float


@provision
def acp_limit(nhce_average, law):  # type: ignore[no-untyped-def]
    """The highest average that highly compensated employees may have in the ACP test.

    Law:    IRC 401(m)(2)(A); Reg. 1.401(m)-2(a)(1)(i): 1.25 times, or two points more but not above twice.
    Units:  fractions of pay.
    Tests:  test_limit_of_the_acp_test.
    """
    line_a = law.factor * nhce_average  # 401(m)(2)(A)(i)
    line_b = min(law.alternative_factor * nhce_average, nhce_average + law.alternative_points)  # 401(m)(2)(A)(ii)
    return max(line_a, line_b)


@provision
def income_of_refund(match, earnings):  # type: ignore[no-untyped-def]
    """Income of the year in which excess aggregate contributions are paid back (Form 1099-R, box 2a).

    Law:    IRC 401(m)(7), 72(t) by 401(m)(7)(A): no 10 percent tax; after-tax contributions are basis.
    Form:   Form 1099-R, codes 8 or P in the year paid.
    Units:  dollars of the year paid; `match` is the vested part of the refund that was match, `earnings` all income.
    Tests:  test_refund_taxes_earnings_and_match_alone.
    """
    return match + earnings


def refund_by_leveling(pays: Sequence[float], contributions: Sequence[float], limit: float) -> list[float]:
    """What each highly compensated employee gets back: rates cut from the top, then shared out by dollars.

    Law:    IRC 401(m)(6)(B), (C); Reg. 1.401(m)-2(b)(2)(iii), (iv): the total is what cutting the highest rates down
            to one level would take; it is paid out beginning with those who have the highest dollars.
    Units:  dollars; `limit` is the highest average allowed.
    Tests:  test_leveling_by_hand, test_refunds_level_the_highest_dollars.
    """
    pay, given = np.asarray(pays, dtype=float), np.asarray(contributions, dtype=float)
    rates = given / pay
    level = _level(rates, float(limit) * rates.size)
    total = float((np.maximum(0.0, rates - level) * pay).sum())
    kept = _level(given, float(given.sum()) - total)
    return [float(amount) for amount in np.maximum(0.0, given - kept)]


def _level(amounts: NDArray[np.float64], total: float) -> float:
    """The level at which the amounts, cut down to it, add up to a total; infinite where they do already."""
    if amounts.sum() <= total:
        return float(np.inf)
    ordered = np.sort(amounts)
    below = 0.0
    for place, amount in enumerate(ordered):
        rest = ordered.size - place
        if below + amount * rest >= total:
            return max(0.0, (total - below) / rest)
        below += float(amount)
    return float(np.inf)


def highly_compensated(year: JobYear, start_year: int, law: LawOfYear) -> bool | None:
    """Whether a person is highly compensated; None when last year's wages decide and are not known.

    Law:    IRC 414(q)(1)(A), (B), (2): more than 5 percent of the employer, or pay of the look-back year above the
            figure of that year.
    Not modeled: the election of the top-paid fifth, 414(q)(3); pay of the look-back year beyond Form W-2, box 3.
    """
    if year.job.ownership > float(law.record.highly_compensated.ownership):
        return True
    if year.job.prior_year_wages is None or law.year != start_year:
        return None
    return year.job.prior_year_wages > float(figure(PAY).value(law.year - 1, law.growth).value)


def acp_outcome(year: JobYear, start_year: int, law: LawOfYear) -> AcpOutcome | None:
    """The ACP test of a job's plan as far as the file knows it; None where it says nothing or there is no room.

    Law:    IRC 401(m)(2), (3), (5), (6); Reg. 1.401(m)-2(a)(1)(ii): a plan with highly compensated employees alone
            passes; 1.401(m)-1(b)(2): governmental plans pass.
    Not modeled: qualified nonelective contributions, borrowed deferrals; vesting of match; other plans of the employer.
    """
    terms = year.terms.acp_test
    if terms is None or not year.terms.after_tax_contributions:
        return None
    known = highly_compensated(year, start_year, law)
    exempt = _exempt(year, terms, known)
    pay = float(rule(recognized_pay, year.job.plan_compensation, law.record))
    given = year.employer.match + max(year.room.room, year.so_far.after_tax)
    limit = float(rule(acp_limit, terms.nhce_average, law.record.acp_test))
    pays = [pay, *(min(one.pay, float(law.record.compensation.limit)) for one in terms.other_highly_paid)]
    contributions = [given, *(one.contributions for one in terms.other_highly_paid)]
    refund = 0.0 if exempt or pay <= 0.0 else refund_by_leveling(pays, contributions, limit)[0]
    of_match = max(0.0, refund - max(year.room.room, year.so_far.after_tax))
    kept = max(0.0, year.room.room - terms.refund_chance * (refund - of_match))
    step = float(law.record.acp_test.rounding)
    rates = [
        round(amount / of / step) * step if of > 0.0 else 0.0 for amount, of in zip(contributions, pays, strict=True)
    ]
    return AcpOutcome(
        highly_compensated=known,
        exempt=exempt,
        nhce_average=terms.nhce_average,
        limit=limit,
        rate=rates[0],
        average=sum(rates) / len(rates),
        refund=refund,
        refund_match=of_match,
        chance=terms.refund_chance,
        expected_refund=terms.refund_chance * refund,
        expected_after_tax=kept,
    )


def _exempt(year: JobYear, terms: AcpTest, known: bool | None) -> str | None:
    """Why the test cuts nothing of this person's, in words; None where it may."""
    if year.terms.governmental:
        return "the plan of a state or local government passes (Reg. 1.401(m)-1(b)(2))"
    if terms.all_highly_compensated:
        return "a plan in which everybody is highly compensated passes (Reg. 1.401(m)-2(a)(1)(ii))"
    if known is False:
        return f"{year.job.person} is not highly compensated (IRC 414(q)(1)), and the test cuts nobody else"
    return None


def refund_earnings(outcome: AcpOutcome, mean_return: float) -> float:
    """What a refund has earned by the end of the plan year, if its money went in evenly; later earnings stay.

    Law:    IRC 401(m)(6)(A), (7); Reg. 1.401(m)-2(b)(2)(iv), (vi): income of the year of the payment, no 10% tax.
    Units:  dollars, at a mean return for a year.
    Tests:  test_the_earnings_of_a_refund_are_income_of_the_next_year.
    """
    return outcome.refund * max(0.0, float((1.0 + mean_return) ** HALF_A_YEAR) - 1.0)


def earnings_note(outcome: AcpOutcome, mean_return: float, year: int) -> tuple[str, ...]:
    """The income that a refund brings in the next year; nothing where nothing is paid back."""
    if outcome.exempt is not None or outcome.refund <= HALF_A_CENT:
        return ()
    earned = refund_earnings(outcome, mean_return)
    chance = f", with a chance of {outcome.chance:.0%}" if outcome.chance < 1.0 else ""
    return (
        f"At {mean_return:.1%} a year the refund of {outcome.refund:,.0f} dollars brings about {earned:,.0f} of "
        f"earnings along{chance}: with the match in it {earned + outcome.refund_match:,.0f} dollars of income of "
        f"{year + 1}, on Form 1099-R of {year + 1} in box 2a, code 8, and the after-tax part in box 5 (Reg. "
        "1.401(m)-2(b)(2)(vi)).",
    )


def acp_lines(year: JobYear, outcome: AcpOutcome, law: LawOfYear) -> tuple[Line, ...]:
    """The test line by line, after the room."""
    if outcome.exempt is not None:
        return ()
    pay = float(rule(recognized_pay, year.job.plan_compensation, law.record))
    place = f"jobs[{year.index}].plan.acp_test"
    allowed = outcome.limit * pay
    reach = f"ACP test: {outcome.limit:.2%} of pay, by an average of {outcome.nhce_average:.2%} for the others"
    found = [Line(reach, allowed, "IRC 401(m)(2)(A)", f"{place}.nhce_average")]
    if outcome.refund > HALF_A_CENT:
        name = "Paid back if the plan refunds and all room is used"
        found.append(computed(name, outcome.refund, "IRC 401(m)(6)(B), (C)", law))
        name = f"Expected refund, {outcome.chance:.0%} of that"
        found.append(Line(name, outcome.expected_refund, STATUTE, f"{place}.refund_chance"))
    name = "After-tax contributions expected to stay"
    found.append(computed(name, outcome.expected_after_tax, STATUTE, law))
    return tuple(found)


def acp_notes(year: JobYear, outcome: AcpOutcome, law: LawOfYear) -> tuple[str, ...]:
    """What to know about the test."""
    if outcome.exempt is not None:
        return (f"No ACP refund: {outcome.exempt}.",)
    found = []
    if outcome.highly_compensated is None:
        found.append(
            f"The ACP test counts {year.job.person} as highly compensated: whether {law.year - 1} pay was above the "
            f"figure of IRC 414(q)(1)(B) is not known; jobs[{year.index}].prior_year_wages tells, in a file with "
            f"start_year = {law.year}."
        )
    if outcome.refund > HALF_A_CENT:
        found.append(
            "An ACP refund is paid with its earnings by the end of the next year. The earnings"
            + (f" and {outcome.refund_match:,.0f} dollars of match" if outcome.refund_match > HALF_A_CENT else "")
            + " are income of the year they are paid, the after-tax contributions are not; there is no 10% tax "
            "(IRC 401(m)(7)). It cannot be rolled over (Reg. 1.402(c)-2(c)(3)(iii)), has to come back from Roth if it "
            "was converted, and gives no new room under IRC 415(c) (Reg. 1.415(c)-1(b))."
        )
    if year.terms.acp_test is not None and year.terms.acp_test.testing == "current_year":
        found.append("The plan tests by the averages of the current year: they are known only after it.")
    found.append("A safe harbor of the plan does not excuse after-tax contributions (Reg. 1.401(m)-3(j)(6)).")
    return tuple(found)
