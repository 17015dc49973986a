"""A second ledger of Roth money, written from the statute and the regulations; it shares no code with the first.

It keeps whole parts of a dollar, a hundred million to the dollar, and no float. An account is a list of tagged
dollars: what each is, of which year, and whether it was taxed when it was converted. Whatever comes out is taken from
the list by tag, so no dollar can leave twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

CONTRIBUTION, IN_PLAN, CONVERSION, EARNINGS, LOST = "contribution", "in-plan", "conversion", "earnings", "lost"
HALF_OLD = Fraction(119, 2)  # 59 1/2, IRC 72(t)(2)(A)(i)
PERIOD = 5  # tax years, IRC 408A(d)(2)(B), (d)(3)(F), 402A(d)(2)(B)
DOLLAR = 10**8  # parts
HOME = 10_000 * DOLLAR  # IRC 72(t)(8)(B)
TENTH = 10  # the divisor of IRC 72(t)(1)
AT_55 = 55  # IRC 72(t)(2)(A)(v)


@dataclass
class Heap:
    """Dollars of one tag: what they are, the year of their conversion (0 if none), taxed at it or not."""

    kind: str
    year: int
    taxed: bool
    dollars: int


@dataclass
class Outcome:
    """What the person sees of a distribution."""

    income: int = 0
    recapture: int = 0
    tax: int = 0
    heaps: list[Heap] = field(default_factory=list)


@dataclass
class Facts:
    """The day of a payment and the grounds for it."""

    year: int
    age: Fraction
    dead: bool = False
    disabled: bool = False
    home: int = 0
    left_at: int = 0
    exempt: int = 0


def over(first: int | None, year: int) -> bool:
    """The fifth tax year that begins with the first has ended."""
    return first is not None and year > first + PERIOD - 1


def tenth(amount: int, facts: Facts, plan: bool, home: int) -> int:
    """IRC 72(t)."""
    if facts.age >= HALF_OLD or facts.dead or facts.disabled or (plan and facts.left_at >= AT_55):
        return 0
    return max(0, amount - facts.exempt - home) // TENTH


def cut(heaps: list[Heap], amount: int) -> list[Heap]:
    """Dollars off the front of a list, in its order; the list loses them."""
    taken = []
    for heap in heaps:
        part = min(amount, heap.dollars)
        if part > 0:
            taken.append(Heap(heap.kind, heap.year, heap.taxed, part))
            heap.dollars -= part
            amount -= part
    heaps[:] = [heap for heap in heaps if heap.dollars > 0]
    return taken


def in_order(heaps: list[Heap]) -> list[Heap]:
    """IRC 408A(d)(4)(B): contributions, conversions first-in first-out, taxed part before the other; then earnings.

    Of the contributions those that an in-plan conversion made come first, in the order of conversions.
    """
    rank = {IN_PLAN: 0, CONTRIBUTION: 1, CONVERSION: 2, EARNINGS: 3}
    return sorted(heaps, key=lambda heap: (rank[heap.kind], heap.year, not heap.taxed))


def counted_again(heaps: list[Heap], facts: Facts) -> int:
    """IRC 408A(d)(3)(F), 402A(c)(4)(D): taxed parts of conversions not five tax years old; before 59 1/2."""
    if facts.age >= HALF_OLD:
        return 0
    return sum(heap.dollars for heap in heaps if heap.taxed and not over(heap.year, facts.year))


@dataclass
class SecondRothIras:
    """Roth IRAs: heaps of basis, and a value that may be above or below them."""

    first: int | None = None
    heaps: list[Heap] = field(default_factory=list)
    value: int = 0
    home: int = 0

    def put(self, kind: str, year: int, taxed: bool, dollars: int, worth: int, starts: int) -> None:
        """Dollars of basis, with what they are worth; they start the period of all Roth IRAs."""
        if dollars > 0:
            self.heaps.append(Heap(kind, year, taxed, dollars))
        if dollars > 0 or worth > 0:
            self.first = starts if self.first is None else min(self.first, starts)
        self.value += worth

    def pay(self, amount: int, facts: Facts) -> Outcome:
        """A distribution, IRC 408A(d)(1)-(4)."""
        basis = sum(heap.dollars for heap in self.heaps)
        heaps = in_order(self.heaps)
        whole = cut([Heap(h.kind, h.year, h.taxed, h.dollars) for h in heaps], amount)
        home = min(facts.home, amount, HOME - self.home)
        self.home += home
        good = facts.age >= HALF_OLD or facts.dead or facts.disabled
        if over(self.first, facts.year):
            exposed = 0 if good else amount - home
            exempt_home = 0
        else:
            exposed, exempt_home = amount, home
        seen = cut([Heap(h.kind, h.year, h.taxed, h.dollars) for h in heaps], exposed)
        income = max(0, exposed - basis)
        again = counted_again(seen, facts)
        cut(heaps, amount)
        self.heaps = heaps
        self.value -= amount
        return Outcome(income, again, tenth(income + again, facts, False, exempt_home), whole)


@dataclass
class Moved:
    """Money that goes from a plan to another account of the person."""

    heaps: list[Heap]
    worth: int
    income: int
    qualified: bool
    direct: bool
    first: int | None


@dataclass
class SecondDesignatedRoth:
    """A plan's Roth account: heaps of basis, and its value."""

    first: int | None = None
    heaps: list[Heap] = field(default_factory=list)
    value: int = 0

    def put(self, heaps: list[Heap], worth: int, starts: int) -> None:
        """Basis in tags, with what it is worth."""
        if worth > 0 or heaps:
            self.first = starts if self.first is None else min(self.first, starts)
        self.heaps += [heap for heap in heaps if heap.dollars > 0]
        self.value += worth

    def pay(self, amount: int, facts: Facts, rolled: int, direct: bool) -> tuple[Outcome, Moved]:
        """A distribution, IRC 72(e)(8), 402A(d); what is rolled over takes the income first, 402(c)(2)."""
        total = sum(heap.dollars for heap in self.heaps)
        basis = min(amount, amount * total // self.value) if self.value > 0 else 0
        qualified = over(self.first, facts.year) and (facts.age >= HALF_OLD or facts.dead or facts.disabled)
        gain = amount - basis
        gain_rolled = min(gain, rolled)
        heaps = in_order(self.heaps)
        kept = cut(heaps, basis - (rolled - gain_rolled))
        away = cut(heaps, rolled - gain_rolled)
        if amount == self.value and rolled > 0 and total > self.value:  # Reg. 1.408A-10 Q&A-3(b), 1.402A-1 Q&A-6(b)
            away += cut(heaps, total - self.value)
        self.heaps = heaps
        self.value -= amount
        income = 0 if qualified else gain - gain_rolled
        again = 0 if qualified else counted_again(kept, facts)
        moved = Moved(away, rolled, 0 if qualified else gain_rolled, qualified, direct, self.first)
        return Outcome(income, again, tenth(income + again, facts, True, 0), kept), moved


def into_iras(iras: SecondRothIras, moved: Moved, year: int) -> None:
    """Reg. 1.408A-10 Q&A-3: basis is a regular contribution; all of a qualified distribution is."""
    basis = sum(heap.dollars for heap in moved.heaps)
    heaps = list(moved.heaps)
    if moved.qualified and moved.worth > basis:
        heaps.append(Heap(CONTRIBUTION, 0, False, moved.worth - basis))
    for heap in heaps:
        iras.put(heap.kind, heap.year, heap.taxed, heap.dollars, 0, year)
    iras.put(EARNINGS, 0, False, 0, moved.worth, year)


def into_plan(plan: SecondDesignatedRoth, moved: Moved, year: int) -> None:
    """Reg. 1.402A-1 Q&A-4(b), 6: a direct rollover carries basis and years; the other way carries income alone."""
    basis = sum(heap.dollars for heap in moved.heaps)
    heaps = list(moved.heaps)
    if moved.qualified and moved.worth > basis:
        heaps.append(Heap(CONTRIBUTION, 0, False, moved.worth - basis))
    plan.put(heaps, moved.worth, moved.first if moved.direct and moved.first is not None else year)
