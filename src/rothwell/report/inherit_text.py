"""An inherited account: what the law asks of the heir, and three ways of drawing it, as terminal text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from rich.console import Console

from rothwell.errors import InputError, nearest_name
from rothwell.household.amounts import Day, Dollars, Rate, State
from rothwell.household.heirs import WAGES_FROM_AGE
from rothwell.law import figure, law_for
from rothwell.law.states import states
from rothwell.lifetime.heir_records import STATUS
from rothwell.lifetime.heir_return import NO_PARENTS, WAYS
from rothwell.lifetime.inherited_draws import Drawn, HeirReturn, draw_inherited
from rothwell.mega_backdoor.distribution_notes import Note
from rothwell.report.capacity_text import dollars
from rothwell.report.distribution_text import aligned_table, print_points
from rothwell.report.typed_options import read_option
from rothwell.report.words import DRAWN, FILING_STATUS, percent
from rothwell.tax.inherited_accounts import (
    InheritedAccount,
    Relation,
    hypothetical_minimums,
    last_year,
    relation_by_age,
    year_of_death_minimums,
    years_of,
)
from rothwell.tax.required_minimum import first_distribution_year, uniform_divisor

BY_AGE = "child", "grandchild", "sibling", "niece_nephew", "other"
"""Relations that dates of birth decide: a child of the owner may be a minor, anybody may be close in age."""
RELATIONS = ("spouse", *BY_AGE, "disabled", "none")
WORDS: dict[str, str] = {
    "spouse": "the spouse, sole beneficiary, who stays a beneficiary",
    "minor_child": "a minor child of the owner",
    "disabled": "disabled or chronically ill",
    "close_in_age": "not more than ten years younger than the owner",
    "designated": "a designated beneficiary",
    "none": "no person",
}
LAW = "IRC 401(a)(9)(B), (E), (H)"
WAY_HEADS = {"level": "Equal parts", "fill": "By bracket", "last": "Last year"}


@dataclass(frozen=True, slots=True)
class InheritOptions:
    """The options of the command as they were typed."""

    balance: str
    owner_born: str
    died: str
    heir_born: str | None
    relation: str
    roth: bool
    ten_years: bool
    trust: bool
    wages: str
    filing_status: str
    parents_rate: str
    state: str | None
    before: str | None
    taken: str
    year: int


@dataclass(frozen=True, slots=True)
class InheritAnswer:
    """The account, by when it must be empty, and the ways of drawing it, the best first."""

    year: int
    balance: float
    account: InheritedAccount
    own: HeirReturn
    ways: tuple[Drawn, ...]
    notes: tuple[Note, ...]


def inherit_of(options: InheritOptions) -> InheritAnswer:
    """The answer to what was typed. Raises InputError, whose field is the option."""
    balance = float(read_option("--balance", options.balance, Dollars(above_zero=True)))
    wages = float(read_option("--wages", options.wages, Dollars()))
    owner_born: date = read_option("--owner-born", options.owner_born, Day())
    died: date = read_option("--died", options.died, Day())
    if died <= owner_born:
        raise InputError("is not after the owner's birth", field="--died", found=options.died)
    _one_of("--relation", options.relation, RELATIONS)
    _one_of("--filing-status", options.filing_status, tuple(STATUS))
    state = None if options.state is None else str(read_option("--state", options.state, State()))
    born = None if options.heir_born is None else cast(date, read_option("--heir-born", options.heir_born, Day()))
    if born is not None and options.relation in ("child", "grandchild") and born <= owner_born:
        raise InputError("is not after the owner's birth", field="--heir-born", found=options.heir_born)
    if born is not None and born > died:
        raise InputError("is after the owner's death", field="--heir-born", found=options.heir_born)
    if (born is None) != (options.relation == "none"):
        raise InputError("is needed for a person, and for nobody else", field="--heir-born", found=options.heir_born)
    if options.trust and born is None:
        raise InputError("needs a person for whom the trust is", field="--trust", found="--relation none")
    account = _account(options, owner_born, died, born)
    first, law = max(died.year + 1, options.year), law_for(options.year)
    if first > years_of(account)[-1][0]:
        words = f"the account had to be empty by the end of {years_of(account)[-1][0]}"
        raise InputError(words, field="--died", found=options.died, allowed="a later death, or an earlier --year")
    rate = float(read_option("--parents-rate", options.parents_rate, Rate(0.0, 0.6)))
    of_parents = NO_PARENTS if options.relation in ("child", "none") else rate
    age = first - born.year if born is not None else 0
    own = HeirReturn(wages, STATUS[options.filing_status], age, state, options.trust, of_parents)
    ways = [draw_inherited(account, balance, own, way, law, first) for way in WAYS]
    ways.sort(key=lambda one: -round(one.kept, 2))
    before = [] if options.before is None else options.before.split(",")
    balances = [float(read_option("--before", one.strip(), Dollars(above_zero=True))) for one in before]
    of_death = (balances, float(read_option("--taken", options.taken, Dollars())))
    notes = tuple(_notes(account, own, balance, first, of_death))
    return InheritAnswer(options.year, balance, account, own, tuple(ways), notes)


def _account(options: InheritOptions, owner_born: date, died: date, born: date | None) -> InheritedAccount:
    relation = cast(Relation, options.relation)
    if born is not None and options.relation in BY_AGE:
        relation = relation_by_age(owner_born, died, born, options.relation == "child")
    return InheritedAccount(owner_born, died, relation, options.roth, born, within_ten_years=options.ten_years)


def _year_of_death(account: InheritedAccount, balances: Sequence[float], taken: float) -> Note:
    """What of the owner's own distribution of the year of death is left to the heir."""
    words = "What the owner had not drawn in the year of death is the heir's to draw, and the heir's income"
    if not balances:
        return Note(f"{words}; with --before and --taken it is worked out.", "Reg. 1.408-8(b)(1)(i)")
    owners = uniform_divisor(account.died.year - account.owner_born.year)
    left = year_of_death_minimums(account, owners, balances, taken)[0]
    return Note(f"{words}: {dollars(round(left, 2))} of this account.", "Reg. 1.408-8(b)(1)(i), (e)(4)")


def _notes(
    account: InheritedAccount, own: HeirReturn, balance: float, first: int, of_death: tuple[list[float], float]
) -> list[Note]:
    """What to know of the account."""
    end = last_year(account)
    by_when = "by life expectancy alone" if end is None else f"by the end of {end}"
    notes = [Note(f"For the law this is {WORDS[account.relation]}: all is drawn {by_when}.", LAW)]
    if account.roth:
        words = "Nothing of a Roth account is taxed once five years have passed since the owner's first contribution."
        notes.append(Note(words, "IRC 408A(d)(2), (5); Reg. 1.408A-6, Q&A-14"))
    elif account.begun:
        words = "The owner died after distributions had to begin: something must be drawn every year."
        notes.append(Note(words, "Reg. 1.401(a)(9)-5(d), (e)"))
        notes.append(_year_of_death(account, *of_death))
    if account.relation == "spouse" and end is not None and not account.roth and end - 1 >= first:
        notes += _late_rollover(account, balance, end)
    if account.relation == "spouse":
        words = "A spouse may also take the account over as an own one, which has no end by a date."
        notes.append(Note(words, "IRC 408(d)(3)(C)(ii)(II); Reg. 1.408-8(c)"))
    elif account.within_ten_years and not account.of_before and not account.by_life and account.begun:
        words = "The ten-year rule cannot be chosen: the owner died after distributions had to begin."
        notes.append(Note(words, "Reg. 1.401(a)(9)-3(a)(1)"))
    young = float(figure("unearned_income_of_children.age").value(first).value)
    if 0 < own.age < young and own.parents_rate >= 0.0 and not own.trust:
        rate = percent(own.parents_rate)
        words = f"Below {young:.0f} what is drawn is taxed by the parents' rate, here {rate}; wages begin at "
        words += f"{WAGES_FROM_AGE}."
        notes.append(Note(words, "IRC 1(g)"))
    if own.state == "NY" and not account.roth and not own.trust:
        words = "New York's exclusion of what an owner leaves is taken whole: heirs share it by what they get."
        notes.append(Note(words, "N.Y. Tax Law 612(c)(3-a)"))
    if account.relation == "none":
        words = "An estate is taxed here as a single person with these wages; a charity owes nothing."
        notes.append(Note(words, "IRC 641, 501(a)"))
    notes.append(Note("No 10% tax is due on what heirs draw, at any age.", "IRC 72(t)(2)(A)(ii)"))
    if own.trust:
        words = "The trust keeps what it draws and pays by its own brackets; state tax of the trust is not counted."
        notes.append(Note(words, "IRC 1(e), 641(b), 642(b)(2)(A)"))
    elif own.state is not None and own.state not in states():
        notes.append(Note(f"The income tax of {own.state} is not held, so none is counted.", "docs/states"))
    notes.append(Note("Nothing grows here, and the law of one year stands for all of them.", "docs/method.md, Heirs"))
    return notes


def _late_rollover(account: InheritedAccount, balance: float, end: int) -> list[Note]:
    """What a spouse who waits under the ten-year rule cannot roll over in the year before its last."""
    assert account.beneficiary_born is not None
    first = max(first_distribution_year(account.beneficiary_born), first_distribution_year(account.owner_born))
    ages = [year - account.beneficiary_born.year for year in range(first, end)]
    if not ages:
        return []
    missed = sum(hypothetical_minimums(balance, ages, [0.0] * len(ages)))
    words = (
        f"Who draws nothing and rolls it over to an own IRA in {end - 1} must leave out {dollars(round(missed))}: what "
        f"would have been required from {first} on."
    )
    return [Note(words, "Reg. 1.402(c)-2(j)(4), 1.408-8(c)(1)(iii)")]


def _one_of(option: str, typed: str, known: Sequence[str]) -> None:
    if typed not in known:
        nearest = nearest_name(typed, known)
        hint = f"; did you mean '{nearest}'?" if nearest else ""
        raise InputError(f"is none of these{hint}", field=option, found=typed, allowed=", ".join(known))


def inherit_json(answer: InheritAnswer) -> dict[str, Any]:
    """The answer as data for JSON, dollars to the cent; the keys are documented in docs/json.md."""
    return {
        "year": answer.year,
        "balance": answer.balance,
        "relation": answer.account.relation,
        "trust": answer.own.trust,
        "roth": answer.account.roth,
        "begun": answer.account.begun,
        "empty_by": last_year(answer.account),
        "best": answer.ways[0].way,
        "ways": [
            {
                "way": one.way,
                "tax": round(one.tax, 2),
                "kept": round(one.kept, 2),
                "years": [
                    {
                        "year": row.year,
                        "balance": round(row.balance, 2),
                        "required": round(row.required, 2),
                        "drawn": round(row.drawn, 2),
                        "tax": round(row.tax, 2),
                    }
                    for row in one.years
                ],
            }
            for one in answer.ways
        ],
        "notes": [{"words": one.words, "law": one.law} for one in answer.notes],
    }


def print_inherit(answer: InheritAnswer, console: Console) -> None:
    """The best way in a sentence, the ways side by side by year, then what to know."""
    best, worst = answer.ways[0], answer.ways[-1]
    words = f"Of {dollars(answer.balance)} the heir keeps {dollars(best.kept)}"
    if worst.kept < best.kept:
        words += f", drawn {DRAWN[best.way]}; {DRAWN[worst.way]} it would be {dollars(worst.kept)}"
    console.print(f"{words}.", style="bold", highlight=False, soft_wrap=not console.is_terminal)
    console.print()
    status = FILING_STATUS[{index: name for name, index in STATUS.items()}[answer.own.status]]
    ways = [one for name in WAYS for one in answer.ways if one.way == name]
    if answer.account.roth:
        ways = ways[:1]
    names = ["Year", "At least*"]
    for one in ways:
        names += [WAY_HEADS[one.way], "Tax"]
    beside = "In a trust" if answer.own.trust else f"Beside {dollars(answer.own.wages)} of wages, {status}"
    title = f"{beside}, by the law of {answer.year}"
    table = aligned_table(title, names, range(1, len(names)))
    for rows in zip(*(one.years for one in ways), strict=True):
        cells = [str(rows[0].year), dollars(round(rows[-1].required))]
        for row in rows:
            cells += [dollars(round(row.drawn)), dollars(round(row.tax))]
        table.add_row(*cells)
    total = ["Tax in all", ""]
    for one in ways:
        total += ["", dollars(one.tax)]
    table.add_section()
    table.add_row(*total)
    console.print(table)
    console.print("* Of what is there if nothing more is drawn before.", highlight=False)
    print_points("What to know", answer.notes, console)
