"""What a household file may hold: one model per table, every key with its meaning and unit.

The models check each value by itself; what must hold between values is in `checks`. All models are frozen.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, StrictBool

from rothwell.household.acp_terms import AcpTest
from rothwell.household.amounts import (
    CalendarYear,
    Day,
    Dollars,
    DollarsOrMaximum,
    Name,
    Number,
    Rate,
    State,
    Whole,
)
from rothwell.household.business import Business
from rothwell.household.source import Source
from rothwell.law import Growth

Money = Annotated[float, Dollars()]
PositiveMoney = Annotated[float, Dollars(above_zero=True)]
Share = Annotated[float, Rate(0.0, 1.0)]
Fee = Annotated[float, Rate(0.0, 0.05)]
Age = Annotated[int, Whole(0, 120)]
Year = Annotated[int, Whole(1900, 2200)]
Text = Annotated[str, Name()]

FilingStatus = Literal["single", "mfj", "mfs", "hoh", "qss"]
AccountKind = Literal["taxable", "pre_tax_plan", "traditional_ira", "roth_plan", "roth_ira", "after_tax_plan", "hsa"]
PlanKind = Literal["401k", "403b", "457b"]
DeferralKind = Literal["pre_tax", "roth"]
Conversion = Literal["none", "every_paycheck", "monthly", "quarterly", "yearly"]
SpendingRule = Literal["amortized", "flat"]
MarketKind = Literal["lognormal", "fixed"]

JOINT = "joint"
"""The owner of an account that belongs to both spouses."""


class Table(BaseModel):
    """A table of the household file: unknown keys are refused, values cannot be changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Facts(Table):
    """[household]: who files how, and where."""

    name: Text | None = Field(None, description="What to call the household in reports.")
    filing_status: FilingStatus = Field(
        description="Federal filing status: single, mfj (married filing jointly), mfs (married filing separately), "
        "hoh (head of household) or qss (qualifying surviving spouse)."
    )
    state: Annotated[str, State()] = Field(description="State of residence as its two postal letters, such as WA.")
    start_year: Year | None = Field(None, description="First year of the plan; this year when absent.")
    prior_magi: dict[Annotated[int, CalendarYear(1900, 2200)], Money] = Field(
        default_factory=dict,
        description="Modified adjusted gross income of earlier years, dollars by year, such as { 2024 = 95_000 }: "
        "Medicare premiums look back two years. Needed when somebody is on Medicare in the first two years.",
    )


class Child(Table):
    """[[children]]: a child of the household."""

    name: Text | None = Field(None, description="What to call the child.")
    birth_date: Annotated[date, Day()] = Field(description="Date of birth, year-month-day.")


class SocialSecurity(Table):
    """[people.social_security]: a person's own retirement benefit."""

    claiming_age: Age = Field(
        description="Age in whole years at which the retirement benefit starts, 62 to 70 by current law."
    )
    annual_benefit: Money = Field(description="Benefit at the claiming age, dollars a year of the start year.")


class Pension(Table):
    """[people.pension]: an employer's pension for life."""

    annual_amount: Money = Field(description="Pension, dollars a year of the start year.")
    start_age: Annotated[int, Whole(40, 100)] = Field(description="Age in whole years at which the pension starts.")
    cost_of_living: StrictBool = Field(description="Whether the pension rises with inflation.")


class Person(Table):
    """[[people]]: one of the one or two persons who file."""

    name: Text = Field(description="First name or any other name; jobs and accounts refer to it.")
    birth_date: Annotated[date, Day()] = Field(description="Date of birth, year-month-day.")
    retirement_age: Annotated[int, Whole(18, 100)] | None = Field(
        None,
        description="Age on 31 December of the first year without work, in whole years; required for a person with a "
        "job, absent for a person without one.",
    )
    planning_age: Age = Field(95, description="The plan lets the person live through the year of this age.")
    social_security: SocialSecurity | None = Field(None, description="The person's own Social Security benefit.")
    pension: Pension | None = Field(None, description="The person's pension from an employer.")

    def age_in(self, year: int) -> int:
        """The age attained on 31 December of a year."""
        return year - self.birth_date.year

    @property
    def retirement_year(self) -> int | None:
        """The first year without work."""
        return None if self.retirement_age is None else self.birth_date.year + self.retirement_age

    @property
    def last_year(self) -> int:
        """The last year that the plan lets the person live through."""
        return self.birth_date.year + self.planning_age


class MatchTier(Table):
    """One tier of an employer's match, from where the last one ended."""

    rate: Annotated[float, Rate(0.0, 5.0)] = Field(description="Match for a dollar deferred in this tier: 0.5 is 50%.")
    up_to: Annotated[float, Rate(0.0, 1.0)] = Field(description="Upper end of the tier, as a share of plan pay.")


class Plan(Table):
    """[jobs.plan]: the retirement plan of an employer, and what the person does with it."""

    kind: PlanKind = Field("401k", description="The kind of plan: 401k, 403b or 457b.")
    elective_deferral: Annotated[float | Literal["max"], DollarsOrMaximum()] = Field(
        "max", description='Elective deferrals planned, dollars a year with catch-up contributions in them, or "max".'
    )
    deferral_kind: DeferralKind = Field("pre_tax", description="Whether elective deferrals are pre_tax or roth.")
    roth_deferrals: StrictBool = Field(True, description="Whether the plan takes Roth deferrals.")
    catch_up_60_63: StrictBool = Field(True, description="Whether the plan has the higher catch-up at 60 to 63.")
    after_tax_contributions: StrictBool = Field(
        False, description="Whether the plan takes after-tax (non-Roth) contributions."
    )
    after_tax_dollar_cap: Money | None = Field(
        None, description="The plan's own cap on after-tax contributions, dollars a year."
    )
    after_tax_pay_cap: Share | None = Field(
        None, description="The plan's own cap on after-tax contributions, as a share of plan pay."
    )
    acp_limit: Share | None = Field(
        None,
        description="What the plan lets a highly paid person have in match and after-tax contributions, as a share "
        "of plan pay, to pass the ACP test.",
    )
    acp_test: AcpTest | None = Field(None, description="What is known of the ACP test of the plan.")
    governmental: StrictBool = Field(False, description="Whether it is the plan of a state or local government.")
    conversion: Conversion = Field(
        "none", description="How often the plan converts after-tax money to Roth inside the plan."
    )
    in_service_rollover: StrictBool = Field(
        False, description="Whether after-tax money may be rolled over to a Roth IRA while still at work."
    )
    match: tuple[MatchTier, ...] = Field(
        (), description="Tiers of the employer's match, such as [ { rate = 0.5, up_to = 0.06 } ]: 50% of the first 6%."
    )
    match_dollar_cap: Money | None = Field(None, description="The most the employer matches, dollars a year.")
    nonelective: Share | None = Field(
        None, description="What the employer puts in whatever the person defers, as a share of plan pay."
    )


class YearToDate(Table):
    """[jobs.year_to_date]: what has already gone into the plan in the start year."""

    elective_deferrals: Money = Field(0.0, description="Elective deferrals so far this year, dollars, with catch-up.")
    employer_contributions: Money = Field(0.0, description="Employer contributions so far this year, dollars.")
    after_tax: Money = Field(0.0, description="After-tax contributions so far this year, dollars.")


class Job(Table):
    """[[jobs]]: work for one employer."""

    person: Text = Field(description="The name of the person who works.")
    employer: Text = Field(description="The name of the employer.")
    pay: Money = Field(description="Gross pay, dollars a year, in the start year.")
    plan_pay: Money | None = Field(
        None, description="The part of pay that the plan counts, dollars a year; all of it when absent."
    )
    prior_year_wages: Money | None = Field(
        None,
        description="Social Security wages of the year before the start year from this employer (Form W-2, box 3), "
        "dollars: they decide whether catch-up contributions must be Roth.",
    )
    ownership: Share = Field(
        0.0,
        description="The share of the employer that the person owns: above 5% highly compensated whatever the pay, "
        "above half in control.",
    )
    controlled_group: Text | None = Field(
        None, description="A name that related employers of the file have in common: they share one limit."
    )
    growth: Annotated[float, Rate(-0.2, 0.2)] = Field(
        0.0, description="Growth of this pay above the growth of wages, a rate a year."
    )
    plan: Plan | None = Field(None, description="The employer's retirement plan; absent when there is none.")
    year_to_date: YearToDate = Field(
        default_factory=YearToDate, description="What has already gone into the plan in the start year."
    )

    @property
    def plan_compensation(self) -> float:
        """The pay that the plan counts, dollars a year."""
        return self.pay if self.plan_pay is None else self.plan_pay


class Account(Table):
    """[[accounts]]: money that the household has."""

    kind: AccountKind = Field(
        description="taxable, pre_tax_plan, traditional_ira, roth_plan, roth_ira, after_tax_plan (after-tax money in a "
        "plan, not converted) or hsa."
    )
    owner: Text = Field(description='The name of the person who owns it, or "joint" for a taxable account of two.')
    balance: Money = Field(description="What the account is worth now, dollars.")
    basis: Money | None = Field(
        None,
        description="Dollars on which tax was paid: cost basis of a taxable account (required), contributions in a "
        "Roth account, contributions in an after_tax_plan account (required), nondeductible contributions in a "
        "traditional IRA.",
    )
    employer: Text | None = Field(None, description="The employer of a plan account.")
    fee: Fee | None = Field(None, description="Fund expenses, a rate a year; when absent, the fee in [market].")


class Spending(Table):
    """[spending]: what the household lives on."""

    living_cost: Money | None = Field(
        None,
        description="Cost of living until nobody works, dollars of the start year a year, without taxes and saving; "
        "required when somebody works.",
    )
    rule: SpendingRule = Field(
        "amortized",
        description="Spending once nobody works: amortized (what the savings carry, recomputed each year) or flat.",
    )
    flat_amount: Money | None = Field(
        None, description='Spending under the rule "flat", dollars of the start year a year.'
    )
    essential: Money | None = Field(
        None, description="A retirement year below it is a shortfall; dollars of the start year a year."
    )
    cash_floor: Money = Field(0.0, description="Taxable money kept for emergencies, dollars of the start year.")


class Goal(Table):
    """[[goals]]: a dated expense."""

    name: Text = Field(description="What the money is for.")
    year: Year = Field(description="The year of the expense.")
    amount: Money = Field(description="The expense, dollars of the start year.")


class Market(Table):
    """[market]: assumptions about markets, prices and fees."""

    kind: MarketKind = Field("lognormal", description="Returns at random (lognormal) or the same each year (fixed).")
    mean_return: Annotated[float, Rate(-0.05, 0.2)] = Field(
        0.06, description="Mean return before fees and inflation, a rate a year."
    )
    deviation: Annotated[float, Rate(0.0, 0.6)] = Field(0.12, description="Standard deviation of the yearly return.")
    inflation: Annotated[float, Rate(-0.02, 0.2)] = Field(
        0.025, description="Growth of consumer prices, a rate a year."
    )
    inflation_deviation: Annotated[float, Rate(0.0, 0.1)] = Field(
        0.01, description="Standard deviation of yearly inflation."
    )
    dividend_yield: Annotated[float, Rate(0.0, 0.1)] = Field(
        0.016, description="The part of the return paid out as qualified dividends, a rate a year."
    )
    wage_growth_over_inflation: Annotated[float, Rate(-0.05, 0.1)] = Field(
        0.01, description="Growth of wages above inflation, a rate a year."
    )
    medical_growth_over_inflation: Annotated[float, Rate(-0.05, 0.1)] = Field(
        0.02, description="Growth of medical costs above inflation, a rate a year."
    )
    chained_cpi_gap: Annotated[float, Rate(-0.01, 0.02)] = Field(
        0.0025, description="How far chained inflation, which indexes brackets, lags consumer prices, a rate a year."
    )
    plan_fee: Fee = Field(0.001, description="Fund expenses in employer plans, a rate a year.")
    taxable_fee: Fee = Field(0.0005, description="Fund expenses in taxable accounts, a rate a year.")
    ira_fee: Fee = Field(0.0005, description="Fund expenses in IRAs, a rate a year.")
    spending_timing: Literal["start", "end"] = Field(
        "start", description="Whether a year's spending is taken at the start or at the end of the year."
    )

    @property
    def growth(self) -> Growth:
        """The growth of the law's index series that the household assumes."""
        return Growth(
            self.inflation,
            self.chained_cpi_gap,
            self.wage_growth_over_inflation,
            self.medical_growth_over_inflation,
        )


class Beliefs(Table):
    """[beliefs]: how the household weighs outcomes."""

    risk_aversion: Annotated[float, Number(0.0, 20.0)] = Field(
        3.0, description="Relative risk aversion (CRRA): 0 counts dollars alone, 3 is usual, 10 is fearful."
    )
    discount: Annotated[float, Number(0.5, 1.1)] = Field(
        1.0, description="Weight of a year relative to the one before."
    )
    equivalence: Annotated[float, Number(1.0, 2.0)] = Field(
        1.6, description="What two persons need to live as well as one alone on 1."
    )
    consumption_floor: PositiveMoney = Field(
        20_000.0, description="Spending that is always assured, dollars of the start year a year per equivalent adult."
    )
    bequest_years: Annotated[float, Number(0.0, 100.0)] = Field(
        5.0, description="How many years of consumption the estate counts as."
    )
    heirs_tax_rate: Annotated[float, Rate(0.0, 0.6)] = Field(
        0.24, description="Tax rate of the heirs on tax-deferred money."
    )
    real_discount_for_spending: Annotated[float, Rate(-0.02, 0.1)] = Field(
        0.025, description="Real rate at which amortized spending spreads savings over the years."
    )
    deferred_weight: Share = Field(0.75, description="What a tax-deferred dollar counts for in amortized spending.")
    amortize_to_age: Annotated[int, Whole(70, 120)] = Field(
        95, description="Age of the younger living spouse to which amortized spending spreads savings."
    )


class LandscapeChoice(Table):
    """[landscape]: the possible future tax laws."""

    names: tuple[Annotated[str, Name(longest=400)], ...] = Field(
        ("current-law", "default"),
        min_length=1,
        description="Landscapes to plan under: names of shipped ones, or paths of TOML files.",
    )


class Household(Table):
    """A household: everything that its file says."""

    household: Facts = Field(description="Who files how, and where.")
    people: tuple[Person, ...] = Field(min_length=1, description="The one or two persons who file.")
    children: tuple[Child, ...] = Field((), description="The children of the household.")
    jobs: tuple[Job, ...] = Field((), description="The jobs that people have now.")
    businesses: tuple[Business, ...] = Field((), description="The businesses that people own and work in.")
    accounts: tuple[Account, ...] = Field((), description="The accounts that the household has now.")
    spending: Spending = Field(default_factory=Spending, description="What the household lives on.")
    goals: tuple[Goal, ...] = Field((), description="Dated expenses.")
    market: Market = Field(default_factory=Market, description="Assumptions about markets, prices and fees.")
    beliefs: Beliefs = Field(default_factory=Beliefs, description="How the household weighs outcomes.")
    landscape: LandscapeChoice = Field(default_factory=LandscapeChoice, description="The possible future tax laws.")

    _source: Source = PrivateAttr(default_factory=Source)

    @property
    def source(self) -> Source:
        """The file, and the line of each field."""
        return self._source

    @property
    def start_year(self) -> int:
        """The first year of the plan."""
        if self.household.start_year is None:
            raise self.source.error("household.start_year", "is not known: read the household with a date of today")
        return self.household.start_year

    @property
    def last_year(self) -> int:
        """The last year that the plan lets anybody live through."""
        return max(person.last_year for person in self.people)

    @property
    def jobs_and_businesses(self) -> tuple[Job | Business, ...]:
        """All work, in the order of the file, jobs first."""
        return (*self.jobs, *self.businesses)

    def person_named(self, name: str) -> Person:
        """The person of that name."""
        for person in self.people:
            if person.name == name:
                return person
        raise KeyError(name)

    def jobs_of(self, name: str) -> tuple[Job, ...]:
        """The jobs of the person of that name, in the order of the file."""
        return tuple(job for job in self.jobs if job.person == name)

    def accounts_of(self, owner: str) -> tuple[Account, ...]:
        """The accounts of the person of that name, or the joint ones."""
        return tuple(account for account in self.accounts if account.owner == owner)

    def fee_of(self, account: Account) -> float:
        """Fund expenses of an account, a rate a year."""
        if account.fee is not None:
            return account.fee
        if account.kind == "taxable":
            return self.market.taxable_fee
        return self.market.plan_fee if account.kind.endswith("_plan") else self.market.ira_fee
