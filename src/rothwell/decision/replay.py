"""Why an answer is not what it was: the same two strategies under the old facts, law and year, one change at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rothwell.decision.measures import Estimate, worth
from rothwell.decision.study import SECONDARY_PATHS, study
from rothwell.errors import InputError
from rothwell.household import Household
from rothwell.household.plain_data import Fact, household_of
from rothwell.law.known_figures import LawChange, as_known_before
from rothwell.law.landscape import Landscape, law_paths
from rothwell.law.timeline import law_tables
from rothwell.lifetime.household_arrays import statuses_of
from rothwell.lifetime.scenario import LAW_READ, run
from rothwell.lifetime.strategies import Strategy


@dataclass(frozen=True, slots=True)
class Situation:
    """What a replay rests on: facts as plain data, the first year, the possible laws."""

    facts: Mapping[str, Any]
    start_year: int
    landscape: Landscape


@dataclass(frozen=True, slots=True)
class Question:
    """Two strategies whose difference is asked, and the futures on which it is replayed."""

    with_it: Strategy
    without_it: Strategy
    paths: int
    seed: int
    threads: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """One change on the way from then to now: what is worth the difference after it, or why it could not be replayed.

    change   of the difference by this step, or by it and those before it that could not be replayed
    """

    words: str
    worth: Estimate | None
    change: float | None
    problem: str


def steps_between(
    before: Situation, now: Situation, law: Sequence[LawChange], facts: Sequence[Fact], asked: Question
) -> tuple[Step, ...]:
    """The way from then to now, a change at a time: the law, the year, then each table of the file that differs.

    The steps add up to the whole change among the same futures; another order would share it out otherwise.
    """
    found: list[Step] = []
    last: Estimate | None = None
    for words, situation in _way(before, now, law, facts):
        try:
            value = _difference(situation, asked)
        except InputError as problem:
            found.append(Step(words, None, None, str(problem)))
            continue
        change = None if last is None else value.value - last.value
        found.append(Step(words, value, change, ""))
        last = value
    return tuple(found)


def _way(
    before: Situation, now: Situation, law: Sequence[LawChange], facts: Sequence[Fact]
) -> Iterator[tuple[str, Situation]]:
    """Every situation on the way, with the words for what is changed in it."""
    start = replace(before, landscape=as_known_before(now.landscape, law))
    yield "as then", start
    if law:
        yield "the law as it is known now", replace(start, landscape=now.landscape)
    here = replace(start, landscape=now.landscape)
    if before.start_year != now.start_year:
        here = replace(here, start_year=now.start_year)
        yield f"begun in {now.start_year}", here
    tables = list(dict.fromkeys(one.table for one in facts))
    for table in tables:
        changed = {key: value for key, value in here.facts.items() if key != table}
        if table in now.facts:
            changed[table] = now.facts[table]
        here = replace(here, facts=changed)
        yield f"[{table}] as it is now", here


def _difference(situation: Situation, asked: Question) -> Estimate:
    """By how much one strategy exceeds the other in a situation, on the first futures."""
    household = household_of(situation.facts, None)
    outcome = _outcome(household, situation, asked)
    return worth(outcome, household.beliefs).difference(0, 1)


def _outcome(household: Household, situation: Situation, asked: Question) -> Any:
    paths = min(asked.paths, SECONDARY_PATHS)
    one = study(household, situation.start_year, paths, asked.seed, asked.threads)
    years = one.market.returns.shape[1]
    tables, _ = law_tables(
        situation.landscape.regimes,
        situation.start_year,
        years,
        household.market.growth,
        statuses_of(household),
        LAW_READ,
    )
    laws = law_paths(situation.landscape, situation.start_year, years, one.uniforms)
    pair = (asked.with_it, asked.without_it)
    return run(household, situation.start_year, one.market, laws, tables, pair, one.options())
