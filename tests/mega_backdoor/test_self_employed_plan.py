"""Owners of businesses: earned income, profit sharing, deferrals and the room after them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from rothwell.errors import InputError
from rothwell.mega_backdoor.capacity import EmployerCapacity, capacity_of
from tests.mega_backdoor.households import household, job
from tests.mega_backdoor.owners import business, named, owner

SHEET = Path(__file__).parents[1] / "worksheets" / "solo_owners.csv"
EXAMPLES = list(csv.DictReader(SHEET.read_text(encoding="utf-8").splitlines()))
HALF_A_CENT = 0.005


def written(amount: str) -> str:
    return '"max"' if amount == "max" else amount


def answer(example: dict[str, str]) -> EmployerCapacity:
    """An example as a household: a job where there are wages, and the business."""
    terms = f"elective_deferral = {written(example['elective_deferral'])}\n"
    if example["profit_sharing_rate"]:
        terms += f"profit_sharing_rate = {example['profit_sharing_rate']}"
    else:
        terms += f"profit_sharing = {written(example['profit_sharing'])}"
    tables = [business(terms, float(example["net_profit"]))]
    if float(example["wages"]):
        tables.insert(0, job(f"elective_deferral = {example['job_deferral']}", pay=float(example["wages"])))
    return named(household(*tables, age=int(example["age"]), year=int(example["year"])), "Ann Advises")


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["example"] for example in EXAMPLES])
def test_solo_owners_by_hand(example: dict[str, str]) -> None:
    found = answer(example)
    earned = next(line.value for line in found.lines if line.name == "Earned income before the plan")
    assert earned == pytest.approx(float(example["earned_income"]), abs=HALF_A_CENT)
    assert found.nonelective == pytest.approx(float(example["profit_sharing_made"]), abs=HALF_A_CENT)
    assert found.elective_deferrals == pytest.approx(float(example["deferrals"]), abs=HALF_A_CENT)
    assert found.catch_up == pytest.approx(float(example["catch_up"]), abs=HALF_A_CENT)
    assert found.after_tax_room == pytest.approx(float(example["after_tax_room"]), abs=HALF_A_CENT)
    assert found.limited_by == example["limited_by"]


def test_every_owner_has_a_source() -> None:
    assert all(example["source"] for example in EXAMPLES)
    assert len({example["example"] for example in EXAMPLES}) == len(EXAMPLES)


def test_an_owner_needs_no_roth_catch_up() -> None:
    found = owner(age=55, plan="roth_deferrals = false")
    assert found.catch_up == pytest.approx(8_000)
    assert found.catch_up_must_be_roth is False


def test_lines_add_up_to_the_room() -> None:
    found = owner('profit_sharing = "max"', profit=80_000)
    value = {line.name: line.value for line in found.lines}
    limit = value["100% of earned income after profit sharing, which is less"]
    less = value["less deferrals without catch-up"] + value["less profit sharing"]
    assert limit + less == pytest.approx(value["Left under the limit on annual additions"])
    assert all(line.law and line.source for line in found.lines)


def test_facts_of_the_business_lower_what_a_job_may_still_defer() -> None:
    ann = household(job("elective_deferral = 14_500"), business(facts="elective_deferrals = 10_000"))
    found = capacity_of(ann).people[0].employers
    assert [one.elective_deferrals for one in found] == [14_500, 10_000]
    with pytest.raises(InputError, match="402\\(g\\)"):
        capacity_of(household(job("elective_deferral = 14_600"), business(facts="elective_deferrals = 10_000")))


def test_deferrals_above_402g_over_job_and_business_are_corrected_at_the_business() -> None:
    ann = household(job(facts="elective_deferrals = 20_000"), business(facts="elective_deferrals = 6_000"))
    found = named(ann, "Ann Advises")
    assert [(one.limit, one.amount) for one in found.corrections] == [("elective_deferrals", 1_500)]


def test_too_much_so_far_is_a_fact_with_its_cure() -> None:
    facts = "profit_sharing = 40_000\nelective_deferrals = 24_500\nafter_tax = 20_000"
    found = owner("profit_sharing = 0", profit=180_000, facts=facts)  # E / 5 = 33,456.681; 84,500 in all
    amounts = {one.limit: one.amount for one in found.corrections}
    assert amounts["deduction"] == pytest.approx(40_000 - 33_456.681, abs=HALF_A_CENT)
    assert amounts["annual_additions"] == pytest.approx(84_500 - 72_000)
    assert found.left_this_year == 0.0


def test_deferring_costs_a_fifth_of_the_business_deduction() -> None:
    """E = 167,283.405; taxable income of 151,183.405 before 199A and 126,683.405 after deferring 24,500 (2026)."""
    words = next(note for note in owner("profit_sharing = 0").notes if "199A" in note)
    assert "24,500 dollars deducted" in words
    assert "by 4,900 dollars" in words  # 20 percent of 24,500: the cap at 20% of taxable income binds both times
    assert "costs 1,078 of tax" in words  # in the 22 percent bracket
    assert not [note for note in owner('deferral_kind = "roth"').notes if "199A" in note]


def test_planned_amounts_above_a_limit_are_refused_at_their_line() -> None:
    for terms, field in (
        ("profit_sharing = 33_500", "profit_sharing"),
        ("profit_sharing_rate = 0.26", "profit_sharing_rate"),
        ("elective_deferral = 24_501", "elective_deferral"),
    ):
        with pytest.raises(InputError) as caught:
            owner(terms)
        assert caught.value.field == f"businesses[0].plan.{field}"
    with pytest.raises(InputError, match="earned income"):
        owner("elective_deferral = 19_000", profit=20_000)


@pytest.mark.parametrize(
    ("table", "field"),
    [
        (business().replace("180000", '"lots"'), "businesses[0].net_profit"),
        (business().replace('"Ann"', '"Bob"'), "businesses[0].person"),
        (business("profit_sharing = 1\nprofit_sharing_rate = 0.1"), "businesses[0].plan.profit_sharing_rate"),
        (business('deferral_kind = "roth"\nroth_deferrals = false'), "businesses[0].plan.deferral_kind"),
        (business('conversion = "yearly"\nroth_deferrals = false'), "businesses[0].plan.conversion"),
        (
            business("after_tax_contributions = false\nafter_tax_dollar_cap = 5"),
            "businesses[0].plan.after_tax_dollar_cap",
        ),
        (business() + "\n" + business().replace("Advises", "Writes"), "businesses[1].name"),
        (business(more="profit = 4"), "businesses[0].profit"),
        (job(employer="Ann Advises") + "\n" + business(), "businesses[0].name"),
    ],
)
def test_a_slip_in_a_business_is_one_message_at_its_field(table: str, field: str) -> None:
    with pytest.raises(InputError) as caught:
        household(table)
    assert caught.value.field == field
    assert caught.value.line is not None


def test_facts_without_a_plan_are_refused() -> None:
    text = '[[businesses]]\nperson = "Ann"\nname = "A"\nnet_profit = 5\n[businesses.year_to_date]\nafter_tax = 1'
    with pytest.raises(InputError, match="no plan"):
        household(text)


def test_a_business_without_a_plan_is_shown_without_room() -> None:
    ann = household('[[businesses]]\nperson = "Ann"\nname = "Ann Advises"\nnet_profit = 20_000')
    found = named(ann, "Ann Advises")
    assert (found.after_tax_room, found.limited_by) == (0.0, "not_allowed")
    assert found.annual_additions_limit == pytest.approx(18_587.045)  # row S2
    assert found.notes == ("This business has no retirement plan.",)


def test_facts_belong_to_the_start_year_and_work_ends_with_retirement() -> None:
    ann = household(business(facts="after_tax = 10_000"))
    assert capacity_of(ann, 2027).people[0].employers[0].after_tax_so_far == 0.0
    assert capacity_of(ann, 2080).people[0].employers == ()


def test_stock_of_incentive_options_leaves_the_wage_base_to_the_business() -> None:
    """IRC 3121(a)(22), 1402(b)(1): of 180,000 of pay 80,000 are no wages; 84,500 of the base of 184,500 are left for a
    profit of 100,000, and the tax on it is 12.4% of 84,500 and 2.9% of 92,350 (92.35% of the profit)."""
    stock = '\n[[jobs.equity_pay]]\nkind = "iso"\namount = 80_000'
    found = named(household(job(pay=180_000) + stock, business(profit=100_000)), "Ann Advises")
    earned = next(line.value for line in found.lines if line.name == "Earned income before the plan")
    assert earned == pytest.approx(100_000 - (0.124 * 84_500 + 0.029 * 92_350) / 2, abs=HALF_A_CENT)
