"""Other planners' Monte Carlo beside ours, each on a case of its own, where its environment is installed."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLANNERS = {  # the module that times it, and its arguments
    "monteplan": ("benchmarks.peer_monteplan", "2"),
    "owl": ("benchmarks.peer_owl", "10", "1"),
}


def planners(household_years: float, line: Callable[[str, str], None]) -> None:
    """Print their household-years per second, and how many of ours there are in the same second.

    The models are not the same: monteplan goes by months with a simple tax, Owl solves a plan for each known future.
    """
    print("Other planners' futures (each on a case of its own, one thread)")
    for name, (module, *arguments) in PLANNERS.items():
        python = ROOT / ".venv-oracle" / name / "bin" / "python"
        if not python.exists():
            line(name, f"make .venv-oracle/{name}/.ready first")
            continue
        command = [str(python), "-m", module, *arguments]
        found = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        numbers = [float(word) for word in found.split("\n") if word.replace(".", "", 1).isdigit()]
        theirs = numbers[0] / min(numbers[1:])
        line(f"{name}, household-years per second", f"{theirs:,.0f}")
        line(f"  ours for each of {name}", f"{household_years / theirs:,.0f}")
