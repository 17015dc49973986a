"""Random distributions against the second reading of the notice; counts what does not hold.

`python -m tests.mega_backdoor.random_distributions 1_000_000` runs a million (some minutes on one core).
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from types import SimpleNamespace

from rothwell.errors import InputError
from rothwell.mega_backdoor.distribution import (
    DIRECT,
    FROM_DESIGNATED_ROTH,
    ROLLOVER_60_DAY,
    Distribution,
    EmployerShares,
    Request,
    Rollover,
    Source,
    distribute,
)
from tests.mega_backdoor.notice_auditor import ROTH, TAKES_BASIS, Audited, audit

LAW = SimpleNamespace(withholding_rate=0.2)  # IRC 3405(c)(1)(B)
KINDS = ("plan", "plan", "separate_subaccount", "designated_roth", "qualified_roth")
Case = tuple[tuple[int, int, str], int, list[tuple[str, str, int]], list[str], tuple[int, int] | None]


def random_case(chance: random.Random) -> Case:
    """A distribution in cents: often at an edge (nothing of a kind, all of it, the exact pre-tax part)."""
    most = 10 ** chance.randint(0, 9)
    pre_tax, after_tax = (chance.choice((0, chance.randint(0, most), chance.randint(0, most))) for _ in range(2))
    after_tax = after_tax or int(pre_tax == 0)
    balance, kind = pre_tax + after_tax, chance.choice(KINDS)
    amount = balance if chance.random() < 0.3 else chance.randint(1, balance)
    shares = None
    if kind == "plan" and amount == balance and chance.random() < 0.4:
        value = chance.randint(0, balance)
        shares = (value, chance.randint(max(0, value - pre_tax), value + 1))
    free = amount - (shares[0] if shares else 0)
    names = FROM_DESIGNATED_ROTH if kind.endswith("roth") else tuple(TAKES_BASIS)
    rollovers = []
    for _ in range(chance.randint(0, 5)):
        exact = amount - amount * after_tax // balance
        size = min(free, chance.choice((0, free, exact, chance.randint(0, free), chance.randint(0, free))))
        rollovers.append((chance.choice((DIRECT, ROLLOVER_60_DAY)), chance.choice(names), size))
        free -= size
    known = sorted({to for _, to, _ in rollovers})
    first = chance.sample(known, chance.randint(0, len(known))) if chance.random() < 0.3 else []
    return (pre_tax, after_tax, kind), amount, rollovers, first, shares


def request_of(case: Case) -> Request:
    """The same case in dollars, as the product takes it."""
    (pre_tax, after_tax, kind), amount, rollovers, first, shares = case
    contract = "designated_roth" if kind == "qualified_roth" else kind
    return Request(
        Source(pre_tax / 100, after_tax / 100, contract, kind == "qualified_roth"),  # type: ignore[arg-type]
        amount / 100,
        tuple(Rollover(to, size / 100, method) for method, to, size in rollovers),
        tuple(first),
        EmployerShares(shares[0] / 100, shares[1] / 100) if shares else None,
    )


def placed_or_refused(case: Case) -> Distribution | None:
    """What the product answers; None where it refuses."""
    try:
        return distribute(request_of(case), LAW)
    except InputError:
        return None


def failures(found: Distribution | None, expected: Audited | None, case: Case) -> list[str]:
    """What does not hold: the invariants of any distribution, then each number of the second reading."""
    if found is None or expected is None:
        return [] if found is expected else ["refused by one reading alone"]
    return [*broken(found, case), *different(found, expected)]


def cents(dollars: float) -> int:
    return round(dollars * 100)


def broken(found: Distribution, case: Case) -> list[str]:
    """Invariants: each kind of money conserved, taxable what moved to Roth less its basis, nothing negative."""
    (pre_tax, after_tax, kind), amount, _, _, shares = case
    places, cash = found.destinations, found.cash
    growth = max(0, shares[0] - shares[1]) if shares else 0
    to_roth = sum(cents(one.amount) - cents(one.after_tax) for one in places if one.to in ROTH)
    of_cash = cents(cash.amount) - cents(cash.after_tax) - growth
    taxed = {"designated_roth": of_cash, "qualified_roth": 0}.get(kind, to_roth + of_cash)
    numbers = [n for one in (*places, cash) for n in (one.amount, one.pre_tax, one.after_tax, one.taxable)]
    numbers += [cash.net, cash.from_other_money, found.withholding, found.left_pre_tax, found.left_after_tax]
    kept = cents(cash.net) - cents(cash.from_other_money) + cents(found.withholding)
    holds = {
        "pre-tax conserved": sum(cents(one.pre_tax) for one in (*places, cash)) == cents(found.pre_tax),
        "after-tax conserved": sum(cents(one.after_tax) for one in (*places, cash)) == cents(found.after_tax),
        "amount conserved": sum(cents(one.amount) for one in (*places, cash)) == amount,
        "contract conserved": cents(found.pre_tax) + cents(found.left_pre_tax) == pre_tax
        and cents(found.after_tax) + cents(found.left_after_tax) == after_tax,
        "taxable is value moved less basis": cents(found.taxable_income) == taxed,
        "nothing negative": min([*numbers, found.taxable_income]) >= 0.0,
        "net is cash less withholding": kept == cents(cash.amount),
        "one of net and other money is zero": min(cash.net, cash.from_other_money) == 0.0,
    }
    return [name for name, true in holds.items() if not true]


def different(found: Distribution, expected: Audited) -> list[str]:
    """Numbers that the second reading has otherwise."""
    pairs = {
        "pre-tax part": (cents(found.pre_tax), expected.pre_tax),
        "rollovers": ([cents(one.pre_tax) for one in found.destinations], expected.rollovers),
        "cash": (cents(found.cash.amount), expected.cash),
        "pre-tax in the cash": (cents(found.cash.pre_tax), expected.cash_pre_tax),
        "taxable income": (cents(found.taxable_income), expected.taxable_income),
        "withholding": (cents(found.withholding), expected.withheld),
    }
    return [f"{name}: {ours} and not {theirs}" for name, (ours, theirs) in pairs.items() if ours != theirs]


def survey(count: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Run so many; how many were placed and refused, and every failure with its case."""
    chance, counts, found = random.Random(seed), Counter[str](), []
    for _ in range(count):
        case = random_case(chance)
        placed, expected = placed_or_refused(case), audit(*case)
        counts["refused" if placed is None else "placed"] += 1
        found += [f"{problem}: {case}" for problem in failures(placed, expected, case)]
    return counts, found


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    seen, problems = survey(wanted, seed=2014)
    sys.stdout.write(f"{wanted:,} distributions: {dict(seen)}, {len(problems)} failures\n")
    sys.stdout.write("".join(f"{line}\n" for line in problems[:20]))
    sys.exit(bool(problems))
