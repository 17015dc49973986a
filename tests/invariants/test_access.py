"""Access to retirement money, audited again from the statute in households at random; a run of any size is
`python -m tests.invariants.access_auditor 1000000`."""

from __future__ import annotations

import numpy as np
import pytest

from tests.invariants.access_auditor import audit, random_lives, run_audit

HOUSEHOLD_YEARS = 40_000


@pytest.fixture(scope="module")
def audited() -> tuple[int, int, list[str]]:
    return run_audit(HOUSEHOLD_YEARS)


def test_access_rules_hold_in_households_at_random(audited: tuple[int, int, list[str]]) -> None:
    checked, with_tax, found = audited
    assert not found, found[:5]
    assert checked >= HOUSEHOLD_YEARS
    assert with_tax > 200  # years with the 10% tax were among them


def test_layers_are_the_basis_of_a_second_ledger(audited: tuple[int, int, list[str]]) -> None:
    assert not [words for words in audited[2] if "basis" in words]


def test_the_auditor_sees_what_is_planted() -> None:
    seed = 1
    while True:
        one, flows = random_lives(seed, 2)
        early = np.argwhere(flows["early_tax"] > 100.0)
        if len(early):
            break
        seed += 1
    strategy, path, year = early[0]
    life = flows[strategy, path]
    assert not list(audit(one, life))
    for field, change in (("early_tax", -1.0), ("early_subject", 10.0), ("roth_earnings", 5.0)):
        planted = life.copy()
        planted[field][year] += change
        assert list(audit(one, planted)), field
    planted = life.copy()
    planted["pre_tax_taken"][year, 0] += 50.0
    assert list(audit(one, planted))
