"""A distribution with pre-tax and after-tax money: the mix, its places, the tax, the withholding, what is refused."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from rothwell.errors import InputError
from rothwell.law import Growth
from rothwell.mega_backdoor import distribution as module
from rothwell.mega_backdoor.distribution import (
    DIRECT,
    ROLLOVER_60_DAY,
    Distribution,
    EmployerShares,
    Request,
    Rollover,
    Source,
    distribute,
    mix_of_contract,
    withholding,
)
from rothwell.mega_backdoor.job_year import LawOfYear
from tests.mega_backdoor.notice_auditor import audit, half_even
from tests.mega_backdoor.random_distributions import failures, placed_or_refused, request_of, survey

SHEET = Path(__file__).parents[1] / "worksheets" / "distributions.csv"
EXAMPLES = list(csv.DictReader(SHEET.read_text(encoding="utf-8").splitlines()))
RANDOM = 20_000  # a million: see random_distributions


def law() -> Any:
    """The section of the law of 2026, read anew."""
    return LawOfYear.of(2026, Growth()).record.eligible_rollover_distribution


def placed(*rollovers: Rollover, amount: float = 100_000.0, first: tuple[str, ...] = ()) -> Distribution:
    """A distribution of the plan of A1 to A3: 200,000 pre-tax and 50,000 after-tax."""
    return distribute(Request(Source(200_000.0, 50_000.0), amount, rollovers, first), law())


def request(example: dict[str, str]) -> Request:
    """A row of the sheet as a request."""
    qualified = example["contract"] == "qualified_roth"
    contract = "designated_roth" if qualified else example["contract"]
    rollovers = []
    for words in filter(None, example["rollovers"].split("; ")):
        method, _, rest = words.partition(" ")
        to, _, amount = rest.partition("=")
        rollovers.append(Rollover(to, float(amount), method))
    shares = EmployerShares(float(example["shares_value"] or 0), float(example["shares_cost"] or 0))
    return Request(
        Source(float(example["pre_tax"]), float(example["after_tax"]), contract, qualified),  # type: ignore[arg-type]
        float(example["amount"]),
        tuple(rollovers),
        shares=shares if example["shares_value"] else None,
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["example"] for example in EXAMPLES])
def test_worked_examples_of_distributions(example: dict[str, str]) -> None:
    found = distribute(request(example), law())
    numbers = {
        "of_it_pre_tax": found.pre_tax,
        "of_it_after_tax": found.after_tax,
        "cash": found.cash.amount,
        "cash_pre_tax": found.cash.pre_tax,
        "taxable_income": found.taxable_income,
        "withholding": found.withholding,
        "net": found.cash.net,
    }
    assert numbers == {name: float(example[name]) for name in numbers}
    of_rollovers = [float(words) for words in filter(None, example["rollovers_pre_tax"].split("; "))]
    assert [one.pre_tax for one in found.destinations] == of_rollovers


def test_every_example_has_a_source_and_a_name() -> None:
    assert all(example["source"] for example in EXAMPLES)
    assert len({example["example"] for example in EXAMPLES}) == len(EXAMPLES)


def test_every_random_distribution_conserves_each_kind_of_money() -> None:
    counts, found = survey(RANDOM, seed=72)
    assert not found, "\n".join(found[:5])
    assert min(counts["placed"], counts["refused"]) > RANDOM / 10


def test_pre_tax_money_is_placed_as_the_notice_says() -> None:
    """Direct rollovers first, whatever the order given; then 60-day rollovers; the rest is cash."""
    late = Rollover("traditional_ira", 30_000.0, ROLLOVER_60_DAY)
    found = placed(late, Rollover("roth_ira", 60_000.0))
    assert [(one.pre_tax, one.after_tax) for one in found.destinations] == [(20_000.0, 10_000.0), (60_000.0, 0.0)]
    assert (found.cash.pre_tax, found.cash.after_tax) == (0.0, 10_000.0)


def test_a_distribution_has_the_mix_of_its_contract() -> None:
    """IRC 72(e)(8)(B): amount x basis / value, by hand."""
    assert mix_of_contract(10_000_000, 20_000_000, 5_000_000) == (8_000_000, 2_000_000)
    assert mix_of_contract(100, 200, 100) == (67, 33)
    assert mix_of_contract(1, 1, 1) == (1, 0)  # half a cent each: to the even cent of basis
    assert mix_of_contract(7, 7, 0) == (7, 0)
    assert mix_of_contract(7, 0, 7) == (0, 7)


def test_tax_is_withheld_from_the_taxable_part_of_what_is_paid() -> None:
    """20% of 10,000, IRC 3405(c)(1)(B); a later rollover changes nothing, a direct rollover bears none."""
    assert withholding(1_000_000, 3_000_000, float(law().withholding_rate)) == 200_000
    plan, late = Rollover("plan", 70_000.0), Rollover("traditional_ira", 30_000.0, ROLLOVER_60_DAY)
    assert placed(plan).withholding == placed(plan, late).withholding == 2_000.0
    assert placed(Rollover("roth_ira", 100_000.0)).withholding == 0.0


def test_no_tax_is_withheld_from_shares() -> None:
    """IRC 3405(e)(8): at most the money paid besides."""
    assert withholding(20_000_000, 0, 0.2) == 0
    assert withholding(20_000_000, 100_000, 0.2) == 100_000


def test_the_user_may_choose_who_takes_pre_tax_money_first() -> None:
    both = Rollover("traditional_ira", 60_000.0), Rollover("roth_ira", 40_000.0)
    assert [one.pre_tax for one in placed(*both).destinations] == [60_000.0, 20_000.0]
    chosen = placed(*both, first=("roth_ira",))
    assert [one.pre_tax for one in chosen.destinations] == [40_000.0, 40_000.0]
    assert chosen.taxable_income == 40_000.0


def test_a_replaced_withholding_is_said_and_nothing_is_negative() -> None:
    found = placed(Rollover("plan", 70_000.0), Rollover("traditional_ira", 29_000.0, ROLLOVER_60_DAY))
    assert (found.cash.amount, found.cash.net, found.cash.from_other_money) == (1_000.0, 0.0, 1_000.0)


def test_two_accounts_of_a_kind_are_two_destinations() -> None:
    found = placed(Rollover("roth_ira", 5_000.0), Rollover("traditional_ira", 80_000.0), Rollover("roth_ira", 15_000.0))
    assert [one.after_tax for one in found.destinations] == [5_000.0, 0.0, 15_000.0]
    assert found.taxable_income == 0.0


def test_parts_of_a_cent_are_rounded_so_that_what_fits_together_still_does() -> None:
    """Three thirds of 100, and 100 in all; two halves of a cent in the plan are one cent."""
    third = 100.0 / 3.0
    found = distribute(Request(Source(100.0, 0.0), 100.0, (Rollover("roth_ira", third),) * 3), law())
    assert [one.amount for one in found.destinations] == [33.33, 33.34, 33.33]
    assert (found.cash.amount, found.taxable_income) == (0.0, 100.0)
    tiny = distribute(Request(Source(0.005, 0.005), 0.01), law())
    assert tiny.pre_tax + tiny.after_tax == 0.01


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"rollovers": (Rollover("roth_ira", 100_000.01),)}, "direct", "$0.01 more than is distributed"),
        (
            {"rollovers": (Rollover("roth_ira", 60_000.0), Rollover("plan", 60_000.0, ROLLOVER_60_DAY))},
            "rollover_60_day",
            "$20,000 more than is distributed",
        ),
        ({"rollovers": (Rollover("roth_irra", 5.0),)}, "direct", 'did you mean "roth_ira"?'),
        ({"rollovers": (Rollover("roth_ira", -5.0),)}, "direct", "not below 0"),
        ({"rollovers": (Rollover("roth_ira", float("nan")),)}, "direct", "not below 0"),
        ({"rollovers": (Rollover("plan", 90_000.0, ROLLOVER_60_DAY),)}, "rollover_60_day", "IRC 402(c)(2)(A)"),
        ({"rollovers": (Rollover("in_plan_roth", 90_000.0, ROLLOVER_60_DAY),)}, "rollover_60_day", "by a 60-day"),
        ({"rollovers": (Rollover("governmental_457b", 90_000.0),)}, "direct", "up to $80,000"),
        ({"amount": 250_000.01}, "amount", "more than the balance"),
        ({"amount": 0.0}, "amount", "nothing is distributed"),
        ({"amount": float("nan")}, "amount", "not below 0"),
        ({"amount": float("inf")}, "amount", "not below 0"),
        ({"source": Source(-1.0, 50_000.0)}, "pre_tax", "not below 0"),
        ({"source": Source(200_000.0, -1.0)}, "after_tax", "not below 0"),
        ({"source": Source(0.0, 0.0)}, "pre_tax", "nothing is in the plan"),
        ({"pre_tax_first": ("roth_ira",)}, "pre_tax_first", "not a destination of this distribution"),
        ({"shares": EmployerShares(50_000.0, 10_000.0)}, "amount", "lump-sum"),
        ({"shares": EmployerShares(1.0, -1.0), "amount": 250_000.0}, "shares_cost", "not below 0"),
        ({"shares": EmployerShares(250_001.0, 1.0), "amount": 250_000.0}, "shares_value", "more than the distribution"),
        ({"shares": EmployerShares(210_000.0, 1.0), "amount": 250_000.0}, "shares_cost", "more growth"),
        (
            {
                "shares": EmployerShares(100_000.0, 1.0),
                "amount": 250_000.0,
                "rollovers": (Rollover("plan", 150_001.0),),
            },
            "direct",
            "without the shares",
        ),
        (
            {"source": Source(5.0, 100_000.0, "designated_roth"), "rollovers": (Rollover("plan", 5.0),)},
            "direct",
            "IRC 402A(c)(3)",
        ),
        (
            {
                "source": Source(50_000.0, 50_000.0, "designated_roth", True),
                "rollovers": (Rollover("roth_plan", 5.0, ROLLOVER_60_DAY),),
            },
            "rollover_60_day",
            "untaxed money",
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(change: dict[str, object], field: str, words: str) -> None:
    whole = {"source": Source(200_000.0, 50_000.0), "amount": 100_000.0, **change}
    with pytest.raises(InputError) as refused:
        distribute(Request(**whole), law())  # type: ignore[arg-type]
    assert refused.value.field == field
    assert words in str(refused.value)


NOTICE = ((20_000_000, 5_000_000, "plan"), 10_000_000, [(DIRECT, "plan", 7_000_000)], [], None)


def faulty_mix(amount: int, pre_tax: int, after_tax: int) -> tuple[int, int]:
    """After-tax money first, as before 1987."""
    return amount - min(amount, after_tax), min(amount, after_tax)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("mix_of_contract", faulty_mix),
        ("withholding", lambda taxable, _money, rate: round(rate * taxable) + 1),
        ("_pre_tax_of_rollovers", lambda one, _pre_tax: [0] * len(one.rollovers)),
    ],
)
def test_a_planted_fault_is_found(name: str, fault: object, monkeypatch: pytest.MonkeyPatch) -> None:
    case = NOTICE
    assert not failures(placed_or_refused(case), audit(*case), case)  # type: ignore[arg-type]
    monkeypatch.setattr(module, name, fault)
    assert failures(placed_or_refused(case), audit(*case), case)  # type: ignore[arg-type]


def test_a_planted_loss_of_a_cent_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_dollars", lambda amount: max(0, amount - 1) / 100)
    assert failures(placed_or_refused(NOTICE), audit(*NOTICE), NOTICE)  # type: ignore[arg-type]


def test_the_second_reading_takes_the_example_of_the_notice() -> None:
    """A1 by hand (Notice 2014-54, section III), and a third of a dollar."""
    found = audit(*NOTICE)  # type: ignore[arg-type]
    assert found is not None
    assert (found.rollovers, found.cash, found.cash_pre_tax, found.withheld) == (
        [7_000_000],
        3_000_000,
        1_000_000,
        200_000,
    )
    assert (half_even(1, 2), half_even(3, 2), half_even(100, 3)) == (0, 2, 33)
    assert request_of(NOTICE).amount == 100_000.0  # type: ignore[arg-type]
