"""Contributions to IRAs: what may be put in, and what is deducted."""

from __future__ import annotations

import math
from typing import NamedTuple

from rothwell.law.figures import JOINT, SEPARATE_TOGETHER
from rothwell.provision import provision


class IraDeductions(NamedTuple):
    """Deductible and nondeductible traditional contributions of both spouses, in dollars."""

    deduction1: float
    deduction2: float
    nondeductible1: float
    nondeductible2: float


@provision
def ira_deductions(facts, magi, compensation1, compensation2, status, law):  # type: ignore[no-untyped-def]
    """The deduction for traditional IRA contributions of both spouses (Schedule 1, line 20), and what is not deducted.

    Law:    IRC 219(a) to (c), (g), 408(o).
    Form:   IRA Deduction Worksheet, Form 1040 instructions (2025); Worksheet 1-2 of Pub. 590-A (2024).
    Units:  dollars of the year; `magi` is AGI without this deduction; `law` the whole law record.
    Not modeled: contributions above the limits (the 6% tax of IRC 4973); the other rules of married people who file
            separately and lived together for a part of the year.
    Tests:  test_official_ira_deductions, test_deductions_and_basis_are_the_contributions.
    """
    of_spouse1 = facts.ira_contributions2 + facts.roth_contributions2  # 219(c)(1)(B)(ii)
    of_spouse2 = facts.ira_contributions1 + facts.roth_contributions1  # 219(c)(1)(B)(ii)
    counted1 = ira_compensation(compensation1, compensation2, of_spouse1)  # 219(b)(1)(B), (c)(1)(B)
    counted2 = ira_compensation(compensation2, compensation1, of_spouse2)  # 219(b)(1)(B), (c)(1)(B)
    first_limit = ira_limit(facts.age1, counted1, law.ira)  # 219(b)(1), (c)(1)
    second_limit = ira_limit(facts.age2, counted2, law.ira)  # 219(b)(1), (c)(1)
    first = min(facts.ira_contributions1, first_limit)  # 219(b)(1)
    second = min(facts.ira_contributions2, second_limit)  # 219(b)(1)
    first_deducted = deductible_limit(
        first_limit, facts.covered1, facts.covered2, magi, status, law.ira_deduction
    )  # 219(g)
    second_deducted = deductible_limit(
        second_limit, facts.covered2, facts.covered1, magi, status, law.ira_deduction
    )  # 219(g)
    deduction1 = min(first, first_deducted)  # 219(a), (g)
    deduction2 = min(second, second_deducted)  # 219(a), (g)
    return IraDeductions(deduction1, deduction2, first - deduction1, second - deduction2)


@provision
def ira_compensation(own, of_spouse, contributions_of_spouse):  # type: ignore[no-untyped-def]
    """The compensation that limits a person's IRA contributions; on a joint return that of the spouse helps.

    Law:    IRC 219(b)(1)(B), (c)(1)(B), (c)(2): it helps the one of the two who earns less.
    Units:  dollars of the year included in income; `of_spouse` is 0 without a joint return.
    Tests:  test_the_lower_earner_may_use_the_compensation_of_the_spouse, test_official_spousal_limit.
    """
    both = own + of_spouse - contributions_of_spouse  # 219(c)(1)(B)
    with_spouse = max(own, both)  # 219(c)(1)(B)
    counted = with_spouse if own < of_spouse else own  # 219(c)(2)(B)
    return max(0.0, counted)


@provision
def ira_limit(age, compensation, law):  # type: ignore[no-untyped-def]
    """The most that one person may put into IRAs (Worksheet 1-2 of Pub. 590-A, line 7).

    Law:    IRC 219(b)(1), (5); 408A(c)(2).
    Units:  dollars of the year; `age` at the end of the year; `law` the section of IRAs.
    Tests:  test_ira_limit_at_49_and_50.
    """
    catch_up = law.catch_up if age >= law.catch_up_age else 0.0  # 219(b)(5)(B)
    limit = min(law.contribution_limit + catch_up, max(0.0, compensation))  # 219(b)(1)
    return limit


@provision
def deductible_limit(limit, covered, spouse_covered, magi, status, law):  # type: ignore[no-untyped-def]
    """The limit after the phase-out of those whom a plan at work covers, or whose spouse is covered.

    Law:    IRC 219(g)(1) to (3), (7).
    Units:  dollars of the year; `covered` 1 for yes; `law` the section of the IRA deduction.
    Tests:  test_official_ira_deductions.
    """
    own_start, own_range = law.phase_out_start[status], law.phase_out_range[status]  # 219(g)(3)
    own = reduced_limit(limit, magi, own_start, own_range, law)  # 219(g)(2)
    spouse_start, spouse_range = law.spouse_phase_out_start, law.spouse_phase_out_range  # 219(g)(7)
    by_spouse = reduced_limit(limit, magi, spouse_start, spouse_range, law)  # 219(g)(7)
    of_spouse = by_spouse if status == JOINT else own  # 219(g)(1), (7)
    married = status in (JOINT, SEPARATE_TOGETHER)  # and living together, 219(g)(4)
    touched = spouse_covered > 0.0 and married  # 219(g)(1)
    not_covered = of_spouse if touched else limit  # 219(g)(1)
    return own if covered > 0.0 else not_covered


@provision
def roth_ira_limit(magi, age, compensation, traditional, status, law):  # type: ignore[no-untyped-def]
    """The most that one person may put into Roth IRAs (Worksheet 2-2 of Pub. 590-A).

    Law:    IRC 408A(c)(2), (3).
    Form:   Worksheets 2-1 and 2-2, Pub. 590-A (2024).
    Units:  dollars of the year; `magi` is AGI without conversions and with the IRA deduction added back;
            `compensation` may be a spouse's on a joint return, 219(c); `traditional` contributions of the same person;
            `law` the whole law record.
    Tests:  test_official_roth_phase_outs.
    """
    line_1 = ira_limit(age, compensation, law.ira)  # 219(b)
    start, width = law.roth_ira.phase_out_start[status], law.roth_ira.phase_out_range[status]  # 408A(c)(3)
    line_8 = reduced_limit(line_1, magi, start, width, law.ira_deduction)  # 408A(c)(3)(A)
    line_10 = max(0.0, min(line_8, line_1 - traditional))  # 408A(c)(2)(B)
    return line_10


@provision
def reduced_limit(limit, magi, start, width, law):  # type: ignore[no-untyped-def]
    """A limit phased out over a range of income: rounded up to ten dollars, and not below 200 until it is gone.

    Law:    IRC 219(g)(2)(A) to (C); 408A(c)(3)(A).
    Units:  dollars; `law` the section of the IRA deduction, for the rounding.
    Tests:  test_official_roth_phase_outs, test_phase_out_ends_to_the_cent.
    """
    excess = max(0.0, magi - start)  # 219(g)(2)(A)(i)
    reduction = limit * min(1.0, excess / width)  # 219(g)(2)(A)
    down = math.floor(reduction / law.round_up) * law.round_up  # "next lowest 10", 219(g)(2)(C)
    left = max(limit - down, min(limit, law.minimum_deduction))  # 219(g)(2)(B)
    return left if excess < width else 0.0
