"""What a household owns, in plain Python: the buckets of the second simulator, which the tests compare with the first.

Roth money lies in layers by calendar year; the taxable account is a list of lots, each with its value and its basis.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rothwell.law.figures import figure

Layers = dict[int, list[float]]
"""Calendar year -> [taxable part, untaxed part]."""
_FIVE = figure("roth_five_years.years").values
FIVE_YEARS = int(_FIVE[max(_FIVE)])
DUST = 1e-12  # of the account: a lot below it is gone
CRUMB = 2e-3  # dollars: what a search leaves over is no lot and no contribution, docs/method.md
MOST_LOTS = 20  # "at most 20 are kept", docs/method.md


def is_young(layer_year: int, year: int) -> bool:
    """Whether the five tax years from that of a conversion are still running, IRC 408A(d)(3)(F)."""
    return year < layer_year + FIVE_YEARS


@dataclass
class Owner:
    """The retirement accounts of one person, dollars."""

    plan: float = 0.0  # pre-tax, of present employers
    former: float = 0.0  # pre-tax, of employers left
    former_free: bool = False  # left in or after the year of 55
    ira: float = 0.0
    ira_basis: float = 0.0
    state_basis: float = 0.0  # of tax-deferred money: what a state has taxed already
    hsa: float = 0.0
    roth_plan: float = 0.0
    roth_ira: float = 0.0
    after_tax: float = 0.0
    after_tax_basis: float = 0.0
    # layer 1 of the Roth IRAs, apart from the in-plan conversions in it, and those; layer 2
    contributions: float = 0.0
    rolled: Layers = field(default_factory=dict)
    conversions: Layers = field(default_factory=dict)
    first_roth_year: int = 0
    plan_contributions: float = 0.0
    in_plan: Layers = field(default_factory=dict)
    first_plan_year: int = 0
    old_balance: float = 0.0

    @property
    def pre_tax(self) -> float:
        return self.plan + self.former + self.ira

    @property
    def roth(self) -> float:
        return self.roth_plan + self.roth_ira

    @property
    def roth_ira_basis(self) -> float:
        return self.contributions + total(self.rolled) + total(self.conversions)

    @property
    def plan_basis(self) -> float:
        return self.plan_contributions + total(self.in_plan)

    def convert(self, taxable: float, untaxed: float, year: int) -> None:
        """Money that arrives in the Roth IRA as a conversion of the year."""
        if taxable + untaxed > 0.0:
            self.roth_ira += taxable + untaxed
            add(self.conversions, year, taxable, untaxed)
            if taxable + untaxed > CRUMB:
                self.first_roth_year = self.first_roth_year or year

    def convert_in_plan(self, taxable: float, untaxed: float, year: int) -> None:
        """After-tax money that becomes Roth in its plan: the layer alone, the balance moves elsewhere."""
        if taxable + untaxed > 0.0:
            add(self.in_plan, year, taxable, untaxed)
            if taxable + untaxed > CRUMB:
                self.first_plan_year = self.first_plan_year or year

    def take_pre_tax(self, amount: float) -> None:
        """Take tax-deferred money, pro rata from plans and IRA."""
        if amount > 0.0 and self.pre_tax > 0.0:
            kept = max(0.0, 1.0 - amount / self.pre_tax)
            self.plan, self.former, self.ira = kept * self.plan, kept * self.former, kept * self.ira

    def roth_ira_pots(self, year: int) -> list[tuple[str, int, int, float]]:
        """What the Roth IRA consists of in the order in which it comes out: kind, year, part, dollars.

        IRC 408A(d)(4)(B); in-plan conversions come first out of layer 1, those of five years ago before younger ones.
        """
        wanted: list[tuple[str, int, int, float]] = []
        old = sum(sum(parts) for begun, parts in self.rolled.items() if not is_young(begun, year))
        wanted.append(("rolled, old", 0, 0, old))
        wanted += [
            ("rolled", begun, part, self.rolled[begun][part])
            for begun in sorted(self.rolled)
            if is_young(begun, year)
            for part in (0, 1)
        ]
        wanted.append(("contributions", 0, 0, self.contributions))
        old = sum(sum(parts) for begun, parts in self.conversions.items() if not is_young(begun, year))
        wanted.append(("conversions, old", 0, 0, old))
        wanted += [
            ("conversions", begun, part, self.conversions[begun][part])
            for begun in sorted(self.conversions)
            if is_young(begun, year)
            for part in (0, 1)
        ]
        pots, left = [], self.roth_ira
        for kind, begun, part, dollars in wanted:
            there = min(left, dollars)
            pots.append((kind, begun, part, there))
            left -= there
        return [*pots, ("earnings", 0, 0, left)]

    def take_roth_ira(self, amount: float, year: int) -> None:
        """Take money out of the Roth IRAs, layer by layer."""
        left = min(amount, self.roth_ira)
        for kind, begun, part, dollars in self.roth_ira_pots(year):
            taken = min(left, dollars)
            left -= taken
            if kind == "rolled":
                self.rolled[begun][part] -= taken
            elif kind == "conversions":
                self.conversions[begun][part] -= taken
            elif kind == "contributions":
                self.contributions -= taken
            elif kind == "rolled, old":
                _take_old(self.rolled, taken, year)
            elif kind == "conversions, old":
                _take_old(self.conversions, taken, year)
        self.roth_ira -= min(amount, self.roth_ira)

    def take_roth_plan(self, amount: float) -> None:
        """Take money out of the plan's Roth account: basis goes pro rata, IRC 72(e)(8)."""
        if amount > 0.0 and self.roth_plan > 0.0:
            kept = max(0.0, 1.0 - amount / self.roth_plan)
            self.roth_plan *= kept
            self.plan_contributions *= kept
            self.in_plan = {begun: [kept * one for one in parts] for begun, parts in self.in_plan.items()}

    def roll_over_roth_plan(self, qualified: bool, year: int) -> None:
        """The plan's Roth account goes to the Roth IRA: basis is layer 1, of a qualified one everything is."""
        if qualified:
            self.contributions += max(0.0, self.roth_plan - self.plan_basis)
        if self.roth_plan > CRUMB:
            self.first_roth_year = self.first_roth_year or year
        self.roth_ira += self.roth_plan
        self.contributions += self.plan_contributions
        for begun, (taxable, untaxed) in self.in_plan.items():
            add(self.rolled, begun, taxable, untaxed)
        self.roth_plan, self.plan_contributions, self.in_plan = 0.0, 0.0, {}

    def take_over(self, other: Owner) -> None:
        """A survivor treats the accounts of the spouse as own; plan money of the other goes to the IRA."""
        self.ira += other.pre_tax
        for name in (
            "ira_basis", "state_basis", "hsa", "roth_plan", "roth_ira", "after_tax", "after_tax_basis", "contributions",
            "plan_contributions",
        ):  # fmt: skip
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for mine, its in (
            (self.rolled, other.rolled), (self.conversions, other.conversions), (self.in_plan, other.in_plan)
        ):  # fmt: skip
            for begun, (taxable, untaxed) in its.items():
                add(mine, begun, taxable, untaxed)
        self.first_roth_year = _earlier(self.first_roth_year, other.first_roth_year)
        self.first_plan_year = _earlier(self.first_plan_year, other.first_plan_year)


def add(layers: Layers, year: int, taxable: float, untaxed: float) -> None:
    """Add money to the layer of a year."""
    layer = layers.setdefault(year, [0.0, 0.0])
    layer[0] += taxable
    layer[1] += untaxed


def total(layers: Layers) -> float:
    """All money of some layers."""
    return sum(sum(parts) for parts in layers.values())


def _take_old(layers: Layers, amount: float, year: int) -> None:
    """Take from layers whose five years are over: their order and parts do not matter to any tax."""
    for begun in sorted(layers):
        if not is_young(begun, year):
            for part in (0, 1):
                taken = min(amount, layers[begun][part])
                layers[begun][part] -= taken
                amount -= taken


def _earlier(mine: int, its: int) -> int:
    known = [one for one in (mine, its) if one > 0]
    return min(known, default=0)


@dataclass
class Taxable:
    """The taxable account, as lots [value, basis]: by average basis there is one."""

    by_lot: bool = False
    lots: list[list[float]] = field(default_factory=list)

    @property
    def value(self) -> float:
        return sum(value for value, _ in self.lots)

    @property
    def basis(self) -> float:
        return sum(basis for _, basis in self.lots)

    def _in_order(self) -> list[list[float]]:
        """Lots with the highest basis a share first."""
        return sorted(self.lots, key=lambda lot: -lot[1] / lot[0])

    def buy(self, amount: float, basis: float) -> None:
        """Add money with a basis."""
        if amount <= 0.0 and basis <= 0.0:
            return
        if not self.by_lot:
            self.lots = [[self.value + amount, self.basis + basis]]
            return
        if self.value <= CRUMB:
            self.lots = []
        if self.lots and amount <= CRUMB:
            self.lots[-1] = [self.lots[-1][0] + amount, self.lots[-1][1] + basis]
        elif amount > 0.0:
            if len(self.lots) >= MOST_LOTS:
                *others, one, two = self._in_order()
                self.lots = [*others, [one[0] + two[0], one[1] + two[1]]]
            self.lots.append([amount, basis])

    def gain_of_sale(self, amount: float) -> float:
        """The gain or loss that a sale would bring."""
        basis, left = 0.0, amount
        for value, of_lot in self._in_order() if self.value > 0.0 else []:
            part = min(left, value)
            basis += of_lot * part / value
            left -= part
        return amount - basis

    def sell(self, amount: float) -> None:
        """Sell, the highest basis first."""
        left = min(amount, self.value)
        if left <= 0.0:
            return
        for lot in self._in_order():
            part = min(left, lot[0])
            left -= part
            kept = 1.0 - part / lot[0]
            lot[0], lot[1] = kept * lot[0], kept * lot[1]
        whole = self.value
        self.lots = [lot for lot in self.lots if lot[0] > DUST * whole]

    def realize(self, amount: float) -> None:
        """Sell at a gain and buy back, up to an amount of gain: the same part of every lot that has one."""
        gains = [max(0.0, value - basis) for value, basis in self.lots]
        part = min(1.0, max(0.0, amount) / sum(gains)) if sum(gains) > 0.0 else 0.0
        for lot, gain in zip(self.lots, gains, strict=True):
            lot[1] += part * gain

    def step_up(self, share: float) -> None:
        """A death: a share of every lot gets the value of the day as its basis."""
        for lot in self.lots:
            lot[1] += share * (lot[0] - lot[1])

    def grow(self, factor: float) -> None:
        """Prices move."""
        for lot in self.lots:
            lot[0] *= factor


@dataclass
class Estate:
    """Everything a household owns, and what later years must remember of earlier ones."""

    taxable: Taxable
    owners: list[Owner]
    losses: list[float]  # carried on: short-term, long-term
    magi: list[float]  # of the last year, of the year before
    magi_status: list[int]
    old_gain: float = 0.0
    spent_real: float = 0.0

    def wealth(self, deferred_weight: float) -> float:
        """Taxable and Roth money in full, tax-deferred money at a weight."""
        counted = self.taxable.value
        for one in self.owners:
            counted += one.roth + one.after_tax_basis
            counted += deferred_weight * (one.pre_tax + one.after_tax - one.after_tax_basis + one.hsa)
        return counted


def opened(row: Any, start_year: int, year: int) -> Estate:
    """The accounts of a record of the first simulator, at the opening of a year."""
    taxable = Taxable(by_lot=bool(row["by_lot"] > 0.0))
    if taxable.by_lot:
        for share, rate in list(zip(row["lot_share"], row["lot_rate"], strict=True))[: int(row["lots"])]:
            taxable.lots.append([float(share * row["taxable"]), float(share * rate)])
    elif row["taxable"] > 0.0 or row["taxable_basis"] > 0.0:
        taxable.lots.append([float(row["taxable"]), float(row["taxable_basis"])])
    return Estate(
        taxable,
        [_owner(row, person, start_year, year) for person in (0, 1)],
        [float(one) for one in row["loss_carryover"]],
        [float(one) for one in row["magi"]],
        [int(one) for one in row["magi_status"]],
        float(row["old_gain"]),
        float(row["spent_real"]),
    )


_NAMES = {
    "plan": "pre_tax_plan", "former": "former_plan", "ira": "traditional_ira", "ira_basis": "ira_basis",
    "state_basis": "state_basis", "hsa": "hsa", "roth_plan": "roth_plan", "roth_ira": "roth_ira",
    "after_tax": "after_tax", "after_tax_basis": "after_tax_basis",
    "contributions": "contributions", "plan_contributions": "plan_contributions", "old_balance": "old_balance",
}  # fmt: skip


def _owner(row: Any, person: int, start_year: int, year: int) -> Owner:
    one = Owner(former_free=bool(row["former_free"][person] > 0.0))
    for name, known in _NAMES.items():
        setattr(one, name, float(row[known][person]))
    one.first_roth_year = int(row["first_roth_year"][person])
    one.first_plan_year = int(row["first_plan_year"][person])
    for name, old in (("rolled", "rolled_seasoned"), ("conversions", "seasoned"), ("in_plan", "in_plan_seasoned")):
        layers: Layers = {year - FIVE_YEARS: [float(row[old][person]), 0.0]}
        for begun in range(year - FIVE_YEARS + 1, year + 1):
            layers[begun] = [float(dollars) for dollars in row[name][person][(begun - start_year) % FIVE_YEARS]]
        setattr(one, name, layers)
    return one
