"""Contributions to IRAs and HSAs above their limits: the tax each year, and how and by when they are put right.

Law:    IRC 4973(a), (b), (f), (g), 408(d)(4), (5), 408A(d)(6), 223(f)(3).
Units:  dollars of the year.
Not modeled: earnings that must leave with an excess (the custodian figures them, Reg. 1.408-11).
Tests:  test_an_excess_names_its_cures_and_dates, test_room_of_this_year_absorbs_an_earlier_excess.
"""

from __future__ import annotations

from dataclasses import dataclass

from rothwell.mega_backdoor.due_dates import extended_return_due, last_day, return_due
from rothwell.mega_backdoor.job_year import HALF_A_CENT, LawOfYear
from rothwell.provision import plainly
from rothwell.tax.excess_contributions import ExcessTax, excess_contribution_tax

TRADITIONAL, ROTH, HSA = "traditional_ira", "roth_ira", "hsa"
LAWS = {
    TRADITIONAL: "IRC 408(d)(4), 4973(a), (b)",
    ROTH: "IRC 408(d)(4), 408A(d)(6), 4973(a), (f)",
    HSA: "IRC 223(f)(3), 4973(a), (g)",
}


@dataclass(frozen=True, slots=True)
class Excess:
    """An excess in one kind of account: `kind` is traditional_ira, roth_ira or hsa; dollars.

    `amount` is of this year, `earlier` of the years before and not absorbed; `yearly_tax` is due for each 31 December
    on which both are still there. `by` is the last day to take this year's excess back without the tax, `extended_by`
    the same for who files in time, as ISO dates; None without an excess of this year. `action` is what to do.
    """

    kind: str
    amount: float
    earlier: float
    yearly_tax: float
    by: str | None
    extended_by: str | None
    action: str
    law: str


def tax_on_excess(earlier: float, room: float, over: float, value: float, law: LawOfYear) -> ExcessTax:
    """The tax of one kind of account if nothing is taken back."""
    found: ExcessTax = plainly(excess_contribution_tax)(earlier, room, over, 0.0, value, law.record.excess_contribution)
    return found


def excess_of(kind: str, over: float, found: ExcessTax, law: LawOfYear, movable: float = 0.0) -> Excess | None:
    """What to do about an excess; None when there is none. `movable` of it may be made a traditional contribution."""
    if found.excess <= HALF_A_CENT:
        return None
    earlier = max(0.0, found.excess - over)
    rate = f"{float(law.record.excess_contribution.rate):.0%}"
    by, extended = return_due(law.year), extended_return_due(law.year)
    parts = []
    if over > HALF_A_CENT:
        parts.append(
            f"{_timely(over, movable)} by {by.isoformat()} ({extended.isoformat()} if the return was filed in time); "
            f"after that {rate} is due for each 31 December on which it is still there"
        )
    if earlier > HALF_A_CENT:
        parts.append(
            f"take what is left of earlier years out by {last_day(law.year).isoformat()}, or the {rate} is due again; "
            "it may stay for a year with unused room to absorb it"
        )
    return Excess(
        kind=kind,
        amount=over,
        earlier=earlier,
        yearly_tax=float(found.tax),
        by=by.isoformat() if over > HALF_A_CENT else None,
        extended_by=extended.isoformat() if over > HALF_A_CENT else None,
        action="; ".join(parts),
        law=LAWS[kind],
    )


def _timely(over: float, movable: float) -> str:
    """What may be done until the due date of the return, IRC 408(d)(4), 408A(d)(6), 223(f)(3)."""
    if movable <= HALF_A_CENT:
        return "take it back with its earnings"
    words = "as a traditional contribution, which can then be converted"
    if movable >= over - HALF_A_CENT:
        return f"recharacterize it {words}, or take it back, either with its earnings,"
    return f"recharacterize up to {movable:,.0f} dollars of it {words}, and take the rest back, with the earnings,"
