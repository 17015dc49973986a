"""[[jobs]] of the household file: pay, when it is paid, the employer's plan, and what has already gone in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StrictBool

from rothwell.household.acp_terms import AcpTest
from rothwell.household.amounts import DayOfMonth, DollarsOrMaximum, Rate
from rothwell.household.table import Date, Money, PositiveMoney, Share, Table, Text, Year

PlanKind = Literal["401k", "403b", "457b"]
DeferralKind = Literal["pre_tax", "roth"]
Conversion = Literal["none", "every_paycheck", "monthly", "quarterly", "half_yearly", "yearly"]
ElectionStep = Literal["dollars", "1%", "0.5%", "0.1%"]
AtPayLimit = Literal["match_stops", "all_stops", "nothing_stops"]
Frequency = Literal["weekly", "biweekly", "semimonthly", "monthly"]
Weekend = Literal["before", "after", "same"]
EquityKind = Literal["rsu", "espp", "iso", "nonqualified_options", "other"]
STATUTORY_STOCK: tuple[EquityKind, ...] = ("iso", "espp")
"""Stock of incentive options and purchase plans: nothing is withheld from what it makes, no payroll tax is due."""


def _without_hyphen(value: Any) -> Any:
    """bi-weekly and semi-monthly are biweekly and semimonthly."""
    return value.strip().lower().replace("-", "").replace("_", "") if isinstance(value, str) else value


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
    match_after_tax: StrictBool = Field(False, description="Whether after-tax contributions earn match too.")
    true_up: StrictBool = Field(
        False,
        description="Whether the employer makes up at the end of the year the match that the single paychecks missed.",
    )
    at_pay_limit: AtPayLimit = Field(
        "match_stops",
        description="What happens once pay so far this year passes the 401(a)(17) limit: match_stops (later pay earns "
        "no match, deferrals go on), all_stops (deferrals and after-tax contributions stop too) or nothing_stops.",
    )
    election_step: ElectionStep = Field(
        "dollars",
        description='In what the plan takes elections for a paycheck: "dollars", or percents in steps of "1%", "0.5%" '
        'or "0.1%".',
    )
    nonelective: Share | None = Field(
        None, description="What the employer puts in whatever the person defers, as a share of plan pay."
    )


class YearToDate(Table):
    """[jobs.year_to_date]: what has already gone into the plan in the start year."""

    as_of: Date | None = Field(
        None, description="The day up to which these sums run: paychecks up to it are past. Needed with a pay schedule."
    )
    pay: Money | None = Field(
        None,
        description="Pay so far this year that the plan counts, dollars; by the pay schedule when absent.",
    )
    elective_deferrals: Money = Field(0.0, description="Elective deferrals so far this year, dollars, with catch-up.")
    roth_deferrals: Money = Field(0.0, description="The Roth part of the elective deferrals so far, dollars.")
    employer_contributions: Money = Field(0.0, description="Employer contributions so far this year, dollars.")
    match: Money | None = Field(
        None,
        description="The match in the employer contributions so far, dollars; when absent, what is above the "
        "nonelective contributions on pay so far.",
    )
    after_tax: Money = Field(0.0, description="After-tax contributions so far this year, dollars.")

    @property
    def holds_amounts(self) -> bool:
        """Whether anything has gone in or been paid so far."""
        money = (self.pay or 0.0, self.elective_deferrals, self.employer_contributions, self.after_tax)
        return any(amount > 0.0 for amount in (*money, self.roth_deferrals, self.match or 0.0))


class PaySchedule(Table):
    """[jobs.pay_schedule]: on which days the employer pays."""

    frequency: Annotated[Frequency, BeforeValidator(_without_hyphen)] = Field(
        description="How often: weekly, biweekly (every other week), semimonthly (twice a month) or monthly."
    )
    pay_date: Date | None = Field(
        None, description="Weekly and biweekly: any one pay date, of this year or another; the others follow from it."
    )
    days: tuple[Annotated[int | Literal["last"], DayOfMonth()], ...] | None = Field(
        None, description='Semimonthly: the two days of the month, such as [15, "last"].'
    )
    day: Annotated[int | Literal["last"], DayOfMonth()] | None = Field(
        None, description='Monthly: the day of the month, 1 to 31 or "last"; a month without it pays on its last day.'
    )
    weekend: Weekend = Field(
        "before",
        description="Semimonthly and monthly: a pay day on a Saturday or Sunday is paid on the Friday before, on the "
        "Monday after, or on the same day.",
    )


class Bonus(Table):
    """[[jobs.bonuses]]: a bonus paid by itself in the start year; it is part of `pay`."""

    date: Date = Field(description="The day on which it is paid, in the start year.")
    amount: PositiveMoney = Field(description="The bonus, dollars; `pay` has it in it.")
    elections_apply: StrictBool = Field(False, description="Whether the plan takes the elected share out of it too.")
    plan_counts: StrictBool = Field(True, description="Whether the plan counts it as pay.")


class EquityPay(Table):
    """[[jobs.equity_pay]]: pay in stock, which the plan does not count; it is part of `pay`."""

    kind: EquityKind = Field(description="rsu, espp, iso, nonqualified_options or other.")
    amount: Money = Field(description="The wages that it makes in the start year, dollars; `pay` has them in it.")
    date: Date | None = Field(None, description="The day of the vest, sale or exercise.")


class Raise(Table):
    """[[jobs.raises]]: how pay changes in a later year."""

    year: Year = Field(description="The year from which the new pay holds.")
    growth: Annotated[float, Rate(-0.9, 5.0)] | None = Field(
        None,
        description="Growth of pay from the year before, above the growth of wages, in the place of the job's growth.",
    )
    pay: Money | None = Field(
        None,
        description="What a whole year pays from then on, at the wages of the start year, in the place of growth.",
    )


class EquityYear(Table):
    """[[jobs.equity_by_year]]: pay in stock of a later year, which the plan does not count."""

    year: Year = Field(description="The year of the vests, sales or exercises, after the start year.")
    amount: Money = Field(description="The wages that they make, dollars of the start year; they rise with prices.")


class Job(Table):
    """[[jobs]]: work for one employer."""

    person: Text = Field(description="The name of the person who works.")
    employer: Text = Field(description="The name of the employer.")
    pay: Money = Field(
        description="Gross pay, dollars a year, in the start year: salary, bonuses and stock; of a job that begins or "
        "ends in the start year, what it pays in that year; of one that begins later, what a whole year pays at the "
        "wages of the start year."
    )
    plan_pay: Money | None = Field(
        None,
        description="The part of pay that the plan counts, dollars a year; when absent, all of it but equity pay and "
        "bonuses that the plan does not count.",
    )
    start_date: Date | None = Field(
        None, description="First day of the job, this year or later: no paycheck before it."
    )
    end_date: Date | None = Field(
        None,
        description="Last pay date of the job: no paycheck after it; when absent, the job ends with the retirement of "
        "the person.",
    )
    prior_year_wages: Money | None = Field(
        None,
        description="Social Security wages of the year before the start year from this employer (Form W-2, box 3), "
        "dollars: they decide whether catch-up contributions must be Roth.",
    )
    growth: Annotated[float, Rate(-0.2, 0.2)] = Field(
        0.0, description="Growth of this pay above the growth of wages, a rate a year."
    )
    ownership: Share = Field(
        0.0,
        description="The share of the employer that the person owns: above 5% highly compensated whatever the pay, "
        "above half in control.",
    )
    controlled_group: Text | None = Field(
        None, description="A name that related employers of the file have in common: they share one limit."
    )
    bonuses: tuple[Bonus, ...] = Field((), description="Bonuses of the start year, each part of pay.")
    equity_pay: tuple[EquityPay, ...] = Field(
        (), description="Stock pay of the start year (RSU vests, ESPP and ISO income), part of pay, not of plan pay."
    )
    raises: tuple[Raise, ...] = Field((), description="How pay changes in later years beyond growth.")
    equity_by_year: tuple[EquityYear, ...] = Field(
        (),
        description="Stock pay of later years; where any is listed, a year that is not listed has none, and the stock "
        "pay of the start year does not come again.",
    )
    plan: Plan | None = Field(None, description="The employer's retirement plan; absent when there is none.")
    pay_schedule: PaySchedule | None = Field(
        None, description="On which days the employer pays: needed for the contributions paycheck by paycheck."
    )
    year_to_date: YearToDate = Field(
        default_factory=YearToDate, description="What has already gone into the plan in the start year."
    )

    @property
    def plan_compensation(self) -> float:
        """The pay that the plan counts, dollars a year."""
        return max(0.0, self.pay - self.uncounted_pay) if self.plan_pay is None else self.plan_pay

    @property
    def uncounted_pay(self) -> float:
        """Equity pay, and bonuses that the plan does not count, dollars of the start year."""
        return sum(self._uncounted())

    @property
    def stock_without_payroll_tax(self) -> float:
        """Stock pay that is no wages for Social Security and Medicare (IRC 3121(a)(22)), dollars of the start year."""
        return sum(one.amount for one in self.equity_pay if one.kind in STATUTORY_STOCK)

    def _uncounted(self) -> Iterator[float]:
        yield from (one.amount for one in self.equity_pay)
        yield from (one.amount for one in self.bonuses if not one.plan_counts)

    def held_in(self, year: int) -> bool:
        """Whether the job lasts into a year and has begun by its end."""
        begun = self.start_date is None or self.start_date.year <= year
        return begun and (self.end_date is None or self.end_date.year >= year)

    def pays_on(self, day: date) -> bool:
        """Whether a pay date lies within the job."""
        return (self.start_date is None or self.start_date <= day) and (self.end_date is None or day <= self.end_date)
