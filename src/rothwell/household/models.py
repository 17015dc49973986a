"""What a household file may hold: one model per table, every key with its meaning and unit.

The models check each value by itself; what must hold between values is in `checks`. All models are frozen.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, PrivateAttr, StrictBool

from rothwell.household.accounts import Account
from rothwell.household.amounts import CalendarYear, Day, Name, Number, Rate, Whole
from rothwell.household.business import Business
from rothwell.household.health import Health
from rothwell.household.heirs import Heir, assumed_heirs
from rothwell.household.incomes_and_costs import Cost, Income
from rothwell.household.jobs import Job
from rothwell.household.market import Market, Mix, TaxableAccount
from rothwell.household.mortality import OLDEST, Mortality, Sex
from rothwell.household.outside_plans import Hsa, Ira, Payments
from rothwell.household.own_strategies import OwnStrategy
from rothwell.household.residence import Home, Residence, home_of_year
from rothwell.household.social_security import SocialSecurity
from rothwell.household.source import Source
from rothwell.household.table import Age, Money, PositiveMoney, Share, Table, Text, Year

FilingStatus = Literal["single", "mfj", "mfs", "hoh", "qss"]
SpendingRule = Literal["amortized", "guardrails", "flat"]
PlanOnLeaving = Literal["roll_over", "keep"]


class Facts(Home):
    """[household]: who files how, and where."""

    name: Text | None = Field(None, description="What to call the household in reports.")
    filing_status: FilingStatus = Field(
        description="Federal filing status: single, mfj (married filing jointly), mfs (married filing separately), "
        "hoh (head of household) or qss (qualifying surviving spouse)."
    )
    community_property: Share | None = Field(
        None,
        description="The part of the taxable account that is community property of two spouses; when absent, all of "
        "it while they live in a community-property state, nothing elsewhere.",
    )
    start_year: Year | None = Field(None, description="First year of the plan; this year when absent.")
    prior_magi: dict[Annotated[int, CalendarYear(1900, 2200)], Money] = Field(
        default_factory=dict,
        description="Modified adjusted gross income of earlier years, dollars by year, such as { 2024 = 95_000 }: "
        "Medicare premiums look back two years. Needed when somebody is on Medicare in the first two years.",
    )
    taxable_gifts: Money = Field(
        0.0,
        description="Gifts made so far by both that were more than the annual exclusions, dollars (Form 709): they use "
        "up the exclusion of the estate tax.",
    )
    unused_exclusion: Money = Field(
        0.0,
        description="What a spouse who died before the start left unused of the exclusion of the estate tax, by an "
        "election on Form 706, dollars.",
    )
    expected_magi: Money | None = Field(
        None,
        description="Modified adjusted gross income of the start year for IRAs, dollars: before IRA deductions and "
        "without conversions to Roth IRAs; when absent, computed from the file.",
    )


class Child(Table):
    """[[children]]: a child of the household."""

    name: Text | None = Field(None, description="What to call the child.")
    birth_date: Annotated[date, Day()] = Field(description="Date of birth, year-month-day.")
    dependent_until: Age | None = Field(
        None,
        description="The age on 31 December of the first year in which the child is no dependent of the household any "
        "more: 19 when absent, up to 24 for a full-time student.",
    )


class Pension(Table):
    """[people.pension]: an employer's pension for life."""

    annual_amount: Money = Field(description="Pension, dollars a year of the start year.")
    start_age: Annotated[int, Whole(40, 100)] = Field(description="Age in whole years at which the pension starts.")
    cost_of_living: StrictBool = Field(description="Whether the pension rises with inflation.")
    survivor_share: Share = Field(
        0.0, description="The part of it that a spouse goes on receiving after the person's death."
    )


class Person(Table):
    """[[people]]: one of the one or two persons who file."""

    name: Text = Field(description="First name or any other name; jobs and accounts refer to it.")
    birth_date: Annotated[date, Day()] = Field(description="Date of birth, year-month-day.")
    retirement_age: Annotated[int, Whole(18, 100)] | None = Field(
        None,
        description="Age on 31 December of the first year without work, in whole years: it ends every job and business "
        "that has no end of its own. Required for a person who has such a job, absent for a person without work.",
    )
    planning_age: Age = Field(
        95,
        description="The plan lets the person live through the year of this age, unless lives follow the life table.",
    )
    sex: Sex | None = Field(None, description="female or male; needed when lives follow the life table.")
    plan_on_leaving: PlanOnLeaving = Field(
        "roll_over",
        description="What happens to pre-tax money in the plan of an employer that the person leaves, in a plan over a "
        "life: roll_over (to a traditional IRA, but not before 59 1/2 when the employer is left in or after the year "
        "of 55, which spares the 10% tax) or keep (it stays in the plan).",
    )
    social_security: SocialSecurity | None = Field(None, description="The person's own Social Security benefit.")
    pension: Pension | None = Field(None, description="The person's pension from an employer.")
    ira: Ira = Field(default_factory=Ira, description="What the person has done with IRAs in the start year.")
    hsa: Hsa | None = Field(None, description="The person's health savings account; absent when there is none.")

    def age_in(self, year: int) -> int:
        """The age attained on 31 December of a year."""
        return year - self.birth_date.year

    @property
    def retirement_year(self) -> int | None:
        """The first year without work."""
        return None if self.retirement_age is None else self.birth_date.year + self.retirement_age

    @property
    def last_year(self) -> int:
        """The year of the planning age."""
        return self.birth_date.year + self.planning_age


class Spending(Table):
    """[spending]: what the household lives on."""

    living_cost: Money | None = Field(
        None,
        description="Cost of living until nobody works, dollars of the start year a year, without taxes and saving; "
        "required when somebody works.",
    )
    rule: SpendingRule = Field(
        "amortized",
        description="Spending once nobody works: amortized (what the savings carry, recomputed each year), guardrails "
        "(last year's, unless it has left a band around the amortized amount) or flat.",
    )
    guardrail_width: Annotated[float, Rate(0.0, 0.9)] = Field(
        0.2, description="Half the width of the band of the guardrails, a share of the amortized amount."
    )
    guardrail_step: Annotated[float, Rate(0.0, 0.9)] = Field(
        0.1, description="By how much spending outside the band is cut or raised, a share of it."
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
    heirs_tax_rate: Annotated[float, Rate(0.0, 0.6)] | None = Field(
        None,
        description="A flat tax rate of the heirs on tax-deferred money, in the place of their own returns and of "
        "estate tax.",
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
    jobs: tuple[Job, ...] = Field((), description="The jobs that people have now or will have.")
    businesses: tuple[Business, ...] = Field((), description="The businesses that people own and work in.")
    accounts: tuple[Account, ...] = Field((), description="The accounts that the household has now.")
    spending: Spending = Field(default_factory=Spending, description="What the household lives on.")
    goals: tuple[Goal, ...] = Field((), description="Dated expenses.")
    incomes: tuple[Income, ...] = Field((), description="Incomes beside pay, benefits and pensions.")
    costs: tuple[Cost, ...] = Field((), description="Costs beside living.")
    health: Health = Field(default_factory=Health, description="Costs of health.")
    residence: tuple[Residence, ...] = Field((), description="Moves to another state.")
    market: Market = Field(default_factory=Market, description="Assumptions about markets, prices and fees.")
    mixes: tuple[Mix, ...] = Field(
        (), description="Asset mixes; without any, every account holds the one portfolio of [market]."
    )
    taxable_account: TaxableAccount = Field(
        default_factory=TaxableAccount, description="How the money in taxable accounts is held and taxed."
    )
    beliefs: Beliefs = Field(default_factory=Beliefs, description="How the household weighs outcomes.")
    heirs: tuple[Heir, ...] = Field(
        (), description="Who inherits after both spouses; the children, or one child, when absent."
    )
    mortality: Mortality = Field(default_factory=Mortality, description="How long people live in the plan.")
    landscape: LandscapeChoice = Field(default_factory=LandscapeChoice, description="The possible future tax laws.")
    strategies: tuple[OwnStrategy, ...] = Field((), description="Strategies of one's own, compared beside the others.")
    payments: Payments | None = Field(None, description="Last year's tax, and what is withheld and paid this year.")

    _source: Source = PrivateAttr(default_factory=Source)

    @property
    def source(self) -> Source:
        """The file, and the line of each field."""
        return self._source

    @property
    def heirs_in_plan(self) -> tuple[Heir, ...]:
        """The heirs of the file, or those that the plan assumes."""
        return self.heirs or assumed_heirs([(child.name, child.birth_date) for child in self.children])

    def home_of(self, year: int) -> Home:
        """Where the household lives in a year."""
        return home_of_year(self.household, self.residence, self.people[0].birth_date.year, year)

    @property
    def start_year(self) -> int:
        """The first year of the plan."""
        if self.household.start_year is None:
            raise self.source.error("household.start_year", "is not known: read the household with a date of today")
        return self.household.start_year

    @property
    def last_year(self) -> int:
        """The last year that the plan lets anybody live through."""
        return max(self.last_year_of(person) for person in self.people)

    def last_year_of(self, person: Person) -> int:
        """The last year that a person may live through: that of the planning age, or the last of the life table."""
        if self.mortality.kind == "fixed":
            return person.last_year
        return max(person.birth_date.year + OLDEST, self.start_year + 1)

    @property
    def jobs_and_businesses(self) -> tuple[Job | Business, ...]:
        """All work, in the order of the file, jobs first."""
        return (*self.jobs, *self.businesses)

    @property
    def expected_return(self) -> float:
        """The mean return assumed of what accounts hold at the start, before fees, a rate a year."""
        if not self.mixes:
            return self.market.mean_return
        assets = (self.market.stocks, self.market.bonds, self.market.cash)
        return sum(weight * one.mean_return for weight, one in zip(self.mixes[0].weights, assets, strict=True))

    def person_named(self, name: str) -> Person:
        """The person of that name."""
        for person in self.people:
            if person.name == name:
                return person
        raise KeyError(name)

    @property
    def jobs_now(self) -> tuple[Job, ...]:
        """The jobs that have begun by the end of the start year, in the order of the file."""
        return tuple(job for job in self.jobs if job.start_date is None or job.start_date.year <= self.start_year)

    def jobs_of(self, name: str) -> tuple[Job, ...]:
        """The jobs that the person of that name has by the end of the start year, in the order of the file."""
        return tuple(job for job in self.jobs_now if job.person == name)

    def last_year_of_work(self, work: Job | Business) -> int:
        """The last year of a job or a business: that of its own end, else the year before its owner retires."""
        if isinstance(work, Job) and work.end_date is not None:
            return work.end_date.year
        retires = self.person_named(work.person).retirement_year
        return (self.start_year if retires is None else retires) - 1

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
