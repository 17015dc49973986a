"""What deducting the owner's plan costs in the deduction for qualified business income, at the own tax rates."""

from __future__ import annotations

from dataclasses import dataclass

from rothwell.household import Household
from rothwell.mega_backdoor.expected_return import expected_return
from rothwell.mega_backdoor.job_year import LawOfYear, rule
from rothwell.mega_backdoor.self_employed_plan import OwnerYear
from rothwell.tax.rate_schedule import tax_by_rate_schedule


@dataclass(frozen=True, slots=True)
class CostOfDeducting:
    """What a deduction for the plan takes from the deduction of IRC 199A, and the tax on that, in dollars."""

    deduction: float
    tax: float


def cost_of_deducting(household: Household, year: OwnerYear, law: LawOfYear) -> CostOfDeducting:
    """The return of the file's income with the deduction for the plan and without it: what IRC 199A allows less.

    Law:    IRC 199A(a), (c)(1); Reg. 1.199A-3(b)(1)(vi): deductions for the owner's plan lower qualified business
            income, and they lower the taxable income that caps the deduction.
    Units:  dollars of the year; the tax is that of the rate schedule on what is not deducted, below nothing where the
            deduction grows because income falls toward the threshold.
    Not modeled: income that the file does not give (interest, gains).
    Tests:  test_deferring_costs_a_fifth_of_the_business_deduction.
    """
    owner = household.person_named(year.business.person)
    expected = expected_return(household, owner, law)
    place = expected.filers.index(owner) + 1
    without = expected.facts._replace(**{f"self_employed_plan{place}": 0.0})
    form = expected.form(expected.conversions)
    lost = float(expected.form(expected.conversions, without).qbi_deduction - form.qbi_deduction)
    taxed = [
        float(
            rule(tax_by_rate_schedule, max(0.0, form.taxable_income - less), expected.status, law.record.rate_schedule)
        )
        for less in (0.0, lost)
    ]
    return CostOfDeducting(lost, taxed[0] - taxed[1])
