"""The page of each state: what it taxes and what not, every figure with its statute and source, what is left out."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from rothwell.law.figures import JOINT, SINGLE, Figure
from rothwell.law.states import State, places, state, state_law_for, states

YEARS = (2025, 2026)
"""The years whose figures the pages show: those that the files hold."""
NO = 0.0


def list_of_states(made: str) -> str:
    """docs/states/README.md: the states that are held, and what each taxes, in one table."""
    lines = [
        "# The states",
        "",
        made,
        "",
        f"The income tax of {len(states())} jurisdictions is held, for {YEARS[0]} and later. A return in another "
        "state is named and not computed.",
        "",
        "| state | Social Security | pensions and 401(k) | IRAs | conversions | gains | top rate |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for code in states():
        law = state_law_for(code, YEARS[-1]).record
        cells = [f"[{state(code).name}]({code}.md)", *_what_is_taxed(law).values(), _top_rate(law)]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def state_page(one: State, made: str) -> str:
    """docs/states/XX.md: one state."""
    law = state_law_for(one.code, YEARS[-1]).record
    lines = [f"# {one.name}", "", made, "", f"Residents of the whole year, {YEARS[0]} and {YEARS[-1]}.", ""]
    lines += ["## What is taxed", "", "| income | taxed |", "| --- | --- |"]
    lines += [f"| {name} | {words} |" for name, words in _what_is_taxed(law).items()]
    if one.conversions:
        lines += [
            "",
            f"A conversion is taxed {one.conversions}. [In dollars](conversions.md), beside the other states.",
        ]
    if any(name.startswith("brackets.") for name in one.figures):
        lines += ["", "## Rates", "", *_brackets(one)]
    lines += ["", "## Every figure", "", "Single and joint filers, where they differ; a star marks a projected amount."]
    head = ["figure", *(str(year) for year in YEARS), "statute", "source"]
    lines += ["", "| " + " | ".join(head) + " |", "| --- " * len(head) + "|"]
    lines += [_row(figure) for name, figure in one.figures.items() if not name.startswith("brackets.")]
    lines += ["", "## Not modeled", ""]
    lines += [f"- {words}" for words in (*one.not_modeled, "part-year and nonresident returns")]
    lines += ["", "## Read", "", *(f"- {words}" for words in one.sources)]
    return "\n".join(lines) + "\n"


def _what_is_taxed(law: Any) -> dict[str, str]:
    """The kinds of income that a planner asks about, each with what the state does, in words."""
    if not law.brackets.rate.any():
        found = dict.fromkeys(("Social Security", "pensions and 401(k)", "IRAs", "conversions", "gains"), "no")
        if law.gains_tax.rate > NO:
            found["gains"] = f"long-term ones above {law.gains_tax.deduction:,.0f}"
        return found
    exclusion, by_income = law.retirement_exclusion, law.gross_income_exclusion
    capped = _cap_in_words(exclusion)
    retired = "by income" if by_income.earned > NO else "yes"
    spared = law.income.conversions_spared > NO
    return {
        "Social Security": "by income" if law.social_security.taxed > NO else "no",
        "pensions and 401(k)": capped if exclusion.pensions > NO else retired,
        "IRAs": capped if exclusion.iras > NO else retired,
        "conversions": "no" if spared else (capped if exclusion.iras * exclusion.conversions > NO else retired),
        "gains": _gains_in_words(law),
    }


def _gains_in_words(law: Any) -> str:
    """How gains are taxed where that is not as other income."""
    if law.parts.short_term_rate > NO:
        return f"as other income, short-term ones at {law.parts.short_term_rate:.3g}"
    if law.gains.surtax > NO:
        return f"as other income, and {law.gains.surtax:.3g} more at high incomes"
    return "as other income"


def _cap_in_words(law: Any) -> str:
    """The exclusion of retirement income by age."""
    parts = []
    for age, cap in zip(law.age, law.cap, strict=True):
        if not math.isinf(age):
            most = "wholly exempt" if math.isinf(cap) else f"{cap:,.0f} exempt"
            parts.append(f"{most} from {age:g}" if age > NO else most)
    return ", ".join(parts) if parts else "yes"


def _top_rate(law: Any) -> str:
    if not law.brackets.rate.any():
        return f"{law.gains_tax.upper_rate:.2%} of gains".replace("0%", "%") if law.gains_tax.rate > NO else "none"
    rate = float(law.brackets.rate[SINGLE, -1] + law.surtax.rate)
    return f"{rate:.4g}" if rate <= NO else f"{rate:.2%}".replace("0%", "%").replace(".%", "%")


def _brackets(one: State) -> list[str]:
    """The rate schedule of the last year, single and joint."""
    law = state_law_for(one.code, YEARS[-1])
    star = "*" if "brackets.top" in law.projected else ""
    lines = [f"| {YEARS[-1]}: up to, single | rate | up to, joint | rate |", "| ---: | ---: | ---: | ---: |"]
    brackets = law.record.brackets
    for bracket in range(brackets.top.shape[1] + 1):
        cells = []
        for status in (SINGLE, JOINT):
            top = brackets.top[status, bracket] if bracket < brackets.top.shape[1] else math.inf
            below = brackets.top[status, bracket - 1] if bracket else 0.0
            shown = not math.isinf(below)
            amount = "above" if math.isinf(top) else f"{top:,.0f}{star}"
            cells += [amount if shown else "", f"{brackets.rate[status, bracket]:.5g}" if shown else ""]
        if any(cells):
            lines.append("| " + " | ".join(cells) + " |")
    return lines


def _row(figure: Figure) -> str:
    """A figure as a row: what it means, its values of the years shown, statute and source."""
    cells = [f"`{figure.name}`: {places()[figure.name].means}"]
    for year in YEARS:
        if year < figure.first_year:
            cells.append(f"from {figure.first_year}")
            continue
        dated = figure.value(year)
        cells.append(_value_in_words(figure, dated.value) + ("*" if dated.projected else ""))
    sources = dict.fromkeys(words for words in figure.sources.values() if words)
    cells += [figure.statute, "; ".join(sources)]
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def _value_in_words(figure: Figure, value: Any) -> str:
    if not figure.by_status:
        return _numbers(figure, np.atleast_1d(value))
    single, joint = _numbers(figure, np.atleast_1d(value[SINGLE])), _numbers(figure, np.atleast_1d(value[JOINT]))
    return single if single == joint else f"{single}; joint {joint}"


def _numbers(figure: Figure, row: Any) -> str:
    """A row of numbers without the repetition at its end."""
    found = [f"{one:,.6g}" if figure.unit != "USD" else f"{one:,.10g}" for one in row]
    while len(found) > 1 and found[-1] == found[-2]:
        found.pop()
    return ", ".join("no limit" if one == "inf" else one for one in found)
