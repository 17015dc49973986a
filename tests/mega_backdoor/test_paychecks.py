"""Paychecks: sums to the cent, the match in hard cases by hand, elections against all that could be set."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rothwell.errors import InputError
from rothwell.mega_backdoor.capacity import EmployerCapacity, capacity_of
from tests.mega_backdoor.brute_force import Case, best_dollars, best_percents
from tests.mega_backdoor.households import desk, household, job

# Limits of 2026: Notice 2025-67.
LIMIT, CATCH_UP, ADDITIONS, PAY_LIMIT = 24_500, 8_000, 72_000, 360_000
HALF_OF_6 = "match = [{ rate = 0.5, up_to = 0.06 }]"
BIWEEKLY = '[jobs.pay_schedule]\nfrequency = "biweekly"\npay_date = 2026-01-09'
MONTHLY = '[jobs.pay_schedule]\nfrequency = "monthly"\nday = 15'


def paid(*parts: str, schedule: str = BIWEEKLY, age: int = 45, **terms: object) -> EmployerCapacity:
    """Ann's one employer; `parts` are further tables of the job, `terms` go to its helper."""
    (found,) = desk("\n".join([job(**terms), schedule, *parts]), age=age)  # type: ignore[arg-type]
    return found


def total(found: EmployerCapacity, name: str) -> float:
    """The sum of the paychecks, in whole cents."""
    return round(sum(getattr(one, name) for one in found.paychecks), 2)


def test_an_even_year_in_dollars_by_hand() -> None:
    """310,000 over 26: 11,923.08; 24,500 / 26 = 942.31, 38,200 / 26 = 1,469.23; match 3% of pay."""
    found = paid(plan=HALF_OF_6, pay=310_000)
    first, last = found.paychecks[0], found.paychecks[-1]
    assert (first.gross, first.elective_deferral, first.after_tax, first.match) == (11_923.08, 942.31, 1_469.23, 357.69)
    assert last.elective_deferral == round(24_500 - 25 * 942.31, 2)
    assert last.after_tax == round(38_200 - 25 * 1_469.23, 2)
    assert (found.match_total, found.match_lost, found.true_up, found.achievable) == (9_300, 0, 0, True)
    assert [(one.kind, one.from_paycheck, one.rate, one.dollars) for one in found.elections] == [
        ("pre_tax", "2026-01-09", None, 942.31),
        ("pre_tax", "2026-12-25", None, 942.25),
        ("after_tax", "2026-01-09", None, 1_469.23),
        ("after_tax", "2026-12-25", None, 1_469.25),
    ]


def test_whole_percents_change_once_so_that_no_match_is_lost() -> None:
    """8% of 24 paychecks and 7% of one leave 772.98 of the limit to the last, 6.48% of it: its whole 6% are matched."""
    found = paid(plan=HALF_OF_6 + '\nelection_step = "1%"', pay=310_000)
    assert [(one.from_paycheck, one.rate) for one in found.elections if one.kind == "pre_tax"] == [
        ("2026-01-09", 0.08),
        ("2026-12-11", 0.07),
    ]
    assert found.paychecks[-1].elective_deferral == round(24_500 - 24 * 953.85 - 834.62, 2)
    assert (total(found, "elective_deferral"), found.match_total, found.match_lost) == (24_500, 9_300, 0)
    even = {one.name: one for one in found.variants}["even_spread"]
    assert even.match_lost == pytest.approx(0.5 * (0.06 * 11_923.0 - (24_500 - 25 * 953.85)), abs=0.01)
    left = found.after_tax_room - total(found, "after_tax")
    assert 0 <= left < 0.01 * 11_923.08


def test_front_loading_loses_the_match_of_the_paychecks_without_deferrals() -> None:
    """24,500 is gone in the third paycheck of 11,923.08: matched are 6% of two and of what is left of it, 653.84."""
    found = paid(plan=HALF_OF_6, pay=310_000)
    front = {one.name: one for one in found.variants}["front_loaded"]
    assert front.match_total == pytest.approx(0.5 * (2 * 0.06 * 11_923.08 + (24_500 - 2 * 11_923.08)), abs=0.01)
    assert front.match_lost == pytest.approx(9_300 - front.match_total, abs=0.01)
    with_true_up = paid(plan=HALF_OF_6 + "\ntrue_up = true", pay=310_000)
    trued_up = {one.name: one for one in with_true_up.variants}["front_loaded"]
    assert (trued_up.match_total, trued_up.match_lost) == (9_300, 0)
    assert trued_up.true_up == pytest.approx(9_300 - front.match_total, abs=0.01)


def test_facts_that_have_front_loaded_lose_match_and_say_how_much() -> None:
    """Half a year at twice the rate: 13 paychecks have earned 4,650 of 9,300, and nothing more can be deferred."""
    facts = "as_of = 2026-06-30\nelective_deferrals = 24_500\nemployer_contributions = 4_650\nmatch = 4_650"
    found = paid(plan=HALF_OF_6, pay=310_000, facts=facts)
    assert (found.match_total, found.match_lost, found.true_up) == (4_650, 4_650, 0)
    assert len(found.paychecks) == 13
    assert (total(found, "elective_deferral"), found.achievable) == (0, True)
    assert any(note.startswith("Match lost: 4,650.00 dollars") for note in found.paycheck_notes)
    again = paid(plan=HALF_OF_6 + "\ntrue_up = true", pay=310_000, facts=facts)
    assert (again.match_total, again.match_lost, again.true_up) == (9_300, 0, 4_650)


def test_a_target_out_of_reach_is_not_achievable() -> None:
    facts = "as_of = 2026-12-20\nelective_deferrals = 2_000"
    found = paid(plan=HALF_OF_6, pay=310_000, facts=facts)
    assert found.achievable is False
    assert total(found, "elective_deferral") + total(found, "after_tax") == 11_923.00
    assert any("cannot be reached any more" in note for note in found.paycheck_notes)
    over = paid(plan=HALF_OF_6, pay=310_000, facts="as_of = 2026-12-31\nafter_tax = 5")
    assert (over.paychecks, over.achievable) == ((), False)


def test_pay_of_the_paychecks_is_the_pay_of_the_year() -> None:
    bonus = "[[jobs.bonuses]]\ndate = 2026-03-13\namount = 30_000.01"
    stock = '[[jobs.equity_pay]]\nkind = "rsu"\namount = 100_000'
    found = paid(bonus, stock, pay=412_345.67)
    assert total(found, "gross") == 312_345.67
    assert len({one.gross for one in found.paychecks if one.kind == "regular"}) == 2  # the last has the odd cents
    (paid_bonus,) = [one for one in found.paychecks if one.kind == "bonus"]
    assert (paid_bonus.gross, paid_bonus.elective_deferral, paid_bonus.match) == (30_000.01, 0, 0)
    later = paid(pay=310_000, facts="as_of = 2026-06-30\npay = 160_000")
    assert (len(later.paychecks), total(later, "gross")) == (13, 150_000)


def test_stock_is_no_plan_pay() -> None:
    stock = '[[jobs.equity_pay]]\nkind = "rsu"\namount = 160_000'
    found = paid(stock, plan=HALF_OF_6 + "\nafter_tax_pay_cap = 0.1", pay=400_000)
    assert (found.match, found.match_total) == (pytest.approx(7_200), 7_200)
    assert found.after_tax_room == pytest.approx(24_000)
    assert found.annual_additions_limit == ADDITIONS


def test_a_bonus_takes_its_share_where_elections_apply() -> None:
    """270,000 in 12 paychecks and 30,000: the same share of all; the match is 3% of every one."""
    bonus = "[[jobs.bonuses]]\ndate = 2026-03-20\namount = 30_000\nelections_apply = "
    found = paid(bonus + "true", schedule=MONTHLY, plan=HALF_OF_6, pay=300_000)
    (one,) = [one for one in found.paychecks if one.kind == "bonus"]
    assert (one.elective_deferral, one.match) == (2_450, 900)
    assert found.match_lost == 0
    without = paid(bonus + "false", schedule=MONTHLY, plan=HALF_OF_6, pay=300_000)
    assert (without.match_total, without.match_lost) == (
        8_100,
        900,
    )  # no paycheck matches the bonus
    trued_up = paid(bonus + "false", schedule=MONTHLY, plan=HALF_OF_6 + "\ntrue_up = true", pay=300_000)
    assert (trued_up.match_total, trued_up.true_up) == (9_000, 900)


@pytest.mark.parametrize(("rule", "last_deferral"), [("match_stops", "2026-09-15"), ("all_stops", "2026-08-14")])
def test_pay_above_the_limit_by_each_rule(rule: str, last_deferral: str) -> None:
    """600,000 a year, 50,000 a month: 360,000 is passed in the eighth paycheck, whose first 10,000 still count."""
    found = paid(schedule=MONTHLY, plan=f'{HALF_OF_6}\nat_pay_limit = "{rule}"', pay=600_000)
    eighth = found.paychecks[7]
    assert eighth.match == pytest.approx(0.5 * min(eighth.elective_deferral, 0.06 * 10_000), abs=0.01)
    assert all(one.match == 0 for one in found.paychecks[8:])
    assert found.paychecks[6].match >= 1_500
    assert (found.match_total, found.match_lost) == (10_800, 0)  # 3% of 360,000: deferrals come early enough
    deferring = [one.date for one in found.paychecks if one.elective_deferral > 0]
    assert deferring[-1] == last_deferral


def test_a_match_that_nothing_stops_ends_at_that_of_pay_up_to_the_limit() -> None:
    found = paid(schedule=MONTHLY, plan=f'{HALF_OF_6}\nat_pay_limit = "nothing_stops"', pay=600_000)
    assert (found.match_total, found.match_lost) == (10_800, 0)
    assert len({round(one.elective_deferral) for one in found.paychecks}) == 1


def test_a_dollar_cap_on_the_match_ends_it_in_the_year() -> None:
    found = paid(plan=HALF_OF_6 + "\nmatch_dollar_cap = 5_000", pay=310_000)
    assert (found.match_total, total(found, "match"), found.match_lost) == (5_000, 5_000, 0)
    assert found.paychecks[-1].match == 0


def test_catch_up_follows_the_base_limit_and_must_be_roth_for_high_wages() -> None:
    """32,500 / 26 = 1,250: 19 paychecks hold 23,750, the twentieth 750 of base and 500 of catch-up."""
    found = paid(plan=HALF_OF_6, pay=310_000, age=52, wages=176_100)
    assert [one.catch_up for one in found.paychecks] == [0.0] * 19 + [500.0] + [1_250.0] * 6
    assert [(one.kind, one.from_paycheck, one.dollars) for one in found.elections if one.kind != "after_tax"] == [
        ("pre_tax", "2026-01-09", 1_250),
        ("roth", "2026-10-02", 1_250),
    ]
    free = paid(plan=HALF_OF_6, pay=310_000, age=52, wages=150_000)
    assert {one.kind for one in free.elections} == {"pre_tax", "after_tax"}
    barred = paid(plan=HALF_OF_6 + "\nroth_deferrals = false", pay=310_000, age=52, wages=176_100)
    assert (total(barred, "elective_deferral"), total(barred, "catch_up")) == (LIMIT, 0)


def test_a_job_for_a_part_of_the_year_pays_within_its_dates() -> None:
    text = job(pay=60_000).replace("pay = 60000", "pay = 60_000\nstart_date = 2026-09-01\nend_date = 2026-11-30")
    (found,) = desk(text + "\n" + BIWEEKLY)
    assert (found.paychecks[0].date, found.paychecks[-1].date, len(found.paychecks)) == ("2026-09-04", "2026-11-27", 7)
    assert total(found, "gross") == 60_000


def test_a_job_that_has_ended_leaves_the_deferral_limit_to_the_next() -> None:
    facts = "as_of = 2026-06-30\nelective_deferrals = 10_000"
    ended = job(pay=100_000, facts=facts).replace("pay = 100000", "pay = 100_000\nend_date = 2026-06-30")
    begun = job(employer="Beta", pay=150_000).replace("pay = 150000", "pay = 150_000\nstart_date = 2026-07-01")
    first, second = desk(ended, begun + "\n" + BIWEEKLY)
    assert (first.elective_deferrals, second.elective_deferrals) == (10_000, LIMIT - 10_000)
    assert total(second, "elective_deferral") == LIMIT - 10_000
    assert any("does not know of deferrals in other plans" in note for note in second.paycheck_notes)


def test_matched_after_tax_money_and_its_match_fill_the_room() -> None:
    """By hand: 10% of 200,000 is matched in full. 8,000 deferred earn 8,000, the first 12,000 after tax earn 12,000;
    72,000 - 8,000 - 20,000 = 44,000 after tax in all."""
    plan = "match = [{ rate = 1.0, up_to = 0.1 }]\nmatch_after_tax = true\nelective_deferral = 8_000"
    found = paid(plan=plan, pay=200_000)
    assert (found.match, found.after_tax_room) == (pytest.approx(20_000), pytest.approx(44_000))
    assert (found.match_total, found.match_lost, total(found, "after_tax")) == (20_000, 0, 44_000)
    small = paid(plan=plan + "\nafter_tax_dollar_cap = 5_000", pay=200_000)
    assert (small.match, small.after_tax_room) == (pytest.approx(13_000), 5_000)
    # 20,000 of pay: its 10% are matched by the deferral alone; 20,000 - 8,000 - 2,000 are left
    low = paid(plan=plan, pay=20_000)
    assert (low.match, low.after_tax_room) == (pytest.approx(2_000), pytest.approx(10_000))
    # ACP limit of 12%: match + after-tax at most 24,000; 8,000 + 2a = 24,000
    acp = paid(plan=plan + "\nacp_limit = 0.12", pay=200_000)
    assert (acp.after_tax_room, acp.match) == (pytest.approx(8_000), pytest.approx(16_000))


def test_matched_after_tax_money_spread_over_the_year_keeps_the_match_of_early_deferrals() -> None:
    facts = "as_of = 2026-06-30\nelective_deferrals = 24_500\nemployer_contributions = 4_650\nmatch = 4_650"
    found = paid(plan=HALF_OF_6 + "\nmatch_after_tax = true", pay=310_000, facts=facts)
    assert (found.match_total, found.match_lost) == (9_300, 0)


def test_without_pay_dates_there_is_no_schedule_and_the_answer_says_so() -> None:
    answer = capacity_of(household(job(plan=HALF_OF_6)))
    (found,) = answer.people[0].employers
    assert (found.paychecks, found.elections, found.variants) == ((), (), ())
    assert found.match_total is found.match_lost is found.true_up is found.achievable is None
    assert "[jobs.pay_schedule] for Acme" in answer.notes[-1]


def test_a_planned_deferral_above_the_limit_is_refused_with_pay_dates_too() -> None:
    with pytest.raises(InputError, match=re.escape("jobs[0].plan.elective_deferral")):
        paid(plan="elective_deferral = 24_501", pay=310_000)
    found = paid(pay=310_000, facts="as_of = 2026-11-30\nelective_deferrals = 25_000")
    assert [(one.limit, one.amount) for one in found.corrections] == [("elective_deferrals", 500)]
    assert total(found, "elective_deferral") == 0


def test_27_paychecks_are_told() -> None:
    found = paid(schedule=BIWEEKLY.replace("01-09", "01-01"), pay=310_000)
    assert (len(found.paychecks), found.extra_paycheck) == (27, True)
    assert any(note.startswith("2026 has 27 pay dates instead of 26") for note in found.paycheck_notes)
    assert any("2026-01-01 is a holiday" in note for note in found.paycheck_notes)


def random_case(generator: np.random.Generator, step: str | None = None, concave: bool = False) -> Case:
    paychecks = int(generator.integers(2, 4 if concave else 6))
    pay = float(generator.choice([40_000, 90_000.37, 150_000, 250_000, 420_000, 800_000]))
    bonus = float(generator.choice([0, 0, 10_000, 60_000.5]))
    ends = sorted({float(end) for end in generator.choice([0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1], 3)})
    rates = [float(generator.choice([0, 0.25, 0.5, 1.0])) for _ in ends]
    return Case(
        first_month=13 - paychecks,
        pay=pay,
        bonus=0.0 if concave or bonus > pay / 2 else bonus,
        bonus_month=int(generator.integers(13 - paychecks, 13)),
        elections_apply=bool(generator.integers(2)),
        tiers=tuple(zip(sorted(rates, reverse=True) if concave else rates, ends, strict=True)),
        dollar_cap=None if generator.random() < 0.7 else float(generator.choice([2_000, 5_000])),
        at_pay_limit=str(generator.choice(["match_stops", "all_stops", "nothing_stops"])),
        planned=None if generator.random() < 0.6 else float(generator.choice([3_000, 7_777.77, 15_000])),
        true_up=False,
        step=step or str(generator.choice(["1%", "1%", "0.5%"])),
        nonelective=0.0,
    )


@pytest.mark.slow
def test_schedules_equal_brute_force() -> None:
    """400 small cases in percents, 100 in dollars: the match, and then the deferrals, of the best of all elections."""
    generator = np.random.default_rng(401)
    for _ in range(400):
        case = random_case(generator)
        (found,) = desk(case.text())
        match, deferral = best_percents(case, found.elective_deferrals)
        assert total(found, "match") == pytest.approx(match, abs=0.055), case  # rounding cent by cent
        if total(found, "match") == match:
            step = {"1%": 0.01, "0.5%": 0.005}[case.step]
            smallest = min(one.gross for one in found.paychecks if one.kind == "regular" or case.elections_apply)
            reached = case.planned is None or found.elective_deferrals == deferral
            slack = 0.01 if reached else step * smallest + 0.05
            assert deferral - slack <= total(found, "elective_deferral") <= deferral + 0.01, case
    for _ in range(100):
        case = random_case(generator, "dollars", concave=True)
        (found,) = desk(case.text())
        pieces = 100
        best = best_dollars(case, found.elective_deferrals, pieces)
        coarse = max(rate for rate, _ in case.tiers) * case.pay / (13 - case.first_month) / pieces
        assert best - 0.05 <= total(found, "match") <= best + len(found.paychecks) * coarse + 0.05, case


@settings(max_examples=60, deadline=None)
@given(
    pay=st.floats(85_000, 900_000),
    rate=st.sampled_from([0.25, 0.5, 1.0]),
    up_to=st.sampled_from([0.03, 0.045, 0.06]),
    age=st.sampled_from([45, 52, 61]),
    schedule=st.sampled_from(
        [
            BIWEEKLY,
            BIWEEKLY.replace("biweekly", "weekly"),
            MONTHLY,
            '[jobs.pay_schedule]\nfrequency = "semi-monthly"\ndays = [15, "last"]',
        ]
    ),
    nonelective=st.sampled_from([0.0, 0.03]),
)
def test_schedules_sum_to_the_limits_to_the_cent(
    pay: float, rate: float, up_to: float, age: int, schedule: str, nonelective: float
) -> None:
    terms = f"match = [{{ rate = {rate}, up_to = {up_to} }}]\nnonelective = {nonelective}"
    found = paid(schedule=schedule, plan=terms, pay=round(pay, 2), age=age)
    planned = round(found.elective_deferrals + found.catch_up, 2)
    assert total(found, "elective_deferral") == planned
    assert 0 <= round(found.left_this_year - total(found, "after_tax"), 2) <= 0.01
    assert found.match_lost is not None
    assert found.match_lost <= 0.01
    assert found.match_total is not None
    additions = total(found, "elective_deferral") - total(found, "catch_up") + total(found, "after_tax")
    additions += found.match_total + found.nonelective
    assert additions == pytest.approx(min(ADDITIONS, round(pay, 2)), abs=0.02)
    assert found.achievable is True


@settings(max_examples=40, deadline=None)
@given(
    pay=st.floats(30_000, 900_000),
    planned=st.floats(0, 24_500),
    as_of=st.integers(1, 12),
    done=st.floats(0, 20_000),
    step=st.sampled_from(["dollars", "1%", "0.1%"]),
)
def test_match_with_a_true_up_is_the_annual_formula(
    pay: float, planned: float, as_of: int, done: float, step: str
) -> None:
    done = min(done, planned, pay / 2)
    terms = f'{HALF_OF_6}\ntrue_up = true\nelection_step = "{step}"\nelective_deferral = {min(planned, pay):.2f}'
    found = paid(plan=terms, pay=round(pay, 2), facts=f"as_of = 2026-{as_of:02}-01\nelective_deferrals = {done:.2f}")
    put_in = round(done, 2) + total(found, "elective_deferral")
    assert found.match_total == pytest.approx(0.5 * min(put_in, 0.06 * min(round(pay, 2), PAY_LIMIT)), abs=0.011)


def every_other_friday(plan: str, facts: str) -> EmployerCapacity:
    """Ann with 260,000 a year, paid every other Friday from 9 January 2026 on."""
    pays = '[jobs.pay_schedule]\nfrequency = "biweekly"\npay_date = 2026-01-09\n[jobs.year_to_date]'
    return desk(job(plan, pay=260_000.0, facts=facts).replace("[jobs.year_to_date]", pays))[0]


def test_percents_do_not_pass_the_plan_s_own_cap() -> None:
    """26 checks of 10,000 from 9 January on; a cap of 10% of 260,000: 12,000 is in, 14,000 is left, and on nine checks
    16% would pass it: 16% of five and 15% of four are 14,000 exactly."""
    plan = 'after_tax_contributions = true\nafter_tax_pay_cap = 0.1\nelection_step = "1%"'
    facts = "as_of = 2026-08-15\nelective_deferrals = 18_000\nemployer_contributions = 0\nafter_tax = 12_000"
    one = every_other_friday(plan, facts)
    amounts = [check.after_tax for check in one.paychecks]
    assert sum(amounts) <= 14_000.0 + 0.001
    assert sum(amounts) > 14_000.0 - 0.01 * 10_000.0
    assert all(amount > 0.0 for amount in amounts)
    assert any("caps each election" in note for note in one.paycheck_notes)


def test_match_that_the_file_is_silent_on_is_not_lost() -> None:
    """Silence is not zero: 18,000 deferred of 160,000 earns the formula's match so far."""
    plan = "match = [{ rate = 1.0, up_to = 0.03 }]"
    said = "as_of = 2026-08-15\nelective_deferrals = 18_000"
    assert every_other_friday(plan, said).match_lost == pytest.approx(0.0, abs=0.02)
    told = every_other_friday(plan, said + "\nemployer_contributions = 0").match_lost
    assert told is not None
    assert told > 1_000.0


def test_an_employer_of_this_year_paid_no_wages_last_year() -> None:
    """IRC 414(v)(7)(A) looks at wages of the year before from the same employer."""
    (one,) = desk(job(wages=None).replace("pay =", "start_date = 2026-07-13\npay ="), age=52)
    assert one.catch_up_must_be_roth is False
