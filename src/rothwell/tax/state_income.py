"""The income that a state taxes, before its deductions."""

from __future__ import annotations

from rothwell.provision import provision, seldom
from rothwell.tax.capital_gains import capital_gain_or_loss
from rothwell.tax.deductions import people_of_age
from rothwell.tax.state_benefits import benefits_taxed
from rothwell.tax.state_classes import income_by_classes
from rothwell.tax.state_couples import age_deduction, income_of_spouse
from rothwell.tax.state_facts import retirement_of
from rothwell.tax.state_new_jersey import gross_income_exclusion


@provision
def income_from_federal(facts, own, federal, status, law, state):  # type: ignore[no-untyped-def]
    """Federal adjusted gross income with what a state adds and leaves out.

    Law:    31 USC 3124(a): interest on obligations of the United States is exempt; 45 USC 231m: so are railroad
            retirement benefits. The rest is each state's own, see its file.
    Units:  dollars of the year; `law` the federal law, `state` the state's.
    Not modeled: refunds of state tax that were federal income; lump sums taxed by Form 4972.
    Tests:  test_states_agree_with_the_independent_returns.
    """
    added = state.income.exempt_interest_taxed * own.other_states_interest + own.other_additions
    added += state.income.own_interest_taxed * (facts.tax_exempt_interest - own.other_states_interest)
    added += state.income.hsa_taxed * (facts.hsa_deduction + own.hsa_at_work)  # to federal income
    benefits = benefits_taxed(federal, status, state.social_security)  # Social Security that the state taxes
    short_term, long_term = facts.st_gain - facts.st_loss_carryover, facts.lt_gain - facts.lt_loss_carryover
    gains = capital_gain_or_loss(short_term, long_term, status, law.capital_gains)
    excluded = retirement_exclusion(facts, own, federal, gains, state.retirement_exclusion)  # retirement income
    left_out = federal.taxable_benefits - benefits + own.us_interest + own.other_subtractions + excluded
    left_out += own.state_basis_recovered
    if state.age_deduction.amount > 0.0:
        left_out += age_deduction(facts, federal, status, state.age_deduction)
    if max(facts.age1, facts.age2) >= state.elderly_subtraction.age:
        left_out += elderly_subtraction(facts, federal, status, state.elderly_subtraction)  # with benefits, bonds, age
    total = federal.agi + added - left_out  # the state's adjusted gross income
    if state.income.classes > 0.0:
        total = income_by_classes(facts, own, federal, excluded, state)
        if max(facts.age1, facts.age2) >= state.gross_income_exclusion.age:
            total -= gross_income_exclusion(facts, own, federal, total, status, state.gross_income_exclusion)
    if state.two_earners.deduction > 0.0 and facts.age2 > 0.0:
        total -= two_income_subtraction(facts, own, federal, total, state)
    return total


@provision
def two_income_subtraction(facts, own, federal, income, state):  # type: ignore[no-untyped-def]
    """What a couple leaves out for two incomes: the smaller of them, up to an amount.

    Law:    Md. Code, Tax-Gen. 10-207(l).
    Form:   Form 502 instructions (2025), worksheet 13D.
    Units:  dollars of the year; `income` of both in the state, without this.
    Tests:  test_maryland_leaves_out_the_smaller_income.
    """
    excluded = _exclusion_of(facts, own, federal, 1, 0.0, state.retirement_exclusion)  # gains are the filer's
    second = income_of_spouse(facts, own, federal) - excluded
    return max(0.0, min(state.two_earners.deduction, min(income - second, second)))


@seldom
def elderly_subtraction(facts, federal, status, law):  # type: ignore[no-untyped-def]
    """What old filers with small incomes leave out: an amount less untaxed Social Security benefits, and by income.

    Law:    Minn. Stat. 290.0802, subd. 2.
    Form:   Schedule M1R (2025).
    Units:  dollars of the year; `law` the state's section of it.
    Not modeled: disability.
    Tests:  test_minnesota_spares_the_old_with_small_incomes.
    """
    old = people_of_age(facts.age1, facts.age2, law.age)
    start = law.start_of_two if old > 1.0 else law.start[status]
    untaxed = facts.ss1 + facts.ss2 - federal.taxable_benefits
    left = law.most[status] - untaxed - law.rate * max(0.0, federal.agi - start)
    return max(0.0, left) if old > 0.0 else 0.0


@provision
def retirement_exclusion(facts, own, federal, gains, law):  # type: ignore[no-untyped-def]
    """The retirement income of filer and spouse that a state leaves out of income.

    Law:    each state's own, see the section `retirement_exclusion` of its file.
    Units:  dollars of the year; `gains` the federal capital gain or loss of the return, `law` that section.
    Tests:  test_the_next_dollars_by_the_statute.
    """
    first = _exclusion_of(facts, own, federal, 0, gains, law)
    return first + _exclusion_of(facts, own, federal, 1, gains, law)


@provision
def _exclusion_of(facts, own, federal, person, gains, law):  # type: ignore[no-untyped-def]
    """What one person leaves out.

    Law:    each state's own.
    """
    age = facts.age1 if person == 0 else facts.age2
    inherited, spared = 0.0, 0.0
    of_the_dead = own.inherited_age >= law.inherited_from_age  # whatever the heir's age: as the one who died had it
    if person == 0 and of_the_dead and own.inherited * law.inherited > 0.0:
        inherited = own.inherited
        spared = min(inherited, law.cap[0] * own.inherited_share)
    if age < law.age[0]:
        return spared
    cap = law.cap[0] if age >= law.age[0] else 0.0
    cap = law.cap[1] if age >= law.age[1] else cap
    cap = law.cap[law.cap.size - 1] if age >= law.age[law.age.size - 1] else cap
    cap -= law.less_benefits * (facts.ss1 if person == 0 else facts.ss2)
    of_person = retirement_of(facts, own, federal, person)
    counted = law.pensions * of_person.pension + law.iras * (of_person.ira - inherited)
    counted += law.conversions * law.iras * of_person.ira_converted
    counted += law.in_plan_conversions * law.pensions * of_person.plan_converted
    counted += law.unearned * _unearned(facts, own, gains, person)
    counted += min(law.earned, _earned(facts, person))
    return spared + max(0.0, min(cap, counted))


@provision
def _unearned(facts, own, gains, person):  # type: ignore[no-untyped-def]
    """Interest, dividends and gains of a person, as far as they are federal income; a loss reduces what else counts.

    Law:    IRC 61(a)(3), (4), (7), 1211(b).
    Form:   IT-511 booklet (2025), retirement income exclusion worksheet, lines 6, 7 and 9.
    """
    both = facts.taxable_interest + facts.ordinary_dividends + gains
    return own.investment_income2 if person > 0 else both - own.investment_income2


@provision
def _earned(facts, person):  # type: ignore[no-untyped-def]
    """Wages and net profit of a person.

    Law:    IRC 32(c)(2)(A).
    """
    first = facts.wages1 + facts.self_employment1
    second = facts.wages2 + facts.self_employment2
    return max(0.0, first if person == 0 else second)
