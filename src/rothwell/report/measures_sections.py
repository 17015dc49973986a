"""The sections of the measures: the next dollar, break-even rates, mixing, headroom, waiting."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rothwell.answer import Answer
from rothwell.decision.account_variance import AccountVariance
from rothwell.decision.frontier import Diversification, RothShare
from rothwell.decision.headroom import Headroom
from rothwell.decision.measures import RELIABLE, Estimate
from rothwell.decision.placements import PLACED, Placements
from rothwell.report.blocks import Grid, Section
from rothwell.report.reading import headline
from rothwell.report.words import PLUS_MINUS, dollars, percent, plural, title, with_error

NONE = "–"
ACCOUNTS = {
    "taxable": "Taxable",
    "pre_tax": "Pre-tax deferral",
    "roth": "Roth",
    "mega_backdoor": "Mega backdoor, converted at once",
    "hsa": "Health savings account",
}
SOURCES = {
    "ira": "The converted money itself",
    "taxable_efficient": "Taxable account, tax-efficient",
    "taxable_inefficient": "Taxable account, all growth taxed yearly",
    "cash": "Cash",
}
THRESHOLDS = {
    "bracket": "Next bracket",
    "medicare_premiums": "Next Medicare tier",
    "net_investment_income": "3.8% tax",
}
HOW_LATE = {
    "yearly": "once a year, the earnings until then taxed",
    "at_retirement": "at retirement, the earnings going to a traditional IRA",
}
STEPS_SHOWN = 10  # years between the years that a short table shows


def measures_sections(answer: Answer) -> Iterator[Section]:
    """Every section of the measures that has something to say."""
    yield _next_dollar_section(answer)
    yield _break_even_section(answer)
    if answer.measures.frontier is not None:
        yield _mixing_section(answer)
    yield _headroom_section(answer)
    if answer.measures.late_conversions:
        yield _waiting_section(answer)


def _under(answer: Answer) -> str:
    """Which strategy, laws and futures a measure rests on."""
    measures = answer.measures
    name = title(measures.strategy, headline(answer))
    return f"under '{name}' and '{measures.landscape}', {plural(measures.paths, 'future', 'futures')}"


def _next_dollar_section(answer: Answer) -> Section:
    found = answer.measures.placements
    works = any(row.account == "pre_tax" and row.dollars is not None for row in found.rows)
    cost = "in each account as it lies; nobody works, so nothing new can go into a plan"
    if works:
        cost = "at the same cost out of pocket: a dollar that goes in before tax saves "
        cost += f"{percent(found.rate_now)} now, so more of it goes in"
    lead = (
        f"What one more dollar of {found.person} is worth, {cost}. 'A year' is the change of the certainty equivalent "
        f"for {dollars(PLACED)}; 'beside taxable' how many dollars in the taxable account are worth as much "
        f"({_under(answer)}). Limits on what may go in are not asked here."
    )
    if works and answer.measures.frontier is not None:
        lead += " It is a dollar of this year and its bracket; those of all years are weighed under 'Mixing'."
    rows = tuple(
        (
            ACCOUNTS[row.account],
            NONE if row.dollars is None else f"${row.dollars:,.2f}",
            _cents(row.value, PLACED),
            _multiple(row.beside_taxable),
        )
        for row in found.rows
    )
    grid = Grid(
        "One more dollar placed today",
        ("Account", "In it for $1", f"A year, for {dollars(PLACED)}", "Beside taxable"),
        rows,
    )
    points = (*_rate_points(found), _variance_point(answer.measures.variance))
    return Section("next-dollar", "Where the next dollar is worth most", (lead,), (grid,), points=points)


def _cents(estimate: Estimate, scale: float) -> str:
    return f"${estimate.value * scale:,.2f} {PLUS_MINUS}{estimate.standard_error * scale:,.2f}"


def _multiple(estimate: Estimate) -> str:
    error = f" {PLUS_MINUS}{estimate.standard_error:.2f}" if estimate.standard_error > 0.0 else ""
    return f"${estimate.value:.2f}{error}"


def _rate_points(found: Placements) -> Iterator[str]:
    rate, now = found.rate_of_indifference, found.rate_now
    error = f"{percent(rate.value, 1)} {PLUS_MINUS}{100.0 * rate.standard_error:.1f}"
    if abs(rate.value - now) <= RELIABLE * rate.standard_error:
        better = "so the two are worth the same"
    else:
        better = "so pre-tax is worth more" if now > rate.value else "so Roth is worth more"
    yield f"A pre-tax and a Roth dollar are worth the same at a tax of {error} now; it is {percent(now, 1)}, {better}."


def _variance_point(found: AccountVariance) -> str:
    """Which account varies more, and why: the evidence against diversification is told too."""
    ratio, mean = found.ratio, found.mean_ratio
    words = "varies about as much as"
    if abs(ratio.value - 1.0) > RELIABLE * ratio.standard_error:
        words = "varies less than" if ratio.value < 1.0 else "varies more than"
    growth = percent(found.variation_of_growth)
    rule = "at no growth would it vary less, were rate and growth independent: the rate expected is not above today's"
    if math.isfinite(found.threshold):
        limit = percent(found.threshold, 1)
        rule = f"were rate and growth independent, it would vary less where growth varies by more than {limit}"
    return (
        "The traditional account bears all the risk of the tax rate. After "
        f"{plural(found.years, 'year', 'years')} what it leaves after tax {words} the Roth account: variance "
        f"{ratio.value:.2f} {PLUS_MINUS}{ratio.standard_error:.2f} times, mean {mean.value:.2f} times. Growth varies "
        f"by {growth} of its mean; {rule}."
    )


def _break_even_section(answer: Answer) -> Section:
    found = answer.measures.break_even
    lead = (
        f"The future tax rate at which converting a dollar now, at {percent(found.rate_now, 1)}, and leaving it are "
        f"the same after {plural(found.years, 'year', 'years')}, by what pays the tax; and how many of the years after "
        "work have a bracket above the break-even of that year. Below it, leaving the money is right "
        f"({_under(answer)})."
    )
    rows = tuple(
        (
            SOURCES[one.source],
            percent(one.rate, 1),
            f"{percent(one.exceeded.value)} {PLUS_MINUS}{100.0 * one.exceeded.standard_error:.1f}",
        )
        for one in found.sources
    )
    grid = Grid("Break-even future tax rate", ("The tax is paid from", "Break-even rate", "Years above it"), rows)
    return Section("break-even-rate", "Break-even tax rate of a conversion", (lead,), (grid,))


def _mixing_section(answer: Answer) -> Section:
    found = answer.measures.frontier
    assert found is not None
    spreads = any(one.law_spread is not None for one in found.shares)
    lead = (
        f"The strategy to follow with a share of the elective deferrals in Roth ({_under(answer)}): its certainty "
        "equivalent, and what it is above no Roth deferrals on the same futures."
    )
    if spreads:
        lead += " 'Between laws' is that under the best possible law less that under the worst: the risk of the law."
    columns = ("Roth share", "A year", "Above no Roth", *(("Between laws", "Best, worst law") if spreads else ()))
    grid = Grid(
        "Roth shares of the deferrals",
        columns,
        tuple(tuple(_share_row(one, spreads)) for one in found.shares),
        words=frozenset({4}) if spreads else frozenset(),
    )
    points = [f"Under the landscape's beliefs: {mixing_words(found.diversification)}"]
    if found.mean_preserving is not None:
        words = mixing_words(found.mean_preserving)
        points.append(f"With the mean of every rate kept at current law's, so that only its risk is left: {words}")
    elif not answer.measures.complete:
        points.append("With the mean of every rate kept at current law's: `--measures all`.")
    if not answer.measures.complete:
        points.append("The spread between laws for each share: `--measures all`.")
    charts = ("frontier",) if spreads else ()
    return Section("mixing", "Mixing pre-tax and Roth deferrals", (lead,), (grid,), charts, tuple(points))


def _share_row(one: RothShare, spreads: bool) -> Iterator[str]:
    yield percent(one.share)
    yield dollars(one.certainty_equivalent.value)
    yield NONE if one.share == 0.0 else with_error(one.above_none)
    if spreads and one.law_spread is not None:
        yield f"{dollars(one.law_spread.value)} {PLUS_MINUS}{one.law_spread.standard_error:,.0f}"
        yield f"{one.best_law}, {one.worst_law}"


def mixing_words(found: Diversification) -> str:
    """What mixing is worth, in a sentence."""
    corner = "all Roth" if found.best_corner > 0.0 else "no Roth at all"
    mix, value = percent(found.best_mix), found.value
    if found.worthless:
        return (
            f"mixing is worth nothing; the best mix tried, {mix} Roth, comes to {with_error(value)} a year beside "
            f"{corner}."
        )
    return f"the best mix tried, {mix} Roth, is worth {with_error(value)} a year more than {corner}."


def _headroom_section(answer: Answer) -> Section:
    every = answer.measures.headroom
    lead = (
        "How much more ordinary income fits before the next threshold, real dollars: taxable income up to the top of "
        f"the bracket, adjusted gross income up to the others ({_under(answer)}). Where benefits are not yet taxed in "
        "full, a dollar of income uses up to $1.85 of it."
    )
    first = headline(answer).first_retired
    short = [one for place, one in enumerate(every) if place == 0 or (place - first) % STEPS_SHOWN == 0]
    columns = ("Year", *THRESHOLDS.values())
    grids = (
        Grid("Headroom of the median future", columns, tuple(_headroom_row(one) for one in short)),
        Grid("Headroom, every year", columns, tuple(_headroom_row(one) for one in every), only_page=True),
    )
    return Section("headroom", "Headroom by year", (lead,), grids, ("headroom",))


def _headroom_row(one: Headroom) -> tuple[str, ...]:
    rooms = (one.room.get(name) for name in THRESHOLDS)
    return (str(one.year), *(NONE if room is None else dollars(room.value) for room in rooms))


def _waiting_section(answer: Answer) -> Section:
    measures = answer.measures
    late = [
        f"Converting {HOW_LATE[one.how_late]}, rather than at every paycheck, costs "
        f"{dollars(one.cost.value)} {PLUS_MINUS}{one.cost.standard_error:,.0f} a year."
        for one in measures.late_conversions
    ]
    lead = f"Real dollars a year ({_under(answer)})."
    if not measures.acting_now:
        points = (*late, "The value of acting now if a ban comes: `--measures all`.")
        return Section("waiting", "What waiting costs", (lead,), points=points)
    lead = (
        f"What after-tax contributions are worth against never using them if a ban of new ones is sure to come, and "
        f"what beginning a year later loses of that. {lead}"
    )
    rows = tuple(
        (
            f"{plural(one.years, 'year', 'years')} ({answer.start_year + one.years})",
            with_error(one.value),
            with_error(one.lost_by_waiting),
        )
        for one in measures.acting_now
    )
    grid = Grid("If a ban begins after", ("Ban after", "Worth", "Lost by waiting a year"), rows)
    return Section("waiting", "What waiting costs", (lead,), (grid,), points=tuple(late))
