"""What every chart of the page is made of: axes, what is told at a point, the look.

Colors are CSS variables of the page (`var(--roth)`), so that light, dark and print follow the page's own palette.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt

HEIGHT = 280
TOUCHED = 12  # pixels beside a year that still point at it
SHORT_DOLLARS = (
    "(datum.value < 0 ? '-$' : '$') + (abs(datum.value) >= 1e6 ? format(abs(datum.value) / 1e6, '.3~r') + 'M' : "
    "abs(datum.value) >= 1e4 ? format(abs(datum.value) / 1e3, '.3~r') + 'k' : format(abs(datum.value), ',.0f'))"
)


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of a chart's legend: a glyph in a color, and its words."""

    glyph: str
    color: str
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its heading, what it shows in words for those who cannot see it, its legend and its specification."""

    name: str
    group: str
    heading: str
    description: str
    keys: tuple[Key, ...]
    spec: dict[str, Any]


def year_axis() -> alt.X:
    """Years from left to right."""
    return alt.X(
        "year:Q", title=None, axis=alt.Axis(format="d", grid=False, tickMinStep=1), scale=alt.Scale(nice=False)
    )


def dollar_axis(words: str | None = None) -> alt.Axis:
    """Dollars in short, with words beside them."""
    return alt.Axis(title=words, labelExpr=SHORT_DOLLARS, tickCount=5)


def field(name: str, **how: Any) -> alt.Y:
    """A vertical position from a field whose name may hold a comma."""
    return alt.Y(field=name, type="quantitative", **how)


def by_year(rows: list[dict[str, Any]]) -> alt.Chart:
    """An unseen line for each year that tells its numbers when it is pointed at."""
    names = [name for name in rows[0] if name != "year"]
    tips = [
        alt.Tooltip("year:Q", format="d"),
        *(alt.Tooltip(field=name, type="quantitative", format="$,.0f") for name in names),
    ]
    touched: alt.Chart = alt.Chart(alt.InlineData(values=rows)).mark_rule(strokeWidth=TOUCHED, opacity=0)
    return touched.encode(x=year_axis(), tooltip=tips)


def spec(chart: alt.LayerChart | alt.FacetChart, height: int | dict[str, int] = HEIGHT) -> dict[str, Any]:
    """The specification with the page's look."""
    styled = (
        chart.properties(width="container", height=height, background="transparent")
        .configure(
            font="system-ui, sans-serif", aria=False, autosize=alt.AutoSizeParams(type="fit", contains="padding")
        )
        .configure_view(stroke=None)
        .configure_axis(
            labelColor="var(--ink-soft)",
            titleColor="var(--ink-soft)",
            gridColor="var(--line)",
            domainColor="var(--line)",
            tickColor="var(--line)",
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
        )
    )
    spec: dict[str, Any] = styled.to_dict()
    return spec
