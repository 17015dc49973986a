"""Paying the year's tax in time: due dates, the safe harbor, vouchers, withholding, what vests fall short by."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rothwell.errors import InputError
from rothwell.household import Household, Payments, parse_household
from rothwell.law import Growth, law_for
from rothwell.law.figures import JOINT, SEPARATE_TOGETHER, SINGLE
from rothwell.mega_backdoor.due_dates import (
    extended_return_due,
    installment_dates,
    is_day_off,
    next_business_day,
    return_due,
)
from rothwell.mega_backdoor.job_year import LawOfYear
from rothwell.mega_backdoor.payments import TaxPayments, installments, more_withholding, payments_of, required_payment
from rothwell.tax.withholding import supplemental_withholding
from tests.mega_backdoor.households import TODAY
from tests.mega_backdoor.outside import job, person, read

WORKSHEETS = Path(__file__).parents[1] / "worksheets"
STATUS = {"single": SINGLE, "mfj": JOINT, "mfs": SEPARATE_TOGETHER}
DOLLAR = 1.0  # official examples are in whole dollars
CENT = 0.005


def sheet(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((WORKSHEETS / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


def law(year: int) -> LawOfYear:
    """The law of a year; the shares and dates of estimated tax have stood since 1988."""
    return LawOfYear(year, Growth(), law_for(max(year, 2024)).record)


def paid(**facts: Any) -> Payments:
    """A [payments] table; what is not named is nothing."""
    nothing = {"as_of": "2026-03-01", "prior_year_tax": 0, "prior_year_agi": 0}
    return Payments.model_validate(nothing | {"withheld_so_far": 0, "withholding_to_come": 0} | facts)


REQUIRED = sheet("required_payments")
UNDERPAID = sheet("underpayments")


@pytest.mark.parametrize("example", REQUIRED, ids=[f"{one['id']}, {one['line']}" for one in REQUIRED])
def test_official_required_annual_payments(example: dict[str, str]) -> None:
    facts = paid(prior_year_tax=float(example["prior_tax"]), prior_year_agi=float(example["prior_agi"]))
    tax, withheld = float(example["tax"]), float(example["withheld"])
    found = required_payment(tax, withheld, facts, STATUS[example["filing_status"]], law(int(example["year"])))
    assert getattr(found, example["line"]) == pytest.approx(float(example["value"]), abs=DOLLAR)


@pytest.mark.parametrize("example", UNDERPAID, ids=[f"{one['id']}, column {one['column']}" for one in UNDERPAID])
def test_official_underpayments_by_date(example: dict[str, str]) -> None:
    """Form 2210, Part III, Section A: what is missing at each due date, unpaid amounts of earlier dates in it."""
    year = int(example["year"])
    parts = [payment.split() for payment in example["estimates"].split(";")]
    made = [{"date": day, "amount": float(amount)} for day, amount in parts]
    facts = paid(as_of=date(year + 1, 1, 31), estimates=made)
    found = installments(float(example["required"]), float(example["withheld"]), facts, law(year))
    assert found[int(example["column"]) - 1].underpaid == pytest.approx(float(example["value"]), abs=DOLLAR)


@pytest.mark.parametrize(
    ("year", "due"),
    [  # IRS news releases and Forms 1040-ES of these years
        (2016, ["2016-04-18", "2016-06-15", "2016-09-15", "2017-01-17"]),
        (2017, ["2017-04-18", "2017-06-15", "2017-09-15", "2018-01-16"]),
        (2022, ["2022-04-18", "2022-06-15", "2022-09-15", "2023-01-17"]),
        (2023, ["2023-04-18", "2023-06-15", "2023-09-15", "2024-01-16"]),
        (2024, ["2024-04-15", "2024-06-17", "2024-09-16", "2025-01-15"]),
        (2025, ["2025-04-15", "2025-06-16", "2025-09-15", "2026-01-15"]),
        (2026, ["2026-04-15", "2026-06-15", "2026-09-15", "2027-01-15"]),
    ],
)
def test_due_dates_are_those_that_the_authority_announced(year: int, due: list[str]) -> None:
    assert [day.isoformat() for day in installment_dates(year)] == due


def test_no_due_date_is_a_day_off() -> None:
    """IRC 7503: the fifteenth itself, or the first day after it that is none."""
    for year in range(1990, 2100):
        dates = (*installment_dates(year), return_due(year), extended_return_due(year))
        assert not any(is_day_off(day) for day in dates)
        for day in dates:
            between = [date(day.year, day.month, number) for number in range(15, day.day)]
            assert all(is_day_off(one) for one in between)
            assert day.day <= 18
    assert next_business_day(date(2022, 4, 15)) == date(2022, 4, 18)  # Emancipation Day observed on the Friday


def test_supplemental_withholding_by_hand() -> None:
    """Pub. 15 (2026), section 7: 22% up to a million of a year, 37% above."""
    section = law(2026).record.withholding
    assert supplemental_withholding(100_000.0, 0.0, section) == pytest.approx(22_000.0)
    assert supplemental_withholding(100_000.0, 950_000.0, section) == pytest.approx(11_000.0 + 18_500.0)
    assert supplemental_withholding(100_000.0, 2_000_000.0, section) == pytest.approx(37_000.0)


def table(facts: str, *income: str) -> str:
    """A [payments] table with its income."""
    return "\n".join(["[payments]", facts, *("[[payments.income]]\n" + one for one in income)])


def engineer(facts: str, *income: str, status: str = "single", more: str = "") -> Household:
    """Ann of 40 with 600,000 of pay, 300,000 of it in vests."""
    return read(person("Ann", 40), job("Ann", 600_000), table(facts, *income), status=status, facts=more)


FACTS = (
    "as_of = 2026-05-01\nprior_year_tax = 100_000\nprior_year_agi = 400_000\nwithheld_so_far = 20_000\n"
    "withholding_to_come = 40_000"
)
VEST = 'name = "vest"\nkind = "vest"\ndate = 2026-08-15\namount = 100_000'


def test_payments_by_hand() -> None:
    """110,000 is enough (110% of 100,000); 82,000 is withheld with the 22,000 of the vest, in four parts of 20,500.

    Required so far: 27,500, 55,000, 82,500, 110,000. In April 7,000 was missing; June takes it up: 55,000 less 41,000.
    """
    found = payments_of(engineer(FACTS, VEST))
    assert (found.required, found.rests_on, found.withholding) == (pytest.approx(110_000.0), "last_year", 82_000.0)
    first, second, third, fourth = found.installments
    assert (first.past, first.required, first.withheld) == (True, pytest.approx(27_500.0), 20_500.0)
    assert (first.underpaid, first.to_pay) == (pytest.approx(7_000.0), 0.0)
    assert [one.to_pay for one in (second, third, fourth)] == pytest.approx([14_000.0, 7_000.0, 7_000.0])
    assert found.raise_withholding_by == pytest.approx(28_000.0)
    assert found.balance == pytest.approx(found.tax - 110_000.0)
    assert found.return_due == "2027-04-15"


def test_a_vest_falls_short_of_the_marginal_rate() -> None:
    """Rev. Proc. 2025-32: all 100,000 in the 35% bracket, which ends at 640,600; 0.9% of IRC 3101(b)(2) beside it."""
    found = payments_of(engineer(FACTS, VEST))
    (vest,) = found.income
    assert vest.withheld == pytest.approx(22_000.0)
    assert vest.tax == pytest.approx(35_000.0 + 900.0)
    assert vest.short == pytest.approx(13_900.0)
    assert any("flat rate" in note for note in found.notes)


def test_vests_above_a_million_are_withheld_at_the_higher_rate_from_the_dollar_that_passes_it() -> None:
    """Reg. 31.3402(g)-1(a)(2), by date whatever the order of the file."""
    late = 'name = "autumn"\nkind = "vest"\ndate = 2026-11-02\namount = 300_000'
    early = 'name = "summer"\nkind = "vest"\ndate = 2026-06-02\namount = 900_000'
    household = read(person("Ann", 40), job("Ann", 2_000_000), table(FACTS, late, early))
    first, second = payments_of(household).income
    assert (first.name, first.withheld) == ("summer", pytest.approx(198_000.0))
    assert (second.name, second.withheld) == ("autumn", pytest.approx(22_000.0 + 74_000.0))


def test_a_conversion_is_not_withheld_from() -> None:
    """40,000 at 35%; from a conversion nothing is withheld by election, IRC 3405(b)(2)."""
    conversion = 'name = "conversion"\nkind = "conversion"\ndate = 2026-08-15\namount = 40_000'
    found = payments_of(engineer(FACTS, conversion))
    (item,) = found.income
    assert (item.withheld, item.tax, item.short) == (0.0, pytest.approx(14_000.0), pytest.approx(14_000.0))
    assert found.withholding == 60_000.0


def test_a_gain_is_taxed_at_its_own_rates() -> None:
    """20% above 545,500 of taxable income (Rev. Proc. 2025-32), and 3.8% of IRC 1411."""
    gain = 'name = "sale"\nkind = "gain"\ndate = 2026-08-15\namount = 10_000'
    (item,) = payments_of(engineer(FACTS, gain)).income
    assert item.tax == pytest.approx(10_000 * (0.20 + 0.038))


def test_what_was_withheld_before_the_count_is_not_counted_twice() -> None:
    past = VEST.replace("2026-08-15", "2026-02-15")
    assert payments_of(engineer(FACTS, past)).withholding == 60_000.0
    same_day = VEST.replace("2026-08-15", "2026-05-01")
    assert payments_of(engineer(FACTS, same_day)).withholding == 60_000.0


def test_what_is_due_today_is_still_to_pay() -> None:
    """On 15 June the second installment is not missed: 55,000 less half of 60,000."""
    found = payments_of(engineer(FACTS.replace("2026-05-01", "2026-06-15")))
    assert [one.past for one in found.installments] == [True, False, False, False]
    assert found.installments[1].to_pay == pytest.approx(25_000.0)


def test_estimates_paid_lessen_the_vouchers_and_the_balance() -> None:
    """10,000 paid on 10 April: 110,000 less 60,000 and 10,000 is left for three vouchers."""
    made = FACTS + "\nestimates = [{ date = 2026-04-10, amount = 10_000 }]\nexpected_tax = 170_000"
    found = payments_of(engineer(made))
    assert found.estimates == 10_000.0
    assert found.installments[0].underpaid == pytest.approx(27_500 - 15_000 - 10_000)
    assert sum(one.to_pay for one in found.installments) == pytest.approx(40_000.0)
    assert found.balance == pytest.approx(170_000 - 110_000)


def test_no_tax_last_year_and_small_amounts_need_no_payment() -> None:
    none = payments_of(engineer(FACTS.replace("100_000", "0")))
    assert (none.required, none.rests_on) == (0.0, "nothing")
    assert not any(one.to_pay or one.underpaid for one in none.installments)
    small = payments_of(engineer(FACTS + "\nexpected_tax = 60_999"))
    assert (small.required, small.tax, small.tax_source) == (0.0, 60_999.0, "given")


def test_more_withholding_does_what_all_vouchers_do() -> None:
    """Random years: with it no date is missed and nothing is to pay; with a dollar less a date is."""
    chance = np.random.default_rng(11)
    year, tested = law(2026), 0
    for _ in range(300):
        required, withheld = chance.exponential(50_000.0), chance.exponential(20_000.0)
        month, day = int(chance.integers(1, 12)), int(chance.integers(1, 28))
        as_of = date(2026, month, day)
        made = [
            {"date": date(2026, int(one), 10), "amount": float(chance.exponential(5_000.0)) + 1.0}
            for one in chance.integers(1, month + 1, 2)
            if date(2026, int(one), 10) <= as_of
        ]
        facts = paid(as_of=as_of, estimates=made)
        more = more_withholding(required, withheld, facts, year)
        assert not any(one.underpaid or one.to_pay for one in installments(required, withheld + more, facts, year))
        if more > DOLLAR:
            less = installments(required, withheld + more - DOLLAR, facts, year)
            assert any(one.underpaid or one.to_pay for one in less)
            tested += 1
        with_vouchers(required, withheld, facts, year)
    assert tested > 100


def with_vouchers(required: float, withheld: float, facts: Payments, year: LawOfYear) -> None:
    """The vouchers meet each date still to come, none is larger than needed, and nothing is negative."""
    vouchers = 0.0
    for number, one in enumerate(installments(required, withheld, facts, year), start=1):
        assert min(one.required, one.withheld, one.estimates, one.underpaid, one.to_pay) >= 0.0
        vouchers += one.to_pay
        covered = withheld * number / 4 + one.estimates + vouchers
        missing = required * number / 4 - covered
        assert missing == pytest.approx(one.underpaid, abs=CENT) if one.past and missing > 0 else missing <= CENT
        if one.to_pay:
            assert missing == pytest.approx(0.0, abs=CENT)


def refused(household: Household) -> str:
    with pytest.raises(InputError) as caught:
        payments_of(household)
    return str(caught.value)


@pytest.mark.parametrize(("kind", "points"), [("rsu", 0.009), ("iso", 0.0)])
def test_additional_medicare_tax_is_not_due_on_stock_of_incentive_options(kind: str, points: float) -> None:
    """IRC 3101(b)(2), 3121(a)(22): of 250,000 of pay the 20,000 of stock bear 0.9% above 200,000 as RSUs alone."""
    stock = f'[[jobs.equity_pay]]\nkind = "{kind}"\namount = 20_000\ndate = 2026-11-20\n'
    text = '[household]\nfiling_status = "single"\nstate = "WA"\nstart_year = 2026\n'
    text += '[[people]]\nname = "Ann"\nbirth_date = 1985-01-01\nretirement_age = 65\n'
    text += '[[jobs]]\nperson = "Ann"\nemployer = "Acme"\npay = 250_000\n' + stock
    text += "[payments]\nas_of = 2026-08-31\nprior_year_tax = 50_000\nprior_year_agi = 200_000\n"
    text += "withheld_so_far = 30_000\nwithholding_to_come = 10_000\n"
    (item,) = payments_of(parse_household(text, TODAY, file="ann.toml")).income
    assert item.tax == pytest.approx(20_000 * (0.32 + points))  # 233,900 of taxable income: Rev. Proc. 2025-32


def test_payments_need_their_table() -> None:
    assert re.search(
        r"payments: is required; allowed: a \[payments\] table", refused(read(person("Ann", 40), job("Ann", 1)))
    )


def test_two_separate_returns_are_refused() -> None:
    tables = person("Ann", 40), person("Bob", 40), job("Ann", 90_000), job("Bob", 90_000), table(FACTS)
    assert "filing_status" in refused(read(*tables, status="mfs"))


def test_a_vest_names_its_employer_where_there_are_two() -> None:
    tables = person("Ann", 40), person("Bob", 40), job("Ann", 600_000), job("Bob", 90_000)
    assert "income[0].employer: is required for a vest" in refused(read(*tables, table(FACTS, VEST), status="mfj"))
    other = refused(read(*tables, table(FACTS, VEST + '\nemployer = "Acmee"'), status="mfj"))
    assert "is not the employer of a job" in other
    found: TaxPayments = payments_of(read(*tables, table(FACTS, VEST + '\nemployer = "Acme"'), status="mfj"))
    assert found.income[0].tax > 0.0


def test_vests_above_the_pay_are_refused() -> None:
    found = refused(read(person("Ann", 40), job("Ann", 90_000), table(FACTS, VEST)))
    assert "payments.income[0].amount: makes vests and bonuses more than the pay of Acme" in found


def test_stock_and_bonuses_of_a_job_are_counted_once_and_by_employer() -> None:
    """Reg. 31.3402(g)-1(a)(2): 22% up to 1,000,000 of supplemental wages of the year, 37% above; no withholding from
    incentive stock options (IRC 421(b)). 40,000 and 1,000,000: 8,800, then 960,000 x 22% + 40,000 x 37% = 226,000."""
    stock = '[[jobs.equity_pay]]\nkind = "rsu"\namount = 1_000_000\ndate = 2026-11-20\n'
    stock += '[[jobs.equity_pay]]\nkind = "iso"\namount = 50_000\ndate = 2026-11-25\n'
    bonus = "[[jobs.bonuses]]\ndate = 2026-03-13\namount = 40_000\n"
    pay = "as_of = 2026-08-31\nprior_year_tax = 120_000\nprior_year_agi = 520_000\nwithheld_so_far = 90_000\n"
    text = '[household]\nfiling_status = "single"\nstate = "WA"\nstart_year = 2026\nprior_magi = { 2024 = 0 }\n'
    text += '[[people]]\nname = "Ann"\nbirth_date = 1985-01-01\nretirement_age = 65\n'
    text += '[[jobs]]\nperson = "Ann"\nemployer = "Acme"\npay = 1_300_000\n' + bonus + stock
    text += f"[payments]\n{pay}withholding_to_come = 10_000\n[spending]\nliving_cost = 50_000\n"
    listed = text + '[[payments.income]]\nname = "vest"\nkind = "vest"\ndate = 2026-11-20\namount = 1_000_000\n'
    for written in (text, listed):
        found = payments_of(parse_household(written, TODAY, file="ann.toml"))
        assert [one.withheld for one in found.income] == pytest.approx([8_800.0, 226_000.0, 0.0])
        assert found.withholding == pytest.approx(90_000.0 + 10_000.0 + 226_000.0)
    assert any("additional Medicare tax" in note for note in found.notes)
