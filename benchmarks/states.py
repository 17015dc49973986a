"""What the return of a state costs in the simulator: the same couple in each state, beside one without a tax."""

from __future__ import annotations

import time
from collections.abc import Callable

from rothwell.household import Household
from rothwell.law.landscape import law_paths, load_landscape
from rothwell.law.states import state, states
from rothwell.law.timeline import law_tables
from rothwell.lifetime.household_arrays import statuses_of, years_of_futures
from rothwell.lifetime.household_market import draw_household_market
from rothwell.lifetime.markets import draw_uniforms
from rothwell.lifetime.scenario import LAW_READ, RunOptions, run
from rothwell.lifetime.strategies import PRESETS

PATHS = 500
REPEATS = 5
WITHOUT = "TX"


def states_beside_none(one: Household, line: Callable[[str, str], None]) -> None:
    """The time of the simulator in every state with a tax, as a multiple of that in a state without one."""
    print("State and federal tax solved together, times federal tax alone (examples/couple.toml, default)")
    years, landscape = years_of_futures(one, one.start_year), load_landscape("default")
    tables, _ = law_tables(landscape.regimes, one.start_year, years, one.market.growth, statuses_of(one), LAW_READ)
    market = draw_household_market(one, one.start_year, years, PATHS, 1)
    laws = law_paths(landscape, one.start_year, years, draw_uniforms(PATHS, years, 1))
    codes = [WITHOUT, *(code for code in states() if state(code).figures)]
    moved = {
        code: one.model_copy(update={"household": one.household.model_copy(update={"state": code})}) for code in codes
    }
    shortest, passes = dict.fromkeys(codes, float("inf")), dict.fromkeys(codes, 0.0)
    for _ in range(REPEATS):
        for code, there in moved.items():  # in turn, so that whatever else runs here meets all alike
            before = time.process_time()
            outcome = run(there, one.start_year, market, laws, tables, PRESETS, RunOptions(threads=1))
            shortest[code] = min(shortest[code], time.process_time() - before)
            passes[code] = outcome.passes
    for code in codes[1:]:
        ratio = shortest[code] / shortest[WITHOUT]
        line(f"{state(code).name}, passes {passes[code]:.2f} ({passes[WITHOUT]:.2f} without)", f"{ratio:.2f}")
