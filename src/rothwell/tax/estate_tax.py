"""Federal estate tax, and the estate and inheritance taxes of the states."""

from __future__ import annotations

from typing import Any

from rothwell.provision import provision
from rothwell.tax.rate_schedule import tax_by_brackets


@provision
def federal_estate_tax(gross_estate, deductions, taxable_gifts, portable_exclusion, law):  # type: ignore[no-untyped-def]
    """The estate tax of a citizen or resident.

    Law:    IRC 2001(b), (c), (g), 2010(c)(2), (4), 2051, 2055, 2056, 2058.
    Form:   Form 706 (2025), Part 2, lines 1 to 12.
    Units:  dollars of the year of death; `deductions` for what goes to the spouse and to charity, for debts and for
            state death taxes; `taxable_gifts` made in life above the annual exclusions, on which no gift tax was paid;
            `portable_exclusion` the unused exclusion of a spouse who died before; `law` the section of the estate tax.
    Not modeled: gift tax paid in life, the credits for foreign tax and for tax on prior transfers.
    Tests:  test_federal_estate_tax_by_hand.
    """
    line_3 = max(0.0, gross_estate - deductions)  # the taxable estate, 2051
    line_9d = law.basic_exclusion + portable_exclusion  # applicable exclusion, 2010(c)(2)
    line_5 = line_3 + taxable_gifts  # 2001(b)(1)
    line_12 = law.rate * max(0.0, line_5 - line_9d)  # what the credit leaves: the graduated rates end below it
    line_12 = min(line_12, law.rate * line_3)  # 2001(b): the gifts themselves are not taxed again
    return line_12


def spared_estate(law: Any) -> float:
    """The largest estate of one who dies without a spouse on which a state's estate tax is nothing, dollars."""
    if law.credit <= 0.0:
        return float(law.exclusion)
    tax, begin = 0.0, 0.0
    for top, rate in zip(law.top, law.rate, strict=False):
        if tax + rate * (top - begin) > law.credit:
            return float(begin + (law.credit - tax) / rate + law.less)
        tax, begin = tax + rate * (top - begin), top
    return float(begin + (law.credit - tax) / law.rate[-1] + law.less)


@provision
def unused_exclusion(basic_exclusion, applicable_exclusion, taxable_estate, taxable_gifts):  # type: ignore[no-untyped-def]
    """What a spouse leaves unused of the exclusion, which the survivor has by election (portability).

    Law:    IRC 2010(c)(4); Reg. 20.2010-2(c)(1).
    Units:  dollars of the year of death; gifts without those on which gift tax was paid.
    Tests:  test_published_examples_of_inheritances.
    """
    return min(basic_exclusion, max(0.0, applicable_exclusion - taxable_estate - taxable_gifts))


@provision
def deduction_for_estate_tax(received, included, of_all, tax_on_all):  # type: ignore[no-untyped-def]
    """What the recipient of income in respect of a decedent deducts for the estate tax on it.

    Law:    IRC 691(c)(1)(A); Reg. 1.691(c)-1(a).
    Units:  dollars; `included` the item's value in the gross estate, `of_all` that of all such items, `tax_on_all` see
            `estate_tax_on_income`.
    Tests:  test_published_examples_of_inheritances.
    """
    return tax_on_all * min(received, included) / of_all if of_all > 0.0 else 0.0


@provision
def estate_tax_on_income(income, gross_estate, deductions, taxable_gifts, portable_exclusion, law):  # type: ignore[no-untyped-def]
    """The federal estate tax on income in respect of a decedent, which its recipients deduct as it is taxed.

    Law:    IRC 691(c)(1)(A), (2)(C); Reg. 1.691(c)-1(a)(2).
    Units:  dollars of the year of death; `income` the net value of all such items that goes to persons, the others as
            for `federal_estate_tax`.
    Not modeled: the generation-skipping tax, 691(c)(3).
    Tests:  test_estate_tax_on_income_in_respect_of_a_decedent.
    """
    whole = federal_estate_tax(gross_estate, deductions, taxable_gifts, portable_exclusion, law)
    without = federal_estate_tax(gross_estate - income, deductions, taxable_gifts, portable_exclusion, law)
    return whole - without


@provision
def state_estate_tax(taxable_estate, unused, law):  # type: ignore[no-untyped-def]
    """A state's estate tax: by its table above its exclusion, or on the whole estate once that is exceeded.

    Law:    each state's own, see law/death_taxes.toml; N.Y. Tax Law 952(c)(1): the amount whose tax is spared shrinks
            from the exclusion to nothing over a twentieth of it; Md. Code, Tax-Gen. 7-309(b)(2): at most 16 percent of
            the excess; 35 ILCS 405/2; M.G.L. c. 65C, section 2A(f): a credit.
    Units:  dollars of the year of death; `taxable_estate` less what goes to the spouse and to charity; `unused` the
            exclusion of a spouse who has died before; `law` the state's record.
    Not modeled: property in other states, gifts of earlier years, elections for the spouse of the state's own.
    Tests:  test_estate_taxes_of_the_states_by_hand.
    """
    exclusion = law.exclusion + (law.portable * min(unused, law.exclusion) if law.portable > 0.0 else 0.0)
    over = max(0.0, taxable_estate - exclusion)
    if over <= 0.0:
        return 0.0
    if law.relative > 0.0:
        return min(law.most, tax_by_brackets(over, law.top, law.rate))
    spared = 0.0 if law.whole > 0.0 else exclusion - law.less
    if law.cliff > 0.0:
        spared = exclusion * max(0.0, 1.0 - over / (law.cliff * exclusion))
    tax = tax_by_brackets(taxable_estate - law.less, law.top, law.rate) - tax_by_brackets(spared, law.top, law.rate)
    return max(0.0, min(tax, law.cap * over) - law.credit)


@provision
def inheritance_tax(received, kin, age, law):  # type: ignore[no-untyped-def]
    """A state's tax on what one person inherits.

    Law:    Ky. Rev. Stat. 140.070, 140.080; Md. Code, Tax-Gen. 7-203, 7-204; Neb. Rev. Stat. 77-2004 to 77-2006;
            N.J.S.A. 54:34-2; 72 P.S. 9116.
    Units:  dollars of the year of death; `kin` the place of the heir in `KIN`, `age` attained in that year; `law` the
            record of the state where the deceased lived.
    Not modeled: aunts and uncles, children-in-law and others that a state puts in a class of their own; retirement
            accounts that Pennsylvania spares at a death before 59 1/2.
    Tests:  test_inheritance_taxes_of_the_states_by_hand.
    """
    if age < law.spared_below_age[int(kin)]:
        return 0.0
    return tax_by_brackets(received, law.top_of[int(kin)], law.rate_of[int(kin)])
