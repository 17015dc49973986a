"""Form 8606 as a preview: basis in traditional IRAs, conversions, and distributions of Roth IRAs, line by line.

Law:    IRC 408(d)(1), (2), (o), 408A(d)(3), (4), 72(t)(8)(B); Reg. 1.408A-10 Q&A-3.
Form:   Form 8606 (2025), lines 1 to 25c.
Units:  dollars, not rounded; one person.
Not modeled: disaster distributions (lines 15b and 25b) and repayments; returned and recharacterized contributions.
Tests:  test_official_form_8606_previews, test_part_3_of_form_8606_says_what_the_ledger_says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rothwell.errors import InputError
from rothwell.mega_backdoor.form_line import FormLine
from rothwell.mega_backdoor.roth_basis import RothIraDistribution, RothIras
from rothwell.mega_backdoor.roth_money import law_of_distributions, ran, total_of
from rothwell.tax.ira_basis import form_8606_part_1, form_8606_part_3

NO_DISASTER = 0.0


@dataclass(frozen=True, slots=True)
class TraditionalIraYear:
    """A year of all traditional, SEP and SIMPLE IRAs of a person, dollars.

    nondeductible           contributions for the year that are not deducted, also those made by the due date
    made_after_the_year     of them, what was made after 31 December
    basis                   carried from earlier years, line 14 of the last form, with basis rolled in from plans
    year_end_value          on 31 December
    outstanding_rollovers   paid out within 60 days of the year's end and rolled over in the next year
    distributions           without conversions, rollovers, gifts to charity and returned contributions
    converted               to Roth IRAs, net
    """

    nondeductible: float = 0.0
    made_after_the_year: float = 0.0
    basis: float = 0.0
    year_end_value: float = 0.0
    outstanding_rollovers: float = 0.0
    distributions: float = 0.0
    converted: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        for field in self.__dataclass_fields__:
            if not 0.0 <= getattr(self, field) < float("inf"):
                raise InputError("must be dollars, not negative", field=field, found=getattr(self, field))
        if self.made_after_the_year > self.nondeductible:
            allowed = f"0 to {self.nondeductible:,.2f} dollars"
            found = self.made_after_the_year
            raise InputError("is more than line 1", field="made_after_the_year", found=found, allowed=allowed)


def part_1_and_2(year: TraditionalIraYear) -> tuple[FormLine, ...]:
    """Parts I and II: what of distributions and conversions is taxable, and the basis of later years.

    Law:    IRC 408(d)(1), (2), 72(e)(8), 408A(d)(3)(A)(i).
    Form:   Form 8606 (2025), lines 1 to 18; line 10 is not rounded, the form asks for three places at least.
    Tests:  test_official_form_8606_previews, test_lines_of_form_8606_add_up.
    """
    line_1, line_2, line_4 = year.nondeductible, year.basis, year.made_after_the_year
    line_6 = year.year_end_value + year.outstanding_rollovers
    found = ran(form_8606_part_1, line_1 - line_4, line_2, line_6, year.distributions, year.converted)
    line_12 = year.distributions - found.taxable_withdrawals
    line_11 = year.converted - found.taxable_conversion
    line_9 = line_6 + year.distributions + year.converted
    line_5 = line_1 + line_2 - line_4
    line_10 = min(1.0, line_5 / line_9) if line_9 > 0.0 else 0.0
    return (
        FormLine("1", "Nondeductible contributions for the year", line_1),
        FormLine("2", "Basis in traditional IRAs of earlier years", line_2),
        FormLine("3", "Lines 1 and 2", line_1 + line_2),
        FormLine("4", "Contributions on line 1 made after the year's end", line_4),
        FormLine("5", "Line 3 less line 4", line_5),
        FormLine("6", "Value on 31 December, with outstanding rollovers", line_6),
        FormLine("7", "Distributions", year.distributions),
        FormLine("8", "Converted to Roth IRAs", year.converted),
        FormLine("9", "Lines 6, 7 and 8", line_9),
        FormLine("10", "Line 5 divided by line 9, at most 1", line_10),
        FormLine("11", "Nontaxable part of line 8", line_11),
        FormLine("12", "Nontaxable part of line 7", line_12),
        FormLine("13", "Lines 11 and 12", float(found.nontaxable)),
        FormLine("14", "Basis in traditional IRAs of later years", float(found.basis_carried) + line_4),
        FormLine("15a", "Line 7 less line 12", float(found.taxable_withdrawals)),
        FormLine("15b", "Part of line 15a from disaster distributions", NO_DISASTER),
        FormLine("15c", "Taxable distributions", float(found.taxable_withdrawals)),
        FormLine("16", "Converted to Roth IRAs", year.converted),
        FormLine("17", "Basis in line 16", line_11),
        FormLine("18", "Taxable part of the conversion", float(found.taxable_conversion)),
    )


def part_3(iras: RothIras, distributions: Iterable[RothIraDistribution]) -> tuple[FormLine, ...]:
    """Part III: nonqualified distributions of Roth IRAs in a year.

    `iras` is the ledger before the year's distributions, with what went in for the year. Line 22 holds contributions
    and the basis that came from designated Roth accounts; line 24 conversions and rollovers of plan money that was not
    Roth, after-tax money among it.

    Law:    IRC 408A(d)(4); Reg. 1.408A-10 Q&A-3; 72(t)(8)(B).
    Form:   Form 8606 (2025), lines 19 to 25c, and the instructions for lines 22 and 24.
    Tests:  test_part_3_of_form_8606_says_what_the_ledger_says.
    """
    records = tuple(distributions)
    line_19 = sum(one.amount - one.qualified + one.first_home for one in records)
    line_20 = sum(one.first_home for one in records)
    line_21 = max(0.0, line_19 - line_20)
    line_22, line_24 = iras.contributions, total_of(iras.conversions)
    line_23 = max(0.0, line_21 - line_22)
    taxable = 0.0
    if records:
        law = law_of_distributions(records[0].year).early_distribution
        taxable = float(ran(form_8606_part_3, line_19, line_20, line_22, line_24, law).taxable)
    return (
        FormLine("19", "Nonqualified distributions of Roth IRAs, with those for a first home", line_19),
        FormLine("20", "Qualified expenses of a first home", line_20),
        FormLine("21", "Line 19 less line 20", line_21),
        FormLine("22", "Basis in contributions, with basis from designated Roth accounts", line_22),
        FormLine("23", "Line 21 less line 22", line_23),
        FormLine("24", "Basis in conversions and in rollovers of plan money that was not Roth", line_24),
        FormLine("25a", "Line 23 less line 24", taxable),
        FormLine("25b", "Part of line 25a from disaster distributions", NO_DISASTER),
        FormLine("25c", "Taxable distributions", taxable),
    )
