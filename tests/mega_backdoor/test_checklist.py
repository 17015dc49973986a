"""The checklist of a year: tasks by day, the order of savings, reasons against after-tax money, mistakes caught."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from rothwell.household import parse_household
from rothwell.mega_backdoor.capacity import capacity_of
from rothwell.mega_backdoor.checklist import Checklist, Task, checklist_of
from rothwell.mega_backdoor.mistakes import Mistake
from rothwell.mega_backdoor.savings_order import Against, Step
from tests.mega_backdoor.households import TODAY, household, job

JSON_PAGE = (Path(__file__).resolve().parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
PAY_DAYS = '[jobs.pay_schedule]\nfrequency = "monthly"\nday = "last"'
TO_ROTH = 'after_tax_contributions = true\nconversion = "every_paycheck"'
HALF_OF_SIX = "match = [{ rate = 0.5, up_to = 0.06 }]"


def checklist(*tables: str, age: int = 45, more: str = "") -> Checklist:
    """The checklist of Ann, who has these jobs; `more` stands after her [[people]] table."""
    one = household(*tables, age=age)
    if more:
        text = '[household]\nfiling_status = "single"\nstate = "WA"\nstart_year = 2026\nprior_magi = { 2024 = 0 }\n'
        text += f'[[people]]\nname = "Ann"\nbirth_date = {2026 - age}-12-31\n{more}\n'
        text += "\n".join(["", *tables, "[spending]", "living_cost = 50_000"])
        one = parse_household(text, TODAY, file="ann.toml")
    return checklist_of(one, capacity_of(one))


def kinds(found: Checklist) -> set[str]:
    return {one.kind for one in found.mistakes}


def mistake(found: Checklist, kind: str) -> Mistake:
    return next(one for one in found.mistakes if one.kind == kind)


@pytest.mark.parametrize("record", [Checklist, Task, Step, Against, Mistake])
def test_every_key_of_the_checklist_is_documented(record: type) -> None:
    assert not [one.name for one in fields(record) if f"`{one.name}`" not in JSON_PAGE]


def test_the_elections_are_the_first_things_to_do() -> None:
    """Twelve paychecks from 2026-01-30 on (the 31st is a Saturday): 24,500 / 12 of deferrals, IRC 402(g)."""
    found = checklist(job(TO_ROTH, pay=240_000) + "\n" + PAY_DAYS)
    first, second = found.tasks[:2]
    assert (first.by, second.by) == ("2026-01-30", "2026-01-30")
    assert "pre-tax deferrals" in first.words
    assert "$2,041.6" in first.words
    assert "after-tax contributions" in second.words
    assert any("first conversion" in one.words and one.by == "2026-02-06" for one in found.tasks)


def test_every_dated_task_is_in_order() -> None:
    found = checklist(job(TO_ROTH) + "\n" + PAY_DAYS)
    dated = [one.by for one in found.tasks if one.by]
    assert dated == sorted(dated)
    assert [one.by is None for one in found.tasks] == sorted(one.by is None for one in found.tasks)
    assert found.tasks[-1].by is None or found.tasks[-1].by == "2027-04-15"


def test_a_plan_without_after_tax_money_asks_no_call() -> None:
    found = checklist(job("after_tax_contributions = false"))
    assert not [one for one in found.tasks if "convert what after-tax" in one.words]
    assert [one for one in found.questions if "does the plan take after-tax" in one]


def test_the_questions_are_those_that_the_file_leaves_open() -> None:
    open_ones = checklist(job(f"{TO_ROTH}\n{HALF_OF_SIX}")).questions
    answered = checklist(
        job(f"{TO_ROTH}\n{HALF_OF_SIX}\ntrue_up = true\nacp_limit = 0.2\nafter_tax_pay_cap = 0.2")
    ).questions
    for words in ("true-up", "ACP test", "cap after-tax"):
        assert [one for one in open_ones if words in one]
        assert not [one for one in answered if words in one]


def test_the_match_comes_first_and_the_taxable_account_last() -> None:
    names = [one.name for one in checklist(job(f"{TO_ROTH}\n{HALF_OF_SIX}")).order]
    assert names[0] == "elective deferrals that are matched, Acme"
    assert names[-1] == "taxable account"
    assert names.index("ordinary backdoor Roth IRA") < names.index("after-tax contributions, Acme")
    assert names.index("elective deferrals up to the limit, Acme") < names.index("ordinary backdoor Roth IRA")


def test_cash_and_goals_come_before_after_tax_money() -> None:
    """A floor of 30,000 and 20,000 next year with nothing saved: 50,000 first."""
    goal = '[[goals]]\nname = "roof"\nyear = 2027\namount = 20_000'
    one = household(job(TO_ROTH), goal)
    spending = one.spending.model_copy(update={"cash_floor": 30_000.0})
    found = checklist_of(one.model_copy(update={"spending": spending}), capacity_of(one))
    assert (found.order[0].name, found.order[0].room) == ("cash and near goals", 50_000.0)
    assert {"short_horizon", "liquidity"} <= {one.kind for one in found.against}


def test_the_zero_rate_on_gains_speaks_against_after_tax_money() -> None:
    """2026, single: the zero rate ends at 49,450 of taxable income (Rev. Proc. 2025-32); the deduction is 16,100."""
    assert "zero_rate_on_gains" in {one.kind for one in checklist(job(TO_ROTH, pay=85_000)).against}
    assert "zero_rate_on_gains" not in {one.kind for one in checklist(job(TO_ROTH, pay=95_000)).against}


def test_after_tax_money_that_cannot_become_roth_is_told() -> None:
    assert "no_way_to_roth" in {one.kind for one in checklist(job("after_tax_contributions = true")).against}
    assert "no_way_to_roth" not in {one.kind for one in checklist(job(TO_ROTH)).against}


def test_money_in_a_traditional_ira_spoils_the_backdoor() -> None:
    """93,000 pre-tax beside 7,500: 7,500 x 93,000 / 100,500 = 6,940.30 is taxable, IRC 408(d)(2)."""
    ira = '[[accounts]]\nkind = "traditional_ira"\nowner = "Ann"\nbalance = 93_000'
    found = mistake(checklist(job(TO_ROTH, pay=400_000), ira), "spoiled_backdoor")
    assert "$6,940 of $7,500" in found.words
    assert "2026-12-31" in found.cure
    assert "spoiled_backdoor" not in kinds(checklist(job(TO_ROTH, pay=400_000)))


@pytest.mark.parametrize(("retires", "caught"), [(54, False), (55, True), (59, True), (60, False)])
def test_the_rule_of_55_is_not_lost_by_a_rollover(retires: int, caught: bool) -> None:
    found = checklist(job(TO_ROTH), age=50, more=f"retirement_age = {retires}")
    assert ("rule_of_55" in kinds(found)) is caught


def test_deferrals_too_small_for_the_match_are_caught() -> None:
    """Half of 6% of 250,000 is 7,500; deferring 5,000 earns 2,500."""
    found = mistake(checklist(job(f"{TO_ROTH}\n{HALF_OF_SIX}\nelective_deferral = 5_000")), "match_not_earned")
    assert found.dollars == pytest.approx(5_000.0)
    assert "match_not_earned" not in kinds(checklist(job(f"{TO_ROTH}\n{HALF_OF_SIX}")))


def test_excess_deferrals_are_a_mistake_with_their_cure() -> None:
    """26,000 deferred at 45 in 2026: 1,500 above 24,500, IRC 402(g)."""
    found = checklist(job(TO_ROTH, facts="elective_deferrals = 26_000"))
    assert mistake(found, "elective_deferrals").dollars == pytest.approx(1_500.0)
    assert any(one.by == "2027-03-01" for one in found.tasks)


@pytest.mark.parametrize(
    ("pay", "caught"), [(131_000.0, False), (132_000.0, True), (133_400.0, True), (134_000.0, False)]
)
def test_a_cliff_within_2000_dollars_is_caught(pay: float, caught: bool) -> None:
    """CMS 2026: the first tier begins above 109,000 of a single return; pay less 24,500 of deferrals at 64."""
    found = checklist(job("elective_deferral = 24_500", pay=pay), age=64)
    assert ("near_medicare_premiums" in kinds(found)) is caught


@pytest.mark.parametrize(("takes", "words"), [("true", "roll $93,000"), ("false", None), (None, "ask whether")])
def test_ira_money_is_rolled_only_into_a_plan_that_may_take_it(takes: str | None, words: str | None) -> None:
    """IRC 408(d)(3)(A)(ii): a plan may take pre-tax IRA money, and need not."""
    ira = '[[accounts]]\nkind = "traditional_ira"\nowner = "Ann"\nbalance = 93_000'
    says = f"retirement_age = 65\n[people.ira]\nplan_takes_rollovers = {takes}" if takes else "retirement_age = 65"
    found = checklist(job(TO_ROTH, pay=400_000), ira, more=says)
    rolled = [one.words for one in found.tasks if "93,000" in one.words]
    assert bool(rolled) is (words is not None)
    assert not rolled or rolled[0].startswith(words)  # type: ignore[arg-type]


def test_the_order_of_savings_shows_what_is_left() -> None:
    """24,500 less 18,000 so far."""
    found = checklist(job(TO_ROTH, facts="elective_deferrals = 18_000"))
    left = {one.name: one.room for one in found.order}
    assert left["elective deferrals up to the limit, Acme"] == pytest.approx(6_500.0)


def test_catch_up_that_may_be_roth_is_told_beside_the_income() -> None:
    """IRC 414(v)(7): without last year's wages nothing tells whether the 8,000 leave pay before tax."""
    for wages, told in ((None, True), (140_000.0, False)):
        one = household(job(TO_ROTH, wages=wages), age=52)
        notes = capacity_of(one).people[0].ira.notes
        assert any("8,000 dollars is taken as Roth" in note for note in notes) is told
