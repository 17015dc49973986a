"""A second auditor of money before 59 1/2, written from the statute: it shares no code with the simulator.

It reads the file and the recorded flows of each person, keeps a dated ledger of Roth money of its own, and says what of
each year's withdrawals is income, what bears the 10% tax, and whether there was another way.

`python -m tests.invariants.access_auditor 1000000` audits so many household-years of households at random.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from rothwell.household import Account, Household
from rothwell.lifetime.markets import Market
from rothwell.lifetime.scenario import RunOptions
from rothwell.lifetime.strategies import PRESETS
from tests.invariants.ledger_of_flows import lived
from tests.invariants.random_households import random_household
from tests.lifetime.runs import KEEP_ALL, START, drawn_laws, drawn_market, load_landscape, unchecked

FIVE_YEARS = 5  # IRC 408A(d)(2)(B), (3)(F)
OLD = 60  # attained on 31 December: 59 1/2 lies in the first half of that year or before it
SEPARATION = 55  # IRC 72(t)(2)(A)(v)
CENT = 0.01
Parcel = list[float]  # year, taxable part, untaxed part


@dataclass
class RothBooks:
    """One person's Roth money: the IRAs with their first layer, and what stands in the plan."""

    first: float = 0.0  # year, 0 none
    plain: float = 0.0
    rolled: list[Parcel] = field(default_factory=list)
    converted: list[Parcel] = field(default_factory=list)
    plan_first: float = 0.0
    plan_plain: float = 0.0
    plan_converted: list[Parcel] = field(default_factory=list)
    opening: float = 0.0  # what the plan account is worth in the file
    plan_paid: bool = False  # to somebody at work, who was qualified: what is left is not followed
    pro_rata: bool = False  # a designated Roth account was paid from: its basis is not followed

    def basis(self) -> float:
        return self.plain + sum(one[1] + one[2] for one in (*self.rolled, *self.converted))

    def enter(self, parcels: list[Parcel], year: float, taxable: float, untaxed: float) -> None:
        if taxable + untaxed > 0.0:
            for one in parcels:
                if one[0] == year:
                    one[1] += taxable
                    one[2] += untaxed
                    return
            parcels.append([year, taxable, untaxed])
            parcels.sort()

    def leave_plan(self, year: float, value: float, old: bool) -> None:
        """Reg. 1.408A-10 Q&A-3."""
        whole = self.plan_plain + sum(one[1] + one[2] for one in self.plan_converted)
        qualified = old and self.plan_first > 0 and year >= self.plan_first + FIVE_YEARS
        self.plain += self.plan_plain + (max(0.0, value - whole) if qualified else 0.0)
        for one in self.plan_converted:
            self.enter(self.rolled, *one)
        self.plan_plain, self.plan_converted, self.plan_first = 0.0, [], 0.0
        self.first = self.first or year

    def take(self, amount: float, year: float) -> tuple[float, float]:
        """What of an amount is earnings, and what is a young taxable part; parcels in the order of the law."""
        left, young = amount, 0.0
        left, young = self._from(self.rolled, left, young, year)
        used = min(left, self.plain)
        self.plain, left = self.plain - used, left - used
        left, young = self._from(self.converted, left, young, year)
        return left, young

    def _from(self, parcels: list[Parcel], left: float, young: float, year: float) -> tuple[float, float]:
        for one in parcels:
            for part in (1, 2):
                used = min(left, one[part])
                one[part] -= used
                left -= used
                young += used if part == 1 and year < one[0] + FIVE_YEARS else 0.0
        return left, young

    def free(self, year: float) -> float:
        """What would come out at no cost before anything that costs."""
        total = 0.0
        for one in self.rolled:
            if one[1] > CENT and year < one[0] + FIVE_YEARS:
                return total
            total += one[1] + one[2]
        total += self.plain
        for one in self.converted:
            if one[1] > CENT and year < one[0] + FIVE_YEARS:
                return total
            total += one[1] + one[2]
        return total

    def marry(self, other: RothBooks) -> None:
        """The survivor treats the Roth money of the spouse as own: one ledger, the earlier start."""
        self.plain += other.plain
        self.plan_plain += other.plan_plain
        for mine, theirs in ((self.rolled, other.rolled), (self.converted, other.converted)):
            for one in theirs:
                self.enter(mine, *one)
        for one in other.plan_converted:
            self.enter(self.plan_converted, *one)
        self.first = min([one for one in (self.first, other.first) if one] or [0.0])
        self.plan_first = min([one for one in (self.plan_first, other.plan_first) if one] or [0.0])
        self.plan_paid |= other.plan_paid
        self.pro_rata |= other.pro_rata


def opening(one: Household, position: int) -> RothBooks:
    """The books of the file."""
    person, books = one.people[position], RothBooks()
    employers = [job.employer for job in one.jobs_of(person.name)]
    for kind in ("roth_ira", "roth_plan"):
        accounts = [account for account in one.accounts_of(person.name) if account.kind == kind]
        for account in accounts:
            left = kind == "roth_plan" and employers and account.employer not in (None, *employers)
            _enter(books, account, kind == "roth_ira", bool(left))
    return books


def _enter(books: RothBooks, account: Account, ira: bool, left: bool) -> None:
    given = sum(part.taxable + part.untaxed for part in account.conversions)
    plain = account.contributions if account.contributions is not None else max(0.0, (account.basis or 0.0) - given)
    years = [part.year for part in account.conversions]
    first = min([*years, account.first_roth_year or START]) if years or account.first_roth_year else START - FIVE_YEARS
    where = books.converted if ira else books.rolled if left else books.plan_converted
    for part in account.conversions:
        books.enter(where, part.year, part.taxable, part.untaxed)
    if ira or left:
        books.plain += plain
        books.first = min(books.first or 9_999, START if left else first)
    else:
        books.opening += account.balance
        books.plan_plain += plain
        books.plan_first = min(books.plan_first or 9_999, first)


def audit(one: Household, flows: Any) -> Iterator[str]:
    """Everything that is wrong with the years of one life."""
    people = range(len(one.people))
    books = [opening(one, position) for position in people]
    left_at = [_left_before(one, position) for position in people]
    worked = [False] * len(one.people)
    for year in range(len(flows)):
        row = flows[year]
        if row["price_level"] <= 0.0:
            return
        yield from (f"{row['year']:.0f}: {words}" for words in _year(row, flows[year - 1] if year else None, books,
                                                                    left_at, worked))  # fmt: skip
        if year + 1 < len(flows):
            for position in people:
                if row["alive"][position] > flows[year + 1]["alive"][position] and len(books) > 1:
                    survivor = 1 - position
                    if flows[year + 1]["alive"][survivor] > 0.0:
                        books[survivor].marry(books[position])
                        books[position] = RothBooks()


def _left_before(one: Household, position: int) -> float:
    """The age at leaving the employer of a plan account that is in the file, the best of them."""
    person = one.people[position]
    left = [account.left_in for account in one.accounts_of(person.name) if account.kind == "pre_tax_plan"]
    return max([year - person.birth_date.year for year in left if year is not None] or [0])


def _year(row: Any, before: Any, books: list[RothBooks], left_at: list[float], worked: list[bool]) -> Iterator[str]:
    now, subject, earnings, free_left = float(row["year"]), 0.0, 0.0, 0.0
    for position, own in enumerate(books):
        if row["alive"][position] <= 0.0:
            continue
        age = float(row["age"][position])
        old, works = age >= OLD, row["pay"][position] > 0.0
        if worked[position] and not works:
            left_at[position] = max(left_at[position], age - 1)
        worked[position] = works
        if not works and (own.plan_plain > 0.0 or own.plan_converted or own.plan_first > 0):
            own.leave_plan(now, own.opening if before is None else float(before["end_roth_plan"][position]), old)
        own.enter(own.converted, now, 0.0, float(row["after_tax_rolled"][position]))
        own.first = own.first or (now if row["after_tax_rolled"][position] > 0.0 else 0.0)
        open_roth = old and own.first > 0 and now >= own.first + FIVE_YEARS
        taken = float(row["roth_taken"][position])
        free = own.free(now)
        gained, young = own.take(taken, now)
        plan_open = old and works and own.plan_first > 0 and now >= own.plan_first + FIVE_YEARS
        if taken > CENT and not open_roth and not plan_open:  # an open plan pays qualified money
            earnings += gained
            subject += 0.0 if old else gained + young
        of_plan = float(row["separated_plan_taken"][position])
        if of_plan > CENT and left_at[position] < SEPARATION:
            yield f"plan money without the tax, left at {left_at[position]}"
        subject += 0.0 if old else float(row["pre_tax_taken"][position]) - of_plan
        emptied = (
            row["end_roth_ira"][position] <= 1.5 * row["converted"][position] + 1.0
        )  # but for the year's new money
        if not open_roth and not emptied and not own.pro_rata:  # what is free of a plan paid from is not followed
            free_left += max(0.0, free - taken)
        own.plan_paid |= bool(plan_open) and taken > CENT
        own.pro_rata |= old or bool(plan_open)
        _contribute(own, row, position, now)
        if not own.pro_rata and abs(own.basis() - float(row["end_roth_basis"][position])) > CENT:
            yield f"basis {row['end_roth_basis'][position]:,.2f}, not {own.basis():,.2f}"
    if abs(subject - float(row["early_subject"])) > CENT:
        yield f"{row['early_subject']:,.2f} bear the 10% tax, not {subject:,.2f}"
    if abs(0.1 * subject - float(row["early_tax"])) > CENT:
        yield f"an additional tax of {row['early_tax']:,.2f}, not {0.1 * subject:,.2f}"
    if not any(own.plan_paid for own in books) and abs(earnings - float(row["roth_earnings"])) > CENT:
        yield f"Roth earnings of {row['roth_earnings']:,.2f}, not {earnings:,.2f}"
    if subject > CENT and row["end_taxable"] - row["saved"] > CENT + 1e-6 * abs(row["saved"]) and row["saved"] <= 0.0:
        yield f"the 10% tax is paid although {row['end_taxable']:,.2f} of taxable money is left"
    if subject > CENT and free_left > 1.0 and before is not None and row["conversion"] <= 0.0:
        yield f"the 10% tax is paid although {free_left:,.2f} of Roth money was free"


def _contribute(own: RothBooks, row: Any, position: int, now: float) -> None:
    """What the year puts in."""
    if row["deferral_roth"][position] > 0.0:
        own.plan_plain += float(row["deferral_roth"][position])
        own.plan_first = own.plan_first or now
    taxable = float(row["in_plan_taxable"][position])
    untaxed = float(row["in_plan_untaxed"][position])
    own.enter(own.plan_converted, now, taxable, untaxed)
    own.plan_first = own.plan_first or (now if taxable + untaxed > 0.0 else 0.0)
    moved, basis = float(row["converted"][position]), float(row["conversion_untaxed"][position])
    own.enter(own.converted, now, moved - min(moved, basis), min(moved, basis))
    own.first = own.first or (now if moved > 0.0 else 0.0)


def random_lives(seed: int, paths: int) -> tuple[Household, Any]:
    """A household at random and its flows under every preset, in laws that leave the 10% tax as it is."""
    generator = np.random.default_rng(seed)
    one = random_household(generator)
    market: Market = drawn_market(one, paths, seed)
    default = load_landscape("default")
    shocks = tuple(shock for shock in default.shocks if shock.kind != "roth_distribution_required")
    landscape = replace(default, shocks=shocks)  # which would take Roth money out by a law that is not audited here
    laws = drawn_laws(landscape, one, paths, seed)
    options = RunOptions(threads=1, flows_kept=KEEP_ALL)
    return one, unchecked(one, landscape, PRESETS, market, laws, options)[0].flows


def run_audit(years: int, paths: int = 4, first: int = 1) -> tuple[int, int, list[str]]:
    """Audit so many household-years: how many, how many of them with the 10% tax, and what was found."""
    checked = early = 0
    found: list[str] = []
    seed = first
    while checked < years:
        one, flows = random_lives(seed, paths)
        for strategy in range(flows.shape[0]):
            for path in range(flows.shape[1]):
                life = flows[strategy, path]
                found += [f"seed {seed}, {PRESETS[strategy].name}, path {path}: {words}" for words in audit(one, life)]
        checked += int(lived(flows).sum())
        early += int((flows["early_tax"] > 0.0).sum())
        seed += 1
    return checked, early, found


if __name__ == "__main__":
    audited, with_tax, failures = run_audit(int(sys.argv[1]), first=int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    words = f"{audited:,} household-years, {with_tax:,} with the 10% tax, {len(failures):,} failures"
    sys.stdout.write("\n".join((words, *failures[:20])) + "\n")
    sys.exit(1 if failures else 0)
