"""What the house-style tests look at: the files of the project and the trees of its modules."""

from __future__ import annotations

import ast
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "rothwell"
LAW_ROOMS = ("tax", "mega_backdoor", "lifetime")  # rooms that apply the law: no number of the law stands in their code
NOT_OURS = {".git", ".venv", "out", "build", "dist", "__pycache__"} | {
    f".{tool}" for tool in ("pytest_cache", "mypy_cache", "ruff_cache", "hypothesis", "import_linter_cache")
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(*rooms: str) -> list[Path]:
    """The modules of the package, or of some of its rooms."""
    folders = [SOURCE / room for room in rooms] or [SOURCE]
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def project_files() -> list[Path]:
    """Every text file of the project that is, or is about to be, under version control."""
    if shutil.which("git") and (ROOT / ".git").exists():
        command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
        paths = [ROOT / name for name in listed.split("\0") if name]
    else:  # an unpacked archive
        paths = [path for path in ROOT.rglob("*") if not NOT_OURS & set(path.relative_to(ROOT).parts)]
    return [path for path in sorted(paths) if path.is_file() and b"\0" not in path.read_bytes()[:8192]]


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def named(path: Path) -> str:
    """A file's name from the project's root, as a person would write it."""
    return path.relative_to(ROOT).as_posix()


def functions(module: ast.AST, prefix: str = "") -> Iterator[tuple[str, Function]]:
    """Functions and methods of a module with their dotted names; those inside a function belong to it."""
    for node in ast.iter_child_nodes(module):
        if isinstance(node, Function):
            yield prefix + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from functions(node, f"{prefix}{node.name}.")
        elif isinstance(node, (ast.If, ast.Try, ast.With)):
            yield from functions(node, prefix)


def report(findings: list[str]) -> str:
    """The findings as the message of a failed test."""
    return "\n" + "\n".join(findings)
