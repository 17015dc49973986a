"""Household files with single keys changed, and everything that the product says of a household."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from rich.console import Console

from rothwell.answer import Settings, plan
from rothwell.decision.measures import shortfall, worth
from rothwell.decision.study import study
from rothwell.household import Household, parse_household, require_plannable
from rothwell.law.indexing import Growth
from rothwell.law.landscape import law_paths, load_landscape
from rothwell.law.landscape_means import landscape_tables
from rothwell.law.timeline import LawTables
from rothwell.lifetime.household_arrays import statuses_of
from rothwell.lifetime.scenario import LAW_READ, run
from rothwell.mega_backdoor.capacity import capacity_of
from rothwell.mega_backdoor.checklist import checklist_of
from rothwell.mega_backdoor.forms_of_year import forms_of
from rothwell.mega_backdoor.payments import payments_of
from rothwell.mega_backdoor.roth_access import access_of
from rothwell.report.access_text import access_json
from rothwell.report.answer_json import answer_json
from rothwell.report.capacity_text import capacity_json
from rothwell.report.checklist_sections import checklist_json
from rothwell.report.forms_sections import forms_json
from rothwell.report.payments_text import payments_json
from rothwell.report.terminal import print_answer

TODAY = date(2026, 11, 23)
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FEW = 8  # futures
ECHOES = ("household", "household_file", "law_figures", "not_modeled")  # of an answer: what it says of any household
STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")

Changes = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A key, and values of it that must make every one of the named outputs different from one another.

    `given` is changed first, for all of them. A value that is a Mapping of paths changes those (a name and what refers
    to it); None takes a key away.
    """

    path: str
    base: str
    values: tuple[Any, ...]
    outputs: tuple[str, ...]
    given: Changes = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The key without places in lists."""
        return re.sub(r"\[\d+\]", "", self.path)


def leaves(kind: Any = Household, name: str = "") -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Every key of the household file that holds a value, with its choices where it has some."""
    for key, one in kind.model_fields.items():
        path = f"{name}.{key}" if name else key
        tables = list(_models(one.annotation))
        for table in tables:
            yield from leaves(table, path)
        if not tables:
            yield path, tuple(_choices(one.annotation))


def _models(kind: Any) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for part in get_args(kind):
        yield from _models(part)


def _choices(kind: Any) -> Iterator[Any]:
    if kind is bool:
        yield from (False, True)
    elif get_origin(kind) is Literal:
        yield from get_args(kind)
    else:
        for part in get_args(kind):
            yield from _choices(part)


@cache
def _example(name: str) -> dict[str, Any]:
    return tomllib.loads((EXAMPLES / f"{name}.toml").read_text(encoding="utf-8"))


def household_with(base: str, changes: Changes) -> Household:
    """An example with some keys changed."""
    return _parsed(_toml(_changed(base, changes)))


@cache
def _parsed(text: str) -> Household:
    return parse_household(text, TODAY)


def _changed(base: str, changes: Changes) -> dict[str, Any]:
    table = deepcopy(_example(base))
    for path, value in changes.items():
        _put(table, path, deepcopy(value))
    return table


def _put(table: dict[str, Any], path: str, value: Any) -> None:
    """Set a key by its path ("jobs[0].plan.kind"), with the tables on the way; None takes it away."""
    here: Any = table
    steps: list[Any] = []
    for name, place in STEP.findall(path):
        steps += [name, int(place)] if place else [name]
    for step, following in pairwise(steps):
        empty: Any = [] if isinstance(following, int) else {}
        if isinstance(step, int):
            if step == len(here):
                here.append(empty)
            here = here[step]
        else:
            here = here.setdefault(step, empty)
    last = steps[-1]
    if value is None:
        if isinstance(last, int) or last in here:
            del here[last]
    elif isinstance(last, int) and last == len(here):
        here.append(value)
    else:
        here[last] = value


def _toml(value: Any) -> str:
    """Plain data as TOML, every table of the file on a line of its own."""
    return "\n".join(f"{key} = {_inline(part)}" for key, part in value.items()) + "\n"


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_inline(part)}" for key, part in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_inline(part) for part in value) + "]"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value)


def _capacity(household: Household) -> Any:
    return capacity_json(capacity_of(household, None))


def _checklist(household: Household) -> Any:
    return checklist_json(checklist_of(household, capacity_of(household, None)))


@cache
def _tables(start_year: int, years: int, growth: Growth, statuses: tuple[int, ...]) -> LawTables:
    return landscape_tables(load_landscape("current-law"), start_year, years, growth, statuses, LAW_READ)[0]


def _life(household: Household) -> Any:
    """The numbers of a plan under current law: spending, estates and flows of every strategy, and their worth."""
    require_plannable(household)
    one = study(household, household.start_year, FEW, 1, threads=1)
    law = load_landscape("current-law")
    laws = law_paths(law, one.start_year, one.market.returns.shape[1], one.uniforms)
    tables = _tables(one.start_year, laws.regime.shape[1], household.market.growth, statuses_of(household))
    outcome = run(household, one.start_year, one.market, laws, tables, one.strategies, one.options(table_kept=FEW))
    short = shortfall(outcome, household.beliefs, household.spending.essential, 0)
    value = worth(outcome, household.beliefs).certainty_equivalent
    arrays = (outcome.spending, outcome.estate, outcome.table, value)
    return [sha256(array.tobytes()).hexdigest() for array in arrays], short


def _plan(household: Household) -> Any:
    """The whole answer without what only repeats the file, and its text."""
    answer = plan(household, Settings(paths=FEW, landscapes=household.landscape.names[:1], threads=1))
    text = StringIO()
    print_answer(answer, Console(file=text, width=100))
    return {key: value for key, value in answer_json(answer).items() if key not in ECHOES}, text.getvalue()


OUTPUTS: Mapping[str, Callable[[Household], Any]] = {
    "capacity": _capacity,
    "checklist": _checklist,
    "forms": lambda household: forms_json(forms_of(household, None)),
    "access": lambda household: access_json(access_of(household, None)),
    "payments": lambda household: payments_json(payments_of(household)),
    "life": _life,
    "plan": _plan,
}
_said: dict[tuple[int, str], str] = {}


def said(household: Household, output: str) -> str:
    """What one command says of a household, worked out once."""
    key = (id(household), output)
    if key not in _said:
        _said[key] = repr(OUTPUTS[output](household))
    return _said[key]


def variants(row: Row) -> list[Household]:
    """The households of a row, one for each value."""
    found = []
    for value in row.values:
        change = value if isinstance(value, Mapping) and any("." in str(key) for key in value) else {row.path: value}
        found.append(household_with(row.base, {**row.given, **change}))
    return found
