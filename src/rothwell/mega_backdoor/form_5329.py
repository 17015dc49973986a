"""Form 5329, Part I, and Form 1040, lines 4 and 5, as previews.

Law:    IRC 72(t); 408A(d)(3)(F), 402A(c)(4)(D).
Form:   Form 5329 (2025), lines 1 to 4; Form 1040 (2025), lines 4a to 5c, Schedule 2, line 8.
Units:  dollars, not rounded; Form 5329 of one person, Form 1040 of the return.
Not modeled: 25% of SIMPLE IRAs; disaster distributions, Form 8915-F; a return that need not attach Form 5329.
Tests:  test_form_5329_shows_the_exceptions, test_lines_4_and_5_of_form_1040.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rothwell.mega_backdoor.form_line import FormLine
from rothwell.mega_backdoor.roth_basis import RothIraDistribution
from rothwell.mega_backdoor.roth_money import (
    EXCEPTIONS,
    FIRST_HOME,
    SEVERAL_EXCEPTIONS,
    AdditionalTax,
    Exempt,
    law_of_distributions,
    ran,
)
from rothwell.tax.early_distributions import early_amount_tax

ROLLOVER = "Rollover"


def part_1(
    year: int, taxes: Iterable[AdditionalTax], roth_ira_distributions: Sequence[RothIraDistribution] = ()
) -> tuple[FormLine, ...]:
    """Part I: the additional tax on early distributions of a person's year.

    `taxes` are those of payments from plans and traditional IRAs; Roth IRAs come with their distributions. What paid
    for a first home, line 20 of Form 8606, stands on line 1 and, with exception 09, on line 2.

    Law:    IRC 72(t)(1), (2), 408A(d)(3)(F).
    Form:   Form 5329 (2025), lines 1 to 4.
    Tests:  test_form_5329_shows_the_exceptions.
    """
    every = [*taxes, *(one.additional_tax for one in roth_ira_distributions)]
    home = sum(one.first_home for one in roth_ira_distributions)
    used = [one for tax in every for one in tax.exceptions]
    used += [Exempt(FIRST_HOME, home)] if home > 0.0 else []
    line_1 = sum(tax.line_1 for tax in every) + home
    line_2 = sum(one.amount for one in used)
    law = law_of_distributions(year).early_distribution
    line_4 = float(ran(early_amount_tax, line_1, line_2, law))
    return (
        FormLine("1", "Early distributions included in income, and recaptured conversions", line_1),
        FormLine("2", "Early distributions not subject to the additional tax", line_2, exception_number(used)),
        FormLine("3", "Amount subject to the additional tax", line_1 - line_2),
        FormLine("4", "Additional tax, to Schedule 2, line 8", line_4),
    )


def exception_number(used: Iterable[Exempt]) -> str:
    """What goes into the box of line 2: the number of the exception, 99 for several, nothing for none."""
    numbers = {EXCEPTIONS[one.name][0] for one in used if one.amount > 0.0}
    return numbers.pop() if len(numbers) == 1 else SEVERAL_EXCEPTIONS if numbers else ""


@dataclass(frozen=True, slots=True)
class Received:
    """A distribution as Form 1040 asks for it: the gross amount, what of it is taxable, what was rolled over.

    A conversion is not `rolled_over` here; money that goes from a plan to a Roth IRA, or within a plan to Roth, is.
    """

    amount: float
    taxable: float
    from_ira: bool
    rolled_over: float = 0.0


def form_1040_lines(received: Iterable[Received]) -> tuple[FormLine, ...]:
    """Lines 4a to 5b: distributions of IRAs and of plans; the total stays empty (0) where all of it is taxable.

    Form:   Form 1040 (2025), lines 4a, 4b, 5a, 5b: where money was rolled over, the box "Rollover" of line 4c or 5c is
            checked (before 2025 the word stood beside the taxable amount).
    Tests:  test_lines_4_and_5_of_form_1040.
    """
    every = tuple(received)
    return (*_lines("4", "IRA distributions", every, True), *_lines("5", "Pensions and annuities", every, False))


def _lines(number: str, words: str, every: Sequence[Received], from_ira: bool) -> tuple[FormLine, FormLine]:
    ones = [one for one in every if one.from_ira is from_ira]
    total, taxable = sum(one.amount for one in ones), sum(one.taxable for one in ones)
    rolled = any(one.rolled_over > 0.0 for one in ones)
    return (
        FormLine(f"{number}a", words, total if rolled or taxable != total else 0.0),
        FormLine(f"{number}b", f"{words}, taxable amount", taxable, ROLLOVER if rolled else ""),
    )
