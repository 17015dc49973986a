"""The strategies compared, the law that helps each, and the buckets."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from rothwell.answer import Answer
from rothwell.decision.comparison import Comparison, StrategyResult
from rothwell.decision.recommendation import recommended
from rothwell.lifetime.strategies import BROKERAGE
from rothwell.lifetime.year_record import TABLE_COLUMNS
from rothwell.report.blocks import Grid, Section
from rothwell.report.landscape_words import shock_points
from rothwell.report.reading import headline, pair, works
from rothwell.report.words import (
    BUCKETS,
    PLUS_MINUS,
    dollars,
    in_words,
    percent,
    plural,
    rival_name,
    title,
    with_error,
)

NONE = "–"
SMALLEST_CHANCE = 0.0005  # below half a tenth of a percent a chance is written as 0


def strategies_section(answer: Answer) -> Section:
    """A table of every strategy for each landscape, with words for the presets."""
    main = headline(answer)
    years = answer.household.beliefs.bequest_years
    notes = [
        f"'A year' is the certainty equivalent: the steady yearly spending after work, in {answer.start_year} dollars "
        f"per equivalent adult ({_adults(answer)}), that is worth as much as the whole uncertain life. {PLUS_MINUS} is "
        "one standard error; a difference counts when it exceeds two.",
        "'Shortfall' is the chance of at least one year after work below the essential spending.",
    ]
    if years > 0.0:
        notes.insert(1, _bequest_note(answer, years))
    points = tuple(
        f"{title(one.name, main)} ({one.name}): {in_words(one, answer.start_year, works(answer))}."
        for one in (result.strategy for result in main.results)
    )
    grids = [_strategy_grid(one, recommended(one), answer.paths) for one in answer.comparisons]
    return Section("strategies", "The strategies", tuple(notes), tuple(grids), points=points)


def _adults(answer: Answer) -> str:
    if len(answer.household.people) == 1:
        return "one person counts as 1"
    return f"two count as {answer.household.beliefs.equivalence:g}"


def _bequest_note(answer: Answer, years: float) -> str:
    counts = f"The estate counts as {years:g} years of living (a belief, `bequest_years`)"
    if answer.household.spending.rule != "amortized":
        return f"{counts}; 'estate weightless' shows the difference if it counted for nothing."
    return (
        f"{counts}. Under the amortized rule everything is spent by the planning age, so that weight pulls 'a year' "
        "toward the floor and shrinks every difference; 'estate weightless' shows the difference without it."
    )


def _strategy_grid(comparison: Comparison, chosen: str, paths: int) -> Grid:
    names = [one.strategy.name for one in comparison.results]
    fewer = f", {plural(comparison.paths, 'future', 'futures')}" if comparison.paths < paths else ""
    return Grid(
        f"{landscape_words(comparison)}: real dollars{fewer}",
        ("Strategy", "A year", f"Above {rival_name(comparison)}", "Estate weightless", "Estate", "Shortfall"),
        tuple(_strategy_row(comparison, one) for one in comparison.results),
        strong=frozenset({names.index(chosen)}),
    )


def landscape_words(comparison: Comparison) -> str:
    """A landscape's name, and whether its probabilities are beliefs."""
    one = comparison.landscape
    if one.is_certain:
        return f"If the law is '{one.name}'"
    return f"If the law may change ('{one.name}', beliefs)"


def _strategy_row(comparison: Comparison, result: StrategyResult) -> tuple[str, ...]:
    alone = result.strategy.name == BROKERAGE
    chance = result.shortfall.chance.value
    return (
        title(result.strategy.name, comparison),
        dollars(result.certainty_equivalent.value),
        NONE if alone else with_error(result.paired_difference),
        NONE if alone else with_error(result.without_bequest),
        dollars(result.estate.value),
        "0%" if chance < SMALLEST_CHANCE else percent(chance, 1),
    )


def law_section(answer: Answer) -> Section | None:
    """Which law helps which strategy: differences with the law locked to each regime."""
    grids: list[Grid] = []
    points: list[str] = []
    for comparison in answer.comparisons:
        if len(comparison.landscape.regimes) > 1:
            grids.append(_law_grid(comparison))
            points += _regime_points(comparison)
    if not grids:
        return None
    lead = (
        "The same markets and lives with the law going to one regime at its first possible year and staying there, "
        f"without shocks and drift: real dollars a year above {rival_name(headline(answer))}, {PLUS_MINUS} one "
        "standard error. The chances of the regimes are beliefs."
    )
    return Section("law", "Which law helps whom", (lead,), tuple(grids), ("law",), tuple(points))


def _law_grid(comparison: Comparison) -> Grid:
    rivals = [one for one in comparison.results if one.strategy.name != BROKERAGE]
    rows = [
        ("All together", *(with_error(one.paired_difference) for one in rivals)),
        *(
            (
                f"{regime.name}, {percent(comparison.regime_shares[regime.name])}",
                *(with_error(one.by_regime[regime.name].paired_difference) for one in rivals),
            )
            for regime in comparison.landscape.regimes
        ),
    ]
    return Grid(
        f"'{comparison.landscape.name}' (beliefs), above {rival_name(comparison)}",
        ("Law, share of years", *(title(one.strategy.name, comparison) for one in rivals)),
        tuple(rows),
        strong=frozenset({0}),
    )


def _regime_points(comparison: Comparison) -> Iterator[str]:
    for regime in comparison.landscape.regimes:
        share = percent(comparison.regime_shares[regime.name])
        yield f"{regime.name} ({share} of the years, a belief): {regime.note or 'no note'}."
    yield from shock_points(comparison.landscape)


def buckets_section(answer: Answer) -> Section:
    """The three buckets at retirement and late in life, and year by year."""
    main = headline(answer)
    names = pair(main)
    results = [main.result(name) for name in names]
    moments = list(results[0].buckets)
    rows = []
    for bucket, words in BUCKETS.items():
        cells = [dollars(result.buckets[moment][bucket].value) for moment in moments for result in results]
        if bucket != "after_tax" or any(cell != "$0" for cell in cells):
            rows.append((words, *cells))
    columns = [f"{moment.capitalize()}: {title(name, main)}" for moment in moments for name in names]
    notes = (
        "Medians of each bucket by itself, at the end of the year; 'at retirement' is the first year in which nobody "
        "works.",
    )
    grid = Grid("Median balances, real dollars", ("Bucket", *columns), tuple(rows), notes)
    charts = ("buckets", "spending", "income")
    return Section("buckets", "The three buckets", (), (grid, _year_grid(answer, main, names[0])), charts)


YEAR_COLUMNS = (
    ("pay", "Pay"), ("after_tax", "After-tax"), ("conversion", "Converted"), ("rmd", "RMD"), ("benefits", "Benefits"),
    ("spending", "Spending"), ("income_tax", "Income tax"), ("agi", "AGI"), ("marginal_rate", "Bracket"),
    ("end_taxable", "Taxable"), ("end_pre_tax", "Tax-deferred"), ("end_roth", "Roth"),
)  # fmt: skip


WHERE_THEY_COME = (
    ("incomes", "Other income"), ("costs", "Costs"), ("goals", "Goals"), ("premiums", "Premiums"),
    ("premium_tax_credit", "Premium credit"), ("medical", "Other health"),
    ("state_tax", "State tax"), ("local_tax", "Local tax"),
)  # fmt: skip
"""Columns of the year table that are shown where the household's file gives rise to them; premiums with the credit."""


def _year_columns(table: NDArray[np.float64]) -> tuple[tuple[str, str], ...]:
    """The columns of a year table, [year, TABLE_COLUMNS]."""
    comes = {key: bool((table[:, TABLE_COLUMNS.index(key)] != 0.0).any()) for key, _ in WHERE_THEY_COME}
    comes["premiums"] = comes["premium_tax_credit"] or comes["medical"]
    return (*YEAR_COLUMNS, *((key, words) for key, words in WHERE_THEY_COME if comes[key]))


def _year_grid(answer: Answer, comparison: Comparison, name: str) -> Grid:
    """The median year of the strategy to follow, every year."""
    position = [one.strategy.name for one in comparison.results].index(name)
    columns = _year_columns(comparison.table[position])
    rows = []
    for index, values in enumerate(comparison.table[position]):
        named = dict(zip(TABLE_COLUMNS, values, strict=True))
        cells = [_year_cell(key, named[key]) for key, _ in columns]
        rows.append((str(answer.start_year + index), *cells))
    return Grid(
        f"Year by year under '{title(name, comparison)}': medians, real dollars",
        ("Year", *(words for _, words in columns)),
        tuple(rows),
        ("Each number is the median over the futures by itself: a row need not add up.",),
        only_page=True,
    )


def _year_cell(key: str, value: float) -> str:
    if key == "marginal_rate":
        return percent(value)
    return dollars(value) if round(value) else NONE


def fee_section(answer: Answer) -> Section | None:
    """The plan fee at which the mega backdoor and brokerage are worth the same."""
    plan_fee = answer.household.market.plan_fee
    points = []
    for comparison in answer.comparisons:
        mega = comparison.mega_backdoor
        if mega is None:
            continue
        ahead = comparison.result("mega_in_plan").paired_difference.value > 0.0
        name = f"Under '{comparison.landscape.name}'"
        if mega.break_even_fee is not None:
            fee = percent(mega.break_even_fee, 2)
            points.append(f"{name} the advice turns at a plan fee of {fee} a year.")
        elif ahead:
            points.append(f"{name} it is worth more than brokerage at every fee up to 5% a year.")
        else:
            points.append(f"{name} brokerage is already ahead at the fee of today.")
    if not points:
        return None
    followed = title("mega_in_plan", headline(answer))
    lead = f"What the plan's funds may cost a year before '{followed}' is worth no more than brokerage"
    now = f"today's default fee is {percent(plan_fee, 2)} in the plan"
    taxable = f"{percent(answer.household.market.taxable_fee, 2)} in the taxable account"
    return Section("fee", "Break-even plan fee", (f"{lead}; {now} and {taxable}.",), points=tuple(points))
