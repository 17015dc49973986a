"""What waiting costs: the mega backdoor under a sure ban to come, and after-tax money that is converted late."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rothwell.decision.comparison import Comparison
from rothwell.decision.measures import Estimate
from rothwell.decision.view import View
from rothwell.lifetime.strategies import EVERY_PAYCHECK, UNTIL_RETIREMENT, YEARLY, Strategy

BAN_AFTER = (1, 2, 3, 5, 10)  # years from the start


@dataclass(frozen=True, slots=True)
class UnderBan:
    """The mega backdoor if a ban of it is sure to begin after so many years.

    value              against never using it
    lost_by_waiting    what beginning a year later loses of that
    """

    years: int
    value: Estimate
    lost_by_waiting: Estimate


@dataclass(frozen=True, slots=True)
class LateConversion:
    """What it costs to convert after-tax money later than at every paycheck: a strategy above the same that waits.

    how_late    yearly, or at_retirement: when the job ends, earnings then going to a traditional IRA
    """

    how_late: str
    cost: Estimate


def _twins(comparison: Comparison) -> tuple[Strategy, Strategy] | None:
    """The best strategy with after-tax contributions, converted at every paycheck, and the best without."""
    mega = comparison.mega_backdoor
    if mega is None:
        return None
    with_it = comparison.result(mega.best_with).strategy
    return replace(with_it, conversion_waits=EVERY_PAYCHECK), comparison.result(mega.best_without).strategy


def acting_now(view: View, comparison: Comparison) -> tuple[UnderBan, ...]:
    """The value under each ban of BAN_AFTER; nothing where no plan takes after-tax money."""
    pair = _twins(comparison)
    if pair is None:
        return ()
    start_year = view.study.start_year
    arrays = view.study.arrays
    jobs = arrays.jobs.copy()
    jobs["after_tax_from"] = start_year + 1
    later = arrays._replace(jobs=jobs)
    found = []
    for years in BAN_AFTER:
        banned = view.landscape.with_ban(start_year + years)
        both, waiting = view.worth_of(pair, banned), view.worth_of(pair[:1], banned, later)
        found.append(UnderBan(years, both.difference(0, 1), both.above(waiting)))
    return tuple(found)


def late_conversions(view: View, comparison: Comparison) -> tuple[LateConversion, ...]:
    """What converting once a year and at retirement costs; nothing where no plan takes after-tax money."""
    ways = ways_of_conversion(comparison)
    if not ways:
        return ()
    value = view.worth_of(ways)
    return tuple(LateConversion(one.name, value.difference(0, place)) for place, one in enumerate(ways) if place)


def ways_of_conversion(comparison: Comparison) -> tuple[Strategy, ...]:
    """The best strategy with after-tax contributions, converted at once, yearly and at retirement; nothing where no
    plan takes after-tax money."""
    pair = _twins(comparison)
    if pair is None:
        return ()
    waits = {"yearly": YEARLY, "at_retirement": UNTIL_RETIREMENT}
    late = (replace(pair[0], name=name, conversion_waits=how_long) for name, how_long in waits.items())
    return (pair[0], *late)
