"""Money that goes every year into accounts outside plans: the ordinary backdoor, and health savings accounts."""

from __future__ import annotations

from rothwell.lifetime.accounts import PEOPLE
from rothwell.mega_backdoor.owner_contributions import earned_income
from rothwell.provision import seldom
from rothwell.tax.ira_contributions import ira_compensation, ira_limit


@seldom
def contribute_outside_plans(y, state, people, cash_floor, law):  # type: ignore[no-untyped-def]
    """Contributions of every year that the file asks for, while somebody works.

    They are paid out of taxable money above the cash floor that is there when the year begins, so that no year of work
    is short of cash for them. The backdoor puts in what is not deducted and converts it at once; pre-tax money in
    traditional IRAs makes a part of it taxable.

    Law:    IRC 408(d)(2), 408(o), 408A(d)(3); 223(b)(1) to (3), (5), (7).
    Units:  dollars of the year.
    Not modeled: contributions to IRAs that are deducted, or go to a Roth IRA without the backdoor; the coverage of a
            health plan ends with work, or at the age of Medicare; contributions through a cafeteria plan, which spare
            payroll tax.
    Tests:  test_the_backdoor_of_every_year_is_a_layer_of_its_year, test_an_hsa_is_filled_until_medicare.
    """
    able = max(0.0, state.taxable - cash_floor * y.price_level) if y.jobs > 0.0 else 0.0
    for person in range(PEOPLE):
        one = people[person]
        if able > 0.0 and y.alive[person] > 0.0 and one.backdoor + one.hsa_family + one.hsa_self_only > 0.0:
            if one.backdoor > 0.0:
                y.backdoor[person] = min(able, _ira_room(y, person, law))
            able -= y.backdoor[person]
            covered = 1.0 if y.age[person] < law.irmaa.eligible_age else 0.0
            catch_up = law.hsa.catch_up if y.age[person] >= law.hsa.catch_up_age else 0.0
            room = one.hsa_family * law.hsa.family + one.hsa_self_only * law.hsa.self_only + catch_up
            has_one = 1.0 if one.hsa_family + one.hsa_self_only > 0.0 else 0.0
            y.hsa_contribution[person] = covered * has_one * min(able, room)
            able -= y.hsa_contribution[person]


@seldom
def _ira_room(y, person, law):  # type: ignore[no-untyped-def]
    """What a person may put into IRAs in the year; a spouse's compensation helps the lower earner.

    What one has put in on the strength of the other's compensation is gone for the other.

    Law:    IRC 219(b)(1), (5), (c).
    Units:  dollars of the year.
    Not modeled: deferrals that the year's cash cuts later, which leave more compensation than is counted here.
    Tests:  test_the_backdoor_stays_within_pay_less_pre_tax_deferrals, test_a_couple_puts_in_no_more_than_both_earn,
            test_an_owners_backdoor_stays_within_earned_income.
    """
    own, of_spouse = _compensation(y, person, law), _compensation(y, 1 - person, law)
    put_in = y.backdoor[1 - person]
    counted = min(ira_compensation(own, of_spouse, put_in), own + of_spouse - put_in)
    return ira_limit(y.age[person], counted, law.ira)


@seldom
def _compensation(y, person, law):  # type: ignore[no-untyped-def]
    """Wages included in income, Roth deferrals among them, and earned income of a business.

    Law:    IRC 219(f)(1), 402(e)(3), 401(c)(2)(A)(v), (vi): less what goes into the owner's plan and half of the
            self-employment tax.
    Units:  dollars of the year.
    """
    included = y.pay[person] - y.deferral_pre_tax[person]
    if y.business[person] > 0.0:
        wages = y.pay[person] - y.owner_pay[person] - y.payroll_free[person]
        included -= y.business[person] - earned_income(y.business[person], wages, law)
    return max(0.0, included)


@seldom
def pay_from_hsa(y, state, law):  # type: ignore[no-untyped-def]
    """From 65 on health savings accounts pay Medicare premiums and other costs of health, untaxed, while they last.

    Law:    IRC 223(d)(2)(A), (C)(iv), (f)(1).
    Units:  dollars of the year; each account pays in proportion to its balance.
    Not modeled: costs before the owner's own 65, for which the account is left to grow; the premium of a Part D plan.
    Tests:  test_an_hsa_pays_medicare_premiums_untaxed.
    """
    held = 0.0
    for person in range(PEOPLE):
        held += y.alive[person] * state.hsa[person] if y.age[person] >= law.irmaa.eligible_age else 0.0
    of_medicare = y.premiums - y.marketplace_premiums - y.supplement_premiums
    y.hsa_paid = min(held, of_medicare + y.medical)
    if y.hsa_paid > 0.0:
        share = y.hsa_paid / held
        for person in range(PEOPLE):
            if y.age[person] >= law.irmaa.eligible_age:
                state.hsa[person] -= y.alive[person] * share * state.hsa[person]


@seldom
def room_in_hsas(y, state, law):  # type: ignore[no-untyped-def]
    """What health savings accounts can give as ordinary income; before 65 they are left for health costs.

    Law:    IRC 223(f)(2), (4)(C).
    Units:  dollars of the year.
    Tests:  test_an_hsa_is_the_last_source_after_65_and_taxed.
    """
    total = 0.0
    for person in range(PEOPLE):
        total += y.alive[person] * state.hsa[person] if y.age[person] >= law.irmaa.eligible_age else 0.0
    return total


@seldom
def take_hsa(y, state, law):  # type: ignore[no-untyped-def]
    """Take the year's taxable withdrawal out of the health savings accounts.

    Law:    IRC 223(f)(2).
    """
    share = min(1.0, y.withdrawal_hsa / y.room_hsa)
    for person in range(PEOPLE):
        if y.age[person] >= law.irmaa.eligible_age:
            state.hsa[person] -= y.alive[person] * share * state.hsa[person]
