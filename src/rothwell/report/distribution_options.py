"""What a user asks of `rothwell distribution`: options as typed, read into a request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rothwell.errors import InputError
from rothwell.household.amounts import Dollars
from rothwell.law import Growth, figure
from rothwell.mega_backdoor.distribution import (
    DESTINATIONS,
    DIRECT,
    ROLLOVER_60_DAY,
    Contract,
    EmployerShares,
    Request,
    Rollover,
    Source,
)
from rothwell.mega_backdoor.forms import Recipient
from rothwell.mega_backdoor.job_year import LawOfYear
from rothwell.report.typed_options import read_option

OLDEST = 120  # years; an older person is a slip of the keyboard
NEXT_DESTINATION = re.compile(r",(?=\s*[A-Za-z][A-Za-z0-9_ -]*=)")
TO_AMOUNT = "TO=AMOUNT, such as roth_ira=20000, with TO one of "


@dataclass(frozen=True, slots=True)
class DistributionOptions:
    """The options of the command as they were typed; None where one was not given."""

    pre_tax: str
    after_tax: str
    amount: str
    direct: tuple[str, ...] = ()
    rollover_60_day: tuple[str, ...] = ()
    pre_tax_first: tuple[str, ...] = ()
    separate_subaccount: bool = False
    designated_roth: bool = False
    shares_value: str | None = None
    shares_cost: str | None = None
    age: float | None = None
    separated_at: int | None = None
    public_safety: bool = False
    first_roth_year: int | None = None
    year: int = 0

    @property
    def contract(self) -> Contract:
        """The contract that the money comes from."""
        if self.designated_roth:
            return "designated_roth"
        return "separate_subaccount" if self.separate_subaccount else "plan"


def request_of(options: DistributionOptions) -> tuple[Request, Recipient, LawOfYear]:
    """The request, its recipient and the law of its year. Raises InputError, whose field is the option."""
    if options.separate_subaccount and options.designated_roth:
        allowed = "one of --separate-subaccount and --designated-roth"
        raise InputError("and --designated-roth are two accounts", field="--separate-subaccount", allowed=allowed)
    law = _law_of(options.year)
    recipient = _recipient(options)
    source = Source(
        read_dollars("--pre-tax", options.pre_tax),
        read_dollars("--after-tax", options.after_tax),
        options.contract,
        _qualified(options, recipient, law),
    )
    rollovers = [_rollover("--direct", words, DIRECT) for words in _each(options.direct)]
    rollovers += [_rollover("--rollover-60-day", words, ROLLOVER_60_DAY) for words in _each(options.rollover_60_day)]
    amount = read_dollars("--amount", options.amount)
    first = tuple(name_of(words) for words in options.pre_tax_first)
    return Request(source, amount, tuple(rollovers), first, _shares(options)), recipient, law


def _law_of(year: int) -> LawOfYear:
    first = figure("annual_additions.limit").first_year
    if year < first:
        raise InputError("is before the law held here", field="--year", found=year, allowed=f"{first} or later")
    return LawOfYear.of(year, Growth())


def read_dollars(option: str, typed: str) -> float:
    """An amount as the household file takes it: 80000, 80_000, "$80,000", 80k."""
    hint = ""
    if option == "--pre-tax" and typed.strip().startswith("-"):
        hint = "; where after-tax money has lost value, --pre-tax is 0 and --after-tax the value"
    return float(read_option(option, typed, Dollars(), hint))


def _each(typed: Iterable[str]) -> Iterator[str]:
    """The destinations one by one: an option may name several, side by side with commas; "$80,000" is one amount."""
    for words in typed:
        yield from (part for part in NEXT_DESTINATION.split(words) if part.strip() or not words.strip())


def _rollover(option: str, typed: str, method: str) -> Rollover:
    to, equals, amount = typed.partition("=")
    name = name_of(to)
    if not equals or not name:
        raise InputError(
            "cannot be read as a destination and an amount",
            field=option,
            found=typed,
            allowed=TO_AMOUNT + ", ".join(DESTINATIONS),
        )
    return Rollover(name, read_dollars(f"{option} {name}", amount), method)


def name_of(typed: str) -> str:
    """A destination's name, however its words are joined."""
    return typed.strip().lower().replace("-", "_").replace(" ", "_")


def _shares(options: DistributionOptions) -> EmployerShares | None:
    value, cost = options.shares_value, options.shares_cost
    if value is None and cost is None:
        return None
    if value is None or cost is None:
        missing = "--shares-value" if value is None else "--shares-cost"
        raise InputError("is missing", field=missing, allowed="value and cost of the employer's shares together")
    return EmployerShares(read_dollars("--shares-value", value), read_dollars("--shares-cost", cost))


def _recipient(options: DistributionOptions) -> Recipient:
    age, separated_at = options.age, options.separated_at
    if age is not None and not 0.0 < age <= OLDEST:
        raise InputError("is no age", field="--age", found=age, allowed=f"above 0 and up to {OLDEST} years")
    if separated_at is not None and age is None:
        raise InputError("is missing", field="--age", allowed="the age on the day of payment, with --separated-at")
    if separated_at is not None and age is not None and separated_at > age + 1:
        raise InputError(
            "is later than the payment", field="--separated-at", found=separated_at, allowed=f"up to {int(age) + 1}"
        )
    return Recipient(age, separated_at, options.public_safety, options.first_roth_year)


def _qualified(options: DistributionOptions, recipient: Recipient, law: LawOfYear) -> bool:
    """Whether a distribution from a designated Roth account is qualified by age and its five years.

    Law:    IRC 402A(d)(2)(A)-(B).
    """
    first = recipient.first_roth_year
    if options.contract != "designated_roth":
        if first is not None:
            raise InputError("is for --designated-roth alone", field="--first-roth-year", found=first)
        return False
    for option, value in (("--age", recipient.age), ("--first-roth-year", first)):
        if value is None:
            allowed = "with --designated-roth, --age and --first-roth-year: they decide whether it is qualified"
            raise InputError("is missing", field=option, allowed=allowed)
    assert first is not None
    assert recipient.age is not None
    if first > law.year:
        raise InputError("is after the payment", field="--first-roth-year", found=first, allowed=f"up to {law.year}")
    old = recipient.age >= float(law.record.early_distribution.age)
    return old and law.year >= first + float(law.record.roth_five_years.years)
