"""IRAs: limits, income, the ordinary backdoor, excess contributions."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rothwell.law import Growth
from rothwell.mega_backdoor.capacity import PersonCapacity, capacity_of
from rothwell.mega_backdoor.excess_contributions import tax_on_excess
from rothwell.mega_backdoor.ira_room import IraRoom
from rothwell.mega_backdoor.job_year import LawOfYear
from tests.mega_backdoor.outside import answer, job, person, read

SHEET = Path(__file__).parents[1] / "worksheets" / "ira_room.csv"
EXAMPLES = list(csv.DictReader(SHEET.read_text(encoding="utf-8").splitlines()))
LEFT_IN = list(csv.DictReader((SHEET.parent / "excess_contributions.csv").read_text(encoding="utf-8").splitlines()))
OFFICIAL = [one for one in EXAMPLES if not one["source"].startswith("by hand")]
DOLLAR = 0.005


def ira_of(example: dict[str, str]) -> IraRoom:
    """An example as a household: wages as pay, contributions as made so far."""

    def one(name: str, place: str) -> str:
        put = [f"{kind}_contributions = {example[kind + place] or 0}" for kind in ("traditional", "roth")]
        covered = "true" if example["covered"] == "yes" else "false"
        return person(
            name, int(example["age" + place]), "\n".join(["[people.ira]", *put, f"covered_at_work = {covered}"])
        )

    people, jobs = [one("Ann", "1")], [job("Ann", float(example["wages1"]))]
    if example["age2"]:
        people.append(one("Bob", "2"))
        jobs.append(job("Bob", float(example["wages2"])))
    facts = f"expected_magi = {example['magi']}"
    found = answer(*people, *jobs, status=example["filing_status"], facts=facts)
    return found[int(example["person"]) - 1].ira


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{one['id']}, {one['line']}" for one in EXAMPLES])
def test_ira_room_of_the_worked_examples(example: dict[str, str]) -> None:
    assert getattr(ira_of(example), example["line"]) == pytest.approx(float(example["value"]), abs=DOLLAR)


@pytest.mark.parametrize("example", OFFICIAL, ids=[f"{one['id']}, {one['line']}" for one in OFFICIAL])
def test_official_spousal_limit(example: dict[str, str]) -> None:
    """Pub. 590-A, Kay Bailey Hutchison Spousal IRA limit: the other spouse's contributions come off."""
    assert ira_of(example).compensation == float(example["value"])


def alone(ira: str = "", accounts: str = "accounts = []", magi: float = 400_000.0, plan: str = "") -> PersonCapacity:
    """Ann of 45 with an income above every phase-out."""
    ann, work = person("Ann", 45, f"[people.ira]\n{ira}"), job("Ann", 300_000, plan)
    (found,) = answer(ann, work, facts=f"expected_magi = {magi}", accounts=accounts)
    return found


def listed(*accounts: str) -> str:
    """Accounts of Ann as an inline list, which may stand before the tables."""
    return f"accounts = [{', '.join(accounts)}]"


def account(kind: str, balance: float, basis: float | None = None) -> str:
    tail = "" if basis is None else f", basis = {basis}"
    return f'{{ kind = "{kind}", owner = "Ann", balance = {balance}{tail} }}'


def test_the_ordinary_backdoor_by_hand() -> None:
    """No other IRA money: 7,500 goes in and out, IRC 408(d)(2) leaves nothing to tax."""
    found = alone().ira.backdoor
    assert found is not None
    assert (found.contribution, found.nondeductible, found.converted) == (7_500.0, 7_500.0, 7_500.0)
    assert (found.taxable, found.tax, found.basis_carried, found.roll_into_plan) == (0.0, 0.0, 0.0, 0.0)
    assert found.roll_by == "2026-12-31"


def test_pre_tax_money_in_any_ira_taxes_the_backdoor() -> None:
    """Form 8606 by hand: 7,500 / (92,500 + 7,500) = 0.075; 7,500 x 0.925 = 6,937.50; the 35% bracket of 2026."""
    found = alone(accounts=listed(account("traditional_ira", 60_000), account("traditional_ira", 32_500))).ira.backdoor
    assert found is not None
    assert (found.other_money, found.taxable, found.nontaxable) == pytest.approx((92_500.0, 6_937.5, 562.5))
    assert found.tax == pytest.approx(6_937.5 * 0.35)
    assert found.basis_carried == pytest.approx(6_937.5)  # the basis that the conversion did not use


def test_rolling_pre_tax_money_into_a_plan_makes_the_backdoor_free_of_tax() -> None:
    """IRC 408(d)(3)(A)(ii), (H): 93,000 of pre-tax money leaves, the basis of earlier years stays."""
    found = alone(accounts=listed(account("traditional_ira", 95_000, 2_000))).ira.backdoor
    assert found is not None
    assert found.taxable == pytest.approx(7_500 * (1 - 9_500 / 102_500))
    assert (found.roll_into_plan, found.taxable_after_rollover) == pytest.approx((93_000.0, 0.0))


def test_basis_above_the_value_of_the_iras_is_not_rolled_anywhere() -> None:
    found = alone("basis_of_earlier_years = 10_000\nyear_end_value = 4_000").ira.backdoor
    assert found is not None
    assert (found.taxable, found.roll_into_plan) == (0.0, 0.0)


def test_a_contribution_that_was_made_waits_for_its_conversion() -> None:
    """It lies in the account: 5,000 of the 15,000 is to be converted with the 2,500 still to come."""
    terms = "traditional_contributions = 5_000"
    found = alone(terms, listed(account("traditional_ira", 15_000)), plan="elective_deferral = 10_000").ira.backdoor
    assert found is not None
    assert (found.nondeductible, found.converted, found.other_money) == (7_500.0, 7_500.0, 10_000.0)
    assert found.taxable == pytest.approx(7_500 * 10_000 / 17_500)


def test_a_contribution_that_was_converted_is_not_converted_again() -> None:
    """All 7,500 went through in spring, with 50 of earnings: 50 is taxable, IRC 408(d)(2)."""
    terms = "traditional_contributions = 7_500\nconverted = 7_550\ncovered_at_work = true"
    found = alone(terms).ira
    assert found.left == 0.0
    assert found.backdoor is not None
    assert (found.backdoor.contribution, found.backdoor.converted) == (0.0, 7_550.0)
    assert found.backdoor.taxable == pytest.approx(50.0)


def test_iras_that_are_not_known_are_not_taken_for_none() -> None:
    (found,) = answer(person("Ann", 45), job("Ann", 300_000), accounts="")
    assert found.ira.backdoor is not None
    assert found.ira.backdoor.taxable is None
    assert any("people.ira.year_end_value" in note for note in found.ira.notes)


def test_a_spouses_iras_do_not_count() -> None:
    """IRC 408(d)(2): the plans of the individual."""
    people = person("Ann", 45), person("Bob", 45)
    accounts = '[[accounts]]\nkind = "traditional_ira"\nowner = "Bob"\nbalance = 50_000'
    found = answer(*people, job("Ann", 300_000), job("Bob", 300_000), accounts, status="mfj", accounts="")
    taxable = [one.ira.backdoor.taxable for one in found if one.ira.backdoor]
    assert taxable == pytest.approx([0.0, 7_500 * (1 - 7_500 / 57_500)])


def test_who_may_contribute_straight_needs_no_backdoor() -> None:
    found = alone(magi=100_000).ira
    assert (found.left, found.roth_left, found.backdoor) == (7_500.0, 7_500.0, None)


def test_the_expected_magi_is_pay_less_deferrals() -> None:
    """250,000 less 24,500 (Notice 2025-67), and 1.6% of 100,000 in dividends; Roth deferrals stay income."""
    ann = person("Ann", 45)
    money = listed('{ kind = "taxable", owner = "Ann", balance = 100_000, basis = 50_000 }')
    for kind, expected in [("pre_tax", 227_100.0), ("roth", 251_600.0)]:
        terms = f'deferral_kind = "{kind}"'
        (found,) = answer(ann, job("Ann", 250_000, terms), accounts=money)
        assert (found.ira.magi, found.ira.magi_source) == (pytest.approx(expected), "computed")
        assert found.ira.covered_at_work
    (without,) = answer(ann, job("Ann", 250_000), accounts=money)
    assert not without.ira.covered_at_work


def test_expected_income_by_hand() -> None:
    """200,000 of pay less 3,000 to an HSA out of pay and 1,000 deducted, a pension of 20,000, 5,000 listed."""
    ann = person(
        "Ann",
        60,
        "[people.pension]\nannual_amount = 20_000\nstart_age = 60\ncost_of_living = true\n"
        '[people.hsa]\ncoverage = [{ kind = "family" }]\npayroll_contributions = 3_000\nown_contributions = 1_000',
    )
    income = {"other": 5_000, "gain": 7_000, "conversion": 30_000}
    paid = "[payments]\nas_of = 2026-06-01\nprior_year_tax = 1\nprior_year_agi = 1\n"
    paid += "withheld_so_far = 0\nwithholding_to_come = 0\n"
    for kind, amount in income.items():
        paid += f'[[payments.income]]\nname = "{kind}"\nkind = "{kind}"\ndate = 2026-05-01\namount = {amount}\n'
    (found,) = answer(ann, job("Ann", 200_000), paid)
    assert found.ira.magi == pytest.approx(200_000 - 3_000 - 1_000 + 20_000 + 5_000 + 7_000)
    assert found.ira.magi_deduction == pytest.approx(found.ira.magi + 30_000)  # 408A(c)(3)(B)(i) leaves it out
    (given,) = answer(ann, job("Ann", 200_000), paid, facts="expected_magi = 150_000")
    assert (given.ira.magi, given.ira.magi_deduction) == (150_000.0, 180_000.0)


def test_a_conversion_so_far_counts_for_the_deduction_without_being_listed() -> None:
    """Form 8606: 10,000 converted without basis is taxable; 5,000 taken out counts for both."""
    terms = "[people.ira]\nconverted = 10_000\ndistributions = 5_000\nyear_end_value = 85_000"
    (found,) = answer(person("Ann", 45, terms), job("Ann", 100_000))
    assert (found.ira.magi, found.ira.magi_deduction) == pytest.approx((105_000.0, 115_000.0))


def test_benefits_catch_up_and_joint_accounts_in_the_expected_income() -> None:
    """85% of 40,000 (IRC 86(a)(2)); catch-up of 8,000 that must be Roth stays income; half of joint dividends."""
    retired = "prior_magi = { 2024 = 0, 2025 = 0 }"
    benefit = "[people.social_security]\nclaiming_age = 67\nannual_benefit = 40_000"
    older = job("Ann", 200_000, "elective_deferral = 32_500").replace("pay = ", "prior_year_wages = 151_000\npay = ")
    (found,) = answer(person("Ann", 68, benefit), older, facts=retired)  # paid for all months of the year
    assert found.ira.magi == pytest.approx(200_000 - 24_500 + 34_000)
    free = older.replace("151_000", "149_000")
    (found,) = answer(person("Ann", 68, benefit), free, facts=retired)
    assert found.ira.magi == pytest.approx(200_000 - 32_500 + 34_000)
    money = 'accounts = [{ kind = "taxable", owner = "joint", balance = 100_000, basis = 1 }]'
    people = person("Ann", 45), person("Bob", 45)
    apart = answer(*people, job("Ann", 90_000), job("Bob", 80_000), status="mfs", accounts=money)
    assert [one.ira.magi for one in apart] == pytest.approx([90_800.0, 80_800.0])
    together = answer(*people, job("Ann", 90_000), job("Bob", 80_000), status="mfj", accounts=money)
    assert [one.ira.magi for one in together] == pytest.approx([171_600.0, 171_600.0])


def test_an_excess_names_its_cures_and_dates() -> None:
    """A Roth contribution above what the income allows: 6% of 7,500 for each 31 December, IRC 4973(a), (f)."""
    (found,) = alone("roth_contributions = 7_500").ira.corrections
    assert (found.kind, found.amount, found.earlier) == ("roth_ira", 7_500.0, 0.0)
    assert found.yearly_tax == pytest.approx(450.0)
    assert (found.by, found.extended_by) == ("2027-04-15", "2027-10-15")
    assert "recharacterize it as a traditional contribution" in found.action


def test_only_what_the_limit_has_room_for_can_be_recharacterized() -> None:
    """9,000 into a Roth IRA: 7,500 may become a traditional contribution, IRC 408A(d)(6), 219(b)(5)."""
    (found,) = alone("roth_contributions = 9_000").ira.corrections
    assert "recharacterize up to 7,500 dollars" in found.action
    (beyond,) = alone("roth_contributions = 9_000", magi=100_000).ira.corrections
    assert beyond.amount == 1_500.0
    assert beyond.action.startswith("take it back with its earnings by 2027-04-15")


def test_contributions_above_the_limit_are_an_excess_of_the_traditional_ira() -> None:
    (found,) = alone("traditional_contributions = 9_000").ira.corrections
    assert (found.kind, found.amount, found.yearly_tax) == ("traditional_ira", 1_500.0, pytest.approx(90.0))


def test_room_of_this_year_absorbs_an_earlier_excess() -> None:
    """N3 turned round: 7,000 of excess needs 7,000 of room, IRC 4973(b)(2)(C); 500 of 7,500 is left."""
    found = alone("traditional_excess_before = 7_000", magi=100_000).ira
    assert (found.absorbed, found.left, found.corrections) == (7_000.0, 500.0, ())
    roth = alone("roth_excess_before = 7_000", magi=100_000).ira
    assert (roth.absorbed, roth.left, roth.roth_left, roth.corrections) == (7_000.0, 500.0, 500.0, ())


@pytest.mark.parametrize("row", LEFT_IN, ids=lambda row: row["example"])
def test_worked_examples_of_an_excess_left_in(row: dict[str, str]) -> None:
    """Year-end after year-end: what is still in, less what later room takes up, is taxed again."""
    earlier = total = 0.0
    for number in range(int(row["year_ends"])):
        over, room = (float(row["over"]), 0.0) if number == 0 else (0.0, float(row["room_of_later_years"]))
        found = tax_on_excess(earlier, room, over, float(row["value"]), LawOfYear.of(2026, Growth()))
        earlier, total = float(found.excess), total + float(found.tax)
    assert total == pytest.approx(float(row["tax"]))
    assert row["source"]


def test_an_excess_in_a_roth_ira_is_not_absorbed_while_the_income_is_too_high() -> None:
    """N3: 7,000 left for another year-end is another 420, IRC 4973(f)(2)(B)."""
    found = alone("roth_excess_before = 7_000").ira
    assert (found.absorbed, found.left) == (0.0, 7_500.0)
    (excess,) = found.corrections
    assert (excess.amount, excess.earlier, excess.yearly_tax) == (0.0, 7_000.0, pytest.approx(420.0))
    assert (excess.by, excess.extended_by) == (None, None)


def test_the_tax_on_an_excess_is_capped_by_the_value_of_the_account() -> None:
    """IRC 4973(a): 6% of 1,000."""
    money = listed(account("roth_ira", 1_000))
    (found,) = alone("roth_excess_before = 7_000", money).ira.corrections
    assert found.yearly_tax == pytest.approx(60.0)


def test_nobody_without_compensation_contributes() -> None:
    (found,) = answer(person("Ann", 70, works=False), facts="prior_magi = { 2024 = 0, 2025 = 0 }")
    assert (found.ira.limit, found.ira.left, found.ira.backdoor) == (0.0, 0.0, None)


def test_facts_of_this_year_do_not_count_in_the_next() -> None:
    ann = read(person("Ann", 45, "[people.ira]\nroth_contributions = 7_500"), job("Ann", 300_000))
    found = capacity_of(ann, 2027).people[0].ira
    assert (found.contributions_so_far, found.corrections) == (0.0, ())
    assert found.last_day == "2028-04-18"  # 15 April 2028 is a Saturday, Emancipation Day is observed on the 17th


def test_room_outside_the_plans_is_never_negative() -> None:
    """Random facts: the parts add up, nothing is negative, and what is in and left stays within the limit."""
    chance = np.random.default_rng(5)
    for _ in range(60):
        put, roth, before, roth_before = (float(one) for one in np.round(chance.exponential(3_000.0, 4)))
        magi, value = float(np.round(chance.uniform(0, 300_000))), float(np.round(chance.exponential(20_000.0)))
        terms = (
            f"traditional_contributions = {put}\nroth_contributions = {roth}\ntraditional_excess_before = {before}\n"
            f"roth_excess_before = {roth_before}\nyear_end_value = {value}"
        )
        found = alone(terms, magi=magi).ira
        check_within(found, put + roth)


def check_within(found: IraRoom, put: float) -> None:
    numbers: list[Any] = [found.limit, found.left, found.absorbed, found.roth_left, found.deductible, found.roth_limit]
    assert min(numbers) >= 0.0
    assert found.left == pytest.approx(max(0.0, found.limit - put - found.absorbed), abs=DOLLAR)
    assert found.roth_left is not None
    assert found.roth_left <= found.left + DOLLAR
    if found.backdoor is not None:
        assert found.backdoor.contribution == pytest.approx(found.left - found.roth_left)
        assert found.backdoor.taxable is not None
        assert found.backdoor.taxable_after_rollover is not None
        assert -DOLLAR <= found.backdoor.taxable_after_rollover <= found.backdoor.taxable + DOLLAR
    assert all(one.yearly_tax == pytest.approx(0.06 * (one.amount + one.earlier)) for one in found.corrections)


def second_reading(
    own: dict[str, float], spouse: dict[str, float], magi: float, at_work: tuple[bool, bool]
) -> list[float]:
    """IRC 219 and 408A(c) once more, for a joint return of 2026 (Notice 2025-67): limit, left, Roth and deductible."""

    def phased(amount: float, start: float, width: float) -> float:
        if magi >= start + width:
            return 0.0
        cut = amount * max(0.0, magi - start) / width
        return max(amount - 10 * (cut // 10), min(200.0, amount))

    pay = own["pay"]
    if pay < spouse["pay"]:
        pay = max(pay, pay + spouse["pay"] - spouse["traditional"] - spouse["roth"])
    limit = min(8_600.0 if own["age"] >= 50 else 7_500.0, pay)
    left = max(0.0, limit - own["traditional"] - own["roth"])
    allowed = min(phased(limit, 242_000, 10_000), max(0.0, limit - own["traditional"]))
    deductible = limit
    if at_work[0]:
        deductible = phased(limit, 129_000, 20_000)
    elif at_work[1]:
        deductible = phased(limit, 242_000, 10_000)
    return [limit, left, min(left, max(0.0, allowed - own["roth"])), deductible]


def test_random_couples_by_a_second_reading() -> None:
    chance = np.random.default_rng(3)
    for _ in range(80):
        facts = [
            {
                "age": int(chance.integers(30, 64)),
                "pay": float(np.round(chance.choice([0.0, 4_000.0, 60_000.0]) * chance.uniform(0.5, 1.5))),
                "traditional": float(np.round(chance.choice([0.0, 3_000.0]) * chance.uniform())),
                "roth": float(np.round(chance.choice([0.0, 3_000.0]) * chance.uniform())),
            }
            for _ in range(2)
        ]
        covered = [bool(one) for one in chance.integers(0, 2, 2)]
        magi = float(np.round(chance.choice([139_000.0, 247_000.0]) + chance.uniform(-13_000, 13_000)))
        tables = []
        for name, one, at_work in zip(("Ann", "Bob"), facts, covered, strict=True):
            put = f"traditional_contributions = {one['traditional']}\nroth_contributions = {one['roth']}"
            table = f"[people.ira]\n{put}\ncovered_at_work = {str(at_work).lower()}"
            tables += [person(name, int(one["age"]), table), job(name, one["pay"])]
        found = answer(*tables, status="mfj", facts=f"expected_magi = {magi}")
        for who, other in ((0, 1), (1, 0)):
            room = found[who].ira
            ours = [room.limit, room.left, room.roth_left, room.deductible]
            assert ours == pytest.approx(
                second_reading(facts[who], facts[other], magi, (covered[who], covered[other])), abs=DOLLAR
            )


def test_the_desk_counts_the_months_that_a_benefit_is_paid() -> None:
    """Claimed in June: paid from July; 85% of it counts beside much other income. Delayed to 70: 24% more."""
    retired = "prior_magi = { 2024 = 0, 2025 = 0 }"
    job_of_200 = job("Ann", 200_000, "elective_deferral = 0")
    paid = {}
    for born, ways in (
        ("1959-06-02", "claiming_age = 67\nannual_benefit = 36_000"),
        ("1956-06-02", "claiming_age = 70\npia = 3_000"),
        ("1958-06-02", "claiming_age = 67\npia = 3_000"),
        ("1960-06-02", "claiming_age = 67\npia = 3_000"),
    ):
        ann = person("Ann", 67).replace("1959-12-31", born) + f"\n[people.social_security]\n{ways}"
        (found,) = answer(ann, job_of_200, facts=retired)
        paid[born] = (found.ira.magi - 200_000) / 0.85
    assert paid["1959-06-02"] == pytest.approx(6 * 3_000)
    assert paid["1956-06-02"] == pytest.approx(6 * 3_000 * (1 + 44 * 2 / 300))  # 44 months after 66 and 4 months
    assert paid["1958-06-02"] == pytest.approx(12 * 3_000 * (1 + 4 * 2 / 300))  # 4 months after 66 and 8 months
    assert paid["1960-06-02"] == 0.0
