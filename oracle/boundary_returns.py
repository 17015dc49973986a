"""Returns that land on the kinks of the law: each threshold less a cent, the threshold, and a cent above.

The thresholds come from our law files. If one of those were wrong, the engines would show it in the random returns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from oracle.columns import Row, empty_return

CENT = 0.01
SHIFTS = (-CENT, 0.0, CENT)
STATUS_WORDS = (  # in the order of the law's statuses
    *(("single", 0.0), ("mfj", 0.0), ("hoh", 0.0), ("qss", 0.0)),
    *(("mfs", 1.0), ("mfs", 0.0)),
)
JOINT, HEAD, SURVIVING, SEPARATE = 1, 2, 3, 4
INCOMES = (
    *("wages1", "wages2", "taxable_interest", "ordinary_dividends", "ira_distributions", "pension", "other_income"),
    *("self_employment1", "self_employment2"),
)
ORDINARY = ("wages1", "pension", "taxable_interest", "ira_distributions")
AGES_AT_EDGES = (24.0, 25.0, 26.0, 62.0, 63.0, 64.0, 65.0, 66.0)
HUGE = 1e8


@dataclass(frozen=True)
class Setting:
    """The law of the year, a status of it, and where the numbers come from."""

    law: Any
    status: int
    random: np.random.Generator

    def pick(self, choices: Any) -> Any:
        """One of some things."""
        return choices[int(self.random.integers(len(choices)))]

    def dollars(self, least: float, most: float) -> float:
        """Whole dollars between two amounts."""
        return float(self.random.integers(int(least), int(most) + 1))

    def start(self) -> Row:
        """A return of this status with the people that it needs."""
        row = empty_return()
        row["filing_status"], row["lived_apart"] = STATUS_WORDS[self.status]
        if self.status == JOINT:
            row["age2"] = self.dollars(30, 60)
        row["age1"] = self.dollars(30, 60)
        if self.status in (HEAD, SURVIVING):
            row["n_children_u17"] = 1.0
        return row

    def standard(self, row: Row) -> float:
        """The standard deduction of a return whose spouse does not itemize."""
        section = self.law.standard_deduction
        aged = sum(row[age] >= section.additional_age for age in ("age1", "age2"))
        return float(section.basic[self.status] + section.additional[self.status] * (aged + row["blind1"]))


Point = tuple[Row, str]  # a return on the kink, and the column that the cents are added to
Kink = Callable[[Setting], Point]


def plain_income(row: Row, setting: Setting) -> float:
    """Adjusted gross income where there are neither benefits nor a business."""
    limit = float(setting.law.capital_gains.loss_limit[setting.status])
    gain = row["st_gain"] + row["lt_gain"] - row["st_loss_carryover"] - row["lt_loss_carryover"]
    return sum(row[name] for name in INCOMES) + max(gain, -limit) - row["hsa_deduction"] - row["other_adjustments"]


def fill(row: Row, setting: Setting, filler: str, income: float) -> Point:
    """Bring adjusted gross income to an amount with one column."""
    row[filler] = round(row[filler] + income - plain_income(row, setting), 2)
    return row, filler


def companions(row: Row, setting: Setting, room: float) -> Row:
    """Other things on the same return, within a part of its income."""
    for name in setting.random.permutation(["taxable_interest", "ordinary_dividends", "lt_gain", "pension"])[:2]:
        row[name] = setting.dollars(0, 0.2 * room) if setting.random.random() < 0.6 else 0.0
    row["qualified_dividends"] = round(row["ordinary_dividends"] * setting.pick((0.0, 0.5, 1.0)), 2)
    if setting.random.random() < 0.3 and setting.status < SEPARATE:
        row["n_children_u17"] = setting.pick((1.0, 2.0, 3.0))
    if setting.random.random() < 0.1:
        row["n_older_children"], row["n_other_dependents"] = setting.pick(((1.0, 0.0), (0.0, 1.0), (2.0, 1.0)))
    return row


def at_taxable_income(setting: Setting, amount: float, filler: str) -> Point:
    """A return that takes the standard deduction with this taxable income."""
    row = companions(setting.start(), setting, amount)
    return fill(row, setting, filler, amount + setting.standard(row))


def bracket(setting: Setting) -> Point:
    """The top of a rate bracket, IRC 1(j)."""
    return at_taxable_income(
        setting, setting.pick(setting.law.rate_schedule.bracket_top[setting.status]), setting.pick(ORDINARY)
    )


def preferential(setting: Setting) -> Point:
    """Taxable income, or its ordinary part, at a breakpoint of the gain rates, IRC 1(h)."""
    gains = setting.law.capital_gains
    top = float(setting.pick((gains.zero_rate_top, gains.fifteen_rate_top))[setting.status])
    row = setting.start()
    row["wages1"] = setting.dollars(0, 0.5 * top)
    if setting.random.random() < 0.5:  # ordinary income to the point, gains above
        row, filler = fill(row, setting, "wages1", top + setting.standard(row))
        row["lt_gain"] = setting.dollars(0, 300_000)
        return row, filler
    row["st_gain"] = setting.pick((0.0, -setting.dollars(0, 0.1 * top), setting.dollars(0, 0.1 * top)))
    row["ordinary_dividends"] = row["qualified_dividends"] = setting.dollars(0, 0.2 * top)
    return fill(row, setting, "lt_gain", top + setting.standard(row))


def net_investment(setting: Setting) -> Point:
    """The threshold of the net investment income tax, and income over it as large as investment income; IRC 1411."""
    threshold = float(setting.law.net_investment_income.threshold[setting.status])
    row = companions(setting.start(), setting, threshold)
    row["taxable_interest"] += setting.dollars(100, 40_000)
    row["pension"] = 0.0
    investment = row["taxable_interest"] + row["ordinary_dividends"] + row["lt_gain"]
    over = setting.pick((0.0, investment))
    return fill(row, setting, "wages1", threshold + over)


def medicare(setting: Setting) -> Point:
    """Wages, or wages and net earnings, at the threshold of the additional tax, IRC 3101(b)(2), 1401(b)(2)."""
    threshold = float(setting.law.additional_medicare.threshold[setting.status])
    row = setting.start()
    row["wages1"] = setting.dollars(1_000, 0.9 * threshold)
    if setting.random.random() < 0.5:
        share = setting.law.self_employment.net_earnings_share
        row["self_employment1"] = round((threshold - row["wages1"]) / share, 2)
        row["sstb1"] = setting.pick((0.0, 1.0))
        return row, "self_employment1"
    filler = "wages2" if setting.status == JOINT else "wages1"
    row[filler] = threshold - (row["wages1"] if filler == "wages2" else 0.0)
    return row, filler


def self_employment(setting: Setting) -> Point:
    """Net earnings of 400 dollars, or with wages at the wage base, IRC 1402(b)."""
    section = setting.law.self_employment
    row = setting.start()
    share = section.net_earnings_share
    if setting.random.random() < 0.5:
        row["wages1"] = setting.dollars(0, 90_000)
        row["self_employment1"] = round(section.floor / share, 2)
        return row, "self_employment1"
    row["wages1"] = setting.dollars(0, setting.law.oasdi.wage_base)
    row["self_employment1"] = round((setting.law.oasdi.wage_base - row["wages1"]) / share, 2)
    return row, "self_employment1"


def benefits(setting: Setting) -> Point:
    """Provisional income at the base amounts, and where 85 percent or half of the benefits is the limit; IRC 86."""
    section = setting.law.benefit_taxation
    base, tier = float(section.base_amount[setting.status]), float(section.second_tier[setting.status])
    row = setting.start()
    row["age1"] = setting.dollars(65, 85)
    row["ss1"] = 2.0 * setting.dollars(1_000, 25_000)
    row["tax_exempt_interest"] = setting.dollars(0, 5_000) if setting.random.random() < 0.3 else 0.0
    lower = min(0.5 * row["ss1"], 0.5 * tier)
    full = base + tier + (0.85 * row["ss1"] - lower) / 0.85  # where 85 percent is reached
    row["other_adjustments"] = setting.dollars(0, 500)
    target = setting.pick((base, base + tier, base + row["ss1"], full))
    others = target - 0.5 * row["ss1"] - row["tax_exempt_interest"]
    return fill(row, setting, setting.pick(("pension", "ira_distributions")), max(others, row["ss1"] * 0.1))


def child_credit(setting: Setting) -> Point:
    """Steps of the phase-out, and the floor of earned income of the refundable part; IRC 24(b), (d)."""
    section = setting.law.child_tax_credit
    row = setting.start()
    row["n_children_u17"] = setting.pick((1.0, 2.0, 3.0, 4.0))
    row["n_older_children"] = setting.pick((0.0, 0.0, 1.0))
    row["n_other_dependents"] = setting.pick((0.0, 0.0, 1.0))
    if setting.random.random() < 0.3:
        children = row["n_children_u17"]
        full = section.earned_income_floor + children * section.refundable_cap / section.refundable_rate
        row["wages1"] = round(setting.pick((section.earned_income_floor, full)), 2)
        return row, "wages1"
    step = section.phase_out_step * setting.dollars(0, 60)
    row["taxable_interest"] = setting.dollars(0, 20_000)
    return fill(row, setting, setting.pick(("wages1", "pension")), section.phase_out_start[setting.status] + step)


def earned_income_credit(setting: Setting) -> Point:
    """The earned income amount, start and end of the phase-out, and the limit of investment income; IRC 32."""
    section = setting.law.earned_income_credit
    row = setting.start()
    children = setting.pick((0, 1, 2, 3))
    if setting.status in (HEAD, SURVIVING):
        children = max(children, 1)
    row["n_children_u17"] = float(max(children - 1, 0))
    row["n_older_children"] = float(min(children, 1))
    top = section.rate[children] * section.earned_income_amount[children]
    start = section.phase_out_start[children] + section.joint_addition[children] * (setting.status == JOINT)
    point = setting.pick(
        (section.earned_income_amount[children], start, start + top / section.phase_out_rate[children])
    )
    if setting.random.random() < 0.25:
        row["wages1"] = setting.dollars(5_000, 15_000)
        row["taxable_interest"] = float(section.investment_income_limit)
        return row, "taxable_interest"
    if children == 0:
        row["age1"] = setting.pick(AGES_AT_EDGES)
        row["age2"] = setting.pick((24.0, 25.0, 64.0, 65.0, 70.0)) if setting.status == JOINT else 0.0
    if setting.random.random() < 0.3:
        row["pension"] = setting.dollars(0, 4_000)
        return fill(row, setting, "wages1", round(point, 2))
    row["wages1"] = round(point, 2)
    return row, "wages1"


def senior(setting: Setting) -> Point:
    """The start and the end of the senior deduction's phase-out, IRC 151(d)(5)(C)."""
    section = setting.law.senior_deduction
    row = companions(setting.start(), setting, 50_000)
    row["age1"] = setting.pick((64.0, 65.0, 66.0, 80.0))
    row["age2"] = setting.pick((63.0, 64.0, 65.0, 70.0)) if setting.status == JOINT else 0.0
    start = float(section.magi_start[setting.status])
    end = start + float(section.amount[setting.status]) / section.rate
    return fill(row, setting, setting.pick(("pension", "lt_gain", "wages1")), setting.pick((start, end)))


def state_taxes(setting: Setting) -> Point:
    """The cap on state and local taxes, the start and the end of its reduction; IRC 164(b)(6), (7)."""
    section = setting.law.state_and_local_tax
    cap, floor = float(section.cap[setting.status]), float(section.floor[setting.status])
    start = float(section.phase_down_start[setting.status])
    row = companions(setting.start(), setting, 200_000)
    row["mortgage_interest"] = setting.dollars(5_000, 30_000)
    row["real_estate_tax"] = setting.dollars(0.1 * cap, 0.9 * cap)
    if setting.random.random() < 0.4:
        row, _ = fill(row, setting, "wages1", setting.dollars(100_000, 800_000))
        row["state_income_tax_paid"] = cap - row["real_estate_tax"]
        return row, "state_income_tax_paid"
    row["state_income_tax_paid"] = setting.dollars(0.5 * cap, 2.0 * cap)
    rate = section.phase_down_rate * (0.5 if setting.status >= SEPARATE else 1.0)  # 164(b)(6)(B)
    end = start + (cap - floor) / rate
    return fill(row, setting, setting.pick(("wages1", "lt_gain")), round(setting.pick((start, end)), 2))


def minimum_tax(setting: Setting) -> Point:
    """The start and the end of the exemption's phase-out and the higher rate, IRC 55(b), (d)."""
    section = setting.law.alternative_minimum
    exemption, start = float(section.exemption[setting.status]), float(section.phase_out_start[setting.status])
    end = start + exemption / section.phase_out_rate
    upper = float(section.upper_rate_start[setting.status]) + exemption
    row = setting.start()
    row["incentive_stock_spread"] = setting.dollars(0, 400_000) if setting.random.random() < 0.7 else 0.0
    row["lt_gain"] = setting.dollars(0, 900_000) if setting.random.random() < 0.5 else 0.0
    target = setting.pick((exemption, start, end, upper))
    row["incentive_stock_spread"] = min(row["incentive_stock_spread"], max(target - 1_000.0, 0.0))
    row["lt_gain"] = min(row["lt_gain"], max(0.0, target - row["incentive_stock_spread"]))
    return fill(row, setting, "wages1", round(target - row["incentive_stock_spread"], 2))


def business_income(setting: Setting) -> Point:
    """Taxable income before the deduction at the threshold and at the end of the range, IRC 199A(b)(3), (d)(3).

    The business is so small that it owes no self-employment tax, or wages are above the wage base.
    """
    section = setting.law.qualified_business_income
    start = float(section.threshold[setting.status])
    target = setting.pick((start, start + float(section.phase_in_range[setting.status])))
    row = setting.start()
    row["self_employment1"] = setting.dollars(10_000, 150_000)
    row["sstb1"] = setting.pick((0.0, 1.0))
    row["business_wages1"] = setting.pick((0.0, setting.dollars(1_000, 60_000)))
    row["business_property1"] = setting.pick((0.0, setting.dollars(10_000, 900_000)))
    row["lt_gain"] = setting.pick((0.0, setting.dollars(1_000, 60_000)))
    row["wages1"] = 0.0
    net = setting.law.self_employment.net_earnings_share * row["self_employment1"]
    oasdi = setting.law.self_employment.oasdi_rate * min(net, setting.law.oasdi.wage_base)
    half = 0.5 * (oasdi + setting.law.self_employment.medicare_rate * net)
    return fill(row, setting, "pension", round(target + setting.standard(row) + half, 2))


def capital_loss(setting: Setting) -> Point:
    """A loss as large as the limit, short and long term, and gains that just offset it; IRC 1211(b), 1222."""
    limit = float(setting.law.capital_gains.loss_limit[setting.status])
    row = companions(setting.start(), setting, 60_000)
    row["lt_gain"] = setting.pick((-1.0, 1.0)) * setting.dollars(0, 20_000)
    row["st_gain"] = setting.pick((-limit, 0.0)) - row["lt_gain"]
    row["wages1"] = setting.dollars(10_000, 120_000)
    if setting.random.random() < 0.3:
        row["lt_loss_carryover"] = setting.dollars(0, 5_000)
        row["st_gain"] += row["lt_loss_carryover"]
    return row, "st_gain"


def deduction_choice(setting: Setting) -> Point:
    """Itemized deductions as large as the standard deduction, IRC 63."""
    row = companions(setting.start(), setting, 60_000)
    row["age1"] = setting.pick((40.0, 64.0, 65.0, 66.0))
    row, _ = fill(row, setting, "wages1", setting.dollars(60_000, 250_000))
    standard = setting.standard(row)
    row["real_estate_tax"] = setting.dollars(1_000, min(8_000.0, 0.4 * standard))
    row["state_income_tax_paid"] = setting.dollars(0, min(9_000.0, 0.3 * standard))
    filler = setting.pick(("mortgage_interest", "charity_cash"))
    row[filler] = standard - row["real_estate_tax"] - row["state_income_tax_paid"]
    return row, filler


def floors_and_ceilings(setting: Setting) -> Point:
    """Medical floor, charitable floor and ceilings, the limit for non-itemizers; IRC 170, 213."""
    section = setting.law.itemized_deductions
    row = setting.start()
    income = setting.dollars(30_000, 300_000)
    row["wages1"] = income
    row["mortgage_interest"] = setting.dollars(10_000, 40_000)
    cash, property_, medical = "charity_cash", "charity_appreciated", "medical_expenses"
    points = [
        (medical, section.medical_floor * income),
        (cash, section.charitable_floor * income),
        (cash, section.cash_gift_ceiling * income),
        (property_, section.appreciated_gift_ceiling * income),
        (cash, float(setting.law.charitable_gift.non_itemizer_limit[setting.status])),
    ]
    choice = int(setting.random.integers(len(points)))
    filler, amount = points[choice]
    if choice == len(points) - 1:
        row["mortgage_interest"] = 0.0
    row[filler] = round(amount, 2)
    return row, filler


def overall_limit(setting: Setting) -> Point:
    """Income of itemizers at the start of the highest bracket, IRC 68."""
    start = float(setting.law.rate_schedule.bracket_top[setting.status, 5])
    row = setting.start()
    row["mortgage_interest"] = setting.dollars(20_000, 60_000)
    row["charity_cash"] = setting.dollars(0, 60_000)
    row["state_income_tax_paid"] = setting.dollars(0, 60_000)
    row["lt_gain"] = setting.pick((0.0, setting.dollars(0, 300_000)))
    itemized = row["mortgage_interest"] + row["charity_cash"] + 5_000.0
    return fill(row, setting, "wages1", round(start + setting.pick((0.0, itemized, 4 * itemized)), 2))


def ages(setting: Setting) -> Point:
    """People at the ages at which the law changes."""
    row = companions(setting.start(), setting, 60_000)
    row["age1"] = setting.pick(AGES_AT_EDGES)
    row["age2"] = setting.pick(AGES_AT_EDGES) if setting.status == JOINT else 0.0
    row["blind1"] = setting.pick((0.0, 0.0, 1.0))
    return fill(row, setting, setting.pick(("wages1", "pension")), setting.dollars(1_000, 120_000))


def extremes(setting: Setting) -> Point:
    """Nothing at all, one huge amount, or one amount of a cent."""
    row = setting.start()
    column = setting.pick((*ORDINARY, "lt_gain", "st_gain", "ordinary_dividends", "ss1", "self_employment1"))
    row[column] = setting.pick((CENT, 1.0, 1e6, HUGE))
    return row, column


KINKS: tuple[Kink, ...] = (
    *(bracket, bracket, preferential, preferential, net_investment, medicare, self_employment, benefits, benefits),
    *(child_credit, earned_income_credit, earned_income_credit, senior, state_taxes, minimum_tax, minimum_tax),
    *(business_income, capital_loss, deduction_choice, floors_and_ceilings, overall_limit, ages, extremes),
)


def boundary_returns(count: int, law: Any, seed: int) -> Iterator[Row]:
    """Returns on every kind of kink in turn, of every status, in threes: below, at and above."""
    random = np.random.default_rng(seed)
    for number in range(count):
        case, shift = divmod(number, len(SHIFTS))
        if shift == 0:
            kink = KINKS[case % len(KINKS)]
            setting = Setting(law, case // len(KINKS) % len(STATUS_WORDS), random)
            row, filler = kink(setting)
            row["household_id"] = f"{kink.__name__}-{case}"
        amount = round(row[filler] + SHIFTS[shift], 2)
        if filler not in ("st_gain", "lt_gain", "self_employment1"):
            amount = max(amount, 0.0)
        shifted = row | {filler: amount, "household_id": f"{row['household_id']}{'abc'[shift]}"}
        shifted["qualified_dividends"] = min(shifted["qualified_dividends"], shifted["ordinary_dividends"])
        yield shifted
