"""Which strategies are compared for a household: the built-in ones that are open to it, then its own."""

from __future__ import annotations

from collections.abc import Iterator

from rothwell.household import Household, OwnerPlan, OwnStrategy, Plan, bracket_number
from rothwell.lifetime.strategies import (
    NO_BRACKET,
    NUMBERS,
    OTHER_WAYS,
    PRESETS,
    SMALLER_CONVERSIONS,
    Strategy,
)


def compared_strategies(household: Household, start_year: int) -> tuple[Strategy, ...]:
    """The presets that the household's plans allow; more where nobody works from the start; then its own.

    Raises InputError for one of its own that its plans do not allow or that takes the name of a preset.
    """
    somebody = somebody_works(household, start_year)
    presets = PRESETS if somebody else (*PRESETS, *SMALLER_CONVERSIONS, *OTHER_WAYS)
    found = [one for one in presets if applies(one, household, start_year)]
    names = {one.name for one in (*PRESETS, *SMALLER_CONVERSIONS, *OTHER_WAYS)}
    for index, written in enumerate(household.strategies):
        field, own = f"strategies[{index}]", strategy_of(written, start_year)
        if own.name in names:
            words = "is the name of a built-in strategy"
            raise household.source.error(f"{field}.name", words, found=own.name, allowed="another name")
        if somebody and not applies(own, household, start_year):
            lacking = own.uses_after_tax and not takes_after_tax(household, start_year)
            key = "after_tax_share" if lacking else "roth_deferrals"
            words = "is not open to this household: none of its plans allows it"
            raise household.source.error(f"{field}.{key}", words, found=getattr(own, key), allowed="0")
        found.append(own)
    return tuple(found)


def strategy_of(written: OwnStrategy, start_year: int) -> Strategy:
    """A strategy of the household's file as the lifetime model holds it: brackets by their place."""
    numbers = {name: getattr(written, name) for name in NUMBERS}
    for name in ("fill_bracket", "deferred_first"):
        rate = numbers[name]
        place = None if rate is None else bracket_number(rate, start_year)
        numbers[name] = NO_BRACKET if place is None else place
    return Strategy(written.name, "", **numbers)


def somebody_works(household: Household, start_year: int) -> bool:
    """Whether anybody has a job in the start year or later."""
    return any(household.last_year_of_work(job) >= start_year for job in household.jobs_and_businesses)


def applies(strategy: Strategy, household: Household, start_year: int) -> bool:
    """Whether a strategy is open to the household: after-tax money needs a plan that takes it and moves it to Roth,
    another share of Roth deferrals a plan that has them."""
    of_plans = (takes_after_tax(household, start_year), has_a_choice_of_deferrals(household, start_year))
    return (of_plans[0] or not strategy.uses_after_tax) and (of_plans[1] or not strategy.uses_roth_deferrals)


def takes_after_tax(household: Household, start_year: int) -> bool:
    """Whether the plan of anybody who works takes after-tax money and lets it move to Roth."""
    return any(
        plan.after_tax_contributions and (plan.conversion != "none" or plan.in_service_rollover)
        for plan in _plans_of_workers(household, start_year)
    )


def has_a_choice_of_deferrals(household: Household, start_year: int) -> bool:
    """Whether the plan of anybody who works takes Roth deferrals, and the file has them before tax."""
    return any(
        plan.roth_deferrals and plan.deferral_kind != "roth" for plan in _plans_of_workers(household, start_year)
    )


def _plans_of_workers(household: Household, start_year: int) -> Iterator[Plan | OwnerPlan]:
    for job in household.jobs_and_businesses:
        if job.plan is not None and household.last_year_of_work(job) >= start_year:
            yield job.plan
