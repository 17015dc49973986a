"""Paying the year's tax in time: the safe harbor, the dated vouchers, and what vests and conversions fall short by.

Law:    IRC 6654(b) to (e), (g), (h), 7503; Reg. 31.3402(g)-1.
Form:   Form 2210 (2025), Part I and Part III, Section A; Form 1040-ES (2026).
Units:  dollars of the start year.
Not modeled: the amount of a penalty (IRC 6621); annualized income (Schedule AI), which helps where income came late in
        the year; additional Medicare tax that employers withhold, unless it is in what the file gives as withheld;
        withholding proved to be paid on its actual dates, IRC 6654(g)(1); estimates to States.
Tests:  test_official_required_annual_payments, test_official_underpayments_by_date, test_payments_by_hand,
        test_more_withholding_does_what_all_vouchers_do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rothwell.household import STATUTORY_STOCK, Household, IncomeItem, Job, Payments
from rothwell.household.outside_checks import SUPPLEMENTAL
from rothwell.mega_backdoor.due_dates import installment_dates, last_day, return_due
from rothwell.mega_backdoor.expected_return import COMPUTED, GIVEN, ExpectedReturn, expected_returns
from rothwell.mega_backdoor.job_year import HALF_A_CENT, LawOfYear
from rothwell.provision import plainly
from rothwell.tax.withholding import RequiredPayment, required_annual_payment, supplemental_withholding

THIS_YEAR, LAST_YEAR, NOTHING = "this_year", "last_year", "nothing"

STOCK = {"rsu": "RSU", "espp": "ESPP", "iso": "ISO", "nonqualified_options": "stock options", "other": "stock"}
"""Stock pay by its kind, as the list of incomes calls it."""


@dataclass(frozen=True, slots=True)
class Installment:
    """One of the four due dates, dollars.

    due         the day, as an ISO date, moved to the next business day
    past        whether it is gone by
    required    in all through this date
    withheld    counted as paid by this date: an equal part of the year's withholding for each date
    estimates   paid by this date
    underpaid   what was missing on a date gone by
    to_pay      the voucher of a date still to come
    """

    due: str
    past: bool
    required: float
    withheld: float
    estimates: float
    underpaid: float
    to_pay: float


@dataclass(frozen=True, slots=True)
class ItemOfIncome:
    """A vest, a conversion or other income: the federal tax that it adds, what is withheld from it, what is short."""

    name: str
    kind: str
    date: str
    amount: float
    tax: float
    withheld: float
    short: float


@dataclass(frozen=True, slots=True)
class TaxPayments:
    """What must be paid for a year, by which day, and what is covered, dollars.

    tax                     of this year less refundable credits; `tax_source` says given or computed
    required_of_this_year   the share of this year's tax that is enough
    required_of_last_year   the share of last year's tax that is enough, whatever this year's tax will be
    required                the smaller of the two, 0 where no penalty can be due; `rests_on` says which
    withholding             of the whole year, so far and to come
    estimates               paid so far
    raise_withholding_by    withheld so much more by the end of the year, no voucher is needed and no date was missed
    balance                 still due with the return on `return_due` after the vouchers; negative: a refund
    """

    year: int
    as_of: str
    tax: float
    tax_source: str
    prior_year_tax: float
    prior_year_agi: float
    required_of_this_year: float
    required_of_last_year: float
    required: float
    rests_on: str
    withholding: float
    estimates: float
    installments: tuple[Installment, ...]
    raise_withholding_by: float
    balance: float
    return_due: str
    income: tuple[ItemOfIncome, ...]
    notes: tuple[str, ...]


def payments_of(household: Household) -> TaxPayments:
    """The payments of a household's start year; raises InputError without [payments] in the file."""
    facts = _facts(household)
    year = household.start_year
    law = LawOfYear.of(year, household.market.growth)
    expected = expected_returns(household, law)[household.people[0].name]
    tax = facts.expected_tax
    if tax is None:
        tax = float(expected.form(expected.conversions).total_tax)
    items = tuple(_items(household, facts, expected))
    coming = sum(
        one.withheld for one, item in zip(items, _in_order(household, facts), strict=True) if item.date > facts.as_of
    )
    withholding = facts.withheld_so_far + facts.withholding_to_come + coming
    needed = required_payment(tax, withholding, facts, expected.status, law)
    found = installments(needed.required, withholding, facts, law)
    paid = sum(one.amount for one in facts.estimates)
    more = more_withholding(needed.required, withholding, facts, law)
    return TaxPayments(
        year=year,
        as_of=facts.as_of.isoformat(),
        tax=tax,
        tax_source=COMPUTED if facts.expected_tax is None else GIVEN,
        prior_year_tax=facts.prior_year_tax,
        prior_year_agi=facts.prior_year_agi,
        required_of_this_year=float(needed.of_this_year),
        required_of_last_year=float(needed.of_last_year),
        required=float(needed.required),
        rests_on=_rests_on(needed),
        withholding=withholding,
        estimates=paid,
        installments=found,
        raise_withholding_by=more,
        balance=tax - withholding - paid - sum(one.to_pay for one in found),
        return_due=return_due(year).isoformat(),
        income=items,
        notes=(*_notes(facts, year, needed, found, more, items), *_notes_of_pay(household, expected)),
    )


def required_payment(tax: float, withholding: float, facts: Payments, status: int, law: LawOfYear) -> RequiredPayment:
    """The required annual payment, Form 2210, Part I."""
    section = law.record.estimated_tax
    found: RequiredPayment = plainly(required_annual_payment)(
        tax, withholding, facts.prior_year_tax, facts.prior_year_agi, status, section
    )
    return found


def installments(required: float, withholding: float, facts: Payments, law: LawOfYear) -> tuple[Installment, ...]:
    """The four due dates: what is required by then, what counts as paid, what is missing or still to pay.

    Law:    IRC 6654(b)(1), (3), (c), (d)(1)(A), (g)(1).
    Form:   Form 2210 (2025), lines 10 to 18.
    Tests:  test_official_underpayments_by_date, test_payments_by_hand.
    """
    share = float(law.record.estimated_tax.installment_share)
    found: list[Installment] = []
    vouchers = 0.0
    for number, due in enumerate(installment_dates(law.year), start=1):
        past = due < facts.as_of
        needed, withheld = required * share * number, withholding * share * number
        paid = _paid_by(due, facts)
        missing = max(0.0, needed - withheld - paid - vouchers)
        missing = missing if missing > HALF_A_CENT else 0.0
        to_pay = 0.0 if past else missing
        vouchers += to_pay
        found.append(Installment(due.isoformat(), past, needed, withheld, paid, missing if past else 0.0, to_pay))
    return tuple(found)


def more_withholding(required: float, withholding: float, facts: Payments, law: LawOfYear) -> float:
    """Withholding to add by the end of the year so that every date is met, those gone by too; 0 after it.

    Law:    IRC 6654(g)(1): an equal part of the year's withholding counts as paid on each due date.
    Tests:  test_more_withholding_does_what_all_vouchers_do.
    """
    if facts.as_of >= last_day(law.year):
        return 0.0
    share = float(law.record.estimated_tax.installment_share)
    dates = enumerate(installment_dates(law.year), start=1)
    more = max(required - withholding - _paid_by(due, facts) / (share * number) for number, due in dates)
    return more if more > HALF_A_CENT else 0.0


def _paid_by(due: date, facts: Payments) -> float:
    return sum(one.amount for one in facts.estimates if one.date <= due)


def _facts(household: Household) -> Payments:
    """The [payments] table, of one return."""
    if household.payments is None:
        raise household.source.error(
            "payments", "is required", allowed="a [payments] table with last year's tax and what is withheld this year"
        )
    if household.household.filing_status == "mfs" and len(household.people) > 1:
        raise household.source.error(
            "household.filing_status",
            "has two returns, and [payments] is about one",
            found="mfs",
            allowed="a file for each spouse, with one of [[people]]",
        )
    return household.payments


def _rests_on(needed: RequiredPayment) -> str:
    if needed.required <= 0.0:
        return NOTHING
    return THIS_YEAR if needed.of_this_year < needed.of_last_year else LAST_YEAR


def _in_order(household: Household, facts: Payments) -> list[IncomeItem]:
    """Income by its date, bonuses and stock of the jobs with it: the higher flat rate begins with the dollar that
    passes the threshold."""
    return sorted((*facts.income, *_of_jobs(household, facts)), key=lambda item: item.date)


def _of_jobs(household: Household, facts: Payments) -> Iterator[IncomeItem]:
    """Bonuses and stock pay of [[jobs]] that [[payments.income]] does not list for the same employer and day."""
    only = household.jobs_now[0].employer if len(household.jobs_now) == 1 else None
    listed = {(item.employer or only, item.date) for item in facts.income if item.kind in SUPPLEMENTAL}
    for job in household.jobs_now:
        paid: list[tuple[str, str, date, float, float | None]] = [
            ("bonus", f"bonus of {job.employer}", one.date, one.amount, None) for one in job.bonuses
        ]
        for stock in job.equity_pay:
            if stock.date is not None and stock.amount > 0.0:
                withheld = 0.0 if stock.kind in STATUTORY_STOCK else None  # 421(b), 3401(a)
                paid.append(("vest", f"{STOCK[stock.kind]} of {job.employer}", stock.date, stock.amount, withheld))
        for kind, name, day, amount, withheld in paid:
            if (job.employer, day) not in listed:
                yield IncomeItem.model_validate(
                    {"name": name, "kind": kind, "date": day, "amount": amount, "employer": job.employer}
                    | ({} if withheld is None else {"withheld": withheld})
                )


def _items(household: Household, facts: Payments, expected: ExpectedReturn) -> Iterator[ItemOfIncome]:
    paid_before: dict[str, float] = {}
    whole = float(expected.form(expected.conversions).total_tax)
    for item in _in_order(household, facts):
        withheld = item.withheld
        employer = ""
        if item.kind in SUPPLEMENTAL:
            job = _job_of(household, facts, item)
            employer = job.employer
            before = paid_before.get(employer, 0.0)
            paid_before[employer] = before + item.amount
            if paid_before[employer] > job.pay + HALF_A_CENT:
                raise _more_than_pay(household, facts, item, job)
            if withheld is None:
                section = expected.law.record.withholding
                withheld = float(plainly(supplemental_withholding)(item.amount, before, section))
        tax = whole - _tax_without(household, item, employer, expected)
        amount = withheld or 0.0
        yield ItemOfIncome(item.name, item.kind, item.date.isoformat(), item.amount, tax, amount, tax - amount)


def _tax_without(household: Household, item: IncomeItem, employer: str, expected: ExpectedReturn) -> float:
    """This year's tax without one item of income."""
    facts, conversions = expected.facts, expected.conversions
    if item.kind == "conversion":
        conversions = max(0.0, conversions - item.amount)
    elif item.kind == "gain":
        facts = facts._replace(lt_gain=facts.lt_gain - item.amount)
    elif item.kind == "other":
        facts = facts._replace(other_income=facts.other_income - item.amount)
    else:
        names = [one.name for one in expected.filers]
        job = next(job for job in household.jobs_now if job.employer == employer)
        wages = _wages_of(names.index(job.person) + 1, job, item)
        less = {name: max(0.0, getattr(facts, name) - item.amount) for name in wages}
        facts = facts._replace(**less)
    return float(expected.form(conversions, facts).total_tax)


def _wages_of(place: int, job: Job, item: IncomeItem) -> tuple[str, ...]:
    """The wages of which a vest or bonus is a part; stock without payroll tax is in box 1 of Form W-2 alone."""
    spared = [one for one in job.equity_pay if one.kind in STATUTORY_STOCK and one.date == item.date]
    in_box_1 = (f"wages{place}",)
    return in_box_1 if item.amount in [one.amount for one in spared] else (*in_box_1, f"medicare_wages{place}")


def _job_of(household: Household, facts: Payments, item: IncomeItem) -> Job:
    """The job that pays a vest or a bonus."""
    if item.employer is None and len(household.jobs_now) == 1:
        return household.jobs_now[0]
    for job in household.jobs_now:
        if job.employer == item.employer:
            return job
    field = f"payments.income[{facts.income.index(item)}].employer"
    names = ", ".join(f'"{job.employer}"' for job in household.jobs_now) or "a job in [[jobs]]"
    if item.employer is None:
        raise household.source.error(field, f"is required for a {item.kind}: which job pays it", allowed=names)
    raise household.source.error(field, "is not the employer of a job", found=item.employer, allowed=names)


def _more_than_pay(household: Household, facts: Payments, item: IncomeItem, job: Job) -> Exception:
    given = item in facts.income
    field = f"payments.income[{facts.income.index(item)}].amount" if given else "payments.income"
    message = f"makes vests and bonuses more than the pay of {job.employer}, of which they are a part"
    return household.source.error(
        field, message, found=item.amount, allowed=f"{job.pay:,.0f} dollars in all, or more pay"
    )


def _notes_of_pay(household: Household, expected: ExpectedReturn) -> Iterator[str]:
    """What employers withhold besides, and stock that cannot be counted."""
    start = float(expected.law.record.additional_medicare.withholding_start)
    high = [job.employer for job in household.jobs_now if job.pay - job.stock_without_payroll_tax > start]
    if high:
        yield (
            f"{' and '.join(high)} also withholds the additional Medicare tax from pay above {start:,.0f} dollars; it "
            "counts as withheld: put it into withheld_so_far and withholding_to_come (IRC 3102(f); Form 8959, line 24)."
        )
    for job in household.jobs_now:
        undated = sum(one.amount for one in job.equity_pay if one.date is None)
        if undated > 0.0:
            yield (
                f"{undated:,.0f} dollars of stock pay of {job.employer} have no date: what is withheld from them is "
                "not counted here."
            )


def _notes(
    facts: Payments,
    year: int,
    needed: RequiredPayment,
    found: Sequence[Installment],
    more: float,
    items: Sequence[ItemOfIncome],
) -> Iterator[str]:
    """What to do and to know."""
    if needed.required <= 0.0:
        yield "No penalty can be due: the tax not withheld is small, or there was no tax last year (IRC 6654(e))."
    elif more > 0.0:
        yield (
            f"Or have {more:,.0f} dollars more withheld by the end of the year (Form W-4, step 4(c)): withholding "
            "counts as paid in equal parts on all four dates, whenever it is taken, so it also cures dates gone by "
            "(IRC 6654(g)(1))."
        )
    if any(one.underpaid > 0.0 for one in found):
        cure = (
            "the year is over, so more withholding cannot undo it any more"
            if facts.as_of >= last_day(year)
            else "only more withholding undoes it"
        )
        yield (
            "For a date that was missed a penalty runs until what is missing is paid, or until the return is due: at "
            f"once is better than later, and {cure}."
        )
    if needed.required > 0.0 and _rests_on(needed) == THIS_YEAR:
        certain = float(needed.of_last_year)
        yield (
            f"The required payment rests on an estimate of the tax of {year}; {certain:,.0f} dollars, by the tax of "
            f"{year - 1}, are enough whatever it is in the end (IRC 6654(d)(1)(B)(ii), (C))."
        )
    if any(one.kind in SUPPLEMENTAL and one.short > HALF_A_CENT for one in items):
        yield "The flat rate withheld from vests and bonuses is below what they add to the tax."
    if any(one.kind == "conversion" for one in items):
        yield (
            "Pay the tax on a conversion from other money: what is withheld from it does not reach the Roth account "
            "and counts as distributed (IRC 72(t), 408A(d)(3)(A)(ii))."
        )
    if found[-1].to_pay > 0.0:
        yield (
            "The January voucher may be left out when the return is filed and all tax paid by 31 January (IRC 6654(h))."
        )
