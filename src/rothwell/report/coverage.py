"""The generated pages of the documents: what the law of the product covers, what it leaves out, and its commands.

`python -m rothwell.report.coverage docs` writes them; a test compares them with what stands in docs/.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import resources
from pathlib import Path

import numpy as np

from rothwell.answer import BEYOND_THE_PROVISIONS
from rothwell.law import Figure
from rothwell.law.figures import FILES, read_figures
from rothwell.law.states import state, states
from rothwell.provision import Rule, rules
from rothwell.report.columns import columns_page
from rothwell.report.death_taxes_page import death_taxes_page
from rothwell.report.law_text import INDEX_WORDS
from rothwell.report.state_conversions import conversions_page
from rothwell.report.state_pages import list_of_states, state_page

ROOMS = {
    "tax": "The tax return",
    "mega_backdoor": "This year in a plan: the room, and what leaves it",
    "lifetime": "The years of a life",
    "law": "Indexing",
}
FILE_WORDS = {
    "income_tax": "Income tax",
    "payroll_tax": "Payroll tax",
    "social_security": "Social Security",
    "medicare": "Medicare",
    "retirement_plans": "Retirement plans",
    "distributions": "Distributions",
    "premium_tax_credit": "Premium tax credit",
    "estate_tax": "Estate tax",
}
MADE = "<!-- Made by `make docs`; change the source, not this page. -->"
WIDTH_OF_HELP = "100"


def write_pages(folder: Path) -> None:
    """Write every generated page into a folder."""
    for name, page in PAGES.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(page(), encoding="utf-8")


def law_coverage() -> str:
    """docs/law-coverage.md: every rule with its law and limits, every figure with its statute and source."""
    count = sum(len(figures) for _, figures in _figures_by_file())
    lines = [
        "# What of the law is here",
        "",
        MADE,
        "",
        "Two lists: the **rules**, which are functions, and the **figures**, which are data. A rule names its statute, "
        "the form that it follows, what it leaves out and the tests that hold it. A figure names its statute, its "
        "source and how it is indexed; `rothwell law NAME` shows one with its values. What all of it leaves out is "
        "gathered in [not-modeled.md](not-modeled.md).",
        "",
        f"There are {len(rules())} rules and {count} figures. The law of the states stands apart: "
        "[a page for each](states/README.md).",
        "",
        "## Rules",
    ]
    for room, words in ROOMS.items():
        lines += ["", f"### {words}"]
        for rule in rules():
            if rule.room == room:
                lines += _rule_entry(rule)
    lines += ["", "## Figures", "", *_legend()]
    for file, figures in _figures_by_file():
        lines += ["", f"### {FILE_WORDS[file]}", "", f"From `src/rothwell/law/{file}.toml`.", ""]
        lines += [
            "| figure | unit | statute | source | indexed | years held |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        lines += [_figure_row(figure) for figure in figures]
    return "\n".join(lines) + "\n"


def _rule_entry(rule: Rule) -> list[str]:
    lines = ["", f"**{_cell(rule.title)}**  ", f"`{rule.room}/{rule.module}.py`, `{rule.name}`", ""]
    for heading in ("Law", "Form", "Not modeled"):
        if heading in rule.headings:
            lines.append(f"- {heading}: {_cell(rule.headings[heading])}")
    if "Tests" in rule.headings:
        lines.append(f"- Tests: {_tests(rule.headings['Tests'])}")
    return lines


def _tests(words: str) -> str:
    """Names of tests as code, whatever stands between them."""
    return ", ".join(f"`{name.strip()}`" for name in words.rstrip(".").split(",") if name.strip())


def _legend() -> list[str]:
    lines = [
        "*Years held* are the years with a value of their own; years in brackets are our computation or estimate. A "
        "figure that is not indexed keeps its last value; one that is indexed follows its rule in every later year and "
        "is then marked as projected. The names of the indexes:",
        "",
    ]
    return lines + [f"- `{name}`: {words}" for name, words in INDEX_WORDS.items()]


def _figures_by_file() -> list[tuple[str, list[Figure]]]:
    found = []
    for file in FILES:
        text = resources.files("rothwell.law").joinpath(f"{file}.toml").read_text(encoding="utf-8")
        found.append((file, list(read_figures(text).values())))
    return found


def _figure_row(figure: Figure) -> str:
    unit = figure.unit + (", by filing status" if figure.by_status else "")
    cells = (f"`{figure.name}`", unit, figure.statute, _sources(figure), _indexing(figure), _years(figure))
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _sources(figure: Figure) -> str:
    """The sources, each with the years for which it is given; a source for all years stands alone."""
    by_text: dict[str, list[int]] = {}
    for year, words in sorted(figure.sources.items()):
        by_text.setdefault(words, []).append(year)
    parts = [words + (f" ({_spans(years)})" if any(years) else "") for words, years in by_text.items() if words]
    return "; ".join(parts)


def _indexing(figure: Figure) -> str:
    rule = figure.rule
    if rule is None:
        return "no"
    steps = " or ".join(f"{step:,g}" for step in sorted({float(step) for step in np.ravel(rule.step)}))
    what = "increase" if rule.of_increase else "amount"
    way = "down to" if rule.down else "to the nearest"
    lag = "" if rule.lag == 1 else f", lag {rule.lag}"
    after = f", after {rule.after}" if rule.after > max(figure.values, default=0) else ""
    statute = f"; {rule.statute}" if rule.statute else ""
    return f"`{rule.index}` from {rule.base_year}{lag}{after}, {what} {way} {steps}{statute}"


def _years(figure: Figure) -> str:
    own = [year for year in figure.values if year not in figure.projected_years]
    ours = [year for year in figure.values if year in figure.projected_years]
    return _spans(own) + (f" [{_spans(ours)}]" if ours else "")


def _spans(years: Sequence[int]) -> str:
    """Years with runs joined: 2020-2026, 2028."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _cell(words: str) -> str:
    """Text that may stand in a table of Markdown."""
    return " ".join(words.split()).replace("|", "\\|")


def not_modeled_page() -> str:
    """docs/not-modeled.md: the limits to know first, then what each rule says that it leaves out."""
    lines = [
        "# What is not modeled",
        "",
        MADE,
        "",
        "Read the first list before you act on an answer. What touches a household and cannot be computed right is "
        "refused by name; the rest is here.",
        "",
        "## Know this first",
        "",
        *(f"- {words}" for words in BEYOND_THE_PROVISIONS),
        "",
        "## Refused by name",
        "",
        "`rothwell plan` refuses the filing statuses `mfs` and `qss`. `rothwell tax` refuses a return that needs a "
        "tax or a deduction it does not compute, says which, and goes on with the others.",
        "",
        "## Rule by rule",
        "",
        "Each rule's own words on what it leaves out. The rules with their law are in "
        "[law-coverage.md](law-coverage.md).",
    ]
    for room, words in ROOMS.items():
        entries = [rule for rule in rules() if rule.room == room and "Not modeled" in rule.headings]
        if entries:
            lines += ["", f"### {words}", ""]
            lines += [f"- *{rule.title}*. Left out: {rule.headings['Not modeled'].rstrip('.')}." for rule in entries]
    return "\n".join(lines) + "\n"


def commands_page() -> str:
    """docs/commands.md: the help text of the program and of each of its commands."""
    first = _help_text()
    lines = [
        "# Commands",
        "",
        MADE,
        "",
        "The exit status is 0 for an answer, 2 for input that cannot be used, 1 for a fault of ours. A problem is one "
        "line on standard error. The keys of each `--json` are in [json.md](json.md).",
        "",
        "```text",
        first,
        "```",
    ]
    for name in _commands(first):
        lines += ["", f"## rothwell {name}", "", "```text", _help_text(name), "```"]
    return "\n".join(lines) + "\n"


def _commands(help_text: str) -> list[str]:
    """The names of the commands in the program's own help."""
    after = help_text.partition("Commands:\n")[2].partition("\n\n")[0]
    return [line.split()[0] for line in after.splitlines() if line.startswith("  ") and line[2:3].strip()]


def _help_text(*command: str) -> str:
    """What `rothwell COMMAND --help` says on a terminal of a set width."""
    package = str(Path(str(resources.files("rothwell"))).parent)
    set_width = {"COLUMNS": WIDTH_OF_HELP, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1", "PYTHONPATH": package}
    environment = {**os.environ, **set_width}
    arguments = [sys.executable, "-m", "rothwell.cli", *command, "--help"]
    shown = subprocess.run(arguments, capture_output=True, check=True, env=environment, encoding="utf-8")
    return "\n".join(line.rstrip() for line in shown.stdout.strip().splitlines())


PAGES: Mapping[str, Callable[[], str]] = {
    "law-coverage.md": law_coverage,
    "not-modeled.md": not_modeled_page,
    "commands.md": commands_page,
    "columns.md": lambda: columns_page(MADE),
    "states/README.md": lambda: list_of_states(MADE),
    "states/conversions.md": lambda: conversions_page(MADE),
    "states/death-taxes.md": lambda: death_taxes_page(MADE),
    **{f"states/{code}.md": partial(state_page, state(code), MADE) for code in states()},
}
"""What makes each generated page of docs/."""


if __name__ == "__main__":
    write_pages(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
