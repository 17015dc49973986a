"""What people found hard who had only `--help` and the README: each in a sentence, and what they are told now."""

from __future__ import annotations

from pathlib import Path

import pytest

from rothwell.cli import run

ANN = """[household]
filing_status = "single"
state = "WA"
start_year = 2026
[[people]]
name = "Ann"
birth_date = 1980-01-01
retirement_age = 65
"""
END = "\n[spending]\nliving_cost = 50_000\n"
ACME = '[[jobs]]\nperson = "Ann"\nemployer = "Acme"\npay = 250_000\n[jobs.plan]\nafter_tax_contributions = true\n'
BETA = '[[jobs]]\nperson = "Ann"\nemployer = "Beta"\npay = 100_000\n[jobs.plan]\n'
SCHEDULE = '[jobs.pay_schedule]\nfrequency = "{}"\npay_date = {}\n'
DISTRIBUTION = ("distribution", "--pre-tax", "200k", "--after-tax", "50k", "--amount", "100k")


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Run a command on a file of Ann's; the exit status, and all that is shown as one line."""

    def tell(text: str, *command: str) -> tuple[int, str]:
        (tmp_path / "ann.toml").write_text(ANN + text + END, encoding="utf-8")
        status = run(
            [*(command or ("capacity",)), *([] if "distribution" in command else [str(tmp_path / "ann.toml")])]
        )
        shown = capsys.readouterr()
        return status, " ".join((shown.out + shown.err).split())

    return tell


def test_an_excess_over_several_limits_is_not_added_up(told) -> None:  # type: ignore[no-untyped-def]
    """56,000 after tax: 1,500 above 415(c), 26,000 above the cap, 36,000 above 10% of pay less 5,000 of match."""
    caps = "after_tax_dollar_cap = 30_000\nacp_limit = 0.1\nmatch = [{ rate = 0.5, up_to = 0.06 }]\n"
    facts = "[jobs.year_to_date]\nelective_deferrals = 10_000\nemployer_contributions = 7_500\nafter_tax = 56_000\n"
    status, words = told(ACME + caps + "elective_deferral = 10_000\n" + facts)
    assert status == 0
    assert "are not to be added: after-tax money returned for one counts for the other, 26,000.00 dollars" in words
    assert "26,000.00 dollars come back first" in words
    assert "leaves 10,000.00 for it" in words


def test_what_the_law_was_not_read_for_is_not_said_as_law(told) -> None:  # type: ignore[no-untyped-def]
    """That after-tax money returned for 415(c) leaves the ACP test: Reg. 1.415-6(b)(6)(iv) before 2007, not since.

    What was read: Rev. Proc. 2021-30 sec. 5.01(3), an Excess Allocation is what is over the plan's own maximum or over
    415, corrected by sec. 6.06(2), and an excess aggregate contribution is none of them; and plans in the IRS's model
    words, by which it stays an annual addition even if distributed.
    """
    caps = "after_tax_dollar_cap = 30_000\nacp_limit = 0.1\nmatch = [{ rate = 0.5, up_to = 0.06 }]\n"
    facts = "[jobs.year_to_date]\nelective_deferrals = 10_000\nemployer_contributions = 7_500\nafter_tax = 56_000\n"
    _, words = told(ACME + caps + "elective_deferral = 10_000\n" + facts)
    assert "no longer count in the ACP test, which is not confirmed in the official text" in words
    assert "an ACP refund stays an annual addition (Reg. 1.415(c)-1(b))" in words
    assert "Rev. Proc. 2021-30 sec. 5.01(3), 6.06(2)" in words


def test_one_excess_alone_has_no_such_note(told) -> None:  # type: ignore[no-untyped-def]
    _, words = told(ACME + "after_tax_dollar_cap = 30_000\n[jobs.year_to_date]\nafter_tax = 40_000\n")
    assert "above the plan's own cap" in words
    assert "to be added" not in words


@pytest.mark.parametrize(("day", "warned"), [("2026-01-09", False), ("2026-01-10", True), ("2026-01-11", True)])
def test_a_pay_date_on_a_weekend_is_told(told, day: str, warned: bool) -> None:  # type: ignore[no-untyped-def]
    """9 January 2026 is a Friday."""
    _, words = told(ACME + SCHEDULE.format("biweekly", day))
    assert ("on which banks do not pay" in words) is warned
    assert "is a Saturday" in words or day != "2026-01-10"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("fortnightly", "biweekly"), ("every two weeks", "biweekly"), ("twice a month", "semimonthly")],
)
def test_everyday_words_for_pay_dates_are_understood(told, typed: str, meant: str) -> None:  # type: ignore[no-untyped-def]
    status, words = told(ACME + SCHEDULE.format(typed, "2026-01-09"))
    assert status == 2
    assert f'did you mean "{meant}"?' in words


@pytest.mark.parametrize(
    ("typed", "meant"), [("twice a year", "half_yearly"), ("annually", "yearly"), ("each paycheck", "every_paycheck")]
)
def test_everyday_words_for_conversions_are_understood(told, typed: str, meant: str) -> None:  # type: ignore[no-untyped-def]
    _, words = told(ACME + f'conversion = "{typed}"\n')
    assert f'did you mean "{meant}"?' in words


def test_several_destinations_stand_side_by_side(told) -> None:  # type: ignore[no-untyped-def]
    """Commas part destinations, and may stand within an amount."""
    apart = told("", *DISTRIBUTION, "--direct", "traditional_ira=80k", "--direct", "roth_ira=20k")
    together = told("", *DISTRIBUTION, "--direct", "traditional_ira=$80,000, roth_ira=$20,000")
    assert apart == together
    assert apart[0] == 0


def test_a_destination_without_its_option_says_how_to_join_them(told) -> None:  # type: ignore[no-untyped-def]
    status, words = told("", *DISTRIBUTION, "--direct", "traditional_ira=80k", "roth_ira=20k")
    assert status == 2
    assert "Join destinations with commas" in words


def test_the_deferral_room_at_a_second_employer_is_a_sentence(told) -> None:  # type: ignore[no-untyped-def]
    """24,500 less the 10,000 planned at the first."""
    _, words = told(ACME + "elective_deferral = 10_000\n" + BETA)
    assert "Elective deferrals of Ann in 2026, catch-up in them: $10,000 at Acme and $14,500 at Beta." in words
    assert "Elective deferrals of Ann in" not in told(ACME)[1]


def test_a_job_that_is_over_has_no_room_left(told) -> None:  # type: ignore[no-untyped-def]
    """The facts run to the last day: what the limit leaves can go in no more."""
    old = ACME.replace("[jobs.plan]", "end_date = 2026-06-30\n[jobs.plan]") + "[jobs.year_to_date]\n"
    status, words = told(old + "as_of = 2026-06-30\nelective_deferrals = 15_000\nafter_tax = 20_000\n")
    assert status == 0
    assert "$20,000 is already in: $0 is left. The job is over: no more can go in." in words
    assert "The job is over" not in told(ACME)[1]


def test_a_match_in_words_is_told_how_to_write_it(told) -> None:  # type: ignore[no-untyped-def]
    assert "such as [ { rate = 0.5, up_to = 0.06 } ]" in told(ACME + 'match = "50% of 6%"\n')[1]
    assert 'in quotes: "$310,000", "6%"' in told(ACME + "match = [{ rate = 50%, up_to = 6% }]\n")[1]


def test_a_day_that_does_not_exist_says_what_is_allowed(told) -> None:  # type: ignore[no-untyped-def]
    status, words = told(ACME + SCHEDULE.format("biweekly", "2026-02-30"))
    assert status == 2
    assert "Invalid date" in words
    assert "found 'pay_date = 2026-02-30'; allowed: a day of the calendar, such as 2026-02-28" in words


def test_a_match_without_employer_contributions_says_what_is_missing(told) -> None:  # type: ignore[no-untyped-def]
    status, words = told(ACME + "match = [{ rate = 0.5, up_to = 0.06 }]\n[jobs.year_to_date]\nmatch = 4_000\n")
    assert status == 2
    assert "is given without employer_contributions" in words
    assert "allowed: employer_contributions as well" in words


def test_payments_after_the_end_of_the_year_speak_of_the_past(told) -> None:  # type: ignore[no-untyped-def]
    """No withholding can be raised any more once the year is over."""
    facts = "prior_year_tax = 60_000\nprior_year_agi = 240_000\nwithheld_so_far = 20_000\nwithholding_to_come = 0\n"
    _, over = told(ACME + f"[payments]\nas_of = 2027-01-20\n{facts}", "payments")
    assert "nothing more can be paid in time" in over
    assert "was required for 2026" in over
    assert "the year is over, so more withholding cannot undo it" in over
    _, before = told(ACME + f"[payments]\nas_of = 2026-10-20\n{facts}", "payments")
    assert "only more withholding undoes it" in before


def test_the_earnings_of_a_refund_are_income_of_the_next_year(told) -> None:  # type: ignore[no-untyped-def]
    """25,000 less 5% of 250,000: 12,500 come back, with 12,500 x (1.06^0.5 - 1) = 369.54 of earnings."""
    plan = "after_tax_dollar_cap = 25_000\n[jobs.plan.acp_test]\nnhce_average = 0.03\n[market]\nmean_return = 0.06\n"
    _, words = told(ACME.replace("[jobs.plan]", "prior_year_wages = 240_000\n[jobs.plan]") + plan)
    assert "the refund of 12,500 dollars brings about 370 of earnings along" in words
    assert "370 dollars of income of 2027" in words


def test_stock_pay_without_payments_leads_to_the_command(told) -> None:  # type: ignore[no-untyped-def]
    stock = '[[jobs.equity_pay]]\nkind = "rsu"\namount = 100_000\n'
    assert "`rothwell payments` says what is short" in told(ACME + stock, "checklist")[1]
    assert "`rothwell payments`" not in told(ACME, "checklist")[1]
    assert "pay, less equity_pay and bonuses not counted" in told(ACME + stock, "capacity", "--json")[1]


def test_the_help_leads_to_the_keys_of_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    run(["capacity", "--help"])
    assert "examples/everything.toml has every key" in " ".join(capsys.readouterr().out.split())
