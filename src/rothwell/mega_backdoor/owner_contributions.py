"""What the owner of a business can put into the owner's own plan: the law of the self-employed as scalar functions.

With E the net profit less half of the self-employment tax, P what the business puts in for the owner and D the elective
deferrals without catch-up, earned income for the limit on annual additions is E - P: the deduction for P lowers it, and
deferrals are added back.
"""

from __future__ import annotations

from typing import NamedTuple

from rothwell.mega_backdoor.employer_plan import ANNUAL_ADDITIONS, COMPENSATION, NOT_ALLOWED, PLAN_CAP, AfterTaxRoom
from rothwell.provision import provision
from rothwell.tax.payroll import self_employment_tax


class ProfitSharing(NamedTuple):
    """What the business puts in for its owner: dollars of the year (infinite for the most), the rate on earned income
    after it, and whether elective deferrals come first (1) or it does (0)."""

    dollars: float
    rate: float
    deferrals_first: float


class OwnerContributions(NamedTuple):
    """What goes into the owner's plan in a year before after-tax money, in dollars."""

    profit_sharing: float
    base: float
    catch_up: float


@provision
def earned_income(net_profit, wages, law):  # type: ignore[no-untyped-def]
    """Earned income before contributions to the owner's plan, E (Pub. 560, step 3).

    Law:    IRC 401(c)(2)(A)(vi), 164(f)(1), 1401.
    Form:   Deduction Worksheet for Self-Employed, Pub. 560 (2025), steps 1 to 3.
    Units:  dollars of the year; `wages` are the Social Security wages of the same person's jobs, which use up the base.
    Not modeled: farm optional and church income; a business in which the owner does not work, 401(c)(2)(A)(i).
    Tests:  test_solo_owners_by_hand.
    """
    step_1 = max(0.0, net_profit)  # 401(c)(2)(A)
    step_2 = law.self_employment.deductible_share * self_employment_tax(  # 164(f)(1)
        net_profit, wages, law.oasdi, law.self_employment
    )
    return step_1 - step_2  # step 3, 401(c)(2)(A)(vi)


@provision
def most_profit_sharing(earned, rate, law):  # type: ignore[no-untyped-def]
    """The most that a rate on earned income after the contribution gives (Pub. 560, step 7).

    Law:    IRC 404(a)(3)(A)(i)(I), (8)(D), (12), 404(l), 404(n): deferrals do not lower the base; 401(a)(17).
    Form:   Rate Worksheet and Deduction Worksheet for Self-Employed, Pub. 560 (2025), steps 4 to 7.
    Units:  dollars of the year; `rate` is a fraction of earned income after the contribution.
    Tests:  test_solo_owners_by_hand, test_the_second_auditor_finds_nothing_in_random_plans.
    """
    step_4 = rate / (1.0 + rate)  # 401(c)(2)(A)(v): of earned income before it
    step_5 = step_4 * earned  # 404(a)(3)(A)(i)(I)
    step_6 = rate * law.compensation.limit  # 401(a)(17), 404(l)
    return min(step_5, step_6)  # step 7


@provision
def owner_contributions(earned, planned, limit_left, catch_up_left, sharing, additions_left, law):  # type: ignore[no-untyped-def]
    """Profit sharing and elective deferrals of an owner, both within earned income and the limits.

    Law:    IRC 415(c)(1), (3)(B), (D); 402(g)(1); 414(v)(2)(A)(ii): catch-up within compensation less other deferrals;
            404(a)(8)(C): all that is deducted within earned income.
    Form:   Deduction Worksheet for Self-Employed, Pub. 560 (2025), steps 8 to 17; the most profit sharing comes after
            the deferrals there, a given amount before them here.
    Units:  dollars of the year; `planned` with catch-up in it, infinite for the most; `limit_left` and `catch_up_left`
            are what the person's other plans leave, `additions_left` what related employers leave of the dollar limit.
    Tests:  test_solo_owners_by_hand, test_the_second_auditor_finds_nothing_in_random_plans.
    """
    half = 1.0 / (1.0 + 1.0)  # P lowers earned income and is itself an annual addition
    most = min(most_profit_sharing(earned, sharing.rate, law), additions_left)  # steps 7 and 8
    wanted = min(planned, limit_left)  # 402(g)(1)
    step_9 = min(wanted, earned, additions_left)  # 415(c)(1), (3)(B)
    step_13 = min(most, additions_left - step_9, half * (earned - step_9))  # steps 10 to 13; 415(c)(1)
    first = min(most, sharing.dollars)  # a given amount, before the deferrals
    profit_sharing = max(0.0, step_13 if sharing.deferrals_first > 0.0 else first)
    step_14 = earned - profit_sharing  # 401(c)(2)(A)(v)
    base = max(0.0, min(wanted, min(additions_left, step_14) - profit_sharing))  # 415(c)(1), (2)
    step_16 = max(0.0, step_14 - base)  # 414(v)(2)(A)(ii)
    catch_up = min(max(0.0, planned - base), catch_up_left, step_16)  # step 17; Reg. 1.414(v)-1(b)
    return OwnerContributions(profit_sharing, base, catch_up)


@provision
def owner_annual_additions_limit(earned, profit_sharing, law):  # type: ignore[no-untyped-def]
    """The limit on annual additions of an owner: dollars or 100 percent of E - P.

    Law:    IRC 415(c)(1), (3)(B), (D); 401(c)(2)(A)(v): earned income is less the deduction for P, deferrals are added.
    Units:  dollars of the limitation year.
    Not modeled: pay from related employers, which would count toward the 100 percent too.
    Tests:  test_solo_owners_by_hand.
    """
    deducted = min(profit_sharing, most_profit_sharing(earned, law.self_employed.employer_share, law))  # 404(a)(3)
    compensation = max(0.0, earned - deducted)  # 415(c)(3)(B), (D); only what 404 allows lowers earned income
    return min(law.annual_additions.limit, law.annual_additions.compensation_share * compensation)


@provision
def owner_after_tax_room(earned, contributions, additions_left, plan, law):  # type: ignore[no-untyped-def]
    """Room for after-tax contributions of an owner: min(dollar limit, E - P) - P - D.

    Law:    IRC 415(c)(1), (2), (3)(B), (D); not deductible and outside 404 and 402(g); no ACP test while everybody in
            the plan is highly compensated or nobody else is, Reg. 1.401(m)-2(a)(1)(ii).
    Units:  dollars of the limitation year, never below zero.
    Not modeled: the ACP test of a business with employees.
    Tests:  test_solo_owners_by_hand, test_the_second_auditor_finds_nothing_in_random_plans.
    """
    limit = owner_annual_additions_limit(earned, contributions.profit_sharing, law)
    by_pay = limit < additions_left
    used = contributions.profit_sharing + contributions.base
    room = max(0.0, min(limit, additions_left) - used)
    limited_by = COMPENSATION if by_pay else ANNUAL_ADDITIONS
    limited_by = PLAN_CAP if plan.after_tax_dollar_cap < room else limited_by
    room = min(room, plan.after_tax_dollar_cap)
    allowed = plan.after_tax_allowed > 0.0
    return AfterTaxRoom(room if allowed else 0.0, limited_by if allowed else NOT_ALLOWED)
