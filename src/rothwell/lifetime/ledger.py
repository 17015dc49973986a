"""The ledger of one path: every flow of every year, and what went into and out of each account, checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rothwell.errors import LedgerError
from rothwell.lifetime.accounts import PEOPLE, STATE
from rothwell.lifetime.records import BEFORE_GROWTH, BEFORE_NEW_MONEY, CLOSED, GROWN, OPENED, PASSED_ON
from rothwell.lifetime.scenario import LARGEST_IMBALANCE, Outcome
from rothwell.lifetime.year_record import SCRATCH_FIELDS, YEAR

JOINT_OWNER = "joint"
ACCOUNTS = (
    "taxable", "pre_tax_plan", "former_plan", "traditional_ira", "roth_plan", "roth_ira", "after_tax", "hsa",
)  # fmt: skip
"""Fields of the state that hold money."""
_PERSON = (PEOPLE,)


@dataclass(frozen=True, slots=True)
class AccountYear:
    """One account of one owner in one year: opening + came_in - went_out + growth = closing, dollars of the year.

    came_in, went_out   contributions, savings, conversions, rollovers, withdrawals, sales and, at the first death, what
                        the spouse takes over; of moves at the same step of the year what is left of one another
    growth              after fees, without the dividends that the taxable account pays out
    """

    year: int
    account: str
    owner: str
    opening: float
    came_in: float
    went_out: float
    growth: float
    closing: float


def account_kinds() -> tuple[str, ...]:
    """The accounts that a household may have, in the order of the state."""
    return tuple(name for name in STATE.names or () if name in ACCOUNTS)


def flow_names(people: Sequence[str]) -> tuple[str, ...]:
    """A name for each flow of a year's record, those of persons with the person's name: "pay (James)"."""
    return tuple(
        name if person is None else f"{name} ({people[person]})" for name, person in _flows() if _there(person, people)
    )


def flow_values(record: Any, people: Sequence[str]) -> tuple[float, ...]:
    """The flows of a year's record in the order of `flow_names`."""
    return tuple(
        float(record[name] if person is None else record[name][person])
        for name, person in _flows()
        if _there(person, people)
    )


def _flows() -> Iterator[tuple[str, int | None]]:
    """Every flow of a year's record that is a result, with the place of the person whose it is."""
    fields = YEAR.fields
    assert fields is not None
    for name in YEAR.names or ():
        if name in SCRATCH_FIELDS:
            continue
        if fields[name][0].shape == _PERSON:
            yield from ((name, person) for person in range(PEOPLE))
        else:
            yield name, None


def _there(person: int | None, people: Sequence[str]) -> bool:
    return person is None or person < len(people)


def account_years(outcome: Outcome, position: int, people: Sequence[str]) -> tuple[AccountYear, ...]:
    """Every account in every year of the only path of a run, under the strategy of that place.

    Raises LedgerError where a year does not open with what the year before left, where an account does not add up, or
    where the growth of the accounts is not the growth in the year's flows.
    """
    rows = []
    before: Any = None
    for flows, steps in zip(outcome.flows[position, 0], outcome.steps[position, 0], strict=True):
        if flows["price_level"] <= 0.0:
            break
        year = [
            _account_year(flows, steps, kind, person, people) for kind, person in _accounts() if _there(person, people)
        ]
        _check(flows, steps, before, year)
        before = steps[PASSED_ON]
        rows += year
    return tuple(rows)


def _accounts() -> Iterator[tuple[str, int | None]]:
    """Every account of the state, with the place of its owner."""
    fields = STATE.fields
    assert fields is not None
    for kind in account_kinds():
        if fields[kind][0].shape == _PERSON:
            yield from ((kind, person) for person in range(PEOPLE))
        else:
            yield kind, None


def _account_year(flows: Any, steps: Any, kind: str, person: int | None, people: Sequence[str]) -> AccountYear:
    held = [float(step[kind] if person is None else step[kind][person]) for step in steps]
    new = held[CLOSED] - held[BEFORE_NEW_MONEY]
    put_in = _put_in(flows, kind, person, new)
    moves = (
        held[BEFORE_GROWTH] - held[OPENED],
        held[BEFORE_NEW_MONEY] - held[GROWN],
        put_in,
        held[PASSED_ON] - held[CLOSED],
    )
    return AccountYear(
        year=int(flows["year"]),
        account=kind,
        owner=JOINT_OWNER if person is None else people[person],
        opening=held[OPENED],
        came_in=sum(move for move in moves if move > 0.0),
        went_out=-sum(move for move in moves if move < 0.0),
        growth=held[GROWN] - held[BEFORE_GROWTH] + new - put_in,
        closing=held[PASSED_ON],
    )


def _put_in(flows: Any, kind: str, person: int | None, new: float) -> float:
    """Contributions and savings of a year into an account: the rest of its new money is half a year's return."""
    if kind == "taxable":
        return float(flows["saved"])
    if kind == "pre_tax_plan":
        return float(flows["deferral_pre_tax"][person] + flows["employer"][person])
    stays = float(flows["after_tax_stays"]) * float(flows["after_tax"][person])
    if kind == "roth_plan":
        return float(flows["deferral_roth"][person] + flows["after_tax"][person]) - stays
    if kind == "after_tax":
        return stays
    if kind == "roth_ira":
        return float(flows["backdoor"][person])
    if kind == "hsa":
        return float(flows["hsa_contribution"][person])
    return new


def _check(flows: Any, steps: Any, before: Any, year: Sequence[AccountYear]) -> None:
    """Raise LedgerError for a year that does not add up."""
    problem, amount = "", 0.0
    if before is not None:
        for kind in account_kinds():
            missing = abs(float((steps[OPENED][kind] - before[kind]).sum()))
            if not missing <= LARGEST_IMBALANCE:
                problem, amount = f"{kind} does not open with what the year before left", missing
    for one in year:
        missing = abs(one.opening + one.came_in - one.went_out + one.growth - one.closing)
        if not missing <= LARGEST_IMBALANCE:
            problem, amount = f"{one.account} of {one.owner} does not add up", missing
    growth = sum(one.growth for one in year) + float(flows["dividends"] + flows["interest"])
    if not abs(growth - float(flows["growth"])) <= LARGEST_IMBALANCE:
        problem, amount = "the growth of the accounts is not that of the flows", growth - float(flows["growth"])
    if problem:
        raise LedgerError(f"in {int(flows['year'])} {problem}: {amount:,.2f} dollars")
