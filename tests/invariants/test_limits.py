"""Limits of the law are never broken: contributions, distributions and conversions, seen by a second auditor."""

from __future__ import annotations

import os
from collections.abc import Callable

import numpy as np
import pytest

from rothwell.household import Household
from rothwell.law.figures import figure
from rothwell.lifetime.markets import Market, market_of
from rothwell.lifetime.scenario import RunOptions
from rothwell.lifetime.strategies import PRESETS
from tests.invariants.ledger_of_flows import Flows, lived
from tests.invariants.random_households import random_household
from tests.invariants.statute_auditor import Limits, begins_in, findings, uniform_divisors
from tests.lifetime.runs import CENT, KEEP_ALL, START, drawn_laws, drawn_market, load_landscape, unchecked

HOUSEHOLDS = int(os.environ.get("HOUSEHOLDS", "120"))  # 2,000 are a million household-years
PATHS = 3
BAN_YEAR = 2029  # the first that the shipped landscape allows


def steady_prices(one: Household, paths: int, seed: int) -> Market:
    """Returns at random, prices that grow as the household expects: the law of each year is then the projected one."""
    drawn = drawn_market(one, paths, seed)
    return market_of(drawn.returns, np.full(drawn.returns.shape[:2], one.market.inflation), one.market.growth)


def limits_of(year: int, one: Household) -> Limits:
    """The law's numbers of a year."""
    names = (
        "elective_deferral.limit", "catch_up.limit_50", "catch_up.limit_60_63", "catch_up.roth_wage_threshold",
        "annual_additions.limit", "compensation.limit",
    )  # fmt: skip
    return Limits(*(float(figure(name).value(year, one.market.growth).value) for name in names))


def levels_of(one: Household, person: int, year: int) -> dict[str, float]:
    """How each job's pay has grown since the start year, and the wages of the year before in a first job."""
    wages = 1.0 + one.market.inflation + one.market.wage_growth_over_inflation
    jobs = one.jobs_of(one.people[person].name)
    found = {job.employer: (wages * (1.0 + job.growth)) ** year for job in jobs}
    if len(jobs) == 1:
        prior = jobs[0].pay if jobs[0].prior_year_wages is None else jobs[0].prior_year_wages
        found["before"] = prior if year == 0 else jobs[0].pay * (wages * (1.0 + jobs[0].growth)) ** (year - 1)
    return found


@pytest.fixture(scope="session")
def lives(
    record_testsuite_property: Callable[[str, object], None],
) -> list[tuple[Household, Flows]]:
    """Random households under every preset, every flow kept."""
    generator, found = np.random.default_rng(415), []
    for number in range(HOUSEHOLDS):
        one = random_household(generator, steady_jobs=True)
        laws = drawn_laws(load_landscape("default"), one, PATHS, number)
        market = steady_prices(one, PATHS, number)
        outcome, _ = unchecked(
            one, "default", PRESETS, market, laws, RunOptions(threads=1, flows_kept=KEEP_ALL, seed=number)
        )
        banned = START + np.minimum(laws.ban_from, 1_000)
        found.append((one, outcome.flows, banned))
    record_testsuite_property("household-years", sum(int(lived(flows).sum()) for _, flows, _ in found))
    return found  # type: ignore[return-value]


def test_contributions_never_break_a_limit(lives: list[tuple[Household, Flows, np.ndarray]]) -> None:
    checked = 0
    for one, flows, _ in lives:
        for person in range(len(one.people)):
            working = (flows["pay"][..., person] > 0.0).any(axis=(0, 1))
            for year in np.flatnonzero(working):
                limits, levels = limits_of(START + int(year), one), levels_of(one, person, int(year))
                for row in flows[:, :, year].ravel():
                    assert not list(findings(one, person, row, limits, levels)), (row, one)
                    checked += 1
    assert checked > 10_000


def test_no_after_tax_money_goes_in_under_a_ban(lives: list[tuple[Household, Flows, np.ndarray]]) -> None:
    before = after = 0.0
    for _, flows, banned in lives:
        years, put_in = flows["year"], flows["after_tax"].sum(axis=-1)
        under_ban = years >= banned[None, :, None]
        assert put_in[under_ban].max(initial=0.0) == 0.0
        after += float(under_ban[lived(flows)].sum())
        before += float((put_in > 0.0).sum())
    assert before > 0
    assert after > 0


def test_conversions_never_happen_in_working_years_nor_once_distributions_begin(
    lives: list[tuple[Household, Flows, np.ndarray]],
) -> None:
    converted = 0
    for one, flows, _ in lives:
        begun = np.zeros(flows.shape, dtype=bool)
        for position, person in enumerate(one.people):
            first = begins_in(person.birth_date.year, person.birth_date.month)
            begun |= (flows["year"] >= first) & (flows["alive"][..., position] > 0.0)
        barred = begun | (flows["pay"].sum(axis=-1) > 0.0)
        assert flows["conversion"][barred].max(initial=0.0) == 0.0
        converted += int((flows["conversion"] > 0.0).sum())
    assert converted > 500


def test_required_distributions_are_paid_in_full_and_never_converted(
    lives: list[tuple[Household, Flows, np.ndarray]],
) -> None:
    divisors, checked = uniform_divisors(), 0
    for one, flows, _ in lives:
        if len(one.people) > 1:
            continue
        person = one.people[0]
        first = begins_in(person.birth_date.year, person.birth_date.month)
        for year in range(1, flows.shape[2]):
            row, before = flows[:, :, year], flows["end_pre_tax"][:, :, year - 1]
            age = START + year - person.birth_date.year
            left = flows["end_after_tax"][:, :, year - 1]  # earnings of after-tax money may have moved to an IRA
            required = before / divisors[min(age, 120)] if START + year >= first else 0.0 * before
            settled = (
                (left == 0.0) & (row["alive"][..., 0] > 0.0) & np.isinf(row["balance_limit"])
            )  # no law on large ones
            assert row["rmd"][..., 0][settled] == pytest.approx(required[settled], abs=CENT)
            assert (row["conversion"][row["rmd"][..., 0] > 0.0] == 0.0).all()
            checked += int((required[settled] > 0.0).sum())
    assert checked > 1_000


def test_taxable_basis_is_at_most_what_was_put_in(lives: list[tuple[Household, Flows, np.ndarray]]) -> None:
    for one, flows, _ in lives:
        if len(one.people) > 1:
            continue  # a first death steps the basis up
        at_start = sum(account.basis or 0.0 for account in one.accounts if account.kind == "taxable")
        paid_out = sum(account.basis or 0.0 for account in one.accounts if account.kind == "after_tax_plan")
        put_in = at_start + paid_out + np.cumsum(flows["saved"] + flows["turnover_gain"], axis=2)
        assert (flows["end_taxable_basis"] <= put_in + CENT)[lived(flows)].all()
