"""New Jersey: retirement and other income that the old leave out, by the size of all income."""

from __future__ import annotations

from rothwell.provision import seldom
from rothwell.tax.state_couples import income_of_spouse
from rothwell.tax.state_facts import retirement_of


@seldom
def gross_income_exclusion(facts, own, federal, income, status, law):  # type: ignore[no-untyped-def]
    """Pensions, IRAs and conversions of those who are old enough, and other income where next to nothing is earned.

    Law:    N.J.S.A. 54A:6-10, 54A:6-15(a).
    Form:   Form NJ-1040 (2025), lines 28a and 28b, worksheet D.
    Units:  dollars of the year; `income` all income before the exclusion; `law` the section of it.
    Tests:  test_new_jersey_leaves_retirement_income_out_by_income.
    """
    first, second = retirement_of(facts, own, federal, 0), retirement_of(facts, own, federal, 1)
    of_first = first.pension + first.ira + first.ira_converted + first.plan_converted
    of_second = second.pension + second.ira + second.ira_converted + second.plan_converted
    received = max(0.0, of_first + of_second - own.state_basis_recovered)
    kept = received / (of_first + of_second) if of_first + of_second > 0.0 else 0.0
    old1, old2 = facts.age1 >= law.age, facts.age2 >= law.age
    retired = kept * ((of_first if old1 else 0.0) + (of_second if old2 else 0.0))
    of_spouse = income_of_spouse(facts, own, federal)
    of_the_old = (income - of_spouse if old1 else 0.0) + (of_spouse if old2 else 0.0)
    share = law.share[status, 0] if income <= law.tier_top[1] else law.share[status, 1]
    whole = income <= law.tier_top[0]
    pension = min(law.most[status], retired) if whole else share * retired
    earned = facts.wages1 + facts.wages2 + max(0.0, facts.self_employment1 + facts.self_employment2)
    allowed = law.most[status] if whole else share * income
    other = max(0.0, min(of_the_old - retired, allowed - pension)) if earned <= law.earned else 0.0
    within = income <= law.tier_top[law.tier_top.size - 1]
    return max(0.0, pension + other) if within and (old1 or old2) else 0.0
