"""Strategies: readable numbers that decide, from what is known so far, what to defer, contribute, convert and draw."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rothwell.household import Household
from rothwell.lifetime.accounts import PEOPLE
from rothwell.provision import provision

NO_BRACKET = -1
EVERY_PAYCHECK, YEARLY = 0.0, 1.0  # how long after-tax money waits for its conversion
UNTIL_RETIREMENT = YEARLY + YEARLY
TEN_PERCENT_BRACKET, TWELVE_PERCENT_BRACKET, TWENTY_TWO_PERCENT_BRACKET = range(3)
"""The lowest brackets of the schedule by their rates in current law, whatever the rates in another."""
NEVER = 120.0  # an age above every age of a plan: the late career never begins
BELOW_24_PERCENT = 0.24  # the all-in rate of a preset: what lies below the bracket above 22%, a choice


@dataclass(frozen=True, slots=True)
class Strategy:
    """A rule for a life. Shares are fractions of what the year's law, the plan or the need allow.

    roth_deferrals         1: elective deferrals are Roth; 0: as the household's file says
    late_career_age        age of a worker from which the next share holds instead
    late_roth_deferrals    as roth_deferrals, from that age on
    after_tax_share        how much of the room for after-tax contributions is used
    conversion_waits       0: after-tax money is converted every paycheck; 1: once a year, its earnings taxed;
                           2: it stays in the plan until the job ends, then goes to a Roth IRA, its earnings to a
                           traditional one
    fill_bracket           bracket (0 the lowest) that conversions fill from retirement until RMDs begin; NO_BRACKET:
                           none
    rate_before_claiming   from retirement on, convert while the all-in rate (see all_in_conversion) is below it; 0:
                           not at all
    rate_after_claiming    the same once anybody has benefits from Social Security
    rate_after_rmds        the same once anybody must take distributions
    gain_harvest           from retirement until benefits, gains are realized and bought back until taxable income is at
                           this share of the end of the zero rate on gains
    deferred_first         bracket (0 the lowest) up to which tax-deferred money is drawn before taxable money, after
                           work; NO_BRACKET: taxable money first
    deferred_share         share of what is then still needed that comes from tax-deferred money beside taxable money
    spend_to_age, spend_at_rate, deferred_weight, guardrail_width
                           of the spending rule; None: as the household's file says, and so alike for all strategies
    """

    name: str
    words: str
    roth_deferrals: float = 0.0
    late_career_age: float = NEVER
    late_roth_deferrals: float = 0.0
    after_tax_share: float = 0.0
    conversion_waits: float = 0.0
    fill_bracket: int = NO_BRACKET
    rate_before_claiming: float = 0.0
    rate_after_claiming: float = 0.0
    rate_after_rmds: float = 0.0
    gain_harvest: float = 0.0
    deferred_first: int = NO_BRACKET
    deferred_share: float = 0.0
    spend_to_age: float | None = None
    spend_at_rate: float | None = None
    deferred_weight: float | None = None
    guardrail_width: float | None = None

    @property
    def uses_after_tax(self) -> bool:
        """Whether this strategy needs a plan that takes after-tax money."""
        return self.after_tax_share > 0.0

    @property
    def uses_roth_deferrals(self) -> bool:
        """Whether this strategy makes deferrals Roth that the file has before tax."""
        return self.roth_deferrals > 0.0 or (self.late_roth_deferrals > 0.0 and self.late_career_age < NEVER)

    @property
    def converts(self) -> bool:
        """Whether this strategy ever converts tax-deferred money."""
        rates = (self.rate_before_claiming, self.rate_after_claiming, self.rate_after_rmds)
        return self.fill_bracket != NO_BRACKET or max(rates) > 0.0

    @property
    def conversions_alone(self) -> bool:
        """Whether it converts, and does in all else what brokerage does."""
        same = replace(self, fill_bracket=NO_BRACKET, rate_before_claiming=0.0, rate_after_claiming=0.0)
        plain = Strategy(self.name, self.words)
        return self.converts and replace(same, rate_after_rmds=0.0) == plain

    @property
    def all_else(self) -> Strategy:
        """What it does besides after-tax contributions and the way they move to Roth: equal for twins."""
        return replace(self, name="", words="", after_tax_share=0.0, conversion_waits=0.0)

    def numbers(self) -> dict[str, float | int | None]:
        """Its numbers by their names, None where the household's file decides."""
        return {name: value for name, value in asdict(self).items() if name not in ("name", "words")}


NUMBERS = tuple(Strategy("", "").numbers())
"""The names of a strategy's numbers, in order."""
_BRACKETS = ("fill_bracket", "deferred_first")
STRATEGY = np.dtype((np.record, [(name, "i8" if name in _BRACKETS else "f8") for name in NUMBERS]))


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
OTHER_WAYS = (
    Strategy(
        "convert_all_in",
        "as brokerage, with conversions from retirement on while the next dollars cost less than 24% in all, Medicare "
        "premiums, the tax on investment income and benefits that become taxable included",
        rate_before_claiming=BELOW_24_PERCENT,
        rate_after_claiming=BELOW_24_PERCENT,
        rate_after_rmds=BELOW_24_PERCENT,
    ),
    Strategy(
        "deferred_first",
        "as brokerage, but tax-deferred money up to the top of the 12% bracket is spent before taxable money",
        deferred_first=TWELVE_PERCENT_BRACKET,
    ),
    Strategy(
        "harvest_gains",
        "as brokerage, with gains realized and bought back each year until benefits begin, as far as the zero rate on "
        "gains reaches",
        gain_harvest=1.0,
    ),
)
"""Compared besides where nobody works from the start: conversions that mind every effect, another order, gains."""


def strategy_records(strategies: tuple[Strategy, ...], household: Household) -> NDArray[np.void]:
    """The strategies as the compiled year reads them: what they leave to the household's file is filled in."""
    beliefs = household.beliefs
    of_file = {
        "spend_to_age": float(beliefs.amortize_to_age),
        "spend_at_rate": beliefs.real_discount_for_spending,
        "deferred_weight": beliefs.deferred_weight,
        "guardrail_width": household.spending.guardrail_width,
    }
    rows = [
        tuple(of_file[name] if value is None else value for name, value in one.numbers().items()) for one in strategies
    ]
    return np.array(rows, dtype=STRATEGY)


class Observation(NamedTuple):
    """What a strategy may see of a year: the state of things and the law in force, never a future."""

    working: float  # 1: somebody living works, or will by the household's own file
    ages: tuple[float, float]
    benefits: float
    distributions_required: float
    after_tax_to_roth_allowed: float


class Action(NamedTuple):
    """What a strategy does in a year; see Strategy for the words.

    roth_deferrals    of each person
    conversion_rate   the all-in rate below which money is converted; 0: not by rate
    """

    roth_deferrals: tuple[float, float]
    after_tax_share: float
    conversion_waits: float
    fill_bracket: int
    conversion_rate: float
    gain_harvest: float
    deferred_first: int
    deferred_share: float


@provision
def decide(observation, strategy):  # type: ignore[no-untyped-def]
    """The action of a year.

    After-tax contributions stop when the law in force bars moving them to Roth. Conversions, harvested gains and
    another order of withdrawals begin with retirement, the first year from which nobody works any more: not in a year
    between two jobs. A bracket is filled until required distributions begin; by rate, money is converted in three
    phases: before anybody has benefits, after it, and once distributions are required. Gains are harvested before
    anybody has benefits, which a gain would make taxable.
    """
    share = strategy.after_tax_share * observation.after_tax_to_roth_allowed
    retired = observation.working == 0.0
    begun = observation.distributions_required > 0.0
    claimed = observation.benefits > 0.0
    bracket = strategy.fill_bracket if retired and not begun else NO_BRACKET
    rate = strategy.rate_after_claiming if claimed else strategy.rate_before_claiming
    rate = strategy.rate_after_rmds if begun else rate
    return Action(
        roth_deferrals=(
            _roth_deferrals(observation.ages[0], strategy),
            _roth_deferrals(observation.ages[PEOPLE - 1], strategy),
        ),
        after_tax_share=share,
        conversion_waits=strategy.conversion_waits,
        fill_bracket=bracket,
        conversion_rate=rate if retired else 0.0,
        gain_harvest=strategy.gain_harvest if retired and not claimed else 0.0,
        deferred_first=strategy.deferred_first if retired else NO_BRACKET,
        deferred_share=strategy.deferred_share if retired else 0.0,
    )


@provision
def _roth_deferrals(age, strategy):  # type: ignore[no-untyped-def]
    """The Roth share of a person's deferrals, by the phase of the career."""
    return strategy.late_roth_deferrals if age >= strategy.late_career_age else strategy.roth_deferrals
