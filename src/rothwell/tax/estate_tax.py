"""Federal estate tax."""

from __future__ import annotations

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
