"""How numbers and names are written for a reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rothwell.answer import Answer
from rothwell.decision.comparison import Comparison
from rothwell.decision.measures import RELIABLE, Estimate, reliable
from rothwell.law import law_for
from rothwell.lifetime.strategies import BROKERAGE, NEVER, NO_BRACKET, Strategy

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
    "convert_all_in": "Convert below 24%",
    "deferred_first": "Deferred first",
    "harvest_gains": "Harvest gains",
}
FILING_STATUS = {
    "single": "single",
    "mfj": "married filing jointly",
    "mfs": "married filing separately",
    "hoh": "head of household",
    "qss": "qualifying surviving spouse",
}
DRAWN = {"level": "in equal parts", "fill": "by the bracket", "last": "in the last year"}
"""How inherited pre-tax money is drawn, of bequest.WAYS."""
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
    later = [*_conversions(strategy, year, working), *_withdrawals(strategy, year), *_spending(strategy)]
    if not working:
        return "; ".join(later if strategy.converts else ["convert nothing", *later])
    if strategy.uses_after_tax:
        share = strategy.after_tax_share
        room = "the whole after-tax room" if share == 1.0 else f"{percent(share)} of the after-tax room"
        how_often = "at the end of each year, its earnings taxed" if strategy.conversion_waits else "at every paycheck"
        parts = [f"put in {room} and move it to Roth {how_often}"]
    else:
        parts = ["make no after-tax contributions; what is left after living goes to the taxable account"]
    return "; ".join([*parts, *_deferrals(strategy), *later])


def _deferrals(strategy: Strategy) -> Iterator[str]:
    """The Roth part of the elective deferrals, by phase."""
    if not strategy.uses_roth_deferrals:
        return
    early, late = strategy.roth_deferrals, strategy.late_roth_deferrals
    if strategy.late_career_age >= NEVER or early == late:
        part = "" if early == 1.0 else f" for {percent(early)} of them"
        yield f"make Roth instead of pre-tax deferrals{part}"
    else:
        age = f"{strategy.late_career_age:g}"
        yield f"make {percent(early)} of the deferrals Roth before the age of {age}, and {percent(late)} from then on"


def _conversions(strategy: Strategy, year: int, working: bool) -> Iterator[str]:
    """Up to where money is converted, and when."""
    since = " from retirement" if working else ""
    if strategy.fill_bracket != NO_BRACKET:
        yield f"{filling(strategy, year)}{since} until required distributions begin"
    rates = (strategy.rate_before_claiming, strategy.rate_after_claiming, strategy.rate_after_rmds)
    if max(rates) > 0.0:
        begin = "from retirement on, " if working else ""
        if min(rates) == max(rates):
            yield f"{begin}{filling(strategy, year)}"
        else:
            phases = zip(
                ("before anybody has benefits", "after that", "once distributions are required"), rates, strict=True
            )
            below = ", ".join(f"{percent(rate)} {phase}" if rate else f"none {phase}" for phase, rate in phases)
            yield f"{begin}convert to Roth while the next dollars cost less in all than: {below}"


def _withdrawals(strategy: Strategy, year: int) -> Iterator[str]:
    """Gains that are harvested, and an order of withdrawals other than taxable money first."""
    if strategy.gain_harvest > 0.0:
        part = "" if strategy.gain_harvest == 1.0 else f"{percent(strategy.gain_harvest)} of "
        yield f"until benefits begin, realize gains and buy back, up to {part}the end of the zero rate on gains"
    if strategy.deferred_first != NO_BRACKET:
        yield f"spend tax-deferred money up to {_top(strategy.deferred_first, year)} before taxable money"
    if strategy.deferred_share > 0.0:
        beside = percent(strategy.deferred_share)
        yield f"take {beside} of what is needed from tax-deferred money beside taxable money"


def _spending(strategy: Strategy) -> Iterator[str]:
    """Numbers of the spending rule that are not those of the file."""
    if strategy.spend_to_age is not None:
        yield f"spread savings to age {strategy.spend_to_age:g}"
    if strategy.spend_at_rate is not None:
        yield f"spread savings at {percent(strategy.spend_at_rate, 1)} real"
    if strategy.deferred_weight is not None:
        yield f"count a tax-deferred dollar as {percent(strategy.deferred_weight)}"
    if strategy.guardrail_width is not None:
        yield f"keep spending within {percent(strategy.guardrail_width)} of the amortized amount"


def filling(strategy: Strategy, year: int) -> str:
    """The conversions of a strategy: up to where."""
    return f"convert to Roth {up_to(strategy, year)}"


def up_to(strategy: Strategy, year: int) -> str:
    """Where a strategy's conversions end: a bracket by its rate in current law, or an all-in rate."""
    if strategy.fill_bracket == NO_BRACKET:
        rates = (strategy.rate_before_claiming, strategy.rate_after_claiming, strategy.rate_after_rmds)
        return f"while the next dollars cost less than {percent(max(rates))} in all"
    return f"up to {_top(strategy.fill_bracket, year)}"


def _top(bracket: int, year: int) -> str:
    """The end of a bracket, by its rate in current law."""
    return f"the top of the {percent(float(law_for(year).record.rate_schedule.rate[bracket]))} bracket"


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
