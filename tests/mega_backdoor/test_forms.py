"""Form 1099-R as a payer should fill it in, the code by age, and the tax on what is kept too early."""

from __future__ import annotations

import random

import pytest

from rothwell.errors import InputError
from rothwell.law import Growth
from rothwell.mega_backdoor.distribution import (
    ROLLOVER_60_DAY,
    Contract,
    Distribution,
    EmployerShares,
    Request,
    Rollover,
    Source,
    distribute,
)
from rothwell.mega_backdoor.distribution_notes import checks_of, notes_of
from rothwell.mega_backdoor.forms import Form1099R, Recipient, additional_tax, code_of_payment, forms_1099r
from rothwell.mega_backdoor.job_year import LawOfYear
from tests.mega_backdoor.random_distributions import random_case, request_of

SOMEBODY = Recipient(age=45.0)


def law() -> LawOfYear:
    """The law of 2026, read anew."""
    return LawOfYear.of(2026, Growth())


def placed(source: Source, amount: float, *rollovers: Rollover) -> Distribution:
    return distribute(Request(source, amount, rollovers), law().record.eligible_rollover_distribution)


def of_notice(*rollovers: Rollover) -> Distribution:
    return placed(Source(200_000.0, 50_000.0), 100_000.0, *rollovers)


def forms(one: Distribution, who: Recipient = SOMEBODY) -> dict[str, Form1099R]:
    return {form.to: form for form in forms_1099r(one, who, law())}


def test_each_form_adds_up() -> None:
    """Gross is taxable, untaxed by a rollover, after-tax and growth; the forms together are the distribution."""
    chance, seen = random.Random(1099), 0
    while seen < 300:
        try:
            one = distribute(request_of(random_case(chance)), law().record.eligible_rollover_distribution)
        except InputError:
            continue
        seen += 1
        every = forms_1099r(one, SOMEBODY, law())
        assert sum(form.box_1 for form in every) == pytest.approx(one.pre_tax + one.after_tax, abs=0.001)
        assert sum(form.box_4 for form in every) == pytest.approx(one.withholding, abs=0.001)
        assert sum(form.box_6 for form in every) == pytest.approx(one.net_unrealized_appreciation, abs=0.001)
        for form in every:
            assert min(form.box_2a, form.box_4, form.box_5, form.box_6) >= 0.0
            assert form.box_2a + form.box_5 + form.box_6 <= form.box_1 + 0.001
            if form.to == "you" and not one.request.source.qualified:
                assert form.box_2a + form.box_5 + form.box_6 == pytest.approx(form.box_1, abs=0.001)


def test_a_direct_rollover_has_code_g() -> None:
    """Instructions for Forms 1099-R and 5498 (2025), Direct Rollovers: to Roth the taxable amount in 2a, basis in 5."""
    found = forms(of_notice(Rollover("traditional_ira", 60_000.0), Rollover("roth_ira", 40_000.0)))
    assert set(found) == {"traditional_ira", "roth_ira"}
    traditional, roth = found["traditional_ira"], found["roth_ira"]
    assert (traditional.box_1, traditional.box_2a, traditional.box_5, traditional.box_7) == (60_000.0, 0.0, 0.0, "G")
    assert (roth.box_1, roth.box_2a, roth.box_5, roth.box_7) == (40_000.0, 20_000.0, 20_000.0, "G")
    assert not roth.box_2b_total_distribution


def test_a_rollover_inside_the_plan_leaves_box_10_empty() -> None:
    """Box 10 is of later payments out of the designated Roth account (instructions, Box 10; Notice 2010-84, Q&A-13)."""
    one = placed(Source(100.0, 30_000.0, "separate_subaccount"), 30_100.0, Rollover("in_plan_roth", 30_100.0))
    form = forms(one)["in_plan_roth"]
    assert (form.box_1, form.box_2a, form.box_5, form.box_7, form.box_10) == (30_100.0, 100.0, 30_000.0, "G", None)
    assert not form.box_2b_total_distribution  # the sub-account is emptied, the account of the plan is not


def test_a_60_day_rollover_is_on_the_form_of_the_payment() -> None:
    """The payer knows nothing of it: box 2a is what was taxable on the day of payment."""
    plan, late = Rollover("plan", 70_000.0), Rollover("roth_ira", 12_000.0, ROLLOVER_60_DAY)
    paid = forms(of_notice(plan, late))["you"]
    assert (paid.box_1, paid.box_2a, paid.box_4, paid.box_5) == (30_000.0, 10_000.0, 2_000.0, 20_000.0)
    assert set(forms(of_notice(plan, late))) == {"plan", "you"}


@pytest.mark.parametrize(
    ("contract", "to", "code"), [("designated_roth", "roth_ira", "H"), ("designated_roth", "roth_plan", "BG")]
)
def test_codes_of_designated_roth_accounts(contract: Contract, to: str, code: str) -> None:
    """Guide to Distribution Codes: H to a Roth IRA, B and G to another designated Roth account, B with 1, 2 or 7."""
    one = placed(Source(3_000.0, 11_000.0, contract), 7_000.0, Rollover(to, 5_000.0))
    found = forms(one, Recipient(age=45.0, first_roth_year=2024))
    assert (found[to].box_7, found[to].box_2a, found[to].box_11) == (code, 0.0, 2024)
    assert (found["you"].box_7, found["you"].box_11) == ("1B", 2024)


@pytest.mark.parametrize(
    ("recipient", "code"),
    [
        (Recipient(59.5), "7"),
        (Recipient(59.4), "1"),
        (Recipient(56.0, separated_at=55), "2"),
        (Recipient(58.0, separated_at=54), "1"),
        (Recipient(54.0, separated_at=55), "2"),  # 55 later in the year
        (Recipient(52.0, separated_at=50, public_safety=True), "2"),
        (Recipient(52.0, separated_at=50), "1"),
        (Recipient(), None),
    ],
)
def test_age_decides_the_code_of_a_payment(recipient: Recipient, code: str | None) -> None:
    """IRC 72(t)(2)(A)(i), (v), (10)."""
    assert code_of_payment(recipient, law()) == code


def test_the_additional_tax_is_on_the_cash_alone() -> None:
    """10% of the 10,000 kept, IRC 72(t)(1); nothing of what was converted."""
    one = of_notice(Rollover("roth_ira", 70_000.0))
    assert (one.taxable_income, one.cash.taxable) == (80_000.0, 10_000.0)
    assert additional_tax(one, Recipient(45.0), law()) == 1_000.0
    assert additional_tax(one, Recipient(60.0), law()) == 0.0
    assert additional_tax(one, Recipient(), law()) is None


def test_growth_of_shares_is_in_box_6() -> None:
    """N1: 200,000 in box 2a, 800,000 in box 6."""
    whole = Request(Source(1_000_000.0, 0.0), 1_000_000.0, shares=EmployerShares(1_000_000.0, 200_000.0))
    form = forms(distribute(whole, law().record.eligible_rollover_distribution), Recipient(60.0))["you"]
    assert (form.box_1, form.box_2a, form.box_6, form.box_7) == (1_000_000.0, 200_000.0, 800_000.0, "7")
    assert form.box_2b_total_distribution


def told(one: Distribution, who: Recipient = SOMEBODY) -> str:
    every = [*notes_of(one, who, law()), *checks_of(one, forms_1099r(one, who, law()))]
    assert all(note.law and note.words.endswith(".") for note in every)
    return " ".join(note.words for note in every)


def test_the_trap_of_the_traditional_ira_is_told() -> None:
    assert "an ordinary backdoor Roth of 2026 or later is taxed pro rata" in told(
        of_notice(Rollover("traditional_ira", 80_000.0))
    )
    assert "pro rata over it" not in told(of_notice(Rollover("plan", 80_000.0)))


def test_box_2a_of_zero_although_earnings_went_to_roth_is_told() -> None:
    one = placed(Source(407.0, 9_852.0, "separate_subaccount"), 10_259.0, Rollover("roth_ira", 10_259.0))
    words = told(one)
    assert "box 2a must be $407. Payers often leave it at zero" in words
    assert "Taken out of Roth before 2031 and before 59 1/2, that $407 bears the 10% additional tax" in words
    assert "Taken out of Roth" not in told(one, Recipient(60.0))


def test_a_rollover_that_loses_the_rule_of_55_is_told() -> None:
    one = of_notice(Rollover("traditional_ira", 80_000.0))
    assert "in an IRA it cannot" in told(one, Recipient(56.0, separated_at=55))
    assert "in an IRA it cannot" not in told(one, Recipient(56.0))


def test_other_notes_come_where_they_belong() -> None:
    basis = told(of_notice(Rollover("traditional_ira", 90_000.0)))
    assert "$10,000 of after-tax money lands in the traditional IRA" in basis
    plan = told(of_notice(Rollover("plan", 82_000.0)))
    assert "must agree to account for the after-tax money" in plan
    assert "as untaxed" in plan
    same = told(of_notice(Rollover("roth_plan", 100_000.0)))
    assert "roth_plan is taken as the designated Roth account of this same plan" in same
    assert "cannot be undone" in same
    assert "Form 1040: line 5a $100,000, line 5b $80,000, marked as a rollover." in same
    replaced = told(of_notice(Rollover("plan", 70_000.0), Rollover("roth_ira", 30_000.0, ROLLOVER_60_DAY)))
    assert "add $2,000 of other money" in replaced
    assert "knows nothing of the $30,000 rolled over later" in replaced
    unknown = told(of_notice(), Recipient())
    assert "Before 59 1/2 it may bear the 10% additional tax as well" in unknown
