"""The minimum tax by hand from the statute, its credit, and the choice of deductions under it."""

from __future__ import annotations

import numpy as np
import pytest

from rothwell.law.figures import HEAD, JOINT, SEPARATE_APART, SINGLE
from rothwell.tax.alternative_minimum import (
    MinimumTaxBase,
    minimum_tax,
    minimum_tax_credit,
    minimum_tax_credit_generated,
    tentative_minimum_tax,
)
from rothwell.tax.facts import parts_of
from rothwell.tax.federal import return_by_choice
from rothwell.tax.many_returns import compute
from tests.tax.build import facts, form, law

CENT = 0.01


@pytest.mark.parametrize(
    ("year", "status", "amti", "tentative"),
    [  # IRC 55(b), (d) with Rev. Proc. 2024-40 (2025) and 2025-32, P.L. 119-21 s.70107 (2026); no gains
        (2025, SINGLE, 88_100.0, 0.0),
        (2025, SINGLE, 188_100.0, 26_000.0),
        (2025, SINGLE, 88_100.0 + 239_100.0, 0.26 * 239_100.0),
        (2025, SINGLE, 500_000.0, 0.26 * 239_100.0 + 0.28 * (411_900.0 - 239_100.0)),
        (2025, SINGLE, 726_350.0, 0.26 * 239_100.0 + 0.28 * (726_350.0 - 63_100.0 - 239_100.0)),  # 25% of 100,000
        (2025, SINGLE, 1_000_000.0, 0.26 * 239_100.0 + 0.28 * (1_000_000.0 - 239_100.0)),
        (2025, JOINT, 237_000.0, 26_000.0),
        (2025, HEAD, 188_100.0, 26_000.0),
        (2025, SEPARATE_APART, 168_500.0, 26_000.0),
        (2026, SINGLE, 190_100.0, 26_000.0),
        (2026, SINGLE, 500_000.0, 0.26 * 244_500.0 + 0.28 * (500_000.0 - 90_100.0 - 244_500.0)),
        (2026, SINGLE, 600_000.0, 0.26 * 244_500.0 + 0.28 * (600_000.0 - 40_100.0 - 244_500.0)),  # 50% of 100,000
        (2026, SINGLE, 680_200.0, 0.26 * 244_500.0 + 0.28 * (680_200.0 - 244_500.0)),  # the exemption is gone
        (2026, JOINT, 240_200.0, 26_000.0),
        (2026, JOINT, 1_280_400.0, 0.26 * 244_500.0 + 0.28 * (1_280_400.0 - 244_500.0)),
        (2026, JOINT, 1_100_000.0, 0.26 * 244_500.0 + 0.28 * (1_100_000.0 - 90_200.0 - 244_500.0)),
    ],
)
def test_official_minimum_tax_examples(year: int, status: int, amti: float, tentative: float) -> None:
    assert tentative_minimum_tax(amti, 0.0, amti, status, law(year)) == pytest.approx(tentative, abs=CENT)


@pytest.mark.parametrize(
    ("status", "amounts", "amt"),
    [
        # 2026: regular tax of 183,900 is 17,966 + 24% of 78,200 = 36,734 (Rev. Proc. 2025-32);
        # minimum income 200,000 + 300,000 of options = 500,000: 26% of 244,500 + 28% of 165,400 = 109,882
        (SINGLE, {"wages1": 200_000.0, "incentive_stock_spread": 300_000.0}, 109_882.0 - 36_734.0),
        # an itemizer's state taxes of 40,400 are added back; regular tax of 180,000: 11,600 + 22% of 79,200 = 29,024;
        # 63,570 + 28% of (620,400 - 140,200 - 244,500) = 129,566
        (JOINT, {"wages1": 240_400.0, "incentive_stock_spread": 400_000.0, "state_income_tax_paid": 40_400.0,
                 "mortgage_interest": 20_000.0}, 129_566.0 - 29_024.0),
        # private activity interest alone within the exemption
        (SINGLE, {"wages1": 60_000.0, "tax_exempt_interest": 20_000.0, "private_activity_interest": 20_000.0}, 0.0),
        # long-term gains keep their rates: the exemption shelters the wages, gains of 300,000 are taxed at 0/15%
        (SINGLE, {"wages1": 40_000.0, "lt_gain": 300_000.0}, 0.0),
    ],
)  # fmt: skip
def test_constructed_minimum_tax_cases(status: int, amounts: dict[str, float], amt: float) -> None:
    got = form(2026, status, age1=40.0, age2=40.0 * (status == JOINT), **amounts)
    assert got.amt == pytest.approx(amt, abs=1.0)


def test_only_deferrals_make_a_credit() -> None:
    """IRC 53(d)(1)(B): minimum tax for state taxes is lost, minimum tax for stock options is credited later."""
    of_year = law(2026)
    regular = 60_000.0
    options = MinimumTaxBase(400_000.0, 400_000.0, 0.0, 0.0, 200_000.0)
    taxes = MinimumTaxBase(400_000.0, 400_000.0, 0.0, 200_000.0, 0.0)
    both = MinimumTaxBase(300_000.0, 300_000.0, 0.0, 100_000.0, 200_000.0)
    for base, share in ((options, "all"), (taxes, "none"), (both, "part")):
        paid = minimum_tax(base, regular, SINGLE, of_year).tax
        credit = minimum_tax_credit_generated(base, paid, regular, SINGLE, of_year)
        of_exclusions = max(
            0.0, tentative_minimum_tax(base.income + base.exclusions, 0.0, base.taxable, SINGLE, of_year) - regular
        )
        assert credit == pytest.approx(paid - of_exclusions), share
        assert paid > 0.0
        assert (credit > 0.0) == (share != "none")


def test_minimum_tax_credit_goes_down_to_the_tentative_tax() -> None:
    """IRC 53(c)."""
    assert minimum_tax_credit(50_000.0, 60_000.0, 45_000.0) == 15_000.0
    assert minimum_tax_credit(5_000.0, 60_000.0, 45_000.0) == 5_000.0
    assert minimum_tax_credit(5_000.0, 40_000.0, 45_000.0) == 0.0


def test_the_credit_is_carried_from_year_to_year() -> None:
    first = form(2026, SINGLE, wages1=200_000.0, incentive_stock_spread=300_000.0)
    assert first.minimum_tax_credit_carried == pytest.approx(first.amt)
    second = form(2026, SINGLE, wages1=400_000.0, minimum_tax_credit=first.minimum_tax_credit_carried)
    base = MinimumTaxBase(400_000.0, 383_900.0, 0.0, 0.0, 0.0)
    tentative = minimum_tax(base, 0.0, SINGLE, law(2026)).tentative
    assert second.minimum_tax_credit_used == pytest.approx(second.regular_tax - tentative)
    assert second.minimum_tax_credit_carried == pytest.approx(first.amt - second.minimum_tax_credit_used)


def test_smaller_itemized_deductions_win_under_the_minimum_tax() -> None:
    """IRC 63(e): the minimum tax allows interest and gifts but no standard deduction, 56(b)(1)(D)."""
    amounts = {"wages1": 200_000.0, "mortgage_interest": 15_000.0, "incentive_stock_spread": 300_000.0}
    got = form(2026, SINGLE, **amounts)
    one = facts(**amounts)
    larger, smaller = (return_by_choice(one, parts_of(one, law(2026)), way, SINGLE, law(2026)) for way in (0.0, 1.0))
    assert (larger.itemizes, smaller.itemizes) == (0.0, 1.0)
    assert smaller.total_tax < larger.total_tax
    assert (got.itemizes, got.total_tax) == (1.0, smaller.total_tax)


def test_itemizing_nothing_under_the_minimum_tax() -> None:
    """IRC 63(e), 199A(a)(2): without the standard deduction 10,000 of REIT dividends are deducted, with it 20% of
    33,900. Minimum income of 540,000: 63,570 + 28% of (540,000 - 70,100 - 244,500) = 126,682."""
    amounts = {"ordinary_dividends": 50_000.0, "reit_dividends": 50_000.0, "incentive_stock_spread": 500_000.0}
    got = form(2026, SINGLE, **amounts)
    one = facts(**amounts)
    standard = return_by_choice(one, parts_of(one, law(2026)), 0.0, SINGLE, law(2026))
    assert standard.qbi_deduction == pytest.approx(0.2 * 33_900.0)
    assert standard.total_tax == pytest.approx(63_570.0 + 0.28 * (543_220.0 - 68_490.0 - 244_500.0))
    assert (got.itemizes, got.deduction, got.qbi_deduction) == (1.0, 0.0, pytest.approx(10_000.0))
    assert got.total_tax == pytest.approx(126_682.0)
    many = compute({name: np.array([amount, 0.0]) for name, amount in amounts.items()}, np.array([SINGLE, SINGLE]),
                   law(2026), ("total_tax", "qbi_deduction"))  # fmt: skip
    assert many["total_tax"] == pytest.approx([126_682.0, 0.0])
    assert many["qbi_deduction"] == pytest.approx([10_000.0, 0.0])


def test_deductions_that_save_nothing_are_not_taken() -> None:
    """Minimum tax of 26% of a cent is used up by the child credit either way, and the earned-income credit makes the
    whole tax negative: the standard deduction stays (exemption of 88,100 in 2025, Rev. Proc. 2024-40)."""
    amounts = {"wages1": 1_000.01, "incentive_stock_spread": 87_100.0, "n_children_u17": 1.0}
    got = form(2025, HEAD, **amounts)
    assert (got.itemizes, got.taxable_income, got.amt) == (0.0, 0.0, pytest.approx(0.0026))
    assert got.total_tax == pytest.approx(-0.34 * 1_000.01)
    columns = {name: np.array([amount]) for name, amount in amounts.items()}
    many = compute(columns | {"age1": np.array([40.0])}, np.array([HEAD]), law(2025), ("itemizes", "taxable_income"))
    assert (many["itemizes"][0], many["taxable_income"][0]) == (0.0, 0.0)


def test_the_overall_limit_is_not_for_the_minimum_tax() -> None:
    """IRC 56(b)(1)(E): the minimum taxable income is that of deductions before section 68."""
    amounts = {"wages1": 1_500_000.0, "charity_cash": 200_000.0, "incentive_stock_spread": 900_000.0}
    got = form(2026, SINGLE, **amounts)
    gifts = 200_000.0 - 0.005 * 1_500_000.0  # 170(b)(1)(I)
    amti = 1_500_000.0 - gifts + 900_000.0
    want = 0.26 * 244_500.0 + 0.28 * (amti - 244_500.0)
    assert got.amt == pytest.approx(max(0.0, want - got.regular_tax), abs=CENT)
    assert got.amt > 0.0
