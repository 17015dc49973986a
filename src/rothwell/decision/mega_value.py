"""What after-tax contributions are worth, and the plan fee at which they are worth nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rothwell.decision.break_even_fee import fee_of_zero
from rothwell.decision.measures import Estimate, Worth, worth
from rothwell.decision.study import Study
from rothwell.law.landscape import Landscape, law_paths
from rothwell.law.timeline import LawTables
from rothwell.lifetime.scenario import run
from rothwell.lifetime.strategies import BROKERAGE

MEGA_IN_PLAN = "mega_in_plan"
FEE_PATHS, FEW_FEE_PATHS = 1_000, 125  # for the break-even fee, and for the first search of it
NEAR = 3e-4  # a fraction a year: the accuracy of the first search, a third of its standard error


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


def mega_backdoor(one: Study, value: Worth, no_bequest: Worth) -> MegaBackdoor | None:
    """What after-tax contributions are worth under one landscape, the fee not yet found; None where no strategy of the
    study uses them."""
    strategies = one.strategies
    names = [strategy.name for strategy in strategies]
    without = [position for position, one in enumerate(strategies) if not one.uses_after_tax]
    twins = {strategies[position].all_else for position in without}
    with_it = [position for position, one in enumerate(strategies) if one.uses_after_tax and one.all_else in twins]
    if not with_it:
        return None
    best_with = max(with_it, key=lambda position: value.certainty_equivalent[position])
    best_without = max(without, key=lambda position: value.certainty_equivalent[position])
    return MegaBackdoor(
        names[best_with],
        names[best_without],
        value.difference(best_with, best_without),
        no_bequest.difference(best_with, best_without),
        None,
    )


def fee_search(one: Study, landscape: Landscape, tables: LawTables) -> Callable[[], float | None]:
    """Finds the plan fee, on all plan money under both strategies, at which mega_in_plan is worth no more than
    brokerage; None where it is not among the strategies.

    A search on a few futures says where it is; then it is found on FEE_PATHS.
    """
    pair = tuple(strategy for strategy in one.strategies if strategy.name in (BROKERAGE, MEGA_IN_PLAN))
    years = one.market.returns.shape[1]

    def on(paths: int) -> Callable[[float], float]:
        first = one.first(paths)
        laws = law_paths(landscape, one.start_year, years, first.uniforms)

        def difference(fee: float) -> float:
            people = one.arrays.people.copy()
            people["plan_fee"] = fee
            options = one.options(arrays=one.arrays._replace(people=people))
            outcome = run(one.household, one.start_year, first.market, laws, tables, pair, options)
            return worth(outcome, one.household.beliefs).difference(1, 0).value

        return difference

    def search() -> float | None:
        if len(pair) == 1:
            return None
        now = float(one.arrays.people["plan_fee"].max())
        near = fee_of_zero(on(FEW_FEE_PATHS), now, accuracy=NEAR)
        found = fee_of_zero(on(FEE_PATHS), now, near)
        return None if found is None else found.fee

    return search
