"""How numbers and names are written for a reader."""

from __future__ import annotations

from collections.abc import Iterable

from rothwell.answer import Answer
from rothwell.decision.comparison import Comparison
from rothwell.decision.measures import RELIABLE, Estimate, reliable
from rothwell.law import law_for
from rothwell.lifetime.strategies import BROKERAGE, NO_BRACKET, Strategy

PLUS_MINUS = "±"
WIDE = 0.005  # of a certainty equivalent: chance that could hide a difference of this size leaves the question open
TITLES = {
    "brokerage": "Brokerage",
    "convert_later": "Convert later",
    "mega_in_plan": "Mega, in the plan",
    "mega_yearly": "Mega, yearly",
    "mega_roth_deferral": "Mega, Roth deferrals",
    "mega_convert_later": "Mega, convert later",
}
TITLES_OF_THE_RETIRED = {
    "brokerage": "No conversions",
    "convert_later": "Convert to 22%",
    "convert_to_12": "Convert to 12%",
    "convert_to_10": "Convert to 10%",
}
FILING_STATUS = {
    "single": "single",
    "mfj": "married filing jointly",
    "mfs": "married filing separately",
    "hoh": "head of household",
    "qss": "qualifying surviving spouse",
}
BUCKETS = {"taxable": "Taxable", "pre_tax": "Tax-deferred", "roth": "Roth", "after_tax": "After-tax, not converted"}


def dollars(amount: float) -> str:
    """Whole dollars with separators."""
    whole = round(amount)
    return f"-${-whole:,}" if whole < 0 else f"${whole:,}"


def signed(amount: float) -> str:
    """Whole dollars with their sign, nothing before a zero."""
    whole = round(amount)
    return f"+${whole:,}" if whole > 0 else dollars(whole)


def with_error(estimate: Estimate) -> str:
    """A difference with its standard error, such as +$142 ±6."""
    return f"{signed(estimate.value)} {PLUS_MINUS}{estimate.standard_error:,.0f}"


def percent(rate: float, digits: int = 0) -> str:
    """A rate as a percentage."""
    return f"{100.0 * rate:.{digits}f}%"


def listed(names: Iterable[str]) -> str:
    """Names as a person lists them: a, b and c."""
    every = list(names)
    return every[0] if len(every) == 1 else f"{', '.join(every[:-1])} and {every[-1]}" if every else ""


def open_to_chance(difference: Estimate, level: float) -> bool:
    """Whether chance explains a difference and yet could hide one that matters, beside a certainty equivalent."""
    return not reliable(difference) and RELIABLE * difference.standard_error > WIDE * level


def title(strategy: str, comparison: Comparison) -> str:
    """The name of a strategy in a table; where nobody works from the start, the strategies are sizes of conversions."""
    titles = TITLES if comparison.first_retired else TITLES | TITLES_OF_THE_RETIRED
    return titles.get(strategy, strategy.replace("_", " "))


def rival_name(comparison: Comparison) -> str:
    """What differences are against, within a sentence."""
    return title(BROKERAGE, comparison).lower()


def plural(count: int, one: str, many: str) -> str:
    """A count with its noun."""
    return f"{count:,} {one if count == 1 else many}"


def in_words(strategy: Strategy, year: int, working: bool) -> str:
    """What a strategy does, complete in itself, for a household in which somebody works or nobody."""
    if not working:
        return (
            f"{filling(strategy, year)} until required distributions begin"
            if _converts(strategy)
            else "convert nothing"
        )
    if strategy.uses_after_tax:
        how_often = "at the end of each year, its earnings taxed" if strategy.conversion_waits else "at every paycheck"
        parts = [f"put in the whole after-tax room and move it to Roth {how_often}"]
    else:
        parts = ["make no after-tax contributions; what is left after living goes to the taxable account"]
    if strategy.roth_deferrals:
        parts.append("make Roth instead of pre-tax deferrals")
    if _converts(strategy):
        parts.append(f"{filling(strategy, year)} from retirement until required distributions begin")
    return "; ".join(parts)


def _converts(strategy: Strategy) -> bool:
    return strategy.fill_bracket != NO_BRACKET


def filling(strategy: Strategy, year: int) -> str:
    """The conversions of a strategy: up to the top of which bracket."""
    return f"convert to Roth up to {top_of_bracket(strategy, year)}"


def top_of_bracket(strategy: Strategy, year: int) -> str:
    """The end of the bracket that a strategy's conversions fill, by its rate in current law."""
    rate = law_for(year).record.rate_schedule.rate[strategy.fill_bracket]
    return f"the top of the {percent(float(rate))} bracket"


def name_of(answer: Answer) -> str:
    """What the household calls itself, or the names of its people."""
    household = answer.household
    return household.household.name or listed(person.name for person in household.people)


def facts_of(answer: Answer) -> str:
    """How the household files, for which years the answer is, and from how many futures."""
    household = answer.household
    status = FILING_STATUS[household.household.filing_status]
    futures = plural(answer.paths, "future", "futures")
    last = "the last death" if household.mortality.kind == "table" else f"{household.last_year}"
    return f"{status}, {answer.start_year} to {last}; {futures}, seed {answer.seed}"
