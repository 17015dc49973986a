"""What a household can take out of its retirement accounts, in which year, at what cost of tax and 10% tax.

Each account is asked alone: what leaves it if all of it is taken, and how much comes out first that costs nothing. The
balances are those of the file, without growth and without new money.

Law:    IRC 408A(d), 402A(d), 408(d)(1), (2), 72(e)(8), 72(t)(1), (2)(A)(i), (v).
Units:  dollars of the start year; ages on the day.
Not modeled: whether a plan pays out while one works there; exceptions to the 10% tax but 59 1/2 and leaving a plan's
        employer at 55; the later age of public safety staff; required distributions; state tax; 457(b) plans.
Tests:  test_the_table_is_what_the_ledger_says, test_rows_change_on_the_day_of_59_and_a_half,
        test_a_plan_left_at_55_bears_no_10_percent_tax.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from rothwell.errors import InputError
from rothwell.household import Household, Person
from rothwell.mega_backdoor.designated_roth import DesignatedRoth
from rothwell.mega_backdoor.roth_basis import RothIras
from rothwell.mega_backdoor.roth_money import DUST, IRA, PLAN, Payment, additional_tax, law_of_distributions
from rothwell.mega_backdoor.roth_of_household import PlanMoney, designated_roth_of, plan_money, roth_iras_of

MONTHS = 12  # of a year, by the calendar

COSTS = ("free", "ten_percent", "income", "income_and_ten_percent")
"""What a dollar costs: nothing; the 10% tax alone; income tax alone; both."""

NAMES = {
    "roth_ira": "Roth IRAs",
    "roth_plan": "Roth account",
    "after_tax_plan": "After-tax account",
    "pre_tax_plan": "Pre-tax account",
    "traditional_ira": "Traditional IRAs",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A part of an account in the order in which it comes out: what it is, dollars, one of COSTS."""

    words: str
    amount: float
    cost: str


@dataclass(frozen=True, slots=True)
class AccountAccess:
    """An account in a period, dollars: what comes out first at no cost, and the whole of it by cost.

    additional_tax              the 10% tax if all is taken
    steps                       in their order; empty where every dollar is a mixture of basis and earnings
    free_first_after_rollover   of a plan's Roth account rolled directly to a Roth IRA: what then comes out at no cost
    """

    account: str
    kind: str
    employer: str | None
    value: float
    free_first: float
    free: float
    ten_percent: float
    income: float
    income_and_ten_percent: float
    additional_tax: float
    steps: tuple[Step, ...]
    free_first_after_rollover: float | None


@dataclass(frozen=True, slots=True)
class Period:
    """A year, or the part of it before or from the day of 59 1/2; `age` is attained on 31 December."""

    year: int
    first_day: date
    last_day: date
    age: int
    accounts: tuple[AccountAccess, ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """A five-year period: what it is for, its first year, and the first year after it."""

    words: str
    first_year: int
    over_from: int


@dataclass(frozen=True, slots=True)
class PersonAccess:
    """One person: the day of 59 1/2, the clocks, the periods, and what is taken for granted."""

    name: str
    day_of_59_and_a_half: date
    clocks: tuple[Clock, ...]
    periods: tuple[Period, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Access:
    """What everybody in a household can take out."""

    first_year: int
    last_year: int
    people: tuple[PersonAccess, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Ledgers:
    """What a person has, and what is not known of it."""

    iras: RothIras
    plans: tuple[tuple[PlanMoney, DesignatedRoth], ...]
    notes: tuple[str, ...]


def access_of(household: Household, year: int | None = None) -> Access:
    """What each person can take out: in one year, or from the start year until nothing changes any more."""
    start = household.start_year
    if year is not None and year < start:
        raise InputError(
            "is before the household file's start year", field="year", found=year, allowed=f"from {start} on"
        )
    ledgers = {person.name: _ledgers(household, person) for person in household.people}
    changes = [last for person in household.people for last in _changes(household, person, ledgers[person.name], start)]
    first, last = (start, max([start, *changes])) if year is None else (year, year)
    people = tuple(
        _person(household, person, ledgers[person.name], range(first, last + 1)) for person in household.people
    )
    notes = ["Balances are those of the file, without growth and without new money; each account is asked alone."]
    if household.jobs_now and any(account.employer for account in household.accounts):
        notes.append("A plan pays out while you work there only where its terms allow it: ask.")
    left_out = sorted({one.kind for one in household.accounts if one.kind in ("taxable", "hsa") and one.balance > 0.0})
    if left_out:
        notes.append(f"Not in the table: {' and '.join(left_out)} accounts, which follow other rules.")
    return Access(first, last, people, tuple(notes))


def age_on(birth_date: date, day: date) -> float:
    """The age on a day in years and whole months: 59.5 from six months after the 59th birthday on."""
    months = (day.year - birth_date.year) * MONTHS + day.month - birth_date.month
    last = monthrange(day.year, day.month)[1]
    months -= int(day.day < min(birth_date.day, last))
    return months / MONTHS


def day_of_age(birth_date: date, age: float) -> date:
    """The day on which an age in years and whole months is reached."""
    months = birth_date.month - 1 + round(age * MONTHS)
    year, month = birth_date.year + months // MONTHS, months % MONTHS + 1
    return date(year, month, min(birth_date.day, monthrange(year, month)[1]))


def _ledgers(household: Household, person: Person) -> _Ledgers:
    iras, notes = roth_iras_of(household, person.name)
    plans = []
    for money in plan_money(household, person.name, "roth_plan"):
        ledger, more = designated_roth_of(household, person.name, money)
        plans.append((money, ledger))
        notes = (*notes, *more)
    return _Ledgers(iras, tuple(plans), notes)


def _clocks(ledgers: _Ledgers, start: int) -> Iterator[Clock]:
    law = law_of_distributions(start).roth_five_years
    years, plan_years = int(law.years), int(law.plan_years)
    if ledgers.iras.first_year is not None:
        first = ledgers.iras.first_year
        yield Clock("Roth IRAs: earnings", first, first + years)
    for layer in ledgers.iras.conversions:
        if layer.taxable > 0.0:
            yield Clock(f"conversion of {layer.year}: 10% tax", layer.year, layer.year + years)
    for money, plan in ledgers.plans:
        whose = money.employer or "plan"
        if plan.first_year is not None:
            yield Clock(f"Roth account, {whose}: earnings", plan.first_year, plan.first_year + plan_years)
        for layer in plan.conversions:
            if layer.taxable > 0.0:
                yield Clock(f"in-plan conversion of {layer.year}, {whose}: 10% tax", layer.year, layer.year + years)


def _day_of_59_and_a_half(person: Person) -> date:
    law = law_of_distributions(person.last_year).early_distribution
    return day_of_age(person.birth_date, float(law.age))


def _changes(household: Household, person: Person, ledgers: _Ledgers, start: int) -> Iterator[int]:
    """The years in which a person's table changes."""
    yield from (clock.over_from for clock in _clocks(ledgers, start))
    if any(account.kind not in ("taxable", "hsa") for account in household.accounts_of(person.name)):
        yield _day_of_59_and_a_half(person).year


def _person(household: Household, person: Person, ledgers: _Ledgers, years: range) -> PersonAccess:
    half = _day_of_59_and_a_half(person)
    periods = []
    for year in years:
        starts = [date(year, 1, 1)]
        if half.year == year and half != starts[0]:
            starts.append(half)
        for number, first in enumerate(starts):
            last = date.fromordinal(starts[number + 1].toordinal() - 1) if number + 1 < len(starts) else None
            accounts = tuple(_accounts(household, person, ledgers, first))
            periods.append(Period(year, first, last or _end_of(year), person.age_in(year), accounts))
    notes = (*ledgers.notes, *_not_known(household, person))
    return PersonAccess(person.name, half, tuple(_clocks(ledgers, household.start_year)), tuple(periods), notes)


def _end_of(year: int) -> date:
    return date.fromordinal(date(year + 1, 1, 1).toordinal() - 1)


def _not_known(household: Household, person: Person) -> Iterator[str]:
    if _day_of_59_and_a_half(person).year < household.start_year:
        return  # then the rule of 55 does not matter
    held = {job.employer for job in household.jobs_of(person.name)}
    for account in household.accounts_of(person.name):
        unknown = account.left_in is None and _left_in(household, person, account.employer) is None
        if account.kind.endswith("_plan") and account.employer not in held and unknown:
            whose = account.employer or "a plan without employer"
            yield f"{person.name} has left {whose} at an age that is not known: the rule of 55 is not counted there."


def _left_in(household: Household, person: Person, employer: str | None) -> int | None:
    """The year in which an employer was left, as one of the person's accounts in its plan says; None: not known."""
    accounts = [] if employer is None else household.accounts_of(person.name)
    years = (one.left_in for one in accounts if one.left_in is not None and one.employer == employer)
    return min(years, default=None)


def _separated_at(household: Household, person: Person, money: PlanMoney, year: int) -> float:
    """The age attained in the last year of work for a plan's employer; 0 while at work or when it is not known."""
    retires = person.retirement_year
    if not any(job.employer == money.employer for job in household.jobs_of(person.name)):
        alone = money.accounts[0].left_in if money.employer is None else None
        left = _left_in(household, person, money.employer) if alone is None else alone
        return 0.0 if left is None else float(person.age_in(left))
    return 0.0 if retires is None or year < retires else float(person.age_in(retires - 1))


def _accounts(household: Household, person: Person, ledgers: _Ledgers, day: date) -> Iterator[AccountAccess]:
    """A person's accounts from a day on, Roth money first."""
    payment = Payment(0.0, day.year, age_on(person.birth_date, day))
    if ledgers.iras.value > 0.0:
        yield _roth_iras(ledgers.iras, payment)
    for money, plan in ledgers.plans:
        if plan.value > 0.0:
            separated = _separated_at(household, person, money, day.year)
            yield _roth_plan(money, plan, ledgers.iras, replace(payment, separated_at=separated))
    for kind in ("after_tax_plan", "pre_tax_plan"):
        for money in plan_money(household, person.name, kind):
            separated = _separated_at(household, person, money, day.year)
            yield from _pro_rata(money, replace(payment, separated_at=separated))
    iras = [account for account in household.accounts_of(person.name) if account.kind == "traditional_ira"]
    yield from _pro_rata(PlanMoney("traditional_ira", None, tuple(iras)), payment)


def _roth_iras(iras: RothIras, payment: Payment) -> AccountAccess:
    """The Roth IRAs, step by step as the ledger lets them go."""
    steps = tuple(_steps(iras, payment))
    whole, _ = iras.distributed(replace(payment, amount=iras.value))
    sums = {cost: sum(step.amount for step in steps if step.cost == cost) for cost in COSTS}
    return AccountAccess(
        NAMES["roth_ira"], "roth_ira", None, iras.value, _free_first(steps), sums["free"], sums["ten_percent"],
        sums["income"], sums["income_and_ten_percent"], whole.additional_tax.line_4, steps, None,
    )  # fmt: skip


def _steps(iras: RothIras, payment: Payment) -> Iterator[Step]:
    """The parts of the Roth IRAs in their order; what each costs is what the ledger says that it adds."""
    parts: list[tuple[str, float]] = []
    for layer in iras.in_plan:
        parts += [(f"in-plan conversion of {layer.year}, taxed part", layer.taxable)]
        parts += [(f"in-plan conversion of {layer.year}, other part", layer.untaxed)]
    parts.append(("contributions", iras.contributions - sum(layer.total for layer in iras.in_plan)))
    for layer in iras.conversions:
        parts += [(f"conversion of {layer.year}, taxed part", layer.taxable)]
        parts += [(f"conversion of {layer.year}, other part", layer.untaxed)]
    parts.append(("earnings", iras.earnings))
    before, income, subject = 0.0, 0.0, 0.0
    for words, dollars in parts:
        after = min(iras.value, before + dollars)
        if after - before > DUST:
            record, _ = iras.distributed(replace(payment, amount=after))
            more_income, more_subject = record.income - income, record.additional_tax.line_3 - subject
            cost = COSTS[int(more_subject > DUST) + (1 + 1) * int(more_income > DUST)]
            yield Step(words, after - before, cost)
            before, income, subject = after, record.income, record.additional_tax.line_3


def _free_first(steps: tuple[Step, ...]) -> float:
    amount = 0.0
    for step in steps:
        if step.cost != "free":
            break
        amount += step.amount
    return amount


def _roth_plan(money: PlanMoney, plan: DesignatedRoth, iras: RothIras, payment: Payment) -> AccountAccess:
    """The Roth account of a plan, pro rata; and what a direct rollover to a Roth IRA would let out first."""
    whole = replace(payment, amount=plan.value)
    record, _ = plan.distributed(whole)
    moved, _ = plan.distributed(whole, plan.value)
    steps = tuple(_steps(iras.received(moved.rollover, payment.year), payment))
    own = _free_first(tuple(_steps(iras, payment)))
    tax = record.additional_tax
    bears = tax.line_3 > 0.0
    recaptured = record.recapture if bears else 0.0
    free = plan.value - record.income - recaptured
    return AccountAccess(
        NAMES[money.kind] + (f", {money.employer}" if money.employer else ""), money.kind, money.employer, plan.value,
        plan.value if record.income + recaptured < DUST else 0.0, free, recaptured,
        0.0 if bears else record.income, record.income if bears else 0.0, tax.line_4, (),
        max(0.0, _free_first(steps) - own),
    )  # fmt: skip


def _pro_rata(money: PlanMoney, payment: Payment) -> Iterator[AccountAccess]:
    """Money that is not Roth: basis and earnings pro rata; all of a kind of a plan, or all traditional IRAs, is one."""
    if money.value <= 0.0:
        return
    name = NAMES[money.kind] + (f", {money.employer}" if money.employer else "")
    basis = min(money.basis, money.value)
    income = money.value - basis
    tax = additional_tax([("earnings", income)], payment, IRA if money.kind == "traditional_ira" else PLAN, 0.0)
    bears = tax.line_3 > 0.0
    yield AccountAccess(
        name, money.kind, money.employer, money.value, money.value if income < DUST else 0.0, basis, 0.0,
        0.0 if bears else income, income if bears else 0.0, tax.line_4, (), None,
    )  # fmt: skip
