"""The forms of a year's plan: the codes of Form W-2, the boxes of Forms 1099-R and 5498, Forms 8606, 5329 and 1040."""

from __future__ import annotations

from datetime import date

import pytest

from rothwell.household import Household, parse_household
from rothwell.mega_backdoor.capacity import capacity_of
from rothwell.mega_backdoor.form_line import FormLine, values_of
from rothwell.mega_backdoor.forms_of_year import FormsOfYear, forms_of
from rothwell.mega_backdoor.ira_forms import Form5498
from tests.mega_backdoor.households import TODAY, job

TO_ROTH = 'conversion = "every_paycheck"'


def ann(*tables: str, age: int = 45, ira: str = "", born: str = "12-31", listed: bool = True) -> Household:
    """Ann with jobs and accounts; no accounts at all where none are given, unless they are not `listed`."""
    text = '[household]\nfiling_status = "single"\nstate = "WA"\nstart_year = 2026\n'
    text += "prior_magi = { 2024 = 0, 2025 = 0 }\n"
    has_accounts = any("[[accounts]]" in table for table in tables)
    text = ("" if has_accounts or not listed else "accounts = []\n") + text
    text += f'[[people]]\nname = "Ann"\nbirth_date = {2026 - age}-{born}\nretirement_age = 70\n'
    text += f"[people.ira]\n{ira}\n" if ira else ""
    return parse_household("\n".join([text, *tables, "[spending]\nliving_cost = 50_000"]), TODAY, file="ann.toml")


def box_12(forms: FormsOfYear) -> dict[str, float]:
    return {entry.code: entry.amount for form in forms.people[0].w2 for entry in form.box_12}


def iras(forms: FormsOfYear) -> dict[str, Form5498]:
    return {form.kind: form for form in forms.people[0].of_iras.form_5498}


def lines_of_1040(forms: FormsOfYear) -> dict[str, float]:
    return values_of(forms.returns[0].lines)


def account(kind: str, balance: float, basis: float | None = None, employer: str | None = None) -> str:
    rest = (f"basis = {basis}\n" if basis is not None else "") + (f'employer = "{employer}"\n' if employer else "")
    return f'[[accounts]]\nkind = "{kind}"\nowner = "Ann"\nbalance = {balance}\n{rest}'


@pytest.mark.parametrize(
    ("plan", "codes"),
    [
        ("", {"D": 24_500}),
        ('deferral_kind = "roth"', {"AA": 24_500}),
        ('kind = "403b"', {"E": 24_500}),
        ('kind = "403b"\ndeferral_kind = "roth"', {"BB": 24_500}),
        ('kind = "457b"\nafter_tax_contributions = false\nelective_deferral = 20_000', {"G": 20_000}),
        (
            'kind = "457b"\nafter_tax_contributions = false\nelective_deferral = 20_000\nnonelective = 0.01',
            {"G": 22_500},
        ),
        (
            'kind = "457b"\ngovernmental = true\nafter_tax_contributions = false\ndeferral_kind = "roth"',
            {"EE": 24_500},
        ),
    ],
)
def test_box_12_by_kind_of_plan(plan: str, codes: dict[str, float]) -> None:
    """General Instructions for Forms W-2 and W-3 (2025), box 12; code G has the employer's 1% of 250,000 in it."""
    assert box_12(forms_of(ann(job(plan)))) == codes


def test_catch_up_that_must_be_roth_has_the_roth_code() -> None:
    """IRC 414(v)(7)(A): 24,500 pre-tax and 8,000 Roth at 52; box 1 is lower by the pre-tax part alone."""
    forms = forms_of(ann(job(wages=200_000), age=52))
    assert box_12(forms) == {"D": 24_500, "AA": 8_000}
    assert forms.people[0].w2[0].box_1 == 225_500


def test_roth_deferrals_so_far_stay_roth() -> None:
    """10,000 of 24,500 have gone in as Roth: 14,500 leave pay before tax."""
    facts = "elective_deferrals = 12_000\nroth_deferrals = 10_000"
    forms = forms_of(ann(job(facts=facts)))
    assert box_12(forms) == {"D": 14_500, "AA": 10_000}
    assert forms.people[0].w2[0].box_1 == 235_500


def test_roth_deferrals_earlier_in_the_year_count_for_the_roth_catch_up() -> None:
    """Reg. 1.414(v)-2: 8,000 of catch-up must be Roth, and 10,000 of the deferrals are already."""
    facts = "elective_deferrals = 12_000\nroth_deferrals = 10_000"
    assert box_12(forms_of(ann(job(wages=200_000, facts=facts), age=52))) == {"D": 22_500, "AA": 10_000}


def test_roth_deferrals_so_far_are_income() -> None:
    """250,000 less the 14,500 that are pre-tax."""
    facts = "elective_deferrals = 12_000\nroth_deferrals = 10_000"
    assert capacity_of(ann(job(facts=facts))).people[0].ira.magi == 235_500


def test_an_owner_files_the_form_of_the_own_plan() -> None:
    """IRC 6047(d): the administrator of a one-person plan is its owner."""
    shop = '[[businesses]]\nperson = "Ann"\nname = "Shop"\nnet_profit = 150_000\n[businesses.plan]\n'
    shop += 'after_tax_contributions = true\nconversion = "yearly"\n'
    assert any("nobody else sends it" in check.words for check in forms_of(ann(shop)).checks)
    assert not any("nobody else sends it" in check.words for check in forms_of(ann(job(TO_ROTH))).checks)


def test_an_excess_stands_in_box_12_too() -> None:
    """26,000 deferred of 24,500: the code shows all of it."""
    assert box_12(forms_of(ann(job(facts="elective_deferrals = 26_000")))) == {"D": 26_000}


def test_after_tax_money_is_not_in_box_12() -> None:
    """72,000 less 24,500 stays in box 1; box 14 may show it."""
    (form,) = forms_of(ann(job(TO_ROTH))).people[0].w2
    assert [entry.code for entry in form.box_12] == ["D"]
    assert form.box_14_after_tax == 47_500


def test_box_1_is_pay_less_what_is_pre_tax() -> None:
    """250,000 less 24,500; Social Security wages end at 184,500 (SSA, 2026); Medicare wages do not end."""
    (form,) = forms_of(ann(job())).people[0].w2
    assert (form.box_1, form.box_3, form.box_5) == (225_500, 184_500, 250_000)
    assert form.box_13_retirement_plan


@pytest.mark.parametrize(("kind", "payroll_wages"), [("iso", 70_000), ("espp", 70_000), ("rsu", 100_000)])
def test_stock_of_incentive_options_bears_no_payroll_tax(kind: str, payroll_wages: float) -> None:
    """IRC 3121(a)(22): stock of incentive options and purchase plans is in box 1, not in boxes 3 and 5."""
    stock = f'[[jobs.equity_pay]]\nkind = "{kind}"\namount = 30_000\n'
    one = ann(job("elective_deferral = 0\nafter_tax_contributions = false", pay=100_000) + "\n" + stock)
    (form,) = forms_of(one).people[0].w2
    assert (form.box_1, form.box_3, form.box_5) == (100_000, payroll_wages, payroll_wages)


def test_money_out_of_pay_for_an_hsa_is_in_no_wages() -> None:
    """IRC 106(d), 3121(a)(2)(B): 3,000 out of pay and 1,000 of the employer make code W."""
    text = (
        "[people.hsa]\ncoverage = [{ kind = 'family' }]\npayroll_contributions = 3_000\nemployer_contributions = 1_000"
    )
    one = ann(f"{text}\n{job('elective_deferral = 0', pay=100_000)}")
    (form,) = forms_of(one).people[0].w2
    assert {entry.code: entry.amount for entry in form.box_12} == {"W": 4_000}
    assert (form.box_1, form.box_3, form.box_5) == (97_000, 97_000, 97_000)


def test_a_457b_plan_alone_makes_nobody_an_active_participant() -> None:
    """IRC 219(g)(5); box 13 stays unchecked, and the whole 7,500 may be deducted at any income."""
    one = ann(job('kind = "457b"\ngovernmental = true\nafter_tax_contributions = false'))
    assert not forms_of(one).people[0].w2[0].box_13_retirement_plan
    assert capacity_of(one).people[0].ira.deductible == 7_500
    assert capacity_of(ann(job())).people[0].ira.deductible == 0


def test_the_form_of_a_yearly_conversion_by_hand() -> None:
    """Paychecks of 30 November and 31 December; the first waits 31 days at 6% a year until 31 December."""
    schedule = '[jobs.pay_schedule]\nfrequency = "monthly"\nday = "last"\nweekend = "same"'
    text = job('conversion = "yearly"\nelective_deferral = 0', facts="as_of = 2026-10-31") + f"\n{schedule}"
    one = ann(text, "[market]\nmean_return = 0.06")
    first, last = capacity_of(one).people[0].employers[0].paychecks
    assert (first.date, last.date) == ("2026-11-30", "2026-12-31")
    (form,) = [each.form for each in forms_of(one).people[0].of_plans]
    earned = first.after_tax * (1.06 ** (31 / 365) - 1)
    assert form.box_5 == pytest.approx(first.after_tax + last.after_tax, abs=0.005)
    assert form.box_2a == pytest.approx(earned, abs=0.005)
    assert form.box_1 == pytest.approx(form.box_2a + form.box_5, abs=0.005)
    assert form.box_7 == "G"


def test_earlier_after_tax_money_is_on_the_form() -> None:
    """15,000 with 14,200 of contributions, 4,000 of this year: 800 of earnings, and 43,500 are still to come."""
    text = job(TO_ROTH, facts="after_tax = 4_000")
    one = forms_of(ann(text, account("after_tax_plan", 15_000, 14_200, "Acme")))
    ((form, move),) = [(each.form, each.move) for each in one.people[0].of_plans]
    assert (form.box_1, form.box_2a, form.box_5) == (58_500, 800, 57_700)
    assert not move.unknown_earnings
    assert any("box 2a must show" in check.words for check in one.checks)


def test_what_has_moved_already_is_told() -> None:
    one = forms_of(ann(job(TO_ROTH, facts="after_tax = 4_000")))
    assert one.people[0].of_plans[0].form.box_1 == 47_500
    assert any("not in the file" in check.words for check in one.checks)


def test_money_that_cannot_become_roth_brings_no_form() -> None:
    assert not forms_of(ann(job())).people[0].of_plans


def test_the_forms_of_the_ordinary_backdoor() -> None:
    """7,500 undeducted and converted, no other IRA: box 2a repeats it, nothing is taxable (Form 8606, line 18)."""
    forms = forms_of(ann(job(pay=400_000)))
    (form,) = forms.people[0].of_iras.form_1099r
    assert (form.box_1, form.box_2a, form.box_7) == (7_500, 7_500, "2")
    assert form.box_2b_not_determined
    assert form.box_7_ira
    shown = values_of(forms.people[0].of_iras.form_8606)
    assert (shown["1"], shown["8"], shown["18"], shown["14"]) == (7_500, 7_500, 0, 0)
    assert (iras(forms)["traditional_ira"].box_1, iras(forms)["roth_ira"].box_3) == (7_500, 7_500)
    assert (lines_of_1040(forms)["4a"], lines_of_1040(forms)["4b"]) == (7_500, 0)


def test_pre_tax_money_taxes_the_backdoor_on_the_forms() -> None:
    """93,000 pre-tax beside 7,500: 7,500 x 7,500 / 100,500 = 559.70 is basis, 6,940.30 taxable; the rest is carried."""
    forms = forms_of(ann(job(pay=400_000), account("traditional_ira", 93_000)))
    shown = values_of(forms.people[0].of_iras.form_8606)
    assert shown["18"] == pytest.approx(6_940.30, abs=0.005)
    assert shown["14"] == pytest.approx(6_940.30, abs=0.005)
    assert lines_of_1040(forms)["4b"] == pytest.approx(6_940.30, abs=0.005)
    assert iras(forms)["traditional_ira"].box_5 == 93_000


def test_what_is_taxable_is_not_guessed_where_the_iras_are_not_known() -> None:
    forms = forms_of(ann(job(pay=400_000), listed=False))
    assert set(values_of(forms.people[0].of_iras.form_8606)) == {"1", "2", "8"}
    assert set(lines_of_1040(forms)) == {"5a", "5b"}
    assert any("people.ira.year_end_value" in check.words for check in forms.checks)


def test_form_5498_tells_rollovers_from_contributions() -> None:
    """Instructions for Forms 1099-R and 5498 (2025): plan money in box 2, IRA money in box 3, contributions in 10."""
    text = job("in_service_rollover = true", pay=90_000, facts="after_tax = 4_000")
    forms = forms_of(ann(text, ira="roth_contributions = 2_000"))
    form = iras(forms)["roth_ira"]
    moved = forms.people[0].of_plans[0].form
    assert moved.to == "roth_ira"
    assert (form.box_1, form.box_2, form.box_3, form.box_4, form.box_10) == (0, moved.box_1, 0, 0, 2_000)
    assert any("belongs in box 2" in check.words for check in forms.checks)


@pytest.mark.parametrize(("age", "code", "tax"), [(45, "1", 1_000), (62, "7", None)])
def test_an_early_payment_of_an_ira_is_on_form_5329(age: int, code: str, tax: float | None) -> None:
    """10,000 out of an IRA without basis: 10% of it before 59 1/2, IRC 72(t)."""
    one = ann(job(pay=90_000), account("traditional_ira", 50_000), age=age, ira="distributions = 10_000")
    person = forms_of(one).people[0]
    assert [form.box_7 for form in person.of_iras.form_1099r] == [code]
    assert values_of(person.of_iras.form_5329).get("4") == tax


def test_the_code_of_the_year_of_59_and_a_half_hangs_on_the_day() -> None:
    """Born on 30 June 1967: 59 1/2 on 30 December 2026."""
    (form,) = forms_of(ann(job(pay=400_000), age=59, born="06-30")).people[0].of_iras.form_1099r
    assert form.box_7 is None
    (form,) = forms_of(ann(job(pay=400_000), age=59, born="07-02")).people[0].of_iras.form_1099r
    assert form.box_7 == "2"


def test_an_excess_is_on_form_5329() -> None:
    """7,500 into a Roth IRA at an income that allows none: lines 24 and 25, 6%."""
    one = ann(job(pay=400_000), account("roth_ira", 60_000), ira="roth_contributions = 7_500")
    shown = values_of(forms_of(one).people[0].of_iras.form_5329)
    assert (shown["24"], shown["25"]) == (7_500, pytest.approx(450))


def test_lines_of_form_1040_are_those_of_the_forms() -> None:
    forms = forms_of(ann(job(TO_ROTH), account("after_tax_plan", 15_000, 14_200, "Acme")))
    plan = forms.people[0].of_plans[0].form
    shown: dict[str, FormLine] = {line.number: line for line in forms.returns[0].lines}
    assert (shown["5a"].value, shown["5b"].value, shown["5b"].entry) == (plan.box_1, plan.box_2a, "Rollover")


def test_the_days_by_which_the_forms_are_there() -> None:
    """31 January 2027 is a Sunday, 31 May 2027 a Monday: IRC 6051(a), 7503; Reg. 1.408-5(b)."""
    forms = forms_of(ann(job()))
    assert (forms.by, forms.form_5498_by) == (date(2027, 2, 1).isoformat(), "2027-05-31")
