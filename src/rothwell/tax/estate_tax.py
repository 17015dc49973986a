"""Federal estate tax, and the estate and inheritance taxes of the states."""

from __future__ import annotations

import math

from rothwell.provision import provision


@provision
def federal_estate_tax(gross_estate, deductions, portable_exclusion, law):  # type: ignore[no-untyped-def]
    """The estate tax of a citizen or resident who has made no taxable gifts.

    Law:    IRC 2001(b), (c), 2010(c)(2), (4), 2051, 2055, 2056, 2058.
    Form:   Form 706 (2025), Part 2, lines 1 to 12.
    Units:  dollars of the year of death; `deductions` for what goes to the spouse and to charity, for debts and for
            state death taxes; `portable_exclusion` the unused exclusion of a spouse who died before; `law` the section
            of the estate tax.
    Not modeled: gifts of earlier years, the credits for foreign tax and for tax on prior transfers.
    Tests:  test_federal_estate_tax_by_hand.
    """
    line_3 = max(0.0, gross_estate - deductions)  # the taxable estate, 2051
    line_9d = law.basic_exclusion + portable_exclusion  # applicable exclusion, 2010(c)(2)
    line_12 = law.rate * max(0.0, line_3 - line_9d)  # what the credit leaves: the graduated rates end below it
    return line_12


@provision
def state_estate_tax(taxable_estate, survivor, law):  # type: ignore[no-untyped-def]
    """A state's estate tax: by its table above its exclusion, or on the whole estate once that is exceeded.

    Law:    each state's own, see law/death_taxes.toml; N.Y. Tax Law 952(c)(1): what the exclusion spares is lost over a
            twentieth of it; Md. Code, Tax-Gen. 7-309(b)(2): at most 16 percent of the excess.
    Units:  dollars of the year of death; `taxable_estate` less what goes to the spouse and to charity; `survivor` 1
            where a spouse has died before; `law` the state's record.
    Not modeled: property in other states, gifts of earlier years, elections for the spouse of the state's own; the
            state's tax is no deduction from itself.
    Tests:  test_estate_taxes_of_the_states_by_hand.
    """
    exclusion = law.exclusion * (1.0 + law.portable * survivor)
    over = max(0.0, taxable_estate - exclusion)
    if over <= 0.0:
        return 0.0
    if law.relative > 0.0:
        return min(law.most, _by_table(over, law))
    tax = _by_table(taxable_estate - law.less, law)
    if law.whole <= 0.0:
        tax -= _by_table(exclusion - law.less, law)
    lost = over / (law.cliff * exclusion) if law.cliff > 0.0 else 1.0  # of what the exclusion spares
    return min(tax * min(1.0, lost), law.cap * over)


@provision
def inheritance_tax(received, child, law):  # type: ignore[no-untyped-def]
    """A state's tax on what one person inherits.

    Law:    Md. Code, Tax-Gen. 7-203, 7-204; Neb. Rev. Stat. 77-2004, 77-2006; N.J.S.A. 54:34-2; 72 P.S. 9116.
    Units:  dollars of the year of death; `child` 1 for a child of the deceased; `law` the record of the state where
            the deceased lived.
    Not modeled: brothers and sisters, nephews and nieces, whom some states tax less than strangers; retirement accounts
            that Pennsylvania spares at a death before 59 1/2.
    Tests:  test_inheritance_taxes_of_the_states_by_hand.
    """
    rate = law.child_rate if child > 0.0 else law.other_rate
    exempt = law.child_exempt if child > 0.0 else law.other_exempt
    return rate * max(0.0, received - exempt)


@provision
def _by_table(amount, law):  # type: ignore[no-untyped-def]
    """The tax by a state's table.

    Law:    each state's own.
    """
    tax, begin = 0.0, 0.0
    for bracket in range(law.top.size):
        end = min(max(0.0, amount), law.top[bracket])
        tax += law.rate[bracket] * (end - begin)
        begin = end
        if law.top[bracket] == math.inf:
            break
    return tax + law.rate[law.top.size] * (max(0.0, amount) - begin)
