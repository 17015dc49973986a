"""What the ledgers of Roth money are made of: conversion layers, payments, and the 10% tax with its exceptions.

Law:    IRC 408A(d)(3)(F), (4), 402A(c)(4)(D), 72(t).
Units:  dollars; ages in years on the day of payment.
Tests:  test_exceptions_reduce_the_additional_tax, test_an_exception_of_plans_does_not_help_an_ira.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np

from rothwell.errors import InputError, nearest_name
from rothwell.law import Growth, figures, law_record
from rothwell.mega_backdoor.roth_rules import TAXABLE, UNTAXED, draw_layers, recapture
from rothwell.provision import interpreted
from rothwell.tax.early_distributions import early_amount_subject, early_amount_tax

PLAN, IRA, BOTH = "plan", "ira", "both"
FIRST_HOME = "first home"
EARNINGS = "earnings"

EXCEPTIONS = {
    "separation": ("01", PLAN),
    "equal payments": ("02", BOTH),
    "disability": ("03", BOTH),
    "death": ("04", BOTH),
    "medical": ("05", BOTH),
    "qdro": ("06", PLAN),
    "health premiums": ("07", IRA),
    "education": ("08", IRA),
    FIRST_HOME: ("09", IRA),
    "levy": ("10", BOTH),
    "reservist": ("11", BOTH),
    "birth": ("19", BOTH),
    "terminal illness": ("20", BOTH),
    "domestic abuse": ("22", BOTH),
    "emergency": ("23", BOTH),
}
"""Exceptions to the 10% tax: the number on Form 5329, line 2 (instructions of 2025), and which money they are for."""

SEVERAL_EXCEPTIONS = "99"
"""What Form 5329 wants on line 2 when more than one exception applies."""

DUST = 1e-6  # dollars below which a difference of amounts is rounding, not money


def ran(provision: Callable[..., Any], *arguments: Any) -> Any:
    """The result of one provision as plain Python: a ledger with a handful of events need not wait for the compiler."""
    plain: Callable[..., Any] = interpreted(provision)
    return plain(*arguments)


@cache
def law_of_distributions(year: int) -> Any:
    """The sections of the law of a year that Roth money rests on, as plain numbers: a ledger asks for them often.

    They reach back before the first year whose whole law is held.
    """
    record = law_record(year, figures(), Growth())[0]
    sections = {name: getattr(record, name) for name in ("early_distribution", "roth_five_years")}
    plain = {
        name: SimpleNamespace(**{key: float(getattr(section, key)) for key in section.dtype.names})
        for name, section in sections.items()
    }
    return SimpleNamespace(**plain)


@dataclass(frozen=True, slots=True)
class ConversionLayer:
    """What is left of the conversions of one year, dollars: the part taxed at the conversion, and the other."""

    year: int
    taxable: float
    untaxed: float

    @property
    def total(self) -> float:
        """Both parts."""
        return self.taxable + self.untaxed


Layers = tuple[ConversionLayer, ...]


def total_of(layers: Layers) -> float:
    """What layers hold together."""
    return sum(layer.total for layer in layers)


def pooled(layers: Iterable[ConversionLayer]) -> Layers:
    """Layers with one for each year, the earliest first; Reg. 1.408A-6 Q&A-9(c) pools the conversions of a year."""
    parts: dict[int, tuple[float, float]] = {}
    for layer in layers:
        taxable, untaxed = parts.get(layer.year, (0.0, 0.0))
        parts[layer.year] = (taxable + layer.taxable, untaxed + layer.untaxed)
    return tuple(ConversionLayer(year, *parts[year]) for year in sorted(parts) if sum(parts[year]) > 0.0)


def drawn(layers: Layers, amount: float) -> tuple[Layers, Layers]:
    """The layers that an amount comes from, and what is left of all; an amount above them takes them whole."""
    if not layers:
        return (), ()
    left = np.array([[layer.year, layer.taxable, layer.untaxed] for layer in layers])
    taken = np.zeros_like(left)
    ran(draw_layers, amount, left, taken)
    return _layers(taken), _layers(left)


def _layers(parts: Any) -> Layers:
    rows = (ConversionLayer(int(row[0]), float(row[TAXABLE]), float(row[UNTAXED])) for row in parts)
    return tuple(layer for layer in rows if layer.total > 0.0)


def recaptured(taken: Layers, year: int, years: float) -> Layers:
    """The layers taken out whose five years still run, with the part that bears the 10% tax alone."""
    found = []
    for layer in taken:
        parts = np.array([[layer.year, layer.taxable, layer.untaxed]])
        amount = float(ran(recapture, parts, year, years))
        if amount > 0.0:
            found.append(ConversionLayer(layer.year, amount, 0.0))
    return tuple(found)


def reasons_of(words: str, taken: Layers, year: int) -> tuple[tuple[str, float], ...]:
    """The taxable parts of conversions taken out in their five years, each with its name: "conversion of 2024"."""
    years = law_of_distributions(year).roth_five_years.years
    return tuple((f"{words} of {layer.year}", layer.taxable) for layer in recaptured(taken, year, years))


def earlier(first_year: int | None, year: int) -> int:
    """The first year of an account into which money goes in a year."""
    return year if first_year is None else min(first_year, year)


def require_not_negative(*amounts: float) -> None:
    """Refuse what is no amount of dollars."""
    for amount in amounts:
        if not 0.0 <= amount < np.inf:
            raise InputError("must be dollars, not negative", field="amount", found=amount)


@dataclass(frozen=True, slots=True)
class Exempt:
    """An exception to the 10% tax that the person claims: its word in EXCEPTIONS, and the dollars it covers."""

    name: str
    amount: float


@dataclass(frozen=True, slots=True)
class Payment:
    """A distribution paid to a person: dollars, the year, the age on the day (59.5 from the day of 59 1/2), and why.

    `separated_at` is the age attained in the year of leaving the plan's employer, 0 when still there or not known.
    `first_home` is the part that pays for a first home.
    """

    amount: float
    year: int
    age: float
    after_death: bool = False
    disabled: bool = False
    first_home: float = 0.0
    separated_at: float = 0.0
    public_safety: bool = False
    exceptions: tuple[Exempt, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        amounts = {"amount": self.amount, "first_home": self.first_home}
        amounts |= {f"exceptions ({one.name})": one.amount for one in self.exceptions}
        for field, value in amounts.items():
            if not 0.0 <= value < np.inf:
                raise InputError("must be dollars, not negative", field=field, found=value)
        for one in self.exceptions:
            if one.name not in EXCEPTIONS:
                near = nearest_name(one.name, EXCEPTIONS)
                hint = f' (did you mean "{near}"?)' if near else ""
                allowed = ", ".join(EXCEPTIONS)
                raise InputError(f"is no exception to the 10% tax{hint}", found=one.name, allowed=allowed)

    @property
    def other_ground(self) -> bool:
        """Whether the payment is made after death or for disability."""
        return self.after_death or self.disabled


@dataclass(frozen=True, slots=True)
class AdditionalTax:
    """The 10% tax on a payment, Form 5329 Part I: the lines, what they consist of, the exceptions used.

    `reasons` name the parts of `line_1`: "earnings", "conversion of 2024", "in-plan conversion of 2024"; from 59 1/2 on
    there are none.
    """

    reasons: tuple[tuple[str, float], ...]
    exceptions: tuple[Exempt, ...]
    line_1: float
    line_2: float
    line_3: float
    line_4: float

    @property
    def recapture(self) -> float:
        """What of line 1 is no income: taxable parts of conversions within their five years."""
        return sum(amount for words, amount in self.reasons if words != EARNINGS)


def additional_tax(reasons: Iterable[tuple[str, float]], payment: Payment, money: str, home: float) -> AdditionalTax:
    """The 10% tax on a payment out of IRAs or a plan (`money`); `home` is what the limit on a first home leaves.

    Law:    IRC 72(t)(1), (2)(A)(i)-(iii), (v), (F), (3), (10).
    Form:   Form 5329 (2025), lines 1 to 4.
    Not modeled: the own limits of each exception but the first home; disaster distributions, Form 8915-F; dividends of
            an ESOP, phased retirement, long-term care premiums.
    Tests:  test_exceptions_reduce_the_additional_tax, test_the_day_of_59_and_a_half_decides.
    """
    law = law_of_distributions(payment.year).early_distribution
    parts = tuple((words, amount) for words, amount in reasons if amount > 0.0)
    line_1 = sum(amount for _, amount in parts)
    from_plan = float(money == PLAN)
    facts = (from_plan, payment.separated_at, float(payment.public_safety))
    old = not ran(early_amount_subject, payment.age, 1.0, 0.0, 0.0, 0.0, law)
    subject = ran(early_amount_subject, payment.age, line_1, *facts, law)
    if old:
        return AdditionalTax((), (), 0.0, 0.0, 0.0, 0.0)
    claimed = list(payment.exceptions)
    if subject < line_1:
        claimed.insert(0, Exempt("separation", line_1))
    if payment.after_death:
        claimed.insert(0, Exempt("death", line_1))
    if payment.disabled:
        claimed.insert(0, Exempt("disability", line_1))
    if home > 0.0:
        claimed.append(Exempt(FIRST_HOME, home))
    used, left = [], line_1
    for one in claimed:
        amount = min(left, one.amount)
        if EXCEPTIONS[one.name][1] in (money, BOTH) and amount > 0.0:
            used.append(Exempt(one.name, amount))
            left -= amount
    line_2 = sum(one.amount for one in used)
    line_4 = float(ran(early_amount_tax, line_1, line_2, law))
    return AdditionalTax(parts, tuple(used), line_1, line_2, line_1 - min(line_1, line_2), line_4)
