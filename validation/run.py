"""`python -m validation.run [b1|c1|c2]`: the cases of this folder, printed; `--page` also writes docs/validation.md.

The tables of the page stand between its words, each case in a block of text of its own.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from validation.cases import CASES
from validation.inputs import FOLDER, FUTURES

PAGE = FOLDER.parent / "docs" / "validation.md"


def block_of(name: str) -> re.Pattern[str]:
    """Where the tables of a case stand in the page."""
    return re.compile(rf"(?<=^<!-- tables: {name} -->\n```text\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)


def tables_of(name: str, futures: int = FUTURES, quiet: bool = False) -> str:
    """The tables of a case as text; what is being run goes to standard error."""

    def say(words: str) -> None:
        if not quiet:
            sys.stderr.write(f"  {name}: {words}\n")
            sys.stderr.flush()

    return "\n\n".join("\n".join(table.lines()) for table in CASES[name](futures, say)) + "\n"


def write_into(page: Path, name: str, tables: str) -> None:
    """Put the tables of a case into the page."""
    text, count = block_of(name).subn(lambda _: tables, page.read_text(encoding="utf-8"), count=1)
    assert count == 1, f"{page.name} has no place for {name}"
    page.write_text(text, encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    """Run the cases asked for, all by default."""
    parser = argparse.ArgumentParser(prog="python -m validation.run", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"{', '.join(CASES)}; default: all")
    parser.add_argument("--futures", type=int, default=FUTURES, metavar="N", help=f"default: {FUTURES:,}")
    parser.add_argument("--page", action="store_true", help="write the tables into docs/validation.md")
    asked = parser.parse_args(arguments)
    unknown = [name for name in asked.cases if name not in CASES]
    if unknown:
        parser.error(f"no such case: {', '.join(unknown)}; there are {', '.join(CASES)}")
    if asked.page and asked.futures != FUTURES:
        parser.error(f"the page is written with {FUTURES:,} futures")
    for name in asked.cases or CASES:
        tables = tables_of(name, asked.futures)
        sys.stdout.write(f"{name.upper()}\n\n{tables}\n")
        if asked.page:
            write_into(PAGE, name, tables)


if __name__ == "__main__":
    main(sys.argv[1:])
