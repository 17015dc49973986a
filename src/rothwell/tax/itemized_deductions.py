"""Itemized deductions, their overall limit, and the deduction for gifts of those who do not itemize."""

from __future__ import annotations

from typing import NamedTuple

from rothwell.provision import provision


class ItemizedDeductions(NamedTuple):
    """Schedule A before the overall limit of IRC 68, and the gifts that later years may deduct, in dollars."""

    medical: float
    taxes: float
    interest: float
    gifts: float
    total: float
    gifts_carried_cash: float
    gifts_carried_property: float


class Gifts(NamedTuple):
    """The deduction for charitable gifts, and what is carried to the next year in each class, in dollars."""

    deduction: float
    carried_cash: float
    carried_property: float


@provision
def itemized_deductions(facts, agi, status, law):  # type: ignore[no-untyped-def]
    """Itemized deductions before the overall limit (Schedule A, line 17).

    Law:    IRC 63(d), 163(h)(3), 164(b), 170, 213(a), 691(c).
    Form:   Schedule A (Form 1040) (2025), lines 1 to 17.
    Units:  dollars of the year; `law` the whole law of the year.
    Not modeled: investment interest, casualty losses, gambling losses, gifts carried from earlier years.
    Tests:  test_schedule_a_examples, test_more_of_any_expense_never_lowers_the_total.
    """
    line_4 = medical_deduction(facts.medical_expenses, agi, law.itemized_deductions)  # medical expenses, 213(a)
    line_5d = facts.state_income_tax_paid + facts.real_estate_tax  # 164(a)(1), (3)
    line_7 = min(line_5d, state_and_local_tax_limit(agi, status, law.state_and_local_tax))  # taxes, 164(b)(6)
    line_10 = mortgage_interest_deduction(  # interest, 163(h)(3)
        facts.mortgage_interest, facts.mortgage_debt, status, law.itemized_deductions
    )
    gifts = charitable_gifts(facts.charity_cash, facts.charity_appreciated, agi, law.itemized_deductions)
    line_14 = gifts.deduction  # gifts to charity, 170(a)
    line_16 = facts.estate_tax_on_income  # 691(c)(1)(A), 67(b)(7)
    line_17 = line_4 + line_7 + line_10 + line_14 + line_16  # 63(d)
    return ItemizedDeductions(line_4, line_7, line_10, line_14, line_17, gifts.carried_cash, gifts.carried_property)


@provision
def medical_deduction(expenses, agi, law):  # type: ignore[no-untyped-def]
    """Medical and dental expenses (Schedule A, line 4).

    Law:    IRC 213(a).
    Form:   Schedule A (Form 1040) (2025), lines 1 to 4.
    Units:  dollars of the year.
    Not modeled: the limits on long-term-care premiums, IRC 213(d)(10).
    Tests:  test_schedule_a_examples, test_medical_floor_edges.
    """
    line_1 = expenses  # 213(d)
    line_3 = law.medical_floor * max(0.0, agi)  # 213(a)
    line_4 = max(0.0, line_1 - line_3)  # 213(a)
    return line_4


@provision
def state_and_local_tax_limit(agi, status, law):  # type: ignore[no-untyped-def]
    """The most of state and local taxes that is deducted (Schedule A, line 5e).

    Law:    IRC 164(b)(6), (7); P.L. 119-21, section 70120.
    Form:   State and Local Tax Deduction Worksheet, Schedule A (Form 1040) instructions (2025).
    Units:  dollars of the year; MAGI is AGI here.
    Not modeled: the excluded foreign income of IRC 911, 931, 933 in MAGI.
    Tests:  test_schedule_a_examples, test_state_and_local_tax_limit_edges.
    """
    excess = max(0.0, agi - law.phase_down_start[status])  # MAGI above the start, 164(b)(7)(B)(i)
    reduction = law.share_of_reduction[status] * law.phase_down_rate * excess  # 164(b)(6)(B), (7)(B)(i)
    limit = max(law.floor[status], law.cap[status] - reduction)  # 164(b)(7)(B)(iii)
    return limit


@provision
def mortgage_interest_deduction(interest, debt, status, law):  # type: ignore[no-untyped-def]
    """Interest on a home's acquisition debt, in proportion where the debt is above the limit (Schedule A, line 10).

    Law:    IRC 163(h)(3)(A), (B), (F)(i)(II).
    Form:   Pub. 936 (2025), Table 1, lines 12 to 15.
    Units:  dollars of the year; `debt` the average balance, 0 if it is within the limit.
    Not modeled: debt of before 16 December 2017 and its higher limit, 163(h)(3)(F)(i)(III); the form's rounding of
            line 14 to three places.
    Tests:  test_schedule_a_examples, test_interest_is_scaled_only_above_the_debt_limit.
    """
    line_11 = law.mortgage_debt_limit[status]  # 163(h)(3)(F)(i)(II)
    line_12 = debt  # average balance of all home mortgages
    line_13 = interest  # 163(h)(3)(A)
    line_14 = line_11 / line_12 if line_12 > line_11 else 1.0  # Temp. Reg. 1.163-10T(e)(1)
    line_15 = line_13 * line_14  # Temp. Reg. 1.163-10T(e)(1)
    return line_15


@provision
def charitable_gifts(cash, appreciated, agi, law):  # type: ignore[no-untyped-def]
    """Gifts to public charities: ceilings, then the floor, and what is carried forward (Schedule A, line 14).

    Law:    IRC 170(b)(1)(A), (C), (G), (H), (I), 170(d)(1)(C).
    Form:   Pub. 526 (2025), Worksheet 2; from 2026 IRC 170(b)(1)(I).
    Units:  dollars of the year; `appreciated` at its value; the contribution base is AGI.
    Not modeled: gifts to private foundations, qualified conservation contributions, ordinary-income property, the
            election of 170(b)(1)(C)(iii); net operating losses carried back in the contribution base.
    Tests:  test_schedule_a_examples, test_gifts_are_deducted_carried_or_lost_to_the_floor.
    """
    base = max(0.0, agi)  # contribution base, 170(b)(1)(H)
    cash_limit = law.cash_gift_ceiling * base  # 170(b)(1)(G)(i)
    cash_within = min(cash, cash_limit)  # cash comes first: 170(b)(1)(C)(i), second sentence
    left_for_property = max(0.0, law.gift_ceiling * base - cash_within)  # 170(b)(1)(A), (G)(iii)(II)
    property_limit = min(law.appreciated_gift_ceiling * base, left_for_property)  # 170(b)(1)(C)(i)
    property_within = min(appreciated, property_limit)  # 170(b)(1)(C)(i)
    floor = law.charitable_floor * base  # of the gifts within the ceilings, 170(b)(1)(I)
    floor_of_property = min(floor, property_within)  # second in the order, 170(b)(1)(I)(ii)
    floor_of_cash = min(floor - floor_of_property, cash_within)  # sixth in the order, 170(b)(1)(I)(vi)
    deduction = cash_within - floor_of_cash + property_within - floor_of_property  # 170(a)(1)
    cash_excess = cash - cash_within  # 170(b)(1)(G)(ii)
    property_excess = appreciated - property_within  # 170(b)(1)(C)(ii)
    keeps_floor = 1.0 if cash_excess + property_excess > 0.0 else 0.0  # only with an excess, 170(d)(1)(C)(i)
    carried_cash = cash_excess + keeps_floor * floor_of_cash  # 170(d)(1)(C)(i)
    carried_property = property_excess + keeps_floor * floor_of_property  # 170(d)(1)(C)(i)
    return Gifts(deduction, carried_cash, carried_property)


@provision
def overall_limit(itemized_total, taxable_income_before, status, law):  # type: ignore[no-untyped-def]
    """By how much the overall limit reduces itemized deductions.

    Law:    IRC 68(a), (b); P.L. 119-21, section 70111.
    Form:   none yet; the worksheet of Schedule A (Form 1040) for 2026.
    Units:  dollars of the year; `taxable_income_before` is determined without this limit (below zero if deductions
            are left over) and after every other deduction, that of IRC 199A included; `law` the whole law.
    Tests:  test_overall_limit_examples, test_overall_limit_edges.
    """
    amount_1 = itemized_total  # 68(a)(1)
    income = taxable_income_before + itemized_total  # 68(a)(2), in parentheses
    amount_2 = max(0.0, income - law.rate_schedule.bracket_top[status, 5])  # above the 37 percent start, 68(a)(2)
    reduction = law.itemized_deductions.reduction_share * min(amount_1, amount_2)  # 68(a)
    return reduction


@provision
def gift_without_itemizing(charity_cash, agi, status, law):  # type: ignore[no-untyped-def]
    """The deduction for cash gifts of those who do not itemize.

    Law:    IRC 170(p), 63(b)(4); P.L. 119-21, section 70424. The floor of 170(b)(1)(I) does not apply.
    Form:   none yet; Form 1040 for 2026.
    Units:  dollars of the year; `charity_cash` to public charities other than donor-advised funds and supporting
            organizations; `law` the whole law.
    Tests:  test_gift_without_itemizing_edges.
    """
    ceiling = law.itemized_deductions.cash_gift_ceiling * max(0.0, agi)  # 170(b)(1)(G)(i)
    within = min(charity_cash, ceiling)  # 170(p)
    deduction = min(within, law.charitable_gift.non_itemizer_limit[status])  # 170(p)
    return deduction
