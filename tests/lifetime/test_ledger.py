"""The ledger of one path: the same flows as in the whole run, and accounts that add up."""

from __future__ import annotations

import numpy as np
import pytest

from rothwell.errors import LedgerError
from rothwell.lifetime.ledger import account_kinds, account_years, flow_names, flow_values
from rothwell.lifetime.scenario import Outcome, RunOptions
from rothwell.lifetime.strategies import PRESETS
from rothwell.lifetime.year_record import SCRATCH_FIELDS, YEAR
from tests.invariants.random_households import random_household
from tests.lifetime.runs import KEEP_ALL, couple, drawn_laws, drawn_market, load_landscape, simulate, unchecked

PATHS, CHOSEN = 20, 17
PEOPLE = ["James", "Maria"]
CENT = 0.01
BUCKETS = {"pre_tax_plan": "end_pre_tax", "traditional_ira": "end_pre_tax", "roth_plan": "end_roth"}
BUCKETS |= {
    "former_plan": "end_pre_tax",
    "hsa": "end_hsa",
    "roth_ira": "end_roth",
    "after_tax": "end_after_tax",
    "taxable": "end_taxable",
}


def of_couple(options: RunOptions) -> Outcome:
    """The couple on the first paths of the default landscape under every preset."""
    laws = drawn_laws(load_landscape("default"), couple(), PATHS)
    return simulate(couple(), "default", PRESETS, drawn_market(couple(), PATHS), laws, options)


def test_the_flows_of_a_path_alone_are_those_of_the_whole_run_bit_for_bit() -> None:
    whole = of_couple(RunOptions(threads=2, flows_kept=KEEP_ALL)).flows[:, CHOSEN]
    alone = of_couple(RunOptions(threads=1, only=CHOSEN)).flows[:, 0]
    assert whole.tobytes() == alone.tobytes()
    assert whole["spending"].min() > 0.0


@pytest.mark.parametrize("timing", ["start", "end"])
def test_every_account_adds_up_and_opens_with_what_it_closed_with(timing: str) -> None:
    generator = np.random.default_rng(7)
    for _ in range(6):
        one = random_household(generator)
        one = one.model_copy(update={"market": one.market.model_copy(update={"spending_timing": timing})})
        people = [person.name for person in one.people]
        laws, market = drawn_laws(load_landscape("default"), one, 3), drawn_market(one, 3)
        outcome, _ = unchecked(one, "default", PRESETS, market, laws, RunOptions(threads=1, only=2))
        for position in range(len(PRESETS)):
            rows = account_years(outcome, position, people)
            closed: dict[tuple[str, str], float] = {}
            for row in rows:
                assert row.opening + row.came_in - row.went_out + row.growth == pytest.approx(row.closing, abs=CENT)
                assert min(row.came_in, row.went_out) >= 0.0
                assert row.opening == closed.get((row.account, row.owner), row.opening)
                closed[row.account, row.owner] = row.closing
            for flows in outcome.flows[position, 0]:
                of_year = [row for row in rows if row.year == int(flows["year"])]
                for bucket in set(BUCKETS.values()):
                    held = sum(row.closing for row in of_year if BUCKETS.get(row.account) == bucket)
                    if flows["price_level"] > 0.0 and bucket != "end_taxable":
                        assert held == pytest.approx(float(flows[bucket]), abs=CENT)


def test_contributions_and_savings_are_what_goes_into_the_accounts_of_the_couple() -> None:
    outcome = of_couple(RunOptions(threads=1, only=CHOSEN))
    flows, rows = outcome.flows[0, 0, 0], account_years(outcome, 0, PEOPLE)
    into = {(row.account, row.owner): row.came_in for row in rows if row.year == 2026}
    for person, name in enumerate(PEOPLE):
        put_in = float(flows["deferral_pre_tax"][person] + flows["employer"][person])
        assert into["pre_tax_plan", name] == pytest.approx(put_in)
    assert into["taxable", "joint"] == pytest.approx(float(flows["saved"]))


def test_a_year_whose_growth_is_not_that_of_its_accounts_stops_the_ledger() -> None:
    outcome = of_couple(RunOptions(threads=1, only=CHOSEN))
    outcome.flows["growth"][0, 0, 5] += 1.0
    with pytest.raises(LedgerError, match="2031 the growth of the accounts"):
        account_years(outcome, 0, PEOPLE)
    outcome = of_couple(RunOptions(threads=1, only=CHOSEN))
    outcome.steps["roth_ira"][0, 0, 5, 0, 1] += 1.0
    with pytest.raises(LedgerError, match="roth_ira"):
        account_years(outcome, 0, PEOPLE)


def test_every_flow_that_is_a_result_has_a_name_and_a_value() -> None:
    names = flow_names(PEOPLE)
    record = np.zeros(1, YEAR)[0]
    record["pay"][:] = (1.0, 2.0)
    values = dict(zip(names, flow_values(record, PEOPLE), strict=True))
    assert (values["pay (James)"], values["pay (Maria)"]) == (1.0, 2.0)
    assert {name.partition(" (")[0] for name in names} == set(YEAR.names or ()) - set(SCRATCH_FIELDS)
    assert len(flow_names(PEOPLE[:1])) < len(names)


def test_every_kind_of_account_is_in_the_ledger() -> None:
    assert set(account_kinds()) >= {"taxable", *BUCKETS}
