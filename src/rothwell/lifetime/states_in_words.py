"""Which states' tax a plan counts, in words."""

from __future__ import annotations

from collections.abc import Iterator

from rothwell.household import Home, Household
from rothwell.law.states import law_of_state, states
from rothwell.lifetime.household_arrays import years_of_plan
from rothwell.lifetime.residences import law_of


def homes(household: Household, start_year: int) -> Iterator[tuple[int, Home]]:
    """Where the household lives, each home with its first year."""
    before = None
    for year in range(start_year, start_year + years_of_plan(household, start_year)):
        home = household.home_of(year)
        if home is not before:
            yield year, home
        before = home


def taxes_counted(household: Household, start_year: int) -> str:
    """Whose income tax a plan counts: "federal and California tax"."""
    counted: list[str] = []
    none: list[str] = []
    missing: list[str] = []
    for _, home in homes(household, start_year):
        law = law_of(home)
        names = missing if law is None else counted if law.figures else none
        names.append(home.state if law is None else law.name)
    for names in (counted, none, missing):
        names[:] = dict.fromkeys(names)
    words = f"federal and {_listed(counted)} tax" if counted else "federal tax only"
    beside = [f"none in {_listed(none)}"] if none else []
    beside += [f"{_listed(missing)} not counted"] if missing else []
    return f"{words} ({', '.join(beside)})" if beside else words


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def assumptions_about_states(household: Household, start_year: int) -> Iterator[str]:
    """In sentences: a state whose law is not held, flat rates, figures that are projected, what is left out."""
    for year, home in homes(household, start_year):
        law = law_of(home)
        if law is None:
            yield (
                f"From {year} in {home.state}: the law of this state is not held yet, so no state income tax is "
                f"counted there; `state_rates` in the file gives flat rates. Held are {', '.join(states())}."
            )
        elif home.state_rates is not None:
            yield f"From {year} in {home.state}: state income tax by the flat rates of the file, without deductions."


def not_modeled_of_states(household: Household, start_year: int) -> Iterator[str]:
    """In sentences: what the tax of each state leaves out."""
    laws = {home.state: law_of(home) for _, home in homes(household, start_year)}
    for law in laws.values():
        if law is not None and law.not_modeled:
            yield f"{law.name}: {'; '.join(law.not_modeled)}."


def projected_of_states(household: Household, start_year: int) -> tuple[str, ...]:
    """The figures of the start year's state that are projected."""
    law = law_of(household.home_of(start_year))
    if law is None or not law.figures:
        return ()
    projected = law_of_state(law, start_year, household.market.growth).projected
    if not projected:
        return ()
    return (f"{len(projected)} figures of {law.name}'s income tax for {start_year} (docs/states/{law.code}.md).",)
