"""Credits on a state's return."""

from __future__ import annotations

import math

from rothwell.provision import provision
from rothwell.tax.deductions import people_of_age


@provision
def exemption_credits(facts, federal, status, law):  # type: ignore[no-untyped-def]
    """Credits for filers, dependents and the old, as far as income leaves them.

    Law:    each state's own; Cal. Rev. & Tax. Code 17054; Or. Rev. Stat. 316.085.
    Units:  dollars of the year; `law` the state's section of exemption credits.
    """
    over = max(0.0, federal.agi - law.phase_out_start[status])
    steps = math.ceil(over / law.phase_out_step[status]) if over > 0.0 else 0.0
    lost = steps * law.phase_out_amount  # from each credit
    filers = 1.0 + (1.0 if facts.age2 > 0.0 else 0.0)
    old = people_of_age(facts.age1, facts.age2, law.aged_from)
    blind = facts.blind1 + facts.blind2
    dependents = facts.n_children_u17 + facts.n_older_children + facts.n_other_dependents
    of_filers = max(0.0, law.filer[status] + law.aged * old + law.blind * blind - lost * (filers + old + blind))
    of_dependents = max(0.0, dependents * (law.dependent - lost))
    return (of_filers + of_dependents) if federal.agi <= law.income_limit[status] else 0.0


@provision
def property_tax_credit(facts, federal, status, law):  # type: ignore[no-untyped-def]
    """A share of real estate taxes as a credit.

    Law:    each state's own; 35 ILCS 5/208.
    Units:  dollars of the year; `law` the state's section of the credit.
    """
    return law.share * facts.real_estate_tax if federal.agi <= law.income_limit[status] else 0.0


@provision
def itemizer_credit(facts, federal, law):  # type: ignore[no-untyped-def]
    """A credit for those who itemize on both returns.

    Law:    O.C.G.A. 48-7-27.1.
    Units:  dollars of the year; `law` the state's section of the credit.
    Tests:  test_georgia_pays_each_itemizer.
    """
    filers = 1.0 + (1.0 if facts.age2 > 0.0 else 0.0)
    return law.each * filers * federal.itemizes
