"""What after-tax contributions are worth, and the plan fee at which they are worth nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rothwell.decision.measures import Estimate, Worth, break_even_fee, worth
from rothwell.decision.study import Study
from rothwell.law.landscape import Landscape, law_paths
from rothwell.law.timeline import LawTables
from rothwell.lifetime.household_arrays import household_arrays
from rothwell.lifetime.scenario import run
from rothwell.lifetime.strategies import BROKERAGE, Strategy

FEE_PATHS, FEW_FEE_PATHS = 1_000, 125  # for the break-even fee, and for the first search of it
NEAR = 1e-4  # a fraction a year: the accuracy of the first search


@dataclass(frozen=True, slots=True)
class MegaBackdoor:
    """What after-tax contributions are worth: the best strategy with them less the best without.

    Only twins count: a strategy with them stands here if another does the same in all else. Roth deferrals have no such
    twin among the presets, so their worth is not taken for that of after-tax contributions.

    break_even_fee   the yearly plan fee at which mega_in_plan and brokerage are worth the same; None: the difference is
                     not above zero now, or still above it at the widest fee searched
    """

    best_with: str
    best_without: str
    value: Estimate
    value_without_bequest: Estimate
    break_even_fee: float | None


def mega_backdoor(
    one: Study, landscape: Landscape, tables: LawTables, value: Worth, no_bequest: Worth
) -> MegaBackdoor | None:
    """What after-tax contributions are worth under one landscape; None where no strategy of the study uses them."""
    strategies = one.strategies
    names = [strategy.name for strategy in strategies]
    without = [position for position, one in enumerate(strategies) if not one.uses_after_tax]
    twins = {_all_else(strategies[position]) for position in without}
    with_it = [position for position, one in enumerate(strategies) if one.uses_after_tax and _all_else(one) in twins]
    if not with_it:
        return None
    best_with = max(with_it, key=lambda position: value.certainty_equivalent[position])
    best_without = max(without, key=lambda position: value.certainty_equivalent[position])
    return MegaBackdoor(
        names[best_with],
        names[best_without],
        value.difference(best_with, best_without),
        no_bequest.difference(best_with, best_without),
        _break_even_fee(one, landscape, tables),
    )


def _all_else(strategy: Strategy) -> tuple[float, int]:
    """What a strategy does besides after-tax contributions and the way they move to Roth."""
    return strategy.roth_deferrals, strategy.fill_bracket


def _break_even_fee(one: Study, landscape: Landscape, tables: LawTables) -> float | None:
    """The plan fee, on all plan money under both strategies, at which mega_in_plan is worth no more than brokerage.

    A search on a few futures says where it is; then it is found on FEE_PATHS.
    """
    pair = tuple(strategy for strategy in one.strategies if strategy.name in (BROKERAGE, "mega_in_plan"))
    arrays = household_arrays(one.household, one.start_year)
    years = one.market.returns.shape[1]

    def on(paths: int) -> Callable[[float], float]:
        first = one.first(paths)
        laws = law_paths(landscape, one.start_year, years, first.uniforms)

        def difference(fee: float) -> float:
            people = arrays.people.copy()
            people["plan_fee"] = fee
            options = one.options(arrays=arrays._replace(people=people))
            outcome = run(one.household, one.start_year, first.market, laws, tables, pair, options)
            return worth(outcome, one.household.beliefs).difference(1, 0).value

        return difference

    now = float(arrays.people["plan_fee"].max())
    near = break_even_fee(on(FEW_FEE_PATHS), now, accuracy=NEAR)
    return break_even_fee(on(FEE_PATHS), now, near)
