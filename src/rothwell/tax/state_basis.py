"""Contributions that a state has taxed already: what of a distribution it leaves untaxed."""

from __future__ import annotations

from rothwell.provision import provision


@provision
def state_basis_recovered(basis, taken, year_end_value, law):  # type: ignore[no-untyped-def]
    """What a state leaves untaxed of the year's distributions and conversions: its own basis, first or in proportion.

    In proportion, a dollar taken bears the share that basis has of all that is there: the value at the year's end and
    what was taken in the year. Taking everything recovers all basis.

    Law:    N.J.S.A. 54A:5-1(j), Technical Bulletin GIT-1 and 2 (in proportion); M.G.L. c. 62, section 2(a)(2)(F), TIR
            10-8, and 72 P.S. 7303(a)(7) (first).
    Form:   GIT-1 and 2, Worksheet C; Schedule X of Form 1 (Massachusetts), line 2.
    Units:  dollars of one person; `taken` what the state would tax without basis; `law` the state's section of it.
    Tests:  test_new_jersey_taxes_of_a_conversion_what_it_has_not_taxed, test_massachusetts_gives_basis_back_first.
    """
    whole = taken + year_end_value
    of_a_dollar = min(1.0, basis / whole) if whole > 0.0 else 0.0  # basis in each dollar taken
    in_proportion = taken * of_a_dollar
    first = min(basis, taken)
    return in_proportion if law.in_proportion > 0.0 else law.first * first
