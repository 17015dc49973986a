"""The income that a state taxes, before its deductions."""

from __future__ import annotations

from rothwell.provision import provision
from rothwell.tax.state_facts import retirement_of


@provision
def income_from_federal(facts, own, federal, state):  # type: ignore[no-untyped-def]
    """Federal adjusted gross income with what a state adds and leaves out.

    Law:    31 USC 3124(a): interest on obligations of the United States is exempt; 45 USC 231m: so are railroad
            retirement benefits. The rest is each state's own, see its file; none of those held taxes Social Security.
    Units:  dollars of the year.
    Not modeled: refunds of state tax that were federal income; lump sums taxed by Form 4972.
    Tests:  test_states_agree_with_the_independent_returns.
    """
    added = state.income.exempt_interest_taxed * own.other_states_interest + own.other_additions
    added += state.income.own_interest_taxed * (facts.tax_exempt_interest - own.other_states_interest)
    added += state.income.hsa_taxed * (facts.hsa_deduction + own.hsa_at_work)
    left_out = federal.taxable_benefits + own.us_interest + own.other_subtractions + own.state_basis_recovered
    left_out += retirement_exclusion(facts, own, federal, state.retirement_exclusion)
    return federal.agi + added - left_out


@provision
def retirement_exclusion(facts, own, federal, law):  # type: ignore[no-untyped-def]
    """The retirement income of filer and spouse that a state leaves out of income.

    Law:    each state's own, see the section `retirement_exclusion` of its file.
    Units:  dollars of the year; `law` that section.
    Tests:  test_the_next_dollars_by_the_statute.
    """
    return _exclusion_of(facts, own, federal, 0, law) + _exclusion_of(facts, own, federal, 1, law)


@provision
def _exclusion_of(facts, own, federal, person, law):  # type: ignore[no-untyped-def]
    """What one person leaves out.

    Law:    each state's own.
    """
    age = facts.age1 if person == 0 else facts.age2
    cap = law.cap[0] if age >= law.age[0] else 0.0
    cap = law.cap[1] if age >= law.age[1] else cap
    cap = law.cap[law.cap.size - 1] if age >= law.age[law.age.size - 1] else cap
    of_person = retirement_of(facts, own, federal, person)
    counted = law.pensions * of_person.pension + law.iras * of_person.ira
    counted += law.conversions * law.iras * of_person.ira_converted
    counted += law.in_plan_conversions * law.pensions * of_person.plan_converted
    counted += law.unearned * _unearned(facts, own, federal, person)
    counted += min(law.earned, _earned(facts, person))
    return max(0.0, min(cap, counted))


@provision
def _unearned(facts, own, federal, person):  # type: ignore[no-untyped-def]
    """Interest, dividends and gains of a person, as far as they are federal income.

    Law:    IRC 61(a)(3), (4), (7).
    """
    gain = max(0.0, facts.st_gain + facts.lt_gain - facts.st_loss_carryover - facts.lt_loss_carryover)
    both = facts.taxable_interest + facts.ordinary_dividends + gain
    return own.investment_income2 if person > 0 else max(0.0, both - own.investment_income2)


@provision
def _earned(facts, person):  # type: ignore[no-untyped-def]
    """Wages and net profit of a person.

    Law:    IRC 32(c)(2)(A).
    """
    first = facts.wages1 + facts.self_employment1
    second = facts.wages2 + facts.self_employment2
    return max(0.0, first if person == 0 else second)
