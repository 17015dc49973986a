"""The yearly tax on excess contributions to IRAs and health savings accounts."""

from __future__ import annotations

from typing import NamedTuple

from rothwell.provision import provision


class ExcessTax(NamedTuple):
    """What is in an account above its limit at the end of a year, and the tax on it, in dollars.

    absorbed        of the excess of earlier years, what the room of this year takes up
    excess          still in the account above the limit (Form 5329, lines 16, 24 and 48)
    tax             of the year (Form 5329, lines 17, 25 and 49)
    """

    absorbed: float
    excess: float
    tax: float


@provision
def excess_contribution_tax(earlier, room, over, withdrawn, value, law):  # type: ignore[no-untyped-def]
    """The tax on contributions above a limit, year after year while they stay (Form 5329, Parts III, IV and VII).

    Law:    IRC 4973(a), (b), (f), (g).
    Form:   Form 5329 (2025), lines 9 to 17 (traditional IRAs), 18 to 25 (Roth IRAs), 42 to 49 (HSAs).
    Units:  dollars of the year; `earlier` the excess at the end of the year before, `withdrawn` of it in this year;
            `room` what this year's limit leaves, `over` what this year's contributions are above it, both without what
            was taken back in time; `value` of the accounts on 31 December; `law` the section.
    Not modeled: employer contributions to SEP IRAs; deductions of earlier excess closed by limitation, 219(f)(6).
    Tests:  test_official_excess_contributions, test_an_excess_is_taxed_each_year_until_it_is_gone.
    """
    line_9 = earlier  # 4973(b)(2)
    line_10 = room  # unused room, 4973(b)(2)(C)
    line_12 = withdrawn  # 4973(b)(2)(A), (B)
    line_13 = line_10 + line_12  # what takes away earlier excess
    line_14 = max(0.0, line_9 - line_13)  # earlier excess still there
    line_15 = over  # of this year, 4973(b)(1)
    line_16 = line_14 + line_15  # excess at the end of the year
    line_17 = law.rate * min(line_16, value)  # 4973(a)
    absorbed = min(max(0.0, line_9 - line_12), line_10)  # 4973(b)(2)(C), 219(f)(6)
    return ExcessTax(absorbed, line_16, line_17)
