"""What the heirs get: who keeps how much, and what each bucket is worth in their hands."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rothwell.answer import Answer
from rothwell.decision.bequests import LEFT, Bequest, LeftTo
from rothwell.decision.measures import Estimate
from rothwell.decision.recommendation import recommended
from rothwell.household.heirs import KINDS_LEFT, WAGES_FROM_AGE, Heir, Shares, shares_of
from rothwell.law.death_taxes import death_tax_of
from rothwell.law.states import states
from rothwell.lifetime.heir_records import birth_date_of
from rothwell.report.blocks import Grid, Section
from rothwell.report.reading import headline
from rothwell.report.words import DRAWN, FILING_STATUS, PLUS_MINUS, dollars, listed, percent, title
from rothwell.tax.estate_tax import spared_estate

NOTHING = "–"
CENT = 0.005


def heirs_section(answer: Answer) -> Section | None:
    """What the recommended strategy leaves to each heir, and what an amount in each bucket is worth to each."""
    main = headline(answer)
    name = recommended(main)
    bequest = main.result(name).bequest
    if bequest is None:
        return None
    people = answer.household.people
    whom = "both spouses" if len(people) > 1 else people[0].name
    lead = (
        f"After {whom}, under '{title(name, main)}' and '{main.landscape.name}': what is drawn from an inherited "
        "pre-tax account comes on top of each heir's own income, in the law of that future and year."
    )
    return Section(
        "heirs",
        "What the heirs get",
        (lead, *_assumed(answer), *_nothing_left(main.result(name).estate.value)),
        (_kept(answer, bequest), _buckets(answer)),
        points=tuple(_words(answer.left_to_each)),
    )


def _assumed(answer: Answer) -> Iterator[str]:
    """What the file does not say of the heirs, and what is not counted of what it says."""
    household = answer.household
    heirs = household.heirs_in_plan
    if not household.heirs:
        who = "the children in equal parts" if household.children else "one child"
        yield (
            f"No [[heirs]] in the file: {who}, single, with wages of {dollars(heirs[0].wages)} "
            f"of {answer.start_year} and no state income tax."
        )
        return
    births = [
        f"{heir.name} in {birth_date_of(heir, household).year}"
        for heir in heirs
        if heir.is_person and heir.relation != "estate" and heir.birth_date is None
    ]
    if births:
        yield f"Without a birth date in the file, taken to be born: {listed(births)}."
    unheld = sorted({heir.state for heir in heirs if heir.is_person and heir.state and heir.state not in states()})
    if unheld:
        yield f"The income tax of {listed(unheld)} is not held: none is counted for heirs there."


def _of_whom(answer: Answer) -> str:
    """Whose taxes at death are counted."""
    home = answer.household.home_of(answer.household.last_year)
    if home.state_estate_tax is not None:
        return f"Estate tax, federal and {home.state}"
    law = death_tax_of(home.state, answer.start_year)
    on_estates, on_shares = math.isfinite(spared_estate(law)), bool((law.rate_of > 0.0).any())
    if on_shares:
        return f"Estate and inheritance tax, federal and {home.state}"
    return f"Estate tax, federal and {home.state}" if on_estates else "Estate tax, federal"


def _nothing_left(estate: float) -> Iterator[str]:
    """That a plan leaves nothing."""
    if estate < 1.0:
        yield (
            "This plan spends everything by the planning age: nothing is left, unless somebody dies before "
            '([mortality] kind = "table" counts that).'
        )


def _kept(answer: Answer, bequest: Bequest) -> Grid:
    """What each heir keeps on average."""
    heirs = answer.household.heirs_in_plan
    shares = {heir.name: share for heir, share in zip(heirs, shares_of(heirs), strict=True)}
    rows = []
    for one in bequest.heirs:
        each = " each" if len(one.names) > 1 else ""
        rows.append((listed(one.names), f"{_said(shares[one.names[0]])}{each}", DRAWN[one.way], _sum(one.kept)))
    charities = tuple(heir.name for heir in heirs if not heir.is_person)
    if charities:
        of_first = _said(shares[charities[0]]) if len(charities) == 1 else "together"
        rows.append((listed(charities), of_first, "untaxed", _sum(bequest.charity)))
    rows.append((_of_whom(answer), NOTHING, NOTHING, dollars(bequest.estate_tax.value)))
    return Grid(
        "On average over the futures, real dollars",
        ("Heir", "Share", "Pre-tax money is drawn", "Keeps"),
        tuple(rows),
        words=frozenset({1, 2}),
    )


def _said(share: Shares) -> str:
    """An heir's share, or the shares of each kind of money where they differ."""
    if share.traditional == share.roth == share.taxable:
        return percent(share.traditional)
    return f"{percent(share.traditional)} pre-tax, {percent(share.roth)} Roth, {percent(share.taxable)} taxable"


def _sum(kept: Estimate) -> str:
    """An amount with its standard error."""
    return f"{dollars(kept.value)} {PLUS_MINUS}{kept.standard_error:,.0f}"


def _buckets(answer: Answer) -> Grid:
    """What an amount is worth in each bucket."""
    rows = [
        (
            one.heir.name,
            _own(one.heir, one.age),
            dollars(one.traditional),
            dollars(one.roth),
            dollars(one.taxable),
            dollars(one.roth_rather_than_traditional),
        )
        for one in answer.left_to_each
    ]
    return Grid(
        f"{dollars(LEFT)} left to each, by the law of {answer.start_year} and without growth",
        ("Heir", "Own return", "Pre-tax", "Roth", "Taxable", "Gain"),
        tuple(rows),
        notes=(
            "'Gain' is what Roth rather than pre-tax money is worth more. Ages are those of the year after the plan; "
            f"the law of {answer.start_year} stands for every year, also where it ends, as the senior deduction does.",
        ),
        words=frozenset({1}),
    )


def _own(heir: Heir, age: int | None) -> str:
    """The heir's own return in words."""
    if not heir.is_person:
        return "untaxed"
    if heir.in_trust:
        return "a trust"
    place = f", {heir.state}" if heir.state else ""
    if heir.relation == "estate":
        return f"an estate, as {FILING_STATUS[heir.filing_status]}, {dollars(heir.wages)}{place}"
    if age is not None and age < WAGES_FROM_AGE:
        parents = "" if heir.relation == "child" else f", parents at {percent(heir.parents_rate)}"
        return f"age {age}, {dollars(heir.wages)} from {WAGES_FROM_AGE} on{parents}{place}"
    return f"{FILING_STATUS[heir.filing_status]}, {dollars(heir.wages)}, age {age}{place}"


def _words(left: tuple[LeftTo, ...]) -> Iterator[str]:
    """Which bucket should go to whom."""
    by_kind = any(getattr(one.heir, kind) is not None for one in left for kind in KINDS_LEFT)
    for one in left:
        gain = one.roth_rather_than_traditional
        if one.way is None:
            first = "" if by_kind else ", and goes first"
            yield f"{one.heir.name} owes no tax: pre-tax money is worth as much there as Roth money{first}."
        elif gain <= CENT:
            yield f"Roth rather than pre-tax money is worth nothing more to {one.heir.name}."
        else:
            yield (
                f"{dollars(LEFT)} in Roth rather than pre-tax money is worth {dollars(gain)} more to {one.heir.name} "
                f"({percent(gain / LEFT)} of it; pre-tax money drawn {DRAWN[one.way]} within {one.years} years)."
            )
