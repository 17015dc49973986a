"""Pay dates, bonuses and sums so far that cannot be used: one message with line and field each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rothwell.cli import run
from rothwell.errors import InputError
from rothwell.household import Household, parse_household

TODAY = date(2026, 11, 23)
HEAD = """[household]
filing_status = "single"
state = "WA"
start_year = 2026
[[people]]
name = "Ann"
birth_date = 1980-01-01
retirement_age = 65
[[jobs]]
person = "Ann"
employer = "Acme"
pay = 100_000
"""
BIWEEKLY = '[jobs.pay_schedule]\nfrequency = "biweekly"\npay_date = 2026-01-09\n'
PLAN = "[jobs.plan]\n"


def read(text: str) -> Household:
    return parse_household(HEAD + text, TODAY, file="ann.toml")


# What follows the head, the field that is named, words of the message.
WRONG = [
    ('[jobs.pay_schedule]\nfrequency = "biweekly"\n', "pay_schedule.pay_date", "is required for pay that is biweekly"),
    (
        '[jobs.pay_schedule]\nfrequency = "fortnightly"\npay_date = 2026-01-09',
        "pay_schedule.frequency",
        "weekly, biweekly",
    ),
    ('[jobs.pay_schedule]\nfrequency = "biweekly"\npay_date = "2026-02-30"', "pay_schedule.pay_date", "calendar"),
    ('[jobs.pay_schedule]\nfrequency = "biweekly"\npay_date = 2026-02-30', "pay_schedule.pay_date", "not valid TOML"),
    ('[jobs.pay_schedule]\nfrequency = "biweekly"\npay_date = "Friday"', "pay_schedule.pay_date", "year-month-day"),
    ('[jobs.pay_schedule]\nfrequency = "monthly"\nday = 0', "pay_schedule.day", "not a day of a month"),
    ('[jobs.pay_schedule]\nfrequency = "monthly"\nday = 32', "pay_schedule.day", '1 to 31, or "last"'),
    ('[jobs.pay_schedule]\nfrequency = "monthly"\nday = true', "pay_schedule.day", "not a day of a month"),
    ('[jobs.pay_schedule]\nfrequency = "monthly"\n', "pay_schedule.day", "is required"),
    ('[jobs.pay_schedule]\nfrequency = "monthly"\nday = 1\ndays = [1, 15]', "pay_schedule.days", "but pay is monthly"),
    ('[jobs.pay_schedule]\nfrequency = "semimonthly"\ndays = [15]', "pay_schedule.days", "two different days"),
    ('[jobs.pay_schedule]\nfrequency = "semimonthly"\ndays = [15, 15]', "pay_schedule.days", "two different days"),
    ('[jobs.pay_schedule]\nfrequency = "semimonthly"\ndays = [30, "last"]', "pay_schedule.days", "one day in February"),
    ('[jobs.pay_schedule]\nfrequency = "semimonthly"\ndays = [1, 40]', "pay_schedule.days[1]", "not a day of a month"),
    (BIWEEKLY.replace("frequency", "frequncy"), "pay_schedule.frequncy", 'did you mean "frequency"'),
    (BIWEEKLY + 'weekend = "never"', "pay_schedule.weekend", "before, after, same"),
    (BIWEEKLY + PLAN + "[jobs.year_to_date]\nafter_tax = 5", "year_to_date.as_of", "is required beside a pay schedule"),
    ("[jobs.year_to_date]\nas_of = 2025-12-31", "year_to_date.as_of", "a day in 2026"),
    (
        PLAN + "[jobs.year_to_date]\nroth_deferrals = 5",
        "year_to_date.roth_deferrals",
        "more than the elective deferrals",
    ),
    (PLAN + "[jobs.year_to_date]\nmatch = 5", "year_to_date.match", "more than the employer contributions"),
    ("[jobs.year_to_date]\npay = 100_001", "year_to_date.pay", "more than the pay of the whole year"),
    ("[[jobs.bonuses]]\ndate = 2026-03-01\namount = 100_001", "pay", "less than the bonuses"),
    ("[[jobs.bonuses]]\ndate = 2027-03-01\namount = 5", "bonuses[0].date", "a day in 2026"),
    ("[[jobs.bonuses]]\ndate = 2026-03-01\namount = 0", "bonuses[0].amount", "above zero"),
    ('[[jobs.equity_pay]]\nkind = "rsus"\namount = 5', "equity_pay[0].kind", 'did you mean "rsu"'),
    ('[[jobs.equity_pay]]\nkind = "rsu"\namount = 5\ndate = 2025-01-01', "equity_pay[0].date", "not in the start year"),
    (PLAN + "true_up = true", "plan.true_up", "there is no match"),
    (PLAN + "match_after_tax = true", "plan.match_after_tax", "takes no after-tax contributions"),
    (PLAN + 'election_step = "2%"', "plan.election_step", "dollars, 1%, 0.5%, 0.1%"),
    (PLAN + 'at_pay_limit = "stops"', "plan.at_pay_limit", "match_stops, all_stops, nothing_stops"),
    ("start_date = 2026-06-01\nend_date = 2026-05-31", "end_date", "before the start_date"),
]


@pytest.mark.parametrize(("text", "field", "words"), WRONG, ids=range(len(WRONG)))
def test_a_slip_in_a_job_is_one_message_with_its_field(text: str, field: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    problem = caught.value
    assert problem.field == f"jobs[0].{field}"
    assert problem.line is not None
    assert words in str(problem)
    assert "\n" not in str(problem)


def test_a_slip_ends_the_command_with_status_2_and_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ann.toml").write_text(HEAD + WRONG[2][0])
    assert run(["capacity", str(tmp_path / "ann.toml")]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert "2026-02-30" in shown.err


@pytest.mark.parametrize("word", ["bi-weekly", "Biweekly", "biweekly"])
def test_hyphens_and_capitals_in_a_frequency_are_read(word: str) -> None:
    (job,) = read(BIWEEKLY.replace("biweekly", word)).jobs
    assert job.pay_schedule is not None
    assert job.pay_schedule.frequency == "biweekly"


def test_plan_pay_leaves_out_stock_and_bonuses_that_the_plan_does_not_count() -> None:
    stock = '[[jobs.equity_pay]]\nkind = "rsu"\namount = 30_000\n'
    bonus = "[[jobs.bonuses]]\ndate = 2026-03-01\namount = 10_000\nplan_counts = false\n"
    assert read(stock + bonus).jobs[0].plan_compensation == 60_000
    assert read("plan_pay = 65_000\n" + stock + bonus).jobs[0].plan_compensation == 65_000
    assert read("").jobs[0].plan_compensation == 100_000
