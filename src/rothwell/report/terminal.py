"""The answer as a terminal page: 100 columns, readable in 80 and without color."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rothwell.answer import Answer
from rothwell.report.blocks import Grid, Section
from rothwell.report.reading import assumed, found, opening
from rothwell.report.sections import sections
from rothwell.report.words import facts_of, name_of, plural

Answered = TypeVar("Answered")
INDENT = 2
NARROWEST_WORDS = 12  # columns that a column of words keeps


def print_answer(answer: Answer, console: Console) -> None:
    """The whole page: the answer in words first, then the sections."""
    first, *others = opening(answer)
    console.print(Text(first, style="bold"))
    for position, line in enumerate(others):
        console.print(Text(line, style="bold" if line.startswith("Worth it?") and position == 0 else ""))
    for line in (*assumed(answer), *found(answer)):
        console.print(Text(line))
    console.print()
    console.print(Text(f"{name_of(answer)}, {facts_of(answer)}", style="dim"))
    for section in sections(answer):
        print_section(section, console)


def print_section(section: Section, console: Console) -> None:
    """One section after an empty line."""
    for part in _rendered(section):
        console.print(part)


def in_sections(sections_of: Callable[[Answered], Iterable[Section]]) -> Callable[[Answered, Console], None]:
    """How an answer is printed that is made of sections."""

    def printed(answer: Answered, console: Console) -> None:
        for section in sections_of(answer):
            print_section(section, console)

    return printed


def _rendered(section: Section) -> Iterator[RenderableType]:
    yield Text()
    yield Text(section.title, style="bold underline")
    for words in section.paragraphs:
        yield Padding(Text(words), (0, 0, 0, INDENT), expand=False)
    for grid in section.grids:
        if not grid.only_page:
            yield _table(grid)
            for note in grid.notes:
                yield Padding(Text(note, style="dim"), (0, 0, 0, INDENT), expand=False)
    for words in section.points:
        yield _point(words)
    if section.more_points:
        yield _point(f"{plural(len(section.more_points), 'detail', 'details')} more: --html lists them, rule by rule.")


def _point(words: str) -> Table:
    """A point of a list, its lines aligned."""
    row = Table.grid(padding=(0, 1))
    row.add_column(width=INDENT + 1, justify="right")
    row.add_column()
    row.add_row("•", Text(words))
    return row


def _table(grid: Grid) -> Padding:
    table = Table(
        title=Text(grid.caption, style="italic"),
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        show_edge=False,
        padding=(0, 1, 0, 0),
    )
    for position, name in enumerate(grid.columns):
        cells = [len(row[position]) for row in grid.rows]
        if position == 0 or position in grid.words:
            table.add_column(Text(name), min_width=min(NARROWEST_WORDS, max(cells, default=0)), overflow="fold")
        else:
            width = max([*cells, *(len(word) for word in name.split())])
            table.add_column(Text(name), justify="right", width=width)
    for position, row in enumerate(grid.rows):
        table.add_row(*(Text(cell) for cell in row), style="bold" if position in grid.strong else "")
    return Padding(table, (1, 0, 1, INDENT), expand=False)
