"""The desk: ages, wages, tiers, caps, two employers, facts and elections."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rothwell.errors import InputError
from rothwell.law import law_for
from rothwell.mega_backdoor.capacity import EmployerCapacity, capacity_of
from rothwell.mega_backdoor.employer_plan import Deferral, deferral_within_annual_additions
from rothwell.mega_backdoor.plan_terms import no_plan, plan_of
from tests.mega_backdoor.households import desk, household, job

# Limits of 2026: Notice 2025-67.
LIMIT, CATCH_UP, CATCH_UP_60_63, ADDITIONS, PAY_LIMIT = 24_500, 8_000, 11_250, 72_000, 360_000


def lines_of(employer: EmployerCapacity) -> dict[str, float]:
    return {line.name: line.value for line in employer.lines}


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (49, 0),
        (50, CATCH_UP),
        (59, CATCH_UP),
        (60, CATCH_UP_60_63),
        (63, CATCH_UP_60_63),
        (64, CATCH_UP),
    ],
)
def test_catch_up_by_age(age: int, expected: float) -> None:
    """IRC 414(v)(2)(B), (E), (5); a birthday on 31 December counts for the year, Reg. 1.414(v)-1(g)(3)."""
    (found,) = desk(job(), age=age)
    assert found.catch_up == expected
    assert found.elective_deferrals == LIMIT
    assert found.after_tax_room == ADDITIONS - LIMIT


def test_a_plan_without_the_higher_catch_up_gives_the_lower_one() -> None:
    (found,) = desk(job("catch_up_60_63 = false"), age=61)
    assert found.catch_up == CATCH_UP


@pytest.mark.parametrize(("wages", "expected"), [(150_000, False), (150_000.01, True), (0, False), (None, None)])
def test_roth_catch_up_threshold(wages: float | None, expected: bool | None) -> None:
    (found,) = desk(job(wages=wages), age=55)
    assert found.catch_up_must_be_roth is expected
    assert found.catch_up == CATCH_UP


def test_unknown_wages_are_asked_for_from_50_on_only() -> None:
    (found,) = desk(job(wages=None), age=50)
    assert "jobs[0].prior_year_wages" in found.notes[0]
    (younger,) = desk(job(wages=None), age=49)
    assert younger.catch_up_must_be_roth is False
    assert younger.notes == ()


def test_no_roth_feature_no_catch_up() -> None:
    """IRC 414(v)(7)(B)."""
    (found,) = desk(job("roth_deferrals = false", wages=200_000), age=55)
    assert found.catch_up == 0.0
    assert found.catch_up_must_be_roth is True
    assert "takes no Roth deferrals" in found.notes[0]
    (below,) = desk(job("roth_deferrals = false", wages=150_000), age=55)
    assert below.catch_up == CATCH_UP


def test_match_by_tiers() -> None:
    terms = "match = [{ rate = 1.0, up_to = 0.03 }, { rate = 0.5, up_to = 0.05 }]"
    (found,) = desk(job(terms, pay=200_000))
    assert found.match == pytest.approx(6_000 + 2_000)
    assert lines_of(found)["Match: 100% of the first 3% of pay"] == pytest.approx(6_000)
    assert lines_of(found)["Match: 50% of 3% to 5% of pay"] == pytest.approx(2_000)


def test_match_stops_at_the_pay_limit() -> None:
    """IRC 401(a)(17)(A)."""
    (found,) = desk(job("match = [{ rate = 0.5, up_to = 0.06 }]", pay=500_000))
    assert found.match == pytest.approx(0.5 * 0.06 * PAY_LIMIT)
    assert lines_of(found)["Pay that the plan may count"] == PAY_LIMIT


def test_a_cap_on_the_match_is_a_line_of_its_own() -> None:
    (found,) = desk(job("match = [{ rate = 1.0, up_to = 0.06 }]\nmatch_dollar_cap = 9_000", pay=200_000))
    assert found.match == 9_000
    assert lines_of(found)["less match above the plan's cap"] == pytest.approx(-3_000)


def test_only_deferrals_are_matched() -> None:
    (found,) = desk(job("match = [{ rate = 1.0, up_to = 0.06 }]\nelective_deferral = 4_000", pay=200_000))
    assert found.match == pytest.approx(4_000)


@pytest.mark.parametrize(
    ("terms", "room", "limited_by"),
    [
        ("", ADDITIONS - LIMIT, "annual_additions"),
        ("after_tax_dollar_cap = 10_000", 10_000, "plan_cap"),
        ("after_tax_pay_cap = 0.1", 25_000, "plan_cap"),
        ("acp_limit = 0.08", 20_000, "acp"),
        ("acp_limit = 0.08\nafter_tax_dollar_cap = 20_001", 20_000, "acp"),
        ("after_tax_contributions = false", 0, "not_allowed"),
        ("acp_limit = 0.0", 0, "acp"),
    ],
)
def test_the_limit_that_binds_is_named(terms: str, room: float, limited_by: str) -> None:
    (found,) = desk(job(terms))
    assert (found.after_tax_room, found.limited_by) == (pytest.approx(room), limited_by)


def test_match_uses_up_the_acp_limit() -> None:
    """IRC 401(m)(3): (match + after-tax) over pay."""
    (found,) = desk(job("acp_limit = 0.08\nmatch = [{ rate = 1.0, up_to = 0.05 }]", pay=200_000))
    assert (found.after_tax_room, found.limited_by) == (pytest.approx(16_000 - 10_000), "acp")


def test_one_deferral_limit_for_two_employers_and_an_annual_additions_limit_for_each() -> None:
    """IRC 402(g)(1), 415(c); the first job of the file takes the limit on deferrals."""
    first, second = desk(job(), job(employer="Beta"), age=50)
    assert (first.elective_deferrals, second.elective_deferrals) == (LIMIT, 0)
    assert (first.catch_up, second.catch_up) == (CATCH_UP, 0)
    assert (first.after_tax_room, second.after_tax_room) == (ADDITIONS - LIMIT, ADDITIONS)
    total = capacity_of(household(job(), job(employer="Beta"), age=50)).people[0].total
    assert (total.elective_deferrals, total.catch_up, total.after_tax_room) == (LIMIT, CATCH_UP, 2 * ADDITIONS - LIMIT)


def test_what_the_first_plan_leaves_goes_to_the_second() -> None:
    first, second = desk(job("elective_deferral = 10_000"), job(employer="Beta"), age=45)
    assert (first.elective_deferrals, second.elective_deferrals) == (10_000, LIMIT - 10_000)
    assert lines_of(second)["less deferrals in other plans"] == -10_000


def test_what_has_gone_into_the_second_plan_is_not_offered_to_the_first() -> None:
    first, second = desk(job(), job(employer="Beta", facts="elective_deferrals = 20_000"))
    assert (first.elective_deferrals, second.elective_deferrals) == (LIMIT - 20_000, 20_000)


def test_what_has_gone_in_reduces_what_is_left() -> None:
    (found,) = desk(job(facts="after_tax = 15_000\nelective_deferrals = 24_500"))
    assert found.after_tax_room == ADDITIONS - LIMIT
    assert found.left_this_year == ADDITIONS - LIMIT - 15_000
    assert found.corrections == ()


def test_employer_money_beyond_the_formula_counts() -> None:
    (found,) = desk(job("nonelective = 0.03", facts="employer_contributions = 17_500"))
    assert found.employer_contributions == pytest.approx(17_500)
    assert found.after_tax_room == pytest.approx(ADDITIONS - LIMIT - 17_500)


def test_excess_deferrals_of_two_employers_are_a_result_with_their_correction() -> None:
    """IRC 402(g)(2)(A): with its earnings by 15 April of the next year."""
    facts = "elective_deferrals = 15_000"
    first, second = desk(job(facts=facts), job(employer="Beta", facts=facts))
    assert first.corrections == ()
    (correction,) = second.corrections
    assert (correction.limit, correction.amount) == ("elective_deferrals", 5_500)
    assert "with its earnings by 15 April 2027" in correction.action
    assert "402(g)(2)" in correction.law


def test_deferrals_above_the_limit_are_catch_up_from_50_on() -> None:
    (found,) = desk(job(facts="elective_deferrals = 33_000"), age=52)
    assert (found.elective_deferrals, found.catch_up) == (LIMIT, CATCH_UP)
    assert [one.amount for one in found.corrections] == [500]


def test_excess_annual_additions_are_a_result_with_their_correction() -> None:
    """IRC 415(c)(1); Rev. Proc. 2021-30 sec. 6.06(2)."""
    (found,) = desk(job(facts="elective_deferrals = 24_500\nemployer_contributions = 20_000\nafter_tax = 30_000"))
    (correction,) = found.corrections
    assert (correction.limit, correction.amount) == ("annual_additions", 2_500)
    assert "after-tax contributions first" in correction.action
    assert "Rev. Proc. 2021-30 sec. 6.06(2)" in correction.law
    assert found.left_this_year == 0


def test_deferrals_above_415_are_catch_up_while_any_is_left() -> None:
    """Reg. 1.414(v)-1(a)-(b)."""
    facts = "elective_deferrals = 24_500\nemployer_contributions = 20_000\nafter_tax = 30_000"
    (found,) = desk(job(facts=facts), age=52)
    assert found.corrections == ()
    assert "2,500 dollars above the room of the whole year" in found.notes[0]


def test_after_tax_money_above_the_plans_cap_and_the_acp_limit_is_corrected() -> None:
    (found,) = desk(job("after_tax_dollar_cap = 10_000\nacp_limit = 0.03", facts="after_tax = 12_000"))
    assert [(one.limit, one.amount) for one in found.corrections] == [("plan_cap", 2_000), ("acp", 4_500)]


def test_after_tax_money_in_a_plan_that_takes_none_is_corrected() -> None:
    (found,) = desk(job("after_tax_contributions = false", facts="after_tax = 12_000"))
    assert [(one.limit, one.amount) for one in found.corrections] == [("not_allowed", 12_000)]


def test_facts_and_wages_of_the_start_year_are_not_used_for_another_year() -> None:
    ann = household(job(wages=200_000, facts="after_tax = 12_000"), age=55)
    answer = capacity_of(ann, 2027)
    (found,) = answer.people[0].employers
    assert found.left_this_year == found.after_tax_room
    assert found.catch_up_must_be_roth is None
    assert "are not used" in answer.notes[0]


def test_a_job_ends_with_retirement() -> None:
    assert capacity_of(household(job(), age=45), 2051).people[0].employers == ()
    assert len(capacity_of(household(job(), age=45), 2050).people[0].employers) == 1


def test_deferrals_are_employer_money_under_415_and_after_tax_money_the_employees_own() -> None:
    """IRC 402(e)(3): what is deferred is no contribution by the employee, for all of the title; 415(c)(2)(A), (B)."""
    (found,) = desk(job("elective_deferral = 24_500"), age=40)
    law = {line.name: line.law for line in found.lines}
    assert law["less deferrals without catch-up"].startswith("IRC 415(c)(2)(A),")
    assert law["Room for after-tax contributions"].startswith("IRC 415(c)(2)(B)")


def test_lines_carry_law_source_and_projection() -> None:
    answer = capacity_of(household(job("match = [{ rate = 0.5, up_to = 0.06 }]"), age=55))
    by_name = {line.name: line for line in answer.people[0].employers[0].lines}
    limit = by_name["Limit on annual additions"]
    assert (limit.value, limit.law, limit.source, limit.projected) == (
        72_000,
        "IRC 415(c)(1)(A)",
        "Notice 2025-67",
        False,
    )
    assert all(line.law and line.source for line in by_name.values())
    assert not answer.projected
    later = capacity_of(household(job()), 2035)
    assert later.projected
    assert {line.name: line.projected for line in later.people[0].employers[0].lines}["Limit on annual additions"]


LIMITS = "nonelective = 0.1\nmatch = [{ rate = 1.0, up_to = 0.06 }]"


def refusal(*jobs: str, age: int = 45) -> tuple[InputError, str]:
    """The refusal of an election and the line of the file that it names."""
    with pytest.raises(InputError) as caught:
        capacity_of(household(*jobs, age=age))
    return caught.value, str(caught.value)


@pytest.mark.parametrize(
    ("plan", "age", "words"),
    [
        ("elective_deferral = 24_501", 45, "24,500 dollars over all plans (IRC 402(g)(1)); found 24501"),
        ("elective_deferral = 32_501", 50, "8,000 of catch-up at age 50 (IRC 414(v)(2)); found 32501"),
        ("elective_deferral = 32_501\ncatch_up_60_63 = false", 60, "8,000 of catch-up"),
        ("elective_deferral = 35_751", 63, "11,250 of catch-up"),
        ("elective_deferral = 24_501\nroth_deferrals = false", 55, "takes no Roth deferrals (IRC 414(v)(7))"),
    ],
)
def test_a_planned_deferral_above_the_limit_names_its_line(plan: str, age: int, words: str) -> None:
    problem, text = refusal(job(plan, wages=200_000), age=age)
    assert problem.field == "jobs[0].plan.elective_deferral"
    assert re.match(r"ann\.toml:17: ", text), (
        text
    )  # five lines of household, four of person, seven of the job before it
    assert words in text
    assert "\n" not in text


@pytest.mark.parametrize(("plan", "age"), [("24_500", 45), ("32_500", 50), ("35_750", 63), ('"max"', 45)])
def test_a_planned_deferral_at_the_limit_is_accepted(plan: str, age: int) -> None:
    (found,) = desk(job(f"elective_deferral = {plan}"), age=age)
    assert found.elective_deferrals == LIMIT


def test_a_second_plans_deferral_above_what_the_first_leaves_is_refused() -> None:
    problem, text = refusal(job("elective_deferral = 20_000"), job("elective_deferral = 5_000", employer="Beta"))
    assert problem.field == "jobs[1].plan.elective_deferral"
    assert "other plans take 20,000" in text
    assert "0 to 4,500" in text


def test_a_planned_deferral_above_pay_is_refused() -> None:
    problem, _ = refusal(job("elective_deferral = 12_000", pay=10_000))
    assert problem.field == "jobs[0].plan.elective_deferral"


def test_a_planned_deferral_that_with_employer_money_exceeds_pay_is_refused() -> None:
    """IRC 415(c)(1)(B): 19,500 and 0.16 of 20,000 are above 20,000."""
    problem, text = refusal(job(f"elective_deferral = 19_500\n{LIMITS}", pay=20_000))
    assert problem.field == "jobs[0].plan.elective_deferral"
    assert "415(c)(1)" in text


def test_the_most_that_can_be_deferred_leaves_room_for_employer_money() -> None:
    (found,) = desk(job(LIMITS, pay=20_000))
    assert found.elective_deferrals + found.employer_contributions <= 20_000
    assert found.elective_deferrals == pytest.approx(20_000 - 2_000 - 1_200)


def test_a_formula_above_the_limit_on_annual_additions_is_refused() -> None:
    problem, _ = refusal(job("nonelective = 0.5"))
    assert problem.field == "jobs[0].plan.nonelective"


def test_facts_without_a_plan_are_refused() -> None:
    without = '[[jobs]]\nperson = "Ann"\nemployer = "Acme"\npay = 50_000\n[jobs.year_to_date]\nafter_tax = 1'
    problem, _ = refusal(without)
    assert problem.field == "jobs[0].year_to_date"


def test_a_job_without_a_plan_has_no_room() -> None:
    (found,) = desk('[[jobs]]\nperson = "Ann"\nemployer = "Acme"\npay = 50_000')
    assert (found.after_tax_room, found.limited_by, found.lines) == (0, "not_allowed", ())
    assert no_plan().after_tax_allowed == 0


def test_more_tiers_than_the_record_holds_are_refused() -> None:
    tiers = ", ".join(f"{{ rate = 0.5, up_to = 0.0{end} }}" for end in range(1, 8))
    with pytest.raises(InputError, match="too many tiers"):
        plan_of(household(job(f"match = [{tiers}]")).jobs[0])


def test_the_compiled_rule_and_the_plain_one_agree() -> None:
    ann = household(job(LIMITS, pay=20_000), age=45)
    plan, law = plan_of(ann.jobs[0]), law_for(2026).record
    cut = deferral_within_annual_additions(Deferral(20_000.0, 0.0, 0.0), 0.0, 20_000.0, 20_000.0, plan, law)
    (found,) = capacity_of(ann).people[0].employers
    assert cut.base == pytest.approx(found.elective_deferrals)


RATES = st.floats(0.0, 1.0)
MONEY = st.floats(0.0, 100_000.0)


@settings(max_examples=80, deadline=None)
@given(
    pay=st.floats(100.0, 2_000_000.0),
    age=st.integers(18, 69),
    rates=st.tuples(RATES, RATES),
    ends=st.tuples(st.floats(0.01, 0.05), st.floats(0.051, 0.1)),
    nonelective=st.floats(0.0, 0.09),
    caps=st.tuples(st.floats(0.0, 1.0), st.floats(0.0, 0.3)),
    facts=st.tuples(MONEY, MONEY, MONEY),
    wages=st.sampled_from([0.0, 150_000.0, 400_000.0]),
)
def test_room_is_never_negative(pay, age, rates, ends, nonelective, caps, facts, wages) -> None:  # type: ignore[no-untyped-def]
    tiers = [f"{{ rate = {rate:.6f}, up_to = {end:.6f} }}" for rate, end in zip(rates, ends, strict=True)]
    terms = (
        f"match = [{', '.join(tiers)}]\n"
        f"nonelective = {nonelective:.6f}\nafter_tax_pay_cap = {caps[0]:.6f}\nacp_limit = {caps[1]:.6f}"
    )
    done = f"elective_deferrals = {facts[0]:.2f}\nemployer_contributions = {facts[1]:.2f}\nafter_tax = {facts[2]:.2f}"
    (found,) = desk(job(terms, pay=round(pay, 2), wages=wages, facts=done), age=age)
    assert found.after_tax_room >= 0.0
    assert 0.0 <= found.left_this_year <= found.after_tax_room
    assert all(np.isfinite(line.value) for line in found.lines)
    assert all(correction.amount > 0.0 for correction in found.corrections)
    assert found.elective_deferrals <= LIMIT
    assert found.catch_up <= CATCH_UP_60_63


@settings(max_examples=80, deadline=None)
@given(
    pay=st.floats(100.0, 2_000_000.0),
    age=st.integers(18, 69),
    rate=RATES,
    nonelective=st.floats(0.0, 0.09),
)
def test_all_money_stays_within_the_limit_on_annual_additions(
    pay: float, age: int, rate: float, nonelective: float
) -> None:
    terms = f"match = [{{ rate = {rate:.6f}, up_to = 0.1 }}]\nnonelective = {nonelective:.6f}"
    (found,) = desk(job(terms, pay=round(pay, 2)), age=age)
    additions = found.elective_deferrals + found.employer_contributions + found.after_tax_room
    assert found.annual_additions_limit == pytest.approx(min(ADDITIONS, round(pay, 2)))
    assert additions == pytest.approx(found.annual_additions_limit)
    assert found.elective_deferrals + found.catch_up <= pay + 0.01


def test_a_job_without_pay_has_no_room_and_no_warning(recwarn: pytest.WarningsRecorder) -> None:
    """100% of no pay is nothing, IRC 415(c)(1)(B)."""
    (acme,) = desk(job(pay=0.0))
    assert (acme.after_tax_room, acme.annual_additions_limit) == (0.0, 0.0)
    assert not [one for one in recwarn if issubclass(one.category, RuntimeWarning)]
