"""What a report is made of, before it is a terminal page or an HTML page: sections of words, tables and charts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of texts: the first column names the row, the others are numbers unless in `words`.

    strong   rows to stand out; `only_page` keeps a long table off the terminal, folded on the page
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    words: frozenset[int] = frozenset()
    strong: frozenset[int] = frozenset()
    only_page: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A section: paragraphs, tables, the charts that the page shows, and a list of points.

    `more_points` are shown on the page alone, folded.
    """

    key: str
    title: str
    paragraphs: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()
    charts: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    more_points: tuple[str, ...] = ()
