"""Random lives of Roth money, lived in two ledgers at once: the product's, and the second one of tagged dollars.

`python -m tests.mega_backdoor.roth_histories 200000` lives so many and says what differs; a second number is the first
seed, so that several processes can share the work.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from rothwell.mega_backdoor.designated_roth import DesignatedRoth
from rothwell.mega_backdoor.roth_basis import RothIras
from rothwell.mega_backdoor.roth_money import ConversionLayer, Exempt, Payment
from tests.mega_backdoor.tagged_dollars import (
    CONTRIBUTION,
    CONVERSION,
    DOLLAR,
    IN_PLAN,
    Facts,
    Heap,
    SecondDesignatedRoth,
    SecondRothIras,
    into_iras,
    into_plan,
)

CENT = DOLLAR // 100
CLOSE = 1e-5  # dollars; a float ledger of a few hundred thousand dollars is closer than that
PLANS = 2


class Differs(AssertionError):
    """The two ledgers do not agree."""


def usd(parts: int) -> float:
    """Parts as dollars."""
    return parts / DOLLAR


def same(what: str, first: float | None, second: int | None, unit: int = DOLLAR) -> None:
    """Refuse two numbers that differ."""
    if first is None or second is None:
        if first is not second:
            raise Differs(f"{what}: {first} and {second}")
    elif abs(first - second / unit) > CLOSE:
        raise Differs(f"{what}: {first} and {second / unit}")


def by_tag(heaps: Iterable[Heap], kind: str) -> dict[tuple[int, bool], int]:
    """Dollars of a kind by year and by whether they were taxed at the conversion."""
    sums: dict[tuple[int, bool], int] = {}
    for heap in heaps:
        if heap.kind == kind:
            tag = (heap.year, heap.taxed)
            sums[tag] = sums.get(tag, 0) + heap.dollars
    return sums


def same_layers(what: str, layers: Iterable[ConversionLayer], heaps: Iterable[Heap], kind: str) -> None:
    """Refuse layers that hold other dollars than the heaps of a kind."""
    found = {(one.year, True): one.taxable for one in layers} | {(one.year, False): one.untaxed for one in layers}
    tagged = by_tag(heaps, kind)
    for tag in {*found, *tagged}:
        same(f"{what} of {tag}", found.get(tag, 0.0), tagged.get(tag, 0))


@dataclass
class Life:
    """One person's Roth IRAs and plans in both ledgers, and every dollar that went in and out."""

    chance: random.Random
    iras: RothIras = field(default_factory=RothIras)
    second_iras: SecondRothIras = field(default_factory=SecondRothIras)
    plans: list[DesignatedRoth] = field(default_factory=lambda: [DesignatedRoth()] * PLANS)
    second_plans: list[SecondDesignatedRoth] = field(
        default_factory=lambda: [SecondDesignatedRoth() for _ in range(PLANS)]
    )
    basis_in: float = 0.0
    basis_out: float = 0.0
    value_in: float = 0.0
    value_out: float = 0.0
    events: list[str] = field(default_factory=list)

    def dollars(self, most: int = 60_000) -> int:
        """An amount in cents, often round, sometimes nothing."""
        if self.chance.random() < 0.1:
            return 0
        if self.chance.random() < 0.5:
            return self.chance.randrange(1, most // 500) * 500 * DOLLAR
        return self.chance.randrange(1, most * 100) * CENT

    def part_of(self, value: int) -> int:
        """A part of a value in cents, often all or nothing."""
        kind = self.chance.random()
        if kind < 0.15:
            return value
        return value * self.chance.randrange(0, 1001) // 1000 // CENT * CENT

    def put_in(self, year: int) -> None:
        """What goes into the accounts during a year."""
        kind = self.chance.randrange(5)
        first, second = self.dollars(), self.dollars()
        plan = self.chance.randrange(PLANS)
        self.events.append(f"{year}: in {kind} {usd(first)} {usd(second)} {plan}")
        if kind == 0:
            self.iras = self.iras.contributed(usd(first), year)
            self.second_iras.put(CONTRIBUTION, 0, False, first, first, year)
            self.came_in(first)
        elif kind == 1:
            self.iras = self.iras.converted(year, usd(first), usd(second))
            self.second_iras.put(CONVERSION, year, True, first, first, year)
            self.second_iras.put(CONVERSION, year, False, second, second, year)
            self.came_in(first + second)
        elif kind == 2:
            self.plans[plan] = self.plans[plan].contributed(usd(first), year)
            self.second_plans[plan].put([Heap(CONTRIBUTION, 0, False, first)] if first else [], first, year)
            self.came_in(first)
        elif kind == 3:
            self.plans[plan] = self.plans[plan].converted_in_plan(year, usd(first), usd(second))
            heaps = [Heap(IN_PLAN, year, True, first), Heap(IN_PLAN, year, False, second)]
            self.second_plans[plan].put(heaps if first + second else [], first + second, year)
            self.came_in(first + second)
        else:
            self.grow()

    def came_in(self, amount: int) -> None:
        """Basis that is worth what it is."""
        self.basis_in += usd(amount)
        self.value_in += usd(amount)

    def grow(self) -> None:
        """Gains and losses; at a loss an account is worth less than its basis."""
        rate = self.chance.randrange(-60, 90)
        gain = self.second_iras.value * rate // 100 // CENT * CENT
        self.iras, self.second_iras.value = self.iras.grown(usd(gain)), self.second_iras.value + gain
        self.value_in += usd(gain)
        for number in range(PLANS):
            second = self.second_plans[number]
            gain = second.value * rate // 100 // CENT * CENT
            self.plans[number], second.value = self.plans[number].grown(usd(gain)), second.value + gain
            self.value_in += usd(gain)

    def facts(self, year: int, age: Fraction) -> Facts:
        """The grounds of a payment."""
        rare = self.chance.random
        home = self.dollars(16_000) if rare() < 0.2 else 0
        exempt = self.dollars(9_000) if rare() < 0.2 else 0
        left_at = self.chance.choice((0, 0, 54, 55, 58))
        return Facts(year, age, rare() < 0.03, rare() < 0.05, home, left_at, exempt)

    def payment(self, amount: int, facts: Facts) -> Payment:
        """The same grounds for the product."""
        exceptions = (Exempt("medical", usd(facts.exempt)),) if facts.exempt else ()
        return Payment(
            usd(amount), facts.year, float(facts.age), facts.dead, facts.disabled, usd(facts.home),
            float(facts.left_at), False, exceptions,
        )  # fmt: skip

    def take_from_iras(self, year: int, age: Fraction) -> None:
        """A distribution of the Roth IRAs."""
        amount, facts = self.part_of(self.second_iras.value), self.facts(year, age)
        self.events.append(f"{year}: out of the Roth IRAs {usd(amount)} {facts}")
        record, self.iras = self.iras.distributed(self.payment(amount, facts))
        outcome = self.second_iras.pay(amount, facts)
        same("income", record.income, outcome.income)
        same("recapture", record.recapture, outcome.recapture)
        same("10% tax", record.additional_tax.line_4, outcome.tax)
        same_layers("conversions", record.from_conversions, outcome.heaps, CONVERSION)
        same_layers("in-plan conversions", record.in_plan, outcome.heaps, IN_PLAN)
        converted = sum(layer.total for layer in record.from_conversions)
        same("parts", record.from_contributions + converted + record.from_earnings, amount)
        self.basis_out += record.from_contributions + converted
        self.value_out += usd(amount)

    def take_from_plan(self, year: int, age: Fraction) -> None:
        """A distribution of a plan, rolled over in part, or directly to the other plan or to a Roth IRA."""
        number = self.chance.randrange(PLANS)
        second, facts = self.second_plans[number], self.facts(year, age)
        amount = self.part_of(second.value)
        total = sum(heap.dollars for heap in second.heaps)
        to_plan, direct = self.chance.random() < 0.3, self.chance.random() < 0.6
        rolled = self.part_of(amount) if self.chance.random() < 0.6 else 0
        if to_plan and not direct:
            qualified = self.plans[number].is_qualified(self.payment(amount, facts))
            gain = 0 if qualified or not second.value else max(0, amount - amount * total // second.value)
            rolled = min(rolled, gain // CENT * CENT)
        self.events.append(f"{year}: out of plan {number} {usd(amount)} {usd(rolled)} {to_plan} {direct} {facts}")
        record, self.plans[number] = self.plans[number].distributed(self.payment(amount, facts), usd(rolled), direct)
        outcome, moved = second.pay(amount, facts, rolled, direct)
        same("income of the plan", record.income, outcome.income)
        same("recapture of the plan", record.recapture, outcome.recapture)
        same("10% tax of the plan", record.additional_tax.line_4, outcome.tax)
        same_layers("in-plan conversions paid", record.in_plan, outcome.heaps, IN_PLAN)
        same("parts of the plan", record.paid_basis + record.paid_earnings + record.rollover.amount, amount)
        self.basis_out += record.paid_basis
        into = max(record.rollover.amount, record.rollover.basis) if record.qualified else record.rollover.basis
        self.basis_in += into - record.rollover.basis  # a qualified rollover makes basis of earnings
        self.value_out += record.paid
        if to_plan:
            other = 1 - number
            self.plans[other] = self.plans[other].received(record.rollover, year)
            into_plan(self.second_plans[other], moved, year)
        else:
            self.iras = self.iras.received(record.rollover, year)
            into_iras(self.second_iras, moved, year)

    def check(self) -> None:
        """Both ledgers hold the same, and every dollar that went in is there or went out once."""
        same("first year", self.iras.first_year, self.second_iras.first, 1)
        same("value", self.iras.value, self.second_iras.value)
        first_layer = [heap for heap in self.second_iras.heaps if heap.kind in (CONTRIBUTION, IN_PLAN)]
        same("contributions", self.iras.contributions, sum(heap.dollars for heap in first_layer))
        same_layers("conversions left", self.iras.conversions, self.second_iras.heaps, CONVERSION)
        same_layers("in-plan conversions left", self.iras.in_plan, self.second_iras.heaps, IN_PLAN)
        for plan, second in zip(self.plans, self.second_plans, strict=True):
            same("first year of the plan", plan.first_year, second.first, 1)
            same("value of the plan", plan.value, second.value)
            same("basis of the plan", plan.basis, sum(heap.dollars for heap in second.heaps))
            same_layers("in-plan conversions of the plan", plan.conversions, second.heaps, IN_PLAN)
        basis = self.iras.basis + sum(plan.basis for plan in self.plans)
        value = self.iras.value + sum(plan.value for plan in self.plans)
        if abs(self.basis_in - self.basis_out - basis) > CLOSE or abs(self.value_in - self.value_out - value) > CLOSE:
            raise Differs("a dollar appeared, vanished or left twice")
        if min(self.basis_out, basis, value, *(layer.total for layer in self.iras.conversions), 0.0) < 0.0:
            raise Differs("an amount is negative")


def live(seed: int) -> None:
    """One life; raises Differs with its events where the ledgers part."""
    life = Life(random.Random(seed))
    chance = life.chance
    year, age = chance.randrange(2007, 2035), chance.randrange(38, 62)
    try:
        for _ in range(chance.randrange(1, 12)):
            for _ in range(chance.randrange(4)):
                life.put_in(year)
            for _ in range(chance.randrange(3)):
                day = Fraction(chance.randrange(12), 12)
                if chance.random() < 0.5:
                    life.take_from_iras(year, age + day)
                else:
                    life.take_from_plan(year, age + day)
            life.check()
            step = chance.choice((1, 1, 1, 2, 4, 5))
            year, age = year + step, age + step
    except Differs as problem:
        raise Differs("\n".join([f"seed {seed}: {problem}", *life.events])) from None


def check_lives(count: int, first: int = 0) -> None:
    """Some lives, from a first seed on."""
    for seed in range(first, first + count):
        live(seed)


def main(count: int = 5_000, first: int = 0) -> int:
    """Live so many lives; the exit status."""
    check_lives(count, first)
    sys.stdout.write(f"{count:,} histories from seed {first:,} on: both ledgers agree, every dollar left once\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*(int(number) for number in sys.argv[1:])))
