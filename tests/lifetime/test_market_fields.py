"""Every key of [market], [[mixes]], [taxable_account] and the mix of an account changes what a household answers."""

from __future__ import annotations

import numpy as np
import pytest

from tests.lifetime.runs import account, drawn_market, household, person, simulate, single

MIXES = """
[[mixes]]
name = "first"
stocks = 0.4
bonds = 0.3
cash = 0.3
[[mixes.glide]]
year = 2040
stocks = 0.2
bonds = 0.4
cash = 0.4
[[mixes]]
name = "second"
stocks = 0.6
bonds = 0.2
cash = 0.2
[[mixes.glide]]
age = 80
stocks = 0.5
bonds = 0.25
cash = 0.25
"""
MARKET = """
[market]
kind = "KIND"
inflation_deviation = 0.01
dividend_yield = 0.016
bond_yield = 0.04
"""
ASSETS = """
[market.stocks]
mean_return = 0.075
deviation = 0.19
[market.bonds]
mean_return = 0.041
deviation = 0.08
[market.cash]
mean_return = 0.03
deviation = 0.01
[market.correlations]
stocks_bonds = 0.01
stocks_cash = 0.02
stocks_inflation = 0.03
bonds_cash = 0.31
bonds_inflation = -0.1
cash_inflation = 0.41
"""
HELD = """
[taxable_account]
basis_method = "highest_first"
qualified_share = 0.95
turnover = 0.05
short_term_share = 0.1
short_term_loss_carryover = 7_000
long_term_loss_carryover = 4_000
"""
ACCOUNTS = account("taxable", 3_000_000, basis=1_000_000) + account("taxable", 1_500_000, basis=1_450_000)
ACCOUNTS += account("traditional_ira", 2_500_000) + account("roth_ira", 1_000_000) + 'mix = "second"\n'
ANN = single() + person(born=1960, to_age=85) + ACCOUNTS
ANN = ANN.replace("[[people]]", "prior_magi = { 2024 = 0, 2025 = 0 }\n[[people]]", 1)
LOGNORMAL = ANN + MIXES + HELD + MARKET.replace("KIND", "lognormal") + ASSETS
BOOTSTRAP = ANN + MIXES + MARKET.replace("KIND", "bootstrap") + "block_years = 5\n"
HISTORICAL = ANN + MIXES + MARKET.replace("KIND", "historical") + "historical_start = 1966\n"
PORTFOLIO = (
    ANN.replace('mix = "second"\n', "") + "[market]\nmean_return = 0.06\ndeviation = 0.12\ninterest_yield = 0.0\n"
)


def answer(text: str) -> bytes:
    """Spending and estate on a few paths, to the bit."""
    one = household(text)
    outcome = simulate(one, market=drawn_market(one, 3))
    assert np.isfinite(outcome.estate).all()
    return outcome.spending.tobytes() + outcome.estate.tobytes()


@pytest.fixture(scope="module")
def answers() -> dict[str, bytes]:
    """What the files say as they stand."""
    return {text: answer(text) for text in (LOGNORMAL, BOOTSTRAP, HISTORICAL, PORTFOLIO)}


CHANGES = [
    (LOGNORMAL, line, line.partition("=")[0] + f"= {value}")
    for line, value in (
        ("inflation_deviation = 0.01", 0.02), ("dividend_yield = 0.016", 0.03), ("bond_yield = 0.04", 0.02),
        ("mean_return = 0.075", 0.07), ("deviation = 0.19", 0.15), ("mean_return = 0.041", 0.03),
        ("deviation = 0.08", 0.05), ("mean_return = 0.03\n", "0.02\n"),
        ("deviation = 0.01\n[market.corr", "0.02\n[market.corr"),
        ("stocks_bonds = 0.01", 0.2), ("stocks_cash = 0.02", 0.2), ("stocks_inflation = 0.03", -0.2),
        ("bonds_cash = 0.31", 0.1), ("bonds_inflation = -0.1", -0.4), ("cash_inflation = 0.41", 0.6),
        ('basis_method = "highest_first"', '"average"'), ("qualified_share = 0.95", 0.5), ("turnover = 0.05", 0.2),
        ("short_term_share = 0.1", 0.9), ("short_term_loss_carryover = 7_000", 70_000),
        ("long_term_loss_carryover = 4_000", 90_000), ("year = 2040", 2045), ("age = 80", 78),
        ("stocks = 0.4\nbonds = 0.3", "0.3\nbonds = 0.4"), ("bonds = 0.3\ncash = 0.3", "0.2\ncash = 0.4"),
        ("stocks = 0.2\nbonds = 0.4", "0.4\nbonds = 0.2"), ("bonds = 0.4\ncash = 0.4", "0.3\ncash = 0.5"),
        ('mix = "second"', '"first"'),
    )
]  # fmt: skip
CHANGES += [
    (LOGNORMAL, 'kind = "lognormal"\n', 'kind = "lognormal"\nspending_timing = "end"\n'),
    (BOOTSTRAP, "block_years = 5", "block_years = 6"),
    (HISTORICAL, "historical_start = 1966", "historical_start = 1967"),
    (HISTORICAL, "historical_start = 1966\n", ""),
    (PORTFOLIO, "mean_return = 0.06", "mean_return = 0.05"),
    (PORTFOLIO, "deviation = 0.12", "deviation = 0.1"),
    (PORTFOLIO, "interest_yield = 0.0", "interest_yield = 0.01"),
    (PORTFOLIO, "[market]\n", '[market]\nkind = "fixed"\n'),
]


@pytest.mark.parametrize(("text", "line", "other"), CHANGES, ids=[f"{line} -> {other}" for _, line, other in CHANGES])
def test_every_key_of_markets_changes_an_answer(text: str, line: str, other: str, answers: dict[str, bytes]) -> None:
    assert line in text
    assert answer(text.replace(line, other, 1)) != answers[text]
