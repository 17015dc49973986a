"""What an answer says, in words: which strategy to follow, what the mega backdoor is worth, how sure that is.

The rules of reading: a difference counts when it exceeds two standard errors; what adds nothing by that measure is left
out, so the strategy to follow is the simplest of those that are not beaten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rothwell.answer import Answer
from rothwell.decision.comparison import Comparison
from rothwell.decision.measures import Estimate, reliable
from rothwell.decision.recommendation import asked_about, most_laws, recommended
from rothwell.lifetime.states_in_words import taxes_counted
from rothwell.lifetime.strategies import BROKERAGE
from rothwell.mega_backdoor.capacity import EmployerCapacity, PersonCapacity
from rothwell.report.words import (
    PLUS_MINUS,
    dollars,
    listed,
    open_to_chance,
    percent,
    plural,
    up_to,
)

CENT = 0.005
NO_ROOM = {
    "annual_additions": "the 415(c) limit is used up",
    "compensation": "100% of pay is used up",
    "plan_cap": "its own cap leaves none",
    "acp": "the ACP limit leaves none",
    "not_allowed": "it takes none",
}


@dataclass(frozen=True, slots=True)
class Question:
    """What an answer turns on: the difference that decides, the two strategies and the words for doing and leaving it.

    `without_bequest` is the same difference if the estate had no weight.
    """

    words: str
    doing: str
    leaving: str
    with_it: str
    without_it: str
    difference: Estimate
    without_bequest: Estimate
    level: float

    @property
    def verdict(self) -> str:
        """yes, no (it costs), nothing (chance explains the difference), or unclear (more futures could tell)."""
        if not reliable(self.difference):
            return "unclear" if open_to_chance(self.difference, self.level) else "nothing"
        return "yes" if self.difference.value > 0.0 else "no"


def headline(answer: Answer) -> Comparison:
    """The comparison that the headline speaks of: the landscape with most possible laws."""
    return most_laws(answer.comparisons)


def question(comparison: Comparison) -> Question:
    """What the household has to decide: the mega backdoor where a plan allows it, else conversions after retirement."""
    with_it, without_it, difference, without_bequest = asked_about(comparison)
    level = comparison.result(without_it).certainty_equivalent.value
    if comparison.mega_backdoor is not None:
        return Question(
            words="Worth it?",
            doing="using it",
            leaving="leaving it is right: save in the taxable account instead",
            with_it=with_it,
            without_it=without_it,
            difference=difference,
            without_bequest=without_bequest,
            level=level,
        )
    best = comparison.result(with_it).strategy
    return Question(
        words="Convert to Roth?",
        doing=best.words.replace("as brokerage, with conversions", "converting"),
        leaving="leave the tax-deferred money where it is",
        with_it=with_it,
        without_it=without_it,
        difference=difference,
        without_bequest=without_bequest,
        level=level,
    )


def pair(comparison: Comparison) -> tuple[str, str]:
    """The strategy to follow and the one to hold beside it: brokerage, or the one that was asked about."""
    chosen = recommended(comparison)
    return chosen, BROKERAGE if chosen != BROKERAGE else question(comparison).with_it


def works(answer: Answer) -> bool:
    """Whether anybody has a job in the first year."""
    return headline(answer).first_retired > 0


def opening(answer: Answer) -> tuple[str, ...]:
    """The answer in at most five lines: the room, whether it is worth it, how sure, and what it rests on."""
    main = headline(answer)
    asked = question(main)
    first = (room_line(answer), f"{asked.words} {worth(answer, asked)}") if works(answer) else _alone(answer, asked)
    return (*first, _sure_line(answer, main, asked), _other_weight_line(answer, asked), _rests_line(answer))


def assumed(answer: Answer) -> tuple[str, ...]:
    """What stands directly under the first lines: what the file does not say and the answer takes for granted."""
    return tuple(f"Assumed: {words}" for words in answer.assumptions)


def found(answer: Answer) -> tuple[str, ...]:
    """What stands under the first lines where a thing that is often sold is worth nothing to this household."""
    frontier = answer.measures.frontier
    if frontier is None or not frontier.diversification.worthless:
        return ()
    one = frontier.diversification
    corner = "all Roth" if one.best_corner > 0.0 else "no Roth at all"
    return (
        f"Mixing pre-tax and Roth deferrals is worth nothing to this household: the best mix tried, "
        f"{percent(one.best_mix)} Roth, comes to {_amount(one.value)} a year beside {corner}.",
    )


def _alone(answer: Answer, asked: Question) -> tuple[str, str]:
    """The first two lines where nobody works and the one question is whether to convert, and how much."""
    strategy = headline(answer).result(asked.with_it).strategy
    size = f"{up_to(strategy, answer.start_year)} each year"
    amount, share = _amount_and_share(asked)
    best = f"The best of the sizes tried, {size},"
    if asked.verdict == "yes":
        worth = f"worth {amount} a year for life ({share} more)"
        return f"{asked.words} Yes.", f"Convert {size}: {worth}{_conversion_of_first_year(answer, asked)}."
    if asked.verdict == "no":
        return f"{asked.words} No: {asked.leaving}.", f"{best} costs {amount} a year for life ({share} less)."
    came_out = f"{_amount(asked.difference)} a year for life"
    if asked.verdict == "unclear":
        return f"{asked.words} {_not_told(answer)}; ask for more (--paths).", f"{best} came out at {came_out}."
    words = f"{best} is worth nothing that can be told from chance ({came_out})."
    return f"{asked.words} It makes no difference: {asked.leaving}.", words


def _conversion_of_first_year(answer: Answer, asked: Question) -> str:
    """What is converted in the first year and the income tax of that year that it causes."""
    main = headline(answer)
    names = [one.strategy.name for one in main.results]
    converting, leaving = (main.first_year[names.index(name)] for name in (asked.with_it, asked.without_it))
    converted = float(converting["conversion"])
    if converted < CENT:
        return ""
    tax = sum(float(converting[name] - leaving[name]) for name in ("income_tax", "state_tax", "local_tax"))
    return f"; this year {dollars(converted)}, which costs {dollars(tax)} of tax"


def _not_told(answer: Answer) -> str:
    return f"It cannot be told with {plural(answer.paths, 'future', 'futures')}"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def room_line(answer: Answer) -> str:
    """What can go in this year, everybody in one sentence."""
    year = answer.capacity.year
    open_rooms = [
        f"{person.name} can put {dollars(employer.after_tax_room)} of after-tax money into the {employer.employer} plan"
        for person, employer in employers(answer)
        if employer.after_tax_room > CENT
    ]
    if open_rooms:
        return f"{listed(open_rooms)} in {year}."
    places: dict[str, list[str]] = {}
    for _, employer in employers(answer):
        why = NO_ROOM[employer.limited_by] if employer.lines else "no plan"
        places.setdefault(why, []).append(employer.employer)
    reasons = "; ".join(f"{listed(names)}: {why}" for why, names in places.items())
    return f"No after-tax money can go into a plan in {year} ({reasons})."


def employers(answer: Answer) -> Iterator[tuple[PersonCapacity, EmployerCapacity]]:
    """Every person with every employer."""
    for person in answer.capacity.people:
        for employer in person.employers:
            yield person, employer


def worth(answer: Answer, asked: Question) -> str:
    """Whether it is worth it, in a sentence or two, with the difference and its standard error."""
    amount, share = _amount_and_share(asked)
    life = "a year for life after work"
    if asked.verdict == "yes":
        return f"Yes: {asked.doing} is worth {amount} {life} ({share} more)."
    if asked.verdict == "no":
        return f"No: {asked.doing} costs {amount} {life} ({share} less). {_sentence(asked.leaving)}"
    if asked.verdict == "unclear":
        came_out = f"{asked.doing} came out at {_amount(asked.difference)} {life}"
        return f"{_not_told(answer)}: {came_out}; ask for more (--paths)."
    chance = f"{asked.doing} is worth nothing that can be told from chance ({_amount(asked.difference)} {life})"
    return f"No: {chance}. {_sentence(asked.leaving)}"


def _amount_and_share(asked: Question) -> tuple[str, str]:
    """The size of the difference that decides, with its standard error, and its share of the certainty equivalent."""
    size = abs(asked.difference.value)
    amount = f"{dollars(size)} {PLUS_MINUS}{asked.difference.standard_error:,.0f}"
    return amount, percent(size / asked.level, 1 if size > asked.level / 100.0 else 2)


def _sure_line(answer: Answer, main: Comparison, asked: Question) -> str:
    words = f"{PLUS_MINUS} is one standard error of {plural(answer.paths, 'future', 'futures')}"
    if len(main.landscape.regimes) > 1:
        words += f" under '{main.landscape.name}' (beliefs)"
    for other in (one for one in answer.comparisons if one is not main):
        same = other.result(asked.with_it).paired_difference  # of the same size of conversions
        difference = same if main.mega_backdoor is None else question(other).difference
        stays = other.landscape.is_certain
        words += f"; {'if the law stays' if stays else f'under {other.landscape.name!r}'}: {_amount(difference)}"
    return words + "."


def _other_weight_line(answer: Answer, asked: Question) -> str:
    years = answer.household.beliefs.bequest_years
    unit = f"In {answer.start_year} dollars per equivalent adult"
    if years <= 0.0:
        return f"{unit}; the estate carries no weight."
    return f"{unit}; {_amount(asked.without_bequest)} with no weight on the estate (now {years:g} years)."


def _rests_line(answer: Answer) -> str:
    last = "average-cost sales" if works(answer) else "three sizes of conversions"
    lives = "lives by the life table" if answer.household.mortality.kind == "table" else "planning ages"
    taxes = taxes_counted(answer.household, answer.start_year)
    flat = answer.household.beliefs.heirs_tax_rate is not None
    heirs = "one tax rate for heirs" if flat else "the heirs' own returns"
    return f"It rests on {taxes}, {lives}, {heirs}, {last}."


def _amount(difference: Estimate) -> str:
    return f"{dollars(difference.value)} {PLUS_MINUS}{difference.standard_error:,.0f}"
