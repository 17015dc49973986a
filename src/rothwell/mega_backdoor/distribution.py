"""One distribution from a plan, destination by destination: what of it is pre-tax, what is taxed, what is withheld.

The mix of pre-tax and after-tax money is fixed first, by the contract from which it comes; only then is the pre-tax
money placed: in the direct rollovers, then in the 60-day rollovers, what is left in the cash.

Law:    IRC 72(e)(8), 72(d)(2), 402(c)(2), 402(e)(4), 402A(c)(4), 402A(d)(4), 408A(d)(3)(A), 3405(c); Notice 2014-54;
        Reg. 1.402A-1, Q&A-5.
Units:  dollars in the records, whole cents inside: nothing is lost to rounding.
Not modeled: payments that are no eligible rollover distributions (required minimum distributions, hardship, corrective
        payments, substantially equal payments); contributions made before 1987 that come out first, IRC 72(e)(8)(D);
        more withholding on request (Form W-4R), and none from less than 200 dollars in a year; loans; alternate payees
        and beneficiaries; growth of shares bought with after-tax contributions outside a lump sum, IRC 402(e)(4)(A);
        whether the plan allows the payment.
Tests:  test_worked_examples_of_distributions, test_every_random_distribution_conserves_each_kind_of_money,
        test_pre_tax_money_is_placed_as_the_notice_says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal

from rothwell.errors import InputError, nearest_name

CENTS = 100  # in a dollar: how money is counted, not law
DIRECT, ROLLOVER_60_DAY = "direct", "rollover_60_day"

Contract = Literal["plan", "separate_subaccount", "designated_roth"]


@dataclass(frozen=True, slots=True)
class Receiver:
    """A kind of account that takes rollovers: whether it is Roth, and by which methods after-tax money may enter it."""

    words: str
    roth: bool
    basis_by: tuple[str, ...]
    law_of_basis: str = ""


DESTINATIONS: Mapping[str, Receiver] = {
    "traditional_ira": Receiver("traditional IRA", False, (DIRECT, ROLLOVER_60_DAY)),
    "roth_ira": Receiver("Roth IRA", True, (DIRECT, ROLLOVER_60_DAY)),
    "plan": Receiver("another plan, pre-tax", False, (DIRECT,), "IRC 402(c)(2)(A)"),
    "governmental_457b": Receiver("governmental 457(b) plan", False, (), "IRC 402(c)(2)"),
    "in_plan_roth": Receiver("designated Roth account of this plan", True, (DIRECT,), "IRC 402(c)(2)(A)"),
    "roth_plan": Receiver("designated Roth account", True, (DIRECT,), "IRC 402(c)(2)(A); Reg. 1.402A-1, Q&A-5(a)"),
}
"""Where a distribution may be rolled over."""
FROM_DESIGNATED_ROTH = ("roth_ira", "roth_plan")


@dataclass(frozen=True, slots=True)
class Source:
    """The contract that a distribution comes from, in dollars: pre-tax money (or earnings), after-tax money (basis).

    contract   `plan`: all of the plan that is not designated Roth; `separate_subaccount`: after-tax contributions and
               their earnings alone, IRC 72(d)(2); `designated_roth`: earnings and basis of a designated Roth account
    qualified  of a designated Roth account: a qualified distribution, IRC 402A(d)(2)
    """

    pre_tax: float
    after_tax: float
    contract: Contract = "plan"
    qualified: bool = False


@dataclass(frozen=True, slots=True)
class Rollover:
    """Dollars that go to one destination (a key of DESTINATIONS), `direct` or by `rollover_60_day`."""

    to: str
    amount: float
    method: str = DIRECT


@dataclass(frozen=True, slots=True)
class EmployerShares:
    """Shares of the employer that are paid out as shares: their value and what the plan paid for them, in dollars."""

    value: float
    cost: float


@dataclass(frozen=True, slots=True)
class Request:
    """A distribution as it is asked for; what goes nowhere is paid in cash.

    `pre_tax_first` names destinations that take pre-tax money before others of their method; the rest follow the house
    order: those that may take nothing else, traditional ones, Roth ones.
    """

    source: Source
    amount: float
    rollovers: tuple[Rollover, ...] = ()
    pre_tax_first: tuple[str, ...] = ()
    shares: EmployerShares | None = None


@dataclass(frozen=True, slots=True)
class Destination:
    """What arrives at one destination, in dollars; `taxable` is income of the year."""

    to: str
    method: str
    amount: float
    pre_tax: float
    after_tax: float
    taxable: float


@dataclass(frozen=True, slots=True)
class Cash:
    """What the person keeps, in dollars, withheld tax included; `net` is without it.

    `from_other_money` is the withheld tax that a 60-day rollover had to replace; `taxable` is income of the year.
    """

    amount: float
    pre_tax: float
    after_tax: float
    taxable: float
    net: float
    from_other_money: float


@dataclass(frozen=True, slots=True)
class Distribution:
    """A distribution, placed; dollars. `paid` is what was not rolled over directly: it bears withholding."""

    request: Request
    pre_tax: float
    after_tax: float
    destinations: tuple[Destination, ...]
    cash: Cash
    paid_pre_tax: float
    paid_after_tax: float
    paid_taxable: float
    net_unrealized_appreciation: float
    taxable_income: float
    withholding: float
    left_pre_tax: float
    left_after_tax: float

    @property
    def is_whole_balance(self) -> bool:
        """Whether nothing of the contract is left."""
        return self.left_pre_tax + self.left_after_tax == 0.0


def distribute(request: Request, law: Any) -> Distribution:
    """Place a distribution; `law` is the section `eligible_rollover_distribution`.

    Raises InputError, whose field is that of the request, for what the law or arithmetic does not allow.
    """
    _check_numbers(request)
    request = _to_the_cent(request)
    amount = _checked_amount(request)
    pre_tax, after_tax = mix_of_contract(amount, cents(request.source.pre_tax), cents(request.source.after_tax))
    appreciation = _checked_appreciation(request, amount, pre_tax)
    _check_destinations(request, amount)
    takes = _pre_tax_of_rollovers(request, pre_tax - appreciation)
    destinations = tuple(_destination(one, takes[i], request) for i, one in enumerate(request.rollovers))
    by_method = {DIRECT: (0, 0), ROLLOVER_60_DAY: (0, 0)}
    for one, taken in zip(request.rollovers, takes, strict=True):
        moved, of_it_pre_tax = by_method[one.method]
        by_method[one.method] = (moved + cents(one.amount), of_it_pre_tax + taken)
    paid, paid_pre_tax = amount - by_method[DIRECT][0], pre_tax - by_method[DIRECT][1]
    paid_taxable = 0 if request.source.qualified else paid_pre_tax - appreciation
    money_paid = paid - (cents(request.shares.value) if request.shares else 0)
    withheld = withholding(paid_taxable, money_paid, float(law.withholding_rate))
    kept, kept_pre_tax = paid - by_method[ROLLOVER_60_DAY][0], paid_pre_tax - by_method[ROLLOVER_60_DAY][1]
    kept_taxable = 0 if request.source.qualified else kept_pre_tax - appreciation
    income = kept_taxable + sum(cents(one.taxable) for one in destinations)
    return Distribution(
        request=request,
        pre_tax=_dollars(pre_tax),
        after_tax=_dollars(after_tax),
        destinations=destinations,
        cash=_cash(kept, kept_pre_tax, kept_taxable, withheld),
        paid_pre_tax=_dollars(paid_pre_tax),
        paid_after_tax=_dollars(paid - paid_pre_tax),
        paid_taxable=_dollars(paid_taxable),
        net_unrealized_appreciation=_dollars(appreciation),
        taxable_income=_dollars(income),
        withholding=_dollars(withheld),
        left_pre_tax=_dollars(cents(request.source.pre_tax) - pre_tax),
        left_after_tax=_dollars(cents(request.source.after_tax) - after_tax),
    )


def mix_of_contract(amount: int, pre_tax: int, after_tax: int) -> tuple[int, int]:
    """The pre-tax and the after-tax part of a distribution, pro rata over its contract.

    Law:    IRC 72(e)(8)(A)-(B); 72(d)(2) for a separate sub-account, 402A(d)(4) for a designated Roth account.
    Units:  cents; the amount is at most the two together.
    Not modeled: the balance on another day than that of the payment; unvested money, which is no part of the contract,
            IRC 72(e)(8)(C), and must not be given.
    Tests:  test_a_distribution_has_the_mix_of_its_contract.
    """
    basis = round(Fraction(amount * after_tax, pre_tax + after_tax))
    return amount - basis, basis


def withholding(taxable: int, money: int, rate: float) -> int:
    """The income tax withheld from what is paid to the person: never more than the money paid besides shares.

    The taxable part is that before any 60-day rollover, which the plan cannot know of.

    Law:    IRC 3405(c)(1)(B), (c)(2), (e)(1)(B)(ii), (e)(8); Reg. 31.3405(c)-1, Q&A-1, Q&A-6.
    Units:  cents.
    Tests:  test_tax_is_withheld_from_the_taxable_part_of_what_is_paid,
            test_no_tax_is_withheld_from_shares.
    """
    return min(round(rate * taxable), money)


def order_of_pre_tax(request: Request, method: str) -> list[int]:
    """Positions of the rollovers of a method in the order in which they take pre-tax money.

    Law:    Notice 2014-54, section III: the recipient chooses among several destinations of a method.
    Tests:  test_the_user_may_choose_who_takes_pre_tax_money_first.
    """

    def rank(position: int) -> tuple[int, bool, bool, int]:
        to = request.rollovers[position].to
        chosen = request.pre_tax_first.index(to) if to in request.pre_tax_first else len(request.pre_tax_first)
        return chosen, method in DESTINATIONS[to].basis_by, DESTINATIONS[to].roth, position

    return sorted((i for i, one in enumerate(request.rollovers) if one.method == method), key=rank)


def _pre_tax_of_rollovers(request: Request, pre_tax: int) -> list[int]:
    """The pre-tax cents in each rollover: direct ones first, then those of 60 days (Notice 2014-54, section III)."""
    takes = [0] * len(request.rollovers)
    for method in (DIRECT, ROLLOVER_60_DAY):
        for position in order_of_pre_tax(request, method):
            takes[position] = min(cents(request.rollovers[position].amount), pre_tax)
            pre_tax -= takes[position]
            _check_basis(request, request.rollovers[position], takes[position])
    return takes


def _destination(rollover: Rollover, pre_tax: int, request: Request) -> Destination:
    """Pre-tax money is income when it becomes Roth money (IRC 402A(c)(4)(A), 408A(d)(3)(A)), else not (402(c)(1))."""
    becomes_roth = DESTINATIONS[rollover.to].roth and request.source.contract != "designated_roth"
    amount = cents(rollover.amount)
    taxable = pre_tax if becomes_roth else 0
    parts = (amount, pre_tax, amount - pre_tax, taxable)
    return Destination(rollover.to, rollover.method, *(_dollars(one) for one in parts))


def _cash(kept: int, pre_tax: int, taxable: int, withheld: int) -> Cash:
    parts = (kept, pre_tax, kept - pre_tax, taxable, max(0, kept - withheld), max(0, withheld - kept))
    return Cash(*(_dollars(one) for one in parts))


def _check_numbers(request: Request) -> None:
    numbers = [("pre_tax", request.source.pre_tax), ("after_tax", request.source.after_tax), ("amount", request.amount)]
    numbers += [(one.method, one.amount) for one in request.rollovers]
    if request.shares is not None:
        numbers += [("shares_value", request.shares.value), ("shares_cost", request.shares.cost)]
    for field, value in numbers:
        if not 0.0 <= value < float("inf"):
            message = "must be a number of dollars, not below 0"
            raise InputError(message, field=field, found=value, allowed="0 or more dollars")


def _to_the_cent(request: Request) -> Request:
    """The same request in whole cents: parts of a cent are rounded so that what fits together still does."""
    source, rollovers, before = request.source, [], 0.0
    together = cents(source.pre_tax + source.after_tax)
    for one in request.rollovers:
        moved = cents(before + one.amount) - cents(before)
        rollovers.append(replace(one, amount=_dollars(moved)))
        before += one.amount
    held = replace(
        source,
        pre_tax=_dollars(cents(source.pre_tax)),
        after_tax=_dollars(together - cents(source.pre_tax)),
    )
    return replace(request, source=held, amount=_dollars(cents(request.amount)), rollovers=tuple(rollovers))


def _checked_amount(request: Request) -> int:
    amount, source = cents(request.amount), request.source
    balance = cents(source.pre_tax) + cents(source.after_tax)
    if balance == 0:
        raise InputError("nothing is in the plan to distribute", field="pre_tax", found=0, allowed="a balance above 0")
    if amount == 0:
        raise InputError("nothing is distributed", field="amount", found=0, allowed="an amount above 0")
    if amount > balance:
        message = "is more than the balance, pre-tax and after-tax money together"
        raise InputError(message, field="amount", found=_money(amount), allowed=f"up to {_money(balance)}")
    return amount


def _checked_appreciation(request: Request, amount: int, pre_tax: int) -> int:
    """Net unrealized appreciation of shares paid out in a lump-sum distribution, in cents.

    Law:    IRC 402(e)(4)(B), (D): the whole balance within one taxable year.
    """
    if request.shares is None:
        return 0
    value, cost = cents(request.shares.value), cents(request.shares.cost)
    balance = cents(request.source.pre_tax) + cents(request.source.after_tax)
    if request.source.contract != "plan" or amount != balance:
        message = "growth of shares stays untaxed only in a lump-sum distribution of the whole balance (IRC 402(e)(4))"
        raise InputError(message, field="amount", found=_money(amount), allowed=f"{_money(balance)}, all of the plan")
    if value > amount:
        message = "is more than the distribution"
        raise InputError(message, field="shares_value", found=_money(value), allowed=f"up to {_money(amount)}")
    if value - cost > pre_tax:
        message = "leaves more growth than the plan has pre-tax money, of which that growth is a part"
        raise InputError(message, field="shares_cost", found=_money(cost), allowed=f"from {_money(value - pre_tax)}")
    return max(0, value - cost)


def _check_destinations(request: Request, amount: int) -> None:
    for one in request.rollovers:
        _check_destination(one, request.source)
    free = amount - (cents(request.shares.value) if request.shares else 0)
    total = sum(cents(one.amount) for one in request.rollovers)
    if total > free:
        kept = " without the shares" if request.shares else ""
        message = f"the destinations take {_money(total)}, {_money(total - free)} more than is distributed{kept}"
        field = request.rollovers[-1].method
        raise InputError(message, field=field, allowed=f"destinations of up to {_money(free)} together")
    for name in request.pre_tax_first:
        known = list(dict.fromkeys(one.to for one in request.rollovers))
        if name not in known:
            message = "is not a destination of this distribution"
            raise InputError(message, field="pre_tax_first", found=name, allowed=", ".join(known) or "none is given")


def _check_destination(rollover: Rollover, source: Source) -> None:
    names = FROM_DESIGNATED_ROTH if source.contract == "designated_roth" else tuple(DESTINATIONS)
    if rollover.to not in names:
        known = rollover.to in DESTINATIONS
        message = "takes no money of a designated Roth account (IRC 402A(c)(3))" if known else "is not a destination"
        nearest = None if known else nearest_name(rollover.to, names)
        hint = f'; did you mean "{nearest}"?' if nearest else ""
        raise InputError(message, field=rollover.method, found=rollover.to, allowed=", ".join(names) + hint)


def _check_basis(request: Request, rollover: Rollover, pre_tax: int) -> None:
    """After-tax money goes to a plan by direct rollover alone, and never to a 457(b) plan."""
    receiver, amount = DESTINATIONS[rollover.to], cents(rollover.amount)
    qualified_60_day = request.source.qualified and rollover.to == "roth_plan" and rollover.method == ROLLOVER_60_DAY
    if qualified_60_day and amount > 0:
        pre_tax = 0  # only what would be income may enter, and nothing would: Reg. 1.402A-1, Q&A-5(a)
    if amount > pre_tax and rollover.method not in receiver.basis_by:
        way = "by a 60-day rollover" if receiver.basis_by else "at all"
        what = "untaxed" if request.source.qualified else "after-tax"
        message = (
            f"{_money(amount - pre_tax)} of it would be {what} money, which cannot enter this account {way} "
            f"({receiver.law_of_basis})"
        )
        found = f"{rollover.to}={_dollars(amount):.2f}"
        allowed = f"up to {_money(pre_tax)}, the pre-tax money left for it"
        raise InputError(message, field=rollover.method, found=found, allowed=allowed)


def cents(dollars: float) -> int:
    """Whole cents of an amount."""
    return round(dollars * CENTS)


def _dollars(amount: int) -> float:
    return amount / CENTS


def _money(amount: int) -> str:
    return f"${_dollars(amount):,.2f}".removesuffix(".00")
