"""Income by a state's own classes, none of which is set off against another."""

from __future__ import annotations

from rothwell.provision import seldom
from rothwell.tax.state_facts import retirement_of


@seldom
def income_by_classes(facts, own, federal, excluded, state):  # type: ignore[no-untyped-def]
    """Compensation, business, interest, dividends, gains and retirement income, each at least nothing.

    Law:    72 P.S. 7303(a); 61 Pa. Code 121.15(d); N.J.S.A. 54A:5-1, 54A:5-2.
    Units:  dollars of the year; `excluded` retirement income left out; losses carried from earlier years do not count.
    Not modeled: rents, royalties, estates and games of chance beyond `other_income`.
    Tests:  test_pennsylvania_sets_no_class_off_against_another,
            test_a_business_loss_in_pennsylvania_stays_with_its_owner,
            test_new_jersey_sets_no_category_off_against_another.
    """
    rule = state.income
    compensation = facts.wages1 + facts.wages2 + rule.deferrals_taxed * own.deferrals + rule.hsa_taxed * own.hsa_at_work
    compensation -= (1.0 - rule.hsa_taxed) * facts.hsa_deduction
    first, second = facts.self_employment1, facts.self_employment2
    business = max(0.0, first + second)
    business = max(0.0, first) + max(0.0, second) if rule.spouses_apart > 0.0 else business
    interest = facts.taxable_interest - own.us_interest + rule.exempt_interest_taxed * own.other_states_interest
    gains = max(0.0, facts.st_gain + facts.lt_gain)
    total = compensation + business + max(0.0, interest) + facts.ordinary_dividends + gains
    retired = 0.0
    for person in range(1 + 1):
        of_person = retirement_of(facts, own, federal, person)
        retired += of_person.pension + of_person.ira
        retired += rule.ira_gifts_taxed * (facts.qcd2 if person > 0 else facts.qcd1)
        retired += (1.0 - rule.conversions_spared) * (of_person.ira_converted + of_person.plan_converted)
    withheld = rule.conversions_spared * (own.converted_withheld1 + own.converted_withheld2)
    total += max(0.0, retired + withheld - excluded - own.state_basis_recovered)
    return total + max(0.0, facts.other_income) + own.other_additions - own.other_subtractions
