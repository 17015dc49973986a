"""New Jersey: retirement and other income that the old leave out, by the size of all income."""

from __future__ import annotations

from rothwell.law.figures import SEPARATE_APART
from rothwell.provision import provision, seldom
from rothwell.tax.capital_gains import capital_gain_or_loss
from rothwell.tax.earned_income_credit import disqualified_income
from rothwell.tax.state_couples import income_of_spouse
from rothwell.tax.state_facts import all_retirement_of


@seldom
def gross_income_exclusion(facts, own, federal, income, status, law):  # type: ignore[no-untyped-def]
    """Pensions, IRAs and conversions of those who are old enough, and other income where next to nothing is earned.

    Law:    N.J.S.A. 54A:6-10, 54A:6-15(a).
    Form:   Form NJ-1040 (2025), lines 28a and 28b, worksheet D.
    Units:  dollars of the year; `income` all income before the exclusion; `law` the section of it.
    Tests:  test_new_jersey_leaves_retirement_income_out_by_income.
    """
    if income > law.tier_top[law.tier_top.size - 1]:
        return 0.0
    of_first = all_retirement_of(facts, own, federal, 0) + facts.qcd1
    of_second = all_retirement_of(facts, own, federal, 1) + facts.qcd2
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
    return max(0.0, pension + other) if old1 or old2 else 0.0


@provision
def is_below_threshold(income, status, law):  # type: ignore[no-untyped-def]
    """Whether an income is too small for any tax.

    Law:    N.J.S.A. 54A:2-4 (so much or less); Va. Code 58.1-321(A) (less).
    Units:  dollars of the year; `law` the section of the threshold.
    Tests:  test_new_jersey_taxes_nothing_up_to_the_threshold.
    """
    threshold = law.income[status]
    below = income < threshold or (law.itself > 0.0 and income <= threshold)
    return below and threshold > 0.0  # a state without one pays credits out on a loss too


@seldom
def childless_credit(facts, federal, status, law, own_law):  # type: ignore[no-untyped-def]
    """The earned-income credit of those whose age alone bars them from the federal one: a share of its most.

    Law:    N.J.S.A. 54A:4-7(a)(4).
    Form:   Form NJ-1040 instructions (2025), line 58.
    Units:  dollars of the year; `law` the federal law, `own_law` the state's section of the credit.
    Tests:  test_new_jersey_pays_the_old_and_the_young_who_work.
    """
    of_federal = law.earned_income_credit
    children = facts.n_children_u17 + facts.n_older_children
    first = facts.age1 >= of_federal.minimum_age and facts.age1 < of_federal.maximum_age
    second = facts.age2 >= of_federal.minimum_age and facts.age2 < of_federal.maximum_age
    if children > 0.0 or first or second or status >= SEPARATE_APART:
        return 0.0
    if federal.earned_income <= 0.0 or max(facts.age1, facts.age2) < own_law.without_age_from:
        return 0.0
    most = of_federal.rate[0] * of_federal.earned_income_amount[0]
    start = of_federal.phase_out_start[0] + (of_federal.joint_addition[0] if facts.age2 > 0.0 else 0.0)
    end = start + most / of_federal.phase_out_rate[0]
    short_term = facts.st_gain - facts.st_loss_carryover
    gain = capital_gain_or_loss(short_term, facts.lt_gain - facts.lt_loss_carryover, status, law.capital_gains)
    little = disqualified_income(facts, gain) <= of_federal.investment_income_limit
    allowed = little and max(federal.agi, federal.earned_income) < end
    return own_law.share * most if allowed else 0.0
