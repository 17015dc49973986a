"""The saver's credit, and the Saver's Match that takes its place."""

from __future__ import annotations

import math
from typing import NamedTuple

from rothwell.provision import provision

POINT = 0.01  # a percentage point


class SaversMatch(NamedTuple):
    """What the Treasury adds to each person's account, in dollars."""

    first: float
    second: float


@provision
def savers_credit(facts, agi, tax, status, law):  # type: ignore[no-untyped-def]
    """The credit for contributions to retirement accounts (Form 8880, line 12).

    Law:    IRC 25B(a), (b), (c), (d).
    Form:   Form 8880 (2025), lines 1 to 12.
    Units:  dollars of the year; `tax` the tax that the credit may use up; `law` the section of the credit.
    Not modeled: full-time students and dependents, who have no credit; ABLE contributions after 2026.
    Tests:  test_official_savers_credit_examples, test_savers_credit_tiers_to_the_cent.
    """
    first = facts.retirement_savings1 + facts.ira_contributions1 + facts.roth_contributions1  # lines 1 to 5, filer
    second = facts.retirement_savings2 + facts.ira_contributions2 + facts.roth_contributions2  # lines 1 to 5, spouse
    of_age1 = 1.0 if facts.age1 >= law.minimum_age else 0.0  # 25B(c)(1)
    of_age2 = 1.0 if facts.age2 >= law.minimum_age else 0.0  # 25B(c)(1)
    line_6a = of_age1 * min(first, law.contribution_limit)  # 25B(a)
    line_6b = of_age2 * min(second, law.contribution_limit)  # 25B(a)
    line_7 = line_6a + line_6b  # qualified retirement savings, 25B(d)
    top = law.income_top[status]
    lowest = law.rate[2] if agi <= top[2] else 0.0  # 25B(b)(1)
    middle = law.rate[1] if agi <= top[1] else lowest  # 25B(b)(1)
    line_9 = law.rate[0] if agi <= top[0] else middle  # 25B(b)(1)
    line_10 = line_7 * line_9  # 25B(a)
    line_12 = min(line_10, max(0.0, tax))  # 26(a)
    return line_12


@provision
def savers_match(facts, magi, status, law):  # type: ignore[no-untyped-def]
    """The Saver's Match: a deposit of the Treasury into an account, no credit on the return; from 2027.

    Law:    IRC 6433(a), (b); P.L. 117-328, section 103.
    Form:   none yet.
    Units:  dollars of the year; `law` the section of the match.
    Not modeled: that small matches may be taken as a credit, 6433(a)(2); distributions that reduce the contributions.
    Tests:  test_savers_match_phases_out_by_whole_percentage_points.
    """
    first = facts.retirement_savings1 + facts.ira_contributions1 + facts.roth_contributions1  # 6433(d)
    second = facts.retirement_savings2 + facts.ira_contributions2 + facts.roth_contributions2  # 6433(d)
    over = max(0.0, magi - law.phase_out_start[status])  # 6433(b)(2)
    points = law.rate / POINT  # 6433(b)(1)
    points_lost = math.floor(points * over / law.phase_out_range[status])  # "next lowest whole", 6433(b)(2)
    rate = max(0.0, points - points_lost) * POINT  # 6433(b)(2)
    of_first = rate * min(first, law.contribution_limit)  # 6433(a)(1)
    of_second = rate * min(second, law.contribution_limit)  # 6433(a)(1)
    return SaversMatch(of_first, of_second)
