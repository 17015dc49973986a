"""How long monteplan takes for its own default case: `python -m benchmarks.peer_monteplan REPEATS`.

Runs in an environment of its own (`make .venv-oracle/monteplan/.ready`); prints household-years, then the seconds of
each repetition.
"""

from __future__ import annotations

import sys
import time

from monteplan.config.defaults import default_market, default_plan, default_policies, default_sim_config
from monteplan.core.engine import simulate


def main() -> None:
    """Time the case that the package ships, as it ships it."""
    plan, market, policies, settings = default_plan(), default_market(), default_policies(), default_sim_config()
    print(settings.n_paths * (plan.end_age - plan.current_age))
    for _ in range(int(sys.argv[1])):
        before = time.perf_counter()
        simulate(plan, market, policies, settings)
        print(time.perf_counter() - before)


if __name__ == "__main__":
    main()
