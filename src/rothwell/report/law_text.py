"""A figure of the law, or all of them, as terminal text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from rothwell.errors import InputError
from rothwell.law import STATUSES, Dated, Figure, figures
from rothwell.law.figures import FILES, read_figures
from rothwell.law.figures_of_states import figure_beside, figures_of_state

STATUS_WORDS = {
    "single": "single",
    "joint": "joint",
    "head": "head of household",
    "surviving": "surviving spouse",
    "separate_apart": "separate and apart",
    "separate_together": "separate and together",
}
INDEX_WORDS = {
    "c_cpi_u": "chained CPI-U (average of the 12 months to August)",
    "c_cpi_u_march": "chained CPI-U (average of the 12 months to March)",
    "c_cpi_u_june": "chained CPI-U (average of the 12 months to June)",
    "cpi_u_third_quarter": "CPI-U (average of the third quarter)",
    "cpi_u_august": "CPI-U (average of the 12 months to August)",
    "awi": "national average wage index",
    "medical": "cost of medical care (a belief)",
}
LAG_WORDS = {0: "of the year itself", 1: "of the year before", 2: "of two years before"}
WIDE = 110
"""Columns of a terminal from which the list of figures shows their statutes."""
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Dating:
    """One row of a figure's history."""

    year: int
    value: Array
    projected: bool
    source: str


def law_json(name: str, year: int) -> dict[str, Any]:
    """A figure in a year as data for JSON; the keys are documented in docs/json.md."""
    one, _ = figure_beside(name)
    dated = one.value(year)
    return {
        "name": one.name,
        "year": year,
        "value": _json_value(one, dated.value),
        "projected": bool(dated.projected),
        "unit": one.unit,
        "by": "filing_status" if one.by_status else None,
        "statute": one.statute,
        "source": dated.source,
        "indexed": indexing_in_words(one),
        "note": " ".join(one.note.split()) or None,
        "aliases": list(one.aliases),
        "history": [
            {
                "year": row.year,
                "value": _json_value(one, row.value),
                "projected": row.projected,
                "source": row.source,
            }
            for row in history(one, year)
        ],
    }


def all_json(year: int, code: str | None = None) -> dict[str, Any]:
    """Every figure in a year, federal or of a state, as data for JSON; the value is null before a figure begins."""
    _check_year(year)
    rows = []
    for file, known in _families(code):
        for name, one in known.items():
            dated = _in(one, year)
            rows.append(
                {
                    "name": name,
                    "file": file,
                    "value": None if dated is None else _json_value(one, dated.value),
                    "projected": dated is not None and bool(dated.projected),
                    "unit": one.unit,
                    "statute": one.statute,
                }
            )
    return {"year": year, "figures": rows}


def print_law(name: str, year: int, console: Console) -> None:
    """A figure in a year: value, statute, source, indexing, note and history."""
    one, family = figure_beside(name)
    dated = one.value(year)
    console.print(f"[bold]{escape(one.name)}[/bold], {year}", highlight=False)
    for text in in_words(one, dated.value):
        console.print(f"  {escape(text)}", highlight=False)
    if dated.projected:
        console.print("  projected: no official paper states it yet", highlight=False)
    console.print(f"Unit:     {one.unit}", highlight=False)
    console.print(f"Statute:  {escape(one.statute)}", highlight=False)
    console.print(f"Source:   {escape(dated.source)}", highlight=False)
    console.print(f"Indexed:  {escape(indexing_in_words(one) or 'no')}", highlight=False)
    if one.note:
        console.print(f"Note:     {escape(' '.join(one.note.split()))}", highlight=False)
    if one.aliases:
        console.print(f"Names:    {escape(', '.join((one.name, *one.aliases)))}", highlight=False)
    section = one.name.rpartition(".")[0]
    beside = [other for other in family if other.rpartition(".")[0] == section and other != one.name]
    if beside:
        console.print(f"Beside:   {escape(', '.join(beside))}", highlight=False)
    console.print()
    console.print(_history_table(one, year))


def print_all(year: int, console: Console, code: str | None = None) -> None:
    """Every figure in a year, federal or of a state, grouped by the file that holds it."""
    _check_year(year)
    for file, known in _families(code):
        title = file if code else file.replace("_", " ").capitalize()
        table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
        table.add_column("Figure", no_wrap=True)
        table.add_column(str(year), overflow="fold")
        if console.width >= WIDE:
            table.add_column("Statute", overflow="fold")
        for name, one in known.items():
            dated = _in(one, year)
            words = "not yet" if dated is None else "\n".join(in_words(one, dated.value))
            star = "*" if dated is not None and dated.projected else ""
            cells = (escape(name), escape(words) + star, escape(one.statute))
            table.add_row(*cells[: len(table.columns)])
        console.print(table)
    console.print("* Projected: no official paper states it yet.", highlight=False)


def _families(code: str | None) -> Iterator[tuple[str, Mapping[str, Figure]]]:
    """The federal figures by file, or those of a state."""
    if code is None:
        for file, names in figures_by_file():
            yield file, {name: figures()[name] for name in names}
        return
    known = figures_of_state(code)
    if not known:
        raise InputError(
            "no figure of this state is held: it taxes neither income nor estates, or is not held yet", found=code
        )
    yield code, known


def _check_year(year: int) -> None:
    first = min(one.first_year for one in figures().values())
    if year < first:
        raise InputError(
            "no figure of the law is held for this year", field="--year", found=year, allowed=f"{first} on"
        )


def figures_by_file() -> Iterator[tuple[str, list[str]]]:
    """The names of the figures by the file of the law that holds them."""
    for file in FILES:
        text = resources.files("rothwell.law").joinpath(f"{file}.toml").read_text(encoding="utf-8")
        yield file, list(read_figures(text))


def history(one: Figure, year: int) -> list[Dating]:
    """Every dated year of a figure and the year asked for, oldest first."""
    years = {*one.values, year}
    found = []
    for each in sorted(years):
        dated = _in(one, each)
        if dated is not None:
            found.append(Dating(each, dated.value, bool(dated.projected), dated.source))
    return found


def _history_table(one: Figure, year: int) -> Table:
    table = Table()
    table.add_column("Year", no_wrap=True)
    table.add_column("Value", overflow="fold")
    table.add_column("Source", overflow="fold")
    for row in history(one, year):
        value = "\n".join(in_words(one, row.value)) + ("*" if row.projected else "")
        table.add_row(str(row.year), escape(value), escape(row.source), style="bold" if row.year == year else "")
    return table


def _in(one: Figure, year: int) -> Dated | None:
    """A figure in a year; None before it begins."""
    try:
        return one.value(year)
    except InputError:
        return None


def in_words(one: Figure, value: Array) -> list[str]:
    """A value as lines of text, one for each group of filing statuses that share it."""
    if not one.by_status:
        return [_numbers(value, one.unit)]
    groups: dict[str, list[str]] = {}
    for status, part in zip(STATUSES, value, strict=True):
        groups.setdefault(_numbers(part, one.unit), []).append(STATUS_WORDS[status])
    if len(groups) == 1:
        return [next(iter(groups))]
    return [f"{', '.join(names)}: {text}" for text, names in groups.items()]


def _numbers(value: Array, unit: str) -> str:
    return ", ".join(_number(float(part), unit) for part in np.ravel(value))


def _number(value: float, unit: str) -> str:
    if not np.isfinite(value):
        return "no limit"
    if unit.startswith("USD"):
        text = f"${value:,.2f}".removesuffix(".00")
        return text + unit.removeprefix("USD").replace(" per ", " a ")
    if unit == "rate":
        return f"{value * 100:.6f}".rstrip("0").rstrip(".") + "%"
    return f"{value:g}"


def _json_value(one: Figure, value: Array) -> Any:
    if one.by_status:
        return {status: _json_number(part) for status, part in zip(STATUSES, value, strict=True)}
    return _json_number(value)


def _json_number(value: Any) -> Any:
    """A number or a list; null stands for no limit, which JSON cannot write."""
    if np.ndim(value):
        return [_json_number(part) for part in value]
    number = float(value)
    if not np.isfinite(number):
        return None
    return int(number) if number == int(number) else number


def indexing_in_words(one: Figure) -> str | None:
    """How a figure is indexed, as a sentence; None when it is not."""
    rule = one.rule
    if rule is None:
        return None
    base = "; ".join(in_words(one, rule.base))
    steps = sorted({float(step) for step in np.ravel(rule.step)})
    rounding = "down to a" if rule.down else "to the nearest"
    multiple = " or ".join(_number(step, one.unit.split(" per ")[0]) for step in steps)
    what = "the increase over the base" if rule.of_increase else "the amount"
    lag = LAG_WORDS.get(rule.lag, f"of {rule.lag} years before")
    words = (
        f"{base} times the {INDEX_WORDS.get(rule.index, rule.index)} {lag} over that of {rule.base_year}; "
        f"{what} is rounded {rounding} multiple of {multiple}"
    )
    return f"{words} ({rule.statute})" if rule.statute else words
