"""The charts of the page as Vega-Lite specifications: one definition, drawn by the page itself."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from rothwell.answer import Answer
from rothwell.decision.comparison import Comparison
from rothwell.decision.measures import RELIABLE
from rothwell.law import Growth, figure, figures
from rothwell.lifetime.household_arrays import household_arrays
from rothwell.lifetime.strategies import BROKERAGE
from rothwell.lifetime.year_record import TABLE_COLUMNS
from rothwell.report.chart_parts import Chart, Key, by_year, dollar_axis, field, spec, year_axis
from rothwell.report.measures_charts import measures_charts
from rothwell.report.reading import headline, pair
from rothwell.report.words import BUCKETS, dollars, percent, rival_name, title

ROW = 15  # pixels for each strategy within a law
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
GLYPHS = ("●", "■", "▲", "◆", "✚", "▼")
HEADROOM = 1.06  # of the scale above the highest value
FAN_LOW, FAN_LOWER, FAN_MIDDLE, FAN_UPPER, FAN_HIGH = range(5)


def charts(answer: Answer) -> tuple[Chart, ...]:
    """Every chart of a page, in its order."""
    main = headline(answer)
    names = pair(main)
    every = [_law(main)] if len(main.landscape.regimes) > 1 else []
    top = max(_bucket_values(main, name).sum(axis=1).max() for name in names) * HEADROOM
    every += [_buckets(answer, main, name, float(top)) for name in names]
    every += [_spending(answer, main, names), _income(answer, main, names), *measures_charts(answer)]
    return tuple(every)


def _position(comparison: Comparison, name: str) -> int:
    return [one.strategy.name for one in comparison.results].index(name)


def _column(comparison: Comparison, name: str, column: str) -> NDArray[np.float64]:
    return np.asarray(comparison.table[_position(comparison, name)][:, TABLE_COLUMNS.index(column)])


def _bucket_values(comparison: Comparison, name: str) -> NDArray[np.float64]:
    return np.stack([_column(comparison, name, f"end_{bucket}") for bucket in BUCKETS], axis=1)


def _years(answer: Answer, comparison: Comparison) -> list[int]:
    return [answer.start_year + index for index in range(comparison.table.shape[1])]


def _retirement(answer: Answer, comparison: Comparison) -> list[alt.Chart]:
    """A rule at the first year in which nobody works; none for a household that is retired already."""
    if comparison.first_retired == 0:
        return []
    rows = [{"year": answer.start_year + comparison.first_retired, "words": "nobody works"}]
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=year_axis())
    rule = base.mark_rule(stroke="var(--ink-soft)", strokeDash=[3, 3])
    words = base.mark_text(align="left", dx=5, y=8, fill="var(--ink-soft)", fontSize=11).encode(text="words:N")
    return [rule, words]


def _buckets(answer: Answer, comparison: Comparison, name: str, top: float) -> Chart:
    """Median balances by year, stacked."""
    values = _bucket_values(comparison, name)
    shown = [position for position in range(len(BUCKETS)) if values[:, position].max() > 1.0]
    keys = list(BUCKETS)
    rows = [
        {"year": year, "bucket": BUCKETS[keys[position]], "order": position, "balance": round(float(row[position]))}
        for year, row in zip(_years(answer, comparison), values, strict=True)
        for position in shown
    ]
    names, colors = [BUCKETS[keys[one]] for one in shown], [f"var(--{keys[one].replace('_', '-')})" for one in shown]
    area = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_area(line=False, opacity=0.9)
        .encode(
            x=year_axis(),
            y=alt.Y("balance:Q", stack="zero", axis=dollar_axis(), scale=alt.Scale(domain=[0, top], nice=False)),
            color=alt.Color("bucket:N", scale=alt.Scale(domain=names, range=colors), legend=None),
            order="order:Q",
        )
    )
    told = [
        {"year": year, **{BUCKETS[keys[one]]: round(float(row[one])) for one in reversed(shown)}}
        for year, row in zip(_years(answer, comparison), values, strict=True)
    ]
    first = comparison.first_retired
    ends = ", ".join(
        f"{words.lower()} {dollars(values[first, position])}" for position, words in enumerate(BUCKETS.values())
    )
    return Chart(
        f"buckets-{name}",
        "buckets",
        f"Median balances: {title(name, comparison)}",
        f"Stacked areas of the median real balances by year under {title(name, comparison)}. At the end of "
        f"{answer.start_year + first}: {ends}.",
        tuple(Key("■", color, words) for color, words in zip(colors, names, strict=True)),
        spec(alt.layer(area, *_retirement(answer, comparison), by_year(told))),
    )


def _spending(answer: Answer, comparison: Comparison, names: tuple[str, str]) -> Chart:
    """Real spending: the fan of the strategy to follow and the median of the other."""
    name, other = names
    followed, beside = title(name, comparison), title(other, comparison)
    fan = comparison.spending_fan[_position(comparison, name)]
    rival = comparison.spending_fan[_position(comparison, other)][FAN_MIDDLE]
    labels = ("10%", "25%", "median", "75%", "90%")
    rows: list[dict[str, Any]] = []
    for index, year in enumerate(_years(answer, comparison)):
        levels = {label: round(float(fan[level, index])) for level, label in reversed(list(enumerate(labels)))}
        rows.append({"year": year, **levels, beside: round(float(rival[index]))})
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=year_axis())
    axis = alt.Y("10%:Q", axis=dollar_axis(), scale=alt.Scale(zero=False))
    outer = base.mark_area(fill="var(--accent)", opacity=0.18).encode(y=axis, y2="90%:Q")
    inner = base.mark_area(fill="var(--accent)", opacity=0.28).encode(y=alt.Y("25%:Q"), y2="75%:Q")
    middle = base.mark_line(stroke="var(--accent)", strokeWidth=2.5).encode(y=alt.Y("median:Q"))
    dashed = base.mark_line(stroke="var(--taxable)", strokeDash=[6, 3], strokeWidth=2).encode(y=field(beside))
    layers = [outer, inner, middle, dashed]
    keys = (
        Key("█", "var(--accent)", f"{followed}: median, with the middle 50% and 80% of the futures"),
        Key("╍", "var(--taxable)", f"{beside}: median"),
    )
    first = comparison.first_retired
    words = (
        f"Real spending by year. In {answer.start_year + first}, the first year in which nobody works: median "
        f"{dollars(fan[FAN_MIDDLE, first])}, one future in ten below {dollars(fan[FAN_LOW, first])}, one in ten above "
        f"{dollars(fan[FAN_HIGH, first])}; median of {beside} {dollars(rival[first])}."
    )
    chart = alt.layer(*layers, *_retirement(answer, comparison), by_year(rows))
    return Chart("spending", "spending", "What you live on, in real dollars", words, keys, spec(chart))


def _law(comparison: Comparison) -> Chart:
    """Differences to brokerage by law: a dot with two standard errors on either side."""
    rivals = [one for one in comparison.results if one.strategy.name != BROKERAGE]
    names = [title(one.strategy.name, comparison) for one in rivals]
    laws = ["all together", *(regime.name for regime in comparison.landscape.regimes)]
    rows = []
    for one in rivals:
        differences = [one.paired_difference, *(one.by_regime[law].paired_difference for law in laws[1:])]
        for law, difference in zip(laws, differences, strict=True):
            reach = RELIABLE * difference.standard_error
            rows.append(
                {
                    "law": law,
                    "strategy": title(one.strategy.name, comparison),
                    "difference": round(difference.value, 2),
                    "low": round(difference.value - reach, 2),
                    "high": round(difference.value + reach, 2),
                }
            )
    colors = [f"var(--series-{number + 1})" for number in range(len(names))]
    axis = alt.Axis(ticks=False, domain=False, labelFontSize=12, grid=True, bandPosition=0)
    amounts = [alt.Tooltip(f"{field}:Q", format="$,.0f") for field in ("difference", "low", "high")]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("law:N", sort=laws, title=None, axis=axis),
        yOffset=alt.YOffset("strategy:N", sort=names),
        color=alt.Color("strategy:N", scale=alt.Scale(domain=names, range=colors), legend=None),
        tooltip=["law:N", "strategy:N", *amounts],
    )
    bars = base.mark_rule(strokeWidth=1.5).encode(x=alt.X("low:Q"), x2="high:Q")
    shape = alt.Shape("strategy:N", scale=alt.Scale(domain=names, range=list(SHAPES[: len(names)])), legend=None)
    dots = base.mark_point(filled=True, size=70, opacity=1).encode(
        x=alt.X(
            "difference:Q",
            axis=dollar_axis(f"real dollars a year above {rival_name(comparison)}"),
            scale=alt.Scale(nice=False, padding=16),
        ),
        shape=shape,
    )
    zero = alt.Chart(alt.InlineData(values=[{"zero": 0}])).mark_rule(stroke="var(--ink-soft)").encode(x="zero:Q")
    best = max(rivals, key=lambda one: one.paired_difference.value)
    words = "; ".join(
        f"{law}: {dollars(best.by_regime[law].paired_difference.value)} a year" for law in laws[1:]
    )  # fmt: skip
    height = len(laws) * (len(names) * ROW + 14)
    return Chart(
        "law",
        "law",
        f"Above {rival_name(comparison)} by law ('{comparison.landscape.name}')",
        "Dots with two standard errors on either side, one row for each law. "
        f"{title(best.strategy.name, comparison)} above {rival_name(comparison)}: {words}.",
        tuple(Key(GLYPHS[number], colors[number], words) for number, words in enumerate(names)),
        spec(alt.layer(zero, bars, dots), height),
    )


def _income(answer: Answer, comparison: Comparison, names: tuple[str, str]) -> Chart:
    """Ordinary taxable income by year against the tops of the brackets of current law."""
    years = _years(answer, comparison)
    name, other = names
    followed, beside = title(name, comparison), title(other, comparison)
    income = _column(comparison, name, "ordinary_taxable_income")
    rival = _column(comparison, other, "ordinary_taxable_income")
    highest = float(max(income.max(), rival.max()))
    tops = bracket_tops(answer, len(years))
    rates = figure("rate_schedule.rate").value(answer.start_year).value
    shown = [one for one in range(tops.shape[1]) if one == 0 or tops[:, one - 1].min() < highest]
    rows: list[dict[str, Any]] = [
        {"year": year, followed: round(float(income[index])), beside: round(float(rival[index]))}
        for index, year in enumerate(years)
    ]
    lines: list[dict[str, Any]] = [
        {"year": year, "bracket": f"top of {percent(float(rates[one]))}", "top": round(float(tops[index, one]))}
        for one in shown
        for index, year in enumerate(years)
    ]
    limit = max(highest * HEADROOM, float(tops[0, shown[0]]) * HEADROOM)
    scale = alt.Scale(domain=[0, limit], nice=False, clamp=True)
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=year_axis())
    area = base.mark_area(fill="var(--accent)", opacity=0.45, interpolate="step", clip=True).encode(
        y=field(followed, axis=dollar_axis(), scale=scale)
    )
    brackets = alt.Chart(alt.InlineData(values=[row for row in lines if row["top"] <= limit])).encode(x=year_axis())
    steps = brackets.mark_line(stroke="var(--ink-soft)", strokeWidth=1.2, interpolate="step").encode(
        y=alt.Y("top:Q"), detail="bracket:N"
    )
    named = alt.Chart(alt.InlineData(values=[row for row in lines if row["year"] == years[0] and row["top"] <= limit]))
    labels = named.mark_text(align="left", dx=4, dy=-6, fill="var(--ink-soft)", fontSize=11).encode(
        x=year_axis(), y=alt.Y("top:Q"), text="bracket:N"
    )
    dashed = base.mark_line(stroke="var(--taxable)", strokeDash=[6, 3], strokeWidth=2, interpolate="step")
    layers = [area, steps, labels, dashed.encode(y=field(beside)), by_year(rows)]
    keys = (
        Key("█", "var(--accent)", followed),
        Key("╍", "var(--taxable)", beside),
        Key("─", "var(--ink-soft)", "brackets of current law, real dollars"),
    )
    words = (
        f"Median ordinary taxable income by year in real dollars; the highest is {dollars(float(income.max()))} under "
        f"{followed} and {dollars(float(rival.max()))} under {beside}. Lines show the tops of the brackets."
    )
    heading = "Ordinary taxable income against the brackets"
    return Chart("income", "income", heading, words, keys, spec(alt.layer(*layers)))


def bracket_tops(answer: Answer, years: int) -> NDArray[np.float64]:
    """The tops of the brackets of current law in real dollars, [year, bracket], for the filing status of each year.

    At the household's mean inflation; chained prices, which index the brackets, lag it, so the tops sink slowly.
    """
    household = answer.household
    market = household.market
    growth = Growth(
        market.inflation,
        market.chained_cpi_gap,
        market.wage_growth_over_inflation,
        market.medical_growth_over_inflation,
    )
    arrays = household_arrays(household, answer.start_year)
    both_live = min(household.last_year_of(person) for person in household.people) if len(household.people) > 1 else 0
    tops = figures()["rate_schedule.bracket_top"]
    found = []
    for index in range(years):
        year = answer.start_year + index
        status = arrays.status_together if year <= both_live else int(arrays.status_alone[index])
        found.append(tops.value(year, growth).value[status] / (1.0 + market.inflation) ** index)
    return np.array(found)
