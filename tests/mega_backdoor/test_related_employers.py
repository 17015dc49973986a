"""Limits over several plans of one person: related employers, 403(b) and own business, 457(b), spouses."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from rothwell.errors import InputError
from rothwell.household import parse_household
from rothwell.mega_backdoor.capacity import EmployerCapacity, capacity_of
from tests.mega_backdoor.households import TODAY, desk, household, job
from tests.mega_backdoor.owners import business, named

SHEET = Path(__file__).parents[1] / "worksheets" / "room_415c.csv"
GROUP = 'controlled_group = "Acme family"'


def related(plan: str = "", employer: str = "Acme", pay: float = 250_000, more: str = GROUP, facts: str = "") -> str:
    """A job with keys of the [[jobs]] table beside those of the plan."""
    return job(plan, employer, pay, facts=facts).replace("[jobs.plan]", f"{more}\n[jobs.plan]", 1)


def room_lines(found: EmployerCapacity) -> dict[str, float]:
    return {line.name: line.value for line in found.lines}


@pytest.mark.parametrize(
    "example", [one for one in csv.DictReader(SHEET.open(encoding="utf-8")) if one["year"] in ("2025", "2026")],
    ids=lambda one: one["example"],
)  # fmt: skip
def test_a_second_unrelated_job_has_a_limit_of_its_own(example: dict[str, str]) -> None:
    """IRC 415(c)(1), (f): the first job's example stands; the second has the rest of 402(g) and a whole 415(c)."""
    year, age, pay = int(example["year"]), int(example["age"]), float(example["pay"])
    terms = f"elective_deferral = {example['planned_deferral']}\n"
    terms += f"nonelective = {float(example['employer_contributions']) / pay}"
    wages = float(example["prior_year_wages"] or 0.0)
    first, second = desk(
        job(terms, pay=pay, wages=wages), job("elective_deferral = 0", "Other", 200_000), age=age, year=year
    )
    assert first.after_tax_room == pytest.approx(float(example["after_tax_room"]))
    assert second.after_tax_room == pytest.approx({2025: 70_000, 2026: 72_000}[year])
    _, most = desk(job(terms, pay=pay, wages=wages), job("", "Other", 200_000, wages=0.0), age=age, year=year)
    taken = float(example["planned_deferral"]) - float(example["catch_up"])
    left = {2025: 23_500, 2026: 24_500}[year] - taken
    assert most.elective_deferrals == pytest.approx(left)
    assert most.after_tax_room == pytest.approx({2025: 70_000, 2026: 72_000}[year] - left)


def test_related_employers_share_one_limit() -> None:
    """72,000 - 24,500 - 10,000 - 30,000 is left for after-tax money, listed first; IRC 415(f)(1)(B), (h)."""
    first, second = desk(related("nonelective = 0.04"), related("nonelective = 0.12", "Acme Labs"))
    assert (first.employer_contributions, second.employer_contributions) == (10_000, 30_000)
    assert first.after_tax_room == pytest.approx(72_000 - 24_500 - 10_000 - 30_000)
    assert second.after_tax_room == 0.0
    assert second.limited_by == "annual_additions"
    assert room_lines(first)["less annual additions at related employers"] == -30_000
    assert room_lines(first)["Left under the limit on annual additions"] == pytest.approx(7_500)


def test_the_plan_cap_of_the_first_leaves_room_at_the_second() -> None:
    first, second = desk(related("after_tax_dollar_cap = 5_000"), related("", "Acme Labs"))
    assert (first.after_tax_room, second.after_tax_room) == (5_000, 72_000 - 24_500 - 5_000)


def test_what_went_in_at_the_second_is_not_promised_at_the_first() -> None:
    first, second = desk(related(), related("", "Acme Labs", facts="after_tax = 12_000"))
    assert first.after_tax_room == pytest.approx(72_000 - 24_500 - 12_000)
    assert second.after_tax_room == pytest.approx(12_000)
    assert second.left_this_year == 0.0


def test_facts_above_the_shared_limit_are_corrected_once() -> None:
    first, second = desk(related(facts="after_tax = 50_000"), related("", "Acme Labs", facts="after_tax = 30_000"))
    assert not first.corrections
    assert [(one.limit, one.amount) for one in second.corrections] == [("annual_additions", 8_000)]


def test_a_deferral_gives_way_to_employer_money_of_related_employers() -> None:
    """30,000 and 30,000 of employer money leave 12,000; at 52 up to 8,000 more is catch-up, Reg. 1.414(v)-1(b)."""
    both = (related("nonelective = 0.12"), related("nonelective = 0.12\nelective_deferral = 0", "Acme Labs"))
    first, second = desk(*both, age=52)
    assert (first.elective_deferrals, first.catch_up) == (12_000, 8_000)
    assert (first.employer_contributions, second.employer_contributions) == (30_000, 30_000)
    assert first.after_tax_room == second.after_tax_room == 0.0


def test_employer_money_above_the_shared_limit_is_refused() -> None:
    with pytest.raises(InputError, match="related employers"):
        desk(related("nonelective = 0.2\nelective_deferral = 0"), related("nonelective = 0.12", "Acme Labs"))


def test_a_403b_is_counted_with_a_business_that_its_owner_controls() -> None:
    """IRC 415(k)(4): 24,500 + 20,000 at the hospital, 15,000 in the business, 12,500 left in all."""
    hospital = job('kind = "403b"\nnonelective = 0.08\nafter_tax_contributions = false', "Hospital", 250_000)
    ann = household(hospital, business("profit_sharing = 15_000"))
    found = named(ann, "Ann Advises")
    assert found.after_tax_room == pytest.approx(72_000 - 24_500 - 20_000 - 15_000)
    assert room_lines(found)["less annual additions at related employers"] == -44_500
    plain = household(hospital.replace("403b", "401k"), business("profit_sharing = 15_000"))
    assert named(plain, "Ann Advises").after_tax_room == pytest.approx(72_000 - 15_000)


def test_the_most_profit_sharing_is_what_the_403b_leaves() -> None:
    hospital = job('kind = "403b"\nnonelective = 0.12\nafter_tax_contributions = false', "Hospital", 250_000)
    found = named(household(hospital, business('profit_sharing = "max"', profit=300_000)), "Ann Advises")
    assert found.nonelective == pytest.approx(72_000 - 24_500 - 30_000)
    assert found.after_tax_room == 0.0


def test_a_403b_is_counted_with_a_corporation_that_its_owner_controls() -> None:
    clinic = related("elective_deferral = 0", "Clinic", 300_000, "ownership = 0.6")
    hospital = job('kind = "403b"\nnonelective = 0.08\nafter_tax_contributions = false', "Hospital", 250_000)
    assert desk(hospital, clinic)[1].after_tax_room == pytest.approx(72_000 - 44_500)
    assert desk(hospital, clinic.replace("0.6", "0.5"))[1].after_tax_room == 72_000  # not more than half


def test_a_403b_stands_apart_from_the_other_plans_of_its_employer() -> None:
    """Reg. 1.415(f)-1(f)(1): the participant, not the employer, has the 403(b)."""
    hospital = related('kind = "403b"\nafter_tax_contributions = false', "Hospital")
    company = related("", "Hospital Trust")
    assert desk(hospital, company)[1].after_tax_room == 72_000


def test_403bs_of_unrelated_employers_have_a_limit_each_until_their_owner_controls_a_business() -> None:
    """Pub. 571: plans of different employers need not be combined; Reg. 1.415(f)-1(f)(2) joins them to the business."""
    one = job('kind = "403b"', "Hospital")
    two = job('kind = "403b"\nelective_deferral = 0', "School")
    assert [found.after_tax_room for found in desk(one, two)] == [47_500, 72_000]
    found = capacity_of(household(one, two, business("profit_sharing = 10_000"))).people[0]
    assert sum(employer.after_tax_room for employer in found.employers) == pytest.approx(72_000 - 24_500 - 10_000)
    both = [text.replace("[jobs.plan]", f"{GROUP}\n[jobs.plan]", 1) for text in (one, two)]
    assert sum(found.after_tax_room for found in desk(*both)) == 47_500


def test_457b_stands_apart_from_402g_and_415c() -> None:
    """IRC 457(e)(15), 402(g)(3), 415(k)(1): 24,500 in each, and catch-up in each where it is governmental."""
    terms = 'kind = "457b"\nafter_tax_contributions = false'
    company, state = desk(job(), job(f"{terms}\ngovernmental = true", "State", 120_000), age=52)
    assert (company.elective_deferrals, company.catch_up) == (24_500, 8_000)
    assert (state.elective_deferrals, state.catch_up) == (24_500, 8_000)
    assert (state.after_tax_room, state.limited_by) == (0.0, "not_allowed")
    assert company.after_tax_room == pytest.approx(72_000 - 24_500)
    _, charity = desk(job(), job(terms, "Charity", 120_000), age=52)
    assert (charity.elective_deferrals, charity.catch_up) == (24_500, 0.0)
    _, high = desk(job(), job(f"{terms}\ngovernmental = true", "State", 120_000), age=61)
    assert high.catch_up == 11_250


def test_one_employer_may_have_a_457b_beside_a_403b() -> None:
    university = job('kind = "403b"', "University", 100_000)
    beside = job('kind = "457b"\nafter_tax_contributions = false\ngovernmental = true', "University", 100_000)
    first, second = desk(university, beside, age=55)
    assert (first.elective_deferrals, second.elective_deferrals) == (24_500, 24_500)
    assert (first.catch_up, second.catch_up) == (8_000, 8_000)
    with pytest.raises(InputError, match="same pay"):
        household(university, beside.replace("100000", "90000"))
    with pytest.raises(InputError, match="listed before"):
        household(beside, beside)


def test_employer_money_counts_against_the_limit_of_a_457b() -> None:
    terms = 'kind = "457b"\nafter_tax_contributions = false\nnonelective = 0.05'
    (state,) = desk(job(terms, "State", 120_000))
    assert (state.elective_deferrals, state.employer_contributions) == (18_500, 6_000)
    (low,) = desk(job(terms.replace("0.05", "0.0"), "State", 20_000))
    assert low.elective_deferrals == 20_000


@pytest.mark.parametrize(
    "key", ["after_tax_contributions = true", "match = [{ rate = 1.0, up_to = 0.03 }]", "acp_limit = 0.1"]
)
def test_a_457b_has_no_match_no_after_tax_money_and_no_test(key: str) -> None:
    allowed = "" if "after_tax" in key else "after_tax_contributions = false\n"
    with pytest.raises(InputError, match=r"457\(b\)"):
        household(job(f'kind = "457b"\n{allowed}{key}'))


def test_a_spouse_has_limits_of_the_own() -> None:
    """IRC 402(g)(1), 414(v), 415(c) each per person."""
    one = household(related(), related("", "Acme Labs"))
    alone = capacity_of(one).people[0]
    text = "\n".join(related("", name).replace('"Ann"', f'"{who}"') for who, name in (("Ann", "A"), ("Bo", "B")))
    people = "".join(
        f'[[people]]\nname = "{who}"\nbirth_date = 1981-12-31\nretirement_age = 70\n' for who in ("Ann", "Bo")
    )
    head = f'[household]\nfiling_status = "mfj"\nstate = "WA"\nstart_year = 2026\n{people}'
    both = capacity_of(parse_household(f"{head}{text}\n[spending]\nliving_cost = 50_000", TODAY)).people
    assert [person.total.after_tax_room for person in both] == [47_500, 47_500]
    assert alone.total.after_tax_room == 47_500


def test_a_year_without_the_roth_catch_up_mandate_can_be_asked_for() -> None:
    """Notice 2023-62: not enforced for 2025, so no wages decide."""
    found = capacity_of(household(job(), age=55), 2025).people[0].employers[0]
    assert found.catch_up_must_be_roth is False
    assert not any("must be Roth" in line.name for line in found.lines)
