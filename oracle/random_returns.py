"""Random realistic returns of all filing statuses, by a fixed seed."""

from __future__ import annotations

from typing import Any

import numpy as np

from oracle.columns import CENTS, COLUMNS, COUNTS, STATUSES, WORDS

Columns = dict[str, Any]

SHARE_OF_STATUS = (0.38, 0.36, 0.12, 0.1, 0.04)  # in the order of STATUSES: more separate filers than there are
YOUNGEST, OLDEST, RETIRING, DRAWING_BENEFITS = 18, 96, 65, 62
MEDIAN_WAGE, MEDIAN_PROFIT, MEDIAN_BENEFIT, MEDIAN_PENSION = 62_000.0, 34_000.0, 23_000.0, 26_000.0
MOST_BENEFIT, MOST_WAGE = 62_000.0, 4_000_000.0
MOST_LOSS = 120_000.0  # of one business: two stay within IRC 461(l)
ROUND_TO_DOLLARS = 0.7  # the share of returns without cents


class _Draw:
    """Columns drawn for a number of returns."""

    def __init__(self, count: int, seed: int) -> None:
        self.count = count
        self.random = np.random.default_rng(seed)

    def chance(self, share: Any) -> Any:
        """One for a share of the returns."""
        return self.random.random(self.count) < share

    def dollars(self, median: float, spread: float, share: Any) -> Any:
        """Lognormal dollars on a share of the returns."""
        return median * np.exp(spread * self.random.standard_normal(self.count)) * self.chance(share)

    def whole(self, shares: tuple[float, ...]) -> Any:
        """A small whole number by its shares from zero on."""
        return self.random.choice(len(shares), self.count, p=shares).astype(float)


def random_returns(count: int, seed: int, with_policyengine_only: bool = False) -> Columns:
    """Columns of random returns; ids begin with `r`, those with columns of PolicyEngine alone with `p`."""
    draw = _Draw(count, seed)
    columns: Columns = {name: np.zeros(count) for name in COLUMNS if name not in WORDS}
    letter = "p" if with_policyengine_only else "r"
    columns["household_id"] = np.array([f"{letter}{number:06d}" for number in range(count)])
    columns["filing_status"] = draw.random.choice(STATUSES, count, p=SHARE_OF_STATUS)
    for fill in (_people, _work, _business, _investments, _retirement, _deductions):
        fill(columns, draw)
    if with_policyengine_only:
        _policyengine_only(columns, draw)
    _round(columns, draw)
    return columns


def _people(columns: Columns, draw: _Draw) -> None:
    status = columns["filing_status"]
    joint, separate = status == "mfj", status == "mfs"
    with_child = (status == "hoh") | (status == "qss")
    span = OLDEST - YOUNGEST
    age1 = np.floor(YOUNGEST + span * draw.random.beta(1.6, 1.5, draw.count))
    age2 = np.clip(age1 + np.round(draw.random.normal(0.0, 5.0, draw.count)), YOUNGEST, OLDEST)
    columns["age1"], columns["age2"] = age1, np.where(joint, age2, 0.0)
    columns["blind1"], columns["blind2"] = draw.chance(0.01) * 1.0, draw.chance(0.01) * joint * 1.0
    columns["lived_apart"] = separate * draw.chance(0.5) * 1.0
    columns["spouse_itemizes"] = separate * draw.chance(0.3) * 1.0
    parent_age = (age1 >= 20) & (age1 < 62)
    has_children = draw.chance(np.where(joint, 0.6, 0.18)) & parent_age
    young = draw.whole((0.2, 0.3, 0.3, 0.12, 0.06, 0.02)) * (has_children | with_child)
    older = draw.whole((0.75, 0.18, 0.05, 0.02)) * (has_children | with_child)
    columns["n_children_u17"] = np.where(with_child & (young + older == 0.0), 1.0, young)
    columns["n_older_children"] = older
    columns["n_other_dependents"] = draw.whole((0.93, 0.05, 0.02))


def _work(columns: Columns, draw: _Draw) -> None:
    joint = columns["filing_status"] == "mfj"
    rich = 1.0 + 7.0 * draw.chance(0.08) - 0.75 * draw.chance(0.2)
    for number, here in (("1", np.ones(draw.count, bool)), ("2", joint)):
        working = np.where(columns["age" + number] < RETIRING, 0.82, 0.18)
        wages = draw.dollars(MEDIAN_WAGE, 0.8, working) * rich
        columns["wages" + number] = np.minimum(wages, MOST_WAGE) * here
    columns["other_income"] = draw.dollars(4_000.0, 0.8, 0.03)


def _business(columns: Columns, draw: _Draw) -> None:
    """Profit or loss of one person; of both spouses only where one business could not be told from two."""
    joint = columns["filing_status"] == "mfj"
    owner = draw.chance(0.14)
    both, second = owner & joint & draw.chance(0.2), owner & joint & draw.chance(0.4)
    sizes = np.where(draw.chance(0.15), 9.0, 1.0)
    of_service = draw.chance(0.35) * 1.0
    for number, here in (("1", owner & ~(second & ~both)), ("2", both | second)):
        profit = draw.dollars(MEDIAN_PROFIT, 1.0, 1.0) * sizes
        columns["self_employment" + number] = (
            np.where(draw.chance(0.12), np.maximum(-0.4 * profit, -MOST_LOSS), profit) * here
        )
        columns["sstb" + number] = of_service * here
    first, other = columns["self_employment1"], columns["self_employment2"]
    alone = ~((first != 0.0) & (other != 0.0))
    for number in ("1", "2"):
        profit = np.maximum(columns["self_employment" + number], 0.0)
        columns["business_wages" + number] = draw.dollars(40_000.0, 1.0, 0.4) * (alone & (profit > 0.0))
        columns["business_property" + number] = draw.dollars(150_000.0, 1.2, 0.3) * (alone & (profit > 0.0))
        columns["self_employed_plan" + number] = 0.15 * profit * draw.chance(0.25)
        columns["self_employed_health" + number] = np.minimum(0.3 * profit, draw.dollars(7_000.0, 0.4, 0.3))


def _investments(columns: Columns, draw: _Draw) -> None:
    rich = 1.0 + 12.0 * draw.chance(0.1)
    columns["taxable_interest"] = draw.dollars(900.0, 1.6, 0.55) * rich
    columns["tax_exempt_interest"] = draw.dollars(2_500.0, 1.2, 0.08) * rich
    columns["ordinary_dividends"] = draw.dollars(1_800.0, 1.7, 0.4) * rich
    columns["qualified_dividends"] = columns["ordinary_dividends"] * draw.random.beta(4.0, 1.2, draw.count)
    sign = np.where(draw.chance(0.35), -1.0, 1.0)
    columns["st_gain"] = draw.dollars(1_500.0, 1.5, 0.2) * rich * sign
    sign = np.where(draw.chance(0.25), -1.0, 1.0)
    columns["lt_gain"] = draw.dollars(5_000.0, 1.9, 0.3) * rich * sign
    columns["st_loss_carryover"] = draw.dollars(3_000.0, 1.0, 0.03)
    columns["lt_loss_carryover"] = draw.dollars(6_000.0, 1.2, 0.04)


def _retirement(columns: Columns, draw: _Draw) -> None:
    joint = columns["filing_status"] == "mfj"
    old = np.maximum(columns["age1"], columns["age2"]) >= DRAWING_BENEFITS
    for number, here in (("1", np.ones(draw.count, bool)), ("2", joint)):
        drawing = here & (columns["age" + number] >= DRAWING_BENEFITS)
        benefit = draw.dollars(MEDIAN_BENEFIT, 0.45, 0.8)
        columns["ss" + number] = np.minimum(benefit, MOST_BENEFIT) * drawing
    columns["ira_distributions"] = draw.dollars(16_000.0, 1.2, np.where(old, 0.5, 0.01))
    columns["pension"] = draw.dollars(MEDIAN_PENSION, 0.9, np.where(old, 0.45, 0.01))


def _deductions(columns: Columns, draw: _Draw) -> None:
    itemizer = draw.chance(0.35)
    means = sum(columns[name] for name in ("wages1", "wages2", "pension", "ira_distributions", "ordinary_dividends"))
    columns["hsa_deduction"] = draw.random.uniform(200.0, 8_000.0, draw.count) * draw.chance(0.05)
    columns["other_adjustments"] = draw.random.uniform(10.0, 900.0, draw.count) * draw.chance(0.04)
    columns["mortgage_interest"] = draw.dollars(12_000.0, 0.7, 0.7) * itemizer
    columns["real_estate_tax"] = draw.dollars(6_500.0, 0.7, 0.85) * itemizer
    columns["state_income_tax_paid"] = draw.random.uniform(0.0, 0.09, draw.count) * means * itemizer
    columns["charity_cash"] = draw.dollars(2_500.0, 1.4, np.where(itemizer, 0.7, 0.2))
    columns["charity_appreciated"] = draw.dollars(4_000.0, 1.2, 0.15) * itemizer
    columns["medical_expenses"] = draw.dollars(6_000.0, 1.1, np.where(itemizer, 0.4, 0.05))


def _policyengine_only(columns: Columns, draw: _Draw) -> None:
    joint = columns["filing_status"] == "mfj"
    ordinary = columns["ordinary_dividends"] - columns["qualified_dividends"]
    columns["reit_dividends"] = ordinary * draw.random.uniform(0.1, 0.9, draw.count) * draw.chance(0.2)
    saved = draw.random.uniform(100.0, 6_000.0, draw.count)
    columns["retirement_savings1"] = saved * draw.chance(0.25) * (columns["wages1"] > 0.0)
    columns["retirement_savings2"] = saved * draw.chance(0.25) * joint * (columns["wages2"] > 0.0)


def _round(columns: Columns, draw: _Draw) -> None:
    to_dollars = draw.chance(ROUND_TO_DOLLARS)
    for name in COLUMNS:
        if name not in WORDS and name not in COUNTS:
            columns[name] = np.where(to_dollars, np.round(columns[name]), np.round(columns[name], CENTS)) + 0.0
    for part, whole in (("qualified_dividends", "ordinary_dividends"), ("reit_dividends", "ordinary_dividends")):
        columns[part] = np.minimum(columns[part], columns[whole])
    room = columns["ordinary_dividends"] - columns["qualified_dividends"]
    columns["reit_dividends"] = np.round(np.clip(columns["reit_dividends"], 0.0, room), CENTS)
