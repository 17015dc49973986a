"""One path of a landscape alone, every flow kept: the same numbers as in the run of all paths."""

from __future__ import annotations

from dataclasses import dataclass

from rothwell.decision.study import Study
from rothwell.law.landscape import Landscape, law_paths
from rothwell.law.timeline import law_tables
from rothwell.lifetime.household_arrays import statuses_of
from rothwell.lifetime.ledger import AccountYear, account_years, flow_names, flow_values
from rothwell.lifetime.scenario import LAW_READ, run
from rothwell.lifetime.strategies import Strategy


@dataclass(frozen=True, slots=True)
class PathYear:
    """A year of the path: the law in force, and every flow by its name, dollars of that year."""

    year: int
    law: str
    flows: dict[str, float]


@dataclass(frozen=True, slots=True)
class StrategyOfPath:
    """One strategy on the path: its years, and every account in every year."""

    strategy: Strategy
    years: tuple[PathYear, ...]
    accounts: tuple[AccountYear, ...]


@dataclass(frozen=True, slots=True)
class ChosenPath:
    """A path by its number, from 0, under one landscape."""

    landscape: Landscape
    number: int
    strategies: tuple[StrategyOfPath, ...]

    def of(self, name: str) -> StrategyOfPath:
        """The strategy of that name."""
        return next(one for one in self.strategies if one.strategy.name == name)


def chosen_path(one: Study, landscape: Landscape, number: int) -> ChosenPath:
    """Live through one path of a study again; raises LedgerError where a year of it does not add up."""
    household, years = one.household, one.market.returns.shape[1]
    tables, _ = law_tables(
        landscape.regimes, one.start_year, years, household.market.growth, statuses_of(household), LAW_READ
    )
    laws = law_paths(landscape, one.start_year, years, one.uniforms)
    options = one.options(only=number)
    outcome = run(household, one.start_year, one.market, laws, tables, one.strategies, options)
    people = [person.name for person in household.people]
    names = flow_names(people)
    found = []
    for position, strategy in enumerate(one.strategies):
        lived = [record for record in outcome.flows[position, 0] if record["price_level"] > 0.0]
        path_years = tuple(
            PathYear(
                int(record["year"]),
                landscape.regimes[int(record["regime"])].name,
                dict(zip(names, flow_values(record, people), strict=True)),
            )
            for record in lived
        )
        found.append(StrategyOfPath(strategy, path_years, account_years(outcome, position, people)))
    return ChosenPath(landscape, number, tuple(found))
