"""What the lower rooms must not reach for: the clock, the network, hidden chance, the libraries of pictures."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.style.house import SOURCE, modules, named, report, tree

REPORT_ONLY = ("altair", "vl_convert", "polars", "jinja2")
NETWORK = ("socket", "urllib", "http", "ftplib", "smtplib", "requests", "httpx", "aiohttp")
UNSAFE = ("pickle", "marshal", "shelve", "yaml")
CLOCKS = {"today", "now", "utcnow", "time", "localtime"}
CHANCE = {"default_rng", "Generator", "BitGenerator", "SeedSequence", "Philox", "PCG64", "PCG64DXSM"}
WITH_A_CLOCK = {"cli", "web"}
WITH_A_NETWORK = {"web"}


def room(path: Path) -> str:
    """The folder or module of the package in which a file lies."""
    return path.relative_to(SOURCE).parts[0]


def imports(module: ast.AST, top_level_only: bool = False) -> list[str]:
    """The packages that a module imports, by their first name."""
    found = []
    nodes = module.body if top_level_only and isinstance(module, ast.Module) else list(ast.walk(module))
    for node in nodes:
        if isinstance(node, ast.Import):
            found += [name.name.partition(".")[0] for name in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module.partition(".")[0])
    return found


def readings_of_the_clock(module: ast.AST) -> list[str]:
    """Calls such as date.today() and datetime.now()."""
    return [
        f"{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and ast.unparse(node.func.value).rpartition(".")[2] in {"date", "datetime", "time"}
    ]


def hidden_chance(module: ast.AST) -> list[str]:
    """Random numbers that come from no generator handed down."""
    found = [f"{name}" for name in imports(module) if name == "random"]
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith(("np.random", "numpy.random")):
            found += [] if node.attr in CHANCE else [f"{node.lineno}: {ast.unparse(node)}"]
    return found


@pytest.mark.parametrize("path", modules(), ids=named)
def test_only_the_command_line_reads_the_clock(path: Path) -> None:
    found = [] if room(path) in WITH_A_CLOCK else readings_of_the_clock(tree(path))
    assert not found, report([f"{named(path)}:{finding}" for finding in found])


@pytest.mark.parametrize("path", modules(), ids=named)
def test_random_numbers_come_from_a_generator_handed_down(path: Path) -> None:
    assert not hidden_chance(tree(path)), report([f"{named(path)}:{finding}" for finding in hidden_chance(tree(path))])


@pytest.mark.parametrize("path", modules(), ids=named)
def test_nothing_reaches_for_the_network_or_loads_code_from_files(path: Path) -> None:
    forbidden = UNSAFE if room(path) in WITH_A_NETWORK else NETWORK + UNSAFE
    assert not set(imports(tree(path))) & set(forbidden)


@pytest.mark.parametrize("path", modules(), ids=named)
def test_pictures_and_tables_are_imported_by_the_report_alone(path: Path) -> None:
    found = set() if room(path) == "report" else set(imports(tree(path), top_level_only=True)) & set(REPORT_ONLY)
    assert not found


def test_the_package_needs_only_its_core_dependencies_to_import() -> None:
    """`import rothwell` and every room below the report with the libraries of pictures and tables blocked."""
    below = [path for path in modules() if room(path) not in {"report", "cli", "web", "book.py", "__main__.py"}]
    names = [
        ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__") for path in below
    ]
    blocked = f"import sys; sys.modules.update(dict.fromkeys({REPORT_ONLY!r}))"
    light = "import rothwell; assert not {'numba', 'numpy', 'pydantic'} & set(sys.modules), 'import rothwell is heavy'"
    rooms = "import importlib; [importlib.import_module(name) for name in sys.argv[1:]]"
    run = subprocess.run(
        [sys.executable, "-c", f"{blocked}; {light}; {rooms}", *names],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(SOURCE.parent), "PATH": "", "HOME": str(Path.home())},
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]


@pytest.mark.parametrize("planted", ["date.today()", "datetime.now()", "datetime.datetime.now(UTC)", "time.time()"])
def test_a_planted_reading_of_the_clock_is_found(planted: str) -> None:
    assert len(readings_of_the_clock(ast.parse(f"start = {planted}.year"))) == 1


@pytest.mark.parametrize("planted", ["np.random.normal()", "numpy.random.seed(1)", "random"])
def test_planted_hidden_chance_is_found(planted: str) -> None:
    assert len(hidden_chance(ast.parse("import random" if planted == "random" else planted))) == 1
