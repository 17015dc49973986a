"""What each state takes of the same conversion, before and after a move: the page that compares them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rothwell.law import law_for
from rothwell.law.figures import SINGLE
from rothwell.law.states import state, states
from rothwell.tax.many_returns import compute
from rothwell.tax.state_facts import StateFacts
from rothwell.tax.state_returns import FEDERAL_RESULTS, taxes_of_states

YEAR = 2026
CONVERSION = 100_000.0
MOVED_TO = "TX"
SHOWN = ("state_taxable_income", "state_income_tax")


class Life(NamedTuple):
    """A single filer in the year of the conversion: in words, and as columns of a return."""

    words: str
    columns: dict[str, float]


LIVES = (
    Life("at 50, at work, with wages of 150,000", {"age1": 50.0, "wages1": 150_000.0}),
    Life(
        "at 66, retired, with Social Security benefits of 36,000 and 40,000 taken from an IRA",
        {"age1": 66.0, "ss1": 36_000.0, "ira_distributions": 40_000.0},
    ),
)


class Effect(NamedTuple):
    """A state's taxable income and tax without and with the conversion, dollars."""

    income_without: float
    income_with: float
    tax_without: float
    tax_with: float

    @property
    def cost(self) -> float:
        """The state's price of the conversion."""
        return self.tax_with - self.tax_without


def taxing_states() -> tuple[str, ...]:
    """The states that are held and have a tax on incomes or gains."""
    return tuple(code for code in states() if state(code).figures)


def effects_of_conversion(life: Life, codes: Sequence[str]) -> dict[str, Effect]:
    """What the conversion does to the tax of a resident of each of the states, by postal letters."""
    converted = {name: life.columns.get(name, 0.0) for name in ("ira_distributions", "ira_converted1")}
    more = {name: amount + CONVERSION for name, amount in converted.items()}
    law = law_for(YEAR)
    found = []
    for own in (life.columns, {**life.columns, **more}):
        columns = {name: np.full(len(codes), amount) for name, amount in own.items()}
        status = np.full(len(codes), SINGLE, dtype=np.int64)
        federal = {name: values for name, values in columns.items() if name not in StateFacts._fields}
        results = compute(federal, status, law.record, tuple(FEDERAL_RESULTS.values()))
        found.append(taxes_of_states(columns, results, status, codes, law))
    rows = zip(*(of_return[name] for name in SHOWN for of_return in found), strict=True)
    return {code: Effect(*map(float, row)) for code, row in zip(codes, rows, strict=True)}


def conversions_page(made: str) -> str:
    """docs/states/conversions.md: the same conversion in every state, at two ages."""
    lines = ["# A conversion in each state, before and after a move", "", made, ""]
    lines += [
        f"A single filer converts {CONVERSION:,.0f} of a traditional IRA, all of it deducted before, in {YEAR}. The "
        "tables show what the state's return says without and with the conversion: taxable income, tax, and the "
        "difference, which is the state's price of the conversion. Local tax is left out, and the tax is paid from "
        "other money. Where the state's tax makes itemizing worth it, the federal return gives some of it back.",
        "",
        "**After a move** the price is that of the new state, whole: the state that you left may not tax the "
        "retirement income of somebody who lives elsewhere (4 U.S.C. 114), and that holds for conversions too. "
        "Converting after a move from California to Texas saves California's number; converting before a move from "
        "Texas to California saves the same. What a state has taxed before, such as deferrals in "
        "Pennsylvania or contributions to IRAs in New Jersey, is counted in that state alone.",
    ]
    for life in LIVES:
        effects = effects_of_conversion(life, taxing_states())
        moved = effects_of_conversion(life, (MOVED_TO,))[MOVED_TO]
        lines += ["", f"## Converted {life.words}", ""]
        after = f"after a move to {state(MOVED_TO).name}"
        lines += [f"| state | taxable income | with it | tax | with it | the conversion costs | {after} |"]
        lines += ["| --- " + "| ---: " * 6 + "|"]
        for code, effect in effects.items():
            cells = [f"[{state(code).name}]({code}.md)", *(f"{amount:,.0f}" for amount in effect)]
            lines.append("| " + " | ".join([*cells, f"**{effect.cost:,.0f}**", f"{moved.cost:,.0f}"]) + " |")
    lines += ["", "## Why", "", "How each state taxes a conversion; its page has the figures and their statutes.", ""]
    lines += [f"- {state(code).name}: {state(code).conversions}." for code in taxing_states()]
    none = [state(code).name for code in states() if code not in taxing_states()]
    lines.append(f"- {', '.join(none)}: not at all, without an income tax.")
    return "\n".join(lines) + "\n"
