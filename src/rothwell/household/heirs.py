"""[[heirs]]: who inherits, which share, and what they earn themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StrictBool

from rothwell.household.amounts import Day, Rate, State
from rothwell.household.problem import Problem
from rothwell.household.table import Money, Share, Table, Text

HeirRelation = Literal["child", "grandchild", "sibling", "niece_nephew", "other", "charity", "estate"]
_ARTICLE = {"charity": "a charity", "estate": "an estate"}
HeirStatus = Literal["single", "mfj", "hoh"]
Draw = Literal["best", "level", "fill", "last"]
KINDS_LEFT = ("traditional_share", "roth_share", "taxable_share")
"""The kinds of money that heirs may have different shares of."""
ROUNDING = 1e-9  # of shares that are written as decimals
YEARS_YOUNGER = {"sibling": 0, "grandchild": 60}  # than the younger spouse, where the file says nothing: assumptions
YEARS_OF_OTHERS = 30
OF_PERSONS = ("birth_date", "disabled", "in_trust", "income", "parents_rate", "filing_status", "state", "draw")
"""Keys that a charity has no use for."""
INCOME = 120_000.0  # an assumption
WAGES_FROM_AGE = 18  # an assumption


class Heir(Table):
    """[[heirs]]: somebody, or a charity, to whom the household leaves its money after both spouses."""

    name: Text = Field(description="What to call the heir.")
    relation: HeirRelation = Field(
        "child",
        description="child, grandchild (or a later descendant), sibling, niece_nephew, other (any other person), "
        "charity, or estate (no person is named as the beneficiary of plans and IRAs).",
    )
    birth_date: Annotated[date, Day()] | None = Field(
        None,
        description="Date of birth, year-month-day; when absent, 30 years after the younger spouse's (of a grandchild "
        "60, of a sibling 0), but not after the start of the plan.",
    )
    disabled: StrictBool = Field(False, description="Whether the heir is disabled or chronically ill, IRC 72(m)(7).")
    in_trust: StrictBool = Field(
        False,
        description="Whether a see-through trust takes the heir's share and keeps what it draws, so that it is taxed "
        "by the brackets of trusts; a trust that pays out all it gets is as the heir is.",
    )
    share: Share | None = Field(
        None, description="Share of all that is left; when absent, an equal part of what the others leave."
    )
    traditional_share: Share | None = Field(
        None, description="Share of pre-tax plans, traditional IRAs and health savings accounts, when it differs."
    )
    roth_share: Share | None = Field(None, description="Share of Roth accounts, when it differs.")
    taxable_share: Share | None = Field(None, description="Share of taxable accounts, when it differs.")
    income: Money | None = Field(
        None,
        description="The heir's own wages, dollars of the start year a year, from the age of 18 on; they rise with "
        "average wages. 120,000 when absent, nothing of who is disabled.",
    )
    parents_rate: Annotated[float, Rate(0.0, 0.6)] = Field(
        0.24, description="The tax rate of the parents of an heir below 18 who is no child of yours, IRC 1(g)."
    )
    filing_status: HeirStatus = Field("single", description="The heir's filing status: single, mfj or hoh.")
    state: Annotated[str, State()] | None = Field(
        None, description="Where the heir lives, two letters: for state income tax, which is not counted when absent."
    )
    draw: Draw = Field(
        "best",
        description="How inherited pre-tax money is drawn: level (equal parts), fill (to the top of the tax bracket "
        "that equal parts would reach), last (what is required, the rest in the last year) or best (the one that "
        "leaves the most on average).",
    )

    @property
    def wages(self) -> float:
        """The heir's own wages, dollars of the start year a year: those of the file, or as they are assumed."""
        if self.income is not None:
            return self.income
        return 0.0 if self.disabled else INCOME

    @property
    def years_younger(self) -> int:
        """By how many years an heir without a date of birth is taken to be younger than the younger spouse."""
        return YEARS_YOUNGER.get(self.relation, YEARS_OF_OTHERS)

    @property
    def is_person(self) -> bool:
        """Whether the heir owes income tax on what is inherited."""
        return self.relation != "charity"


def problems_of_heirs(heirs: Mapping[int, Heir], listed: int, start_year: int | None) -> Iterator[Problem]:
    """Shares that are more than all there is, or less, names given twice, heirs who are not born yet, or no persons."""
    names: set[str] = set()
    for index, heir in heirs.items():
        if heir.name in names:
            yield Problem(("heirs", index, "name"), "is the name of one listed before", heir.name, "each name once")
        names.add(heir.name)
        yield from _of_relation(index, heir)
        if start_year is not None and heir.birth_date is not None and heir.birth_date.year > start_year:
            message = "is after the first year of the plan"
            yield Problem(("heirs", index, "birth_date"), message, heir.birth_date, f"{start_year}-12-31 or before")
    if len(heirs) < listed or not heirs:
        return
    general = dict(zip(heirs, _filled([one.share for one in heirs.values()], [1.0] * len(heirs)), strict=True))
    for index, heir in heirs.items():
        apart = any(getattr(heir, kind) is not None for kind in KINDS_LEFT)
        if heir.share is None and not apart and general[index] <= ROUNDING:
            message = "is missing, and the shares of the others are the whole"
            yield Problem(
                ("heirs", index, "share"), message, None, "0 if the heir gets nothing, or smaller other shares"
            )
    for kind in ("share", *KINDS_LEFT):
        given = {index: share for index, heir in heirs.items() if (share := getattr(heir, kind)) is not None}
        total = sum(given.values())
        rest = [index for index in heirs if index not in given and (kind == "share" or general[index] > ROUNDING)]
        complete = given and not rest
        if total > 1.0 + ROUNDING or (complete and total < 1.0 - ROUNDING):
            message = f"makes the shares of all heirs {'more' if total > 1.0 else 'less'} than the whole"
            yield Problem(("heirs", max(given), kind), message, given[max(given)], "shares that add up to 1")


def _of_relation(index: int, heir: Heir) -> Iterator[Problem]:
    """What an heir of this relation cannot have: a charity owes no tax, an estate is no person."""
    useless = {"charity": OF_PERSONS, "estate": ("birth_date", "disabled", "in_trust", "parents_rate")}
    for key in useless.get(heir.relation, ()):
        found = getattr(heir, key)
        if key in heir.model_fields_set and found not in (None, False):
            yield Problem(("heirs", index, key), f"says nothing of {_ARTICLE[heir.relation]}", found, f"no {key}")


def assumed_heirs(children: Sequence[tuple[str | None, date]]) -> tuple[Heir, ...]:
    """The heirs of a household whose file names none: its children in equal parts, or one child."""
    if not children:
        return (Heir(name="a child"),)
    return tuple(
        Heir(name=name or f"child {place + 1}", birth_date=born) for place, (name, born) in enumerate(children)
    )


@dataclass(frozen=True, slots=True)
class Shares:
    """An heir's shares of each kind of money."""

    traditional: float
    roth: float
    taxable: float


def shares_of(heirs: Sequence[Heir]) -> tuple[Shares, ...]:
    """The shares of each heir: those of the file, and for the others equal parts of the rest."""
    general = _filled([heir.share for heir in heirs], [1.0] * len(heirs))
    kinds = [_filled([getattr(heir, kind) for heir in heirs], general) for kind in KINDS_LEFT]
    return tuple(Shares(*of_heir) for of_heir in zip(*kinds, strict=True))


def _filled(given: Sequence[float | None], weights: Sequence[float]) -> list[float]:
    """Shares that add up to one: what is not given is shared by weight."""
    rest = 1.0 - sum(share for share in given if share is not None)
    open_to = sum(weight for share, weight in zip(given, weights, strict=True) if share is None)
    each = rest / open_to if open_to > 0.0 else 0.0
    return [weight * each if share is None else share for share, weight in zip(given, weights, strict=True)]
