"""The basis of traditional IRAs in a simulated year: what of withdrawals and conversions is not taxed."""

from __future__ import annotations

from rothwell.lifetime.accounts import PEOPLE, pre_tax_balance
from rothwell.lifetime.early_access import PRE_TAX, early_taken
from rothwell.provision import seldom
from rothwell.tax.ira_basis import form_8606_part_1


@seldom
def basis_recovered(conversion, y, state, early):  # type: ignore[no-untyped-def]
    """What Form 8606 leaves untaxed of the year's withdrawals and conversions of traditional IRAs, both persons.

    The value at the year's end is that of the account after the year's withdrawals, with its growth where they come at
    the start of the year. `y.ira_nontaxable` and `y.conversion_untaxed` keep each person's part.

    Law:    IRC 408(d)(1), (2), 72(e)(8).
    Form:   Form 8606 (2025), Part I, of each person.
    Units:  dollars of the year.
    Tests:  test_basis_of_an_ira_comes_out_pro_rata, test_the_backdoor_beside_pre_tax_money_is_taxed_pro_rata.
    """
    share = y.free_pre_tax / y.room_pre_tax if y.room_pre_tax > 0.0 else 0.0
    convertible = 0.0
    for person in range(PEOPLE):
        left = pre_tax_balance(state, person) - y.rmd[person]
        left -= y.accessible[person] * share * left
        left -= early_taken(early, person, y.early_raised, PRE_TAX, PRE_TAX + 1) if y.early_raised > 0.0 else 0.0
        convertible += y.convertible[person] * left
    total = 0.0
    for person in range(PEOPLE):
        basis = state.ira_basis[person] + y.backdoor[person]
        y.ira_nontaxable[person] = 0.0
        y.conversion_untaxed[person] = 0.0
        if basis > 0.0:
            balance = state.traditional_ira[person]
            taken = y.rmd[person] - y.rmd_plan[person]
            taken += y.accessible[person] * share * (balance - taken)
            if y.early_raised > 0.0:
                bearing = (1.0 - state.former_free[person]) * state.former_plan[person]
                of_ira = balance / (bearing + balance) if balance > 0.0 else 0.0
                taken += of_ira * early_taken(early, person, y.early_raised, PRE_TAX, PRE_TAX + 1)
            moved = 0.0
            if conversion > 0.0 and convertible > 0.0:
                moved = y.convertible[person] * (balance - taken) * min(1.0, conversion / convertible)
            year_end = (balance - taken - moved) * y.ira_growth[person]
            converted = moved + y.backdoor[person]
            form = form_8606_part_1(y.backdoor[person], state.ira_basis[person], year_end, taken, converted)
            y.ira_nontaxable[person] = form.nontaxable
            y.conversion_untaxed[person] = converted - form.taxable_conversion
            total += form.nontaxable
    return total
