"""The federal return of a year as the household file lets one expect it: for limits by income, and for tax to pay.

What goes in: pay less pre-tax deferrals and what goes to an HSA out of pay; dividends and interest of taxable
accounts at the yields of the market, and capital losses carried into the start year; the profit of a business less
the owner's plan; pensions and benefits that have begun; [[incomes]]; deductible HSA contributions so far; taxable
distributions of IRAs; the conversions, gains and other income of [[payments.income]]. A vest or a bonus there is part
of the pay of a job.

Law:    IRC 61, 62, 219(g)(3), 408A(c)(3)(B).
Units:  dollars of the year; pay, pensions and benefits as written for the start year; a benefit counts for the whole
        of its first year.
Not modeled: interest and gains that the file does not list; required distributions not taken yet;
        itemized deductions; earnings taxed at an in-plan conversion; a spouse's income on separate returns.
Tests:  test_the_expected_magi_is_pay_less_deferrals, test_expected_income_by_hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rothwell.household import Household, Person, is_457b, paid_jobs, taxable_income
from rothwell.law import HEAD, JOINT, SEPARATE_TOGETHER, SINGLE, SURVIVING, figure, first_complete_year
from rothwell.mega_backdoor.benefit_of_year import benefit_of_year
from rothwell.mega_backdoor.job_year import JobYear, LawOfYear, holds, rule, works
from rothwell.mega_backdoor.owner_contributions import earned_income
from rothwell.mega_backdoor.related_employers import years_of
from rothwell.mega_backdoor.self_employed_plan import OwnerYear, pay_of, wages_of
from rothwell.provision import plainly
from rothwell.tax.facts import Facts
from rothwell.tax.federal import Form1040, form_1040
from rothwell.tax.ira_basis import TraditionalIra, form_8606_part_1

STATUS = {"single": SINGLE, "mfj": JOINT, "mfs": SEPARATE_TOGETHER, "hoh": HEAD, "qss": SURVIVING}
"""The filing statuses of the file in those of the law; who files separately is taken to live with the spouse."""

GIVEN, COMPUTED, UNKNOWN = "given", "computed", "unknown"
TRADITIONAL = "traditional_ira"


YearsByName = dict[str, tuple[list[JobYear], OwnerYear | None]]


@dataclass(frozen=True, slots=True)
class ExpectedReturn:
    """A return that is expected: who files it, its facts, and its income where it is given.

    `agi` is that of the facts, without conversions, None when the law of the year is not held in full. By name: `wages`
    are those included in income, `earned` is income from a business less its deductions, IRC 401(c)(2), and `covered`
    says whom a plan at work covers. `undecided_catch_up` counts as Roth because nothing tells whether it must be.
    `years` are those of everybody's plans at work, by name.
    """

    filers: tuple[Person, ...]
    status: int
    law: LawOfYear
    facts: Facts
    agi: float | None
    conversions: float
    given_magi: float | None
    wages: dict[str, float]
    earned: dict[str, float]
    covered: dict[str, bool]
    undecided_catch_up: float
    years: YearsByName

    def compensation(self, person: Person) -> float:
        """What a person may put into IRAs at most, IRC 219(f)(1): pay included in income, and earned income."""
        return self.wages[person.name] + self.earned[person.name]

    @property
    def known(self) -> bool:
        """Whether the law of the year is held in full, so that a return can be computed."""
        return self.agi is not None

    @property
    def magi_source(self) -> str:
        """Whether the income is given in the file or computed."""
        return GIVEN if self.given_magi is not None else COMPUTED if self.known else UNKNOWN

    @property
    def magi_roth(self) -> float | None:
        """Modified adjusted gross income for Roth IRAs: without conversions, IRC 408A(c)(3)(B)(i)."""
        return self.agi if self.given_magi is None else self.given_magi

    @property
    def magi_deduction(self) -> float | None:
        """Modified adjusted gross income for the IRA deduction: conversions count, IRC 219(g)(3)(A)."""
        if self.given_magi is not None:
            return self.given_magi + self.conversions
        return float(self.form(self.conversions).agi) if self.conversions and self.known else self.agi

    def form(self, ordinary: float = 0.0, taken_off: Facts | None = None) -> Form1040:
        """The return with so much more ordinary income of IRAs, or of other facts; without conversions of its own."""
        facts = self.facts if taken_off is None else taken_off
        if self.given_magi is not None and self.agi is not None:
            beyond = self.given_magi - self.agi
            facts = facts._replace(
                other_income=facts.other_income + max(0.0, beyond),
                other_adjustments=facts.other_adjustments + max(0.0, -beyond),
            )
        facts = facts._replace(ira_distributions=facts.ira_distributions + ordinary)
        return _form(facts, self.status, self.law)


def _form(facts: Facts, status: int, law: LawOfYear) -> Form1040:
    form: Form1040 = plainly(form_1040)(facts, status, law.record)
    return form


def expected_return(household: Household, person: Person, law: LawOfYear) -> ExpectedReturn:
    """The return on which a person's income of a year will stand."""
    return expected_returns(household, law)[person.name]


def expected_returns(household: Household, law: LawOfYear) -> dict[str, ExpectedReturn]:
    """The return on which each person's income of a year will stand, by name: spouses may share one."""
    years = {one.name: years_of(household, one, law) for one in household.people}
    if STATUS[household.household.filing_status] == SEPARATE_TOGETHER:
        return {one.name: _expected(household, (one,), years, law) for one in household.people}
    together = _expected(household, household.people, years, law)
    return {one.name: together for one in household.people}


def _expected(
    household: Household,
    filers: tuple[Person, ...],
    years: YearsByName,
    law: LawOfYear,
) -> ExpectedReturn:
    status, now = STATUS[household.household.filing_status], law.year == household.start_year
    wages = {one.name: _wages(household, one, years[one.name][0], law) for one in filers}
    owners = {one.name: years[one.name][1] for one in filers}
    facts = _facts(household, filers, wages, law)._replace(**_businesses(household, filers, owners, law))
    known = law.year >= first_complete_year()
    return ExpectedReturn(
        filers=filers,
        status=status,
        law=law,
        facts=facts,
        agi=float(_form(facts, status, law).agi) if known else None,
        conversions=_conversions(household, filers) if now else 0.0,
        given_magi=household.household.expected_magi if now else None,
        wages=wages,
        earned={one.name: _earned(household, one, owners[one.name], law) for one in filers},
        covered={one.name: _covered(one, *years[one.name], now) for one in household.people},
        undecided_catch_up=sum(_undecided(year) for one in filers for year in years[one.name][0]),
        years=years,
    )


def traditional_so_far(household: Household, person: Person) -> TraditionalIra:
    """Form 8606 on what has come out of traditional IRAs so far in the start year, contributions not deducted."""
    ira = person.ira
    basis, value = ira_basis(household, person), ira_value(household, person) or 0.0
    found: TraditionalIra = plainly(form_8606_part_1)(
        ira.traditional_contributions, basis, value, ira.distributions, ira.converted
    )
    return found


def ira_basis(household: Household, person: Person) -> float:
    """Basis in a person's traditional IRAs at the start of the start year, Form 8606, line 2."""
    if person.ira.basis_of_earlier_years is not None:
        return person.ira.basis_of_earlier_years
    return sum(one.basis or 0.0 for one in household.accounts_of(person.name) if one.kind == TRADITIONAL)


def ira_value(household: Household, person: Person) -> float | None:
    """What a person's traditional IRAs will hold on 31 December if nothing more happens; None when not known."""
    if person.ira.year_end_value is not None:
        return person.ira.year_end_value
    if "accounts" not in household.model_fields_set:
        return None
    return sum(one.balance for one in household.accounts_of(person.name) if one.kind == TRADITIONAL)


def _wages(household: Household, person: Person, years: Sequence[JobYear], law: LawOfYear) -> float:
    """Pay included in income (Form W-2, box 1)."""
    pay = pay_of(household, person, law)
    out_of_pay = person.hsa.payroll_contributions if person.hsa and law.year == household.start_year else 0.0
    return max(0.0, pay - sum(_pre_tax(one) for one in years) - out_of_pay)


def _pre_tax(year: JobYear) -> float:
    """Deferrals that leave pay before tax; catch-up of which it is not known whether it must be Roth counts as Roth."""
    return year.deferral.base + year.deferral.catch_up - year.roth_deferrals


def _undecided(year: JobYear) -> float:
    """Catch-up of which nothing tells whether it must be Roth, though deferrals are pre-tax."""
    undecided = year.must_be_roth is None and year.terms.deferral_kind == "pre_tax"
    return year.deferral.catch_up if undecided else 0.0


def _covered(person: Person, years: Sequence[JobYear], owner: OwnerYear | None, now: bool) -> bool:
    """Whether a plan at work covers a person: money goes into it for the year; no 457(b) counts, IRC 219(g)(5)."""
    if now and person.ira.covered_at_work is not None:
        return person.ira.covered_at_work
    own = owner.contributions if owner is not None else None
    if own is not None and own.profit_sharing + own.base + own.catch_up > 0.0:
        return True
    return any(
        one.deferral.base + one.deferral.catch_up + one.employer.match + one.employer.nonelective + one.so_far.after_tax
        > 0.0
        for one in years
        if not is_457b(one.job)
    )


def _facts(household: Household, filers: Sequence[Person], wages: dict[str, float], law: LawOfYear) -> Facts:
    first, second = filers[0], filers[1] if len(filers) > 1 else None
    now = law.year == household.start_year
    amounts: dict[str, float] = {"age1": float(first.age_in(law.year)), "wages1": wages[first.name]}
    amounts["medicare_wages1"] = _medicare_wages(household, first, law)
    if second is not None:
        amounts |= {"age2": float(second.age_in(law.year)), "wages2": wages[second.name]}
        amounts["medicare_wages2"] = _medicare_wages(household, second, law)
    for place, one in enumerate(filers, start=1):
        amounts[f"ss{place}"] = benefit_of_year(one, law.year, household.market.growth)
    money, paid = _taxable_money(household, filers), taxable_income(household)
    amounts["ordinary_dividends"] = paid.dividends * money
    amounts["qualified_dividends"] = paid.qualified_dividends * money
    amounts["taxable_interest"] = paid.interest * money
    amounts["pension"] = sum(
        one.pension.annual_amount for one in filers if one.pension and one.age_in(law.year) >= one.pension.start_age
    )
    if now:
        amounts["hsa_deduction"] = sum(one.hsa.own_contributions for one in filers if one.hsa)
        amounts["ira_distributions"] = sum(
            traditional_so_far(household, one).taxable_withdrawals for one in filers if one.ira.distributions
        )
        carried = household.taxable_account
        amounts["st_loss_carryover"] = carried.short_term_loss_carryover
        amounts["lt_loss_carryover"] = carried.long_term_loss_carryover
        amounts |= {"lt_gain": _listed(household, "gain"), "other_income": _listed(household, "other")}
        amounts["other_income"] += _incomes(household, filers, "ordinary")
        amounts["taxable_interest"] += _incomes(household, filers, "investment")
    return Facts(**amounts | _children(household, law.year))


def _businesses(
    household: Household, filers: Sequence[Person], owners: dict[str, OwnerYear | None], law: LawOfYear
) -> dict[str, float]:
    """Schedule C and the deduction for the owner's plan, of those who work."""
    amounts: dict[str, float] = {}
    for place, person in enumerate(filers, start=1):
        for business in household.businesses:
            if business.person == person.name and works(person, law.year):
                owner = owners[person.name]
                amounts[f"self_employment{place}"] = business.net_profit
                amounts[f"sstb{place}"] = float(business.specified_service)
                amounts[f"business_wages{place}"] = business.wages_paid
                amounts[f"self_employed_plan{place}"] = owner.deductible if owner is not None else 0.0
    return amounts


def _earned(household: Household, person: Person, owner: OwnerYear | None, law: LawOfYear) -> float:
    """Earned income of a business less what is deducted for the owner's plan, IRC 401(c)(2)(A)(v), (vi)."""
    if not works(person, law.year):
        return 0.0
    profit = sum(one.net_profit for one in household.businesses if one.person == person.name)
    before = float(rule(earned_income, profit, wages_of(household, person, law), law.record)) if profit > 0.0 else 0.0
    return max(0.0, before - (owner.deductible if owner is not None else 0.0))


def _medicare_wages(household: Household, person: Person, law: LawOfYear) -> float:
    """Pay on which payroll taxes are due (Form W-2, box 5)."""
    out_of_pay = person.hsa.payroll_contributions if person.hsa and law.year == household.start_year else 0.0
    held = [job for job in paid_jobs(household.jobs) if job.person == person.name and holds(person, job, law.year)]
    return max(0.0, sum(job.pay - job.stock_without_payroll_tax for job in held) - out_of_pay)


def _taxable_money(household: Household, filers: Sequence[Person]) -> float:
    """Balances of taxable accounts; of joint accounts the filers' share."""
    names = {one.name for one in filers}
    taxable = [one for one in household.accounts if one.kind == "taxable"]
    own = sum(one.balance for one in taxable if one.owner in names)
    joint = sum(one.balance for one in taxable if one.owner == "joint")
    return own + joint * len(filers) / len(household.people)


def _conversions(household: Household, filers: Sequence[Person]) -> float:
    """Taxable conversions: those listed as income, or those so far by Form 8606 where these are more."""
    so_far = sum(traditional_so_far(household, one).taxable_conversion for one in filers if one.ira.converted)
    return max(_listed(household, "conversion"), so_far)


def _incomes(household: Household, filers: Sequence[Person], kind: str) -> float:
    """The taxed part of the incomes of the start year of a kind; on separate returns those of the filer."""
    names, start = [one.name for one in filers], household.start_year
    found = (one for one in household.incomes if one.kind == kind and one.comes_in(start, start))
    return sum(one.taxable_share * one.amount for one in found if one.person is None or one.person in names)


def _listed(household: Household, kind: str) -> float:
    payments = household.payments
    return sum(one.amount for one in payments.income if one.kind == kind) if payments else 0.0


def _children(household: Household, year: int) -> dict[str, float]:
    """Qualifying children by age, IRC 24(c)(1), 152(c)(3)."""
    young = float(figure("child_tax_credit.age_limit").value(max(year, household.start_year)).value)
    older = float(figure("qualifying_child.age_limit").value(max(year, household.start_year)).value)
    listed = [(year - child.birth_date.year, child.dependent_until) for child in household.children]
    ages = [age for age, until in listed if 0 <= age < (older if until is None else until)]
    return {
        "n_children_u17": float(sum(age < young for age in ages)),
        "n_older_children": float(sum(age >= young for age in ages)),
    }
