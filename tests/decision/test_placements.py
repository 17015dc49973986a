"""The next-dollar table where the answer is known, and how it must move."""

from __future__ import annotations

import pytest

from rothwell.decision.placements import HSA, MEGA_BACKDOOR, PRE_TAX, ROTH, TAXABLE, Placements, placements, with_more
from rothwell.lifetime.accounts import total_balance
from rothwell.lifetime.household_arrays import household_arrays
from rothwell.provision import plainly
from tests.decision.views import RATE, retired, seen, working
from tests.lifetime.runs import QUIET, START, account, flat_law

ACCOUNTS = (TAXABLE, PRE_TAX, ROTH, MEGA_BACKDOOR)
GROWING = '[market]\nkind = "fixed"\nplan_fee = {plan}\nira_fee = 0.0005\n'


def beside(found: Placements) -> dict[str, float]:
    """How many taxable dollars one more dollar in each account is worth."""
    return {row.account: row.beside_taxable.value for row in found.rows}


@pytest.mark.parametrize("name", [*ACCOUNTS, HSA])
def test_a_sum_placed_is_all_that_changes(name: str) -> None:
    arrays = household_arrays(working(), START)
    more = with_more(arrays, name, 0, 1_000.0)
    balance = plainly(total_balance)
    assert balance(more.state[0]) - balance(arrays.state[0]) == pytest.approx(1_000.0)
    untaxed = more.state[0].taxable - more.state[0].taxable_basis
    assert untaxed == arrays.state[0].taxable - arrays.state[0].taxable_basis


def test_under_a_flat_tax_without_growth_every_dollar_out_of_pocket_is_worth_the_same() -> None:
    """At 25%, 1 / 0.75 dollars go into pre-tax for a dollar out of pocket and leave a dollar after tax."""
    view, _ = seen(working(), flat_law(RATE))
    found = placements(view)
    assert found.rate_now == pytest.approx(RATE)
    assert {row.account: row.dollars for row in found.rows} == pytest.approx(
        {TAXABLE: 1.0, PRE_TAX: 1.0 / 0.75, ROTH: 1.0, MEGA_BACKDOOR: 1.0}
    )
    assert beside(found) == pytest.approx(dict.fromkeys(ACCOUNTS, 1.0), abs=1e-4)
    assert found.rate_of_indifference.value == pytest.approx(RATE, abs=1e-4)


def test_where_nobody_works_a_dollar_counts_as_it_lies() -> None:
    view, _ = seen(retired(), flat_law(RATE))
    found = placements(view)
    assert {row.account: row.dollars for row in found.rows} == {
        TAXABLE: 1.0, PRE_TAX: None, ROTH: 1.0, MEGA_BACKDOOR: None,
    }  # fmt: skip
    assert beside(found) == pytest.approx({TAXABLE: 1.0, PRE_TAX: 0.75, ROTH: 1.0, MEGA_BACKDOOR: 1.0}, abs=1e-4)
    assert found.rate_of_indifference.value == pytest.approx(RATE, abs=1e-4)


def test_a_dearer_plan_makes_the_mega_backdoor_dollar_worth_less_than_one_in_a_roth_ira() -> None:
    gaps = []
    for fee in (0.0005, 0.002, 0.006):
        view, _ = seen(working(GROWING.format(plan=fee)), flat_law(RATE, 0.15))
        values = beside(placements(view))
        gaps.append(values[ROTH] - values[MEGA_BACKDOOR])
    assert gaps[0] == pytest.approx(0.0, abs=1e-6)  # the same fee, the same account
    assert gaps[0] < gaps[1] < gaps[2]


def test_a_tax_on_growth_makes_the_roth_dollar_worth_more_than_the_taxable_one() -> None:
    view, _ = seen(working(GROWING.format(plan=0.0005)), flat_law(RATE, 0.15))
    values = beside(placements(view))
    assert values[ROTH] > 1.01
    assert values[TAXABLE] == 1.0


def test_a_dollar_in_a_health_savings_account_is_never_taxed_where_it_pays_for_health() -> None:
    """IRC 223(f)(1): without growth it is worth about a dollar of the taxable account, a pre-tax one 0.75 of it;
    not exactly, as the spending rule counts it only when it pays. No row where there is no account."""
    health = QUIET + "[health]\nout_of_pocket = 6_000\n"
    view, _ = seen(retired(health + account("hsa", 10_000)), flat_law(RATE))
    assert beside(placements(view))[HSA] == pytest.approx(1.0, abs=0.05)
    view, _ = seen(retired(health), flat_law(RATE))
    assert HSA not in beside(placements(view))
