"""What the taxable accounts of a household are expected to pay out in the start year."""

from __future__ import annotations

from typing import NamedTuple

from rothwell.household.models import Household


class TaxableIncome(NamedTuple):
    """Expected of a dollar in the taxable accounts, a rate a year."""

    dividends: float
    qualified_dividends: float
    interest: float


def taxable_income(household: Household) -> TaxableIncome:
    """Dividends and interest by the yields of [market] and the mixes of the taxable accounts, weighted by balances."""
    market, dividends, interest = household.market, 0.0, 0.0
    if household.mixes:
        by_name = {mix.name: mix for mix in household.mixes}
        accounts = [account for account in household.accounts if account.kind == "taxable"]
        total = sum(account.balance for account in accounts)
        for account in accounts:
            mix = by_name[account.mix or household.mixes[0].name]
            share = account.balance / total if total > 0.0 else 1.0 / len(accounts)
            dividends += share * mix.stocks * market.dividend_yield
            interest += share * (mix.bonds * market.bond_yield + mix.cash * max(0.0, market.cash.mean_return))
    else:
        dividends, interest = market.dividend_yield, market.interest_yield
    return TaxableIncome(dividends, household.taxable_account.qualified_share * dividends, interest)
