"""Worksheets as text: each line with its value and its law."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rothwell.provision import Line, Worksheet


def worksheets_as_text(sheets: Sequence[Worksheet]) -> str:
    """Worksheets one below the other; those that were filled in more than once are counted."""
    times = Counter(sheet.title for sheet in sheets)
    begun: Counter[str] = Counter()
    texts = []
    for sheet in sheets:
        begun[sheet.title] += 1
        count = f" [{begun[sheet.title]} of {times[sheet.title]}]" if times[sheet.title] > 1 else ""
        texts.append(_sheet_as_text(sheet, count))
    return "\n\n".join(texts) + "\n"


def _sheet_as_text(sheet: Worksheet, count: str) -> str:
    rows = [(_spoken(line), f"{line.value:,.2f}", line.law) for line in sheet.lines]
    name_width = max((len(name) for name, _, _ in rows), default=0)
    value_width = max((len(value) for _, value, _ in rows), default=0)
    head = [sheet.title.rstrip(".") + count]
    head += [f"  {heading} {words}" for heading, words in (("Law: ", sheet.law), ("Form:", sheet.form)) if words]
    body = [f"    {name:<{name_width}}  {value:>{value_width}}  {law}".rstrip() for name, value, law in rows]
    return "\n".join(head + body)


def _spoken(line: Line) -> str:
    """The name of a line as a person says it: `schedule_2_line_4` is Schedule 2, line 4."""
    words = line.name.replace("_", " ")
    if words.startswith("schedule "):
        words = "Schedule " + words.removeprefix("schedule ").replace(" line", ", line")
    return words
