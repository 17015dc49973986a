"""What states give couples with two incomes, who would owe less if each were taxed alone."""

from __future__ import annotations

from rothwell.law.figures import SINGLE
from rothwell.provision import provision, seldom
from rothwell.tax.deductions import people_of_age
from rothwell.tax.state_benefits import benefits_taxed
from rothwell.tax.state_brackets import tax_by_brackets
from rothwell.tax.state_facts import all_retirement_of


@provision
def income_of_spouse(facts, own, federal):  # type: ignore[no-untyped-def]
    """The spouse's part of federal adjusted gross income, Social Security apart.

    Law:    IRC 61.
    Units:  dollars of the year.
    """
    retired = all_retirement_of(facts, own, federal, 1)
    return facts.wages2 + facts.self_employment2 + retired + own.investment_income2


@provision
def age_deduction(facts, federal, status, law):  # type: ignore[no-untyped-def]
    """A deduction for each of filer and spouse who is old; income takes it away, but not from the oldest.

    Law:    Va. Code 58.1-322.03(5).
    Units:  dollars of the year; `law` the state's section of it.
    Tests:  test_virginia_takes_the_age_deduction_away_dollar_by_dollar.
    """
    whole = people_of_age(facts.age1, facts.age2, law.whole_from)
    reduced = people_of_age(facts.age1, facts.age2, law.age) - whole
    over = max(0.0, federal.agi - federal.taxable_benefits - law.start[status])
    return law.amount * whole + max(0.0, law.amount * reduced - over)


@seldom
def spouse_adjustment(facts, own, federal, base, status, state):  # type: ignore[no-untyped-def]
    """What a couple saves where the smaller income is taxed by itself.

    Law:    Va. Code 58.1-324.
    Form:   Form 760 instructions (2025), spouse tax adjustment worksheet.
    Units:  dollars of the year; `base` what the couple's taxes are worked from.
    Tests:  test_virginia_taxes_the_smaller_income_by_itself.
    """
    second = income_of_spouse(facts, own, federal)
    old1 = 1.0 if facts.age1 >= state.exemption.aged_from else 0.0
    old2 = 1.0 if facts.age2 >= state.exemption.aged_from else 0.0
    second -= _age_deduction_of_spouse(facts, federal, status, state.age_deduction)
    first = base.income - second
    each = state.exemption.dependent
    first -= each + state.exemption.aged * old1 + state.exemption.blind * facts.blind1
    second -= each + state.exemption.aged * old2 + state.exemption.blind * facts.blind2
    smaller = max(0.0, min(first, second))
    half = base.taxable_income / (1.0 + 1.0)
    part = min(smaller, half)
    alone = tax_by_brackets(part, status, state.brackets)
    rest = tax_by_brackets(base.taxable_income - part, status, state.brackets)
    saved = tax_by_brackets(base.taxable_income, status, state.brackets) - alone - rest
    return max(0.0, min(state.spouse_adjustment.most, saved))


@provision
def _age_deduction_of_spouse(facts, federal, status, law):  # type: ignore[no-untyped-def]
    """The spouse's part of the couple's age deduction: all of what the oldest keep, and an even part of what is left.

    Law:    Va. Code 58.1-322.03(5).
    Form:   Form 760 instructions (2025), worksheet for separate Virginia adjusted gross income.
    Units:  dollars of the year; `law` the state's section of it.
    """
    of_oldest = law.amount * people_of_age(facts.age1, facts.age2, law.whole_from)
    left = age_deduction(facts, federal, status, law) - of_oldest
    sharing = people_of_age(facts.age1, facts.age2, law.age) - of_oldest / law.amount
    part = left / sharing if sharing > 0.0 and facts.age2 >= law.age else 0.0
    return law.amount if facts.age2 >= law.whole_from else part


@seldom
def marriage_credit(facts, own, federal, taxable_income, status, state):  # type: ignore[no-untyped-def]
    """What a couple would save if the smaller earned income were taxed by itself, both by the rates of the single.

    Earned are wages, net earnings of a business, pensions, distributions of plans and IRAs, and benefits as far as
    Minnesota taxes them.

    Law:    Minn. Stat. 290.0675.
    Form:   Schedule M1MA (2025).
    Units:  dollars of the year.
    Tests:  test_minnesota_gives_back_what_marriage_costs, test_minnesotas_marriage_credit_counts_retirement_income.
    """
    law = state.marriage_credit
    taxed = benefits_taxed(federal, status, state.social_security)
    share = taxed / max(1.0, facts.ss1 + facts.ss2)  # taxed of a dollar
    business = facts.self_employment1 + facts.self_employment2
    net = federal.earned_income - facts.wages1 - facts.wages2  # less half of the tax on it
    left = net / business if business > 0.0 else 1.0
    first = facts.wages1 + left * facts.self_employment1 + share * facts.ss1
    first += all_retirement_of(facts, own, federal, 0)
    second = facts.wages2 + left * facts.self_employment2 + share * facts.ss2
    second += all_retirement_of(facts, own, federal, 1)
    smaller = min(first, second)
    if smaller < law.smaller_income:
        return 0.0
    alone = max(0.0, smaller - state.standard_deduction.basic[status] / (1.0 + 1.0))
    apart = tax_by_brackets(alone, SINGLE, state.brackets)
    apart += tax_by_brackets(max(0.0, taxable_income - alone), SINGLE, state.brackets)
    saved = tax_by_brackets(taxable_income, status, state.brackets) - apart
    return max(0.0, min(law.most, saved))
