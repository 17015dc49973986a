"""docs/states/death-taxes.md: what the states take at death, every figure with its statute."""

from __future__ import annotations

import math
from typing import Any

from rothwell.law.death_taxes import GRANDCHILD, KIN, death_tax_figures, death_tax_of, states_with_death_taxes
from rothwell.law.figures import Figure
from rothwell.report.words import percent
from rothwell.tax.estate_tax import spared_estate

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
        "owe nothing; what a state takes is deducted on the federal estate tax return (IRC 2058). The other states "
        "have none. `state_estate_tax` in the household file takes the place of a state's estate tax.",
        "",
        "| state | estates above | rates | descendants | brothers and sisters | nieces and nephews | others |",
        "| --- | ---: | --- | --- | --- | --- | --- |",
    ]
    lines += [_row(code, death_tax_of(code, YEAR)) for code in states_with_death_taxes()]
    lines += ["", "## Every figure", "", "| figure | value | statute | source |", "| --- | --- | --- | --- |"]
    lines += [_figure(name, one) for name, one in death_tax_figures().items()]
    lines += [
        "",
        "## Not modeled",
        "",
        "- property in other states, gifts of earlier years, elections of the state's own for a spouse",
        "- parents, aunts and uncles, children-in-law and others whom a state puts in a class of their own",
        "- that later amounts follow a path's own prices: they rise with expected prices",
    ]
    return "\n".join(lines) + "\n"


def _row(code: str, law: Any) -> str:
    rates = [float(rate) for rate in law.rate if rate > 0.0]
    said = NONE
    if rates:
        said = percent(rates[0], 1) if rates[0] == rates[-1] else f"{percent(rates[0], 1)} to {percent(rates[-1], 1)}"
    if law.cliff > 0.0:
        said += f"; what is spared shrinks to nothing over the next {percent(law.cliff)}"
    if math.isfinite(law.cap):
        said += f"; at most {percent(law.cap, 1)} of what exceeds it"
    spared = spared_estate(law)
    above = f"{spared:,.0f}" if math.isfinite(spared) else NONE
    return (
        "| " + " | ".join([code, above, said, *(_of(law, kin) for kin in range(len(KIN)) if kin != GRANDCHILD)]) + " |"
    )


def _of(law: Any, kin: int) -> str:
    """What one of a kinship pays, from the first dollar that is taxed on."""
    rates, tops = law.rate_of[kin], law.top_of[kin]
    taxed = [float(rate) for rate in rates if rate > 0.0]
    if not taxed:
        return NONE
    said = percent(taxed[0], 1) if taxed[0] == taxed[-1] else f"{percent(taxed[0], 1)} to {percent(taxed[-1], 1)}"
    return f"{said} above {tops[0]:,.0f}" if rates[0] <= 0.0 else said


def _figure(name: str, one: Figure) -> str:
    dated = one.value(YEAR)
    numbers = ", ".join(f"{value:,.10g}" for value in dated.value.ravel())
    star = " (projected)" if dated.projected else ""
    return f"| `{name}` | {numbers}{star} | {one.statute} | {'' if dated.projected else dated.source} |"
