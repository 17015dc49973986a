"""A second reading of Notice 2014-54, which shares no code with the product: money in a row, pre-tax money in front.

All rollovers and the cash stand in a row in the order of the notice. Pre-tax money covers the front of the row; what of
a place it covers is pre-tax. Exact fractions of cents are rounded once, for the mix of the contract.
"""

from __future__ import annotations

from dataclasses import dataclass

TAKES_BASIS = {  # by direct rollover, within 60 days
    "traditional_ira": (True, True),
    "roth_ira": (True, True),
    "plan": (True, False),
    "governmental_457b": (False, False),
    "in_plan_roth": (True, False),
    "roth_plan": (True, False),
}
ROTH = {"roth_ira", "in_plan_roth", "roth_plan"}


@dataclass(frozen=True)
class Audited:
    """What must come out, in cents; None where the law refuses the request."""

    pre_tax: int
    rollovers: list[int]
    cash: int
    cash_pre_tax: int
    taxable_income: int
    withheld: int


def half_even(numerator: int, denominator: int) -> int:
    """A quotient to the nearest whole number, a half to the even one."""
    whole, rest = divmod(numerator, denominator)
    up = 2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1)
    return whole + int(up)


def audit(
    contract: tuple[int, int, str],
    amount: int,
    rollovers: list[tuple[str, str, int]],
    first: list[str],
    shares: tuple[int, int] | None,
) -> Audited | None:
    """Contract: pre-tax, after-tax, kind (`plan`, `separate_subaccount`, `designated_roth`, `qualified_roth`)."""
    held_pre_tax, held_after_tax, kind = contract
    pre_tax = amount - half_even(amount * held_after_tax, held_pre_tax + held_after_tax)
    growth = max(0, shares[0] - shares[1]) if shares else 0
    row: list[tuple[tuple[int, ...], int]] = []
    for place, (method, to, _) in enumerate(rollovers):
        sixty = int(method != "direct")
        wish = first.index(to) if to in first else len(first)
        row.append(((sixty, wish, int(TAKES_BASIS[to][sixty]), int(to in ROTH), place), place))
    start, covered = 0, [0] * len(rollovers)
    for _, place in sorted(row):
        size = rollovers[place][2]
        covered[place] = max(0, min(start + size, pre_tax - growth) - start)
        start += size
    for (method, to, size), front in zip(rollovers, covered, strict=True):
        sixty = method != "direct"
        untaxed = size if kind == "qualified_roth" and to == "roth_plan" and sixty else size - front
        if untaxed > 0 and not TAKES_BASIS[to][int(sixty)]:
            return None
    cash_pre_tax = pre_tax - sum(covered)
    income = 0 if kind == "qualified_roth" else cash_pre_tax - growth
    if not kind.endswith("roth"):
        income += sum(front for (_, to, _), front in zip(rollovers, covered, strict=True) if to in ROTH)
    direct = [(size, front) for (way, _, size), front in zip(rollovers, covered, strict=True) if way == "direct"]
    base = 0 if kind == "qualified_roth" else pre_tax - growth - sum(front for _, front in direct)
    money = amount - sum(size for size, _ in direct) - (shares[0] if shares else 0)
    withheld = min(half_even(base, 5), money)  # a fifth, IRC 3405(c)(1)(B)
    return Audited(pre_tax, covered, amount - start, cash_pre_tax, income, withheld)
