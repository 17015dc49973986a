"""The pages of the documents as a reader follows them: files to write, commands to type, what is then shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rothwell.law.states import states

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
GENERATED = (
    *("law-coverage.md", "not-modeled.md", "commands.md", "columns.md"),
    *(
        "states/README.md",
        "states/conversions.md",
        "states/death-taxes.md",
        *(f"states/{code}.md" for code in states()),
    ),
)
BLOCK = re.compile(
    r"(?:^<!-- (?P<note>[^\n]*) -->\n)?^```(?P<kind>[a-z]*)(?P<rest>[^\n]*)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code in a page: its kind (sh, toml, text ...), the note above it, what stands beside the kind."""

    kind: str
    note: str
    rest: str
    body: str

    def commands(self) -> Iterator[str]:
        """The lines to type, without the comments behind them."""
        for line in self.body.splitlines():
            command = re.sub(r"\s+#\s.*$", "", line).strip()
            if command and not command.startswith("#"):
                yield command

    @property
    def status(self) -> int:
        """The exit status that the page promises."""
        found = re.search(r"exit=(\d+)", self.rest)
        return int(found[1]) if found else 0


def blocks(page: Path) -> list[Block]:
    """Every block of a page, in order."""
    text = page.read_text(encoding="utf-8")
    return [Block(one["kind"], one["note"] or "", one["rest"], one["body"]) for one in BLOCK.finditer(text)]


def written_pages() -> list[Path]:
    """The pages that people write: README and docs without the generated ones."""
    return [
        ROOT / "README.md",
        *sorted(path for path in DOCS.rglob("*.md") if str(path.relative_to(DOCS)) not in GENERATED),
    ]


def pages_with(kind: str) -> list[Path]:
    """The written pages that have a block of a kind."""
    return [page for page in written_pages() if any(block.kind == kind for block in blocks(page))]


def write_file(block: Block, folder: Path) -> Path | None:
    """Do what the note above a block says (`file: NAME`, `add to: NAME`, `add to: NAME after: LINE`)."""
    action, _, rest = block.note.partition(": ")
    name, _, after = rest.partition(" after: ")
    path = folder / name
    if action == "file":
        path.write_text(block.body, encoding="utf-8")
    elif action == "add to" and after:
        before, line, behind = path.read_text(encoding="utf-8").partition(after)
        assert line, f"{name} has no line {after!r}"
        end_of_line, _, behind = behind.partition("\n")
        path.write_text(f"{before}{line}{end_of_line}\n{block.body}{behind}", encoding="utf-8")
    elif action == "add to":
        path.write_text(path.read_text(encoding="utf-8") + "\n" + block.body, encoding="utf-8")
    else:
        return None
    return path


def missing_words(promised: str, shown: str, numbers_may_differ: bool) -> list[str]:
    """What a page shows and a command does not, however the lines are broken; a line `...` stands for anything."""

    def plain(text: str) -> str:
        words = re.sub("[─━]+", "─", " ".join(text.split()))  # a rule is as wide as its table
        return re.sub(r"\d[\d,]*(\.\d+)?%?", "#", words) if numbers_may_differ else words

    parts = re.split(r"^\.\.\.$", promised, flags=re.MULTILINE)
    return [part for part in parts if plain(part) not in plain(shown)]
