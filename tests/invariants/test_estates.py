"""Estates at random: nothing is lost on the way to the heirs, and what must not help them does not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rothwell.household import Household
from rothwell.law.landscape import KINDS, NEVER, Shock
from rothwell.lifetime.scenario import Outcome, RunOptions
from rothwell.lifetime.strategies import PRESETS
from tests.lifetime.runs import START, drawn_laws, drawn_market, household, load_landscape, unchecked

HOUSEHOLDS, PATHS, STRATEGIES = 42, 4_000, PRESETS  # 6 strategies: 1,008,000 estates
TWINS = (5, 4_000, PRESETS[:5])  # households, paths and strategies: 100,000 twins
STATES = ("CA", "NY", "PA", "OR", "TX", "IL")
DEATH_TAXES = ("TX", "IL", "KY", "MA", "MD", "NE", "NY", "PA")
KINDS_OF_HEIRS = ("child", "grandchild", "sibling", "niece_nephew", "other", "estate", "charity")
CENT = 0.01


def estate_text(generator: np.random.Generator) -> str:
    """A household that dies in the first years, with accounts and heirs of every kind."""
    couple = generator.random() < 0.5
    ends = [START + int(generator.integers(1, 4)) for _ in range(2)]
    status = "mfj" if couple else "single"
    text = f'[household]\nfiling_status = "{status}"\nstate = "{generator.choice(DEATH_TAXES)}"\n'
    text += f"start_year = {START}\n"
    text += "prior_magi = { 2024 = 90_000, 2025 = 90_000 }\n"
    names = ("Ann", "Bob") if couple else ("Ann",)
    for name, end in zip(names, ends, strict=False):
        born = int(generator.integers(1935, 1985))
        text += f'[[people]]\nname = "{name}"\nbirth_date = {born}-05-05\nplanning_age = {end - born}\n'
    for name in names:
        for kind in ("taxable", "traditional_ira", "roth_ira", "hsa"):
            if generator.random() < 0.7:
                balance = 10.0 ** generator.uniform(2.0, 7.6)
                text += f'[[accounts]]\nkind = "{kind}"\nowner = "{name}"\nbalance = {balance:.2f}\n'
                text += f"basis = {balance * generator.uniform(0.2, 1.2):.2f}\n" if kind == "taxable" else ""
    return text + '[spending]\nrule = "flat"\nflat_amount = 0.0\n' + heirs_text(generator) + market(generator)


def heirs_text(generator: np.random.Generator) -> str:
    """One to three heirs."""
    count = int(generator.integers(1, 4))
    text = ""
    for place in range(count):
        relation = str(generator.choice(KINDS_OF_HEIRS, p=[0.3, 0.1, 0.1, 0.1, 0.1, 0.15, 0.15]))
        text += f'[[heirs]]\nname = "Heir {place}"\nrelation = "{relation}"\n'
        income = f"income = {10.0 ** generator.uniform(3, 6.3):.0f}\n"
        income += f'filing_status = "{generator.choice(["single", "mfj", "hoh"])}"\n'
        income += f'state = "{generator.choice(STATES)}"\n' if generator.random() < 0.5 else ""
        person = f"birth_date = {generator.integers(1988 if 'child' in relation else 1940, 2025)}-02-03\n"
        person += f"disabled = {str(generator.random() < 0.2).lower()}\n"
        person += f"in_trust = {str(generator.random() < 0.2).lower()}\n"
        text += "" if relation == "charity" else income
        text += person if relation not in ("charity", "estate") else ""
        text += (
            f"roth_share = {1.0 / count if place else generator.random() / count:.6f}\n" if place < count - 1 else ""
        )
    return text


def market(generator: np.random.Generator) -> str:
    return (
        f"[market]\nmean_return = {generator.uniform(0.0, 0.1):.3f}\ndeviation = {generator.uniform(0.05, 0.3):.3f}\n"
    )


def lived(one: Household, paths: int, strategies: tuple[object, ...], *shocks: tuple[Shock, int]) -> Outcome:
    """Both landscapes of chance, with shocks from a year on."""
    laws = drawn_laws(load_landscape("default"), one, paths)
    shock_from = np.full((paths, len(KINDS)), NEVER)
    for shock, year in shocks:
        shock_from[:, KINDS.index(shock.kind)] = year
    laws = replace(laws, shock_from=shock_from)
    outcome, audit = unchecked(
        one, "default", strategies, drawn_market(one, paths), laws, RunOptions(threads=2, flows_kept=paths, seed=1)
    )
    assert audit[:, :, 0].max() < CENT
    return outcome


def test_an_estate_is_what_heirs_taxes_and_charities_receive() -> None:
    """To one cent, from the death to the heirs' hands, by every way of drawing: the check of the year loop."""
    generator = np.random.default_rng(20)
    for _ in range(HOUSEHOLDS):
        outcome = lived(household(estate_text(generator)), PATHS, STRATEGIES)
        assert np.isfinite(outcome.estate).all()
        assert (outcome.heirs.sum(axis=2) <= outcome.estate + CENT).all()


REPEAL = Shock("step_up_repeal", 1.0, START, START)


def test_a_repeal_of_the_step_up_never_raises_what_heirs_get() -> None:
    """The one exception is the law's: a death steps a loss down (IRC 1014(a)), which a repeal leaves to the heirs."""
    generator = np.random.default_rng(21)
    households, paths, strategies = TWINS
    spared = 0
    for _ in range(households):
        one = household(estate_text(generator))
        repealed, current = lived(one, paths, strategies, (REPEAL, 0)), lived(one, paths, strategies)
        flows = current.flows
        loss = (flows["end_taxable"] < flows["end_taxable_basis"] - CENT).any(axis=2)
        assert ((repealed.estate <= current.estate + CENT) | loss).all()
        spared += int((~loss).sum())
    assert spared > PATHS


def test_an_heir_with_a_smaller_income_never_gets_less() -> None:
    generator = np.random.default_rng(22)
    households, paths, strategies = TWINS
    for _ in range(households):
        one = household(estate_text(generator))
        poorer = tuple(heir.model_copy(update={"income": heir.wages / 2.0}) for heir in one.heirs)
        less = lived(one, paths, strategies)
        more = lived(one.model_copy(update={"heirs": poorer}), paths, strategies)
        assert (more.estate >= less.estate - CENT).all()


def test_a_shorter_payout_never_raises_what_heirs_get() -> None:
    """But where the law's own draws rise with the years that are left: with the market of the path, a smaller draw now
    may be a larger one in a year of higher rates; so on average over the futures of a household."""
    generator = np.random.default_rng(24)
    shorter = Shock("payout_limit", 1.0, START, START, years=3.0)
    for _ in range(3):
        one = household(estate_text(generator))
        less, more = lived(one, 500, PRESETS[:1], (shorter, 0)), lived(one, 500, PRESETS[:1])
        assert less.estate.mean() <= more.estate.mean() + CENT


@pytest.mark.parametrize("name", ["taxable", "roth_ira"])
def test_more_money_never_leaves_heirs_less(name: str) -> None:
    generator = np.random.default_rng(23)
    for _ in range(3):
        text = estate_text(generator)
        further = f'[[accounts]]\nkind = "{name}"\nowner = "Ann"\nbalance = 50_000\n'
        further += "basis = 50_000\n" if name == "taxable" else ""
        one, richer = household(text), household(text.replace("[[heirs]]", f"{further}[[heirs]]", 1))
        assert (lived(richer, 500, PRESETS[:1]).estate >= lived(one, 500, PRESETS[:1]).estate - CENT).all()
