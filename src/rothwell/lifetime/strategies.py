"""Strategies: readable numbers that decide, from what is known so far, what to defer, contribute and convert."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rothwell.provision import provision

NO_BRACKET = -1
EVERY_PAYCHECK, YEARLY = 0.0, 1.0  # how long after-tax money waits for its conversion
UNTIL_RETIREMENT = YEARLY + YEARLY
TEN_PERCENT_BRACKET, TWELVE_PERCENT_BRACKET, TWENTY_TWO_PERCENT_BRACKET = range(3)
"""The lowest brackets of the schedule by their rates in current law, whatever the rates in another."""

STRATEGY = np.dtype(
    (
        np.record,
        [
            ("roth_deferrals", "f8"),
            ("after_tax_share", "f8"),
            ("conversion_waits", "f8"),
            ("fill_bracket", "i8"),
        ],
    )
)


@dataclass(frozen=True, slots=True)
class Strategy:
    """A rule for a life. Shares are fractions of what the year's law and the plan allow.

    roth_deferrals    1: elective deferrals are Roth; 0: as the household's file says
    after_tax_share   how much of the room for after-tax contributions is used
    conversion_waits  0: after-tax money is converted every paycheck; 1: at the end of the year, its earnings taxed;
                      2: it stays in the plan until the job ends, then goes to a Roth IRA, its earnings to a
                      traditional one
    fill_bracket      bracket (0 the lowest) that conversions fill from retirement until RMDs begin; NO_BRACKET: none
    """

    name: str
    words: str
    roth_deferrals: float = 0.0
    after_tax_share: float = 0.0
    conversion_waits: float = 0.0
    fill_bracket: int = NO_BRACKET

    @property
    def uses_after_tax(self) -> bool:
        """Whether this strategy needs a plan that takes after-tax money."""
        return self.after_tax_share > 0.0


BROKERAGE = "brokerage"
PRESETS = (
    Strategy(BROKERAGE, "no after-tax contributions: what is left after living goes to the taxable account"),
    Strategy(
        "convert_later",
        "as brokerage, with conversions up to the top of the 22% bracket from retirement until RMDs begin",
        fill_bracket=TWENTY_TWO_PERCENT_BRACKET,
    ),
    Strategy(
        "mega_in_plan",
        "the whole after-tax room, converted to Roth in the plan every paycheck",
        after_tax_share=1.0,
    ),
    Strategy(
        "mega_yearly",
        "as mega_in_plan, but converted once a year, the earnings until then taxed",
        after_tax_share=1.0,
        conversion_waits=1.0,
    ),
    Strategy(
        "mega_roth_deferral",
        "as mega_in_plan, with Roth instead of pre-tax deferrals",
        after_tax_share=1.0,
        roth_deferrals=1.0,
    ),
    Strategy(
        "mega_convert_later",
        "as mega_in_plan, with the same conversions after retirement as convert_later",
        after_tax_share=1.0,
        fill_bracket=TWENTY_TWO_PERCENT_BRACKET,
    ),
)
"""The strategies of a household in which somebody works, as far as its plans allow them."""
SMALLER_CONVERSIONS = (
    Strategy(
        "convert_to_12",
        "as brokerage, with conversions up to the top of the 12% bracket from retirement until RMDs begin",
        fill_bracket=TWELVE_PERCENT_BRACKET,
    ),
    Strategy(
        "convert_to_10",
        "as brokerage, with conversions up to the top of the 10% bracket from retirement until RMDs begin",
        fill_bracket=TEN_PERCENT_BRACKET,
    ),
)
"""Compared besides where nobody works from the start, and the size of conversions is the question."""


def strategy_records(strategies: tuple[Strategy, ...]) -> NDArray[np.void]:
    """The strategies as the compiled year reads them."""
    rows = [(one.roth_deferrals, one.after_tax_share, one.conversion_waits, one.fill_bracket) for one in strategies]
    return np.array(rows, dtype=STRATEGY)


class Observation(NamedTuple):
    """What a strategy may see of a year: the state of things and the law in force, never a future."""

    working: float  # 1: somebody living works, or will by the household's own file
    distributions_required: float
    after_tax_to_roth_allowed: float


class Action(NamedTuple):
    """What a strategy does in a year; see Strategy for the words."""

    roth_deferrals: float
    after_tax_share: float
    conversion_waits: float
    fill_bracket: int


@provision
def decide(observation, strategy):  # type: ignore[no-untyped-def]
    """The action of a year.

    After-tax contributions stop when the law in force bars moving them to Roth. Conversions run from retirement, the
    first year from which nobody works any more, until required distributions begin: not in a year between two jobs.
    """
    share = strategy.after_tax_share * observation.after_tax_to_roth_allowed
    between = observation.working == 0.0 and observation.distributions_required == 0.0
    bracket = strategy.fill_bracket if between else NO_BRACKET
    return Action(strategy.roth_deferrals, share, strategy.conversion_waits, bracket)
