"""What can be taken out, year by year, of the accounts of a household file."""

from __future__ import annotations

from datetime import date

import pytest

from rothwell.errors import InputError
from rothwell.household import Household, parse_household
from rothwell.mega_backdoor.roth_access import COSTS, AccountAccess, access_of, age_on, day_of_age
from rothwell.mega_backdoor.roth_money import Payment
from rothwell.mega_backdoor.roth_of_household import designated_roth_of, plan_money, roth_iras_of

TODAY = date(2026, 11, 23)
ANN = """
[household]
filing_status = "single"
state = "WA"
start_year = 2026
[[people]]
name = "Ann"
birth_date = 1970-08-31
"""
IRAS = """
[[accounts]]
kind = "roth_ira"
owner = "Ann"
balance = 100_000
contributions = 20_000
first_roth_year = 2024
[[accounts.conversions]]
year = 2021
taxable = 10_000
untaxed = 0
[[accounts.conversions]]
year = 2025
taxable = 5_000
untaxed = 30_000
""".replace("first_roth_year = 2024", "first_roth_year = 2021")
PLAN = """
[[accounts]]
kind = "roth_plan"
owner = "Ann"
employer = "Acme"
balance = 50_000
basis = 40_000
first_roth_year = 2025
[[accounts.conversions]]
year = 2025
taxable = 1_000
untaxed = 19_000
"""
JOB = '[[jobs]]\nperson = "Ann"\nemployer = "Acme"\npay = 100_000\n[jobs.plan]\n'


def ann(*accounts: str, person: str = "") -> Household:
    """Ann, 56 at the end of 2026 and 59 1/2 on 28 February 2030, with accounts."""
    return parse_household(ANN + person + "".join(accounts), TODAY, file="ann.toml")


def accounts_in(household: Household, year: int, part: int = 0) -> dict[str, AccountAccess]:
    """The accounts of a year by kind."""
    (person,) = access_of(household, year).people
    return {account.kind: account for account in person.periods[part].accounts}


def test_a_roth_ira_step_by_step() -> None:
    """By hand, IRC 408A(d)(3)(F), (4): 2021 is five years old in 2026, 2025 is not."""
    found = accounts_in(ann(IRAS), 2026)["roth_ira"]
    steps = [(step.words, step.amount, step.cost) for step in found.steps]
    assert steps == [
        ("contributions", 20_000.0, "free"),
        ("conversion of 2021, taxed part", 10_000.0, "free"),
        ("conversion of 2025, taxed part", 5_000.0, "ten_percent"),
        ("conversion of 2025, other part", 30_000.0, "free"),
        ("earnings", 35_000.0, "income_and_ten_percent"),
    ]
    assert (found.free_first, found.free, found.ten_percent) == (30_000.0, 60_000.0, 5_000.0)
    assert (found.income, found.income_and_ten_percent, found.additional_tax) == (0.0, 35_000.0, 4_000.0)


def test_rows_change_on_the_day_of_59_and_a_half() -> None:
    """Born on 31 August 1970: six months after the 59th birthday is 28 February 2030."""
    (person,) = access_of(ann(IRAS)).people
    assert person.day_of_59_and_a_half == date(2030, 2, 28)
    assert [(one.first_day, one.last_day) for one in person.periods if one.year == 2030] == [
        (date(2030, 1, 1), date(2030, 2, 27)),
        (date(2030, 2, 28), date(2030, 12, 31)),
    ]
    before, after = (accounts_in(ann(IRAS), 2030, part)["roth_ira"] for part in (0, 1))
    assert (before.income_and_ten_percent, after.free_first) == (35_000.0, 100_000.0)
    assert person.periods[-1].year == 2030  # from then on nothing changes


@pytest.mark.parametrize(
    ("born", "day"),
    [
        ("1970-08-31", "2030-02-28"),
        ("1970-02-10", "2029-08-10"),
        ("1970-07-01", "2030-01-01"),
        ("1968-08-29", "2028-02-29"),
    ],
)
def test_59_and_a_half_is_six_months_after_the_birthday(born: str, day: str) -> None:
    birth, half = date.fromisoformat(born), date.fromisoformat(day)
    assert day_of_age(birth, 59.5) == half
    assert age_on(birth, half) == 59.5
    assert age_on(birth, date.fromordinal(half.toordinal() - 1)) < 59.5


def test_a_plan_is_pro_rata_and_a_rollover_lets_the_basis_out_first() -> None:
    """By hand, IRC 72(e)(8), 402A(c)(4)(D); Reg. 1.408A-10 Q&A-3: 10,000 of 50,000 is income; 1,000 is recaptured."""
    found = accounts_in(ann(PLAN), 2026)["roth_plan"]
    assert (found.free_first, found.free, found.ten_percent) == (0.0, 39_000.0, 1_000.0)
    assert (found.income_and_ten_percent, found.additional_tax) == (10_000.0, pytest.approx(1_100.0))
    assert found.free_first_after_rollover == 0.0  # the taxed part of the conversion comes first
    later = accounts_in(ann(PLAN), 2030)["roth_plan"]
    assert (later.free, later.ten_percent, later.free_first_after_rollover) == (40_000.0, 0.0, 40_000.0)


def test_leaving_the_employer_at_55_spares_the_10_percent_of_that_plan_alone() -> None:
    """IRC 72(t)(2)(A)(v), (3)(A): the last year of work is that of 57, the first without work 2028."""
    household = ann(IRAS, PLAN, JOB, person="retirement_age = 58\n")
    assert accounts_in(household, 2027)["roth_plan"].additional_tax > 0.0
    after = accounts_in(household, 2028)
    assert (after["roth_plan"].income, after["roth_plan"].additional_tax) == (10_000.0, 0.0)
    assert after["roth_ira"].additional_tax > 0.0
    young = ann(PLAN, JOB.replace("Acme", "Other"), person="retirement_age = 58\n")
    assert accounts_in(young, 2028)["roth_plan"].additional_tax > 0.0
    assert any("rule of 55 is not counted" in note for note in access_of(young).people[0].notes)


@pytest.mark.parametrize(("left_in", "tax"), [(2024, 1_000.0), (2025, 0.0)])
def test_a_plan_left_at_55_bears_no_10_percent_tax(left_in: int, tax: float) -> None:
    """IRC 72(t)(2)(A)(v), Pub. 575: left in or after the year of 55. Ann, born in 1970, is 55 in 2025."""
    left = '[[accounts]]\nkind = "pre_tax_plan"\nowner = "Ann"\nbalance = 10_000\n' + f"left_in = {left_in}\n"
    for employer in ("", 'employer = "Old"\n'):
        household = ann(left + employer)
        found = accounts_in(household, 2026)["pre_tax_plan"]
        assert found.additional_tax == pytest.approx(tax)
        assert found.income + found.income_and_ten_percent == 10_000.0
        assert not [note for note in access_of(household).people[0].notes if "rule of 55" in note]
    other = left + 'employer = "Old"\n' + left.replace(f"left_in = {left_in}\n", 'employer = "Older"\n')
    assert any("Older" in note for note in access_of(ann(other)).people[0].notes)


def test_the_table_is_what_the_ledger_says() -> None:
    """For each year: the parts add up to the value, and taking all costs what the ledger charges."""
    household = ann(IRAS, PLAN)
    iras, _ = roth_iras_of(household, "Ann")
    (money,) = plan_money(household, "Ann", "roth_plan")
    plan, _ = designated_roth_of(household, "Ann", money)
    for period in access_of(household).people[0].periods:
        payment = Payment(0.0, period.year, age_on(date(1970, 8, 31), period.first_day))
        for account, ledger in zip(period.accounts, (iras, plan), strict=True):
            whole = Payment(ledger.value, payment.year, payment.age)
            record = ledger.distributed(whole)[0]
            assert sum(getattr(account, cost) for cost in COSTS) == pytest.approx(account.value)
            assert account.income + account.income_and_ten_percent == pytest.approx(record.income)
            assert account.additional_tax == pytest.approx(record.additional_tax.line_4)
            free = ledger.distributed(Payment(account.free_first, payment.year, payment.age))[0]
            assert (free.income, free.additional_tax.line_4) == (0.0, 0.0)


def test_other_accounts_are_pro_rata_too() -> None:
    """IRC 408(d)(1), (2), 72(e)(8): basis in IRAs and in after-tax money, none in pre-tax money."""
    kinds = {"traditional_ira": 4_000.0, "after_tax_plan": 9_000.0, "pre_tax_plan": 0.0}
    texts = [
        f'[[accounts]]\nkind = "{kind}"\nowner = "Ann"\nbalance = 10_000\n' + (f"basis = {basis}\n" if basis else "")
        for kind, basis in kinds.items()
    ]
    found = accounts_in(ann(*texts), 2026)
    for kind, basis in kinds.items():
        assert (found[kind].free, found[kind].income_and_ten_percent) == (basis, 10_000.0 - basis)
        assert found[kind].additional_tax == pytest.approx((10_000.0 - basis) / 10)


def test_what_the_file_does_not_say_is_taken_with_care_and_said() -> None:
    bare = '[[accounts]]\nkind = "roth_ira"\nowner = "Ann"\nbalance = 30_000\n'
    iras, notes = roth_iras_of(ann(bare), "Ann")
    assert (iras.contributions, iras.first_year, iras.earnings) == (0.0, 2026, 30_000.0)
    assert "counts as earnings" in " ".join(notes)
    assert "begin in 2026, the start year" in " ".join(notes)
    iras, notes = roth_iras_of(ann(bare + "basis = 12_000\nfirst_roth_year = 2015\n"), "Ann")
    assert (iras.contributions, iras.first_year) == (12_000.0, 2015)
    assert notes == ("Roth IRAs of Ann: no conversions are given; the basis of $12,000 counts as contributions.",)
    one = "[[accounts.conversions]]\nyear = 2022\ntaxable = 5_000\nuntaxed = 0\n"
    iras, notes = roth_iras_of(ann(bare + "basis = 12_000\n" + one), "Ann")
    assert (iras.contributions, iras.first_year) == (7_000.0, 2022)
    assert "begin in 2022, the first conversion" in notes[0]
    plan = '[[accounts]]\nkind = "roth_plan"\nowner = "Ann"\nemployer = "Acme"\nbalance = 30_000\n'
    household = ann(plan)
    ledger, notes = designated_roth_of(household, "Ann", plan_money(household, "Ann", "roth_plan")[0])
    assert (ledger.basis, ledger.first_year) == (0.0, 2026)
    assert "the basis is not given" in " ".join(notes)


@pytest.mark.parametrize(
    ("year", "basis", "said"),
    [(2024, 44_000, True), (2024, 30_400, False), (2021, 44_000, False)],
    ids=["mixed with other basis", "all of the basis", "five years over"],
)
def test_the_order_of_mixed_basis_in_a_plan_is_told_as_not_confirmed(year: int, basis: int, said: bool) -> None:
    """Instructions for Forms 1099-R and 5498 (2016, 2023, 2024), Box 10: the payer allots, by Notice 2010-84 Q&A-13.

    Its five years begin on 1 January of the year of the conversion: those of 2021 are over in 2026.
    """
    plan = f'[[accounts]]\nkind = "roth_plan"\nowner = "Ann"\nemployer = "Acme"\nbalance = 50_000\nbasis = {basis}\n'
    one = f"first_roth_year = 2020\n[[accounts.conversions]]\nyear = {year}\ntaxable = 400\nuntaxed = 30_000\n"
    household = ann(plan + one)
    notes = " ".join(designated_roth_of(household, "Ann", plan_money(household, "Ann", "roth_plan")[0])[1])
    assert ("not confirmed in the official text" in notes) is said
    assert ("box 10 of Form 1099-R" in notes) is said


def test_the_roth_iras_of_a_person_are_one() -> None:
    """IRC 408A(d)(4)(A): a ledger may stand in one file entry and the money in another."""
    other = '[[accounts]]\nkind = "roth_ira"\nowner = "Ann"\nbalance = 5_000\ncontributions = 5_000\n'
    iras, notes = roth_iras_of(ann(IRAS, other), "Ann")
    assert (iras.value, iras.contributions, iras.first_year, notes) == (105_000.0, 25_000.0, 2021, ())


def test_a_year_before_the_file_is_refused() -> None:
    with pytest.raises(InputError, match="start year"):
        access_of(ann(IRAS), 2025)
