"""What stays fixed while the year's withdrawal is solved: one record, written once a year and strategy."""

from __future__ import annotations

import numpy as np

from rothwell.provision import provision
from rothwell.tax.facts import Parts

_PARTS = ("business", "benefits", "dependents", "early", "premiums", "exemptions", "elderly", "earners", "itemized")
YEAR_RULE = np.dtype(
    (
        np.record,
        [
            ("status", "i8"),
            ("place", "i8"),
            ("turns", "i8"),
            ("wages", "f8"),
            ("deferrals", "f8"),
            ("held_before", "f8"),
            ("held_after", "f8"),
            ("dividend_yield", "f8"),
            ("interest_yield", "f8"),
            ("qualified_share", "f8"),
            ("turnover", "f8"),
            ("short_term_share", "f8"),
            ("converted_earnings", "f8"),
            ("waiting_gain", "f8"),
            ("has_basis", "b1"),
            ("has_state_basis", "b1"),
            *((name, "b1") for name in _PARTS),
        ],
    )
)
"""status      filing status of the year
place       of the year among the layers of Roth IRAs
turns       of the federal and the state's return together, see tax.both_returns
wages       of Form W-2, box 1, in dollars before any cut of deferrals
deferrals   left out of it
held_before, held_after     what pays dividends and interest: dollars whatever is sold, and the part of what is held
            after sales
dividend_yield, interest_yield   what a dollar of it pays
qualified_share, turnover, short_term_share   of the taxable account, as in the household file
converted_earnings      earnings of after-tax money of earlier years, converted this year
waiting_gain            earnings per dollar of after-tax money that waits for its conversion, never below zero
has_state_basis     whether the state has taxed some of the tax-deferred money before, and gives that back
has_basis   whether anybody's traditional IRA has basis, or gets some this year

The others are the parts of the year's return that a household file can bring about.
"""


@provision
def parts_of_rule(rule):  # type: ignore[no-untyped-def]
    """The parts of the year's return, those that no household file has as constants: it shortens the code.

    Not modeled: over a life, itemized deductions other than state and local income tax, the earned-income and saver's
            credits; advance payments of the premium tax credit, which comes with the return into the year's cash.
    """
    return Parts(
        business=rule.business,
        benefits=rule.benefits,
        dependents=rule.dependents,
        earnings=False,
        itemized=rule.itemized,
        iras=False,
        early=rule.early,
        savings=False,
        premiums=rule.premiums,
        carryovers=False,
        exemptions=rule.exemptions,
        tax_table=False,
        elderly=rule.elderly,
        earners=rule.earners,
    )
