"""`python -m benchmarks`: what a household-year, a return, the law of a year and a whole plan cost on this machine.

Times depend on the machine and on what else runs on it; ratios to the interpreted twin, measured in the same run, do
not depend much. Nothing here passes or fails.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numba
import numpy as np

from benchmarks.many_returns import many_returns
from benchmarks.planners import planners
from benchmarks.states import states_beside_none
from rothwell.answer import Settings, plan
from rothwell.decision import comparison, mega_value
from rothwell.household import Household, load_household
from rothwell.law import JOINT, law_for, record_type
from rothwell.law.landscape import law_paths, load_landscape
from rothwell.law.timeline import LawTables, law_tables, set_law_of_year
from rothwell.lifetime import scenario
from rothwell.lifetime.household_arrays import statuses_of, years_of_futures
from rothwell.lifetime.household_market import draw_household_market
from rothwell.lifetime.markets import Market, draw_uniforms
from rothwell.lifetime.scenario import LAW_READ, Outcome, RunOptions, run
from rothwell.lifetime.simulate import simulate_paths
from rothwell.lifetime.strategies import PRESETS
from rothwell.provision import _plain
from rothwell.tax.facts import RETURN
from rothwell.tax.federal import form_1040

ROOT = Path(__file__).resolve().parents[1]
COUPLE = ROOT / "examples" / "couple.toml"
TODAY = date(2026, 11, 23)
PATHS = 1_000
REPEATS = 5
RETURNS, INTERPRETED_RETURNS = 200_000, 300
LAWS = 200_000


def best(work: Callable[[], Any], repeats: int = REPEATS) -> float:
    """The shortest of several times, in seconds, after one run that compiles."""
    work()
    times = []
    for _ in range(repeats):
        before = time.perf_counter()
        work()
        times.append(time.perf_counter() - before)
    return min(times)


def line(name: str, value: str) -> None:
    """One measurement."""
    print(f"  {name:<58}{value:>18}")


def household_years(one: Household) -> float:
    """A household-year is one complete year of the couple under `default` with all passes of the solver."""
    print("Household-years (examples/couple.toml, default, one thread)")
    years = years_of_futures(one, one.start_year)
    landscape = load_landscape("default")
    tables, _ = law_tables(landscape.regimes, one.start_year, years, one.market.growth, statuses_of(one), LAW_READ)
    market = draw_household_market(one, one.start_year, years, PATHS, 1)
    laws = law_paths(landscape, one.start_year, years, draw_uniforms(PATHS, years, 1))

    def simulated(paths: int) -> Outcome:
        first = market.first(paths)
        return run(one, one.start_year, first, laws.first(paths), tables, PRESETS, RunOptions(threads=1))

    compiled = best(lambda: simulated(PATHS)) / (PATHS * years * len(PRESETS))
    with patch.object(scenario, "simulate_paths", _plain(simulate_paths, {})), np.errstate(all="ignore"):
        interpreted = best(lambda: simulated(1), 1) / (years * len(PRESETS))
    line("household-years per second", f"{1.0 / compiled:,.0f}")
    line("passes of the solver per household-year", f"{simulated(PATHS).passes:.2f}")
    line("times as fast as the interpreted twin", f"{interpreted / compiled:,.0f}")
    law_of_a_year(tables, market, compiled)
    return compiled


@numba.njit(nogil=True)
def _laws(flat: Any, amounts: Any, tables: LawTables, levels: Any, count: int) -> None:
    for number in range(count):
        regime = number % tables.stored.shape[0]
        set_law_of_year(flat, amounts, tables, regime, JOINT, number % levels.shape[0], levels)


def law_of_a_year(tables: LawTables, market: Market, household_year: float) -> None:
    """The law of a path's year, computed once for all strategies of the path."""
    flat = np.zeros(1, record_type()).view(np.float64)
    amounts = np.zeros_like(flat)
    each = best(lambda: _laws(flat, amounts, tables, market.levels[0], LAWS)) / LAWS
    line("law of a path's year, nanoseconds", f"{each * 1e9:,.0f}")
    line("its share of a household-year, six strategies alike", f"{each / len(PRESETS) / household_year:.0%}")


@numba.njit(nogil=True)
def _returns(facts: Any, law: Any, count: int) -> float:
    total = 0.0
    for number in range(count):
        total += form_1040(facts[number], JOINT, law[0]).total_tax
    return total


def returns() -> None:
    """Whole federal returns of couples with wages, gains, dividends, distributions and benefits."""
    print("Federal returns (joint, 2026)")
    law = np.zeros(1, record_type())
    law[0] = law_for(2026).record
    generator = np.random.default_rng(1)
    facts = np.zeros(RETURNS, RETURN)
    facts["age1"], facts["age2"] = 66.0, 64.0
    for field in ("wages1", "lt_gain", "ordinary_dividends", "ira_distributions", "ss1"):
        facts[field] = generator.exponential(50_000.0, RETURNS)
    facts["qualified_dividends"] = facts["ordinary_dividends"]
    compiled = best(lambda: _returns(facts, law, RETURNS)) / RETURNS
    twin = _plain(form_1040, {})
    interpreted = best(lambda: [twin(facts[row], JOINT, law[0]) for row in range(INTERPRETED_RETURNS)], 2)
    line("returns per second", f"{1.0 / compiled:,.0f}")
    line("times as fast as the interpreted twin", f"{interpreted / INTERPRETED_RETURNS / compiled:,.0f}")


def whole_plan(one: Household) -> None:
    """The wall time of `rothwell plan`, and where it goes."""
    print("rothwell plan examples/couple.toml (both landscapes, 10,000 paths)")
    spent: dict[str, float] = {}

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def measured(*arguments: Any, **named: Any) -> Any:
            before = time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                spent[name] = spent.get(name, 0.0) + time.perf_counter() - before

        return measured

    sections = ("landscape_tables", "law_paths", "run", "worth", "_locked", "fee_of_zero")
    plan(one, Settings(paths=100))  # compiled code is read from its cache
    before = time.perf_counter()
    rooms = {"fee_of_zero": mega_value}
    patches = [
        patch.object(room, name, timed(name, getattr(room, name)))
        for name in sections
        for room in [rooms.get(name, comparison)]
    ]
    for one_patch in patches:
        one_patch.start()
    plan(one, Settings())
    for one_patch in patches:
        one_patch.stop()
    line("the answer, seconds", f"{time.perf_counter() - before:.2f}")
    for name in sections:
        words = {
            "run": "run (all calls)",
            "_locked": "regimes (runs among them)",
            "fee_of_zero": "fee (runs among them)",
        }
        line(f"  of these {words.get(name, name)}", f"{spent.get(name, 0.0):.2f}")
    before = time.perf_counter()
    command = [sys.executable, "-c", "from rothwell.cli import main; main()", "plan", str(COUPLE)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    line("the whole command, seconds", f"{time.perf_counter() - before:.2f}")


def main() -> None:
    """Print every measurement."""
    one = load_household(COUPLE, TODAY)
    seconds = household_years(one)
    returns()
    many_returns(best, line)
    whole_plan(one)
    states_beside_none(one, line)
    planners(1.0 / seconds, line)


if __name__ == "__main__":
    main()
