"""Slips in [market], [[mixes]], [taxable_account] and the mix of an account, each refused at its line."""

from __future__ import annotations

import pytest

from rothwell.errors import InputError
from rothwell.household import Household, taxable_income
from tests.lifetime.runs import account, household, person, single

HALVES = '[[mixes]]\nname = "halves"\nstocks = 0.5\nbonds = 0.5\n'
GLIDE = "[[mixes.glide]]\n"


def read(*tables: str, mix: str = "") -> Household:
    return household(single() + person() + account("taxable", 100_000) + mix + "".join(tables))


@pytest.mark.parametrize(
    ("tables", "field", "words"),
    [
        (('[market]\nkind = "historical"\n',), "market.kind", "needs [[mixes]]"),
        (('[market]\nkind = "bootstrap"\n',), "market.kind", "needs [[mixes]]"),
        (('[market]\nkind = "historic"\n',), "market.kind", 'did you mean "historical"?'),
        ((HALVES, "[market]\nmean_return = 0.05\n"), "market.mean_return", "is of the one portfolio"),
        ((HALVES, "[market]\ninterest_yield = 0.01\n"), "market.interest_yield", "is of the one portfolio"),
        (("[market]\nbond_yield = 0.03\n",), "market.bond_yield", "only with [[mixes]]"),
        (("[market.stocks]\nmean_return = 0.07\ndeviation = 0.2\n",), "market.stocks", "only with [[mixes]]"),
        ((HALVES, "[market]\nblock_years = 7\n"), "market.block_years", 'kind = "bootstrap"'),
        ((HALVES, "[market]\nhistorical_start = 1966\n"), "market.historical_start", 'kind = "historical"'),
        (
            (HALVES, '[market]\nkind = "bootstrap"\n[market.bonds]\nmean_return = 0.03\ndeviation = 0.1\n'),
            "market.bonds",
            'says nothing in a market of the kind "bootstrap"',
        ),
        ((HALVES, "[market.correlations]\nstocks_bonds = 1.5\n"), "market.correlations.stocks_bonds", "-1 to 1"),
        (('[[mixes]]\nname = "a"\nstocks = 0.5\n',), "mixes[0]", "add up to 0.5"),
        ((HALVES, HALVES), "mixes[1].name", "is the name of a mix listed before"),
        ((HALVES, GLIDE, "age = 70\ncash = 0.9\n"), "mixes[0].glide[0]", "add up to 0.9"),
        ((HALVES, GLIDE, "cash = 1\n"), "mixes[0].glide[0]", "needs one of year and age"),
        ((HALVES, GLIDE, "age = 60\ncash = 1\n"), "mixes[0].glide[0].age", "61 or later"),
        ((HALVES, GLIDE, "year = 2026\ncash = 1\n"), "mixes[0].glide[0].year", "2027 or later"),
        ((HALVES, GLIDE, "age = 70\ncash = 1\n", GLIDE, "year = 2050\ncash = 1\n"), "mixes[0].glide[1].year", "mixes"),
        (
            (HALVES, GLIDE, "age = 70\ncash = 1\n", GLIDE, "age = 70\ncash = 1\n"),
            "mixes[0].glide[1].age",
            "71 or later",
        ),
        (("[taxable_account]\nturnover = 2\n",), "taxable_account.turnover", "out of range"),
        (('[taxable_account]\nbasis_method = "fifo"\n',), "taxable_account.basis_method", "average, highest_first"),
    ],
)
def test_a_slip_in_the_market_is_refused(tables: tuple[str, ...], field: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read(*tables)
    assert caught.value.field == field
    assert caught.value.line is not None
    assert words in str(caught.value)


def test_an_account_names_a_mix_of_the_file() -> None:
    assert read(HALVES, mix='mix = "halves"\n').accounts[0].mix == "halves"
    for tables, words in (((HALVES,), 'did you mean "halves"?'), ((), "the file has no [[mixes]]")):
        with pytest.raises(InputError, match="is not the name of one of") as caught:
            read(*tables, mix='mix = "halfes"\n')
        assert words in str(caught.value)


def test_a_taxable_account_may_be_at_a_loss() -> None:
    one = household(single() + person() + account("taxable", 100_000, basis=150_000))
    assert one.accounts[0].basis == 150_000


def test_a_market_is_drawn_by_chance_unless_all_its_futures_are_one() -> None:
    by_chance = {
        kind: read(HALVES, f'[market]\nkind = "{kind}"\n').market.is_drawn_by_chance
        for kind in ("lognormal", "fixed", "bootstrap", "historical")
    }
    assert by_chance == {"lognormal": True, "fixed": False, "bootstrap": True, "historical": True}
    assert not read(HALVES, '[market]\nkind = "historical"\nhistorical_start = 1966\n').market.is_drawn_by_chance


def test_expected_income_of_taxable_accounts_by_hand() -> None:
    one = read("[market]\ndividend_yield = 0.02\ninterest_yield = 0.01\n[taxable_account]\nqualified_share = 0.5\n")
    assert taxable_income(one) == pytest.approx((0.02, 0.01, 0.01))
    mixes = HALVES + '[[mixes]]\nname = "safe"\nbonds = 0.25\ncash = 0.75\n'
    two = read(account("taxable", 300_000), mixes, "[market]\ndividend_yield = 0.02\n", mix='mix = "safe"\n')
    dividends = 0.75 * 0.5 * 0.02
    interest = 0.75 * 0.5 * 0.04 + 0.25 * (0.25 * 0.04 + 0.75 * 0.03)
    assert taxable_income(two) == pytest.approx((dividends, dividends, interest))
