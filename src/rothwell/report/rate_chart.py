"""The chart of the rate that the household itself would pay."""

from __future__ import annotations

import altair as alt
import numpy as np

from rothwell.answer import Answer
from rothwell.decision.comparison import Comparison
from rothwell.decision.rate_fan import RATE_FAN
from rothwell.decision.recommendation import recommended
from rothwell.report.chart_parts import TOUCHED, Chart, Key, spec, year_axis
from rothwell.report.words import percent, title

FAN_LOW, FAN_MIDDLE, FAN_HIGH = (RATE_FAN.index(level) for level in (10, 50, 90))


def rate_chart(answer: Answer, comparison: Comparison) -> Chart:
    """The fan of the household's own marginal rate by year, under the strategy to follow."""
    name = recommended(comparison)
    fan = comparison.rate_fan[[one.strategy.name for one in comparison.results].index(name)]
    labels = ("10%", "25%", "median", "75%", "90%")
    lived = [index for index in range(fan.shape[1]) if np.isfinite(fan[FAN_MIDDLE, index])]
    rows = [
        {
            "year": answer.start_year + index,
            **{label: round(float(fan[level, index]), 4) for level, label in enumerate(labels)},
        }
        for index in lived
    ]
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=year_axis())
    axis = alt.Y("10%:Q", axis=alt.Axis(title=None, format="%", tickCount=5), scale=alt.Scale(zero=True))
    outer = base.mark_area(fill="var(--accent)", opacity=0.18, interpolate="step").encode(y=axis, y2="90%:Q")
    inner = base.mark_area(fill="var(--accent)", opacity=0.28, interpolate="step").encode(y=alt.Y("25%:Q"), y2="75%:Q")
    middle = base.mark_line(stroke="var(--accent)", strokeWidth=2.5, interpolate="step").encode(y=alt.Y("median:Q"))
    tips = [
        alt.Tooltip("year:Q", format="d"),
        *(alt.Tooltip(field=label, type="quantitative", format=".1%") for label in labels),
    ]
    touched = base.mark_rule(strokeWidth=TOUCHED, opacity=0).encode(tooltip=tips)
    first, last = lived[0], lived[-1]
    words = (
        f"The bracket of the next ordinary dollar by year under {title(name, comparison)}: in "
        f"{answer.start_year + first} {percent(fan[FAN_MIDDLE, first])}; in {answer.start_year + last} median "
        f"{percent(fan[FAN_MIDDLE, last])}, one future in ten below {percent(fan[FAN_LOW, last])}, one in ten above "
        f"{percent(fan[FAN_HIGH, last])}."
    )
    heading = f"The bracket of your next dollar under '{comparison.landscape.name}'"
    keys = (
        Key("█", "var(--accent)", f"{title(name, comparison)}: median, with the middle 50% and 80% of the futures"),
    )
    return Chart("rates", "rates", heading, words, keys, spec(alt.layer(outer, inner, middle, touched)))
