"""The charts of the measures: Roth shares against the risk of the law, and headroom by year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import altair as alt

from rothwell.answer import Answer
from rothwell.decision.measures import RELIABLE
from rothwell.report.chart_parts import Chart, Key, by_year, dollar_axis, field, spec, year_axis
from rothwell.report.measures_sections import THRESHOLDS
from rothwell.report.words import dollars, percent

BESIDE = 8  # pixels from a point to its words


def measures_charts(answer: Answer) -> Iterator[Chart]:
    """Every chart of the measures that has something to show."""
    found = answer.measures.frontier
    if found is not None and all(one.law_spread is not None for one in found.shares):
        yield _frontier(answer)
    if any(room is not None for one in answer.measures.headroom for room in one.room.values()):
        yield _headroom(answer)


def _frontier(answer: Answer) -> Chart:
    """Each Roth share: what it is worth above no Roth against its spread between laws."""
    found = answer.measures.frontier
    assert found is not None
    rows = []
    for one in found.shares:
        assert one.law_spread is not None
        reach = RELIABLE * one.above_none.standard_error
        rows.append(
            {
                "share": f"{percent(one.share)} Roth",
                "order": one.share,
                "spread": round(one.law_spread.value, 2),
                "above": round(one.above_none.value, 2),
                "low": round(one.above_none.value - reach, 2),
                "high": round(one.above_none.value + reach, 2),
            }
        )
    amounts = [alt.Tooltip(f"{name}:Q", format="$,.0f") for name in ("above", "low", "high", "spread")]
    across = alt.X(
        "spread:Q",
        axis=dollar_axis("best law less worst law, real dollars a year"),
        scale=alt.Scale(zero=False, nice=False, padding=40),
    )
    up = alt.Y("above:Q", axis=dollar_axis("above no Roth, dollars a year"))
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=across, tooltip=["share:N", *amounts])
    line = base.mark_line(stroke="var(--roth)", strokeWidth=1.5).encode(y=up, order="order:Q")
    bars = base.mark_rule(stroke="var(--roth)", strokeWidth=1.5).encode(y="low:Q", y2="high:Q")
    dots = base.mark_point(filled=True, fill="var(--roth)", size=70, opacity=1).encode(y=up)
    words = base.mark_text(align="left", dx=BESIDE, dy=-BESIDE, fill="var(--ink-soft)", fontSize=12).encode(
        y=up, text="share:N"
    )
    told = "; ".join(
        f"{percent(one.share)}: {dollars(one.above_none.value)}, spread {dollars(one.law_spread.value)}"
        for one in found.shares
        if one.law_spread is not None
    )
    return Chart(
        "frontier",
        "frontier",
        "Roth shares of the deferrals: worth against the risk of the law",
        f"Each Roth share by what it is worth a year above none and by its spread between laws. {told}.",
        (Key("●", "var(--roth)", "a Roth share, with two standard errors on either side; farther left is less risk"),),
        spec(alt.layer(line, bars, dots, words)),
    )


def _headroom(answer: Answer) -> Chart:
    """The room below each threshold by year."""
    colors = {name: f"var(--series-{place + 1})" for place, name in enumerate(THRESHOLDS)}
    lines: list[dict[str, Any]] = []
    told: list[dict[str, Any]] = []
    for one in answer.measures.headroom:
        rooms = {name: room for name in THRESHOLDS if (room := one.room.get(name)) is not None}
        lines += [
            {"year": one.year, "threshold": THRESHOLDS[name], "room": round(room.value)} for name, room in rooms.items()
        ]
        told.append({"year": one.year} | {THRESHOLDS[name]: round(room.value) for name, room in rooms.items()})
    names = [THRESHOLDS[name] for name in THRESHOLDS if any(row["threshold"] == THRESHOLDS[name] for row in lines)]
    ranges = [colors[name] for name in THRESHOLDS if THRESHOLDS[name] in names]
    base = alt.Chart(alt.InlineData(values=lines)).encode(x=year_axis())
    drawn = base.mark_line(strokeWidth=2, interpolate="step").encode(
        y=field("room", axis=dollar_axis()),
        color=alt.Color("threshold:N", scale=alt.Scale(domain=names, range=ranges), legend=None),
    )
    nearest = min(lines, key=lambda row: float(row["room"]))
    return Chart(
        "headroom",
        "headroom",
        "Income that fits before the next threshold",
        "Median room in real dollars by year below the top of the bracket, the next tier of the Medicare premiums and "
        f"the threshold of the 3.8% tax. The smallest is {dollars(nearest['room'])} in {nearest['year']}.",
        tuple(Key("─", color, words) for color, words in zip(ranges, names, strict=True)),
        spec(alt.layer(drawn, by_year(told))),
    )
