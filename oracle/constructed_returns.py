"""Returns made for one purpose: minimum tax, married persons who file separately, heads of household."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from oracle.boundary_returns import HEAD, SEPARATE, STATUS_WORDS, Setting
from oracle.columns import Row

MINIMUM_TAX, SEPARATE_RETURNS, HEADS = 500, 200, 200  # how many of each


def _minimum_tax(setting: Setting) -> Row:
    """High income with preferences, gains, itemized taxes and children, where the minimum tax is due or nearly so."""
    row = setting.start()
    section = setting.law.alternative_minimum
    start = float(section.phase_out_start[setting.status])
    row["wages1"] = setting.dollars(0, setting.pick((200_000, start, 1.5 * start)))
    kind = int(setting.random.integers(5))
    if kind in (0, 1):
        row["incentive_stock_spread"] = setting.dollars(20_000, 900_000)
    if kind in (1, 2):
        row["tax_exempt_interest"] = setting.dollars(1_000, 150_000)
        row["private_activity_interest"] = row["tax_exempt_interest"]
    if kind in (2, 3):
        row["lt_gain"] = setting.dollars(100_000, 3_000_000)
        row["ordinary_dividends"] = setting.dollars(0, 200_000)
        row["qualified_dividends"] = setting.dollars(0, row["ordinary_dividends"])
    if kind == 4 or setting.random.random() < 0.4:
        row["state_income_tax_paid"] = setting.dollars(5_000, 60_000)
        row["real_estate_tax"] = setting.dollars(0, 30_000)
        row["mortgage_interest"] = setting.dollars(0, 45_000)
        row["charity_cash"] = setting.dollars(0, 50_000)
    if setting.status < SEPARATE and setting.random.random() < 0.4:
        row["n_children_u17"] = setting.pick((1.0, 2.0, 4.0))
    if setting.random.random() < 0.2:
        row["age1"] = setting.dollars(63, 75)
    if setting.random.random() < 0.2:
        row["self_employment1"] = setting.dollars(10_000, 500_000)
        row["business_wages1"] = setting.dollars(0, 200_000)
    return row


def _separate(setting: Setting) -> Row:
    """Wages, benefits, gains, losses and itemized deductions on a separate return."""
    row = setting.start()
    row["spouse_itemizes"] = setting.pick((0.0, 0.0, 1.0))
    row["age1"] = setting.pick((35.0, 45.0, 64.0, 65.0, 70.0))
    row["wages1"] = setting.pick((0.0, setting.dollars(5_000, 90_000), setting.dollars(90_000, 700_000)))
    if row["age1"] > 62.0:
        row["ss1"] = setting.dollars(8_000, 50_000)
        row["pension"] = setting.dollars(0, 60_000)
    if setting.random.random() < 0.5:
        row["st_gain"], row["lt_gain"] = setting.dollars(-9_000, 20_000), setting.dollars(-20_000, 150_000)
        row["ordinary_dividends"] = setting.dollars(0, 40_000)
        row["qualified_dividends"] = setting.dollars(0, row["ordinary_dividends"])
        row["taxable_interest"] = setting.dollars(0, 20_000)
    if setting.random.random() < 0.5 or row["spouse_itemizes"]:
        row["mortgage_interest"] = setting.dollars(0, 25_000)
        row["state_income_tax_paid"] = setting.dollars(0, 25_000)
        row["charity_cash"] = setting.dollars(0, 8_000)
    row["n_children_u17"] = setting.pick((0.0, 0.0, 1.0, 2.0))
    row["self_employment1"] = setting.pick((0.0, 0.0, setting.dollars(-5_000, 120_000)))
    return row


def _head(setting: Setting) -> Row:
    """A head of household with children, older children or other dependents, over the whole range of income."""
    row = setting.start()
    row["age1"] = setting.dollars(19, 70)
    people = setting.pick(((1, 0, 0), (2, 0, 0), (0, 1, 0), (1, 1, 0), (0, 0, 1), (3, 1, 1), (0, 2, 0), (4, 0, 0)))
    row["n_children_u17"], row["n_older_children"], row["n_other_dependents"] = map(float, people)
    row["wages1"] = setting.dollars(0, setting.pick((15_000, 30_000, 60_000, 150_000, 400_000)))
    row["self_employment1"] = setting.pick((0.0, 0.0, setting.dollars(300, 60_000)))
    if setting.random.random() < 0.4:
        row["taxable_interest"] = setting.dollars(0, 13_000)
        row["lt_gain"] = setting.dollars(-6_000, 30_000)
    if setting.random.random() < 0.3:
        row["mortgage_interest"] = setting.dollars(0, 25_000)
        row["real_estate_tax"] = setting.dollars(0, 12_000)
        row["charity_cash"] = setting.dollars(0, 9_000)
    return row


def constructed_returns(law: Any, seed: int) -> Iterator[Row]:
    """All constructed returns, the statuses in turn."""
    random = np.random.default_rng(seed)
    for number in range(MINIMUM_TAX):
        row = _minimum_tax(Setting(law, number % len(STATUS_WORDS), random))
        yield row | {"household_id": f"minimum_tax-{number}"}
    for number in range(SEPARATE_RETURNS):
        row = _separate(Setting(law, SEPARATE + number % 2, random))
        yield row | {"household_id": f"separate-{number}"}
    for number in range(HEADS):
        yield _head(Setting(law, HEAD, random)) | {"household_id": f"head-{number}"}
