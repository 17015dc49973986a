"""A test session that tries mutants: each in a child process, against the tests that read it, until one fails."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest
from _pytest.runner import runtestprotocol

from mutants.mutant import Mutant, forget
from mutants.reading import Reading

KILLED, SURVIVED, HANGS, NOT_READ = "killed", "survived", "hangs", "not read"
TIMES, AT_LEAST = 10.0, 60.0  # a hang: this many times as long as the tests took without a mutant, seconds
_SURVIVED, _KILLED, _NOT_APPLIED = 0, 1, 2


@dataclass
class Outcome:
    """What became of a mutant; `by` the test that failed."""

    mutant: Mutant
    outcome: str
    by: str
    seconds: float


@dataclass
class Known:
    """What is known of the tests: what each reads, how long it takes, what it has killed."""

    reads: dict[str, set[str]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    failing: list[str] = field(default_factory=list)
    killed: dict[str, Counter[str]] = field(default_factory=dict)


@dataclass
class Trials:
    """A plugin of the test session: it runs every test once, noting what it reads, and then tries the mutants.

    mutants     made when the tests have been collected
    excluded    the reason why a test does not count, or nothing
    tell        called with each outcome
    """

    mutants: Callable[[], Sequence[Mutant]]
    excluded: Callable[[str], str]
    tell: Callable[[Outcome], None]
    workers: int
    known: Known = field(default_factory=Known)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of running the tests."""
        items = [item for item in session.items if not self.excluded(item.nodeid)]
        for item in items:
            if item.nodeid not in self.known.reads:
                self._record(item)
        sound = {item.nodeid: item for item in items if item.nodeid not in self.known.failing}
        running: dict[int, tuple[Mutant, float, int]] = {}
        for mutant in self.mutants():
            tests = self._in_order(mutant, sound)
            if not tests:
                self.tell(Outcome(mutant, NOT_READ, "", 0.0))
                continue
            if len(running) == self.workers:
                self._wait(running)
            process, pipe = _started(mutant, [sound[name] for name in tests], self._limit(tests))
            running[process] = (mutant, time.monotonic(), pipe)
        while running:
            self._wait(running)
        return True

    def _record(self, item: pytest.Item) -> None:
        """Run a test and note what it reads, how long it takes and whether it passes."""
        forget()
        reading = Reading()
        with reading.watching():
            _fails(item)
        forget()
        begin = time.monotonic()
        if _fails(item):
            self.known.failing.append(item.nodeid)
        self.known.seconds[item.nodeid] = time.monotonic() - begin
        self.known.reads[item.nodeid] = reading.figures() | reading.functions()

    def _in_order(self, mutant: Mutant, sound: dict[str, pytest.Item]) -> list[str]:
        """The tests that read what is changed: first those that killed its siblings, then the quick ones."""
        killed = self.known.killed.get(mutant.of, Counter())
        reading = [name for name in sound if mutant.of in self.known.reads[name]]
        return sorted(reading, key=lambda name: (-killed[mutant.key + name], -killed[name], self.known.seconds[name]))

    def _limit(self, tests: list[str]) -> int:
        return int(AT_LEAST + TIMES * sum(self.known.seconds[name] for name in tests))

    def _wait(self, running: dict[int, tuple[Mutant, float, int]]) -> None:
        """Wait for a child and tell what it found."""
        process, status = os.wait()
        mutant, begin, pipe = running.pop(process)
        with os.fdopen(pipe, encoding="utf-8") as stream:
            by = stream.read()
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM:
            outcome = HANGS
        else:
            code = os.waitstatus_to_exitcode(status)
            if code not in (_SURVIVED, _KILLED):
                raise RuntimeError(f"{mutant.key} could not be tried: {by}")
            outcome = KILLED if code == _KILLED else SURVIVED
        if by:
            self.known.killed.setdefault(mutant.of, Counter())[by] += 1
        self.tell(Outcome(mutant, outcome, by, time.monotonic() - begin))


def _fails(item: pytest.Item) -> bool:
    """Run a test."""
    return any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def _started(mutant: Mutant, items: list[pytest.Item], limit: int) -> tuple[int, int]:
    """A child process that tries a mutant: its number, and where it writes the name of the test that failed."""
    sys.stdout.flush()
    reader, writer = os.pipe()
    process = os.fork()
    if process:
        os.close(writer)
        return process, reader
    signal.alarm(limit)
    code = _NOT_APPLIED
    try:
        mutant.apply()
        code = _SURVIVED
        for item in items:
            if _fails(item):
                os.write(writer, item.nodeid.encode())
                code = _KILLED
                break
    except BaseException as error:
        os.write(writer, repr(error).encode())
    finally:
        os._exit(code)
