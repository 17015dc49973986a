"""The deduction for qualified business income."""

from __future__ import annotations

from typing import NamedTuple

from rothwell.provision import provision


class QualifiedBusinessIncome(NamedTuple):
    """The deduction of a year, and the business loss that next year's deduction takes into account, in dollars."""

    deduction: float
    loss_carried: float


@provision
def qualified_business_income(profit, half_of_self_employment_tax, plan_contributions, health_insurance):  # type: ignore[no-untyped-def]
    """Qualified business income of one person's business (Form 8995, line 1(c)).

    Law:    IRC 199A(c)(1); Reg. 1.199A-3(b)(1)(vi).
    Form:   Form 8995 instructions (2025), Determining Your Qualified Business Income.
    Units:  dollars of the year; a pre-tax deferral to one's own solo 401(k) counts among the plan contributions.
    Not modeled: income that is not from the United States, reasonable compensation and guaranteed payments, which
            the profit given must leave out, 199A(c)(3), (4); losses suspended by IRC 465, 469 or 461(l).
    Tests:  test_form_8995_income_examples, test_deductions_never_turn_a_profit_into_a_loss.
    """
    attributable = half_of_self_employment_tax + plan_contributions + health_insurance  # Reg. 1.199A-3(b)(1)(vi)
    allowed = min(attributable, max(0.0, profit))  # none without earned income, 162(l)(2)(A), 404(a)(8)(C)
    line_1c = profit - allowed  # 199A(c)(1)
    return line_1c


@provision
def qualified_business_income_deduction(  # type: ignore[no-untyped-def]
    facts, qbi1, qbi2, taxable_income_before, net_capital_gain, status, law
):
    """The deduction for qualified business income and REIT dividends (Form 1040, line 13a).

    Law:    IRC 199A(a), (b), (c)(2), (d)(3), (e)(1), (i); Reg. 1.199A-1(c), (d).
    Form:   Form 8995-A (2025), Parts I to IV, Schedules A and C; below the threshold it gives Form 8995. From 2026 the
            minimum deduction.
    Units:  dollars of the year; each person's business is one; `taxable_income_before` is determined without IRC 68
            and without this deduction, 199A(e)(1); `net_capital_gain` with qualified dividends; `law` the whole law.
    Not modeled: publicly traded partnerships, cooperatives and their patrons (199A(g), (b)(7)), aggregation of
            businesses, losses from REITs; every business is one of material participation for 199A(i).
    Tests:  test_form_8995_examples, test_form_8995a_examples, test_deduction_never_above_its_limits.
    """
    section = law.qualified_business_income
    line_21 = section.threshold[status]  # 199A(e)(2)
    line_22 = max(0.0, taxable_income_before - line_21)  # 199A(b)(3)(B)(iii)(I)
    line_24 = min(1.0, line_22 / section.phase_in_range[status])  # share phased in, 199A(b)(3)(B)(ii)
    share1 = 1.0 - facts.sstb1 * line_24  # applicable percentage, Schedule A, line 10; 199A(d)(3)(B)
    share2 = 1.0 - facts.sstb2 * line_24  # the same of the other business
    income1 = share1 * qbi1  # 199A(d)(3)(A)(ii)
    income2 = share2 * qbi2  # 199A(d)(3)(A)(ii)
    gains = max(0.0, income1) + max(0.0, income2)  # Schedule C, line 1; Reg. 1.199A-1(d)(2)(iii)(A)
    losses = max(0.0, -income1) + max(0.0, -income2) + facts.qbi_loss_carryover  # Schedule C, line 5; 199A(c)(2)
    kept = max(0.0, gains - losses) / gains if gains > 0.0 else 0.0  # pro rata, Reg. 1.199A-1(d)(2)(iii)(A)
    component1 = business_component(  # Part II, line 15; 199A(b)(2)
        kept * max(0.0, income1), share1 * facts.business_wages1, share1 * facts.business_property1, line_24, section
    )
    component2 = business_component(  # the same of the other business
        kept * max(0.0, income2), share2 * facts.business_wages2, share2 * facts.business_property2, line_24, section
    )
    line_27 = component1 + component2  # 199A(b)(1)(A)
    line_31 = section.rate * max(0.0, facts.reit_dividends)  # 199A(b)(1)(B)
    line_32 = line_27 + line_31  # combined amount, 199A(b)(1)
    line_36 = section.rate * max(0.0, taxable_income_before - net_capital_gain)  # 199A(a)(2)
    line_37 = min(line_32, line_36)  # 199A(a)
    active = income1 + income2 >= section.minimum_active_income  # 199A(i)(2)
    minimum = section.minimum_deduction if active else 0.0  # 199A(i)(1)(B)
    deduction = max(line_37, minimum)  # 199A(i)(1)
    loss_carried = max(0.0, losses - gains)  # Schedule C, line 6; 199A(c)(2)
    return QualifiedBusinessIncome(deduction, loss_carried)


@provision
def business_component(income, wages, basis, phased_in, law):  # type: ignore[no-untyped-def]
    """The share of one business in the deduction (Form 8995-A, line 15).

    Law:    IRC 199A(b)(2), (b)(3); Reg. 1.199A-1(d)(2)(iv).
    Form:   Form 8995-A (2025), lines 2 to 15 and Part III.
    Units:  dollars of the year; income after netting of losses, wages and unadjusted basis of property after the
            applicable percentage; `phased_in` the share of the limit that applies, 0 at the threshold.
    Tests:  test_form_8995a_examples, test_deduction_is_continuous_in_taxable_income.
    """
    line_3 = law.rate * income  # 199A(b)(2)(A)
    line_5 = law.wage_rate * wages  # 199A(b)(2)(B)(i)
    line_9 = law.wage_rate_with_property * wages + law.property_rate * basis  # 199A(b)(2)(B)(ii)
    line_10 = max(line_5, line_9)  # 199A(b)(2)(B)
    line_19 = max(0.0, line_3 - line_10)  # excess amount, 199A(b)(3)(B)(iii)
    line_25 = phased_in * line_19  # reduction, 199A(b)(3)(B)(i)
    line_15 = line_3 - line_25  # 199A(b)(2), (b)(3)
    return line_15
