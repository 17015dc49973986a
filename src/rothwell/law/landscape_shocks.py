"""One-way shocks: changes of the law that come once, in a year drawn from a window, and stay.

What each does, and what is old where it is grandfathered:

mega_backdoor_ban           no new after-tax contributions that would move to Roth. Roth money stays Roth. Old:
                            after-tax money in a plan; grandfathered, who leaves may still roll it to a Roth IRA.
conversion_ban              no conversion of pre-tax money in a year whose taxable income, the conversion included, is
                            above an amount by filing status. Nothing is old: Roth money stays Roth.
roth_distribution_required  at any age, a share of what a person's retirement accounts exceed an amount by on the last
                            31 December, and from Roth accounts first all that exceeds a second amount. Old: the
                            balance when the law came; grandfathered only what exceeds it too is counted.
step_up_repeal              heirs and surviving spouses take over the basis. Old: the gain when the law came, as far as
                            it is still there; grandfathered it is stepped up still.
payout_limit                who inherits a plan or an IRA and has ten years for it has only so many `years`. Nothing is
                            old: it is for owners who die later.
social_security_cut         every benefit is multiplied by 1 - size. Old: what the household drew in the year before, in
                            real dollars; grandfathered only what exceeds it is cut.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rothwell.law.figures import STATUSES, figure
from rothwell.law.indexing import Growth, series
from rothwell.law.landscape_file import LandscapeFile
from rothwell.toml_lines import Path

KINDS = (
    "mega_backdoor_ban", "conversion_ban", "roth_distribution_required", "step_up_repeal", "social_security_cut",
    "payout_limit",
)  # fmt: skip
MEGA_BACKDOOR_BAN, CONVERSION_BAN, ROTH_DISTRIBUTION_REQUIRED, STEP_UP_REPEAL = range(4)
SOCIAL_SECURITY_CUT, PAYOUT_LIMIT = range(4, len(KINDS))
NEVER = np.iinfo(np.int64).max
INDEX = "c_cpi_u"  # of the amounts of a shock, as of the brackets
SHARE_OF_EXCESS = 0.5  # unless the file says otherwise, as in H.R. 5376 of 2021, which is no law
_COMMON_KEYS = {"kind", "probability", "window", "grandfathered", "note"}
_OWN_KEYS: Mapping[str, set[str]] = {
    "conversion_ban": {"taxable_income_over", "base_year"},
    "roth_distribution_required": {"balance_over", "roth_first_over", "share_of_excess", "base_year"},
    "social_security_cut": {"size"},
    "payout_limit": {"years"},
}
_NOTHING_OLD = {
    "conversion_ban": "nothing is old under this shock: what was converted stays Roth",
    "payout_limit": "nothing is old under this shock: it is for owners who die later",
}


@dataclass(frozen=True, slots=True)
class Shock:
    """A one-way change of the law: its chance, the years in which it may begin, whether the old is spared, its amounts.

    taxable_income_over   by filing status, dollars of the base year (conversion_ban)
    balance_over          a person's retirement accounts, dollars of the base year; above `roth_first_over` all of the
                          excess, from Roth accounts; below it `share_of_excess` (roth_distribution_required)
    size                  the share of every benefit that is lost (social_security_cut)
    years                 within how many years after the death all is drawn (payout_limit)
    base_year             the year in whose dollars the amounts stand (unless given, the first of the window); later
                          they follow chained prices, unrounded
    """

    kind: str
    probability: float
    first_year: int
    last_year: int
    grandfathered: bool = False
    taxable_income_over: tuple[float, ...] = (np.inf,) * len(STATUSES)
    balance_over: float = np.inf
    roth_first_over: float = np.inf
    share_of_excess: float = 0.0
    size: float = 0.0
    years: float = np.inf
    base_year: int = 0
    note: str = ""

    def chance_by(self, year: int, start_year: int) -> float:
        """The chance that it is in force in a year, for somebody who knows that it is not in the start year."""
        length = self.last_year - self.first_year + 1
        passed = self.probability * min(length, max(0, start_year - self.first_year + 1)) / length
        begun = self.probability * min(length, max(0, year - self.first_year + 1)) / length
        return max(0.0, begun - passed) / (1.0 - passed) if passed < 1.0 else 0.0


class ShockTerms(NamedTuple):
    """The amounts of the shocks as the simulated year reads them; see Shock.

    Amounts stand at the path's index level of the year `since` (counted from the start year) and grow from there.
    """

    taxable_income_over: NDArray[np.float64]
    income_since: int
    balance_over: float
    roth_first_over: float
    share_of_excess: float
    balance_since: int
    benefits_kept: float
    payout_years: float
    spares_old: NDArray[np.float64]


def first_years(shock: Shock, start_year: int, uniforms: NDArray[np.float64]) -> NDArray[np.int64]:
    """From which year, counted from the start year, the shock is in force on each path; NEVER: it does not come.

    Each year of the window is equally likely. The law of the start year is known: a shock that would have begun by then
    has not, so only the rest of its chance is left.
    """
    if shock.probability <= 0.0:
        return np.full(uniforms.shape, NEVER)
    length = shock.last_year - shock.first_year + 1
    passed = shock.probability * min(length, max(0, start_year - shock.first_year + 1)) / length
    draws = passed + uniforms * (1.0 - passed)
    place = np.minimum(np.floor(draws / shock.probability * length), length - 1.0)
    begins = np.maximum(shock.first_year + place - start_year, 1.0)
    happens = draws < shock.probability
    return np.where(happens, np.where(happens, begins, 0.0).astype(np.int64), NEVER)


def shock_terms(shocks: Sequence[Shock], start_year: int, growth: Growth) -> ShockTerms:
    """The amounts of a landscape's shocks for plans that begin in a year; infinite for what is not among them."""
    found = {one.kind: one for one in shocks}
    ban, distribution = found.get(KINDS[CONVERSION_BAN]), found.get(KINDS[ROTH_DISTRIBUTION_REQUIRED])
    cut, payout = found.get(KINDS[SOCIAL_SECURITY_CUT]), found.get(KINDS[PAYOUT_LIMIT])
    none = Shock("", 0.0, 0, 0)
    income_factor, income_since = _indexed_from(ban, start_year, growth)
    balance_factor, balance_since = _indexed_from(distribution, start_year, growth)
    return ShockTerms(
        taxable_income_over=np.array((ban or none).taxable_income_over) * income_factor,
        income_since=income_since,
        balance_over=(distribution or none).balance_over * balance_factor,
        roth_first_over=(distribution or none).roth_first_over * balance_factor,
        share_of_excess=(distribution or none).share_of_excess,
        balance_since=balance_since,
        benefits_kept=1.0 - (cut or none).size,
        payout_years=(payout or none).years,
        spares_old=np.array([float(kind in found and found[kind].grandfathered) for kind in KINDS]),
    )


def _indexed_from(shock: Shock | None, start_year: int, growth: Growth) -> tuple[float, int]:
    """What indexing has done to an amount by the start year, and the year from which the path's prices go on.

    The amount of a year is that of the base year times the index of the year before over that before the base year.
    """
    if shock is None:
        return 1.0, 0
    before = shock.base_year - 1
    if before >= start_year:
        return 1.0, before - start_year
    index = series(INDEX)
    return index.level(start_year, growth)[0] / index.level(before, growth)[0], 0


def read_shocks(file: LandscapeFile) -> tuple[Shock, ...]:
    """The shocks of a landscape, at most one of each kind."""
    found: dict[str, Shock] = {}
    for position, row in enumerate(file.rows(("shocks",), file.table.get("shocks", []))):
        path: Path = ("shocks", position)
        kind = row.get("kind") if isinstance(row, Mapping) else None
        if not isinstance(row, Mapping) or kind not in KINDS:
            raise file.error((*path, "kind"), "no such shock", found=kind, allowed=", ".join(KINDS))
        if kind in found:
            raise file.error((*path, "kind"), "this shock stands here twice", found=kind, allowed="one of each kind")
        file.check_keys(path, row, _COMMON_KEYS | _OWN_KEYS.get(kind, set()))
        found[kind] = _shock(file, path, kind, row)
    return tuple(found.values())


def _shock(file: LandscapeFile, path: Path, kind: str, row: Mapping[str, Any]) -> Shock:
    window = row.get("window")
    if not isinstance(window, list) or len(window) != 1 + 1:
        raise file.error((*path, "window"), "not a window of years", found=window, allowed="[first, last]")
    first, last = (file.year((*path, "window", place), year) for place, year in enumerate(window))
    if first > last:
        raise file.error((*path, "window"), "ends before it begins", found=window, allowed="[first, last]")
    spared = file.switch((*path, "grandfathered"), row.get("grandfathered", False))
    if spared and kind in _NOTHING_OLD:
        raise file.error((*path, "grandfathered"), _NOTHING_OLD[kind], found=True, allowed="false")
    chance = file.chance((*path, "probability"), row.get("probability"))
    note = file.words((*path, "note"), row.get("note", ""))
    return Shock(kind, chance, first, last, spared, **_amounts(file, path, kind, row), note=note)


def _amounts(file: LandscapeFile, path: Path, kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """The amounts of one kind of shock."""
    amounts: dict[str, Any] = {}
    if kind == KINDS[SOCIAL_SECURITY_CUT]:
        amounts["size"] = file.number((*path, "size"), row.get("size"), 0.0, 1.0)
    if kind == KINDS[PAYOUT_LIMIT]:
        amounts["years"] = file.whole((*path, "years"), row.get("years"), 1, _years_of_today())
    if kind == KINDS[CONVERSION_BAN]:
        amounts["taxable_income_over"] = file.by_status((*path, "taxable_income_over"), row.get("taxable_income_over"))
    if kind == KINDS[ROTH_DISTRIBUTION_REQUIRED]:
        over = file.dollars((*path, "balance_over"), row.get("balance_over"))
        amounts["balance_over"] = over
        if "roth_first_over" in row:
            first = file.dollars((*path, "roth_first_over"), row["roth_first_over"], at_least=over)
            amounts["roth_first_over"] = first
        amounts["share_of_excess"] = file.chance(
            (*path, "share_of_excess"), row.get("share_of_excess", SHARE_OF_EXCESS)
        )
    if "base_year" in _OWN_KEYS.get(kind, ()):
        amounts["base_year"] = _base_year(file, (*path, "base_year"), row.get("base_year", row["window"][0]))
    return amounts


def _years_of_today() -> int:
    """Within how many years heirs must draw by the law of today.

    Law:    IRC 401(a)(9)(H)(i).
    """
    known = figure("inherited_account.years")
    return int(float(known.values[max(known.values)]))


def _base_year(file: LandscapeFile, path: Path, value: object) -> int:
    """The year in whose dollars amounts stand: the index of the year before it must be known or lie ahead."""
    year, index = file.year(path, value), series(INDEX)
    whole = (one for one in sorted(index.values) if set(range(one, index.last_year)) <= index.values.keys())
    earliest = next(whole)
    if year - 1 < earliest:
        raise file.error(
            path, "no price index is held for the year before", found=year, allowed=f"{earliest + 1} or later"
        )
    return year
