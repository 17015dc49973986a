"""Files written whole or not at all: a temporary file beside the target, then moved into its place."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from rothwell.errors import InputError


def write_whole(path: Path, text: str) -> None:
    """Write a text file in one step, its folder made if that alone is missing; what was there before stays until then.

    Raises InputError where it cannot be written.
    """
    check_writable(path)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, _mode_of_a_new_file())
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as problem:
        raise _cannot_write(path, problem) from problem


def check_writable(path: Path) -> None:
    """Create the folder of a file to be, not the folders above it; raises InputError where the file cannot go there."""
    if path.is_dir():
        raise InputError("this is a folder, not a file", file=str(path), allowed="the name of a file")
    above = path.parent.parent
    if not path.parent.exists() and not above.is_dir():
        raise InputError(
            "there is no folder for this file", file=str(path), found=str(path.parent), allowed="a folder that exists"
        )
    try:
        path.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=path.parent):
            pass
    except OSError as problem:
        raise _cannot_write(path, problem) from problem


def _mode_of_a_new_file() -> int:
    """The permissions that the user's umask gives."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _cannot_write(path: Path, problem: OSError) -> InputError:
    words = problem.strerror or type(problem).__name__
    return InputError("cannot write this file", file=str(path), found=words, allowed="a place you may write to")
