"""What states give couples with two incomes, who would owe less if each were taxed alone."""

from __future__ import annotations

from rothwell.provision import provision, seldom
from rothwell.tax.state_brackets import tax_by_brackets
from rothwell.tax.state_facts import retirement_of


@provision
def income_of_spouse(facts, own, federal):  # type: ignore[no-untyped-def]
    """The spouse's part of federal adjusted gross income, Social Security apart.

    Law:    IRC 61.
    Units:  dollars of the year.
    """
    retired = retirement_of(facts, own, federal, 1)
    paid = retired.pension + retired.ira + retired.ira_converted + retired.plan_converted
    return facts.wages2 + facts.self_employment2 + paid + own.investment_income2


@seldom
def spouse_adjustment(facts, own, federal, income, taxable_income, status, state):  # type: ignore[no-untyped-def]
    """What a couple saves where the smaller income is taxed by itself.

    Law:    Va. Code 58.1-324.
    Form:   Form 760 instructions (2025), spouse tax adjustment worksheet.
    Units:  dollars of the year; `income` the couple's adjusted gross income in the state.
    Tests:  test_virginia_taxes_the_smaller_income_by_itself.
    """
    second = income_of_spouse(facts, own, federal)
    old1 = 1.0 if facts.age1 >= state.exemption.aged_from else 0.0
    old2 = 1.0 if facts.age2 >= state.exemption.aged_from else 0.0
    second -= state.age_deduction.amount * old2
    first = income - second
    each = state.exemption.dependent
    first -= each + state.exemption.aged * old1 + state.exemption.blind * facts.blind1
    second -= each + state.exemption.aged * old2 + state.exemption.blind * facts.blind2
    smaller = max(0.0, min(first, second))
    half = taxable_income / (1.0 + 1.0)
    part = min(smaller, half)
    alone = tax_by_brackets(part, status, state.brackets)
    rest = tax_by_brackets(taxable_income - part, status, state.brackets)
    saved = tax_by_brackets(taxable_income, status, state.brackets) - alone - rest
    return max(0.0, min(state.spouse_adjustment.most, saved))
