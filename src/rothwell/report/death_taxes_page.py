"""docs/states/death-taxes.md: what the states take at death, every figure with its statute."""

from __future__ import annotations

import math
from typing import Any

from rothwell.law.death_taxes import NOT_HELD, death_tax_figures, death_tax_of, states_with_death_taxes
from rothwell.law.figures import Figure
from rothwell.report.words import percent

YEAR = 2026
NONE = "–"


def death_taxes_page(made: str) -> str:
    """The page: a table of the states, then every figure."""
    lines = [
        "# Taxes at death in the states",
        "",
        made,
        "",
        f"Estate taxes on what is left, and inheritance taxes on what somebody gets, in {YEAR}. A spouse and charities "
        "owe nothing; what a state takes is deducted on the federal estate tax return (IRC 2058). The others have "
        f"none, but {' and '.join(NOT_HELD)}, which are not held: there `state_estate_tax` in the household file gives "
        "what is spared and a rate.",
        "",
        "| state | estates above | rates | a child pays | others pay |",
        "| --- | ---: | --- | --- | --- |",
    ]
    lines += [_row(code, death_tax_of(code, YEAR)) for code in states_with_death_taxes()]
    lines += ["", "## Every figure", "", "| figure | value | statute | source |", "| --- | --- | --- | --- |"]
    lines += [_figure(name, one) for name, one in death_tax_figures().items()]
    lines += [
        "",
        "## Not modeled",
        "",
        "- property in other states, gifts of earlier years, elections of the state's own for a spouse",
        "- brothers and sisters, nephews and nieces, whom some states tax less than strangers",
        "- that later amounts follow a path's own prices: they rise with expected prices",
    ]
    return "\n".join(lines) + "\n"


def _row(code: str, law: Any) -> str:
    rates = [float(rate) for rate in law.rate if rate > 0.0]
    said = NONE
    if rates:
        said = percent(rates[0], 1) if rates[0] == rates[-1] else f"{percent(rates[0], 1)} to {percent(rates[-1], 1)}"
    above = f"{law.exclusion:,.0f}" if math.isfinite(law.exclusion) else NONE
    cells = [code, above, said, _of(law.child_rate, law.child_exempt), _of(law.other_rate, law.other_exempt)]
    return "| " + " | ".join(cells) + " |"


def _of(rate: float, exempt: float) -> str:
    if rate <= 0.0:
        return NONE
    return f"{percent(rate, 1)} above {exempt:,.0f}" if exempt > 0.0 else percent(rate, 1)


def _figure(name: str, one: Figure) -> str:
    dated = one.value(YEAR)
    numbers = ", ".join(f"{value:,.10g}" for value in dated.value.ravel())
    star = " (projected)" if dated.projected else ""
    return f"| `{name}` | {numbers}{star} | {one.statute} | {'' if dated.projected else dated.source} |"
