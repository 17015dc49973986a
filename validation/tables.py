"""Tables of text whose columns line up, and the words of a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rothwell.decision.measures import Estimate

EXPECTED, OPPOSITE, NOT_SEEN = "as expected", "opposite", "not seen"
IN_PART = "in part"
SIGN_ALONE = "smaller than expected"
GAP = "  "


@dataclass(frozen=True, slots=True)
class Table:
    """A title, the names of the columns and the rows; the first column is words, the others are numbers."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def lines(self) -> list[str]:
        """The table as text."""
        rows = [self.columns, *self.rows]
        widths = [max(len(row[column]) for row in rows) for column in range(len(self.columns))]
        rule = GAP.join("-" * width for width in widths)
        text = [_line(row, widths) for row in rows]
        return [self.title, "", text[0], rule, *text[1:]]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [
        cell.ljust(width) if not column else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return GAP.join(cells).rstrip()


def verdicts(rows: Sequence[tuple[str, str, str, str]]) -> Table:
    """What was expected, what came out, and whether that is so."""
    return Table("Expected and found", ("", "expected", "found", "verdict"), tuple(rows))


def verdict(found: float, low: float, high: float) -> str:
    """Of a number that was expected between two positive ones."""
    if low <= found <= high:
        return EXPECTED
    return SIGN_ALONE if found > 0.0 else OPPOSITE


def whether(so: bool) -> str:
    """Of a statement."""
    return EXPECTED if so else OPPOSITE


def dollars(one: float) -> str:
    """Whole dollars."""
    return f"{one:,.0f}"


def with_error(one: Estimate) -> str:
    """Dollars more or less, with the standard error."""
    return f"{one.value:+,.0f} ±{one.standard_error:,.0f}"


def percent(one: Estimate, digits: int = 1) -> str:
    """A fraction in percent, with its standard error."""
    return f"{one.value:.{digits}%} ±{one.standard_error:.{digits}%}"
