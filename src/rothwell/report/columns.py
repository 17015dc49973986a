"""The page of the columns of `rothwell tax`, made from the comments beside the fields."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping, Sequence

from rothwell.tax.facts import Facts
from rothwell.tax.federal import Form1040
from rothwell.tax.return_file import COLUMNS, STATUS_NAMES
from rothwell.tax.returns import RESULTS
from rothwell.tax.state import StateReturn
from rothwell.tax.state_facts import StateFacts
from rothwell.tax.state_returns import STATE_RESULTS

FIELD = re.compile(r"^ {4}(\w+): float(?: = 0\.0)? *# (.+)$", re.MULTILINE)
OF_THE_FILE = {
    "household_id": "any text, each once",
    "filing_status": ", ".join(STATUS_NAMES),
    "lived_apart": "from the spouse, all year, on a separate return; 1: yes",
    "state": "the two postal letters of the state of residence; without it there is no state tax",
}


def fields_with_words(record: type) -> dict[str, str]:
    """The fields of a record of numbers, each with the comment beside it."""
    return dict(FIELD.findall(inspect.getsource(record)))


def columns_page(made: str) -> str:
    """docs/columns.md: what may stand in a file of returns, and what is written."""
    lines = [
        "# The columns of `rothwell tax`",
        "",
        made,
        "",
        "Dollars of the tax year unless the words say otherwise; a column that is absent counts as zero. A name that "
        "ends in 1 or 2 belongs to the filer or to the spouse of a joint return.",
        "",
        "## What is read",
        "",
        *_table(COLUMNS, OF_THE_FILE | fields_with_words(Facts) | fields_with_words(StateFacts)),
        "",
        "## What is written",
        "",
        *_table(RESULTS, fields_with_words(Form1040)),
        "",
        "Where `state` is given, these follow:",
        "",
        *_table(list(STATE_RESULTS), _words_of_states()),
        "",
        "`--rates DOLLARS` adds `rate_wages`, `rate_ordinary`, `rate_gains` and `rate_conversion`: the tax on one more "
        "dollar of wages, taxable interest, long-term gain, or a conversion; `all_in_rate`: what DOLLARS more of a "
        "conversion cost for each dollar, with the Medicare premiums of two years later; and for each kind of cliff "
        "the `distance` in dollars of income (`inf` where there is none) and what it costs to cross it.",
    ]
    return "\n".join(lines) + "\n"


def _words_of_states() -> dict[str, str]:
    """The columns of a state's results with their words."""
    words = fields_with_words(StateReturn)
    return {column: words[field] for column, field in STATE_RESULTS.items()}


def _table(names: Sequence[str], words: Mapping[str, str]) -> list[str]:
    """A row for each column, the two spouses' columns in one."""
    rows = ["| column | what |", "| --- | --- |"]
    for name in names:
        partner = name[:-1] + "2"
        if name.endswith("2") and name[:-1] + "1" in names:
            continue
        both = name.endswith("1") and partner in names
        rows.append(f"| `{name}`" + (f", `{partner}`" if both else "") + f" | {words[name]} |")
    return rows
