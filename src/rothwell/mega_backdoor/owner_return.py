"""What deducting the owner's plan costs in the deduction for qualified business income, at the own tax rates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rothwell.household import Household, paid_jobs
from rothwell.law import HEAD, JOINT, SEPARATE_TOGETHER, SINGLE, SURVIVING, figure
from rothwell.mega_backdoor.job_year import LawOfYear, rule, years_of_jobs
from rothwell.mega_backdoor.self_employed_plan import OwnerYear
from rothwell.provision import plainly
from rothwell.tax.facts import Facts
from rothwell.tax.federal import form_1040
from rothwell.tax.rate_schedule import tax_by_rate_schedule

STATUS = {"single": SINGLE, "mfj": JOINT, "mfs": SEPARATE_TOGETHER, "hoh": HEAD, "qss": SURVIVING}


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
    Not modeled: income that the file does not give (dividends, interest, gains), and a second business on the return.
    Tests:  test_deferring_costs_a_fifth_of_the_business_deduction.
    """
    facts = _facts(household, year, law)
    spouse = household.people[0].name != year.business.person
    without = facts._replace(**{f"self_employed_plan{1 + spouse:d}": 0.0})
    form = _return(household, facts, law)
    lost = float(_return(household, without, law).qbi_deduction - form.qbi_deduction)
    status = STATUS[household.household.filing_status]
    taxed = [
        float(rule(tax_by_rate_schedule, max(0.0, form.taxable_income - less), status, law.record.rate_schedule))
        for less in (0.0, lost)
    ]
    return CostOfDeducting(lost, taxed[0] - taxed[1])


def _return(household: Household, facts: Facts, law: LawOfYear) -> Any:
    return plainly(form_1040)(facts, STATUS[household.household.filing_status], law.record)


def _facts(household: Household, year: OwnerYear, law: LawOfYear) -> Facts:
    """The year's return as far as the file tells it: pay, the business, the children."""
    given: dict[str, float] = {}
    for position, person in enumerate(household.people, start=1):
        given[f"age{position}"] = float(person.age_in(law.year))
        jobs = [job for job in paid_jobs(household.jobs) if job.person == person.name]
        works = person.retirement_year is None or law.year < person.retirement_year
        pay = sum(job.pay for job in jobs) if works else 0.0
        pre_tax = sum(
            one.deferral.base + one.deferral.catch_up * (one.must_be_roth is not True)
            for one in years_of_jobs(household, person, law)
            if one.terms.deferral_kind == "pre_tax"
        )
        given[f"wages{position}"], given[f"medicare_wages{position}"] = max(0.0, pay - pre_tax), pay
    owner = next(place for place, one in enumerate(household.people, start=1) if one.name == year.business.person)
    given[f"self_employment{owner}"] = year.business.net_profit
    given[f"sstb{owner}"] = float(year.business.specified_service)
    given[f"business_wages{owner}"] = year.business.wages_paid
    given[f"self_employed_plan{owner}"] = year.deductible
    under = float(figure("child_tax_credit.age_limit").value(law.year).value)
    given["n_children_u17"] = float(sum(0 <= law.year - one.birth_date.year < under for one in household.children))
    return Facts(**given)
