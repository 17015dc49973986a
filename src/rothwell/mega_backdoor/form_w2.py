"""Form W-2 as each employer should fill it in for the year's plan: box 12 and what it does to box 1.

Law:    IRC 3401(a)(12), 402(e)(3), (g)(6), 402A(a), 457(a), 3121(a)(5), (22), (v)(1)(A); 6051(a).
Form:   General Instructions for Forms W-2 and W-3 (2025), boxes 1, 3, 5, 12, 13 and 14.
Units:  dollars of the year, for one person and employer.
Not modeled: a SIMPLE plan (code S), a SARSEP (code F); other benefits that leave pay before tax; the cost of health
        coverage (code DD), which is no income; excess deferrals paid back in the same year.
Tests:  test_stock_of_incentive_options_bears_no_payroll_tax, test_box_12_by_kind_of_plan,
        test_after_tax_money_is_not_in_box_12, test_box_1_is_pay_less_what_is_pre_tax.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rothwell.household import Household, Job, Person, is_457b, paid_jobs
from rothwell.mega_backdoor.capacity import EmployerCapacity, PersonCapacity
from rothwell.mega_backdoor.job_year import HALF_A_CENT, JobYear, LawOfYear, holds

CODES = {"401k": ("D", "AA"), "403b": ("E", "BB"), "457b": ("G", "EE")}
"""Box 12 by kind of plan: pre-tax deferrals, and designated Roth contributions."""

OPTIONS, HEALTH_SAVINGS = "V", "W"
WAGE_BASE = "oasdi.wage_base"


@dataclass(frozen=True, slots=True)
class Box12:
    """One entry of box 12: its code and its dollars."""

    code: str
    amount: float


@dataclass(frozen=True, slots=True)
class FormW2:
    """Form W-2 in dollars: wages (1), Social Security wages (3), Medicare wages (5), the entries of box 12, whether
    "Retirement plan" is checked (13), after-tax contributions, which box 14 may show."""

    employer: str
    box_1: float
    box_3: float
    box_5: float
    box_12: tuple[Box12, ...]
    box_13_retirement_plan: bool
    box_14_after_tax: float


@dataclass(frozen=True, slots=True)
class _InPlan:
    """What goes into a plan out of a year's pay, dollars: pre-tax, Roth, after-tax, and the employer's money."""

    year: JobYear
    pre_tax: float
    roth: float
    after_tax: float

    @property
    def of_employer(self) -> float:
        return self.year.employer.match + self.year.employer.nonelective


def forms_w2(
    household: Household, person: Person, years: Sequence[JobYear], found: PersonCapacity, law: LawOfYear
) -> tuple[FormW2, ...]:
    """A form for each employer of a person in the year; `years` are the person's years in plans.

    What goes to a health savings account out of pay is taken to go through the first employer of the file.
    """
    held = [job for job in paid_jobs(household.jobs) if job.person == person.name and holds(person, job, law.year)]
    with_plan = [employer for employer in found.employers if employer.lines]
    put_in = [_put_in(year, employer) for year, employer in zip(years, with_plan, strict=False)]
    of_job = [[one for one in put_in if one.year.job.employer == job.employer] for job in held]
    savings = [_health_savings(person, household, law) if place == 0 else (0.0, 0.0) for place in range(len(held))]
    return tuple(_form(job, plans, hsa, law) for job, plans, hsa in zip(held, of_job, savings, strict=True))


def _put_in(year: JobYear, employer: EmployerCapacity) -> _InPlan:
    """What the paychecks give, or what is planned where there are none; an excess counts as the deferrals to come.

    What cannot be reached any more is catch-up that must be Roth first, which goes in last.
    """
    planned, roth = year.deferral.base + year.deferral.catch_up, year.roth_deferrals
    after_tax, short = year.so_far.after_tax + year.left_this_year, 0.0
    if employer.achievable is not None:
        coming = sum(one.elective_deferral for one in employer.paychecks)
        short = max(0.0, planned - max(year.so_far.elective_deferrals, year.so_far.elective_deferrals + coming))
        after_tax = year.so_far.after_tax + sum(one.after_tax for one in employer.paychecks)
    of_roth = min(short, roth if year.terms.deferral_kind == "roth" or year.must_be_roth is not False else 0.0)
    pre_tax = max(0.0, planned - roth - (short - of_roth))
    if year.terms.deferral_kind == "roth":
        return _InPlan(year, pre_tax, roth - of_roth + year.facts.excess, after_tax)
    return _InPlan(year, pre_tax + year.facts.excess, roth - of_roth, after_tax)


def _health_savings(person: Person, household: Household, law: LawOfYear) -> tuple[float, float]:
    """What goes in out of pay, and what the employer puts in, dollars so far."""
    if person.hsa is None or law.year != household.start_year:
        return 0.0, 0.0
    return person.hsa.payroll_contributions, person.hsa.employer_contributions


def _form(job: Job, plans: Sequence[_InPlan], savings: tuple[float, float], law: LawOfYear) -> FormW2:
    out_of_pay, of_employer = savings
    wages = max(0.0, job.pay - out_of_pay)
    payroll_wages = max(0.0, wages - job.stock_without_payroll_tax)
    options = sum(one.amount for one in job.equity_pay if one.kind == "nonqualified_options")
    entries = [entry for one in plans for entry in _deferrals(one)]
    entries += [Box12(OPTIONS, options), Box12(HEALTH_SAVINGS, out_of_pay + of_employer)]
    return FormW2(
        employer=job.employer,
        box_1=max(0.0, wages - sum(one.pre_tax for one in plans)),
        box_3=min(payroll_wages, float(law.figure(WAGE_BASE).value)),
        box_5=payroll_wages,
        box_12=tuple(entry for entry in entries if entry.amount > HALF_A_CENT),
        box_13_retirement_plan=any(_takes_part(one) for one in plans),
        box_14_after_tax=sum(one.after_tax for one in plans),
    )


def _deferrals(one: _InPlan) -> Iterator[Box12]:
    """The codes of a plan; those of a 457(b) plan have the employer's money in them."""
    pre_tax_code, roth_code = CODES[one.year.terms.kind]
    yield Box12(pre_tax_code, one.pre_tax + (one.of_employer if is_457b(one.year.job) else 0.0))
    yield Box12(roth_code, one.roth)


def _takes_part(one: _InPlan) -> bool:
    """Whether anything goes into a plan that makes its member an active participant, IRC 219(g)(5)."""
    return one.pre_tax + one.roth + one.after_tax + one.of_employer > HALF_A_CENT and not is_457b(one.year.job)
