"""The arithmetic of Roth money over scalars and short arrays: the ledgers, the forms and the simulator call it.

Conversion layers are an array [layer, part], the earliest year first; the parts are the year of the conversion, what
was taxable in it, and what was not.
"""

from __future__ import annotations

from rothwell.provision import provision

YEAR, TAXABLE, UNTAXED = range(3)
PARTS = (TAXABLE, UNTAXED)  # in the order in which they come out


@provision
def five_years_are_over(first_year, year, years):  # type: ignore[no-untyped-def]
    """Whether the five tax years that begin with a first year are over: 1 yes, 0 no.

    Law:    IRC 408A(d)(2)(B), (3)(F), 402A(d)(2)(B); Reg. 1.408A-6 Q&A-2, 5; 1.402A-1 Q&A-4.
    Units:  calendar years; `first_year` 0 when there was no contribution yet; `years` the figure of the law.
    Tests:  test_exactly_five_tax_years.
    """
    return 1.0 if first_year > 0.0 and year >= first_year + years else 0.0


@provision
def is_qualified(over, age, other_ground, law):  # type: ignore[no-untyped-def]
    """Whether a distribution of Roth money is qualified: 1 yes, 0 no; the first home stands apart.

    Law:    IRC 408A(d)(2)(A)(i)-(iii), 402A(d)(2)(A).
    Units:  `over` 1 when the five years are over; `age` in years on the day, 59.5 from 59 1/2 on; `other_ground` 1
            after death or for disability; `law` the section of early distributions.
    Tests:  test_the_day_of_59_and_a_half_decides.
    """
    ground = 1.0 if age >= law.age else other_ground
    return min(over, ground)


@provision
def draw_layers(amount, layers, taken):  # type: ignore[no-untyped-def]
    """Take an amount out of conversion layers in their order; returns what they do not cover.

    Law:    IRC 408A(d)(4)(B)(ii)(II); Reg. 1.408A-6 Q&A-8: the earliest year first, in it the taxable part first.
    Units:  dollars; `layers` lose what goes into `taken`, an array of the same shape.
    Tests:  test_the_ledger_equals_a_second_one_on_random_histories.
    """
    left = amount
    for layer in range(layers.shape[0]):
        taken[layer, YEAR] = layers[layer, YEAR]
        for part in PARTS:
            taken[layer, part] = min(left, layers[layer, part])
            layers[layer, part] -= taken[layer, part]
            left -= taken[layer, part]
    return left


@provision
def recapture(taken, year, years):  # type: ignore[no-untyped-def]
    """What of conversion layers taken out is treated as income for the 10% tax: taxable parts in their five years.

    Law:    IRC 408A(d)(3)(F), 402A(c)(4)(D); Reg. 1.408A-6 Q&A-5.
    Units:  dollars; `taken` from `draw_layers`; `years` the figure of the law.
    Tests:  test_each_conversion_has_its_own_five_years.
    """
    total = 0.0
    for layer in range(taken.shape[0]):
        within = year < taken[layer, YEAR] + years
        total += taken[layer, TAXABLE] if within else 0.0
    return total


@provision
def basis_recovered(distribution, basis, value):  # type: ignore[no-untyped-def]
    """The basis in a distribution of a designated Roth account.

    Law:    IRC 72(e)(8)(B), 402A(d)(4); Reg. 1.402A-1 Q&A-3, 7.
    Units:  dollars; `value` of all Roth money in the plan, one contract, at the time of the distribution.
    Tests:  test_official_designated_roth_examples.
    """
    share = min(1.0, basis / value) if value > 0.0 else 0.0  # 72(e)(8)(B)
    return distribution * share
